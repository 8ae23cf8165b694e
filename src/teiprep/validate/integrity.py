"""Do they belong together? A sidecar against its schema, itself and its source's digest; and against its TEI."""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from teiprep import sidecar
from teiprep.alignment import Flow
from teiprep.diagnostics import TeiprepError
from teiprep.document import FURNITURE
from teiprep.fingerprint import Fingerprint, locate
from teiprep.proofs import lengthened
from teiprep.tei import encode, reading

from .edits import edits
from .locate import Locator, path_of
from .raw import RawLines
from .report import SEVERITIES, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import jsonschema
    from lxml import etree

    from teiprep.document import Document

    from .edits import Edit

#: So many changes of one kind are told with their places; the others are counted.
_MOST_TOLD = 12


def check_sidecar(data: bytes, file: str) -> tuple[Document | None, list[Finding]]:
    """The document in a sidecar, or None where it cannot be read, with what is wrong with it.

    Checked are the JSON Schema, every span and name inside it, whatever it says twice (quotes, places in the source,
    fingerprints), and that the source's text comes back with the source's digest. A sidecar whose texts were blanked
    cannot give the source back by itself: it is compared with its TEI only.
    """
    document, findings = read_sidecar(data, file)
    if document is None:
        return None, findings
    if is_blanked(document):
        return document, list(_twice(data, file))
    try:
        layout = sidecar.layout_of(document)
    except TeiprepError as error:
        return None, [_mismatch(file, 1, f"the source cannot be restored from it: {error}")]
    if not gives_back(document):
        said = f"the source cannot be restored from it: what comes back has not the digest of {document.source.file}"
        return document, [_mismatch(file, 1, said)]
    derived = sidecar.dump(document, layout)
    if derived == data:
        return document, []
    findings = list(_twice(data, file))
    given, meant = sidecar.parse(data), sidecar.parse(derived)
    return document, findings + [_mismatch(file, _line(data, path), said) for path, said in _differences(given, meant)]


def read_sidecar(data: bytes, file: str) -> tuple[Document | None, list[Finding]]:
    """The document in a sidecar, or None with what is wrong: no JSON, not of the schema, a name that leads nowhere."""
    try:
        document = sidecar.load(data)
    except TeiprepError as error:
        if error.code == "sidecar-schema":
            return None, list(_schema_findings(data, file))
        return None, [Finding.at_line(file, 1, error.code, str(error))]
    if lost := list(_lost(document)):
        return None, [_mismatch(file, 1, each) for each in lost]
    return document, []


def is_blanked(document: Document) -> bool:
    """Whether the texts of the reading flows were taken out, to be taken from the TEI."""
    lengths = sidecar.flow_lengths(document.pieces, document.edits)
    blank = [not flow.text for flow in document.reading_flows if lengths.get(flow.id)]
    return bool(blank) and all(blank)


def check_pair(root: etree._Element, tei: bytes, file: str, document: Document, record: bytes) -> Iterator[Finding]:
    """What a TEI file (its root, its bytes, its name) says otherwise than its sidecar (the document, and the bytes).

    A sidecar can be encoded again. If that gives the same bytes, all is proved; if not, the two trees are compared, and
    whatever a person changed is named: words (`text-edited`), tags and the header (`markup-edited`). Only files that do
    not belong together, or a sidecar from which no TEI can be made, are a `sidecar-mismatch`.
    """
    try:
        yield from list(_compared(root, tei, file, document, record))
    except RecursionError:
        said = "elements stand in one another nearly a thousand deep: nothing that teiprep wrote, and not compared"
        yield _mismatch(file, 1, said)


