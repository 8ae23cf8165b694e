"""What a quotation is, by the words beside its marks: `said`, `quote`, `soCalled`, `mentioned`, `gloss`, else `q`.

(TEI P5, chapter CO, 3.3.3.) What stands right beside the marks goes first (`named`), then who tells of it (`told`), and
last a note or brackets that name a source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cues import CITED_AFTER, CITES, SIGNED_AFTER, Cues
from .named import AND, named
from .papers import Papers
from .spots import Cue, last, spot
from .told import Told, bond

if TYPE_CHECKING:
    from teiprep.document import Annotator, Block

    from .marks import Pair
    from .speakers import Persons
    from .spots import Spot

#: How much of a note is looked at for a citation.
_FIRST_WORDS = 300
_UNSURE = Cue("q")
_FROM_A_SOURCE = Cue("quote", certainty="medium")
#: Kinds of which no source can be given.
_NO_SOURCE = frozenset(("soCalled", "mentioned", "gloss"))


class Kinds:
    """Judges the quotations of a document."""

    def __init__(self, pen: Annotator, persons: Persons, cues: Cues) -> None:
        document = pen.document
        self._text = document.text_of
        self._cues = cues
        self._italics = {
            (each.flow, each.end): each.start
            for each in document.layer("emphasis")
            if each.attributes.get("rend") == "italic"
        }
        self._told = Told(cues, persons, Papers(cues.papers, self._italics))
        #: By where they stand: the id and the flow of each note.
        self._notes: dict[tuple[str, int], tuple[str, str]] = {}
        for note in document.notes:
            if note.flow is not None and note.anchored:
                self._notes.setdefault((note.at_flow, note.at), (note.id, note.flow))

    def of(self, block: Block, pair: Pair, before: Block | None) -> Cue:
        """What the words before and behind a quotation of `block` say that it is; `before` is the block before."""
        here = spot(self._text[block.flow], block, pair, before)
        found = named(here, self._cues, self._italics) or self._told.of(here)
        note = self._source(here)
        if found is None:
            found = _FROM_A_SOURCE if note or self._cited(here, block, pair) else _UNSURE
        return found._replace(cited_in=note) if note and found.kind not in _NO_SOURCE else found

    def told_behind(self, text: str, pair: Pair, high: int) -> bool:
        """Whether the words behind `pair`, up to `high`, tell who spoke."""
        return last(pair.inner(text)) in {",", "?", "!", "—"} and self._told.tells(text, pair.end, high)

    def tie(self, text: str, one: Pair, other: Pair, kind: str) -> str:
        """How `one`, of that kind, goes on in the next of its depth.

        `linked` if they are two parts, `same` if only what they are is the same, "" if nothing.
        """
        if kind == "mentioned":
            together = AND.fullmatch(text, one.end, other.start) and other.inner(text).count(" ") < 3
            return "same" if together else ""
        return bond(text, one, other, kind, self._told)

    def _source(self, here: Spot) -> str:
        """The note that stands right behind the marks, if it cites something."""
        for at in range(here.end, min(here.high, here.end + 2) + 1):
            if found := self._notes.get((here.flow, at)):
                name, flow = found
                return name if CITES.search(self._text[flow], 0, _FIRST_WORDS) else ""
            if here.text[at : at + 1] not in {",", ".", ";", ":", ")"}:
                break
        return ""

    @staticmethod
    def _cited(here: Spot, block: Block, pair: Pair) -> bool:
        """Whether brackets right behind the marks name a source, or a dash its author."""
        behind = here.text[here.end : here.end + 3]
        if ("(" in behind or "[" in behind) and CITED_AFTER.match(here.text, here.end, block.end):
            return True
        return pair.start == block.start and SIGNED_AFTER.match(here.text, here.end, block.end) is not None
