"""Titles in quotation marks."""

from __future__ import annotations

import regex

#: Opening marks, and what closes them.
OPENING = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“”"}
#: What may stand behind a single mark that is no apostrophe: `Daughter’, `, `Daughter’ in`, not `the Smiths’ mill`.
_CLOSED = regex.compile(r"(?=[,.;:)]|$| \(| in\b| \p{Lu}| \d)(?<!s’(?= \p{Ll}(?!n\b)))")
#: No title is longer.
_LONGEST = 300
#: The next mark that may close a title, by the opening one; or the line feed, over which no title goes.
_NEXT = {opening: regex.compile(f"[\n{closing}]") for opening, closing in OPENING.items()}


def quoted(text: str, at: int, end: int) -> int | None:
    """Where the title that opens at `at` with a quotation mark ends, behind the closing mark; None if it does not.

    >>> quoted("‘The Miller’s Daughter’, in", 0, 27)
    23
    """
    single = text[at] in {"‘", "'"}
    for mark in _NEXT[text[at]].finditer(text, at + 1, min(end, at + _LONGEST)):
        if mark[0] == "\n":
            return None
        if not single or _CLOSED.match(text, mark.end(), end):
            return mark.end()
    return None
