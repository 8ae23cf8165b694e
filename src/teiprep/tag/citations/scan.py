"""A quick look over a block: where a citation may begin, and where something stands that could show that it is one.

Most of what notes say is no citation, and the grammar is slow; so it reads from few places only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Literal, NamedTuple

from teiprep.tag.common import GIVEN_NAMES, PARTICLES, PLACES, SMALL_WORDS, words

from .vocabulary import ANCIENT, ANCIENT_WORKS, IMPRINTS, NEWSPAPER, NO_AUTHOR, PRINTABLE, UNPUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .model import Marks
    from .works import Works

#: How good a place is for a citation to begin.
Place = Literal["strong", "fair", "weak"]

#: Makers and a title take no more room than these, in code points.
MAKERS, LONGEST = 160, 320

#: An imprint in brackets.
_IMPRINT = re.compile(r"\([^()\n]{0,140}?(?:(?<=[ (:,.\[])(?:1[4-9]|20)\d\d\]?(?:[-–]\d{2,4})?|n\. ?d\.)[-–]?\)")
#: A number behind a full stop or a space, and the words that say that it is one of a page, a volume …
_NUMBER = re.compile(
    r"(?:(?<=\.) ?|(?<=\w) )(?=\d|[A-F]-?\d|[ivxlcIVXLC]+\b)|(?<=, )(?=[ivxlc]{1,8}\. ?\d)|§§? ?(?=\d)"
)
_ABBREVIATED = words("vol vols p pp ch chap chaps chs fol fols bk bks col cols sect sects s bd bde t tom f ff")
_IN_FULL = words(
    "part parts volume volumes page pages book chapter chapters section sections folio folios tome band bd seite seiten"
)
#: Their last letters, and the full stop.
_LAST_SIGNS = frozenset({".", *(word[-1] for word in _IN_FULL)})
#: What may stand behind a maker: a year before a page, `op. cit.`
_BEHIND = re.compile(r"(?:1[5-9]|20)\d\d[a-d]?\)?[,:] \d|[Cc]it\.")
_BEHIND_MAKER = re.compile(r"[,’']| (?:\(|and |& |et |und |op\.|loc\.)")
_AFTER_COMMA = re.compile(r", ([A-ZÀ-ÞŁŒŠŽ][\w’'-]*)")
_YEAR = re.compile(r"[^;()\n]{0,50}?\b1[4-9]\d\d")
#: Words with capitals, marks, semicolons, line feeds; and the short words that stand for a citation.
_STOPS = re.compile(
    r"[A-ZÀ-ÞŁŒŠŽ][\w’'-]*|[“”\"«„;\n‘]|(?<=[ (])'"
    r"|(?:(?<=[ (])|^)(?:ibid|op\. ?cit|loc\. ?cit|l\. ?c\.|idem|eadem|id\.)"
)
_HARD = UNPUBLISHED - PRINTABLE
_KNOWN_PLACES = words("New San Los St Saint Den The") | PLACES | IMPRINTS | {place.rstrip(".") for place in IMPRINTS}
#: Words that may begin a citation that has nothing else to show.
_ALWAYS = {each.rstrip(".") for each in ANCIENT | ANCIENT_WORKS} | words(
    "Ibid Ibidem IBID Idem Eadem Id Op Loc Ders Dies"
)
#: Words with which no citation begins.
_NEVER = (
    NO_AUTHOR
    - words("A About After All An And As At Because Before Between Both By For From His How If In My No Of On One Our")
    - words("Some Such The Their These This Those To Two Three Under We What When Where While With")
    - _ALWAYS
) | words(
    "Vol Vols Box RG Lot File Files No Nos NARA Folder Roll Reel MS MSS Ch Chap Doc Docs Table Document Documents"
)
#: The name of a newspaper takes no more room.
_NEWSPAPER = 60

#: Words before a citation.
_LEADING = words(
    "see See cf. Cf. cf Cf compare Compare vide Vide vgl. Vgl. siehe Siehe voir Voir consult Consult consult:"
) | words("quoted cited printed")
_FAIR = words("in In from by and or et und dans")
_WEAK = words("with of the also to")
#: Between "see" and a citation.
_BETWEEN = words("also especially e.g. for example generally inter alia the in by from For")


#: Words in small letters that may stand among makers, in a title and behind it.
_LINKS = (
    SMALL_WORDS
    | PARTICLES
    | words("al comp ed eds edit edited edition editor editors edn et hrsg éd éds loc new op rev ser trans translated")
    | words("bk book ch chap col fol fols n.s no nos p pp pt pts t vol vols")
    | words("cf cited quoted see vgl vide her his its my our own their")
)


_ENDS = frozenset({". ", "? ", "! "})
_ROMAN = frozenset("ivxlcdm")
#: What a block must hold that has no proofs, no italics, and nothing cited before it.
_HINTS = re.compile(r"[“\"‘'«„]|[ (](?:ibid|idem|eadem|id\.|[ol]p?o?c?\. ?c)|(?:1[5-9]|20)\d\d[a-d]?\)?[,:] \d")
_SHOWS = _ALWAYS | NEWSPAPER
_CAPITALISED = re.compile(r"[A-ZÀ-ÞŁŒŠŽ][\w-]*")


class Scan(NamedTuple):
    """Offsets, each kind in order.

    `begins`: where a citation may begin, and how good a place it is; `evidence` of any kind; `proofs`, by which a title
    is known that nothing marks; `barriers`, over which no such title goes.
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
    bare = not (proofs or slants or works or _HINTS.search(text, start, end))
    if bare and _SHOWS.isdisjoint(_CAPITALISED.findall(text, start, end)):
        return Scan((), (), (), ())
    evidence = [*proofs, *slants, *(each.start() for each in _BEHIND.finditer(text, start, end))]
    barriers: list[int] = []
    begins = dict.fromkeys(slants, "")  # with the word that stands there
    for found in _STOPS.finditer(text, start, end):
        at, stop = found.start(), found[0]
        sign = stop[0]
        if sign in "“\"‘«„'":
            evidence.append(at)
            begins.setdefault(at, "")
            if sign in '“"':
                barriers.append(at)
        elif sign in ";\n”":
            barriers.append(at)
        else:
            begins.setdefault(at, stop)
            if stop in _HARD:
                barriers.append(at)
            elif text[at - 2 : at] in _ENDS and _ends_sentence(text, at):
                barriers.append(at - 2)
    seen = Scan((), sorted(evidence), proofs, sorted(barriers))
    return seen._replace(begins=list(_begins(text, start, sorted(begins.items()), seen, marks, works)))


