"""The manifest: what was published, from what and by what rules. Append-only, one JSON object a line."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections import defaultdict
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Literal

from . import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Record:
    """What became of one document; digests are SHA-256 in hexadecimal, None where there is no such file.

    `rules` is the digest of the rule set, `config` that of the settings and the document's metadata. `counts` and
    `diagnostics` (by severity) are what the closing table adds up. `code` is why a document is in quarantine.
    """

    id: str
    path: str
    status: Literal["published", "quarantined"]
    source_sha256: str | None
    tei_sha256: str | None
    sidecar_sha256: str | None
    rules: str
    config: str
    counts: Mapping[str, int] = field(default_factory=dict)
    diagnostics: Mapping[str, int] = field(default_factory=dict)
    code: str | None = None

    @classmethod
    def load(cls, line: bytes) -> Record:
        """The record on one line. Raises ValueError if the line holds none."""
        values = json.loads(line)
        try:
            return cls(**{one.name: values[one.name] for one in fields(cls)})
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a record: {error}") from None

    def dump(self) -> bytes:
        """The record as one line."""
        return json.dumps(asdict(self), ensure_ascii=False).encode() + b"\n"


class Manifest:
    """The manifest of one build folder, with the journal that makes publishing safe against a kill.

    Between the moment an output gets its final name and the moment its record is written, a killed run would leave an
    output that no record knows: the next run could not tell it from one that a person edited. So the digests of what is
    about to be published are first written to `.journal`, which is removed when a run ends well.
    """

    def __init__(self, build: Path) -> None:
        self.path = build / "manifest.jsonl"
        self._journal = build / ".journal"
        self.last: dict[str, Record] = {}
        self.remarks: list[str] = []
        self._ours: dict[str, set[str]] = defaultdict(set)
        for number, line in enumerate(_mended(self.path), 1):
            try:
                self._learn(Record.load(line))
            except ValueError:
                self.remarks.append(f"{self.path}:{number}: not a record; passed over")
        for line in _mended(self._journal):
            with contextlib.suppress(ValueError):
                self._own(Record.load(line))

    def _learn(self, record: Record) -> None:
        self.last[record.id] = record
        self._own(record)

    def _own(self, record: Record) -> None:
        self._ours[record.id].update(filter(None, (record.tei_sha256, record.sidecar_sha256)))

    def made(self, id_: str, digest: str) -> bool:
        """Whether a file with this digest was ever made by a run as an output of the document `id_`."""
        return digest in self._ours.get(id_, ())

    def announce(self, records: Iterable[Record]) -> None:
        """Note what is about to be published."""
        self._append(self._journal, records)

    def append(self, records: Iterable[Record]) -> None:
        """Record what has been published; what says nothing new is left out, so that a second run adds nothing."""
        news = [record for record in records if record != self.last.get(record.id)]
        self._append(self.path, news)
        for record in news:
            self._learn(record)

    def close(self) -> None:
        """The run has ended well: what was announced is recorded."""
        self._journal.unlink(missing_ok=True)

    @staticmethod
    def _append(path: Path, records: Iterable[Record]) -> None:
        if lines := b"".join(record.dump() for record in records):
            with path.open("ab") as file:
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())


def _mended(path: Path) -> list[bytes]:
    """The lines of a file of records; a last line that a kill cut off is cut away."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    whole, _, rest = data.rpartition(b"\n")
    if rest:
        try:
            Record.load(rest)
        except ValueError:
            os.truncate(path, len(data) - len(rest))
        else:  # only its line end is missing
            with path.open("ab") as file:
                file.write(b"\n")
            return data.split(b"\n")
    return whole.split(b"\n") if whole else []


@contextlib.contextmanager
def locked(build: Path) -> Iterator[None]:
    """Hold the build folder for this run alone. Raises RunError if another run holds it.

    The lock is the system's own (flock): it ends with the process, however that ends; the file stays and means nothing.
    """
    with (build / ".lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise files.RunError(
                f"another run (process {file.read().strip() or 'unknown'}) is writing to {build}",
                hint="wait until it has ended, or name another build folder",
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
