"""The one engine that changes text, and that records while it changes.

A rule proposes `Edit`s; `apply` makes them; `compose` folds a second pass into the first, so that however many passes
run, there is one list of edits against the source. `Layout` deals the edited source out to flows and carries offsets
between a flow and the source, both ways. Nothing is ever compared afterwards to find out what happened.

All offsets are code points, all spans half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from heapq import merge
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from .diagnostics import InvariantError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Edit(NamedTuple):
    """`text[start:end]` (never empty) becomes `replacement`; `kind` is the family of the change, `rule` its author.

    Kinds: `encoding` (wrong bytes or characters), `space`, `markup` (signs of a mark-up language), `hyphen`
    (a hyphen at a line's end), `join` (line, page or column ends inside a block), `layout` (white space around blocks),
    `correction` (misread letters: the one kind that says what somebody printed, and is shown). `certainty` is how sure
    a correction is.
    """

    start: int
    end: int
    replacement: str
    kind: str
    rule: str
    certainty: Literal["high", "medium", "low"] = "high"


class Mark(NamedTuple):
    """What damage or mark-up says about a stretch of text, e.g. `italic`; carried along through later edits."""

    start: int
    end: int
    name: str


class Piece(NamedTuple):
    """`source[start:end]` belongs to the flow `flow`; the pieces of a document cover its source without a gap."""

    start: int
    end: int
    flow: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A text that reads on without interruption: the body, a note, or the furniture. Frozen after segmenting."""

    id: str
    text: str


def trim(edit: Edit, text: str) -> Edit | None:
    """The smallest edit with the same effect, or None if it changes nothing.

    >>> trim(Edit(0, 5, "axcde", "space", "demo"), "abcde")
    Edit(start=1, end=2, replacement='x', kind='space', rule='demo', certainty='high')
    """
    start, end, new = edit.start, edit.end, edit.replacement
    while start < end and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    if start == end:
        if not new:
            return None
        # An insertion: keep one neighbour, since an edit always stands on some source.
        if start > edit.start:
            return edit._replace(start=start - 1, end=end, replacement=text[start - 1] + new)
        return edit._replace(start=start, end=end + 1, replacement=new + text[end])
    return edit if end - start == edit.end - edit.start else edit._replace(start=start, end=end, replacement=new)


def settle(proposals: Iterable[Iterable[Edit]], text: str) -> list[Edit]:
    """The edits of one pass: trimmed, in order, without overlap; where two overlap the earlier rule's stands."""
    taken: list[Edit] = []
    for proposed in proposals:
        fresh = sorted(e for e in (trim(edit, text) for edit in proposed) if e)
        merged: list[Edit] = []
        at = 0
        for edit in fresh:
            # `taken` and `fresh` are both sorted: one walk finds every clash.
            while at < len(taken) and taken[at].end <= edit.start:
                merged.append(taken[at])
                at += 1
            clash_before = bool(merged) and merged[-1].end > edit.start
            clash_after = at < len(taken) and taken[at].start < edit.end
            if not clash_before and not clash_after:
                merged.append(edit)
        taken = merged + taken[at:]
    return taken


def apply(text: str, edits: Sequence[Edit]) -> str:
    """`text` with the sorted, non-overlapping `edits` made."""
    if not edits:
        return text
    out: list[str] = []
    at = 0
    for edit in edits:
        out += (text[at : edit.start], edit.replacement)
        at = edit.end
    out.append(text[at:])
    return "".join(out)


class OffsetMap:
    """Carries offsets between a text and the same text after `edits`, both ways, in logarithmic time."""

    __slots__ = ("_old", "edits", "starts")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits
        self._old = [edit.start for edit in edits]
        #: Where each edit starts in the new text.
        self.starts: list[int] = []
        shift = 0
        for edit in edits:
            self.starts.append(edit.start + shift)
            shift += len(edit.replacement) - edit.end + edit.start

    def forward(self, offset: int) -> int:
        """Where `offset` stands after the edits; an offset inside an edited stretch moves to the stretch's start."""
        k = bisect_right(self._old, offset) - 1
        if k < 0:
            return offset
        edit = self.edits[k]
        if offset < edit.end:
            return self.starts[k]
        return self.starts[k] + len(edit.replacement) + offset - edit.end

    def back_start(self, offset: int) -> int:
        """The old offset of a span that starts at the new `offset`: behind what was removed there."""
        k = bisect_right(self.starts, offset) - 1
        if k < 0:
            return offset
        edit = self.edits[k]
        into = offset - self.starts[k]
        if into < len(edit.replacement):
            return edit.start
        return edit.end + into - len(edit.replacement)

    def back_end(self, offset: int) -> int:
        """The old offset of a span that ends at the new `offset`: before what was removed there."""
        k = bisect_left(self.starts, offset) - 1
        if k < 0:
            return offset
        edit = self.edits[k]
        into = offset - self.starts[k]
        if into <= len(edit.replacement):
            return edit.end
        return edit.end + into - len(edit.replacement)


def compose(base: str, first: Sequence[Edit], middle: str, second: Sequence[Edit]) -> list[Edit]:
    r"""One list of edits against `base` with the effect of `first` (which gave `middle`) and then `second`.

    Edits that share a stretch of `middle` become one, whose rule names both, as in `mojibake+spaces`. If one of them is
    a correction, that is what they are.

    >>> first = [Edit(1, 2, "", "space", "newlines")]
    >>> both = compose("a\r\nb", first, "a\nb", [Edit(1, 2, " ", "join", "joined-lines")])
    >>> [(edit.start, edit.end, edit.replacement) for edit in both]
    [(1, 2, ''), (2, 3, ' ')]
    """
    if not first or not second:
        return list(first or second)
    offsets = OffsetMap(first)
    items = [(at, at + len(edit.replacement), 0, edit) for at, edit in zip(offsets.starts, first, strict=True)]
    # What the first pass removed stands between two characters and is met before an edit that starts there (the 0).
    items = list(merge(items, ((edit.start, edit.end, 1, edit) for edit in second), key=itemgetter(0, 1, 2)))
    out: list[Edit] = []
    at = 0
    while at < len(items):
        low, high, _, _ = items[at]
        stop = at + 1
        while stop < len(items) and items[stop][0] < high:
            high = max(high, items[stop][1])
            stop += 1
        if stop == at + 1:  # nothing of the other pass stands in it
            _, _, later, edit = items[at]
            if later:
                start = offsets.back_start(low)
                edit = Edit(start, start + high - low, edit.replacement, edit.kind, edit.rule, edit.certainty)
            out.append(edit)
            at = stop
            continue
        cluster = items[at:stop]
        at = stop
        edits = [edit for _, _, later, edit in cluster if later]
        if not edits:
            out += (edit for _, _, _, edit in cluster)
            continue
        within = [e._replace(start=e.start - low, end=e.end - low) for e in edits]
        rules = dict.fromkeys(rule for _, _, _, edit in cluster for rule in edit.rule.split("+"))
        told = next((edit for _, _, _, edit in cluster if edit.kind == "correction"), edits[-1])
        whole = Edit(
            offsets.back_start(low),
            offsets.back_end(high),
            apply(middle[low:high], within),
            told.kind,
            "+".join(rules),
            told.certainty,
        )
        if smallest := trim(whole, base):
            out.append(smallest)
    return out


class Layout:
    """The edited source dealt out to flows; it knows where every character of a flow came from.

    Raises InvariantError if the pieces leave a gap or overlap, or if an edit crosses from one piece to the next.
    """

    def __init__(self, source: str, edits: Sequence[Edit], pieces: Sequence[Piece]) -> None:
        self.edits = tuple(edits)
        self.pieces = tuple(pieces)
        self._map = OffsetMap(self.edits)
        text = apply(source, self.edits)
        bounds = [piece.start for piece in self.pieces]
        if [*bounds[1:], len(source)] != [p.end for p in self.pieces] or bounds[:1] != [0]:
            raise InvariantError("promise-ledger", "the pieces do not cover the source")
        for edit in self.edits:
            if edit.end > self.pieces[bisect_right(bounds, edit.start) - 1].end:
                raise InvariantError("promise-ledger", f"an edit by {edit.rule} crosses from one flow to another")
        self._piece_starts = bounds
        #: For each piece, where it starts in the edited source.
        self._edited = [self._map.forward(start) for start in bounds]
        ends = [*self._edited[1:], len(text)]
        parts: dict[str, list[str]] = {}
        lengths: dict[str, int] = {}
        #: For each piece, where it starts in its flow; for each flow, its pieces in order.
        self._in_flow: list[int] = []
        self._of_flow: dict[str, tuple[list[int], list[int]]] = {}
        for k, (piece, start, end) in enumerate(zip(self.pieces, self._edited, ends, strict=True)):
            at = lengths.get(piece.flow, 0)
            self._in_flow.append(at)
            starts, numbers = self._of_flow.setdefault(piece.flow, ([], []))
            starts.append(at)
            numbers.append(k)
            parts.setdefault(piece.flow, []).append(text[start:end])
            lengths[piece.flow] = at + end - start
        self.flows = tuple(Flow(name, "".join(part)) for name, part in parts.items())

    def place(self, offset: int) -> tuple[str, int]:
        """The flow and the offset in it of the source's code point `offset`."""
        k = bisect_right(self._piece_starts, offset) - 1
        return self.pieces[k].flow, self._in_flow[k] + self._map.forward(offset) - self._edited[k]

    def point(self, flow: str, offset: int) -> int:
        """How much of `flow` comes before the source's code point `offset`: an offset in the flow."""
        starts, numbers = self._of_flow.get(flow, ([], []))
        k = bisect_left(numbers, bisect_left(self._piece_starts, offset)) - 1
        if k < 0:
            return 0
        number = numbers[k]
        stop = min(offset, self.pieces[number].end)
        return starts[k] + self._map.forward(stop) - self._edited[number]

    def source_start(self, flow: str, offset: int) -> int:
        """The source offset of a span that starts at `offset` of `flow`."""
        starts, numbers = self._of_flow[flow]
        k = bisect_right(starts, offset) - 1
        number = numbers[k]
        return self._map.back_start(self._edited[number] + offset - starts[k])

    def source_end(self, flow: str, offset: int) -> int:
        """The source offset of a span that ends at `offset` of `flow`."""
        starts, numbers = self._of_flow[flow]
        k = max(bisect_left(starts, offset) - 1, 0)
        number = numbers[k]
        return self._map.back_end(self._edited[number] + offset - starts[k])

    def source_span(self, flow: str, start: int, end: int) -> tuple[int, int]:
        """The source span of `flow[start:end]`; an empty span gives an empty one."""
        first = self.source_start(flow, start)
        return first, max(first, self.source_end(flow, end)) if end > start else first


def places(pieces: Iterable[Piece], edits: Iterable[tuple[Edit, str]]) -> Iterator[tuple[str, int, Edit, str]]:
    """Where in its flow the replacement of each edit begins: the flow, the offset, the edit with its original.

    It needs no text, as `edits` have the lengths.

    >>> pieces = [Piece(0, 3, "fn-1"), Piece(3, 8, "body")]
    >>> [
    ...     place[:2]
    ...     for place in places(
    ...         pieces, [(Edit(1, 2, "", "space", "demo"), " "), (Edit(5, 6, "h", "correction", "demo"), "b")]
    ...     )
    ... ]
    [('fn-1', 1), ('body', 2)]
    """
    at: dict[str, int] = {}
    remaining = iter(edits)
    edit, original = next(remaining, (None, ""))
    for piece in pieces:
        here, position = at.get(piece.flow, 0), piece.start
        while edit is not None and edit.start < piece.end:
            here += edit.start - position
            yield piece.flow, here, edit, original
            here += len(edit.replacement)
            position = edit.end
            edit, original = next(remaining, (None, ""))
        at[piece.flow] = here + piece.end - position


def restore(flows: Mapping[str, str], pieces: Iterable[Piece], edits: Iterable[tuple[Edit, str]]) -> str:
    """The source text, from the texts of the flows and from each edit with the original that it replaced.

    Raises KeyError for a flow that is missing. The caller checks the digest.
    """
    at = dict.fromkeys(flows, 0)
    remaining = iter(edits)
    edit, original = next(remaining, (None, ""))
    out: list[str] = []
    for piece in pieces:
        text, here, position = flows[piece.flow], at[piece.flow], piece.start
        while edit is not None and edit.start < piece.end:
            kept = edit.start - position
            out += (text[here : here + kept], original)
            here += kept + len(edit.replacement)
            position = edit.end
            edit, original = next(remaining, (None, ""))
        kept = piece.end - position
        out.append(text[here : here + kept])
        at[piece.flow] = here + kept
    return "".join(out)
