"""Page numbers (`pb/@n`) rise by one (TEI Guidelines, CORS)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from teiprep.numerals import roman_value
from teiprep.tei.reading import TEI
from teiprep.validate.report import Remark

from .survey import line_of, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from .survey import Survey

_TEXT = (f"{TEI}text",)
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})")
#: A number alone; or one misprinted with the right one in brackets (`18 [81]`); or a leaf with its side (`12v`).
_NUMBER = re.compile(r"(?:\S+ )?\[?(?:(?P<page>\d{1,6})|(?P<leaf>\d{1,6})(?P<side>[rv])|(?P<roman>[ivxlcdm]+))\]?")
#: Below so many steps of one, leaps say nothing: the file may hold chosen pages.
_ENOUGH = 4


class Page(NamedTuple):
    """A page break with a number that can be compared: two for each leaf, as recto and verso."""

    node: etree._Element
    style: str
    number: int
    printed: str


def check(file: Survey) -> Iterator[Remark]:
    """Numbers that repeat, fall (`page-sequence`), or leave some out where all others are there (`page-missing`).

    The pages of each edition (@ed) and text are a series; a count may begin anew with 1, and in another style.
    """
    series: dict[tuple[object, ...], list[Page]] = {}
    for node in file.named("pb"):
        page = _page(node)
        if page is not None:
            key = (nearest(node, _TEXT), *(node.get(name) for name in ("ed", "edRef", "type", "subtype")))
            series.setdefault(key, []).append(page)
    for pages in series.values():
        yield from _series(pages)


def _series(pages: list[Page]) -> Iterator[Remark]:
    steps = [b.number - a.number for a, b in pairwise(pages) if a.style == b.style]
    whole = steps.count(1) >= max(_ENOUGH, len(steps) * 3 // 4)
    last: Page | None = None
    for at, page in enumerate(pages):
        before, last = last, page
        if before is None or before.style != page.style or page.number == before.number + 1:
            continue
        after = pages[at + 1] if at + 1 < len(pages) else None
        expected = before.number + 1
        if after is not None and after.style == page.style and after.number == expected + 1 and page.number > 1:
            said = (
                f"page {page.printed} stands between {before.printed} and {after.printed}: {_shown(expected, page)} is"
                f" expected; correct @n, or write {_kept(page, expected)}"
            )
            yield Remark(page.node, "page-sequence", said)
            last = page._replace(number=expected, printed=_shown(expected, page))
        elif page.number == before.number:
            said = f"page {page.printed} comes twice (first {line_of(before.node)}): correct @n of one, or remove one"
            yield Remark(page.node, "page-sequence", said)
        elif page.number < before.number:
            if not _anew(before, page, after):
                said = f"page {page.printed} comes after page {before.printed} ({line_of(before.node)}): the number is"
                yield Remark(page.node, "page-sequence", f"{said} misread, or the pages are in disorder")
        elif whole:
            yield Remark(page.node, "page-missing", _left_out(before, page))


def _anew(before: Page, page: Page, after: Page | None) -> bool:
    """Whether a count begins anew: with 1, or with another low number from which it goes on."""
    if page.number <= (2 if page.style == "leaf" else 1):
        return True
    goes_on = after is None or (after.style == page.style and 0 < after.number - page.number <= 2)
    return page.number < 10 and page.number + 10 < before.number and goes_on


def _left_out(before: Page, page: Page) -> str:
    first, last = _shown(before.number + 1, page), _shown(page.number - 1, page)
    between = "and" if page.number - before.number == 3 else "to"
    what = f"page {first} is missing" if first == last else f"pages {first} {between} {last} are missing"
    return (
        f"{what}: page {page.printed} follows page {before.printed} ({line_of(before.node)}); if they are lacking in"
        " the source, say so with <gap>"
    )


def _kept(page: Page, expected: int) -> str:
    """How a misprinted number is written with the right one."""
    return f'n="{page.printed} [{_shown(expected, page)}]" if it is printed so'


def _page(node: etree._Element) -> Page | None:
    printed = (node.get("n") or "").strip()
    match = _NUMBER.fullmatch(printed.lower()) if printed else None
    if match is None:
        return None
    if match["page"]:
        return Page(node, "page", int(match["page"]), printed)
    if match["leaf"]:
        return Page(node, "leaf", int(match["leaf"]) * 2 + (match["side"] == "v"), printed)
    if not _ROMAN.fullmatch(match["roman"]):
        return None
    return Page(node, "roman", roman_value(match["roman"]), printed)


def _shown(number: int, like: Page) -> str:
    """A number in the style of another page's."""
    if like.style == "leaf":
        return f"{number // 2}{'v' if number % 2 else 'r'}"
    if like.style == "page":
        return str(number)
    made = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        made += letters * (number // value)
        number %= value
    return made if like.printed.islower() else made.upper()
