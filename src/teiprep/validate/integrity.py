"""Do they belong together? A sidecar against its schema, itself and its source's digest; and against its TEI."""

from __future__ import annotations

import hashlib
import re
import textwrap
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from teiprep import sidecar
from teiprep.alignment import Flow
from teiprep.diagnostics import TeiprepError
from teiprep.document import FURNITURE
from teiprep.fingerprint import Fingerprint, locate
from teiprep.tei import reading
from teiprep.tei.body import as_printed

from .difference import first_difference
from .report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import jsonschema
    from lxml import etree

    from teiprep.document import Correction, Document


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
        return document, []
    try:
        layout = sidecar.layout_of(document)
    except TeiprepError as error:
        return None, [_mismatch(file, 1, f"the source cannot be restored from it: {error}")]
    if not _gives_back(document):
        said = f"the source cannot be restored from it: what comes back has not the digest of {document.source.file}"
        return document, [_mismatch(file, 1, said)]
    given, derived = sidecar.parse(data), orjson.loads(sidecar.dump(document, layout))
    return document, [_mismatch(file, _line(data, path), said) for path, said in _differences(given, derived)]


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


def check_pair(root: etree._Element, file: str, document: Document, data: bytes) -> Iterator[Finding]:
    """What the TEI (its root, its file's name) and its sidecar (the document, and the bytes) do not agree on.

    The source's digest in the header, the text of every block, the place of every note and break, and that the source
    comes back from the TEI's own text.
    """
    path = f"{reading.TEI}teiHeader/{reading.TEI}fileDesc/{reading.TEI}sourceDesc//{reading.TEI}idno"
    digests = [each for each in root.iterfind(path) if each.get("type") == "sha256"]
    if [(each.text or "").strip() for each in digests] != [document.source.sha256]:
        line = digests[0].sourceline if digests else None
        said = "the header does not bear the SHA-256 of the sidecar's source: the two do not belong together"
        yield _mismatch(file, line or 1, said)
        return
    found = reading.read(root)
    try:
        texts = reading.flows_of(found, document, sidecar.flow_lengths(document.pieces, document.edits))
    except TeiprepError as error:
        line_named = re.search(r"\bline (\d+)", error.message)
        yield _mismatch(file, int(line_named[1]) if line_named else 1, str(error))
        return
    changed = list(_blanked_changes(found, texts, document, data) if is_blanked(document) else changes(found, document))
    for line, said in changed:
        yield _mismatch(file, line, f"{said}: the text was changed after it was encoded")
    for line, said in (*displaced(found, document), *miscorrected(found, document)):
        yield _mismatch(file, line, said)
    if not changed and not _gives_back(replace(document, flows=tuple(Flow(*each) for each in texts.items()))):
        yield _mismatch(file, 1, f"{document.source.file} cannot be restored from this TEI: its text was changed")


def _gives_back(document: Document) -> bool:
    try:
        restored = sidecar.source_text(document).encode(document.source.encoding)
    except (UnicodeError, LookupError):
        return False
    return (len(restored), hashlib.sha256(restored).hexdigest()) == (document.source.bytes, document.source.sha256)


def changes(found: reading.Reading, document: Document) -> Iterator[tuple[int, str]]:
    """Each block of a TEI file that reads otherwise than in `document`: its line, and the first word that differs."""
    for flow in document.reading_flows:
        for leaf, block in zip(found.leaves.get(flow.id, ()), document.leaves[flow.id], strict=False):
            if leaf.text != (text := document.quote(block)):
                yield leaf.line, first_difference(leaf.text, text)


def _blanked_changes(
    found: reading.Reading, texts: Mapping[str, str], document: Document, data: bytes
) -> Iterator[tuple[int, str]]:
    """The same where the sidecar's texts were blanked: for each flow, what its fingerprint and its lengths tell."""
    for flow, recorded in sidecar.fingerprints(data).items():
        if said := locate(texts[flow], Fingerprint.parse(recorded)):
            leaves = found.leaves.get(flow)
            line, longer = next(lengthened(found, document, flow), (leaves[0].line if leaves else 1, ""))
            yield line, f"{flow}: {said}" + (f"; {longer}" if longer else "")


