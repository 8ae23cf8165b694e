"""Decides how two parts of a text meet at a line's end: with a space or without, and whether a hyphen there stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .compounds import CLOSED, COMPOUNDS, FIRSTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .common import Joint

_TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
#: Second parts of adjectives (`good-natured`), and the first parts that are no words of their own (`unknown`).
_SECONDS = frozenset(
    """
    aged born bred coloured dressed eyed faced fashioned footed going haired handed headed hearted humoured known legged
    like looking meaning minded natured shaped sized spoken tempered willed
    """.split()  # noqa: SIM905 - a list of strings would fill a page
)
_PREFIX = re.compile(r"(?:a|be|de|dis|fore|in|im|mis|out|over|re|un|under|up|with)$")
#: `mid-nineteenth`.
_ORDINAL = re.compile(r"(?:\w*(?:teenth|ieth)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)$")
#: What is no second part of a compound but an ending.
_ENDINGS = frozenset({"ed", "er", "ers", "est", "ing", "ings", "ish", "less", "ly", "ness", "ful", "ally", "able"})
#: What stands in the middle of a compound: `mother-in-law`.
_MIDDLES = frozenset({"a", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "up"})
#: `pre-` before `and post-war`: the hyphen waits for the second part of another compound.
_SUSPENDED = re.compile(r"(?:and|or|to|nor|but|as well as)\s+(?:[\w’']+\s+)?[^\W\d_]+-\s*[^\W\d_]")

_LAST_WORD = re.compile(r"((?:[^\W\d_]+-)*)([^\W\d_]+)$")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LOOK = 60  # characters on either side


def dehyphenated(before: str, after: str, words: Mapping[str, int]) -> Joint:
    """How to join `before-` and `after`: `hyphen` if it goes, `tight` if it stays, `space` if it is a suspended one.

    The document's own `words` (in small letters, with how often they occur) decide; then a list of compounds of the
    language; then the form: a capital, a number, a first part such as `self`.

    >>> dehyphenated("inter", "national", {"international": 1})
    'hyphen'
    >>> dehyphenated("Anglo", "Soviet", {}), dehyphenated("far", "reaching plans", {})
    ('tight', 'tight')
    >>> dehyphenated("pre", "and post-war", {})
    'space'
    """
    left, right = _LAST_WORD.search(before[-_LOOK:]), _FIRST_WORD.match(after[:_LOOK])
    if not left or not right:
        return "tight"
    first, rest = left[2], right[0].split("-", maxsplit=1)[0]
    small = first.lower()
    closed = sum(words.get(f"{small}{tail}", 0) for tail in {rest.lower(), right[0].lower()})
    hyphened = sum(
        words.get(f"{head}-{tail}", 0)
        for head in {small, (left[1] + first).lower()}
        for tail in {rest.lower(), right[0].lower()}
    )
    if closed or hyphened:
        return "hyphen" if closed >= hyphened else "tight"
    if _SUSPENDED.match(after):
        return "space"
    if not rest.islower():
        return "hyphen" if first.isupper() and rest.isupper() and len(first) > 1 < len(rest) else "tight"
    return "tight" if _keeps(small, rest, inner=bool(left[1])) else "hyphen"


def _keeps(first: str, second: str, *, inner: bool) -> bool:
    """Does a compound of `first` and `second`, unknown to the document, keep its hyphen? `inner`: it has one before."""
    if f"{first}-{second}" in COMPOUNDS or (inner and first in _MIDDLES):
        return True
    if f"{first}{second}" in CLOSED or second in _ENDINGS:
        return False
    if first in _TENS or (first in FIRSTS and len(second) > 2) or (first == "mid" and _ORDINAL.match(second)):
        return True
    return second in _SECONDS and len(first) > 2 and not _PREFIX.match(first)


def joint(text: str, left: tuple[int, int], right: tuple[int, int], words: Mapping[str, int]) -> Joint:
    """How the parts of a paragraph with the spans `left` and `right` of `text` meet."""
    before, after = text[max(left[0], left[1] - _LOOK) : left[1]], text[right[0] : min(right[1], right[0] + _LOOK)]
    if before[-1:] not in "-‐¬–—":
        return "tight" if re.match(r"(?:—|--)\w", after) else "space"
    if re.search(r"[^\W\d_][-‐¬]$", before) and after[:1].isalpha():
        return dehyphenated(before[:-1], after, words)
    if re.search(r"\w[-‐–]$", before) and after[:1].isalnum():
        return "tight"  # 1914-18, A-4
    dash = re.search(r"\S(?:—|–|--)$", before) and not after[:1].isspace()
    return "tight" if dash or re.match(r"(?:—|--)\w", after) else "space"
