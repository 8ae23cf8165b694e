"""Where two texts that should be the same part: the one finder of the first difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Words longer than this are shown from shortly before the difference on.
_LONG = 40


def first_difference(found: str, expected: str) -> str:
    """Where `found` leaves `expected`, in words; the two differ.

    >>> first_difference("to see Tul", "to see Tull")
    'after “to see” comes “Tul” instead of “Tull”'
    >>> first_difference("to see", "to see again")
    'after “to see” comes nothing instead of “again”'
    >>> first_difference("to  see", "to see")
    "the words are the same, the white space after “to” is not: '  ' instead of ' '"
    """
    words, others = found.split(), expected.split()
    if words == others:
        at = _parting(found, expected)
        before = found[:at].split()[-1:]
        where = f"after “{_shown(before[0], before[0])}”" if before else "at the start"
        both = f"{_white(found, at)} instead of {_white(expected, at)}"
        return f"the words are the same, the white space {where} is not: {both}"
    at = _parting(words, others)
    where = f"after “{' '.join(_shown(word, word) for word in words[max(0, at - 3) : at])}”" if at else "at the start"
    one, other = (words[at : at + 1] or [""])[0], (others[at : at + 1] or [""])[0]
    here, there = (f"“{each}”" if each else "nothing" for each in (_shown(one, other), _shown(other, one)))
    return f"{where} comes {here} instead of {there}"


def _parting(one: Sequence[str], other: Sequence[str]) -> int:
    """The number of the first item that is not the same."""
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _shown(word: str, other: str) -> str:
    """The word; of a very long one what stands around the place where it leaves the other."""
    if len(word) <= _LONG:
        return word
    low = max(0, min(_parting(word, other), len(word) - 1) - 15)
    return f"{'…' if low else ''}{word[low : low + _LONG]}{'…' if low + _LONG < len(word) else ''}"


def _white(text: str, at: int) -> str:
    """The white space around an offset, as Python writes it."""
    start = len(text[:at].rstrip())
    return repr(text[start : at + len(text[at:]) - len(text[at:].lstrip())])
