"""A quick look over a block: where a citation may begin, and where something stands that could show that it is one.

Most of what notes say is no citation, and the grammar is slow; so it reads from few places only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Literal, NamedTuple

from teiprep.tag.common import PLACES, words

from .quoted import OPENING
from .vocabulary import ANCIENT, ANCIENT_WORKS, IMPRINTS, NEWSPAPER, PRINTABLE, UNPUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .model import Marks
    from .works import Works

#: How good a place is for a citation to begin.
Place = Literal["strong", "fair", "weak"]

#: Makers and a title take no more room than these, in code points.
MAKERS, LONGEST = 160, 320

#: An imprint in brackets.
_IMPRINT = re.compile(r"\([^()\n]{0,140}?(?:(?<=[ (:,.\[])(?:1[4-9]|20)\d\d\]?(?:[-–]\d{2,4})?|n\. ?d\.)[-–]?\)")
#: A page, a volume … that is said to be one. (Python's own `re` is fast where all alternatives begin with a letter.)
_RANGE = re.compile(
    r"(?:[Vv]ols?\.|[Pp]p?\.|[Cc]h(?:aps?)?\.|[Ff]ols?\.|[Bb]ks?\.|[Cc]ols?\.|[Ss]ects?\.|S\.|Bde?\.|[Tt](?:om)?\.|[Vv]olumes?"
    r"|[Pp]ages?|[Bb]ook|[Cc]hapters?|[Ss]ections?|[Ff]olios?|[Tt]ome|Band|Bd|Seiten?|ff?\.|§§?) ?(?=\d|[A-F]-?\d|[ivxlcIVXLC]+\b)"
)
#: What may stand behind a maker: a year before a page, `op. cit.`
_BEHIND = re.compile(r"(?:1[5-9]|20)\d\d[a-d]?\)?[,:] \d|[Cc]it\b")
_AFTER_COMMA = re.compile(r", ([A-ZÀ-ÞŁŒŠŽ][\w’'-]*)")
_YEAR = re.compile(r"[^;()\n]{0,50}?\b1[4-9]\d\d")
#: Words with capitals, marks, semicolons, line feeds; and the short words that stand for a citation.
_STOPS = re.compile(
    r"[A-ZÀ-ÞŁŒŠŽ][\w’'-]*|[“”\"«„;\n‘]|(?<=[ (])'|(?:(?<=[ (])|^)(?:ibid|op\. ?cit|loc\. ?cit|l\. ?c\.|idem|eadem|id\.)"
)
_HARD = UNPUBLISHED - PRINTABLE
_KNOWN_PLACES = PLACES | IMPRINTS | {place.rstrip(".") for place in IMPRINTS}
#: Words that may begin a citation that has nothing else to show.
_ALWAYS = {each.rstrip(".") for each in ANCIENT | ANCIENT_WORKS} | words("Ibid Ibidem IBID Idem Eadem Id Op Loc")
#: The name of a newspaper takes no more room.
_NEWSPAPER = 60

_LEADING = words(
    "see See cf. Cf. cf Cf compare Compare vide Vide vgl. Vgl. siehe Siehe voir Voir consult Consult consult: quoted cited"
    " printed"
)
_FAIR = words("in In from by and or et und dans")
_WEAK = words("with of the also to")
#: Between "see" and a citation.
_BETWEEN = words("also especially e.g. for example generally inter alia the in by from For")


class Scan(NamedTuple):
    """Offsets, in order: `begins` with their places; `evidence` of any kind; `proofs`, by which a title is known that

    nothing marks; `barriers`, over which no such title goes.
    """

    begins: Sequence[tuple[int, Place]]
    evidence: Sequence[int]
    proofs: Sequence[int]
    barriers: Sequence[int]

    def is_promising(self, at: int) -> bool:
        """Whether makers at `at` may be followed by a title, or a title may stand there that nothing marks."""
        barrier = following(self.barriers, at + 1)
        evidence = following(self.evidence, at)
        if evidence is not None and evidence <= at + MAKERS and (barrier is None or evidence <= barrier):
            return True
        proof = following(self.proofs, at)
        return proof is not None and proof <= at + MAKERS + LONGEST and (barrier is None or proof <= barrier)


def following(offsets: Sequence[int], at: int) -> int | None:
    """The first of the `offsets`, which are in order, from `at` on."""
    number = bisect_left(offsets, at)
    return offsets[number] if number < len(offsets) else None


def scan(text: str, start: int, end: int, marks: Marks, works: Works) -> Scan:
    """Look over `text[start:end]`."""
    proofs = sorted(_proofs(text, start, end))
    slants = marks.slanted(start, end)
    evidence = [*proofs, *slants, *(each.start() for each in _BEHIND.finditer(text, start, end))]
    barriers: list[int] = []
    begins: list[int] = list(slants)
    for found in _STOPS.finditer(text, start, end):
        at, stop = found.start(), found[0]
        sign = stop[0]
        if sign in "“\"‘«„'":
            evidence.append(at)
            begins.append(at)
            if sign in '“"':
                barriers.append(at)
        elif sign in ";\n”":
            barriers.append(at)
        else:
            begins.append(at)
            if stop in _HARD or _ends_sentence(text, at):
                barriers.append(at if stop in _HARD else at - 2)
    evidence.sort()
    begins.sort()
    found_ = Scan((), evidence, proofs, sorted(barriers))
    return found_._replace(begins=list(_begins(text, start, begins, found_, marks, works)))


def _begins(
    text: str, start: int, offsets: Sequence[int], seen: Scan, marks: Marks, works: Works
) -> Iterator[tuple[int, Place]]:
    """Those of the `offsets` where it is worth the while to read, each once."""
    reach = _reach(seen)
    for at in dict.fromkeys(offsets):
        while reach and reach[-1][1] < at:
            reach.pop()
        promising = bool(reach) and reach[-1][0] <= at
        if not promising:
            word = _WORD.match(text, at)
            first = word[0] if word else ""
            promising = (
                first in _ALWAYS
                or not first[:1].isupper()
                or (bool(works) and (len(first) == 1 or works.may_begin(first)))
            )
        if not promising and marks.days:
            day = marks.day(at, at + _NEWSPAPER)
            promising = day is not None and not NEWSPAPER.isdisjoint(text[at:day].replace(",", " ").split())
        if promising and (place := place_of(text, start, at)):
            yield at, place


def _reach(seen: Scan) -> list[tuple[int, int]]:
    """From where to where a begin may be borne out by something behind it, the last stretch first."""
    stretches: list[tuple[int, int]] = []
    for offsets, room in ((seen.evidence, MAKERS), (seen.proofs, MAKERS + LONGEST)):
        number = 0
        for at in offsets:
            while number < len(seen.barriers) and seen.barriers[number] < at:
                number += 1
            barrier = seen.barriers[number - 1] if number else -1
            stretches.append((max(at - room, barrier), at))
    merged: list[tuple[int, int]] = []
    for low, high in sorted(stretches):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged[::-1]


_WORD = re.compile(r"\w[\w’'-]*")


def _ends_sentence(text: str, at: int) -> bool:
    """Whether a sentence ends before the capital at `at`; an abbreviation of up to three letters ends none."""
    if at < 3 or text[at - 1] != " " or text[at - 2] not in ".?!":
        return False
    before = text[max(0, at - 6) : at - 2]
    return before[-1:].isdigit() or (len(before) == 4 and all(sign.islower() or sign.isdigit() for sign in before))


def _proofs(text: str, start: int, end: int) -> Iterator[int]:
    for found in _RANGE.finditer(text, start, end):
        if found.start() == start or not text[found.start() - 1].isalpha():
            yield found.start()
    for found in _IMPRINT.finditer(text, start, end):
        yield found.start()
    for found in _AFTER_COMMA.finditer(text, start, end):
        if found[1] in _KNOWN_PLACES and _YEAR.match(text, found.end(), end):
            yield found.start()


def place_of(text: str, start: int, at: int) -> Place | None:
    """How good a place for a citation is `at`, by what stands before it; None for the midst of a sentence.

    >>> text = "Hale saw it; see also the Leeds Mercury of May"
    >>> place_of(text, 0, 0), place_of(text, 0, 26), place_of(text, 0, 42)
    ('strong', 'strong', 'weak')
    """
    if at == start:
        return "strong"
    before = text[max(start, at - 60) : at]
    if before[-1] in "([":
        return "strong"
    if before[-1] != " ":
        return "strong" if before.strip(" “\"‘'«„([") == "" else None
    parts = before.split()
    if not parts:
        return "strong"
    word = parts.pop()
    last = word[-1]
    if last in ';.?!)”"’]' and word not in _LEADING | _BETWEEN:
        return "strong"
    if last in ",:" and word.rstrip(",") not in _LEADING | _BETWEEN:
        return "fair"
    step = word
    while step.rstrip(",") in _BETWEEN and parts:
        step = parts.pop()
    if step.strip('(“"').rstrip(",") in _LEADING:
        return "strong"
    if parts and word in {"and", "or", "but"} and parts[-1][-1] == ";":
        return "strong"
    if word.rstrip(",") in _FAIR or last == ",":
        return "fair"
    return "weak" if word in _WEAK else "fair" if word.rstrip(",") in {"e.g.", "example"} else None
