"""Quotations: what stands in quotation marks, over a whole flow, what it is, and who spoke where the text says so.

`marks` pairs the marks of a block, `chains` joins what goes on in the next one. `kinds` tells what each is, by the
`cues` beside its marks: `named` knows words that are mentioned, explain, or are held at arm's length, `told` speech and
writing, for which `papers` finds papers as subjects and `speakers` persons. `dashes` knows the speech that a dash opens
in other languages. The marks belong to the span (TEI: `quotation marks="all"`) and are never changed: how
straight marks would be directed is told in the attribute `marks`. A mark without its partner is reported, never
repaired. A block quotation (`quote` among the blocks) is one already, whatever marks stand in it: those are paired like
any others.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from teiprep.diagnostics import Diagnostic
from teiprep.tag.common import leaves

from . import dashes
from .chains import join
from .cues import cues_of, has_dash_dialogue, language_of
from .kinds import Kinds
from .marks import NOTHING, Marks, Pair, pair, signs
from .speakers import Persons
from .spots import Cue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from teiprep.document import Annotation, Annotator, Block

    from .chains import Paired

_RULES = {
    "q": "paired-marks",
    "said": "said-by-cue",
    "quote": "quoted-by-cue",
    "soCalled": "named-by-cue",
    "mentioned": "mentioned-by-cue",
    "gloss": "glossed-by-cue",
}
_SURE = {"low": 0, "medium": 1, "high": 2}
_STRAIGHT = frozenset("\"'`")
_DIRECTED = str.maketrans({'"': "“", "'": "‘", "`": "‘"}), str.maketrans({'"': "”", "'": "’"})


def rule(pen: Annotator) -> Iterator[Annotation | Diagnostic]:
    """Every quotation, those over several blocks as a chain with `next` and `prev`; a diagnostic for each odd mark.

    The marks around the title of an article, in a citation, are no quotation.
    """
    titles = {(title.flow, title.start, title.end) for title in pen.document.layer("title")}
    for item in _found(pen):
        if isinstance(item, Diagnostic) or (item.flow, item.start, item.end) not in titles or _is_linked(item):
            yield item


def _is_linked(quotation: Annotation) -> bool:
    return not {"next", "prev"}.isdisjoint(quotation.attributes)


def _found(pen: Annotator) -> Iterator[Annotation | Diagnostic]:
    tagger = _Tagger(pen)
    run: list[Block] = []
    text = ""
    for each, block in leaves(pen.document):
        if run and run[-1].flow != block.flow:
            yield from tagger.flow(text, run)
            run = []
        text = each
        run.append(block)
    if run:
        yield from tagger.flow(text, run)


class _Chains:
    """The quotations over several blocks of a flow: which pairs are their parts, and what is made of them so far."""

    def __init__(self, paired: Paired, blocks: Sequence[Block]) -> None:
        self._parts = paired.chains
        # By identity: another pair may begin where a part does that has no mark of its own.
        self.first = {id(part): first for first, parts in paired.chains.items() for part in parts}
        self.made: dict[int, list[Annotation]] = {first: [] for first in paired.chains}
        places = zip(blocks, paired.pairs, strict=True) if self.first else ()
        self._home = {id(pair): block for block, pairs in places for pair in pairs}

    def cue(self, first: int, cue: Cue, kinds: Kinds) -> Cue:
        """What the part is for which `cue` was found by itself: as the first, or by who is told of behind the last."""
        if made := self.made[first]:
            head = made[0].attributes
            return Cue(head["kind"], head.get("who"), "high", head.get("citedIn"))
        tail = self._parts[first][-1]
        return kinds.of(self._home[id(tail)], tail, None) if cue.kind == "q" else cue

    def linked(self) -> Iterator[Annotation]:
        """The parts of all chains, each with `next` and `prev`."""
        for parts in self.made.values():
            links: list[dict[str, str]] = [dict(part.attributes) for part in parts]
            for k, (one, other) in enumerate(pairwise(parts)):
                links[k]["next"], links[k + 1]["prev"] = other.id, one.id
            yield from (replace(part, attributes=link) for part, link in zip(parts, links, strict=True))


class _Tagger:
    """Tags one document, flow by flow."""

    def __init__(self, pen: Annotator) -> None:
        language = language_of(pen.document)
        self.pen = pen
        self.cues = cues_of(language)
        self.persons = Persons(pen)
        self.kinds = Kinds(pen, self.persons, self.cues)
        self.german = language == "de"
        self.dashes = language != "en"
        self.dash_alone = has_dash_dialogue(language)

    def flow(self, text: str, blocks: Sequence[Block]) -> Iterator[Annotation | Diagnostic]:
        """The quotations of one flow, and what is said of its odd marks."""
        found = signs(text)
        if not found and not self.dashes:
            return
        paired = join(text, blocks, list(self._marks(text, blocks, found)), self.kinds.told_behind)
        chains = _Chains(paired, blocks)
        before: Block | None = None
        for block, pairs in zip(blocks, paired.pairs, strict=True):
            if pairs:
                yield from self._block(text, block, before, pairs, chains)
            if self.dashes:
                yield from self._dash(text, block, pairs)
            before = block
        yield from chains.linked()
        for at, block in paired.odd:
            yield self._unbalanced(text, block, at)

    def _block(
        self, text: str, block: Block, before: Block | None, pairs: Sequence[Pair], chains: _Chains
    ) -> Iterator[Annotation]:
        """The quotations of one block; parts of chains wait for the rest, with the links they have got since."""
        made: list[Annotation] = []
        around: list[int] = []  # the last quotation of each depth, the outermost first
        for each in pairs:
            beside = _beside(pairs, around, each.start)
            first = chains.first.get(id(each))
            cue = self.kinds.of(block, each, before)
            if first is not None:
                cue = chains.cue(first, cue, self.kinds)
            tie = ""
            if beside is not None and not cue.behind:
                given = made[beside].attributes
                tie = self.kinds.tie(text, pairs[beside], each, given["kind"])
                if tie:
                    cue = Cue(given["kind"], given.get("who"), made[beside].certainty, cue.cited_in)
            part = self._annotation(block, each, cue, None if first is None else "marks-over-blocks")
            if tie == "linked" and beside is not None:
                made[beside] = replace(made[beside], attributes={**made[beside].attributes, "next": part.id})
                part = replace(part, attributes={**part.attributes, "prev": made[beside].id})
            around.append(len(made))
            made.append(part)
            if first is not None:
                chains.made[first].append(part)
        for annotation, each in zip(made, pairs, strict=True):
            first = chains.first.get(id(each))
            if first is None:
                yield annotation
            else:
                chains.made[first][-1] = annotation

    def _marks(self, text: str, blocks: Sequence[Block], found: Sequence[tuple[int, str]]) -> Iterator[Marks]:
        """What the signs of each block come to. A cell that holds nothing else has a ditto mark."""
        k = 0
        for block in blocks:
            first = k
            while k < len(found) and found[k][0] < block.end:
                k += 1
            ditto = block.type == "cell" and block.end - block.start <= 2
            if first == k or ditto:
                yield NOTHING
            else:
                yield pair(text, block.start, block.end, found[first:k], german=self.german)

    def _annotation(self, block: Block, each: Pair, cue: Cue, rule_name: str | None) -> Annotation:
        return self.pen.annotation(
            "quotation", block.flow, each.start, each.end,
            rule=rule_name or _RULES[cue.kind], certainty=min(cue.certainty, each.certainty, key=_SURE.__getitem__),
            kind=cue.kind, who=cue.who, citedIn=cue.cited_in, marks=_directed(each),
        )  # fmt: skip

    def _dash(self, text: str, block: Block, pairs: Sequence[Pair]) -> Iterator[Annotation]:
        """The speech that a dash opens at the beginning of a block, if it ends in none of the marked quotations."""
        found = dashes.spoken(text, block, self.cues, alone=self.dash_alone)
        if found is None:
            return
        end, verb_end = found
        if any(each.start < end < each.end for each in pairs):
            return
        who = self.persons.after(block.flow, verb_end, block.end) if verb_end > end else None
        yield self.pen.annotation(
            "quotation", block.flow, block.start, end, rule="dash-dialogue", certainty="medium", kind="said", who=who,
        )  # fmt: skip

    def _unbalanced(self, text: str, block: Block, at: int) -> Diagnostic:
        near = text[max(block.start, at - 15) : min(block.end, at + 16)].replace("\n", " ")
        message = f"the quotation mark in “{near.strip()}” has no partner"
        span = self.pen.layout.source_span(block.flow, at, at + 1)
        return Diagnostic("quotation-unbalanced", "warning", message, span=span)


def _beside(pairs: Sequence[Pair], around: list[int], start: int) -> int | None:
    """The quotation that ends before `start` at the depth of what begins there; `around` is left without it."""
    before = None
    while around and pairs[around[-1]].end <= start:
        before = around.pop()
    return before


def _directed(each: Pair) -> str | None:
    """The marks as they would be if they showed their direction; None if they do."""
    if each.opening[:1] not in _STRAIGHT and each.closing[:1] not in _STRAIGHT:
        return None
    opening, closing = each.opening.translate(_DIRECTED[0]), each.closing.translate(_DIRECTED[1])
    return opening + closing or None
