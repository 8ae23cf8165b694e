"""Tells whether lines were broken because they were full, and where among such lines a paragraph begins."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .common import continues, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .common import Chunk

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_RUN = re.compile(r"\w[\w‐-]*")
_NARROWEST = 30  # a line shorter than this is not called full
_FULL = 0.86  # of the width
_ROOM = 0.8  # of the width: a line that ends here although the next word would have fitted ends a paragraph


@dataclass(frozen=True, slots=True)
class Habits:
    """How the document is written.

    `width`: at how many characters its lines are wrapped (0: they are not). `words`: how often each word occurs, in
    small letters. `loose`: its paragraphs often end without a full stop.
    """

    width: int
    words: Counter[str]
    loose: bool = False


class HabitsByPlace:
    """The habits of a text, and of each stretch between two `borders` (offsets in order) that shows its own.

    A volume may hold documents that were written in several ways; too short a one is taken for like the whole.
    """

    def __init__(self, text: str, chunks: Iterable[Chunk], borders: Sequence[int]) -> None:
        """Learn them from the chunks of the text (those of its notes too), in any order."""
        chunks = sorted(chunks, key=_start)
        self.words = _words(text.lower())
        width, loose = _width(text, chunks), _loose(text, chunks)
        self._borders = borders
        self._habits = []
        for low, high in pairwise([0, *borders, len(text) + 1]):
            own = chunks[bisect_left(chunks, low, key=_start) : bisect_left(chunks, high, key=_start)]
            own_width, own_loose = (_width(text, own), _loose(text, own)) if borders else (width, loose)
            own_width = width if own_width is None else own_width
            own_loose = loose if own_loose is None else own_loose
            self._habits.append(Habits(own_width or 0, self.words, bool(own_loose)))

    def at(self, offset: int) -> Habits:
        """The habits of the stretch in which `offset` lies."""
        return self._habits[bisect_right(self._borders, offset)]


def _start(chunk: Chunk) -> int:
    return chunk.start


def _width(text: str, chunks: Sequence[Chunk]) -> int | None:
    """At how many characters lines are wrapped, 0 if they are not; None if there is too little to tell."""
    lengths = sorted(
        b - a
        for chunk in chunks
        if len(chunk.spans) > 2 and not _like_verse(text, chunk.spans)
        for a, b in chunk.spans[:-1]
    )
    unwrapped = sum(len(chunk.spans) == 1 and chunk.end - chunk.start > 200 for chunk in chunks)
    # A few lines will do if they are as long as each other.
    enough = len(lengths) >= 6 or (len(lengths) >= 3 and lengths[0] >= 0.85 * lengths[-1] >= 45)
    if not enough and not unwrapped:
        return None
    width = lengths[len(lengths) * 9 // 10] if enough and len(lengths) > 3 * unwrapped else 0
    return width if width >= _NARROWEST else 0


def _loose(text: str, chunks: Sequence[Chunk]) -> bool | None:
    """Do paragraphs often end without a full stop? It is seen where the next one begins with a capital."""
    ends = [
        unfinished(text[max(one.start, one.end - 40) : one.end])
        for one, other in pairwise(chunks)
        if one.end - one.start > 60 and text[other.start].isupper() and not other.after_gap
    ]
    return sum(ends) > 0.2 * len(ends) if len(ends) >= 5 else None


def _words(text: str) -> Counter[str]:
    """How often each word occurs; most are runs of letters, the others are taken apart."""
    words = Counter(_RUN.findall(text))
    for run in [run for run in words if not run.isalpha()]:
        count = words.pop(run)
        for word in _WORD.findall(run):
            words[word] += count
    return words


def full(text: str, line: tuple[int, int], following: tuple[int, int], width: int, share: float = _FULL) -> bool:
    """Would the first word of `following` not have fitted into `line` (within `share` of the width)?"""
    words = text[following[0] : min(following[1], following[0] + 30)].split(maxsplit=1)
    return line[1] - line[0] + 1 + len(words[0]) >= share * width


def wrapping(text: str, spans: list[tuple[int, int]], width: int) -> int:
    """The width at which these lines were wrapped: that of the document, or their own; 0 if they were not.

    Four of five lines must be full, the last and those that end a paragraph apart.
    """
    if len(spans) < 2 or (_like_verse(text, spans) and (len(spans) > 5 or not width)):
        return 0
    if width and _are_full(text, spans, width):
        return width
    own = max(b - a for a, b in spans)
    small = sum(continues(text[c : c + 5]) or _broken(text, a, b) for (a, b), (c, _) in pairwise(spans))
    prose = len(spans) > 2 and own >= 40 and small >= 0.4 * (len(spans) - 1)
    return own if prose and _are_full(text, spans, own) else 0


def _broken(text: str, start: int, end: int) -> bool:
    return end - start > 1 and text[end - 1] == "-" and text[end - 2].isalpha()


def _like_verse(text: str, spans: list[tuple[int, int]]) -> bool:
    """Do these lines, three at least, all begin with a capital, and end without a hyphen?"""
    return len(spans) > 2 and all(
        text[a:b].lstrip("\"“‘'—([")[:1].isupper() and not _broken(text, a, b) for a, b in spans
    )


def _are_full(text: str, spans: list[tuple[int, int]], width: int) -> bool:
    ends = count = 0
    for line, after in pairwise(spans):
        if full(text, line, after, width):
            count += 1
        else:
            ends += ends_paragraph(text, line, after, width)
    lines = len(spans) - 1 - ends
    return ends <= lines + 1 and count >= 0.8 * lines


def ends_paragraph(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """Does a paragraph end with `line`: a finished sentence, room left, and a new sentence in the next line?"""
    return (
        not full(text, line, after, width, _ROOM)
        and not unfinished(text[max(line[0], line[1] - 40) : line[1]])
        and not continues(text[after[0] : after[0] + 5])
    )


def indents(text: str, spans: list[tuple[int, int]]) -> list[int]:
    """How many spaces stand before each line (a tab counts as four)."""
    out = []
    for start, _ in spans:
        before = text[text.rfind("\n", max(0, start - 80), start) + 1 : start] if start else ""
        out.append(len(before.expandtabs(4)) if before.isspace() else 0)
    return out


def beginnings(text: str, spans: list[tuple[int, int]], width: int) -> list[int]:
    """The indexes of those of these wrapped lines with which a paragraph begins, the first among them.

    It is indented, and the line below it is not; or the line above it ends a paragraph.
    """
    deep = indents(text, spans)
    least = min(deep)
    indented = [
        each > least + 1 and (k + 1 == len(deep) or deep[k + 1] <= least + 1 or deep[k + 1] == each)
        for k, each in enumerate(deep)
    ]
    by_indent = 0 < sum(indented[1:]) <= 0.6 * len(spans)
    return [
        0,
        *(
            k
            for k in range(1, len(spans))
            if (by_indent and indented[k] and not continues(text[spans[k][0] : spans[k][0] + 5]))
            or ends_paragraph(text, spans[k - 1], spans[k], width)
        ),
    ]
