"""Aligns two transcriptions of one text: which character of the one is which of the other.

Where the two texts are alike, long strings that each has once hold them together; between those, the fewest insertions,
deletions and substitutions are found exactly (Levenshtein), many characters at a time in the bits of one number. A
stretch that is too long for that and has nothing in common with its counterpart is taken window by window. So the time
grows with the length of the texts, whatever stands in them, also if they have nothing to do with each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The lengths of strings that hold the texts together, tried one after the other.
_ANCHORS = (32, 12)
#: Stretches of which the shorter has no more characters than this are compared exactly; it bounds the time.
_SHORT = 3000
#: Nor are they if their lengths multiplied are above this; it bounds the memory, at two bits each.
_CELLS = 200_000_000
#: The side of a window for stretches that are longer and have no anchor; so much of it is kept, then it moves on.
_WINDOW = 1200
_KEPT = 900


class Run(NamedTuple):
    """`a[a_start:a_start+length]` stands for `b[b_start:b_start+length]`, the same (`same`) or misread."""

    a_start: int
    b_start: int
    length: int
    same: bool


@dataclass(frozen=True, slots=True)
class Side:
    """Positions in one of two aligned texts, in measures that hold for both. Offsets are code points."""

    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    others: tuple[int, ...]
    #: How many pairs stand before each run.
    before: tuple[int, ...]

    def pairs(self, offset: int) -> int:
        """How many characters before `offset` have a counterpart in the other text."""
        k = bisect_right(self.starts, offset) - 1
        return 0 if k < 0 else self.before[k] + min(offset - self.starts[k], self.lengths[k])

    def column(self, offset: int) -> int:
        """The column of the character at `offset` if both texts are written one below the other with gaps."""
        k = bisect_right(self.starts, offset) - 1
        if k < 0:
            return offset
        return offset + self.others[k] - self.before[k]  # and so many of the other text that have no counterpart


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two aligned texts: the runs in order, and the number of insertions, deletions and substitutions."""

    runs: tuple[Run, ...]
    edits: int
    a: Side = field(repr=False)
    b: Side = field(repr=False)


def align(a: str, b: str) -> Alignment:
    """The alignment of `a` with `b`. `align(b, a)` is the same with the sides exchanged.

    >>> align("tbe quick fox", "the quick brown fox").edits
    7
    >>> [run[:] for run in align("tbe quick", "the quick").runs]
    [(0, 0, 1, True), (1, 1, 1, False), (2, 2, 7, True)]
    """
    if (len(a), a) > (len(b), b):  # one order of the two, so that ties fall the same way for both
        runs = [Run(run.b_start, run.a_start, run.length, run.same) for run in _joined(_stretch(b, a, _ANCHORS))]
    else:
        runs = list(_joined(_stretch(a, b, _ANCHORS)))
    pairs = sum(run.length for run in runs)
    edits = min(
        sum(run.length for run in runs if not run.same) + len(a) + len(b) - 2 * pairs,
        max(len(a), len(b)),  # where windows did not fit
    )
    before = tuple(accumulate((run.length for run in runs), initial=0))[: len(runs)]
    lengths = tuple(run.length for run in runs)
    a_starts, b_starts = tuple(run.a_start for run in runs), tuple(run.b_start for run in runs)
    return Alignment(
        tuple(runs), edits, Side(a_starts, lengths, b_starts, before), Side(b_starts, lengths, a_starts, before)
    )


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    last: Run | None = None
    for run in runs:
        if (
            last is not None
            and last.same == run.same
            and last.a_start + last.length == run.a_start
            and last.b_start + last.length == run.b_start
        ):
            last = last._replace(length=last.length + run.length)
        else:
            if last is not None:
                yield last
            last = run
    if last is not None:
        yield last


def _stretch(a: str, b: str, lengths: tuple[int, ...]) -> Iterator[Run]:
    """The runs of two stretches, with offsets in these."""
    head = _common(a, b, 0, 0)
    if head:
        yield Run(0, 0, head, same=True)
    a, b = a[head:], b[head:]
    tail = _common_end(a, b)
    a_end, b_end = len(a) - tail, len(b) - tail
    for run in _middle(a[:a_end], b[:b_end], lengths):
        yield run._replace(a_start=run.a_start + head, b_start=run.b_start + head)
    if tail:
        yield Run(a_end + head, b_end + head, tail, same=True)


