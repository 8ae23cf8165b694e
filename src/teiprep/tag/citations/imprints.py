"""Where and when a work came out: `(London: Grey, 1901)`, `(1978)`, `, Paris, Plon, 1904`."""

from __future__ import annotations

from typing import NamedTuple

import regex

from teiprep.tag.common import PLACES, words

from .model import Part
from .vocabulary import IMPRINTS, PUBLISHERS, REGIONS

_YEAR = r"\[?(?:c\. ?)?1[4-9]\d\d\]?(?:\s?[-–]\s?(?:1[4-9]\d\d|20\d\d|\d\d))?|20\d\d(?:\s?[-–]\s?(?:20\d\d|\d\d))?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)\p{Ll}*\.?"
_WHEN = rf"(?:(?:\d{{1,2}} )?{_MONTH}(?:[-–/]{_MONTH})? (?:\d{{1,2}}, )?)?(?:{_YEAR})(?![\d\p{{L}}])"
_IN_BRACKETS = regex.compile(
    rf" ?[,.]? ?\((?P<rest>[^()\n]{{0,140}}?)(?P<gap>[,:]? ?)(?P<when>{_WHEN}|n\. ?d\.)(?:[-–]| ff\.)?"
    r"(?:[;,] (?:[Hh]ere(?:in)?after|[Hh]enceforth)[^()\n]{2,80})?\)"
)
_EDITION = regex.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th|d)|[Rr]ev\.|\p{L}{3,10}) (?:rev\. )?(?:ed|edn|edition)\b\.?,? ?"
    r"|\d{1,2} vols?\.?,? ?|repr(?:\.|inted),? ?"
)
#: Outside of brackets the place must be a known one.
_OPEN = regex.compile(
    rf"[,.]? (?P<place>(?:(?:New|San|Los|St\.|Saint|Den|The) )?"
    rf"\p{{Lu}}[\p{{L}}.-]+(?: (?:and|&|et) \p{{Lu}}\p{{Ll}}+)?)"
    rf"(?P<publisher>(?:,| ?:) [^,;()\n]{{2,40}})?,? (?P<when>{_WHEN})"
)
_PLACES = IMPRINTS | PLACES
#: First words of the names of places.
_NEW = words("New San Los St. Saint Den The")
_LINKS = words("and & of for upon on sur am an im in der bei le la les de et und / the s.l")

#: A month or a season of a year, where no rule has tagged a date.
ISSUE = regex.compile(rf"(?:(?:\d{{1,2}} )?{_MONTH}(?:[-–/]{_MONTH})?,? (?:\d{{1,2}}, )?)(?:{_YEAR})(?![\d\p{{L}}])")
#: A year or two, of which a value can be made.
_VALUES = regex.compile(r"(?P<first>\d{4})(?:[-–](?P<last>\d\d|\d{4}))?")


class Imprint(NamedTuple):
    """`text[start:end]`, with the spans of the place (None if there is none, or none that is sure) and of the date."""

    start: int
    end: int
    place: tuple[int, int] | None
    when: tuple[int, int] | None
    named: bool = True  # whether a place or a publisher is named
    bracketed: bool = True


def imprint(text: str, at: int, end: int) -> Imprint | None:
    """The imprint that begins at `at`, with its brackets.

    >>> text = " (Cambridge, MA: Grey & Sons, 2003)"
    >>> found = imprint(text, 0, len(text))
    >>> text[slice(*found.place)], text[slice(*found.when)]
    ('Cambridge, MA', '2003')
    """
    found = _IN_BRACKETS.match(text, at, end)
    if found is None:
        return _open(text, at, end)
    dated = None if found["when"].startswith("n") else found.span("when")
    if not found["rest"]:
        return Imprint(at, found.end(), None, dated, named=False) if dated else None
    start, stop = found.span("rest")
    edition = _EDITION.match(text, start, stop)
    start = edition.end() if edition else start
    rest = text[start:stop].rstrip(" ,:")
    if not rest:
        return Imprint(at, found.end(), None, dated, named=False)
    if not all(_is_proper(word) for word in rest.replace("n.p.", "").split()):
        return None
    return Imprint(at, found.end(), _place(text[start : start + len(rest)], start), dated)


def when(text: str, start: int, stop: int) -> Part:
    """The date on `text[start:stop]` as a part of a citation, with the value of a year or of a span of years.

    >>> when("1871–74", 0, 7).attributes
    {'from': '1871', 'to': '1874'}
    """
    written = text[start:stop]
    years = _VALUES.fullmatch(written)
    if years is None:
        return Part("date", start, stop)
    first, last = years["first"], years["last"]
    if last is None:
        return Part("date", start, stop, {"when": first})
    last = first[: 4 - len(last)] + last
    return Part("date", start, stop, {"from": first, "to": last} if last > first else {})


def _open(text: str, at: int, end: int) -> Imprint | None:
    found = _OPEN.match(text, at, end)
    if found is None or not _is_known(found["place"]):
        return None
    return Imprint(at, found.end(), found.span("place"), found.span("when"), bracketed=False)


def _place(rest: str, start: int) -> tuple[int, int] | None:
    """The place at the beginning of `rest`, which stands at `start`.

    None where it may be a publisher, or is said not to be known.
    """
    before, colon, _ = rest.partition(":")
    first, comma, second = before.partition(",")
    if not colon and comma and second.strip() not in REGIONS and not _is_known(second.strip()):
        before = first  # `Paris, Plon`
        if not _is_known(first.partition(" and ")[0]):
            return None
    place = before.rstrip()
    if not place or place[0] in "[ns" or len(place) > 60 or not PUBLISHERS.isdisjoint(place.replace("&", "").split()):
        return None
    return start, start + len(place)


def _is_known(place: str) -> bool:
    first, _, rest = place.partition(" ")
    return not _PLACES.isdisjoint({place, first, f"{first}."}) or (first in _NEW and rest in _PLACES)


def _is_proper(word: str) -> bool:
    bare = word.strip(",:.;'’“”\"[]")
    return not bare or bare[0].isupper() or bare in _LINKS or bare[:2] in {"d'", "d’", "l'", "l’"}
