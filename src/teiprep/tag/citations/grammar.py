"""The grammar of a citation: makers, title, where it is contained, imprint, what is cited.

It reads from places where a citation may begin: at the head of a note, behind a semicolon or a full stop, behind "see",
"cf.", "in". What nothing marks as a title must show by its imprint, its page or its maker that it is one: in notes stand
archival numbers, letters "A to B" and prose, which look much the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import regex

from teiprep.tag.common import GIVEN_NAMES, title_case

from . import ranges
from .imprints import ISSUE, imprint
from .names import people
from .vocabulary import ANCIENT, ANCIENT_WORKS, NEWSPAPER, NO_AUTHOR, PERIODICAL, PRINTABLE, UNPUBLISHED, WITHIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from teiprep.document import Certainty

    from .names import Name, People
    from .works import Found, Works

Level = Literal["m", "a", "j"]


class Part(NamedTuple):
    """A part of a citation: the layer of its annotation, its span, and what is known of it."""

    layer: str
    start: int
    end: int
    attributes: Mapping[str, str | None] = {}


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation on `text[start:end]`. `meant` is the work of an earlier one that it repeats in short."""

    start: int
    end: int
    parts: tuple[Part, ...]
    certainty: Certainty
    names: tuple[Name, ...] = ()
    title: tuple[int, int] | None = None
    level: Level | None = None
    meant: Found | None = None
    reference: str | None = None
    edited: bool = False  # its makers are editors
    short: bool = False  # it says too little to stand for the work


@dataclass(slots=True)
class _Tail:
    """What follows a title, gathered from left to right up to `end`."""

    end: int
    parts: list[Part] = field(default_factory=list)
    named: bool = False  # a place or a publisher
    dated: bool = False
    paged: bool = False  # a page, volume … that is said to be one
    bare: bool = False  # a page that is only a number
    paginated: bool = False  # it has come to the page
    container: bool = False
    session: bool = False  # of a parliament
    numbered: bool = False  # the number of a periodical


class Marks(NamedTuple):
    """What other rules know of the text: italics and dates (start → end), and the spans of persons."""

    italics: Mapping[int, int]
    dates: Mapping[int, int]
    persons: frozenset[tuple[int, int]]


