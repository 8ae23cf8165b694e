"""Every xml:id is unique in its file (XML: xml:id 1.0, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.tei.reading import XML_ID
from teiprep.validate.report import Remark

from .survey import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .survey import Survey


def check(file: Survey) -> Iterator[Remark]:
    """Every element whose xml:id an earlier one has."""
    elements = file.bearing(XML_ID)
    if len(file.ids) == len(elements):
        return
    for element, value in elements:
        first = file.ids[value.strip()]
        if first is not element:
            said = (
                f"the xml:id “{value.strip()}” already stands {line_of(first)}: change one of the two, and every"
                " pointer that means it"
            )
            yield Remark(element, "id-duplicate", said)
