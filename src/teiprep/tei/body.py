"""Writes the flows: blocks, inlines, breaks, notes and running heads, as TEI-CONVENTIONS has them."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from teiprep.document import BODY, FURNITURE, Annotation, Block, Break, Correction, Document, Furniture, Note

from . import blocks
from .nesting import PARTS_OF_CITATION, Anchor, Fragment
from .writer import FORBIDDEN, Writer, require_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .blocks import Node
    from .nesting import FlowPlan, Plan, Point

#: Elements that TEI allows `q` in, but not `said`, which is kept for what flows (model.inter), and mostly not `quote`.
_NO_SPEECH = frozenset({"byline", "dateline", "docImprint", "date", "bibl"})
#: From the least sure on.
_CERTAINTIES = ("low", "medium", "high")
#: What a row of a sign is called, by the sign.
_ORNAMENTS = {"*": "stars", "•": "dots", "·": "dots", **dict.fromkeys("-–—_=", "rule")}
#: W3C dates as TEI's @when has them (TEI P5, att.datable.w3c); a time only with its day, and without a zone.
_W3C = re.compile(
    r"(?P<year>-?[0-9]{4}|-)(?:-(?P<month>0[1-9]|1[0-2])"
    r"(?:-(?P<day>0[1-9]|[12][0-9]|3[01])(?P<time>T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2})?)?)?"
    r"|---(?:0[1-9]|[12][0-9]|3[01])"
)


def datable(attributes: Mapping[str, str]) -> dict[str, str]:
    """Of `when`, `from`/`to`, `notBefore`/`notAfter` those that may stand together, in a form that TEI takes.

    `@when` excludes the others, a span of time excludes an uncertain date (TEI-CONVENTIONS; Schematron of att.datable).
    A value that is rough ("circa") has `precision` with it (att.dimensions).

    >>> datable({"when": "1943-05", "notAfter": "1943", "precision": "low"})
    {'when': '1943-05', 'precision': 'low'}
    >>> datable({"when": "1943-02-30", "precision": "low"})
    {}
    """
    for group in (("when",), ("from", "to"), ("notBefore", "notAfter")):
        if found := {key: attributes[key] for key in group if _is_w3c(attributes.get(key, ""))}:
            return found | ({"precision": "low"} if attributes.get("precision") == "low" else {})
    return {}


def other_calendar(attributes: Mapping[str, str]) -> dict[str, str]:
    """That the words of a date are Old Style, and the date as they have it, if it is one word.

    `@calendar` is of the words, `@datingMethod` of the custom value (TEI P5, att.calendarSystem, att.datable.custom);
    both point to the `calendar` in the header.

    >>> other_calendar({"when": "1742-03-23", "when-custom": "1742-03-12", "calendar": "julian"})
    {'calendar': '#julian', 'when-custom': '1742-03-12', 'datingMethod': '#julian'}
    """
    if attributes.get("calendar") != "julian":
        return {}
    custom = attributes.get("when-custom", "")
    if not custom.isprintable() or " " in custom or not custom:
        return {"calendar": "#julian"}
    return {"calendar": "#julian", "when-custom": custom, "datingMethod": "#julian"}


def _is_w3c(value: str) -> bool:
    """Whether a schema takes `value` as a W3C date; the last day of a month counts too.

    There is no year 0. A 29 February before our era is refused: which years had one depends on how they are counted.
    """
    found = _W3C.fullmatch(value)
    if found is None:
        return False
    year, month, day = found["year"], found["month"], found["day"]
    if year == "-":  # any year, so that the 29th of February is a day
        if not month or found["time"]:
            return False
        year = "2000"
    elif year in {"0000", "-0000"}:
        return False
    try:
        dt.date(int(year) if year and year[0] != "-" else 2001, int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def inline(annotation: Annotation, parent: str, known: Mapping[str, str]) -> tuple[str, dict[str, str | None]]:
    """The element and attributes of an annotation whose parent element is `parent`.

    `known` has the ids in the TEI, each with the id to which one points to mean it.
    """
    given = annotation.attributes
    by: dict[str, str | None] = {"cert": annotation.certainty, "resp": "#teiprep"}
    match annotation.layer:
        case "person":
            return "persName", {"ref": _pointer(given.get("ref")), **by}
        case "place":
            return "placeName", by
        case "date":
            clue = given.get("clue")
            corresp = _pointer(known.get(clue or ""))
            value = datable(given) | other_calendar(given)
            return "date", {**value, **by, "evidence": given.get("evidence"), "corresp": corresp}
        case "number":
            return "num", {"type": given.get("type"), **by}
        case "reference":
            pointer = _pointer(known.get(given.get("target", "")))
            return "ref", {"type": given.get("type"), "target": pointer, **by}
        case "bibl":
            return "bibl", {**by, "corresp": _pointer(known.get(given.get("target", "")))}
        case "pubPlace":
            return "pubPlace", by
        case "citedRange":
            return "citedRange", {**{key: given.get(key) for key in ("unit", "from", "to")}, **by}
        case "author" if parent == "bibl":
            return given.get("role", "author"), by
        case "author":
            return ("docAuthor", by) if parent == "byline" else ("name", {"type": "author", **by})
        case "title":
            return "title", {"level": given.get("level"), **by}
        case "quotation":
            return _quotation(annotation, parent, known)
        case _:
            # Emphasis is printed, nobody judged it.
            return "hi", {"rend": given.get("rend", "italic")}


def _quotation(annotation: Annotation, parent: str, known: Mapping[str, str]) -> tuple[str, dict[str, str | None]]:
    kind = annotation.attributes.get("kind", "q")
    name = kind if kind in {"said", "quote", "soCalled", "mentioned", "gloss"} else "q"
    if parent in _NO_SPEECH and name in {"said", "quote"}:
        name = "q"
    who = _pointer(annotation.attributes.get("who")) if name in {"q", "said"} else None
    # The source is a note here or, in TEI at large, any description of it (TEI P5, att.global.source).
    note = annotation.attributes.get("citedIn") if name in {"quote", "said"} else None
    source = _pointer(note if note in known else None)
    return name, {"who": who, "source": source, "cert": annotation.certainty, "resp": "#teiprep"}


def as_printed(text: str, offset: int, corrections: Iterable[Correction]) -> str:
    """`text`, which stands at `offset` of its flow, with the corrections in it undone; what no XML can say is left out.

    >>> as_printed("the", 10, [Correction(11, 12, "b", "high")])
    'tbe'
    """
    parts: list[str] = []
    at = offset
    for start, end, original, _ in corrections:
        parts += (text[at - offset : start - offset], FORBIDDEN.sub("", original))
        at = end
    return "".join((*parts, text[at - offset :]))


def _pointer(name: str | None) -> str | None:
    return None if name is None else f"#{name}"


class Body:
    """Writes `text` and what of `standOff` comes from annotations."""

    def __init__(self, document: Document, plan: Plan) -> None:
        self.document = document
        self.plan = plan
        self.out = Writer(1)
        self.known = {
            **{annotation.id: annotation.id for annotation in document.annotations if annotation.id in plan.named},
            **{annotation.id: annotation.id for annotation in plan.apart},
            **{note.id: f"{note.id}.start" for note in document.notes},  # see `nesting.cited_notes`
        }
        self.blocks: dict[str, list[Block]] = defaultdict(list)
        for block in document.blocks:
            self.blocks[block.flow].append(block)
        for flow in document.reading_flows:
            require_xml(flow.text, f"the flow {flow.id}")

    def write_text(self) -> None:
        """The element `text` with `front`, if there is any, and `body`."""
        out = self.out
        front, body = blocks.text_structure(blocks.tree(self.blocks[BODY]))
        flow = _FlowWriter(self, BODY)
        out.open("text", {})
        if front:
            out.open("front", {})
            flow.nodes(front, "front")
            out.close("front")
        out.open("body", {})
        flow.nodes(body, "body")
        if not body:
            # TEI wants something in a body; a front alone, or nothing but notes, is not our doing.
            out.line()
            out.empty("ab", {"type": "empty"})
        flow.rest()
        out.close("body")
        out.close("text")

    def write_annotations(self) -> None:
        """The `listAnnotation` of what could not stand inline, each with the element that it would have been."""
        out = self.out
        if not self.plan.apart:
            return
        out.open("listAnnotation", {})
        for each in self.plan.apart:
            target = f"#{each.id}.start #{each.id}.end"
            out.line()
            out.start("annotation", {"xml:id": each.id, "target": target, "motivation": "tagging"})
            name, attributes = inline(each, "note", self.known)
            attributes |= self._chain(each, 1, 1)
            around = ("note", "bibl") if each.layer in PARTS_OF_CITATION else ("note",)
            for element in around:
                out.start(element, {})
            out.start(name, attributes)
            out.text(self.document.quote(each))
            out.end(name)
            for element in reversed(around):
                out.end(element)
            out.end("annotation")
        out.close("listAnnotation")

    def _chain(self, annotation: Annotation, part: int, parts: int) -> dict[str, str | None]:
        """`@next` and `@prev` between the parts of an annotation, and to the annotations that it is chained to."""
        following, before = annotation.attributes.get("next"), annotation.attributes.get("prev")
        if part < parts:
            following = self.part_id(annotation.id, part + 1)
        elif annotation.layer != "quotation" or following not in self.known:
            following = None
        if part > 1:
            before = self.part_id(annotation.id, part - 1)
        elif annotation.layer != "quotation" or before not in self.known:
            before = None
        else:
            before = self.part_id(before, self.plan.parts.get(before, 1))
        return {"next": _pointer(following), "prev": _pointer(before)}

    @staticmethod
    def part_id(name: str, part: int) -> str:
        """The xml:id of one part of an annotation; the first has the annotation's own."""
        return name if part == 1 else f"{name}.{part}"

    def inline(self, fragment: Fragment, parent: str) -> tuple[str, dict[str, str | None]]:
        """The element and all attributes of a fragment."""
        annotation = fragment.annotation
        name, attributes = inline(annotation, parent, self.known)
        if fragment.rend:
            attributes = {"rend": fragment.rend, **attributes}
        if fragment.named and name == "docAuthor":
            del attributes["cert"], attributes["resp"]
        if annotation.id in self.plan.named:
            attributes = {"xml:id": self.part_id(annotation.id, fragment.part), **attributes}
        return name, attributes | self._chain(annotation, fragment.part, fragment.parts)

    def point(self, point: Point) -> None:
        """A break, a running head, an anchor, or a note with everything in it, right here."""
        out = self.out
        match point:
            case Note():
                self._note(point)
            case Break(type="lb"):
                out.empty("lb", {})
            case Break(type="milestone"):
                out.empty("milestone", {"unit": "section", "rend": self.ornament(point)})
            case Break():
                within = "no" if point.within_word else None
                out.empty(point.type, {"n": point.n, "xml:id": point.id, "break": within, **_doubt(point)})
            case Furniture():
                text = self.document.text_of[FURNITURE][point.start : point.end]
                require_xml(text, f"the furniture {point.id}")
                out.start("fw", {"type": point.type, "place": point.place})
                self.run(FURNITURE, point.start, point.end)
                out.end("fw")
            case Anchor():
                out.empty("anchor", {"xml:id": point.id})

    def run(self, flow: str, start: int, end: int) -> None:
        """A stretch of text that nothing interrupts; a word in which letters were corrected is a `choice`.

        A correction that is not wholly within the stretch, as a mark-up that ends between two letters would make it, is
        in the sidecar only.
        """
        out, text = self.out, self.document.text_of[flow] if start < end else ""
        corrections = self.document.corrections.get(flow, ())
        at = start
        k = bisect_left(corrections, (start,))
        while k < len(corrections) and corrections[k].end <= end:
            first = last = corrections[k]
            low, high = first.start, first.end
            while low > at and text[low - 1].isalnum():
                low -= 1
            within = []
            while k < len(corrections) and corrections[k].start <= high and corrections[k].end <= end:
                last = corrections[k]
                within.append(last)
                k += 1
                high = max(high, last.end)
                while high < end and text[high].isalnum():
                    high += 1
            out.text(text[at:low])
            at = high
            certainty = min((each.certainty for each in within), key=_CERTAINTIES.index)
            out.start("choice", {})
            out.start("sic", {})
            out.text(as_printed(text[low:high], low, within))
            out.end("sic")
            out.start("corr", {"cert": certainty, "resp": "#teiprep"})
            out.text(text[low:high])
            out.end("corr")
            out.end("choice")
        out.text(text[at:end])

    def _note(self, note: Note) -> None:
        out = self.out
        if note.flow is None:
            text = self.siglum(note)
            require_xml(text, f"the siglum of {note.id}")
            out.start("ref", {"type": "noteAnchor", "n": note.n, "xml:id": note.id})
            out.text(text)
            out.end("ref")
            return
        by_order = note.pairing == "order"
        doubtful = by_order or note.certainty != "high"
        out.start(
            "note",
            {
                "type": None if note.anchored else "unanchored",
                "place": note.place,
                "n": note.n or None,
                "xml:id": note.id,
                "ana": "#renumbered" if by_order else None,
                "cert": note.certainty if doubtful else None,
                "resp": "#teiprep" if doubtful else None,
            },
        )
        depth, out.depth = out.depth, None
        flow = _FlowWriter(self, note.flow)
        content = blocks.flowing(blocks.tree(self.blocks[note.flow]))
        if len(content) == 1 and content[0].name == "p" and not flow.plan.gaps:
            flow.text(content[0], "note")
        else:
            flow.nodes(content, "note")
            flow.rest()
        out.depth = depth
        out.end("note")

    def ornament(self, point: Break) -> str | None:
        """What a row of signs between two sections looks like; None if the document does not say."""
        if point.marker is None:
            return None
        sign = self.document.text_of[FURNITURE][slice(*point.marker)].strip()[:1]
        return _ORNAMENTS.get(sign, "ornament")

    def siglum(self, note: Note) -> str:
        """What was printed as the reference to a note, or its number."""
        return self.document.text_of[FURNITURE][slice(*note.siglum)] if note.siglum else note.n