_REFERENCES = {
    "ibid": regex.compile(r"(?:[Ii]bid(?:em)?|IBID)\b\.?|[Ii]d\.,? ibid\b\.?"),
    "opCit": regex.compile(r"[Oo]p\. ?[Cc]it\b\.?|[Oo]pere [Cc]itato\b"),
    "locCit": regex.compile(r"[Ll]oc\. ?[Cc]it\b\.?|l\. ?c\.(?= |$)"),
}
_IDEM = regex.compile(r"(?:Idem|idem|Eadem|eadem|Id\.|id\.)(?![\p{L}])")
_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“”"}
_IN = regex.compile(r",? ?(?:\bin|\bIn|\bdans|\bin:|\bin :)(?: the)? ")
_OF_EDITOR = regex.compile(
    r",? \(?(?:[Ee]d(?:s?\.|ited)|[Hh]rsg\.|[Hh]erausgegeben|[Éé]d\.|[Tt]rans(?:l?\.|lated)|[Ii]ntrod?\.)(?: (?:and|&) (?:trans\.|translated|ed\.|edited))?(?: by| von| par| v\.)? "
)
#: An edition, a number of volumes, a session, a series, a size: they belong to the citation and are no part of it.
_EDITION = r"(?:\d{1,2}(?:st|nd|rd|th|d) (?:rev\. )?|(?:[Rr]ev\.|[Nn]ew|[Ss]econd|[Tt]hird) )(?:edn?\b\.?|edition)"
_EXTRA = regex.compile(
    rf",? {_EDITION}| \({_EDITION}\)|,? (?:\d{{1,2}} vols?\b\.?|(?:no|nos|nr|Nr|Heft)\. ?\d{{1,4}}"
    r"|\d{1,2}(?:st|nd|rd|th) [Ss]er(?:ies|\.)|n\. ?s\.|[48]vo|12mo|fol\.(?! ?\d)"
    r"|\d{2,3}(?:st|nd|rd|th|d) Cong\., \d(?:st|nd|rd|d) [Ss]ess\.|edit\. \d{4}|[Pp]ts?\. (?:\d+|[ivx]+)\b)"
)
_VOLUME = regex.compile(
    r",? (?:(?:[Vv]ol|[Bb]d|[Tt]|[Nn]r)\. ?)?(?P<number>\d{1,3}+|[IVXLC]{1,7}+|[ivxlc]{1,7}+)(?=[,.:]? ?[(\d:]|, \p{L}|:)"
)
_DATE_LINK = regex.compile(r",? (?:of )?\(?")
_VOLUME_YEAR = regex.compile(r", (?:1[4-9]|20)\d\d(?=,)")
_RANGE_LINK = regex.compile(r"[,:.]? ?\(?(?:esp\. |here |at )?")
_CLOSED = regex.compile(
    r"[’”\"']?(?:$|\n|[.;)\]”]|,? (?:and|but|who|which|where|with|says|has|gives|quoted|cited|cf|see|where|for|[a-z])| \[| \((?:[a-z“\"]))"
)
_ENOUGH = regex.compile(r"[,;:.(“\"‘„«\n]")
#: A title that nothing marks ends before its imprint, what is cited of it, its edition or its editor.
_PLAIN_END = regex.compile(
    r"(?= ?\()|(?=, (?:[Vv]ols?\b|[Pp]p?\.|[Bb]k\.|[Bb]ook |[Cc]h(?:ap)?s?\.|§|[Ff]ols?\.|[Tt]\. |Bd\.|S\. \d|[Cc]ols?\.|\d(?!\d{3}[-–]\d)|[ivxlc]+[.,:]|[IVXLC]+[.,:] ?\d"
    r"|eds?\. |edited|trans|[Rr]ev\. ed|\p{Lu}[\p{L}.]+,? (?:\p{L}+, )?1[4-9]\d\d|in: ))|(?= (?:[Vv]ols?\.|[Pp]p?\. ?\d))|(?=[;“”\"\n]|$)|(?=[.:] \p{Lu}\p{Ll}+: )"
)
_STOP = regex.compile(r"(?:[\p{Ll}\d]{4}|\d)[.?!] \p{Lu}")
_TO = regex.compile(r"\p{Lu}[\p{L}’'.]+ to (?:the )?\p{Lu}")
_YEAR = regex.compile(r",? \(?(?P<year>1[5-9]\d\d[a-d]?|20\d\d[a-d]?)\)?(?=[,:] )")
_WORD = regex.compile(r"[\p{L}\p{N}&][\p{L}\p{N}’'.&-]*")

_SPACE = regex.compile(r",? ")
_GAP = regex.compile(r"[,:]? |\. (?=[“‘„«\"])")
_QUOTE_CLOSED = regex.compile(r"[,.;:)]|$| \(| in\b| \p{Lu}| \d")
_YEAR_BEFORE_JOURNAL = regex.compile(r" \((?P<year>1[6-9]\d\d|20\d\d)\) (?:(?:vol\. ?)?\d{1,3} )?")
_BEFORE_JOURNAL = regex.compile(r"[,.]? ")
_JOURNAL_VOLUME = regex.compile(r",? (?:vol|t|Bd)\. ?(?:\d{1,3}|[IVXLC]+)", regex.IGNORECASE)
_CONTAINER = regex.compile(
    r"\p{Lu}[\p{L}.’'-]+(?::? (?:\p{Lu}[\p{L}.’'-]*|of|the|and|for|from|on|at|by|with|as|an?|in|to|de|des|du|la|et|für|der|und|&)){0,14}"
)
_NUMBER = regex.compile(r",? \d")
_LAST_WORD = regex.compile(r" \p{Lu}\p{Ll}+$")
_TRANSLATED = regex.compile(r",? \(?[Tt]rans")
_EXACT = regex.compile(r" \((?=pp?\. ?\d)")
_NEWSPAPER = regex.compile(
    r"(?:\[[^\]\n]{2,30}\] )?\p{Lu}[\p{L}’'-]+(?: (?:of|the|and|\(\p{Lu}[\p{L} .]{1,20}\)|\p{Lu}[\p{L}’'.-]+)){1,7}"
)

