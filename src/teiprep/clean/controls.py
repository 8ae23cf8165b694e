"""Characters that no reader can see and XML does not allow: control characters, noncharacters, byte order marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from teiprep.alignment import Edit
from teiprep.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

# XML 1.0 (section 2.2) forbids C0 and U+FFFE, U+FFFF, and advises against DEL, C1 and U+FDD0–FDEF. Spared: tab, line
# feed, and the form feed, by which segmenting knows a page's end. A lone surrogate cannot come in.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")


#: The same without what is no loss: a byte order mark, a vertical tab.
_LOSS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
#: They change the direction in which a line is shown (Unicode Standard Annex 9): a reader may see another order.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def controls(text: str) -> Iterator[Edit | Diagnostic]:
    r"""Remove control characters, noncharacters and byte order marks; a vertical tab becomes a line feed.

    Runs after the mojibake rule, for which U+0080–009F are evidence.

    >>> [item[:3] for item in controls("a\x00b\x0bc\x0c") if isinstance(item, Edit)]
    [(1, 2, ''), (3, 4, '\n')]
    """
    yield from _told(text)
    for match in _UNWANTED.finditer(text):
        replacement = "\n" if match[0] == "\v" else ""
        kind = "space" if replacement else "encoding"
        yield Edit(match.start(), match.end(), replacement, kind, "controls")


def _told(text: str) -> Iterator[Diagnostic]:
    """A remark if characters are removed, for where one stands something may be lost; and if the direction changes."""
    for code, pattern, what, hint in (
        (
            "characters-forbidden", _LOSS, "removed that no XML file may hold",
            "compare the places with the original: something may be lost there",
        ),
        (
            "direction-controls", _DIRECTION, "for the direction of writing kept",
            "look whether the line reads as it is shown; remove them in the source if not",
        ),
    ):  # fmt: skip
        found = [match.start() for match in pattern.finditer(text)]
        if found:
            first = f"the first, U+{ord(text[found[0]]):04X}, here"
            count = f"{len(found):,} character{'s' if len(found) > 1 else ''}"
            yield Diagnostic(code, "warning", f"{count} {what}; {first}", hint, (found[0], found[0] + 1))
