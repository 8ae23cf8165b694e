"""Writes the tags of sidecars with their offsets, for programs that read neither TEI nor sidecars (docs/export.md).

`reading` finds sidecars and proves their offsets; each other module is one format: a function from documents, one after
the other, and the wanted layers to bytes, piece by piece. Only one document is ever held, and the ids of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep import files
from teiprep.diagnostics import TeiprepError

from . import conll, csv_table, json_lines, web_annotation
from .reading import find, layers, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from .reading import Tagged

__all__ = ["FORMATS", "Export", "find", "layers", "read"]

FORMATS: dict[str, Callable[[Iterable[Tagged], Sequence[str]], Iterator[bytes]]] = {
    "csv": csv_table.write,
    "jsonl": json_lines.write,
    "conll": conll.write,
    "webannotation": web_annotation.write,
}


class Export:
    """One export: the sidecars in `paths` as `form`, only the tags of the layers `wanted` if there are any.

    `tags` and `failed` (documents) count while it goes on. Raises ConfigError if there is no sidecar in `paths`.
    """

    def __init__(self, paths: Iterable[Path], form: str, wanted: Iterable[str] = ()) -> None:
        self.files = find(paths)
        self.form = form
        given = frozenset(wanted)
        self.layers = tuple(layer for layer in layers() if not given or layer in given)
        self.tags = self.failed = 0

    def chunks(
        self, progress: Callable[[int, int], None], tell: Callable[[Path, TeiprepError], None]
    ) -> Iterator[bytes]:
        """The export in pieces; `progress` gets how many files of all are done, `tell` which were left out, and why."""
        return FORMATS[self.form](self._documents(progress, tell), self.layers)

    def _documents(
        self, progress: Callable[[int, int], None], tell: Callable[[Path, TeiprepError], None]
    ) -> Iterator[Tagged]:
        of: dict[str, Path] = {}  # the sidecar of each document so far
        for done, file in enumerate(self.files):
            progress(done, len(self.files))
            try:
                document = read(file)
                _no_other(document, file, of)
            except TeiprepError as error:
                self.failed += 1
                tell(file, error)
                continue
            self.tags += len(document.chosen(self.layers))
            yield document
        progress(len(self.files), len(self.files))


def _no_other(document: Tagged, file: Path, of: dict[str, Path]) -> None:
    """Refuse a second document of one id: its tags could not be told from those of the first. `of` has those so far."""
    first = of.setdefault(document.id, file)
    if first is not file:
        message = f"the document {document.id} has another sidecar, {files.printable(first.as_posix())}"
        raise TeiprepError(message, code="sidecar-mismatch", hint="export the one that you mean, or each by itself")
