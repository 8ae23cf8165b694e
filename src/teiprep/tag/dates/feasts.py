"""Feasts of the English year that stand for a date: "Lady Day 1723", "Easter 1843", "on Christmas Eve".

The fixed ones have a day; Easter and what depends on it only with a year, by the reckoning that England kept: the
Julian until 2 September 1752, the Gregorian since (24 Geo. II, c. 23).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import regex

from .values import Day, Found, Leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Month and day of the fixed feasts, days from Easter Sunday of the movable ones.
_FEASTS: dict[str, tuple[int, int] | int] = {
    "New Year's Day": (1, 1),
    "New Year's Eve": (12, 31),
    "the Circumcision": (1, 1),
    "Epiphany": (1, 6),
    "Twelfth Day": (1, 6),
    "Twelfth Night": (1, 5),
    "Candlemas": (2, 2),
    "St. Valentine's Day": (2, 14),
    "St. David's Day": (3, 1),
    "St. Patrick's Day": (3, 17),
    "Lady Day": (3, 25),
    "the Annunciation": (3, 25),
    "St. George's Day": (4, 23),
    "St. Mark's Day": (4, 25),
    "May Day": (5, 1),
    "Midsummer": (6, 24),
    "Midsummer Day": (6, 24),
    "Midsummer Eve": (6, 23),
    "St. John's Day": (6, 24),
    "St. Peter's Day": (6, 29),
    "Independence Day": (7, 4),
    "St. Swithin's Day": (7, 15),
    "St. James's Day": (7, 25),
    "Lammas": (8, 1),
    "Lammas Day": (8, 1),
    "St. Bartholomew's Day": (8, 24),
    "Michaelmas": (9, 29),
    "Michaelmas Day": (9, 29),
    "St. Michael's Day": (9, 29),
    "St. Luke's Day": (10, 18),
    "All Hallows' Eve": (10, 31),
    "Hallowe'en": (10, 31),
    "All Saints' Day": (11, 1),
    "All Saints": (11, 1),
    "All Hallows": (11, 1),
    "All Souls' Day": (11, 2),
    "Guy Fawkes Day": (11, 5),
    "Martinmas": (11, 11),
    "St. Martin's Day": (11, 11),
    "Armistice Day": (11, 11),
    "St. Andrew's Day": (11, 30),
    "St. Thomas's Day": (12, 21),
    "Christmas Eve": (12, 24),
    "Christmas Day": (12, 25),
    "Christmas": (12, 25),
    "St. Stephen's Day": (12, 26),
    "Boxing Day": (12, 26),
    "Childermas": (12, 28),
    "Shrove Tuesday": -47,
    "Ash Wednesday": -46,
    "Palm Sunday": -7,
    "Maundy Thursday": -3,
    "Good Friday": -2,
    "Easter Eve": -1,
    "Easter": 0,
    "Easter Day": 0,
    "Easter Sunday": 0,
    "Easter Monday": 1,
    "Easter Tuesday": 2,
    "Low Sunday": 7,
    "Ascension Day": 39,
    "Holy Thursday": 39,
    "Whit Sunday": 49,
    "Whitsun": 49,
    "Whitsuntide": 49,
    "Whit Monday": 50,
    "Trinity Sunday": 56,
    "Corpus Christi": 60,
}


def _plain(name: str) -> str:
    """A name without what printers do differently."""
    return "".join(c for c in name.casefold() if c.isalnum()).replace("saint", "st")


_BY_PLAIN = {_plain(name): day for name, day in _FEASTS.items()}
#: Feasts only where a word of time stands before them, or a year behind: else a season, a term, a church, a war.
_LOOSE = frozenset(
    map(
        _plain,
        (
            *(
                "Epiphany",
                "Midsummer",
                "Easter",
                "Whitsun",
                "Whitsuntide",
                "Christmas",
                "Michaelmas",
                "Candlemas",
                "Lammas",
            ),
            *("Martinmas", "Childermas", "All Saints", "All Hallows", "the Circumcision", "the Annunciation"),
            *("Corpus Christi", "Independence Day"),
        ),
    )
)
_NAMES = "|".join(
    name.replace("St. ", r"(?:St\.?|Saint)\s")
    .replace("Whit ", r"Whit[\s-]?")
    .replace("'", "[’']?")
    .replace(" ", r"[\s-]")
    for name in sorted(_FEASTS, key=len, reverse=True)
)
_FEAST = regex.compile(
    rf"(?P<name>{_NAMES})(?![\w’'-])(?:,?\s(?:(?:of|in)\s(?:the\syear\s)?)?(?P<year>1[0-9]{{3}}|20[0-9]{{2}})(?![\w,.]\d|\w))?",
    regex.IGNORECASE,
)
_HINT = re.compile(
    r"[SCEMLWNTABIHGPF](?:(?<=S)t\.?\s[A-Z]|(?<=S)aint\s[A-Z]|hristmas|aster|ichaelmas|artinmas|andlemas|ammas|hildermas|hit[\s-]?[sSmM]|ew\sYear|piphany"
    r"|welfth|(?:ady|ay|oxing|rmistice|ndependence|scension)\s[Dd]ay|idsummer|allow|ll[\s-][SH]|ood\sF|alm\sS"
    r"|sh\sW|hrove|aundy|rinity\sS|ow\sS|oly\sT|orpus\sC|uy\sF)|the\s(?:Annunciation|Circumcision)"
)
_TIME_BEFORE = regex.compile(
    r"\b(?:at|before|after|since|till|until|by|last|next|from|to|about|on|for|feast\sof|day\sof|between)\s(?:the\s)?$",
    regex.IGNORECASE,
)
_NO_DATE = regex.compile(
    r"[\s-](?:\p{Lu}|terms?\b|box(?:es)?\b|pudding|tree|eggs?\b|carol|card|present|gift|dinner|cheer|goose|daisies|time\b|day\b|week\b"
    r"|holidays?\b|vacation|sessions?\b|part(?:y|ies)\b|market|fair\b|rent|quarter\b|bank\b|island|offering)"
)


def find(text: str, leaves: Leaves) -> Iterator[Found]:
    """The feasts of a flow that are dates, in order."""
    done = 0
    for hint in _HINT.finditer(text, leaves.start, leaves.end):
        block = leaves.at(hint.start())
        match = _FEAST.match(text, hint.start(), block.end) if hint.start() >= done else None
        if match is None:
            continue
        name, year = _plain(match["name"]), int(match["year"]) if match["year"] else None
        if year is None:
            if _NO_DATE.match(text, match.end(), block.end):
                continue
            low = max(block.start, match.start() - 16)
            if name in _LOOSE and not _TIME_BEFORE.search(text, low, match.start()):
                continue
        done = match.end()
        yield Found(block, match.start(), done, "feast", _day(_BY_PLAIN[name], year), certainty="medium")


def _day(feast: tuple[int, int] | int, year: int | None) -> Day:
    """The day of a feast in a year; nothing for a movable one without a year."""
    if isinstance(feast, tuple):
        return Day(year, *feast)
    if year is None:
        return Day()
    found = date(year, *easter(year)) + timedelta(days=feast)
    if feast < 0 and found.month < 3 and year <= 1752 and year % 100 == 0 and year % 400:
        found += timedelta(days=1)  # 1700 was a leap year of the Julian calendar, which `date` does not know
    return Day(year, found.month, found.day)


def easter(year: int) -> tuple[int, int]:
    """Month and day of Easter Sunday, as England kept it (Meeus, Astronomical Algorithms, chapter 8).

    >>> easter(1843), easter(1700), easter(1752)
    ((4, 16), (3, 31), (3, 29))
    """
    a = year % 19
    if year <= 1752:
        d = (19 * a + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        return (d + e + 114) // 31, (d + e + 114) % 31 + 1
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    total = h + m - 7 * n
    return (total + 90) // 25, (total + 33 * ((total + 90) // 25) + 19) % 32
