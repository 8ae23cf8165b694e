"""The one ordered list of rules, and the way of a document: prepare it, encode it, prove it.

To add a rule: write it in a module of its room, name it in CLEAN or TAG below, and give it cases under `tests/cases`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from . import __version__, checks, sidecar, tei
from .alignment import OffsetMap
from .clean import clean
from .clean.controls import controls
from .clean.entities import entities, tags
from .clean.hyphens import soft_hyphens, zero_width
from .clean.ligatures import ligatures, long_s
from .clean.markup import emphasis, escapes
from .clean.misread import misread, misread_figures, misread_s
from .clean.mojibake import lost_bytes, mojibake
from .clean.newlines import newlines
from .clean.spaces import odd_spaces, trailing_spaces
from .diagnostics import Diagnostic
from .document import FURNITURE, Annotator, Document, Metadatum, SourceInfo
from .read.origin import diagnose
from .segment import segment
from .tag import authors, citations, dates, describe, numbers, persons, places, quotations, register, titles
from .tag.sentences import sentences
from .tei.nesting import standoff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

    from .alignment import Layout, Mark
    from .config import Config
    from .document import Annotation
    from .source import Source

#: Cleaning, in passes: each pass sees the text as the one before it left it; within a pass the earlier rule wins.
CLEAN = (
    (newlines, entities),
    (mojibake,),  # it may have been written in character references
    # What mojibake could not mend, then single characters. Soft hyphens at a line's end are hyphens: before controls.
    (lost_bytes, soft_hyphens, controls, ligatures, zero_width),
    (trailing_spaces, odd_spaces, long_s),
    (tags, escapes, emphasis),
    # They read words, which must be whole by now. The settings may leave this pass out, so it stays the last.
    (misread_figures, misread_s, misread),
)


class Steps(NamedTuple):
    """What runs on texts of some origin and not on others; all else runs on every text."""

    escapes: bool  # the rule `escapes`: a backslash before a sign of markdown is a converter's
    printed_pages: bool  # page numbers and running heads on lines of their own, notes that end a page


#: What the origin of a text (see read/origin; a person may name it) decides.
STEPS: Mapping[str, Steps] = {
    # It marks its pages in the text: a number on a line of its own is something else.
    "web": Steps(escapes=True, printed_pages=False),
    "pages": Steps(escapes=True, printed_pages=True),
    "markdown": Steps(escapes=True, printed_pages=True),
    # No converter has touched it: a backslash is the author's.
    "plain": Steps(escapes=False, printed_pages=True),
}

#: Tagging, in order: each rule sees the annotations of those before it. Citations need dates and persons; italics are
#: titles if no citation has tagged them, marks are quotations if they are not those of an article that is cited.
TAG = (dates.rule, places.rule, persons.rule, citations.rule, titles.rule, quotations.rule, numbers.rule, authors.rule)

#: The packages whose code decides what comes out; their digest is the digest of the rule set.
_DECIDING = (
    "alignment.py",
    "document.py",
    "given_names.py",
    "numerals.py",
    "pipeline.py",
    "sidecar.py",
    "read",
    "clean",
    "segment",
    "tag",
    "tei",
)


@dataclass(frozen=True, slots=True)
class Output:
    """A document that has kept its promises, ready to be published: the TEI file and the sidecar as bytes."""

    id: str
    tei: bytes
    sidecar: bytes
    document: Document


@cache
def rule_digest() -> str:
    """The digest of the rule set: of the version and of all code that decides what comes out."""
    digest = hashlib.sha256(__version__.encode())
    root = files(__package__)
    for name in _DECIDING:
        entry = root / name
        modules = [entry] if entry.is_file() else sorted(_modules(entry), key=lambda module: module.name)
        for module in modules:
            digest.update(module.name.encode() + b"\0" + module.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def _modules(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _modules(entry)
        elif not entry.name.endswith(".pyc") and entry.is_file():
            yield entry


def prepare(
    source: Source, config: Config, name: str, metadata: Mapping[str, Metadatum] | None = None
) -> tuple[Document, Layout]:
    """Read, clean, segment and tag `source` as the document `name`.

    `metadata` is what a person said of the document; it wins over what the text says, which wins over `config`. What
    they say of its `origin` wins over its traces (`STEPS`).
    Raises SourceError if there is no text in it.
    """
    said = (metadata or {}).get("origin")
    origin = said.value if said else config.read.origin or diagnose(source.text).name
    steps = STEPS[origin]
    rules_of = CLEAN if config.clean.correct else CLEAN[:-1]
    passes = [[rule for rule in rules if rule is not escapes or steps.escapes] for rules in rules_of]
    cleaned = clean(source.text, passes)
    parts = segment(source, cleaned.text, cleaned.edits, printed_pages=steps.printed_pages)
    layout = parts.layout
    document = Document(
        id=name,
        source=SourceInfo(source.name, len(source.data), source.sha256, source.encoding, source.newline),
        origin=origin,
        flows=layout.flows,
        pieces=layout.pieces,
        edits=tuple((edit, source.text[edit.start : edit.end]) for edit in layout.edits),
        blocks=parts.blocks,
        breaks=parts.breaks,
        notes=parts.notes,
        furniture=parts.furniture,
        metadata=metadata or {},
        options={"furniture": config.encode.furniture, "inline_threshold": config.encode.inline_threshold},
        rules=rule_digest(),
    )
    document = replace(document, sentences=sentences(document))
    pen = Annotator(document, layout)
    pen.extend(_emphasis(pen, cleaned.marks, OffsetMap(cleaned.edits)))
    diagnostics = [*cleaned.diagnostics, *parts.diagnostics]
    for rule in TAG:
        found: list[Annotation] = []
        for item in rule(pen):
            if isinstance(item, Diagnostic):
                diagnostics.append(item)
            else:
                found.append(item)
        pen.extend(found)
    described = describe.described(pen)
    document = replace(
        pen.document,
        register=register.register(pen),
        correspondence=describe.correspondence(pen),
        metadata=_merged(_of_project(config), described, metadata or {}),
    )
    diagnostics += (_apart(document, layout, annotation) for annotation in standoff(document))
    return replace(document, diagnostics=tuple(sorted(_placed(diagnostics, source), key=_by_place))), layout


def produce(source: Source, config: Config, name: str, metadata: Mapping[str, Metadatum] | None = None) -> Output:
    """Prepare and encode a document, and prove that it keeps its promises.

    Raises SourceError for a source without text, InvariantError for a broken promise.
    """
    document, layout = prepare(source, config, name, metadata)
    text, record = tei.encode(document), sidecar.dump(document, layout)
    del layout  # in a long document, room for the checks
    checks.check(source, document, text, record)
    return Output(name, text, record, document)


#: Lines that mark-up makes bold because of what they are; the block says it already.
_DISPLAYED = frozenset({"titlePart", "byline", "docImprint", "head"})


def _emphasis(pen: Annotator, marks: Iterable[Mark], cleaned: OffsetMap) -> Iterator[Annotation]:
    """The stretches that mark-up emphasised, as annotations: one for each block that a stretch touches."""
    leaves = pen.document.leaves
    starts = {flow: [block.start for block in blocks] for flow, blocks in leaves.items()}
    for mark in marks:
        start, end = cleaned.back_start(mark.start), cleaned.back_end(mark.end)
        flow, _ = pen.layout.place(start)
        if flow == FURNITURE or pen.layout.place(end - 1)[0] != flow:
            continue
        low, high = pen.layout.point(flow, start), pen.layout.point(flow, end)
        first = max(0, bisect_right(starts[flow], low) - 1)
        for block in leaves[flow][first : bisect_left(starts[flow], high)]:
            span = max(low, block.start), min(high, block.end)
            displayed = mark.name == "bold" and block.type in _DISPLAYED and span == (block.start, block.end)
            if span[0] < span[1] and not displayed:
                yield pen.annotation("emphasis", flow, *span, rule="emphasis", rend=mark.name)


def _apart(document: Document, layout: Layout, annotation: Annotation) -> Diagnostic:
    """What is said of an annotation that cannot stand in the text because it crosses another."""
    message = f"{annotation.layer} “{document.quote(annotation)}” crosses another span and stands in standOff"
    span = layout.source_span(annotation.flow, annotation.start, annotation.end)
    return Diagnostic("overlap-standoff", "warning", message, "nothing is lost; look at it if you need it inline", span)


def _of_project(config: Config) -> dict[str, Metadatum]:
    """What the settings say of every document."""
    project = config.project
    given = {
        "publisher": project.publisher,
        "licence": project.licence,
        "language": project.language,
        "collection": project.title,
    }
    return {key: Metadatum(value, "teiprep.toml") for key, value in given.items() if value}


def _merged(*layers: Mapping[str, Metadatum]) -> dict[str, Metadatum]:
    """All values, those of a later layer in place of an earlier one's; in a fixed order."""
    merged = {key: value for layer in layers for key, value in layer.items()}
    return dict(sorted(merged.items()))


def _placed(diagnostics: Iterable[Diagnostic], source: Source) -> Iterator[Diagnostic]:
    """The diagnostics with the raw line of each that has a place."""
    for each in diagnostics:
        yield each if each.span is None or each.line else replace(each, line=source.line(each.span[0]))


def _by_place(diagnostic: Diagnostic) -> tuple[tuple[int, int], str, str]:
    return diagnostic.span or (-1, -1), diagnostic.code, diagnostic.message
