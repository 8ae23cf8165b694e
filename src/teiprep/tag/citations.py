"""Citations: `Ibid.` in a note points to the note before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from .common import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator

_IBID = regex.compile(r"\b(?:[Ii]bid(?:em)?|IBID)\b\.?")
#: A second work in one note stands after a semicolon, or after a full stop with a year or a page before it.
_SEVERAL = regex.compile(r";\s+\p{L}")


def rule(pen: Annotator) -> Iterator[Annotation]:
    """Every `Ibid.` as a `reference` with the note it means: the one before, or for a second citation in a note, none.

    Without a target where there is no earlier note; of medium certainty where the earlier note cites several works.
    """
    notes = [note for note in pen.document.notes if note.flow is not None]
    previous = {note.flow: earlier for earlier, note in zip([None, *notes], notes, strict=False)}
    text_of = pen.document.text_of
    for text, block in leaves(pen.document):
        if block.flow not in previous:
            continue
        for match in _IBID.finditer(text, block.start, block.end):
            earlier = previous[block.flow]
            alone = not text[block.start : match.start()].strip(' “"(')
            certain = earlier is not None and alone and not _SEVERAL.search(text_of[earlier.flow or ""])
            yield pen.annotation(
                "reference", block.flow, match.start(), match.end(), rule="ibid",
                certainty="high" if certain else "medium", type="ibid", target=earlier.id if earlier else None,
            )  # fmt: skip
