"""CoNLL in the form of CoNLL-U Plus: one token a line, its offsets, and for each layer a column of B, I, O (IOB2).

Tokens can be put together again: between two of them there is nothing but white space.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

import regex

from teiprep.document import FURNITURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .reading import Tag, Tagged

#: A word or number, with what combines with its letters; else one sign.
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+|\S")


def write(documents: Iterable[Tagged], layers: Sequence[str]) -> Iterator[bytes]:
    """All reading flows of all documents, one flow at a time; tagged or not."""
    yield f"# global.columns = {' '.join(('FORM', 'START', 'END', *(layer.upper() for layer in layers)))}\n".encode()
    for document in documents:
        head = f"# newdoc id = {document.id}\n"
        tags: dict[str, list[Tag]] = defaultdict(list)
        for tag in document.tags:
            tags[tag.flow].append(tag)
        for flow, text in document.texts.items():
            if flow != FURNITURE and text.strip():
                lines = _lines(text, document.sentences[flow], tags[flow], layers)
                yield "".join([head, f"# flow = {flow}\n", *lines, "\n"]).encode()
                head = ""


def _lines(text: str, sentences: Sequence[Sequence[int]], tags: Sequence[Tag], layers: Sequence[str]) -> Iterator[str]:
    """The lines of one flow, whose tags these are; an empty one between two sentences."""
    edges = sorted({edge for sentence in sentences for edge in sentence})
    tokens = list(_tokens(text, {*edges, *(tag.start for tag in tags), *(tag.end for tag in tags)}))
    starts = [start for _, start, _ in tokens]
    signs: dict[int, list[str]] = {}
    for column, layer in enumerate(layers):
        for low, high in _outermost(tag for tag in tags if tag.layer == layer):
            sign = f"B-{layer}"
            for k in range(bisect_left(starts, low), bisect_left(starts, high)):
                signs.setdefault(k, ["O"] * len(layers))[column] = sign
                sign = f"I-{layer}"
    untagged = ["O"] * len(layers)
    before = None
    for k, (form, start, end) in enumerate(tokens):
        sentence = bisect_right(edges, start)
        if before not in {None, sentence}:
            yield "\n"
        before = sentence
        yield "\t".join((form, str(start), str(end), *signs.get(k, untagged))) + "\n"


def _outermost(tags: Iterable[Tag]) -> Iterator[tuple[int, int]]:
    """The spans of one layer: of tags within one another the outermost, of tags that cross the first."""
    until = 0
    for start, negative in sorted((tag.start, -tag.end) for tag in tags if tag.text.strip()):
        if start >= until:
            until = -negative
            yield start, until


def _tokens(text: str, cuts: Iterable[int]) -> Iterator[tuple[str, int, int]]:
    """Tokens with their spans; a tag or sentence that begins or ends within a word cuts it.

    >>> list(_tokens("4 May 1843saying", [2, 10]))
    [('4', 0, 1), ('May', 2, 5), ('1843', 6, 10), ('saying', 10, 16)]
    """
    edges = sorted(cuts)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        for cut in edges[bisect_right(edges, start) : bisect_left(edges, end)]:
            yield text[start:cut], start, cut
            start = cut
        yield text[start:end], start, end
