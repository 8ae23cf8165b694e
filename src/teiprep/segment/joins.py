"""Turns what was dealt out into pieces and edits: joins inside paragraphs, nothing but line feeds between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from teiprep.alignment import Edit, OffsetMap, Piece, compose
from teiprep.diagnostics import InvariantError
from teiprep.document import BODY, FURNITURE

from .common import MASK
from .hyphens import dehyphenated

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Sequence

    from .common import Para
    from .deal import Deal


_JOINT_SIGNS = {"space": " ", "hyphen": "", "tight": "", "line": "\n"}
_JOINT_RULES = {"space": "joined-lines", "hyphen": "line-end-hyphen", "tight": "joined-lines", "line": "kept-lines"}
_WIDE = re.compile(r"[ \t]{2,}|\t")
_MARKERS = re.compile(f"{MASK}+")
_INITIAL = re.compile(r"([A-Z]) ([A-Z]{1,20})(?=[ ,’'])")
_BEFORE_CUT = re.compile(r"([^\W\d_]+)(- ?)$")
_AFTER_CUT = re.compile(r" ?([^\W\d_].{0,60})")


def cover(clean: str, stretches: list[Piece]) -> list[Piece]:
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


def join_edits(clean: str, deal: Deal, pieces: list[Piece]) -> list[Edit]:
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
            if own[k].start <= low < high <= own[k].end:
                return [(low, high)]
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
                edits += _large_initial(deal.masked, para, deal.words_used)
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


def _large_initial(masked: str, para: Para, words: Counter[str]) -> Iterable[Edit]:
    """`T HE boats`: what follows a printer's large initial stands apart."""
    if initial := _INITIAL.match(masked, *para.parts[0]):
        one, rest = initial[1].lower(), initial[2].lower()
        if words[one + rest] and (one not in "aio" or words[rest] == 1):
            yield Edit(initial.end(1), initial.start(2), "", "join", "large-initial")


def _within(
    clean: str, para: Para, between: Callable[[int, int], list[tuple[int, int]]], masked: str, words: Counter[str]
) -> Iterable[Edit]:
    """The edits inside one paragraph."""
    marks = sorted(a for a, _ in para.marks)
    for k, (a, b) in enumerate(para.parts):
        wide, rule = ("\n", "table-cells") if para.type == "table" else (" ", "wide-spaces")
        part = masked[a:b]
        for low, high in between(a, b) if "  " in part or "\t" in part else ():
            for run in _WIDE.finditer(masked[low:high]):
                yield Edit(low + run.start(), low + run.end(), wide, "layout" if wide == "\n" else "space", rule)
        for marker in _MARKERS.finditer(part) if MASK in part else ():
            # A word cut by a page marker: `inter-[Page 78]national`.
            before = _BEFORE_CUT.search(part, max(0, marker.start() - 40), marker.start())
            after = _AFTER_CUT.match(part, marker.end())
            if not before or not after:
                continue
            low, high = a + before.start(2), a + marker.start()
            found = dehyphenated(before[1], after[1], words)
            if found == "hyphen":
                yield Edit(low, high, "", "hyphen", "page-end-hyphen")
            elif found == "tight" and high > low + 1:
                yield Edit(low + 1, high, "", "join", "joined-lines")
        if k + 1 == len(para.parts):
            break
        joint = para.joints[k]
        stop = para.parts[k + 1][0]
        nearest = bisect_left(marks, b)
        stop = min(stop, marks[nearest]) if nearest < len(marks) else stop
        stretches = between(b, stop)
        rule = _JOINT_RULES[joint]
        if k in para.doubts:
            rule = f"resumed-paragraph-{para.doubts[k]}"
        elif joint != "line" and "\n\n" in clean[b:stop]:
            rule = "resumed-paragraph"
        if joint == "hyphen":
            tail = (b - 1, b)
            if stretches and stretches[0][0] == b:
                tail = (b - 1, stretches[0][1])
                stretches = stretches[1:]
            yield Edit(*tail, "", "hyphen", "line-end-hyphen")
        for n, (c, d) in enumerate(stretches):
            new = _JOINT_SIGNS[joint] if n == 0 else ""
            if clean[c:d] != new:
                yield Edit(c, d, new, "join", rule)


def against_source(
    source: str, clean: str, edits: Sequence[Edit], joins: Sequence[Edit], pieces: Sequence[Piece]
) -> tuple[list[Edit], list[Piece]]:
    """The same edits and pieces against the source's text.

    A cut in the middle of a repaired stretch (a siglum glued to mojibake) parts the repair in two.
    """
    offsets = OffsetMap(edits)
    where = sorted({piece.start for piece in pieces})
    parted: list[Edit] = []
    for edit, at in zip(edits, offsets.starts, strict=True):
        if len(edit.replacement) < 2:
            parted.append(edit)
            continue
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
            parted.append(edit._replace(start=start, end=end, replacement=edit.replacement[begin:cut]))
            start, begin = end, cut
    offsets = OffsetMap(parted)
    whole = compose(source, parted, clean, joins)
    starts = [0, *(offsets.back_start(piece.start) for piece in pieces[1:])]
    ends = [*starts[1:], len(source)]
    return whole, [Piece(a, b, piece.flow) for a, b, piece in zip(starts, ends, pieces, strict=True)]
