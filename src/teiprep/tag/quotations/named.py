"""Words in marks that nobody says: held at arm's length (`soCalled`), mentioned, or there to explain (`gloss`).

(TEI P5, chapter CO, 3.3.3 and 3.3.4.) Only by what stands right beside the marks, and only a few words. Behind a cue
that may as well lead to a quotation ("the term", "that is", a bracket) the marks decide: by the convention of scholarly
print single ones hold what a word means, and double ones what somebody has written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from .cues import SO_CALLED_AFTER, Cues
from .spots import Cue

if TYPE_CHECKING:
    from collections.abc import Container

    from .spots import Spot

#: How many words may be mentioned, be held at arm's length, explain, or explain in brackets.
_MENTIONED, _SO_CALLED, _GLOSS, _BRACKETED = 3, 5, 8, 4
_WORD_BEFORE = regex.compile(r"(?r)(?P<word>\p{L}[\p{L}’'-]*)\s\(")
_OR = regex.compile(r"(?r),?\sor\s")
_STOP = frozenset(".!?")
#: What stands between words that are mentioned together.
AND = regex.compile(r",?\s(?:(?:and|or|nor|und|oder|et|ou)\s)?")


def named(spot: Spot, cues: Cues, italics: Container[tuple[str, int]]) -> Cue | None:
    """`soCalled`, `mentioned` or `gloss`, if a cue stands right beside the marks.

    `italics` are the flows and offsets where words in italics end.
    """
    size = spot.inner.count(" ") + 1
    if size > _GLOSS or not spot.closed or spot.inner[-1:] in {"!", "?"}:
        return None
    text, low, start = spot.text, max(spot.low, spot.start - 60), spot.start
    if size <= _SO_CALLED and (
        cues.so_called.match(text, low, start) or SO_CALLED_AFTER.match(text, spot.end, spot.high)
    ):
        return Cue("soCalled")
    if size <= _MENTIONED and (noun := cues.mentioned.match(text, low, start)):
        return Cue("mentioned") if _mentioned(spot, noun) else None
    inner = spot.inner.rstrip(".,;:")
    if not inner[:1].islower() or not _STOP.isdisjoint(inner):
        return None
    if (gloss := cues.glossed.match(text, low, start)) and (spot.single or gloss["that"] is None):
        return Cue("gloss")
    if not spot.single:
        return None
    either = _OR.match(text, low, start)
    if (either and (spot.flow, either.start()) in italics) or (size <= _BRACKETED and _bracketed(spot, cues)):
        return Cue("gloss", certainty="medium")
    return None


def _mentioned(spot: Spot, noun: regex.Match[str]) -> bool:
    """Whether what stands behind a noun that names words is no speech, no letter, and no quotation."""
    if "letter" in noun[0]:
        return len(spot.inner) <= 2
    if "words" in noun[0] and spot.inner[:1].isupper() and " " in spot.inner:
        return False  # "the words “Let him go” were heard"
    return spot.single or noun["term"] is None


def _bracketed(spot: Spot, cues: Cues) -> bool:
    """Whether the quotation is all that stands in brackets right behind a word that tells of no speech or paper."""
    if spot.text[spot.end : spot.end + 1] != ")" or spot.inner[-1:] in _STOP:
        return False
    before = _WORD_BEFORE.match(spot.text, max(spot.low, spot.start - 40), spot.start)
    return before is not None and before["word"] not in cues.verbs and before["word"] not in cues.papers
