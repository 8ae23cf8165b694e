"""Dates: a grammar of our own for the English of 1600 to today, and the year where stated evidence gives it.

General date parsers invent days for "May 1943" and see dates in "may": so we have our own. `grammar` finds the dates,
`years` supplies what other dates and the metadata tell about those that leave something open. Values follow TEI
att.datable.w3c: `when`, or `from` and `to`; a date without a year is `--11-04`, a bare day of the month `---08`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.diagnostics import Diagnostic
from teiprep.tag.common import leaves

from .grammar import Day, find
from .years import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator

    from .grammar import Found

__all__ = ["find", "rule"]


def rule(pen: Annotator) -> Iterator[Annotation | Diagnostic]:
    """Every date; one that no calendar has is tagged without a value and reported."""
    found = [item for text, block in leaves(pen.document) for item in find(text, block)]
    evidence = Evidence(pen, found)
    names: dict[tuple[str, int], str] = {}
    for item in found:
        real = all(day is None or day.exists() for day in (item.first, item.last))
        known, attributes = evidence.supply(item, names) if real else (item, dict(item.extra))
        value = _value(known) if real else {}
        annotation = pen.annotation(
            "date",
            item.flow,
            item.start,
            item.end,
            rule=item.rule,
            certainty=known.certainty,
            **{**value, **attributes},
        )
        names[item.flow, item.start] = annotation.id
        yield annotation
        if not real and not item.first.julian_leap():
            quote = pen.document.quote(annotation)
            message = f"no calendar has the date {quote!r}; it is tagged without a value"
            yield Diagnostic("date-impossible", "warning", message, span=pen.source_span(annotation))


def _value(item: Found) -> dict[str, str]:
    """The attributes for what is known: `when`, or `from` and `to`; and `edtf` where it is written otherwise."""
    first, last = item.first, item.last
    if first == Day():
        return {}
    if last is not None:
        return {"from": first.iso(), "to": last.iso(), "edtf": f"{first.iso('XXXX')}/{last.iso('XXXX')}"}
    when, edtf = first.iso(), first.iso("XXXX")
    return {"when": when} if when == edtf else {"when": when, "edtf": edtf}
