"""Finds note references and note bodies apart, then pairs them by one alignment over shape, place, order and number.

References and bodies are *candidates*: `1,200` or `2. Economic aid` may look like one. A candidate becomes a note only
when it finds its partner, or when its shape alone proves it (a superscript, a body at a page foot within a series).
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from teiprep.segment.common import split_lines

from .alignment import Pair, align
from .bodies import Body, chunk_lines, end_lists, find_bodies
from .gaps import missing, searched
from .references import Reference, find_references

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.segment.common import Line

__all__ = ["Body", "Pair", "Reference", "chunk_lines", "find_notes", "missing"]

_FOOT = 4.0  # the weight of a body whose place is plain: a sign in it is seldom a reference


def find_notes(text: str, taken: set[int], cuts: Sequence[int]) -> tuple[list[Pair], list[int]]:
    """All notes of the text, in the order of their references (a body without one: of the body).

    In `text` the furniture of the pages is masked; `taken` are the lines that are furniture, `cuts` the offsets where
    pages begin. The second value are the lines that are heads of lists of notes.
    """
    lines = split_lines(text)
    fences = _fences(lines)
    signs = [sign for sign in find_references(text) if not _within(sign, fences)]
    lists, heads = end_lists(lines, taken, [sign.start for sign in signs if sign.likely])
    listed = {n for bodies in lists for n in range(bodies[0].line, bodies[-1].line + 1)}
    calls = [(sign.start, sign.label) for sign in signs if sign.likely]
    bodies = find_bodies(lines, taken | listed | set(heads), calls)
    spans = [(b.start, b.end) for b in bodies] + [(lines[b[0].line].start, lines[b[-1].line].end) for b in lists]
    spans.sort()
    feet = sorted((b.start, lines[b.line].end) for b in bodies if b.strong or b.weight >= _FOOT)
    letters = {b.label for b in bodies}
    references = [
        r._replace(weight=r.weight - 1.0) if _within(r, feet) else r
        for r in signs
        if not _within(r, spans) and (r.label in letters or not r.label.isalpha())
    ]
    every = sorted([*bodies, *(body for each in lists for body in each)])
    return searched(align(references, every, cuts), text), heads


def _fences(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The stretches between two lines that begin with ```: code, as markdown writes it."""
    marks = [line for line in lines if line.text.startswith("```")]
    return [(first.start, last.end) for first, last in zip(marks[::2], marks[1::2], strict=False)]


def _within(reference: Reference, spans: list[tuple[int, int]]) -> bool:
    k = bisect_right(spans, (reference.start, 1 << 62)) - 1
    return k >= 0 and reference.start < spans[k][1]
