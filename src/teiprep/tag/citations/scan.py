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
    from collections.abc import Iterator, Sequence

    from .model import Marks
    from .works import Works

#: How good a place is for a citation to begin.
Place = Literal["strong", "fair", "weak"]

#: Makers and a title take no more room than these, in code points.
MAKERS, LONGEST = 160, 320

#: An imprint in brackets.
_IMPRINT = re.compile(r"\([^()\n]{0,140}?(?:(?<=[ (:,.\[])(?:1[4-9]|20)\d\d\]?(?:[-–]\d{2,4})?|n\. ?d\.)[-–]?\)")
#: Words that say that a number is one of a page, a volume …
_ABBREVIATED = words("vol vols p pp ch chap chaps chs fol fols bk bks col cols sect sects s bd bde t tom f ff")
_IN_FULL = words(
    "part parts volume volumes page pages book chapter chapters section sections folio folios tome band bd seite seiten"
)
_FIGURE = r"(?=\d|[A-F]-?\d|[ivxlcIVXLC]+\b)"
_LAST = "".join(sorted({word[-1] for word in _ABBREVIATED}))
_LAST_IN_FULL = "".join(sorted({word[-1] for word in _IN_FULL}))
#: The sign before a number that stands behind the last letter of such a word; or before a volume, `, ii. 310`.
_NUMBER = re.compile(
    rf"[ .](?=[\dA-FivxlcIVXLC])(?:(?:(?<=[{_LAST_IN_FULL}] )|(?<=[{_LAST}{_LAST.upper()}]\. )"
    rf"|(?<=[{_LAST}{_LAST.upper()}]\.)){_FIGURE}|(?<=, )(?=[ivxlc]{{1,8}}\. ?\d))"
)
_SECTION = re.compile(r"§§? ?(?=\d)")
#: What may stand behind a maker: a year before a page, `op. cit.`
_YEAR_BEFORE_PAGE = re.compile(r"[12](?:(?<=1)[5-9]|(?<=2)0)\d\d[a-d]?\)?[,:] \d")
_CIT = re.compile(r"it\.(?<=[Cc]it\.)")
_BEHIND_MAKER = re.compile(r"[,’']| (?:\(|and |& |et |und |op\.|loc\.)")
_YEAR = re.compile(r"[^;()\n]{0,50}?\b1[4-9]\d\d")
_CAPITALISED = re.compile(r"[A-ZÀ-ÞŁŒŠŽ][\w’'-]*")
#: Marks, semicolons, line feeds, and what may end a sentence.
_SIGNS = re.compile(r"[“”\"«„;\n‘'.?!](?:(?<=[“”\"«„;\n‘])|(?<=[ (]')|(?<=[.?!])(?= [A-ZÀ-ÞŁŒŠŽ]))")
#: Short words in small letters that stand for a citation.
_SHORT = r"(?:ibid|op\. ?cit|loc\. ?cit|l\. ?c\.|idem|eadem|id\.)"
_IN_SHORT = re.compile(rf"[ (]{_SHORT}")
_SHORT_FIRST = re.compile(_SHORT)
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
#: All words that say something by themselves.
_TELLING = _HARD | _KNOWN_PLACES | _ALWAYS
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
_BEFORE = _LEADING | _BETWEEN

#: Words without a stop behind which a citation may begin.
_INTRODUCING = _BEFORE | _FAIR | _WEAK | words("and or but example")

#: Words in small letters that may stand among makers, in a title and behind it.
_LINKS = (
    SMALL_WORDS
    | PARTICLES
    | words("al comp ed eds edit edited edition editor editors edn et hrsg éd éds loc new op rev ser trans translated")
    | words("bk book ch chap col fol fols n.s no nos p pp pt pts t vol vols")
    | words("cf cited quoted see vgl vide her his its my our own their")
)


_ROMAN = frozenset("ivxlcdm")


class Scan(NamedTuple):
    """Offsets, each kind in order.

    `begins`: where a citation may begin, and how good a place it is; `evidence`: marks, italics and what may follow a
    maker; `proofs`, by which a title is known that nothing marks; `barriers`, over which no such title goes.
    """

    begins: Sequence[tuple[int, Place]]
    evidence: Sequence[int]
    proofs: Sequence[int]
    barriers: Sequence[int]

    def has_evidence(self, at: int) -> bool:
        """Whether makers at `at` may be followed by a title that is marked."""
        return _is_before(following(self.evidence, at), at + MAKERS, following(self.barriers, at + 1))

    def has_proof(self, at: int) -> bool:
        """Whether a title that nothing marks may stand at `at`, or behind makers who stand there."""
        return _is_before(following(self.proofs, at), at + MAKERS + LONGEST, following(self.barriers, at + 1))


def _is_before(found: int | None, limit: int, barrier: int | None) -> bool:
    return found is not None and found <= limit and (barrier is None or found <= barrier)


def following(offsets: Sequence[int], at: int) -> int | None:
    """The first of the `offsets`, which are in order, from `at` on."""
    number = bisect_left(offsets, at)
    return offsets[number] if number < len(offsets) else None


