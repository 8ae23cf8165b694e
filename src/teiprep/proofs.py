"""Three promises, and how each is proved: restore and ledger from the source, freeze from the TEI as it is read back.

`checks` proves them for every document before it is published, `validate` proves them again from the files.
"""

from __future__ import annotations

import codecs
import hashlib
import textwrap
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from . import alignment, sidecar
from .alignment import Flow
from .diagnostics import InvariantError, TeiprepError
from .difference import first_difference
from .document import FURNITURE
from .fingerprint import Fingerprint, fingerprint, locate
from .tei import reading as tei_reading
from .tei.body import as_printed
from .tei.nesting import LAYERS
from .tei.reading import Point

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .alignment import Edit
    from .document import Annotation, Correction, Document
    from .source import Source
    from .tei.reading import Choice, Leaf, Reading

#: What can become of a code point of the source.
CLASSES = ("kept", "replaced", "removed", "furniture", "siglum")


# --- restore ----------------------------------------------------------------------------------------------------------


def restore(document: Document, texts: Mapping[str, str], prints: Mapping[str, str] | None = None) -> bytes:
    """The raw bytes of the source, from a sidecar's document and the texts of its flows.

    `texts` come from the sidecar or from a TEI file; `prints`, by flow, are the fingerprints that the sidecar keeps,
    and name the word that was changed when the sidecar's own texts are blank. Raises TeiprepError with the code
    `sidecar-mismatch` if the bytes are not those that came in.
    """
    for flow in document.flows:
        found, where = texts.get(flow.id, ""), None
        if flow.text and found != flow.text:
            where = f"{locate(found, fingerprint(flow.text))} ({first_difference(found, flow.text)})"
        elif prints and flow.id in prints:
            where = locate(found, Fingerprint.parse(prints[flow.id]))
        if where is not None:
            raise tei_reading.mismatch(f"{flow.id}: {where}")
    lengths = sidecar.flow_lengths(document.pieces, document.edits)
    for name, length in lengths.items():
        if len(texts.get(name, "")) != length:
            raise tei_reading.mismatch(f"{name} has {len(texts.get(name, ''))} characters, it should have {length}")
    text = alignment.restore(texts, document.pieces, document.edits)
    try:
        data = text.encode(document.source.encoding)
    except LookupError as error:
        raise tei_reading.mismatch(f"nobody knows the encoding {document.source.encoding}") from error
    except UnicodeError as error:
        raise tei_reading.mismatch(f"its text cannot be written in {document.source.encoding}") from error
    if hashlib.sha256(data).hexdigest() != document.source.sha256:
        raise tei_reading.mismatch("the restored bytes are not those that came in")
    return data


def restore_from(tei: bytes, document: Document, prints: Mapping[str, str] | None = None) -> bytes:
    """The raw bytes of the source, from the TEI's own text and the sidecar's document, whose flow texts may be blank.

    Raises TeiprepError: `xml-malformed`, or `sidecar-mismatch` naming the word, block or note that differs.
    """
    read = tei_reading.read(tei_reading.parse(tei))
    lengths = sidecar.flow_lengths(document.pieces, document.edits)
    texts = tei_reading.flows_of(read, document, lengths)
    try:
        return restore(document, texts, prints)
    except TeiprepError as error:
        for flow in document.reading_flows:
            if not flow.text:  # else the error names the very word
                for _, longer in lengthened(read, document, flow.id):
                    raise tei_reading.mismatch(f"{error.message}; {longer}") from error
        raise


def lengthened(found: Reading, document: Document, flow: str) -> Iterator[tuple[int, str]]:
    """Each block of a flow that is not as long as recorded, which a sidecar with blanked texts knows too."""
    for leaf, block in zip(found.leaves.get(flow, ()), document.leaves[flow], strict=False):
        if more := len(leaf.text) - (block.end - block.start):
            what = "paragraph" if block.type == "p" else block.type
            words = textwrap.shorten(leaf.text, 40, placeholder=" …")
            how = f"{abs(more)} character{'s' * (abs(more) > 1)} {'longer' if more > 0 else 'shorter'} than recorded"
            yield leaf.line, f"the {what} at line {leaf.line} (“{words}”) is {how}"


def blanked(document: Document) -> Document:
    """The document without the texts that one reads: what is left must be enough, with the TEI, to restore."""
    return replace(
        document, flows=tuple(flow if flow.id == FURNITURE else replace(flow, text="") for flow in document.flows)
    )


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
            raise _ledger_error(self.source, start, f"{flow}: {first_difference(found, self.source.text[start:end])}")
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
            raise _ledger_error(
                self.source, edit.start, first_difference(original, self.source.text[edit.start : edit.end])
            )
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


# --- freeze -----------------------------------------------------------------------------------------------------------


