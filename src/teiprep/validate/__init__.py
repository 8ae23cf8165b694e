"""Checks files: TEI against its grammar and its own pointers, sidecars against their schema, one against the other."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from teiprep import resources
from teiprep.diagnostics import ConfigError
from teiprep.tei.reading import TEI

from . import grammar, integrity, rules
from .locate import Locator, name_of
from .report import Finding, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Finding", "lines", "validate_paths"]


def validate_paths(paths: Iterable[Path], schema: Path | None = None) -> list[Finding]:
    """What is wrong with the TEI files and sidecars in `paths`, sorted by file and line; nothing is written.

    In a folder every `*.xml` is taken for TEI, and every `*.json` that is or should be a sidecar is checked too.
    `schema` is a RELAX NG grammar for all the TEI files; without it only TEI that teiprep made can be checked.

    Raises ConfigError for a path that does not exist or holds nothing to check, and for a schema that cannot be used.
    """
    given = list(paths)
    if not given:
        raise ConfigError("nothing to check", hint="name TEI files, sidecars, or a folder such as build")
    files = dict.fromkeys(file for path in given for file in _files(path))
    findings: list[Finding] = []
    done: set[Path] = set()
    # TEI first: with a TEI its sidecar is checked as well, and not a second time when it comes itself.
    for file in sorted(files, key=lambda each: (each.suffix == ".json", each)):
        try:
            data = file.read_bytes()
        except OSError as error:
            findings.append(
                Finding.at_line(file.as_posix(), 1, "source-unreadable", f"cannot be read: {error.strerror}")
            )
            continue
        if not _is_sidecar(file, data):
            findings += _tei(file, data, schema, done)
        elif file.resolve() not in done:
            findings += integrity.check_sidecar(data, file.as_posix())[1]
    return sorted(set(findings))


def _tei(file: Path, data: bytes, schema: Path | None, done: set[Path]) -> Iterator[Finding]:
    name = file.as_posix()
    root, findings = grammar.parse(data, name)
    yield from findings
    if root is None:
        return
    locator = Locator(root, data)
    if schema is None and not grammar.is_ours(root):
        what = "a TEI file" if root.tag in {f"{TEI}TEI", f"{TEI}teiCorpus"} else f"the root <{name_of(root)}>"
        yield Finding.at_line(
            name,
            root.sourceline or 1,
            "schema-unknown",
            f"no schema is known for {what} that teiprep did not make; give one with --schema,"
            " such as tei_all.rng, which the TEI Consortium (tei-c.org) offers with every release of TEI P5",
        )
    else:
        remarks = grammar.check(root, schema or resources.path("schemas/teiprep.rng"))
        yield from locator.findings(remarks, name)
    yield from locator.findings(rules.check(root), name)
    if not grammar.is_ours(root):
        return
    sidecar = _sidecar_of(file)
    if sidecar is None:
        yield Finding.at_line(
            name,
            1,
            "sidecar-missing",
            f"no sidecar stands at ../sidecar/{file.stem}.json or beside the file:"
            " whether its text is still the encoded one cannot be told",
        )
        return
    done.add(sidecar.resolve())
    record = sidecar.read_bytes()
    document, found = integrity.check_sidecar(record, sidecar.as_posix())
    yield from found
    if document is not None:
        yield from integrity.check_pair(root, name, document, record)


def _sidecar_of(tei: Path) -> Path | None:
    """Where `teiprep run` puts it, else beside the TEI."""
    # Not `absolute`: a finding names files as the user did.
    published = Path(os.path.normpath(tei.parent / f"../sidecar/{tei.stem}.json"))
    return next((place for place in (published, tei.with_suffix(".json")) if place.is_file()), None)


def _files(path: Path) -> list[Path]:
    """The files to check in `path`; raises ConfigError if there are none."""
    if not path.exists():
        raise ConfigError(f"{path} does not exist", hint="check the name; `teiprep run` writes to build/")
    if not path.is_dir():
        return [path]
    found = [
        each
        for each in path.rglob("*")
        if each.suffix in {".xml", ".json"}
        and not any(part.startswith(".") for part in each.relative_to(path).parts)
        and each.is_file()
        and (each.suffix == ".xml" or _may_be_sidecar(each))
    ]
    if not found:
        raise ConfigError(f"{path} holds no TEI (*.xml) and no sidecar (*.json)", hint="`teiprep run` writes to build/")
    return sorted(found)


def _may_be_sidecar(file: Path) -> bool:
    """By its place (a damaged sidecar must not be overlooked), or by how it begins."""
    if file.parent.name == "sidecar" or file.with_suffix(".xml").is_file():
        return True
    with file.open("rb") as stream:
        return b'"teiprep-sidecar/' in stream.read(200)


def _is_sidecar(file: Path, data: bytes) -> bool:
    return file.suffix == ".json" or (file.suffix != ".xml" and data.lstrip()[:1] == b"{")
