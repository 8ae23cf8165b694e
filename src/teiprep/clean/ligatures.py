"""Typographical ligatures, which printers' fonts put into extracted text, and the long s."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from teiprep.alignment import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

# Unicode's presentation forms with their compatibility decompositions. Not æ, œ, ĳ: those are letters.
_LETTERS = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st"}
# Two in the private use area, which fonts for Windows have there.
_LETTERS |= {"\uf001": "fi", "\uf002": "fl"}
_LIGATURE = re.compile("[ﬀ-ﬆ\uf001\uf002](?:(?<=[ﬀ-ﬆ])|(?<=[a-z].)|(?=[a-z]))")


def ligatures(text: str) -> Iterator[Edit]:
    """The ligatures U+FB00–FB06 to the letters that they join.

    >>> [edit[:3] for edit in ligatures("oﬃce")]
    [(1, 2, 'ffi')]
    """
    if text.isascii():
        return
    for match in _LIGATURE.finditer(text):
        yield Edit(match.start(), match.end(), _LETTERS[match[0]], "encoding", "ligatures")


def long_s(text: str) -> Iterator[Edit]:
    """The long s, `ſ`, to the s that it is; what a scanner read as `f` is for `misread_s`.

    >>> [edit[:3] for edit in long_s("bleſſed")]
    [(3, 4, 's'), (4, 5, 's')]
    """
    at = text.find("ſ")
    while at >= 0:
        yield Edit(at, at + 1, "s", "encoding", "long_s")
        at = text.find("ſ", at + 1)
