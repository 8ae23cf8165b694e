"""Cleaning: rules look at a text and propose; this module has the engine make what they propose, pass by pass.

A rule is a function from a text to `Edit`s (and `Mark`s and `Diagnostic`s), all in the coordinates of the text that it
was given. It never returns a text. Each kind of damage has its module; which rules run, and in which order, says
`pipeline.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from teiprep.alignment import Edit, Mark, OffsetMap, apply, compose, settle
from teiprep.diagnostics import Diagnostic

Rule = Callable[[str], Iterable[Edit | Mark | Diagnostic]]


class Cleaned(NamedTuple):
    """The clean text, the edits that lead from the source to it, the marks in it, and diagnostics with source spans."""

    text: str
    edits: tuple[Edit, ...]
    marks: tuple[Mark, ...]
    diagnostics: tuple[Diagnostic, ...]


def clean(text: str, passes: Sequence[Sequence[Rule]]) -> Cleaned:
    r"""Run the `passes` over `text`; each sees the text as the one before it left it, within one the earlier rule wins.

    >>> from teiprep.clean.newlines import newlines
    >>> from teiprep.clean.markup import emphasis
    >>> clean("in *Vanity\r\nFair*", [[newlines], [emphasis]])[:3:2]
    ('in Vanity\nFair', (Mark(start=3, end=14, name='italic'),))
    """
    source = text
    edits: list[Edit] = []
    marks: list[Mark] = []
    diagnostics: list[Diagnostic] = []
    for rules in passes:
        proposals: list[list[Edit]] = []
        found: list[Diagnostic] = []
        for rule in rules:
            proposed: list[Edit] = []
            for item in rule(text):
                if isinstance(item, Edit):
                    proposed.append(item)
                elif isinstance(item, Mark):
                    marks.append(item)
                else:
                    found.append(item)
            proposals.append(proposed)
        if found:
            offsets = OffsetMap(edits)
            diagnostics += (_in_source(diagnostic, offsets) for diagnostic in found)
        step = settle(proposals, text)
        if marks and step:
            marks = _carried(marks, OffsetMap(step))
        edits = compose(source, edits, text, step)
        text = apply(text, step)
    return Cleaned(text, tuple(edits), tuple(sorted(marks)), tuple(diagnostics))


def _carried(marks: list[Mark], offsets: OffsetMap) -> list[Mark]:
    """The marks after a pass; those of which nothing is left are dropped."""
    moved = (Mark(offsets.forward(mark.start), offsets.forward(mark.end), mark.name) for mark in marks)
    return [mark for mark in moved if mark.start < mark.end]


def _in_source(diagnostic: Diagnostic, offsets: OffsetMap) -> Diagnostic:
    if diagnostic.span is None:
        return diagnostic
    start, end = diagnostic.span
    return replace(diagnostic, span=(offsets.back_start(start), offsets.back_end(end)))
