"""The header says what an archive needs: title, publisher, licence, source, responsibility (TEI Guidelines, HD)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.tei.reading import TEI
from teiprep.validate.report import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from .survey import Survey

_RESPONSIBLE = ("author", "editor", "respStmt", "principal", "sponsor", "funder", "meeting")
#: Attributes that say what an element without text would.
_SAYING = ("target", "ref", "key", "facs", "corresp", "status")
_PUBLISHERS = ("publisher", "distributor", "authority")


def check(file: Survey) -> Iterator[Remark]:
    """What the header of the file (of a corpus: the one for all) lacks. What it says is not judged.

    A publication statement in prose (`p`) may say everything, so nothing is missed in one.
    """
    header = file.root.find(f"{TEI}teiHeader")
    description = header.find(f"{TEI}fileDesc") if header is not None else None
    if description is None:
        return
    title, publication, source = (
        description.find(f"{TEI}{name}") for name in ("titleStmt", "publicationStmt", "sourceDesc")
    )
    if not _any(title, "title"):
        said = "the header gives no title: write it into <titleStmt><title>"
        yield Remark(_at(title, description), "header-title", said)
    responsible = [_any(each, *_RESPONSIBLE) for each in (title, description.find(f"{TEI}editionStmt"))]
    if not any(responsible):
        said = (
            "the header names nobody who is responsible: add <author>, <editor> or <respStmt> (what was done, and by"
            " whom) to <titleStmt>"
        )
        yield Remark(_at(title, description), "header-responsibility", said)
    if publication is None or not any(_speaks(each) for each in publication.iterchildren(f"{TEI}p", f"{TEI}ab")):
        if not _any(publication, *_PUBLISHERS):
            said = "the header names no publisher: add <publisher>, <distributor> or <authority> to <publicationStmt>"
            yield Remark(_at(publication, description), "header-publisher", said)
        if not _any(publication, "availability", "licence"):
            said = (
                "the header says nothing of the licence: add <availability> to <publicationStmt>, with a <licence"
                ' target="…"> if there is one'
            )
            yield Remark(_at(publication, description), "header-licence", said)
    if not _speaks(source):
        said = (
            "the header does not say from what the text was taken: describe it in <sourceDesc>, or say there that it"
            " was made for this file"
        )
        yield Remark(_at(source, description), "header-source", said)


def _at(element: etree._Element | None, otherwise: etree._Element) -> etree._Element:
    return otherwise if element is None else element


def _any(element: etree._Element | None, *names: str) -> bool:
    return element is not None and any(_speaks(each) for each in element.iter(*(TEI + name for name in names)))


def _speaks(element: etree._Element | None) -> bool:
    """Whether there is any text in an element, or an attribute that stands for it."""
    if element is None:
        return False
    if any(text.strip() for text in element.itertext()):
        return True
    return any(each.get(name) for each in element.iter(TEI + "*") for name in _SAYING)
