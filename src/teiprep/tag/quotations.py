"""Quotations: pairs of quotation marks, over paragraphs and page breaks, and who spoke where the text says so.

Curly double marks say themselves whether they open; straight ones are read by what stands beside them, and alternate
where that is open. Single marks share their sign with apostrophes, so they count only where they open a word and find a
partner. A mark without its partner is reported, never repaired. The marks belong to the span (TEI:
`quotation marks="all"`). What a quotation is (`said`, `quote`, `soCalled`, else `q`) is decided for an utterance as a
whole: “So,” he said, “be it” is one, in two linked parts.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from teiprep.diagnostics import Diagnostic

from .common import SPEECH_VERBS, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from teiprep.document import Annotation, Annotator, Block, Certainty

_MARK = regex.compile(r"[\"“”„‘’']")
_OPEN_BEFORE = frozenset(" \t\n\xa0([{<—–-/=“‘\"'\u2009\u202f…")
_CLOSE_AFTER = frozenset(" \t\n\xa0)]}>—–-/.,;:!?”’\"'\u2009\u202f…*")
#: No author quotes deeper than this. A page of nothing but marks would, and each quotation would be recorded in full.
DEEPEST = 8
#: Words that begin with an apostrophe.
_ELISION = regex.compile(
    r"['‘’](?:tis|twas|twere|twill|twould|em|til|till|cause|neath|round|bout|gainst|mid|mongst|pon|ere|un|\d\ds?)\b|['‘’][nN]['’]",
    regex.IGNORECASE,
)
#: Verbs that tell of writing: what follows is from a written source.
_WRITTEN = frozenset(("wrote", "writes", "written", "writing", "read", "reads", "ran", "runs"))
_VERBS = "|".join(sorted(SPEECH_VERBS))
_NAME = r"(?:(?:\p{Lu}\p{L}*\.?|of|the|for|de|von|van)[ ]){0,7}\p{Lu}[\p{L}’'-]+"
_PRONOUN = r"(?:I|he|she|they|we|He|She|They|We)"
_SOMEBODY = r"(?:[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Oo]ur|[Tt]heir|[Aa]n?|[Oo]ne)\s(?:[\p{L}’'-]+\s){0,3}?\p{L}[\p{L}’'-]*"
_WORDS = (
    r"(?:the|these|those|following|his|her|their|my|your|own)\s"
    r"(?:(?:own|very|following|exact|last|first|famous)\s){0,2}words"
)
_SAID_BEFORE = regex.compile(
    rf"(?:\b(?P<verb>{_VERBS})(?:\s(?:to\s)?(?:me|him|her|us|them|{_NAME}))?|\b{_WORDS}(?:\s(?:were|are))?)"
    r"\s?[,:]?\s?[—–-]?\s?$"
)
#: With more between the verb and the comma: "called through the wall, “…”"; but not "said that in the town, “…”".
_SAID_LONGER = regex.compile(rf"\b(?P<verb>{_VERBS}|called|began|went on)\s(?!that\b)[^.;:!?“”\"]{{1,60}}[,:]\s$")
_SAID_AFTER = regex.compile(
    rf"\s?[,—–-]?\s?(?:(?P<verb>(?:{_VERBS})\b)\s|(?:{_PRONOUN}|(?P<subject>(?:the\s)?{_NAME}|{_SOMEBODY}))"
    rf"\s(?:(?:had|has|then|also|again)\s)?(?P<verb2>{_VERBS})\b)"
)
#: A paper speaks: "the letter says", "it reads as follows", "written in the margin".
_PAPER_BEFORE = regex.compile(
    r"\b(?:(?:letter|telegram|cable|despatch|dispatch|note|memorandum|report|minutes?|entry|diary|journal|book|paper"
    r"|article|resolution|motion|treaty|act|law|rule|statute|charter|inscription|hand|document|passage|clause|psalm)"
    r"\s(?:\p{Ll}+ly\s)?(?:says|said|states|stated|adds|added|reads|read|runs|ran|begins|began|ends|ended|declares|declared"
    r"|concludes|concluded)|reads?|written|as\sfollows|writes|wrote)"
    r"(?:\s(?:in|on|under|at|from|to|as)\s[^.;:!?“”\"]{1,40})?\s?[,:]\s?$"
)
_SUBJECT_ENDS = regex.compile(r"\s?,?\s?(?:(?:had|has|also|then|again|once|later|finally)\s){0,3}")
#: A word that somebody keeps at arm's length. What is merely named or mentioned ("is called “Heron”", "the word “war”")
#: is not so called in this sense (TEI, chapter CO, 3.3.3), so `called` alone is no cue.
_SO_CALLED = regex.compile(
    r"\b(?:so-called|self-styled|self-proclaimed|known as|nicknamed|dubbed)\s(?:(?:the|an?)\s)?$", regex.IGNORECASE
)
#: Between the parts of one utterance: the words of who speaks, with no sentence's end but those of abbreviations.
_NO_END = r"(?:[^.;:!?“”\"\n]|(?<=\b(?:Mr|Mrs|Dr|St|Rev|Col|Gen|Capt|Messrs|Hon|\p{Lu}))\.){1,120}"
_INTERRUPTS = regex.compile(rf"{_NO_END}[,—–]\s?")
_ENDS_THERE = regex.compile(rf"{_NO_END}\.\s")


@dataclass(frozen=True)
class Pair:
    """A quotation within one block: from its opening mark to behind its closing one."""

    start: int
    end: int
    certainty: Certainty = "high"


@dataclass
class Marks:
    """What the marks of one block come to."""

    pairs: list[Pair] = field(default_factory=list)
    unopened: list[int] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)


def rule(pen: Annotator) -> Iterator[Annotation | Diagnostic]:
    """Every quotation, those over several blocks as a chain with `next` and `prev`; a diagnostic for each odd mark."""
    persons = _Persons(pen)
    run: list[tuple[str, Block, Marks]] = []
    for text, block in leaves(pen.document):
        if run and run[-1][1].flow != block.flow:
            yield from _flow(pen, persons, run)
            run = []
        run.append((text, block, pair(text, block.start, block.end)))
    if run:
        yield from _flow(pen, persons, run)


def _flow(
    pen: Annotator, persons: _Persons, run: Sequence[tuple[str, Block, Marks]]
) -> Iterator[Annotation | Diagnostic]:
    """The quotations of one flow, given the marks of its blocks in order."""
    chain: list[tuple[Block, Pair]] = []
    opened = 0
    for text, block, marks in run:
        unopened, unclosed, pairs = list(marks.unopened), list(marks.unclosed), list(marks.pairs)
        if chain:
            first = next((c for c in range(block.start, min(block.end, block.start + 2)) if text[c] in '“"'), None)
            leading = next((p for p in pairs if p.start == first), None)
            if first is not None and leading is not None:
                chain.append((block, leading))
                pairs.remove(leading)
                yield from _chain(pen, persons, text, chain)
                chain = []
            elif first is not None and first in unclosed:
                unclosed.remove(first)
                chain.append((block, Pair(first, block.end, "medium")))
            elif unopened:
                chain.append((block, Pair(block.start, unopened.pop(0) + 1, "medium")))
                yield from _chain(pen, persons, text, chain)
                chain = []
            elif block.type == "l" and chain[-1][0].type == "l":
                chain.append((block, Pair(block.start, block.end, "medium")))
            else:
                yield _unbalanced(pen, chain[0][0], opened)
                chain = []
        if unclosed and not chain:
            opened = unclosed.pop(0)
            chain = [(block, Pair(opened, block.end, "medium"))]
        yield from _within(pen, persons, text, block, pairs)
        for at in sorted((*unopened, *unclosed)):
            yield _unbalanced(pen, block, at)
    if chain:
        yield _unbalanced(pen, chain[0][0], opened)


def pair(text: str, low: int, high: int) -> Marks:
    """Pair the marks of `text[low:high]`.

    >>> text = "“The men’s ‘rights’,” he said"
    >>> [text[p.start : p.end] for p in pair(text, 0, len(text)).pairs]
    ['“The men’s ‘rights’,”', '‘rights’']
    """
    found = Marks()
    marks = [match.start() for match in _MARK.finditer(text, low, high)]
    single = _singles(text, low, high, marks)
    stack: list[int] = []
    for at in marks:
        mark = text[at]
        if mark in "‘’'":
            continue
        straight = mark == '"'
        opens = mark in "“„"
        if straight:
            before, after = text[at - 1] if at > low else " ", text[at + 1] if at + 1 < high else " "
            if before.isdigit() and not stack:
                continue  # inches
            could_open, could_close = before in _OPEN_BEFORE, after in _CLOSE_AFTER
            open_straight = bool(stack) and text[stack[-1]] == '"'
            # A mark between two spaces, or none: they alternate.
            opens = could_open if could_open != could_close else not open_straight
            if opens and open_straight and before.isspace():
                found.unclosed.append(stack.pop())
        if opens:
            stack.append(at)
        elif stack:
            start = stack.pop()
            clear = straight == (text[start] == '"')
            if len(stack) < DEEPEST:
                found.pairs.append(Pair(start, at + 1, "high" if clear else "medium"))
        else:
            found.unopened.append(at)
    found.unclosed += stack
    found.unclosed.sort()
    found.pairs += [Pair(start, end + 1, "medium") for start, end in single]
    found.pairs.sort(key=lambda p: (p.start, -p.end))
    return found


def _singles(text: str, low: int, high: int, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of single marks: an opening one before a word, and the best closing one before the next."""
    taken_until = low
    for k, at in enumerate(marks):
        if at < taken_until or text[at] not in "‘'":
            continue
        before, after = text[at - 1] if at > low else " ", text[at + 1] if at + 1 < high else " "
        if before not in _OPEN_BEFORE or not (after.isalnum() or after in '“"[(…$£') or _ELISION.match(text, at):
            continue
        end = _closing(text, high, marks, k)
        if end is not None:
            yield at, end
            taken_until = at + 1


