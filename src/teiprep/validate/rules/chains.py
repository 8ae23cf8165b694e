"""What is in parts is chained both ways: `next` leads to the next part, `prev` back (TEI Guidelines, SAAG)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.tei.reading import XML_ID
from teiprep.validate.report import Remark

from .survey import tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from .survey import Survey


def check(file: Survey) -> Iterator[Remark]:
    """Links that are not returned, links that are contradicted, and chains that lead back to where they began."""
    following, preceding = _links(file, "next"), _links(file, "prev")
    told: set[etree._Element] = set()
    for name, back, links, returns in (
        ("next", "prev", following, preceding),
        ("prev", "next", preceding, following),
    ):
        for element, other in links.items():
            here, there = f'<{tag_of(element)} {name}="{element.get(name)}">', f"<{tag_of(other)}>"
            identifier = element.get(XML_ID, "").strip()
            if element in told:
                continue
            if other is element:
                told.add(element)
                yield Remark(element, "chain-broken", f"{here} points to itself: it must lead to another part")
            elif not other.get(back):
                remedy = f'write {back}="#{identifier}" there' if identifier else "give it an xml:id to point to"
                said = f"{here} leads to a {there} that does not lead back with @{back}: {remedy}"
                yield Remark(element, "chain-one-way", said)
            elif returns.get(other) is not element:
                told.add(other)
                said = (
                    f'{here} leads to a {there} whose {back}="{other.get(back)}" leads elsewhere:'
                    " one of the two pointers is wrong"
                )
                yield Remark(element, "chain-broken", said)
    yield from _circles(following)


def _links(file: Survey, name: str) -> dict[etree._Element, etree._Element]:
    """Where each link leads in this file; what leads nowhere, `pointers` tells."""
    links = {}
    for element, value in file.bearing(name):
        other = file.ids.get(value.strip()[1:]) if value.strip().startswith("#") else None
        if other is not None:
            links[element] = other
    return links


def _circles(following: dict[etree._Element, etree._Element]) -> Iterator[Remark]:
    done: set[etree._Element] = set()
    for first in following:
        way: dict[etree._Element, None] = {}
        at: etree._Element | None = first
        while at is not None and at not in done and at not in way:
            way[at] = None
            at = following.get(at)
        if at is not None and at in way and following[at] is not at:
            said = f"the chain by @next from this <{tag_of(at)}> leads back to it: the last part must have no @next"
            yield Remark(at, "chain-broken", said)
        done.update(way)
