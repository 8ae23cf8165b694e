"""Dates in attributes (att.datable): well written, possible, in order, and not contradicting each other.

The forms are those of teidata.temporal.w3c (W3C XML Schema, part 2: date, gYear, gYearMonth, gMonth, gMonthDay, gDay,
time, dateTime). Of the ISO variants (`when-iso` …) only impossible days are told; `-custom` may hold anything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from teiprep.tei.reading import TEI
from teiprep.validate.report import Remark

from .survey import tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from .survey import Survey

_POINTS = ("when", "notBefore", "notAfter", "from", "to")
#: On these elements `from` and `to` are no dates but pointers, page numbers and the like.
NOT_DATABLE = frozenset(TEI + name for name in ("app", "arc", "rt", "span", "biblScope", "citedRange", "locus"))

_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_TIME = r"(?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?:\.\d+)?"
_YEAR = r"(?P<year>-?(?:[1-9]\d{4,8}|\d{4}))"
_FORMS = tuple(
    re.compile(form + _ZONE, re.ASCII)
    for form in (
        rf"{_YEAR}(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T{_TIME})?)?)?",
        r"--(?P<month>\d\d)(?:-(?P<day>\d\d))?",
        r"---(?P<day>\d\d)",
        _TIME,
    )
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY, _ZONES = 86_400, 14 * 3_600  # seconds; no zone is farther from Greenwich than 14 hours


class Span(NamedTuple):
    """The first and the last second that a date may mean, counted as if every year had been Gregorian."""

    first: int
    last: int
    zoned: bool  # whether a time zone is stated


def check(file: Survey) -> Iterator[Remark]:
    """Values that are no dates, ranges that end before they begin, and attributes that exclude each other."""
    for name in _POINTS:
        for element, value in file.bearing(name):
            if (problem := _problem(value)) and element.tag not in NOT_DATABLE and str(element.tag).startswith(TEI):
                said = f'<{tag_of(element)} {name}="{value}"> {problem}'
                yield Remark(element, "date-invalid", said)
        for element, value in file.bearing(f"{name}-iso"):
            match = _FORMS[0].fullmatch(value.strip()) or _FORMS[1].fullmatch(value.strip())
            if match is not None and (problem := _impossible(match)):
                yield Remark(element, "date-invalid", f'<{tag_of(element)} {name}-iso="{value}"> {problem}')
    for suffix in ("", "-iso"):
        for early, late in (("notBefore", "notAfter"), ("from", "to")):
            yield from _order(file, early + suffix, late + suffix)
    yield from _mixed(file)


def _order(file: Survey, early: str, late: str) -> Iterator[Remark]:
    for element, value in file.bearing(early):
        other = element.get(late)
        if other is None or element.tag in NOT_DATABLE:
            continue
        begin, end = _span(value), _span(other)
        if begin is None or end is None:
            continue
        # Where only one of the two states its zone, the other may be that much later or earlier.
        slack = _ZONES if begin.zoned != end.zoned else 0
        if begin.first > end.last + slack:
            said = (
                f'<{tag_of(element)}> begins after it ends: {early}="{value}" is later than {late}="{other}";'
                " exchange the two, or correct one"
            )
            yield Remark(element, "date-order", said)


def _mixed(file: Survey) -> Iterator[Remark]:
    """What the Guidelines' own Schematron (att.datable.w3c) calls not to be used together."""
    for element, _ in file.bearing("when"):
        others = [name for name in _POINTS[1:] if element.get(name) is not None]
        if others and element.tag not in NOT_DATABLE:
            yield _together(element, "when", others[0], "@when says that the date is known")
    for one, other in (("from", "notBefore"), ("to", "notAfter")):
        for element, _ in file.bearing(one):
            if element.get(other) is not None and element.get("when") is None and element.tag not in NOT_DATABLE:
                end = "beginning" if one == "from" else "end"
                yield _together(element, one, other, f"@{one} says that the {end} is known")


def _together(element: etree._Element, one: str, other: str, why: str) -> Remark:
    said = (
        f"<{tag_of(element)}> has both @{one} and @{other}, which contradict each other: {why}, @{other} that it is"
        f" {'part of a range' if other in {'from', 'to'} else 'not'}; keep the one that is meant"
    )
    return Remark(element, "date-mixed", said)


@lru_cache(maxsize=4096)
def _problem(value: str) -> str:
    """What is wrong with a date, and how it is written; nothing if nothing is."""
    text = value.strip()
    if len(text) == 8 and text.isdecimal() and not _why_not({"month": text[4:6], "day": text[6:]}):
        # By the letter it is the year 18,630,504.
        return f"is not written as TEI writes dates: write {text[:4]}-{text[4:6]}-{text[6:]}"
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _impossible(match)
    return _advice(text)


def _impossible(match: re.Match[str]) -> str:
    why = _why_not(match.groupdict())
    return f"cannot be right: {why}" if why else ""


