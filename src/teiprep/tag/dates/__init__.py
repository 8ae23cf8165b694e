"""Dates: a grammar of our own for the English of 1600 to today, and the year where stated evidence gives it.

General date parsers invent days for "May 1943" and see dates in "may": so we have our own. `signs` reads the words,
`grammar` finds the dates, `years` supplies what other dates and the metadata tell about those that leave something
open. Values follow TEI att.datable.w3c: `when`, or `from` and `to`, or `notBefore` and `notAfter`; a date without a
year is `--11-04`, a bare day of the month `---08`; `edtf` says what these cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.diagnostics import Diagnostic

from .grammar import find
from .values import Leaves
from .years import Evidence, contradicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator

__all__ = ["find", "rule"]


def rule(pen: Annotator) -> Iterator[Annotation | Diagnostic]:
    """Every date; one that no calendar has is tagged without a value and reported."""
    found = [
        item
        for flow in pen.document.reading_flows
        for item in find(flow.text, Leaves(flow.text, pen.document.leaves.get(flow.id, ())))
    ]
    evidence = Evidence(pen, found)
    names: dict[tuple[str, int], str] = {}
    for item in found:
        real = item.exists()
        known = evidence.supply(item) if real else item
        annotation = pen.annotation(
            "date",
            item.flow,
            item.start,
            item.end,
            rule=item.rule,
            certainty="low" if contradicts(known) else known.certainty,
            evidence=known.evidence or None,
            # A dateline at the letter's end is not named yet: then the clue stays unnamed.
            clue=names.get(known.clue) if known.clue else None,
            **(known.attributes() if real else {}),
        )
        names[item.place] = annotation.id
        yield annotation
        if not real and not item.first.english_leap():
            quote = pen.document.quote(annotation)
            message = f"no calendar has the date {quote!r}; it is tagged without a value"
            yield Diagnostic("date-impossible", "warning", message, span=pen.source_span(annotation))
