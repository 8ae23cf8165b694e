"""Characters that no reader can see and XML does not allow: control characters, noncharacters, byte order marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from teiprep.alignment import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

# XML 1.0 (section 2.2) forbids C0 and U+FFFE, U+FFFF, and advises against DEL, C1 and U+FDD0–FDEF. Spared: tab, line
# feed, and the form feed, by which segmenting knows a page's end. A lone surrogate cannot come in.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")


def controls(text: str) -> Iterator[Edit]:
    r"""Remove control characters, noncharacters and byte order marks; a vertical tab becomes a line feed.

    Runs after the mojibake rule, for which U+0080–009F are evidence.

    >>> [edit[:3] for edit in controls("a\x00b\x0bc\x0c")]
    [(1, 2, ''), (3, 4, '\n')]
    """
    for match in _UNWANTED.finditer(text):
        replacement = "\n" if match[0] == "\v" else ""
        kind = "space" if replacement else "encoding"
        yield Edit(match.start(), match.end(), replacement, kind, "controls")
