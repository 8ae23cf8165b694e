"""Goes through a document, block after block, and remembers what was cited."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.document import BODY

from .grammar import Grammar
from .model import Marks
from .vocabulary import UNPUBLISHED
from .works import Work, Works, title_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from teiprep.document import Annotation, Annotator, Block, Certainty, Note

    from .model import Citation, Reference

_IBID = regex.compile(r"\b(?:[Ii]bid(?:em)?|IBID)\b\.?")
#: A second work in one note stands after a semicolon, where nothing was read as a citation.
_SEVERAL = regex.compile(r";\s+\p{L}")
#: What leads to papers, statutes, letters, or to pages that were not read as a citation: "Ibid." may mean them.
_LEADS = regex.compile(
    r"\b(?:Papers|MSS?|Archives?|Library)\b"
    r"|\b(?i:box|file|files|folder|lot|reel|roll|carton|dossier|fond|tel|telegram|despatch|dispatch|document|doc|nos?|vols?"
    r"|pp?|fols?|ff|arts?|chap|sect?|notes?|nn?)\.? ?\d"
    r"|\b\w{2,20}/\w{0,20}\d|\b\w/\w{0,20}\d\d|\b\p{Lu}\d \d|\b\d{3}\p{Lu}?\.\d\d"  # PR 140/8/2, F7 6712, 811.0044
    r"|\b(?:Vict|Geo|Will|Car|Eliz|Stat|[QK]\.B|Ch|v)\. (?:c\. ?)?[\p{Lu}\d]"
    r"|\b(?:[ivxlc]{1,8}\. ?|\p{Lu}\p{Ll}{1,9}\.? \d{1,3}:)\d"
    r"|(?:^|[.;:(] )(?:\p{Lu}[\p{L}.]{1,20} ){1,4}to (?:the )?\p{Lu}[\p{L}. ]{1,40}, (?:\p{L}{3,10}\.? )?\d"  # a letter
    r"|\p{Lu}\p{L}{1,20}, \d{1,3}(?:[-–]\d{1,3})?(?: ff?)?\.?$"
)
#: With a number these lead to a paper.
_PAPER = regex.compile(rf"\b(?:{'|'.join(map(regex.escape, sorted(UNPUBLISHED)))})(?!\p{{L}})")
_HEREAFTER = regex.compile(
    r"\s?[.;,]? ?[(\[]?(?:(?:[Hh]ere(?:in)?after|[Hh]enceforth|[Ss]ubsequently)"
    r"(?: (?:cited|referred to|quoted|abbreviated))?(?: as| to as)?|(?<=[(\[])(?:cited|referred to) (?:below )?as):? "
    r"[“\"‘']?(?P<alias>[^()\[\]\n;“”\"]{2,60}?)[,.]?[”\"’']?(?=[)\]]|\.?$|\. \p{Lu})"
)
#: Such words within the brackets of an imprint.
_WITHIN = regex.compile(r"[;,](?= (?:[Hh]ere(?:in)?after|[Hh]enceforth)\b)")
_IN_BRACKETS = regex.compile(
    r"\((?:(?:see|See|cf\.|Cf\.|quoted in|cited in|from)(?: also)? )?(?=[\p{Lu}“\"‘])(?=[^\n]{0,200}\d)"
)
#: In the running text no citation takes more room.
_ROOM = 400
#: The rules of what points to another citation, by the kind of pointer.
_RULES: dict[Reference | None, str] = {"ibid": "ibid", "locCit": "loc-cit", "opCit": "op-cit", "idem": "idem"}


class _Last(NamedTuple):
    """The last citation of a note: its id, and that of the first citation of the work that it means."""

    bibl: str
    work: str | None


class _Meant(NamedTuple):
    """What `Ibid.` points to, the first citation of the work that it means, and how sure that is."""

    target: str | None
    work: str | None
    certainty: Certainty


@dataclass(slots=True)
class _Cited:
    """What a note cites: its first citation, how many there are, and the one work they all mean, if they do."""

    first: str | None = None
    count: int = 0
    works: set[str | None] = field(default_factory=set)  # two at most

    def add(self, bibl: str | None, work: str | None) -> None:
        """One more citation, or a bare `Ibid.` (None)."""
        if bibl:
            self.first = self.first or bibl
            self.count += 1
        if len(self.works) < 2:
            self.works.add(work)

    @property
    def work(self) -> str | None:
        """The one work, None if there are several."""
        return next(iter(self.works)) if len(self.works) == 1 else None


class Reader:
    """Reads the blocks of one document in order."""

    def __init__(self, pen: Annotator, notes: Sequence[Note]) -> None:
        self._pen = pen
        self._text_of = pen.document.text_of
        self._works = Works()
        self._marks = _marks(pen)
        self._earlier = {note.flow: earlier for earlier, note in zip([None, *notes], notes, strict=False)}
        self._cited: dict[str, _Cited] = defaultdict(_Cited)
        self._last: _Last | None = None
        self._has_several = cache(lambda flow: _SEVERAL.search(self._text_of[flow]) is not None)
        self._leads = cache(lambda flow: _leads(self._text_of[flow]))
        self._lost: set[str] = set()  # where an "Ibid." means nothing

    def body(self, blocks: Sequence[Block]) -> Iterator[Annotation]:
        """Citations in the running text: they fill a pair of brackets, and name maker, title, and page or imprint.

        The `blocks` are those of the body, in order.
        """
        text = self._text_of[BODY]
        for bracket in _IN_BRACKETS.finditer(text):
            number = bisect_right(blocks, bracket.start(), key=attrgetter("start"))
            block = blocks[max(0, number - 1)]
            if not block.start <= bracket.start() < block.end:
                continue
            limit = min(block.end, bracket.end() + _ROOM)
            grammar = Grammar(text, bracket.end(), limit, self._marks[BODY], Works())
            found = grammar.read(bracket.end(), "strong")
            if found is None or not (found.names and found.title) or not text.startswith(")", found.end):
                continue
            if found.certainty == "high" or any(part.layer == "citedRange" for part in found.parts):
                yield from self._annotations(found, block, _Meant(None, None, found.certainty))

    def note(self, block: Block) -> Iterator[Annotation]:
        """Every citation in a block of a note, and every `Ibid.` beside."""
        text = self._text_of[block.flow]
        grammar = Grammar(text, block.start, block.end, self._marks[block.flow], self._works)
        self._last = None
        read = block.start  # up to here
        for at, place in grammar.scan.begins:
            found = grammar.read(at, place) if at >= read else None
            if found is None:
                continue
            yield from self._ibids(block, read, at)
            yield from self._citation(found, block)
            read = found.end
            within = _WITHIN.search(text, found.start, found.end)
            if alias := _HEREAFTER.match(text, within.start() if within else read, block.end):
                yield from self._named(alias, found, block)
                read = max(read, alias.end("alias"))
        yield from self._ibids(block, read, block.end)

    def _citation(self, found: Citation, block: Block) -> Iterator[Annotation]:
        """The annotations of a citation, which is remembered."""
        flow = block.flow
        by_same = found.reference == "idem" and found.title is not None
        if by_same:
            meant = _Meant(self._only_citation(flow), None, found.certainty)
        elif found.reference == "opCit" and not found.names:
            meant = _Meant(None, None, "medium")  # whose work?
        elif found.reference and not found.names:
            meant = self._before(found.start, block)
        else:
            work = found.meant.work.id if found.meant else None
            meant = _Meant(work, work, found.certainty)
        if len(found.parts) == 1 and found.reference:  # no more than `Ibid.`
            yield self._reference(found.parts[0].start, found.end, found.reference, block, meant)
            return
        made = list(self._annotations(found, block, meant))
        yield from made
        work = meant.work or self._first_of_its_work(found, made[0].id, block, by_same=by_same)
        self._cited[flow].add(made[0].id, work)
        self._last = _Last(made[0].id, work)

    def _first_of_its_work(self, found: Citation, bibl: str, block: Block, *, by_same: bool) -> str | None:
        """The id of the first citation of the work: mostly this one; None if the work is not known at all."""
        if found.reference and not by_same:
            return None
        # A title alone may be that of a series; with its place it says which book is meant.
        alone = found.level == "m" and any(part.layer == "pubPlace" for part in found.parts)
        if found.short or found.title is None or not (found.names or by_same or alone):
            return bibl
        title = title_words(self._text_of[block.flow][slice(*found.title)])
        if not title:
            return bibl
        surnames = tuple(each.surname.casefold() for each in found.names)
        given = found.names[0].given if found.names else ""
        return self._works.add(Work(bibl, surnames, given, title, found.level, found.edited)).id

    def _annotations(self, found: Citation, block: Block, meant: _Meant) -> Iterator[Annotation]:
        pen, flow = self._pen, block.flow
        rule = _RULES.get(found.reference, "short-citation" if found.short else "citation")
        certainty = meant.certainty
        yield pen.annotation("bibl", flow, found.start, found.end, rule=rule, certainty=certainty, target=meant.work)
        for part in found.parts:
            given = dict(part.attributes)
            if part.layer == "date" and self._marks[flow].is_dated(part.start, part.end):
                continue
            if part.layer == "reference":
                given["target"] = meant.target
            elif part.layer == "author" and found.meant and found.meant.work.edited:
                given["role"] = "editor"
            yield pen.annotation(part.layer, flow, part.start, part.end, rule=rule, certainty=certainty, **given)

    def _before(self, at: int, block: Block) -> _Meant:
        """What `Ibid.` at `at` means: the citation before it in the note, else the note before if it cites anything."""
        if self._last:
            return _Meant(*self._last, "high")
        earlier = self._earlier[block.flow]
        cited = self._cited[earlier.flow] if earlier and earlier.flow else None
        if earlier is None or earlier.flow is None or not (cited and (cited.works or self._leads(earlier.flow))):
            self._lost.add(block.flow)
            return _Meant(None, None, "medium")
        alone = at < block.start + 9 and not self._text_of[block.flow][block.start : at].strip(' “"(')
        one = len(cited.works) < 2 and not self._has_several(earlier.flow) and earlier.flow not in self._lost
        sure = alone and one
        return _Meant(earlier.id, cited.work, "high" if sure else "medium")

    def _only_citation(self, flow: str) -> str | None:
        """The citation whose maker `Idem` is: the last one of this note, or the only one of the note before."""
        earlier = self._earlier[flow]
        if self._last or earlier is None or earlier.flow is None:
            return self._last.bibl if self._last else None
        cited = self._cited[earlier.flow]
        return cited.first if cited.count == 1 else None

    def _ibids(self, block: Block, low: int, high: int) -> Iterator[Annotation]:
        """Every `Ibid.` in `[low, high)`, where nothing was read as a citation."""
        for match in _IBID.finditer(self._text_of[block.flow], low, high):
            yield self._reference(match.start(), match.end(), "ibid", block, self._before(match.start(), block))

    def _reference(self, start: int, end: int, kind: Reference, block: Block, meant: _Meant) -> Annotation:
        self._cited[block.flow].add(None, meant.work)
        return self._pen.annotation(
            "reference", block.flow, start, end, rule=_RULES[kind], certainty=meant.certainty, type=kind,
            target=meant.target,
        )  # fmt: skip

    def _named(self, alias: regex.Match[str], found: Citation, block: Block) -> Iterator[Annotation]:
        """`hereafter X`: the work has a further name from now on; in italics it is a title."""
        work = self._works.get(self._last.work) if self._last else None
        if work is None:
            return
        self._works.call(alias["alias"], work)
        start = alias.start("alias")
        if end := self._marks[block.flow].italics.get(start):
            yield self._pen.annotation("title", block.flow, start, end, rule="citation", level=found.level)


def _leads(text: str) -> bool:
    """Whether a note in which nothing was read as a citation leads to something.

    >>> _leads("Hale to Thorne, 29 April 1843."), _leads("In 1843 the mill was burnt.")
    (True, False)
    """
    return _LEADS.search(text) is not None or (any(map(str.isdigit, text)) and _PAPER.search(text) is not None)


def _marks(pen: Annotator) -> dict[str, Marks]:
    """What is known of each flow."""
    italics: dict[str, dict[int, int]] = defaultdict(dict)
    dates: dict[str, dict[int, int]] = defaultdict(dict)
    persons: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for each in pen.document.annotations:
        match each.layer:
            case "emphasis" if each.attributes.get("rend") == "italic":
                italics[each.flow][each.start] = each.end
            case "date":
                dates[each.flow][each.start] = each.end
            case "person":
                persons[each.flow].add((each.start, each.end))
    found: dict[str, Marks] = {}
    for flow in pen.document.reading_flows:
        starts = sorted(dates[flow.id])
        days = [at for at in starts if any(map(str.isalpha, flow.text[at : dates[flow.id][at]]))]
        slants = sorted(italics[flow.id])
        found[flow.id] = Marks(italics[flow.id], dates[flow.id], frozenset(persons[flow.id]), slants, starts, days)
    return found