def _begins(
    text: str, start: int, words_at: Iterable[tuple[int, str]], seen: Scan, marks: Marks, works: Works
) -> Iterator[tuple[int, Place]]:
    """Those of the places, each with the word that stands there, where it is worth the while to read."""
    reach = _reach(text, start, seen)
    cited = bool(works)
    for at, first in words_at:
        if first in _NEVER:
            continue
        place: Place | None = None
        if (
            _covers(reach.soft, at)
            or first in _ALWAYS
            or not first
            or first[0].islower()
            or (cited and _is_known(text, at, first, works))
        ):
            place = place_of(text, start, at)
        elif _covers(reach.hard, at) or ((len(first) < 3 or first in GIVEN_NAMES) and _covers(reach.full, at)):
            place = place_of(text, start, at)
            if place == "weak":  # there only a maker and a title in italics or marks, or an imprint
                continue
        elif marks.days:
            day = marks.day(at, at + _NEWSPAPER)
            if day is not None and not NEWSPAPER.isdisjoint(text[at:day].replace(",", " ").split()):
                place = place_of(text, start, at)
        if place:
            yield at, place


def _is_known(text: str, at: int, word: str, works: Works) -> bool:
    """Whether a maker or a title that was cited may begin with the `word` at `at`, or initials do."""
    if works.has_maker(word):
        return _BEHIND_MAKER.match(text, at + len(word)) is not None
    return len(word) == 1 or works.may_begin(word)


