"""What of a work is cited: volumes, chapters, pages … (TEI P5, `citedRange`, att.citing: @unit, @from, @to)."""

from __future__ import annotations

from typing import NamedTuple

import regex

from .model import Part


class Range(NamedTuple):
    """`text[start:end]` names a `unit` (None in works of antiquity), from `first` to `last` as far as that is sure.

    Of `II, iv, 33` the unit in the middle is not known, which is None too.
    """

    start: int
    end: int
    unit: str | None
    first: str | None = None
    last: str | None = None

    @property
    def part(self) -> Part:
        """It as a part of a citation."""
        return Part("citedRange", self.start, self.end, {"unit": self.unit, "from": self.first, "to": self.last})


#: Units by the first letters of what stands before the number; German, French and Latin ones too.
_UNITS = {
    "volume": r"[Vv]ols?\b\.?|[Vv]olumes?\b|Bde?\b\.?|Band\b|[Tt]om\b\.?|[Tt]ome\b|[Tt]\.",
    "part": r"[Pp]ts?\.|[Pp]arts?\b",
    "book": r"[Bb]ks?\b\.?|[Bb]ook\b|[Ll]iv\.|[Ll]ib\.",
    "chapter": r"[Cc]h(?:ap|s)?s?\b\.?|[Cc]hapters?\b|[Cc]ap\.|Kap\.",
    "section": r"§§?|[Ss]ects?\b\.?|[Ss]ections?\b",
    "folio": r"[Ff]ols?\b\.?|[Ff]olios?\b|[Ff]f\.",
    "column": r"[Cc]ols?\b\.?|[Cc]olumns?\b|Sp\.",
    "line": r"ll?\.|[Ll]ines?\b",
    "note": r"nn?\.|[Nn]otes?\b|Anm\.",
    "page": r"[Pp]p?\.|[Pp]ages?\b|S\.|Seiten?\b|at(?= \d)",
}
_ROMAN = r"(?i:[ivxlcdm]{1,9})\b"
_FIGURE = rf"(?:(?:[A-F]-?)?\d{{1,5}}[a-dn]?[rv]?\b|\[?{_ROMAN}\]?)"
_SPAN = rf"{_FIGURE}(?:\s?[-–—]\s?{_FIGURE})?"
_ONWARDS = r"(?:,? ?\b(?:ff?\b\.?|et seqq?\b\.?|sqq?\b\.?|seqq?\b\.?))?"
#: No number of a list stands before a word, as `and 8 May` does; but for the `and` before the last one.
_GOES_ON = r"(?! (?:and|und) \d[\d–-]*+(?! ?\p{L}{3}))[\p{L}.]? ?\p{L}{3}|\d|:"
_LIST = (
    rf"{_SPAN}"
    rf"(?:(?:,? (?:and|und|et|&) |, ?)(?!\d{{4}}\b){_SPAN}(?!{_GOES_ON})){{0,12}}"  # and further ones
    rf"{_ONWARDS}"
)
#: It looks first whether one of the units may begin here.
_MARKED = regex.compile(
    r"(?=[VvBbTtPpLlCcKSs§FfNnAa])(?:"
    + "|".join(f"(?P<{unit}>{mark})" for unit, mark in _UNITS.items())
    + rf") ?(?P<list>{_LIST})"
)
_NEXT = regex.compile(r"[,.:]? ?(?:and |&c\.,? )?")
#: A volume by its number alone stands before a page: `2:148`, `II, 35`, `ii. 40`, `III, xii`.
_VOLUME = regex.compile(
    rf"(?!\d{{1,2}}[:.]\d\d ?[ap]\.? ?m)(?P<number>[1-9]\d?|{_ROMAN})"
    r"(?=[:,.] ?(?:[1-9]\d*|pp?\. ?\d)|(?<=[IVXLC]), [ivxlc]{1,8}(?:[-–,.;]|$))"
)
_PAGES = regex.compile(_LIST)
#: What may follow a page that nothing marks as one.
_ENDS = regex.compile(r"(?![./]\d)[.,;:)\]”’\"]*(?:$|\n|[.;)\]”]|,? (?!\p{Lu}|\d)|, (?=\p{Lu}\p{Ll}+ ))|(?= ?\()")
#: Behind the number of a periodical: `x. (1849), p. 119`.
_OF_PERIODICAL = regex.compile(r"\.? ?\(\d{4}\)[,:] ?(?:pp?\.|\d)")
_YEAR = regex.compile(r"(?:1[4-9]\d\d|20\d\d)(?:[-–—](?:1[4-9]\d\d|20\d\d|\d\d))?")
_CLASSICAL = regex.compile(
    r"(?:(?:[Bb]ook|[Bb]k\.|[Ll]ib\.|[Cc]ap\.) )?(?:[ivxlc]{1,8}|[IVXLC]{1,8}|\d{1,4}[a-e]\d{0,2}|\d{1,3})"
    r"(?:[.,] ?(?:\d{1,4}[a-e]?|[ivxlc]{1,7})\b){0,3}(?:[-–]\d{1,4})?(?: ff?\.)?(?![\p{L}\d])"
)
_PARTS = regex.compile(rf"(?P<first>{_FIGURE})(?:\s?[-–—]\s?(?P<last>{_FIGURE}))?(?P<onwards>\D+)?")


