"""Places in datelines: what stands before the date ("Riga", "The Parsonage, Great Harwood"); TEI `placeName`, ND."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator

#: What ends the place: a weekday, an hour, a note on the date, or anything in brackets behind it.
_ENDS = regex.compile(
    r"(?<=[\s,\[(])(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|undated\b|n\.\s?d\.|\d{1,2}(?:[:.]\d\d)?\s?[ap]\.\s?m\.|[\[(])"
)
_EDGES = " \t\n,.;:[]()—–-"
_PLACE = regex.compile(
    r"(?:(?P<number>\d+\p{Ll}?),?\s)?(?:the\s)?\p{Lu}[\p{L}\p{M}’'.&-]*"
    r"(?:,?\s(?:\d{1,5}|(?:(?:of|the|on|upon|near|in|at|by|de|del|da|do|la|le|les|du|des|sur|am|an|der|and|&|next)\s)*"
    r"\p{Lu}[\p{L}\p{M}’'.&-]*))*"
)
_MONTH = regex.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b", regex.IGNORECASE
)
_NO_PLACE = regex.compile(r"\b(?:Received|Dated|Sent|No|Via|Telegram|Confidential|Secret)\b", regex.IGNORECASE)


def rule(pen: Annotator) -> Iterator[Annotation]:
    """The place of each dateline: the words before its date, or a dateline of its own beside one that has the date.

    Certain where they are capitalised words only, less so with a number ("9, Duke Street, Liverpool").
    """
    document = pen.document
    dates: dict[str, list[int]] = defaultdict(list)
    for date in document.layer("date"):
        dates[date.flow].append(date.start)
    for flow in document.reading_flows:
        dated = dates.get(flow.id, [])
        for block in document.leaves.get(flow.id, ()):
            if block.type != "dateline":
                continue
            k = bisect_left(dated, block.start)
            end = min(dated[k], block.end) if k < len(dated) else block.end
            low, high = _lines(flow.text, block.start, end)
            if stop := _ENDS.search(flow.text, low, high):
                high = low + len(flow.text[low : stop.start()].rstrip(_EDGES))
            match = _PLACE.fullmatch(flow.text, low, high)
            if match is None or high - low > 80 or _NO_PLACE.search(flow.text, low, high):
                continue
            if _MONTH.search(flow.text, low, high):
                continue
            sure = match["number"] is None and not any(c.isdigit() for c in match[0])
            yield pen.annotation(
                "place", flow.id, low, high, rule="dateline-place", certainty="high" if sure else "medium"
            )


def _lines(text: str, low: int, high: int) -> tuple[int, int]:
    """The last line of `text[low:high]`, with those before it that end with a comma, without what edges it."""
    while low < high and text[high - 1] in _EDGES:
        high -= 1
    start = max(low, text.rfind("\n", low, high) + 1)
    while start > low and text[low : start - 1].rstrip().endswith(","):
        start = max(low, text.rfind("\n", low, start - 1) + 1)
    while start < high and text[start] in _EDGES:
        start += 1
    return start, high
