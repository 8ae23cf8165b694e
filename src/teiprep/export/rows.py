"""A tag as a row: what the tables of csv and jsonl have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .reading import value_names

if TYPE_CHECKING:
    from .reading import Tag, Tagged

_BEFORE = ("document", "file", "layer", "id", "flow", "start", "end", "text", "block")
_BEHIND = ("certainty", "rule", "raw_start", "raw_end")


def columns() -> tuple[str, ...]:
    """The names of the columns in their order."""
    return (*_BEFORE, *value_names(), *_BEHIND)


def row(document: Tagged, tag: Tag) -> tuple[Any, ...]:
    """The cells of a tag, one for each column; None where there is no value."""
    before = (document.id, document.file, tag.layer, tag.id, tag.flow, tag.start, tag.end, tag.text, tag.block)
    return (*before, *map(tag.values.get, value_names()), tag.certainty, tag.rule or None, *tag.raw)
