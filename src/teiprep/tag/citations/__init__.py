"""Citations: `bibl` in notes with their parts, and what `Ibid.`, `op. cit.` and short titles mean.

`scan` looks where a citation may begin, `grammar` reads it (`names`, `quoted`, `tail`, `imprints`, `ranges` and
`antiquity` are its parts), `works` knows what was cited before, `reader` goes through the notes in their order and
points from a citation to an earlier one. In the running text only what fills a pair of brackets is a citation.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from teiprep.document import BODY
from teiprep.tag.common import leaves

from .reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator, Block

__all__ = ["rule"]


def rule(pen: Annotator) -> Iterator[Annotation]:
    """A `bibl` with its parts for every citation, and a `reference` for every `Ibid.` and its like.

    `target` is, of a `bibl`, the first citation of the same work; of a `reference`, the note or citation that is meant.
    """
    notes = [note for note in pen.document.notes if note.flow is not None]
    reader = Reader(pen, notes)
    of_notes: dict[str, list[Block]] = defaultdict(list)
    for _, block in leaves(pen.document):
        if block.flow == BODY:
            yield from reader.body(block)
        else:
            of_notes[block.flow].append(block)
    for note in notes:
        for block in of_notes[note.flow or ""]:
            yield from reader.note(block)
