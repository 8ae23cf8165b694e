"""Freezes the flows and lays blocks, breaks, notes and furniture upon them, each with its place and its id."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from teiprep.alignment import Layout, settle
from teiprep.diagnostics import Diagnostic, InvariantError, Severity
from teiprep.document import BODY, FURNITURE, LEAVES, Block, Break, Furniture, Note

from .divisions import Node, leaves, tree
from .joins import against_source, cover, join_edits
from .notes import missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from teiprep.alignment import Edit
    from teiprep.source import Source

    from .common import Para
    from .deal import Deal
    from .notes import Pair
    from .pages import PageCut

#: A note within a note within a note is known; deeper, XML and its readers reach their limits.
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Segmented:
    """The frozen flows, in `layout` (whose edits stand against the source), and the layers that segmenting found."""

    layout: Layout
    blocks: tuple[Block, ...]
    breaks: tuple[Break, ...]
    notes: tuple[Note, ...]
    furniture: tuple[Furniture, ...]
    diagnostics: tuple[Diagnostic, ...]


class Layers:
    """Freezes the flows and gives every block, break and note its place and its id."""

    def __init__(self, source: Source, clean: str, edits: Sequence[Edit], deal: Deal) -> None:
        self.source = source
        self.clean = clean
        self.deal = deal
        pieces = cover(clean, deal.stretches)
        joins = settle([join_edits(clean, deal, pieces)], clean)
        #: From the clean text to the flows; from the source to the flows.
        self.near = Layout(clean, joins, pieces)
        whole, far_pieces = against_source(source.text, clean, edits, joins, pieces)
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
        diagnostics += self._falling_pages()
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
        furniture = [
            replace(f, page=self._next_break[f.start]) if f.place and f.start in self._next_break else f
            for f in furniture
        ]
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
                certainty=para.sureness,
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
            at = text.find("\n", block.start, block.end)
            while at >= 0:
                name = self._id(f"lb-{self.layout.source_start(block.flow, at + 1)}")
                out.append(Break(name, "lb", block.flow, at + 1, rule="kept-line"))
                at = text.find("\n", at + 1, block.end)
        return out

    def _text(self, flow: str) -> str:
        return self._texts.get(flow, "")

    def _furniture(self) -> list[Furniture]:
        out = []
        for fixture in self.deal.fixtures:
            start, end = self._furniture_span((fixture.start, fixture.end))
            name = self._id(f"fw-{self._source_offset(fixture.start)}")
            out.append(Furniture(name, fixture.type, start, end, None, fixture.place))
        return out

    def _breaks(self, furniture: list[Furniture]) -> list[Break]:
        """Pages and ornaments: each stands before the first character of the body that follows it."""
        found: list[Break] = []
        owners: list[tuple[int, str]] = []
        body = self._text(BODY)
        for offset, cut in self._cuts():
            marker = self._furniture_span(cut.marker) if cut.marker else None
            inside = 0 < offset < len(body) and not (body[offset - 1].isspace() or body[offset].isspace())
            slug = re.sub(r"[^\w-]", "", cut.n or "")
            name = self._id(f"pg-{slug}" if slug else f"pg-at-{self._nearest_source(cut.at)}")
            found.append(Break(name, "pb", BODY, offset, cut.n, inside, marker, cut.rule, cut.certainty))
            owners.append((cut.at, name))
        # Foot furniture stands before the break that follows it; a head after its own, which may be cut at its end.
        for fixture, item in zip(self.deal.fixtures, furniture, strict=True):
            k = bisect_left(owners, (fixture.end, ""))
            if fixture.place == "top" and (k == len(owners) or self.clean[fixture.end : owners[k][0]].strip()):
                k -= 1
            if 0 <= k < len(owners):
                self._next_break[item.start] = owners[k][1]
            if fixture.type == "ornament":
                name = self._id(f"ms-{self._source_offset(fixture.start)}")
                offset = self._behind(fixture.end)
                found.append(Break(name, "milestone", BODY, offset, marker=(item.start, item.end), rule="ornament"))
        return found

    def _cuts(self) -> list[tuple[int, PageCut]]:
        """Where pages begin, as offsets in the body; a form feed and a number at one place are one page."""
        placed: list[tuple[int, PageCut]] = []
        for cut in self.deal.pages.cuts:
            offset = self._behind(cut.at)
            if placed and placed[-1][0] == offset and (cut.n is None or placed[-1][1].n is None):
                _, last = placed.pop()
                one = last if cut.n is None else cut
                placed.append((offset, one._replace(at=cut.at, marker=cut.marker or last.marker)))
            else:
                placed.append((offset, cut))
        return placed

    def _falling_pages(self) -> Iterable[Diagnostic]:
        """A remark for each page number that is not greater than the one before; 1 may begin a new count.

        Where the numbers around it leave room for just one, that one is named; the number stays as it is printed.
        """
        cuts = [(int(cut.n), cut.at) for cut in self.deal.pages.cuts if cut.n and cut.n.isdecimal()]
        before = 0
        for k, (n, at) in enumerate(cuts):
            after = cuts[k + 1][0] if k + 1 < len(cuts) else 0
            proved = 0 < before == after - 2
            message = ""
            if proved and n != before + 1:
                message = f"page {n} stands where page {before + 1} is expected"
            elif 1 < n <= before:
                message = f"page {n} after page {before}"
            if message:
                offset = self._nearest_source(at)
                hint = "compare the source; the number may be misread"
                yield Diagnostic("page-sequence", "warning", message, hint, (offset, offset), self.source.line(offset))
            before = before + 1 if proved else n

    def _behind(self, clean_offset: int) -> int:
        """The offset of the first character of the body, white space apart, that comes behind `clean_offset`."""
        body = self._text(BODY)
        offset = self.near.point(BODY, clean_offset)
        while offset < len(body) and body[offset].isspace():
            offset += 1
        return offset

    def _furniture_span(self, span: tuple[int, int]) -> tuple[int, int]:
        return self.near.point(FURNITURE, span[0]), self.near.point(FURNITURE, span[1])

    def _nearest_source(self, clean_offset: int) -> int:
        return self._source_offset(clean_offset) if clean_offset < len(self.clean) else len(self.source.text)

    def _shallow(self, notes: Sequence[Note]) -> list[Note]:
        """The notes; those too deep in others, or in each other, refer from the body, where they were printed."""
        out: list[Note] = []
        homes = {note.flow: note.at_flow for note in notes if note.flow}
        for note, pair in zip(notes, self.deal.pairs, strict=True):
            flow, depth = note.at_flow, 0
            while flow in homes and depth < DEEPEST:
                flow, depth = homes[flow], depth + 1
            if depth == DEEPEST and pair.reference:
                at_flow, at = self._anchor(pair.reference.start, anchored=False)
                out.append(replace(note, at_flow=at_flow, at=at, certainty="low"))
                homes[note.id] = at_flow
            else:
                out.append(note)
        return out

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
                    siglum=self._furniture_span((reference.start, reference.end)) if reference else None,
                    place=pair.place,
                    pairing=pair.pairing,
                    certainty=pair.certainty,
                )
            )
            diagnostics += self._about(pair, here)
        return self._shallow(notes), [*diagnostics, *self._missing()]

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
        """What is doubtful about a note: a half that is lost (with the stretch where it should be), and its pairing."""
        offset = self._nearest_source(clean_offset)
        line = self.source.line(offset)

        def make(code: str, severity: Severity, message: str, hint: str = "") -> Diagnostic:
            return Diagnostic(code, severity, message, hint, (offset, offset + 1), line)

        reference, body = pair.reference, pair.body
        where = self._between(pair.lost_in) if pair.lost_in else ""
        if reference is None and body:
            yield make(
                "note-without-reference",
                "error",
                f"note {body.label} has no reference in the text",
                f"look for its number {where or 'in the text of the page'}; it may have been lost or misread",
            )
        elif reference and body is None and pair.again:
            yield make(
                "reference-repeated",
                "info",
                f"{reference.label} is referred to again; its note stands at the first reference",
                "add a pointer by hand if readers need one here",
            )
        elif reference and body is None:
            yield make(
                "reference-without-note",
                "error",
                f"no note was found for the reference {reference.label}",
                f"look for its text {where or 'at the foot of the page or at the end'}",
            )
        elif reference and body and pair.pairing == "order":
            yield make(
                "note-paired-by-order",
                "info",
                f"reference {reference.label} was paired with note {body.label} of the list by order",
            )

    def _missing(self) -> Iterable[Diagnostic]:
        """A remark for numbers that a count of notes leaves out on both sides."""
        for gap in missing(self.deal.pairs):
            start, end = self._nearest_source(gap.start), self._nearest_source(gap.end)
            these = f"note {gap.first}" if gap.first == gap.last else f"notes {gap.first} to {gap.last}"
            yield Diagnostic(
                "note-missing",
                "warning",
                f"the count goes from {gap.first - 1} to {gap.last + 1}: {these} lost, reference and text",
                f"look {self._between((gap.start, gap.end))}",
                (start, max(start + 1, end)),
                self.source.line(start),
            )

    def _between(self, span: tuple[int, int]) -> str:
        start, end = (self._nearest_source(at) for at in span)
        first, last = self.source.line(start), self.source.line(max(start, end - 1))
        lines = f"on line {first}" if first == last else f"between lines {first} and {last}"
        return f"{lines} (code points {start} to {end})"


def _first_para(node: Node) -> Para:
    while node.para is None:
        node = node.children[0]
    return node.para
