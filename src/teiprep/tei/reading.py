"""Reads our TEI back into the texts of its flows, knowing nothing of the document that it came from.

The text of a leaf is taken as it stands, code point for code point. Between elements that hold nothing but elements
only white space may stand; anything else there is a stray, and is reported, never passed over.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from teiprep.diagnostics import TeiprepError
from teiprep.document import BODY, FURNITURE

from .nesting import furniture_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from teiprep.document import Document

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_TEXTS = frozenset(
    {"p", "ab", "head", "titlePart", "byline", "docImprint", "dateline", "salute", "signed", "trailer", "l"}
)
#: Elements that hold text, unless one of these stands in them.
_EITHER = frozenset({"item", "cell", "quote", "note"})
_BLOCKS = _TEXTS | {"list", "table", "lg", "item", "row", "cell"}
_EMPTY = frozenset({"pb", "cb", "lb", "anchor", "milestone"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """The text of a block, and the line of the TEI where its element begins."""

    text: str
    line: int


@dataclass(slots=True)
class Reading:
    """What stands in a TEI file: leaves and `fw` by flow, lone references by xml:id, text outside of any block."""

    leaves: dict[str, list[Leaf]] = field(default_factory=lambda: defaultdict(list))
    furniture: dict[str, list[Leaf]] = field(default_factory=lambda: defaultdict(list))
    references: dict[str, Leaf] = field(default_factory=dict)
    strays: list[Leaf] = field(default_factory=list)


def parse(tei: bytes) -> etree._Element:
    """The root of a TEI file; no entity is resolved, nothing is fetched.

    Raises TeiprepError with the code `xml-malformed` and the line.
    """
    # collect_ids: a duplicate id is for the checks to name, not for the parser to stumble over.
    parser = etree.XMLParser(collect_ids=False, resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(tei, parser)
    except etree.XMLSyntaxError as error:
        raise TeiprepError(
            f"not well-formed: {error.msg}", code="xml-malformed", hint="mend the tag that is named there"
        ) from error
    if next(root.iter(etree.Entity), None) is not None:
        raise TeiprepError("it uses an entity of its own", code="xml-malformed", hint="write the character itself")
    return root


def read(root: etree._Element) -> Reading:
    """The texts of a TEI file that teiprep wrote, perhaps changed by hand since."""
    reading = Reading()
    for text in root.iterchildren(f"{TEI}text"):
        _structure(text, BODY, reading)
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


def _name(element: etree._Element) -> str:
    """The local name of a TEI element; empty for comments, processing instructions and other namespaces."""
    tag = element.tag
    return tag[len(TEI) :] if isinstance(tag, str) and tag.startswith(TEI) else ""


def _line(element: etree._Element) -> int:
    return int(element.sourceline or 0)


def _structure(element: etree._Element, flow: str, reading: Reading) -> None:
    """Walk an element that holds nothing but elements."""
    _stray(element.text, element, reading)
    for child in element:
        name = _name(child)
        if name in _EMPTY or not isinstance(child.tag, str):
            pass
        elif name == "fw":
            reading.furniture[flow].append(Leaf("".join(_text(child, flow, reading)), _line(child)))
        elif name == "note" and child.get("place") != "inline":
            _note(child, flow, reading)
        elif name == "ab" and child.get("type") == "empty":
            _stray("".join(_text(child, flow, reading)), child, reading)
        elif _is_leaf(child, name):
            reading.leaves[flow].append(Leaf("".join(_text(child, flow, reading)), _line(child)))
        else:
            _structure(child, flow, reading)
        _stray(child.tail, child, reading)


def _is_leaf(element: etree._Element, name: str) -> bool:
    """Whether an element holds text: paragraphs always, a note or an item if no block stands in it."""
    if name in _TEXTS:
        return True
    return name in _EITHER and not any(
        (child_name := _name(child)) in _BLOCKS
        or (child_name == "quote" and not _is_leaf(child, child_name))
        or (child_name == "note" and child.get("place") == "inline")
        for child in element
    )


def _note(element: etree._Element, around: str, reading: Reading) -> None:
    """A note is a flow of its own, named by its xml:id."""
    flow = element.get(XML_ID, "")
    if not flow or flow in {BODY, FURNITURE} or flow in reading.leaves:
        # Its text must not slip in among that of another flow.
        reading.strays.append(Leaf(f"a note without an id of its own in {around}", _line(element)))
    reading.leaves.setdefault(flow, [])
    if _is_leaf(element, "note"):
        reading.leaves[flow].append(Leaf("".join(_text(element, flow, reading)), _line(element)))
    else:
        _structure(element, flow, reading)


def _text(element: etree._Element, flow: str, reading: Reading) -> list[str]:
    """The text in an element; notes, running heads and references without a note go where they belong."""
    parts = [element.text or ""]
    for child in element:
        name = _name(child)
        if name == "note" and child.get("place") != "inline":
            _note(child, flow, reading)
        elif name == "fw":
            reading.furniture[flow].append(Leaf("".join(_text(child, flow, reading)), _line(child)))
        elif name == "ref" and child.get("type") == "noteAnchor" and child.get("target") is None:
            reading.references[child.get(XML_ID, "")] = Leaf("".join(_text(child, flow, reading)), _line(child))
        elif name == "choice":
            for choice in child:
                if _name(choice) == "corr":  # what is read; between the two only white space may stand
                    parts += _text(choice, flow, reading)
        elif isinstance(child.tag, str):
            parts += _text(child, flow, reading)
        parts.append(child.tail or "")
    return parts


def _stray(text: str | None, element: etree._Element, reading: Reading) -> None:
    if text and text.strip(" \t\n\r"):
        reading.strays.append(Leaf(text, _line(element)))
