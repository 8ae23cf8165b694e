"""The works that a document has cited so far, and which of them a short citation means."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.tag.common import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Level
    from .names import Name

_WORD = regex.compile(r"(?:\p{L}\.){2,}\p{L}?|[\p{L}\p{N}]+")
#: Each of the given names or initials.
_GIVEN = regex.compile(r"\p{L}[\p{L}\p{M}’'-]*\.?")
_ARTICLES = words("a an the der die das le la les l un une")
#: Words by which no title is told from another.
_EMPTY = _ARTICLES | words("of and in on to for de des du et und im")
#: An author who is cited with more works than these is not searched for one: the search must not take ever longer.
_MOST = 100


class Work(NamedTuple):
    """A work: the id of the annotation on its first full citation, its makers, the words and the level of its title."""

    id: str
    surnames: tuple[str, ...]
    given: str
    title: tuple[str, ...]
    level: Level | None
    edited: bool = False  # its makers are editors


class Found(NamedTuple):
    """The one work that is meant, and whether beyond doubt."""

    work: Work
    sure: bool


def title_words(title: str) -> tuple[str, ...]:
    """The words of a title by which it is compared, without an article at its head.

    >>> title_words("A History of the Moor")
    ('history', 'of', 'the', 'moor')
    >>> title_words("F.R.U.S.")
    ('frus',)
    """
    found = [word.replace(".", "").casefold() for word in _WORD.findall(title)]
    return tuple(found[1:] if len(found) > 1 and found[0] in _ARTICLES else found)


class Works:
    """The works cited so far. A short form that may mean two of them means none."""

    def __init__(self) -> None:
        self._by_id: dict[str, Work] = {}
        self._by_name: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Work]] = defaultdict(list)
        self._by_surname: dict[str, list[Work]] = defaultdict(list)
        self._by_word: dict[str, list[Work]] = defaultdict(list)
        self._aliases: dict[str, dict[tuple[str, ...], Work]] = defaultdict(dict)
        #: The first words of all names and titles, in small letters.
        self.first_words: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._by_id)

    def may_begin(self, word: str) -> bool:
        """Whether a title that was cited may begin with this word; a quick look before a thorough one."""
        known = word.replace(".", "").casefold()
        return known in self._by_word or known in self._aliases or (known in _ARTICLES and bool(self._by_id))

    def has_maker(self, surname: str) -> bool:
        """Whether somebody with this surname was cited."""
        return surname.casefold() in self._by_surname

    def may_name(self, text: str, at: int) -> bool:
        """Whether one of the next words is the surname of somebody who was cited; a quick look too."""
        return bool(self._by_surname) and any(
            word.casefold() in self._by_surname for word in _WORD.findall(text, at, at + 60)
        )

    def add(self, work: Work) -> Work:
        """Remember a work that has a title; the one that is returned is the earlier one if it is the same.

        Namesakes may have written works of one title. Where it is open which of these is meant, none is remembered.
        """
        namesakes = self._by_name[work.surnames, work.title]
        same = [each for each in namesakes[:_MOST] if _agree(each.given, work.given)]
        earlier = same[0] if len(same) == 1 else work
        if not same:
            namesakes.append(work)
            self._by_id[work.id] = work
            self.first_words |= {*_ARTICLES, work.title[0], *work.surnames[:1]}
            self._by_word[work.title[0]].append(work)
            if work.surnames:
                self._by_surname[work.surnames[0]].append(work)
        return earlier

    def get(self, name: str | None) -> Work | None:
        """The work with this id."""
        return self._by_id.get(name or "")

    def call(self, alias: str, work: Work) -> None:
        """From now on `alias` means `work`."""
        if spelled := title_words(alias):
            self._aliases[spelled[0]][spelled] = work
            self.first_words.add(spelled[0])

    def knows(self, names: Sequence[Name]) -> bool:
        """Whether anything by the first of these makers was cited."""
        return names[0].surname.casefold() in self._by_surname

    def by_author(self, names: Sequence[Name], title: str | None = None) -> Found | None:
        """The one work of these makers (with a title like this), if there is just one."""
        surnames = tuple(each.surname.casefold() for each in names)
        cited = self._by_surname.get(surnames[0], ())
        if len(cited) > _MOST:
            return None
        own = [
            work for work in cited if work.surnames[: len(surnames)] == surnames and _agree(names[0].given, work.given)
        ]
        if title is None:
            return Found(own[0], sure=True) if len(own) == 1 else None
        return _like(title_words(title), own)

    def by_title(self, title: str) -> Found | None:
        """The one work whose title begins with these words, or that was said to be called so."""
        asked = title_words(title)
        if not asked:
            return None
        aliases = self._aliases.get(asked[0], {})
        if asked in aliases:
            return Found(aliases[asked], sure=True)
        cited = self._by_word.get(asked[0], ())
        # `Message` where `Message, 1863` was announced means none.
        if len(cited) + len(aliases) > _MOST or any(alias[: len(asked)] == asked for alias in aliases):
            return None
        found = [work for work in cited if work.title[: len(asked)] == asked]
        return Found(found[0], sure=len(asked) > 1) if len(found) == 1 else None


def _like(asked: tuple[str, ...], works: Sequence[Work]) -> Found | None:
    """The one work with this very title; else whose title begins so; else that has these words in it."""
    same = [work for work in works if work.title == asked]
    begun = same or [work for work in works if work.title[: len(asked)] == asked]
    found = begun or [work for work in works if _is_within(asked, work.title)]
    return Found(found[0], sure=bool(begun)) if len(found) == 1 else None


def _is_within(asked: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether the words that count are in the title in this order, abbreviated or not.

    >>> _is_within(("hist", "of", "moor"), ("history", "of", "the", "moor"))
    True
    """
    telling = [word for word in asked if word not in _EMPTY]
    rest = iter(title)
    return bool(telling) and all(any(has.startswith(word) for has in rest) for word in telling)


def _agree(one: str, other: str) -> bool:
    """Whether two given names may be one person's: `R.` and `Robert S.`; nothing contradicts nothing.

    >>> _agree("R.", "Robert S."), _agree("R. T.", "R. S."), _agree("Silas", "Samuel"), _agree("Chas.", "Charles")
    (True, False, False, True)
    """
    for ours, theirs in zip(_GIVEN.findall(one), _GIVEN.findall(other), strict=False):
        abbreviated = min(len(ours), len(theirs)) == 1 or "." in ours + theirs
        if (ours[0] != theirs[0]) if abbreviated else (ours != theirs):
            return False
    return True