def _middle(a: str, b: str, lengths: tuple[int, ...]) -> Iterator[Run]:
    if not a or not b:
        return
    if min(len(a), len(b)) <= _SHORT and len(a) * len(b) <= _CELLS:
        yield from _exact(a, b)
        return
    if not lengths:
        yield from _windows(a, b)
        return
    at = bt = 0
    for i, j, length in (*_anchors(a, b, lengths[0]), (len(a), len(b), 0)):
        for run in _stretch(a[at:i], b[bt:j], lengths[1:]):
            yield run._replace(a_start=run.a_start + at, b_start=run.b_start + bt)
        if length:
            yield Run(i, j, length, same=True)
        at, bt = i + length, j + length


# --- anchors ----------------------------------------------------------------------------------------------------------


def _anchors(a: str, b: str, size: int) -> list[tuple[int, int, int]]:
    """The longest sequence, rising in both, of strings of `size` that stand once in `a` and once in `b`; widened."""
    where: dict[str, int] = {a[i : i + size]: i for i in range(0, len(a) - size + 1, size // 2)}
    a_count = dict.fromkeys(where, 0)
    b_place = dict.fromkeys(where, -1)
    for i in range(len(a) - size + 1):
        if (piece := a[i : i + size]) in a_count:
            a_count[piece] += 1
    for j in range(len(b) - size + 1):
        if (piece := b[j : j + size]) in b_place:
            b_place[piece] = j if b_place[piece] == -1 else -2
    once = [(i, b_place[piece]) for piece, i in where.items() if a_count[piece] == 1 and b_place[piece] >= 0]
    once.sort()
    found: list[tuple[int, int, int]] = []
    at = bt = 0
    for i, j in _rising(once):
        if i < at or j < bt:  # within what was widened before
            continue
        back = _common_back(a, b, i, j, min(i - at, j - bt))
        length = back + size + _common(a, b, i + size, j + size)
        found.append((i - back, j - back, length))
        at, bt = i - back + length, j - back + length
    return found


def _rising(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest sequence of points, sorted by their first, whose second rises too.

    >>> _rising([(0, 7), (1, 2), (2, 3), (3, 1), (4, 9)])
    [(1, 2), (2, 3), (4, 9)]
    """
    tops: list[int] = []  # the smallest second with which a sequence of this length ends
    ends: list[int] = []  # its point
    before: list[int] = []
    for k, (_, second) in enumerate(points):
        rank = bisect_left(tops, second)
        before.append(ends[rank - 1] if rank else -1)
        if rank == len(tops):
            tops.append(second)
            ends.append(k)
        else:
            tops[rank], ends[rank] = second, k
    chain = []
    k = ends[-1] if ends else -1
    while k >= 0:
        chain.append(points[k])
        k = before[k]
    return chain[::-1]


def _common(a: str, b: str, i: int, j: int) -> int:
    """How many characters from `a[i]` and `b[j]` on are the same."""
    most = min(len(a) - i, len(b) - j)
    done, step = 0, 64
    while done < most and a[i + done : i + done + step] == b[j + done : j + done + step]:
        done += step
        step *= 2
    while done < most and step > 1:
        step //= 2
        if a[i + done : i + done + step] == b[j + done : j + done + step]:
            done += step
    return min(done, most)


def _common_end(a: str, b: str) -> int:
    return _common(a[::-1], b[::-1], 0, 0)


def _common_back(a: str, b: str, i: int, j: int, most: int) -> int:
    """How many characters before `a[i]` and `b[j]`, at most `most`, are the same."""
    done = 0
    while done < most:
        size = min(256, most - done)
        left, right = a[i - done - size : i - done], b[j - done - size : j - done]
        if left != right:
            return done + next(k for k in range(size) if left[size - 1 - k] != right[size - 1 - k])
        done += size
    return done


# --- without anchors --------------------------------------------------------------------------------------------------


def _windows(a: str, b: str) -> Iterator[Run]:
    """Long stretches with nothing that holds them together: window by window."""
    at = bt = 0
    while at < len(a) and bt < len(b):
        last = len(a) - at <= _WINDOW and len(b) - bt <= _WINDOW
        a_next = b_next = 0
        for run in _exact(a[at : at + _WINDOW], b[bt : bt + _WINDOW]):
            if not last and max(run.a_start, run.b_start) >= _KEPT:
                break
            yield run._replace(a_start=run.a_start + at, b_start=run.b_start + bt)
            a_next, b_next = run.a_start + run.length, run.b_start + run.length
        if last:
            return
        if a_next + b_next < _KEPT:  # else a gap could make this go on by one character at a time
            a_next = b_next = _KEPT
        at, bt = at + a_next, bt + b_next


def _exact(a: str, b: str) -> Iterator[Run]:
    """The runs of an alignment with the fewest edits.

    Hyyrö, A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances (2003): the columns of the table,
    as two numbers each, whose bits say whether a cell is one more or one less than the cell above it.
    """
    flip = len(a) < len(b)
    long, short = (b, a) if flip else (a, b)
    full = (1 << len(long)) - 1
    masks = _masks(long, short)
    more, less = full, 0
    rows: list[tuple[int, int]] = []
    for char in short:
        here = masks[char]
        zero = (((here & more) + more) ^ more) | here | less
        up = less | ~(zero | more)
        down = zero & more
        up = (up << 1) | 1
        more = ((down << 1) | ~(zero | up)) & full
        less = up & zero & full
        rows.append((more, less))
    yield from _runs(long, short, rows, flip=flip)


def _runs(long: str, short: str, rows: list[tuple[int, int]], *, flip: bool) -> Iterator[Run]:
    """The way back through the table, as runs in the order of the text."""
    pairs: list[tuple[int, int]] = []
    i, j = len(long), len(short)
    while i and j:
        # Characters of `long` without a counterpart are ones in the row: all at once, else this would be quadratic.
        i = (~rows[j - 1][0] & ((1 << i) - 1)).bit_length()
        j -= 1
        if i and not (j and rows[j - 1][1] >> (i - 1) & 1):
            i -= 1
            pairs.append((i, j))
    pairs.reverse()
    start = 0
    for k in range(1, len(pairs) + 1):
        i, j = pairs[start]
        same = long[i] == short[j]
        if k < len(pairs):
            i_next, j_next = pairs[k]
            if (i_next - i, j_next - j) == (k - start, k - start) and (long[i_next] == short[j_next]) == same:
                continue
        yield Run(j, i, k - start, same) if flip else Run(i, j, k - start, same)
        start = k


def _masks(long: str, short: str) -> dict[str, int]:
    """For each character of `short`, a number with a bit for each place where it stands in `long`."""
    bits = {char: bytearray(len(long) // 8 + 1) for char in set(short)}
    for i, char in enumerate(long):
        if char in bits:
            bits[char][i >> 3] |= 1 << (i & 7)
    return {char: int.from_bytes(each, "little") for char, each in bits.items()}


def similarity(a: str, b: str) -> float:
    """Twice the length of the longest common subsequence, by the length of both together; 1 for two empty texts.

    >>> similarity("Not printed.", "Not printed,")
    0.9166666666666666
    """
    if not a or not b:
        return float(a == b)
    long, short = (a, b) if len(a) >= len(b) else (b, a)
    full = (1 << len(long)) - 1
    masks = _masks(long, short)
    row = full
    for char in short:
        match = row & masks[char]
        row = ((row + match) | (row - match)) & full
    return 2 * (len(long) - row.bit_count()) / (len(long) + len(short))


def gaps(runs: tuple[Run, ...], a_length: int, b_length: int) -> Iterator[tuple[int, int, int, int]]:
    """The stretches `a[i:k]`, `b[j:l]` that differ, as i, k, j, l."""
    edges = [Run(0, 0, 0, same=True), *(run for run in runs if run.same), Run(a_length, b_length, 0, same=True)]
    for one, two in pairwise(edges):
        found = (one.a_start + one.length, two.a_start, one.b_start + one.length, two.b_start)
        if found[0] < found[1] or found[2] < found[3]:
            yield found
