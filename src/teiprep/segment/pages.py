"""Finds where pages begin: markers in the running text, form feeds, page-number lines and running heads."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from .common import Fixture, Line, continues, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator

#: `[Page 265]`, `[p. 265]`, `[pg 265]`, `{265}`, `{p. 265}`, `<pb n="265"/>`, `|265|`; the number may be roman.
MARKER = re.compile(
    r"\[[ \t]*(?:[Pp]age|PAGE|[Pp]p?\.|[Pp]g\.?)[ \t]*(?P<a>\d{1,5}|[ivxlcdmIVXLCDM]{1,8})[ \t]*\]"
    r"|\{[ \t]*(?:[Pp]age|[Pp]p?\.|[Pp]g\.?)?[ \t]*(?P<b>\d{1,5}|[ivxlcdm]{1,8})[ \t]*\}"
    r"|<pb[ \t]+n=[\"'](?P<c>[\w.-]{1,12})[\"'][ \t]*/?>"
    r"|^\|(?P<d>\d{1,5})\|$",  # alone on its line: between others it is a cell
    re.ASCII | re.MULTILINE,  # the digits of other scripts are no page numbers that an id could bear
)
_NUMBER_LINE = re.compile(
    r"\s*[-–—\[(|]?\s*(?:[Pp]age\s+|p\.\s*)?(\d{1,4}|(?=[OolI]*\d)[\dOolI]{2,4}|[ivxlc]{1,7}|[IVXLC]{1,7})\s*[-–—\])|]?\s*",
    re.ASCII,
)
_HEADER_LINE = re.compile(
    r"\s*(?:(?P<left>\d{1,4})\s+(?P<a>\D.*?)|(?P<b>(?:\d{1,4}\.\s+)?\D.*?)\s+(?P<right>\d{1,4}))\s*",
    re.ASCII,
)
_NUMBERED_HEAD = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day[\s,.]*|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember"
    r"|october|(?:chapter|section|article|part|book|no|nos|table|figure|annex|appendix|item|volume|vol|letter|plate|act|scene)\.?",
    re.IGNORECASE,
)
_MOST = 80  # a running head is one short line


_ALIKE = str.maketrans("01i", "oll")
_MISREAD = str.maketrans("OolI", "0011")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class PageCut(NamedTuple):
    """A new page begins at `at`; `n` is its number as printed, if it is printed anywhere."""

    at: int
    n: str | None
    marker: tuple[int, int] | None
    rule: str


@dataclass(slots=True)
class Pages:
    """What was found: where pages begin, and which lines (by index) and stretches belong to the furniture."""

    cuts: list[PageCut]
    fixtures: list[Fixture]
    furniture_lines: set[int]


class _Candidate(NamedTuple):
    line: int
    n: int
    printed: str
    kind: Literal["number", "header"]
    title: str


def roman(text: str) -> int:
    """The value of a roman number, 0 if it is none.

    >>> roman("xiv"), roman("civil")
    (14, 0)
    """
    if not re.fullmatch(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", text.lower()):
        return 0
    values = [_ROMAN[sign] for sign in text.lower()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _skeleton(title: str) -> str:
    """What is left of a running head when OCR's usual confusions and all punctuation are taken out."""
    return re.sub(r"[^a-z]", "", title.lower().translate(_ALIKE).replace("rn", "m"))


def _candidates(lines: list[Line]) -> list[_Candidate]:
    found = []
    for k, line in enumerate(lines):
        text = line.text
        if not text or len(text) > _MOST or line.blank or MARKER.search(text):
            continue
        alone = (k == 0 or lines[k - 1].blank) and (k + 1 == len(lines) or lines[k + 1].blank)
        number = _NUMBER_LINE.fullmatch(text)
        if number and alone:
            # OCR reads noughts and ones as letters; in a number alone on its line it is safe to read them back.
            printed = number[1].translate(_MISREAD) if any(sign.isdigit() for sign in number[1]) else number[1]
            value = int(printed) if printed.isdigit() else roman(printed)
            # A capital roman number alone is a chapter's far more often than a page's.
            if value and not printed.isupper():
                found.append(_Candidate(k, value, printed, "number", ""))
            continue
        header = _HEADER_LINE.fullmatch(text)
        if header and alone and len(text) < 70:
            printed = header["left"] or header["right"]
            found.append(_Candidate(k, int(printed), printed, "header", (header["a"] or header["b"]).strip()))
    return found


