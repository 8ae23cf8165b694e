"""The texts of a TEI tree as they read on, where the elements stand in them, and what two such texts have in common.

A note, a running head and what `choice` says was printed stand apart: each is a stream of its own, and in the text
around it a point. So a note that was moved is a point that was moved, and no text.
"""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left, bisect_right
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiprep.difference import matching
from teiprep.tei.reading import EITHER, TEXTS, is_leaf, name_in_tei

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .report import Part

#: Between the texts of two blocks. No XML holds it, and Python takes it for white space.
BOUNDARY = "\x1e"
#: Elements that hold nothing and stand at a point; nobody reads on across the others that are no text of a block.
POINTS = frozenset({"pb", "cb", "lb", "gb", "anchor", "milestone"})
_PARTS = frozenset({"teiHeader", "standOff", "text"})
_PRINTED = frozenset({"sic", "orig", "abbr"})
_NO_TEXT = frozenset({"list", "table", "row", "lg", "choice", "div", "listPerson", "listAnnotation"})
_WORD = re.compile(r"\S+")


def stands_apart(node: etree._Element, name: str) -> bool:
    """Whether what an element holds is no part of the text around it."""
    if name == "note":
        return node.get("place") != "inline"
    if name == "ref":
        return node.get("type") == "noteAnchor" and node.get("target") is None
    if name in _PRINTED:
        around = node.getparent()
        return around is not None and name_in_tei(around) == "choice"
    return name == "fw" or name in _PARTS


class Place(NamedTuple):
    """A character of a file: number `offset` of the text in `part` of an element, comments left out."""

    node: etree._Element
    part: Part
    offset: int = 0


class Stream:
    """The text of an element, in which each element below it has a span, and some stand apart.

    White space between elements is no text where nothing but elements may stand, so that the layout of a file does not
    matter. `blocks` are the elements that hold text and stand among such, or are the whole.
    """

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.spans: dict[etree._Element, tuple[int, int]] = {}
        #: In order; a dictionary, because one asks it often.
        self.apart: dict[etree._Element, None] = {}
        self.blocks: set[etree._Element] = set()
        self._parts: list[str] = []
        self._length = 0
        self._parted = False
        #: Where each stretch of text begins, and the place of its first character in the file.
        self._starts: list[int] = []
        self._places: list[Place] = []
        self._read()
        self.text = "".join(self._parts)

    def _read(self) -> None:
        holds: list[bool] = []  # for each open element whether it holds text
        parts: list[bool] = []  # and whether those in it are blocks
        at = Place(self.element, "text")

        def add(text: str | None) -> None:
            nonlocal at
            if not text:
                return
            if holds[-1] or text.strip(" \t\r\n"):
                self._part()
                self._starts.append(self._length)
                self._places.append(at)
                self._parts.append(text)
                self._length += len(text)
            at = at._replace(offset=at.offset + len(text))

        walk = etree.iterwalk(self.element, ("start", "end", "comment", "pi"))
        for event, node in walk:
            if event in {"comment", "pi"}:
                add(node.tail)
                continue
            name = name_in_tei(node)
            aside = node is not self.element and stands_apart(node, name)
            is_block = bool(parts) and parts[-1] and not aside and name not in POINTS
            if event == "start":
                text_in_it = _holds_text(node, name, inside=bool(holds) and holds[-1], top=node is self.element)
                if text_in_it and (is_block or node is self.element):
                    self.blocks.add(node)
                if is_block:
                    self._parted = True
                    if text_in_it:
                        self._part()
                if node is not self.element:
                    self.spans[node] = self._length, self._length
                if aside:
                    self.apart[node] = None
                    walk.skip_subtree()
                holds.append(text_in_it)
                parts.append(not text_in_it and name != "choice")
                at = Place(node, "text")
                if not aside:
                    add(node.text)
            else:
                holds.pop()
                parts.pop()
                if node is self.element:
                    break
                is_block = parts[-1] and not aside and name not in POINTS
                self._parted |= is_block
                self.spans[node] = self.spans[node][0], self._length
                at = Place(node, "tail")
                add(node.tail)

    def _part(self) -> None:
        if self._parted and self._length:
            self._parts.append(BOUNDARY)
            self._length += 1
        self._parted = False

    def place(self, offset: int) -> Place:
        """Where the character at an offset stands in the file; of a boundary, the end of what is before it."""
        k = bisect_right(self._starts, offset) - 1
        if k < 0:
            return Place(self.element, "text" if self.text else "tag")
        within = min(offset - self._starts[k], len(self.text) - self._starts[k])
        return self._places[k]._replace(offset=self._places[k].offset + within)

    def offset(self, place: Place) -> int:
        """Where a place of an element of this stream stands in the text."""
        start, end = self.spans.get(place.node, (0, len(self.text)))
        if place.part in {"tag", "text"}:
            return min(start + place.offset, end)
        return min(end + place.offset, len(self.text)) if place.part == "tail" else max(start, end - 1)

    def words(self, start: int, end: int) -> list[str]:
        """The words of a span."""
        return self.text[start:end].split()


def _holds_text(node: etree._Element, name: str, *, inside: bool, top: bool) -> bool:
    if name in TEXTS:
        return True
    if name in EITHER:
        return is_leaf(node, name)
    if name in _NO_TEXT or name in _PARTS:
        return False
    if inside or len(node) == 0 or (top and name != "TEI"):
        return True
    return any(text and text.strip() for text in chain((node.text,), (child.tail for child in node)))


