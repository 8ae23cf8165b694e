"""Candidate bodies: lines that begin with a label, at the feet of pages or in lists of notes."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Literal, NamedTuple

from teiprep.segment.common import MASK, SUPERSCRIPTS, SYMBOLS, Line, continues, unfinished
from teiprep.segment.heads import begins_paper

from .labels import NAME, label_of, place_in_series, read_back

if TYPE_CHECKING:
    from collections.abc import Sequence


class Body(NamedTuple):
    """A candidate body: the label's span (with what belongs to it) and the line, by index, on which it begins."""

    start: int
    end: int
    label: str
    line: int
    #: What shape and place weigh for it.
    weight: float
    #: Whether these alone show that it is one.
    strong: bool
    place: Literal["foot", "end"] = "foot"
    #: Its label stands in round brackets, as its reference must.
    round: bool = False


_SUP = f"[{SUPERSCRIPTS}]"
_BODY = re.compile(
    rf"[ \t]{{0,6}}(?P<dash>[-–•]\s+)?(?:(?P<sup>{_SUP}{{1,3}}|\^[0-9]{{1,3}}\^?)\s{{0,3}}"
    rf"|(?P<caret>\[\^[0-9]{{1,3}}\]:?|\[\^{NAME}\]:|\^\[[0-9]{{1,3}}\])\s{{1,3}}"
    r"|(?P<bracket>\[(?:[0-9]{1,3}|[a-z]|[ivxl]{2,6})\]:?)\s{1,3}"
    r"|(?P<round>\((?:[0-9]{1,3}|[a-z]|[ivxl]{2,6})\))\s{1,3}"
    rf"|(?P<symbol>[{SYMBOLS}]{{1,3}})\s{{0,3}}(?=[\w“‘\"'(])|(?P<number>[0-9]{{1,3}})(?P<stop>[.)]?)(?:\s{{1,3}})(?=\S)"
    r"|(?P<letter>[a-z])[.)]?\s{1,3}(?=[“‘\"'(]?[A-Z])|(?P<misread>[0-9lIO]{2,3}|l)[.)]?\s{1,3}(?=[“‘\"'(]?[A-Z]))"
)
_LABELS = ("sup", "caret", "bracket", "round", "symbol", "number", "letter", "misread")
_LIST_ITEM = re.compile(r" {1,4}([0-9]{1,3})\. (?=\S)")
_NOTES_HEAD = re.compile(r"[#* ]*(?:foot|end)?notes ?:?[* ]*", re.IGNORECASE)


def _label(match: re.Match[str]) -> str:
    printed = next(match[name] for name in _LABELS if match[name])
    return read_back(printed) if match["misread"] else label_of(printed)


#: Instead of a weight: the line is an item of a list in the text.
_ANNOUNCED = -1.0
#: A member of a list of notes: nothing else can be one.
_LISTED = 7.0


def find_bodies(lines: list[Line], taken: set[int], calls: Sequence[tuple[int, str]]) -> list[Body]:
    """Candidate bodies: lines (not `taken` by furniture) that begin with a label, with the weight of the evidence.

    `calls` are the offsets, in order, and the labels of what looks like a reference.
    """
    marked: list[tuple[int, re.Match[str]]] = []
    for k, line in enumerate(lines):
        if k in taken or not line.text:
            continue
        if match := _BODY.match(line.text):
            marked.append((k, match))
    labelled = {k: _label(match) for k, match in marked}
    chunks = chunk_lines(lines, taken, set(labelled))
    starred = {k for k, match in marked if match["symbol"] and match[0][-1:].isspace()}
    items = _starred_items(lines, chunks, {k: labelled[k] for k in starred}, calls)
    marked = [(k, match) for k, match in marked if k not in items]
    labelled = {k: label for k, label in labelled.items() if k not in items}
    foot = _feet(lines, taken, labelled, calls)
    found: list[Body] = []
    for k, match in marked:
        line = lines[k]
        if _alone(match) or (foot.get(k) == _ANNOUNCED and match["number"]):
            continue
        strong = bool(match["sup"] or match["symbol"] or match["caret"])
        weight = 1.0 + foot.get(k, 0.0) + 1.0 * bool(match["dash"])
        weight += (
            3.0 * bool(match["sup"] or match["caret"]) + 1.5 * bool(match["symbol"]) - 1.0 * bool(match["misread"])
        )
        above = lines[k - 1].text if k and (k - 1) not in taken else ""
        if above and not above.isspace() and unfinished(above) and not (found and found[-1].line == k - 1):
            weight -= 1.5  # in the middle of a paragraph, as far as one can see
            strong = strong and not above[-1:].isalpha()
        rest = line.text[match.end() :]
        if rest[:1].islower():
            weight -= 0.5
        found.append(
            Body(
                line.start + match.start(),
                line.start + match.end(),
                _label(match),
                k,
                weight,
                strong and foot.get(k, 0.0) > 2,
                round=bool(match["round"]),
            )
        )
    return found


