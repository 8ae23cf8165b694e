"""What teiprep says when something is doubtful, and the errors it raises when it cannot go on.

Three things are kept apart: a rule that is unsure yields nothing (perhaps a `Diagnostic`); bad input is a
`SourceError` or a `ConfigError`; a broken promise is our bug and an `InvariantError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["info", "warning", "error"]

#: Every code that can appear in a sidecar, a quarantine entry or a finding, with what it means.
#: `docs/diagnostics.md` explains each; a test holds the two together.
CODES: dict[str, str] = {
    # segmenting
    "note-without-reference": "a note body for which no reference stands in the text",
    "reference-without-note": "a note reference for which no body was found",
    "reference-repeated": "a second reference to a note that stands at the first",
    "note-missing": "a count of notes leaves out a number, reference and body",
    "note-paired-by-order": "the numbers of references and bodies differ; they were paired by their order",
    "page-sequence": "page numbers that do not rise",
    "markup-unbalanced": "an emphasis mark without its partner, left as it stands",
    "characters-forbidden": "characters that XML forbids were removed",
    "direction-controls": "characters that change the direction of writing, kept",
    # tagging
    "date-impossible": "a date that no calendar has; tagged without a value",
    "quotation-unbalanced": "a quotation mark without its partner",
    # encoding
    "overlap-standoff": "a span that cannot stand inline; it went to standOff",
    # validating
    "xml-malformed": "not well-formed XML",
    "xml-encoding": "the bytes are not in the encoding that the file declares",
    "xml-refused": "XML that is dangerous or out of all measure, and was not read",
    "xml-entity": "names of characters that the file's DTD explains",
    "xinclude": "the file takes in others, which was not done",
    "not-tei": "XML in a folder that is no TEI, and was not checked",
    "schema-unknown": "no schema is known for this file, or it was not read",
    "schema-unchecked": "the file names a schema of another kind, which was not checked",
    "grammar": "the schema does not allow this",
    "id-duplicate": "two elements with the same xml:id",
    "pointer-dangling": "a pointer to an id that does not exist",
    "chain-broken": "parts of a whole whose next and prev contradict each other",
    "chain-one-way": "a next without prev, or a prev without next",
    "date-invalid": "a date in an attribute that is none, or is not written as TEI writes dates",
    "date-order": "a range of dates that ends before it begins",
    "date-mixed": "attributes for dates that exclude each other",
    "note-sequence": "numbers of notes that repeat or do not rise",
    "page-missing": "a series of page numbers leaves some out",
    "register-dangling": "a name that points to something that is no entry of the register",
    "register-unused": "an entry of the register to which nothing points",
    "element-empty": "an element without the text for which it is there",
    "space-inside": "a name or date that begins or ends with a space",
    "space-missing": "a name that sticks to the word before it",
    "header-title": "the header gives no title",
    "header-responsibility": "the header names nobody who is responsible",
    "header-publisher": "the header names no publisher",
    "header-licence": "the header says nothing of the licence",
    "header-source": "the header does not say from what the text was taken",
    "character-replacement": "the sign for a character that could not be read",
    "character-control": "control characters and other invisible signs",
    "character-noncharacter": "code points that are no characters",
    "character-private": "characters for private use that are not declared",
    "schematron": "a rule of the user's own Schematron is broken",
    "schematron-warning": "the same, if the rule's role is a warning",
    "schematron-info": "the same, if the rule's role is an information",
    "sidecar-missing": "no sidecar stands beside the TEI",
    "sidecar-malformed": "not readable as JSON",
    "sidecar-schema": "the sidecar does not follow its JSON Schema",
    "sidecar-mismatch": "TEI and sidecar do not belong together, or the sidecar contradicts itself",
    "text-edited": "words of the TEI were changed since it was encoded",
    "markup-edited": "tags or the header of the TEI were changed since it was encoded",
    "raw-missing": "the raw file of a sidecar is not where it should be",
    "raw-mismatch": "the raw file is not the one that was encoded",
    # evaluating
    "prediction-missing": "a document of the gold has no prediction",
    "prediction-extra": "the gold has no document of this name",
    # bad input and broken promises (quarantine)
    "source-unreadable": "the file cannot be read",
    "source-empty": "the file holds no text",
    "source-binary": "the file is not text",
    "source-encoding": "the bytes are not valid in any of the configured encodings",
    "promise-restore": "the raw bytes would not come back: our bug",
    "promise-ledger": "a code point of the source is unaccounted for: our bug",
    "promise-freeze": "the TEI's text differs from the flows: our bug",
    "promise-valid": "the TEI or the sidecar is not valid: our bug",
    "time-limit": "the document took so long that it was given up",
    "memory-limit": "the document needed so much memory that it was given up",
    "internal": "an unexpected error inside teiprep: our bug",
    "output-edited": "an output was changed by hand since it was published; left alone",
}


def code_hint(code: str) -> str:
    """What to say to somebody who wrote a code that does not exist.

    >>> code_hint("page-sequenz"), code_hint("zzz")
    ('did you mean page-sequence?', 'docs/diagnostics.md has them all')
    """
    near = get_close_matches(code.lower(), CODES, n=1)
    return f"did you mean {near[0]}?" if near else "docs/diagnostics.md has them all"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One remark about one document; `span` is half-open, in code points of the source, `line` counts from 1."""

    code: str
    severity: Severity
    message: str
    hint: str = ""
    span: tuple[int, int] | None = None
    line: int | None = None


class TeiprepError(Exception):
    """The base of every error that teiprep raises on purpose; each carries a diagnostic code and a remedy."""

    code = "internal"

    def __init__(self, message: str, *, hint: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class ConfigError(TeiprepError):
    """A setting or metadata table that cannot be used; the message names file and key."""

    code = "config"


class SourceError(TeiprepError):
    """Input that cannot be read as text; `offset` is the byte where it went wrong, if it is known."""

    code = "source-unreadable"

    def __init__(self, message: str, *, hint: str = "", code: str | None = None, offset: int | None = None) -> None:
        super().__init__(message, hint=hint, code=code)
        self.offset = offset


class InvariantError(TeiprepError):
    """A broken promise, that is a bug of teiprep; `difference` shows what was expected and what was there."""

    def __init__(self, code: str, message: str, *, difference: str = "") -> None:
        super().__init__(message, code=code, hint="please report this with the file")
        self.difference = difference
