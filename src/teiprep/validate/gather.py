"""Which files are to be checked: those that were named, and the TEI and sidecars in the folders that were."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from teiprep import files
from teiprep.diagnostics import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: The names of TEI files in a folder end so, and those of sidecars in `.json`.
SUFFIXES = (".xml", ".tei")


@dataclass(frozen=True, slots=True)
class Input:
    """A file to check: `name` as the user would write it, `size` in bytes, `problem` if it cannot be read.

    `folder` is the one in which it was found, None if the file itself was named. `data` is what stood on standard
    input. `sidecar` is the one that belongs to a TEI file; it is checked together with it, and also without it if it is
    `due` for itself.
    """

    path: Path
    name: str
    size: int = 0
    problem: str = ""
    folder: Path | None = None
    data: bytes | None = None
    sidecar: Path | None = None
    due: bool = False

    @property
    def is_json(self) -> bool:
        """Whether its name says that it is a sidecar."""
        return self.path.suffix.lower() == ".json"


def gather(paths: Iterable[Path], standard_input: bytes | None = None) -> list[Input]:
    """The files in `paths`, each once, sorted by name; the path `-` means `standard_input`.

    In a folder these are all whose names end in `SUFFIXES`, and the sidecars. What is hidden is passed over, links to
    folders are not followed, and a link to a file outside of the folder is a problem of that link.
    Raises ConfigError for a path that does not exist or in which there is nothing to check.
    """
    given = list(paths)
    if not given:
        raise ConfigError("nothing to check", hint="name TEI files, sidecars, or a folder such as build")
    found: dict[str, Input] = {}
    for path in given:
        if str(path) == "-" and standard_input is not None:
            found["-"] = Input(Path("-"), "-", len(standard_input), data=standard_input)
        else:
            for each in _in(path):
                # A file that was also named by itself counts as named.
                if each.folder is None or each.path.as_posix() not in found:
                    found[each.path.as_posix()] = each
    pairs = {each.path: _sidecar_of(each.path) for each in found.values() if not each.is_json and each.data is None}
    sidecars = {os.path.abspath(pair) for pair in pairs.values() if pair is not None}  # noqa: PTH100 - quick
    alone = {os.path.abspath(each.path) for each in found.values() if each.is_json}  # noqa: PTH100
    result = []
    for each in found.values():
        if each.is_json and os.path.abspath(each.path) in sidecars and not each.problem:  # noqa: PTH100
            continue
        sidecar = pairs.get(each.path)
        due = sidecar is not None and os.path.abspath(sidecar) in alone  # noqa: PTH100
        result.append(Input(each.path, each.name, each.size, each.problem, each.folder, each.data, sidecar, due))
    return sorted(result, key=lambda each: each.name)


def _in(path: Path) -> list[Input]:
    shown = files.printable(path.as_posix())
    if not os.path.lexists(path):
        if any(sign in path.name for sign in "*?["):
            hint = "no name is like that, or the pattern stands in quotation marks; name the folder instead"
        else:
            hint = "check the name; `teiprep run` writes to build/"
        raise ConfigError(f"{shown} does not exist", hint=hint)
    if not path.is_dir():
        size, problem = files.look(os.fspath(path))
        return [Input(path, shown, size, problem)]
    found = list(_walk(path))
    if not found:
        hint = f"TEI files end in {' or '.join(SUFFIXES)}, sidecars in .json; `teiprep run` writes to build/"
        raise ConfigError(f"{shown} holds no TEI and no sidecar", hint=hint)
    return found


def _walk(top: Path) -> Iterator[Input]:
    inside = top.resolve()
    unread: list[Input] = []

    def note(error: OSError) -> None:
        where = os.fsdecode(error.filename)
        unread.append(_input(Path(where), 0, f"the folder cannot be read: {error.strerror}", top))

    for folder, folders, names in os.walk(top, onerror=note):
        folders[:] = [each for each in folders if not each.startswith(".")]
        for name in names:
            path = Path(folder, name)
            suffix = path.suffix.lower()
            if name.startswith(".") or suffix not in {*SUFFIXES, ".json"}:
                continue
            size, problem = files.look(os.fspath(path))
            if not problem and path.is_symlink() and not path.resolve().is_relative_to(inside):
                problem = "it is a link that leads out of the folder; name the file itself to have it checked"
            if suffix != ".json" or (not problem and _may_be_sidecar(path)):
                yield _input(path, size, problem, top)
    yield from unread


def _input(path: Path, size: int, problem: str, folder: Path) -> Input:
    return Input(path, files.printable(path.as_posix()), size, problem, folder)


def _may_be_sidecar(file: Path) -> bool:
    """By its place (a damaged sidecar must not be overlooked), or by how it begins."""
    if file.parent.name == "sidecar" or any(file.with_suffix(suffix).is_file() for suffix in SUFFIXES):
        return True
    return is_record(file)


def is_record(file: Path) -> bool:
    """Whether a file begins as a sidecar does."""
    try:
        with file.open("rb") as stream:
            return b'"teiprep-sidecar/' in stream.read(200)
    except OSError:
        return False


def _sidecar_of(tei: Path) -> Path | None:
    """Where `teiprep run` puts it, else beside the TEI."""
    # Not `absolute`: a finding names files as the user did.
    published = Path(os.path.normpath(tei.parent / f"../sidecar/{tei.stem}.json"))
    return next((place for place in (published, tei.with_suffix(".json")) if place.is_file()), None)
