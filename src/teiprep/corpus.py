"""Many documents: which of them need work, the processes that do it, and publishing what they made.

A run plans, encodes and publishes. *Planning* compares every document with its last record in the manifest and deals
those that need work into shards. *Encoding* a shard is `work`, a plain function that runs in one of the processes of a
`Crew`, and leaves the outputs under temporary names. *Publishing* is the business of the one process that holds the
lock: it gives the outputs their names in the order of the documents, and records them. So neither the number of workers
nor Prefect can change a byte.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from . import __version__, files, pipeline
from .config import Config, load_metadata
from .diagnostics import InvariantError, SourceError, TeiprepError
from .document import Metadatum
from .manifest import Manifest, Record, locked
from .read.text import read_source
from .sidecar import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from types import TracebackType

    from .document import Document
    from .files import Input

# A shard is two seconds of work or so: long enough for what handing it over costs, short enough to show progress.
SHARD_BYTES = 1_000_000
SHARD_DOCUMENTS = 100
# Forking a process that has threads (Prefect's, or ours) can leave it hanging.
START = "spawn"
# The seconds that a document may take, and more for each of its bytes: many times what the slowest texts need.
LIMIT, LIMIT_PER_BYTE = 300.0, 120e-6
# So many errors and warnings of published documents are told one by one.
MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Job:
    """A document that needs work, with what its header is told and the digest of its settings and metadata."""

    input: Input
    metadata: Mapping[str, Metadatum]
    config: str


@dataclass(frozen=True, slots=True)
class Shard:
    """Some documents, and all that a process of its own must know to encode them."""

    build: Path
    config: Config
    rules: str
    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its record, and its quarantine entry if that is where it goes."""

    record: Record
    entry: Mapping[str, Any] | None = None

    @property
    def message(self) -> str:
        """Why the document is in quarantine, with a hint; empty if it is not."""
        return "" if self.entry is None else str(TeiprepError(self.entry["message"], hint=self.entry["hint"]))


class Message(NamedTuple):
    """Something to tell of a document: `path` is that under the raw folder, `line` counts from 1 if it is known.

    `more` is the file that says more: the quarantine entry, or the TEI.
    """

    more: Path
    path: str
    line: int | None
    severity: str
    code: str
    text: str


@dataclass(slots=True)
class Summary:
    """What a run did. The documents `published`, `unchanged`, `left` and in `quarantine` make up the `inputs`.

    `left` documents have outputs that a person changed (`edited`); they were left alone. `counts` and `diagnostics`
    (by severity) add up all documents that stand published; `told` are the first of these diagnostics, errors before
    warnings. `first` is the TEI file to look at first.
    """

    inputs: int = 0
    published: int = 0
    unchanged: int = 0
    left: int = 0
    edited: list[Path] = field(default_factory=list)
    quarantine: list[Message] = field(default_factory=list)
    told: list[Message] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    diagnostics: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    first: Path | None = None
    remarks: list[str] = field(default_factory=list)

    def ok(self, *, strict: bool = False) -> bool:
        """Whether every input is published or verified unchanged; if `strict`, also without an error diagnostic."""
        return not (self.quarantine or self.edited or (strict and self.diagnostics["error"]))

    def rows(self) -> list[tuple[str, str]]:
        """The closing table: what is counted, and how often."""
        documents = {
            "published": self.published,
            "unchanged": self.unchanged,
            "edited by hand, left alone": self.left,
            "quarantined": len(self.quarantine),
        }
        parts = ", ".join(f"{number} {what}" for what, number in documents.items() if number)
        severities = ", ".join(f"{self.diagnostics[one]} {one}" for one in ("error", "warning", "info"))
        return [
            ("documents", f"{self.inputs}: {parts}"),
            ("pages", str(self.counts["pages"])),
            ("notes", f"{self.counts['notes_paired']} paired, {self.counts['notes_unpaired']} unpaired"),
            ("persons", str(self.counts["persons"])),
            ("dates", str(self.counts["dates"])),
            ("quotations", str(self.counts["quotations"])),
            ("diagnostics", severities),
            ("seconds", f"{self.seconds:.1f}"),
        ]