def lengthened(found: reading.Reading, document: Document, flow: str) -> Iterator[tuple[int, str]]:
    """Each block of a flow that is not as long as recorded, which a sidecar with blanked texts knows too."""
    for leaf, block in zip(found.leaves.get(flow, ()), document.leaves[flow], strict=False):
        if more := len(leaf.text) - (block.end - block.start):
            what = "paragraph" if block.type == "p" else block.type
            words = textwrap.shorten(leaf.text, 40, placeholder=" …")
            how = f"{abs(more)} character{'s' * (abs(more) > 1)} {'longer' if more > 0 else 'shorter'} than recorded"
            yield leaf.line, f"the {what} at line {leaf.line} (“{words}”) is {how}"


# --- points -----------------------------------------------------------------------------------------------------------


def miscorrected(found: reading.Reading, document: Document) -> Iterator[tuple[int, str]]:
    """Each correction that a TEI file does not show as a `choice` with what was printed: its line, and what is wrong.

    A `choice` of somebody's own does no harm.
    """
    shown: dict[tuple[str, int], list[reading.Choice]] = defaultdict(list)
    for choice in found.choices:
        shown[choice.flow, choice.leaf].append(choice)
    cut = {(point.flow, point.leaf, point.offset) for point in found.points}
    cut |= {(tag.flow, tag.leaf, at) for tag in found.tags for at in (tag.start, tag.end)}
    for flow in document.reading_flows:
        corrections = document.corrections.get(flow.id, ())
        for number, block in enumerate(document.leaves[flow.id] if corrections else ()):
            low, high = (bisect_left(corrections, (at,)) for at in (block.start, block.end))
            if low < high and _as_recorded(found, document, reading.Point("", flow.id, number, 0, None, None, 0)):
                leaf = found.leaves[flow.id][number]
                here = [
                    each._replace(start=each.start - block.start, end=each.end - block.start)
                    for each in corrections[low:high]
                    # A mark-up that ends between two letters of it: no `choice` can be made.
                    if all((flow.id, number, at - block.start) not in cut for at in range(each.start + 1, each.end))
                ]
                yield from _miscorrected(leaf, shown[flow.id, number], here)


def _miscorrected(
    leaf: reading.Leaf, choices: Sequence[reading.Choice], corrections: Sequence[Correction]
) -> Iterator[tuple[int, str]]:
    """The same for one leaf, in which the corrections count their offsets."""
    starts = [choice.start for choice in choices]
    within: dict[int, list[Correction]] = defaultdict(list)
    for each in corrections:
        k = bisect_right(starts, each.start) - 1
        if k >= 0 and each.end <= choices[k].end:
            within[k].append(each)
        else:
            before = leaf.text[max(0, each.start - 20) : each.end]
            yield leaf.line, f"“…{before}” is a correction of “{each.original}”, but there is no choice"
    for k, undone in within.items():
        choice, text = choices[k], leaf.text[choices[k].start : choices[k].end]
        if choice.sic != (meant := as_printed(text, choice.start, undone)):
            yield choice.line, f"“{choice.sic}” is said to stand in the source for “{text}”, but “{meant}” does"


_CALLED = {"ref": "reference", "pb": "page break", "cb": "column break", "lb": "line break", "anchor": "anchor"}


def displaced(found: reading.Reading, document: Document) -> Iterator[tuple[int, str]]:
    """Each note, break and anchor of an annotation that a TEI file lacks, has elsewhere, or has too many: line, words.

    A paragraph that is not as long as recorded is told already; that all in it has moved is not told again.
    """
    ids = [point.id for point in found.points if point.id is not None]
    if len(set(ids)) < len(ids):
        return  # which of two it is cannot be told; `rules` tells that an id stands twice
    named = {point.id: point for point in found.points if point.id is not None}
    others = Counter(point[:4] for point in found.points if point.id is None)
    lines = {point[:4]: point.line for point in found.points if point.id is None}
    for point in _expected(found, document):
        if point.id is None:
            if others[point[:4]]:
                others[point[:4]] -= 1
            elif _as_recorded(found, document, point):
                yield _line_of_leaf(found, point), f"the {_called(point)} {_where(found, point)} is missing"
            continue
        there = named.pop(point.id, None)
        if there is None:
            yield _line_of_leaf(found, point), f"the {_called(point)} is missing; it belongs {_where(found, point)}"
        elif (there.name, there.n or "") != (point.name, point.n or ""):
            meant = f"<{point.name}> with the number “{point.n or ''}”"
            yield there.line, f"{point.id} is a <{there.name}> with the number “{there.n or ''}”, not a {meant}"
        elif there[:4] != point[:4] and all(_as_recorded(found, document, each) for each in (there, point)):
            said = f"the {_called(point)} stands {_where(found, there)}, but belongs {_where(found, point)}"
            yield there.line, said
    for point in named.values():
        if point.name != "anchor":  # somebody's own anchor does no harm
            yield point.line, f"the sidecar knows no {_called(point)}"
    for (name, flow, leaf, offset), count in others.items():
        point = reading.Point(name, flow, leaf, offset, None, None, lines[name, flow, leaf, offset])
        if count and name != "anchor" and _as_recorded(found, document, point):
            yield point.line, f"the sidecar knows no {_called(point)} {_where(found, point)}"


