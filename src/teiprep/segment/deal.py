"""Deals the clean text out: what belongs to the body, to which note, to the furniture; and makes their paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from teiprep.alignment import Piece
from teiprep.document import BODY, FURNITURE

from .blocks import classify
from .common import MASK, Chunk, Fixture, Para, continues, ending
from .continuation import Feet, fit
from .heads import begins_paper
from .notes import Pair, chunk_lines
from .pages import PageCut, Pages
from .paragraphs import paragraphs
from .wrapping import HabitsByPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .common import Line

_PARAGRAPHS = 8  # of one note, before the next
_GOES_ON = 2.0  # so well two stretches fit of which the first breaks off and the second begins small


class Deal:
    """Who gets what: for each stretch of the clean text its flow, and for each flow its paragraphs."""

    def __init__(self, clean: str, lines: list[Line], pages: Pages, pairs: list[Pair]) -> None:
        self.clean = clean
        self.pages = pages
        self.pairs = pairs
        self.names = note_names(pairs)
        self._is_foot = {name: pair.place == "foot" for name, pair in zip(self.names, pairs, strict=True)}
        sigla = [Fixture(p.reference.start, p.reference.end, "siglum") for p in pairs if p.reference]
        labels = [Fixture(p.body.start, _rstrip(clean, p.body.start, p.body.end), "label") for p in pairs if p.body]
        self.fixtures = sorted({*pages.fixtures, *sigla, *labels})
        self.masked = masked(clean, self.fixtures)
        note_chunks, body_chunks = self._chunks(lines)
        #: The pairs whose body turned out to be empty.
        self.hollow = [p for p, name in zip(pairs, self.names, strict=True) if p.body and not note_chunks[name]]
        borders = [
            chunk.start for chunk in body_chunks if chunk.anew or begins_paper(self.masked[slice(*chunk.spans[0])])
        ]
        every = [*body_chunks, *(chunk for chunks in note_chunks.values() for chunk in chunks)]
        habit = HabitsByPlace(self.masked, every, borders)
        self.words_used = habit.words
        self.paras: dict[str, list[Para]] = {BODY: paragraphs(self.masked, body_chunks, habit)}
        for name, chunks in note_chunks.items():
            self.paras[name] = paragraphs(self.masked, chunks, habit)
        self.words = classify(self.masked, self.paras[BODY])
        self.stretches = self._stretches(note_chunks)

    def _chunks(self, lines: list[Line]) -> tuple[dict[str, list[Chunk]], list[Chunk]]:
        """The chunks of each note, by its flow, and those of the body."""
        named = list(zip(self.pairs, self.names, strict=True))
        starts = {pair.body.line: name for pair, name in named if pair.body}
        listed = {pair.body.line: int(pair.body.label) for pair in self.pairs if pair.body and pair.place == "end"}
        references = sorted((p.reference.start, name) for p, name in named if p.reference)
        anchors = sorted(p.reference.start for p in self.pairs if p.reference and p.body)
        furniture = self.pages.furniture_lines
        cuts = [cut.at for cut in self.pages.cuts]

        def turned(k: int) -> bool:
            """Does a new page begin with row `k`?"""
            if not cuts and not furniture:
                return False
            before, here = rows[k - 1][-1] if k else 0, rows[k][0]
            line = self.masked[lines[here].start : lines[here].end]
            # A marker may stand at the beginning of the row.
            at, to = lines[before].start, lines[here].start + len(line) - len(line.lstrip(f"{MASK} \t"))
            return bisect_right(cuts, at) < bisect_right(cuts, to) or any(n in furniture for n in range(before, here))

        rows = chunk_lines(lines, furniture, set(starts))
        papers = [lines[row[0]].start for row in rows if begins_paper(self.masked[slice(*lines[row[0]].trimmed)])]

        def unnumbered(at: int) -> bool:
            """Does no page begin within the paper (of a volume) that is ending, or that goes on, at `at`?"""
            k = bisect_left(papers, at)
            low, high = papers[k - 1] if k else 0, papers[k] if k < len(papers) else len(self.clean)
            return bisect_right(cuts, low) == bisect_right(cuts, high)

        resumed = Feet(lines, rows, starts, listed, turned, self.masked, anchors).taken_up()
        if resumed:
            rows = chunk_lines(lines, furniture, {*starts, *resumed})
        chunks = [self._chunk([lines[n] for n in row]) for row in rows]
        notes: dict[str, list[Chunk]] = {name: [] for name in starts.values()}
        body: list[Chunk] = []
        current: str | None = None  # the note that the last chunks belong to
        member: int | None = None  # its number in a list of notes
        for k, (row, chunk) in enumerate(zip(rows, chunks, strict=True)):
            if chunk is None:  # nothing but a siglum or a marker
                continue
            name = starts.get(row[0]) or resumed.get(row[0])
            if (
                name is None
                and current
                and (
                    not turned(k) and self._belongs_to_note(k, rows, starts, references, lines, turned)
                    if member is None
                    else _next_listed(k, rows, listed) == member + 1
                )
            ):
                name = current
            if name:
                current = name
                member = listed.get(row[0], member if row[0] not in starts else None)
                chunk.after_gap = chunk.after_gap or row[0] in resumed
                notes[name].append(chunk)
                continue
            if (
                current
                and self.pages.printed
                and self._is_foot[current]
                and body
                and self._interrupted(body[-1].end, chunk.start)
                and unnumbered(chunk.start)
            ):
                # Notes within a sentence end a page even where no number is printed.
                self.pages.cuts.append(PageCut(chunk.start, None, None, "notes-at-foot", "medium"))
            chunk.anew = member is not None and not continues(self.masked[chunk.start : chunk.start + 5])
            chunk.after_gap = chunk.after_gap or turned(k) or current is not None or (k > 0 and chunks[k - 1] is None)
            current = member = None
            body.append(chunk)
        return notes, body

    def _interrupted(self, before: int, after: int) -> bool:
        """Does the running text that ends at `before` break off, and go on at `after`?"""
        above = self.masked[max(0, before - 80) : before].replace(MASK, "").rstrip()
        gain = fit(above, self.masked[after : after + 80])
        return gain >= _GOES_ON or (gain > 0 and ending(above) == "hanging" and above[-1:].isalpha())

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
        turned: Callable[[int], bool],
    ) -> bool:
        """Is the unlabelled chunk `k`, right behind a note, its next paragraph?

        Only if a further note follows on the same page before any reference to it: then the running text has not
        begun again.
        """
        stop = k
        while stop < len(rows) and rows[stop][0] not in starts:
            if stop > k and turned(stop):
                return True  # the page ends here, and nothing but notes stands below a note
            if stop - k > _PARAGRAPHS or begins_paper(lines[rows[stop][0]].text):
                return False
            stop += 1
        if stop == len(rows):
            return False
        low, high = lines[rows[k][0]].start, lines[rows[stop][0]].start
        at = bisect_left(references, (low, ""))
        return not (at < len(references) and references[at][0] < high)

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


def _next_listed(k: int, rows: list[list[int]], listed: dict[int, int]) -> int:
    """The number of the next member of a list of notes that begins with one of the next rows, 0 if there is none."""
    return next((listed[row[0]] for row in rows[k : k + _PARAGRAPHS] if row[0] in listed), 0)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def masked(text: str, fixtures: Iterable[Fixture]) -> str:
    """`text` with every character of the furniture replaced by MASK; form feeds stay, since they end lines."""
    out: list[str] = []
    at = 0
    for fixture in fixtures:
        if text[fixture.start] != "\f":
            out += (text[at : fixture.start], MASK * (fixture.end - fixture.start))
            at = fixture.end
    return "".join([*out, text[at:]])


_SPOKEN = {"*": "asterisk", "†": "dagger", "‡": "ddagger", "§": "section", "‖": "parallel", "¶": "pilcrow"}


def note_names(pairs: list[Pair]) -> list[str]:
    """An id for each note after the number in the text (the one in the list, if there is no reference)."""
    used: dict[str, int] = {}
    names = []
    for pair in pairs:
        label = pair.reference.label if pair.reference else pair.body.label if pair.body else ""
        name = "fn-" + "".join(_SPOKEN.get(sign, sign) for sign in label)
        n = used[name] = used.get(name, 0) + 1
        unique = name if n == 1 else f"{name}-{n}"
        while n > 1 and unique in used:  # a label may itself be `1-2`
            n += 1
            unique = f"{name}-{n}"
        used[name] = n
        used.setdefault(unique, 1)
        names.append(unique)
    return names
