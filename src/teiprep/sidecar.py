"""The sidecar: the whole record of a document as JSON, and the document back from it.

`dump` and `load` are exact inverses. The same document gives the same bytes: keys stand in a fixed order, a value that
is its default is left out, every record has a line of its own, and edits that do the same are one record with many
places. `quote` and `source` are for the reader; nothing is read back from them, but for the furniture's quotes when
the texts of the flows were blanked. The source file itself is never in it: its text comes back from flows and edits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import jsonschema_rs
import orjson

from . import alignment, resources
from .alignment import Edit, Flow, Layout, Piece
from .diagnostics import Diagnostic, InvariantError, TeiprepError
from .document import (
    FURNITURE,
    Annotation,
    Block,
    Break,
    Correspondence,
    Document,
    Furniture,
    Metadatum,
    Note,
    Person,
    SourceInfo,
)
from .fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")

#: The version of the format; a reader that knows another one must refuse.
FORMAT = "teiprep-sidecar/1"

#: The keys of an annotation's record that are not attributes.
_OF_ANNOTATION = frozenset({"id", "type", "flow", "start", "end", "quote", "certainty", "rule", "source"})


def dump(document: Document, layout: Layout) -> bytes:
    """The sidecar of `document`, as UTF-8 JSON with one record a line; `layout` gives the places in the source.

    Raises InvariantError for an annotation with an attribute that is named like a key of its record.
    """
    title = document.metadata.get("title")
    keys: dict[str, Any] = {
        "format": FORMAT,
        "source": _record(document.source),
        "document": {
            "id": document.id,
            **({"title": title.value} if title else {}),
            "origin": document.origin,
            "metadata": {name: _record(value) for name, value in sorted(document.metadata.items())},
            "correspondence": [_record(side) for side in document.correspondence],
            "options": dict(sorted(document.options.items())),
        },
        "flows": (_flow(flow, document) for flow in document.flows),
        "blocks": map(_record, document.blocks),
        "breaks": (_record(each) | {"source": _source_of_break(each, layout)} for each in document.breaks),
        "notes": (_record(note) | {"source": _source_of_note(note, layout)} for note in document.notes),
        "furniture": (
            _record(each) | {"quote": document.text_of[FURNITURE][each.start : each.end]} for each in document.furniture
        ),
        "annotations": (_annotation(each, document, layout) for each in document.annotations),
        "register": map(_record, document.register),
        "pieces": map(tuple, document.pieces),
        "edits": _grouped(document.edits),
        "diagnostics": (_renamed(_record(each), "span", "source") for each in document.diagnostics),
        "rules": document.rules,
    }
    out = bytearray(b"{")
    for key, value in keys.items():
        _write(out, key, value)
        out += b",\n"
    out[-2:] = b"}\n"
    return bytes(out)


def load(data: bytes) -> Document:
    """The document whose sidecar is `data`; a furniture flow whose text was blanked is put together from its quotes.

    Raises TeiprepError with the code `sidecar-malformed` for what is no JSON, and `sidecar-schema` for what does not
    follow the schema.
    """
    record = parse(data)
    if not follows_schema(record):
        raise TeiprepError(
            "this is not a sidecar that teiprep can read", code="sidecar-schema", hint="`teiprep validate` says why"
        )
    about = record["document"]
    # What has been built goes: in a long document it takes as much room as all that came of it.
    pieces = tuple(Piece(*row) for row in record.pop("pieces"))
    edits = _expanded(record.pop("edits"))
    texts = {flow["id"]: flow["text"] for flow in record["flows"]}
    if FURNITURE in texts and not texts[FURNITURE]:
        texts[FURNITURE] = _from_quotes(record["furniture"], flow_lengths(pieces, edits).get(FURNITURE, 0))
    return Document(
        id=about["id"],
        source=_build(SourceInfo, record["source"]),
        origin=about["origin"],
        flows=tuple(Flow(name, text) for name, text in texts.items()),
        pieces=pieces,
        edits=edits,
        blocks=tuple(_build(Block, each) for each in record.pop("blocks")),
        breaks=tuple(_build(Break, each) for each in record.pop("breaks")),
        notes=tuple(_build(Note, each) for each in record.pop("notes")),
        furniture=tuple(_build(Furniture, each) for each in record["furniture"]),
        sentences={
            flow["id"]: tuple((start, end) for start, end in flow["sentences"])
            for flow in record["flows"]
            if "sentences" in flow
        },
        annotations=tuple(_build_annotation(each) for each in record.pop("annotations")),
        register=tuple(_build(Person, each) for each in record.pop("register")),
        correspondence=tuple(_build(Correspondence, each) for each in about["correspondence"]),
        metadata={name: _build(Metadatum, each) for name, each in about["metadata"].items()},
        options=about["options"],
        rules=record["rules"],
        diagnostics=tuple(_build(Diagnostic, _renamed(each, "source", "span")) for each in record.pop("diagnostics")),
    )


def parse(data: bytes) -> Any:
    """The JSON in `data`. Raises TeiprepError with the code `sidecar-malformed`, and the line where it goes wrong."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise TeiprepError(
            f"this is not JSON: {error.msg}, line {error.lineno}",
            code="sidecar-malformed",
            hint="the file is incomplete or was changed by hand; encode the document again",
        ) from error


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the sidecar."""
    loaded: dict[str, Any] = orjson.loads(resources.path("schemas/sidecar.schema.json").read_bytes())
    return loaded


def follows_schema(record: Any) -> bool:
    """Whether the parsed JSON follows the schema; `jsonschema`, the slow reference, says the same (a test proves it).

    For JSON Schema 5.0 is an integer; as an offset it is none, so any number with a point is refused as well.
    """
    return _validator().is_valid(record) and not _has_float(record)


def fingerprints(data: bytes) -> dict[str, str]:
    """The fingerprint of each flow's text, as written in a sidecar that `load` accepts: they outlive blanked texts."""
    return {flow["id"]: flow["check"] for flow in parse(data)["flows"]}


