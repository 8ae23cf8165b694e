"""Tells a table by the cells of its lines."""

from __future__ import annotations

import re
from collections import Counter


def is_table(lines: list[str]) -> bool:
    """Do (nearly) all the lines have the same number of cells, three at least, set off by wide spaces or tabs?

    >>> is_table(["Year   Ships   Tons", "1919   1,212   48,300", "1924   986   41,150"])
    True
    """
    if len(lines) < 3:
        return False
    cells = Counter(len(re.split(r"[ ]{2,}|\t+", line.strip())) for line in lines)
    most, count = cells.most_common(1)[0]
    return most > 2 and count >= 0.8 * len(lines)
