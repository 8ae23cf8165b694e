"""Dates: the cases of dates.toml and years.toml, and what holds for every text."""

import re
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from teiprep.tag import dates
from teiprep.tei.body import datable
from tests.flow import apply, pen_for

CASES = Path(__file__).parent / "cases"


def load(name):
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))


def value(found):
    """The attributes of a date as the case files write them: see the head of date_phrases.toml."""
    if "when" in found:
        text = _iso(found["when"])
    elif "from" in found:
        text = f"{_iso(found['from'])}/{_iso(found['to'])}"
    elif "notBefore" in found or "notAfter" in found:
        text = f"[{_iso(found.get('notBefore', ''))}..{_iso(found.get('notAfter', ''))}]"
    else:
        return ""
    return text + ("~" if found.get("precision") == "low" else "") + (" julian" if "calendar" in found else "")


def _iso(text):
    """Without seconds, and with a year 0, as EDTF has it."""
    text = re.sub(r"(T\d\d:\d\d):00$", r"\1", text)
    if re.match(r"-\d{4}", text):
        count = int(text[1:5]) - 1
        text = (f"-{count:04}" if count else "0000") + text[5:]
    return text


def shown(pen, *, evidence=False):
    """The dates as the case files write them."""
    out = []
    order = [flow.id for flow in pen.document.flows]
    for date in sorted(pen.document.layer("date"), key=lambda a: (order.index(a.flow), a.start)):
        found = date.attributes
        what = value(found)
        words = pen.document.quote(date) + (f" = {what}" if what else "")
        out.append(words + (f" {found['evidence'][0]}" if evidence and "evidence" in found else ""))
    return out


@pytest.mark.parametrize(
    ("text", "expected", "impossible"),
    [
        pytest.param(text, expected, group.get("impossible", False), id=f"{name}: {text}")
        for name, group in load("dates.toml").items()
        for text, *expected in group["cases"]
    ],
)
def test_dates(text, expected, impossible):
    pen = pen_for(text)
    complaints = apply(pen, dates.rule)
    assert shown(pen) == expected
    assert [c.code for c in complaints] == ["date-impossible"] * (len(expected) if impossible else 0)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{name}: {case['text']} ({case.get('given')})")
        for name, group in load("years.toml").items()
        for case in group["cases"]
    ],
)
def test_years(case):
    pen = pen_for(case["text"], **({"date": case["given"]} if "given" in case else {}))
    apply(pen, dates.rule)
    assert shown(pen, evidence=True) == case["dates"]


PHRASES = [(name, case) for name, group in load("date_phrases.toml").items() for case in group["cases"]]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=f"{name}: {case['text']} ({case.get('given')})",
            marks=[pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else [],
        )
        for name, case in PHRASES
    ],
)
def test_phrases(case):
    test_years(case)


def test_there_are_enough_phrases_and_half_of_them_are_negative():
    open_or_none = [
        case for _, case in PHRASES if not any(" = " in date and "--" not in date for date in case["dates"])
    ]
    assert len(PHRASES) >= 300
    assert len(open_or_none) >= len(PHRASES) / 2


