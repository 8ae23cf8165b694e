"""What kind of text came in, told by the traces that export programs, OCR and PDF converters leave."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from teiprep.config import OriginName

_LINE_END = re.compile(r"\r\n?|\n")
_PAGE_MARKER = re.compile(r"\[(?:Page|Pg\.?|p\.) ?[0-9IVXLCivxlc]{1,7}\]|\{[0-9]{1,4}\}")
_LISTED_NOTE = re.compile(r"^ {1,4}[0-9]{1,4}\. +\S")
_HEADING = re.compile(r"^#{1,6} +[^\s#]")
# A backslash before a letter is a path or a formula.
_ESCAPE = re.compile(r"\\[$&*_#\[\]().+~-]")
_ITALIC = re.compile(r"(?<![*\w])\*(?!\s)[^*\n]{1,200}(?<!\s)\*(?![*\w])")
_NUMBER_LINE = re.compile(r"^[ \t]*[-–—\[(|]?[ \t]*[0-9]{1,4}[ \t]*[-–—\])|]?[ \t]*$")
_NUMBERED_HEAD = re.compile(r"^[ \t]*(?:([0-9]{1,4})[ \t|]+(\D\S.*)|(\S.*\D)[ \t|]+([0-9]{1,4}))[ \t]*$")
_DASHED_NOTE = re.compile(r"^- [0-9]{1,4} \S")
_RAISED_NOTE = re.compile(r"^[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]* ?\S|^<sup>[0-9]{1,3}</sup> ?\S")


class Origin(NamedTuple):
    """`web`, `pages`, `markdown` or `plain`, with the traces that speak for it, e.g. `3 page markers`."""

    name: OriginName
    evidence: tuple[str, ...]


def diagnose(text: str) -> Origin:
    r"""Where `text`, before cleaning, seems to come from.

    `web`: the page numbers stand in the running text (`[Page 12]`) or the notes in one list at the end. `markdown`:
    headings, bold type, escapes, as PDF converters write. `pages`: printed pages follow each other, with page numbers,
    running heads, form feeds or notes at the foot. `plain`: none of these.

    >>> diagnose("He said [Page 12] that it was so.1\n  1. Not found.")
    Origin(name='web', evidence=('1 page marker in the text', '1 note in a list at the end'))
    >>> diagnose("# Title\n\nIt cost \\$5.").name
    'markdown'
    """
    lines = _LINE_END.split(text)
    web = (
        (len(_PAGE_MARKER.findall(text)), "page marker in the text", "page markers in the text"),
        (_notes_at_end(lines), "note in a list at the end", "notes in a list at the end"),
    )
    markdown = (
        (sum(map(bool, map(_HEADING.match, lines))), "heading with #", "headings with #"),
        (text.count("**") // 2, "stretch of **bold**", "stretches of **bold**"),
        (len(_ESCAPE.findall(text)) if "\\" in text else 0, "escaped sign", "escaped signs"),
    )
    pages = (
        (text.count("\f"), "form feed", "form feeds"),
        (_page_numbers(lines), "line with a page number only", "lines with a page number only"),
        (_running_heads(lines), "running head", "running heads"),
        (
            sum(1 for line in lines if line and (_DASHED_NOTE.match(line) or _RAISED_NOTE.match(line))),
            "note at the foot of a page",
            "notes at the foot of pages",
        ),
    )
    # Emphasis alone says nothing: people wrote *so* long before markdown; nor does one trace of it among many of pages.
    if _score(web) and _score(web) >= _score(pages) // 2:
        return Origin("web", _phrases(web))
    if _score(markdown) > (1 if _score(pages) else 0):
        return Origin("markdown", _phrases((*markdown, _italics(text), *pages)))
    if _score(pages):
        return Origin("pages", _phrases((*pages, _italics(text))))
    return Origin("plain", _phrases((_italics(text),)))


def _score(traces: Iterable[tuple[int, str, str]]) -> int:
    return sum(count for count, _, _ in traces)


def _phrases(traces: Iterable[tuple[int, str, str]]) -> tuple[str, ...]:
    return tuple(f"{count} {one if count == 1 else many}" for count, one, many in traces if count)


def _italics(text: str) -> tuple[int, str, str]:
    return len(_ITALIC.findall(text)) if "*" in text else 0, "stretch of *italics*", "stretches of *italics*"


def _notes_at_end(lines: list[str]) -> int:
    """How many items a list numbered from 1 has that ends the text; what follows an item on new lines continues it."""
    count = 0
    continued = False
    for line in reversed(lines):
        if _LISTED_NOTE.match(line):
            count += 1
            if line.lstrip().startswith("1."):
                return count
            continued = False
        elif line.strip():
            continued = True
        elif continued:
            return 0  # a paragraph that belongs to no item
    return 0


def _page_numbers(lines: list[str]) -> int:
    """How many lines hold only a number that is one to three above such a line before it, both of them counted."""
    numbers = [int(line.strip(" \t-–—[]()|")) for line in lines if 0 < len(line) <= 60 and _NUMBER_LINE.match(line)]
    rising = [0 < after - before <= 3 for before, after in pairwise(numbers)]
    return sum(1 for k in range(len(numbers)) if any(rising[max(k - 1, 0) : k + 1]))


def _running_heads(lines: list[str]) -> int:
    """How many lines repeat the same words with a rising number at one end, as the heads of pages do."""
    last: dict[str, int] = {}
    count = 0
    for line in lines:
        if 4 < len(line) <= 90 and (match := _NUMBERED_HEAD.match(line)):
            words = (match[2] or match[3]).strip()
            if words.endswith((".", ",", ";")) and not words.isupper():
                continue  # notes that say the same: 5 Ibid., 6 Ibid.
            number = int(match[1] or match[4])
            before = last.get(words)
            if before is not None and 0 < number - before <= 4:
                count += 1
            last[words] = number
    return count + 1 if count else 0
