"""Which reference belongs to which body: one alignment of all candidates.

1. A *tie* is a candidate reference with a candidate body that it may call: one of the next few with the same label
   behind it, or any in the list of notes that follows it (a web export numbers its lists anew).
2. A tie weighs what the shapes and places of both weigh, less for the distance over pages, less if the labels differ.
3. A *chain* is a set of ties in which references and bodies both rise, so none is used twice. It weighs what its ties
   weigh, and gains with each step by one on both sides; it loses where a count breaks off, but may begin again at 1.
4. The heaviest chain is taken, of each kind of label its own (`*` and 1 may alternate on a page), and then once more
   among what was left, for bodies printed out of their order. Names, and lists whose numbers stand in the text once
   each but do not rise, need none. Dynamic programming finds it: a Fenwick tree keeps the
   best chain before each body, a table the best that ends with two given numbers. For n ties: n log n.
5. What stays single is a note only if its shape alone proves it; the rest is text.
6. The margin of a tie is what the chain would lose without it, or with its best rival between the same neighbours.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from .labels import place_in_series

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .bodies import Body
    from .references import Reference


class Pair(NamedTuple):
    """A note: reference and body, or one of them alone."""

    reference: Reference | None
    body: Body | None
    #: What the alignment would lose without this pair; see `certainty`.
    margin: float = 0.0
    #: Where the lost half should be looked for, as a stretch of the clean text.
    lost_in: tuple[int, int] | None = None
    #: The reference calls a note that an earlier one with this label has called.
    again: bool = False

    @property
    def start(self) -> int:
        """Where the note stands in the text: its reference, or its body if there is none."""
        return self.reference.start if self.reference else self.body.start if self.body else 0

    @property
    def place(self) -> Literal["foot", "end"]:
        """Where the body is printed."""
        return self.body.place if self.body else "foot"

    @property
    def pairing(self) -> Literal["number", "order", ""]:
        """By what the two were brought together."""
        if self.reference is None or self.body is None:
            return ""
        return "number" if self.reference.label == self.body.label else "order"

    @property
    def certainty(self) -> Literal["high", "medium", "low"]:
        """The margin in words: about 97, 85, 60 of a hundred are right."""
        return "high" if self.margin >= _HIGH else "medium" if self.margin >= _MEDIUM else "low"


_HIGH, _MEDIUM = 2.0, 1.0
DOUBTFUL = _MEDIUM  # at most so wide is the margin of what other evidence makes doubtful
_SURE = 9.0  # the margin of what its shape alone proves


class _Tie(NamedTuple):
    reference: int
    body: int
    weight: float
    #: The places of both in their series.
    n: int
    m: int
    end: bool
    lettered: bool


#: What a step by one on both sides gains, and a broken count loses: at feet, and in lists, where the labels of the
#: references may be other ones and only their sequence says which is whose.
_STEP = {False: (1.5, -1.0), True: (2.5, -1.5)}
_ALIKE = -0.5  # what a list loses where both counts skip as much
_LEAST = -1.5  # a tie that weighs less is no candidate, whatever its neighbours
_EQUAL = 1.0  # what the same label in a list weighs more than another
_DOUBTFUL = -4.0  # a shape that weighs less must bear the very number of the list
_UNLIKE = 2.5  # what it costs that only one of the two stands in round brackets
_TABLE = 40_000  # so many ties of one list are tried whatever their labels
_NEXT = 4  # bodies with its label that a reference may call
_AT_FOOT = 4.0  # the weight of a body whose place is plain
_PAGE = 9000.0  # code points, roughly three pages: where no page is marked


def _enter(before: _Tie | None, tie: _Tie) -> float:
    """What the chain gains or loses by going on from `before` to `tie`."""
    if before is None:
        return 0.0
    step, broken = _STEP[tie.end]
    if tie.m == before.m + 1 and (tie.n == before.n + 1 or (tie.lettered and tie.n == before.n)):
        return step
    if tie.n == before.n and tie.m == before.m and tie.lettered:
        return step
    if tie.m == 1:
        return 0.0
    return _ALIKE if tie.end and tie.n - tie.m == before.n - before.m else broken


class _Best:
    """The best chain before each body: a Fenwick tree of maxima."""

    def __init__(self, size: int) -> None:
        self.tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def before(self, k: int) -> tuple[float, int]:
        best = (0.0, -1)
        while k > 0:
            best = max(best, self.tree[k])
            k -= k & -k
        return best

    def add(self, k: int, score: float, chain: int) -> None:
        k += 1
        while k < len(self.tree) and self.tree[k] < (score, chain):  # those above hold the best of more bodies
            self.tree[k] = score, chain
            k += k & -k


class _Front:
    """The best chains that end with two given numbers, by their last body: each later one is better."""

    def __init__(self) -> None:
        self.bodies: list[int] = []
        self.best: list[tuple[float, int]] = []

    def before(self, body: int) -> tuple[float, int]:
        k = bisect_left(self.bodies, body)
        return self.best[k - 1] if k else (float("-inf"), -1)

    def add(self, body: int, score: float, chain: int) -> None:
        if self.before(body + 1)[0] >= score:
            return
        k = bisect_left(self.bodies, body)
        while k < len(self.bodies) and self.best[k][0] <= score:
            del self.bodies[k], self.best[k]
        self.bodies.insert(k, body)
        self.best.insert(k, (score, chain))


def _heaviest(ties: Sequence[_Tie], bodies: int) -> list[int]:
    """The heaviest chain, as indexes of `ties`, which are sorted by reference and body."""
    tree = _Best(bodies)
    fronts: defaultdict[tuple[int, int], _Front] = defaultdict(_Front)
    shifts: defaultdict[int, _Front] = defaultdict(_Front)  # … of lists, whose two numbers differ by so much
    scores: list[float] = []
    back: list[int] = []
    at = 0
    while at < len(ties):
        stop = at
        while stop < len(ties) and ties[stop].reference == ties[at].reference:
            tie = ties[stop]
            step, broken = _STEP[tie.end]
            score, before = tree.before(tie.body)
            if before >= 0:
                score += 0.0 if tie.m == 1 else broken
            best = max((0.0, -1), (score, before))
            keys = [(tie.n - 1, tie.m - 1), *([(tie.n, tie.m - 1), (tie.n, tie.m)] if tie.lettered else [])]
            for key in keys:
                if key in fronts:
                    score, before = fronts[key].before(tie.body)
                    best = max(best, (score + step, before))
            if tie.end and tie.n - tie.m in shifts:
                score, before = shifts[tie.n - tie.m].before(tie.body)
                best = max(best, (score + _ALIKE, before))
            scores.append(best[0] + tie.weight)
            back.append(best[1])
            stop += 1
        for k in range(at, stop):  # only now: a reference is used once
            tree.add(ties[k].body, scores[k], k)
            fronts[ties[k].n, ties[k].m].add(ties[k].body, scores[k], k)
            if ties[k].end:
                shifts[ties[k].n - ties[k].m].add(ties[k].body, scores[k], k)
        at = stop
    k = max((k for k in range(len(scores)) if scores[k] > 0), key=scores.__getitem__, default=-1)
    chain = []
    while k >= 0:
        chain.append(k)
        k = back[k]
    return chain[::-1]


def _margins(ties: Sequence[_Tie], chain: Sequence[int]) -> list[float]:
    """What the chain would lose without each of its ties, or with the best rival of each."""
    rivals: defaultdict[tuple[str, int], list[_Tie]] = defaultdict(list)
    for tie in ties:
        rivals["r", tie.reference].append(tie)
        rivals["b", tie.body].append(tie)
    out = []
    chosen = [ties[k] for k in chain]
    for k, tie in enumerate(chosen):
        before = chosen[k - 1] if k else None
        after = chosen[k + 1] if k + 1 < len(chosen) else None

        def through(this: _Tie, before: _Tie | None = before, after: _Tie | None = after) -> float:
            return _enter(before, this) + this.weight + (_enter(this, after) if after else 0.0)

        best = _enter(before, after) if before and after else 0.0
        for rival in (*rivals["r", tie.reference], *rivals["b", tie.body]):
            if (
                rival[:2] != tie[:2]
                and (before is None or (before.reference < rival.reference and before.body < rival.body))
                and (after is None or (rival.reference < after.reference and rival.body < after.body))
            ):
                best = max(best, through(rival))
        out.append(through(tie) - best)
    return out


def _ties(references: Sequence[Reference], bodies: Sequence[Body], cuts: Sequence[int]) -> list[_Tie]:
    """All ties worth trying, in no order."""
    places = [place_in_series(r.label) for r in references]
    body_places = [place_in_series(b.label) for b in bodies]
    starts = [b.start for b in bodies]
    by_label: defaultdict[str, list[int]] = defaultdict(list)
    for j, body in enumerate(bodies):
        if body.place == "foot":
            by_label[body.label].append(j)
    out: list[_Tie] = []

    def tie(i: int, j: int, weight: float) -> None:
        lettered = references[i].label[-1:].isalpha() and places[i][0] == "number"
        out.append(_Tie(i, j, weight, places[i][1], body_places[j][1], bodies[j].place == "end", lettered))

    for i, reference in enumerate(references):
        own = by_label.get(reference.label, [])
        first = bisect_left(own, bisect_left(starts, reference.end))
        for j in own[first : first + _NEXT]:
            body = bodies[j]
            pages = bisect_right(cuts, body.start) - bisect_right(cuts, reference.start)
            far = (body.start - reference.end) / (_PAGE if not cuts else 30000.0)
            weight = body.weight + reference.weight - 2.0 * max(0, pages - 1) - far
            if reference.round != body.round:
                weight -= _UNLIKE if body.round else 2 * _UNLIKE
            if weight > _LEAST:
                tie(i, j, weight)
    for first, last, scope in _scopes(references, bodies):
        shifts = _shifts([places[i][1] for i in scope], last - first)
        for i in scope:
            wanted = range(first, last) if shifts is None else [first + places[i][1] - d - 1 for d in shifts]
            for j in wanted:
                if first <= j < last:
                    equal = references[i].label == bodies[j].label
                    if not equal and references[i].weight < _DOUBTFUL:
                        continue
                    tie(i, j, bodies[j].weight + references[i].weight + _EQUAL * equal)
    return out


def _scopes(references: Sequence[Reference], bodies: Sequence[Body]) -> Iterable[tuple[int, int, list[int]]]:
    """Where each list of notes begins and ends among the bodies, with the numbers above it that may call them."""
    after = -1  # where the list before begins its last note
    for first, last in _lists(bodies):
        low = bisect_left(references, after, key=_start)
        after = bodies[last - 1].start
        high = bisect_left(references, bodies[first].start, key=_start)
        yield first, last, [i for i in range(low, high) if references[i].label[0].isdigit() and not references[i].round]


def _by_label(references: Sequence[Reference], bodies: Sequence[Body]) -> Iterable[tuple[int, int, float]]:
    """What needs no chain, since the order of the references says nothing: reference, body, margin.

    Names; and the numbers of a list, if each stands just once above it, though they do not rise.
    """
    named = {body.label: j for j, body in reversed(list(enumerate(bodies))) if place_in_series(body.label)[0] == "name"}
    for i, reference in enumerate(references):
        if named and reference.label in named:
            yield i, named.pop(reference.label), _SURE
    for first, last, scope in _scopes(references, bodies):
        likely = {references[i].label: i for i in scope if references[i].likely}
        count = sum(references[i].likely for i in scope)
        chosen = [likely.get(body.label, -1) for body in bodies[first:last]]
        if count == len(chosen) and min(chosen) >= 0 and chosen != sorted(chosen):
            yield from ((i, j, DOUBTFUL) for i, j in zip(chosen, range(first, last), strict=True))


def _start(reference: Reference) -> int:
    return reference.start


def _lists(bodies: Sequence[Body]) -> Iterable[tuple[int, int]]:
    """Where the lists of notes begin and end among the bodies; each counts from 1."""
    first = -1
    for j, body in enumerate(bodies):
        if first >= 0 and (body.place != "end" or body.label == "1"):
            yield first, j
            first = -1
        if body.place == "end" and first < 0:
            first = j
    if first >= 0:
        yield first, len(bodies)


def _shifts(numbers: Sequence[int], length: int) -> list[int] | None:
    """By how much the printed numbers may differ from those of a list: None, by any number, if the list is short."""
    if len(numbers) * length <= _TABLE:
        return None
    counted = Counter(numbers)
    firsts = Counter(n for n, after in pairwise(numbers) if after == n + 1)
    tried = [n - 1 for n, _ in firsts.most_common(20)]
    best = sorted(tried, key=lambda d: -sum(counted[d + m] > 0 for m in range(1, length + 1)))
    return list(dict.fromkeys([0, *best[:3]]))


def align(references: Sequence[Reference], bodies: Sequence[Body], cuts: Sequence[int]) -> list[Pair]:
    """All notes, in the order of their references (a body without one: of the body).

    References, bodies and `cuts`, where pages begin, are in order; all offsets are those of the clean text.
    """
    found: dict[int, tuple[int, float]] = {}  # reference: body, margin
    used: set[int] = set()
    for i, j, margin in _by_label(references, bodies):
        found[i] = (j, margin)
        used.add(j)
    series: defaultdict[str, list[_Tie]] = defaultdict(list)
    for tie in sorted(_ties(references, bodies, cuts)):
        if tie.reference not in found and tie.body not in used:
            series[place_in_series(bodies[tie.body].label)[0]].append(tie)
    for ties in series.values():
        for turn in (1, 2):
            left = [t for t in ties if t.reference not in found and t.body not in used]
            if turn == 2:
                left = [t for t in left if t.weight > 0 and not t.end]
            chain = _heaviest(left, len(bodies))
            for k, margin in zip(chain, _margins(left, chain), strict=True):
                found[left[k].reference] = (left[k].body, min(margin, DOUBTFUL) if turn == 2 else margin)
                used.add(left[k].body)
    pairs = [Pair(references[i], bodies[j], margin) for i, (j, margin) in found.items()]
    pairs += [Pair(references[i], None, _SURE) for i in _single(references, found, cuts)]
    pairs += [Pair(None, bodies[j], _SURE) for j in _unanchored(bodies, used, cuts)]
    return sorted(pairs, key=lambda pair: pair.start)


def _unanchored(bodies: Sequence[Body], used: set[int], cuts: Sequence[int]) -> Iterable[int]:
    """Bodies without a reference: shown by their shape, or next in the count to those that found theirs, at one foot.

    In the midst of a count one before and one behind must have, at its end two before.
    """
    for j, body in enumerate(bodies):
        if j in used:
            continue
        if body.strong:
            yield j
        elif body.weight >= _AT_FOOT and j - 1 in used:
            kind, n = place_in_series(body.label)
            near = {k: place_in_series(bodies[k].label) for k in (j - 2, j - 1, j + 1) if k in used}
            one_page = bisect_right(cuts, bodies[j - 1].start) == bisect_right(cuts, body.start)
            beside = near.get(j + 1) == (kind, n + 1) or (one_page and near.get(j - 2) == (kind, n - 2))
            if near[j - 1] == (kind, n - 1) and beside:
                yield j


def _single(references: Sequence[Reference], found: dict[int, tuple[int, float]], cuts: Sequence[int]) -> Iterable[int]:
    """References without a body: shown by their shape, or the next number, on the page, after two that have theirs."""
    for i, this in enumerate(references):
        if i in found:
            continue
        if this.strong:
            yield i
            continue
        before = [references[k] for k in range(max(0, i - 6), i) if k in found][-2:]
        if len(before) < 2 or not this.label.isdigit() or this.weight < -2.5:
            continue
        n, page = int(this.label), bisect_right(cuts, this.start)
        same = bool(cuts) and all(bisect_right(cuts, each.start) == page for each in before)
        later = any(references[k].label == this.label for k in range(i + 1, min(i + 7, len(references))) if k in found)
        if same and not later and [each.label for each in before] == [str(n - 2), str(n - 1)]:
            yield i
