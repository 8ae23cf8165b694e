"""Where a note that a page's foot cut off goes on: at the next foot, unlabelled, before the notes of that page.

Nothing but the sentences tells such a stretch from the running text. So two readings are weighed against each other by
the seams that each makes: either the stretch belongs to the text, and the note before ends where it broke off; or it
takes up the note, and the text runs on over it. The reading whose seams fit better wins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from .common import MASK, continues, unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .common import Line


class Anchor(NamedTuple):
    """Where a reference stands that found its body, and on which line that body begins."""

    start: int
    line: int


#: What ends no sentence: a comma, a dash, an opening sign, a word that must be followed by another.
_HANGING = re.compile(
    r"(?:[,;(\[–—&-]|\b(?:the|an?|of|to|in|on|at|by|for|from|with|and|or|nor|but|that|which|who|whom|whose|as|if|than|his"
    r"|her|its|their|our|my|your|this|these|those|was|were|is|are|be|been|had|has|have|would|should|could|will|shall|may"
    r"|might|must|not|into|upon|between|pp?\.|vols?\.|[Nn]os?\.|ch\.|ed\.))$"
)
_WEAK_STOP = re.compile(r"(?:\b[A-Z]|[a-z])\.[\"'”’)\]]*$")
#: How well two sides of a seam fit, by how the left one ends: the right one begins small, begins large, is the end.
_FIT = {
    "hanging": (2.5, 0.75, -2.5),
    "open": (2.0, 0.0, -1.5),
    "abbreviated": (1.0, 0.5, -0.25),
    "closed": (-2.0, 0.5, 0.5),
}
#: By how much the second reading must be better.
_ENOUGH = 0.75
_LONG = 150  # a line of so many code points was not wrapped
_MOST_ROWS = 4  # paragraphs of one note on a second page
_MOST_LINES = 12  # … and unwrapped lines without a blank one between


def ending(text: str) -> str:
    """How `text` ends: in the midst of a phrase, of a sentence, with what may be an abbreviation, or closed.

    >>> [ending(text) for text in ("by the", "by night", "ed. Carrow and K.", "It rained.")]
    ['hanging', 'open', 'abbreviated', 'closed']
    """
    tail = text[-60:].replace(MASK, "").rstrip()
    if _HANGING.search(tail):
        return "hanging"
    if not unfinished(tail):
        return "closed"
    return "abbreviated" if tail.endswith(".") and _WEAK_STOP.search(tail) else "open"


def fit(left: str, right: str | None) -> float:
    """How well `right` (None: nothing) goes on where `left` ends; an empty `left` says nothing."""
    if not left:
        return 0.0
    small, large, end = _FIT[ending(left)]
    if right is None:
        return end
    return small if continues(right.replace(MASK, "").lstrip()) else large


def taken_up(
    lines: Sequence[Line],
    rows: Sequence[Sequence[int]],
    labelled: Mapping[int, str],
    turned: Callable[[int], bool],
    text: str,
    anchors: Sequence[Anchor],
) -> dict[int, str]:
    """The lines (by index) at which a note goes on, each with the note's name.

    `rows` are the chunks of the text as line indexes, `labelled` the notes by their first line, `turned` says whether a
    new page begins with a row; in `text` the furniture is masked. A stretch may begin on a new line of a row if the
    text is not wrapped.
    """
    found: dict[int, str] = {}

    def span(first: int, last: int) -> str:
        return text[lines[first].start : lines[last].end]

    n = 0
    while n < len(rows):
        if rows[n][0] not in labelled:
            n += 1
            continue
        last = n  # the last note of this foot, with the paragraphs below it on its page
        while last + 1 < len(rows) and not turned(last + 1) and rows[last + 1][0] in labelled:
            last += 1
        name = labelled[rows[last][0]]
        first = last + 1
        below = first
        while below < len(rows) and not turned(below) and rows[below][0] not in labelled and below - first < _MOST_ROWS:
            below += 1
        if below > first and below < len(rows) and turned(below):
            first = below  # nothing but the note's own paragraphs stands below it
        n = last + 1
        note = span(rows[first - 1][0], rows[first - 1][-1])
        while first < len(rows):
            stop = first
            while stop < len(rows) and rows[stop][0] not in labelled and not (stop > first and turned(stop)):
                stop += 1
            after = stop
            while after < len(rows) and rows[after][0] in labelled:
                after += 1
            following = span(rows[after][0], rows[after][0]) if after < len(rows) else None
            cut = _best_cut(lines, rows, first, stop, note, following, text, anchors)
            if cut is None:
                break
            row, at = cut
            found[at] = name
            found.update((rows[k][0], name) for k in range(row + 1, stop))
            if stop < len(rows) and rows[stop][0] in labelled:
                break
            note, first = span(rows[stop - 1][0], rows[stop - 1][-1]), stop  # it may go on yet another page
    return found


def _best_cut(
    lines: Sequence[Line],
    rows: Sequence[Sequence[int]],
    first: int,
    stop: int,
    note: str,
    following: str | None,
    text: str,
    anchors: Sequence[Anchor],
) -> tuple[int, int] | None:
    """The row and the line at which the note best goes on among the rows from `first` to `stop`, the last of a page."""
    if ending(note) == "closed":
        return None
    best: tuple[float, int, int] | None = None
    end = lines[rows[stop - 1][-1]].end if stop > first else 0
    for row in range(stop - 1, max(first - 1, stop - 1 - _MOST_ROWS), -1):
        whole = rows[row][-_MOST_LINES:]
        loose = max(len(lines[k].text) for k in whole) > _LONG
        for at in reversed(whole) if loose else rows[row][:1]:
            if at == rows[first][0]:
                continue  # the first on its page takes up the running text
            above = lines[at - 1] if at > rows[row][0] else lines[rows[row - 1][-1]]
            start = lines[at].start
            before, head, tail = text[above.start : above.end], text[start : start + 80], text[max(start, end - 80) : end]
            as_text = fit(note, None) + fit(before, head) + fit(tail, following)
            as_note = fit(note, head) + fit(tail, None) + fit(before, following)
            if _unclosed(note) and _unclosed(text[start:end], closing=True):
                as_note += 2.0
            if _refers(start, end, anchors):
                as_note -= 4.0
            gain = as_note - as_text
            if gain >= _ENOUGH and (best is None or gain > best[0]):
                best = (gain, row, at)
    return best[1:] if best else None


def _unclosed(text: str, *, closing: bool = False) -> bool:
    """Is a bracket open at the end of `text` (`closing`: is one closed that was not opened)?"""
    depth = 0
    for sign in re.finditer(r"[()]", text):
        depth += 1 if sign[0] == "(" else -1
        if depth < 0:
            if closing:
                return True
            depth = 0
    return not closing and depth > 0


def _refers(start: int, end: int, anchors: Sequence[Anchor]) -> bool:
    """Does a reference stand in this stretch? Then it is running text."""
    k = bisect_left(anchors, (start, -1))
    return k < len(anchors) and anchors[k].start < end
