"""Weighs whether a paragraph takes up the sentence in which the one before it broke off, over a foot or a column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .common import continues, unfinished
from .forms import is_caps, is_title, plain
from .letters import SALUTE
from .wrapping import full, indents

if TYPE_CHECKING:
    from teiprep.document import Certainty

    from .common import Para
    from .wrapping import Habits

#: With so many points it is joined, and so sure is that.
HIGH, MEDIUM, LOW = 5.0, 3.5, 2.5

#: Words that end no paragraph.
_OPEN = re.compile(
    r"\b(?:the|a|an|of|to|in|on|at|by|for|from|with|and|or|but|that|which|who|whom|whose|as|his|her|its|their|our|my"
    r"|this|these|those|was|were|is|are|be|been|had|has|have|would|should|could|will|may|might|not|into|than)$"
)
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]\s|\[\d+\]|§")
#: How a letter takes leave; a name or an office follows, in a paragraph of its own.
_LEAVE = re.compile(
    r"\b(?:yours?|truly|sincerely|faithfully|respectfully|cordially|servants?|etc|&c\.?|regards|wishes),$"
)
#: The first word in capitals, as printers begin a chapter.
_OPENING = re.compile(r"[“‘\"']?[A-Z]{2,}[’']?[A-Z]*,? (?:[\w’']+ )?[a-z]")
#: Words that begin a sentence oftener than they go on with a name.
_FIRST = re.compile(
    r"(?:And|But|So|Yet|Or|Nor|I|We|He|She|They|You|It|This|These|That|Those|There|Here|If|When|While|As|In|At|On|For|To"
    r"|From|With|By|What|Who|How|Why|My|His|Her|Our|Their|Your|Not|No|Now|Then|The|A|An)\b"
)
_DASHED = re.compile(r"[—–-]\s?[^\W\d_]")


def weigh(text: str, last: Para, this: Para, habit: Habits) -> float:
    """How many points there are for joining `this` to `last`, which are paragraphs of running text.

    The evidence: how the one ends and the other begins, how long they are, whether a page lies between, whether the
    last line is full, whether the first is indented, and what is usual in the document. Nothing takes up a finished
    sentence.
    """
    head, tail = text[this.start : min(this.end, this.start + 60)], text[max(last.start, last.end - 60) : last.end]
    if not unfinished(tail) or tail.endswith(":"):
        return -6
    length, following = last.end - last.start, this.end - this.start
    points = _end(tail, head, length, loose=habit.loose) + _beginning(
        head, plain(text[this.start : min(this.end, this.start + 120)]), following
    )
    if this.after_gap:
        points += 2.5 if continues(head) else 1.5
    elif _FIRST.match(head) and not _OPEN.search(tail):
        points -= 1
    if length > 60 and " " in tail:
        points += 1
    elif length < 45 and len(text[last.start : last.end].split()) < 5:
        points -= 2.5 if length < 30 else 1.5
    if _DASHED.match(head) and (tail.endswith((";", ",")) or _DASHED.match(text, last.start)):
        points -= 4  # the next of a list that has dashes for numbers
    if habit.width:
        points += 0.5 if full(text, last.parts[-1], this.parts[0], habit.width) else -0.5
        if len(this.parts) > 1:
            first, second = indents(text, this.parts[:2])
            points -= 2 * (first > second + 1)
    if length < 120:
        line = plain(text[last.start : last.end])
        points -= 5 if SALUTE.fullmatch(line) else 3 if is_title(line) or is_caps(line) else 0
    return points


def _end(tail: str, head: str, length: int, *, loose: bool) -> float:
    """What the end of the first of the two says."""
    if _LEAVE.search(tail):
        return -3
    if re.search(r"[^\W\d_][-‐¬]$", tail):
        return 4 if head[:1].islower() else 3
    if _OPEN.search(tail, max(0, len(tail) - 8)) or (tail.endswith(",") and length > 60):
        return 3
    if tail[-1].isalpha():
        return (1.5 if length < 200 else 2) - 1.5 * loose
    return 1


def _beginning(head: str, text: str, length: int) -> float:
    """What the beginning of the second says; `text` is more of it, `length` how long it is."""
    if _NUMBERED.match(head):
        return -6
    if _DASHED.match(head):
        return -1
    if continues(head):
        return 2.5
    if re.match(r"\d{1,4},?\s+[a-z]", head):
        return 0.5
    if _OPENING.match(head):
        return -2
    if length < 120 and (is_caps(text) or is_title(text)):
        return -4
    return -0.5 if length > 40 or (length > 15 and text.endswith((".", "?", "!"))) else -3


def certainty(points: float) -> Certainty | None:
    """How sure the joining is; None: they are two paragraphs.

    >>> certainty(6), certainty(2.9), certainty(0)
    ('high', 'low', None)
    """
    if points < LOW:
        return None
    return "high" if points >= HIGH else "medium" if points >= MEDIUM else "low"