def tally(document: Document) -> dict[str, int]:
    """What the closing table counts in one document; persons, dates and quotations are mentions."""
    layers = Counter(annotation.layer for annotation in document.annotations)
    paired = sum(note.anchored and note.flow is not None for note in document.notes)
    return {
        "pages": sum(one.type == "pb" for one in document.breaks),
        "notes_paired": paired,
        "notes_unpaired": len(document.notes) - paired,
        "persons": layers["person"],
        "dates": layers["date"],
        "quotations": layers["quotation"],
    }


def outputs(build: Path, id_: str) -> tuple[Path, Path]:
    """Where the TEI and the sidecar of a document stand."""
    return build / "tei" / f"{id_}.xml", build / "sidecar" / f"{id_}.json"


# --- encoding: in a process of its own --------------------------------------------------------------------------------


def work(shard: Shard) -> tuple[Outcome, ...]:
    """Encode the documents of a shard and leave their outputs under temporary names, in the order of the documents.

    Raises OSError only where an output cannot be written; everything else that goes wrong is one document's quarantine.
    """
    return tuple(_encoded(shard, job) for job in shard.jobs)


def _encoded(shard: Shard, job: Job) -> Outcome:
    if job.input.problem:
        hint = "mend, rename or remove it"
        return _quarantined(shard, job, SourceError(job.input.problem, hint=hint))
    try:
        source = read_source(Path(job.input.path), job.input.name, shard.config.read.encodings)
        with _limited(LIMIT + LIMIT_PER_BYTE * len(source.data)):
            made = pipeline.produce(source, shard.config, job.input.id, job.metadata)
    except Exception as error:  # noqa: BLE001 - one bad document harms no other, whatever our bug is
        return _quarantined(shard, job, error)
    for path, data in zip(outputs(shard.build, job.input.id), (made.tei, made.sidecar), strict=True):
        files.stage(path, data)
    return Outcome(
        Record(
            id=job.input.id,
            path=job.input.name,
            status="published",
            source_sha256=source.sha256,
            tei_sha256=hashlib.sha256(made.tei).hexdigest(),
            sidecar_sha256=hashlib.sha256(made.sidecar).hexdigest(),
            rules=shard.rules,
            config=job.config,
            counts=tally(made.document),
            diagnostics=dict(sorted(Counter(one.severity for one in made.document.diagnostics).items())),
        )
    )


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise _SlowError in the block when the time is up; without effect in a thread, where no alarm can ring."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise _SlowError(seconds)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _quarantined(shard: Shard, job: Job, error: Exception) -> Outcome:
    if isinstance(error, TeiprepError):
        code, message, hint = error.code, error.message, error.hint
    else:
        code, message, hint = (
            "internal",
            " ".join(f"{type(error).__name__}: {error}".split())[:500],
            "please report this with the file",
        )
    offset = error.offset if isinstance(error, SourceError) else None
    entry: dict[str, Any] = {
        "id": job.input.id,
        "path": job.input.name,
        "code": code,
        "message": message,
        "hint": hint,
        "where": None if offset is None else {"byte": offset, "line": line_at(job.input.path, offset)},
        "diagnostics": [{"code": code, "severity": "error", "message": message, "hint": hint}],
        "difference": error.difference if isinstance(error, InvariantError) else "",
    }
    if not isinstance(error, TeiprepError):
        entry["traceback"] = traceback.format_exception(error)
    record = Record(
        id=job.input.id,
        path=job.input.name,
        status="quarantined",
        source_sha256=None if job.input.problem else files.digest(Path(job.input.path)),
        tei_sha256=None,
        sidecar_sha256=None,
        rules=shard.rules,
        config=job.config,
        code=code,
    )
    return Outcome(record, entry)


def line_at(path: str, offset: int) -> int | None:
    """The line, counted from 1, in which the byte `offset` of a file stands; None if the file cannot be read."""
    try:
        return Path(path).read_bytes().count(b"\n", 0, offset) + 1
    except OSError:
        return None


