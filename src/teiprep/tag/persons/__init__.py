"""Persons: names found by the words around them, then found again wherever they recur, and who is who.

`names` reads capitalised runs and says which are names for a reason that stands in the text (a title, a given name,
initials, an office in apposition, a signature, a verb of speech); `identity` groups the mentions of one document and
gives the references. What is a name once is a name again: a surname that some mention establishes counts everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .identity import references
from .names import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator

__all__ = ["rule"]


def rule(pen: Annotator) -> Iterator[Annotation]:
    """Every mention of a person by name, without title and possessive, with `ref` where it is certain who is meant."""
    found = mentions(pen.document)
    for mention, ref in zip(found, references(found), strict=True):
        yield pen.annotation(
            "person", mention.flow, mention.start, mention.end, rule=mention.rule, certainty=mention.certainty, ref=ref
        )