def test_inferred_year_is_less_certain_and_names_its_clue():
    pen = pen_for("[dateline] Leeds, 9 November 1835\n\nHe came on November 4th.")
    apply(pen, dates.rule)
    dateline, day = pen.document.layer("date")
    assert (dateline.certainty, day.certainty) == ("high", "medium")
    assert day.attributes["clue"] == dateline.id


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("in May 1843", None),  # as `when`
        ("between 1820 and 1830", "[1820..1830]"),
        ("before 1850", "[..1850]"),
        ("after 1850", "[1850..]"),
        ("in the spring of 1843", "1843-21"),
        ("the second quarter of 1951", "1951-34"),
        ("first half of 1951", "1951-40"),
        ("[4 May 1863?]", "1863-05-04?"),
        ("Thursday the 17th, 1820", "1820-XX-17"),
        ("44 B.C.", "-0043"),
        ("before November 4th", "[..XXXX-11-04]"),
        ("on Monday the 8th", "XXXX-XX-08"),
        ("on November 4th", "XXXX-11-04"),
        ("30–31 March 1881", "1881-03-30/1881-03-31"),
        ("in the 1830s", "183X"),
        ("the 1800s", "18XX"),
        ("circa 1650", "1650~"),
    ],
)
def test_edtf(text, edtf):
    pen = pen_for(text)
    apply(pen, dates.rule)
    assert [date.attributes.get("edtf") for date in pen.document.layer("date")] == [edtf]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("on 3 May 1643", "high"),
        ("on 3 February 1643", "medium"),  # or 1644, as England counted
        ("on 24 March 1643", "medium"),
        ("on 25 March 1643", "high"),
        ("on 3 February 1642/3", "high"),
        ("on 3 February 1752", "high"),
        ("on l3 May 1643", "medium"),
        ("on Monday, May 4th, 1863", "high"),
        ("on Sunday, May 4th, 1863", "low"),  # it was a Monday
        ("[4 May 1863?]", "low"),
    ],
)
def test_certainty(text, certainty):
    pen = pen_for(text)
    apply(pen, dates.rule)
    assert [date.certainty for date in pen.document.layer("date")] == [certainty]


def test_a_day_that_only_the_julian_calendar_has_is_no_error_and_has_no_iso_value():
    pen = pen_for("on 29 February 1700")
    assert apply(pen, dates.rule) == []
    assert shown(pen) == ["29 February 1700"]


PIECES = "May March 12 1942 1,200 4th – - / to of , . ( ) Sunday In Nov. 31 p. 1900s"


@given(st.lists(st.sampled_from(PIECES.split()), max_size=30).map(" ".join))
def test_dates_are_ordered_apart_and_within_the_text(text):
    pen = pen_for("x " + text)
    apply(pen, dates.rule)
    at = 0
    for date in pen.document.layer("date"):
        assert at <= date.start < date.end <= len(pen.document.text_of["body"])
        assert not pen.document.quote(date).startswith(" ")
        at = date.end


KILLERS = (
    *(
        "May 3, ",
        "May and ",
        "1843, ",
        "1",
        "12/",
        "1,",
        "Monday, ",
        "end of ",
        "between ",
        "one thousand seven hundred and ",
    ),
    *("year of the reign of ", "3 & 4 Will. ", "St. ", "44 B.C. ", "1843–44 ", "lI0", "first, second, third, ", "MDCC"),
    *("12th of the 3rd ", "10 a.m. on ", "(Leeds, ", "Q1 ", "’43 ", "\n", "30th instant ", "Monday last ", "3-", "FY"),
)


