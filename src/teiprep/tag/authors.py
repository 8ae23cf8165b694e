"""The author that a byline names ("by Judith Carraway"): `docAuthor` in TEI (chapter TS, title pages)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator

_BY = regex.compile(r"(?:by|By|BY)\s+(?:the\s+)?")


def rule(pen: Annotator) -> Iterator[Annotation]:
    """What follows "by" in each byline; a byline without it is left alone."""
    for blocks in pen.document.leaves.values():
        for block in blocks:
            text = pen.document.text_of[block.flow]
            if block.type == "byline" and (match := _BY.match(text, block.start, block.end)):
                end = match.end() + len(text[match.end() : block.end].rstrip(" .,;"))
                if end > match.end():
                    yield pen.annotation("author", block.flow, match.end(), end, rule="byline")
