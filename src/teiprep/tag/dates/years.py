"""What a document states about the parts that a date leaves open: mostly its year.

Witnesses are an earlier full date of the same paragraph, the dateline of the letter, the document's own date from the
metadata, and for the head of a journal's entry the head before it. A miss is better than an invented year: where the
witnesses disagree, or a day could lie on either side of the letter's date, the year stays open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

import regex

from teiprep.document import Block
from teiprep.tag.common import divisions

from .grammar import spoken
from .values import Day, Found, Leaves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.document import Annotator

#: Words that let a day lie ahead, wherever they stand in the stretch before it.
_AHEAD = regex.compile(
    r"\b(?:next|will|shall|until|till|coming|following|due|scheduled|would|forthcoming|later than|beginning|planned"
    r"|to be|expected|effective|expires?|expiring|about to|intends? to)\b[^.;:]{0,40}$",
    regex.IGNORECASE,
)
#: Words that do so right before a day; "by" and "before" with what follows, "after" only with a modal verb before it.
_BY = regex.compile(r"\b(?:by|before|prior to)\s(?:the\s)?$", regex.IGNORECASE)
_HAD = regex.compile(r",?\s(?:\p{L}+\s){1,3}(?:had|was|were)\b")
_AFTER = regex.compile(
    r"\b(?:could|can|cannot|may|might|should|must|ought to|(?:un)?able to|no means of|ready to|propos(?:es|ed) to"
    r"|plans? to)\b[^.;:]{0,80}\b(?:after|from|on)\s(?:the\s)?$"
)
_NEXT = regex.compile(r"\s(?:next|prox)\b")
#: A verb in the past right before the date: "came on", "dated", "had been sent as late as".
_PAST = regex.compile(
    r"\b(?:\p{Ll}{2,}ed|came|went|was|were|had|left|met|wrote|sent|took|gave|said|told|made|saw|began|held|read|spoke"
    r"|written|given|taken|seen|begun|done)\s(?:(?:here|there|me|him|her|us|it|them|out|up|off|in)\s)?(?:(?:on|of|last)\s)?"
    r"(?:the\s)?$"
)
#: What leads away from the year that was told of.
_OTHER_YEAR = regex.compile(
    r"\b(?:years?\s(?:later|earlier|before|after)|(?:next|following|previous|preceding)\syear)\b[^.;:]{0,20}$",
    regex.IGNORECASE,
)
_OF_ANOTHER_YEAR = regex.compile(
    r",?\s(?:of|in)\s(?:the\s)?(?:next|following|previous|preceding|last)\syear\b|,?\slast\syear\b"
)
#: Told of as past already: in a paragraph it may lie before the date that was told of.
_HAD_BEEN = regex.compile(r"\b(?:had|having)\s(?:\p{Ll}+\s){1,3}(?:on\s)?(?:the\s)?$")
#: A year that is printed, and that nobody can read: "184?", "18—", "8142".
_UNREADABLE = regex.compile(r",?\s\[?(?:\d{4}(?!\d)|1[5-9]\d[?_—–-](?!\d)|1[5-9]\s?(?:__|--|[—–](?!\d)|\.\.))")
#: The date in the name of a law says nothing of the year that is told of.
_LAW = regex.compile(
    r"\b(?:Act|Treaty|Convention|Statute|Law|Edict|Charter|Protocol|Ordinance|Declaration|Agreement)\sof\s(?:the\s)?$"
)
#: A day that comes back every year is of none.
_HABIT = regex.compile(r"\b(?:every|each|always|yearly|annually)\b[^.;:]{0,30}$", regex.IGNORECASE)
#: Further back than this a letter seldom speaks of a day without its year.
_BACK = timedelta(days=100)
#: So soon after a letter's own date what has no year may lie ahead.
_ON = timedelta(days=75)
_PAST_VERB = regex.compile(r"\b(?:had|was|were|did|dated|received|of\syour\sletter)\b")
_DATED = regex.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?(?:T.*)?)?")
_OPENING = " X+*#[("


class Evidence:
    """What the document states about the year of a date that has none."""

    def __init__(self, pen: Annotator, found: Sequence[Found]) -> None:
        found = [item for item in found if item.exists()]
        self._pen = pen
        self._by_id = {block.id: block for block in pen.document.blocks}
        self._body = pen.document.leaves.get("body", [])
        self._starts = [block.start for block in self._body]
        self._notes = {note.flow: note for note in pen.document.notes if note.flow}
        self._datelines: dict[str, Found] = {}
        self._stated: dict[str, list[Found]] = defaultdict(list)
        for item in found:
            if item.full and item.block.type == "dateline" and item.first.day:
                self._datelines.setdefault(next(divisions(item.block, self._by_id)), item)
            text = pen.document.text_of[item.flow]
            if _stated_year(item) is not None and not _LAW.search(text, max(0, item.start - 24), item.start):
                self._stated[item.block.id].append(item)
        self._told: dict[str, list[Found]] = defaultdict(list)
        for stated in self._stated.values():
            self._told[stated[0].flow] += stated
        # How many of a block's full dates, from the first on, are of one year.
        self._agreeing = {
            name: next((k for k, d in enumerate(stated) if _stated_year(d) != _stated_year(stated[0])), len(stated))
            for name, stated in self._stated.items()
        }
        self._head: Found | None = None  # the head of the entry before, as far as it is known
        self._external = _document_date(pen)
        if self._external and self._external.year:
            # A book of 1996 about 1918 says "12 March": its own date is then no evidence.
            own = {self._external.year, self._external.year - 1}
            years = [item.first.year for item in found if item.full]
            if sum(year in own for year in years) * 2 < len(years):
                self._external = None

    def supply(self, item: Found) -> Found:
        """The date with what is known beyond its words.

        To be called for every date in the order of the text: the head of an entry is a witness for the next.
        """
        if item.relative:
            return self._from_today(item)
        if item.short_year is not None:
            return self._of_century(item)
        heads = self._heads_entry(item)
        known = self._of_entry(item) if heads else item
        if known is item and item.first.year is None and item.first.month and item.first.day:
            known = self._from_witnesses(item)
        if heads and known.first.month:
            self._head = known
        return known

    # --- entries of a journal ---

    def _heads_entry(self, item: Found) -> bool:
        block = item.block
        if block.flow != "body" or item.last is not None:
            return False
        text = self._pen.document.text_of[block.flow]
        return (block.type == "head" or item.weekday is not None) and not text[block.start : item.start].strip(_OPENING)

    def _of_entry(self, item: Found) -> Found:
        """The date of an entry's head: its year by the document's, or month and year by the head before."""
        day, before, external = item.first, self._head, self._external
        if day.year is not None or day.day is None:
            return item
        if day.month and external and external.month is None and item.weekday is not None:
            full = day._replace(year=external.year)
            if _falls(full, item.weekday):
                return item._replace(first=full, certainty="medium", evidence="external")
        follower = _next_entry(item, before) or _next_head(item, before) if before is not None else None
        if before is None or follower is None:
            return item
        return item._replace(first=follower, certainty="medium", evidence="internal", clue=before.place)

    # --- days without a year ---

    def _from_witnesses(self, item: Found) -> Found:
        text, low = self._pen.document.text_of[item.flow], max(item.block.start, item.day_start - 40)
        if (
            _HABIT.search(text, low, item.day_start)
            or _OTHER_YEAR.search(text, low, item.day_start)
            or _OF_ANOTHER_YEAR.match(text, item.end, item.block.end)
            or _UNREADABLE.match(text, item.end, item.block.end)
        ):
            return item
        clue = self._in_paragraph(item)
        if clue is False or (clue is not None and _HAD_BEEN.search(text, low, item.day_start)):
            return item
        told: list[tuple[int, Found | None]] = []
        if isinstance(clue, Found) and (year := _year_after(item, clue)):
            told.append((year, clue))
        today, dateline = self._today(item)
        if today is not None and (year := self._near(item, today)):
            told.append((year, dateline))
        if len({year for year, _ in told}) != 1:
            return item
        year, witness = told[0]
        known = _in_year(item, year, witness)
        if known is None or (item.weekday is not None and year > 1752 and not _falls(known.first, item.weekday)):
            return item
        return known

    def _in_paragraph(self, item: Found) -> Found | bool | None:
        """The nearest earlier full date of the paragraph; None if there is none, False if they leave it open."""
        stated = self._stated.get(item.block.id, [])
        k = bisect_right(stated, item.start, key=lambda other: other.end) - 1
        if k < 0:
            return self._in_paragraph_before(item)
        clue = stated[k]
        same_year = k < self._agreeing[item.block.id]
        return clue if same_year and _year_after(item, clue) else False

    def _in_paragraph_before(self, item: Found) -> Found | None:
        """The last date of the paragraph before, if all that it states is of one year and no letter is dated."""
        if item.flow != "body" or self._dateline(item) is not None:
            return None
        at = bisect_right(self._starts, item.block.start) - 2
        if at < 0 or self._body[at].type != "p" or self._body[at].parent != item.block.parent:
            return None
        stated = self._stated.get(self._body[at].id, [])
        if not stated or self._agreeing[self._body[at].id] < len(stated):
            return None
        return stated[-1] if _year_after(item, stated[-1]) else None

    # --- days that count from the writer's own ---

    def _today(self, item: Found) -> tuple[Day | None, Found | None]:
        """The day on which the words were written, in the writer's calendar, and the dateline; None: the metadata's."""
        dateline = self._dateline(item)
        return (self._external, None) if dateline is None else (dateline.first, dateline)

    def _from_today(self, item: Found) -> Found:
        """What "the 14th instant", "last December" and "Monday last" mean, counted from the writer's day."""
        today, dateline = self._today(item)
        if today is None or today.year is None or today.month is None:
            return item
        first = _counted(item, today)
        if first is None:
            return item
        if not first.exists():
            return item._replace(first=Day())  # the 31st ult., written in May
        if item.weekday is not None and first.day is not None and not _falls(first, item.weekday):
            return item
        last = first._replace(day=item.last.day) if item.last is not None else None
        julian = dateline is not None and dateline.julian and first.day is not None
        known = _witnessed(item._replace(first=first, last=last, relative="", julian=julian), dateline)
        return known if known.exists() else item

    def _of_century(self, item: Found) -> Found:
        """The century of ’87: that of the writer's day, or of the nearest full date before it, else behind it."""
        today, witness = self._today(item)
        if today is not None and today.year is not None:
            near, latest = today.year, today.year + 1
        else:
            told = self._told.get(item.flow, [])
            if not told:
                return item
            witness = told[max(0, bisect_right(told, item.start, key=lambda other: other.start) - 1)]
            near = _stated_year(witness) or 0
            latest = near + 40
        guesses = [year for year in range(near - 60, latest + 1) if year % 100 == item.short_year]
        known = _in_year(item, guesses[0], witness) if len(guesses) == 1 else None
        return known._replace(short_year=None) if known else item

    def _near(self, item: Found, known: Day) -> int | None:
        """The year in which a letter of the date `known` sees `item`: its own, or the year before; None if unclear."""
        if known.year is None or known.month is None or item.first.month is None or item.first.day is None:
            return None
        text = self._pen.document.text_of[item.flow]
        low = max(item.block.start, item.day_start - 60)
        far = max(item.block.start, item.day_start - 120)
        ahead = bool(_AHEAD.search(text, low, item.day_start) or _NEXT.match(text, item.end))
        month, day = item.first.month, item.first.day
        own = date(known.year, known.month, min(known.day or 28, 28))
        by = _BY.search(text, low, item.day_start) and not _HAD.match(text, item.end)
        told = item.flow == "body" and _PAST.search(text, low, item.day_start) is not None
        if (month, day) <= (known.month, known.day or 31):
            if known.month >= _TURN and date(known.year + 1, month, min(day, 28)) - own < _ON:
                # Of January a letter of December speaks as of what comes, unless it tells that it is past.
                return (
                    known.year + 1
                    if ahead or by
                    else known.year
                    if told or _PAST_VERB.search(text, low, item.day_start)
                    else None
                )
            # "until June 30", said in November, may be either: nothing tells.
            return None if ahead else known.year
        back = date(known.year - 1, month, min(day, 28))
        if ahead or by or _AFTER.search(text, far, item.day_start):
            return known.year if date(known.year, month, min(day, 28)) - own < timedelta(days=275) else None
        # An editor's note looks back from a later time than the letter: there the past tense tells nothing.
        return known.year - 1 if told or own - back <= _BACK else None

    def _dateline(self, item: Found) -> Found | None:
        """The dateline of the division where the date stands; for a note, where its reference stands."""
        block: Block | None = item.block
        seen = 0
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


