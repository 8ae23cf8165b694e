"""Puts together what belongs together: two dates to a range, a date and the word that bounds it, a day and its hour."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import regex

from teiprep.tag.common import words

from .values import Day, Found
from .words import CARDINALS, MERIDIEM, PART_OF_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.document import Certainty

    from .values import Sense

_TO = regex.compile(r"\s?[-–—]\s?|,?\s(?:to|till|until|through|thru)\s(?:the\s)?")
_AND = regex.compile(r",?\s(?:and|&)\s(?:the\s)?")
_LIST = regex.compile(r",?\s(?:and|or|&)\s(?:on\s)?(?:the\s)?|,\s(?:the\s)?")
_BETWEEN = regex.compile(r"\b[Bb]etween\s(?:the\s)?$")

_HOURS = tuple(CARDINALS)[:12]
_CLOCK = (
    rf"(?:(?P<hour>\d{{1,2}}|{'|'.join(_HOURS)})(?:[:.](?P<minute>[0-5]\d))?\s?(?:o[’']\s?clock)?,?\s?"
    rf"(?:(?P<half>{MERIDIEM})|(?P<part>{PART_OF_DAY}))"
    r"|(?P<hour>0\d|1[3-9]|2[0-3]):(?P<minute>[0-5]\d)(?![\d:.])"
    r"|(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s(?:hours|hrs\.?)|(?P<word>noon|midnight)\b)"
)
_TIME = regex.compile(_CLOCK, regex.IGNORECASE)
#: Not "9.30 a.m.–12.25 p.m.": a stretch of time is no time of day.
_TIME_BEHIND = regex.compile(
    rf"\s?(?:[—–,-]\s?|\s)?(?:at\s)?(?:about\s)?{_CLOCK}(?!\s?[-–—]\s?\d|\sto\s\d)", regex.IGNORECASE
)
_TIME_BEFORE = regex.compile(rf"(?<![\w.:]){_CLOCK},?\s(?:(?:on|of)\s)?(?:the\s)?$", regex.IGNORECASE)
#: What must stand before a day for a time to do so: looked for first, because it is fast.
_HOUR_WORD = re.compile(r"[0-9. ][aApP]\.? ?[mM]|noon|night|ning|clock|hours|hrs|:[0-9]")
#: In a dateline an hour without its half belongs to the words, and gives no value.
_LOOSE_HOUR = regex.compile(r"(?:\s*[—–-]\s*|,?\s+)(?:\d{1,2}(?:[:.]\d\d)?\s*o[’']clock)")
_OLD = r"O\.\s?S\.|O\.S\b|[Oo]ld\s[Ss]tyle|o\.\s?s\.|stilo\sveteri"
_NEW = r"N\.\s?S\.|N\.S\b|[Nn]ew\s[Ss]tyle|n\.\s?s\.|stilo\snovo"
_STYLE = regex.compile(
    rf",?\s(?:[(\[](?:(?P<old>{_OLD})|{_NEW})[)\]]|(?:(?P<old>{_OLD})|{_NEW}))(?!\s?\d{{1,2}}\b)(?:,?\s(?P<year>1[5-9]\d\d)\b)?"
)
#: What can stand between a day and an hour or a style.
_BESIDE = frozenset(" ,\n\xa0—–-([")

_MODIFIER = regex.compile(
    r"(?<![\w-])(?:"
    r"(?P<about>(?<!\.)(?-i:c)\.?|(?-i:ca)\b\.?|circa|about|around|approximately|on\sor\sabout|in\sor\sabout)\s?"
    r"|(?P<before>(?:not|no)\slater\sthan|not\safter|(?<!not\s)before|prior\sto|on\sor\sbefore|(?<!(?:not|no)\s)earlier\sthan)\s"
    r"|(?P<after>(?:not|no)\searlier\sthan|not\sbefore|(?<!not\s)after|subsequent\sto|on\sor\safter|(?<!(?:not|no)\s)later\sthan)\s"
    r"|(?P<early>early|beginning\sof|start\sof|early\spart\sof)[\s-]"
    r"|(?P<middle>mid|middle\sof)[\s-]"
    r"|(?P<late>late|end\sof|close\sof|latter\spart\sof)[\s-])(?:the\s(?:year\s)?)?$",
    regex.IGNORECASE,
)
#: How the words of a modifier end: looked for first, because that is fast.
_BOUNDING = words(
    "c c. ca. ca year circa about around approximately before to than after early mid middle late beginning start part"
    " end close"
)
#: "Two days after", "the week before": the date itself is meant, and what is told of lies beside it.
_RELATED = regex.compile(
    r"(?:\b(?:days?|weeks?|fortnight|months?|years?|hours?|nights?|evenings?|mornings?|eve|time|soon|and|or|long|shortly"
    r"|immediately)|the\sone)\s$",
    regex.IGNORECASE,
)
_BOTH = regex.compile(r"\s(?:and|or)\safter\b")
_UNBOUNDED = frozenset({"weekday-head", "weekday-relative", "weekday-day"})


def compose(text: str, found: Sequence[Found]) -> list[Found]:
    """The dates of a flow with ranges, bounds, styles and hours put together; in order and apart, as they came."""
    timed = [_with_time(text, _with_style(text, item)) if item.first.day is not None else item for item in found]
    return [_bounded(text, _doubted(text, item)) for item in _joined(text, timed)]


# --- two dates that are one ---


def _joined(text: str, found: Sequence[Found]) -> list[Found]:
    out: list[Found] = []
    for item in found:
        near = bool(out) and item.start <= out[-1].end + 12 and out[-1].block is item.block
        if near and (one := _pair(text, out[-1], item)):
            out[-1:] = one
        else:
            out.append(item)
    return out


def _pair(text: str, a: Found, b: Found) -> list[Found] | None:
    """What two neighbours come to: one range, two dates that share a year; None if they have nothing to do."""
    if a.sense != "on" or b.sense != "on" or a.relative or b.relative or a.first == Day() or b.first == Day():
        return None
    joint = text[a.end : b.start]
    between = _BETWEEN.search(text, max(a.block.start, a.start - 12), a.start) if _AND.fullmatch(joint) else None
    if between or _TO.fullmatch(joint):
        first, last = _shared(a, b)
        if first is None or last is None or not _rises(first, last):
            return None
        name: Sense = "between" if between else "range"
        start = between.start() if between else a.start
        certainty = "medium" if "medium" in {a.certainty, b.certainty} else a.certainty
        return [
            a._replace(
                start=start, end=b.end, rule=name, first=first, last=last, sense=name, certainty=certainty, time=None,
                julian=a.julian or b.julian,
            )
        ]  # fmt: skip
    if b.rule == "era" and b.last is None and joint.strip(", ") == "" and a.first.month and a.first.year is None:
        return [a._replace(end=b.end, rule="full-date", first=a.first._replace(year=b.first.year))]  # 15 March 44 B.C.
    if _LIST.fullmatch(joint) and a.first.year is None and a.short_year is None and b.first.year and a.first.month:
        # "May 3 and June 5, 1820"
        first = a.first._replace(year=b.first.year)
        if b.first.month and b.rule in _DAYS and a.rule in _DAYS and _rises(first, b.first):
            return [a._replace(first=first), b]
    return None


_DAYS = frozenset({"day", "full-date", "listed-day"})


def _shared(a: Found, b: Found) -> tuple[Day | None, Day | None]:
    """Both ends of a range, each with the year that only the other bears; None where they are not of one kind."""
    one, two = a.first, b.first
    if one.month is None and one.year is None and two.month is not None and one.day is not None:
        one = one._replace(month=two.month)
    if (one.day is None) != (two.day is None) and (one.month is None) != (two.month is None):
        return None, None
    if one.year is None and two.year is not None:
        backwards = (one.month or 0) > (two.month or 0)  # "30 December to 2 January 1920"
        one = one._replace(year=two.year - backwards)
    elif two.year is None and one.year is not None:
        two = two._replace(year=one.year)
    return one, two


def _rises(one: Day, two: Day) -> bool:
    """Whether `two` is later; without years also where a year ends between them."""
    if one.year is None and two.year is None and (one.month or 0) >= 10 and (two.month or 12) <= 3:
        return True
    return [part or 0 for part in one] < [part or 0 for part in two]


# --- what stands beside a date ---


def _with_style(text: str, item: Found) -> Found:
    """A day together with what says by which calendar it counts."""
    if item.julian or text[item.end : item.end + 1] not in _BESIDE:
        return item
    style = _STYLE.match(text, item.end, item.block.end)
    if style is None:
        return item
    if style["year"] and item.first.year is None:  # "11 July O.S. 1648"
        item = item._replace(first=item.first._replace(year=int(style["year"])), rule="full-date")
    elif style["year"]:
        style = _STYLE.match(text, item.end, style.start("year") - 1) or style
    certainty: Certainty = "medium" if style["old"] else item.certainty
    return item._replace(end=style.end(), julian=bool(style["old"]), certainty=certainty)


def _with_time(text: str, item: Found) -> Found:
    """A day together with the hour right beside it."""
    if item.sense != "on" or item.rule in {"feast", "month-by-number"}:
        return item
    block = item.block
    if text[item.end : item.end + 1] in _BESIDE:
        if (behind := _TIME_BEHIND.match(text, item.end, block.end)) is not None:
            return item._replace(end=behind.end(), time=_clock(behind))
        if block.type == "dateline" and (hour := _LOOSE_HOUR.match(text, item.end, block.end)):
            return item._replace(end=hour.end())
    low = max(block.start, item.start - 40)
    if _HOUR_WORD.search(text, max(low, item.start - 18), item.start) and (
        before := _TIME_BEFORE.search(text, low, item.start)
    ):
        return item._replace(start=before.start(), time=_clock(before))
    return item


def _doubted(text: str, item: Found) -> Found:
    """A date behind which the editor put a question mark."""
    if item.first.year is None or not _DOUBT.match(text, item.end, item.block.end):
        return item
    return item._replace(doubted=True, certainty="low")


#: "1843?]", "4 May 1843 (?)"; a question that ends a sentence has a space behind it.
_DOUBT = regex.compile(r"\?[\])]|\s?[(\[]\?[)\]]")


def _clock(match: regex.Match[str]) -> str | None:
    """The time of day in ISO form; None for midnight, of which nobody knows whether it begins or ends the day.

    >>> [
    ...     _clock(_TIME.match(words))
    ...     for words in ("10 a.m.", "9.30 p.m.", "12.15 p.m.", "noon", "1430 hours", "three o'clock in the afternoon")
    ... ]
    ['10:00:00', '21:30:00', '12:15:00', '12:00:00', '14:30:00', '15:00:00']
    """
    if match["word"]:
        return "12:00:00" if match["word"].casefold() == "noon" else None
    word, minute = match["hour"].casefold(), match["minute"] or "00"
    if not (half := (match["half"] or match["part"] or "").casefold()):
        return f"{word}:{minute}:00"
    hour = int(word) if word.isdigit() else CARDINALS[word]
    if not 1 <= hour <= 12 or (half == "at night" and (hour == 12 or hour < 6)):
        return None
    late = half[0] == "p" or half in {"in the afternoon", "in the evening", "at night"}
    return f"{hour % 12 + 12 * late:02}:{minute}:00"


def _bounded(text: str, item: Found) -> Found:
    """A date with the word before it that makes it a bound, or an approximation."""
    block, start = item.block, item.start
    led = (
        text[max(block.start, start - 14) : start]
        .casefold()
        .replace("-", " ")
        .replace("(", " ")
        .replace("[", " ")
        .split()[-2:]
    )
    if not led or not (led[-1] in _BOUNDING or (led[-1] in {"of", "the"} and led[0] in _BOUNDING)):
        return item
    if item.rule in _UNBOUNDED or item.relative or item.time:
        return item
    match = _MODIFIER.search(text, max(block.start, start - 30), start)
    if match is None:
        return item
    kind = match.lastgroup or ""
    start = match.start()
    if kind == "about":
        whole = item.sense == "on" or item.rule in {"decade", "century", "year-range"}
        return item._replace(start=start, about=True, certainty="medium") if whole else item
    if kind not in {"before", "after"}:
        return _part(item, start, kind)
    if item.sense != "on" or item.first == Day() or item.rule == "feast":
        return item
    if _RELATED.search(text, max(block.start, start - 14), start) or _BOTH.match(text, item.end, block.end):
        return item
    return item._replace(start=start, sense="before" if kind == "before" else "after", lead=item.start - start)


#: Early, middle and late in a month (days), a year (months), a decade (years), a century (years): first and last.
_PARTS = {
    "month": {"early": (1, 12), "middle": (10, 20), "late": (20, 31)},
    "year": {"early": (1, 4), "middle": (5, 8), "late": (9, 12)},
    "decade": {"early": (0, 3), "middle": (3, 7), "late": (6, 9)},
    "century": {"early": (0, 32), "middle": (33, 65), "late": (66, 99)},
}


def _part(item: Found, start: int, part: str) -> Found:
    """The early, middle or late part of a month, a year, a decade or a century, as a time between bounds."""
    first, last = item.first, item.last
    if first.day is not None or (first.year is None and first.month is None):
        return item
    if last is not None:
        if item.rule not in {"decade", "century"} or first.year is None or last.year is None:
            return item
        kind = "century" if last.year - first.year > 50 else "decade"
        low, high = _PARTS[kind][part]
        return item._replace(start=start, first=Day(first.year + low), last=Day(min(first.year + high, last.year)),
            sense="between", edtf=None, certainty="medium",
        )  # fmt: skip
    if first.month is not None:
        if first.year is None:
            return item
        low, high = _PARTS["month"][part]
        while not Day(first.year, first.month, high).exists():
            high -= 1
        ends = first._replace(day=low), first._replace(day=high)
    else:
        low, high = _PARTS["year"][part]
        ends = first._replace(month=low), first._replace(month=high)
    return item._replace(start=start, first=ends[0], last=ends[1], sense="between", certainty="medium")
