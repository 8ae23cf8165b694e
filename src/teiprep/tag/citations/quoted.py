"""Titles in quotation marks."""

from __future__ import annotations

import regex

#: Opening marks, and what closes them.
OPENING = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“”"}
#: What may stand behind a single mark that is no apostrophe: `Daughter’, `, `Daughter’ in`, not `the Smiths’ mill`.
_CLOSED = regex.compile(r"(?=[,.;:)]|$| \(| in\b| \p{Lu}| \d)(?<!s’(?= \p{Ll}(?!n\b)))")
#: No title is longer.
_LONGEST = 300


def quoted(text: str, at: int, end: int) -> int | None:
    """Where the title that opens at `at` with a quotation mark ends, behind the closing mark; None if it does not.

    >>> quoted("‘The Miller’s Daughter’, in", 0, 27)
    23
    """
    closing = OPENING[text[at]]
    single = text[at] in {"‘", "'"}
    for pos in range(at + 1, min(end, at + _LONGEST)):
        if text[pos] == "\n":
            return None
        if text[pos] in closing and (not single or _CLOSED.match(text, pos + 1, end)):
            return pos + 1
    return None
