"""What the readers of citations speak of: a citation and its parts, and what other rules know of the text."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from teiprep.document import Certainty

    from .names import Name
    from .works import Found

#: The kinds of works that TEI's `title/@level` tells apart: books, articles and the like, periodicals.
Level = Literal["m", "a", "j"]
Reference = Literal["ibid", "idem", "opCit", "locCit"]


class Part(NamedTuple):
    """A part of a citation: the layer of its annotation, its span, and what is known of it."""

    layer: str
    start: int
    end: int
    attributes: Mapping[str, str | None] = {}


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation on `text[start:end]`. `meant` is the work of an earlier one that it repeats in short."""

    start: int
    end: int
    parts: tuple[Part, ...]
    certainty: Certainty
    names: tuple[Name, ...] = ()
    title: tuple[int, int] | None = None
    level: Level | None = None
    meant: Found | None = None
    reference: Reference | None = None
    edited: bool = False  # its makers are editors
    short: bool = False  # it says too little to stand for the work


class Marks(NamedTuple):
    """What other rules know of a flow: italics and dates (start → end), and the spans of persons.

    In order: `slants`, where italics begin; `starts`, where dates begin; `days`, those of them that are more than a
    year or some years.
    """

    italics: Mapping[int, int]
    dates: Mapping[int, int]
    persons: frozenset[tuple[int, int]]
    slants: Sequence[int]
    starts: Sequence[int]
    days: Sequence[int]

    def slanted(self, low: int, high: int) -> Sequence[int]:
        """Where italics begin in `[low, high)`."""
        return self.slants[bisect_left(self.slants, low) : bisect_left(self.slants, high)]

    def day(self, low: int, high: int) -> int | None:
        """Where the first day in `[low, high)` begins."""
        number = bisect_left(self.days, low)
        return self.days[number] if number < len(self.days) and self.days[number] < high else None

    def days_in(self, low: int, high: int) -> Sequence[int]:
        """Where the days in `[low, high)` begin."""
        return self.days[bisect_left(self.days, low) : bisect_left(self.days, high)]

    def is_dated(self, low: int, high: int) -> bool:
        """Whether a date is tagged on some of `[low, high)`."""
        number = bisect_left(self.starts, high)
        return number > 0 and self.dates[self.starts[number - 1]] > low


_CLOSES = regex.compile(
    r"[’”\"']?(?:$|\n|[.;)\]”]|,? (?:cf|[a-z])| \[| \([a-z“\"])"  # words in small letters are no part of a citation
)


def closes(text: str, at: int, end: int) -> bool:
    """Whether a citation may end at `at`: before a stop, a bracket, or words that are no part of one.

    >>> closes("p. 5, who says", 4, 14), closes("p. 5, Box 7", 4, 11)
    (True, False)
    """
    return at >= end or _CLOSES.match(text, at, end) is not None
