"""The grammar of dates: what a date looks like in the English of 1600 to today.

One scanner reads dates that name a month or a weekday (or are ISO); the other weighs bare years and ranges of years by
the words around them. Years that only evidence gives are no matter of the grammar: see `years`.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.tag.common import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from teiprep.document import Block, Certainty

MONTH_NUMBERS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_WD = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?"
# The old hands wrote Jany, Novr, Decr; a short form must look like one ("Mar" and "Sep", not "Marx").
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan(?:y|uy)?|Feb(?:y|ry)?|Mar|Apr|Jun|Jul|Aug(?:t)?|Sept?r?|Oct(?:r|br)?|Nov(?:r|br)?|Dec(?:r|br)?"
    r"|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?)(?!\p{L})"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:\s?(?:st|nd|rd|th|d)\b|(?![0-9]))"
#: Days in words: "the fourth of November", "the twenty-first of June".
_TEENS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
_ORDINALS = {
    **{word: k for k, word in enumerate(_TEENS, 1)},
    **{f"twenty-{word}": 20 + k for k, word in enumerate(_TEENS[:9], 1)},
    "thirtieth": 30,
    "thirty-first": 31,
}
_ORDINAL = rf"(?i:(?:twenty|thirty)-(?:{'|'.join(_TEENS[:9])})|{'|'.join(_TEENS)}|thirtieth)"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9]|[.,][0-9]|/[0-9]{3}|\s?%|-[0-9]{3})"
_THINGS = (
    r"(?:men|women|people|persons|troops|soldiers|prisoners|refugees|tons|tonnes|pounds|dollars|francs|marks|rubles|roubles"
    r"|rupees|yen|lire|copies|votes|miles|feet|yards|acres|hectares|kilometers|kilometres|metres|meters|barrels|bales|bushels"
    r"|horses|guns|tanks|planes|aircraft|words|pages|members|delegates|workers|families|houses|per\scent|percent|million|hours)\b"
)
_Y = rf"{_YEAR}(?!\s{_THINGS})"
_Y1 = rf"(?P<y1>{_Y})(?:/(?P<new>[0-9]{{1,2}})(?![0-9]))?"  # 1731/2: by the old reckoning 1731, by the new 1732
_DASH = r"\s?[-–—]\s?"
_TO = rf"(?:{_DASH}|\sto\s)"

#: Every spoken date has one of these; the grammar is asked only near them, which makes it ten times faster.
_HINT = regex.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
    r"|(?<=[0-9]{4}-[0-9]{2})-[0-9]{2})"
)
_REACH_BACK, _REACH_ON = 30, 90  # "30th to 31st day of " before a hint; a month, a year and the next day behind it
#: One alternative for each shape. Names repeat: `regex` gives the one that took part.
SPOKEN = regex.compile(
    rf"""(?<![\w$£€\#])(?:
      (?P<iso>(?P<y1>(?:1[5-9]|20)\d\d)-(?P<m1>0[1-9]|1[0-2])-(?P<d1>0[1-9]|[12]\d|3[01]))(?![\w-])
    | (?:(?P<wd>{_WD}),?\s(?:the\s)?)?(?:
        (?<![.:/–-]|No\.\s|Nos\.\s|p\.\s|pp\.\s)
        (?P<d1>{_DAY})(?:(?:{_DASH}|\sto\s)(?P<d2>{_DAY})|(?P<ns>/)(?P<d2>{_DAY}))?
        (?:\s(?:day\s)?(?:of\s)?|,\s)(?P<m1>{_MONTH})(?:,?\s{_Y1})?
        (?:{_TO}(?P<d2>{_DAY})\s(?:of\s)?(?P<m2>{_MONTH})(?:,?\s(?P<y2>{_Y}))?)?
      | (?P<m1>{_MONTH})\s(?:the\s)?(?P<d1>{_DAY})(?![.,:/]\d|/\p{{Lu}})
        (?:(?:{_DASH}|\sto\s)(?P<d2>{_DAY})(?![.,:]\d|\s?(?:[ap]\.?\s?m\b|[AP]\.?M\b|o[’']clock)))?(?:,?\s{_Y1})?
        (?:{_TO}(?P<m2>{_MONTH})\s(?P<d2>{_DAY})(?:,?\s(?P<y2>{_Y}))?)?
      | (?P<m1>{_MONTH})\s(?P<d1>{_DAY})(?P<ns>/)(?:(?P<m2>{_MONTH})\s)?(?P<d2>{_DAY})(?![/\d])(?:,?\s{_Y1})?
      )
    | (?P<d1>{_ORDINAL})\s(?:day\s)?of\s(?P<m1>{_MONTH})(?:,?\s{_Y1})?
    | (?P<m1>{_MONTH})(?:,?\s(?:of\s)?(?P<y1>{_Y}))?{_TO}(?P<m2>{_MONTH}),?\s(?:of\s)?(?P<y2>{_Y})
    | (?P<m1>{_MONTH}),?\s(?:of\s)?(?P<y1>{_Y})
    | (?P<wd>{_WD}),?\s(?P<the>the\s)?(?P<d1>{_DAY})(?![.,:/]\d)(?:,?\s(?P<y1>{_Y}))?(?!\s(?:{_MONTH}|{_THINGS}))
    )""",
    regex.VERBOSE,
)

_DAY_HEAD = regex.compile(r"\s*(?P<wd>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[.:,]?\s*")
# A bare year needs a reason; these are the reasons that stand before it.
_CUE = regex.compile(
    r"(?:\b(?:in|since|by|until|till|from|of|during|before|after|circa|ca\.|c\.|year|years|early|late|mid|spring|summer|autumn"
    r"|winter|fall|anno|A\.D\.|to|between|and|through|or)(?:\s|-)|©\s?)(?:(?:early|late|about|mid|the|year)[\s-])*$",
    regex.IGNORECASE,
)
_SHORT_CUE = regex.compile(
    r"\b(?:in|since|until|till|year|during|before|after|circa|ca\.|c\.|A\.D\.)\s(?:the\syear\s)?$", regex.IGNORECASE
)
_CHAIN = regex.compile(r"(?:,|,?\s(?:and|or|to|through|until|till))\s")
_NUMBERED = regex.compile(
    r"(?:\b(?:pp?|vols?|nos?|n|cols?|fol|folios?|box|file|lot|telegrams?|deptel|embtel|d[ei]spatch(?:es)?|number|nr|art"
    r"|article|section|sec|chap|psalm|room|suite)\.?\s?|[$£€#§:]\s?|\)\s?,\s|\b\d+,\s)$",
    regex.IGNORECASE,
)
_STREET = regex.compile(
    r"\s(?:\p{Lu}[\p{L}.’']*\s){1,3}(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Boulevard|Drive|Lane|Place|Promenade)"
)
_BARE = regex.compile(
    rf"""(?:(?<=\b[Mm]id-)|(?<![\w$£€\#.,:/–-]))(?P<y1>(?:1[5-9]|20)\d\d)
      (?: (?P<decade>['’]?s)\b
        | \s(?P<to>to)\s(?P<y2>(?:1[5-9]|20)\d\d)(?![\w/%–-]|[.,:]\d|\s{_THINGS}|\s?%)
        | [-–—](?P<y2>(?:(?:1[5-9]|20)\d\d|\d\d))(?![\w/–-]|[.,]\d)
        | /(?P<y2>(?:(?:1[5-9]|20)\d\d|\d\d?))(?![\w/–-]|[.,]\d)
        | (?![\w/%–-]|[.,:]\d|(?:\sto\s\d{{4}})?\s{_THINGS}|\s?%))""",
    regex.VERBOSE,
)
_ABOUT = regex.compile(r"\b(?:c|ca|circa)\b\.?\s$", regex.IGNORECASE)
_FROM = regex.compile(r"\b(?:from|years|period)\s(?:the\s)?(?:(?:early|late|about)\s)?$", regex.IGNORECASE)
_STOPS = regex.compile(r"\s*(?:[,.;:)\]”]|$)|\s(?:and|he|she|they|it|in|at|as|was|were|when)\b")
_AND_YEAR = regex.compile(r"\sand\s\d{4}\b(?!\s?%)")
_DIGITS = regex.compile(r"\d+")
_FOUR_DIGITS = regex.compile(r"(?:1[5-9]|20)[0-9]{2}")
_IMPRINT = regex.compile(r"\([^()]*?\p{Lu}[^()]*[:,]\s?")


class Day(NamedTuple):
    """A date as far as it is known; a missing part is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def exists(self) -> bool:
        """Whether a calendar has it; without a year the day may be 29 February."""
        if self.day is None or self.month is None:
            return True
        return self.day <= monthrange(self.year or 2000, self.month)[1]

    def julian_leap(self) -> bool:
        """29 February of a year that only the Julian calendar has: a true date for which ISO has no form."""
        return self[1:] == (2, 29) and self.year is not None and self.year < 1924 and self.year % 100 == 0

    def iso(self, missing: str = "-") -> str:
        """The value as TEI and XML Schema write it; with `missing="XXXX"` as EDTF does.

        >>> Day(1943, 5).iso(), Day(None, 11, 4).iso(), Day(None, 11, 4).iso("XXXX"), Day(day=8).iso()
        ('1943-05', '--11-04', 'XXXX-11-04', '---08')
        """
        if self.month is None and self.day is not None:
            return f"---{self.day:02}" if missing == "-" else f"{missing}-XX-{self.day:02}"
        parts = [missing if self.year is None else f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True)
class Found:
    """A date in the text: where, what it says, and by which shape."""

    flow: str
    start: int
    end: int
    rule: str
    first: Day
    last: Day | None = None  # the end of a range
    weekday: int | None = None  # 0 is Monday
    certainty: Certainty = "high"
    block: Block | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        """Whether it is one day or month of a known year."""
        return self.last is None and self.first.year is not None and self.first.month is not None


def find(text: str, block: Block) -> list[Found]:
    """The dates of one leaf block in order, without the years that only evidence gives."""
    if alone := _DAY_HEAD.fullmatch(text, block.start, block.end):
        # The head of a journal's entry: "Saturday."
        return [Found(block.flow, alone.start("wd"), alone.end("wd"), "weekday-head", Day(), block=block)]
    spoken = [
        found
        for low, high in _windows(text, block)
        for match in SPOKEN.finditer(text, low, high)
        if (found := _spoken(match, block))
    ]
    dates = sorted([*spoken, *_years(text, block, spoken)], key=lambda f: f.start)
    return [_with_hour(text, item, block) for item in dates] if block.type == "dateline" else dates


#: What may follow the day in a dateline: "—10 a.m.", ", 9:05 p.m.", "—noon".
_HOUR = regex.compile(
    r"(?:\s*[—–-]\s*|,?\s+)(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.\s?m\.|[AP]M\b|[ap]m\b|o[’']clock)|noon\b|midnight\b)"
)


def _with_hour(text: str, item: Found, block: Block) -> Found:
    """A date in a dateline together with its hour, which is part of the date as printed; the value stays the day."""
    hour = _HOUR.match(text, item.end, block.end)
    return replace(item, end=hour.end()) if hour else item


def leading_number(word: str | None) -> int | None:
    """The number of a day as printed: "4th", "fourth"; None for what is none."""
    if word and word.casefold() in _ORDINALS:
        return _ORDINALS[word.casefold()]
    digits = _DIGITS.match(word or "")
    return int(digits[0]) if digits else None


def _windows(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The stretches of a block that can hold a spoken date, in order and apart."""
    low = high = block.start
    for hint in _HINT.finditer(text, block.start, block.end):
        at = hint.start()
        if at - _REACH_BACK > high:
            if high > low:
                yield low, high
            low = max(block.start, at - _REACH_BACK)
        high = min(block.end, at + _REACH_ON)
    if high > low:
        yield low, high


def _spoken(match: regex.Match[str], block: Block) -> Found | None:
    part = match.groupdict()

    def number(name: str) -> int | None:
        return leading_number(part[name])

    def month(name: str) -> int | None:
        word = part[name]
        return None if word is None else int(word) if word.isdigit() else MONTH_NUMBERS[word[:3].lower()]

    first = Day(number("y1"), month("m1"), number("d1"))
    if part["new"] and first.year is not None:
        if (first.year + 1) % 10 ** len(part["new"]) != int(part["new"]):
            return None
        first = first._replace(year=first.year + 1)
    weekday = None if part["wd"] is None else [day[:3] for day in WEEKDAYS].index(part["wd"][:3])
    here = Found(block.flow, match.start(), match.end(), "", first, weekday=weekday, block=block)
    if first.month is None:
        # "Wednesday 13" is a date at the head of an entry; in running text only with its article: "Wednesday the 13th".
        at_start = not match.string[block.start : match.start()].strip(" X+*#")
        return (
            replace(here, rule="weekday-day") if at_start or part["the"] or block.type in {"head", "dateline"} else None
        )
    if part["ns"]:
        # Old and New Style, as in "1/14 February 1918": what counts is the New Style, ten to thirteen days on.
        day, other = first.day or 0, number("d2") or 0
        later = month("m2") or (first.month if other > day else first.month % 12 + 1)
        year = first.year + 1 if first.year and later < first.month and not part["m2"] else first.year
        gap = (other - day) % (monthrange(2001, first.month)[1]) if later != first.month else other - day
        if part["m2"] is None and other < day:
            return None
        return (
            replace(here, rule="old-new-style", first=Day(year, later, other), certainty="medium")
            if 10 <= gap <= 13
            else None
        )
    if part["iso"]:
        return replace(here, rule="iso")
    if part["d2"] is None and part["m2"] is None:
        shape = "month-year" if first.day is None else "day" if first.year is None else "full-date"
        return replace(here, rule=shape)
    last = Day(number("y2") or (first.year if not part["m2"] else None), month("m2") or first.month, number("d2"))
    if last.year is None and first.year is not None and part["m2"]:
        last = last._replace(year=first.year)
    if first.year is None and last.year is not None:
        backwards = (first.month or 0) > (last.month or 0)  # "30 December to 2 January 1920"
        first = first._replace(year=last.year - backwards)
    return replace(here, rule="range", first=first, last=last) if (first.iso() < last.iso()) else None


def _years(text: str, block: Block, spoken: Sequence[Found]) -> Iterator[Found]:
    """Bare years, decades and ranges of years, where the words around them say that they are years."""
    starts = [item.start for item in spoken]
    previous = taken = -1
    for digits in _FOUR_DIGITS.finditer(text, block.start, block.end):
        match = _BARE.match(text, digits.start(), block.end) if digits.start() >= taken else None
        if match is None:
            continue
        start, end = match.span()
        year, second = int(match["y1"]), match["y2"]
        if match["to"] and not (year < int(second) < year + 150 and _spans(text, block, start, end)):
            end, second = match.end("y1"), None
        k = bisect_right(starts, start) - 1
        if (k >= 0 and spoken[k].end > start) or (k + 1 < len(spoken) and spoken[k + 1].start < end):
            continue
        before = text[max(block.start, start - 90) : start]
        imprint = _in_imprint(before)
        chained = previous >= 0 and _CHAIN.fullmatch(text, previous, start) is not None
        if not imprint and not chained and _NUMBERED.search(before[-14:]):
            continue
        here = Found(block.flow, start, end, "year-range", Day(year), block=block)
        if match["decade"]:
            if year % 10 == 0:
                last = year + (99 if year % 100 == 0 and before.endswith("the ") else 9)
                yield replace(
                    here,
                    rule="decade",
                    last=Day(last),
                    extra={"edtf": f"{year // 10}X" if last == year + 9 else f"{year // 100}XX"},
                )
        elif second:
            last = int(second) if len(second) == 4 else year - year % 10 ** len(second) + int(second)
            if "/" in match[0]:
                if last == year + 1:  # "1731/2": the year began in March, and both ways of counting are given
                    yield replace(here, rule="double-year", first=Day(last), certainty="medium")
            elif year < last < year + 150 and (len(second) == 4 or not before.endswith("), ")):
                yield replace(here, last=Day(last))
                previous = taken = end
        elif reason := "year-after-year" if chained else _reason(text, block, start, end):
            about = _ABOUT.search(before[-8:])
            extra = {"edtf": f"{year}~"} if about else {}
            yield replace(
                here, rule=reason, extra=extra, certainty="medium" if about or reason == "note-year" else "high"
            )
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
    if block.flow != "body" and before.endswith("(") and after.startswith(")"):
        return "note-year"
    cue = _CUE.search(before[-30:])
    if cue is None:
        return ""
    # "by 1500", "of 2000": round numbers are amounts more often than years, unless the cue can only mean time.
    word = cue[0].split()[0].casefold() if cue[0].split() else ""
    if word in {"to", "between", "and", "through", "or"}:
        pair = word == "between" and _AND_YEAR.match(after)
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


def _in_imprint(before: str) -> bool:
    """Whether a bracket is open before a year, with a place and a comma or colon in it: "(Leeds and York, "."""
    at = before.rfind("(")
    return at >= 0 and _IMPRINT.fullmatch(before, at) is not None


def year_is_round(digits: str) -> bool:
    """Whether digits that could be a year are as likely an amount: full hundreds."""
    return digits.endswith("00")
