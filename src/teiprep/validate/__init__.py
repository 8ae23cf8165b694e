"""Checks files: TEI against its grammar and the rules of TEI, sidecars against their schema, one against the other.

`gather` says which files; `checking` checks one, in a process of `workers`: `parsing`, the schema that `schemas`
chooses, `grammar`, `rules`, `integrity`. `report` tells the findings.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from teiprep.config import Validate
from teiprep.diagnostics import ConfigError

from . import grammar, rules, workers
from .checking import MOST, Outcome, Plan, check, counted, failure, graded, limits
from .gather import gather
from .report import Finding, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .gather import Input

__all__ = ["MOST", "UNCHECKED", "Finding", "Report", "check_paths", "validate_paths"]

#: Findings that mean that a file was not checked. No setting can make a pass of that.
UNCHECKED = frozenset(
    {"source-unreadable", "xml-malformed", "xml-refused", "xml-encoding", "time-limit", "memory-limit", "internal"}
)
#: Work for a process more.
_BYTES_PER_JOB = 1_000_000


def validate_paths(
    paths: Iterable[Path], settings: Validate | None = None, *, schema: Path | None = None
) -> list[Finding]:
    """What is wrong with the TEI files and sidecars in `paths`: the findings of `check_paths`."""
    settings = settings or Validate()
    return list(check_paths(paths, settings if schema is None else replace(settings, schema=str(schema))).findings)


def check_paths(
    paths: Iterable[Path],
    settings: Validate | None = None,
    *,
    raw: Path | None = None,
    most: int = MOST,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    standard_input: bytes | None = None,
) -> Report:
    """Check the TEI files and sidecars in `paths`, and all that are in the folders among them; nothing is written.

    All TEI is checked by the RELAX NG grammar of the settings, else each file by the one that it names itself, or by
    the project's own; and by the Schematron rules of the settings. Of TEI that teiprep made the sources are compared
    too, if they are in the folder `raw`. Of one kind of finding, `most` are told for each file. `jobs` processes work
    at once (by default as many as there is work for); `progress` is told how many files of all are done. The path `-`
    means `standard_input`. The findings are sorted by file and line, whatever the number of jobs.

    Raises ConfigError for a path that does not exist or holds nothing to check, for a schema that cannot be used, and
    for settings that would let a file pass that was not checked.
    """
    settings = settings or Validate()
    for code in (*settings.off, *settings.info, *settings.warning):
        if code in UNCHECKED:
            hint = "leave out that file instead"
            raise ConfigError(f"{code} means that a file was not checked, and is always an error", hint=hint)
    given = [Path(each) for each in paths]
    inputs = gather(given, standard_input)
    schema, own = None, None
    if settings.schema is not None:
        schema = Path(settings.schema)
        grammar.load(schema)  # wrong use is told at once, and the processes need not read it again
    if settings.schematron is not None:
        from .schematron import load  # noqa: PLC0415 - an extra

        own = load(Path(settings.schematron))
    if any(each.is_json or each.sidecar for each in inputs):
        from . import integrity  # noqa: F401, PLC0415 - 60 ms: once for all processes, and not for TEI of others
    codes = rules.CODES.difference(settings.off)
    plan = Plan(settings, schema, own, raw, tuple(_folders(given)), most, codes, alone=len(inputs) == 1)
    done: list[Outcome] = workers.run(
        lambda number: check(inputs[number], plan),
        [limits(each) for each in inputs],
        lambda number, why: Outcome((failure(inputs[number], why),)),
        jobs or min(workers.processors(), 1 + sum(each.size for each in inputs) // _BYTES_PER_JOB),
        progress,
    )
    pairs = list(zip(inputs, done, strict=True))
    for top in dict.fromkeys(each.folder for each in inputs if each.folder is not None):
        if all(one.is_other for each, one in pairs if each.folder == top):
            hint = "the XML in it is something else: the root is not TEI; a file that you name yourself is checked"
            raise ConfigError(f"{top} holds no TEI and no sidecar", hint=hint)
    findings = {finding for one in done for finding in one.findings}
    findings.update(graded(_across(pairs, most), settings))
    return Report(tuple(each.name for each, one in pairs if not one.is_other), tuple(sorted(findings)))


def _across(pairs: Sequence[tuple[Input, Outcome]], most: int) -> Iterator[Finding]:
    """Pointers from one file into another that lead to nothing there."""
    names = {str(each.path): each.name for each, _ in pairs}
    pointers = {str(each.path): one.pointers for each, one in pairs if one.pointers}
    ids = {str(each.path): one.ids for each, one in pairs if one.ids is not None}
    yield from counted(
        (
            Finding.at_line(names[file], pointer.line, "pointer-dangling", said)
            for file, pointer, said in (rules.resolve(pointers, ids) if pointers else ())
        ),
        most,
    )


def _folders(given: Iterable[Path]) -> Iterator[Path]:
    """Under which a schema may lie that a file names: the folders that were given, and the current one."""
    yield from (each.resolve() for each in given if each.is_dir())
    here = Path.cwd()
    if here.parent != here:  # under the root of the file system lies everything
        yield here