def _why_not(parts: Mapping[str, str | None]) -> str:
    """Why there is no such day; nothing if there is."""
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if month is not None and not 1 <= int(month) <= 12:
        if month == "00" and year:
            return f"a month that is not known is left out; write {year}"
        return f"there is no month {month}"
    if day is not None:
        if day == "00" and month is not None:
            return f"a day that is not known is left out; write {f'{year}-' if year else '--'}{month}"
        most = _DAYS[int(month) - 1] if month else 31
        if month == "02" and year is not None and not _leap(int(year)):
            if day == "29":
                return f"{year} is no leap year, and has no 29 February"
            most = 28
        if not 1 <= int(day) <= most:
            return f"{_MONTHS[int(month) - 1]} has only {most} days" if month else f"there is no day {day}"
    if parts.get("hour") == "24" and (parts["minute"], parts["second"]) != ("00", "00"):
        return "a day ends at 24:00:00"
    return ""


def _leap(year: int) -> bool:
    """Whether a year has 366 days; before our era by either count, that with a year 0 (ISO 8601) or that without."""
    return any(
        each % 4 == 0 and (each % 100 != 0 or each % 400 == 0) for each in ((year,) if year > 0 else (year, year + 1))
    )


def _advice(text: str) -> str:
    """How what was meant is written, where that is plain; else the forms there are."""
    usual = "write a day as 1863-05-04, a month as 1863-05, a year as 1863"
    if not text:
        return f"says nothing: leave the attribute out, or {usual}"
    hyphened = text.translate(_DASHES)
    plain = ", with plain hyphens" if hyphened != text else ""
    begin, _, end = hyphened.partition("/")
    if _span(begin) is not None and _span(end) is not None:
        return f'is a range: write from="{begin}" to="{end}"'
    said = "is not written as TEI writes dates"
    for better in (hyphened, *_mended(hyphened)):
        if any(form.fullmatch(better) and not _problem(better) for form in _FORMS):
            return f"{said}: write {better}{plain}"
    sure = text.rstrip("?~")
    if _span(sure) is not None:
        return f"{said}: write {sure}; that it is uncertain is said by @cert, or by @notBefore and @notAfter"
    if ":" in text:
        return f"{said}: a time is written 18:30:00, with its day 1863-05-04T18:30:00"
    return f"{said}: {usual}; the words of the text stay in the element"


def _mended(text: str) -> Iterator[str]:
    for pattern, made in _SLIPS:
        if match := pattern.fullmatch(text):
            yield made.format(*(int(part) for part in match.groups()))


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
#: Slips of which only one date can be meant, with the parts as they should be. 05/04/1863 is none of them.
_SLIPS = tuple(
    (re.compile(pattern, re.ASCII), made)
    for pattern, made in (
        (r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", "{:04}-{:02}-{:02}"),
        (r"(\d{4})[-./](\d{1,2})", "{:04}-{:02}"),
        (r"(\d{1,3})", "{:04}"),
        (r"-(\d{1,3})", "-{:04}"),
        (r"(\d{3})-(\d\d)-(\d\d)", "{:04}-{:02}-{:02}"),
        (r"--(\d{1,2})-(\d{1,2})", "--{:02}-{:02}"),
        (r"(\d{1,2}):(\d\d)", "{:02}:{:02}:00"),
        (r"(\d{4})-(\d\d)-(\d\d)[T ](\d{1,2}):(\d\d)", "{:04}-{:02}-{:02}T{:02}:{:02}:00"),
        (r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)", "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}"),
    )
)


@lru_cache(maxsize=4096)
def _span(value: str) -> Span | None:
    """From when to when a date with a year may be; None for any other value, such as a day of every year.

    >>> _span("1863-05").last - _span("1863-05").first == 31 * 86_400 - 1
    True
    """
    match = _FORMS[0].fullmatch(value.strip())
    if match is None or _impossible(match):
        return None
    parts = match.groupdict()
    year, month, day = int(parts["year"]), int(parts["month"] or 1), int(parts["day"] or 1)
    first = _number(year, month, day) * _DAY
    if parts["hour"]:
        first += int(parts["hour"]) * 3600 + int(parts["minute"]) * 60 + int(parts["second"])
        last = first
    elif parts["day"]:
        last = first + _DAY - 1
    elif parts["month"]:
        last = _number(year + month // 12, month % 12 + 1, 1) * _DAY - 1
    else:
        last = _number(year + 1, 1, 1) * _DAY - 1
    zone = parts["zone"]
    if zone is not None and zone != "Z":
        shift = (int(zone[1:3]) * 60 + int(zone[4:])) * 60
        first, last = (each + (shift if zone[0] == "-" else -shift) for each in (first, last))
    return Span(first, last, zone is not None)


def _number(year: int, month: int, day: int) -> int:
    """The number of a day, counted from 1 March of the year 0, so that a leap day is the last of its year."""
    year, month = (year - 1, month + 9) if month < 3 else (year, month - 3)
    return year * 365 + year // 4 - year // 100 + year // 400 + (month * 153 + 2) // 5 + day - 1
