"""What a person did to a TEI file since it was encoded: the tree that it was beside the tree that it is.

First the words are compared, stream by stream; then every element of the one tree is paired with the one that it is in
the other: by its id, by its name and its place among the words that both have, or by what is like it nearby. What is
left, or differs in a pair, is a change of the mark-up. So each change is told once, and none is told for what merely
stands behind it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from teiprep.difference import rising
from teiprep.tei.reading import XML_ID

from .locate import attribute_name, name_of
from .streams import BOUNDARY, POINTS, Alignment, Place, Stream, around, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml import etree

    from .streams import Change

#: What is changed: words, white space within a block, a note or break, another element, its attributes or the header.
Kind = Literal["words", "space", "point", "tag"]
#: Elements that are named in a message by these attributes.
_NAMED_BY = ("n", "type", "unit", "xml:id")
_LISTS = frozenset({"teiHeader", "standOff"})
#: A cut and paste: so many words that went from one place and came to another at least.
_MOVED = 3


class Edit(NamedTuple):
    """One thing that was changed, and where: a place in the file as it is now, or the one where it stood."""

    kind: Kind
    stream: Stream
    offset: int
    node: etree._Element | None
    message: str

    @property
    def place(self) -> Place:
        """The place in the file."""
        return self.stream.place(self.offset) if self.node is None else Place(self.node, "tag")


def edits(before: etree._Element, after: etree._Element) -> Iterator[Edit]:
    """Everything that is different in `after`: words, then mark-up, for each stream of text in order."""
    if said := _attributes(before, after):
        yield Edit("tag", Stream(after), 0, after, f"{_tag(after)}: {said}")
    waiting = [(before, after, False)]
    while waiting:
        one, other, is_text = waiting.pop()
        both = _Pair(Stream(one), Stream(other), is_text=is_text)
        yield from both.edits()
        waiting += [
            (node, both.pairs[node], is_text or name_of(node) == "text")
            for node in reversed(both.one.apart.keys())
            if node in both.pairs
        ]


class _Pair:
    """Two streams, and which element of the one is which of the other."""

    def __init__(self, one: Stream, other: Stream, *, is_text: bool) -> None:
        self.one, self.other = one, other
        self.is_text = is_text and name_of(other.element) not in {"sic", "orig", "abbr"}
        self.words = Alignment(one.text, other.text)
        self.pairs: dict[etree._Element, etree._Element] = {one.element: other.element}
        self.back: dict[etree._Element, etree._Element] = {other.element: one.element}
        self.spans = tuple(
            {node: (self.words.common(side, start), self.words.common(side, end)) for node, (start, end) in spans}
            for side, spans in enumerate((one.spans.items(), other.spans.items()))
        )
        self._find_pairs()

    # --- which is which ---

    def _find_pairs(self) -> None:
        def by_id(node: etree._Element, _: int) -> object:
            return node.get(XML_ID)

        def alike(node: etree._Element, side: int) -> object:
            return node.tag, self.spans[side][node], tuple(sorted(node.attrib.items()))

        def same_place(node: etree._Element, side: int) -> object:
            return node.tag, self.spans[side][node]

        def renamed(node: etree._Element, side: int) -> object:
            start, end = (self.one, self.other)[side].spans[node]
            return (self.spans[side][node], start == end) if start == end or self._has_common(node, side) else None

        def moved(node: etree._Element, _: int) -> object:
            return (node.tag, tuple(sorted(node.attrib.items()))) if self._is_point(node) else None

        def same_start(node: etree._Element, side: int) -> object:
            return (node.tag, self.spans[side][node][0]) if self._has_common(node, side) else None

        def same_end(node: etree._Element, side: int) -> object:
            return (node.tag, self.spans[side][node][1]) if self._has_common(node, side) else None

        for key in (by_id, alike, same_place, renamed, moved, same_start, same_end):
            self._match(key)

    def _match(self, key: Callable[[etree._Element, int], object]) -> None:
        """Pair what has the same key and is not paired yet, in order; None is no key."""
        waiting: dict[object, deque[etree._Element]] = defaultdict(deque)
        for node in self.one.spans:
            if node not in self.pairs and (value := key(node, 0)) is not None:
                waiting[value].append(node)
        for node in self.other.spans if waiting else ():
            if node not in self.back and (value := key(node, 1)) is not None and waiting.get(value):
                partner = waiting[value].popleft()
                self.pairs[partner] = node
                self.back[node] = partner

    def _has_common(self, node: etree._Element, side: int) -> bool:
        start, end = self.spans[side][node]
        return start < end

    def _is_point(self, node: etree._Element) -> bool:
        return name_of(node) in POINTS or node in self.one.apart or node in self.other.apart

    # --- what is different ---

    def edits(self) -> Iterator[Edit]:
        """The changes of words, of white space, of mark-up."""
        gone = [node for node in self.one.spans if node not in self.pairs and _tells(node)]
        come = [node for node in self.other.spans if node not in self.back and _tells(node)]
        yield from self._words(gone, come)
        for here, there in self.words.spaces if self.is_text else ():  # in a header it is layout
            yield self._space(here, there)
        told: set[etree._Element] = set()
        for one, other in self.pairs.items():
            if one is not self.one.element and (said := self._pair(one, other, told)):
                kind: Kind = "point" if other in told and self._is_point(other) else "tag"
                yield Edit(kind, self.other, self.other.spans[other][0], other, said)
        yield from self._gone(gone)
        yield from self._come(come)
        yield from self._order(told)

    def _words(self, gone: list[etree._Element], come: list[etree._Element]) -> Iterator[Edit]:
        taken = {
            words: change
            for change in self.words.changes
            if change.at == change.to and len(words := tuple(self.one.words(change.start, change.end))) >= _MOVED
        }
        put = {
            words
            for change in self.words.changes
            if change.start == change.end and (words := tuple(self.other.words(change.at, change.to))) in taken
        }
        new = _blocks_in(come, self.other, [(change.at, change.to) for change in self.words.changes])
        old = _blocks_in(gone, self.one, [(change.start, change.end) for change in self.words.changes])
        for number, change in enumerate(self.words.changes):
            was, now = self.one.words(change.start, change.end), self.other.words(change.at, change.to)
            where = self._where(change, whole=bool(new[number] or old[number]))
            kind: Kind = "words" if self.is_text else "tag"
            if tuple(was) in put:
                continue
            if tuple(now) in put:
                from_ = taken[tuple(now)]
                stood = around(self.one, from_.start, from_.end)
                said = f"“{quoted(now)}” was moved: it stands {where}, and stood {stood}"
            elif not was:
                said = f"{where} {_with_number(now, new[number], 'a new')} put in"
            elif not now:
                said = f"{where} {_with_number(was, old[number], 'a whole')} taken out"
            elif corrected := self._correction(change, was):
                kind, said = "tag", f"{corrected}, in a <choice>"
            else:
                if len(was) == len(now) == 1:
                    was, now = _without_same_signs(*was, *now)
                said = f"{where} {_with_number(was, [], '')} changed to “{quoted(now)}”"
            yield Edit(kind, self.other, change.at, None, said)

    def _where(self, change: Change, *, whole: bool) -> str:
        """A place in the words around it; in the header or the register, where they say little, in the element."""
        if name_of(self.other.element) not in _LISTS:
            return around(self.other, change.at, change.to)
        node, part, _ = self.other.place(change.at)
        inside = self.other.element if whole or part != "text" else node
        return f"in <{name_of(inside)}>"

    def _space(self, here: int, there: int) -> Edit:
        """What became of white space; at the edge of a block, on the side of the boundary where it is another one."""
        was, now = (
            text[at : at + 60][: len(text[at : at + 60]) - len(text[at : at + 60].lstrip())]
            for text, at in ((self.one.text, here), (self.other.text, there))
        )
        edge = " at the edge of a block" if BOUNDARY in was or not was or not now else ""
        if was.partition(BOUNDARY)[0] == now.partition(BOUNDARY)[0]:
            there += now.find(BOUNDARY) + 1
        was, now = (_white(text.replace(BOUNDARY, "")) for text in (was, now))
        said = f"{around(self.other, there)} the white space{edge} was changed: {now} instead of {was}"
        return Edit("space", self.other, there, None, said)

    def _correction(self, change: Change, was: list[str]) -> str:
        """What is said if no word was lost: a `choice` that somebody put in has what was printed; else nothing."""
        at: etree._Element | None = self.other.place(change.at).node
        while at is not None and name_of(at) != "choice":
            at = at.getparent()
        if at is None or at in self.back or at not in self.other.spans:
            return ""
        start, end = self.other.spans[at]
        before, behind = self.other.text[change.at : start], self.other.text[end : change.to]
        for each in at:
            printed = "".join(each.itertext())
            if each in self.other.apart and f"{before}{printed}{behind}".split() == was:
                return f"“{quoted(printed.split())}” is now corrected to “{quoted(self.other.words(start, end))}”"
        return ""

    def _pair(self, one: etree._Element, other: etree._Element, told: set[etree._Element]) -> str:
        """What is different in an element that both trees have."""
        parts = [f"was <{name_of(one)}> before"] if one.tag != other.tag else []
        if moved := self._moved(one, other):
            told.add(other)
            parts.append(moved)
        colon = "" if parts else ":"
        if said := _attributes(one, other):
            parts.append(said)
        if not parts:
            return ""
        words = self.other.words(*self.other.spans[other])
        return f"{_tag(other)}{f' “{quoted(words, 40)}”' if words else ''}{colon} {'; '.join(parts)}"

    def _moved(self, one: etree._Element, other: etree._Element) -> str:
        """How an element stands elsewhere, or on other words; empty if it does not."""
        here, there = self.spans[1][other], self.spans[0][one]
        if self._is_point(other):
            stands, stood = around(self.other, self.other.spans[other][0]), around(self.one, self.one.spans[one][0])
            if here != there and stands != stood:
                return f"was moved: it stands {stands}, and stood {stood}"
        elif one in self.one.blocks and other in self.other.blocks:
            # Where a block ends is told by what begins behind it.
            if here[0] != there[0]:
                return f"began with “{quoted(self.one.words(*self.one.spans[one]), 40)}” before"
        elif here != there and self._inline(one) and self._inline(other):
            return f"held “{quoted(self.one.words(*self.one.spans[one]), 40)}” before"
        around_it, around_that = one.getparent(), other.getparent()
        if around_it is None or around_that is None or around_it not in self.pairs or around_that not in self.back:
            return ""  # that something was put around it, or taken away, is told of that
        if self.pairs[around_it] is around_that or self._changed(around_it) or self._changed(self.back[around_that]):
            return ""
        return f"was moved from <{name_of(around_it)}> to <{name_of(around_that)}>"

    def _changed(self, one: etree._Element) -> bool:
        """Whether the span of an element is another one, which is told of it and not of what stands in it."""
        if one is self.one.element or not (one in self.one.blocks or self._inline(one)):
            return False
        return self.spans[0][one] != self.spans[1][self.pairs[one]]

    def _inline(self, node: etree._Element) -> bool:
        """Whether an element stands in the text of a block: not itself a block, nor around blocks."""
        stream = self.one if node in self.one.spans else self.other
        at = node.getparent()
        while at is not None and at not in stream.blocks:
            at = at.getparent() if at is not stream.element else None
        return at is not None

    def _gone(self, gone: Iterable[etree._Element]) -> Iterator[Edit]:
        begin = {self.spans[1][node][0] if node in self.spans[1] else 0 for node in self.other.blocks}
        for node in gone:
            start, end = self.one.spans[node]
            words = quoted(self.one.words(start, end), 40)
            kind: Kind = "tag"
            if self._is_point(node):
                content = Stream(node).text.split() if node in self.one.apart else []
                holding = f", which said “{quoted(content)}”" if content else ""
                said = f"{_tag(node)} was taken out{holding}; it stood {around(self.one, start)}"
                kind = "words" if content and self.is_text else "point"
            elif start < end and not self._has_common(node, 0):
                continue  # the words are told
            elif not words:
                if node.getparent() not in self.pairs:
                    continue
                said = f"{_tag(node)} was taken out; it stood {around(self.one, start)}"
            elif node in self.one.blocks and self.spans[0][node][0] not in begin:
                said = f"the {_tag(node)} that began with “{words}” was joined with what stands before it"
            else:
                said = f"{_tag(node)} was taken away from “{words}”"
            yield Edit(kind, self.other, self.words.forward(start), None, said)

    def _come(self, come: Iterable[etree._Element]) -> Iterator[Edit]:
        begin = {self.spans[0][node][0] if node in self.spans[0] else 0 for node in self.one.blocks}
        for node in come:
            start, end = self.other.spans[node]
            words = quoted(self.other.words(start, end), 40)
            kind: Kind = "tag"
            if self._is_point(node):
                content = Stream(node).text.split() if node in self.other.apart else []
                saying = f", saying “{quoted(content)}”" if content else ""
                said = f"{_tag(node)} was put in {around(self.other, start)}{saying}"
                kind = "words" if content and self.is_text else "point"
            elif start < end and not self._has_common(node, 1):
                continue
            elif not words:
                if node.getparent() not in self.back:
                    continue  # it came with what is around it
                said = f"{_tag(node)} was put in {around(self.other, start)}"
            elif node in self.other.blocks and self.spans[1][node][0] not in begin:
                said = f"a block was divided: a new {_tag(node)} begins with “{words}”"
            else:
                said = f"{_tag(node)} was put around “{words}”"
            yield Edit(kind, self.other, start, node, said)

    def _order(self, told: set[etree._Element]) -> Iterator[Edit]:
        """What stands at the same place as before, but before or behind something else that does."""
        numbers = {node: number for number, node in enumerate(self.one.spans)}
        both = [node for node in self.other.spans if node in self.back and node not in told]
        order = [numbers[self.back[node]] for node in both]
        kept = set(rising(order)) if any(a > b for a, b in pairwise(order)) else range(len(both))
        for place, node in enumerate(both):
            if place not in kept:
                said = f"{_tag(node)} was moved: it stood before or behind what is beside it"
                yield Edit(
                    "point" if self._is_point(node) else "tag", self.other, self.other.spans[node][0], node, said
                )


def _tells(node: etree._Element) -> bool:
    """Whether an element that came or went is worth a word: what a `choice` holds comes and goes with it."""
    around_it = node.getparent()
    return around_it is None or name_of(around_it) != "choice"


def _blocks_in(
    nodes: Iterable[etree._Element], stream: Stream, spans: Iterable[tuple[int, int]]
) -> list[list[etree._Element]]:
    """For each of the spans, which rise, the blocks among the elements that hold nothing but it."""
    blocks = deque(node for node in nodes if node in stream.blocks)
    found: list[list[etree._Element]] = []
    for start, end in spans:
        inside = []
        while blocks and stream.spans[blocks[0]][0] < start:
            blocks.popleft()
        while blocks and stream.spans[blocks[0]][1] <= end:
            inside.append(blocks.popleft())
        found.append(inside)
    return found


def _with_number(words: list[str], blocks: list[etree._Element], which: str) -> str:
    """Words, or the blocks that hold nothing else, and the verb that goes with their number."""
    if len(blocks) == 1:
        return f"{which} {_tag(blocks[0])}, “{quoted(words)}”, was"
    if blocks:
        return f"{len(blocks)} blocks, “{quoted(words)}”, were"
    if len(words) == 1:
        return f"the word “{quoted(words)}” was"
    return f"the words “{quoted(words)}” were" if len(words) < 9 else f"{len(words)} words, “{quoted(words)}”, were"


def _without_same_signs(was: str, now: str) -> tuple[list[str], list[str]]:
    """Both without the punctuation with which both begin or end."""
    room = min(len(was), len(now)) - 1
    low = high = 0
    while low < room and was[low] == now[low] and not was[low].isalnum():
        low += 1
    while high < room - low and was[-1 - high] == now[-1 - high] and not was[-1 - high].isalnum():
        high += 1
    return was[low : len(was) - high].split(), now[low : len(now) - high].split()


def _white(text: str) -> str:
    names = {"": "none", " ": "a space", "\n": "a line break", "\t": "a tab", "\u00a0": "a no-break space"}
    if text in names:
        return names[text]
    if set(text) == {" "}:
        return f"{len(text)} spaces"
    return "a line break and spaces" if "\n" in text and set(text) <= {"\n", " ", "\t"} else repr(text)


def _tag(node: etree._Element) -> str:
    """The start tag of an element with the attribute that tells it from others."""
    name = name_of(node)
    for key in _NAMED_BY if name in POINTS or name in {"note", "fw", "ref", "div"} else ():
        value = node.get(XML_ID if key == "xml:id" else key)
        if value is not None:
            return f'<{name} {key}="{value}">'
    return f"<{name}>"


def _attributes(one: etree._Element, other: etree._Element) -> str:
    """Which attributes are not the same, in words."""
    parts = []
    for key in sorted({*one.attrib, *other.attrib}, key=str):
        was, now, name = one.get(key), other.get(key), attribute_name(str(key))
        if was == now:
            continue
        if was is None:
            parts.append(f'{name}="{now}" was added')
        elif now is None:
            parts.append(f'{name}="{was}" was taken out')
        else:
            parts.append(f"{name} was changed from “{was}” to “{now}”")
    return "; ".join(parts)
