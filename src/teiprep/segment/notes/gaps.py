"""A second look at the gaps of the alignment: where a lost reference or body should be, and what hides there.

The neighbours of a note that found no partner say between which two places the other half belongs. In a list of notes,
which proves its members, a reference may hide at the end of a number (`despatch 6553` is 655 with note 3): only if one
single number of the gap ends so, it is taken, with low certainty. Otherwise the gap is reported, nothing is invented.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .alignment import DOUBTFUL, Pair
from .labels import place_in_series
from .references import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .bodies import Body

_MOST = 20_000  # code points of one gap that are searched
_FEW = 3  # bodies in a row without a reference; where more are lost, nothing can be said of one
_HIDDEN = 0.5  # the margin of a reference that hides in a number
_NEAR = 12  # pairs back within which the same label calls the same note again
_YEAR = re.compile(r"1[5-9][0-9]{2}|20[0-2][0-9]")


class Missing(NamedTuple):
    """Numbers of a series of which neither reference nor body was found, and the stretch where they should stand."""

    first: int
    last: int
    start: int
    end: int


def searched(pairs: Sequence[Pair], text: str) -> list[Pair]:
    """The pairs, sorted by start, with what the gaps show."""
    out = _first_called(list(pairs))
    out = _hidden(out, text)
    return _lost_bodies(_beside_a_lost_one(out))


def missing(pairs: Sequence[Pair]) -> Iterable[Missing]:
    """Gaps in a count of which both halves are lost: 4, 5, 7 lack 6.

    Only where a count goes on by one beside the gap; a bibliography numbers its references otherwise.
    """
    counted = [p for p in pairs if p.reference and p.body and p.pairing == "number" and p.body.label.isdigit()]
    single = {p.reference.label if p.reference else p.body.label if p.body else "" for p in pairs if not p.pairing}
    labels = [int(p.body.label) if p.body else 0 for p in counted]
    for k, (before, after) in enumerate(pairwise(counted)):
        n, m = labels[k], labels[k + 1]
        beside = (k > 0 and labels[k - 1] == n - 1) or (k + 2 < len(labels) and labels[k + 2] == m + 1)
        if 1 < m - n < 5 and beside and before.place == after.place and before.reference and after.reference:
            lost = [x for x in range(n + 1, m) if str(x) not in single]
            if lost:
                yield Missing(lost[0], lost[-1], before.reference.end, after.reference.start)


def _first_called(pairs: list[Pair]) -> list[Pair]:
    """A note that is called twice on its page stands at its first reference; the second is marked as such."""
    out = list(pairs)
    recent: list[int] = []
    for k, pair in enumerate(out):
        if pair.reference is None:
            continue
        for j in reversed(recent):
            earlier = out[j]
            if earlier.reference is None or earlier.reference.label != pair.reference.label:
                continue
            if earlier.body and not pair.body:
                out[k] = pair._replace(again=True)
            elif pair.body and not earlier.body and not _body_between(out[j:k], earlier.start, pair.start):
                out[j] = pair._replace(reference=earlier.reference)
                out[k] = earlier._replace(reference=pair.reference, again=True)
            break
        recent = [*recent[1 - _NEAR :], k]
    return out


def _body_between(pairs: Sequence[Pair], low: int, high: int) -> bool:
    return any(pair.body and low < pair.body.start < high for pair in pairs)


def _hidden(pairs: list[Pair], text: str) -> list[Pair]:
    """Bodies without a reference: where it should be, and, for those in a list, what hides there."""
    order = sorted((k for k, pair in enumerate(pairs) if pair.body), key=lambda k: pairs[k].body or ())
    out = list(pairs)
    taken = {pair.reference.end for pair in pairs if pair.reference}
    before, waiting = -1, list[int]()
    floor = 0  # behind the list before this one

    def look() -> None:
        """At the gap that has just been closed, by the body `following` or by the end of a list or text."""
        beside = [pairs[j] for j in (before, following) if j >= 0]
        for k in waiting:
            pair, body = pairs[k], pairs[k].body
            previous = pairs[before].reference if before >= 0 else None
            after = pairs[following].reference if following >= 0 else None
            if body is None:
                continue
            low = max(floor, previous.end if previous else 0)
            high = min(after.start if after else body.start, body.start)
            if low >= high:
                continue
            out[k] = pair._replace(lost_in=(low, high))
            if body.place == "end" and len(waiting) <= _FEW:
                hidden = _tails(text, max(low, high - _MOST), high, _wanted(body.label, beside))
                if len(hidden) == 1 and hidden[0][1] not in taken:
                    start, end = hidden[0]
                    taken.add(end)
                    out[k] = Pair(Reference(start, end, text[start:end], 0.0), body, _HIDDEN)

    following = -1
    last: Body | None = None
    for k in order:
        body = pairs[k].body
        if body and last and body.place == "end" and (last.place != "end" or body.label == "1"):
            look()  # a list begins: what was lost before is not in it
            waiting, before, floor = [], -1, last.start if last.place == "end" else floor
        if pairs[k].reference:
            following = k
            look()
            waiting, before, following = [], k, -1
        else:
            waiting.append(k)
        last = body
    look()
    return sorted(out, key=lambda pair: pair.start)


def _beside_a_lost_one(pairs: list[Pair]) -> list[Pair]:
    """The pairs; those that only their order brought together are doubtful if a reference to their list is lost.

    Any of its bodies may be the one without, unless it stands among others whose numbers differ alike from the list's.
    """
    out = list(pairs)
    order = sorted((k for k, pair in enumerate(pairs) if pair.body), key=lambda k: pairs[k].body or ())
    lists: list[list[int]] = []
    for k in order:
        body = pairs[k].body
        if body is None or body.place != "end":
            continue
        if body.label == "1" or not lists:
            lists.append([])
        lists[-1].append(k)
    for members in lists:
        lost = [pairs[k].reference is None for k in members]
        shifts = {_shift(pairs[k]) for k in members if pairs[k].reference}
        if any(lost) and (lost[0] or lost[-1] or len(shifts) > 1):
            for k in members:
                if pairs[k].pairing == "order":
                    out[k] = out[k]._replace(margin=min(out[k].margin, DOUBTFUL))
    return out


def _shift(pair: Pair) -> int:
    """By how much the number in the text is greater than that of the list."""
    if pair.reference is None or pair.body is None:
        return 0
    return place_in_series(pair.reference.label)[1] - place_in_series(pair.body.label)[1]


def _wanted(label: str, beside: Iterable[Pair]) -> set[str]:
    """The numbers that the lost reference may bear: as far from its label as those beside it are from theirs."""
    if not label.isdigit():
        return set()
    shifts = {_shift(each) for each in beside if each.reference and each.body}
    return {str(int(label) + shift) for shift in shifts or {0} if int(label) + shift > 0}


def _tails(text: str, low: int, high: int, numbers: Iterable[str]) -> list[tuple[int, int]]:
    """Where one of `numbers` ends a longer number, which may be another one with a reference behind it."""
    wanted = "|".join(sorted(numbers))
    if not wanted:
        return []
    pattern = re.compile(rf"(?<![\w.,/$£#:–-])[0-9]{{1,4}}?(?P<tail>{wanted})(?![\w°%/:–-]|[.,][0-9])")
    found = (match for match in pattern.finditer(text, low, high) if not _YEAR.fullmatch(match[0]))
    return [match.span("tail") for match in found]


def _lost_bodies(pairs: list[Pair]) -> list[Pair]:
    """References without a body: between which bodies it should be."""
    out = list(pairs)
    before: Pair | None = None
    waiting: list[int] = []
    for k, pair in enumerate([*pairs, Pair(None, None)]):
        if pair.reference and not pair.body:
            waiting.append(k)
            continue
        if (pair.reference and pair.body) or k == len(pairs):
            for j in waiting:
                low = before.body.start if before and before.body else -1
                high = pair.body.start if pair.body else -1
                if 0 <= low < high:
                    out[j] = out[j]._replace(lost_in=(low, high))
            waiting = []
            before = pair
    return out