def _header_like(title: str, repeated: Counter[str]) -> bool:
    """Is `title` a running head: in capitals, or the same (but for OCR's slips) on several pages?

    Days of a journal ("Friday 15", "May 3") and numbered heads ("Article 5") rise like pages, but are not.
    """
    if _NUMBERED_HEAD.fullmatch(title):
        return False
    letters = [sign for sign in title if sign.isalpha()]
    if not letters or title[-1] in ",;:":
        return False
    return all(sign.isupper() for sign in letters) or (repeated[_skeleton(title)] > 1 and title[-1] not in ".!?)")


def _sequence(candidates: list[_Candidate]) -> list[_Candidate]:
    """The best rising series: the heaviest chain, in which a step of one or two pages weighs most.

    A chain looks back at the last 40 candidates only, so that the search stays linear.
    """
    best: list[tuple[float, int]] = []
    for k, this in enumerate(candidates):
        score, previous = 1.0, -1
        for j in range(max(0, k - 40), k):
            step = this.n - candidates[j].n
            same = this.kind == candidates[j].kind
            gain = 2.0 if step == 1 else 1.5 if step == 2 else 0.2 if 2 < step < 30 else -3.0
            total = best[j][0] + gain + (0.5 if same else -0.5)
            if total > score:
                score, previous = total, j
        best.append((score, previous))
    if not best:
        return []
    at = max(range(len(best)), key=lambda k: best[k][0])
    chain = []
    while at >= 0:
        chain.append(candidates[at])
        at = best[at][1]
    return chain[::-1]


def find_pages(text: str, lines: list[Line]) -> Pages:
    """Where the pages of `text` begin.

    Markers in the text are taken as they are. Page-number lines and running heads must form a rising series; a
    number at the foot belongs to the page that ends there, so the page that begins after it bears the next number
    of the series *if that is printed*, and none otherwise.
    """
    cuts: list[PageCut] = []
    fixtures: list[Fixture] = []
    furniture: set[int] = set()
    for match in MARKER.finditer(text):
        cuts.append(PageCut(match.end(), match[match.lastgroup or "a"], match.span(), "page-marker"))
        fixtures.append(Fixture(*match.span(), "marker"))
    furniture.update(k for k, line in enumerate(lines) if line.text and MARKER.fullmatch(line.text.strip()))
    feeds = [match.start() for match in re.finditer("\f", text)]
    # A form feed straight between two words is the only space there is: it stays in the text, as a space.
    fixtures += [Fixture(at, at + 1, "marker") for at in feeds if not _between_words(text, at)]

    found = _candidates(lines)
    repeated = Counter(_skeleton(c.title) for c in found if c.kind == "header")
    found = [c for c in found if c.kind == "number" or _header_like(c.title, repeated)]
    if cuts and not feeds:
        found = []  # the text marks its pages itself; a number on a line of its own is something else
    series = _sequence(found)
    if len(series) == 1 and not _isolated_number_is_page(series[0], lines, has_feeds=bool(feeds)):
        series = []
    numbered: list[tuple[_Candidate, bool]] = []  # with: stands at the foot
    first = next((k for k, line in enumerate(lines) if not line.blank), 0)
    for candidate in series:
        # A number stands at the head of its page if it is the first thing in the text or follows a form feed.
        at_head = candidate.line == first or any(_feeds_above(candidate.line, lines))
        foot = candidate.kind == "number" and not at_head
        numbered.append((candidate, foot))
        line = lines[candidate.line]
        furniture.add(candidate.line)
        kind: Literal["header", "pageNum"] = "header" if candidate.kind == "header" else "pageNum"
        fixtures.append(Fixture(*line.trimmed, kind, "bottom" if foot else "top"))

    for k in _unnumbered_heads(lines, feeds, {c.line for c, foot in numbered if foot}, furniture):
        furniture.add(k)
        fixtures.append(Fixture(*lines[k].trimmed, "header", "top"))

    used_feeds: set[int] = set()
    last = len(text.rstrip())
    for k, (candidate, foot) in enumerate(numbered):
        line = lines[candidate.line]
        if not foot:
            used_feeds.update(_feeds_above(candidate.line, lines))
            cuts.append(PageCut(line.end, candidate.printed, None, "page-header"))
            continue
        if k == 0:
            cuts.append(PageCut(0, candidate.printed, None, "page-foot"))
        used_feeds.update(_feeds_below(candidate.line, lines))
        if line.end < last:
            after = numbered[k + 1] if k + 1 < len(numbered) else None
            n = after[0].printed if after and after[1] else None
            if not (after and not after[1] and not text[line.end : lines[after[0].line].start].strip()):
                cuts.append(PageCut(line.end, n, None, "page-foot"))
    marked = {fixture.start for fixture in fixtures}
    cuts += [
        PageCut(at + 1, None, (at, at + 1) if at in marked else None, "form-feed")
        for at in feeds
        if at not in used_feeds
    ]
    return Pages(sorted(cuts, key=lambda cut: cut.at), sorted(fixtures), furniture)


