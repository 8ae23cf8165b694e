"""All that is checked in one file, bounded in time, memory and findings."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from teiprep import files
from teiprep.diagnostics import ConfigError
from teiprep.tei.reading import TEI

from . import gather, grammar, rules, schemas
from .locate import Locator
from .parsing import MOST_BYTES, parse
from .report import Finding
from .workers import Limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from lxml import etree

    from teiprep.config import Validate
    from teiprep.document import Document

    from .gather import Input
    from .raw import RawLines
    from .report import Remark
    from .schematron import Schematron
    from .workers import Failure

#: Of each kind of finding so many are told for one file; the others are counted.
MOST = 50
#: A file may take so many seconds, and more for each of its bytes: a hundred times what ordinary files need.
LIMIT, LIMIT_PER_BYTE = 20.0, 10e-6
#: Likewise bytes of memory. A tree takes about ten times the file, and of a file with many findings there is more.
MEMORY, MEMORY_PER_BYTE = 500_000_000, 60

#: The roots of TEI P5 and P4, which are TEI even if the namespace was forgotten.
_ROOTS = frozenset({"TEI", "teiCorpus", "TEI.2", "teiCorpus.2"})


@dataclass(frozen=True, slots=True)
class Plan:
    """How files are checked.

    `settings`; the `schema`, the `schematron` and the folder of the `raw` files, if they are given; the `folders` under
    which a file may name a schema; how many findings of a kind are told (`most`); the `codes` of the rules; whether a
    file is checked `alone`, so that no other points to it.
    """

    settings: Validate
    schema: Path | None
    schematron: Schematron | None
    raw: Path | None
    folders: tuple[Path, ...]
    most: int
    codes: frozenset[str]
    alone: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in a file; whether it is something else than TEI, and so was passed over.

    And if other files are checked with it: the ids that they may point to, and its pointers into them.
    """

    findings: tuple[Finding, ...]
    is_other: bool = False
    ids: Collection[str] | None = None
    pointers: Collection[rules.Outgoing] = ()


#: And of each code so many times more in a file.
_KINDS = 10
#: How the grammar tells of a value.
_VALUE = re.compile(r'[\w:.-]+=".*?" on <')


class _UnreadError(Exception):
    """Code, and why a file is not read."""


def limits(each: Input) -> Limits:
    """What the check of a file may take."""
    size = min(each.size, MOST_BYTES)
    return Limits(LIMIT + LIMIT_PER_BYTE * size, MEMORY + MEMORY_PER_BYTE * size)


def failure(each: Input, why: Failure) -> Finding:
    """What is said of a file whose check had to be ended."""
    remedy = "look for something odd in it, or cut it into several files"
    if why == "time":
        said = f"the file took longer than {limits(each).seconds:.0f} seconds and was given up; {remedy}"
        return Finding.at_line(each.name, 0, "time-limit", said)
    if why == "memory":
        most = limits(each).memory // 1_000_000
        said = f"the file needs more memory than it may have ({most} MB) and was given up; {remedy}"
        return Finding.at_line(each.name, 0, "memory-limit", said)
    said = "the process that checked the file crashed; please report this with the file"
    return Finding.at_line(each.name, 0, "internal", said)


def check(each: Input, plan: Plan) -> Outcome:
    """All that is said of one file and its sidecar. Raises MemoryError."""
    try:
        found = _outcome(each, plan)
    except _UnreadError as error:
        code, said = error.args
        found = Outcome((Finding.at_line(each.name, 0, code, said),))
    except MemoryError:
        raise
    except ConfigError as error:
        found = Outcome((Finding.at_line(each.name, 0, "schema-unknown", f"it could not be checked: {error}"),))
    except Exception as error:  # noqa: BLE001 - one bad file harms no other, whatever our bug is
        said = " ".join(f"{type(error).__name__}: {error}".split())[:500]
        found = Outcome((Finding.at_line(each.name, 0, "internal", f"{said} (please report this with the file)"),))
    return replace(found, findings=tuple(graded(found.findings, plan.settings)))


def graded(findings: Iterable[Finding], settings: Validate) -> Iterator[Finding]:
    """The findings with the severities that the settings say, without those that are off."""
    severities = settings.severities
    for each in findings:
        if each.code not in settings.off:
            yield replace(each, severity=severities.get(each.code, each.severity))


def _outcome(each: Input, plan: Plan) -> Outcome:
    if each.problem:
        raise _UnreadError("source-unreadable", each.problem)
    data = each.data if each.data is not None else _read(each.path)
    if len(data) > MOST_BYTES:
        raise _UnreadError("xml-refused", f"it has more than {MOST_BYTES // 1_000_000} MB; cut it into several files")
    if each.is_json or (each.path.suffix.lower() != ".xml" and data.lstrip()[:1] == b"{"):
        return Outcome(tuple(_pair(None, _Record.of(data, each.name), plan)))
    root, data, findings = parse(data, each.name)
    if root is None:
        if each.sidecar is not None and each.due:
            findings += _pair(None, _Record.read(each.sidecar), plan)
        return Outcome(tuple(findings))
    if each.folder is not None and not _is_tei(root):
        name = str(root.tag).rpartition("}")[2][:80]
        said = f"the root is <{name}>, so this is no TEI, and it was not checked"
        findings.append(Finding.at_line(each.name, root.sourceline or 1, "not-tei", said))
        return Outcome(tuple(findings), is_other=True)
    survey = rules.Survey(root)
    schema, remarked = _schema(root, each, plan)
    findings += remarked
    remarks = chain(
        grammar.check(root, schema, plan.most) if schema is not None else (),
        rules.check(survey, plan.codes),
        plan.schematron.check(root) if plan.schematron is not None else (),
    )
    ours = schemas.is_ours(root)
    record = None
    # Whatever the header says after an edit: what belongs to a sidecar of ours is ours.
    if each.sidecar is not None and (ours or each.due or gather.is_record(each.sidecar)):
        record = _Record.read(each.sidecar)
    lines = record.lines(root) if record is not None else None
    findings += _told(remarks, Locator(root, data), each.name, plan, lines)
    if record is not None:
        findings += _pair((root, data, each.name), record, plan)
    elif ours and each.data is None:
        said = (
            f"no sidecar stands at ../sidecar/{each.path.stem}.json or beside the file:"
            " whether its text is still the encoded one cannot be told"
        )
        findings.append(Finding.at_line(each.name, 1, "sidecar-missing", said))
    if plan.alone:
        return Outcome(tuple(findings))
    return Outcome(tuple(findings), ids=rules.identifiers(survey), pointers=rules.outgoing(survey))


