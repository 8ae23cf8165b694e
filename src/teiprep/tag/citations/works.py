"""The works that a document has cited so far, and which of them a short citation means."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .names import Name

_WORD = regex.compile(r"(?:\p{L}\.){2,}\p{L}?|[\p{L}\p{N}]+")
_ARTICLES = frozenset("a an the der die das le la les l der die un une".split())
_EMPTY = _ARTICLES | frozenset("of and in on to for de des du et und im".split())


class Work(NamedTuple):
    """A work: the id of the annotation on its first full citation, its makers, the words and the level of its title."""

    id: str
    surnames: tuple[str, ...]
    given: str
    title: tuple[str, ...]
    level: str | None
    edited: bool = False  # its makers are editors


class Found(NamedTuple):
    """The one work that is meant, and whether beyond doubt."""

    work: Work
    sure: bool


def title_words(title: str) -> tuple[str, ...]:
    """The words of a title by which it is compared; abbreviations stay so.

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
        self._by_surname: dict[str, list[Work]] = defaultdict(list)
        self._by_word: dict[str, list[Work]] = defaultdict(list)
        self._by_alias: dict[tuple[str, ...], Work] = {}
        self._by_id: dict[str, Work] = {}

    def add(self, work: Work) -> Work:
        """Remember a work; the one that is returned is the earlier one if it is the same."""
        for earlier in self._by_surname[work.surnames[0]] if work.surnames else self._by_word[work.title[0]]:
            if earlier.title == work.title and earlier.surnames == work.surnames and _agree(earlier.given, work.given):
                return earlier
        self._by_id[work.id] = work
        if work.surnames:
            self._by_surname[work.surnames[0]].append(work)
        if work.title:
            self._by_word[work.title[0]].append(work)
        return work

    def work(self, name: str | None) -> Work | None:
        """The work with this id."""
        return self._by_id.get(name or "")

    def call(self, alias: str, work: Work) -> None:
        """From now on `alias` means `work`."""
        self._by_alias[title_words(alias)] = work

    def by_author(self, names: Sequence[Name], title: str | None = None) -> Found | None:
        """The one work of these makers (with a title like this), if there is just one."""
        surnames = tuple(each.surname.casefold() for each in names)
        mine = [
            work
            for work in self._by_surname.get(surnames[0], ())
            if work.surnames[: len(surnames)] == surnames and _agree(names[0].given, work.given)
        ]
        if title is None:
            return Found(mine[0], sure=True) if len(mine) == 1 else None
        return _like(title_words(title), mine)

    def knows(self, names: Sequence[Name]) -> bool:
        """Whether anything by the first of these makers was cited."""
        return names[0].surname.casefold() in self._by_surname

    def by_title(self, title: str) -> Found | None:
        """The one work whose title begins with these words, or that was said to be called so."""
        words = title_words(title)
        if not words:
            return None
        if words in self._by_alias:
            return Found(self._by_alias[words], sure=True)
        if any(alias[: len(words)] == words for alias in self._by_alias):
            return None  # `Message` where `Message, 1863` was announced
        found = [work for work in self._by_word.get(words[0], ()) if work.title[: len(words)] == words]
        return Found(found[0], sure=len(words) > 1) if len(found) == 1 else None


def _like(words: tuple[str, ...], works: Sequence[Work]) -> Found | None:
    for alike, sure in ((lambda full: full == words, True), (_begins(words), True), (_within(words), False)):
        found = [work for work in works if alike(work.title)]
        if len(found) == 1:
            return Found(found[0], sure)
        if found:
            return None
    return None


def _begins(words: tuple[str, ...]) -> Callable[[tuple[str, ...]], bool]:
    return lambda full: full[: len(words)] == words


def _within(words: tuple[str, ...]) -> Callable[[tuple[str, ...]], bool]:
    """Whether the words that count are in the title in this order, `Moor` in `History of the Moor`, abbreviated or not."""

    telling = [word for word in words if word not in _EMPTY]

    def test(full: tuple[str, ...]) -> bool:
        rest = iter(full)
        return bool(telling) and all(any(has.startswith(word) for has in rest) for word in telling)

    return test


def _agree(one: str, other: str) -> bool:
    """Whether two given names may be one person's: `R.` and `Robert`; nothing contradicts nothing."""
    return not one or not other or one[0] == other[0]
