"""What a check found, and how it is told: one line a finding, which editors and CI logs can jump from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from teiprep.diagnostics import Severity


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One remark about one file; `line` counts from 1, and is 1 for the file as a whole. Sorted as printed."""

    file: str
    line: int
    severity: Severity
    code: str
    message: str


def lines(findings: Iterable[Finding]) -> Iterator[str]:
    r"""Each finding as `file:line: severity code message`, in one line whatever the message holds.

    >>> list(lines([Finding("tei/a.xml", 7, "error", "grammar", "<p> is not\nallowed here")]))
    ['tei/a.xml:7: error grammar <p> is not allowed here']
    """
    for each in findings:
        yield " ".join(f"{each.file}:{each.line}: {each.severity} {each.code} {each.message}".split())