def _schema(root: etree._Element, each: Input, plan: Plan) -> tuple[Path | None, list[Finding]]:
    """The schema for a file, and what is to be said of the choice."""
    if plan.schema is not None:
        return plan.schema, []
    folder = each.path.parent
    schema, why, unchecked = schemas.choose(root, folder, (*plan.folders, folder.resolve()))
    findings = [Finding.at_line(each.name, 1, "schema-unchecked", one) for one in unchecked]
    if schema is not None:
        try:
            grammar.load(schema)
        except ConfigError as error:
            schema, why = None, f"the schema that the file names is of no use: {error}"
    if schema is None:
        findings.append(Finding.at_line(each.name, 1, "schema-unknown", why))
    return schema, findings


def _read(path: Path) -> bytes:
    """What is in an ordinary file, but not much more than may be."""
    try:
        # Opening a pipe must not wait, reading a device would never end.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:  # noqa: PTH123 - Path.open knows no flags
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _UnreadError("source-unreadable", "it is not an ordinary file")
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _UnreadError("source-unreadable", f"it cannot be read: {error.strerror}") from None


def _is_tei(root: etree._Element) -> bool:
    return str(root.tag).startswith(TEI) or str(root.tag).rpartition("}")[2] in _ROOTS


@dataclass(frozen=True, slots=True)
class _Record:
    """A sidecar: its name and bytes, the document in it if it can be read, and what is wrong with it by itself."""

    name: str
    data: bytes
    document: Document | None
    findings: tuple[Finding, ...]

    @classmethod
    def read(cls, path: Path) -> _Record:
        name = files.printable(path.as_posix())
        try:
            data = _read(path)
        except _UnreadError as error:
            return cls(name, b"", None, (Finding.at_line(name, 0, *error.args),))
        return cls.of(data, name)

    @classmethod
    def of(cls, data: bytes, name: str) -> _Record:
        from . import integrity  # noqa: PLC0415 - only where there is a sidecar

        document, findings = integrity.check_sidecar(data, name)
        return cls(name, data, document, tuple(findings))

    def lines(self, root: etree._Element) -> RawLines | None:
        """Where the elements of the TEI file come from."""
        from .raw import RawLines  # noqa: PLC0415 - likewise

        return None if self.document is None else RawLines(root, self.document)


def _pair(tei: tuple[etree._Element, bytes, str] | None, record: _Record, plan: Plan) -> Iterator[Finding]:
    """What is wrong with a sidecar; and between it, its TEI (root, bytes, name) and its raw file, if they are there."""
    yield from counted(record.findings, plan.most)
    if record.document is None:
        return
    if tei is not None:
        from . import integrity  # noqa: PLC0415 - only where there is a sidecar

        yield from counted(integrity.check_pair(*tei, record.document, record.data), plan.most)
    if plan.raw is not None:
        from .raw import check_raw  # noqa: PLC0415 - likewise

        yield from check_raw(plan.raw, record.document, record.name, tei[:2] if tei is not None else None)


def _told(
    remarks: Iterable[Remark], locator: Locator, file: str, plan: Plan, raw: RawLines | None
) -> Iterator[Finding]:
    """The first remarks of each kind with their places, and how many more there are."""
    kept: dict[tuple[str, str], list[Remark]] = defaultdict(list)
    more: Counter[tuple[str, str]] = Counter()
    room: Counter[str] = Counter()
    for each in remarks:
        if each.code in plan.settings.off:
            continue
        # By the name of the element too: many of one must not hide another mistake.
        kind = each.code, str(each.node.tag)
        if len(kept[kind]) < plan.most and room[each.code] < _KINDS * plan.most:
            kept[kind].append(each)
            room[each.code] += 1
        else:
            more[kind if kept[kind] else (each.code, "")] += 1
    dated = {each.node for (code, _), same in kept.items() if code == "date-invalid" for each in same}
    last: dict[str, Finding] = {}
    for kind, same in kept.items():
        # What is wrong with a date is told by the rule, which knows more of dates.
        told = [
            each for each in same if not (each.node in dated and each.code == "grammar" and _VALUE.match(each.message))
        ]
        findings = list(locator.findings(told, file, raw))
        yield from findings
        if findings:
            last[kind[0]] = max(findings)
            if more[kind]:
                yield _more(max(findings), more[kind])
    for code, finding in last.items():
        if more[code, ""]:
            yield _more(finding, more[code, ""])


def counted(findings: Iterable[Finding], most: int) -> Iterator[Finding]:
    """The same for what was found otherwise."""
    kept: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for each in findings:
        kept[each.file, each.code].append(each)
    for same in kept.values():
        yield from same[:most]
        if len(same) > most:
            yield _more(max(same[:most]), len(same) - most)


def _more(last: Finding, count: int) -> Finding:
    """So many findings like `last` are not told."""
    return replace(last, message=f"… and {count} more like this", path="", source="", more=count)