def freeze(document: Document, read: Reading) -> None:
    """The TEI's reading text is the flows', code point for code point, block by block; gaps hold only line feeds.

    Every note and break stands at its very place, and every annotation once, on its very text or in standOff.
    Raises InvariantError naming the flow, the block, and the line of the TEI.
    """
    for flow in document.reading_flows:
        _gaps(flow, [(block.start, block.end, block.id) for block in document.leaves[flow.id]])
    furniture = Flow(FURNITURE, document.text_of.get(FURNITURE, ""))
    _gaps(furniture, sorted((each.start, each.end, each.id) for each in document.furniture))
    try:
        texts = tei_reading.flows_of(read, document, {flow.id: len(flow.text) for flow in document.flows})
    except TeiprepError as error:
        raise InvariantError("promise-freeze", "the TEI has other parts", difference=error.message) from error
    for flow in document.reading_flows:
        for leaf, block in zip(read.leaves.get(flow.id, ()), document.leaves[flow.id], strict=False):
            if leaf.text != (text := document.quote(block)):
                raise InvariantError(
                    "promise-freeze",
                    f"line {leaf.line} of the TEI reads otherwise",
                    difference=first_difference(leaf.text, text),
                )
    if (found := texts.get(FURNITURE, "")) != furniture.text:
        difference = first_difference(found, furniture.text)
        raise InvariantError("promise-freeze", "the furniture of the TEI reads otherwise", difference=difference)
    for line, difference in _displaced(read, document):
        raise InvariantError("promise-freeze", f"line {line} of the TEI has something misplaced", difference=difference)
    for line, difference in _miscorrected(read, document):
        raise InvariantError("promise-freeze", f"line {line} of the TEI is not corrected so", difference=difference)
    for line, difference in _tags(read, document):
        raise InvariantError("promise-freeze", f"line {line} of the TEI is not tagged so", difference=difference)


def _tags(read: Reading, document: Document) -> Iterator[tuple[int, str]]:
    """The annotations that the TEI lacks, and the tags in it that are none: the line, and the text in question."""
    known = {each.id for each in document.annotations}
    found: Counter[tuple[str, str, int, int]] = Counter()
    lines: dict[tuple[str, str, int, int], int] = {}
    parts: dict[str, tuple[str, str, int, int]] = {}
    for tag in read.tags:
        first = document.leaves[tag.flow][tag.leaf].start
        span = tag.layer, tag.flow, first + tag.start, first + tag.end
        lines[span] = tag.line
        if tag.rend and tag.layer != "emphasis":
            found["emphasis", *span[1:]] += 1  # an emphasis of the same span needs no element
            lines["emphasis", *span[1:]] = tag.line
        if tag.id is None:
            found[span] += 1
            continue
        # The parts of one annotation bear its id, but the first with a number behind it.
        name = tag.id if tag.id in known else tag.id.rpartition(".")[0]
        low, high = parts.get(name, span)[2:]
        parts[name] = (*span[:2], min(low, span[2]), max(high, span[3]))
        lines[parts[name]] = lines.get(parts[name], tag.line)
    found.update(parts.values())
    leaves = {
        flow.id: [leaf for leaf in document.leaves[flow.id] if leaf.start < leaf.end] for flow in document.reading_flows
    }
    starts = {flow: [leaf.start for leaf in blocks] for flow, blocks in leaves.items()}
    ends = {flow: [leaf.end for leaf in blocks] for flow, blocks in leaves.items()}
    for each in document.annotations:
        if each.layer not in LAYERS or each.flow not in leaves:
            continue  # tags on furniture are in the sidecar only
        if (apart := read.apart.get(each.id)) is not None:
            if (apart.layer, apart.text) != (each.layer, document.quote(each)):
                yield apart.line, f"{each.id} in standOff is {apart.layer} {_short(apart.text)}"
            continue
        after, last = bisect_right(ends[each.flow], each.start), bisect_left(starts[each.flow], each.end) - 1
        span = each.layer, each.flow, each.start, each.end
        if after <= last:  # white space between two leaves is in no element
            span = (*span[:2], max(each.start, starts[each.flow][after]), min(each.end, ends[each.flow][last]))
        if not found[span]:
            yield _line_at(read, document, each), f"{each.id}, {each.layer} {_short(document.quote(each))}, is missing"
        found[span] -= 1
    for span, count in found.items():
        if count > 0:
            yield lines[span], f"{span[0]} {_short(document.text_of[span[1]][span[2] : span[3]])} is no annotation"
    for name in sorted(read.apart.keys() - known):
        yield read.apart[name].line, f"{name} in standOff is no annotation"


def _short(text: str) -> str:
    return f"“{textwrap.shorten(text, 60, placeholder=' …')}”"


def _line_at(read: Reading, document: Document, annotation: Annotation) -> int:
    starts = [leaf.start for leaf in document.leaves[annotation.flow]]
    leaves = read.leaves.get(annotation.flow)
    return leaves[max(bisect_right(starts, annotation.start) - 1, 0)].line if leaves else 1


