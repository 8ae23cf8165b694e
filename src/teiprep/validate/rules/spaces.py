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
_SPACES = " \u00a0"
_NAMES = frozenset({"persName", "placeName", "orgName", "geogName"})


def check(file: Survey) -> Iterator[Remark]:
    """Spaces inside an edge; a name that sticks to the word before it.

    A line end with its indentation is how a file was set out, and no white space of the text.
    """
    for name in _THINGS:
        is_name = name in _NAMES
        for element in file.elements.get(TEI + name, ()):
            text = element.text
            if text:
                if text[0] in _SPACES and not text.isspace() and not _laid_out(text):
                    yield _inside(element, "begins", "before", _before(element), "text")
                elif is_name and text[0].isupper() and (word := _stuck(_before(element))):
                    said = f"the name {shown(_whole(element))} sticks to {shown(word)}: put a space before <{name}>"
                    yield Remark(element, "space-missing", said)
            end = element[-1].tail if len(element) else text
            if end and end[-1] in _SPACES and not end.isspace() and not _laid_out(end[::-1]):
                yield _inside(element, "ends", "behind", element.tail or "", "end")


def _stuck(before: str) -> str:
    """The last word of the text before a name if it should not touch it: a comma, or a word of small letters.

    A single letter (`M` of `MacHale`, an initial) and a hyphen or apostrophe may.
    """
    if before and (before[-1] in ",;:!?" or (before[-1].islower() and before[-2:-1].isalpha())):
        return before[-60:].rsplit(maxsplit=1)[-1]
    return ""


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
