"""Letters that a scanner misread, `tbe` for `the`, where a dictionary or the document itself proves what was printed.

A word is looked at only if no dictionary has it. Its readings are the words that differ from it by known confusions of
letters and by nothing else; one is taken if it alone is a frequent word, and if English stands around it. A name that
no dictionary has is corrected on the document's own witness. Whatever is doubtful stays as it is printed: a wrong
correction does more harm than ten that are missed.

The edits have the kind `correction`: encoding shows them (TEI `choice`). The word list and its sources: `words.md`.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

from teiprep.alignment import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from teiprep.document import Certainty

#: What is printed, and what it may be a misreading of.
_CONFUSIONS = {
    "rn": ("m",),
    "m": ("rn",),
    "c": ("e",),
    "e": ("c",),
    "h": ("b", "li"),
    "b": ("h",),
    "li": ("h",),
    "cl": ("d",),
    "d": ("cl",),
    "vv": ("w",),
    "ii": ("u",),
    "i": ("l",),
    "l": ("i",),
    "I": ("l",),
    "1": ("l", "i"),
    "0": ("o",),
    "O": ("o",),
}
#: The same in a word of capitals, and at the beginning of a word.
_IN_CAPITALS = {"0": ("O",), "1": ("I", "L"), "l": ("I",)}
_AT_BEGINNING = {"l": ("I",), "1": ("I",)}
_LETTERS = "A-Za-z\u00c0-\u024f"
#: A word, perhaps with a note's number behind it; both parts of one that a hyphen at a line's end parts.
_WORD = re.compile(f"[{_LETTERS}0-9]+(?:-[ \t]{{0,8}}\n[ \t]{{0,80}}(?=[a-z])[{_LETTERS}0-9]+)?")
_PARTED = re.compile(r"-[ \t]*\n[ \t]*")
#: Longer words are no words, and more places to be confused in than this would cost time.
_PLAIN = re.compile("[A-Za-z01]{3,24}")
_MOST_PLACES = 16
#: `musique` and `anarchie`: an older or another language, not `anarchic`.
_FOREIGN_END = re.compile(r"ies?\Z")
_WITH_NUMBER = re.compile("([A-Za-z]{2,})[0-9]{1,3}")
#: How frequent a word must be (see `_dictionary`), by its length: short words resemble each other.
_NEEDED = {2: 6, 3: 6, 4: 5, 5: 4, 6: 3}
#: How far from a word, and on how many words, one looks for English.
_FAR, _AROUND = 60, 4
#: Small words of other languages that are frequent in English texts too.
_FOREIGN = frozenset(
    [
        *("de", "des", "du", "et", "la", "le", "les", "un", "une", "dans", "est", "que"),
        *("der", "das", "und", "von", "den", "del", "el", "los", "il", "di", "della", "che"),
    ]
)
_SENTENCE_START = re.compile(r"(?:\A|[.?!:][\"'”’)\]]*\s+|\n\s*\n[ \t]*)[\"'“‘(\[]*\Z")
#: How often the document must have another form, and how many times as often as this one, to correct a name by it.
_WITNESSES = 4
#: A word so frequent is meant, however often it was misread.
_COMMONEST = 6

#: Two figures at least, and no letter but those that look like figures: within the number, for `10l.` is ten pounds.
_NUMBER = re.compile(
    r"(?<![\w./+-])(?=[lIO]*[0-9][lIO]*[0-9])(?=[0-9]*[lIO])[0-9lI][0-9lIO]{1,4}[0-9O](?![\w/]|[.,-][0-9])"
)
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DAY = re.compile(rf"\b{_MONTH} ([lI][0-9]|[123]O)(?=[,.;:)\n]|\Z)|(?<![\w.-])([lI][0-9]|[123]O) (?={_MONTH})")
_AMONG_FIGURES = re.compile("[0-9lIO](?:(?<=[0-9])[lIO]|(?<=[lIO])[0-9])")
_FIGURES = {"l": "1", "I": "1", "O": "0"}

#: What shows that a text may have `f` for every long s.
_TELLTALE = ("fuch", "moft", "fhall", "thefe", "himfelf")
_FALSE_S = 6


class Change(NamedTuple):
    """`word[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


class _Reading(NamedTuple):
    word: str
    changes: tuple[Change, ...]
    certainty: Certainty = "high"
    strong: bool = False
    #: Whether it is taken at the beginning of a sentence only: elsewhere a capital means a name.
    opens: bool = False


def readings(word: str, count: int) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """The words that differ from `word` by `count` confusions of letters, and the confusions.

    >>> [reading for reading, _ in readings("tbat", 1)]
    ['that']
    """
    table = _IN_CAPITALS if word[1:].isupper() else _CONFUSIONS
    places = [Change(0, 1, new) for new in _AT_BEGINNING.get(word[:1], ())]
    for at, letter in enumerate(word):
        if letter in table:
            places += [Change(at, at + 1, new) for new in table[letter]]
        if (pair := word[at : at + 2]) in table and len(pair) == 2:
            places += [Change(at, at + 2, new) for new in table[pair]]
    if word[:1] == "0":
        places = [change for change in places if change.start]  # a capital or not, nobody knows
    if (end := _FOREIGN_END.search(word)) is not None:
        places = [change for change in places if change.start != end.start() + 1]
    if count == 1:
        for change in places:
            yield _changed(word, (change,)), (change,)
    elif len(places) <= _MOST_PLACES:
        for changes in combinations(places, count):
            if all(one.end <= other.start for one, other in pairwise(changes)):
                yield _changed(word, changes), changes


def misread(text: str) -> Iterator[Edit]:
    """Words with letters that a scanner confuses: `rn` and `m`, `c` and `e`, `h` and `b`, `li` and `h`, `l` and `1`, ….

    >>> [edit[:3] for edit in misread("It was to be tbe first of tbe new governrnent.")]
    [(14, 15, 'h'), (27, 28, 'h'), (40, 42, 'm')]
    """
    words = Counter(_WORD.findall(text))
    frequent, known = _dictionary()
    rest = set(words).difference(frequent).difference(known)
    unknown = {printed: word for printed in rest if (word := _word(printed, words))}
    found = {printed: reading for printed, word in unknown.items() if (reading := _proved(word, printed, words, 1))}
    # In a clean text an unknown word is an unusual one: a weak proof counts only where a strong one shows the damage.
    if not any(reading.strong for reading in found.values()):
        return
    for printed, word in unknown.items():
        if printed in found:
            continue
        # Short words, and names, are two confusions away from too much.
        twice = len(word) > (7 if word[0].isupper() else 5) and not any(_level(one) for one, _ in readings(word, 1))
        reading = _proved(word, printed, words, 2) if twice else None
        if reading := reading or _by_witness(word, words[printed], words):
            found[printed] = reading
    yield from _edits(text, found, "misread")


def misread_s(text: str) -> Iterator[Edit]:
    """`f` that was read for long s, in a text that is full of it: one such word proves nothing.

    >>> [edit[:3] for edit in misread_s("the moft juft")]
    []
    """
    if not any(sign in text for sign in _TELLTALE):
        return
    words = Counter(_WORD.findall(text))
    frequent, known = _dictionary()
    found: dict[str, _Reading] = {}
    long = round_ = 0
    for word, count in words.items():
        if word in frequent or word in known:
            round_ += count * ("s" in word[:-1])
        elif _PLAIN.fullmatch(word) and (reading := _with_s(word)):
            found[word] = reading
            long += count
    if len(found) >= _FALSE_S and long >= round_:
        yield from _edits(text, found, "misread_s")


def misread_figures(text: str) -> Iterator[Edit]:
    """`l`, `I` and `O` for `1` and `0`, where figures stand around them or a month beside them.

    >>> [edit[:3] for edit in misread_figures("Oct. l2, l9l8; 10l.")]
    [(5, 6, '1'), (9, 10, '1'), (11, 12, '1')]
    """
    done = 0
    for suspect in _AMONG_FIGURES.finditer(text):
        # Wide enough for the name of a month; the patterns are too slow for a whole text.
        low, high = max(done, suspect.start() - 16), suspect.end() + 16
        for pattern in (_NUMBER, _DAY):
            for match in pattern.finditer(text, low, high):
                start, end = match.span(match.lastindex or 0)
                if start <= suspect.start() < end:
                    yield from (
                        Edit(at, at + 1, _FIGURES[text[at]], "correction", "misread_figures")
                        for at in range(start, end)
                        if text[at] in _FIGURES
                    )
                    done = end
            if done > suspect.start():
                break


@cache
def _dictionary() -> tuple[dict[str, int], frozenset[str]]:
    """The frequent words with how frequent they are, and the rare words that look like a misreading of a frequent one.

    Frequency is a decimal logarithm: 2 is less than once in a million words, 6 a thousand times and more. A word that
    stands with a capital has one inside of sentences too. Rare words that resemble no other are left out: nobody would
    correct them.
    """
    data = gzip.decompress((files(__package__) / "words.txt.gz").read_bytes()).decode()
    rare, *blocks = (block.split("\n") for block in data.split("\n\n"))
    frequent: dict[str, int] = {}
    for level, block in enumerate(blocks, 2):
        frequent |= dict.fromkeys(block, level)
    return frequent, frozenset(rare)


def _level(word: str) -> int:
    """How frequent a word is, also with a capital; 0 if it is not."""
    frequent = _dictionary()[0]
    return frequent.get(word) or (frequent.get(word.lower(), 0) if word[:1].isupper() else 0)


def _is_known(word: str) -> bool:
    frequent, known = _dictionary()
    small, large = word.lower(), word.capitalize()
    return word in frequent or small in frequent or large in frequent or not known.isdisjoint((word, small, large))


def _changed(word: str, changes: tuple[Change, ...]) -> str:
    for start, end, new in reversed(changes):
        word = word[:start] + new + word[end:]
    return word


def _word(printed: str, words: Mapping[str, int]) -> str:
    """The word without a line's end in it and a note's number behind it; empty if nobody can have misread it."""
    word = _PARTED.sub("", printed) if "-" in printed else printed
    if not word.isalpha() and (numbered := _WITH_NUMBER.fullmatch(word)):
        base = numbered[1]
        if _is_known(base) or base in words:
            return ""  # `State1` is `State` with the number of a note
        if word[len(base) :] not in {"1", "0"}:
            word = base
    return "" if not _PLAIN.fullmatch(word) or _is_known(word) else word


def _proved(word: str, printed: str, words: Mapping[str, int], confusions: int) -> _Reading | None:
    """What a word that no dictionary has was printed as, with so many confusions, or None if nothing proves it."""
    candidates = [
        (level, _support(reading, words), reading, changes)
        for reading, changes in readings(word, confusions)
        if (level := _level(reading)) and level >= _needed(word, reading, changes, words)
    ]
    return _best(word, words[printed], candidates, words) if candidates else None


def _support(reading: str, words: Mapping[str, int]) -> int:
    """How often the document itself has the word, be it with a capital or without."""
    return words.get(reading, 0) + (words.get(reading.lower(), 0) if reading[0].isupper() else 0)


def _needed(word: str, reading: str, changes: tuple[Change, ...], words: Mapping[str, int]) -> int:
    """How frequent the reading must be: less if the document has it, or if the word has a figure among its letters."""
    needed = _NEEDED.get(len(reading), 2)
    figures = not word.isalpha() and len(reading) > 3
    # A short word with a capital may be a name, `Aslan` among Asians; with a figure in it, it is not.
    name = word[0].isupper() and len(reading) < 7 and not figures
    if len(changes) > 1 and (len(reading) < 8 or {change.new for change in changes} == {"i", "l"}):
        needed = max(needed, 4)  # `bolied` has two letters that changed places
    if name and all(change.new in {"i", "l"} for change in changes):
        return 6
    return needed + name - (figures or _support(reading, words) >= 3)


def _best(
    word: str, count: int, candidates: list[tuple[int, int, str, tuple[Change, ...]]], words: Mapping[str, int]
) -> _Reading | None:
    """The candidate that is far more frequent than all others, at large and in the document; else None."""
    candidates.sort(reverse=True)
    level, support, reading, changes = candidates[0]
    if len(candidates) > 1 and candidates[1][2] != reading:
        rival = candidates[1]
        if level < rival[0] + 2 and support < 5 * (rival[1] + 1):
            return None
    if count > 2 and support < count and level < _COMMONEST:
        return None  # a spelling of its own
    if count > 1 and reading[0].isupper() and len(reading) < 7 and support < _WITNESSES * 5 * count:
        return None  # a name: few misreadings occur twice
    named = reading[0].isupper() and reading not in _dictionary()[0] and not words.get(reading)
    if named and len(reading) < 8 and level < 5:
        return None
    strong = (level >= 4 and len(reading) >= 5) or not word.isalpha()
    return _Reading(reading, changes, strong=strong, opens=named and len(reading) < 8)


def _by_witness(word: str, count: int, words: Mapping[str, int]) -> _Reading | None:
    """A reading that no dictionary has but the document many times; a name that differs from another may be right."""
    if len(word) < 6:
        return None
    enough = max(_WITNESSES, _WITNESSES * count)
    found = [(reading, changes) for reading, changes in readings(word, 1) if words.get(reading, 0) >= enough]
    return _Reading(*found[0], certainty="medium") if len(found) == 1 else None


def _with_s(word: str) -> _Reading | None:
    """The word with `s` for each `f` that is not the last letter, or for some of them; it must be frequent."""
    places = [Change(at, at + 1, "s") for at in range(len(word) - 1) if word[at] == "f"]
    for count in range(min(len(places), 4), 0, -1):
        found = [
            (reading, changes)
            for changes in combinations(places[:6], count)
            if _level(reading := _changed(word, changes)) >= _NEEDED.get(len(word), 3) - 1
        ]
        if found:
            return _Reading(*found[0]) if len(found) == 1 else None
    return None


def _edits(text: str, found: Mapping[str, _Reading], rule: str) -> Iterator[Edit]:
    """The edits at each place where a word of `found` stands among English words, and where a sentence allows it."""
    for match in _WORD.finditer(text):
        reading = found.get(match[0])
        if reading is None:
            continue
        start, end = match.span()
        if reading.opens and not _SENTENCE_START.search(text, max(0, start - 12), start):
            continue
        if not _is_english(text, start, end, found) or text[end : end + 2] == "-\n":
            continue
        if len(reading.word) < 5 and "-" in text[max(0, start - 1) : end + 1].replace(match[0], ""):
            continue  # a part of a compound: `bas-relief`
        parted = _PARTED.search(match[0])
        for change in reading.changes:
            low, high = change.start, change.end
            if parted and low < parted.start() < high:
                continue  # it may have lost a letter at the line's end
            shift = start + (parted.end() - parted.start() if parted and low >= parted.start() else 0)
            yield Edit(low + shift, high + shift, change.new, "correction", rule, reading.certainty)


def _is_english(text: str, start: int, end: int, found: Mapping[str, _Reading]) -> bool:
    """Whether most words around are frequent ones: in another language they are not."""
    before = _WORD.findall(text, max(0, start - _FAR), start)[1:][-_AROUND:]
    around = [word for word in (*before, *_WORD.findall(text, end, end + _FAR)[:-1][:_AROUND]) if word[0].islower()]
    good = sum(word in found or _level(word) > 0 for word in around)
    foreign = sum(word in _FOREIGN for word in around)
    return foreign < 2 and (len(around) < 3 or good * 3 >= len(around) * 2)
