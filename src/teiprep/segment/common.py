"""What the steps of segmenting share: lines, chunks, small questions about text. All offsets are of the clean text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from teiprep.numerals import roman_value

if TYPE_CHECKING:
    from teiprep.document import Certainty

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
SYMBOLS = "*†‡§‖¶"
#: Stands for each character of the furniture while the rest of the text is judged; XML and clean text never have it.
MASK = "\x01"

#: What may stand between the end of a sentence and the white space after it: closing signs, then a note's reference.
_CLOSING = "\"'”’»)]*"
_RAISED = SUPERSCRIPTS + SYMBOLS
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Messrs|Dr|St|No|Nos|vol|vols|p|pp|ed|eds|cf|viz|Hon|Gen|Col|Capt|Lt|Sen|Gov|Prof|Rev))\.$"
)
#: A small letter, perhaps behind an opening sign; the letter of an enumeration.
_SMALL = re.compile(r"[“‘\"'(\[—–-]{0,3}[a-zà-öø-ÿ]")
_LETTERED = re.compile(r"\(?[a-z][.)]\s")


#: What ends no sentence: a comma, a dash, an opening sign, a word that must be followed by another.
_HANGING = re.compile(
    r"(?:[,;(\[–—&-]|\b(?:the|an?|of|to|in|on|at|by|for|from|with|and|or|nor|but|that|which|who|whom|whose|as|if|than|his"
    r"|her|its|their|our|my|your|this|these|those|was|were|is|are|be|been|had|has|have|would|should|could|will|shall|may"
    r"|might|must|not|into|upon|between|before|after|until|when|where|while|because|though|pp?\.|vols?\.|[Nn]os?\.|ch\.|ed\.))$"
)
_WEAK_STOP = re.compile(r"[.)\]][\"'”’)\]]*$")


class Line(NamedTuple):
    """One line of the clean text, without its end (a line feed or a form feed)."""

    start: int
    end: int
    text: str
    #: A form feed stands before it.
    feed: bool = False

    @property
    def blank(self) -> bool:
        """True if nothing but white space stands on the line."""
        return not self.text or self.text.isspace()

    @property
    def trimmed(self) -> tuple[int, int]:
        """The span of the line's text without white space around it."""
        start = self.start + len(self.text) - len(self.text.lstrip())
        return start, max(start, self.start + len(self.text.rstrip()))


@dataclass(slots=True)
class Chunk:
    """Lines that follow each other without a blank one, as trimmed spans; what paragraphs and notes are made of."""

    spans: list[tuple[int, int]]
    #: Something of the page stands before it (a foot, a marker): a sentence may run on over it.
    after_gap: bool = False
    #: A list of notes ends right above: what begins here is another document.
    anew: bool = False

    @property
    def start(self) -> int:
        """Where the first line's text begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the last line's text ends."""
        return self.spans[-1][1]


#: How two parts of a paragraph meet: with a space, without (a hyphen at the line's end, dropped or kept), or as lines.
Joint = Literal["space", "hyphen", "tight", "line"]


@dataclass(slots=True)
class Para:
    """A paragraph to be: its parts as spans of the clean text (trimmed), and how each is joined to the one before."""

    parts: list[tuple[int, int]]
    joints: list[Joint] = field(default_factory=list)
    type: str = "p"
    attributes: dict[str, str] = field(default_factory=dict)
    #: Spans of mark-up at the beginning that go (`## `, `- `, `> `).
    marks: list[tuple[int, int]] = field(default_factory=list)
    #: Something else stands before it (a foot, a page marker): a sentence may run on over it.
    after_gap: bool = False
    #: A list of notes ends right above: what begins here is another document.
    anew: bool = False
    rank: int = 0
    rule: str = "paragraph"
    #: How sure its type is.
    certainty: Certainty = "high"
    #: By the index of the joint: where a paragraph resumes, how sure that is (if not high).
    doubts: dict[int, Certainty] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Where the last part ends."""
        return self.parts[-1][1]

    @property
    def sureness(self) -> Certainty:
        """How sure both its type is and that all its parts belong together."""
        if not self.doubts:
            return self.certainty
        return max([self.certainty, *self.doubts.values()], key=("high", "medium", "low").index)


class Fixture(NamedTuple):
    """A stretch of furniture in the clean text: what it is, and where on the page it stands."""

    start: int
    end: int
    type: Literal["header", "footer", "pageNum", "marker", "siglum", "label", "ornament"]
    place: Literal["top", "bottom"] | None = None


def split_lines(text: str) -> list[Line]:
    r"""The lines of `text`, cut at line feeds and form feeds.

    >>> [line.text for line in split_lines("a\n\fb")]
    ['a', '', 'b']
    """
    lines = []
    at = 0
    for stretch in text.split("\n"):
        feed = False
        for line in stretch.split("\f"):
            lines.append(Line(at, at + len(line), line, feed))
            at, feed = at + len(line) + 1, True
    return lines


def unfinished(text: str) -> bool:
    """True if `text` stops in mid-sentence, as far as its last signs tell.

    >>> unfinished("this policy toward"), unfinished("It was late.¹"), unfinished("as Mr.")
    (True, False, True)
    """
    tail = text[-40:].replace(MASK, "").rstrip()
    if not tail:
        return False
    if tail[-1].isalpha():
        return True
    if tail[-1] == "." and _ABBREVIATED.search(tail, max(0, len(tail) - 9)):
        return True
    ended = tail.rstrip(_RAISED).rstrip(_CLOSING).endswith((".", "!", "?", "…"))
    return not ended and not tail.rstrip('”’"').endswith(":")


def continues(text: str) -> bool:
    """True if `text` begins in mid-sentence: with a small letter, perhaps behind an opening sign.

    >>> continues("whose portrait"), continues("“and then"), continues("The house")
    (True, True, False)
    """
    return bool(_SMALL.match(text)) and not _LETTERED.match(text)


def roman(text: str) -> int:
    """The value of a roman number, 0 if it is none.

    >>> roman("xiv"), roman("civil")
    (14, 0)
    """
    if not re.fullmatch(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", text.lower()):
        return 0
    return roman_value(text)


def ending(text: str) -> str:
    """How `text` ends: in the midst of a phrase or a sentence, with a bracket or a doubtful stop, or closed.

    >>> [ending(text) for text in ("by the", "by night", "ed. Carrow and K.", "(Grey, p. 3)", "It rained.")]
    ['hanging', 'open', 'perhaps', 'perhaps', 'closed']
    """
    tail = text[-60:].replace(MASK, "").rstrip()
    if _HANGING.search(tail, max(0, len(tail) - 12)):
        return "hanging"
    if not unfinished(tail):
        return "closed"
    return "perhaps" if _WEAK_STOP.search(tail) else "open"
