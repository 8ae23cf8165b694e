"""The series of printed page numbers in a text: which of the numbers that could be pages' are, by their order.

Every candidate has a weight, about the logarithm of the odds that it is a page's: a number in mid-sentence can hardly
be anything else, one between two paragraphs may well be a section's. Numbers that follow each other add to it, every
new count takes from it. What is chosen is the heaviest set of counts; a lone number or a count of sections weighs less
than nothing, and is left alone.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.document import Certainty

#: Before a candidate, so many are looked at for the one with the number before its own; so the work stays linear.
_BACK = 24
#: How little speaks for the numbers of pages from the outset: for one count, and for one more.
_FIRST, _AGAIN = -2.0, -2.5
#: Where so many numbers are certainly pages', others between two paragraphs are hardly anything else.
_HABIT = 4
_CLEAN, _AGAIN_BY_HABIT = -0.1, -2.0
#: Between two pages stands text, if it is but a line for each.
_LEAST = 25


class Candidate(NamedTuple):
    """A number that may be a page's: where it stands, what it says, what speaks for it."""

    row: int
    start: int
    end: int
    value: int
    printed: str
    roman: bool
    kind: Literal["number", "header"]
    weight: float
    #: Its place on the page as far as that shows: above 0 at the foot, below 0 at the head.
    foot: float
    #: A form feed stands beside it.
    feed: bool = False
    #: It may not be a page number's form at all: a year, a chapter's roman number, a cell.
    doubt: bool = False


def series(candidates: list[Candidate]) -> list[list[Candidate]]:
    """The counts of pages among `candidates` (which come in the order of the text, readings of one line together)."""
    candidates = _without_line_numbers(candidates)
    counts = [
        count for count in _heaviest(candidates, _AGAIN) if sum(each.weight > 0 for each in count) * 6 >= len(count)
    ]
    certain = Counter(each.kind for count in counts for each in count if each.weight > 0)
    habit = {kind for kind, often in certain.items() if often >= _HABIT}
    if not habit:
        return counts
    return _heaviest(
        [
            each._replace(weight=max(each.weight, _CLEAN)) if each.kind in habit and not each.doubt else each
            for each in candidates
        ],
        _AGAIN_BY_HABIT,
    )


def _heaviest(candidates: list[Candidate], again: float) -> list[list[Candidate]]:
    """The heaviest set of counts; each but the first adds `again` to its weight."""
    chains: list[tuple[float, int, bool]] = []  # weight, the candidate before (-1: none), whether of the same count
    top: list[int] = []  # for each candidate, the best chain that ends at it or before
    for k, this in enumerate(candidates):
        weight, previous, same = _FIRST, -1, False
        j = k - 1
        while j >= 0 and candidates[j].row == this.row:
            j -= 1
        if j >= 0:
            before = candidates[top[j]]
            fresh = 0.5 if this.value <= 2 or (before.roman and not this.roman) else 0.0
            if chains[top[j]][0] + again + fresh > weight:
                weight, previous = chains[top[j]][0] + again + fresh, top[j]
        for i in range(max(0, j - _BACK + 1), j + 1):
            gain = _step(candidates[i], this)
            if gain is not None and chains[i][0] + gain > weight:
                weight, previous, same = chains[i][0] + gain, i, True
        chains.append((weight + this.weight, previous, same))
        top.append(k if k == 0 or chains[k][0] >= chains[top[k - 1]][0] else top[k - 1])
    if not chains or chains[top[-1]][0] <= 0:
        return []
    counts: list[list[Candidate]] = [[]]
    at = top[-1]
    while at >= 0:
        _, previous, same = chains[at]
        counts[-1].append(candidates[at])
        if not same and previous >= 0:
            counts.append([])
        at = previous
    return [count[::-1] for count in reversed(counts)]


def sureness(count: Sequence[Candidate]) -> dict[int, Certainty]:
    """How sure each number of a count is, by its row: by what speaks for it alone, and by its neighbours."""
    near = [0 < after.value - before.value < 3 for before, after in pairwise(count)]
    points = [
        (each.weight > 0) + before + after
        for each, before, after in zip(count, [False, *near], [*near, False], strict=True)
    ]
    words: tuple[Certainty, ...] = ("low", "medium", "high", "high")
    return {each.row: words[n] for each, n in zip(count, points, strict=True)}


def _step(before: Candidate, after: Candidate) -> float | None:
    """What speaks for `after` being the next page number behind `before`; None if it cannot be."""
    step = after.value - before.value
    if not 0 < step <= 40 or before.roman != after.roman:
        return None
    gain = 1.4 if step == 1 else 1.2 if step == 2 else -0.5 if step < 5 else -1.5
    if after.start - before.end < _LEAST and not after.feed:
        return gain - 4.0
    return gain if before.kind == after.kind else gain - 0.5


def _without_line_numbers(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without the numbers of lines, which stand at every fifth or tenth."""
    steps = [after.value - before.value for before, after in pairwise(candidates)]
    regular = {k for k, (one, other) in enumerate(pairwise(steps)) if one == other > 2}
    return [each for k, each in enumerate(candidates) if regular.isdisjoint((k - 2, k - 1, k))]


def misread(count: list[Candidate], candidates: list[Candidate]) -> list[Candidate]:
    """The numbers between the members of a count that fill a gap in it, but with a digit misread.

    Where the count leaves room for just one page more and a line there looks like its number (as many digits, one of
    them another), it can only be that.
    """
    found = []
    k = 0
    for before, after in pairwise(count):
        if after.value - before.value != 2:
            continue
        expected = str(before.value + 1)
        while k < len(candidates) and candidates[k].row <= before.row:
            k += 1
        between = []
        while k < len(candidates) and candidates[k].row < after.row:
            each = candidates[k]
            differing = sum(a != b for a, b in zip(each.printed, expected, strict=False))
            if each.kind == before.kind and len(each.printed) == len(expected) > 1 and differing == 1:
                between.append(each)
            k += 1
        if len(between) == 1 and between[0].weight > 0:
            found.append(between[0])
    return found
