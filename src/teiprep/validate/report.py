"""What a check found, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from teiprep.diagnostics import Severity

#: Which part of an element a remark is about: its start tag, the text right behind its start tag (before its first
#: child), the text right behind its end tag, or its end tag.
Part = Literal["tag", "text", "tail", "end"]

#: What is no error; the settings may say otherwise.
SEVERITIES: dict[str, Severity] = {
    "sidecar-missing": "warning",
    "chain-one-way": "warning",
    "date-mixed": "warning",
    "note-sequence": "warning",
    "reference-without-note": "warning",
    "note-without-reference": "warning",
    "page-sequence": "warning",
    "page-missing": "info",
    "register-dangling": "warning",
    "register-unused": "info",
    "element-empty": "warning",
    "space-inside": "warning",
    "space-missing": "warning",
    "header-title": "warning",
    "header-responsibility": "warning",
    "header-publisher": "warning",
    "header-licence": "warning",
    "header-source": "warning",
    "character-replacement": "warning",
    "character-private": "warning",
    "direction-controls": "warning",
    "schematron-warning": "warning",
    "schematron-info": "info",
}


class Remark(NamedTuple):
    """What a rule says of one element of a parsed file, by a code of `teiprep.diagnostics.CODES`.

    Rules know elements only; where one stands in the file is found out by `Locator`, and only if something is wrong.
    """

    node: etree._Element
    code: str
    message: str
    part: Part = "tag"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One remark about one file, sorted as printed.

    `line` and `column` count from 1, the column in characters; `column` is 0 where only the line is known, and both are
    0 for the file as a whole. `path` is the XPath of the element, `source` the place in the raw file (`letter.txt:12`);
    both are empty where they are not known.
    """

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    path: str = ""
    source: str = ""

    @classmethod
    def at_line(cls, file: str, line: int, code: str, message: str) -> Finding:
        """A finding of which only the line is known."""
        return cls(file, line, 0, SEVERITIES.get(code, "error"), code, message)


def lines(findings: Iterable[Finding]) -> Iterator[str]:
    r"""Each finding as `file:line:column: severity code message`, in one line whatever the message holds.

    >>> list(lines([Finding("tei/a.xml", 7, 3, "error", "grammar", "<p> is not\nallowed here")]))
    ['tei/a.xml:7:3: error grammar <p> is not allowed here']
    """
    for each in findings:
        where = f"{each.line}:{each.column}" if each.column else f"{max(each.line, 1)}"
        yield " ".join(f"{each.file}:{where}: {each.severity} {each.code} {each.message}".split())
