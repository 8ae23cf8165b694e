"""Those who made a work: one name or several, as they stand before a title."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.tag.common import ABBREVIATED_TITLES, BODY_NOUNS, GIVEN_NAMES, PARTICLES, TITLES

from .model import Part
from .vocabulary import NO_AUTHOR

if TYPE_CHECKING:
    from collections.abc import Container, Iterator


class Name(NamedTuple):
    """The name of one maker on `text[start:end]`; `given` is what stands before the surname, without titles."""

    start: int
    end: int
    surname: str
    given: str = ""

    def part(self, *, editor: bool) -> Part:
        """It as a part of a citation."""
        return Part("author", self.start, self.end, {"role": "editor"} if editor else {})


class People(NamedTuple):
    """Makers, in order; the text goes on at `end`. `full` tells that a given name or initials stand with the first."""

    names: tuple[Name, ...]
    end: int
    editors: bool = False
    full: bool = False
    possessive: bool = False
    corporate: bool = False


_INITIALS = r"(?:\p{Lu}\p{Ll}?\.(?:[ -]?\p{Lu}\.){0,3})"
_WORD = r"(?:(?:\p{Lu}|[dlD])['’])?\p{Lu}[\p{Ll}\p{M}]+(?:[\p{Lu}][\p{Ll}\p{M}]+)?(?:-\p{L}[\p{Ll}\p{M}]+){0,2}"
_TOKEN = regex.compile(
    rf"(?P<initials>{_INITIALS}(?![\p{{Ll}}]))|(?P<word>{_WORD}\.?)|(?P<small>\p{{Ll}}{{1,4}})(?= \p{{L}})"
)
_SUFFIX = regex.compile(r",? (?:Jr|Sr|jun|sen)\.|(?: (?:II|III|IV)\b)")
_AND = regex.compile(r",? (?:and|&|et|und|y) ")
_OTHERS = regex.compile(r",? (?:et al\.?|u\. ?a\.|and others)")
EDITORS = regex.compile(
    r",? \(?(?P<editor>[Ee]ds?\b\.?|[Ee]ditors?\b|[Hh]rsg\b\.?|Hgg?\b\.?|[Éé]ds?\b\.?|[Cc]omps?\b\.?)\)?"
    r"|,? \(?(?:[Tt]rans?l?\.)\)?"
)
_SEVERAL_EDITORS = regex.compile(r",? \(?(?:[Ee]ds\b|[Ee]ditors\b|[Hh]gg\b|[Éé]ds\b|[Cc]omps\b)")
_CORPORATE = regex.compile(
    r"(?:\p{Lu}\.(?:\p{Lu}\.)+ )?\p{Lu}[\p{L}'’-]+(?: (?:of|the|and|for|on|de|du|des|&|\p{Lu}[\p{L}'’-]+)){1,9}"
)
_PSEUDONYM = regex.compile(r"An? (?:[\p{Lu}][\p{Ll}]+ ){0,2}\p{Lu}[\p{Ll}]+(?=, )")
_ANONYMOUS = regex.compile(r"Anon\.(?=,? )")
_INVERTED = regex.compile(rf",\s(?P<given>{_INITIALS}|\p{{Lu}}[\p{{Ll}}]+(?: {_INITIALS})?)(?=[,.:] | \()")
#: Initials of no person.
_STATES = frozenset({"U.S.", "U.N.", "U.K.", "U.", "H.M."})


def name(text: str, at: int, end: int) -> Name | None:
    """The name of a person that begins at `at`, as long as it can be.

    >>> name("Sir Hugh de Thorne, The Moor", 0, 28)
    Name(start=0, end=18, surname='Thorne', given='Hugh')
    """
    tokens: list[tuple[str, int, int]] = []
    pos = at
    while len(tokens) < 7:
        found = _TOKEN.match(text, pos, end)
        if found is None:
            break
        stop = found.end()
        token = found[0]
        kind = str(found.lastgroup)
        if kind == "small":
            if token not in PARTICLES or token in {"y", "e"}:
                break
        elif kind == "word":
            word = token.removesuffix(".")
            if word in NO_AUTHOR:
                break
            if word in ABBREVIATED_TITLES or (word in TITLES and word == token):
                kind = "title"
            else:
                stop = pos + len(word)
        tokens.append((kind, found.start(), stop))
        if text[stop : stop + 1] == " ":
            pos = stop + 1
        elif kind == "initials" and text[stop : stop + 1].isalpha():
            pos = stop
        else:
            break
    while tokens and tokens[-1][0] != "word":
        tokens.pop()
    if not tokens:
        return None
    _, start, stop = tokens[-1]
    given = " ".join(text[a:b] for kind, a, b in tokens[:-1] if kind in {"word", "initials"})
    personal = given.split(" ")[0] in GIVEN_NAMES or (tokens[0][0] == "initials" and given.split(" ")[0] not in _STATES)
    if len(tokens) > 2 and not personal and not BODY_NOUNS.isdisjoint(text[a:b] for _, a, b in tokens):
        return None  # an office or a body
    suffix = _SUFFIX.match(text, stop, end)
    return Name(at, suffix.end() if suffix else stop, text[start:stop].removesuffix("."), given)


def people(text: str, at: int, end: int, titles: Container[int] = ()) -> Iterator[People]:
    """Every way to read what begins at `at` as makers, the longest first: `Hale, Moors and Fens` may be three or one.

    No name begins at one of the offsets `titles`.
    """
    if anonymous := _ANONYMOUS.match(text, at, end):
        yield People((Name(at, anonymous.end(), anonymous[0]),), anonymous.end(), full=True)
        return
    first = name(text, at, end)
    if first is None:
        pseudonym = _PSEUDONYM.match(text, at, end)
        if pseudonym:
            yield People((Name(at, pseudonym.end(), pseudonym[0]),), pseudonym.end(), full=True)
        return
    full = bool(first.given)
    inverted = _INVERTED.match(text, first.end, end) if not full else None
    if inverted and (inverted["given"].endswith(".") or inverted["given"].split()[0] in GIVEN_NAMES):
        yield _closed(text, (Name(at, inverted.end(), first.surname, inverted["given"]),), inverted.end(), end)
    readings: list[People] = []
    names = [first]
    open_list = False
    while True:
        others = _OTHERS.match(text, names[-1].end, end)
        stop = others.end() if others else names[-1].end
        if not open_list or others or _SEVERAL_EDITORS.match(text, stop, end):
            readings.append(_closed(text, tuple(names), stop, end))
        if others or len(names) > 5:
            break
        link = _AND.match(text, stop, end)
        pos = link.end() if link else stop + 2 if text.startswith(", ", stop) else 0
        following = name(text, pos, end) if pos and pos not in titles else None
        if following is None:
            break
        names.append(following)
        open_list = link is None
    yield from reversed(readings)
    corporate = _CORPORATE.match(text, at, end)
    if corporate and not BODY_NOUNS.isdisjoint(corporate[0].split()):
        yield People((Name(at, corporate.end(), corporate[0]),), corporate.end(), corporate=True)


def _closed(text: str, names: tuple[Name, ...], stop: int, end: int) -> People:
    full = bool(names[0].given)
    if text[stop : stop + 2] in {"'s", "’s"}:
        return People(names, stop + 2, full=full, possessive=True)
    marker = EDITORS.match(text, stop, end)
    if marker is None:
        return People(names, stop, full=full)
    return People(names, marker.end(), editors=marker["editor"] is not None, full=full)