def _stated_year(item: Found) -> int | None:
    """The one year that a date names, be it with a day, a month, a season or alone; None for a span of years."""
    year = item.first.year
    if year is None or year < 1 or item.relative or item.sense in {"before", "after"} or item.about:
        return None
    return year if item.last is None or item.last.year == year else None


def _in_year(item: Found, year: int, witness: Found | None) -> Found | None:
    """The date in a year that evidence gives; a range may end in the next. None if the calendar has no such day."""
    first, last = item.first._replace(year=year), item.last
    if last is not None:
        last = last._replace(year=year + ((last.month or 0) < (first.month or 0)))
    known = _witnessed(item._replace(first=first, last=last), witness)
    return known if known.exists() else None


def _witnessed(item: Found, witness: Found | None) -> Found:
    """What evidence has completed: a date of the text is the witness, or with None the metadata."""
    if witness is None:
        return item._replace(certainty="medium", evidence="external")
    return item._replace(certainty="medium", evidence="internal", clue=witness.place)


#: From October on a day that follows may lie in the next year: "on 20 December 1842, and on 3 January".
_TURN = 10


def _year_after(item: Found, clue: Found) -> int | None:
    """The year of a day that is told after `clue`; None where it would lie before it."""
    year, told = _stated_year(clue), clue.first
    if year is None or item.first.month is None:
        return None
    if (item.first.month, item.first.day or 0) >= (told.month or 0, told.day or 0):
        return year
    if told.day is not None and (told.month or 0) >= _TURN and item.first.month <= 3:
        return year + 1
    return None


