"""Reads a tree by the patterns of a schema and tells each place where it leaves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from lxml import etree

from teiprep.diagnostics import ConfigError

from .patterns import (
    EMPTY,
    NOT_ALLOWED,
    Attribute,
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    OneOrMore,
    Pattern,
    Words,
    choice,
    folded,
    group,
    interleave,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .reading import Schema

_SPACE = " \t\n\r"
#: From so many attributes on they are asked for in one: lxml seeks each value from the first attribute on.
_MANY = 200
_ALL_VALUES = etree.XPath("@*", smart_strings=False)

#: element: it may not stand here. early: it may, but something must come before it. attribute: it may not have it.
#: value: an attribute may not have this value. lacking: an attribute must stand and does not. text: text where none may
#: stand. content: what an element holds, text only, is not what it must be. incomplete: something must still come.
Kind = Literal["element", "early", "attribute", "value", "lacking", "text", "content", "incomplete"]


class Mistake(NamedTuple):
    """A place where a document leaves its schema.

    `node` is the element that is to blame; for text, and what is incomplete, the one around it. `state` is what could
    have come instead. `attribute` is the name of the one in question. Wrong text stands behind the child `behind`,
    before the first if that is None.
    """

    kind: Kind
    node: etree._Element
    state: State
    attribute: str = ""
    behind: etree._Element | None = None


class Opening(NamedTuple):
    """What a child that may come means: its definitions, the state in its start tag, that behind its end tag."""

    definitions: tuple[Element, ...]
    within: State
    after: State


class Shape(NamedTuple):
    """A start tag whose attributes have one definition each: these, and the state behind it if all values are right."""

    attributes: tuple[Attribute, ...]
    within: State


#: Each state exists once.
_states: dict[tuple[tuple[Element | None, Pattern], ...], State] = {}


class State:
    """Where one is in an element: for each definition by which it may be read, what may still come.

    Each exists once for its `parts`; what may come next is found once and remembered. `mixed`: text may stand here,
    and changes nothing.
    """

    __slots__ = (
        "_after_text",
        "_behind",
        "_blank",
        "_data",
        "_known",
        "_later",
        "matched",
        "mixed",
        "openings",
        "parts",
        "read",
        "shapes",
    )

    parts: tuple[tuple[Element | None, Pattern], ...]
    #: The definitions that are fulfilled if nothing more comes.
    matched: tuple[Element, ...]
    openings: dict[str, Opening | None]
    shapes: dict[tuple[str, ...], Shape | None]
    #: The state behind a start tag, by its attributes and by which of their definitions allow the values.
    read: dict[tuple[tuple[str, ...], tuple[tuple[bool, ...], ...]], State]
    mixed: bool
    _behind: dict[tuple[Element, ...], State]
    _after_text: State | None
    _known: dict[tuple[str, ...], list[list[Attribute]]]
    _later: dict[str, State]
    _data: bool | None
    _blank: tuple[Element, ...] | None

    @classmethod
    def of(cls, parts: Sequence[tuple[Element | None, Pattern]]) -> State:
        """The state with those of `parts` that allow anything at all."""
        key = tuple(each for each in parts if each[1] is not NOT_ALLOWED)
        found = _states.get(key)
        if found is None:
            found = _states[key] = cls()
            found.parts = key
            found.openings = {}
            found.shapes = {}
            found.read = {}
            found._known = {}
            found._behind = {}
            found._later = {}
            found._data = None
            found._blank = None
            found._after_text = None
            found.matched = tuple(by for by, pattern in key if pattern.nullable and by is not None)
            found.mixed = bool(key) and all(pattern.after_text() is pattern for _, pattern in key)
        return found

    def opening(self, name: str) -> Opening | None:
        """What an element of this name means here, or None if it may not come."""
        try:
            return self.openings[name]
        except KeyError:
            found = self.openings[name] = self._opening(name)
            return found

    def _opening(self, name: str) -> Opening | None:
        definitions = tuple(
            dict.fromkeys(each for _, pattern in self.parts for each in pattern.firsts if _may_be(each, name))
        )
        if not definitions:
            return None
        return Opening(definitions, State.of([(each, each.content) for each in definitions]), self.behind(definitions))

    def behind(self, matched: tuple[Element, ...]) -> State:
        """The state behind a child that was read by these definitions."""
        found = self._behind.get(matched)
        if found is None:
            found = self._behind[matched] = State.of(
                [(by, choice(pattern.after(each) for each in matched)) for by, pattern in self.parts]
            )
        return found

    def after_text(self) -> State:
        """The state behind text."""
        if self._after_text is None:
            self._after_text = State.of([(by, pattern.after_text()) for by, pattern in self.parts])
        return self._after_text

    @property
    def data(self) -> bool:
        """Whether a value may stand here, not just any text."""
        if self._data is None:
            self._data = any(_is_data(pattern) for _, pattern in self.parts)
        return self._data

    def later(self, name: str) -> State:
        """The state at the first place from here on where an element of this name may stand; without parts if none."""
        found = self._later.get(name)
        if found is None:
            found = self._later[name] = State.of([(by, _from(pattern, name)) for by, pattern in self.parts])
        return found

    def shape(self, names: tuple[str, ...]) -> Shape | None:
        """What a start tag with these attributes means; None if that depends on their values, or if one is wrong."""
        try:
            return self.shapes[names]
        except KeyError:
            found = self.shapes[names] = self._shape(names)
            return found

    def _shape(self, names: tuple[str, ...]) -> Shape | None:
        if len(self.parts) != 1:
            return None
        [(by, pattern)] = self.parts
        attributes = []
        for name in names:
            found = attributes_of(pattern, name)
            if len(found) != 1:
                return None
            attributes += found
            pattern = pattern.after(found[0])
        within = State.of([(by, pattern.without_attributes())])
        return Shape(tuple(attributes), within) if within.parts else None

    def alternatives(self, names: tuple[str, ...]) -> list[list[Attribute]]:
        """For each of the attributes of a start tag all its definitions."""
        found = self._known.get(names)
        if found is None:
            found = self._known[names] = [
                list(dict.fromkeys(each for _, pattern in self.parts for each in attributes_of(pattern, name)))
                for name in names
            ]
        return found

    def holds(self, text: str) -> tuple[Element, ...]:
        """The definitions that are fulfilled by an element that holds nothing but this text."""
        if not self.data:  # then it does not matter which text
            worded = self.after_text().matched
            return worded if worded == self.blank or text.strip(_SPACE) else self.blank
        # White space alone counts as nothing, or as what it is.
        blank = not text.strip(_SPACE)
        return tuple(
            by for by, each in self.parts if by is not None and ((blank and each.nullable) or each.matches(text))
        )

    @property
    def blank(self) -> tuple[Element, ...]:
        """The definitions that are fulfilled by an element that holds nothing; in mixed content, or just text."""
        if self._blank is None:
            self._blank = tuple(by for by, each in self.parts if by is not None and (each.nullable or each.matches("")))
        return self._blank


def attributes_of(pattern: Pattern, name: str) -> list[Attribute]:
    """The definitions of an attribute of this name that a pattern has."""
    return list(dict.fromkeys(each for each in pattern.attributes() if name in each.names))


def _may_be(definition: Element, name: str) -> bool:
    return name in definition.names and definition.content is not NOT_ALLOWED


class _Frame:
    """An element whose children are being read. `state` is None in one that the schema does not know."""

    __slots__ = ("after", "children", "definitions", "excused", "missed", "node", "state", "told")

    def __init__(self, node: etree._Element, state: State | None, opening: Opening | None) -> None:
        self.node = node
        self.children = iter(node)
        self.state = state
        #: By what it is read, and the state of its parent if it fits all of that.
        self.definitions = opening.definitions if opening else ()
        self.after = opening.after if opening else None
        #: That text may not stand in it is said once; that it is incomplete not at all where what is wrong may be what
        #: is missing; nor is it said that what is missing stands too late.
        self.told = False
        self.excused = False
        self.missed: frozenset[str] = frozenset()


def mistakes(root: etree._Element, schema: Schema) -> Iterator[Mistake]:
    """Each place where the tree of `root` leaves the schema, in the order of the document; linear in its size.

    After a mistake reading goes on as a person would: what may not stand is passed over; what is missing, or has a
    wrong value, is taken to be right. What stands in an element that may not stand there is read by the definition of
    that element, if the schema has only one. Raises ConfigError if the schema cannot be read after all, since that is
    done as it is needed, or nests its patterns too deep.
    """
    try:
        yield from _mistakes(root, schema)
    except RecursionError:
        raise ConfigError(f"{schema.path} cannot be used as a schema: it is nested too deep") from None


def _mistakes(root: etree._Element, schema: Schema) -> Iterator[Mistake]:
    walk = _Walk(schema)
    outside = walk.outside(root)
    frames = [outside]
    while frames:
        frame = frames[-1]
        child = next(frame.children, None)
        if child is None:
            frames.pop()
            if frame is not outside:
                walk.leave(frame, frames[-1])
        elif isinstance(name := child.tag, str):
            inner = walk.enter(child, name, frame)
            if inner is not None:
                frames.append(inner)
        elif child.tail:
            walk.text(child, child.tail, frame)
        if walk.found:
            yield from walk.found
            walk.found.clear()


class _Walk:
    """What is remembered on the way through a tree: the schema, and the mistakes not yet told."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.found: list[Mistake] = []

    def outside(self, root: etree._Element) -> _Frame:
        """What stands around the root."""
        frame = _Frame(root, State.of([(None, self.schema.start)]), None)
        frame.children = iter([root])
        return frame

    def enter(self, node: etree._Element, name: str, frame: _Frame) -> _Frame | None:
        """Read the start tag of an element of this name; all of it, if it holds no others: then the answer is None."""
        state = frame.state
        opening = (state.openings.get(name) or state.opening(name)) if state is not None else None
        if opening is None:
            opening = self._misplaced(node, frame)
        within = self._tag(node, opening.within) if opening is not None else None
        if not len(node):
            self._leaf(node, node.text, within, opening, frame)
            return None
        if not isinstance(node[0].tag, str) and next(node.iterchildren(etree.Element), None) is None:
            # Comments part its text, which is one all the same.
            text = (node.text or "") + "".join(child.tail or "" for child in node)
            self._leaf(node, text, within, opening, frame)
            return None
        inner = _Frame(node, within, opening)
        if node.text:
            self.text(None, node.text, inner)
        return inner

    def leave(self, inner: _Frame, frame: _Frame) -> None:
        """Read the end tag of an element that holds others, and the text behind it."""
        if inner.state is not None:
            self._close(inner, inner.state.matched, "incomplete", frame)
        if inner.node.tail:
            self.text(inner.node, inner.node.tail, frame)

    def text(self, behind: etree._Element | None, text: str, frame: _Frame) -> None:
        """Read text among elements, behind one of them or before the first (None)."""
        state = frame.state
        if state is None or state.mixed or not text.strip(_SPACE) or frame.children is None:
            return
        after = state.after_text()
        if after.parts:
            frame.state = after
        elif not frame.told and frame.node is not behind:
            frame.told = True
            self.found.append(Mistake("text", frame.node, state, behind=behind))

    def _leaf(
        self, node: etree._Element, text: str | None, state: State | None, opening: Opening | None, frame: _Frame
    ) -> None:
        """Read all of an element that holds no other."""
        if state is not None and opening is not None:
            matched = state.holds(text) if text and not state.mixed else state.blank
            if matched and matched == opening.definitions and frame.state is not None:
                frame.state = opening.after
            else:
                kind: Kind = "incomplete"
                if state.data:
                    kind = "content"
                elif text and text.strip(_SPACE) and not state.after_text().parts:
                    kind = "text"
                self._close(_Frame(node, state, opening), matched, kind, frame)
        tail = node.tail
        if tail and not (frame.state is not None and frame.state.mixed):
            self.text(node, tail, frame)

    def _close(self, inner: _Frame, matched: tuple[Element, ...], kind: Kind, frame: _Frame) -> None:
        """Go on in the parent behind an element that was read by `matched`."""
        if not matched:
            assert inner.state is not None  # noqa: S101 - for mypy
            if not (kind == "incomplete" and (inner.told or inner.excused)):
                self.found.append(Mistake(kind, inner.node, inner.state))
        if inner.after is not None and frame.state is not None:
            right = not matched or matched == inner.definitions
            frame.state = inner.after if right else frame.state.behind(matched)

    def _misplaced(self, node: etree._Element, frame: _Frame) -> Opening | None:
        """Tell of an element that may not stand; what it means all the same, or None if the schema does not know it."""
        name, state = str(node.tag), frame.state
        if state is not None:
            later = state.later(name)
            if later.parts:
                self.found.append(Mistake("early", node, state))
                frame.missed = frozenset(
                    name for _, pattern in state.parts for each in pattern.firsts for name in each.names.names
                )
                frame.state = later
                return later.opening(name)
            if name not in frame.missed:
                self.found.append(Mistake("element", node, state))
            frame.excused = True
        alone = self.schema.named(name)
        if alone is None or alone.content is NOT_ALLOWED:
            return None
        # Without a state behind it: the parent goes on as if it were not there.
        return Opening((alone,), State.of([(alone, alone.content)]), state or _NOWHERE)

    def _tag(self, node: etree._Element, state: State) -> State:
        """Read the attributes of a start tag, and tell what is wrong with them; the state behind it."""
        names = tuple(node.keys())
        shape = state.shapes.get(names) or state.shape(names)
        if not names and shape is not None:
            return shape.within
        values: list[str] = node.values() if len(names) < _MANY else _ALL_VALUES(node)
        if shape is not None and all(map(Attribute.allows, shape.attributes, values)):
            return shape.within
        known = state.alternatives(names)
        verdicts = tuple(
            [tuple([each.allows(value) for each in found]) for found, value in zip(known, values, strict=True)]
        )
        within = state.read.get((names, verdicts))
        if within is None:
            count = len(self.found)
            within = self._one_by_one(node, state, names, values)
            if count == len(self.found):  # nothing was wrong: the next one like it is the same
                state.read[names, verdicts] = within
        return within

    def _one_by_one(self, node: etree._Element, state: State, names: Iterable[str], values: Iterable[str]) -> State:
        """The same where it depends on the values, or where one is wrong."""
        for name, value in zip(names, values, strict=True):
            known = [(by, pattern, attributes_of(pattern, name)) for by, pattern in state.parts]
            if not any(found for *_, found in known):
                self.found.append(Mistake("attribute", node, state, name))
                continue
            right = [(by, pattern, [each for each in found if each.allows(value)]) for by, pattern, found in known]
            if not any(found for *_, found in right):
                self.found.append(Mistake("value", node, state, name))
                right = known
            state = State.of(
                [(by, choice([pattern.after(each) for each in found])) for by, pattern, found in right if found]
            )
        within = State.of([(by, pattern.without_attributes()) for by, pattern in state.parts])
        if not within.parts:
            self.found.append(Mistake("lacking", node, state))
            within = State.of([(by, _with_all_attributes(pattern)) for by, pattern in state.parts])
        return within


