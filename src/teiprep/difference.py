"""Where two texts that should be the same part, and what they have in common."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Words longer than this are shown from shortly before the difference on.
_LONG = 40
#: difflib needs quadratic time: it is asked about windows of so many pairs of words at most.
_WINDOW = 40_000
#: A stretch that was cut at words which occur once, and again within that, so many times is compared no further.
_ROUNDS = 24


def first_difference(found: str, expected: str) -> str:
    """Where `found` leaves `expected`, in words; the two differ.

    >>> first_difference("to see Tul", "to see Tull")
    'after “to see” comes “Tul” instead of “Tull”'
    >>> first_difference("to see", "to see again")
    'after “to see” comes nothing instead of “again”'
    >>> first_difference("to  see", "to see")
    "the words are the same, the white space after “to” is not: '  ' instead of ' '"
    """
    words, others = found.split(), expected.split()
    if words == others:
        at = first_parting(found, expected)
        before = found[:at].split()[-1:]
        where = f"after “{_shown(before[0], before[0])}”" if before else "at the start"
        both = f"{_white(found, at)} instead of {_white(expected, at)}"
        return f"the words are the same, the white space {where} is not: {both}"
    at = first_parting(words, others)
    where = f"after “{' '.join(_shown(word, word) for word in words[max(0, at - 3) : at])}”" if at else "at the start"
    one, other = (words[at : at + 1] or [""])[0], (others[at : at + 1] or [""])[0]
    here, there = (f"“{each}”" if each else "nothing" for each in (_shown(one, other), _shown(other, one)))
    return f"{where} comes {here} instead of {there}"


def first_parting(one: Sequence[str], other: Sequence[str]) -> int:
    """The number of the first item that is not the same; that of the end of the shorter one if there is none."""
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _shown(word: str, other: str) -> str:
    """The word; of a very long one what stands around the place where it leaves the other."""
    if len(word) <= _LONG:
        return word
    low = max(0, min(first_parting(word, other), len(word) - 1) - 15)
    return f"{'…' if low else ''}{word[low : low + _LONG]}{'…' if low + _LONG < len(word) else ''}"


def _white(text: str, at: int) -> str:
    """The white space around an offset, as Python writes it."""
    start = len(text[:at].rstrip())
    return repr(text[start : at + len(text[at:]) - len(text[at:].lstrip())])


def matching(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """What two sequences have in common: (i, j, n) where `one[i:i+n]` is `other[j:j+n]`, rising, none of them empty.

    What begins and ends alike is set aside; the rest is cut at words, or at four in a row, that occur just once in
    both (patience diff); and difflib compares what is left between, if it is short. So the time is linear but for a
    logarithm, and a long stretch without any such words counts as replaced.

    >>> matching("we met at the old mill".split(), "we met again at the mill".split())
    [(0, 0, 2), (2, 3, 2), (5, 5, 1)]
    """
    found: list[tuple[int, int, int]] = []
    waiting = [(0, len(one), 0, len(other), 0)]
    while waiting:
        low, high, start, stop, rounds = waiting.pop()
        same = 0
        while low + same < high and start + same < stop and one[low + same] == other[start + same]:
            same += 1
        found.append((low, start, same))
        low, start = low + same, start + same
        same = 0
        while high - same > low and stop - same > start and one[high - 1 - same] == other[stop - 1 - same]:
            same += 1
        high, stop = high - same, stop - same
        found.append((high, stop, same))
        if low == high or start == stop or rounds == _ROUNDS:
            continue
        if (high - low) * (stop - start) <= _WINDOW:
            blocks = SequenceMatcher(None, one[low:high], other[start:stop], autojunk=False).get_matching_blocks()
            found += ((low + i, start + j, n) for i, j, n in blocks)
        elif anchors := (
            _anchors(one, other, range(low, high), range(start, stop), 1)
            or _anchors(one, other, range(low, high), range(start, stop), 4)
        ):
            for i, j in [*anchors, (high, stop)]:
                waiting.append((low, i, start, j, rounds + 1))
                low, start = i, j
    joined: list[tuple[int, int, int]] = []
    for i, j, n in sorted(each for each in found if each[2]):
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + n)
        else:
            joined.append((i, j, n))
    return joined


def _anchors(one: Sequence[str], other: Sequence[str], here: range, there: range, width: int) -> list[tuple[int, int]]:
    """The places of so many words in a row that occur once here and once there, as far as the order is the same."""
    mine, others = ([tuple(words[k : k + width]) for k in part] for words, part in ((one, here), (other, there)))
    counts = Counter(mine), Counter(others)
    at = {words: there[k] for k, words in enumerate(others) if counts[1][words] == 1}
    pairs = [(here[k], at[words]) for k, words in enumerate(mine) if counts[0][words] == 1 and words in at]
    return [pairs[k] for k in rising([j for _, j in pairs])]


def rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising series in `numbers`, none of which occurs twice.

    >>> rising([0, 5, 1, 2, 9])
    [0, 2, 3, 4]
    """
    ends: list[int] = []  # the least number with which a series of each length ends
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        k = bisect_left(ends, number)
        before.append(places[k - 1] if k else -1)
        ends[k : k + 1] = [number]
        places[k : k + 1] = [place]
    series: list[int] = []
    at = places[-1] if places else -1
    while at >= 0:
        series.append(at)
        at = before[at]
    return series[::-1]
