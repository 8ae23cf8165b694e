"""Segmenting: deals the clean text out to flows, decides what is joined, and lays blocks, breaks and notes upon it.

Pages, then notes, then paragraphs, then what each paragraph is, then the tree. The steps only *find*; `segment` turns
what they found into pieces and edits, freezes the flows through the one engine, and names everything.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from teiprep.alignment import Edit, Layout, OffsetMap, Piece, compose, settle
from teiprep.diagnostics import Diagnostic, InvariantError, Severity, SourceError
from teiprep.document import BODY, FURNITURE, LEAVES, Block, Break, Furniture, Note

from .blocks import classify
from .common import MASK, Chunk, Fixture, Para, continues, split_lines, unfinished
from .divisions import Node, leaves, tree
from .notes import Pair, chunk_lines, find_notes
from .pages import Pages, find_pages
from .paragraphs import dehyphenated, habits, paragraphs

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Sequence

    from teiprep.source import Source

    from .common import Line


@dataclass(frozen=True, slots=True)
class Segmented:
    """The frozen flows, in `layout` (whose edits stand against the source), and the layers that segmenting found."""

    layout: Layout
    blocks: tuple[Block, ...]
    breaks: tuple[Break, ...]
    notes: tuple[Note, ...]
    furniture: tuple[Furniture, ...]
    diagnostics: tuple[Diagnostic, ...]


def segment(source: Source, clean: str, edits: Sequence[Edit]) -> Segmented:
    """Segment the text `clean`, which `edits` made of the source's text.

    Raises SourceError if cleaning left no text, and InvariantError if the flows would not come out the same from the
    source as from the clean text.
    """
    if not clean.strip():
        raise SourceError(f"{source.name} holds no text", code="source-empty", hint="remove it, or export it again")
    lines = split_lines(clean)
    pages = find_pages(clean, lines)
    masked = _masked(clean, pages.fixtures)
    pairs, heads = find_notes(masked, split_lines(masked), pages.furniture_lines, [cut.at for cut in pages.cuts])
    pages.furniture_lines.update(heads)
    pages.fixtures += [Fixture(*lines[k].trimmed, "label") for k in heads]
    deal = _Deal(clean, lines, pages, pairs)
    if hollow := deal.hollow:
        # A label with nothing behind it but the siglum of another note is no body.
        pairs = [pair._replace(body=None, pairing="") if pair in hollow else pair for pair in pairs]
        deal = _Deal(clean, lines, pages, [pair for pair in pairs if pair.reference or pair.body])
    if not deal.paras[BODY]:
        # Nothing but furniture and notes: then they are the text.
        deal = _Deal(clean, lines, Pages([], [], set()), [])
    return _Naming(source, clean, edits, deal).segmented()


class _Deal:
    """Who gets what: for each stretch of the clean text its flow, and for each flow its paragraphs."""

    def __init__(self, clean: str, lines: list[Line], pages: Pages, pairs: list[Pair]) -> None:
        self.clean = clean
        self.pages = pages
        self.pairs = pairs
        self.names = _note_names(pairs)
        sigla = [Fixture(p.reference.start, p.reference.end, "siglum") for p in pairs if p.reference]
        labels = [Fixture(p.body.start, _rstrip(clean, p.body.start, p.body.end), "label") for p in pairs if p.body]
        self.fixtures = sorted({*pages.fixtures, *sigla, *labels})
        self.masked = _masked(clean, self.fixtures)
        note_chunks, body_chunks = self._chunks(lines)
        #: The pairs whose body turned out to be empty.
        self.hollow = [p for p, name in zip(pairs, self.names, strict=True) if p.body and not note_chunks[name]]
        habit = habits(self.masked, [*body_chunks, *(chunk for chunks in note_chunks.values() for chunk in chunks)])
        self.words_used = habit.words
        self.paras: dict[str, list[Para]] = {BODY: paragraphs(self.masked, body_chunks, habit)}
        for name, chunks in note_chunks.items():
            self.paras[name] = paragraphs(self.masked, chunks, habit)
        self.words = classify(self.masked, self.paras[BODY])
        self.stretches = self._stretches(note_chunks)

    def _chunks(self, lines: list[Line]) -> tuple[dict[str, list[Chunk]], list[Chunk]]:
        """The chunks of each note, by its flow, and those of the body."""
        starts = {pair.body.line: name for pair, name in zip(self.pairs, self.names, strict=True) if pair.body}
        references = sorted(
            (p.reference.start, name) for p, name in zip(self.pairs, self.names, strict=True) if p.reference
        )
        cuts = [cut.at for cut in self.pages.cuts]
        notes: dict[str, list[Chunk]] = {name: [] for name in starts.values()}
        body: list[Chunk] = []
        rows = chunk_lines(lines, self.pages.furniture_lines, set(starts))
        chunks = [self._chunk([lines[n] for n in row]) for row in rows]
        current: str | None = None  # the note that the last chunks belong to
        previous = 0
        for k, (row, chunk) in enumerate(zip(rows, chunks, strict=True)):
            name = starts.get(row[0])
            here = lines[row[0]].start
            turned = bisect_right(cuts, here) > bisect_right(cuts, previous) or any(
                n in self.pages.furniture_lines for n in range(rows[k - 1][-1] if k else 0, row[0])
            )
            previous = here
            if name and chunk:
                current = name
                notes[name].append(chunk)
                continue
            if chunk is None:  # nothing but a siglum or a marker
                continue
            if current and not turned and self._belongs_to_note(k, rows, starts, references, lines):
                notes[current].append(chunk)
                continue
            broken = self._takes_up_note(k, rows, chunks, starts, notes, body)
            if broken:
                notes[broken].append(chunk)
                continue
            chunk.after_gap = chunk.after_gap or turned or current is not None or (k > 0 and chunks[k - 1] is None)
            current = None
            body.append(chunk)
        return notes, body

    def _chunk(self, lines: list[Line]) -> Chunk | None:
        """The trimmed spans of some lines, without furniture at their edges; None if nothing is left."""
        spans: list[tuple[int, int]] = []
        gap = False
        for line in lines:
            start, end = line.start, line.end
            while start < end and (self.masked[start] == MASK or self.masked[start].isspace()):
                gap = gap or (self.masked[start] == MASK and not spans)
                start += 1
            while end > start and (self.masked[end - 1] == MASK or self.masked[end - 1].isspace()):
                end -= 1
            if start < end:
                spans.append((start, end))
        return Chunk(spans, after_gap=gap) if spans else None

    def _belongs_to_note(
        self,
        k: int,
        rows: list[list[int]],
        starts: dict[int, str],
        references: list[tuple[int, str]],
        lines: list[Line],
    ) -> bool:
        """Is the unlabelled chunk `k`, right behind a note, its next paragraph?

        Only if a further note follows on the same page before any reference to it: then the running text has not
        begun again.
        """
        stop = k
        while stop < len(rows) and rows[stop][0] not in starts:
            if stop > k and any(n in self.pages.furniture_lines for n in range(rows[stop - 1][-1], rows[stop][0])):
                return True  # the page ends here, and nothing but notes stands below a note
            if stop - k > 8:
                return False
            stop += 1
        if stop == len(rows):
            return False
        low, high = lines[rows[k][0]].start, lines[rows[stop][0]].start
        at = bisect_left(references, (low, ""))
        return not (at < len(references) and references[at][0] < high)

    def _takes_up_note(
        self,
        k: int,
        rows: list[list[int]],
        chunks: list[Chunk | None],
        starts: dict[int, str],
        notes: dict[str, list[Chunk]],
        body: list[Chunk],
    ) -> str | None:
        """The note, cut off at the foot of the page before, that chunk `k` takes up at the foot of this one.

        It begins in mid-sentence, stands right before the first note of the page (or the page's end), and is not the
        first chunk of its page, which takes up the running text.
        """
        chunk = chunks[k]
        if chunk is None or k < 2 or rows[k - 1][0] in starts or chunks[k - 1] is None:
            return None
        at_foot = k + 1 < len(rows) and (
            rows[k + 1][0] in starts or any(n in self.pages.furniture_lines for n in range(rows[k][-1], rows[k + 1][0]))
        )
        if not at_foot or not continues(self.masked[chunk.start : chunk.start + 40]):
            return None
        last = next((n for n in range(k - 1, max(-1, k - 12), -1) if rows[n][0] in starts), None)
        if last is None:
            return None
        name = starts[rows[last][0]]
        cut = notes[name][-1] if notes[name] else None
        if cut is None or not unfinished(self.masked[max(cut.start, cut.end - 40) : cut.end]):
            return None
        before = body[-1] if body else None
        if before and unfinished(self.masked[before.end - 40 : before.end]) and rows[k + 1][0] not in starts:
            return None  # the running text may go on here as well
        return name

    def _stretches(self, note_chunks: dict[str, list[Chunk]]) -> list[Piece]:
        """All that is not body, as sorted pieces of the clean text, each with the white space that follows it."""
        clean = self.clean
        owned = [Piece(f.start, f.end, FURNITURE) for f in self.fixtures]
        fixtures = [f.start for f in self.fixtures]
        for name, chunks in note_chunks.items():
            for chunk in chunks:
                at = chunk.start
                for k in range(bisect_left(fixtures, chunk.start), bisect_left(fixtures, chunk.end)):
                    owned.append(Piece(at, self.fixtures[k].start, name))
                    at = self.fixtures[k].end
                owned.append(Piece(at, chunk.end, name))
        owned = sorted(piece for piece in owned if piece.start < piece.end)
        out: list[Piece] = []
        for k, (start, end, flow) in enumerate(owned):
            stop = owned[k + 1].start if k + 1 < len(owned) else len(clean)
            spaced = start == 0 or clean[start - 1].isspace() or flow != FURNITURE
            if not spaced and end < len(clean) and clean[end].isspace():
                out.append(Piece(start, end, flow))  # the space belongs to the text around the siglum
                continue
            space = len(clean[end:stop]) - len(clean[end:stop].lstrip())
            out.append(Piece(start, end + space, flow))
        return out


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _masked(text: str, fixtures: Iterable[Fixture]) -> str:
    """`text` with every character of the furniture replaced by MASK; form feeds stay, since they end lines."""
    out: list[str] = []
    at = 0
    for fixture in fixtures:
        if text[fixture.start] != "\f":
            out += (text[at : fixture.start], MASK * (fixture.end - fixture.start))
            at = fixture.end
    return "".join([*out, text[at:]])


_SPOKEN = {"*": "asterisk", "†": "dagger", "‡": "ddagger", "§": "section", "‖": "parallel", "¶": "pilcrow"}


def _note_names(pairs: list[Pair]) -> list[str]:
    """An id for each note after the number in the text (the one in the list, if there is no reference)."""
    used: dict[str, int] = {}
    names = []
    for pair in pairs:
        label = pair.reference.label if pair.reference else pair.body.label if pair.body else ""
        name = "fn-" + "".join(_SPOKEN.get(sign, sign) for sign in label)
        used[name] = used.get(name, 0) + 1
        names.append(name if used[name] == 1 else f"{name}-{used[name]}")
    return names


class _Naming:
    """Freezes the flows and gives every block, break and note its place and its id."""

    def __init__(self, source: Source, clean: str, edits: Sequence[Edit], deal: _Deal) -> None:
        self.source = source
        self.clean = clean
        self.deal = deal
        pieces = _cover(clean, deal.stretches)
        joins = settle([_join_edits(clean, deal, pieces)], clean)
        #: From the clean text to the flows; from the source to the flows.
        self.near = Layout(clean, joins, pieces)
        whole, far_pieces = _against_source(source.text, clean, edits, joins, pieces)
        self.layout = Layout(source.text, whole, far_pieces)
        if self.layout.flows != self.near.flows:
            raise InvariantError("promise-ledger", "the flows differ when they are assembled from the source")
        self._texts = {flow.id: flow.text for flow in self.near.flows}
        self._used: dict[str, int] = {}
        self._next_break: dict[int, str] = {}  # by the start of the furniture

    def _id(self, name: str) -> str:
        self._used[name] = count = self._used.get(name, 0) + 1
        return name if count == 1 else f"{name}-{count}"

    def segmented(self) -> Segmented:
        """Everything, in the coordinates of the flows."""
        furniture = self._furniture()
        breaks = self._breaks(furniture)
        notes, diagnostics = self._notes()
        blocks: list[Block] = []
        for node in tree(self.deal.masked, self.deal.paras[BODY], self.deal.words):
            self._blocks(node, BODY, None, blocks)
        for note in notes:
            if note.flow:
                for para in self.deal.paras[note.flow]:
                    kind = para.type if para.type in {"lg", "quote", "table"} else "p"
                    for node in leaves(self.deal.masked, para, kind):
                        self._blocks(node, note.flow, None, blocks)
        lines = self._line_breaks(blocks)
        furniture = [replace(f, page=self._next_break.get(f.start) if f.place else None) for f in furniture]
        return Segmented(
            self.layout,
            tuple(blocks),
            tuple(sorted([*breaks, *lines], key=lambda b: (b.flow, b.offset))),
            tuple(notes),
            tuple(furniture),
            tuple(diagnostics),
        )

    def _blocks(self, node: Node, flow: str, parent: str | None, out: list[Block]) -> None:
        at = len(out)
        if node.para is None:
            first = _first_para(node)
            name = self._id(f"{node.type}-{self._source_offset(first.start)}")
            out.append(Block(name, node.type, flow, 0, 0, parent, node.attributes))
            for child in node.children:
                self._blocks(child, flow, name, out)
            out[at] = replace(out[at], start=out[at + 1].start, end=out[-1].end)
            return
        para = node.para
        start, end = node.span or (para.start, para.end)
        name = self._id(f"{node.type}-{self._source_offset(start)}")
        attributes = {key: value for key, value in node.attributes.items() if key != "rend"}
        out.append(
            Block(
                name,
                node.type,
                flow,
                self.near.point(flow, start),
                self.near.point(flow, end),
                parent,
                attributes,
                rule=para.rule,
            )
        )

    def _source_offset(self, clean_offset: int) -> int:
        return self.layout.source_start(*self.near.place(clean_offset))

    def _line_breaks(self, blocks: list[Block]) -> list[Break]:
        """A `lb` before each kept line, but the first, of paragraphs whose lines are kept."""
        out = []
        for block in blocks:
            if block.type not in LEAVES:
                continue
            text = self._text(block.flow)
            for match in re.finditer("\n", text[block.start : block.end]):
                offset = block.start + match.end()
                name = self._id(f"lb-{self.layout.source_start(block.flow, offset)}")
                out.append(Break(name, "lb", block.flow, offset, rule="kept-line"))
        return out

    def _text(self, flow: str) -> str:
        return self._texts.get(flow, "")

    def _furniture(self) -> list[Furniture]:
        out = []
        for fixture in self.deal.fixtures:
            start, end = self.near.point(FURNITURE, fixture.start), self.near.point(FURNITURE, fixture.end)
            name = self._id(f"fw-{self._source_offset(fixture.start)}")
            out.append(Furniture(name, fixture.type, start, end, None, fixture.place))
        return out

    def _breaks(self, furniture: list[Furniture]) -> list[Break]:
        body = self._text(BODY)
        found: list[Break] = []
        owners: list[tuple[int, str]] = []
        for cut in self.deal.pages.cuts:
            offset = self.near.point(BODY, cut.at)
            while offset < len(body) and body[offset].isspace():
                offset += 1
            marker = None
            if cut.marker:
                marker = (self.near.point(FURNITURE, cut.marker[0]), self.near.point(FURNITURE, cut.marker[1]))
            if found and found[-1].offset == offset and (cut.n is None or found[-1].n is None):
                # A form feed and a number at one place are one page.
                keep = found.pop()
                owners.pop()
                cut = cut._replace(n=cut.n or keep.n)  # noqa: PLW2901 - the two become one
                self._used.pop(keep.id, None)
                marker = marker or keep.marker
            inside = 0 < offset < len(body) and not (body[offset - 1].isspace() or body[offset].isspace())
            slug = re.sub(r"[^\w.-]", "", cut.n) if cut.n else ""
            name = self._id(f"pg-{slug}" if slug else f"pg-at-{self._nearest_source(cut.at)}")
            found.append(Break(name, "pb", BODY, offset, cut.n, inside, marker, rule=cut.rule))
            owners.append((cut.at, name))
        # Foot furniture stands before the break that follows it; a head after its own, which may be cut at its end.
        for fixture, item in zip(self.deal.fixtures, furniture, strict=True):
            k = bisect_left(owners, (fixture.end, ""))
            if fixture.place == "top" and (k == len(owners) or self.clean[fixture.end : owners[k][0]].strip()):
                k -= 1
            if 0 <= k < len(owners):
                self._next_break[item.start] = owners[k][1]
        return found

    def _nearest_source(self, clean_offset: int) -> int:
        return self._source_offset(clean_offset) if clean_offset < len(self.clean) else len(self.source.text)

    def _notes(self) -> tuple[list[Note], list[Diagnostic]]:
        notes: list[Note] = []
        diagnostics: list[Diagnostic] = []
        for pair, name in zip(self.deal.pairs, self.deal.names, strict=True):
            reference, body = pair.reference, pair.body
            here = reference.start if reference else body.start if body else 0
            at_flow, at = self._anchor(here, anchored=reference is not None)
            notes.append(
                Note(
                    id=name,
                    n=reference.label if reference else body.label if body else "",
                    flow=name if body else None,
                    at_flow=at_flow,
                    at=at,
                    anchored=reference is not None,
                    label=body.label if body else None,
                    siglum=(self.near.point(FURNITURE, reference.start), self.near.point(FURNITURE, reference.end))
                    if reference
                    else None,
                    place=pair.place,
                    pairing=pair.pairing,
                    certainty=pair.certainty,
                )
            )
            diagnostics += self._about(pair, here)
        return notes, diagnostics

    def _anchor(self, clean_offset: int, *, anchored: bool) -> tuple[str, int]:
        """The flow in which a siglum stands and the offset in it, behind the last character that is no white space.

        A body without a siglum is anchored in the running text, at the place where it was printed.
        """
        pieces = self.near.pieces
        k = bisect_right(pieces, clean_offset, key=lambda piece: piece.start) - 1
        while k > 0 and pieces[k].flow == FURNITURE and pieces[k - 1].end == pieces[k].start:
            k -= 1
        flow = pieces[k].flow if anchored and pieces[k].flow != FURNITURE else BODY
        text = self._text(flow)
        at = self.near.point(flow, clean_offset)
        while at > 0 and text[at - 1].isspace():
            at -= 1
        return flow, at

    def _about(self, pair: Pair, clean_offset: int) -> Iterable[Diagnostic]:
        offset = self._nearest_source(clean_offset)
        line = self.source.line(offset)

        def make(code: str, severity: Severity, message: str, hint: str = "") -> Diagnostic:
            return Diagnostic(code, severity, message, hint, (offset, offset + 1), line)

        if pair.reference is None and pair.body:
            yield make(
                "note-without-reference",
                "error",
                f"note {pair.body.label} has no reference in the text",
                "look for its number in the text of the page; it may have been lost or misread",
            )
        elif pair.body is None and pair.reference:
            yield make(
                "reference-without-note",
                "error",
                f"no note was found for the reference {pair.reference.label}",
                "look for its text at the foot of the page or at the end",
            )
        elif pair.pairing == "order" and pair.body and pair.reference:
            yield make(
                "note-paired-by-order",
                "info",
                f"reference {pair.reference.label} was paired with note {pair.body.label} of the list by order",
            )


def _first_para(node: Node) -> Para:
    while node.para is None:
        node = node.children[0]
    return node.para


def _cover(clean: str, stretches: list[Piece]) -> list[Piece]:
    """Pieces that cover the clean text: the stretches, and the body between them."""
    pieces: list[Piece] = []
    at = 0
    for piece in stretches:
        if piece.start > at:
            pieces.append(Piece(at, piece.start, BODY))
        pieces.append(piece)
        at = piece.end
    if at < len(clean) or not pieces:
        pieces.append(Piece(at, len(clean), BODY))
    return pieces


def _join_edits(clean: str, deal: _Deal, pieces: list[Piece]) -> list[Edit]:
    """What changes when the parts are joined: white space between parts and around blocks, and hyphens at line ends."""
    edits: list[Edit] = []
    by_flow: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_flow.setdefault(piece.flow, []).append(piece)
    for flow, own in by_flow.items():
        starts = [piece.start for piece in own]

        def between(low: int, high: int, own: list[Piece] = own, starts: list[int] = starts) -> list[tuple[int, int]]:
            """The stretches of this flow from `low` to `high`."""
            out = []
            k = max(0, bisect_right(starts, low) - 1)
            while k < len(own) and own[k].start < high:
                a, b = max(low, own[k].start), min(high, own[k].end)
                if a < b:
                    out.append((a, b))
                k += 1
            return out

        at = own[0].start
        if flow == FURNITURE:
            for fixture in deal.fixtures:
                edits += _gap(clean, between(at, fixture.start))
                at = fixture.end
        else:
            for para in deal.paras[flow]:
                first = para.marks[0][0] if para.marks else para.start
                edits += _gap(clean, between(at, min(first, para.start)))
                edits += (Edit(a, b, "", "markup", para.rule) for a, b in para.marks)
                edits += _within(clean, para, between, deal.masked, deal.words_used)
                at = para.end
        edits += _gap(clean, between(at, own[-1].end))
    return edits


def _gap(clean: str, stretches: list[tuple[int, int]]) -> Iterable[Edit]:
    """Between blocks nothing stands but line feeds: one at least, if there was any white space at all."""
    some = any("\n" in clean[a:b] for a, b in stretches)
    for k, (a, b) in enumerate(stretches):
        text = clean[a:b]
        feeds = "\n" * text.count("\n") or ("\n" if k == 0 and not some else "")
        if text != feeds:
            yield Edit(a, b, feeds, "layout", "block-space")


def _within(
    clean: str, para: Para, between: Callable[[int, int], list[tuple[int, int]]], masked: str, words: Counter[str]
) -> Iterable[Edit]:
    """The edits inside one paragraph."""
    signs = {"space": " ", "hyphen": "", "tight": "", "line": "\n"}
    rules = {"space": "joined-lines", "hyphen": "line-end-hyphen", "tight": "joined-lines", "line": "kept-lines"}
    marks = {a for a, _ in para.marks}
    for k, (a, b) in enumerate(para.parts):
        wide, rule = ("\n", "table-cells") if para.type == "table" else (" ", "wide-spaces")
        for low, high in between(a, b):
            for run in re.finditer(r"[ \t]{2,}|\t", masked[low:high]):
                yield Edit(low + run.start(), low + run.end(), wide, "layout" if wide == "\n" else "space", rule)
        for cut in re.finditer(rf"([^\W\d_]+)(- ?){MASK}+[ ]?([^\W\d_]+)", masked[a:b]):
            # A word cut by a page marker: `inter-[Page 78]national`.
            if dehyphenated(cut[1], cut[3], words) == "hyphen":
                yield Edit(a + cut.start(2), a + cut.end(2), "", "hyphen", "page-end-hyphen")
            elif len(cut[2]) > 1:
                yield Edit(a + cut.start(2) + 1, a + cut.end(2), "", "join", "joined-lines")
        if k + 1 == len(para.parts):
            break
        joint = para.joints[k]
        stop = para.parts[k + 1][0]
        stop = next((m for m in sorted(marks) if b <= m < stop), stop)
        stretches = between(b, stop)
        if joint == "hyphen":
            tail = (b - 1, b)
            if stretches and stretches[0][0] == b:
                tail = (b - 1, stretches[0][1])
                stretches = stretches[1:]
            yield Edit(*tail, "", "hyphen", "line-end-hyphen")
        for n, (c, d) in enumerate(stretches):
            new = signs[joint] if n == 0 else ""
            if clean[c:d] != new:
                yield Edit(c, d, new, "join", rules[joint])


def _against_source(
    source: str, clean: str, edits: Sequence[Edit], joins: Sequence[Edit], pieces: Sequence[Piece]
) -> tuple[list[Edit], list[Piece]]:
    """The same edits and pieces against the source's text.

    A cut in the middle of a repaired stretch (a siglum glued to mojibake) parts the repair in two.
    """
    offsets = OffsetMap(edits)
    fine: list[Edit] = list(edits)
    bounds = {piece.start for piece in pieces}
    where = sorted(bounds)
    parted: list[Edit] = []
    for edit, at in zip(edits, offsets.starts, strict=True):
        low, high = bisect_right(where, at), bisect_left(where, at + len(edit.replacement))
        if low >= high:
            parted.append(edit)
            continue
        start, begin = edit.start, 0
        for cut in [*(where[n] - at for n in range(low, high)), len(edit.replacement)]:
            left = len(edit.replacement) - cut
            end = edit.end if not left else max(start + 1, min(edit.start + cut, edit.end - left))
            if end > edit.end or start >= edit.end:
                raise InvariantError("promise-ledger", f"a repair by {edit.rule} cannot be parted between two flows")
            parted.append(Edit(start, end, edit.replacement[begin:cut], edit.kind, edit.rule))
            start, begin = end, cut
    fine = parted
    offsets = OffsetMap(fine)
    whole = compose(source, fine, clean, joins)
    starts = [0, *(offsets.back_start(piece.start) for piece in pieces[1:])]
    ends = [*starts[1:], len(source)]
    return whole, [Piece(a, b, piece.flow) for a, b, piece in zip(starts, ends, pieces, strict=True)]