def _from(pattern: Pattern, name: str) -> Pattern:
    """What of a pattern is left from the first place on where an element of this name may stand."""
    match pattern:
        case Element():
            return pattern if _may_be(pattern, name) else NOT_ALLOWED
        case Choice():
            return choice([_from(each, name) for each in pattern.options])
        case Group():
            row = pattern.row()
            for place, each in enumerate(row):
                found = _from(each, name)
                if found is not NOT_ALLOWED:
                    return folded(group, [found, *row[place + 1 :]])
        case Interleave():
            row = pattern.row()
            found_in = [(place, _from(each, name)) for place, each in enumerate(row)]
            return choice(
                [
                    folded(interleave, [*row[:place], found, *row[place + 1 :]])
                    for place, found in found_in
                    if found is not NOT_ALLOWED
                ]
            )
        case OneOrMore():
            return group(_from(pattern.inner, name), choice((pattern, EMPTY)))
    return NOT_ALLOWED


def _with_all_attributes(pattern: Pattern) -> Pattern:
    """The pattern as if every attribute that must stand did."""
    for each in list(dict.fromkeys(pattern.attributes())):
        after = pattern.after(each)
        if after is not NOT_ALLOWED:
            pattern = after
    return pattern.without_attributes()


def _is_data(pattern: Pattern) -> bool:
    return any(isinstance(each, Data | Words) for each in pattern.descendants())


#: Behind what stands in an element that the schema does not know.
_NOWHERE = State.of([])
