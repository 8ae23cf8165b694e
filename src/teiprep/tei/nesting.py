"""Turns the layers of a document into a tree; the only place that resolves overlap.

Blocks win over everything (their order is mended in `blocks`). A break, a note and a running head are points: they
stay inside what they interrupt. Of two inlines that cross, the one that comes later in `LAYERS` gives way: it is split
into parts joined by `@next` and `@prev` if it may be split, else it goes to `standOff`, as does whatever else cannot
stand inline. (TEI P5, chapter NH, non-hierarchical structures.)
"""

from __future__ import annotations

import heapq
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from teiprep.diagnostics import InvariantError
from teiprep.document import BODY, FURNITURE, Annotation, Break, Document, Furniture, Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: The layers of annotations; where two cross, the later one gives way.
LAYERS = (
    "date",
    "person",
    "place",
    "number",
    "reference",
    "citedRange",
    "pubPlace",
    "author",
    "title",
    "bibl",
    "quotation",
    "emphasis",
)
#: Layers whose annotations may stand in several parts. A date or a name in two halves would be two dates, two names.
SPLITTABLE = frozenset({"title", "quotation", "emphasis"})
#: Which of several annotations of the very same span stands outside: the author, whom only a byline may hold, first.
_OUTSIDE = {
    layer: rank
    for rank, layer in enumerate(
        (
            *("bibl", "author", "citedRange", "pubPlace", "quotation", "title", "reference", "emphasis"),
            *("date", "person", "place", "number"),
        )
    )
}
#: Layers whose elements can say themselves how they are printed, so that emphasis needs no element of its own.
_BEARS_REND = frozenset({"author", "title", "person", "place"})
#: What only a `bibl` may hold.
PARTS_OF_CITATION = frozenset({"pubPlace", "citedRange"})
#: Layers and blocks whose elements TEI does not let hold a `bibl`: phrases, and what is made of phrases.
_NO_CITATION = frozenset({"date", "person", "place", "number", "author", "pubPlace", "citedRange"})
_NO_CITATION_BLOCKS = frozenset({"byline", "dateline", "docImprint", "addrLine"})
_RANK = {layer: rank for rank, layer in enumerate(LAYERS)}
#: Attributes by which an annotation points to another one, and the layer of that.
_POINTERS = {
    "date": (("clue", "date"),),
    "quotation": (("next", "quotation"), ("prev", "quotation")),
    "bibl": (("target", "bibl"),),
    "reference": (("target", "bibl"),),
}
_CERTAINTY = {"low": 0, "medium": 1, "high": 2}

#: More cuts than these, or deeper than this, is no mark-up any more: the annotation goes to standOff.
MAX_CUTS = 3
MAX_DEPTH = 12