def _between_words(text: str, at: int) -> bool:
    """Does the form feed at `at` stand straight between two words, with no other space?"""
    return 0 < at < len(text) - 1 and not (text[at - 1].isspace() or text[at + 1].isspace())


def _feeds_above(k: int, lines: list[Line]) -> Iterator[int]:
    """The form feeds between line `k` and the text above it."""
    while k > 0:
        if lines[k].feed:
            yield lines[k].start - 1
        k -= 1
        if not lines[k].blank:
            return


def _feeds_below(k: int, lines: list[Line]) -> Iterator[int]:
    """The form feeds between line `k` and the text below it."""
    for line in islice(lines, k + 1, None):
        if line.feed:
            yield line.start - 1
        if not line.blank:
            return


def _unnumbered_heads(lines: list[Line], feeds: list[int], feet: set[int], furniture: set[int]) -> list[int]:
    """Running heads without a number: the first line of a page, in capitals, that heads another page as well."""
    tops: dict[int, str] = {}
    at_top = True
    feed = iter([*feeds, -1])
    next_feed = next(feed)
    for k, line in enumerate(lines):
        while 0 <= next_feed < line.start:
            at_top, next_feed = True, next(feed)
        if k in feet:
            at_top = True
        elif at_top and not line.blank and k not in furniture:
            at_top = False
            letters = [sign for sign in line.text if sign.isalpha()]
            if len(line.text) < _MOST and 3 * sum(sign.isupper() for sign in letters) > 2 * len(letters) > 0:
                tops[k] = _skeleton(line.text)
    often = Counter(tops.values())
    first = min(tops, default=-1)
    # The first of all is the title from which the running heads are taken.
    return [k for k, skeleton in tops.items() if often[skeleton] > 1 and (k != first or lines[k].start > _MOST)]


def _isolated_number_is_page(candidate: _Candidate, lines: list[Line], *, has_feeds: bool) -> bool:
    """A number that is no part of a series is a page's if it stands at an edge, at a form feed or in mid-sentence."""
    if has_feeds:
        return True
    before = next((line.text for line in reversed(lines[: candidate.line]) if not line.blank), "")
    after = next((line.text for line in lines[candidate.line + 1 :] if not line.blank), "")
    if not before and candidate.kind == "header":
        # The running head of a first page says what the head below it says.
        return len(candidate.title) > 10 and _skeleton(after).startswith(_skeleton(candidate.title)[:-1])
    if not before or not after:
        return candidate.kind == "number"
    return continues(after) and unfinished(before)