def _counted(item: Found, today: Day) -> Day | None:
    """The day that `item` names, counted from `today`; None where it stays open.

    >>> december = Found(None, 0, 1, "", Day(None, 12), relative="last")
    >>> _counted(december, Day(1936, 1, 5))
    Day(year=1935, month=12, day=None)
    """
    year, month = today.year or 0, today.month or 0
    match item.relative:
        case "instant":
            return Day(year, month, item.first.day)
        case "ultimo":
            return Day(year - (month == 1), (month - 2) % 12 + 1, item.first.day)
        case "proximo":
            return Day(year + (month == 12), month % 12 + 1, item.first.day)
    if item.first.month is None:
        if today.day is None or item.weekday is None:
            return None
        now = date(year, month, today.day)
        step = (now.weekday() - item.weekday) % 7 or 7
        day = now - timedelta(days=step) if item.relative == "last" else now + timedelta(days=7 - step or 7)
        return Day(day.year, day.month, day.day)
    asked = (item.first.month, item.first.day or 0)
    own = (month, (today.day or 0) if item.first.day else 0)
    if item.relative == "last":
        return item.first._replace(year=year if asked < own else year - 1)
    return item.first._replace(year=year if asked > own else year + 1)


def _next_entry(item: Found, before: Found) -> Day | None:
    """The date of an entry's head by the one before it, if the days rise and the weekdays agree; else None.

    >>> saturday = Found(None, 0, 1, "", Day(1821, 6, 9), weekday=5)
    >>> _next_entry(Found(None, 5, 6, "", Day(day=11), weekday=0), saturday)
    Day(year=1821, month=6, day=11)
    """
    old, new, weekday = before.first, item.first, item.weekday
    if old.month is None or new.day is None or weekday is None:
        return None
    if new.month is not None:
        if old.year is None:
            return None
        guesses = [new._replace(year=old.year + ((new.month, new.day) < (old.month, old.day or 0)))]
    else:
        after = Day(old.year and old.year + old.month // 12, old.month % 12 + 1, new.day)
        guesses = [Day(old.year, old.month, new.day)] if new.day >= (old.day or 0) else [after]
    for guess in guesses:
        if not guess.exists():
            continue
        if guess.year is not None:
            return guess if _falls(guess, weekday) else None
        # Without a year only the steps within one month can be counted.
        rises = old.day is not None and before.weekday is not None and guess.month == old.month
        if rises and (weekday - (before.weekday or 0)) % 7 == (new.day - (old.day or 0)) % 7:
            return guess
    return None


def contradicts(item: Found) -> bool:
    """Whether the weekday that is printed is not that of the day, as far as the calendars leave no doubt."""
    first = item.first
    if item.weekday is None or first.year is None or None in first or item.julian or first.year <= 1752:
        return False
    return first.exists() and not _falls(first, item.weekday)


def _next_head(item: Found, before: Found) -> Day | None:
    """The date of a head without a weekday by the head before it, if the days rise, or a year ends between them."""
    old, new = before.first, item.first
    heads = item.block.type == before.block.type == "head"
    if not heads or item.weekday is not None or new.month is None or old.year is None or old.month is None:
        return None
    if (new.month, new.day or 0) >= (old.month, old.day or 0):
        return new._replace(year=old.year)
    return new._replace(year=old.year + 1) if old.month >= _TURN and new.month <= 3 else None


def _falls(day: Day, weekday: int) -> bool:
    """Whether a full date that exists falls on `weekday` (0 is Monday); dates before 1753 are counted as Gregorian."""
    return bool(day.exists() and day.year and day.month and day.day) and (
        date(day.year or 1, day.month or 1, day.day or 1).weekday() == weekday
    )


def _document_date(pen: Annotator) -> Day | None:
    """The document's date from its metadata, as far as it is known."""
    datum = pen.document.metadata.get("date")
    if datum is None:
        return None
    value = datum.value.strip()
    if match := _DATED.fullmatch(value):
        return Day(*(int(part) if part else None for part in match.groups()))
    whole = Block("", "dateline", "", 0, len(value))
    for found in spoken(value, Leaves(value, [whole])):
        if found.start == 0 and found.end == len(value) and found.sense == "on":
            return found.first
    return None
