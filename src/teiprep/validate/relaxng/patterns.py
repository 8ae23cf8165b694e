# ruff: noqa: D102 - what a method does is said in Pattern, which all others are kinds of
"""The patterns of RELAX NG, and what is left of one when something that it allows has been read (its derivative).

The algorithm is James Clark's (*An algorithm for RELAX NG validation*, 2002), with two changes. A pattern does not hold
the continuation of its parents: an element is validated by itself, and its parent goes on by which of the definitions
that may bear its name it matched. And every pattern exists once, so that a derivative is computed once and then found:
a schema becomes, as it is used, an automaton of just those states that the documents need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .names import NameClass

#: How many values a pattern remembers its verdict of.
_REMEMBERED = 4096
#: A sequence of twice two, twice that, and so on, would soon fill any memory.
_LONGEST = 50_000
_SPACE = " \t\r\n"
#: A word of a list; a no-break space does not part two.
_WORD = regex.compile("[^ \t\r\n]+")


class Pattern:
    """What may stand somewhere; `nullable`: nothing at all is enough. Compared by identity, since each exists once."""

    __slots__ = ("_firsts", "_leads", "_texts", "nullable")

    nullable: bool

    def __init__(self, *, nullable: bool) -> None:
        self.nullable = nullable
        self._leads: dict[Element | Attribute, Pattern] = {}
        self._firsts: tuple[Element, ...] | None = None
        self._texts: Pattern | None = None

    def after(self, read: Element | Attribute) -> Pattern:
        """What is left when `read`, an element or an attribute, was matched; NOT_ALLOWED if it may not come first."""
        found = self._leads.get(read)
        if found is None:
            found = self._after(read)
            if found is not NOT_ALLOWED:  # most are that, and found soon
                self._leads[read] = found
        return found

    def after_text(self) -> Pattern:
        """What is left when text other than white space was read, beside elements."""
        if self._texts is None:
            self._texts = self._after_text()
        return self._texts

    @property
    def firsts(self) -> tuple[Element, ...]:
        """The elements that may come next, each once, in the order of the schema."""
        if self._firsts is None:
            self._firsts = tuple(dict.fromkeys(self._first()))
        return self._firsts

    def without_attributes(self) -> Pattern:
        """What is left when a start tag ends: NOT_ALLOWED if an attribute that must stand has not been read."""
        return self

    def attributes(self) -> Iterator[Attribute]:
        """The attributes that may still stand."""
        return iter(())

    def matches(self, value: str) -> bool:
        """Whether a string, the value of an attribute or all that an element holds, matches."""
        return self.nullable and not value.strip(_SPACE)

    @property
    def parts(self) -> tuple[Pattern, ...]:
        """The patterns that it is directly made of; what an element or attribute holds is none."""
        return ()

    def descendants(self) -> Iterator[Pattern]:
        """The pattern and all that it is made of, each once."""
        seen: set[Pattern] = set()
        waiting: list[Pattern] = [self]
        while waiting:
            each = waiting.pop()
            if each not in seen:
                seen.add(each)
                yield each
                waiting += each.parts

    def consume(self, words: list[str], at: int) -> Iterable[int]:  # noqa: ARG002
        """Where in the words of a list it may end if it begins with the word `at`."""
        return (at,) if self.nullable else ()

    def _after(self, read: Element | Attribute) -> Pattern:  # noqa: ARG002
        return NOT_ALLOWED

    def _after_text(self) -> Pattern:
        return NOT_ALLOWED

    def _first(self) -> Iterator[Element]:
        return iter(())


class _Empty(Pattern):
    __slots__ = ()


class _NotAllowed(Pattern):
    __slots__ = ()

    def matches(self, value: str) -> bool:  # noqa: ARG002
        return False


class _Text(Pattern):
    __slots__ = ()

    def matches(self, value: str) -> bool:  # noqa: ARG002
        return True

    def _after_text(self) -> Pattern:
        return self


EMPTY = _Empty(nullable=True)
NOT_ALLOWED = _NotAllowed(nullable=False)
TEXT = _Text(nullable=True)


class Element(Pattern):
    """An element of one of `names`; what it holds is read from the schema when it is first asked for."""

    __slots__ = ("_content", "_make", "names")

    def __init__(self, names: NameClass, make: Callable[[], Pattern]) -> None:
        super().__init__(nullable=False)
        self.names = names
        self._make = make
        self._content: Pattern | None = None

    @property
    def content(self) -> Pattern:
        """The pattern of its attributes and what stands in it."""
        if self._content is None:
            self._content = self._make()
        return self._content

    def _after(self, read: Element | Attribute) -> Pattern:
        return EMPTY if read is self else NOT_ALLOWED

    def _first(self) -> Iterator[Element]:
        yield self


class Attribute(Pattern):
    """An attribute of one of `names` whose value matches `value`."""

    __slots__ = ("_verdicts", "names", "value")

    def __init__(self, names: NameClass, value: Pattern) -> None:
        super().__init__(nullable=False)
        self.names = names
        self.value = value
        self._verdicts: dict[str, bool] = {}

    def allows(self, value: str) -> bool:
        """Whether it may have this value."""
        found = self._verdicts.get(value)
        if found is None:
            found = self.value.matches(value)
            if len(self._verdicts) < _REMEMBERED and len(value) < 100:
                self._verdicts[value] = found
        return found

    def without_attributes(self) -> Pattern:
        return NOT_ALLOWED

    def attributes(self) -> Iterator[Attribute]:
        yield self

    def _after(self, read: Element | Attribute) -> Pattern:
        return EMPTY if read is self else NOT_ALLOWED


class Data(Pattern):
    """A string that `allows` says yes to: a datatype with its parameters, or one value of it.

    For messages: the `name` of the datatype, its `parameters`, and the `value` if it is for one only.
    """

    __slots__ = ("allows", "name", "parameters", "value")

    def __init__(
        self,
        name: str,
        allows: Callable[[str], bool],
        value: str | None = None,
        parameters: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(nullable=False)
        self.name = name
        self.allows = allows
        self.value = value
        self.parameters = parameters

    def matches(self, value: str) -> bool:
        return self.allows(value)

    def consume(self, words: list[str], at: int) -> Iterable[int]:
        return (at + 1,) if at < len(words) and self.allows(words[at]) else ()


class Words(Pattern):
    """A list: words, parted by white space, that match `inner` one after the other."""

    __slots__ = ("inner",)

    def __init__(self, inner: Pattern) -> None:
        super().__init__(nullable=False)
        self.inner = inner

    def matches(self, value: str) -> bool:
        words = _WORD.findall(value)
        return len(words) in self.inner.consume(words, 0)


class Choice(Pattern):
    """One of several; never one in another."""

    __slots__ = ("options",)

    def __init__(self, options: tuple[Pattern, ...]) -> None:
        super().__init__(nullable=any(each.nullable for each in options))
        self.options = options

    @property
    def parts(self) -> tuple[Pattern, ...]:
        return self.options

    def without_attributes(self) -> Pattern:
        return choice(each.without_attributes() for each in self.options)

    def attributes(self) -> Iterator[Attribute]:
        for each in self.options:
            yield from each.attributes()

    def matches(self, value: str) -> bool:
        return any(each.matches(value) for each in self.options)

    def consume(self, words: list[str], at: int) -> Iterable[int]:
        return {end for each in self.options for end in each.consume(words, at)}

    def _after(self, read: Element | Attribute) -> Pattern:
        return choice(each.after(read) for each in self.options)

    def _after_text(self) -> Pattern:
        return choice(each.after_text() for each in self.options)

    def _first(self) -> Iterator[Element]:
        for each in self.options:
            yield from each.firsts


class _Pair(Pattern):
    """Two things. A long sequence is one thing and all the others: it is walked in a loop, not by recursion."""

    __slots__ = ("one", "other")

    def __init__(self, one: Pattern, other: Pattern) -> None:
        super().__init__(nullable=one.nullable and other.nullable)
        self.one = one
        self.other = other

    @property
    def parts(self) -> tuple[Pattern, ...]:
        return self.one, self.other

    def row(self) -> list[Pattern]:
        """What it is made of, one after the other; none is a pair of the same kind."""
        row: list[Pattern] = []
        at: Pattern = self
        while type(at) is type(self):
            row.append(at.one)
            at = at.other
        row.append(at)
        return row

    def attributes(self) -> Iterator[Attribute]:
        for each in self.row():
            yield from each.attributes()

    def matches(self, value: str) -> bool:
        # A string is one thing: it goes to one of them, and nothing to the others.
        row = self.row()
        needed = [each for each in row if not each.nullable]
        return len(needed) < 2 and any(each.matches(value) for each in needed or row)


class Group(_Pair):
    """One thing and then another."""

    __slots__ = ()

    def without_attributes(self) -> Pattern:
        return folded(group, [each.without_attributes() for each in self.row()])

    def consume(self, words: list[str], at: int) -> Iterable[int]:
        ends = {at}
        for each in self.row():
            ends = {end for start in ends for end in each.consume(words, start)}
        return ends

    def _after(self, read: Element | Attribute) -> Pattern:
        if isinstance(read, Attribute):  # attributes have no order
            return _after_any(self, group, lambda each: each.after(read))
        return self._after_first(lambda each: each.after(read))

    def _after_text(self) -> Pattern:
        return self._after_first(lambda each: each.after_text())

    def _after_first(self, after: Callable[[Pattern], Pattern]) -> Pattern:
        found = []
        at: Pattern = self
        while type(at) is Group:
            left = after(at.one)
            if left is not NOT_ALLOWED:
                found.append(group(left, at.other))
            if not at.one.nullable:
                break
            at = at.other
        else:
            found.append(after(at))
        return choice(found)

    def _first(self) -> Iterator[Element]:
        for each in self.row():
            yield from each.firsts
            if not each.nullable:
                break


class Interleave(_Pair):
    """Two things in any order, also mixed."""

    __slots__ = ()

    def without_attributes(self) -> Pattern:
        return folded(interleave, [each.without_attributes() for each in self.row()])

    def _after(self, read: Element | Attribute) -> Pattern:
        return _after_any(self, interleave, lambda each: each.after(read))

    def _after_text(self) -> Pattern:
        return _after_any(self, interleave, lambda each: each.after_text())

    def _first(self) -> Iterator[Element]:
        for each in self.row():
            yield from each.firsts


def _after_any(
    pair: Group | Interleave, make: Callable[[Pattern, Pattern], Pattern], after: Callable[[Pattern], Pattern]
) -> Pattern:
    """What is left of a pair if what was read may belong to any of its row."""
    found = []
    before: list[Pattern] = []
    at: Pattern = pair
    while type(at) is type(pair):
        left = after(at.one)
        if left is not NOT_ALLOWED:
            found.append(folded(make, [*before, left, at.other]))
        before.append(at.one)
        at = at.other
    left = after(at)
    if left is not NOT_ALLOWED:
        found.append(folded(make, [*before, left]))
    return choice(found)


class OneOrMore(Pattern):
    """One thing, repeated."""

    __slots__ = ("inner",)

    def __init__(self, inner: Pattern) -> None:
        super().__init__(nullable=inner.nullable)
        self.inner = inner

    @property
    def parts(self) -> tuple[Pattern, ...]:
        return (self.inner,)

    def without_attributes(self) -> Pattern:
        return one_or_more(self.inner.without_attributes())

    def attributes(self) -> Iterator[Attribute]:
        return self.inner.attributes()

    def matches(self, value: str) -> bool:
        return self.inner.matches(value)

    def consume(self, words: list[str], at: int) -> Iterable[int]:
        # No way is gone twice.
        ends = set(self.inner.consume(words, at))
        waiting = list(ends)
        while waiting:
            further = set(self.inner.consume(words, waiting.pop())) - ends
            ends |= further
            waiting += further
        return ends

    def _after(self, read: Element | Attribute) -> Pattern:
        return group(self.inner.after(read), choice((self, EMPTY)))

    def _after_text(self) -> Pattern:
        left = self.inner.after_text()
        if left is TEXT:  # text is a thing that may be repeated: so what is left is the whole
            return choice((self, EMPTY))
        return group(left, choice((self, EMPTY)))

    def _first(self) -> Iterator[Element]:
        return iter(self.inner.firsts)


# --- making: what the specification (section 4.20, 4.21) simplifies is never made -------------------------------------

_choices: dict[frozenset[Pattern], Pattern] = {}
_groups: dict[tuple[Pattern, Pattern], Pattern] = {}
_interleaves: dict[tuple[Pattern, Pattern], Pattern] = {}
_repeated: dict[Pattern, Pattern] = {}
_lists: dict[Pattern, Pattern] = {}


def choice(options: Iterable[Pattern]) -> Pattern:
    """One of `options`: what is not allowed drops out, choices in choices are laid flat, each stands once."""
    flat: dict[Pattern, None] = {}
    for option in options:
        if type(option) is Choice:
            flat.update(dict.fromkeys(option.options))
        elif option is not NOT_ALLOWED:
            flat[option] = None
    if EMPTY in flat and any(each.nullable for each in flat if each is not EMPTY):
        del flat[EMPTY]
    if not flat:
        return NOT_ALLOWED
    if len(flat) == 1:
        return next(iter(flat))
    key = frozenset(flat)
    found = _choices.get(key)
    if found is None:
        found = _choices[key] = Choice(tuple(flat))
    return found


class TooManyError(Exception):
    """A sequence of more patterns than any schema has that was not made to be one."""


def folded(make: Callable[[Pattern, Pattern], Pattern], patterns: Sequence[Pattern]) -> Pattern:
    """All of a row, joined from its end. Raises TooManyError."""
    if not patterns:
        return EMPTY
    if len(patterns) > _LONGEST:
        raise TooManyError
    result = patterns[-1]
    for pattern in reversed(patterns[:-1]):
        result = make(pattern, result)
    return result


def group(one: Pattern, other: Pattern) -> Pattern:
    """`one`, then `other`."""
    return _pair(Group, group, _groups, one, other)


def interleave(one: Pattern, other: Pattern) -> Pattern:
    """`one` and `other` in any order."""
    return _pair(Interleave, interleave, _interleaves, one, other)


def _pair(
    kind: type[Group | Interleave],
    make: Callable[[Pattern, Pattern], Pattern],
    known: dict[tuple[Pattern, Pattern], Pattern],
    one: Pattern,
    other: Pattern,
) -> Pattern:
    """The pattern of a kind for two others; `make` is what calls this, `known` are those that there are."""
    if one is NOT_ALLOWED or other is NOT_ALLOWED:
        return NOT_ALLOWED
    if one is EMPTY:
        return other
    if other is EMPTY:
        return one
    if isinstance(one, kind):  # the same row, however it was put together
        return folded(make, [*one.row(), other])
    found = known.get((one, other))
    if found is None:
        found = known[one, other] = kind(one, other)
    return found


def one_or_more(inner: Pattern) -> Pattern:
    """`inner`, once or oftener."""
    if inner is NOT_ALLOWED or inner is EMPTY or inner is TEXT or type(inner) is OneOrMore:
        return inner
    found = _repeated.get(inner)
    if found is None:
        found = _repeated[inner] = OneOrMore(inner)
    return found


def words(inner: Pattern) -> Pattern:
    """A list of words that match `inner`."""
    if inner is NOT_ALLOWED:
        return inner
    found = _lists.get(inner)
    if found is None:
        found = _lists[inner] = Words(inner)
    return found
