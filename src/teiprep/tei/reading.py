"""Reads our TEI back into the texts of its flows, its points and its tags, knowing nothing of the document behind it.

The text of a leaf is taken as it stands, code point for code point. Between elements that hold nothing but elements
only white space may stand; anything else there is a stray, and is reported, never passed over.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiprep.diagnostics import TeiprepError
from teiprep.document import BODY, FURNITURE

from .nesting import furniture_of
from .parsing import parser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from teiprep.document import Document

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

#: Elements that hold text.
TEXTS = frozenset(
    {"p", "ab", "head", "titlePart", "byline", "docImprint", "dateline", "salute", "signed", "addrLine", "trailer", "l"}
)
#: Elements that hold text, unless one of these stands in them.
EITHER = frozenset({"item", "cell", "quote", "note"})
_BLOCKS = TEXTS | {"list", "table", "lg", "item", "row", "cell"}
_EMPTY = frozenset({"pb", "cb", "lb", "anchor", "milestone"})
#: The layer whose annotations an inline element stands for.
_LAYER = {
    "persName": "person",
    "placeName": "place",
    "date": "date",
    "num": "number",
    "ref": "reference",
    "docAuthor": "author",
    "name": "author",
    "title": "title",
    "bibl": "bibl",
    "author": "author",
    "editor": "author",
    "pubPlace": "pubPlace",
    "citedRange": "citedRange",
    "hi": "emphasis",
    **dict.fromkeys(("q", "said", "quote", "soCalled", "mentioned", "gloss"), "quotation"),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """The text of a block, and the line of the TEI where its element begins."""

    text: str
    line: int


class Point(NamedTuple):
    """A note, lone reference, break or anchor (`name`, an element) before the character `offset` of the leaf `leaf`.

    Leaves are counted from 0. What stands between two leaves stands at 0 of the later one. `id` is the xml:id, if any.
    """

    name: str
    flow: str
    leaf: int
    offset: int
    id: str | None
    n: str | None
    line: int


class Tag(NamedTuple):
    """An inline element that stands for an annotation of `layer`, or a part of one, on `[start, end)` of a leaf."""

    layer: str
    flow: str
    leaf: int
    start: int
    end: int
    id: str | None
    rend: str | None
    line: int


class Choice(NamedTuple):
    """A `choice`: what is read stands on `[start, end)` of a leaf, `sic` is what was printed."""

    flow: str
    leaf: int
    start: int
    end: int
    sic: str
    line: int


class Apart(NamedTuple):
    """An annotation in `standOff`: its layer and the text that it says it is on."""

    layer: str
    text: str
    line: int


@dataclass(slots=True)
class Reading:
    """What stands in a TEI file: leaves and `fw` by flow, lone references by xml:id, text outside of any block.

    And what stands upon the text: points, tags and choices, in the order of the file, and by xml:id what stands in
    `standOff`.
    """

    leaves: dict[str, list[Leaf]] = field(default_factory=lambda: defaultdict(list))
    furniture: dict[str, list[Leaf]] = field(default_factory=lambda: defaultdict(list))
    references: dict[str, Leaf] = field(default_factory=dict)
    strays: list[Leaf] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    apart: dict[str, Apart] = field(default_factory=dict)


def parse(tei: bytes) -> etree._Element:
    """The root of a TEI file; no entity is resolved, nothing is fetched.

    Raises TeiprepError with the code `xml-malformed` and the line.
    """
    try:
        root = etree.fromstring(tei, parser(huge=True))
    except etree.XMLSyntaxError as error:
        raise TeiprepError(
            f"not well-formed: {error.msg}", code="xml-malformed", hint="mend the tag that is named there"
        ) from error
    if next(root.iter(etree.Entity), None) is not None:
        raise TeiprepError("it uses an entity of its own", code="xml-malformed", hint="write the character itself")
    return root


def read(root: etree._Element) -> Reading:
    """The texts of a TEI file that teiprep wrote, perhaps changed by hand since, with the points and tags in them."""
    reading = Reading()
    for text in root.iterchildren(f"{TEI}text"):
        _structure(text, BODY, reading)
    for each in root.iterfind(f"{TEI}standOff/{TEI}listAnnotation/{TEI}annotation"):
        tag = each.find(f"{TEI}note/*")
        if tag is not None and name_in_tei(tag) == "bibl" and tag.get("cert") is None:
            tag = next(tag.iterchildren(etree.Element), None)  # a part of a citation, which stands in nothing else
        layer = "" if tag is None else _LAYER.get(name_in_tei(tag), "")
        reading.apart[each.get(XML_ID, "")] = Apart(layer, "".join(each.itertext(etree.Element)), _line(each))
    return reading


def flows_of(reading: Reading, document: Document, lengths: Mapping[str, int]) -> dict[str, str]:
    """The texts of all flows: the leaves of the TEI with as many line feeds between them as the blocks leave free.

    `lengths` are those of the document's flows, whose texts may be blank. What of the furniture is not in the TEI
    (sigla, page markers) comes from the document. The texts may be longer or shorter where the TEI was edited.
    Raises TeiprepError, code `sidecar-mismatch`, if a block, a note or a running head came or went.
    """
    if reading.strays:
        stray = reading.strays[0]
        raise mismatch(f"line {stray.line}: “{_short(stray.text)}” stands outside of any block")
    flows = {}
    for flow in document.reading_flows:
        found, expected = reading.leaves.get(flow.id, []), document.leaves[flow.id]
        if len(found) == 1 and not expected and not found[0].text:
            found = []  # an empty note is an element all the same
        if len(found) != len(expected):
            where = f" (from line {found[0].line} on)" if found else ""
            raise mismatch(f"{flow.id} has {len(found)} blocks in the TEI{where}, and {len(expected)} in the sidecar")
        parts: list[str] = []
        at = 0
        for leaf, block in zip(found, expected, strict=True):
            parts += ("\n" * (block.start - at), leaf.text)
            at = block.end
        parts.append("\n" * (lengths.get(flow.id, at) - at))
        flows[flow.id] = "".join(parts)
    if extra := [
        name for name, leaves in reading.leaves.items() if any(leaf.text for leaf in leaves) and name not in flows
    ]:
        raise mismatch(f"line {reading.leaves[extra[0]][0].line}: the sidecar knows no note {extra[0]}")
    if FURNITURE in document.text_of:
        flows[FURNITURE] = _furniture(reading, document)
    return flows


def mismatch(message: str) -> TeiprepError:
    """The error for a TEI file that is not the one that the sidecar was written for."""
    return TeiprepError(
        message, code="sidecar-mismatch", hint="the TEI was changed by hand, or the two files do not belong together"
    )


def _furniture(reading: Reading, document: Document) -> str:
    """The furniture flow with what of it stands in the TEI taken from there."""
    there: dict[tuple[int, int], str] = {}
    shown = furniture_of(document)
    for flow in dict.fromkeys((*shown, *reading.furniture)):
        leaves, expected = reading.furniture.get(flow, []), shown.get(flow, [])
        if len(leaves) != len(expected):
            where = f" (from line {leaves[0].line} on)" if leaves else ""
            raise mismatch(f"{flow} has {len(leaves)} fw in the TEI{where}, and {len(expected)} in the sidecar")
        there |= {(each.start, each.end): leaf.text for (_, each), leaf in zip(expected, leaves, strict=True)}
    for note in document.notes:
        if note.flow is None and note.siglum is not None:
            if note.id not in reading.references:
                raise mismatch(f"the ref {note.id} is missing from the TEI")
            there[note.siglum] = reading.references[note.id].text
    text = document.text_of[FURNITURE]
    parts: list[str] = []
    at = 0
    for (start, end), found in sorted(there.items()):
        parts += (text[at:start], found)
        at = end
    parts.append(text[at:])
    return "".join(parts)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


# --- the walk ---------------------------------------------------------------------------------------------------------


def name_in_tei(element: etree._Element) -> str:
    """The local name of a TEI element; empty for comments, processing instructions and other namespaces."""
    tag = element.tag
    return tag[len(TEI) :] if isinstance(tag, str) and tag.startswith(TEI) else ""


def _line(element: etree._Element) -> int:
    return int(element.sourceline or 0)


def _structure(element: etree._Element, flow: str, reading: Reading) -> None:
    """Walk an element that holds nothing but elements."""
    _stray(element.text, element, reading)
    for child in element:
        name = name_in_tei(child)
        if not isinstance(child.tag, str):
            pass
        elif name in _EMPTY:
            _point(child, name, flow, len(reading.leaves[flow]), 0, reading)
        elif name == "fw":
            reading.furniture[flow].append(_running(child))
        elif name == "note" and child.get("place") != "inline":
            _note(child, flow, len(reading.leaves[flow]), 0, reading)
        elif name == "ab" and child.get("type") == "empty":
            _stray(_leaf(child, flow, reading).text, child, reading)
        elif is_leaf(child, name):
            reading.leaves[flow].append(_leaf(child, flow, reading))
        else:
            _structure(child, flow, reading)
        _stray(child.tail, child, reading)


def is_leaf(element: etree._Element, name: str) -> bool:
    """Whether an element holds text: paragraphs always, a note or an item if no block stands in it."""
    if name in TEXTS:
        return True
    return name in EITHER and not any(
        (child_name := name_in_tei(child)) in _BLOCKS
        or (child_name == "quote" and not is_leaf(child, child_name))
        or (child_name == "note" and child.get("place") == "inline")
        for child in element
    )


def _point(element: etree._Element, name: str, flow: str, leaf: int, offset: int, reading: Reading) -> None:
    point = Point(name, flow, leaf, offset, element.get(XML_ID), element.get("n"), _line(element))
    reading.points.append(point)


def _note(element: etree._Element, around: str, leaf: int, offset: int, reading: Reading) -> None:
    """A note is a flow of its own, named by its xml:id, and a point in the flow around it."""
    _point(element, "note", around, leaf, offset, reading)
    flow = element.get(XML_ID, "")
    if not flow or flow in {BODY, FURNITURE} or flow in reading.leaves:
        # Its text must not slip in among that of another flow.
        reading.strays.append(Leaf(f"a note without an id of its own in {around}", _line(element)))
    reading.leaves.setdefault(flow, [])
    if is_leaf(element, "note"):
        reading.leaves[flow].append(_leaf(element, flow, reading))
    else:
        _structure(element, flow, reading)


@dataclass(slots=True)
class _Open:
    """A leaf while it is read: its flow and number, and the text so far."""

    flow: str
    number: int
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)


def _leaf(element: etree._Element, flow: str, reading: Reading) -> Leaf:
    leaf = _Open(flow, len(reading.leaves[flow]))
    _text(element, leaf, reading)
    return Leaf("".join(leaf.parts), _line(element))


def _running(element: etree._Element) -> Leaf:
    """The text of a running head; what else may be in it stands upon no flow that is read."""
    return _leaf(element, FURNITURE, Reading())


def _text(element: etree._Element, leaf: _Open, reading: Reading) -> None:
    """The text in an element; notes, running heads and references without a note go where they belong."""
    leaf.add(element.text)
    for child in element:
        name = name_in_tei(child)
        if name == "note" and child.get("place") != "inline":
            _note(child, leaf.flow, leaf.number, leaf.length, reading)
        elif name == "fw":
            reading.furniture[leaf.flow].append(_running(child))
        elif name == "ref" and child.get("type") == "noteAnchor" and child.get("target") is None:
            _point(child, name, leaf.flow, leaf.number, leaf.length, reading)
            reading.references[child.get(XML_ID, "")] = _leaf(child, leaf.flow, reading)
        elif name == "choice":
            start, sic = leaf.length, ""
            for choice in child:
                if name_in_tei(choice) == "corr":  # what is read; between the two only white space may stand
                    _text(choice, leaf, reading)
                elif name_in_tei(choice) == "sic":
                    sic = "".join(choice.itertext(etree.Element))
            reading.choices.append(Choice(leaf.flow, leaf.number, start, leaf.length, sic, _line(child)))
        elif isinstance(child.tag, str):
            start = leaf.length
            if name in _EMPTY:
                _point(child, name, leaf.flow, leaf.number, start, reading)
            _text(child, leaf, reading)
            if (layer := _LAYER.get(name)) is not None:
                tag = Tag(
                    layer,
                    leaf.flow,
                    leaf.number,
                    start,
                    leaf.length,
                    child.get(XML_ID),
                    child.get("rend"),
                    _line(child),
                )
                reading.tags.append(tag)
        leaf.add(child.tail)


def _stray(text: str | None, element: etree._Element, reading: Reading) -> None:
    if text and text.strip(" \t\n\r"):
        reading.strays.append(Leaf(text, _line(element)))