def _compared(root: etree._Element, tei: bytes, file: str, document: Document, record: bytes) -> Iterator[Finding]:
    path = f"{reading.TEI}teiHeader/{reading.TEI}fileDesc/{reading.TEI}sourceDesc//{reading.TEI}idno"
    digests = [each for each in root.iterfind(path) if each.get("type") == "sha256"]
    for each in digests:
        if (each.text or "").strip() != document.source.sha256:
            said = "the header does not bear the SHA-256 of the sidecar's source: the two do not belong together"
            yield _mismatch(file, Locator(root, tei).place(each)[0], said)
            return
    if is_blanked(document):
        filled, findings = _filled(root, file, document, record)
        yield from findings
        if filled is None:
            return
        document = filled
    try:
        encoded = encode(document)
    except Exception as error:  # noqa: BLE001 - encoding trusts its document, and this one came from a file
        said = f"the sidecar contradicts itself, no TEI can be made from it: {type(error).__name__}: {error}"
        yield _mismatch(file, 1, said)
        return
    if encoded == tei:
        return
    before = reading.parse(encoded)
    same_version = _adopt_version(before, root)
    found = list(edits(before, root))
    if not digests and any(edit.kind == "words" for edit in found):
        # Nothing but the words can tell whether the two have to do with each other.
        known = Counter(word for flow in document.reading_flows for word in flow.text.split())
        there = Counter(word for text in root.iter(f"{reading.TEI}text") for word in " ".join(text.itertext()).split())
        if (known & there).total() * 2 < known.total():
            yield _mismatch(file, 1, "it has not half of the sidecar's words: the two do not belong together")
            return
    yield from _told(found, file, Locator(root, tei), RawLines(root, document), same_version=same_version)


def _told(
    found: Sequence[Edit], file: str, locator: Locator, raw: RawLines, *, same_version: bool
) -> Iterator[Finding]:
    """The edits as findings, the first dozen of each code with their places, the others as a count."""

    def finding(edit: Edit, code: str, message: str) -> Finding:
        node, part, offset = edit.place
        line, column = locator.character(node, part, offset)
        around = node.getparent() if part == "tail" else node
        path = path_of(node if around is None else around)
        return Finding(file, line, column, SEVERITIES[code], code, message, path, raw.place(node, part, offset))

    kinds: dict[str, list[Edit]] = {kind: [] for kind in ("words", "space", "point", "tag")}
    for edit in found:
        kinds[edit.kind].append(edit)
    spaces, tags = kinds["space"], kinds["tag"]
    if len(spaces) > 1:
        said = f"white space within blocks was changed in {len(spaces)} places, as when a file is laid out anew"
        yield finding(spaces[0], "text-edited", f"{said}; the first: {spaces[0].message}")
        spaces = []
    if tags and not same_version:
        said = f"{len(tags)} tags are" if len(tags) > 1 else "one tag is"
        said += " not as this version of teiprep writes them; another one wrote the file, so this need be no edit"
        yield finding(tags[0], "markup-edited", f"{said}; the first: {tags[0].message}")
        tags = []
    for code, listed in (("text-edited", kinds["words"] + spaces), ("markup-edited", kinds["point"] + tags)):
        for edit in listed[:_MOST_TOLD]:
            yield finding(edit, code, edit.message)
        if len(listed) > _MOST_TOLD:
            more = f"{len(listed) - _MOST_TOLD} more changes, {len(listed)} in all"
            yield finding(listed[_MOST_TOLD], code, more)


def _adopt_version(before: etree._Element, after: etree._Element) -> bool:
    """Whether this version of teiprep wrote the TEI file; if another one did, let `before` say so too."""
    path = f"{reading.TEI}teiHeader/{reading.TEI}encodingDesc/{reading.TEI}appInfo/{reading.TEI}application"
    one, other = before.find(path), after.find(path)
    if one is None or other is None or one.get("version") == (version := other.get("version", "")):
        return True
    one.set("version", version)
    return False


