"""Tells a table by the cells of its lines."""

from __future__ import annotations

import re
from collections import Counter

_GAP = re.compile(r"[ ]{2,}|\t+")
_FIGURE = re.compile(r"[$£(–-]{0,2}\d[\d,./]{0,20}\)?%?")


def is_table(lines: list[str]) -> bool:
    """Do (nearly) all the lines have the same number of cells, set off by wide spaces or tabs?

    Three at least; or two, of which the second is a figure.

    >>> is_table(["Year   Ships   Tons", "1919   1,212   48,300", "1924   986   41,150"])
    True
    """
    if len(lines) < 3 or not any("  " in line or "\t" in line for line in lines):
        return False
    rows = [_GAP.split(line.strip()) for line in lines]
    most, count = Counter(map(len, rows)).most_common(1)[0]
    figures = most == 2 and all(len(row) == 2 and _FIGURE.fullmatch(row[1]) for row in rows)
    return (most > 2 or figures) and count >= 0.8 * len(lines)
