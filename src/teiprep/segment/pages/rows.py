"""The lines of a text that have something on them, and what stands between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from teiprep.segment.common import Line


class Row(NamedTuple):
    """A line that is not blank; `gap` and `feed`: a blank line, a form feed, stands between it and the row above."""

    line: int
    text: str
    gap: bool
    feed: bool


def rows_of(lines: list[Line]) -> list[Row]:
    r"""The rows of some lines; the first has a gap above it.

    >>> from teiprep.segment.common import split_lines
    >>> rows_of(split_lines("a\n\n\fb"))[1]
    Row(line=3, text='b', gap=True, feed=True)
    """
    rows: list[Row] = []
    gap, feed = True, False
    for k, line in enumerate(lines):
        feed = feed or line.feed
        if line.blank:
            gap = True
        else:
            rows.append(Row(k, line.text.strip(), gap, feed))
            gap = feed = False
    return rows


def gap_below(rows: list[Row], k: int) -> bool:
    """Does a blank line, or nothing, stand below row `k`?"""
    return k + 1 == len(rows) or rows[k + 1].gap


def feed_below(rows: list[Row], k: int) -> bool:
    """Does a form feed stand between row `k` and the one below it?"""
    return k + 1 < len(rows) and rows[k + 1].feed
