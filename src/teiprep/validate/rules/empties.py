"""Elements that hold text in every use, and here hold none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.tei.reading import TEI
from teiprep.validate.report import Remark

from .survey import nearest, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .survey import Survey

_HEADER = (f"{TEI}teiHeader",)
#: Not among them: what TEI itself leaves empty (`pb`, `anchor`, `gap`), and what editions leave empty with reason, such
#: as `cell`, `date` with its value in @when, `l` and `seg` for what is lost.
_WITH_TEXT = (
    "p", "head", "persName", "placeName", "orgName", "geogName", "name", "rs", "title", "note", "q", "quote", "said",
    "soCalled", "mentioned", "gloss", "hi", "emph", "foreign", "term", "item", "signed", "salute", "dateline", "byline",
    "trailer", "num", "author", "editor", "corr", "reg", "expan",
)  # fmt: skip
#: With one of these an element has its content elsewhere, or says why it has none.
_ELSEWHERE = frozenset((
    "ref", "key", "target", "corresp", "sameAs", "copyOf", "nymRef", "facs", "next", "prev", "url", "source", "rend",
    "rendition", "style", "part", "value", "quantity",
))  # fmt: skip


def check(file: Survey) -> Iterator[Remark]:
    """Elements without text and without children, except in the header, where an empty one may wait for a person."""
    for name in _WITH_TEXT:
        for element in file.elements.get(TEI + name, ()):
            text = element.text
            if (text and not text.isspace()) or len(element) or not _ELSEWHERE.isdisjoint(element.keys()):
                continue
            if nearest(element, _HEADER) is not None:
                continue
            tag = tag_of(element)
            said = f"<{tag}> is empty: remove it, or bring the text that belongs in it (<gap/> says that it is lost)"
            yield Remark(element, "element-empty", said)
