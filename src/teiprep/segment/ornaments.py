"""Finds ornaments: a row of stars or rules on a line of its own, which parts two sections and says nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .common import Line

_ORNAMENT = re.compile(r"\s*([*•·~_=#+—–-])(?:\s*\1){2,40}\s*")


def find_ornaments(lines: list[Line]) -> list[int]:
    """The indexes of the lines that are ornaments: three or more of one sign, between blank lines.

    Right below a line of text it would be something else: a table's rule, or the underlining of a head.
    """

    def blank(k: int) -> bool:
        return not 0 <= k < len(lines) or lines[k].blank

    return [
        k
        for k, line in enumerate(lines)
        if len(line.text) > 2 and _ORNAMENT.fullmatch(line.text) and blank(k - 1) and blank(k + 1)
    ]
