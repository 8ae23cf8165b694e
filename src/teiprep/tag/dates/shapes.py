"""The shapes of dates that name a day, a month or a weekday: patterns over the signs of `signs`, and what each says.

To add one: a function that reads it, and a line in SHAPES; the first pattern that fits counts.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.numerals import roman_value
from teiprep.tag.common import words

from .values import Day, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from teiprep.document import Block, Certainty

    from .signs import Token

_DAYS = "(?P<days>[DEO](?:(?:,&?|&|[-=/])h?[DEO]){0,12})"
_IN_YEAR = "(?:(?:w?h)?v)?"  # "in the year"
_YEAR = rf"(?:[,.-]?o?{_IN_YEAR}(?P<year>[Yy])|,?[(\[]{_IN_YEAR}(?P<year>[Yy])[)\]])"
_WEEKDAY = r"(?:(?P<weekday>W)[,.]{0,2}[\[(]?h?)?"
_LIST = "(?P<days>[DEO](?:(?:,&?|&)h?[DEO]){0,6})"
#: Behind these a number is no day.
_NUMBERED = words(
    "telegram telegrams cable despatch dispatch deptel embtel contel tel note letter number your my our no"
)
_STREETS = words("Street St Road Lane Avenue Terrace Place Row Square")
_STYLES = (
    "(?P<old>[DE])/(?P<new>[DE])(?:do|o)?(?P<month>M)",
    "(?P<old>[DE])o?(?P<month>M)(?:,?(?P<first_year>Y))?/(?P<new>[DE])o?(?P<other>M)",
    r"(?P<old>[DE])o?(?P<month>M)\((?P<new>[DE])o?(?P<other>M)\)",
    r"(?P<old>[DE])\((?P<new>[DE])\)o?(?P<month>M)",
    "(?P<month>M)(?P<old>[DE])/(?P<other>M)?(?P<new>[DE])",
)
_COUNTED_MONTHS = (
    "(?P<day>[DEO])d?,?(?:oh?|h)?(?P<month>[DEO])k",
    "(?P<order>(?P<month>[DEO])k[,.]?h?(?P<day>[DE])d?)",
)
_RELATIVE = {"L": "last", "X": "next", "i": "instant", "u": "ultimo", "p": "proximo"}
#: A number behind "Wednesday", or behind "12," is a day in one of these; in a sentence it may be anything.
_DATED_BLOCKS = frozenset({"dateline", "head"})
_LISTED = re.compile("(,&?|&)h?")
_DOUBLE = re.compile(r"[-–—/](?=\d)")
_IN_FIGURES = re.compile("[/.-]")


class Reading(NamedTuple):
    """One match of a shape, over the signs of a stretch of text."""

    text: str
    block: Block
    signs: str
    tokens: list[Token]
    match: regex.Match[str]

    @property
    def first(self) -> int:
        """The first sign of the match."""
        return self.match.start()

    @property
    def last(self) -> int:
        """The last sign of the match."""
        return self.match.end() - 1

    @property
    def after(self) -> str:
        """The three signs behind the match."""
        return self.signs[self.match.end() : self.match.end() + 3]

    def words(self, at: int) -> str:
        """What is printed for the sign `at`."""
        return self.text[self.tokens[at].start : self.tokens[at].end]

    def value(self, group: str) -> int | None:
        """What the first sign of a group counts; None if the group took no part."""
        at = self.match.start(group)
        return self.tokens[at].value if at >= 0 else None

    def year(self) -> tuple[int | None, int | None]:
        """The year, and a short one of a century that is not said; a double year counts as its second part says."""
        at = self.match.start("year")
        if at < 0:
            return None, None
        year = self.tokens[at].value
        if self.signs[at] == "y":
            return None, year
        words = self.words(at)
        if joint := _DOUBLE.search(words):
            new = words[joint.end() :]
            return (year + 1, None) if (year + 1) % 10 ** len(new) == int(new) else (None, None)
        return year, None

    def found(self, first: int, last: int, rule: str, day: Day, /, **more: object) -> Found:
        """A find from the sign `first` to the sign `last` (with it)."""
        start, end = self.tokens[first].start, self.tokens[last].end
        return Found(self.block, start, end, rule, day, **more)  # type: ignore[arg-type]

    def whole(self, rule: str, day: Day, /, **more: object) -> Found:
        """A find that is all of the match."""
        return self.found(self.first, self.last, rule, day, **more)

    def certainty(self) -> Certainty:
        """Medium where a letter stands for a figure, or a month is misread or in small letters."""
        for at in range(self.first, self.last + 1):
            sign = self.signs[at]
            if sign == "m" or (sign in "DEY" and not _plain(self.words(at), sign)):
                return "medium"
        return "high"

    def which_year(self, day: Day) -> Certainty:
        """Medium for January to 24 March before 1752, when in England the year began in March, if it is given once."""
        year, month = day.year, day.month
        old = year is not None and month is not None and 1582 <= year < 1752 and (month, day.day or 1) < (3, 25)
        return "medium" if old and not _DOUBLE.search(self.words(self.match.start("year"))) else "high"


def _plain(words: str, sign: str) -> bool:
    return words[0].isdigit() and (sign == "E" or words.replace("/", "").replace("-", "").isdigit() or " " in words)


def _iso(at: Reading) -> Iterator[Found]:
    year, month, day = map(int, at.words(at.first).split("-"))
    yield at.whole("iso", Day(year, month, day))


def _figures(at: Reading) -> Iterator[Found]:
    """25/3/1850: the day comes first in Britain, the month in America; a number over 12 decides."""
    one, two, three = _IN_FIGURES.split(at.words(at.first))
    year, short = (int(three), None) if len(three) == 4 else (None, int(three))
    a, b = int(one), int(two) if two.isdigit() else roman_value(two)
    if min(a, b) > 12 or max(a, b) > 31:
        return
    if a > 12 or a == b or not two.isdigit():
        day = Day(year, b, a)
    elif b > 12:
        day = Day(year, a, b)
    elif short is not None and at.block.type not in _DATED_BLOCKS:
        return  # 3/4/12 may be anything
    else:
        day = Day()
    yield at.whole("figures", day, short_year=short, certainty="medium")


def _dashed(at: Reading) -> Iterator[Found]:
    """12-Mar-1850."""
    year, short = at.year()
    day = Day(year, at.tokens[at.first + 2].value, at.tokens[at.first].value)
    yield at.whole("full-date", day, short_year=short)


def _styles(at: Reading) -> Iterator[Found]:
    """Old and New Style, as in "1/14 February 1918": what counts is the New Style, ten to thirteen days on."""
    old, new = at.value("old") or 0, at.value("new") or 0
    months = [month for group in ("month", "other") if (month := at.value(group))]
    year, _ = at.year()
    early, late = months[0], months[-1]
    if old > 31 or new > 31:
        return
    weekday = at.value("weekday")
    gap = new - old
    if early != late:
        # How long the month is; of a leap year by the Julian calendar February is longer, which the bounds allow.
        gap += (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[early - 1]
    if gap == 1 and early == late:
        # the night of 3/4 May
        yield at.whole("range", Day(year, early, old), last=Day(year, late, new), sense="range", weekday=weekday)
    elif 10 <= gap <= 13:
        over = late < early
        two_years = at.match.start("first_year") >= 0  # 25 Dec. 1843/6 Jan. 1844: the second is printed
        first = year - (over and two_years) if year else None
        day = Day(first, early, old)
        new_style = Day(first + over if first else None, late, new)
        more = {"julian": True, "new_style": new_style} if first else {}
        yield at.whole("old-new-style", day if first else new_style, weekday=weekday, certainty="medium", **more)


def _friends(at: Reading) -> Iterator[Found]:
    """The Society of Friends counts the months; before 1752 from March on, so that the value stays open."""
    year, _ = at.year()
    month, day = (at.value("month") or 0, at.value("day") or 0)
    if year is None and (at.match["order"] is None or "E" not in at.match[0]):
        return  # "the fifth day of the month"
    if 1 <= month <= 12:
        value = Day(year, month, day) if year and year >= 1752 else Day()
        yield at.whole("month-by-number", value, certainty="medium")


def _day_first(at: Reading) -> Iterator[Found]:
    """12 March 1742, the 3rd and 5th of May; in words only with "of", or a year: not "his second March"."""
    days, of = at.match["days"], at.match["of"] or ""
    year, _ = at.year()
    if year is None and (at.match["month"] == "m" or ("O" in days and not of.strip(","))):
        return
    month = at.match.start("month")
    apart = of == "," and at.match["weekday"] is None and at.block.type not in _DATED_BLOCKS and "E" not in days
    if year is None and at.after[:1] in {"D", "E"} and (apart or _is_numbered(at)):
        # "the Department's 12, January 3", "my telegram 12 May 3"
        yield at.found(month, month + 1, "day", Day(None, at.value("month"), at.tokens[month + 1].value))
        return
    if apart:
        if year is not None:  # "Review 12, May 1843"
            yield at.found(month, at.last, "month-year", Day(year, at.value("month")))
        return
    if year is None and at.after[:1] == "x" and at.words(at.last + 1) in _STREETS:
        return
    if of[:1] == "d" and "D" in days and at.words(at.match.start("of")).endswith("s"):
        return  # "31 days of May"
    before = at.first - 1
    if (
        before >= 0
        and at.signs[before] == "D"
        and at.tokens[before].end == at.tokens[at.first].start - 1
        and days == "D"
    ):
        yield at.found(before, at.last, "misread-date", Day(), certainty="low")  # "1 5 June": a figure in two, or two
    else:
        yield from _listed_days(at, at.match.start("days"), at.match.end("days"), day_first=True)


def _is_numbered(at: Reading) -> bool:
    """Whether what stands before is a telegram or the like, and the number behind it its own."""
    return at.first > 0 and at.words(at.first - 1).casefold() in _NUMBERED


def _month_first(at: Reading) -> Iterator[Found]:
    """March 12, 1742; May the fourth; without a year nothing may follow that the number counts."""
    year, short = at.year()
    if year is None and short is None and at.match["relative"] is None:
        behind = at.tokens[at.last].end
        misread = at.match["month"] == "m"
        in_words = "O" in at.match["days"] and "h" not in at.match[0] and at.match["weekday"] is None
        priced = at.text[behind : behind + 1] == "/" and at.text[behind + 1 : behind + 2].isupper()  # April 10/Lira
        within = at.first > 0 and at.words(at.first - 1).casefold() == "in"  # "in June 30 cases"
        if misread or in_words or priced or within:
            return
        if _counts(at):
            if len(at.match["days"]) > 1:  # "May 3 and 5 ships" is but May 3
                day = at.match.start("days")
                yield at.found(at.first, day, "day", Day(None, at.value("month"), at.tokens[day].value))
            return
    elif at.match["month"] == "m" and year is None:
        return
    yield from _listed_days(at, at.match.start("days"), at.match.end("days"), day_first=False)


def _year_first(at: Reading) -> Iterator[Found]:
    """1945 May 7."""
    year, _ = at.year()
    yield at.whole("full-date", Day(year, at.value("month"), at.value("days")))


def _counts(at: Reading) -> bool:
    """Whether a number behind a month counts what follows: "March 20 paces", "May 20 of them"."""
    after = at.after
    if after[:1] == "o":
        return after[1:2] in {"x", "w"} or (after[1:2] == "h" and after[2:] != "Y")
    if after[:1] != "x":
        return after[:1] in {"q", "d"}
    led = at.first > 0 and at.signs[at.first - 1] in "wo-h"
    word = at.words(at.last + 1)
    return not led and word.islower() and len(word) > 3 and word.endswith("s") and not word.endswith("ss")


def _listed_days(at: Reading, low: int, high: int, *, day_first: bool) -> Iterator[Found]:
    """The day, the range or the several days of the signs `[low, high)`, which share a month and a year."""
    month, (year, short) = at.value("month"), at.year()
    relative = _RELATIVE.get((at.match["relative"] or "").strip(","), "")
    certainty = at.certainty()
    runs = []  # from sign to sign, both with it
    start = low
    for joint in _LISTED.finditer(at.signs, low, high):
        runs.append((start, joint.start() - 1))
        start = joint.end()
    runs.append((start, high - 1))
    last = at.last
    if not day_first and len(runs) > 1 and not _is_list(at, year):
        runs, last, year, short, relative = runs[:1], runs[0][1], None, None, ""
    for k, (one, other) in enumerate(runs):
        days = [at.tokens[j].value for j in range(one, other + 1) if at.signs[j] in "DEO"]
        if not all(0 < day <= 31 for day in days) and (year is None or at.signs[at.first - 1 : at.first] in {"n", "-"}):
            continue  # with its year "32 May 1843" is a date, though none that is
        rule = "listed-day" if len(runs) > 1 else "day" if year is None else "full-date"
        end = None
        if len(days) > 1:
            rule, end = "range", Day(year, month, days[-1])
            if days[0] >= days[-1]:
                continue
        day = Day(year, month, days[0])
        yield at.found(
            at.first if k == 0 else one,
            last if k == len(runs) - 1 else other,
            "misread-date" if certainty == "medium" else rule,
            day,
            last=end,
            sense="range" if end else "on",
            weekday=at.value("weekday") if k == 0 else None,
            certainty=certainty if certainty == "medium" else at.which_year(day),
            short_year=short,
            relative=relative,
        )


def _is_list(at: Reading, year: int | None) -> bool:
    """Whether days behind a month are a list: the last joined by "and", and nothing behind it that they count."""
    behind = at.signs[at.match.end("days") : at.match.end("days") + 1]
    return "&" in at.match["days"] and (year is not None or behind not in {"x", "q", "k"})


def _months(at: Reading) -> Iterator[Found]:
    """May 1843; May and June 1843; January–March 1847."""
    year, short = at.year()
    months = [k for k in range(at.first, at.last) if at.signs[k] in "Mm"]
    joints = [at.signs[a + 1 : b] for a, b in pairwise(months)]
    if at.signs[at.first] == "m" and at.words(at.first).casefold() in {"may", "march"}:
        return
    more = {"short_year": short, "certainty": at.certainty()}
    one, two = at.tokens[months[0]].value, at.tokens[months[-1]].value
    if len(months) == 1:
        yield at.whole("month-year", Day(year, one), **more)
    elif joints in (["-"], ["="], ["/"]):
        if one != two:
            first = Day(year - (one > two) if year is not None else None, one)
            yield at.whole("range", first, last=Day(year, two), sense="range", **more)
    else:
        for k in months:
            yield at.found(k, at.last if k == months[-1] else k, "listed-month", Day(year, at.tokens[k].value), **more)


def _month_relative(at: Reading) -> Iterator[Found]:
    """Last December, May next; not "the last April fool", nor "Next May Carrow rose"."""
    sign, month = at.match["relative"], at.value("month")
    before = at.words(at.first - 1).casefold() if at.first else ""
    if at.signs[at.first] == sign and (
        before in {"the", "his", "her", "their", "our", "a"} or at.after[:1] in {"x", "q", "n"}
    ):
        return
    yield at.whole("month-relative", Day(None, month), relative=_RELATIVE[sign], certainty="medium")


def _month_part(at: Reading) -> Iterator[Found]:
    """Early September, of a year that nobody tells."""
    yield at.whole("month-part", Day(), certainty="medium")


def _of_this_month(at: Reading) -> Iterator[Found]:
    """The 14th instant; the 14th of last month."""
    relative = _RELATIVE.get(at.match["relative"], "")
    weekday, days = at.value("weekday"), at.match["days"] or ""
    if len(days) > 1:  # the 3rd, 5th and 9th instant
        low, high = at.match.span("days")
        for k in range(low, high):
            if at.signs[k] in "DEO":
                last = at.last if k == high - 1 else k
                yield at.found(
                    k, last, "day-of-month", Day(day=at.tokens[k].value), relative=relative, certainty="medium"
                )
        return
    if at.match["named"]:
        this = at.words(at.match.start("relative")).casefold()
        named = {"this": "instant", "present": "instant", "current": "instant", "last": "ultimo", "next": "proximo"}
        if (relative := named.get(this, "")) == "":
            return
    day = Day(day=at.value("days") or at.value("day"))
    yield at.whole("day-of-month", day, weekday=weekday, relative=relative, certainty="medium")


def _weekday_and_day(at: Reading) -> Iterator[Found]:
    """Wednesday 13 is a date at the head of an entry; in running text only with its article, "Wednesday the 13th"."""
    begins = not at.text[at.block.start : at.tokens[at.first].start].strip(" X+*#")
    full = "day" in at.words(at.first).casefold() or at.signs[at.first + 1] in ",."
    if at.match["the"] or at.block.type in _DATED_BLOCKS or (begins and full):
        year, _ = at.year()
        last = at.last if at.match["day"] == "E" else at.match.start("day")
        day = Day(year if at.match["day"] == "E" else None, None, at.value("day"))
        yield at.found(at.first, last, "weekday-day", day, weekday=at.value("weekday"))


def _weekday_relative(at: Reading) -> Iterator[Found]:
    """Monday last, next Tuesday."""
    relative = _RELATIVE[at.match["relative"]]
    yield at.whole("weekday-relative", Day(), weekday=at.value("weekday"), relative=relative, certainty="medium")


#: Each shape over signs, with what reads it; of those that begin at one sign the first counts.
SHAPES: tuple[tuple[str, Callable[[Reading], Iterator[Found]]], ...] = (
    ("I", _iso),
    ("N", _figures),
    ("D(?P<dash>[-.])M(?P=dash)(?P<year>[Yy])", _dashed),
    (
        # 4/14 May 1643, 30 April/10 May 1643, May 4/14, 1643
        f"{_WEEKDAY}(?:{'|'.join(_STYLES)})(?:[,.]?{_IN_YEAR}(?P<year>Y))?",
        _styles,
    ),
    (
        # 12th day of the 3rd month, 1760; 3d mo. 12th 1760
        f"(?:{'|'.join(_COUNTED_MONTHS)})(?:[,.]?{_IN_YEAR}(?P<year>Y))?",
        _friends,
    ),
    (
        rf"{_WEEKDAY}{_DAYS}(?P<of>d?o(?:hko)?|d|,)?(?P<month>[Mm])(?:(?P<relative>,?[LXip])(?!v)|{_YEAR})?",
        _day_first,
    ),
    ("(?P<year>Y),?(?P<month>M)(?P<days>[DE])(?![-=/,]?[DEMY]|q)", _year_first),
    (rf"{_WEEKDAY}(?P<month>[Mm])(?:h?|,(?=E,?Y)){_DAYS}(?:(?P<relative>,?[LXi])(?!v)|{_YEAR})?", _month_first),
    (rf"(?P<month>[Mm])(?:(?:,&?|&|[-=/])M){{0,11}}[,.]?[\[(]?o?{_IN_YEAR}(?P<year>[Yy])", _months),
    ("(?P<relative>[LX])(?P<month>M)(?![DEYy-])|(?P<month>M),?(?P<relative>[LX])(?!v)", _month_relative),
    (r"e(?:-|oh?)?M(?![,.]?[(\[]?o?[DEYyR])", _month_part),
    (
        f"(?:(?P<weekday>W),?h?)?(?:{_LIST}d?(?:oh?)?(?P<relative>[iup])(?P<named>k)?|(?P<day>[DEO])d?oh?(?P<relative>[LXwxi])(?P<named>k))",
        _of_this_month,
    ),
    ("(?P<weekday>W)[,.]?(?P<the>h)?(?P<day>[DE])(?![-/][MDE]|[,.]?[Mmq])(?:[,.]?(?P<year>Y))?", _weekday_and_day),
    ("(?P<weekday>W),?(?P<relative>[LX])(?!v)|(?P<relative>[LX])(?P<weekday>W)", _weekday_relative),
)
_SHAPE = regex.compile("|".join(f"(?P<shape{k}>{pattern})" for k, (pattern, _) in enumerate(SHAPES)))
_READINGS = tuple((f"shape{k}", reading) for k, (_, reading) in enumerate(SHAPES))


def find(text: str, block: Block, signs: str, tokens: list[Token]) -> Iterator[Found]:
    """The dates of a stretch of text, given its signs, in order and apart."""
    for match in _SHAPE.finditer(signs):
        reading = next(reading for name, reading in _READINGS if match.start(name) >= 0)
        yield from reading(Reading(text, block, signs, tokens, match))