def _closing(text: str, high: int, marks: Sequence[int], k: int) -> int | None:
    """Where the single mark `marks[k]` closes: at a mark that can be no possessive, else at the only one that may."""
    depth, weak, inside = 0, list[int](), text[marks[k]]
    for at in marks[k + 1 : k + 60]:
        mark, before, after = text[at], text[at - 1], text[at + 1] if at + 1 < high else " "
        if mark in "“„":
            depth += 1
        elif mark == "”":
            depth -= 1
        elif mark == '"':
            depth += 1 if before in _OPEN_BEFORE and after not in _CLOSE_AFTER else -1
        elif mark == "‘" or (mark == "'" and inside == "'" and before in _OPEN_BEFORE and after.isalnum()):
            if not _ELISION.match(text, at):
                break
        elif depth == 0 and not before.isspace() and after in _CLOSE_AFTER and (mark == "’") == (inside == "‘"):
            possessive = before in "sS" and after == " " and text[at + 2 : at + 3].islower()
            if not possessive:
                return at
            weak.append(at)
        if depth < 0:
            break
    return weak[0] if len(weak) == 1 else None  # "'the workers' rights' and …" has two: leave it


def _within(pen: Annotator, persons: _Persons, text: str, block: Block, pairs: Sequence[Pair]) -> Iterator[Annotation]:
    """The quotations of one block; the parts of an interrupted one share their kind and are linked."""
    made: list[Annotation] = []
    around: list[int] = []  # the last quotation of each depth, the outermost first
    for found in pairs:
        while (
            around
            and pairs[around[-1]].end <= found.start
            and (len(around) > 1 and pairs[around[-2]].end <= found.start)
        ):
            around.pop()
        before = around[-1] if around and pairs[around[-1]].end <= found.start else None
        kind, who = _kind(persons, text, block, found.start, found.end)
        bond = "" if before is None else _bond(text, pairs[before], found, made[before].attributes["kind"])
        if bond and before is not None:
            kind, who = made[before].attributes["kind"], made[before].attributes.get("who")
        part = pen.annotation(
            "quotation", block.flow, found.start, found.end, rule=_RULES[kind],
            certainty="medium" if kind != "q" else found.certainty, kind=kind, who=who,
        )  # fmt: skip
        if bond == "linked" and before is not None:
            made[before] = replace(made[before], attributes={**made[before].attributes, "next": part.id})
            part = replace(part, attributes={**part.attributes, "prev": made[before].id})
        if before is not None:
            around.pop()
        around.append(len(made))
        made.append(part)
    yield from made


