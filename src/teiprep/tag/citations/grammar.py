"""The grammar of a citation: makers, title, and what follows it; or what stands for these in short.

It is read from where a citation may begin. What nothing marks as a title must show by its imprint, its page or its
maker that it is one: in notes stand archival numbers, letters from A to B, and prose, which look much the same.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

import regex

from teiprep.tag.common import GIVEN_NAMES, PLACES, SMALL_WORDS, title_case

from .antiquity import ancient, is_ancient
from .model import Citation, Part, closes
from .names import Name, People, people
from .quoted import OPENING, quoted
from .scan import LONGEST, MAKERS, Place, Scan, following, scan
from .tail import YEAR_OF_VOLUME, Tail
from .vocabulary import ISSUED, NEWSPAPER, NO_AUTHOR, NO_MAKER, PERIODICAL, PRINTABLE, UNPUBLISHED, WITHIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Certainty

    from .model import Level, Marks, Reference
    from .works import Found, Works


_NO_MAKER = NO_MAKER | WITHIN


class _Begin(NamedTuple):
    """Where a citation begins, how good a place that is, the makers who stand there, and whether a year does."""

    at: int
    place: Place
    group: People | None = None
    dated: bool = False

    @property
    def strong(self) -> bool:
        return self.place == "strong"


_REFERENCE = regex.compile(
    r"(?P<ibid>(?:[Ii]bid(?:em)?|IBID)\b\.?|[Ii]d\.,? ibid\b\.?)|(?P<opCit>[Oo]p\. ?[Cc]it\b\.?|[Oo]pere [Cc]itato\b)"
    r"|(?P<locCit>[Ll]oc\. ?[Cc]it\b\.?|l\. ?c\.(?= |$))|(?P<idem>(?:[Ii]dem|[Ee]adem|[Ii]d\.|D(?:ers|ies)\.)(?!\p{L}))"
)
_WORD = regex.compile(r"\p{L}[\p{L}\p{N}.]*")
#: The first word of a title begins no farther than this behind its beginning: there are quotation marks before it.
_NEAR = 40
_SPACE = regex.compile(r",? ")
#: Between makers and title. A colon is used in German and French.
_GAP = regex.compile(r"[,:.]? ")
#: `Hale (1901), 52`.
_YEAR = regex.compile(r",? \(?(?P<year>1[5-9]\d\d|20\d\d)(?P<letter>[a-d]?)\)?(?=[,:] )")
#: `Hale, J. (1998), Title`.
_YEAR_THEN = regex.compile(r",? \((?P<year>1[5-9]\d\d|20\d\d)[a-d]?\)[,.:]? ")
_ENDS_PHRASE = regex.compile(r"[,;:.(“\"‘„«\n]")
#: A title that nothing marks ends before its imprint, what is cited of it, its edition or its editor.
_ENDS_TITLE = regex.compile(
    r"[(;“”\"\n]|$| (?=\(|[Vv]ols?\.|[Pp]p?\. ?\d)"
    r"|, (?=[Vv]ols?\b|[Pp]p?\.|[Bb]k\.|[Bb]ook |[Cc]h(?:ap)?s?\.|§|[Ff]ols?\.|[Tt]\. |Bd\.|S\. \d|[Cc]ols?\."
    r"|\d(?!\d{3}[-–]\d)|[ivxlc]+[.,:]|[IVXLC]+[.,:] ?\d|(?:eds?|[Éé]d|[Hh]rsg)\. |edited|trans|[Nn]os?\. "
    r"|[Rr]ev\. ed|in: |\p{Lu}[\p{L}.]+,? (?:\p{L}+, )?1[4-9]\d\d)"
)
#: No title has more words.
_MOST_WORDS = 45
#: Between a title that nothing marks and what bears it out there is no more than an edition, editors, a date.
_BETWEEN = 80
#: With what an imprint begins; and what bears out a title that has no maker: an imprint in brackets, a volume.
_OF_IMPRINT, _OF_TITLE = "(,", "(vVtTB"
_INITIAL_ALONE = regex.compile(r"\p{Lu}\.,")
_FROM_TO = regex.compile(r"\p{Lu}[\p{L}’'.]+ to (?:the )?\p{Lu}")
_NEWSPAPER = regex.compile(r"\p{Lu}[\p{L}’'-]+(?: (?:of|the|and|\(\p{Lu}[\p{L} .]{1,20}\)|\p{Lu}[\p{L}’'.-]+)){1,7}")
#: Words that need no capital in a title.
_UNCOUNTED = SMALL_WORDS | {"his", "her", "its", "their", "my", "our"}
#: Papers that were printed.
_PRINTED = regex.compile(
    r"\b(?:State|Parliamentary|Parl\.|Sessional|Command|Collected|Select(?:ed)?) Papers\b"
    r"|\b(?:Papers|Letters) (?:of|[Rr]elating|[Cc]oncerning|on|to|from)\b"
)


class Grammar:
    """Reads citations in `text[start:end]`, which is one block, with what other rules and earlier notes know."""

    def __init__(self, text: str, start: int, end: int, marks: Marks, works: Works) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.marks = marks
        self.works = works
        self._tails: dict[int, Tail] = {}

    @cached_property
    def scan(self) -> Scan:
        """What a quick look over the block has found."""
        return scan(self.text, self.start, self.end, self.marks, self.works)

    def read(self, at: int, place: Place) -> Citation | None:
        """The citation that begins at `at`, or None."""
        text = self.text
        if found := _REFERENCE.match(text, at, self.end):
            if found["idem"]:
                return self._idem(at, found.end())
            return self._reference(cast("Reference", found.lastgroup), at, found.end())
        begin = _Begin(at, place)
        marked = self._is_marked(at)
        if not (marked or text[at].isupper()):
            return None
        first = _WORD.search(text, at, min(self.end, at + _NEAR))
        if first and self.works.may_begin(first[0]) and (known := self._known(at)):
            return known
        if marked:
            return self._titled(begin, at)
        if first and is_ancient(first[0]) and (classical := ancient(text, at, self.end)):
            return classical
        by_makers = self._may_have_makers(begin)
        if not by_makers and not self.scan.has_proof(at):
            return self._newspaper(begin)
        groups = people(text, at, self.end, self.marks.italics) if by_makers else ()
        readings = [self._by(_Begin(at, place, group), group) for group in groups]
        # Of several readings the one that repeats a known work is best, then one with a title, then the longest.
        best = max(
            filter(None, readings), key=lambda made: (made.meant is not None, made.title is not None), default=None
        )
        return best or self._newspaper(begin) or self._plain(begin, at)

    def _may_have_makers(self, begin: _Begin) -> bool:
        """Whether it is worth the while to look for makers: a quick look at what may follow them there."""
        at = begin.at
        if self.scan.has_evidence(at) or self.works.may_name(self.text, at):
            return True
        return self.scan.has_proof(at) and (
            begin.strong or (begin.place == "fair" and self._has_proof(_OF_IMPRINT, at, at + MAKERS + LONGEST))
        )

    def _is_marked(self, at: int) -> bool:
        """Whether a title in italics or in quotation marks may begin at `at`."""
        return at in self.marks.italics or (at < self.end and self.text[at] in OPENING)

    def _tail(self, end: int) -> Tail:
        return Tail(self.text, self.end, self.marks, end)

    # --- short forms --------------------------------------------------------------------------------------------------

    def _reference(self, kind: Reference, at: int, stop: int) -> Citation:
        """`Ibid.` and its like, with what is cited."""
        tail = self._tail(stop)
        if year := YEAR_OF_VOLUME.match(self.text, stop, self.end):
            tail.end = year.end()
        tail.take_extra()
        tail.take_ranges(bare=True)
        parts = (Part("reference", at, stop, {"type": kind}), *tail.parts)
        return Citation(at, tail.end if tail.parts else stop, parts, "high", reference=kind, short=True)

    def _idem(self, at: int, stop: int) -> Citation | None:
        """`Idem, Title …` is by the same maker; `Id., p. 5` is the same work."""
        reference = Part("reference", at, stop, {"type": "idem"})
        link = _SPACE.match(self.text, stop, self.end)
        same = People((Name(at, stop, ""),), stop)
        if link and (made := self._titled(_Begin(at, "strong", same), link.end())):
            parts = (Part("author", at, stop), reference, *made.parts)
            return replace(made, parts=parts, names=(), reference="idem", meant=None)
        tail = self._tail(stop)
        if not tail.take_ranges(bare=False):
            return None
        return Citation(at, tail.end, (reference, *tail.parts), "medium", reference="idem", short=True)

    def _known(self, at: int) -> Citation | None:
        """A title that was cited before, without its maker."""
        marked = self._is_marked(at)
        for stop in self._phrases(at):
            found = self.works.by_title(self.text[at:stop])
            if found is None or (self.text[at] in OPENING) != (found.work.level == "a"):
                continue
            year = YEAR_OF_VOLUME.match(self.text, stop, self.end)
            if year and year["year"] not in found.work.title:
                continue  # another volume
            tail = self._tail(stop)
            tail.take_all()
            if not (tail.cites or (marked and found.sure and closes(self.text, tail.end, self.end))):
                continue
            if marked or found.sure or tail.paged:
                certainty: Certainty = "high" if found.sure and (tail.paged or marked) else "medium"
                parts = (Part("title", at, stop, {"level": found.work.level}), *tail.parts)
                return Citation(at, tail.end, parts, certainty, title=(at, stop), meant=found, short=True)
        return None

    def _phrases(self, at: int) -> Iterator[int]:
        """Where a title in short that begins at `at` may end, the longest first: `Message, 1863`, `Message`."""
        if at in self.marks.italics:
            yield self.marks.italics[at]
        elif self.text[at] in OPENING:
            if stop := quoted(self.text, at, self.end):
                yield stop
        else:
            limit = min(self.end, at + 120)
            ends: list[int] = []
            pos = at
            while len(ends) < 2:
                found = _ENDS_PHRASE.search(self.text, pos, limit)
                stop = found.start() if found else limit
                ends.append(stop - (self.text[stop - 1] == " "))
                if found is None or found[0] != ",":
                    break
                pos = found.end()
            if self.text[at : ends[0]].split(" ")[0] not in WITHIN:
                yield from reversed(ends)

    # --- by makers ----------------------------------------------------------------------------------------------------

    def _by(self, begin: _Begin, group: People) -> Citation | None:
        """What follows the makers: `op. cit.`, a title, a page."""
        text = self.text
        makers = tuple(each.part(editor=group.editors) for each in group.names)
        gap = _GAP.match(text, group.end, self.end)
        if gap is None or (gap[0] == ". " and not self._is_marked(gap.end())):
            return None
        if any(_is_unpublished(text[each.start : each.end]) for each in group.names):
            return None
        if group.possessive and text.startswith("Magazine", gap.end()):
            return None
        if group.names[0].surname in PLACES and not (group.possessive or self._is_person(group)):
            return None
        start = gap.end()
        found = _REFERENCE.match(text, start, self.end)
        if found and found.lastgroup in {"opCit", "locCit"}:
            short = self._reference(cast("Reference", found.lastgroup), start, found.end())
            meant = self.works.by_author(group.names)
            return replace(short, start=begin.at, parts=(*makers, *short.parts), names=group.names, meant=meant)
        titled = None
        year = _YEAR_THEN.match(text, group.end, self.end)
        if year and (titled := self._titled(begin._replace(dated=True), year.end())):
            date = Part("date", *year.span("year"), {"when": year["year"]})
            return replace(titled, parts=(*makers, date, *titled.parts), edited=group.editors)
        if gap[0] != " " or group.possessive or group.editors or self._is_marked(start):
            titled = self._titled(begin, start)
        elif text.startswith("on ", start) and not group.full and " " not in text[begin.at : group.end]:
            titled = self._titled(begin, start + 3)  # `Tull on Easements, p. 9`
            if titled and not any(part.layer == "citedRange" for part in titled.parts):
                titled = None
        if titled:
            return replace(titled, parts=(*makers, *titled.parts), edited=group.editors)
        return None if group.corporate or group.possessive else self._untitled(begin, group, makers)

    def _untitled(self, begin: _Begin, group: People, makers: tuple[Part, ...]) -> Citation | None:
        """`Hale, p. 52`, `Hale (1901), 52`."""
        known = self.works.knows(group.names)
        person = any((each.start, each.end) in self.marks.persons for each in group.names)
        tail = self._tail(group.end)
        year = _YEAR.match(self.text, group.end, self.end) if self._is_person(group) else None
        if year:
            tail.parts.append(Part("date", *year.span("year"), {"when": year["year"]}))
            tail.end = year.end()
        bare = year is not None or (known and self.text.startswith(",", group.end))
        if not tail.take_ranges(bare=bare) or not closes(self.text, tail.end, self.end):
            return None
        if year and "(" in year[0] and ")" not in year[0] and self.text.startswith(")", tail.end):
            tail.end += 1
        meant = self.works.by_author(group.names) if known and not year else None
        surname = self.text[begin.at : group.end]
        if meant is None and begin.strong and tail.of_series and surname.isalpha() and surname not in _NO_MAKER:
            return Citation(begin.at, tail.end, (*makers, *tail.parts), "medium", group.names, short=True)
        if meant is None and not (begin.strong and (known or person or year)):
            return None
        certainty: Certainty = "high" if meant and meant.sure else "medium"
        return Citation(begin.at, tail.end, (*makers, *tail.parts), certainty, group.names, meant=meant, short=True)

    # --- by a title ---------------------------------------------------------------------------------------------------

    def _titled(self, begin: _Begin, start: int) -> Citation | None:
        """A title at `start`, and what follows."""
        group = begin.group
        if start >= self.end or _REFERENCE.match(self.text, start, self.end):
            return None
        if stop := self.marks.italics.get(start):
            return self._italic(begin, start, stop)
        if self.text[start] in OPENING:
            stop = quoted(self.text, start, self.end)
            return self._article(begin, start, stop) if stop else None
        if group and (group.corporate or self.text[group.end] == ":"):
            return None
        return self._plain(begin, start)

    def _article(self, begin: _Begin, start: int, stop: int) -> Citation | None:
        """A title in quotation marks: a citation by the periodical or book that follows, or by its maker and page."""
        if begin.group is None and not (begin.strong and self.text[start + 1 : start + 3].strip()[:1].isupper()):
            return None
        tail = self._tail(stop)
        tail.take_container()
        tail.take_all()
        meant = self._meant(begin, start, stop, tail)
        if tail.container or meant or (begin.group and tail.paged and closes(self.text, tail.end, self.end)):
            return self._made(begin, start, stop, "a", tail, "high" if meant is None or meant.sure else "medium")
        return None

    def _italic(self, begin: _Begin, start: int, stop: int) -> Citation | None:
        """A title in italics, if what stands around it bears out that it is one."""
        names = self.text[start:stop].split()
        tail = self._tail(stop)
        if not PERIODICAL.isdisjoint(names):
            tail.take_number()
        elif not NEWSPAPER.isdisjoint(names):
            tail.take_town()
        tail.take_all()
        newspaper = begin.group is None and not NEWSPAPER.isdisjoint(names)
        meant = self._meant(begin, start, stop, tail)
        evidence = tail.named or tail.paged or meant is not None
        weak = tail.dated or tail.bare or begin.dated
        if begin.group is None:
            cited = evidence or (weak and begin.strong) or (tail.dated and tail.bare)
        elif begin.group.possessive:
            cited = evidence
        else:
            cited = evidence or weak or (begin.strong and closes(self.text, tail.end, self.end))
        if not cited:
            return None
        sure = (evidence or weak) and (meant is None or meant.sure) and (begin.group is not None or begin.strong)
        issued = _periodical(self.text[start:stop]) and not tail.named and self.marks.day(stop, tail.end) is not None
        level: Level = "j" if tail.numbered or newspaper or issued else "m"
        return self._made(begin, start, stop, level, tail, "high" if sure else "medium")

    def _newspaper(self, begin: _Begin) -> Citation | None:
        """A newspaper whose name nothing marks, with a date."""
        found = _NEWSPAPER.match(self.text, begin.at, self.end) if begin.strong else None
        if found is None or NEWSPAPER.isdisjoint(found[0].split()):
            return None
        names = found[0].split()
        if (names[0] in NO_AUTHOR and names[0] != "The") or names[-1].islower():
            return None
        if _is_unpublished(found[0]) or _FROM_TO.search(found[0]):
            return None
        tail = self._tail(found.end())
        if not tail.take_date():
            return None
        tail.take_ranges(bare=False)
        return replace(self._made(begin, begin.at, found.end(), "j", tail, "medium"), short=True)

    def _plain(self, begin: _Begin, start: int) -> Citation | None:
        """A title that nothing marks, up to one of the places where it may end."""
        text = self.text
        if not text[start].isupper() or start in self.marks.dates:
            return None
        known = begin.group is not None and self.works.knows(begin.group.names)
        barrier = following(self.scan.barriers, start + 1)
        limit = min(start + LONGEST, self.end if barrier is None else barrier + 1)
        pos = start + 1
        if not known:
            proof = following(self.scan.proofs, start)
            if proof is None or proof > limit or (begin.place == "weak" and (begin.group or text[proof] != "(")):
                return None
            if not self._may_be_proved(begin, start, limit):
                return None
            pos = max(pos, proof - _BETWEEN)
        for _ in range(12):
            found = _ENDS_TITLE.search(text, pos, limit)
            if found is None:
                return None
            stop = found.start()
            day = self.marks.day(pos, stop)
            if day is not None and text[day - 2 : day] == ", ":
                stop = day - 2  # `Journal, December 22, 1862, p. 5`
            if "(" in text[start:stop] or ")" in text[start:stop]:
                return None
            proof = following(self.scan.proofs, stop)
            near = proof is not None and proof <= stop + _BETWEEN and self._may_prove(begin, start, stop, text[proof])
            if near or (known and begin.group and self.works.by_author(begin.group.names, text[start:stop])):
                tail = self._whole_tail(stop)
                if self._may_be_title(begin, start, stop, tail) and (
                    made := self._plain_made(begin, start, stop, tail)
                ):
                    return made
            if stop >= limit or text[stop] in ';“”"\n(' or text.startswith(" (", stop):
                return None
            pos = stop + 1
        return None

    def _has_proof(self, signs: str, start: int, limit: int) -> bool:
        """Whether a proof in `[start, limit)` begins with one of the signs."""
        proofs = self.scan.proofs
        near = slice(bisect_left(proofs, start), bisect_left(proofs, limit))
        return any(self.text[proof] in signs for proof in proofs[near])

    def _may_be_proved(self, begin: _Begin, start: int, limit: int) -> bool:
        """Whether a title from `start` to some place before `limit` may be proved (`_may_prove`); a quick look."""
        if begin.group:
            return begin.strong or self._has_proof(_OF_IMPRINT, start, limit + _BETWEEN)
        return (
            self._has_proof(_OF_TITLE, start, limit + _BETWEEN)
            or self.text.find("Cong.", start, limit + _BETWEEN) > 0
            or _periodical(self.text[start:limit])
        )

    def _may_prove(self, begin: _Begin, start: int, stop: int, sign: str) -> bool:
        """Whether what begins with `sign` may show that `text[start:stop]` is a title; a quick look."""
        if begin.group:
            return begin.strong or sign in _OF_IMPRINT
        title = self.text[start:stop]
        if sign not in _OF_TITLE and "Cong." not in self.text[stop : stop + 40] and not _periodical(title):
            return False
        return title_case(title) and (sign == "(" or not _FROM_TO.search(title))

    def _whole_tail(self, stop: int) -> Tail:
        """All that follows a title that ends at `stop`; several beginnings ask for the same."""
        tail = self._tails.get(stop)
        if tail is None:
            tail = self._tails[stop] = self._tail(stop)
            tail.take_all()
        return tail

    def _may_be_title(self, begin: _Begin, start: int, stop: int, tail: Tail) -> bool:
        """Whether `text[start:stop]` does not look like something else: archives, a letter from A to B, a date."""
        title = self.text[start:stop]
        names = title.split()
        if not names or len(names) > _MOST_WORDS or title[-1] in ",:" or "Cong." in title:
            return False
        if title.partition(",")[0] in PLACES or _INITIAL_ALONE.match(title):
            return False
        printed = tail.bracketed or (begin.group is not None and tail.paged and title.startswith("Letters"))
        if _is_unpublished(title, printed=printed) or self.marks.is_dated(start, start + 1):
            return False
        day = self.marks.day(start, stop)
        if day is not None and (not tail.bracketed or self.text[day - 2 : day] == ", "):
            return False
        return begin.group is not None or not (
            names[0].rstrip(".") in WITHIN or (not tail.named and _FROM_TO.search(title))
        )

    def _plain_made(self, begin: _Begin, start: int, stop: int, tail: Tail) -> Citation | None:
        """By makers: with an imprint, with a page, or known."""
        group = begin.group
        title = self.text[start:stop]
        if group is None:
            return self._plain_alone(begin, start, stop, tail)
        full = tail.named and tail.dated
        meant = self._meant(begin, start, stop, tail)
        closed = closes(self.text, tail.end, self.end)
        if meant:
            cited = tail.cites or closed
        elif full:
            cited = (title_case(title) or group.full) and (
                begin.strong or (begin.place == "fair" and self._is_person(group))
            )
        else:
            told = tail.of_series or title_case(title) or _mostly_capitals(title)
            cited = tail.paged and closed and begin.strong and told
        if not cited:
            return None
        sure = meant.sure if meant else full and group.full
        return self._made(begin, start, stop, "m", tail, "high" if sure else "medium")

    def _plain_alone(self, begin: _Begin, start: int, stop: int, tail: Tail) -> Citation | None:
        """Without makers: with an imprint in brackets; a series, with volume and page; a parliament, with its session;

        a periodical, with date and page.
        """
        title = self.text[start:stop]
        if " " not in title or not title_case(title):
            return None
        if tail.bracketed:
            return self._made(begin, start, stop, "m", tail, "medium")
        if begin.place == "weak" or not tail.paged or not closes(self.text, tail.end, self.end):
            return None
        if tail.of_series or tail.session:
            return self._made(begin, start, stop, None, tail, "medium")
        if begin.strong and (tail.dated or tail.issue) and _periodical(title):
            return self._made(begin, start, stop, "j", tail, "medium")
        return None

    def _meant(self, begin: _Begin, start: int, stop: int, tail: Tail) -> Found | None:
        """The earlier work that makers and title repeat, if no imprint says that this is a citation of its own."""
        group = begin.group
        if group is None or group.corporate or tail.named or (tail.container and tail.dated):
            return None
        found = self.works.by_author(group.names, self.text[start:stop])
        article = self.text[start] in OPENING
        return found if found and article == (found.work.level == "a") else None

    def _made(
        self, begin: _Begin, start: int, stop: int, level: Level | None, tail: Tail, certainty: Certainty
    ) -> Citation:
        meant = self._meant(begin, start, stop, tail)
        if meant and meant.work.level:
            level = meant.work.level
        parts = (Part("title", start, stop, {"level": level}), *tail.parts)
        names = begin.group.names if begin.group else ()
        return Citation(
            begin.at, tail.end, parts, certainty, names, (start, stop), level, meant, short=meant is not None
        )  # fmt: skip

    def _is_person(self, group: People) -> bool:
        """Whether the first maker is known to be a person, or has a name as persons have."""
        first = group.names[0]
        return (
            (first.start, first.end) in self.marks.persons
            or self.works.knows(group.names)
            or "." in first.given
            or first.given.split(" ")[0] in GIVEN_NAMES
        )


def _mostly_capitals(title: str) -> bool:
    """Whether two words have capitals at least, and no more than one that counts has none: `Hist. of his own Time`."""
    counted = [word for word in title.split() if word[0].isalpha() and word.casefold() not in _UNCOUNTED]
    capitals = sum(word[0].isupper() for word in counted)
    return title[0].isupper() and capitals >= 2 and len(counted) - capitals <= 1


def _periodical(title: str) -> bool:
    return not ISSUED.isdisjoint(title.replace(",", " ").replace(".", " ").split())


def _is_unpublished(title: str, *, printed: bool = False) -> bool:
    """Whether these are words for what lies in archives; letters and papers may have been `printed`."""
    found = UNPUBLISHED.intersection([word.strip(",:") for word in title.split()])
    if found:
        found = UNPUBLISHED.intersection([word.strip(",:") for word in _PRINTED.sub("", title).split()])
    return bool(found - PRINTABLE if printed else found)
