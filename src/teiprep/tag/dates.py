"""Dates: a grammar of our own for the English of 1600 to today, and the year where stated evidence gives it.

General date parsers invent days for "May 1943" and see dates in "may": so two scanners of ours. One reads dates that
name a month or a weekday (or are ISO); the other weighs bare years and ranges of years by the words around them.
Values follow TEI att.datable.w3c: `when`, or `from` and `to`; a date without a year is `--11-04`, unless an earlier
date of the paragraph, the dateline or the document's own date tells the year.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.diagnostics import Diagnostic

from .common import WEEKDAYS, divisions, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from teiprep.document import Annotation, Annotator, Block, Certainty

_SHORT = {
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
_REACH_BACK, _REACH_ON = 24, 90  # "30th to 31st day of " before a hint; a month, a year and the next day behind it
#: One alternative for each shape. Names repeat: `regex` gives the one that took part.
_SPOKEN = regex.compile(
    rf"""(?<![\w$£€\#])(?:
      (?P<iso>(?P<y1>(?:1[5-9]|20)\d\d)-(?P<m1>0[1-9]|1[0-2])-(?P<d1>0[1-9]|[12]\d|3[01]))(?![\w-])
    | (?:(?P<wd>{_WD}),?\s(?:the\s)?)?(?:
        (?<![.:/–-]|No\.\s|Nos\.\s|p\.\s|pp\.\s)
        (?P<d1>{_DAY})(?:(?:{_DASH}|\sto\s)(?P<d2>{_DAY})|(?P<ns>/)(?P<d2>{_DAY}))?
        (?:\s(?:day\s)?(?:of\s)?|,\s)(?P<m1>{_MONTH})(?:,?\s{_Y1})?
        (?:{_TO}(?P<d2>{_DAY})\s(?:of\s)?(?P<m2>{_MONTH})(?:,?\s(?P<y2>{_Y}))?)?
      | (?P<m1>{_MONTH})\s(?:the\s)?(?P<d1>{_DAY})(?![.,:/]\d|/\p{{Lu}})
        (?:(?:{_DASH}|\sto\s)(?P<d2>{_DAY})(?![.,:]\d))?(?:,?\s{_Y1})?
        (?:{_TO}(?P<m2>{_MONTH})\s(?P<d2>{_DAY})(?:,?\s(?P<y2>{_Y}))?)?
      | (?P<m1>{_MONTH})\s(?P<d1>{_DAY})(?P<ns>/)(?:(?P<m2>{_MONTH})\s)?(?P<d2>{_DAY})(?![/\d])(?:,?\s{_Y1})?
      )
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
        | [-–—](?P<y2>(?:(?:1[5-9]|20)\d\d|\d\d))(?![\w/–-]|[.,]\d)
        | /(?P<y2>(?:(?:1[5-9]|20)\d\d|\d\d?))(?![\w/–-]|[.,]\d)
        | (?![\w/%–-]|[.,:]\d|\s{_THINGS}|\s?%))""",
    regex.VERBOSE,
)
_ABOUT = regex.compile(r"\b(?:c|ca|circa)\b\.?\s$", regex.IGNORECASE)
_AND_YEAR = regex.compile(r"\sand\s\d{4}\b(?!\s?%)")
_DIGITS = regex.compile(r"\d+")
_FOUR_DIGITS = regex.compile(r"(?:1[5-9]|20)[0-9]{2}")
_IMPRINT = regex.compile(r"\([^()]*?\p{Lu}[^()]*[:,]\s?")
_FORWARD = regex.compile(
    r"\b(?:next|will|shall|until|till|coming|following|due|scheduled|would|forthcoming|later than|beginning"
    r"|planned)\b[^.;]{0,40}$",
    regex.IGNORECASE,
)
_DATED = regex.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:T.*)?")


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

        >>> Day(1943, 5).iso(), Day(None, 11, 4).iso(), Day(None, 11, 4).iso("XXXX")
        ('1943-05', '--11-04', 'XXXX-11-04')
        """
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


def rule(pen: Annotator) -> Iterator[Annotation | Diagnostic]:
    """Every date; one that no calendar has is tagged without a value and reported."""
    found = [item for text, block in leaves(pen.document) for item in find(text, block)]
    evidence = _Evidence(pen, found)
    names: dict[tuple[str, int], str] = {}
    for item in found:
        known, attributes = item, dict(item.extra)
        real = all(day is None or day.exists() for day in (item.first, item.last))
        if real and item.first.month is not None:
            known, attributes = evidence.supply(item, names)
        value = _value(known) if real else {}
        annotation = pen.annotation(
            "date",
            item.flow,
            item.start,
            item.end,
            rule=item.rule,
            certainty=known.certainty,
            **{**value, **attributes},
        )
        names[item.flow, item.start] = annotation.id
        yield annotation
        if not real and not item.first.julian_leap():
            quote = pen.document.quote(annotation)
            message = f"no calendar has the date {quote!r}; it is tagged without a value"
            yield Diagnostic("date-impossible", "warning", message, span=pen.source_span(annotation))


def find(text: str, block: Block) -> list[Found]:
    """The dates of one leaf block in order, without the years that only evidence gives."""
    if alone := _DAY_HEAD.fullmatch(text, block.start, block.end):
        # The head of a journal's entry: "Saturday."
        return [Found(block.flow, alone.start("wd"), alone.end("wd"), "weekday-head", Day(), block=block)]
    spoken = [
        found
        for low, high in _windows(text, block)
        for match in _SPOKEN.finditer(text, low, high)
        if (found := _spoken(match, block))
    ]
    found = sorted([*spoken, *_years(text, block, spoken)], key=lambda f: f.start)
    return [_with_hour(text, item, block) for item in found] if block.type == "dateline" else found


#: What may follow the day in a dateline: "—10 a.m.", ", 9:05 p.m.", "—noon".
_HOUR = regex.compile(
    r"(?:\s*[—–-]\s*|,?\s+)(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.\s?m\.|[AP]M\b|[ap]m\b|o[’']clock)|noon\b|midnight\b)"
)


def _with_hour(text: str, item: Found, block: Block) -> Found:
    """A date in a dateline together with its hour, which is part of the date as printed; the value stays the day."""
    hour = _HOUR.match(text, item.end, block.end)
    return replace(item, end=hour.end()) if hour else item


def _leading_number(word: str | None) -> int | None:
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
        return _leading_number(part[name])

    def month(name: str) -> int | None:
        word = part[name]
        return None if word is None else int(word) if word.isdigit() else _SHORT[word[:3].lower()]

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
    previous = -1
    for digits in _FOUR_DIGITS.finditer(text, block.start, block.end):
        match = _BARE.match(text, digits.start(), block.end)
        if match is None:
            continue
        start, end = match.span()
        k = bisect_right(starts, start) - 1
        if (k >= 0 and spoken[k].end > start) or (k + 1 < len(spoken) and spoken[k + 1].start < end):
            continue
        before = text[max(block.start, start - 90) : start]
        year, second = int(match["y1"]), match["y2"]
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
                previous = end
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


def _in_imprint(before: str) -> bool:
    """Whether a bracket is open before a year, with a place and a comma or colon in it: "(Leeds and York, "."""
    at = before.rfind("(")
    return at >= 0 and _IMPRINT.fullmatch(before, at) is not None


def year_is_round(digits: str) -> bool:
    """Whether digits that could be a year are as likely an amount: full hundreds."""
    return digits.endswith("00")


def _value(item: Found) -> dict[str, str]:
    """The attributes for what is known: `when`, or `from` and `to`; always `edtf` beside them."""
    first, last = item.first, item.last
    if first.year is None and first.month is None:
        return {}
    if last is None:
        return {"when": first.iso(), "edtf": first.iso("XXXX")}
    return {"from": first.iso(), "to": last.iso(), "edtf": f"{first.iso('XXXX')}/{last.iso('XXXX')}"}


class _Evidence:
    """What the document states about the year of a date that has none.

    An earlier full date of the same paragraph speaks for the same year, if the day does not lie before it; the dateline
    of the letter, or the date in the metadata, for the last such day before it. Witnesses that disagree cancel out.
    """

    def __init__(self, pen: Annotator, found: Sequence[Found]) -> None:
        self._pen = pen
        self._by_id = {block.id: block for block in pen.document.blocks}
        self._body = pen.document.leaves.get("body", [])
        self._starts = [block.start for block in self._body]
        self._notes = {note.flow: note for note in pen.document.notes if note.flow}
        self._datelines: dict[str, Found] = {}
        self._stated: dict[str, list[Found]] = defaultdict(list)
        for item in found:
            if item.full and item.block is not None:
                if item.block.type == "dateline" and item.first.day:
                    for division in divisions(item.block, self._by_id):
                        self._datelines.setdefault(division, item)
                        break
                self._stated[item.block.id].append(item)
        self._external = _document_date(pen)
        if self._external and self._external.year:
            # A book of 1996 about 1918 says "12 March": its own date is then no evidence.
            own = {self._external.year, self._external.year - 1}
            years = [item.first.year for item in found if item.full]
            if sum(year in own for year in years) * 2 < len(years):
                self._external = None

    def supply(self, item: Found, names: Mapping[tuple[str, int], str]) -> tuple[Found, dict[str, str]]:
        """The date with its year, and the attributes that name the evidence; unchanged if there is none."""
        if item.first.year is not None or item.first.day is None or item.block is None:
            return item, dict(item.extra)
        witnesses: list[tuple[int, dict[str, str]]] = []
        clue = self._in_paragraph(item)
        if clue is False:
            return item, dict(item.extra)
        if isinstance(clue, Found) and clue.first.year:
            witnesses.append((clue.first.year, {"evidence": "internal", "clue": names[clue.flow, clue.start]}))
        if not self._points_forward(item):
            dateline = self._dateline(item)
            if dateline is not None and (year := _last_before(item.first, dateline.first)):
                name = names.get((dateline.flow, dateline.start))
                # A dateline at the letter's end is not named yet: then the clue stays unnamed.
                witnesses.append((year, {"evidence": "internal", **({"clue": name} if name else {})}))
            elif self._external and (year := _last_before(item.first, self._external)):
                witnesses.append((year, {"evidence": "external"}))
        years = {year for year, _ in witnesses}
        if len(years) != 1:
            return item, dict(item.extra)
        year = years.pop()
        first = item.first._replace(year=year)
        last = item.last._replace(year=year) if item.last else None
        if not first.exists() or (last and not last.exists()):
            return item, dict(item.extra)
        if (
            item.weekday is not None
            and year > 1752
            and first.month
            and date(year, first.month, first.day or 1).weekday() != item.weekday
        ):
            return item, dict(item.extra)
        return replace(item, first=first, last=last, certainty="medium"), {**item.extra, **witnesses[0][1]}

    def _in_paragraph(self, item: Found) -> Found | bool | None:
        """The nearest earlier full date of the paragraph; None if there is none, False if they leave it open."""
        if item.block is None:
            return None
        earlier = [other for other in self._stated.get(item.block.id, ()) if other.end <= item.start]
        if not earlier:
            return None
        clue = earlier[-1]
        same_year = len({other.first.year for other in earlier}) == 1
        after_clue = (item.first.month or 0, item.first.day or 0) >= (clue.first.month or 0, clue.first.day or 0)
        return clue if same_year and after_clue else False

    def _points_forward(self, item: Found) -> bool:
        text = self._pen.document.text_of[item.flow]
        low = item.block.start if item.block else 0
        return bool(_FORWARD.search(text, max(low, item.start - 60), item.start)) or text.startswith(" next", item.end)

    def _dateline(self, item: Found) -> Found | None:
        """The dateline of the division where the date stands; for a note, where its reference stands."""
        block, seen = item.block, 0
        while block is not None and block.flow in self._notes and seen < 10:
            note = self._notes[block.flow]
            if note.at_flow == "body":
                k = bisect_right(self._starts, note.at) - 1
                block = self._body[k] if k >= 0 else None
            else:
                block = next(iter(self._pen.document.leaves.get(note.at_flow, ())), None)
            seen += 1
        for division in divisions(block, self._by_id):
            if division in self._datelines:
                return self._datelines[division]
        return None


def _last_before(day: Day, known: Day) -> int | None:
    """The year in which `day` fell last, seen from `known`, which must be known to the month."""
    if known.year is None or known.month is None or day.month is None:
        return None
    limit = (known.month, known.day or 31)
    return known.year if (day.month, day.day or 1) <= limit else known.year - 1


def _document_date(pen: Annotator) -> Day | None:
    """The document's date from its metadata, if it is known to the month at least."""
    datum = pen.document.metadata.get("date")
    if datum is None:
        return None
    value = datum.value.strip()
    if match := _DATED.fullmatch(value):
        return Day(*(int(part) if part else None for part in match.groups()))
    spoken = _SPOKEN.fullmatch(value)
    if spoken and spoken["m1"] and spoken["y1"] and not spoken["d2"] and not spoken["m2"]:
        return Day(int(spoken["y1"]), _SHORT[spoken["m1"][:3].lower()], _leading_number(spoken["d1"]))
    return None
