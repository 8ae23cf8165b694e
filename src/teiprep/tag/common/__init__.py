"""What several tagging rules share: walking the leaf blocks, ids, and the word lists of this package.

The lists are general knowledge (titles, offices, given names, verbs of speech, places); none holds a surname.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import regex

from teiprep.given_names import EITHER_NAMES, FEMALE_NAMES, GIVEN_NAMES

from .places import PLACES
from .titlecase import SMALL_WORDS, title_case
from .vocabulary import (
    ABBREVIATED_TITLES,
    BODY_NOUNS,
    FEMALE_TITLES,
    KINSHIP,
    MALE_TITLES,
    MIND_VERBS,
    NO_NAMES,
    OFFICES,
    PARTICLES,
    PEOPLE_ENDINGS,
    PEOPLES,
    RELIGIOUS_TITLES,
    ROLES,
    SPEECH_VERBS,
    SPEECH_VERBS_OF,
    SURE_TITLES,
    SURNAME_ENDINGS,
    TITLES,
    TO_PERSON_VERBS,
    WEEKDAYS,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from teiprep.document import Block, Document

__all__ = [
    "ABBREVIATED_TITLES",
    "BODY_NOUNS",
    "EITHER_NAMES",
    "FEMALE_NAMES",
    "FEMALE_TITLES",
    "GIVEN_NAMES",
    "KINSHIP",
    "MALE_TITLES",
    "MIND_VERBS",
    "NO_NAMES",
    "OFFICES",
    "PARTICLES",
    "PEOPLES",
    "PEOPLE_ENDINGS",
    "PLACES",
    "RELIGIOUS_TITLES",
    "ROLES",
    "SMALL_WORDS",
    "SPEECH_VERBS",
    "SPEECH_VERBS_OF",
    "SURE_TITLES",
    "SURNAME_ENDINGS",
    "TITLES",
    "TO_PERSON_VERBS",
    "WEEKDAYS",
    "divisions",
    "leaves",
    "slug",
    "title_case",
    "words",
]


def leaves(document: Document) -> Iterator[tuple[str, Block]]:
    """Each leaf block of each reading flow with that flow's whole text, in the order of the text."""
    for flow in document.reading_flows:
        for block in document.leaves.get(flow.id, ()):
            if block.end > block.start:
                yield flow.text, block


def divisions(block: Block | None, by_id: Mapping[str, Block]) -> Iterator[str]:
    """The ids of the divisions around `block`, the innermost first, then `""` for the document."""
    seen = 0
    while block is not None and block.parent is not None and seen < 100:
        block = by_id.get(block.parent)
        seen += 1
        if block is not None and block.type == "div":
            yield block.id
    yield ""


def slug(text: str) -> str:
    """A part of an id: lower-case ASCII letters and digits, joined by hyphens.

    >>> slug("Von Weizsäcker"), slug("O’Neill")
    ('von-weizsacker', 'oneill')
    """
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("ø", "o").replace("ß", "ss")).casefold()
    plain = regex.sub(r"['’\p{M}]", "", plain)
    return regex.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "-".join(f"u{ord(c):x}" for c in plain)