def source_text(document: Document) -> str:
    """The text of the source, from the flows and the edits; of no use if the texts of the flows were blanked."""
    return alignment.restore(document.text_of, document.pieces, document.edits)


def layout_of(document: Document) -> Layout:
    """The layout of a document that came from a sidecar: where every character of a flow stands in the source.

    Raises InvariantError if the pieces do not cover the source or an edit crosses from one piece to the next.
    """
    return Layout(source_text(document), [edit for edit, _ in document.edits], document.pieces)


def flow_lengths(pieces: Sequence[Piece], edits: Iterable[tuple[Edit, str]]) -> dict[str, int]:
    """The length of each flow's text in code points, as pieces and edits have it.

    >>> flow_lengths([Piece(0, 4, "body"), Piece(4, 9, "fn-1")], [(Edit(1, 3, "-", "space", "demo"), "  ")])
    {'body': 3, 'fn-1': 5}
    """
    lengths: dict[str, int] = defaultdict(int)
    for piece in pieces:
        lengths[piece.flow] += piece.end - piece.start
    starts = [piece.start for piece in pieces]
    for edit, _ in edits if pieces else ():
        flow = pieces[bisect_right(starts, edit.start) - 1].flow
        lengths[flow] += len(edit.replacement) - (edit.end - edit.start)
    return dict(lengths)


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema())


def _has_float(value: Any) -> bool:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, float):
            return True
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return False


# --- writing ----------------------------------------------------------------------------------------------------------


def _write(out: bytearray, key: str, value: Any) -> None:
    """One top-level key: of many records each has a line and is made when its turn has come; all else is one line."""
    # Added up at once: what orjson gives has kilobytes of room behind it, which a list of them would keep.
    out += orjson.dumps(key) + b":"
    if isinstance(value, (dict, str)):
        out += orjson.dumps(value)
        return
    out += b"["
    before = b"\n"
    for record in value:
        out += before
        out += orjson.dumps(record)
        before = b",\n"
    out += b"]" if before == b"\n" else b"\n]"


@cache
def _defaults(cls: Any) -> tuple[tuple[str, Any], ...]:
    """The names of a dataclass's fields, each with its default; MISSING, which equals nothing, where there is none."""
    return tuple(
        (each.name, each.default if each.default_factory is MISSING else each.default_factory()) for each in fields(cls)
    )


