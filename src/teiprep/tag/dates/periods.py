"""Periods of time that have a name: centuries, quarters, seasons, fiscal years, eras, and years in words.

Each kind has a hint, which is searched in the whole flow and begins with few letters so that this is fast, a pattern
that must reach over the hint, and a function that reads what matched. Regnal years are in `reigns`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import regex

from teiprep.numerals import roman_value

from . import reigns
from .values import Day, Found, Leaves
from .words import COUNTED_PATTERN, ORDINALS, SMALL_WORDS, YEAR_IN_WORDS, ordinal, year_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from teiprep.document import Block

    Readings = tuple[tuple[regex.Pattern[str], Callable[[str, Block, regex.Match[str]], Found | None]], ...]

_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![\w%]|[.,/-][0-9])"
_THINGS = regex.compile(rf"\s{COUNTED_PATTERN}")
_BEFORE_CHRIST = r"B\.\s?C\.(?:\s?E\.)?|BCE?\b"
_OUR_ERA = r"A\.\s?D\.|AD\b|C\.\s?E\.|CE\b"

_ORDINAL = rf"(?:\d{{1,2}}\s?(?:st|nd|rd|th|d)|{'|'.join(form for form in ORDINALS if ' ' not in form)})"
_CENTURY = regex.compile(
    rf"(?:(?P<part>(?:first|second|latter)\shalf|(?:first|second|third|last)\squarter)\sof\sthe\s)?"
    rf"(?P<one>{_ORDINAL})(?:\s(?:and|or|to)\s(?:the\s)?(?P<two>{_ORDINAL}))?\scentur(?:y|ies)\b"
    rf"(?:\s(?:(?P<before>{_BEFORE_CHRIST})|{_OUR_ERA}))?",
    regex.IGNORECASE,
)
#: A century of soldiers.
_OF_SOMETHING = regex.compile(r"\sof\sthe\s(?!Christian|Hegira|era|present|modern)")
_GLUED = regex.compile(r"(?<!\b(?:[Ee]arly|[Mm]id|[Ll]ate))-$")
#: Which part of a century a word names, of halves or of quarters.
_PARTS = {"first": 0, "second": 1, "latter": 1, "third": 2, "last": 3}


def _century(text: str, block: Block, match: regex.Match[str]) -> Found | None:
    """The eighteenth century is 1701 to 1800, the first B.C. 100 to 1 B.C., in the count of ISO -99 to 0."""
    glued = text[match.end() : match.end() + 1] == "-" or _GLUED.search(text, block.start, match.start())
    one = ordinal(match["one"])
    two = ordinal(match["two"]) if match["two"] else one
    if glued or not 1 <= one <= two <= 21 or (match["before"] and two != one):
        return None
    if "A" not in match[0][-4:] and not match["before"] and _OF_SOMETHING.match(text, match.end(), block.end):
        return None
    first, last = 100 * one - 99, 100 * two
    if match["before"]:
        first, last = 1 - last, 1 - first
    if (part := match["part"]) is not None:
        size = 50 if part.casefold().endswith("half") else 25
        first += _PARTS[part.casefold().split()[0]] * size
        last = first + size - 1
    return _found(block, match, "century", Day(first), Day(last))


_QUARTER = regex.compile(
    rf"(?P<k>first|second|third|fourth|last|latter|1st|2nd|2d|3rd|3d|4th)\s(?P<what>quarter|half),?\s(?:of\s)?(?:the\syear\s)?"
    rf"(?P<year>{_YEAR})|Q(?P<k>[1-4])\s(?P<year>{_YEAR})",
    regex.IGNORECASE,
)


def _quarter(_: str, block: Block, match: regex.Match[str]) -> Found | None:
    """EDTF has numbers for quarters and halves: 33 to 36, 40 and 41 (ISO 8601-2, 4.8)."""
    year, word = int(match["year"]), match["k"].casefold()
    half = (match["what"] or "").casefold() == "half"
    k = {"last": 2 if half else 4, "latter": 2}.get(word) or ordinal(word)
    months = 6 if half else 3
    if k * months > 12:
        return None
    first, last = Day(year, (k - 1) * months + 1), Day(year, k * months)
    return _found(block, match, "quarter", first, last)._replace(edtf=f"{year}-{39 + k if half else 32 + k}")


_SEASON = regex.compile(
    r"(?P<season>spring|summer|autumn|fall|winter)(?:,?\s|\s(?:of|in)\s(?:the\syear\s)?)"
    r"(?P<one>1[0-9]{3}|20[0-9]{2})(?:[-–/](?P<two>[0-9]{4}|[0-9]{2}|[0-9](?=\D|$)))?(?![\w%]|[.,/–-][0-9])",
    regex.IGNORECASE,
)
#: First and last month, and the number that EDTF has (ISO 8601-2, 4.8).
_MONTHS = {
    "spring": (3, 6, 21),
    "summer": (6, 9, 22),
    "autumn": (9, 12, 23),
    "fall": (9, 12, 23),
    "winter": (12, 3, 24),
}
_FALL_BEFORE = regex.compile(r"\b(?:the|in|early|late|this|last|by|since|until)\s$", regex.IGNORECASE)


def _season(text: str, block: Block, match: regex.Match[str]) -> Found | None:
    """A time within the season, by bounds so wide that every reckoning of the seasons lies between them.

    The winter of 1843 may be that before or that after; of 1843–44 it is the one between.
    """
    season, year = match["season"].casefold(), int(match["one"])
    if _THINGS.match(text, match.end(), block.end):
        return None  # "a fall of 1200 feet"
    if season == "fall" and not _FALL_BEFORE.search(text, max(block.start, match.start() - 10), match.start()):
        return None
    begins, ends, number = _MONTHS[season]
    first, last = Day(year, begins), Day(year, ends)
    if match["two"]:
        if season != "winter" or (year + 1) % 10 ** len(match["two"]) != int(match["two"]):
            return None
        last = Day(year + 1, ends)
    elif season == "winter":
        first, last = Day(year - 1, begins), Day(year + 1, ends)
    here = _found(block, match, "season", first, last)
    return here._replace(sense="between", edtf=f"{year}-{number}", certainty="medium")


_FISCAL = regex.compile(
    r"(?:(?:fiscal|financial)\syears?\s(?P<one>(?:1[0-9]|20)[0-9]{2})|F\.?\s?Y\.?[\s-]?(?P<one>(?:1[0-9]|20)?[0-9]{2}))"
    r"(?:\s?[-–/]\s?(?P<two>[0-9]{4}|[0-9]{2}))?(?!\w|[.,][0-9])",
    regex.IGNORECASE,
)


def _fiscal(_: str, block: Block, match: regex.Match[str]) -> Found | None:
    """A fiscal year bears the number of the year in which it ends; when it begins, countries and times differ."""
    one, two = match["one"], match["two"]
    if len(one) == 2:
        one = ("20" if int(one) < 30 else "19") + one
    first = last = int(one)
    if two is not None:
        last = int(one[: 4 - len(two)] + two)
    if two is None or "years" in match[0].casefold() or last > first + 1:
        first -= 1
    here = _found(block, match, "fiscal-year", Day(first), Day(last))
    return here._replace(sense="between", certainty="medium") if first < last else None


_ERA = regex.compile(
    rf"(?P<one>\d{{1,4}})(?:(?:\s?[-–]\s?|\sto\s)(?P<two>\d{{1,4}}))?\s(?:(?P<before>{_BEFORE_CHRIST})|{_OUR_ERA})"
    r"|(?:A\.\s?D\.|AD\b|Anno\sDomini)\s(?P<one>\d{1,4})(?!\w|[.,]\d)"
)


def _era(_: str, block: Block, match: regex.Match[str]) -> Found | None:
    """44 B.C., A.D. 70; ISO has a year 0, which is 1 B.C."""
    one, two = int(match["one"]), int(match["two"]) if match["two"] else None
    if match["before"]:
        one, two = 1 - one, None if two is None else 1 - two
    if one == 0 and not match["before"]:
        return None
    if two is None:
        return _found(block, match, "era", Day(one))
    return _found(block, match, "era", Day(one), Day(two)) if one < two else None


_IN_WORDS = regex.compile(rf"{YEAR_IN_WORDS}\b", regex.IGNORECASE)
_CUE = regex.compile(
    r"\b(?:in|since|of|year|by|until|till|from|during|before|after|Lord|Domini|A\.D\.),?\s$", regex.IGNORECASE
)
_NEXT_WORD = regex.compile(r"\s(\p{Ll}+)")


def _in_words(text: str, block: Block, match: regex.Match[str]) -> Found | None:
    """A year in words needs a word that makes it one, and nothing behind it that could be counted."""
    behind = _NEXT_WORD.match(text, match.end(), block.end)
    counts = behind is not None and behind[1] not in SMALL_WORDS | {"and", "the", "to"}
    led = _CUE.search(text, max(block.start, match.start() - 12), match.start())
    year = year_in_words(match[0])
    if led is None or counts or not 1500 <= year < 2100:
        return None
    return _found(block, match, "year-in-words", Day(year))


#: A year in Roman numerals, as imprints and inscriptions have it.
_ROMAN = regex.compile(r"M(?:\s?[MDCLXVI]){2,14}\b")
_IMPRINTS = frozenset({"docImprint", "dateline", "titlePart", "byline"})


def _roman(_: str, block: Block, match: regex.Match[str]) -> Found | None:
    year = roman_value(match[0])
    return _found(block, match, "roman-year", Day(year)) if 1450 <= year < 2100 else None


#: What may be found where four digits follow one of the words.
_OF_IMPRINTS: Readings = ((_ROMAN, _roman),)
_OF_YEARS: Readings = ((_QUARTER, _quarter), (_SEASON, _season), (_FISCAL, _fiscal))
_BEFORE_YEAR = re.compile("spring|summer|autumn|fall|winter|quarter|half|year|FY|Q[1-4]", re.IGNORECASE)
#: The other kinds, by their hints.
_KINDS: tuple[tuple[re.Pattern[str], Readings], ...] = tuple(
    (re.compile(hint), readings)
    for hint, readings in (
        ("centur(?:y|ies)", ((_CENTURY, _century),)),
        (r"F\.?\s?Y", ((_FISCAL, _fiscal),)),
        *((hint, ((reigns.PATTERN, reigns.read),)) for hint in reigns.HINTS),
        (r"[AB]\.?\s?[CD]\b", ((_ERA, _era),)),
        ("Anno Domini", ((_ERA, _era),)),
        (" hundred", ((_IN_WORDS, _in_words),)),
        (" thousand", ((_IN_WORDS, _in_words),)),
        (r"teen[\s-](?:ten|ele|twe|thi|fou|fif|six|sev|eig|nin|for)", ((_IN_WORDS, _in_words),)),
    )
)


def find(text: str, leaves: Leaves) -> Iterator[Found]:
    """The periods of a flow, in order and apart from each other."""
    hints = [(at, at + 4, _OF_YEARS) for at in leaves.years if _BEFORE_YEAR.search(text, max(0, at - 22), at)]
    for hint, readings in _KINDS:
        hints += ((*at.span(), readings) for at in hint.finditer(text, leaves.start, leaves.end))
    for block in leaves.blocks:
        if block.type in _IMPRINTS:
            hints += ((*at.span(), _OF_IMPRINTS) for at in _ROMAN.finditer(text, block.start, block.end))
    found = []
    for start, end, readings in hints:
        block = leaves.at(start)
        low, high = max(block.start, start - 64), min(block.end, end + 90)
        for pattern, reading in readings:
            match = next((match for match in pattern.finditer(text, low, high) if match.end() > start), None)
            if match and match.start() <= start and (one := reading(text, block, match)):
                found.append(one)
                break
    done = 0
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if one.start >= done:
            done = one.end
            yield one


def _found(block: Block, match: regex.Match[str], rule: str, first: Day, last: Day | None = None) -> Found:
    return Found(block, match.start(), match.end(), rule, first, last, "on" if last is None else "range")
