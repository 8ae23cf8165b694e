"""What kind of text came in, told by the traces that export programs, OCR and PDF converters leave."""

from __future__ import annotations

import re
from itertools import islice, pairwise
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
_NUMBER_LEFT = re.compile(r"[ \t]*([0-9]{1,4})[ \t|]+(\S.*)")
_NUMBER_RIGHT = re.compile(r"[ \t]*(\S.*?)[ \t|]+([0-9]{1,4})[ \t]*")
_DASHED_NOTE = re.compile(r"^- [0-9]{1,4} \S")
_RAISED = re.compile(r"(?<=[^\s\d])(?<!\bm)(?<!\bkm)(?<!\bcm)([¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]*|<sup>[0-9]{1,3}</sup>)")
_PLAIN_NOTE = re.compile(r"([0-9]{1,3})[.)]? [A-Z“\"]")
_RAISED_NOTE = re.compile(r"^[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]* ?\S|^<sup>[0-9]{1,3}</sup> ?\S")


_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
#: A line of print, and then some; what is longer is a paragraph.
_WIDEST = 120


class Origin(NamedTuple):
    """`web`, `pages`, `markdown` or `plain`, with the traces that speak for it, e.g. `3 page markers`."""

    name: OriginName
    evidence: tuple[str, ...]


def diagnose(text: str) -> Origin:
    r"""Where `text`, before cleaning, seems to come from.

    `web`: the page numbers stand in the running text (`[Page 12]`) or the notes in one list at the end. `markdown`:
    headings, bold type, escapes, as PDF converters write. `pages`: printed pages follow each other, with page numbers,
    running heads, form feeds, notes at the foot or words cut at line ends. `plain`: none of these.

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
    feet = _foot_notes(text, lines)
    pages: tuple[tuple[int, str, str], ...] = (
        (text.count("\f"), "form feed", "form feeds"),
        (_page_numbers(lines), "line with a page number only", "lines with a page number only"),
        (_running_heads(lines), "running head", "running heads"),
        (feet, "note at the foot of a page", "notes at the foot of pages"),
        (_cut_words(lines), "word cut at a line's end", "words cut at a line's end"),
    )
    if feet == _score(pages) == 1:
        pages = ()  # one note alone may stand below a table or a letter
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


def _foot_notes(text: str, lines: list[str]) -> int:
    """How many lines begin as notes do: with a raised number, or with a number that stands raised in the text."""
    raised = {
        match[1].translate(_PLAIN).removeprefix("<sup>").removesuffix("</sup>") for match in _RAISED.finditer(text)
    }
    count = 0
    for line in lines:
        if _DASHED_NOTE.match(line) or _RAISED_NOTE.match(line):
            count += 1
        elif raised and (plain := _PLAIN_NOTE.match(line)) and plain[1] in raised:
            count += 1
            raised.discard(plain[1])
    return count


def _cut_words(lines: list[str]) -> int:
    """How many lines end within a word; one alone may be a compound that happened to stand there."""
    cut = sum(
        1
        for line, after in pairwise(lines)
        if line.endswith("-") and line[-2:-1].islower() and after[:1].islower() and len(line) < _WIDEST
    )
    return cut if cut > 1 else 0


def _running_heads(lines: list[str]) -> int:
    """How many lines are like the heads of pages.

    They repeat the same words with a rising number at one end; or the first line of all has in capitals, and with a
    number, what the heading below it says.
    """
    last: dict[str, int] = {}
    count = 0
    for line in lines:
        if not 4 < len(line) <= 90:
            continue
        for words, number in _numbered(line):
            if words.endswith((".", ",", ";")) and not words.isupper():
                continue  # notes that say the same: 5 Ibid., 6 Ibid.
            before = last.get(words)
            if before is not None and 0 < number - before <= 4:
                count += 1
            last[words] = number
    if count:
        return count + 1
    first = [line.strip() for line in islice(filter(str.strip, lines), 2)]
    same = any(
        words.isupper() and len(words) > 8 and first[1].upper().startswith(words)
        for words, _ in (_numbered(first[0]) if len(first) > 1 and len(first[0]) <= 90 else ())
    )
    return int(same)


def _numbered(line: str) -> list[tuple[str, int]]:
    """The words and the number at one end of a line; both readings if there is one at each."""
    left, right = _NUMBER_LEFT.fullmatch(line), _NUMBER_RIGHT.fullmatch(line)
    found = [(left[2].strip(), int(left[1]))] if left else []
    if right:
        found.append((right[1].strip(), int(right[2])))
    return [(words, number) for words, number in found if any(map(str.isalpha, words))]
