"""Finds where pages begin: markers in the running text, form feeds, page-number lines, running heads and feet."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from teiprep.segment.common import SUPERSCRIPTS, SYMBOLS, Fixture, continues, ending, unfinished

from .heads import LONGEST, Families, head_like, mostly_capitals, skeleton
from .markers import MARKER
from .numbers import Headed, Printed, number_line, numbered_heads
from .rows import feed_below, gap_below, rows_of
from .sequence import Candidate, misread, series, sureness

if TYPE_CHECKING:
    from teiprep.document import Certainty
    from teiprep.segment.common import Line

__all__ = ["PageCut", "Pages", "find_pages"]

#: A line that a note begins with.
_NOTE = re.compile(rf"[{SUPERSCRIPTS}{SYMBOLS}]|\d{{1,3}}[.)]?\s|- \d")


_LONG = 120  # code points: a line longer than those of print holds several


class PageCut(NamedTuple):
    """A new page begins at `at`; `n` is its number as printed, if it is printed anywhere."""

    at: int
    n: str | None
    marker: tuple[int, int] | None
    rule: str
    certainty: Certainty = "high"


@dataclass(slots=True)
class Pages:
    """What was found: where pages begin, and which lines (by index) and stretches belong to the furniture."""

    cuts: list[PageCut]
    fixtures: list[Fixture]
    furniture_lines: set[int]
    #: The text follows printed pages: what stands at their heads and feet stands in it.
    printed: bool = True


def find_pages(text: str, lines: list[Line], *, printed: bool = True) -> Pages:
    """Where the pages of `text` begin.

    Markers in the text are taken as they are. Page-number lines and running heads must form a series (`sequence`); a
    number at the foot belongs to the page that ends there, so the page that begins after it bears the next number
    of the series *if that is printed*, and none otherwise. If not `printed`, only markers and form feeds count.
    """
    pages = Pages([], [], set(), printed)
    for match in MARKER.finditer(text):
        pages.cuts.append(PageCut(match.end(), match[match.lastgroup or "a"], match.span(), "page-marker"))
        pages.fixtures.append(Fixture(*match.span(), "marker"))
    if pages.cuts:
        pages.furniture_lines.update(
            k for k, line in enumerate(lines) if line.text and MARKER.fullmatch(line.text.strip())
        )
    marked = bool(pages.cuts)
    feeds = [match.start() for match in re.finditer("\f", text)]
    for at in feeds:
        # A form feed straight between two words is the only space there is: it stays in the text, as a space.
        inside = _between_words(text, at)
        pages.cuts.append(PageCut(at + 1, None, None if inside else (at, at + 1), "form-feed"))
        if not inside:
            pages.fixtures.append(Fixture(at, at + 1, "marker"))
    if printed and (
        feeds or not marked
    ):  # else the text marks its pages itself; a number on a line of its own is something else
        _Printed(lines, pages).find()
    pages.cuts.sort(key=lambda cut: cut.at)
    pages.fixtures.sort()
    return pages


def _between_words(text: str, at: int) -> bool:
    """Does the form feed at `at` stand straight between two words, with no other space?"""
    return 0 < at < len(text) - 1 and not (text[at - 1].isspace() or text[at + 1].isspace())


class _Printed:
    """The search for what is printed at the edges of pages: numbers, running heads and feet."""

    def __init__(self, lines: list[Line], pages: Pages) -> None:
        self.lines = lines
        self.pages = pages
        self.rows = [row for row in rows_of(lines) if row.line not in pages.furniture_lines]
        self.numbers: dict[int, list[Printed]] = {}  # by row
        self.numbered: dict[int, list[Headed]] = {}
        self.families = Families()
        self.family: dict[int, int] = {}  # the family of a row that may be a running head
        self.used: set[int] = set()  # the rows that are furniture

    def find(self) -> None:
        """Add cuts, fixtures and furniture lines to the pages."""
        self._read()
        candidates = sorted(self._candidates(), key=lambda each: each.row)
        counts = series(candidates)
        filled = [sorted([*count, *misread(count, candidates)], key=lambda each: each.row) for count in counts]
        self.used.update(each.row for count in filled for each in count)
        feet = self._place(filled)
        tops, bottoms = self._edges(feet)
        for k in sorted({*tops, *bottoms}):
            self._furnish(k, "header" if k in tops else "footer", "top" if k in tops else "bottom")
        self._number(filled, feet)
        self._once()

    def _read(self) -> None:
        """What each row could be: a number, a head with a number, a head."""
        rows = self.rows
        for k, row in enumerate(rows):
            if len(row.text) > LONGEST or MARKER.search(row.text):
                continue
            if numbers := number_line(row.text):
                self.numbers[k] = numbers
            elif self._apart(k) and (heads := numbered_heads(row.text)):
                self.numbered[k] = heads
        for k in [*self.numbered]:
            # Titles with numbers, one below the other, are a table of contents.
            near = (k - 1 in self.numbered and not rows[k].feed) or (k + 1 in self.numbered and not feed_below(rows, k))
            if near:
                self.numbered[k] = []
        for k, row in enumerate(rows):
            if self.numbered.get(k):
                self.family[k] = next(
                    (f for f in (self.families.join(h.title) for h in self.numbered[k]) if f >= 0), -1
                )
            elif k not in self.numbers and k not in self.numbered and self._apart(k) and head_like(row.text):
                self.family[k] = self.families.join(row.text)

    def _apart(self, k: int) -> bool:
        """Does row `k` stand apart: between blank lines, form feeds and page numbers?"""
        rows = self.rows
        above = rows[k].gap or rows[k].feed or k - 1 in self.numbers
        return above and (gap_below(rows, k) or feed_below(rows, k) or bool(number_line(rows[k + 1].text)))

    def _recurs(self, k: int) -> bool:
        family = self.family.get(k, -1)
        return family >= 0 and self.families.size[family] > 1

    def _around(self, k: int) -> tuple[str, str]:
        """The rows above and below row `k` that are text, as far as one can tell yet."""
        above, below = k - 1, k + 1
        while above >= 0 and k - above < 4 and (above in self.used or self._recurs(above)):
            above -= 1
        while below < len(self.rows) and below - k < 4 and (below in self.used or self._recurs(below)):
            below += 1
        return self.rows[above].text if above >= 0 else "", self.rows[below].text if below < len(self.rows) else ""

    def _split(self, k: int) -> float:
        """What speaks for row `k` standing between two pages, by the sentence that it interrupts or does not."""
        above, below = self._around(k)
        if not below:
            return 3.0 if above else -2.0  # no section begins at the end of a text
        if not above:
            return 0.0
        if continues(below):
            return 3.0
        if len(above) > 30 and unfinished(above):
            return 2.0
        return -1.0

    def _candidates(self) -> list[Candidate]:
        rows = self.rows
        found = []
        for k, numbers in self.numbers.items():
            if (self._figure(k - 1) and not rows[k].feed) or (self._figure(k + 1) and not feed_below(rows, k)):
                continue  # figures in a column
            joined = self._joined(k)
            for each in numbers:
                one = self._candidate(k, each, "number", self._split(k) + joined)
                found.append(one._replace(doubt=joined < 0 or each.weight < -0.5))
        for k, heads in self.numbered.items():
            for head in heads:
                evidence = self._headed(k, head)
                if evidence is not None:
                    found.append(self._candidate(k, head.printed, "header", evidence))
        return found

    def _figure(self, k: int) -> bool:
        """Is row `k` a figure and nothing else?"""
        return any(not each.roman for each in self.numbers.get(k, ()))

    def _candidate(self, k: int, printed: Printed, kind: Literal["number", "header"], weight: float) -> Candidate:
        rows = self.rows
        line = self.lines[rows[k].line]
        above, below = self._feeds(k)
        first, last = k == 0, k == len(rows) - 1
        foot = 1.0 * below - above + 2.0 * last - 2.0 * first
        foot += 0.5 if k and _NOTE.match(rows[k - 1].text) and kind == "number" else 0.0
        feed = above or below
        return Candidate(
            row=k,
            start=line.start,
            end=line.end,
            value=printed.value,
            printed=printed.n,
            roman=printed.roman,
            kind=kind,
            weight=weight + printed.weight + (3.0 if feed else 0.0),
            foot=foot,
            feed=feed,
        )

    def _feeds(self, k: int) -> tuple[bool, bool]:
        """Is there a form feed above, and below, row `k`? Another line of the page's head or foot may stand between."""
        rows = self.rows
        above = rows[k].feed or (rows[k - 1].feed and k - 1 in self.family and k > 0)
        below = feed_below(rows, k) or (k + 1 in self.family and feed_below(rows, k + 1))
        return above and not rows[k].feed * below, below

    def _joined(self, k: int) -> float:
        """What speaks against a number right above or below a line of text: it may be a cell, or a part of the text."""
        rows = self.rows
        above = rows[k].gap or rows[k].feed or k - 1 in self.family
        below = gap_below(rows, k) or feed_below(rows, k) or k + 1 in self.family
        return 0.0 if above and below else -1.5 if above or below else -2.5

    def _headed(self, k: int, head: Headed) -> float | None:
        """What speaks for a head with a number being a running head; None if it is none.

        The days of a journal and numbered sections rise like pages, but they never stand in mid-sentence.
        """
        if not head_like(head.title) and not (self._recurs(k) and head.title[-1] not in ".!?,;:)"):
            return None
        rows = self.rows
        if (self._figure(k - 1) and not rows[k].feed) or (self._figure(k + 1) and not feed_below(rows, k)):
            return None  # the page's number stands beside it
        below = rows[k + 1].text if k + 1 < len(rows) else ""
        bones = skeleton(head.title)
        if len(bones) > 8 and skeleton(below).startswith(bones[:-1]):
            return 3.0  # the head of a page on which a document begins says what the document's own head says
        capitals = head.title.isupper()
        if not capitals and not self._recurs(k):
            return None
        return self._split(k) + 0.5 * capitals + 1.0 * self._recurs(k) + 0.5 * head.left

    def _place(self, counts: list[list[Candidate]]) -> set[int]:
        """The rows whose numbers stand at the foot: within a count all numbers, and all heads, stand at one edge.

        If nothing tells, at the head: there a first page often has none, while at the foot a last page has its own.
        """
        feet: set[int] = set()
        habit = {
            kind: sum(each.foot for count in counts for each in count if each.kind == kind) > 0
            for kind in ("number", "header")
        }
        for count in counts:
            for kind in ("number", "header"):
                members = [each for each in count if each.kind == kind]
                votes = sum(each.foot for each in members)
                habit[kind] = votes > 0 if votes else habit[kind]
                for each in members:
                    at_foot = habit[kind] if not each.feed or not each.foot else each.foot > 0
                    if at_foot:
                        feet.add(each.row)
                    shape: Literal["header", "footer", "pageNum"]
                    shape = "pageNum" if kind == "number" else "footer" if at_foot else "header"
                    self._furnish(each.row, shape, "bottom" if at_foot else "top")
        return feet

    def _furnish(self, k: int, shape: Literal["header", "footer", "pageNum"], place: Literal["top", "bottom"]) -> None:
        self.used.add(k)
        line = self.rows[k].line
        self.pages.furniture_lines.add(line)
        self.pages.fixtures.append(Fixture(*self.lines[line].trimmed, shape, place))

    def _edges(self, feet: set[int]) -> tuple[set[int], set[int]]:
        """The running heads and feet without a number: lines of one family at the edges of pages.

        At least one of a family must stand in mid-sentence; else they may be headings, and the same paper may begin on
        every page. The first of a family is the heading that the others repeat, unless it is in mid-sentence itself.
        """
        rows = self.rows
        tops: dict[int, list[int]] = {}
        bottoms: dict[int, list[int]] = {}
        loose: dict[int, list[int]] = {}
        for k in self.family:
            if k in self.used or not self._recurs(k):
                continue
            if _NOTE.match(rows[k].text) and not mostly_capitals(rows[k].text):
                continue  # notes that say the same: 3 See No. 41, 5 See No. 38
            used_above, used_below = k - 1 in self.used, k + 1 in self.used
            if rows[k].feed or (used_above and (k - 1 in feet or not rows[k].feed)):
                tops.setdefault(self.family[k], []).append(k)
            elif feed_below(rows, k) or (used_below and k + 1 in feet):
                bottoms.setdefault(self.family[k], []).append(k)
            elif used_below:
                # Above a number at the head: the head's other line, or the foot of the page before.
                at_head = not rows[k + 1].feed
                (tops if at_head else bottoms).setdefault(self.family[k], []).append(k)
            else:
                loose.setdefault(self.family[k], []).append(k)
        began: dict[int, int] = {}  # where each family has its first row
        for k in sorted(self.family, reverse=True):
            began[self.family[k]] = k
        heads: set[int] = set()
        ends: set[int] = set()
        for families, found in ((tops, heads), (bottoms, ends)):
            for members in families.values():
                splits = [self._split(k) for k in members]
                if sum(each > 0 for each in splits) * 4 < len(members):
                    continue
                first = members[0]
                heading = (
                    splits[0] <= 0
                    and families is tops
                    and first + 1 not in self.used
                    and began[self.family[first]] == first
                )
                found.update(members[1:] if heading else members)
        for members in loose.values():
            # Nothing else tells of a page's end here, so the sentences must.
            split = [
                k
                for before, k in pairwise([-1, *members])
                if k + 1 < len(rows) and self._split(k) > 1 and mostly_capitals(rows[k].text) and self._page(before, k)
            ]
            if len(members) > 1 and len(split) * 2 >= len(members) - 1:
                heads.update(split)
                self.pages.cuts += [
                    PageCut(self.lines[rows[k].line].end, None, None, "page-header", "medium") for k in split
                ]
        return heads, ends - heads

    def _page(self, before: int, k: int) -> bool:
        """May the rows between `before` and `k` be a page: a phrase broken off, or several lines without a stop?

        Else the line in capitals may be the name of a speaker. Below the text there may be notes.
        """
        above = self._around(k)[0]
        longer = k - before > 2 or len(above) > _LONG
        return ending(above) == "hanging" or (longer and (unfinished(above) or bool(_NOTE.match(above))))

    def _number(self, counts: list[list[Candidate]], feet: set[int]) -> None:
        """Cut the pages at their numbers, and give each page its own."""
        members = [each for count in counts for each in count]
        sure = {row: certainty for count in counts for row, certainty in sureness(count).items()}
        cuts = self.pages.cuts
        last = self.rows[-1].line if self.rows else 0
        for each in members:
            if each.row not in feet:
                cuts.append(PageCut(each.end, each.printed, None, "page-header", sure[each.row]))
            elif self.rows[each.row].line < last:
                cuts.append(PageCut(each.end, None, None, "page-foot", sure[each.row]))
        self._once()
        for each in members:
            if each.row not in feet:
                continue
            k = bisect_right(cuts, each.start, key=lambda cut: cut.at) - 1
            if k < 0:
                cuts.insert(0, PageCut(0, each.printed, None, "page-foot", sure[each.row]))
            elif cuts[k].n is None:
                cuts[k] = cuts[k]._replace(n=each.printed)

    def _once(self) -> None:
        """Sort the cuts, and make one of those between which no text stands."""
        texts = [self.lines[row.line].start for k, row in enumerate(self.rows) if k not in self.used]
        out: list[PageCut] = []
        for cut in sorted(self.pages.cuts, key=lambda cut: cut.at):
            last = out[-1] if out else None
            one = (
                last is not None
                and (last.n is None or cut.n is None)
                and "page-marker" not in {last.rule, cut.rule}
                and bisect_left(texts, last.at) == bisect_left(texts, cut.at)
            )
            if not one or last is None:
                out.append(cut)
                continue
            named = last if cut.n is None else cut
            out[-1] = named._replace(at=cut.at, marker=cut.marker or last.marker)
        self.pages.cuts[:] = out