@pytest.mark.parametrize("words", KILLERS)
def test_no_text_takes_long(words):
    """Quadratic work on these would take minutes; the limit is wide enough for a busy machine."""
    pen = pen_for("x " + words * (30_000 // len(words)))
    start = time.process_time()
    list(dates.rule(pen))
    assert time.process_time() - start < 5


# --- every value is one that TEI and EDTF take ------------------------------------------------------------------------


WORDS = (
    *("May", "March", "Feb.", "September", "Novr", "December", "Sunday", "Tues.", "Michaelmas", "Easter", "summer"),
    *(
        "1",
        "3d",
        "12",
        "12th",
        "29",
        "30",
        "31",
        "31st",
        "44",
        "99",
        "1642/3",
        "1700",
        "1843",
        "1843–44",
        "1900s",
        "2000",
    ),
    *(
        "’43",
        "'87",
        "MDCCXLII",
        "first",
        "twenty-ninth",
        "eighteen hundred and forty-three",
        "nineteenth",
        "1752",
        "1600",
    ),
    *("-", "–", "—", "/", ",", ".", "(", ")", "[", "]", "?", "to", "and", "or", "of", "the", "in", "on", "at", "from"),
    *(
        "before",
        "after",
        "between",
        "until",
        "since",
        "about",
        "circa",
        "c.",
        "early",
        "late",
        "mid",
        "end of",
        "not later",
    ),
    *(
        "B.C.",
        "A.D.",
        "O.S.",
        "N.S.",
        "10 a.m.",
        "midnight",
        "inst.",
        "ult.",
        "last",
        "next",
        "century",
        "quarter",
        "month",
    ),
    *(
        "day",
        "year",
        "FY",
        "Q1",
        "reign",
        "George III",
        "3 & 4 Will. IV",
        "3rd",
        "than",
        "day of",
        "5th Month",
        "Will.",
    ),
)
#: A date of EDTF, level 1, as it is used here: digits unknown at the end ("183X"), seasons and quarters (21–41), hours.
_EDTF_DAY = (
    r"(?:-?\d{4}|\d{3}X|\d{2}XX|XXXX)"
    r"(?:-(?:2[1-9]|3\d|4[01]|(?:0[1-9]|1[0-2]|XX)(?:-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d:\d\d)?)?))?"
)
EDTF = re.compile(rf"(?:{_EDTF_DAY}|{_EDTF_DAY}/{_EDTF_DAY}|\[(?:{_EDTF_DAY})?\.\.(?:{_EDTF_DAY})?\])~?")
VALUES = ("when", "from", "to", "notBefore", "notAfter")


#: Whole dates, so that what is carried from one to the next has something to carry.
WHOLE = (
    *(
        "4 May 1843",
        "May 4, 1843",
        "29 February 1700",
        "3 February 1642/3",
        "Feb. 29",
        "November 4th",
        "31 Dec.",
        "5/6/1843",
    ),
    *(
        "44 B.C.",
        "15 March 44 B.C.",
        "A.D. 44",
        "May 1843",
        "winter 1843–44",
        "late 1830s",
        "the 19th century",
        "3 Geo. III",
    ),
    *(
        "1843-05-04",
        "4 May ’43",
        "4th instant",
        "last December",
        "Michaelmas 1642",
        "the first quarter of 1900",
        "FY 1943",
    ),
    *("the eighteenth day of July", "Sunday the 4th", "4 May 1643 O.S.", "10 a.m. on May 4"),
)
LINKS = ("", " ", " ", " ", ", ", " – ", "–", "/", " to ", " and ", " or ", " until ", " before ", " after ", "\n\n")
HEADS = (
    "",
    "[dateline] Leeds, 4 May 1861\n\n",
    "[head] Sunday 4 May 1861\n\n",
    "[dateline] Leeds, 4 Mar. 1700 O.S.\n\n",
)


@st.composite
def told(draw):
    """Words of dates and whole dates, most with something between; above them perhaps a dateline or an entry's head."""
    pieces = draw(
        st.lists(st.tuples(st.sampled_from(WORDS) | st.sampled_from(WHOLE), st.sampled_from(LINKS)), max_size=14)
    )
    opening = draw(st.sampled_from(("x ", "from ", "between ", "before ", "about ", "(Leeds, ")))
    return draw(st.sampled_from(HEADS)) + opening + "".join(map("".join, pieces))


def span_of(iso):
    """The first and the last day that a value with a year may mean, to be compared; None without a year.

    >>> span_of("1843-05"), span_of("--05")
    (((1843, 5, 1), (1843, 5, 31)), None)
    """
    match = re.match(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?", iso)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return (year, month or 1, day or 1), (year, month or 12, day or 31)


@example("x in 44 B.C. and on Feb. 29")  # which years before our era had that day depends on how they are counted
@given(told())
def test_every_value_is_one_that_tei_and_edtf_take(text):
    pen = pen_for(text)
    apply(pen, dates.rule)
    for date in pen.document.layer("date"):
        found = date.attributes
        values = {name: found[name] for name in VALUES if name in found}
        assert {name: value for name, value in datable(found).items() if name in VALUES} == values
        for low, high in (("from", "to"), ("notBefore", "notAfter")):
            first, last = span_of(found.get(low, "")), span_of(found.get(high, ""))
            if first and last:
                assert first[0] <= last[1], pen.document.quote(date)
        if "edtf" in found:
            assert EDTF.fullmatch(found["edtf"]), pen.document.quote(date)
