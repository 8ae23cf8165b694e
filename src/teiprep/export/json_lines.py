"""JSON Lines: one object a tag, with the keys of the CSV's columns; a key without a value is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from .rows import columns, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .reading import Tagged


def write(documents: Iterable[Tagged], layers: Sequence[str]) -> Iterator[bytes]:
    """The lines, one document at a time."""
    names = columns()
    for document in documents:
        rows = (zip(names, row(document, tag), strict=True) for tag in document.chosen(layers))
        records = ({name: cell for name, cell in cells if cell is not None} for cells in rows)
        yield b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records)
