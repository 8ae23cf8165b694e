"""Citations of the authors of antiquity, by custom short: `Hom. Il. ii. 484`, `Livy, xxi. 4`, `Iliad xx. 269`."""

from __future__ import annotations

import regex

from .model import Citation, Part, closes
from .ranges import classical
from .vocabulary import ANCIENT, ANCIENT_WORKS, NO_AUTHOR

_WORD = regex.compile(r"(?P<word>[\p{L}&][\p{L}’'.&-]{0,13})(?P<gap>,? )")

#: With what a Latin title may begin in small letters.
_LATIN = frozenset({"ad", "adv.", "c.", "contra", "de", "in", "pro"})
#: With these words, without a full stop, such a citation begins.
_FIRST_WORDS = frozenset(word.rstrip(".") for word in ANCIENT | ANCIENT_WORKS)
#: Names of two words.
_DOUBLE = {
    *(("Dio", "Cass."), ("Diod.", "Sic."), ("Dion.", "Hal."), ("Dionys.", "Hal."), ("Q.", "Curt."), ("Val.", "Flacc.")),
    *(("Val.", "Max."), ("Vell.", "Pat."), ("Amm.", "Marc."), ("Ammianus", "Marcellinus"), ("Valerius", "Maximus")),
}


def is_ancient(word: str) -> bool:
    """Whether such a citation may begin with this word.

    >>> is_ancient("Hom."), is_ancient("Hale")
    (True, False)
    """
    return word.rstrip(".") in _FIRST_WORDS


def ancient(text: str, at: int, end: int) -> Citation | None:
    """Such a citation from `at` on: an author with a work or without, or a famous work; and the place in it.

    >>> [(part.layer, part.start) for part in ancient("Hom. Il. ii. 484.", 0, 17).parts]
    [('author', 0), ('title', 5), ('citedRange', 9)]
    """
    first = _WORD.match(text, at, end)
    if first is None:
        return None
    word = first["word"]
    if word in ANCIENT_WORKS or f"{word}." in ANCIENT_WORKS:
        place = classical(text, first.end(), end)
        if place and "." in text[place.start : place.end] and closes(text, place.end, end):
            return Citation(at, place.end, (Part("title", *first.span("word")), place.part), "high", short=True)
    if word.removesuffix("'s").removesuffix("’s") not in ANCIENT:
        return None
    if (second := _WORD.match(text, first.end(), end)) and (word, second["word"]) in _DOUBLE:
        first = second
    possessive = first["word"].endswith(("'s", "’s"))
    author = Part("author", at, first.end("word") - (2 if possessive else 0))
    pos = start = first.end()
    for _ in range(5):
        place = classical(text, pos, end)
        if place and closes(text, place.end, end):
            sure = "." in text[place.start : place.end]
            if pos == start:
                # `Caesar 5` is no citation.
                if word.isalpha() and not sure and first["gap"] == " ":
                    return None
                return Citation(at, place.end, (author, place.part), "high" if sure else "medium", short=True)
            title = text[start:pos].rstrip(" ,")
            words = title.split()
            latin = words[0].islower() and words[0] in _LATIN
            if words[0] in NO_AUTHOR or not (latin or words[0][0].isupper()) or title.islower():
                return None
            return Citation(
                at, place.end, (author, Part("title", start, start + len(title)), place.part), "high", short=True
            )
        following = _WORD.match(text, pos, end)
        if following is None:
            return None
        pos = following.end()
    return None