def _alone(label: re.Match[str]) -> bool:
    """True if nothing follows the label on its line, or only furniture: a label alone is no note."""
    return not label.string[label.end() :].strip(f" \t{MASK}")


def _starred_items(
    lines: list[Line], chunks: list[list[int]], starred: dict[int, str], calls: Sequence[tuple[int, str]]
) -> set[int]:
    """The lines that are items of lists: of several in a row with one sign, if not as many references call them."""
    items: set[int] = set()
    k = after = 0
    while k < len(chunks):
        stop = k + 1
        sign = starred.get(chunks[k][0])
        while sign and stop < len(chunks) and starred.get(chunks[stop][0]) == sign:
            stop += 1
        if sign and stop - k > 1:
            called = _called(calls, after, lines[chunks[k][0]].start)
            if called.count(sign) != stop - k:
                items.update(chunk[0] for chunk in chunks[k:stop])
        if sign:
            after = lines[chunks[stop - 1][-1]].end
        k = stop
    return items


def _called(calls: Sequence[tuple[int, str]], low: int, high: int) -> list[str]:
    """The labels of what looks like a reference from `low` to `high`."""
    return [label for _, label in calls[bisect_left(calls, (low, "")) : bisect_left(calls, (high, ""))]]


def _feet(
    lines: list[Line], taken: set[int], labelled: dict[int, str], calls: Sequence[tuple[int, str]]
) -> dict[int, float]:
    """How surely each labelled line stands at a page's foot.

    Surely, if it is in a run of labelled chunks that ends at furniture, at a form feed or at the end of the text, or
    before a chunk that takes up a sentence which broke off before the run. Perhaps, if there are one or two chunks
    more before the furniture: a note may have several paragraphs. Where no furniture tells, those are sure whose labels
    are just those of the references above them; and what a colon announces is none (`_ANNOUNCED`).
    """
    feet: dict[int, float] = {}
    chunks = chunk_lines(lines, taken, set(labelled))

    def edge(k: int) -> bool:
        """Does the page end behind the chunk before `k`?"""
        if k >= len(chunks):
            return True
        last, first = chunks[k - 1][-1], chunks[k][0]
        if lines[first].text.lstrip().startswith(MASK):
            return True  # a page marker at the head of what follows
        if begins_paper(lines[first].text):
            return True  # the next one of a volume
        return any(n in taken or lines[n].feed for n in range(last + 1, first + 1))

    k = done = 0
    while k < len(chunks):
        if chunks[k][0] not in labelled:
            k += 1
            continue
        stop = k + 1
        while stop < len(chunks) and chunks[stop][0] in labelled and not edge(stop):
            stop += 1
        before = lines[chunks[k - 1][-1]].text if k else ""
        after = lines[chunks[stop][0]].text if stop < len(chunks) else ""
        cut = bool(before) and unfinished(before) and (continues(after) or len(before) > 60)
        later = stop < len(chunks) and any(edge(n) for n in (stop + 1, stop + 2))
        run = [labelled[chunk[0]] for chunk in chunks[k:stop]]
        above = _called(calls, done, lines[chunks[k][0]].start)
        done = lines[chunks[stop - 1][-1]].end
        exact = len(run) > 1 and run == above
        weight = 3.0 if edge(stop) or cut or exact else 2.0 if later else 0.0
        if _announces(before, after) and (stop == len(chunks) or not edge(stop)):
            weight = _ANNOUNCED
        # Notes rise: `1. 2. 1.` at an edge are two paragraphs of the text and a note.
        first = stop - 1
        while first > k and _rises(labelled[chunks[first - 1][0]], labelled[chunks[first][0]]):
            first -= 1
        feet.update((chunk[0], weight) for chunk in chunks[first:stop] if weight)
        k = stop
    return feet


def _announces(before: str, after: str) -> bool:
    """Does a colon before labelled lines announce them, and not a quotation `after` them or a list of notes?"""
    if not before[-40:].rstrip().endswith(":") or _NOTES_HEAD.fullmatch(before[-40:].strip()):
        return False
    return not after.lstrip(f" {MASK}").startswith(("“", "‘", '"', "'"))


