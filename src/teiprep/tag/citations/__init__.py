"""Citations: `bibl` in notes with their parts, and what `Ibid.`, `op. cit.` and short titles mean.

`scan` looks where a citation may begin, `grammar` reads it (`names`, `quoted`, `tail`, `imprints`, `ranges` and
`antiquity` are its parts), `works` knows what was cited before, `reader` goes through the notes in their order and
points from a citation to an earlier one. In the running text only what fills a pair of brackets is a citation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.document import BODY

from .reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator

__all__ = ["rule"]


def rule(pen: Annotator) -> Iterator[Annotation]:
    """A `bibl` with its parts for every citation, and a `reference` for every `Ibid.` and its like.

    `target` is, of a `bibl`, the first citation of the same work; of a `reference`, the note or citation that is meant.
    """
    notes = [note for note in pen.document.notes if note.flow is not None]
    reader = Reader(pen, notes)
    leaves = pen.document.leaves
    yield from reader.body(leaves.get(BODY, ()))
    for note in notes:
        for block in leaves.get(note.flow or "", ()):
            if block.end > block.start:
                yield from reader.note(block)
