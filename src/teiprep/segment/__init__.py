"""Segmenting: deals the clean text out to flows, decides what is joined, and lays blocks, breaks and notes upon it.

Pages, then notes, then paragraphs, then what each paragraph is, then the tree. These steps only *find*; `deal` says who
gets what, `joins` makes pieces and edits of it for the one engine, `layers` freezes the flows and names everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.diagnostics import SourceError
from teiprep.document import BODY

from .common import Fixture, split_lines
from .deal import Deal, masked
from .layers import Layers, Segmented
from .notes import find_notes
from .ornaments import find_ornaments
from .pages import Pages, find_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.alignment import Edit
    from teiprep.source import Source

__all__ = ["Segmented", "segment"]


def segment(source: Source, clean: str, edits: Sequence[Edit], *, printed_pages: bool = True) -> Segmented:
    """Segment the text `clean`, which `edits` made of the source's text.

    `printed_pages` is False for a text that marks its pages itself: then a line that holds a number or a repeated head
    is text. Raises SourceError if cleaning left no text, and InvariantError if the flows would not come out the same
    from the source as from the clean text.
    """
    if not clean.strip():
        raise SourceError("the file holds no text", code="source-empty", hint="remove it, or export it again")
    lines = split_lines(clean)
    pages = find_pages(clean, lines, printed=printed_pages)
    ornaments = [
        Fixture(*lines[k].trimmed, "ornament") for k in find_ornaments(lines) if k not in pages.furniture_lines
    ]
    pages.fixtures = sorted([*pages.fixtures, *ornaments])
    pairs, heads = find_notes(masked(clean, pages.fixtures), pages.furniture_lines, [cut.at for cut in pages.cuts])
    pages.furniture_lines.update(heads)
    pages.fixtures += [Fixture(*lines[k].trimmed, "label") for k in heads]
    deal = Deal(clean, lines, pages, pairs)
    if hollow := deal.hollow:
        # A label with nothing behind it but the siglum of another note is no body.
        pairs = [pair._replace(body=None) if pair in hollow else pair for pair in pairs]
        deal = Deal(clean, lines, pages, [pair for pair in pairs if pair.reference or pair.body])
    if not deal.paras[BODY]:
        # Nothing but furniture and notes: then they are the text.
        deal = Deal(clean, lines, Pages([], [], set()), [])
    return Layers(source, clean, edits, deal).segmented()
