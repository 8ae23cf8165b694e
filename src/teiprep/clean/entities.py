"""HTML left in the text: character references, raised note numbers, tags for emphasis."""

from __future__ import annotations

import re
from html import unescape
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from teiprep.alignment import Edit, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

# `&amp;#8217;`: escaped twice.
_REFERENCE = re.compile(r"&(?:amp;)?(#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,8};)")
_RAISED = re.compile(r"<sup>([0-9]{1,4})</sup>")
_EMPHASIS = re.compile(r"<(i|em|b|strong)>([^<>]{1,2000})</\1>")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def entities(text: str) -> Iterator[Edit]:
    """Character references to their characters: numbers, and the names of HTML 4, in which no text abounds by chance.

    >>> [edit[:3] for edit in entities("Dodd &amp; Mead, &c; &#8217;")]
    [(5, 10, '&'), (21, 28, '’')]
    """
    if "&" not in text:
        return
    for match in _REFERENCE.finditer(text):
        name = match[1]
        # HTML gives U+FFFD or nothing for numbers that are no characters, and `&#147;` the sign that cp1252 has there.
        character = unescape(f"&{name}")
        if not name.startswith("#") and name[:-1] not in name2codepoint:
            continue
        if character not in {"", "\ufffd"}:
            yield Edit(match.start(), match.end(), character, "markup", "entities")


def tags(text: str) -> Iterator[Edit | Mark]:
    """`<sup>70</sup>` to superscript digits, by which segmenting knows a note; `<i>`, `<b>` and their like to marks.

    >>> [edit[:3] for edit in tags("in May.<sup>70</sup>")]
    [(7, 20, '⁷⁰')]
    """
    if "</" not in text:
        return
    for match in _RAISED.finditer(text):
        yield Edit(match.start(), match.end(), match[1].translate(_SUPERSCRIPT), "markup", "tags")
    for match in _EMPHASIS.finditer(text):
        if "\n\n" in match[2]:
            continue
        start, end = match.span(2)
        yield Edit(match.start(), start, "", "markup", "tags")
        yield Edit(end, match.end(), "", "markup", "tags")
        yield Mark(start, end, "bold" if match[1] in {"b", "strong"} else "italic")
