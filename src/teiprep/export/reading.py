"""Finds sidecars and reads their tags; every offset that is handed on was compared with the text."""

from __future__ import annotations

import os
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from teiprep import files, sidecar
from teiprep.diagnostics import ConfigError, TeiprepError
from teiprep.document import LEAVES
from teiprep.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

#: The keys of a tag in a sidecar that are not its value.
_PLAIN = frozenset({"id", "type", "flow", "start", "end", "quote", "certainty", "rule", "source"})


class Tag(NamedTuple):
    """A tag: `flow[start:end]` is `text`, in code points; `raw` is the span in the decoded source file, likewise.

    `block` is the id of the block that holds its beginning, None if no block does.
    """

    id: str
    layer: str
    flow: str
    start: int
    end: int
    text: str
    block: str | None
    values: Mapping[str, str]
    certainty: str
    rule: str
    raw: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A document as its sidecar has it: the texts and sentences of its flows, and its tags.

    Tags come in the order of the flows, then by start, end and id. `file` is the name of the source file.
    """

    id: str
    file: str
    sha256: str
    texts: Mapping[str, str]
    sentences: Mapping[str, Sequence[Sequence[int]]]
    tags: tuple[Tag, ...]

    def chosen(self, layers: Collection[str]) -> list[Tag]:
        """The tags of these layers."""
        return [tag for tag in self.tags if tag.layer in layers]


@cache
def layers() -> tuple[str, ...]:
    """All layers that a sidecar may have."""
    return tuple(_properties()["type"]["enum"])


@cache
def value_names() -> tuple[str, ...]:
    """The names of all values that a tag may have: `when`, `ref`, `kind` …, in the order of the sidecar's schema."""
    return tuple(name for name in _properties() if name not in _PLAIN)


def _properties() -> dict[str, Any]:
    found: dict[str, Any] = sidecar.schema()["properties"]["annotations"]["items"]["properties"]
    return found


def find(paths: Iterable[Path]) -> list[Path]:
    """The sidecars in `paths`, each once, by the names that they have from their documents' ids.

    A path is a sidecar, a build folder, or a folder that holds sidecars; in one that is not called `sidecar`, JSON of
    another kind is passed over. Raises ConfigError for a path that does not exist or a folder without a sidecar.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in _in(path):
            found.setdefault(os.path.realpath(file), file)
    return sorted(found.values(), key=lambda file: (file.stem, file.as_posix()))


def _in(path: Path) -> list[Path]:
    shown = files.printable(path.as_posix())
    if not os.path.lexists(path):
        raise ConfigError(f"{shown} does not exist", hint="name the folder that `teiprep run` wrote, or a sidecar")
    if not path.is_dir():
        return [path]
    folder = path / "sidecar" if (path / "sidecar").is_dir() else path
    try:
        names = [name for name in os.listdir(folder) if name.endswith(".json") and not name.startswith(".")]  # noqa: PTH208 - quick
    except OSError as error:
        raise ConfigError(f"{files.printable(folder.as_posix())} cannot be read: {error.strerror}") from None
    inside = [folder / name for name in names]
    if folder.name != "sidecar":  # there a damaged one must not be overlooked
        inside = [file for file in inside if _is_record(file)]
    if not inside:
        raise ConfigError(
            f"{shown} holds no sidecar", hint="name the folder that `teiprep run` wrote; sidecars are in sidecar/"
        )
    return inside


def _is_record(file: Path) -> bool:
    """Whether a file begins as a sidecar does."""
    if files.look(os.fspath(file))[1]:
        return False
    try:
        with file.open("rb") as stream:
            return b'"teiprep-sidecar/' in stream.read(200)
    except OSError:
        return False


def read(file: Path) -> Tagged:
    """The document whose sidecar is `file`.

    Raises TeiprepError, with its code, for a file that cannot be read, is no sidecar, or contradicts itself: offsets
    that do not give the quoted text, texts that were changed or taken out, ids that stand twice.
    """
    data = _bytes(file)
    if data.lstrip()[:1] == b"<":
        message = "this is XML and no sidecar"
        raise TeiprepError(message, code="sidecar-malformed", hint="name the JSON beside it, in sidecar/")
    record = sidecar.parse(data)
    if not sidecar.follows_schema(record):
        raise TeiprepError(
            "this is not a sidecar that teiprep can read", code="sidecar-schema", hint="`teiprep validate` says why"
        )
    # Flows and tags together: the IRIs of both are the document's with the id behind it.
    _once(each["id"] for kind in ("flows", "annotations") for each in record[kind])
    _once(block["id"] for block in record["blocks"])
    texts = {flow["id"]: flow["text"] for flow in record["flows"]}
    _compare(record["flows"])
    order = {name: number for number, name in enumerate(texts)}
    tags = list(_tags(record, texts))
    tags.sort(key=lambda tag: (order[tag.flow], tag.start, tag.end, tag.id))
    return Tagged(
        record["document"]["id"],
        record["source"]["file"],
        record["source"]["sha256"],
        texts,
        {flow["id"]: flow.get("sentences", ()) for flow in record["flows"]},
        tuple(tags),
    )


def _bytes(file: Path) -> bytes:
    _, problem = files.look(os.fspath(file))  # reading a named pipe would wait for ever
    if not problem:
        try:
            return file.read_bytes()
        except OSError as error:
            problem = f"it cannot be read: {error.strerror}"
    raise TeiprepError(problem, code="sidecar-malformed", hint="name a sidecar, or the folder that holds it")


def _once(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise _mismatch(f"the id {name} stands twice in it")
        seen.add(name)


def _compare(flows: Iterable[Mapping[str, Any]]) -> None:
    for flow in flows:
        if str(fingerprint(flow["text"])) != flow["check"]:
            if not flow["text"]:
                raise _mismatch("the texts were taken out of it; offsets cannot be proved")
            raise _mismatch(f"the text of the flow {flow['id']} was changed")


def _tags(record: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[Tag]:
    leaves: dict[str, list[tuple[int, int, str]]] = {}
    for block in record["blocks"]:
        if block["type"] in LEAVES:
            leaves.setdefault(block["flow"], []).append((block["start"], block["end"], block["id"]))
    for each in record["annotations"]:
        flow, start, end = each["flow"], each["start"], each["end"]
        if flow not in texts:
            raise _mismatch(f"the tag {each['id']} is in a flow that there is not, {flow}")
        if texts[flow][start:end] != each["quote"] or not start <= end <= len(texts[flow]):
            raise _mismatch(
                f"the tag {each['id']} is not where it says to be, in the flow {flow} from {start} to {end}"
            )
        values = {name: each[name] for name in value_names() if name in each}
        blocks = leaves.get(flow, ())
        k = bisect_right(blocks, start, key=lambda block: block[0]) - 1
        block = blocks[k][2] if k >= 0 and start < blocks[k][1] else None
        doubt = each.get("certainty", "high"), each.get("rule", "")
        yield Tag(each["id"], each["type"], flow, start, end, each["quote"], block, values, *doubt, each["source"])


def _mismatch(message: str) -> TeiprepError:
    return TeiprepError(message, code="sidecar-mismatch", hint="encode the document again with `teiprep run`")
