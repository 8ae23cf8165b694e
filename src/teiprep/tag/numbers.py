"""The number that a telegram or letter bears at the beginning of its first paragraph ("12. Hale and I …")."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from .common import divisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator

_NUMBER = regex.compile(r"(?P<n>\d{1,5}(?:-[A-Z])?)\.\s+(?=[\p{Lu}“\"‘\[(])")
_KINDS = frozenset(("telegram", "letter", "memorandum", "document"))


def rule(pen: Annotator) -> Iterator[Annotation]:
    """The number of each telegram or letter; a paragraph with a second one after it belongs to a numbered list."""
    document = pen.document
    by_id = {block.id: block for block in document.blocks}
    seen: set[str] = set()
    body = [block for block in document.leaves.get("body", ()) if block.type == "p"]
    text = document.text_of.get("body", "")
    for k, block in enumerate(body):
        division = next(divisions(block, by_id))
        if division in seen:
            continue
        seen.add(division)
        if division and by_id[division].attributes.get("type") not in _KINDS:
            continue
        match = _NUMBER.match(text, block.start, block.end)
        if match is None:
            continue
        following = _NUMBER.match(text, body[k + 1].start, body[k + 1].end) if k + 1 < len(body) else None
        listed = (
            following is not None
            and following["n"].isdigit()
            and match["n"].isdigit()
            and int(following["n"]) == int(match["n"]) + 1
        )
        if not listed:
            yield pen.annotation(
                "number",
                "body",
                match.start("n"),
                match.end("n"),
                rule="number-before-first-paragraph",
                type="telegram",
            )