def _record(item: Any) -> dict[str, Any]:
    """The fields of a dataclass instance that are not None and not their default."""
    record = {}
    for name, default in _defaults(item.__class__):
        value = getattr(item, name)
        if value is not None and value != default:
            record[name] = dict(sorted(value.items())) if isinstance(value, Mapping) else value
    return record


def _renamed(record: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {new if key == old else key: value for key, value in record.items()}


def _flow(flow: Flow, document: Document) -> dict[str, Any]:
    record: dict[str, Any] = {"id": flow.id, "text": flow.text, "check": str(fingerprint(flow.text))}
    if flow.id in document.sentences:
        record["sentences"] = document.sentences[flow.id]
    return record


def _source_of_break(each: Break, layout: Layout) -> tuple[int, int]:
    """Its marker in the source; without one, the empty span where it falls."""
    if each.marker:
        return layout.source_span(FURNITURE, *each.marker)
    return layout.source_span(each.flow, each.offset, each.offset)


def _source_of_note(note: Note, layout: Layout) -> tuple[int, int]:
    """Its siglum in the source; without one, the empty span of its anchor."""
    if note.siglum:
        return layout.source_span(FURNITURE, *note.siglum)
    return layout.source_span(note.at_flow, note.at, note.at)


def _annotation(each: Annotation, document: Document, layout: Layout) -> dict[str, Any]:
    # `type` is the layer: the attribute of that name (`telegram`, `ibid`) goes under `subtype`.
    attributes = {("subtype" if name == "type" else name): value for name, value in sorted(each.attributes.items())}
    if taken := (attributes.keys() & _OF_ANNOTATION) | ({"subtype"} & each.attributes.keys()):
        raise InvariantError("promise-valid", f"{each.id} has an attribute that no sidecar can hold: {min(taken)}")
    return {
        "id": each.id,
        "type": each.layer,
        "flow": each.flow,
        "start": each.start,
        "end": each.end,
        "quote": document.quote(each),
        **attributes,
        **({"certainty": each.certainty} if each.certainty != "high" else {}),
        **({"rule": each.rule} if each.rule else {}),
        "source": layout.source_span(each.flow, each.start, each.end),
    }


def _grouped(edits: Iterable[tuple[Edit, str]]) -> list[dict[str, Any]]:
    """Edits that do the same as one record with all the places where it was done, in the order of the first place."""
    groups: dict[tuple[str, str, str, str, str], list[int]] = {}
    for edit, original in edits:
        groups.setdefault((edit.kind, edit.rule, original, edit.replacement, edit.certainty), []).append(edit.start)
    return [
        {
            "kind": kind,
            "rule": rule,
            "original": original,
            "replacement": replacement,
            **({"certainty": certainty} if certainty != "high" else {}),
            "starts": starts,
        }
        for (kind, rule, original, replacement, certainty), starts in groups.items()
    ]


# --- reading ----------------------------------------------------------------------------------------------------------


def _build(cls: Callable[..., T], record: Mapping[str, Any]) -> T:
    """An instance of the dataclass `cls`; keys of the record that are no field of it are for the reader."""
    values = {name: record.get(name) for name, default in _defaults(cls) if name in record or default is MISSING}
    return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def _build_annotation(record: Mapping[str, Any]) -> Annotation:
    attributes = {
        ("type" if key == "subtype" else key): value for key, value in record.items() if key not in _OF_ANNOTATION
    }
    return _build(Annotation, {**record, "layer": record["type"], "attributes": attributes})


def _expanded(groups: Iterable[Mapping[str, Any]]) -> tuple[tuple[Edit, str], ...]:
    edits = [
        (
            Edit(
                start,
                start + len(group["original"]),
                group["replacement"],
                group["kind"],
                group["rule"],
                group.get("certainty", "high"),
            ),
            group["original"],
        )
        for group in groups
        for start in group["starts"]
    ]
    return tuple(sorted(edits))


def _from_quotes(furniture: Iterable[Mapping[str, Any]], length: int) -> str:
    """The text of the furniture flow: the quotes at their places, and line feeds between them."""
    parts: list[str] = []
    at = 0
    for each in sorted(furniture, key=lambda each: (each["start"], each["end"])):
        parts += ("\n" * (each["start"] - at), each["quote"])
        at = each["end"]
    parts.append("\n" * (length - at))
    return "".join(parts)
