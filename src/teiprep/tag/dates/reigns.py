"""Regnal years: "34 Geo. III", "3 & 4 Will. IV, c. 73", "the 12th year of the reign of Queen Elizabeth".

A regnal year goes from the day of accession to the day before its anniversary. The days are those by which the years
were counted (Handbook of Dates, Royal Historical Society), not always those on which a reign began: Charles II counted
from his father's death.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import regex

from teiprep.numerals import roman_value

from .values import Day, Found
from .words import ORDINALS, ordinal

if TYPE_CHECKING:
    from teiprep.document import Block

_NUMBER = r"(?:VIII|VII|VI|IV|V|I{1,3}|[1-8](?:st|nd|rd|th|d)?|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth)\b"
#: The names in statutes, in English and in Latin.
_NAMES = {
    "george": "Geo|George",
    "william and mary": r"(?:W|Will|William)\.?\s?(?:&|and)\s(?:M|Mar|Mary)",
    "william": "Will|William|Wm|Gul",
    "elizabeth": "Eliz|Elizabeth",
    "victoria": "Vic|Vict|Victoria",
    "charles": "Car|Chas|Charles",
    "james": "Jac|Jas|James",
    "henry": "Hen|Henry",
    "edward": "Ed|Edw|Edward",
    "richard": "Ric|Rich|Richard",
    "anne": "Ann|Anne",
    "philip": r"(?:P|Ph|Phil|Philip)\.?\s?(?:&|and)\s(?:M|Mar|Mary)",
    "mary": "Mar|Mary",
}
_SOVEREIGN = (
    "(?:" + "|".join(f"(?P<{key.split()[0]}{len(key.split())}>{names})" for key, names in _NAMES.items()) + ")"
    rf"(?![\w])(?P<stop>\.)?(?:\s(?:the\s)?(?P<number>{_NUMBER}))?"
)
_HIS = r"(?:(?:our\s)?(?:late\s)?(?:sovereign\s)?(?:lord\s|lady\s)?(?:King|Queen)\s)?"
#: Where a regnal year may be: a figure before a name, and in words.
HINTS = (r"[0-9] (?:Geo|W|Eliz|Vic|C|J|Hen|Ed|Ric|Ann|P|Mar|Gul)", r"year of ")
PATTERN = regex.compile(
    rf"(?P<year>\d{{1,2}})(?:\s?(?:&|and|[-–])\s?(?P<other>\d{{1,2}}))?\s{_SOVEREIGN}"
    rf"|(?P<year>\d{{1,2}}(?:st|nd|rd|th|d)|(?i:{'|'.join(form for form in ORDINALS if ' ' not in form)}))"
    rf"\syear\sof\s(?:the\sreign\sof\s)?{_HIS}{_SOVEREIGN}"
)
_CHAPTER = regex.compile(r",?\s(?:st(?:at)?\.\s?\d,?\s)?(?:c\.|cap\.|ch\.|chapter)")
#: Sovereigns of whom a statute needs no number.
_ALONE = frozenset({"anne", "elizabeth", "mary", "philip", "victoria", "william and mary"})

_REIGNS = (
    ("henry", 3, date(1216, 10, 28)),
    ("edward", 1, date(1272, 11, 20)),
    ("edward", 2, date(1307, 7, 8)),
    ("edward", 3, date(1327, 1, 25)),
    ("richard", 2, date(1377, 6, 22)),
    ("henry", 4, date(1399, 9, 30)),
    ("henry", 5, date(1413, 3, 21)),
    ("henry", 6, date(1422, 9, 1)),
    ("edward", 4, date(1461, 3, 4)),
    ("edward", 5, date(1483, 4, 9)),
    ("richard", 3, date(1483, 6, 26)),
    ("henry", 7, date(1485, 8, 22)),
    ("henry", 8, date(1509, 4, 22)),
    ("edward", 6, date(1547, 1, 28)),
    ("mary", 1, date(1553, 7, 6)),
    ("philip", 1, date(1554, 7, 25)),
    ("elizabeth", 1, date(1558, 11, 17)),
    ("james", 1, date(1603, 3, 24)),
    ("charles", 1, date(1625, 3, 27)),
    ("charles", 2, date(1649, 1, 30)),
    ("james", 2, date(1685, 2, 6)),
    ("william and mary", 1, date(1689, 2, 13)),
    ("william", 3, date(1689, 2, 13)),
    ("anne", 1, date(1702, 3, 8)),
    ("george", 1, date(1714, 8, 1)),
    ("george", 2, date(1727, 6, 11)),
    ("george", 3, date(1760, 10, 25)),
    ("george", 4, date(1820, 1, 29)),
    ("william", 4, date(1830, 6, 26)),
    ("victoria", 1, date(1837, 6, 20)),
    ("edward", 7, date(1901, 1, 22)),
    ("george", 5, date(1910, 5, 6)),
    ("edward", 8, date(1936, 1, 20)),
    ("george", 6, date(1936, 12, 11)),
    ("elizabeth", 2, date(1952, 2, 6)),
)
#: Where a reign ended before the next of the table began.
_ENDED = {
    ("elizabeth", 2): date(2022, 9, 8),
    ("mary", 1): date(1554, 7, 24),
    ("william and mary", 1): date(1695, 2, 12),
}


def read(text: str, block: Block, match: regex.Match[str]) -> Found | None:
    """The regnal year, or two that one session of parliament lay in, that `PATTERN` matched; None if there was none."""
    name = next(key for key in _NAMES if match[f"{key.split()[0]}{len(key.split())}"] is not None)
    in_statute = match["stop"] is not None or _CHAPTER.match(text, match.end(), block.end)
    if match["number"] is None and (name not in _ALONE or (match["year"].isdigit() and not in_statute)):
        return None  # "4 Anne, who m. Pike"
    count = ordinal(match["number"]) or roman_value(match["number"]) if match["number"] else 1
    year = ordinal(match["year"])
    other = int(match["other"]) if match["other"] else year
    found = next((k for k, reign in enumerate(_REIGNS) if reign[:2] == (name, count)), None)
    if found is None or year < 1 or other not in {year, year + 1}:
        return None
    accession = _REIGNS[found][2]
    later = (reign[2] for reign in _REIGNS[found + 1 :] if reign[2] > accession)
    first = accession.replace(year=accession.year + year - 1)
    last = accession.replace(year=accession.year + other) - timedelta(days=1)
    if first > _ENDED.get((name, count), next(later, date.max)):
        return None
    return Found(
        block, match.start(), match.end(), "regnal-year", Day(first.year, first.month, first.day),
        Day(last.year, last.month, last.day), sense="range", certainty="medium",
    )  # fmt: skip
