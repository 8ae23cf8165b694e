"""Four promises that are proved for every document before it is published: restore, ledger, freeze, valid.

`check` raises InvariantError at the first that does not hold, with the place and both sides of the difference.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import jsonschema_rs
from lxml import etree

from . import alignment, fingerprint, resources, sidecar
from .alignment import Flow
from .diagnostics import InvariantError, TeiprepError
from .document import FURNITURE
from .tei import reading as tei_reading
from .tei.nesting import is_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .alignment import Edit
    from .document import Document
    from .source import Source
    from .tei.reading import Reading

XML_ID = tei_reading.XML_ID
#: The attributes of ours whose value is one or more pointers (TEI data type teidata.pointer).
POINTERS = ("ref", "who", "target", "corresp", "next", "prev", "ana", "resp")

#: What can become of a code point of the source.
CLASSES = ("kept", "replaced", "removed", "furniture", "siglum")


def check(source: Source, document: Document, tei: bytes, record: bytes) -> None:
    """Prove the four promises for one document, its TEI file and its sidecar (`record`).

    Raises InvariantError with the code of the promise, and the place in `difference`.
    """
    ledger(document, source)
    root = _valid_tei(tei)
    loaded = _valid_sidecar(record)
    read = tei_reading.read(root)
    freeze(document, read)
    _restores(source, loaded, read)


# --- restore ----------------------------------------------------------------------------------------------------------


def restore(document: Document, texts: Mapping[str, str], prints: Mapping[str, str] | None = None) -> bytes:
    """The raw bytes of the source, from a sidecar's document and the texts of its flows.

    `texts` come from the sidecar or from a TEI file; `prints`, by flow, are the fingerprints that the sidecar keeps,
    and name the word that was changed when the sidecar's own texts are blank. Raises TeiprepError with the code
    `sidecar-mismatch` if the bytes are not those that came in.
    """
    for flow in document.flows:
        expected, found = flow.text, texts.get(flow.id, "")
        if expected and expected != found:
            raise tei_reading.mismatch(f"{flow.id}: {_difference(found, expected)}")
        if prints and flow.id in prints:
            where = fingerprint.locate(found, fingerprint.Fingerprint.parse(prints[flow.id]))
            if where is not None:
                raise tei_reading.mismatch(f"{flow.id}: {where}")
    lengths = sidecar.flow_lengths(document.pieces, document.edits)
    for name, length in lengths.items():
        if len(texts.get(name, "")) != length:
            raise tei_reading.mismatch(f"{name} has {len(texts.get(name, ''))} characters, it should have {length}")
    text = alignment.restore(texts, document.pieces, document.edits)
    data = text.encode(document.source.encoding)
    if hashlib.sha256(data).hexdigest() != document.source.sha256:
        raise tei_reading.mismatch("the restored bytes are not those that came in")
    return data


def restore_from(tei: bytes, document: Document, prints: Mapping[str, str] | None = None) -> bytes:
    """The raw bytes of the source, from the TEI's own text and the sidecar's document, whose flow texts may be blank.

    Raises TeiprepError: `xml-malformed`, or `sidecar-mismatch` naming the word, block or note that differs.
    """
    read = tei_reading.read(tei_reading.parse(tei))
    lengths = sidecar.flow_lengths(document.pieces, document.edits)
    return restore(document, tei_reading.flows_of(read, document, lengths), prints)


def blanked(document: Document) -> Document:
    """The document without the texts that one reads: what is left must be enough, with the TEI, to restore."""
    return replace(
        document, flows=tuple(flow if flow.id == FURNITURE else replace(flow, text="") for flow in document.flows)
    )


def _restores(source: Source, loaded: Document, read: Reading) -> None:
    lengths = sidecar.flow_lengths(loaded.pieces, loaded.edits)
    try:
        from_sidecar = restore(loaded, loaded.text_of)
        empty = blanked(loaded)
        from_tei = restore(empty, tei_reading.flows_of(read, empty, lengths))
    except TeiprepError as error:
        raise InvariantError("promise-restore", "the source does not come back", difference=error.message) from error
    if from_sidecar != source.data or from_tei != source.data:
        raise InvariantError("promise-restore", "other bytes come back", difference=loaded.source.file)


def _difference(found: str, expected: str) -> str:
    where = fingerprint.locate(found, fingerprint.fingerprint(expected))
    at = next(
        (k for k, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b), min(len(found), len(expected))
    )
    low = max(at - 15, 0)
    return f"{where}: …{found[low : at + 25]!r} instead of …{expected[low : at + 25]!r}"


# --- ledger -----------------------------------------------------------------------------------------------------------


def ledger(document: Document, source: Source) -> dict[str, tuple[int, int]]:
    """What became of the source: for each of CLASSES the number of code points and of bytes.

    Every code point is looked at, with what stands for it in its flow; so two errors that make up for each other in
    the totals are found. Raises InvariantError with the first place that is wrong.
    """
    book = _Ledger(document, source)
    position = 0
    edits = iter(document.edits)
    edit, original = next(edits, (None, ""))
    for piece in document.pieces:
        if piece.start != position or piece.end < piece.start or piece.flow not in document.text_of:
            raise _ledger_error(source, position, f"no piece, or two, of {piece.flow} cover this place")
        while edit is not None and edit.start < piece.end:
            if not position <= edit.start <= edit.end <= piece.end:
                raise _ledger_error(source, edit.start, f"the edit of {edit.rule} overlaps another one, or two flows")
            book.keep(position, edit.start, piece.flow)
            book.change(edit, original, piece.flow)
            position = edit.end
            edit, original = next(edits, (None, ""))
        book.keep(position, piece.end, piece.flow)
        position = piece.end
    if edit is not None or position != len(source.text):
        raise _ledger_error(source, position, "the pieces and edits do not end where the source ends")
    for flow in document.flows:
        if book.at[flow.id] != len(flow.text):
            raise _ledger_error(
                source, position, f"{flow.id} has text that no piece gave it, from {book.at[flow.id]} on"
            )
    total = sum(size for _, size in book.counts.values())
    if total != len(source.data) or document.source.bytes != total:
        raise InvariantError("promise-ledger", "the bytes do not add up", difference=f"{total} of {len(source.data)}")
    return book.counts


class _Ledger:
    """The counts so far, and how far each flow has been accounted for (`at`)."""

    def __init__(self, document: Document, source: Source) -> None:
        self.text_of = document.text_of
        self.source = source
        self.counts = dict.fromkeys(CLASSES, (0, 0))
        self.at = dict.fromkeys(document.text_of, 0)
        # Incremental, for encodings with a state: their stretches do not have a length of their own.
        self._encoder = codecs.getincrementalencoder(source.encoding)("strict")
        self._sigla = sorted((each.start, each.end) for each in document.furniture if each.type == "siglum")
        self._siglum = 0

    def keep(self, start: int, end: int, flow: str) -> None:
        """`source[start:end]` must stand unchanged where `flow` goes on."""
        here = self.at[flow]
        self.at[flow] = stop = here + end - start
        if self.source.text[start:end] != (found := self.text_of[flow][here:stop]):
            raise _ledger_error(self.source, start, f"{flow} has {_pair(found, self.source.text[start:end])}")
        if flow != FURNITURE:
            self._spend("kept", start, end)
            return
        while here < stop:
            while self._siglum < len(self._sigla) and self._sigla[self._siglum][1] <= here:
                self._siglum += 1
            low, high = self._sigla[self._siglum] if self._siglum < len(self._sigla) else (stop, stop)
            kind, until = ("siglum", min(high, stop)) if low <= here else ("furniture", min(low, stop))
            self._spend(kind, start, start + until - here)
            start, here = start + until - here, until

    def change(self, edit: Edit, original: str, flow: str) -> None:
        """The edit must stand on its original, and its replacement where `flow` goes on."""
        if self.source.text[edit.start : edit.end] != original:
            raise _ledger_error(self.source, edit.start, _pair(original, self.source.text[edit.start : edit.end]))
        here = self.at[flow]
        self.at[flow] = stop = here + len(edit.replacement)
        if self.text_of[flow][here:stop] != edit.replacement:
            raise _ledger_error(self.source, edit.start, f"{flow} lacks what {edit.rule} put there")
        self._spend("replaced" if edit.replacement else "removed", edit.start, edit.end)

    def _spend(self, kind: str, start: int, end: int) -> None:
        points, size = self.counts[kind]
        final = end == len(self.source.text)
        self.counts[kind] = points + end - start, size + len(self._encoder.encode(self.source.text[start:end], final))


def _ledger_error(source: Source, offset: int, difference: str) -> InvariantError:
    place = f"line {source.line(offset)}, code point {offset}"
    return InvariantError("promise-ledger", f"the source is not accounted for at {place}", difference=difference)


def _pair(found: str, expected: str) -> str:
    at = next(
        (k for k, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b), min(len(found), len(expected))
    )
    return f"{found[at : at + 30]!r} instead of {expected[at : at + 30]!r}"


# --- freeze -----------------------------------------------------------------------------------------------------------


def freeze(document: Document, read: Reading) -> None:
    """The TEI's reading text is the flows', code point for code point, block by block; gaps hold only line feeds.

    Raises InvariantError naming the flow, the block, and the line of the TEI.
    """
    for flow in document.reading_flows:
        _gaps(flow, [(block.id, block.start, block.end) for block in document.leaves[flow.id]])
        found, expected = read.leaves.get(flow.id, []), document.leaves[flow.id]
        if len(found) == 1 and not expected and not found[0].text:
            continue
        if len(found) != len(expected):
            raise InvariantError(
                "promise-freeze",
                f"{flow.id} has other blocks in the TEI",
                difference=f"{len(found)} instead of {len(expected)}",
            )
        for leaf, block in zip(found, expected, strict=True):
            if leaf.text != (text := document.quote(block)):
                raise InvariantError(
                    "promise-freeze",
                    f"{block.id} of {flow.id} (line {leaf.line} of the TEI) reads differently",
                    difference=_pair(leaf.text, text),
                )
    if read.strays:
        raise InvariantError(
            "promise-freeze", f"text outside of any block, line {read.strays[0].line}", difference=read.strays[0].text
        )
    for name, leaves in read.leaves.items():
        if name not in document.text_of and any(leaf.text for leaf in leaves):
            raise InvariantError("promise-freeze", f"the TEI has a note {name} that the document has not")
    furniture = document.text_of.get(FURNITURE, "")
    entries = sorted((each.start, each.end, each.id) for each in document.furniture)
    _gaps(Flow(FURNITURE, furniture), [(name, start, end) for start, end, name in entries])
    shown = {each.id: furniture[each.start : each.end] for each in document.furniture if is_shown(each, document)}
    if shown != (fw := {name: leaf.text for name, leaf in read.furniture.items()}):
        wrong = min((shown.items() | fw.items()) - (shown.items() & fw.items()))
        raise InvariantError("promise-freeze", f"the fw {wrong[0]} differs from the furniture", difference=wrong[1])


def _gaps(flow: Flow, spans: Sequence[tuple[str, int, int]]) -> None:
    """Between the leaves, before the first and after the last, there are only line feeds."""
    at = 0
    for name, start, end in (*spans, ("", len(flow.text), len(flow.text))):
        gap = flow.text[at:start]
        if start < at or end < start or gap.strip("\n"):
            what = f"before {name}" if name else "at the end"
            raise InvariantError(
                "promise-freeze", f"{flow.id} has text outside of its blocks, {what}", difference=repr(gap[:60])
            )
        at = end


# --- valid ------------------------------------------------------------------------------------------------------------


@cache
def grammar() -> etree.RelaxNG:
    """The project's own grammar, compiled."""
    return etree.RelaxNG(etree.parse(resources.path("schemas/teiprep.rng")))