def _filled(
    root: etree._Element, file: str, document: Document, record: bytes
) -> tuple[Document | None, list[Finding]]:
    """A document whose texts were blanked with the texts of its TEI, and which of them are not the encoded ones.

    None if the TEI's texts are not as long as they were: then no more can be told.
    """
    lost = f"{document.source.file} cannot be restored: the sidecar has no texts, and those of the TEI were changed"
    lengths = sidecar.flow_lengths(document.pieces, document.edits)
    found = reading.read(root)
    try:
        texts = reading.flows_of(found, document, lengths)
    except TeiprepError as error:
        named = re.search(r"\bline (\d+)", error.message)
        at = int(named[1]) if named else 1
        return None, [Finding.at_line(file, at, "text-edited", error.message), _mismatch(file, 1, lost)]
    findings = []
    for flow, recorded in sidecar.fingerprints(record).items():
        if said := locate(texts[flow], Fingerprint.parse(recorded)):
            leaves = found.leaves.get(flow)
            at, longer = next(lengthened(found, document, flow), (leaves[0].line if leaves else 1, ""))
            said = f"{flow}: {said}" + (f"; {longer}" if longer else "")
            findings.append(Finding.at_line(file, at, "text-edited", said))
    filled = replace(document, flows=tuple(Flow(*each) for each in texts.items()))
    if any(len(texts[name]) != length for name, length in lengths.items()):
        return None, [*findings, _mismatch(file, 1, lost)]
    if not gives_back(filled):
        findings.append(_mismatch(file, 1, lost))
    return filled, findings


def gives_back(document: Document) -> bool:
    """Whether a document, with the texts that it has, gives the source back, byte for byte."""
    try:
        restored = sidecar.source_text(document).encode(document.source.encoding)
    except (UnicodeError, LookupError):
        return False
    return (len(restored), hashlib.sha256(restored).hexdigest()) == (document.source.bytes, document.source.sha256)


def _mismatch(file: str, line: int, message: str) -> Finding:
    return Finding.at_line(file, line, "sidecar-mismatch", message)


# --- the JSON Schema --------------------------------------------------------------------------------------------------


@cache
def _reference() -> jsonschema.Draft202012Validator:
    import jsonschema  # noqa: PLC0415 - 60 ms, for faulty sidecars only

    return jsonschema.Draft202012Validator(sidecar.schema())


def _schema_findings(data: bytes, file: str) -> Iterator[Finding]:
    """What the reference validator says; it is slow, and asked only when the fast one has said no."""
    found = False
    try:
        for error in _reference().iter_errors(sidecar.parse(data)):
            found = True
            path = list(error.absolute_path)
            meant = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
            said = f"{_words(path)}: {textwrap.shorten(error.message, 160, placeholder=' …')}"
            yield Finding.at_line(
                file, _line(data, path), "sidecar-schema", f"{said} ({meant})" if meant and path else said
            )
    except RecursionError:
        found = True
        yield Finding.at_line(file, 1, "sidecar-schema", "lists or objects stand in one another, hundreds deep")
    if not found:
        said = "a number has a decimal point or is too large; offsets are whole numbers"
        yield Finding.at_line(file, 1, "sidecar-schema", said)


def _twice(data: bytes, file: str) -> Iterator[Finding]:
    """A key that stands twice in one object: of such programs read the one or the other (RFC 8259, section 4)."""
    twice: list[str] = []

    def seen(pairs: list[tuple[str, Any]]) -> None:
        if len({key for key, _ in pairs}) < len(pairs):
            twice.extend(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)

    json.loads(data, object_pairs_hook=seen)
    for key in dict.fromkeys(twice):
        yield Finding.at_line(file, 1, "sidecar-malformed", f"the key “{key}” stands twice in one object")


