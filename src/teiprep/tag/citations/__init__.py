"""Citations: `bibl` in notes with their parts, and what `Ibid.`, `op. cit.` and short titles mean.

`grammar` reads one citation, `works` knows what was cited before. Citations are read in the order of the notes; one that
repeats an earlier one points to it (`target`). In the running text only a citation that fills a pair of brackets is one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import regex

from teiprep.document import BODY
from teiprep.tag.common import leaves

from .grammar import Grammar, Marks
from .works import Work, Works, title_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator, Block, Certainty, Note

    from .grammar import Citation

__all__ = ["rule"]

_IBID = regex.compile(r"\b(?:[Ii]bid(?:em)?|IBID)\b\.?")
#: A second work in one note stands after a semicolon, or after a full stop with a year or a page before it.
_SEVERAL = regex.compile(r";\s+\p{L}")
#: Where a citation may begin: usually it does behind the first group, hardly ever behind the last.
_BEGINS = regex.compile(
    r"(?P<strong>(?<=[;.?!:)”\"’\]]) (?=[\p{Lu}“\"‘'«„i\[])|(?<=;) (?:and|or|but|also) |\(|\b(?:[Ss]ee|[Cc]f\.|[Cc]ompare|[Vv]ide|[Vv]gl\.|[Ss]iehe"
    r"|[Vv]oir|[Cc]onsult|[Qq]uoted (?:in|by|from)|[Cc]ited (?:in|by|from)|[Pp]rinted in|[Tt]ext in)"
    r"(?: (?:also|especially|e\.g\.|for example|generally|inter alia))?,? (?:the )?)"
    r"|(?P<fair>\b(?:in|In|from|by|and|or|et|und|example,|generally,|e\.g\.,?) |[,:] )|(?P<weak>\b(?:with|of|the|also|to) )"
)
_HEREAFTER = regex.compile(
    r"\s?[.;,]? ?[(\[]?(?:[Hh]ere(?:in)?after|[Hh]enceforth|[Ss]ubsequently)(?: (?:cited|referred to|quoted|abbreviated))?(?: as| to as)?:? "
    r"[“\"‘']?(?P<alias>[^()\[\]\n;“”\"]{2,60}?)[,.]?[”\"’']?(?=[)\].]|$)|\s?[(\[](?:cited|referred to) (?:below |hereafter )?as (?P<alias>[^()\[\]\n;]{2,60})(?=[)\]])"
)
_IN_BRACKETS = regex.compile(r"\((?:(?:see|See|cf\.|Cf\.|quoted in|cited in|from)(?: also)? )?(?=[\p{Lu}“\"‘])")

#: The rules of what points to another citation, by the kind of pointer.
_RULES = {"ibid": "ibid", "locCit": "loc-cit", "opCit": "op-cit", "idem": "idem"}


def rule(pen: Annotator) -> Iterator[Annotation]:
    """A `bibl` with its parts for every citation, and a `reference` for every `Ibid.` and its like."""
    document = pen.document
    notes = [note for note in document.notes if note.flow is not None]
    order = {note.flow: number for number, note in enumerate(notes)}
    reader = _Reader(pen, notes)
    blocks: dict[str, list[tuple[str, Block]]] = defaultdict(list)
    for text, block in leaves(document):
        if block.flow in order:
            blocks[block.flow].append((text, block))
        elif block.flow == BODY:
            yield from reader.body(text, block)
    for note in notes:
        for text, block in blocks[note.flow or ""]:
            yield from reader.note(text, block)


class _Reader:
    """Reads block after block, and remembers what was cited."""

    def __init__(self, pen: Annotator, notes: list[Note]) -> None:
        self.pen = pen
        self.works = Works()
        self.previous = {note.flow: earlier for earlier, note in zip([None, *notes], notes, strict=False)}
        #: For each note what its citations mean: the id of the first citation of the work, None if that is not known.
        self.meant: dict[str, list[str | None]] = defaultdict(list)
        #: For each note the ids of its citations.
        self.cited: dict[str, list[str]] = defaultdict(list)
        #: The last citation of this note, and the work that it means.
        self.last: tuple[str, str | None] | None = None
        self.italics: dict[str, dict[int, int]] = defaultdict(dict)
        self.dates: dict[str, dict[int, int]] = defaultdict(dict)
        self.persons: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for each in pen.document.annotations:
            if each.layer == "emphasis" and each.attributes.get("rend") == "italic":
                self.italics[each.flow][each.start] = each.end
            elif each.layer == "date":
                self.dates[each.flow][each.start] = each.end
            elif each.layer == "person":
                self.persons[each.flow].add((each.start, each.end))

    def marks(self, flow: str) -> Marks:
        return Marks(self.italics[flow], self.dates[flow], frozenset(self.persons[flow]))

    def body(self, text: str, block: Block) -> Iterator[Annotation]:
        """Citations that fill a pair of brackets."""
        grammar: Grammar | None = None
        for bracket in _IN_BRACKETS.finditer(text, block.start, block.end):
            grammar = grammar or Grammar(text, block.end, self.marks(block.flow), Works())
            found = grammar.read(bracket.end(), "strong")
            if found is None or text[found.end : found.end + 1] != ")" or not found.names or found.title is None:
                continue
            if found.certainty == "high" or any(part.layer == "citedRange" for part in found.parts):
                yield from self._annotations(found, block, None, None, found.certainty)

    def note(self, text: str, block: Block) -> Iterator[Annotation]:
        """Every citation in a block of a note."""
        grammar = Grammar(text, block.end, self.marks(block.flow), self.works)
        covered: list[tuple[int, int]] = []
        self.last = None
        start, place = block.start, "strong"
        while start < block.end:
            at = start
            if found := grammar.read(start, place):
                covered.append((found.start, found.end))
                yield from self._cited(found, text, block)
                at = found.end
                if alias := _HEREAFTER.match(text, at, block.end):
                    yield from self._called(alias, found, block)
                    at = alias.end("alias")
            begin = _BEGINS.search(text, at, block.end)
            if begin is None:
                break
            start, place = begin.end(), str(begin.lastgroup)
        for match in _IBID.finditer(text, block.start, block.end):
            if not any(low <= match.start() < high for low, high in covered):
                yield self._ibid(match.start(), match.end(), text, block)

    def _cited(self, found: Citation, text: str, block: Block) -> Iterator[Annotation]:
        """The annotations of a citation; it is remembered."""
        if found.reference in {"ibid", "locCit", "idem"} and not found.names:
            target, work, certainty = self._before(found.start, text, block)
            meant = None if found.reference == "idem" and found.title else work
            if len(found.parts) == 1:  # no more than the word
                part = found.parts[0]
                self._remember(block.flow, None, work)
                yield self.pen.annotation(
                    "reference", block.flow, part.start, part.end, rule=_RULES[found.reference], certainty=certainty,
                    type=found.reference, target=target,
                )  # fmt: skip
                return
            if found.reference == "idem" and found.title:
                target = target if target and not target.startswith("fn") else self._only(block.flow)
        else:
            work = found.meant.work.id if found.meant else None
            meant, target, certainty = work, work, found.certainty
        made = list(self._annotations(found, block, meant, target, certainty))
        yield from made
        if not found.short and found.title and (found.names or found.reference or _stands_alone(found)):
            names = tuple(each.surname.casefold() for each in found.names)
            given = found.names[0].given if found.names else ""
            title = title_words(text[slice(*found.title)])
            if title:
                work = self.works.add(Work(made[0].id, names, given, title, found.level, found.edited)).id
        self._remember(block.flow, made[0].id, work or (None if found.reference else made[0].id))

    def _annotations(
        self, found: Citation, block: Block, meant: str | None, target: str | None, certainty: Certainty
    ) -> Iterator[Annotation]:
        pen, flow = self.pen, block.flow
        if found.reference is None or found.title:
            certainty = found.certainty
        rule = _RULES.get(found.reference or "", "short-citation" if found.short else "citation")
        yield pen.annotation("bibl", flow, found.start, found.end, rule=rule, certainty=certainty, target=meant)
        for part in found.parts:
            given = dict(part.attributes)
            if part.layer == "author" and found.meant and found.meant.work.edited:
                given["role"] = "editor"
            if part.layer == "date" and self._is_dated(flow, part.start, part.end):
                continue
            if part.layer == "reference":
                given["target"] = target
            yield pen.annotation(part.layer, flow, part.start, part.end, rule=rule, certainty=certainty, **given)

    def _is_dated(self, flow: str, start: int, end: int) -> bool:
        return any(low < end and start < high for low, high in self.dates[flow].items())

    def _before(self, at: int, text: str, block: Block) -> tuple[str | None, str | None, Certainty]:
        """What `Ibid.` at `at` points to, the id of the work that it means, and how sure that is."""
        if self.last is not None:
            return *self.last, "high"
        earlier = self.previous[block.flow]
        if earlier is None:
            return None, None, "medium"
        works = self.meant[earlier.flow or ""]
        alone = not text[block.start : at].strip(' “"(')
        several = len(set(works)) > 1 or _SEVERAL.search(self.pen.document.text_of[earlier.flow or ""])
        return earlier.id, works[0] if len(set(works)) == 1 else None, "high" if alone and not several else "medium"

    def _only(self, flow: str) -> str | None:
        """The only citation of the note before."""
        earlier = self.previous[flow]
        found = self.cited[earlier.flow or ""] if earlier else []
        return found[0] if len(found) == 1 else None

    def _ibid(self, start: int, end: int, text: str, block: Block) -> Annotation:
        target, work, certainty = self._before(start, text, block)
        self.meant[block.flow].append(work)
        return self.pen.annotation(
            "reference", block.flow, start, end, rule="ibid", certainty=certainty, type="ibid", target=target
        )

    def _called(self, alias: regex.Match[str], found: Citation, block: Block) -> Iterator[Annotation]:
        """`hereafter X`: the work has a further name from now on; in italics it is a title."""
        work = self.works.work(self.last[1]) if self.last else None
        start = alias.start("alias")
        if work is None:
            return
        self.works.call(alias["alias"], work)
        end = self.italics[block.flow].get(start, 0)
        if end:
            yield self.pen.annotation("title", block.flow, start, end, rule="citation", level=found.level)

    def _remember(self, flow: str, bibl: str | None, work: str | None) -> None:
        self.meant[flow].append(work)
        if bibl:
            self.cited[flow].append(bibl)
            self.last = bibl, work


def _stands_alone(found: Citation) -> bool:
    """Whether a title without a maker, and its imprint, say enough to be found again."""
    return found.level == "m" and any(part.layer == "pubPlace" for part in found.parts)
