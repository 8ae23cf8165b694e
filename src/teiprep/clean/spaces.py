"""White space: spaces of unusual width or behaviour, and spaces at line ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from teiprep.alignment import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_SPACE = re.compile(f"[{_ODD}]")
_BEFORE_LINE_END = re.compile(f"[ \t{_ODD}](?=\n|\\Z)")
_BLANK = frozenset(" \t\u00a0\u1680\u202f\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}


def trailing_spaces(text: str) -> Iterator[Edit]:
    r"""Remove spaces and tabs at line ends and at the end of the text; a line of spaces stays as an empty line.

    >>> [edit[:3] for edit in trailing_spaces("one  \n \ntwo ")]
    [(3, 5, ''), (6, 7, ''), (11, 12, '')]
    """
    for match in _BEFORE_LINE_END.finditer(text):
        # Walked back from the end: a pattern that runs forward over spaces starts anew at each of them.
        start = match.start()
        while start and text[start - 1] in _BLANK:
            start -= 1
        yield Edit(start, match.end(), "", "space", "trailing_spaces")


def odd_spaces(text: str) -> Iterator[Edit]:
    r"""No-break, thin, en, em and ideographic spaces become plain ones, each for itself: the width of columns stays.

    >>> [edit[:3] for edit in odd_spaces("6\u00a0p.\u2009m.")]
    [(1, 2, ' '), (4, 5, ' ')]
    """
    if text.isascii():
        return
    for match in _ODD_SPACE.finditer(text):
        yield Edit(match.start(), match.end(), " ", "space", "odd_spaces")