@cache
def _schema() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(sidecar.schema())


def dangling(root: etree._Element) -> Iterator[tuple[int, str, str]]:
    """What is wrong with ids and pointers: line, `id-duplicate` or `pointer-dangling`, and what it is about."""
    ids: set[str] = set()
    pointers: list[tuple[int, str, str]] = []
    for element in root.iter(etree.Element):
        line = int(element.sourceline or 0)
        name = element.get(XML_ID)
        if name is not None:
            if name in ids:
                yield line, "id-duplicate", name
            ids.add(name)
        for attribute in POINTERS:
            value = element.get(attribute)
            if value is not None:
                pointers += ((line, attribute, target[1:]) for target in value.split() if target.startswith("#"))
    for line, attribute, target in pointers:
        if target not in ids:
            yield line, "pointer-dangling", f"@{attribute} points to #{target}"


def _valid_tei(tei: bytes) -> etree._Element:
    try:
        root = tei_reading.parse(tei)
    except TeiprepError as error:
        raise InvariantError("promise-valid", "the TEI is not well-formed", difference=error.message) from error
    for line, code, about in dangling(root):
        raise InvariantError("promise-valid", f"{code}, line {line} of the TEI", difference=about)
    schema = grammar()
    if not schema.validate(root):
        found = schema.error_log[0]
        raise InvariantError(
            "promise-valid", f"the grammar refuses line {found.line} of the TEI", difference=found.message
        )
    return root


def _valid_sidecar(record: bytes) -> Document:
    try:
        return sidecar.load(record)
    except TeiprepError as error:
        difference = error.message
        if error.code == "sidecar-schema":
            found = next(_schema().iter_errors(sidecar.parse(record)), None)
            difference = f"{'/'.join(map(str, found.instance_path))}: {found.message}" if found else "not an integer"
        raise InvariantError("promise-valid", "the sidecar cannot be read", difference=difference) from error