#: Stretches of text, the last one first; those that lie behind are taken off.
_Stretches = list[tuple[int, int]]


def _covers(stretches: _Stretches, at: int) -> bool:
    while stretches and stretches[-1][1] < at:
        stretches.pop()
    return bool(stretches) and stretches[-1][0] <= at


class _Reach(NamedTuple):
    """Where a begin may be borne out by what stands behind it.

    `soft`: by marks, italics, or an imprint in brackets; `hard`: by a page, a volume or a place; `full`: where only the
    full name of a maker can begin, before a title in small letters that has an imprint in brackets.
    """

    soft: _Stretches
    hard: _Stretches
    full: _Stretches


def _reach(text: str, start: int, seen: Scan) -> _Reach:
    found = _Reach([], [], [])
    proofs = set(seen.proofs)
    number = 0
    for at in seen.evidence:
        while number < len(seen.barriers) and seen.barriers[number] < at:
            number += 1
        barrier = max(start, seen.barriers[number - 1] if number else start)
        proves, imprint = at in proofs, text[at] == "("
        low = max(barrier, at - (MAKERS + LONGEST if proves else MAKERS))
        (found.soft if imprint or not proves else found.hard).append((_back(text, low, at), at))
        if proves and imprint:
            found.full.append((low, at))
    return _Reach(*map(_merged, found))


def _merged(stretches: _Stretches) -> _Stretches:
    merged: _Stretches = []
    for low, high in sorted(stretches):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged[::-1]


def _back(text: str, low: int, at: int) -> int:
    """How far back from `at` all words may be those of makers or of a title in capitals.

    >>> _back("It was seen by Ada Hale, Hist. of the Moor, p. 5", 0, 44)
    11
    """
    back = at
    for word in reversed(text[low:at].split(" ")):
        bare = word.strip("([“\"'‘’”,.:;)]")
        if bare and not (bare[0].isupper() or bare[0].isdigit() or bare in _LINKS or _ROMAN.issuperset(bare)):
            break
        back -= len(word) + 1
    return max(low, back)


_WORD = re.compile(r"\w[\w’'-]*")


def _ends_sentence(text: str, at: int) -> bool:
    """Whether the full stop before the capital at `at` ends a sentence, and no abbreviation of up to three letters."""
    before = text[max(0, at - 6) : at - 2]
    return before[-1:].isdigit() or (len(before) == 4 and all(sign.islower() or sign.isdigit() for sign in before))


def _proofs(text: str, start: int, end: int) -> Iterator[int]:
    for found in _NUMBER.finditer(text, start, end):
        at = found.start()
        if found[0][:1] == "§" or text[at - 2 : at] == ", ":  # `, ii. 310`
            yield at
            continue
        sign = text[at - 1]
        if sign not in _LAST_SIGNS:
            continue
        abbreviated = sign == "."
        last = low = at - abbreviated
        while low > start and text[low - 1].isalpha():
            low -= 1
        if text[low:last].lower() in (_ABBREVIATED if abbreviated else _IN_FULL):
            yield low
    for found in _IMPRINT.finditer(text, start, end):
        yield found.start()
    for found in _AFTER_COMMA.finditer(text, start, end):
        if found[1] in _KNOWN_PLACES and _YEAR.match(text, found.end(), end):
            yield found.start()


def place_of(text: str, start: int, at: int) -> Place | None:
    """How good a place for a citation is `at`, by what stands before it; None for the midst of a sentence.

    >>> text = "Hale saw it; see also the Leeds Mercury of May"
    >>> place_of(text, 0, 0), place_of(text, 0, 26), place_of(text, 0, 43)
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