#: Behind a name.
_EDITED = regex.compile(r",? \(?(?:[Ee]ds?\b|[Ee]ditors?\b|[Hh]rsg|[Éé]d\.)")
#: Papers that are printed.
_PRINTED_PAPERS = regex.compile(
    r"\b(?:State|Parliamentary|Parl\.|Sessional|Command|Collected|Select(?:ed)?) Papers\b|\b(?:Papers|Letters) (?:of|[Rr]elating|[Cc]oncerning|on|to|from)\b"
)


class Grammar:
    """Reads citations in `text[:end]`, which is one block, with what other rules and earlier notes know."""

    def __init__(self, text: str, end: int, marks: Marks, works: Works) -> None:
        self.text = text
        self.end = end
        self.marks = marks
        self.works = works
        self.fair = True  # whether a citation may well begin where one is read

    def read(self, at: int, place: str) -> Citation | None:
        """The citation that begins at `at`, or None; the `place` for that is `strong`, `fair` or `weak`."""
        text = self.text
        self.fair, strong = place != "weak", place == "strong"
        for kind, pattern in _REFERENCES.items():
            if found := pattern.match(text, at, self.end):
                return self._reference(kind, at, found.end())
        if found := _IDEM.match(text, at, self.end):
            return self._idem(at, found.end())
        if not (text[at].isupper() or text[at] in _QUOTES or at in self.marks.italics):
            return None
        if known := self._known(at):
            return known
        if at not in self.marks.italics and text[at] not in _QUOTES:
            if ancient := self._ancient(at):
                return ancient
            readings = [self._by(at, group, strong=strong) for group in people(text, at, self.end, self.marks.italics)]
            if made := max(filter(None, readings), key=_worth, default=None):
                return made
        return self._untitled(at, strong=strong)

    # --- short forms --------------------------------------------------------------------------------------------------

    def _reference(self, kind: str, at: int, stop: int) -> Citation:
        tail = _Tail(stop)
        if year := _VOLUME_YEAR.match(self.text, stop, self.end):
            tail.end = year.end()
        self._ranges(tail, bare=True)
        end = tail.end if tail.parts else stop
        parts = (Part("reference", at, stop, {"type": kind}), *tail.parts)
        return Citation(at, end, parts, "high", reference=kind, short=True)

    def _idem(self, at: int, stop: int) -> Citation | None:
        """`Idem, Title …` is by the same maker; `Id., p. 5` is the same work."""
        link = _SPACE.match(self.text, stop, self.end)
        if link and (made := self._titled(at, link.end(), None, strong=True)):
            own = (Part("author", at, stop), Part("reference", at, stop, {"type": "idem"}))
            return replace(made, parts=(*own, *made.parts), reference="idem", meant=None)
        tail = _Tail(stop)
        self._ranges(tail, bare=False)
        if not tail.parts:
            return None
        return Citation(
            at, tail.end, (Part("reference", at, stop, {"type": "idem"}), *tail.parts), "medium",
            reference="idem", short=True,
        )  # fmt: skip

    def _known(self, at: int) -> Citation | None:
        """A title that was cited before, without its maker."""
        text = self.text
        for start, stop, level in self._phrases(at):
            found = self.works.by_title(text[start:stop])
            if found is None or (level == "a") != (found.work.level == "a"):
                continue
            year = _VOLUME_YEAR.match(text, stop, self.end)
            if year and year[0][2:] not in found.work.title:
                continue  # another volume
            tail = _Tail(stop)
            self._tail(tail, found.work.level)
            marked = level is not None or stop - start > 0 and start in self.marks.italics
            if not (tail.paged or tail.bare or (marked and found.sure and self._closes(tail.end))):
                continue
            if not (marked or found.sure or tail.paged):
                continue
            parts = (Part("title", at, stop, {"level": found.work.level}), *tail.parts)
            certainty: Certainty = "high" if found.sure and (tail.paged or marked) else "medium"
            return Citation(at, tail.end, parts, certainty, title=(at, stop), meant=found, short=True)
        return None

    def _phrases(self, at: int) -> list[tuple[int, int, str | None]]:
        """What at `at` may be a title in short: its span, and `a` if it is in quotation marks."""
        text = self.text
        if at in self.marks.italics:
            return [(at, self.marks.italics[at], None)]
        if text[at] in _QUOTES:
            stop = self._quoted(at)
            return [(at, stop, "a")] if stop else []
        phrases: list[tuple[int, int, str | None]] = []
        pos = at
        for _ in range(2):
            found = _ENOUGH.search(text, pos, min(self.end, at + 120))
            stop = found.start() if found else min(self.end, at + 120)
            if stop > at and text[at:stop].split(" ")[0] not in WITHIN:
                phrases.append((at, stop - (text[stop - 1] == " "), None))
            if not found or found[0] != ",":
                break
            pos = found.end()
        return phrases[::-1]

    def _ancient(self, at: int) -> Citation | None:
        """`Hom. Il. ii. 484`: an author of antiquity, a work or none, a place."""
        text = self.text
        word = _WORD.match(text, at, self.end)
        if word is None:
            return None
        if word[0] in ANCIENT_WORKS or word[0].rstrip(".") + "." in ANCIENT_WORKS:
            pos = word.end() + (text[word.end() : word.end() + 1] == ",") + 1
            place = ranges.classical(text, pos, self.end) if text[pos - 1 : pos] == " " else None
            if place and "." in text[place.start : place.end] and self._closes(place.end):
                parts = (Part("title", at, word.end()), _cited(place))
                return Citation(at, place.end, parts, "high", short=True)
        if word[0].removesuffix("'s").removesuffix("’s") not in ANCIENT:
            return None
        author = Part("author", at, word.end())
        pos = word.end()
        pos += 1 if text[pos : pos + 1] == "," else 0
        if text[pos : pos + 1] != " ":
            return None
        pos += 1
        place = ranges.classical(text, pos, self.end)
        if place:
            if word[0].isalpha() and "." not in text[place.start : place.end] and text[word.end()] != ",":
                return None  # `Caesar 5` is no citation
            if not self._closes(place.end):
                return None
            return Citation(
                at,
                place.end,
                (author, _cited(place)),
                "high" if "." in text[place.start : place.end] else "medium",
                short=True,
            )
        start = pos
        for _ in range(4):
            token = _WORD.match(text, pos, self.end)
            if token is None or len(token[0]) > 14:
                return None
            stop = token.end()
            pos = stop + (1 if text[stop : stop + 1] == "," else 0)
            if text[pos : pos + 1] != " ":
                return None
            pos += 1
            place = ranges.classical(text, pos, self.end)
            title = text[start:stop]
            if (
                place
                and self._closes(place.end)
                and any(part[0].isupper() for part in title.split())
                and title.split()[0] not in NO_AUTHOR
            ):
                return Citation(at, place.end, (author, Part("title", start, stop), _cited(place)), "high", short=True)
        return None

    # --- by makers ----------------------------------------------------------------------------------------------------

    def _by(self, at: int, group: People, *, strong: bool) -> Citation | None:
        """What follows the makers at `at`: `op. cit.`, a title, a page."""
        text = self.text
        if not UNPUBLISHED.isdisjoint(word for each in group.names for word in text[each.start : each.end].split()):
            return None
        makers = tuple(
            Part("author", each.start, each.end, {"role": "editor"} if group.editors else {}) for each in group.names
        )
        pos = group.end
        gap = _GAP.match(text, pos, self.end)
        if gap is None:
            return None
        start = gap.end()
        separated = gap[0] != " " or group.possessive or group.editors
        for kind in ("opCit", "locCit"):
            if found := _REFERENCES[kind].match(text, start, self.end):
                short = self._reference(kind, start, found.end())
                meant = self.works.by_author(group.names)
                return replace(short, start=at, parts=(*makers, *short.parts), names=group.names, meant=meant)
        marked = start in self.marks.italics or text[start : start + 1] in _QUOTES
        if separated or marked:
            titled = self._titled(at, start, group, strong=strong)
            if titled:
                return replace(titled, parts=(*makers, *titled.parts), edited=group.editors)
        if not separated and text.startswith("on ", start) and not group.corporate:
            titled = None if group.full or " " in text[at:pos] else self._titled(at, start + 3, group, strong=strong)
            if titled and any(part.layer == "citedRange" for part in titled.parts):
                return replace(titled, parts=(*makers, *titled.parts), edited=group.editors)
        if group.corporate or group.possessive:
            return None
        return self._untitled_by(at, group, makers, pos, start, strong=strong)

    def _untitled_by(
        self, at: int, group: People, makers: tuple[Part, ...], pos: int, start: int, *, strong: bool
    ) -> Citation | None:
        """`Hale, p. 52`, `Hale (1901), 52`."""
        text = self.text
        known = self.works.knows(group.names)
        person = any((each.start, each.end) in self.marks.persons for each in group.names)
        tail = _Tail(pos)
        if year := _YEAR.match(text, pos, self.end):
            if not (person or known or group.full):
                return None
            tail.parts.append(Part("date", *year.span("year"), {"when": year["year"][:4]}))
            tail.end = year.end()
        self._ranges(tail, bare=known or bool(year))
        if not any(part.layer == "citedRange" for part in tail.parts) or not self._closes(tail.end):
            return None
        meant = self.works.by_author(group.names) if known and not year else None
        if not (meant or ((known or person or year) and strong)):
            return None
        if not known and ranges.marked(text, start, self.end) is False and not year:
            return None
        certainty: Certainty = "high" if meant and meant.sure else "medium"
        return Citation(at, tail.end, (*makers, *tail.parts), certainty, names=group.names, meant=meant, short=True)

    def _titled(self, at: int, start: int, group: People | None, *, strong: bool) -> Citation | None:
        """A title at `start`, and what follows; `at` is where the citation begins."""
        text = self.text
        if start >= self.end:
            return None
        if start in self.marks.italics:
            stop = self.marks.italics[start]
            tail = _Tail(stop)
            return self._finished(at, start, stop, self._italic_level(start, stop, tail), tail, group, strong=strong)
        if text[start] in _QUOTES:
            stop = self._quoted(start)
            if not stop:
                return None
            tail = _Tail(stop)
            self._container(tail)
            return self._finished(at, start, stop, "a", tail, group, strong=strong)
        if group and (group.corporate or text[group.end] == ":"):
            return None
        return self._plain(at, start, group, strong=strong)

    def _italic_level(self, start: int, stop: int, tail: _Tail) -> Level:
        words = self.text[start:stop].split()
        if not PERIODICAL.isdisjoint(words) and _VOLUME.match(self.text, stop, self.end):
            volume = _VOLUME.match(self.text, stop, self.end)
            if volume and not ranges.marked(self.text, stop + 2, self.end):
                tail.end, tail.numbered = volume.end(), True
                return "j"
        return "m"

    def _finished(
        self, at: int, start: int, stop: int, level: Level | None, tail: _Tail, group: People | None, *, strong: bool
    ) -> Citation | None:
        """A citation whose title is marked as one, if what follows bears that out."""
        text = self.text
        self._tail(tail, level)
        if level == "m" and not NEWSPAPER.isdisjoint(text[start:stop].split()) and group is None:
            level = "j"
        names = group.names if group else ()
        meant = None
        if group and not (tail.named or group.corporate):
            meant = self.works.by_author(names, text[start:stop])
        evidence = tail.named or tail.paged or tail.container or meant
        weak = tail.dated or tail.bare
        if level == "a":
            if group is None and not (strong and text[start + 1 : start + 3].strip()[:1].isupper()):
                return None
            if not (tail.container or meant or (group and tail.paged and self._closes(tail.end))):
                return None
        elif group is None:
            if not (evidence or (weak and strong) or tail.dated and tail.bare):
                return None
        elif not (evidence or (not group.possessive and (weak or (strong and self._closes(tail.end))))):
            return None
        sure = evidence or weak
        certainty: Certainty = "high" if sure and (meant is None or meant.sure) and (group or strong) else "medium"
        if meant and meant.work.level in {"m", "a", "j"}:
            level = meant.work.level  # type: ignore[assignment]
        parts = (Part("title", start, stop, {"level": level}), *tail.parts)
        return Citation(at, tail.end, parts, certainty, names, (start, stop), level, meant, short=meant is not None)

    def _plain(self, at: int, start: int, group: People | None, *, strong: bool) -> Citation | None:
        """A title that nothing marks, between its maker and an imprint or a page."""
        text = self.text
        if not text[start].isupper():
            return None
        limit = min(self.end, start + 320)
        pos = start + 1
        for _ in range(12):
            found = _PLAIN_END.search(text, pos, limit)
            if found is None:
                return None
            stop = found.start()
            day = next((each for each in range(pos, stop) if self._is_day(each)), None)
            if day is not None and text[day - 2 : day] == ", ":
                stop = day - 2
            title = text[start:stop]
            if _STOP.search(title) or ";" in title or title.count("(") != title.count(")"):
                return None
            tail = _Tail(stop)
            if stop < self.end and text[stop] not in ';“”"\n':
                self._tail(tail, "m")
            made = self._accept_plain(at, start, stop, tail, group, strong=strong)
            if made:
                return made
            if stop >= limit or text[stop] in ';“”"\n(' or text.startswith(" (", stop):
                return None
            pos = stop + 1
        return None

    def _is_day(self, at: int) -> bool:
        """Whether a date begins here that is more than a year or some years."""
        return at in self.marks.dates and any(map(str.isalpha, self.text[at : self.marks.dates[at]]))

    def _accept_plain(
        self, at: int, start: int, stop: int, tail: _Tail, group: People | None, *, strong: bool
    ) -> Citation | None:
        text = self.text
        title = text[start:stop]
        words = title.split()
        in_brackets = tail.named and tail.dated and ")" in text[stop : tail.end]
        if (
            not words
            or len(words) > 45
            or start in self.marks.dates
            or (group is None and words[0].rstrip(".") in WITHIN)
            or _is_unpublished(title, in_brackets)
        ):
            return None
        if "Cong." in title or any(self._is_day(each) for each in range(start + 1, stop)) and not in_brackets:
            return None
        if any(
            low < start < high
            for low, high in ((low, self.marks.dates.get(low, 0)) for low in range(start - 24, start))
        ):
            return None  # `the 14th of April, 1865 (…`
        if (group is None and not tail.named and _TO.search(title)) or title[-1] in ",:":
            return None
        level: Level | None = "m"
        meant = None
        if group:
            if not tail.named:
                meant = self.works.by_author(group.names, title)
            full = tail.named and tail.dated
            if not (full or tail.paged or (meant and (tail.bare or self._closes(tail.end)))):
                return None
            if not title_case(title) and not (full and group.full) and not meant:
                return None
            if not (strong or meant or (full and self.fair and self._is_person(group))):
                return None
            if meant is None and not full and not self._closes(tail.end):
                return None
            certainty: Certainty = "high" if (full and group.full) or (meant and meant.sure) else "medium"
            if meant and meant.work.level in {"m", "a", "j"}:
                level = meant.work.level  # type: ignore[assignment]
            names = group.names
        else:
            names, level = (), None
            if len(words) < 2 or not title_case(title) or not (strong or self.fair or in_brackets):
                return None
            two = {part.attributes.get("unit") for part in tail.parts if part.layer == "citedRange"} >= {
                "volume",
                "page",
            }
            if in_brackets:
                level = "m"
            elif not ((two or tail.session and tail.paged) and self._closes(tail.end)):
                return None
            certainty = "medium"
        parts = (Part("title", start, stop, {"level": level}), *tail.parts)
        return Citation(at, tail.end, parts, certainty, names, (start, stop), level, meant, short=meant is not None)

    def _is_person(self, group: People) -> bool:
        """Whether the first maker is known to be a person, or has a name as persons have."""
        first = group.names[0]
        return (
            (first.start, first.end) in self.marks.persons
            or self.works.knows(group.names)
            or "." in first.given
            or first.given.split(" ")[0] in GIVEN_NAMES
        )

    def _untitled(self, at: int, *, strong: bool) -> Citation | None:
        """A citation without makers: a title in italics or marks, a newspaper, a series with volume and page."""
        text = self.text
        if at in self.marks.italics or text[at] in _QUOTES:
            return self._titled(at, at, None, strong=strong)
        return self._newspaper(at, strong=strong) or self._plain(at, at, None, strong=strong)

    def _newspaper(self, at: int, *, strong: bool) -> Citation | None:
        text = self.text
        found = _NEWSPAPER.match(text, at, self.end)
        if not found or not strong:
            return None
        words = found[0].split()
        if (
            words[0] in NO_AUTHOR - {"The"}
            or words[-1].islower()
            or NEWSPAPER.isdisjoint(words)
            or not UNPUBLISHED.isdisjoint(words)
            or _TO.search(found[0])
        ):
            return None
        tail = _Tail(found.end())
        if not self._date(tail):
            return None
        self._ranges(tail, bare=False)
        parts = (Part("title", at, found.end(), {"level": "j"}), *tail.parts)
        return Citation(at, tail.end, parts, "medium", title=(at, found.end()), level="j", short=True)

    # --- what follows a title -----------------------------------------------------------------------------------------

    def _quoted(self, at: int) -> int:
        """Where the title in quotation marks that opens at `at` ends, behind its closing mark; 0 if it does not."""
        text = self.text
        closing = _QUOTES[text[at]]
        pos = at + 1
        while pos < min(self.end, at + 300):
            if text[pos] in closing:
                after = text[pos + 1 : pos + 2]
                if (
                    text[at] not in "‘'"
                    or not after.isalpha()
                    and _QUOTE_CLOSED.match(text, pos + 1, self.end)
                    and not (
                        after == " "
                        and text[pos - 1] == "s"
                        and text[pos + 2 : pos + 3].islower()
                        and not text.startswith(" in ", pos + 1)
                    )
                ):
                    return pos + 1
            elif text[pos] == "\n":
                break
            pos += 1
        return 0

    def _container(self, tail: _Tail) -> None:
        """The periodical or the book in which an article stands."""
        text, pos = self.text, tail.end
        date = _YEAR_BEFORE_JOURNAL.match(text, pos, self.end)
        if date and (date.end() in self.marks.italics):
            tail.parts.append(Part("date", *date.span("year"), {"when": date["year"]}))
            tail.dated = True
            pos = date.end()
        link = _IN.match(text, pos, self.end)
        if link:
            start = link.end()
            for group in people(text, start, self.end, self.marks.italics) if start not in self.marks.italics else ():
                gap = _SPACE.match(text, group.end, self.end)
                if gap and group.editors and (span := self._container_title(gap.end())):
                    tail.parts += [Part("author", a.start, a.end, {"role": "editor"}) for a in group.names]
                    start = gap.end()
                    break
        else:
            gap = _BEFORE_JOURNAL.match(text, pos, self.end)
            if gap is None and date is None:
                return
            start = gap.end() if gap and date is None else pos
        span = self._container_title(start)
        if span is None:
            return
        words = text[start:span].split()
        level: Level = (
            "j" if link is None or (not PERIODICAL.isdisjoint(words) and _VOLUME.match(text, span, self.end)) else "m"
        )
        if (
            start not in self.marks.italics
            and link is None
            and NEWSPAPER.isdisjoint(words)
            and PERIODICAL.isdisjoint(words)
            and not (len(words) > 1 and words[0] not in WITHIN and _VOLUME.match(text, span, self.end))
        ):
            return
        tail.parts.append(Part("title", start, span, {"level": level}))
        tail.end, tail.container = span, True
        volume = _VOLUME.match(text, span, self.end)
        if level == "j" and volume and not ranges.marked(text, span + 2, self.end):
            tail.end, tail.numbered = volume.end(), True
        elif level == "j" and (numbered := _JOURNAL_VOLUME.match(text, span, self.end)):
            tail.end, tail.numbered = numbered.end(), True

    def _container_title(self, start: int) -> int | None:
        text = self.text
        if start in self.marks.italics:
            return self.marks.italics[start]
        found = _CONTAINER.match(text, start, self.end)
        if found is None or not title_case(found[0]) or _EDITED.match(text, found.end(), self.end):
            return None
        stop = found.end()
        after = text[stop : stop + 2]
        if after in {", ", " (", ": "} or _NUMBER.match(text, stop, self.end):
            month = _LAST_WORD.search(found[0])
            if month and month[0].strip() in NO_AUTHOR:
                stop = start + month.start()
            return stop if not UNPUBLISHED & set(text[start:stop].split()) else None
        return None

    def _tail(self, tail: _Tail, level: str | None) -> None:
        """Take in everything that belongs to the citation, from `tail.end` on."""
        text = self.text
        for _ in range(10):
            pos = tail.end
            if pos >= self.end:
                return
            if extra := _EXTRA.match(text, pos, self.end):
                tail.session |= "Cong." in extra[0]
                tail.end = extra.end()
                continue
            if self._editor(tail):
                continue
            if not tail.dated and (found := imprint(text, pos, self.end)):
                if found.place:
                    tail.parts.append(Part("pubPlace", *found.place))
                if found.when:
                    tail.parts.append(self._when(*found.when))
                tail.named |= found.named
                tail.dated = True
                tail.end = found.end
                continue
            if not tail.paginated and self._ranges(tail, bare=True):
                continue
            if not tail.dated and self._date(tail):
                continue
            if year := _VOLUME_YEAR.match(text, pos, self.end):
                if tail.numbered and not tail.dated:
                    tail.parts.append(self._when(year.start() + 2, year.end()))
                    tail.dated, tail.end = True, year.end()
                    continue
                if ranges.marked(text, year.end() + 2, self.end) and not tail.dated:
                    tail.end = year.end()
                    continue
            return

    def _editor(self, tail: _Tail) -> bool:
        link = _OF_EDITOR.match(self.text, tail.end, self.end)
        if link is None:
            return False
        group = next(iter(people(self.text, link.end(), self.end, self.marks.italics)), None)
        if group is None or group.corporate:
            return False
        if not _TRANSLATED.match(link[0]):
            tail.parts += [Part("author", each.start, each.end, {"role": "editor"}) for each in group.names]
        tail.end = group.end
        return True

    def _date(self, tail: _Tail) -> bool:
        """A date that is tagged, as behind the name of a newspaper."""
        link = _DATE_LINK.match(self.text, tail.end, self.end)
        if link is None or link.end() == tail.end:
            return False
        if link.end() not in self.marks.dates:
            issue = ISSUE.match(self.text, link.end(), self.end) if tail.container and "(" not in link[0] else None
            if issue:
                tail.parts.append(self._when(*issue.span()))
                tail.dated, tail.end = True, issue.end()
            return issue is not None
        start, stop = link.end(), self.marks.dates[link.end()]
        bracket = "(" in link[0]
        if bracket and self.text[stop : stop + 1] != ")":
            return False
        tail.parts.append(Part("date", start, stop))
        tail.dated, tail.end = True, stop + bracket
        return True

    def _when(self, start: int, stop: int) -> Part:
        words = self.text[start:stop]
        years = regex.findall(r"\d{4}|(?<=\d[-–/])\d\d(?!\d)", words)
        values: dict[str, str | None] = {}
        if len(years) == 1 and not regex.search(r"[\p{L}]", words):
            values = {"when": years[0]}
        elif len(years) == 2 and "/" not in words and int(years[1].rjust(4, "0")[-2:]) >= 0:
            last = years[1] if len(years[1]) == 4 else years[0][:2] + years[1]
            values = {"from": years[0], "to": last} if last > years[0] else {}
        return Part("date", start, stop, values)

    def _ranges(self, tail: _Tail, *, bare: bool) -> bool:
        text = self.text
        link = _RANGE_LINK.match(text, tail.end, self.end)
        if link is None or link.end() == tail.end:
            return False
        at = link.end()
        found = ranges.cited_ranges(text, at, self.end, bare=bare)
        if not found:
            return False
        bracket = link[0].endswith("(")
        tail.parts += map(_cited, found)
        tail.paginated |= any(each.unit != "volume" for each in found)
        tail.end = found[-1].end + (bracket and text[found[-1].end : found[-1].end + 1] == ")")
        if ranges.marked(text, found[-1].start, self.end) or len(found) > 1:
            tail.paged = True
        else:
            tail.bare = True
        # `1–17 (p. 9)`: the pages of the article are not what is cited.
        exact = _EXACT.match(text, tail.end, self.end)
        if exact and not bracket:
            closer = ranges.cited_ranges(text, exact.end(), self.end, bare=False)
            if closer and text[closer[-1].end : closer[-1].end + 1] == ")":
                tail.parts[-len(found) :] = map(_cited, closer)
                tail.end, tail.paged = closer[-1].end + 1, True
        return True

    def _closes(self, at: int) -> bool:
        """Whether a citation may end here: before a stop, or words that are no part of one."""
        return at >= self.end or _CLOSED.match(self.text, at, self.end) is not None


def _is_unpublished(words: str, imprint: bool) -> bool:
    """Whether these are words for what lies in archives; letters and papers with an `imprint` are printed."""
    found = UNPUBLISHED.intersection(word.strip(",:") for word in _PRINTED_PAPERS.sub("", words).split())
    return bool(found - PRINTABLE if imprint else found)


def _worth(reading: Citation) -> tuple[bool, bool]:
    """Of several readings the one that repeats a known work is best, then one with a title, then the one with more names."""
    return reading.meant is not None, reading.title is not None


def _cited(each: ranges.Range) -> Part:
    return Part("citedRange", each.start, each.end, {"unit": each.unit, "from": each.first, "to": each.last})
