"""What follows a title: editors, the edition, the imprint, a date, and what is cited."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from teiprep.tag.common import title_case

from .imprints import ISSUE, imprint, when
from .model import Part
from .names import EDITORS, people
from .ranges import Range, cited_ranges, is_marked
from .vocabulary import NEWSPAPER, NO_AUTHOR, PERIODICAL, UNPUBLISHED, WITHIN

if TYPE_CHECKING:
    from .model import Level, Marks

_EDITED_BY = regex.compile(
    r",? \(?(?:[Ee]d(?:s?\.|ited)|[Hh]rsg\.|[Hh]erausgegeben|[Éé]d\.|(?P<other>[Tt]rans(?:l?\.|lated)|[Ii]ntrod?\.))"
    r"(?: (?:and|&) (?:trans\.|translated|ed\.|edited))?(?: by| von| par| v\.)? "
)
_EDITION = r"(?:\d{1,2}(?:st|nd|rd|th|d) (?:rev\. )?|(?:[Rr]ev\.|[Nn]ew|[Ss]econd|[Tt]hird) )(?:edn?\b\.?|edition)"
#: An edition, a number of volumes, a session, a series, a size: they belong to the citation and are no part of it.
_EXTRA = regex.compile(
    rf",? {_EDITION}| \({_EDITION}\)|,? (?:\d{{1,2}} vols?\b\.?"
    r"|(?P<issue>[Nn]os?\.|[Nn]r\.|Heft) ?(?:\d{1,4}|[ivxlc]+\b\.?)"
    r"|\d{1,2}(?:st|nd|rd|th) [Ss]er(?:ies|\.)|n\. ?s\.|[48]vo|12mo|fol\.(?! ?\d)"
    r"|(?P<session>\d{2,3}(?:st|nd|rd|th|d) Cong\., \d(?:st|nd|rd|d) [Ss]ess\.)|edit\. \d{4})"
    r"| \((?:above, |see )?nn?(?:\.|otes?) \d{1,3}(?: above)?\)"
)
_ISSUE_NUMBER = regex.compile(
    r",? (?:(?:[Vv]ol|[Bb]d|[Tt]|[Nn]r)\. ?)?(?:\d{1,3}+|[IVXLC]{1,7}+|[ivxlc]{1,7}+)(?=[,.:]? ?[(\d:]|, \p{L}|:)"
)
_MARKED_NUMBER = regex.compile(r",? (?:vol|t|Bd)\. ?(?:\d{1,3}|[IVXLC]+)", regex.IGNORECASE)
_DATE_LINK = regex.compile(r", |,? of |,? (?P<bracket>\()")
_RANGE_LINK = regex.compile(r"(?:[,:.] ?| )(?P<bracket>\()?(?:esp\. |especially |particularly |here |at )?")
#: The year of a volume of a series: `Foreign Relations, 1923, vol. i`.
YEAR_OF_VOLUME = regex.compile(r", (?P<year>(?:1[4-9]|20)\d\d)(?=,|: ?\d)")
_YEAR_LAST = regex.compile(r", (?P<year>(?:1[4-9]|20)\d\d)(?=[.;]|$)")
#: `1–17 (p. 9)`, `1–17, at p. 9`: the pages of an article, and the one that is meant.
_EXACTLY = regex.compile(
    r"(?:(?P<bracket> \()|,? (?=at|esp))(?:at |(?P<esp>esp\. |especially ))?(?=(?P<page>pp?\. ?)?\d)"
)
_IN = regex.compile(r",? (?:in|In|dans)(?: ?:)?(?: the)? ")
_LINK = regex.compile(r"[,.]? ")
#: `(1899) 12` before the name of a law review.
_YEAR_BEFORE = regex.compile(r" \((?P<year>1[6-9]\d\d|20\d\d)\) (?:(?:vol\. ?)?\d{1,3} )?")
_CAPITALS = regex.compile(
    r"\p{Lu}[\p{L}.’'-]+(?::? (?:\p{Lu}[\p{L}.’'-]*|of|the|and|for|from|on|at|by|with|as|an?|in|to"
    r"|de|des|du|la|et|für|der|und|&)(?!\p{L})){0,14}"
)
_ENDS_NAME = regex.compile(r", | \(|: |,? \d")
_TOWN = regex.compile(r" \(\p{Lu}[\p{L}. ]{2,20}\)")
#: `in idem (ed.), Title`
_SAME_EDITOR = regex.compile(r"(?:[Ii]dem|[Ee]adem|ead\.|id\.|ders\.),? \(?(?:eds?|[Hh]rsg)\.\)?, ")
#: The rest of the name of a periodical in French or German: `Revue historique`.
_SMALL_REST = regex.compile(r"\p{Lu}\p{L}+(?: \p{L}[\p{L}’'-]*){1,7}(?=, | \(| \d)")
_LAST_WORD = regex.compile(r" \p{Lu}\p{Ll}+$")
_NAMES_OF_PERIODICALS = PERIODICAL | NEWSPAPER
#: Everything that belongs to a citation begins so.
_GOES_ON = re.compile(r" ?[,.:]? ?[\w(\[§]")


@dataclass(slots=True)
class Tail:
    """What was taken in from the end of a title up to `end`, from left to right, in `text[:limit]`."""

    text: str
    limit: int
    marks: Marks
    end: int
    parts: list[Part] = field(default_factory=list)
    named: bool = False  # a place or a publisher is named
    bracketed: bool = False  # in brackets, with a year
    dated: bool = False
    paged: bool = False  # something is cited, and said to be a page, a volume …
    bare: bool = False  # something is cited, which is only a number
    paginated: bool = False  # it has come to the page
    session: bool = False  # of a parliament
    container: bool = False  # of an article
    periodical: bool = False  # which is one
    numbered: bool = False  # the number of a periodical
    issue: bool = False  # the number of an issue

    @property
    def cites(self) -> bool:
        """Whether it says what is cited."""
        return self.paged or self.bare

    @property
    def of_series(self) -> bool:
        """Whether both volume and page are given, and said to be such."""
        units = {
            part.attributes["unit"]
            for part in self.parts
            if part.layer == "citedRange" and is_marked(self.text, part.start, self.limit)
        }
        return units >= {"volume", "page"}

    def take_all(self) -> None:
        """Everything that belongs to the citation."""
        for _ in range(10):
            taken = _GOES_ON.match(self.text, self.end, self.limit) and (
                self.take_extra()
                or self._take_editors()
                or self._take_imprint()
                or self._take_number_late()
                or (not self.paginated and self.take_ranges(bare=True))
                or self.take_date()
                or self._take_year()
            )
            if not taken:
                return

    def take_ranges(self, *, bare: bool) -> bool:
        """What is cited; with `bare`, a number that is not said to be a page too."""
        link = _RANGE_LINK.match(self.text, self.end, self.limit)
        found = cited_ranges(self.text, link.end(), self.limit, bare=bare) if link else []
        if not link or not found or (link["bracket"] and found[0].unit == "note"):
            return False
        self.end = found[-1].end + (link["bracket"] is not None and self._is_at(")", found[-1].end))
        self.paginated |= any(each.unit != "volume" for each in found)
        if len(found) > 1 or is_marked(self.text, found[-1].start, self.limit):
            self.paged = True
        else:
            self.bare = True
        self.parts += [each.part for each in found]
        if found[-1].unit == "page":
            self._take_closer(found[-1])
        return True

    def _take_closer(self, pages: Range) -> None:
        """The page that is meant of these `pages`: with `p.`, or within them."""
        link = _EXACTLY.match(self.text, self.end, self.limit)
        found = cited_ranges(self.text, link.end(), self.limit, bare=True) if link else []
        if not link or not found or found[0].unit != "page" or not (link["page"] or _is_within(found[0], pages)):
            return
        bracket = link["bracket"] is not None
        if bracket and not self._is_at(")", found[-1].end):
            return
        if self.container or not link["esp"]:
            self.parts.pop()  # all the pages of the article
        self.parts += [each.part for each in found]
        self.end, self.paged = found[-1].end + bracket, True

    def take_date(self) -> bool:
        """A date that is tagged, as behind the name of a newspaper; or the month or season of an issue."""
        link = _DATE_LINK.match(self.text, self.end, self.limit)
        if link is None or self.dated:
            return False
        start, bracket = link.end(), link["bracket"] is not None
        stop = self.marks.dates.get(start)
        if stop is None and self.container and not bracket and (issue := ISSUE.match(self.text, start, self.limit)):
            stop = issue.end()
        if stop is None or (bracket and not self._is_at(")", stop)):
            return False
        self.parts.append(when(self.text, start, stop))
        self.dated, self.end = True, stop + bracket
        return True

    def take_container(self) -> None:
        """The periodical or the book in which an article stands; and the number of the periodical."""
        text, start = self.text, self.end
        link = _IN.match(text, start, self.limit)
        year = _YEAR_BEFORE.match(text, start, self.limit)
        editors: list[Part] = []
        if link:
            editors, start = self._editors_before(link.end())
        elif year and year.end() in self.marks.italics:
            editors, start = [Part("date", *year.span("year"), {"when": year["year"]})], year.end()
            self.dated = True
        elif gap := _LINK.match(text, start, self.limit):
            start = gap.end()
        else:
            return
        stop = self._container(start)
        if stop is None:
            return
        words = text[start:stop].split()
        numbered = _ISSUE_NUMBER.match(text, stop, self.limit) is not None
        periodical = not _NAMES_OF_PERIODICALS.isdisjoint(words)
        level: Level = "j" if link is None or (periodical and numbered) else "m"
        told = (
            start in self.marks.italics
            or link
            or periodical
            or (len(words) > 1 and words[0] not in WITHIN and numbered)
        )
        if told:
            self.parts += [*editors, Part("title", start, stop, {"level": level})]
            self.end, self.container = stop, True
            if level == "j":
                self.periodical = True
                self.take_number()

    def take_number(self) -> None:
        """The number of a periodical; it is no part of what is cited."""
        number = _ISSUE_NUMBER.match(self.text, self.end, self.limit)
        if number is None or is_marked(self.text, self.end + 2, self.limit):
            number = _MARKED_NUMBER.match(self.text, self.end, self.limit)
        if number:
            self.end, self.numbered = number.end(), True

    def take_town(self) -> None:
        """The town of a newspaper: `The Times (London)`."""
        if town := _TOWN.match(self.text, self.end, self.limit):
            self.end = town.end()

    def _container(self, start: int) -> int | None:
        """Where the title that begins at `start` ends: in italics, or with capitals before a number or a bracket."""
        if start in self.marks.italics:
            return self.marks.italics[start]
        rest = _SMALL_REST.match(self.text, start, self.limit)
        if rest and rest[0].split()[0] in PERIODICAL and not title_case(rest[0]):
            return rest.end()
        found = _CAPITALS.match(self.text, start, self.limit)
        if found is None or not title_case(found[0]) or EDITORS.match(self.text, found.end(), self.limit):
            return None
        if not _ENDS_NAME.match(self.text, found.end(), self.limit) or not UNPUBLISHED.isdisjoint(found[0].split()):
            return None
        month = _LAST_WORD.search(found[0])  # `Moorland Review June 1931`
        return start + month.start() if month and month[0].strip() in NO_AUTHOR else found.end()

    def _editors_before(self, start: int) -> tuple[list[Part], int]:
        """The editors before the title of a book, `in Ada Hale, ed., Trades`, and where the title begins."""
        if same := _SAME_EDITOR.match(self.text, start, self.limit):
            return [], same.end()
        if start not in self.marks.italics:
            for group in people(self.text, start, self.limit, self.marks.italics):
                gap = _LINK.match(self.text, group.end, self.limit)
                if gap and group.editors and self._container(gap.end()):
                    return [each.part(editor=True) for each in group.names], gap.end()
        return [], start

    def take_extra(self) -> bool:
        """An edition, a number of volumes and the like, which is no part."""
        extra = _EXTRA.match(self.text, self.end, self.limit)
        if extra:
            self.session |= extra["session"] is not None
            self.issue |= extra["issue"] is not None
            self.end = extra.end()
        return extra is not None

    def _take_editors(self) -> bool:
        link = _EDITED_BY.match(self.text, self.end, self.limit)
        if link is None:
            return False
        group = next(iter(people(self.text, link.end(), self.limit, self.marks.italics)), None)
        if group is None or group.corporate:
            return False
        if link["other"] is None:
            self.parts += [each.part(editor=True) for each in group.names]
        self.end = group.end
        return True

    def _take_number_late(self) -> bool:
        """The number of a periodical behind that of its series: `1st ser., x. (1849)`."""
        if not self.periodical or self.numbered or self.dated or self.paged:
            return False
        self.take_number()
        return self.numbered

    def _take_imprint(self) -> bool:
        found = imprint(self.text, self.end, self.limit) if not self.dated else None
        if found is None or (not found.bracketed and found.when and self._runs_on(*found.when)):
            return False
        if found.place:
            self.parts.append(Part("pubPlace", *found.place))
        if found.when:
            self.parts.append(when(self.text, *found.when))
        self.named, self.bracketed, self.dated, self.end = found.named, found.named and found.bracketed, True, found.end
        return True

    def _take_year(self) -> bool:
        """The year of a periodical or of a volume in a series; only the former is one of publication."""
        if self.dated:
            return False
        year = YEAR_OF_VOLUME.match(self.text, self.end, self.limit)
        if year is None and self.container and self.paginated:
            year = _YEAR_LAST.match(self.text, self.end, self.limit)
            self.numbered |= year is not None
        if year is None:
            return False
        if self.numbered:
            self.parts.append(when(self.text, *year.span("year")))
            self.dated = True
        elif not (self._is_at(":", year.end()) or is_marked(self.text, year.end() + 2, self.limit)):
            return False
        self.end = year.end()
        return True

    def _runs_on(self, start: int, stop: int) -> bool:
        """Whether a date that is tagged goes on: `London, 1850 to 1871` is no imprint."""
        return self.marks.dates.get(start, stop) > stop

    def _is_at(self, sign: str, at: int) -> bool:
        return at < self.limit and self.text[at] == sign


def _is_within(page: Range, pages: Range) -> bool:
    """Whether the page is one of the pages, as far as their numbers tell."""
    numbers = pages.first, page.first, pages.last
    if not all(each and each.isdigit() for each in numbers):
        return False
    low, number, high = (int(each or 0) for each in numbers)
    return low <= number <= high and low < high