_RULES = {"q": "paired-marks", "said": "said-by-cue", "quote": "quoted-by-cue", "soCalled": "named-by-cue"}


def _bond(text: str, one: Pair, other: Pair, kind: str) -> str:
    """How a quotation goes on in the next: `linked` if one sentence is interrupted, `same` if only its speaker is."""
    if other.start - one.end > 130:
        return ""
    between = text[one.end : other.start]
    if between[:1] in "—–" and between[-1:] in "—–" and len(between) > 1 and "\n" not in between:
        return "linked"
    if kind not in {"said", "quote"} or _SAID_AFTER.match(text, one.end, other.start) is None:
        return ""
    if text[one.end - 2] in ",—–" and _INTERRUPTS.fullmatch(between):
        return "linked"
    inner = text[other.start + 1 : other.end - 1]
    sentence = inner[:1].isupper() and inner[-1:] in ".!?,…" and " " in inner
    return "same" if sentence and _ENDS_THERE.fullmatch(between) else ""


def _chain(pen: Annotator, persons: _Persons, text: str, chain: Sequence[tuple[Block, Pair]]) -> Iterator[Annotation]:
    """One quotation over several blocks: an annotation for each, linked."""
    (first, head), (last, tail) = chain[0], chain[-1]
    kind, who = _kind(persons, text, first, head.start, head.end)
    if kind == "q":
        kind, who = _kind(persons, text, last, tail.start, tail.end)
    parts = [
        pen.annotation(
            "quotation",
            block.flow,
            part.start,
            part.end,
            rule="marks-over-blocks",
            certainty="medium",
            kind=kind,
            who=who,
        )
        for block, part in chain
    ]
    links: list[dict[str, str]] = [dict(part.attributes) for part in parts]
    for k, (one, other) in enumerate(pairwise(parts)):
        links[k]["next"], links[k + 1]["prev"] = other.id, one.id
    yield from (replace(part, attributes=link) for part, link in zip(parts, links, strict=True))