class Fragment(NamedTuple):
    """The part of an annotation that stands in one leaf: `[start, end)` of the flow, number `part` of `parts`.

    `rend` is that of an emphasis of the same span. `named` tells an author in whom a person is tagged with the same
    certainty: it need not be said twice.
    """

    start: int
    end: int
    annotation: Annotation
    part: int = 1
    parts: int = 1
    rend: str | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point in the text to which an annotation in `standOff` refers."""

    id: str


Point = Note | Break | Furniture | Anchor

#: By which points are sorted: the offset; 0 for an anchor that ends something, 1 notes, 2 breaks and their furniture,
#: 3 anchors that begin something; the number in the document; what stands before and behind a break.
Key = tuple[int, int, int, int]


@dataclass(slots=True)
class FlowPlan:
    """What stands where in one flow: `inside` and `fragments` by the number of the leaf, `gaps` by that of the next.

    Points come with their offset and in the order in which they are written; fragments in the order in which they open.
    """

    leaves: int
    inside: dict[int, list[tuple[int, Point]]] = field(default_factory=dict)
    gaps: dict[int, list[Point]] = field(default_factory=dict)
    fragments: dict[int, list[Fragment]] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """Everything about the place of things in the TEI. `apart` are the annotations that go to `standOff`."""

    flows: dict[str, FlowPlan]
    notes: dict[str, Note]
    apart: tuple[Annotation, ...]
    #: Those of `apart` that the encoding settings let stand inline but the text does not.
    overlaps: tuple[Annotation, ...]
    #: Annotations whose element needs an `xml:id`, because something points to it.
    named: frozenset[str]
    #: For annotations in parts: how many.
    parts: dict[str, int]


def standoff(document: Document) -> tuple[Annotation, ...]:
    """The annotations that cannot stand inline because of others; each deserves a diagnostic `overlap-standoff`."""
    return plan(document).overlaps


def is_shown(each: Furniture, document: Document) -> bool:
    """Whether a piece of furniture stands in the TEI: page markers and sigla never do, the rest is an option."""
    return each.type in {"header", "footer", "pageNum"} and bool(document.options.get("furniture", True))


def furniture_of(document: Document) -> dict[str, list[tuple[Key, Furniture]]]:
    """The running heads and page numbers that stand in the TEI as `fw`, by flow, in the order in which they stand.

    It needs the document's layers only, not its texts: reading goes by it.
    """
    breaks = {each.id: (each.flow, (each.offset, 2, number)) for number, each in enumerate(document.breaks)}
    end = BODY, (sys.maxsize, 2, 0)
    found: dict[str, list[tuple[Key, Furniture]]] = defaultdict(list)
    for item in document.furniture:
        if is_shown(item, document):
            flow, key = breaks.get(item.page or "", end)
            found[flow].append(((*key, 0 if item.place == "bottom" else 2), item))
    for items in found.values():
        items.sort(key=lambda each: each[0])
    return found


def plan(document: Document) -> Plan:
    """The place of every layer. Raises InvariantError for notes in a circle, or a flow that no note brings in."""
    notes = _notes(document)
    flows = {name: FlowPlan(len(document.leaves[name])) for name in (BODY, *(n.flow for n in notes.values() if n.flow))}
    kept, below = _sorted_out(document, flows)
    overlaps = _fragments(document, flows, kept)
    below.update(annotation.id for annotation in overlaps)
    apart = tuple(a for a in document.annotations if a.id in below)
    _points(document, flows, apart)
    emitted = {a.id: a.layer for a in document.annotations if a.flow in flows and a.layer in _RANK}
    parts: Counter[str] = Counter()
    for flow in flows.values():
        for fragments in flow.fragments.values():
            parts.update(fragment.annotation.id for fragment in fragments)
    named = {name for name, count in parts.items() if count > 1}
    for annotation in document.annotations:
        if annotation.id in emitted:
            for key, layer in _POINTERS.get(annotation.layer, ()):
                target = annotation.attributes.get(key, "")
                if emitted.get(target) == layer:
                    named.add(target)
    return Plan(flows, notes, apart, overlaps, frozenset(named), dict(parts))


# --- notes ------------------------------------------------------------------------------------------------------------


def _notes(document: Document) -> dict[str, Note]:
    """The notes by their id, after making sure that each flow is brought in once, by the body or by another note."""
    notes = {note.id: note for note in document.notes}
    home: dict[str, str] = {}
    for note in document.notes:
        if note.flow is not None:
            if note.flow in home or note.flow in {BODY, FURNITURE}:
                raise InvariantError("promise-freeze", f"two things bring in the flow {note.flow}", difference=note.id)
            home[note.flow] = note.at_flow
    reached = {BODY}
    for start in (*home, *(note.at_flow for note in document.notes)):
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in reached:
            if at in path:
                raise InvariantError("promise-freeze", f"the notes refer to each other in a circle: {', '.join(path)}")
            path[at] = None
            at = home.get(at)
        if at is None:
            raise InvariantError("promise-freeze", f"no note brings in the flow {start}")
        reached.update(path)
    for flow in document.reading_flows:
        if flow.id not in reached:
            raise InvariantError("promise-freeze", f"no note brings in the flow {flow.id}")
    return notes


# --- points -----------------------------------------------------------------------------------------------------------


def _points(document: Document, flows: dict[str, FlowPlan], apart: Iterable[Annotation]) -> None:
    """Put notes, furniture, breaks and anchors at their places, in this order where they meet."""
    found: dict[str, list[tuple[Key, bool, Point]]] = defaultdict(list)
    for number, note in enumerate(document.notes):
        if note.at_flow not in flows:
            raise InvariantError("promise-freeze", f"the note {note.id} stands in an unknown flow, {note.at_flow}")
        found[note.at_flow].append(((note.at, 1, number, 0), note.anchored or note.flow is None, note))
    for number, each in enumerate(document.breaks):
        if each.flow not in flows:
            raise InvariantError("promise-freeze", f"the break {each.id} stands in an unknown flow, {each.flow}")
        found[each.flow].append(((each.offset, 2, number, 1), False, each))
    for flow, items in furniture_of(document).items():
        found[flow] += ((key, False, item) for key, item in items)
    for name in sorted(cited_notes(document)):
        found[name].append(((0, 3, -1, 0), True, Anchor(f"{name}.start")))
    for number, annotation in enumerate(apart):
        first, last = Anchor(f"{annotation.id}.start"), Anchor(f"{annotation.id}.end")
        closing = 3 if annotation.start >= annotation.end else 0
        found[annotation.flow].append(((annotation.start, 3, number, 0), True, first))
        found[annotation.flow].append(((annotation.end, closing, number, 1), True, last))
    for name, points in found.items():
        # Python sorts stably: what has the same key stays in the document's order.
        points.sort(key=lambda point: point[0])
        _settle(document, name, flows[name], points)


def cited_notes(document: Document) -> set[str]:
    """The flows of the notes to which an `Ibid.` points.

    It means what the note cites, and points at an anchor where the note's text begins: what points at the note itself
    is its siglum (TEI P5, 3.9.1.1), and programs that look for sigla take it for one.
    """
    notes = {note.id for note in document.notes if note.flow is not None}
    return notes & {reference.attributes.get("target", "") for reference in document.layer("reference")}


def _settle(
    document: Document,
    name: str,
    flow: FlowPlan,
    points: Sequence[tuple[Key, bool, Point]],
) -> None:
    """Decide for each point whether it stands in a leaf or between two. `clinging` ones always prefer a leaf."""
    leaves = document.leaves[name]
    starts = [leaf.start for leaf in leaves]
    for (offset, *_), clinging, point in points:
        after = bisect_left(starts, offset)  # the first leaf that does not begin before the offset
        if after and offset < leaves[after - 1].end:
            flow.inside.setdefault(after - 1, []).append((offset, point))
        elif not clinging or not leaves:
            flow.gaps.setdefault(after, []).append(point)
        elif isinstance(point, Anchor) and point.id.endswith(".start") and after < len(leaves):
            flow.inside.setdefault(after, []).append((leaves[after].start, point))
        elif after:
            flow.inside.setdefault(after - 1, []).append((leaves[after - 1].end, point))
        else:
            flow.inside.setdefault(0, []).append((leaves[0].start, point))
    for inside in flow.inside.values():
        inside.sort(key=lambda item: item[0])  # what came in from a gap stands last, at the leaf's own offset


# --- inlines ----------------------------------------------------------------------------------------------------------


def _sorted_out(document: Document, flows: dict[str, FlowPlan]) -> tuple[list[Annotation], set[str]]:
    """The annotations that want to stand inline, and the ids of those that the settings send to standOff."""
    threshold = _CERTAINTY[str(document.options.get("inline_threshold", "low"))]
    kept: list[Annotation] = []
    apart: set[str] = set()
    for annotation in document.annotations:
        if annotation.flow not in flows or annotation.layer not in _RANK:
            continue  # tags on furniture are in the sidecar only
        if _CERTAINTY[annotation.certainty] < threshold:
            apart.add(annotation.id)
        else:
            kept.append(annotation)
    return kept, apart


def _fragments(
    document: Document, flows: dict[str, FlowPlan], annotations: Iterable[Annotation]
) -> tuple[Annotation, ...]:
    """Give every flow its fragments; the annotations that found no place are returned."""
    spans: dict[tuple[str, int], list[tuple[int, int, Annotation]]] = defaultdict(list)
    starts = {name: [leaf.start for leaf in document.leaves[name]] for name in flows}
    outcasts: dict[str, Annotation] = {}
    for annotation in annotations:
        name = annotation.flow
        leaves = document.leaves[name]
        number = max(bisect_right(starts[name], annotation.start) - 1, 0)
        within = []
        while number < len(leaves) and leaves[number].start < annotation.end:
            start, end = max(annotation.start, leaves[number].start), min(annotation.end, leaves[number].end)
            if start < end:
                within.append((number, start, end))
            number += 1
        if not within or (len(within) > 1 and annotation.layer not in SPLITTABLE):
            outcasts[annotation.id] = annotation
            continue
        for number, start, end in within:
            spans[name, number].append((start, end, annotation))
    nested = {place: _nested(found, outcasts) for place, found in spans.items()}
    for (name, number), fragments in nested.items():
        _misplaced(fragments, document.leaves[name][number].type, outcasts)
    counts: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for fragments in nested.values():
        totals.update(annotation.id for _, _, annotation in fragments)
    for (name, number), fragments in sorted(nested.items(), key=lambda item: item[0]):
        placed: list[Fragment] = []
        for start, end, annotation in fragments:
            if annotation.id not in outcasts:
                counts[annotation.id] += 1
                placed.append(Fragment(start, end, annotation, counts[annotation.id], totals[annotation.id]))
        if placed:
            flows[name].fragments[number] = _merged(placed)
    return tuple(outcasts.values())


def _merged(fragments: Iterable[Fragment]) -> list[Fragment]:
    """The fragments of one leaf, with an emphasis of the very span of a title or a name as the `rend` of that."""
    out: list[Fragment] = []
    for _, group in groupby(fragments, key=lambda each: (each.start, each.end)):
        same = list(group)
        host = next((each for each in same if each.annotation.layer in _BEARS_REND), None)
        emphasis = next((each for each in same if each.annotation.layer == "emphasis" and each.parts == 1), None)
        if host and emphasis:
            same.remove(emphasis)
            same[same.index(host)] = host._replace(rend=emphasis.annotation.attributes.get("rend", "italic"))
        out += same
    for number, each in enumerate(out):
        if each.annotation.layer != "author":
            continue
        for k in range(number + 1, len(out)):
            if out[k].start >= each.end:
                break
            if out[k].annotation.layer == "person" and out[k].annotation.certainty == each.annotation.certainty:
                out[number] = each._replace(named=True)
                break
    return out


def _misplaced(fragments: Iterable[tuple[int, int, Annotation]], block: str, outcasts: dict[str, Annotation]) -> None:
    """Cast out the citations of one leaf that stand where TEI allows none, and parts that stand in no citation."""
    for layers, allowed in (
        (frozenset({"bibl"}), lambda around: block not in _NO_CITATION_BLOCKS and not any(map(_is_phrase, around))),
        (PARTS_OF_CITATION, lambda around: bool(around) and around[-1].layer == "bibl"),
    ):
        around: list[tuple[int, Annotation]] = []
        for start, end, annotation in fragments:
            if annotation.id in outcasts:
                continue
            while around and around[-1][0] <= start:
                around.pop()
            if annotation.layer in layers and not allowed([each for _, each in around]):
                outcasts[annotation.id] = annotation
            else:
                around.append((end, annotation))


def _is_phrase(annotation: Annotation) -> bool:
    return annotation.layer in _NO_CITATION or annotation.attributes.get("kind") == "soCalled"


@dataclass(slots=True)
class _Open:
    start: int
    end: int
    annotation: Annotation
    sequence: int


def _nested(
    spans: Iterable[tuple[int, int, Annotation]], outcasts: dict[str, Annotation]
) -> list[tuple[int, int, Annotation]]:
    """The spans of one leaf without crossings, outer before inner; what can neither stand nor be split is an outcast.

    One walk from left to right with the stack of what is open. What opens and crosses something open is cut where
    that ends if that has the right of way, else that is cut here. MAX_CUTS and MAX_DEPTH bound the work.
    """
    heap = [(start, -end, _OUTSIDE[a.layer], number, a) for number, (start, end, a) in enumerate(spans)]
    heapq.heapify(heap)
    number = sequence = len(heap)
    stack: list[_Open] = []
    done: list[_Open] = []
    cuts: Counter[str] = Counter()

    def cast_out(annotation: Annotation) -> None:
        outcasts[annotation.id] = annotation

    while heap:
        start, end, _, _, annotation = heapq.heappop(heap)
        end = -end
        if annotation.id in outcasts:
            continue
        while stack and stack[-1].end <= start:
            done.append(stack.pop())
        crossed = []
        limit = end
        for other in reversed(stack):
            if other.end >= end:
                break
            if other.annotation.id not in outcasts:
                if _RANK[other.annotation.layer] <= _RANK[annotation.layer]:
                    limit = other.end
                    break
                crossed.append(other)
            else:
                crossed.append(other)
        if len(stack) >= MAX_DEPTH or (
            limit < end and (annotation.layer not in SPLITTABLE or cuts[annotation.id] >= MAX_CUTS)
        ):
            cast_out(annotation)
            continue
        for _ in crossed:
            other = stack.pop()
            if other.annotation.layer not in SPLITTABLE or cuts[other.annotation.id] >= MAX_CUTS:
                cast_out(other.annotation)
            if other.annotation.id in outcasts:
                continue
            cuts[other.annotation.id] += 1
            if other.start < start:
                done.append(_Open(other.start, start, other.annotation, other.sequence))
            number += 1
            heapq.heappush(heap, (start, -other.end, _OUTSIDE[other.annotation.layer], number, other.annotation))
        if limit < end:
            cuts[annotation.id] += 1
            number += 1
            heapq.heappush(heap, (limit, -end, _OUTSIDE[annotation.layer], number, annotation))
        sequence += 1
        stack.append(_Open(start, limit, annotation, sequence))
    done += stack
    done.sort(key=lambda each: (each.start, -each.end, each.sequence))
    return [(each.start, each.end, each.annotation) for each in done]
