"""Where a note that a page's foot cut off goes on: at the next foot, unlabelled, before the notes of that page.

Nothing but the sentences tells such a stretch from the running text. So two readings are weighed against each other by
the seams that each makes: either the stretch belongs to the text, and the note before ends where it broke off; or it
takes up the note, and the text runs on over it. The reading whose seams fit better wins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .common import MASK, continues, ending

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from .common import Line


_CONJUNCTION = re.compile(r"(?:and|or|nor|but)\b")
#: How well two sides of a seam fit, by how the left one ends: the right one begins small, begins large, is the end.
_FIT = {
    "hanging": (2.5, 0.75, -2.5),
    "open": (2.0, 0.0, -1.0),
    "perhaps": (1.0, 0.5, 0.0),
    "closed": (-2.0, 0.5, 0.5),
}
#: By how much the second reading must be better.
_ENOUGH = 1.25
#: … where no label and no page marker follows, so that nothing shows where the page ends.
_PLAIN = 4.0
_HABIT = 4  # so many notes show whether notes end with a stop
_READ = 600  # code points at the edge of a stretch that are read
_LONG = 150  # a line of so many code points was not wrapped
_MOST_ROWS = 4  # paragraphs of one note on a second page
_FAR = 60  # paragraphs within which it is looked for where no page is marked
_MOST_LINES = 12  # … and unwrapped lines without a blank one between


def fit(left: str, right: str | None, end_open: float = -1.0) -> float:
    """How well `right` (None: nothing) goes on where `left` ends; an empty `left` says nothing.

    `end_open` is what it says if nothing follows a text that ends without a stop.
    """
    if not left:
        return 0.0
    how = ending(left)
    small, large, end = _FIT[how]
    if right is None:
        return end_open if how == "open" else end
    right = right.replace(MASK, "").lstrip()
    if how == "hanging" and left.rstrip()[-1].isalpha() and _CONJUNCTION.match(right):
        return -1.5  # `even before` | `and newspapers`
    return small if continues(right) else large


@dataclass(frozen=True, slots=True)
class Feet:
    """The text as rows of lines (chunks), and what is known of them."""

    lines: Sequence[Line]
    rows: Sequence[Sequence[int]]
    #: The notes by the first line of each.
    labelled: Mapping[int, str]
    #: Those of these lines whose notes stand in lists, which no page's foot cuts off.
    listed: Container[int]
    #: Whether a new page begins with a row.
    turned: Callable[[int], bool]
    #: The clean text, the furniture in it masked.
    text: str
    #: Where the references stand that found their bodies, in order.
    anchors: Sequence[int]

    def taken_up(self) -> dict[int, str]:
        """The lines (by index) at which a note goes on, each with the note's name.

        A stretch may begin on a new line of a row if the text is not wrapped.
        """
        rows, labelled = self.rows, self.labelled
        end_open = self._end_open()
        found: dict[int, str] = {}
        n = 0
        while n < len(rows):
            if rows[n][0] not in labelled:
                n += 1
                continue
            last = n  # the last note of this foot
            while last + 1 < len(rows) and not self.turned(last + 1) and rows[last + 1][0] in labelled:
                last += 1
            name, n = labelled[rows[last][0]], last + 1
            if rows[last][0] in self.listed:
                continue
            first = self._below(last)
            while first < len(rows):  # it may go on over several pages
                stop = first
                while stop < len(rows) and rows[stop][0] not in labelled and not (stop > first and self.turned(stop)):
                    stop += 1
                note = self._tail(first - 1)
                if stop < len(rows):
                    cut = self._best_cut(first, stop, note, end_open)
                else:
                    cut = self._in_plain_text(first, note, end_open)
                    stop = cut[0] + 1 if cut else stop
                if cut is None:
                    break
                found[cut[1]] = name
                found.update((rows[k][0], name) for k in range(cut[0] + 1, stop))
                first = stop
                if stop < len(rows) and rows[stop][0] in labelled:
                    break
        return found

    def _end_open(self) -> float:
        """What it says that a note ends without a stop: much where all others have one, little where few have."""
        ends = [ending(self._tail(k)) for k, row in enumerate(self.rows) if row[0] in self.labelled]
        if len(ends) < _HABIT:
            return -1.0
        share = ends.count("open") / len(ends)
        return -2.0 if share < 0.25 else -1.0 if share < 0.5 else -0.25

    def _below(self, last: int) -> int:
        """The first row that is not a further paragraph of the note in row `last`, on the same page."""
        first = last + 1
        while first < len(self.rows) and not self.turned(first) and self.rows[first][0] not in self.labelled:
            first += 1
            if first - last > _MOST_ROWS:
                return last + 1
        # If no page ends there, these are the text of the next one, as far as one can see.
        return first if first < len(self.rows) and self.turned(first) else last + 1

    def _tail(self, row: int) -> str:
        lines, whole = self.lines, self.rows[row]
        return self.text[max(lines[whole[0]].start, lines[whole[-1]].end - _READ) : lines[whole[-1]].end]

    def _head(self, row: int) -> str | None:
        if row >= len(self.rows):
            return None
        at = self.lines[self.rows[row][0]].start
        return self.text[at : at + 80]

    def _best_cut(self, first: int, stop: int, note: str, end_open: float) -> tuple[int, int] | None:
        """The row and the line at which the note best goes on among the rows from `first` to `stop`, a page's last."""
        if ending(note) == "closed":
            return None
        lines, rows = self.lines, self.rows
        after = stop
        while after < len(rows) and rows[after][0] in self.labelled:
            after += 1
        following = self._head(after)
        best: tuple[float, int, int] | None = None
        end = lines[rows[stop - 1][-1]].end
        for row in range(stop - 1, max(first - 1, stop - 1 - _MOST_ROWS), -1):
            whole = rows[row][-_MOST_LINES:]
            loose = max(len(lines[k].text) for k in whole) > _LONG
            for at in reversed(whole) if loose else rows[row][:1]:
                if at == rows[first][0]:
                    continue  # the first on its page takes up the running text
                above = lines[at - 1].end if at > rows[row][0] else lines[rows[row - 1][-1]].end
                gain = self._gain(note, above, (lines[at].start, end), following, end_open)
                if gain >= _ENOUGH and (best is None or gain > best[0]):
                    best = (gain, row, at)
        return best[1:] if best else None

    def _in_plain_text(self, first: int, note: str, end_open: float) -> tuple[int, int] | None:
        """The one row behind `first` that so clearly takes up the note that no mark of the page's end is needed."""
        if ending(note) not in {"hanging", "open"}:
            return None
        lines, rows = self.lines, self.rows
        found = []
        for k in range(first + 1, min(len(rows) - 1, first + _FAR)):
            span = (lines[rows[k][0]].start, lines[rows[k][-1]].end)
            if self._gain(note, lines[rows[k - 1][-1]].end, span, self._head(k + 1), end_open) >= _PLAIN:
                found.append((k, rows[k][0]))
        return found[0] if len(found) == 1 else None

    def _gain(self, note: str, above: int, this: tuple[int, int], following: str | None, end_open: float) -> float:
        """By how much the seams fit better if `this`, below the text that ends at `above`, takes up the note."""
        start, end = this
        before, head = self.text[max(0, above - 80) : above], self.text[start : start + 80]
        tail = self.text[max(start, end - 80) : end]
        as_text = fit(note, None, end_open) + fit(before, head) + fit(tail, following)
        as_note = fit(note, head) + fit(tail, None, end_open) + fit(before, following)
        if _open_bracket(note) and _closes_bracket(self.text[start : min(end, start + _READ)]):
            as_note += 2.0
        k = bisect_left(self.anchors, start)
        if k < len(self.anchors) and self.anchors[k] < end:
            as_note -= 4.0  # a reference stands in it: it is running text
        return as_note - as_text


def _open_bracket(text: str) -> bool:
    return text.rfind("(") > text.rfind(")")


def _closes_bracket(text: str) -> bool:
    """Is a bracket closed that was not opened?"""
    closing, opening = text.find(")"), text.find("(")
    return closing >= 0 and not 0 <= opening < closing