class _FlowWriter:
    """Writes one flow and counts its leaves."""

    def __init__(self, body: Body, name: str) -> None:
        self.body = body
        self.name = name
        self.plan: FlowPlan = body.plan.flows[name]
        self.next = 0
        self._waiting = list(self.plan.gaps.get(0, ()))

    def nodes(self, nodes: Sequence[Node], parent: str) -> None:
        """Blocks one after the other, each with what stands in the gap before it."""
        out = self.body.out
        for node in nodes:
            if self._waiting and parent != "row":
                # A page begins with the lowest division that begins there; the notes of the page before stay outside.
                inside = node.name == "div"
                self._release(None if not inside else Note)
            if node.is_leaf:
                out.line()
                out.start(node.name, _attributes(node))
                self.text(node, node.name)
                out.end(node.name)
            else:
                out.open(node.name, _attributes(node))
                self.nodes(node.children, node.name)
                out.close(node.name)

    def rest(self) -> None:
        """What stands behind the last block."""
        self._waiting += (
            point for key in sorted(self.plan.gaps) if key >= max(self.next, 1) for point in self.plan.gaps[key]
        )
        self._release(None)

    def _release(self, only: type[Note] | None) -> None:
        out = self.body.out
        stay = []
        for point in self._waiting:
            if only is not None and not isinstance(point, only):
                stay.append(point)
                continue
            out.line()
            if isinstance(point, Note) and point.flow is None:
                # A reference in a flow without any leaf: it needs an element around it.
                out.start("ab", {"type": "empty"})
                self.body.point(point)
                out.end("ab")
            else:
                self.body.point(point)
        self._waiting = stay

    def text(self, node: Node, name: str) -> None:
        """The text of a leaf with its inlines and points; `name` is the element that it stands in."""
        out, number = self.body.out, self.next
        self.next += 1
        block = node.block
        if block is None:
            return
        for point in self._waiting:  # in a row there is no place but in the cells
            self.body.point(point)
        self._waiting = list(self.plan.gaps.get(self.next, ())) if self.next < self.plan.leaves else []
        points = self.plan.inside.get(number, [])
        opening = self.plan.fragments.get(number, [])
        if not points and not opening:
            self.body.run(self.name, block.start, block.end)
            return
        at = block.start
        stack: list[tuple[int, str]] = []
        p = f = 0
        while p < len(points) or f < len(opening) or stack:
            here = min(
                stack[-1][0] if stack else block.end,
                points[p][0] if p < len(points) else block.end,
                opening[f].start if f < len(opening) else block.end,
            )
            self.body.run(self.name, at, here)
            at = here
            while stack and stack[-1][0] == here:
                out.end(stack.pop()[1])
            while p < len(points) and points[p][0] == here:
                self.body.point(points[p][1])
                p += 1
            while f < len(opening) and opening[f].start == here:
                element, attributes = self.body.inline(opening[f], stack[-1][1] if stack else name)
                out.start(element, attributes)
                stack.append((opening[f].end, element))
                f += 1
        self.body.run(self.name, at, block.end)


def _attributes(node: Node) -> dict[str, str | None]:
    """The attributes of a block; a doubtful type says so."""
    if node.type is not None:
        return {"type": node.type}
    block = node.block
    if block is None or block.type != node.name:
        return {}
    return {
        "type": block.attributes.get("type") if node.name in {"div", "titlePart", "note"} else None,
        "place": "inline" if node.name == "note" else None,
        "rend": block.attributes.get("rend") if node.name == "list" else None,
        **_doubt(block),
    }


def _doubt(item: Block | Break) -> dict[str, str | None]:
    return {} if item.certainty == "high" else {"cert": item.certainty, "resp": "#teiprep"}