def _words(path: Sequence[str | int]) -> str:
    """A place in the JSON as `jq` writes it, without the first point."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).lstrip(".") or "the sidecar"


def _line(data: bytes, path: Sequence[str | int]) -> int:
    """The line of a record, in the layout that `dump` writes; 1 in a file that was laid out anew."""
    if not path:
        return 1
    lines = data.split(b"\n")
    start = f'"{path[0]}":'.encode()
    number = next((k for k, line in enumerate(lines, 1) if line.lstrip(b"{").startswith(start)), 1)
    if len(path) > 1 and isinstance(path[1], int) and lines[number - 1].endswith(b"["):
        number += path[1] + 1
    return number if number <= len(lines) else 1


# --- the sidecar by itself --------------------------------------------------------------------------------------------


def _lost(document: Document) -> Iterator[str]:
    """Spans that lie outside their flow; flows and ids that are pointed to and do not exist, or stand twice."""
    lengths = sidecar.flow_lengths(document.pieces, document.edits)
    if wrong := [flow.id for flow in document.flows if flow.text and len(flow.text) != lengths.get(flow.id)]:
        yield f"the text of the flow {wrong[0]} has not the length that pieces and edits give it"
    named = {flow.id for flow in document.flows}
    if missing := sorted(lengths.keys() - named):
        yield f"there is no flow {missing[0]}, but a piece of the source belongs to it"
    for name, flow, start, end in _spans(document):
        if flow not in lengths:
            yield f"{name} is said to stand in the flow {flow}, which does not exist"
        elif not 0 <= start <= end <= lengths[flow]:
            yield f"{name} is said to stand at {start}–{end} of the flow {flow}, which has {lengths[flow]} characters"
    for layer in ("blocks", "breaks", "notes", "furniture", "annotations", "register"):
        counts = Counter(each.id for each in getattr(document, layer))
        yield from (f"{count} {layer} have the same id, {name}" for name, count in counts.items() if count > 1)
    known = {
        each.id for layer in (document.blocks, document.breaks, document.notes, document.annotations) for each in layer
    }
    known |= {person.id for person in document.register}
    for name, pointer in _pointers(document):
        if pointer not in known:
            yield f"{name} points to {pointer}, which does not exist"


def _spans(document: Document) -> Iterator[tuple[str, str, int, int]]:
    """Whatever points into a flow: its id, the flow, the span."""
    yield from ((each.id, each.flow, each.start, each.end) for each in document.blocks)
    yield from ((each.id, each.flow, each.start, each.end) for each in document.annotations)
    for furniture in document.furniture:
        yield furniture.id, FURNITURE, furniture.start, furniture.end
    for point in document.breaks:
        yield point.id, point.flow, point.offset, point.offset
        if point.marker:
            yield point.id, FURNITURE, *point.marker
    for note in document.notes:
        yield note.id, note.at_flow, note.at, note.at
        if note.flow:
            yield note.id, note.flow, 0, 0
        if note.siglum:
            yield note.id, FURNITURE, *note.siglum
    for flow, spans in document.sentences.items():
        for span in spans:
            yield "a sentence", flow, *span


def _pointers(document: Document) -> Iterator[tuple[str, str]]:
    """Whatever names something else in the document: its id, and the id that it names."""
    yield from ((block.id, block.parent) for block in document.blocks if block.parent)
    yield from ((each.id, each.page) for each in document.furniture if each.page)
    yield from (("the correspondence", side.ref) for side in document.correspondence if side.ref)
    for each in document.annotations:
        for name in ("ref", "who", "clue", "next", "prev", "target", "citedIn"):
            if name in each.attributes:
                yield each.id, each.attributes[name]


def _differences(given: Any, derived: Any) -> Iterator[tuple[list[str | int], str]]:
    """Where a sidecar says what does not follow from its other keys: a title, quote, fingerprint, place in the source.

    Both are parsed and give the same document, so that any other key agrees, or is a default that was written out.
    """
    if given["document"].get("title") != derived["document"].get("title"):
        yield ["document"], "document: the title is not the one in the metadata"
    for key in ("flows", "breaks", "notes", "furniture", "annotations"):
        for number, (one, right) in enumerate(zip(given[key], derived[key], strict=True)):
            for name in ("check", "quote", "source"):
                if one.get(name) != right.get(name):
                    said, meant = (textwrap.shorten(str(each[name]), 60, placeholder=" …") for each in (one, right))
                    yield [key, number], f"{one['id']}: {name} is “{said}”, but follows to be “{meant}”"