def _displaced(read: Reading, document: Document) -> Iterator[tuple[int, str]]:
    """Each note, break and anchor of an annotation that the TEI lacks, has elsewhere, or has too many: line, words."""
    named = {point.id: point for point in read.points if point.id is not None}
    others = Counter(point[:4] for point in read.points if point.id is None)
    for point in _expected(read, document):
        what = f"the {point.name} {point.id or ''}".rstrip()
        there = named.pop(point.id, None) if point.id is not None else None
        if point.id is None:
            others[point[:4]] -= 1
            if others[point[:4]] < 0:
                yield _line(read, point), f"{what} {_where(read, point)} is missing"
        elif there is None:
            yield _line(read, point), f"{what} is missing; it belongs {_where(read, point)}"
        elif (there.name, there.n or "") != (point.name, point.n or ""):
            meant = f"<{point.name}> with the number “{point.n or ''}”"
            yield there.line, f"{point.id} is a <{there.name}> with the number “{there.n or ''}”, not a {meant}"
        elif there[:4] != point[:4]:
            yield there.line, f"{what} stands {_where(read, there)}, but belongs {_where(read, point)}"
    for point in read.points:  # other anchors stand where a note is pointed to
        if point.name != "anchor" and (point.id in named or (point.id is None and others[point[:4]] > 0)):
            yield point.line, f"the sidecar knows no {point.name} {_where(read, point)}"


def _expected(read: Reading, document: Document) -> Iterator[Point]:
    """The points that the TEI of a document has; of the anchors those for what stands in its standOff."""
    starts = {flow.id: [leaf.start for leaf in document.leaves[flow.id]] for flow in document.reading_flows}

    def point(name: str, id_: str | None, n: str | None, flow: str, at: int, clings: int) -> Point:
        """Inside a leaf at its own offset; else in the gap, or if it clings in the leaf before (-1) or after it (1)."""
        leaves = document.leaves[flow]
        after = bisect_left(starts.get(flow, ()), at)  # the first leaf that does not begin before the offset
        inside = after > 0 and at < leaves[after - 1].end
        if inside or (clings and after and (clings < 0 or after == len(leaves))):
            leaf = leaves[after - 1]
            return Point(name, flow, after - 1, min(at, leaf.end) - leaf.start, id_, n, 0)
        return Point(name, flow, after, 0, id_, n, 0)

    for note in document.notes:
        clings = -1 if note.anchored or note.flow is None else 0
        yield point("ref" if note.flow is None else "note", note.id, note.n, note.at_flow, note.at, clings)
    for each in document.breaks:
        bears = each.type in {"pb", "cb"}
        yield point(each.type, each.id if bears else None, each.n if bears else None, each.flow, each.offset, 0)
    if read.apart:
        for annotation in document.annotations:
            if annotation.id in read.apart:
                yield point("anchor", f"{annotation.id}.start", None, annotation.flow, annotation.start, 1)
                yield point("anchor", f"{annotation.id}.end", None, annotation.flow, annotation.end, -1)


def _line(read: Reading, point: Point) -> int:
    leaves = read.leaves.get(point.flow)
    return leaves[min(point.leaf, len(leaves) - 1)].line if leaves else 1


def _where(read: Reading, point: Point) -> str:
    """A place in words: after the last words before it in its leaf."""
    leaves = read.leaves.get(point.flow, ())
    if point.leaf >= len(leaves):
        return f"at the end of {point.flow}"
    leaf = leaves[point.leaf]
    words = leaf.text[max(0, point.offset - 60) : point.offset].split()[-3:]
    return f"after “{' '.join(words)}” (line {leaf.line})"


def _miscorrected(read: Reading, document: Document) -> Iterator[tuple[int, str]]:
    """Each correction that the TEI does not show as a `choice` with what was printed: its line, and what is wrong."""
    shown: dict[tuple[str, int], list[Choice]] = defaultdict(list)
    for choice in read.choices:
        shown[choice.flow, choice.leaf].append(choice)
    cut = {(point.flow, point.leaf, point.offset) for point in read.points}
    cut |= {(tag.flow, tag.leaf, at) for tag in read.tags for at in (tag.start, tag.end)}
    for flow, corrections in document.corrections.items():
        for number, (leaf, block) in enumerate(zip(read.leaves.get(flow, ()), document.leaves[flow], strict=False)):
            low, high = (bisect_left(corrections, (at,)) for at in (block.start, block.end))
            here = [
                each._replace(start=each.start - block.start, end=each.end - block.start)
                for each in corrections[low:high]
                # A mark-up that ends between two letters of it: no `choice` can be made.
                if all((flow, number, at - block.start) not in cut for at in range(each.start + 1, each.end))
            ]
            yield from _unshown(leaf, shown[flow, number], here)


def _unshown(leaf: Leaf, choices: Sequence[Choice], corrections: Sequence[Correction]) -> Iterator[tuple[int, str]]:
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


def _gaps(flow: Flow, spans: Sequence[tuple[int, int, str]]) -> None:
    """Between the leaves, before the first and after the last, there are only line feeds."""
    at = 0
    for start, end, name in (*spans, (len(flow.text), len(flow.text), "")):
        gap = flow.text[at:start]
        if start < at or end < start or gap.strip("\n"):
            what = f"before {name}" if name else "at the end"
            raise InvariantError(
                "promise-freeze", f"{flow.id} has text outside of its blocks, {what}", difference=repr(gap[:60])
            )
        at = end