def _rises(label: str, following: str) -> bool:
    """May `following` stand below `label` at one foot? The labels of two series may be mixed."""
    (kind, n), (other, m) = place_in_series(label), place_in_series(following)
    return kind != other or n <= m


def chunk_lines(lines: list[Line], taken: set[int], starts: set[int]) -> list[list[int]]:
    """Line indexes grouped into chunks: a chunk ends at a blank or taken line, and before each line of `starts`."""
    chunks: list[list[int]] = []
    current: list[int] = []
    for k, line in enumerate(lines):
        broken = line.blank or k in taken
        if current and (broken or k in starts or line.feed):
            chunks.append(current)
            current = []
        if not broken:
            current.append(k)
    if current:
        chunks.append(current)
    return chunks


class _Run(NamedTuple):
    """Lines that count from 1 and so may be a list of notes; behind a head "Notes" (a line, by index) they are."""

    bodies: list[Body]
    head: int | None


def end_lists(lines: list[Line], taken: set[int], calls: Sequence[int]) -> tuple[list[list[Body]], list[int]]:
    """Lists of notes that stand together: `  1. …`, `  2. …` without a blank line, or whatever follows a head "Notes".

    Each list is numbered from 1 without a gap; so none of its members can be anything else. `calls` are the offsets, in
    order, of what looks like a reference: in a volume of several documents they tell a list of notes from a list in the
    text. The second value are the lines that hold such a head.
    """
    runs = _runs(lines)
    lists: list[list[Body]] = []
    heads: list[int] = []
    after = 0  # where the list before ends
    for k, run in enumerate(runs):
        first = run.bodies[0].start
        called = _between(calls, after, first)
        following = runs[k + 1].bodies if k + 1 < len(runs) else None
        if run.head is None and not _closes(lines, run.bodies, taken, called):
            if not lists and following is None:
                continue  # no other list shows that here notes stand in lists
            left = _between(calls, lines[run.bodies[-1].line].end, following[0].start) if following else 0
            if not _suffices(called, run.bodies) or (following and not _suffices(left, following)):
                continue
            if _introduced(lines, run.bodies[0].line):
                continue
        lists.append(run.bodies)
        heads += [] if run.head is None else [run.head]
        after = lines[run.bodies[-1].line].end
    return lists, heads


def _runs(lines: list[Line]) -> list[_Run]:
    runs: list[_Run] = []
    k = 0
    while k < len(lines):
        match = _LIST_ITEM.match(lines[k].text)
        headed = not match and 0 < len(lines[k].text) < 40 and _NOTES_HEAD.fullmatch(lines[k].text.strip())
        if not headed and not (match and match[1] == "1"):
            k += 1
            continue
        pattern = _BODY if headed else _LIST_ITEM
        run: list[Body] = []
        j = k + 1 if headed else k
        last = k
        while j < len(lines):
            item = pattern.match(lines[j].text)
            label = _label(item) if item and headed else item[1] if item else ""
            if item and label == str(len(run) + 1) and not _alone(item):
                start, end = lines[j].start + item.start(), lines[j].start + item.end()
                run.append(Body(start, end, label, j, _LISTED, strong=True, place="end"))
                last = j
            elif (lines[j].blank and not headed) or j - last > 60:
                break
            j += 1
        if run:
            runs.append(_Run(run, k if headed else None))
            k = run[-1].line
        k += 1
    return runs


def _between(calls: Sequence[int], low: int, high: int) -> int:
    return bisect_left(calls, high) - bisect_left(calls, low)


def _suffices(called: int, run: Sequence[Body]) -> bool:
    """Are there references enough to call these notes? Some may be lost, and others may have their notes at feet."""
    return len(run) <= 2 * called


def _introduced(lines: list[Line], first: int) -> bool:
    """Does the text above announce a list?"""
    above = next((lines[k].text for k in range(first - 1, max(-1, first - 4), -1) if not lines[k].blank), "")
    return above.rstrip().endswith((":", ":—", ","))


def _closes(lines: list[Line], run: Sequence[Body], taken: set[int], called: int) -> bool:
    """Is this run of lines the end of the text, or of a document within it (a head or file number follows)?"""
    for k in range(run[-1].line + 1, len(lines)):
        if lines[k].blank or k in taken:
            continue
        if begins_paper(lines[k].text):
            return True
        short = len(lines[k].text) < 100 and not lines[k].text.rstrip().endswith((",", ";"))
        return short and called > 0 and not _introduced(lines, run[0].line)
    return True
