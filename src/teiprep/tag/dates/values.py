"""What a date says: the parts of a day as far as they are known, and how TEI and EDTF write them.

TEI: att.datable.w3c (P5, chapter ND, 14.4); EDTF: ISO 8601-2:2019, as published by the Library of Congress.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.document import Block, Certainty

#: The Julian day of 1 January of the year 1 by the Gregorian reckoning, as `date.toordinal` counts from there.
_ORDINAL_ZERO = 1_721_425

#: How the words stand to the days they name: that day; a time from the first to the last; one time somewhere between
#: them; a time before, or after, the first.
Sense = Literal["on", "range", "between", "before", "after"]


class Day(NamedTuple):
    """A date as far as it is known; a missing part is None. The year 0 is 1 B.C., as ISO 8601 counts."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def exists(self, *, julian: bool = False) -> bool:
        """Whether the calendar has it, the Gregorian or the Julian; without a year the day may be 29 February."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None or self.month is None:
            return self.day is None or 1 <= self.day <= 31
        if julian and self[1:] == (2, 29):
            return self.year is None or self.year % 4 == 0
        # Of leap years before our era nobody is sure.
        year = 2000 if self.year is None else max(self.year, 1)
        return 1 <= self.day <= monthrange(year, self.month)[1]

    def english_leap(self) -> bool:
        """29 February 1700: no day of the Gregorian calendar, but England had it, which kept the Julian until 1752."""
        return self[1:] == (2, 29) and self.year is not None and self.year < 1752 and self.year % 4 == 0

    def iso(self, missing: str = "-") -> str:
        """The value as TEI and XML Schema write it; with `missing="XXXX"` as EDTF does.

        >>> Day(1943, 5).iso(), Day(None, 11, 4).iso(), Day(None, 11, 4).iso("XXXX"), Day(day=8).iso()
        ('1943-05', '--11-04', 'XXXX-11-04', '---08')

        XML Schema 1.0 knows no year 0, EDTF does: 44 B.C. is `-0044` there and `-0043` here.

        >>> Day(-43).iso(), Day(-43).iso("XXXX")
        ('-0044', '-0043')
        """
        if self.month is None and self.day is not None:
            if missing != "-":
                return f"{missing if self.year is None else f'{self.year:04}'}-XX-{self.day:02}"
            if self.year is None:
                return f"---{self.day:02}"
            return f"{self.year:04}"  # "Thursday the 17th, 1820" has no form of its own
        if self.year is None:
            year = missing
        else:
            count = self.year - (self.year < 1 and missing == "-")
            year = f"-{-count:04}" if count < 0 else f"{count:04}"
        return "-".join([year, *(f"{part:02}" for part in (self.month, self.day) if part is not None)])

    def gregorian(self) -> Day:
        """The same day by the Gregorian calendar, if this one is a whole date of the Julian.

        >>> Day(1742, 3, 12).gregorian()
        Day(year=1742, month=3, day=23)
        """
        if self.year is None or self.month is None or self.day is None:
            return self
        # The count of days for a date of the Julian calendar (Meeus, Astronomical Algorithms, chapter 7).
        year, month = (self.year, self.month) if self.month > 2 else (self.year - 1, self.month + 12)
        count = int(365.25 * (year + 4716)) + int(30.6001 * (month + 1)) + self.day - 1524
        found = date.fromordinal(count - _ORDINAL_ZERO)
        return Day(found.year, found.month, found.day)


#: What may be a year; the context decides.
_YEARS = re.compile("1[0-9]{3}|20[0-9]{2}")


class Leaves:
    """The leaf blocks of one flow, in order, which of them holds a place, and where four digits may be a year."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.blocks = [block for block in blocks if block.end > block.start]
        self.start = self.blocks[0].start if self.blocks else 0
        self.end = self.blocks[-1].end if self.blocks else 0
        self._starts = [block.start for block in self.blocks]
        self.years = [year.start() for year in _YEARS.finditer(text, self.start, self.end)]

    def at(self, offset: int) -> Block:
        """The block in which `offset` lies, from `start` on."""
        return self.blocks[bisect_right(self._starts, offset) - 1]


class Found(NamedTuple):
    """A date in the text: where (code points of its flow, half-open), what it says, and by which shape."""

    block: Block
    start: int
    end: int
    rule: str
    first: Day
    last: Day | None = None  # the end of a range, or of what a bound allows
    sense: Sense = "on"
    certainty: Certainty = "high"
    weekday: int | None = None  # 0 is Monday
    time: str | None = None  # "10:00:00"
    about: bool = False
    julian: bool = False  # whether the days are those of Old Style
    new_style: Day | None = None  # the day by New Style, where both are printed
    doubted: bool = False  # "1843?"
    short_year: int | None = None  # ’87, of a century that is not said
    relative: Literal["instant", "ultimo", "proximo", "last", "next", ""] = ""
    edtf: str | None = None  # where EDTF has a word of its own: "183X", "1843-21"
    lead: int = 0  # how many characters of it are the word that bounds it: "before "
    evidence: Literal["internal", "external", ""] = ""  # where the words do not say it all
    clue: tuple[str, int] | None = None  # flow and start of the date that tells

    @property
    def flow(self) -> str:
        """The flow in which it stands."""
        return self.block.flow

    @property
    def place(self) -> tuple[str, int]:
        """Flow and start, which name it before it has an id."""
        return self.block.flow, self.start

    @property
    def day_start(self) -> int:
        """Where the day itself begins, behind a word that bounds it."""
        return self.start + self.lead

    @property
    def full(self) -> bool:
        """Whether it is one day or month of a known year."""
        return self.sense == "on" and self.first.year is not None and self.first.month is not None

    def exists(self) -> bool:
        """Whether calendars have the days that are named."""
        return all(day is None or day.exists(julian=self.julian) for day in (self.first, self.last))

    def attributes(self) -> dict[str, str]:
        """The value as `att.datable` has it, and EDTF where that says it otherwise; nothing if nothing is known.

        >>> found = Found(None, 0, 4, "", Day(1820), Day(1830), "between")
        >>> found.attributes()
        {'notBefore': '1820', 'notAfter': '1830', 'edtf': '[1820..1830]'}
        """
        if self.first == Day() or (self.relative and self.first.day is None):
            return {}
        first, last = self.first, self.last
        if self.julian:
            if first.year is None:
                return {"when-custom": first.iso(), "calendar": "julian"}
            first, last = self.new_style or first.gregorian(), last.gregorian() if last else None
        match self.sense:
            case "range" if last is not None:
                value = {"from": first.iso(), "to": last.iso()}
                edtf = f"{first.iso('XXXX')}/{last.iso('XXXX')}"
            case "between" if last is not None:
                value = {"notBefore": first.iso(), "notAfter": last.iso()}
                edtf = f"[{first.iso('XXXX')}..{last.iso('XXXX')}]"
            case "before":
                value, edtf = {"notAfter": first.iso()}, f"[..{first.iso('XXXX')}]"
            case "after":
                value, edtf = {"notBefore": first.iso()}, f"[{first.iso('XXXX')}..]"
            case _:
                time = f"T{self.time}" if self.time and None not in first else ""
                value, edtf = {"when": first.iso() + time}, first.iso("XXXX") + time
        edtf = (self.edtf or edtf) + ("~" if self.about else "?" if self.doubted else "")
        if edtf != value.get("when"):
            value["edtf"] = edtf
        if self.about:
            value["precision"] = "low"
        if self.julian and self.sense == "on":
            value |= {"when-custom": self.first.iso(), "calendar": "julian"}
        return value
