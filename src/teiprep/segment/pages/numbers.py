"""Page numbers as they are printed: what a line may say, with the letters that OCR takes for digits read back."""

from __future__ import annotations

import re
from typing import NamedTuple

from teiprep.segment.common import roman

#: The letters that OCR takes for digits.
_DIGIT = str.maketrans("OoQDlI|!iZzSsGbBgq", "000011111225566899")
_LETTERS = "OoQDlI|!iZzSsGbBgq"
_FIGURE = rf"(?=[{re.escape(_LETTERS)}]{{0,3}}\d)[\d{re.escape(_LETTERS)}]{{1,4}}"
_LINE = re.compile(
    r"(?P<open>[-–—~•·*]+|[\[(|{])?\s*(?P<word>[Pp](?:age|AGE|\.)\s*)?"
    rf"(?P<n>{_FIGURE}|[ivxlc]{{1,7}}|[IVXLC]{{1,7}}|[lIOo]{{2,3}})"
    r"(?P<of>\s+of\s+\d{1,5})?\s*(?P<close>[-–—~•·*]+|[\])|}])?",
    re.ASCII,
)
_LEFT = re.compile(rf"[\[(]?(?P<n>{_FIGURE}|[ivxlc]{{1,7}})[\])]?[.,]?\s+(?P<title>\S.*)", re.ASCII)
_RIGHT = re.compile(rf"(?P<title>.*\S)\s+[\[(]?(?P<n>{_FIGURE}|[ivxlc]{{1,7}})[\])]?", re.ASCII)
_LEADERS = re.compile(r"\.\s?\.\s?\.|…|_{3}|-{3}|\s\.\s\.")
#: A date or a chapter in brackets at the inner margin changes from page to page.
MARGIN = re.compile(r"\s*\[[^\[\]]{0,14}\]?$|^[^\[\]]{0,14}\]\s*")
#: What bears numbers that rise as those of pages do.
_NUMBERED = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day[\s,.]*|(?:.*\W)?(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[\s.,]*|"
    r"(?:chapter|chap|section|sect|article|art|part|book|no|nos|table|figure|fig|annex|appendix|item|volume|vol|letter|"
    r"plate|schedule|exhibit|clause|paragraph|form|map|chart|sheet|act|scene|day|week|year|psalm|song|sonnet|hymn|canto|ode|fable|question|exercise|lesson|rule|problem|case|"
    r"note|number|verse|room|lot|tome|epistle|essay|lecture|sermon|minute|resolution|document|doc|enclosure)\.?",
    re.IGNORECASE,
)


class Printed(NamedTuple):
    """A page number that a line may bear: its value, as what it is printed, what speaks for it (see `sequence`)."""

    value: int
    n: str
    weight: float = 0.0

    @property
    def roman(self) -> bool:
        """Is it a roman number?"""
        return not self.n.isdigit()


def number_line(text: str) -> list[Printed]:
    """The readings of a line that holds nothing but a page number; none if it is something else.

    >>> [(each.value, each.n) for text in ("- 12 -", "1O", "xiv", "ll") for each in number_line(text)]
    [(12, '12'), (10, '10'), (14, 'xiv'), (11, '11')]
    >>> number_line("[12"), number_line("civil")
    ([], [])
    """
    match = _LINE.fullmatch(text) if len(text) <= 24 else None
    if match is None:
        return []
    sign, close = match["open"] or "", match["close"] or ""
    if sign in "[({|" and sign + close not in {"", "[]", "()", "{}", "||"}:
        return []
    # What is decorated is hardly anything but a page number; one in round brackets may be an item's.
    adorned = 1.0 if match["word"] or (sign and close and sign != "(") else 0.0
    found = []
    printed = match["n"]
    if printed.isdigit():
        year = -1.0 if len(printed) == 4 and 1300 < int(printed) < 2100 else 0.0
        found.append(Printed(int(printed), printed, adorned + year))
    else:
        # A capital roman number alone is a chapter's far more often than a page's.
        if value := roman(printed):
            found.append(Printed(value, printed, adorned - (0.0 if printed.islower() else 1.5)))
        figures = printed.translate(_DIGIT)
        if not (value and printed.isupper()) and figures.isdigit() and any(sign in _LETTERS for sign in printed):
            misread = sum(not sign.isdigit() for sign in printed)
            doubt = misread * (0.25 if misread < len(printed) else 0.75)
            found.append(Printed(int(figures), figures, adorned - doubt))
    return [each for each in found if each.value]


class Headed(NamedTuple):
    """A running head with a page number at one of its ends."""

    printed: Printed
    title: str
    left: bool


def numbered_heads(text: str) -> list[Headed]:
    """The readings of a line as a running head with a number at its left or right end.

    >>> [(each.title, each.printed.n) for each in numbered_heads("40   A HISTORY OF THE FERRY")]
    [('A HISTORY OF THE FERRY', '40')]
    >>> numbered_heads("Friday 15"), numbered_heads("THE ICE . . . . 14")
    ([], [])
    """
    found = []
    for pattern, left in ((_LEFT, True), (_RIGHT, False)):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        title, n = MARGIN.sub("", match["title"]), match["n"]
        misread = sum(not sign.isdigit() for sign in n)
        if 0 < misread < len(n) and len(n) > 2:  # a letter and one digit are the name of something: class B8
            n = n.translate(_DIGIT)
        value = int(n) if n.isdigit() else roman(n)
        if not value or _NUMBERED.fullmatch(title) or _LEADERS.search(title) or not any(map(str.isalpha, title)):
            continue
        if left and text[: match.start("title")].rstrip()[-1:] in ".,":
            continue  # an item of a list
        found.append(Headed(Printed(value, n, -0.25 * misread if n.isdigit() else 0.0), title, left))
    return found