class Change(NamedTuple):
    """`one[start:end]`, some words, stands where `other[at:to]` stands in the other text; one may be empty."""

    start: int
    end: int
    at: int
    to: int


class Alignment:
    """What two texts have in common, word for word.

    `blocks` are (i, j, n) in characters; `changes` lie between them, in whole words; `spaces` are offsets in both texts
    where the words around are the same and the white space between is not.
    """

    def __init__(self, one: str, other: str) -> None:
        self.blocks: list[tuple[int, int, int]] = []
        self.changes: list[Change] = []
        self.spaces: list[tuple[int, int]] = []
        if one == other:
            self.blocks.append((0, 0, len(one)))
        else:
            self._align(one, other)
        #: How many characters are common before each block.
        self._common = [0, *accumulate(n for _, _, n in self.blocks)]
        self._starts = tuple([block[side] for block in self.blocks] for side in (0, 1))

    def _align(self, one: str, other: str) -> None:
        here, there = ([match.span() for match in _WORD.finditer(text)] for text in (one, other))
        same = matching([one[a:b] for a, b in here], [other[a:b] for a, b in there])
        # White space before the first word and behind the last is compared as well.
        ends = (0, 0), (len(here), len(there))
        here, there = ([(0, 0), *spans, (len(text),) * 2] for spans, text in ((here, one), (there, other)))
        whole = [(0, 0, 1), *((i + 1, j + 1, n) for i, j, n in same), (ends[1][0] + 1, ends[1][1] + 1, 1)]
        for (i, j, n), (k, m, _) in pairwise([*whole, (len(here), len(there), 0)]):
            for step in range(n):
                (a, b), (c, d) = here[i + step], there[j + step]
                self._same(a, c, b - a)
                if (
                    i + step + 1 < len(here)
                    and j + step + 1 < len(there)
                    and (step + 1 < n or (i + n, j + n) == (k, m))
                ):
                    gaps = one[b : here[i + step + 1][0]], other[d : there[j + step + 1][0]]
                    if gaps[0] == gaps[1]:
                        self._same(b, d, len(gaps[0]))
                    elif gaps[0].count(BOUNDARY) == gaps[1].count(BOUNDARY):
                        self.spaces.append((b, d))
            if (i + n, j + n) != (k, m) and k < len(here):
                old, new = here[i + n : k], there[j + n : m]
                # A place between two words is where the one before it ends.
                start, end = (old[0][0], old[-1][1]) if old else (here[i + n - 1][1],) * 2
                at, to = (new[0][0], new[-1][1]) if new else (there[j + n - 1][1],) * 2
                self.changes.append(Change(start, end, at, to))

    def _same(self, i: int, j: int, n: int) -> None:
        before = self.blocks[-1] if self.blocks else (-1, -1, 0)
        if (before[0] + before[2], before[1] + before[2]) == (i, j):
            self.blocks[-1] = (before[0], before[1], before[2] + n)
        elif n:
            self.blocks.append((i, j, n))

    def common(self, side: int, offset: int) -> int:
        """How many common characters stand before an offset of one (0) or the other text (1)."""
        k = bisect_right(self._starts[side], offset) - 1
        return 0 if k < 0 else self._common[k] + min(offset - self.blocks[k][side], self.blocks[k][2])

    def forward(self, offset: int) -> int:
        """The offset in the other text where something stood in the one: behind what is common before it."""
        k = max(bisect_left(self._common, self.common(0, offset)) - 1, 0)
        if k >= len(self.blocks):
            return 0
        return self.blocks[k][1] + self.common(0, offset) - self._common[k]

    def back(self, offset: int) -> int:
        """The offset in the one text of what stands at an offset of the other, or of what stood there instead."""
        k = bisect_right(self._starts[1], offset) - 1
        if k < 0:
            return 0
        i, j, n = self.blocks[k]
        return i + min(offset - j, n)


def streams(root: etree._Element) -> Iterator[Stream]:
    """The stream of an element and those of everything that stands apart in it."""
    waiting = [root]
    while waiting:
        stream = Stream(waiting.pop())
        yield stream
        waiting += reversed(stream.apart.keys())


def around(stream: Stream, start: int, end: int | None = None) -> str:
    """A place in words: what stands before a span (of no length, if there is no `end`) in its block, else behind it.

    Where it is a whole block, what stands in the block before, or the one behind.
    """
    end = start if end is None else end
    before, behind = stream.text[max(0, start - 60) : start], stream.text[end : end + 60]
    for words, name in (
        (before.rpartition(BOUNDARY)[2].split()[-3:], "after"),
        (behind.partition(BOUNDARY)[0].split()[:3], "before"),
        (before.split()[-3:], "after"),
        (behind.split()[:3], "before"),
    ):
        if words:
            return f"{name} “{quoted(words)}”"
    return f"inside <{name_in_tei(stream.element)}>"


def quoted(words: Iterable[str], width: int = 60) -> str:
    """Words as they stand between curly quotation marks: their own become single ones; too many are cut.

    >>> quoted(["called", "it", "“a", "folly”"])
    'called it ‘a folly’'
    """
    said = " ".join(words).replace("“", "‘").replace("”", "’")
    if len(said) <= width:
        return said
    cut = textwrap.shorten(said, width, placeholder=" …")
    return cut if cut.strip() != "…" else f"{said[:width]}…"
