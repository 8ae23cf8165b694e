"""Hyphens that are not meant to be seen, and characters without width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from teiprep.alignment import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHY = "\u00ad"
# How programs write a hyphen that a line's end made: the soft hyphen; the not sign (OCR); U+0002 and U+FFFE (PDF).
_AT_LINE_END = re.compile("[\u00ad¬\x02\ufffe](?<=[^\\W\\d_].)(?=[ \t\u00a0]{0,8}[\n\f])")
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060]")


def soft_hyphens(text: str) -> Iterator[Edit]:
    r"""A soft hyphen (or its stand-in) that breaks a word at a line's end becomes `-`, for segmenting; others go.

    >>> [edit[:3] for edit in soft_hyphens("inter\u00ad\nnational co\u00adoperation")]
    [(5, 6, '-'), (18, 19, '')]
    """
    if not any(sign in text for sign in (_SHY, "¬", "\x02", "\ufffe")):
        return
    broken = set()
    for match in _AT_LINE_END.finditer(text):
        broken.add(match.start())
        yield Edit(match.start(), match.end(), "-", "hyphen", "soft_hyphens")
    at = text.find(_SHY)
    while at >= 0:
        if at not in broken:
            yield Edit(at, at + 1, "", "hyphen", "soft_hyphens")
        at = text.find(_SHY, at + 1)


def zero_width(text: str) -> Iterator[Edit]:
    r"""Remove U+200B and U+2060, and the joiners U+200C and U+200D between Latin letters.

    >>> [edit[:3] for edit in zero_width("Post\u200bscript")]
    [(4, 5, '')]
    """
    if text.isascii():
        return
    for match in _ZERO_WIDTH.finditer(text):
        start, end = match.span()
        # Joiners mean something in Indic and Arabic scripts and in emoji, nothing in Latin.
        if match[0] in "\u200b\u2060" or (_is_latin(text[start - 1 : start]) and _is_latin(text[end : end + 1])):
            yield Edit(start, end, "", "encoding", "zero_width")


def _is_latin(character: str) -> bool:
    return character.isalpha() and character <= "\u024f"
