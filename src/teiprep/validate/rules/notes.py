"""Notes: their numbers are unique and rise, and no reference or note stands alone (TEI Guidelines, CONONO)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.tei.reading import TEI, XML_ID
from teiprep.validate.report import Remark

from .survey import line_of, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from .survey import Survey

_NOTE, _PAGE = f"{TEI}note", f"{TEI}pb"
_DIVISIONS = tuple(TEI + name for name in ("div", *(f"div{rank}" for rank in range(1, 8)), "front", "body", "back"))
_TEXTS = (f"{TEI}text", f"{TEI}teiHeader")
#: The type of a division in which notes stand apart from their references.
_APART = frozenset({"notes", "note", "endnotes", "endnote", "footnotes", "footnote", "noten", "anmerkungen"})
_BETWEEN = frozenset(TEI + name for name in ("noteGrp", "list", "item", "p", "ab"))


def check(file: Survey) -> Iterator[Remark]:
    """Numbers that repeat or fall, references without a note, notes without a reference."""
    notes = file.named("note")
    yield from _numbers(file)
    yield from _references(file)
    yield from _bodies(file, notes)


def _numbers(file: Survey) -> Iterator[Remark]:
    """Each series of notes (by place, type and hand, and apart the notes in notes) is counted for itself.

    A count may begin anew with 1, and with any number in another division; leaps are no error, for an edition may
    leave notes out. Only plain numbers are looked at: signs and letters have an order of their own.
    """
    last: dict[tuple[object, ...], tuple[int, int, etree._Element]] = {}
    page = 0
    for note in file.root.iter(_NOTE, _PAGE):
        if note.tag == _PAGE:
            page += 1
            continue
        value = (note.get("n") or "").strip("()[]. ")
        if not value.isdecimal() or len(value) > 6:
            continue
        inner = nearest(note, (_NOTE,)) is not None
        series = (inner, note.get("place"), note.get("type"), note.get("subtype"), note.get("resp"))
        number = int(value)
        before = last.get(series)
        last[series] = (number, page, note)
        if before is None or number > before[0]:
            continue
        if number == 1 and (before[0] > 1 or before[1] < page):
            continue
        if nearest(note, _DIVISIONS) is not nearest(before[2], _DIVISIONS) or _in_teis(note, before[2]):
            continue
        if number == before[0]:
            said = f"note {value} has the number of the note before it ({line_of(before[2])}): correct @n of one"
        else:
            said = (
                f"note {value} follows note {before[0]} ({line_of(before[2])}): numbers of notes should rise;"
                " look whether one is misread or the notes are in disorder"
            )
        yield Remark(note, "note-sequence", said)


def _in_teis(one: etree._Element, other: etree._Element) -> bool:
    """Whether the notes stand in different texts: one in the header, or in another text of a group."""
    return nearest(one, _TEXTS) is not nearest(other, _TEXTS)


def _references(file: Survey) -> Iterator[Remark]:
    for reference in file.named("ref", "ptr"):
        if reference.get("type") != "noteAnchor":
            continue
        if not any(reference.get(name) for name in ("target", "corresp", "sameAs", "next", "prev")):
            sign = reference.get("n") or "".join(reference.itertext()).strip()
            said = (
                f"the note reference{f' {shown(sign)}' if sign else ''} leads to no note: give it a @target, or bring"
                " the note that it means"
            )
            yield Remark(reference, "reference-without-note", said)


def _bodies(file: Survey, notes: list[etree._Element]) -> Iterator[Remark]:
    apart: list[etree._Element] = []
    for note in notes:
        if note.get("type") == "unanchored":
            said = f"note{_number(note)} has no place in the text: look where its reference must have stood"
            yield Remark(note, "note-without-reference", f"{said}, and move it")
        elif _stands_apart(note):
            apart.append(note)
    # Where nothing points to any of them they are bound to the text in another way, by page and line perhaps.
    alone = [note for note in apart if not _is_bound(note, file)]
    if len(alone) < len(apart):
        for note in alone:
            said = f"note{_number(note)} stands apart from the text, and nothing points to it: add the reference, or"
            yield Remark(note, "note-without-reference", f"{said} a @target that says where it belongs")


def _number(note: etree._Element) -> str:
    sign = note.get("n")
    return f" {sign}" if sign else f" {shown(''.join(note.itertext()), 30)}"


def _stands_apart(note: etree._Element) -> bool:
    """Whether a note is one of a collection: in a division of notes, or right in one of the back matter."""
    parent = note.getparent()
    while parent is not None and parent.tag in _BETWEEN:
        parent = parent.getparent()
    if parent is None or not str(parent.tag).startswith(TEI + "div"):
        return False
    return (parent.get("type") or "").lower() in _APART


def _is_bound(note: etree._Element, file: Survey) -> bool:
    identifier = note.get(XML_ID, "").strip()
    return identifier in file.targets if identifier else any(note.get(name) for name in ("target", "corresp"))
