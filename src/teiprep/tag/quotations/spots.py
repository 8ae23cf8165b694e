"""Where a quotation stands, and what is found out about it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.tag.common import ABBREVIATED_TITLES

if TYPE_CHECKING:
    from teiprep.document import Block, Certainty

    from .marks import Pair

#: Words whose stop ends no sentence: titles that are cut short, and initials.
SHORT = rf"\b(?:{'|'.join(sorted({*ABBREVIATED_TITLES, 'St', 'Sergt', 'Gov', 'No'}))}|\p{{Lu}})"
#: Such a stop; what stands before it is looked at only where there is one.
SHORT_STOP = rf"\.(?<={SHORT}\.)"
#: "Mr. Hale was asked": somebody else asks.
PASSIVE = regex.compile(r"\b(?:was|were|is|are|be|been|being)\s(?:\p{Ll}+ly\s|then\s|also\s|again\s){0,2}$")
#: How far before and behind the marks is looked for a cue, in characters.
NEAR = 200
_SINGLE = frozenset("’'‘›‹")
_POINTS = frozenset(",:—–-")
#: The end of a paragraph that leads to the next: "Mr. Hale said:", "The letter runs as follows,—".
_INTRODUCES = regex.compile(r"(?r)(?::\s?[—–-]?|,\s?[—–-])\s*")


class Cue(NamedTuple):
    """What a quotation is taken for: its kind, who speaks, how sure that is, and the note that gives the source.

    `behind` tells whether the words behind the marks say so: such a quotation is nobody else's.
    """

    kind: str
    who: str | None = None
    certainty: Certainty = "high"
    cited_in: str | None = None
    behind: bool = False


class Spot(NamedTuple):
    """A quotation in its flow: the words before it are `text[low:start]`, those behind it `text[end:high]`.

    Of one that begins a paragraph the words before may be those of the paragraph before. `inner` is what stands
    between the marks, `closed` whether the last of them is a mark.
    """

    text: str
    flow: str
    low: int
    start: int
    end: int
    high: int
    inner: str
    closed: bool

    @property
    def last(self) -> str:
        """The last sign of what is quoted."""
        return last(self.inner)

    @property
    def single(self) -> bool:
        """Whether the closing mark is a single one."""
        mark = self.text[self.end - 1]
        return mark in _SINGLE and self.text[self.end - 2] != mark

    @property
    def pointed(self) -> bool:
        """Whether a comma, colon or dash stands before the marks."""
        return self.text[max(self.low, self.start - 4) : self.start].rstrip()[-1:] in _POINTS

    @property
    def like_speech(self) -> bool:
        """Whether what is quoted begins and ends as a sentence does."""
        return self.inner[:1].isupper() and (self.inner[-1:] in {".", "!", "?", ",", "…", "—"} or not self.closed)


def spot(text: str, block: Block, pair: Pair, before: Block | None) -> Spot:
    """The place of `pair` in `block`; `before` is the block before that."""
    low, start = block.start, pair.start
    if low == start and before is not None and before.type == "p" and block.type != "head":
        tail = max(before.start, before.end - 4)
        if _INTRODUCES.match(text, tail, before.end):
            low, start = before.start, before.end
    return Spot(
        text, block.flow, max(low, start - NEAR), start, pair.end, min(block.end, pair.end + NEAR),
        pair.inner(text), bool(pair.closing),
    )  # fmt: skip


def last(inner: str) -> str:
    """The last sign of what is quoted, within whatever marks end with it."""
    return inner.rstrip("’'”\"›»‹«“‘ ")[-1:]
