"""Line ends: CRLF, CR and Unicode's separators become line feeds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from teiprep.alignment import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

# CR CR LF is one line end: CRLF that was written as text once more.
_RETURN = re.compile(r"\r+(\n)?")
_SEPARATOR = re.compile("[\u2028\u2029]")


def newlines(text: str) -> Iterator[Edit]:
    r"""CRLF and CR to LF; U+2028 (line separator) to one line feed, U+2029 (paragraph separator) to two.

    >>> [edit[:3] for edit in newlines("a\r\nb\rc")]
    [(1, 2, ''), (4, 5, '\n')]
    """
    if "\r" in text:
        for match in _RETURN.finditer(text):
            if match[1]:
                yield Edit(match.start(), match.end() - 1, "", "space", "newlines")
            else:
                for at in range(match.start(), match.end()):
                    yield Edit(at, at + 1, "\n", "space", "newlines")
    if "\u2028" in text or "\u2029" in text:
        for match in _SEPARATOR.finditer(text):
            ends = "\n" if match[0] == "\u2028" else "\n\n"
            yield Edit(match.start(), match.end(), ends, "space", "newlines")
