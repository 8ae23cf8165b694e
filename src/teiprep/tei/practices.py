"""Writes what was done to the text: the `editorialDecl` and `refsDecl` of the header (TEI P5, section HD53, HD54).

Every sentence is about this document: it counts what happened, and nothing is said of what did not happen.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from teiprep import alignment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from teiprep.alignment import Edit
    from teiprep.document import Document

    from .writer import Writer

#: What each kind of edit is called, in the order in which it is told.
_CORRECTION = {"encoding": "Characters that a wrong encoding or a scanner had spoilt were mended in {places}."}
_MISREAD = {
    "correction": "Misread letters were corrected in {places}, where a dictionary or the text itself proves it; choice "
    "has what stands in the source (sic) and what is read (corr)."
}
_NORMALIZATION = {
    "space": "Spaces were made regular in {places}.",
    "markup": "Signs of a mark-up language were taken out, or turned into elements, in {places}.",
    "layout": "White space around blocks was normalised in {places}.",
    "join": "Lines of one paragraph that a line, page or column had parted were joined in {places}.",
}
_HYPHENATION = {
    "page": "Hyphens at the end of a page were taken out in {places}.",
    "line": "Hyphens at the end of a line were taken out in {places}.",
    "sign": "Signs that stand for a hyphen at the end of a line were written as hyphens in {places}.",
    "soft": "Soft hyphens within a line, which are not printed, were taken out in {places}.",
    "other": "Hyphens within a line were taken out in {places}.",
    "kept": "Hyphens at the end of a line were kept in {places}.",
}
#: A word that goes on behind the end of a line, in the ways in which the hyphen may be written.
_LINE_END = re.compile("(?<=[^\\W\\d_])[-\u00ad\u2010¬\x02\ufffe](?=[ \t\u00a0]*[\r\n])")


def write_editorial(out: Writer, document: Document) -> None:
    """The element `editorialDecl`."""
    counts = Counter(edit.kind for edit, _ in document.edits)
    total = counts.total()
    out.open("editorialDecl", {})
    out.leaf("p", {}, f"The text was changed in {_places(total)}." if total else "The text stands unchanged.")
    if moved := _moved(document):
        out.leaf("p", {}, f"Taken out of the running text, and kept as printed in the sidecar: {'; '.join(moved)}.")
    _practice(out, "correction", {"method": "silent", "status": "low"}, _told(_CORRECTION, counts))
    _practice(out, "correction", {"method": "markup", "status": "low"}, _told(_MISREAD, counts))
    _practice(out, "normalization", {"method": "silent"}, _told(_NORMALIZATION, counts))
    hyphens = _hyphens(document)
    some_out = hyphens["line"] or hyphens["page"]
    eol = ("some" if some_out else "all") if hyphens["kept"] else "none"
    _practice(out, "hyphenation", {"eol": eol}, _told(_HYPHENATION, hyphens))
    if any(True for _ in document.layer("quotation")):
        marks = ["Quotation marks are kept, inside the elements that they called for."]
        _practice(out, "quotation", {"marks": "all"}, marks)
    out.close("editorialDecl")


def write_references(out: Writer, document: Document) -> None:
    """The element `refsDecl`, if there is anything to refer to: how to cite a page or a note of this file."""
    ways = []
    if any(each.type == "pb" for each in document.breaks):
        ways.append("a page by pb/@n (the number as printed)")
    if document.notes:
        ways.append("a note by note/@n (the number or sign in the running text)")
    if ways:
        out.open("refsDecl", {})
        out.leaf("p", {}, f"Cite {', '.join(ways)}. Each has an xml:id.")
        out.close("refsDecl")


def _practice(out: Writer, name: str, attributes: dict[str, str | None], sentences: Iterable[str]) -> None:
    if text := " ".join(sentences):
        out.open(name, attributes)
        out.leaf("p", {}, text)
        out.close(name)


def _told(sentences: dict[str, str], counts: Counter[str]) -> Iterator[str]:
    return (text.format(places=_places(counts[key])) for key, text in sentences.items() if counts[key])


def _moved(document: Document) -> list[str]:
    """What was lifted out of the running text, and where it stands instead."""
    counts = Counter(each.type for each in document.furniture)
    shown = "in fw" if document.options.get("furniture", True) else "left out of this file"
    lone = any(note.flow is None for note in document.notes)
    parts = (
        (counts["marker"], "page marker", "the number is in pb/@n"),
        (
            counts["siglum"],
            "note reference",
            f"the sign is in note/@n{', or in ref where the note is missing' if lone else ''}",
        ),
        (counts["label"], "note label", "note/@n has the sign of the reference"),
        (counts["header"] + counts["footer"], "running head", shown),
        (counts["pageNum"], "page number", shown),
        (counts["ornament"], "ornament", "a milestone stands for it"),
    )
    return [f"{count} {name}{'s' if count > 1 else ''} ({where})" for count, name, where in parts if count]


def _hyphens(document: Document) -> Counter[str]:
    """How often each thing happened to a hyphen, by the keys of _HYPHENATION."""
    # The flows no longer know where lines ended; the source does.
    source = alignment.restore(document.text_of, document.pieces, document.edits)
    at_end = {match.start() for match in _LINE_END.finditer(source)}
    counts: Counter[str] = Counter()
    for edit, original in document.edits:
        if edit.kind == "hyphen":
            counts[_what_happened(edit, original, at_end)] += 1
        if at_end and "-" not in edit.replacement:
            at_end.difference_update(range(edit.start, edit.end))
    counts["kept"] = len(at_end)
    return counts


def _what_happened(edit: Edit, original: str, at_end: set[int]) -> str:
    if "-" in edit.replacement:
        return "sign"
    if "page-end-hyphen" in edit.rule.split("+"):
        return "page"
    if not at_end.isdisjoint(range(edit.start, edit.end)):
        return "line"
    return "soft" if original.strip("\u00ad") == "" else "other"


def _places(count: int) -> str:
    return "one place" if count == 1 else f"{count} places"
