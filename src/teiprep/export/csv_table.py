"""CSV as RFC 4180 has it: one row a tag, a header, CRLF, UTF-8 without a byte order mark."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from .rows import columns, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .reading import Tagged


def write(documents: Iterable[Tagged], layers: Sequence[str]) -> Iterator[bytes]:
    """The table, one document at a time.

    A cell is never changed, even where a spreadsheet takes it for a formula ("=1+1", "--05-04"): then the text would no
    longer be what stands at its offsets. docs/export.md says how to open it safely.
    """
    yield _lines([columns()])
    for document in documents:
        yield _lines(row(document, tag) for tag in document.chosen(layers))


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
