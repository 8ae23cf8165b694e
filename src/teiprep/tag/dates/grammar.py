"""The grammar of dates: what a date looks like in the English of 1600 to today.

`spoken` are dates that name a day, a month or a weekday: patterns over the signs of `signs`. Years, periods and feasts
have modules of their own; `compose` puts together what belongs together: ranges, bounds, times of day. Years that only
evidence gives are no matter of the grammar: see `years`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from . import feasts, periods, shapes
from .bare import years
from .compose import compose
from .signs import read
from .values import Day, Found, Leaves
from .words import MISREAD_MONTHS, MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Block

#: Every spoken date has the name of a month or a weekday, or one of the others; the signs are read only near them. Each
#: pattern begins with few letters, or with a figure: so a search is many times faster than with one pattern for all.
_NAME = re.compile(
    r"(?:J(?:an|u[nl]|AN|U[NL])|F(?:eb|EB|ri|RI)|M(?:a[ry]|ch|on|A[RY]|ON)|A(?:p[rl]|ug|PR|UG)|S(?:ep|at|un|EP|AT|UN)|O(?:ct|CT)"
    r"|N(?:ov|OV)|D(?:ec|EC)|T(?:ue|hu|UE|HU)|W(?:ed|ED)|X(?:b|ber))[a-zA-Z0-9]{0,7}(?:[’'][a-rt-z]+)?"
)
_OTHERS = (
    # Figures only; months with a number in their name; the months of the Society of Friends; the 14th instant.
    re.compile(
        r"[0-9](?:[0-9]{3}-[0-9]{2}-|[0-9]?[/.-](?:[0-9]{1,2}|[ivxIVX]{1,4})[/.-][0-9]{2}|b[er]|0b[er]"
        r"|(?:st|nd|rd|th|d)?[.,]?\s(?:day\s)?(?:of\s)?(?:the\s|this\s|last\s|next\s)?(?:mo\b|month|inst|ult|prox|curr))"
    ),
    re.compile(r"h (?:instant|ultimo|proximo|month)\b"),
    # Years in words.
    re.compile("thousand"),
    re.compile("hundred"),
)
#: A word between or before a day and a year: a month that is misread, or in small letters.
_MISREAD = re.compile(
    r"(?:[0-9lIO](?:st|nd|rd|th)?,? (?:of )?[A-Za-z0][a-z0-9]{2,9}|[A-Z0][a-z0-9]{2,9} [0-9lIO]{1,2}),? $"
)
#: How far a date may reach before a hint, "Monday, the twenty-third day of", and behind it.
_BACK, _ON = 36, 54
_DAY_HEAD = re.compile(r"\s*(?P<wd>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[.:,]?\s*")


def find(text: str, leaves: Leaves) -> list[Found]:
    """The dates of one flow in order, apart from each other, without the years that only evidence gives."""
    found = sorted(spoken(text, leaves), key=lambda item: item.start)
    for more in (feasts.find, periods.find, years):
        found = _apart(found, more(text, leaves))
    return compose(text, found)


def _apart(found: list[Found], more: Iterator[Found]) -> list[Found]:
    """Both in order, without those of `more` that touch an earlier find."""
    late = list(more)
    if not late:
        return found
    taken = sorted((f.start, f.end) for f in found)
    ends = [end for _, end in taken]
    apart = []
    for f in late:
        k = bisect_right(ends, f.start)
        if k == len(taken) or taken[k][0] >= f.end:
            apart.append(f)
    return sorted([*found, *apart], key=lambda f: f.start)


def _windows(text: str, leaves: Leaves) -> Iterator[tuple[int, int, Block]]:
    """The stretches that can hold a spoken date, in order and apart, from word to word, none over two blocks."""
    low, high = leaves.start, leaves.end
    hints = [hint.start() for hint in _NAME.finditer(text, low, high) if _promising(text, hint)]
    hints += (hint.start() for other in _OTHERS for hint in other.finditer(text, low, high))
    hints += (at for at in leaves.years if _MISREAD.search(text, max(low, at - 22), at))
    start = end = 0
    block = None
    for at in sorted(hints):
        if block is None or at >= block.end or at - _BACK > end:
            if block is not None:
                yield start, end, block
            if block is None or at >= block.end:
                block = leaves.at(at)
            start = max(block.start, at - _BACK)
            while start > block.start and not text[start - 1].isspace():
                start -= 1
        end = min(block.end, at + _ON)
    if block is not None:
        yield start, end, block


#: What can stand around the name of a month or a weekday in a date.
_NEAR = re.compile(
    r"[0-9]|(?:st|nd|rd|th|last|next|past)\b|early|mid|late|ning|ddle|end|inst|ult|prox|(?:dred|sand|teen) |[lIO]{2}",
    re.IGNORECASE,
)


def _promising(text: str, hint: re.Match[str]) -> bool:
    """Whether a word that begins like a month or a weekday is one, and may be part of a date."""
    word = hint[0].casefold().replace("’", "'")
    if word not in MONTHS and word not in WEEKDAYS and word not in MISREAD_MONTHS:
        return False
    return _NEAR.search(text, max(0, hint.start() - 28), hint.end() + 26) is not None


def spoken(text: str, leaves: Leaves) -> Iterator[Found]:
    """The dates that name a day, a month or a weekday, in order."""
    for block in leaves.blocks:
        # The head of a journal's entry: "Saturday."
        if block.end - block.start < 14 and (alone := _DAY_HEAD.fullmatch(text, block.start, block.end)):
            yield Found(block, alone.start("wd"), alone.end("wd"), "weekday-head", Day())
    done = 0
    for low, high, block in _windows(text, leaves):
        for item in shapes.find(text, block, *read(text, low, high)):
            if item.start >= done:
                done = item.end
                yield item
