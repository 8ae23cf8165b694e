"""White space at the edges of names, dates and titles: inside where it belongs outside, or lacking before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.tei.reading import TEI
from teiprep.validate.report import Part, Remark

from .survey import shown, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from .survey import Survey

#: Elements whose text is a thing of its own. Not among them is what marks how something is written (`hi`, `add`,
#: `del`, `unclear`): there a space may be written, underlined or struck out too.
_THINGS = ("persName", "placeName", "orgName", "geogName", "name", "rs", "date", "num", "measure")
_NAMES = ("persName", "placeName", "orgName", "geogName")


def check(file: Survey) -> Iterator[Remark]:
    """Spaces inside an edge; a name that sticks to the word before it.

    A line end with its indentation is how a file was set out, and no white space of the text.
    """
    for name in _THINGS:
        for element in file.elements.get(TEI + name, ()):
            text = element.text
            if text and text[0] in " \u00a0" and not _laid_out(text) and not text.isspace():
                yield _inside(element, "begins", "before", _before(element), "text")
            last = element[-1] if len(element) else None
            end = text if last is None else last.tail
            if end and end[-1] in " \u00a0" and not _laid_out(end[::-1]) and not end.isspace():
                yield _inside(element, "ends", "behind", element.tail or "", "end")
    for name in _NAMES:
        for element in file.elements.get(TEI + name, ()):
            text = element.text
            if not text or not text[0].isupper():
                continue
            before = _before(element)
            if before and (before[-1] in ",;:!?" or (before[-1].islower() and before[-2:-1].isalpha())):
                word = before.split()[-1]
                said = f"the name {shown(_whole(element))} sticks to {shown(word)}: put a space before <{name}>"
                yield Remark(element, "space-missing", said)


def _laid_out(text: str) -> bool:
    """Whether the white space at the start of a text has a line end."""
    return "\n" in text[: len(text) - len(text.lstrip())]


def _before(element: etree._Element) -> str:
    """The text right before an element."""
    sister = element.getprevious()
    if sister is not None:
        return sister.tail or ""
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def _inside(element: etree._Element, verb: str, where: str, outside: str, part: Part) -> Remark:
    edge = outside[-1:] if where == "before" else outside[:1]
    remedy = "remove it" if edge.isspace() else f"put it {where} <{'/' if where == 'behind' else ''}{tag_of(element)}>"
    said = f"<{tag_of(element)}> {verb} with a space that is no part of {shown(_whole(element))}: {remedy}"
    return Remark(element, "space-inside", said, part)


def _whole(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()
