"""The signs of markdown, as PDF converters write it: escapes and emphasis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from teiprep.alignment import Edit, Mark
from teiprep.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

# Two backslashes are met as a pair, so that the second escapes nothing; they stay, for `\\server` is more frequent.
_ESCAPE = re.compile(r"\\([!#$&()*+.<>\[\]_`{|}~-]|\\)")
_SIGN = re.compile(r"[\\\n*_](?:(?<=\\)[^\n]|(?<=\n)[ \t\f]*\n|(?<=\*)\**|(?<=_)_*)")
# A star that begins a line may be a note's sign: how far its partner on another line may be if no line ends there.
_NEAR = 120
_NAMES = {"*": ("italic",), "_": ("italic",), "**": ("bold",), "***": ("bold", "italic")}


def escapes(text: str) -> Iterator[Edit]:
    r"""A backslash before a sign of markdown goes; before anything else it stays.

    >>> [edit[:3] for edit in escapes(r"for \$5 in C:\temp")]
    [(4, 5, '')]
    """
    if "\\" not in text:
        return
    for match in _ESCAPE.finditer(text):
        if match[1] != "\\":
            yield Edit(match.start(), match.start() + 1, "", "markup", "escapes")


def emphasis(text: str) -> Iterator[Edit | Mark | Diagnostic]:
    """The signs of `*italic*`, `_italic_`, `**bold**` and `***both***` go, and marks stand for them.

    An emphasis may run over line ends, not over a blank line. A star may also be a bullet (`* item`), a separator
    (`* * *`), a multiplication (`5 * 3`) or the sign of a note (`here,*`): a sign opens only after something that is no
    letter or digit and before something that is no space, and what has no partner stays as it is.

    >>> [item[:3] for item in emphasis("the *Times* of*")]
    [(4, 5, ''), (5, 10, 'italic'), (10, 11, '')]
    """
    if "*" not in text and "_" not in text:
        return
    opened: dict[str, tuple[int, int]] = {}
    for match in _SIGN.finditer(text):
        sign = match[0]
        if sign[0] == "\\":
            continue
        if sign[0] == "\n":
            yield from _unbalanced(text, opened)
            opened.clear()
            continue
        if len(sign) > 3 or sign in {"__", "___"}:
            continue  # a separator, a blank to be filled in
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        # `**bold *both***` closes two at once.
        closed = [sign] if sign in opened else [part for part in ("*", "**") if sign == "***" and part in opened]
        if sum(map(len, closed)) == len(sign) and _closes(sign, before, after):
            if all(_fit(text, opened[part], start, end) for part in closed):
                for part in closed:
                    first, last = opened.pop(part)
                    yield Edit(first, last, "", "markup", "emphasis")
                    yield from (Mark(last, start, name) for name in _NAMES[part])
                yield Edit(start, end, "", "markup", "emphasis")
        elif _opens(before, after):
            if sign in opened:
                yield from _unbalanced(text, {sign: opened[sign]})
            opened[sign] = (start, end)
    yield from _unbalanced(text, opened)


def _opens(before: str, after: str) -> bool:
    """Whether a sign between these two characters can open an emphasis; at an end of the text one is empty."""
    word = before.isalpha() or (before.isascii() and before.isdigit())
    return not word and after != "" and not after.isspace() and after not in ".,;:!?)]”’»"


def _closes(sign: str, before: str, after: str) -> bool:
    """Whether a sign between these two characters can close one; digits may follow a star: `*Times*5`."""
    if before.isspace() or before in "([“‘«":
        return False
    return sign != "_" or not after.isalnum()


def _fit(text: str, opening: tuple[int, int], start: int, end: int) -> bool:
    """Whether `opening` and the sign at `start` may be a pair, and not the signs of two notes."""
    first, last = opening
    if last == start:
        return False
    begins_line = first == 0 or text[first - 1] == "\n"
    ends_line = end == len(text) or text[end] == "\n"
    if last - first > 1 or not begins_line or ends_line or start - last <= _NEAR:
        return True
    return text.find("\n", last, start) < 0


def _unbalanced(text: str, opened: dict[str, tuple[int, int]]) -> Iterator[Diagnostic]:
    """Report signs that opened and have no partner; one that begins a line is most likely the sign of a note."""
    for sign, (start, end) in opened.items():
        if start and text[start - 1] != "\n":
            message = f"{sign} opens an emphasis that nothing closes; it stands as printed"
            yield Diagnostic("markup-unbalanced", "warning", message, span=(start, end))