def cited_ranges(text: str, at: int, end: int, *, bare: bool) -> list[Range]:
    """All that is cited from `at` on, one after the other; with `bare`, numbers that nothing marks as pages too.

    >>> [each[2:] for each in cited_ranges("vol. ii. pp. 41–4", 0, 17, bare=False)]
    [('volume', 'ii', 'ii'), ('page', '41', '44')]
    """
    found: list[Range] = []
    while at < end and len(found) < 6:
        marked = _MARKED.match(text, at, end)
        if marked:
            unit = next(unit for unit in _UNITS if marked.start(unit) >= 0)
            if found and found[-1].unit == "page" and text.startswith("at ", at):
                found.pop()  # `201–19, at 210`: the pages of the article are not what is cited
            found.append(_range(marked.start(), marked.end(), unit, marked["list"]))
        elif bare and not any(each.unit == "page" for each in found):
            each = _bare(text, at, end)
            if each is None:
                break
            if each.unit == "volume" and any(earlier.unit == "volume" for earlier in found):
                each = each._replace(unit=None)  # `II, iv, 33`: a part, a book or a chapter
            found.append(each)
        else:
            break
        after = found[-1].end
        step = _NEXT.match(text, after, end)
        at = step.end() if step else after
        if at == after:
            break
    return found


def is_marked(text: str, at: int, end: int) -> bool:
    """Whether a page, a volume … stands at `at`, and is said to be one."""
    return _MARKED.match(text, at, end) is not None


def classical(text: str, at: int, end: int) -> Range | None:
    """A place in a work of antiquity, `ii. 484` or `21.4.9`."""
    found = _CLASSICAL.match(text, at, end)
    return found and Range(at, found.end(), None)


def _bare(text: str, at: int, end: int) -> Range | None:
    volume = _VOLUME.match(text, at, end)
    if volume and not _YEAR.fullmatch(volume["number"]):
        rest = _NEXT.match(text, volume.end(), end)
        after = rest.end() if rest else volume.end()
        roman = volume["number"].isalpha()
        # `5, 14` is two pages; `5: 14`, `II, 35` a volume and a page.
        if text[volume.end()] == ":" or roman or is_marked(text, after, end):
            return _range(volume.start(), volume.end(), "volume", volume["number"])
    pages = _PAGES.match(text, at, end)
    if pages and _OF_PERIODICAL.match(text, pages.end(), end):
        return None
    if pages is None or not _ENDS.match(text, pages.end(), end):
        return None
    # Neither a year nor a capital that is a number too: `I`, `C`, `A3`.
    if _YEAR.fullmatch(pages[0]) or pages[0][0] in "ABEF" or (pages[0].isalpha() and not pages[0].islower()):
        return None
    return _range(pages.start(), pages.end(), "page", pages[0])


def _range(start: int, end: int, unit: str, numbers: str) -> Range:
    return Range(start, end, unit, *_bounds(numbers))


def _bounds(numbers: str) -> tuple[str | None, str | None]:
    """First and last of a run of numbers; of a list none, of `ff.` no last.

    >>> _bounds("112–13"), _bounds("606 ff."), _bounds("35, 37")
    (('112', '113'), ('606', None), (None, None))
    """
    parts = _PARTS.fullmatch(numbers)
    if parts is None:
        return None, None
    first, last, onwards = parts["first"].strip("[]"), parts["last"], parts["onwards"]
    if onwards:
        return first, None
    if last is None:
        return first, first
    last = last.strip("[]")
    if first.isdigit() and last.isdigit():
        if len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        if int(last) <= int(first):
            return None, None
    return first, last