def _expected(found: reading.Reading, document: Document) -> Iterator[reading.Point]:
    """The points that a TEI file of the document has; of the anchors those for what stands in its standOff."""
    starts = {flow.id: [leaf.start for leaf in document.leaves[flow.id]] for flow in document.reading_flows}

    def point(name: str, id_: str | None, n: str | None, flow: str, at: int, clings: int) -> reading.Point:
        """Inside a leaf at its own offset; else in the gap, or if it clings in the leaf before (-1) or after it (1)."""
        leaves = document.leaves[flow]
        after = bisect_left(starts.get(flow, ()), at)  # the first leaf that does not begin before the offset
        inside = after > 0 and at < leaves[after - 1].end
        if inside or (clings and after and (clings < 0 or after == len(leaves))):
            leaf = leaves[after - 1]
            return reading.Point(name, flow, after - 1, min(at, leaf.end) - leaf.start, id_, n, 0)
        return reading.Point(name, flow, after, 0, id_, n, 0)

    for note in document.notes:
        clings = -1 if note.anchored or note.flow is None else 0
        yield point("ref" if note.flow is None else "note", note.id, note.n, note.at_flow, note.at, clings)
    for each in document.breaks:
        bears = each.type in {"pb", "cb"}
        yield point(each.type, each.id if bears else None, each.n if bears else None, each.flow, each.offset, 0)
    if found.apart:
        for annotation in document.annotations:
            if annotation.id in found.apart:
                yield point("anchor", f"{annotation.id}.start", None, annotation.flow, annotation.start, 1)
                yield point("anchor", f"{annotation.id}.end", None, annotation.flow, annotation.end, -1)


def _as_recorded(found: reading.Reading, document: Document, point: reading.Point) -> bool:
    """Whether the leaf of a point is as long as it was, so that offsets in it mean something."""
    leaves, blocks = found.leaves.get(point.flow, ()), document.leaves[point.flow]
    if point.leaf >= min(len(leaves), len(blocks)):
        return True
    block = blocks[point.leaf]
    return len(leaves[point.leaf].text) == block.end - block.start


def _line_of_leaf(found: reading.Reading, point: reading.Point) -> int:
    leaves = found.leaves.get(point.flow)
    return leaves[min(point.leaf, len(leaves) - 1)].line if leaves else 1


def _called(point: reading.Point) -> str:
    return f"{_CALLED.get(point.name, point.name)} {point.id or ''}".rstrip()


def _where(found: reading.Reading, point: reading.Point) -> str:
    """A place in words: after the last words before it, or before the first ones of its leaf."""
    leaves = found.leaves.get(point.flow, ())
    if point.leaf >= len(leaves):
        return f"at the end of {point.flow}"
    text = leaves[point.leaf].text
    before, behind = (
        text[max(0, point.offset - 60) : point.offset].split(),
        text[point.offset : point.offset + 60].split(),
    )
    here = f"after “{' '.join(before[-3:])}”" if before else f"before “{' '.join(behind[:3])}”"
    return f"{here} (line {leaves[point.leaf].line})"


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
    for error in _reference().iter_errors(sidecar.parse(data)):
        found = True
        path = list(error.absolute_path)
        meant = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
        said = f"{_words(path)}: {textwrap.shorten(error.message, 160, placeholder=' …')}"
        yield Finding.at_line(
            file, _line(data, path), "sidecar-schema", f"{said} ({meant})" if meant and path else said
        )
    if not found:
        yield Finding.at_line(file, 1, "sidecar-schema", "a number is written with a decimal point; offsets have none")


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
        for name in ("ref", "who", "clue", "next", "prev", "target"):
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
