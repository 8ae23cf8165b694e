"""Bare years, decades and ranges of years: four digits, where the words around them say that they are years."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from .values import Day, Found, Leaves
from .words import COUNTED_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Block

# A bare year needs a reason; these are the reasons that stand before it.
_CUE = regex.compile(
    r"(?:(?<![\w.])(?:in|since|by|until|till|from|of|during|before|after|than|circa|(?-i:ca?\.)|b\.|d\.|fl\.|born|died|years?|early|late|mid|spring"
    r"|summer|autumn|winter|fall|anno|Lord|grace|A\.D\.|to|between|and|through|or)(?:\s|-)|©\s?|(?<!\w)c)"
    r"(?:(?:early|late|about|mid|the|year)[\s-])*$",
    regex.IGNORECASE,
)
_SHORT_CUE = regex.compile(
    r"(?<![\w.])(?:(?:in|since|until|till|year|during|before|after|than|circa|(?-i:ca?\.)|b\.|d\.|born|died|Lord|grace|A\.D\.)\s(?:the\syear\s)?|c)$",
    regex.IGNORECASE,
)
_CHAIN = regex.compile(r"(?:,|,?\s(?:and|or|to|through|until|till))\s")
_NUMBERED = regex.compile(
    r"(?:\b(?:pp?|vols?|nos?|n|cols?|fol|folios?|box|file|lot|telegrams?|deptel|embtel|d[ei]spatch(?:es)?|number|nr|art"
    r"|article|section|sec|chap|psalm|room|suite|lines?|verses?|ll|vv|pages|items?|lots?|numbers|entries|rooms)\.?\s?|[$£€#§:]\s?"
    r"|\)\s?,\s|\b\d+,\s)$",
    regex.IGNORECASE,
)
_STREET = regex.compile(
    r"\s(?:\p{Lu}[\p{L}.’']*\s){1,3}(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Boulevard|Drive|Lane|Place|Promenade)"
)
_BARE = regex.compile(
    rf"""(?:(?<=\b[Mm]id-)|(?<=\bc)|(?<![\w$£€\#.,:/–-]))(?P<y1>(?:1\d|20)\d\d)
      (?: (?P<decade>['’]?s)\b
        | \s(?P<to>to)\s(?P<y2>(?:1\d|20)\d\d)(?![\w/%–-]|[.,:]\d|\s{COUNTED_PATTERN}|\s?%)
        | [-–—](?P<y2>(?:(?:1\d|20)\d\d|\d\d))(?![\w/–-]|[.,]\d)
        | /(?P<y2>(?:(?:1\d|20)\d\d|\d\d?))(?![\w/–-]|[.,]\d)
        | (?![\w/%–-]|[.,:]\d|(?:\sto\s\d{{4}})?\s{COUNTED_PATTERN}|\s?%))""",
    regex.VERBOSE,
)
#: "Journal of Mines 21 (1916)", "in his Moorland (1916)".
_BRACKETED = regex.compile(r"(?:\p{Lu}[\p{L}’'.-]+|\d)[”\"]?,?\s\($")
_ROUGHLY = regex.compile(r"\b(?:about|around)\s$")
_ABOUT = regex.compile(r"\b(?:c|ca|circa)\b\.?\s$", regex.IGNORECASE)
_FROM = regex.compile(r"\b(?:from|years|period)\s(?:the\s)?(?:(?:early|late|about)\s)?$", regex.IGNORECASE)
_STOPS = regex.compile(r"\s*(?:[,.;:)\]”]|$)|\s(?:and|he|she|they|it|in|at|as|was|were|when)\b")
_AND_THINGS = regex.compile(rf"\sand\s\d{{4}}\s{COUNTED_PATTERN}")
_AND_YEAR = regex.compile(r"\sand\s\d{4}\b(?!\s?%)")
#: Three or more in a row, rising: "1851, 1861 and 1871".
_SERIES = regex.compile(r"(?:(?:1[5-9]|20)\d\d,\s){1,20}(?:1[5-9]|20)\d\d,?\sand\s(?:1[5-9]|20)\d\d(?![\w%]|[.,/-]\d)")
_IMPRINT = regex.compile(r"\([^()]*?\p{Lu}[^()]*[:,]\s?")


def years(text: str, leaves: Leaves) -> Iterator[Found]:
    """Bare years, decades and ranges of years, where the words around them say that they are years."""
    block = None
    previous = taken = -1
    for at in leaves.years:
        if block is None or at >= block.end:
            block = leaves.at(at)
        match = _BARE.match(text, at, block.end) if at >= taken else None
        if match is None:
            continue
        start, end = match.span()
        year, second = int(match["y1"]), match["y2"]
        if match["to"] and not (year < int(second) < year + 150 and _spans(text, block, start, end)):
            end, second = match.end("y1"), None
        before = text[max(block.start, start - 90) : start]
        imprint = _in_imprint(before)
        chained = previous >= 0 and _CHAIN.fullmatch(text, previous, start) is not None
        if not imprint and not chained and _NUMBERED.search(before[-14:]):
            continue
        here = Found(block, start, end, "year-range", Day(year))
        if match["decade"]:
            if year % 10 == 0:
                last = year + (99 if year % 100 == 0 and before.endswith("the ") else 9)
                edtf = f"{year // 10}X" if last == year + 9 else f"{year // 100}XX"
                yield here._replace(rule="decade", last=Day(last), sense="range", edtf=edtf)
        elif second:
            last = int(second) if len(second) == 4 else year - year % 10 ** len(second) + int(second)
            if "/" in match[0]:
                if last == year + 1 and year >= 1753:  # "the season 1929/30"
                    yield here._replace(last=Day(last), sense="range")
                elif last == year + 1:  # "1731/2": the year began in March, and both ways of counting are given
                    yield here._replace(rule="double-year", first=Day(last), certainty="medium")
            elif year < last < year + 150 and (len(second) == 4 or not before.endswith("), ")):
                yield here._replace(last=Day(last), sense="range")
                previous = taken = end
        elif (
            reason := "year-after-year"
            if chained or _in_series(text, start, block.end)
            else _reason(text, block, start, end)
        ):
            yield here._replace(rule=reason, certainty="medium" if reason == "note-year" else "high")
            previous = end


def _reason(text: str, block: Block, start: int, end: int) -> str:
    """Why the digits at `start` are a year, or `""`."""
    before = text[max(block.start, start - 90) : start]
    after = text[end : min(block.end, end + 60)]
    if _STREET.match(after):
        return ""
    closed = after[:1] in {")", ";", ","} or after[:2] in {"),", ").", ");"}
    if closed and _in_imprint(before):
        return "imprint-year"
    if (
        block.type in {"dateline", "docImprint", "byline", "titlePart"}
        and before[-2:-1] in {",", ":", "."}
        and not after.strip(" .]")
    ):
        return "dateline-year"
    if before.endswith("(") and after.startswith(")"):
        if block.flow != "body":
            return "note-year"
        if _BRACKETED.search(before) or after[1:2] in {":", ",", ";"}:
            return "bracketed-year"
    if int(text[start : start + 4]) < 1500:
        # So early a number is a year only where nothing else can be meant.
        return "year-cue" if _SHORT_CUE.search(before[-24:]) and _STOPS.match(after) else ""
    cue = _CUE.search(before[-30:])
    if cue is None:
        if _ROUGHLY.search(before[-8:]) and _STOPS.match(after) and not year_is_round(text[start:end]):
            return "year-cue"
        return ""
    # "by 1500", "of 2000": round numbers are amounts more often than years, unless the cue can only mean time.
    word = cue[0].split()[0].casefold() if cue[0].split() else ""
    if word in {"to", "between", "and", "through", "or"}:
        pair = word == "between" and _AND_YEAR.match(after) and not _AND_THINGS.match(after)
        return "year-cue" if pair else ""
    if year_is_round(text[start:end]) and not _SHORT_CUE.search(before[-24:]):
        return ""
    return "year-cue"


def _spans(text: str, block: Block, start: int, end: int) -> bool:
    """Whether "1851 to 1878" is a time and no amount: after "from", or with nothing behind it to be counted."""
    if year_is_round(text[start : start + 4]) and year_is_round(text[end - 4 : end]):
        return False
    before, after = text[max(block.start, start - 24) : start], text[end : min(block.end, end + 12)]
    return _FROM.search(before) is not None or (_ABOUT.search(before) is None and _STOPS.match(after) is not None)


def _in_series(text: str, start: int, high: int) -> bool:
    """Whether the first of several rising years stands at `start`."""
    series = _SERIES.match(text, start, high)
    if series is None:
        return False
    numbers = [int(year) for year in regex.findall(r"\d{4}", series[0])]
    return all(a < b < a + 60 for a, b in pairwise(numbers))


def _in_imprint(before: str) -> bool:
    """Whether a bracket is open before a year, with a place and a comma or colon in it: "(Leeds and York, "."""
    at = before.rfind("(")
    return at >= 0 and _IMPRINT.fullmatch(before, at) is not None


def year_is_round(digits: str) -> bool:
    """Whether digits that could be a year are as likely an amount: full hundreds."""
    return digits.endswith("00")