def _kind(persons: _Persons, text: str, block: Block, start: int, end: int) -> tuple[str, str | None]:
    """The kind of a quotation and the speaker: what is not `q` needs a cue right beside the marks."""
    before_from = max(block.start, start - 120)
    inner = text[start + 1 : end - 1]
    short = inner.count(" ") < 3 and inner[-1:] not in {"!", "?"}
    if short and _SO_CALLED.search(text, before_from, start):
        return "soCalled", None
    after = _SAID_AFTER.match(text, end, min(block.end, end + 120))
    # What follows a full stop is another sentence (“… home.” Hale said …), and so it may be after “… home?”.
    comma = text[end - 2] in ",—–" or text[end : end + 1] == ","
    closed = text[end - 2] in "?!" and after and (after["verb"] or text[after.end() : after.end() + 1] in ".,;:")
    if after and (comma or closed):
        kind = "quote" if (after["verb"] or after["verb2"]) in _WRITTEN else "said"
        if after["verb"]:
            return kind, persons.at(block.flow, after.end(), after.end() + 30)
        return kind, persons.at(block.flow, after.start("subject"), after.end()) if after["subject"] else None
    # Without comma or colon ("he said “so” then") only what reads like a sentence is speech.
    spoken = text[start - 2 : start - 1] in {",", ":"} or inner[:1].isupper()
    if not spoken:
        return "q", None
    said = _SAID_BEFORE.search(text, before_from, start)
    if said is None and inner[:1].isupper() and inner[-1:] in ".!?,…":
        said = _SAID_LONGER.search(text, before_from, start)
    if (said and said["verb"] in _WRITTEN) or _PAPER_BEFORE.search(text, before_from, start):
        return "quote", persons.before(block.flow, before_from, said.start(), text) if said else None
    return ("said", persons.before(block.flow, before_from, said.start(), text)) if said else ("q", None)


class _Persons:
    """The persons with a register id, to be asked who stands at a place."""

    def __init__(self, pen: Annotator) -> None:
        self._spans: dict[str, list[tuple[int, int, str]]] = {}
        for annotation in pen.document.layer("person"):
            if ref := annotation.attributes.get("ref"):
                self._spans.setdefault(annotation.flow, []).append((annotation.start, annotation.end, ref))

    def at(self, flow: str, start: int, end: int) -> str | None:
        """The first person that begins from `start` to before `end`."""
        spans = self._spans.get(flow, [])
        k = bisect_left(spans, (start, 0, ""))
        return spans[k][2] if k < len(spans) and spans[k][0] < end else None

    def before(self, flow: str, low: int, end: int, text: str) -> str | None:
        """The person right before `end`, as the subject of the verb there."""
        spans = self._spans.get(flow, [])
        k = bisect_left(spans, (end, 0, "")) - 1
        if k < 0 or spans[k][0] < low:
            return None
        between = text[spans[k][1] : end]
        return spans[k][2] if _SUBJECT_ENDS.fullmatch(between) else None


def _unbalanced(pen: Annotator, block: Block, at: int) -> Diagnostic:
    text = pen.document.text_of[block.flow]
    near = text[max(block.start, at - 15) : min(block.end, at + 16)].replace("\n", " ")
    message = f"the quotation mark in “{near.strip()}” has no partner"
    return Diagnostic("quotation-unbalanced", "warning", message, span=pen.layout.source_span(block.flow, at, at + 1))
