"""Whether words are written as titles are."""

from __future__ import annotations

import regex

from .vocabulary import words

#: Words that have no capital in a title.
SMALL_WORDS = words(
    "a an and as at but by de der des die du for from im in into la le les nor o of on or per the to und van"
    " von vs with y"
)
_WORD = regex.compile(r"[\p{L}\p{N}'’]+")


def title_case(quoted: str) -> bool:
    """Whether all but the small words have capitals.

    >>> title_case("A History of the Moor"), title_case("realpolitik"), title_case("Not at all")
    (True, False, False)
    """
    parts = _WORD.findall(quoted)
    return (
        bool(parts)
        and parts[0][0].isupper()
        and all(part[0].isupper() or not part[0].isalpha() or part.casefold() in SMALL_WORDS for part in parts)
        and any(part[0].isupper() and part.casefold() not in SMALL_WORDS for part in parts)
    )