def scan(text: str, start: int, end: int, marks: Marks, works: Works) -> Scan:
    """Look over `text[start:end]`."""
    openings, barriers = _signs(text, start, end)
    proofs = list(_proofs(text, start, end))
    slants = marks.slanted(start, end)
    sure = {*slants, *openings, *(each.start() + 1 for each in _IN_SHORT.finditer(text, start, end))}
    if start == 0 and _SHORT_FIRST.match(text, start, end):
        sure.add(start)
    capitalised = [(each.start(), each[0]) for each in _CAPITALISED.finditer(text, start, end)]
    for at, word in capitalised:
        if word not in _TELLING:
            continue
        if word in _HARD:
            barriers.append(at)
        if word in _ALWAYS:
            sure.add(at)
        if word in _KNOWN_PLACES and text[at - 2 : at] == ", " and _YEAR.match(text, at + len(word), end):
            proofs.append(at - 2)
    if known := works.first_words:
        sure.update(
            at
            for at, word in capitalised
            if (len(word) == 1 or word.casefold() in known) and _may_be_known(text, at, word, works)
        )
    evidence = [*slants, *openings, *(each.start() for each in _YEAR_BEFORE_PAGE.finditer(text, start, end))]
    evidence += (each.start() - 1 for each in _CIT.finditer(text, start, end))
    seen = Scan((), sorted(evidence), sorted(proofs), sorted(barriers))
    return seen._replace(begins=list(_begins(text, start, end, sure, capitalised, seen, marks)))


#: Words with the offsets where they begin, in order.
_Words = list[tuple[int, str]]


def _begins(
    text: str, start: int, end: int, sure: set[int], capitalised: _Words, seen: Scan, marks: Marks
) -> Iterator[tuple[int, Place]]:
    """Where it is worth the while to read: what is `sure`, and words with something behind them that bears them out."""
    reach = _reach(text, start, seen)
    fair = {at for at, _ in _within(reach.hard, capitalised)}
    fair.update(at for at, word in _within(reach.full, capitalised) if len(word) < 3 or word in GIVEN_NAMES)
    sure.update(at for at, _ in _within(reach.soft, capitalised))
    newspapers = {at for at, _ in _within(_newspapers(text, start, end, marks), capitalised)}
    for at in sorted(sure | fair | newspapers):
        place = place_of(text, start, at)
        # There only a maker and a title in italics or marks, or an imprint.
        if place == "weak" and at in fair and at not in sure:
            continue
        if place:
            yield at, place


def _within(stretches: _Stretches, capitalised: _Words) -> Iterator[tuple[int, str]]:
    """Those of the words that begin in one of the stretches, and with which a citation may begin."""
    for low, high in stretches:
        for number in range(bisect_left(capitalised, (low,)), len(capitalised)):
            at, word = capitalised[number]
            if at > high:
                break
            if word not in _NEVER:
                yield at, word


def _newspapers(text: str, start: int, end: int, marks: Marks) -> _Stretches:
    """From where the name of a newspaper may reach to a day, up to the last of the words that are usual in one."""
    found: _Stretches = []
    low = start
    for day in marks.days_in(start, end):
        low = max(low, day - _NEWSPAPER + 1)
        before = text[low:day]
        if last := max(
            (before.rfind(word) for word in NEWSPAPER.intersection(before.replace(",", " ").split())), default=0
        ):
            found.append((low, low + last))
        low = day + 1
    return found


def _may_be_known(text: str, at: int, word: str, works: Works) -> bool:
    """Whether the first word of a maker or a title that was cited does not stand in other company here."""
    if word in _NEVER:
        return False
    return not works.has_maker(word) or _BEHIND_MAKER.match(text, at + len(word)) is not None


#: Stretches of text, in order.
_Stretches = list[tuple[int, int]]


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
    for at in sorted({*seen.evidence, *proofs}):
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
    return merged


def _back(text: str, low: int, at: int) -> int:
    """How far back from `at` all words may be those of makers or of a title in capitals.

    >>> _back("It was seen by Ada Hale, Hist. of the Moor, p. 5", 0, 44)
    12
    """
    back = at
    while back >= low:
        space = text.rfind(" ", low, back)
        bare = text[max(low, space + 1) : back].strip("([“\"'‘’”,.:;)]")
        if bare and not (bare[0].isupper() or bare[0].isdigit() or bare in _LINKS or _ROMAN.issuperset(bare)):
            return min(at, back + 1)
        back = space
    return low


def _signs(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Marks with which a title may open, and barriers: marks, semicolons, line feeds, ends of sentences."""
    openings: list[int] = []
    barriers: list[int] = []
    for found in _SIGNS.finditer(text, start, end):
        at, sign = found.start(), found[0]
        if sign in "“\"‘«„'":
            openings.append(at)
        if sign in '“"”;\n' or (sign in ".?!" and _ends_sentence(text, at + 2)):
            barriers.append(at)
    return openings, barriers


def _ends_sentence(text: str, at: int) -> bool:
    """Whether the full stop before the capital at `at` ends a sentence, and no abbreviation of up to three letters."""
    before = text[max(0, at - 6) : at - 2]
    return before[-1:].isdigit() or (len(before) == 4 and all(sign.islower() or sign.isdigit() for sign in before))


def _proofs(text: str, start: int, end: int) -> Iterator[int]:
    """Where the number of a page, a volume … or an imprint in brackets begins."""
    for found in _NUMBER.finditer(text, start, end):
        at = found.start()
        before = text[at - 1]
        if before == ",":  # `, ii. 310`
            yield at + 1
            continue
        abbreviated = before == "." or text[at] == "."
        last = low = at - (before == ".")
        while low > start and text[low - 1].isalpha():
            low -= 1
        if text[low:last].lower() in (_ABBREVIATED if abbreviated else _IN_FULL):
            yield low
    for pattern in (_SECTION, _IMPRINT):
        for found in pattern.finditer(text, start, end):
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
    if before[-2:-1].isalnum() and before[before.rfind(" ", 0, -1) + 1 : -1].lstrip('(“"') not in _INTRODUCING:
        return None  # the commonest case
    parts = before.split()
    if not parts:
        return "strong"
    word = parts.pop()
    last = word[-1]
    if last in ';.?!)”"’]' and word not in _BEFORE:
        return "strong"
    if last in ",:" and word.rstrip(",") not in _BEFORE:
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