def _start_worker() -> None:
    """What each process does first: see to it that it ends when the one that runs the others is gone."""
    if (parent := multiprocessing.parent_process()) is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        # A killed parent cannot tell its pool to end; without this the processes would wait for work for ever.
        threading.Thread(target=follow, daemon=True).start()


class Crew:
    """The processes that encode; `encode` may be called from several threads, one shard each.

    If a process dies (the system kills what takes too much memory), every shard that was in work is encoded again, its
    documents one by one in a process of their own, so that only the one that kills its process is quarantined.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._stopped = False
        self._others = set(multiprocessing.active_children())
        self._pool = self._new(workers)

    @staticmethod
    def _new(workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(START)
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)

    def __enter__(self) -> Self:
        """Nothing: a process is started when there is work for it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes, at once if the run was broken off."""
        if kind is not None:
            with self._lock:  # no process is being started now, nor will one be
                self._stopped = True
                for process in set(multiprocessing.active_children()) - self._others:
                    process.terminate()
        self._pool.shutdown(cancel_futures=True)

    def encode(self, shard: Shard) -> tuple[Outcome, ...]:
        """The outcomes of a shard, in the order of its documents. Raises OSError if an output cannot be written."""
        pool = self._pool
        try:
            return self._submit(pool, shard).result()
        except RuntimeError:  # BrokenProcessPool is one, and so is a pool that another thread has just put away
            self._go_on()
        with self._lock:
            if self._pool is pool:
                pool.shutdown(wait=False)
                self._pool = self._new(self._workers)
        return self._one_by_one(shard)

    def _submit(self, pool: ProcessPoolExecutor, shard: Shard) -> Future[tuple[Outcome, ...]]:
        """Hand a shard to a pool, which starts processes for it if need be."""
        with self._lock:
            self._go_on()
            # Processes inherit what is blocked: Ctrl-C is for the one that runs them, from their first moment on.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                return pool.submit(work, shard)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _one_by_one(self, shard: Shard) -> tuple[Outcome, ...]:
        outcomes: list[Outcome] = []
        pool = self._new(1)
        try:
            for job in shard.jobs:
                alone = replace(shard, jobs=(job,))
                try:
                    outcomes += self._submit(pool, alone).result()
                except BrokenProcessPool:
                    self._go_on()
                    outcomes.append(_quarantined(alone, job, _DiedError()))
                    pool.shutdown()
                    pool = self._new(1)
        finally:
            pool.shutdown()
        return tuple(outcomes)

    def _go_on(self) -> None:
        if self._stopped:
            raise files.RunError("the run was broken off")


class _SlowError(TeiprepError):
    """A document that does not come to an end."""

    code = "time-limit"

    def __init__(self, seconds: float) -> None:
        hint = "please report this with the file; if the machine was very busy, run it again"
        super().__init__(f"it took longer than {seconds:.0f} seconds and was given up", hint=hint)


class _DiedError(TeiprepError):
    """A document whose process died, twice."""

    def __init__(self) -> None:
        hint = "perhaps it needs more memory than there is; the next run tries again"
        super().__init__("the process that encoded it was killed or crashed", hint=hint)


# --- planning and publishing: in the process that holds the lock ------------------------------------------------------


class Run:
    """One run over a folder: `shards` is what needs work, `publish` takes the outcomes, `finish` gives the summary.

    Use it in a `with` statement: it holds the lock on the build folder. Raises RunError if there is nothing to encode
    or another run is at work, ConfigError for settings or metadata that cannot be used. `config` defaults to the
    teiprep.toml in the raw folder; `progress` is called with the documents done and those that need work.
    """

    def __init__(
        self,
        raw: Path,
        build: Path,
        *,
        config: Path | None = None,
        force: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._began = time.monotonic()
        self._raw, self._build, self._force, self._progress = raw, build, force, progress
        beside = raw if raw.is_dir() else raw.parent
        table = beside / "metadata.csv"
        self._metadata = load_metadata(table) if table.exists() and os.path.lexists(raw) else {}
        given = {name: row["id"] for name, row in self._metadata.items() if row.keys() >= {"path", "id"}}
        self._inputs, remarks = files.find(raw, given)
        if config is None and (beside / "teiprep.toml").exists():
            config = beside / "teiprep.toml"
        self._config = Config.load(config)
        self._rules = pipeline.rule_digest()
        self._summary = Summary(inputs=len(self._inputs), remarks=remarks)
        keys = {key for one in self._inputs for key in (one.id, one.name)}
        if raw.is_dir():
            remarks += (f"{table}: no document for {name}" for name in self._metadata if name not in keys)
        self._held = ExitStack()
        self.shards: tuple[Shard, ...] = ()
        self._waiting = self._done = 0
        self._rank = (-1, -1)  # errors and warnings of the document to look at first
        self._doubtful: list[Record] = []

    def hold(self) -> ExitStack:
        """Make the folders and take the lock, until what is returned is closed. Raises RunError if that cannot be."""
        with ExitStack() as held:
            try:
                for folder in ("tei", "sidecar", "quarantine"):
                    (self._build / folder).mkdir(parents=True, exist_ok=True)
                held.enter_context(locked(self._build))
            except OSError as error:
                raise files.RunError(f"{self._build} cannot be written to: {error.strerror}") from None
            return held.pop_all()

    def __enter__(self) -> Self:
        """Take the lock, tidy up after a killed run, and plan."""
        with self.hold() as held:
            try:
                for folder in ("tei", "sidecar", "quarantine"):
                    for left in (self._build / folder).glob(".*.tmp"):
                        left.unlink()
                self._manifest = Manifest(self._build)
            except OSError as error:
                raise files.RunError(f"{self._build} cannot be written to: {error.strerror}") from None
            self._summary.remarks += self._manifest.remarks
            jobs = [job for job in map(self._job, self._inputs) if not self._settled(job)]
            self.shards = tuple(Shard(self._build, self._config, self._rules, part) for part in _dealt(jobs))
            self._waiting = len(jobs)
            self._held = held.pop_all()
        self._show_progress()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        self._held.close()

    def _job(self, one: Input) -> Job:
        row = {**self._metadata.get(one.id, {}), **self._metadata.get(one.name, {})}
        metadata = {key: Metadatum(value, "metadata.csv") for key, value in row.items() if key not in {"id", "path"}}
        # The version stands in the TEI header, so another version is another setting.
        said = json.dumps([__version__, self._config.shaping, sorted(row.items())], sort_keys=True)
        return Job(one, metadata, hashlib.sha256(said.encode()).hexdigest())

    def _settled(self, job: Job) -> bool:
        """Whether nothing is to be done: the source and all that shapes the outputs are as they were recorded."""
        last = self._manifest.last.get(job.input.id)
        if self._force or last is None or last.status != "published" or job.input.problem:
            return False
        if (last.path, last.rules, last.config) != (job.input.name, self._rules, job.config):
            return False
        if files.digest(Path(job.input.path)) != last.source_sha256:
            return False
        if edited := self._edited(last):
            self._leave(last, edited)
            return True
        tei, sidecar = map(files.digest, outputs(self._build, last.id))
        if (tei, sidecar) != (last.tei_sha256, last.sidecar_sha256):
            return False
        self._summary.unchanged += 1
        self._count(last)
        return True

    def _edited(self, record: Record) -> list[Path]:
        """The outputs of a document that are neither what `record` says nor what any run made: a person's work."""
        found = []
        for path, new in zip(outputs(self._build, record.id), (record.tei_sha256, record.sidecar_sha256), strict=True):
            now = files.digest(path)
            if now is not None and now != new and not self._manifest.made(record.id, now):
                found.append(path)
        return found

    def _leave(self, record: Record, edited: list[Path]) -> None:
        self._summary.left += 1
        self._summary.edited += edited
        self._count(self._manifest.last.get(record.id, record))

    def _count(self, record: Record) -> None:
        self._summary.counts.update(record.counts)
        self._summary.diagnostics.update(record.diagnostics)
        rank = (record.diagnostics.get("error", 0), record.diagnostics.get("warning", 0))
        if rank > (0, 0):
            self._doubtful.append(record)
        if rank > self._rank:
            self._rank = rank
            self._summary.first = outputs(self._build, record.id)[0]

    def publish(self, outcomes: Iterable[Outcome]) -> None:
        """Give the outputs of one shard their final names and record them. Call it in the order of the shards.

        Raises OSError if that cannot be written.
        """
        outcomes = tuple(outcomes)
        self._manifest.announce(one.record for one in outcomes if one.record.status == "published")
        placed = [one.record for one in outcomes if self._placed(one)]
        for folder in ("tei", "sidecar", "quarantine"):
            files.sync(self._build / folder)
        self._manifest.append(placed)
        self._done += len(outcomes)
        self._show_progress()

    def _show_progress(self) -> None:
        if self._progress is not None:
            self._progress(self._done, self._waiting)

    def _placed(self, outcome: Outcome) -> bool:
        """Put one document in its place; False if a person's work stands there."""
        record = outcome.record
        edited = self._edited(record)
        targets = outputs(self._build, record.id)
        entry = self._build / "quarantine" / f"{record.id}.json"
        if outcome.entry is not None:
            # What was published before does not belong to this source. But a person's work is never taken away, and
            # TEI and sidecar are of use only together.
            self._summary.edited += edited
            if not edited:
                for path in targets:
                    path.unlink(missing_ok=True)
            files.write(entry, json.dumps(outcome.entry, ensure_ascii=False, indent=1).encode() + b"\n")
            line = (outcome.entry["where"] or {}).get("line")
            message = Message(entry, record.path, line, "error", record.code or "", outcome.message)
            self._summary.quarantine.append(message)
            return True
        entry.unlink(missing_ok=True)
        if edited and not self._force:
            for path in targets:
                files.staged(path).unlink(missing_ok=True)
            self._leave(record, edited)
            return False
        for path in targets:
            files.staged(path).replace(path)
        self._summary.published += 1
        self._count(record)
        return True

    def finish(self) -> Summary:
        """What the run did, when the outcomes of all shards are published."""
        self._manifest.close()
        summary = self._summary
        if summary.published + summary.unchanged + summary.left + len(summary.quarantine) != summary.inputs:
            raise InvariantError("internal", "a document was lost", difference=repr(summary.rows()))
        summary.told += islice(self._tell(), MOST_TOLD)
        if self._raw.is_dir():
            here = {one.id for one in self._inputs}
            gone = [name for name in self._manifest.last if name not in here]
            stale = [path for name in sorted(gone) if (path := outputs(self._build, name)[0]).exists()]
            if stale:
                some = ", ".join(map(str, stale[:3])) + (", …" if len(stale) > 3 else "")
                summary.remarks.append(f"of no text in {self._raw} any more, left as they are: {some}")
        summary.seconds = time.monotonic() - self._began
        return summary

    def _tell(self) -> Iterator[Message]:
        """The errors, then the warnings, as the sidecars have them; a sidecar that cannot be read is passed over."""
        for severity in ("error", "warning"):
            for record in self._doubtful:
                if record.diagnostics.get(severity):
                    tei, sidecar = outputs(self._build, record.id)
                    with suppress(OSError, TeiprepError):
                        for one in load(sidecar.read_bytes()).diagnostics:
                            if one.severity == severity:
                                text = str(TeiprepError(one.message, hint=one.hint))
                                yield Message(tei, record.path, one.line, severity, one.code, text)


def encode(run: Run, workers: int) -> Summary:
    """Encode and publish what needs work with `workers` processes. Raises OSError if an output cannot be written."""
    with ThreadPoolExecutor(workers) as threads, Crew(workers) as crew:
        for outcomes in threads.map(crew.encode, run.shards):
            run.publish(outcomes)
    return run.finish()


def processors() -> int:
    """How many processes this machine can run at once for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _dealt(jobs: list[Job]) -> Iterator[tuple[Job, ...]]:
    """The jobs in shards, in order."""
    shard: list[Job] = []
    size = 0
    for job in jobs:
        if shard and (size + job.input.size > SHARD_BYTES or len(shard) == SHARD_DOCUMENTS):
            yield tuple(shard)
            shard, size = [], 0
        shard.append(job)
        size += job.input.size
    if shard:
        yield tuple(shard)
