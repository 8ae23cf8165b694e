"""Compares two readings of one document, layer by layer. How each layer is counted stands in docs/evaluate.md."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from teiprep.tag.common.vocabulary import ABBREVIATED_TITLES, TITLES

from .aligning import Alignment, Side, align, gaps, similarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .reading import NoteText, Point, Reading, Span

#: In the order in which they are shown; `NAME_overlap` and the like are other counts of the layer NAME.
LAYERS = (
    "text",
    "pages",
    "pages_position",
    "notes",
    "notes_anchor",
    "notes_body",
    "paragraphs",
    "blocks",
    "head",
    "opener",
    "dateline",
    "salute",
    "closer",
    "signed",
    "persons",
    "persons_overlap",
    "persons_ref",
    "dates",
    "dates_overlap",
    "dates_when",
    "quotes",
    "quotes_overlap",
)

#: How many characters a page, a note's anchor, an end of a paragraph, the beginning of a block may be off.
_PAGE, _ANCHOR, _PARAGRAPH, _BLOCK = 3, 5, 3, 2
#: How alike note bodies must be, and how much of a head both must have in common.
_BODY, _SHARE = 0.9, 0.8
#: A word in more notes than this says nothing about which is which; more notes at one place are not compared all.
_RARE, _CROWD = 8, 20
_OUTER = ".,;:!?()[]{}-*_ "
_TITLES = ABBREVIATED_TITLES | TITLES
_FIRST_WORD = re.compile(r"([^\s.]+)[.\s]\s*(?=[^a-z\s])")

Kind = Literal["missing", "extra", "differs"]
#: Line, offset and text of one thing, for the differences.
Shown = tuple[int, int | None, str]


class Count(NamedTuple):
    """How many are right, of how many that were predicted and how many that the gold has.

    Of the layer `text`: characters of the gold less edits, and twice the characters of the gold.
    """

    right: int
    predicted: int
    gold: int

    def __add__(self, other: tuple[int, ...]) -> Count:  # type: ignore[override]
        return Count(self.right + other[0], self.predicted + other[1], self.gold + other[2])


class Difference(NamedTuple):
    """One that is `missing` in the prediction, `extra` there, or `differs`; `line` is one of the gold unless `extra`.

    `page` is the number of the page in the same file, if any; `shown` its text, with what is around it.
    """

    layer: str
    kind: Kind
    line: int
    page: str | None
    shown: str


@dataclass(slots=True)
class Score:
    """The counts of a document by layer, and the differences, if they were asked for."""

    counts: dict[str, Count] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


def score(predicted: Reading, gold: Reading, wanted: Iterable[str] = (), most: int = 0) -> Score:
    """Compare two readings of one document; at most `most` differences of each of the layers `wanted` are kept."""
    return _Comparison(predicted, gold, frozenset(wanted), most).run()


class _Comparison:
    def __init__(self, predicted: Reading, gold: Reading, wanted: frozenset[str], most: int) -> None:
        self.predicted = predicted
        self.gold = gold
        self.alignment: Alignment = align(predicted.text, gold.text)
        self.sides: tuple[Side, Side] = (self.alignment.a, self.alignment.b)
        self.readings = (predicted, gold)
        self.wanted = wanted
        self.left = dict.fromkeys(wanted, most)
        self.result = Score()

    def run(self) -> Score:
        self.text()
        self.pages()
        self.notes()
        self.paragraphs()
        self.blocks()
        for layer in ("head", "opener", "dateline", "salute", "closer", "signed"):
            self.parts(layer)
        for layer in ("persons", "dates", "quotes"):
            self.inline(layer)
        return self.result

    # --- the layers ---

    def text(self) -> None:
        size = len(self.gold.text)
        self.result.counts["text"] = Count(size - self.alignment.edits, size, size)
        if "text" in self.wanted:
            for a, a_end, b, b_end in gaps(self.alignment.runs, len(self.predicted.text), size):
                if self.left["text"] <= 0:
                    break
                ours, theirs = self.predicted.text[a:a_end], self.gold.text[b:b_end]
                shown = f"gold {_short(theirs)!r}, prediction {_short(ours)!r}, in {self.around(1, b, b_end)}"
                kind: Kind = "differs" if ours and theirs else "missing" if theirs else "extra"
                self.tell("text", kind, 1, b, None, shown)

    def pages(self) -> None:
        places = [[(self.sides[k].pairs(page.at), page) for page in self.readings[k].pages] for k in (0, 1)]
        shown = self.points(self.predicted.pages, self.gold.pages)
        matched = _near([at for at, _ in places[0]], [at for at, _ in places[1]], _PAGE)
        self.count("pages_position", matched, shown)
        by_number: list[defaultdict[str | None, list[int]]] = [defaultdict(list), defaultdict(list)]
        for k in (0, 1):
            for index, (_, page) in enumerate(places[k]):
                by_number[k][page.value].append(index)
        right = [
            (group[i], others[j])
            for number, group in by_number[0].items()
            if (others := by_number[1].get(number))
            for i, j in _near([places[0][i][0] for i in group], [places[1][j][0] for j in others], _PAGE)
        ]
        self.count("pages", right, shown)

    def notes(self) -> None:
        notes = (self.predicted.notes, self.gold.notes)
        at = [[None if n.at is None else self.sides[k].pairs(n.at) for n in notes[k]] for k in (0, 1)]
        anchored = [sorted((place, i) for i, place in enumerate(at[k]) if place is not None) for k in (0, 1)]
        near = [
            (anchored[0][i][1], anchored[1][j][1])
            for i, j in _near([place for place, _ in anchored[0]], [place for place, _ in anchored[1]], _ANCHOR)
        ]
        texts: list[list[Shown]] = [[(n.line, n.at, _short(n.body, 60)) for n in notes[k]] for k in (0, 1)]
        shown = (texts[0], texts[1])
        both, bodies = _notes(notes, at, anchored)
        self.count("notes", both, shown)
        self.count("notes_anchor", near, shown, totals=(len(anchored[0]), len(anchored[1])))
        self.count("notes_body", bodies, shown)

    def paragraphs(self) -> None:
        places = [
            [
                (self.sides[k].pairs(span.start), self.sides[k].pairs(span.end))
                for span in self.readings[k].spans.get("paragraphs", ())
            ]
            for k in (0, 1)
        ]
        order = sorted((start, end, j) for j, (start, end) in enumerate(places[1]) if start < end)
        candidates: list[tuple[float, int, int]] = []
        for i, (start, end) in enumerate(places[0]):
            if start < end:
                first = bisect_left(order, (start - _PARAGRAPH, -1, -1))
                last = bisect_right(order, (start + _PARAGRAPH + 1, -1, -1))
                candidates += [
                    (abs(start - other) + abs(end - its_end), i, j)
                    for other, its_end, j in order[first:last]
                    if abs(end - its_end) <= _PARAGRAPH
                ]
        self.count("paragraphs", _best(candidates), self.shown("paragraphs"))

    def blocks(self) -> None:
        ours, theirs = ([self.sides[k].pairs(each.at) for each in self.readings[k].breaks] for k in (0, 1))
        self.count("blocks", _near(ours, theirs, _BLOCK), self.points(self.predicted.breaks, self.gold.breaks))

    def parts(self, layer: str) -> None:
        shared = self.overlaps(self.spans(0, layer), self.spans(1, layer))
        right = _best([(-share, i, j) for share, i, j in shared if share >= _SHARE])
        self.count(layer, right, self.shown(layer))

    def inline(self, layer: str) -> None:
        spans = [[self.trimmed(k, span, layer) for span in self.spans(k, layer)] for k in (0, 1)]
        shown = self.shown(layer)
        overlapping = self.overlaps(spans[0], spans[1])
        ends = [[(self.sides[k].pairs(one.start), self.sides[k].pairs(one.end)) for one in spans[k]] for k in (0, 1)]
        exact = _best([(-share, i, j) for share, i, j in overlapping if ends[0][i] == ends[1][j]])
        overlap = _best([(-share, i, j) for share, i, j in overlapping])
        self.count(layer, exact, shown)
        self.count(f"{layer}_overlap", overlap, shown)
        valued = [sum(1 for span in spans[k] if span.value) for k in (0, 1)]
        values = [(i, j, spans[0][i].value, spans[1][j].value) for i, j in overlap]
        if layer == "dates":
            same = [(i, j) for i, j, ours, theirs in values if ours and ours == theirs]
            told = [(i, j) for i, j, ours, theirs in values if ours != theirs and theirs]
            self.result.counts["dates_when"] = Count(len(same), valued[0], valued[1])
            for i, j in told:
                span = spans[1][j]
                ours = f"gold {span.value}, prediction {spans[0][i].value}"
                self.tell("dates_when", "differs", 1, span.start, span.line, f"{shown[1][j][2]}: {ours}")
        elif layer == "persons":
            pairs = sorted((i, j, ours, theirs) for i, j, ours, theirs in values if ours and theirs)
            partner = _same_persons((ours, theirs) for _, _, ours, theirs in pairs)
            agreed = sum(partner.get(ours) == theirs for _, _, ours, theirs in pairs)
            self.result.counts["persons_ref"] = Count(agreed, valued[0], valued[1])
            for _, j, ours, theirs in pairs:
                if partner.get(ours) != theirs:
                    span = spans[1][j]
                    text = f"{shown[1][j][2]}: gold {theirs}, prediction {ours}"
                    self.tell("persons_ref", "differs", 1, span.start, span.line, text)

    # --- what they share ---

    def spans(self, k: int, layer: str) -> Sequence[Span]:
        return self.readings[k].spans.get(layer, [])

    def trimmed(self, k: int, span: Span, layer: str) -> Span:
        """Without punctuation at the ends, and of a person without titles, unless nothing is left."""
        text = self.readings[k].text
        start, end = span.start, span.end
        while start < end and text[start] in _OUTER:
            start += 1
        while end > start and text[end - 1] in _OUTER:
            end -= 1
        while layer == "persons" and (match := _FIRST_WORD.match(text, start, end)) and match[1] in _TITLES:
            start = match.end()
        return span._replace(start=start, end=end) if start < end else span

    def overlaps(self, ours: Sequence[Span], theirs: Sequence[Span]) -> list[tuple[float, int, int]]:
        """Of spans that share some character: the part of both that they share, in columns of the alignment."""
        sides = (ours, theirs)
        columns = [
            sorted(
                (self.sides[k].column(s.start), self.sides[k].column(s.end - 1) + 1, i) for i, s in enumerate(sides[k])
            )
            for k in (0, 1)
        ]
        found = []
        active: list[tuple[int, int, int]] = []
        upcoming = iter(columns[1])
        following = next(upcoming, None)
        for start, end, i in columns[0]:
            while following is not None and following[0] < end:
                active.append(following)
                following = next(upcoming, None)
            active = [each for each in active if each[1] > start]
            for other, its_end, j in active:
                shared = min(end, its_end) - max(start, other)
                if shared > 0:
                    found.append((shared / (max(end, its_end) - min(start, other)), i, j))
        return found

    def points(self, ours: Sequence[Point], theirs: Sequence[Point]) -> tuple[list[Shown], list[Shown]]:
        """How points of both are shown among the differences."""

        def shown(k: int, points: Sequence[Point]) -> list[Shown]:
            numbers = [f"n={point.value} " if point.value else "" for point in points]
            return [
                (point.line, point.at, number + self.around(k, point.at, point.at))
                for point, number in zip(points, numbers, strict=True)
            ]

        return shown(0, ours), shown(1, theirs)

    def shown(self, layer: str) -> tuple[list[Shown], list[Shown]]:
        """How the spans of a layer in both are shown among the differences."""

        def shown(k: int) -> list[Shown]:
            return [(span.line, span.start, self.around(k, span.start, span.end)) for span in self.spans(k, layer)]

        return shown(0), shown(1)

    def around(self, k: int, start: int, end: int) -> str:
        """A stretch, in quotation marks, with some words before and after; a point is a stroke."""
        if not self.wanted:
            return ""
        text = self.readings[k].text
        inside = f"“{_short(text[start:end], 60)}”" if start < end else "|"
        return f"{'…' if start > 25 else ''}{text[max(0, start - 25) : start]}{inside}{text[end : end + 25]}" + (
            "…" if end + 25 < len(text) else ""
        )

    def count(
        self,
        layer: str,
        matched: list[tuple[int, int]],
        shown: tuple[list[Shown], list[Shown]],
        totals: tuple[int, int] | None = None,
    ) -> None:
        """Write down a layer: the pairs that are right, of all that the prediction and the gold have."""
        self.result.counts[layer] = Count(len(matched), *(totals or (len(shown[0]), len(shown[1]))))
        if layer in self.wanted:
            known = ({i for i, _ in matched}, {j for _, j in matched})
            rows = [
                (self.sides[k].column(at or 0), kind, k, at, line, text)
                for k, kind in ((0, "extra"), (1, "missing"))
                for index, (line, at, text) in enumerate(shown[k])
                if index not in known[k]
            ]
            for _, kind, k, at, line, text in sorted(rows, key=lambda row: row[:2]):
                self.tell(layer, "extra" if kind == "extra" else "missing", k, at, line, text)

    def tell(self, layer: str, kind: Kind, k: int, at: int | None, line: int | None, shown: str) -> None:
        if self.left.get(layer, 0) <= 0:
            return
        self.left[layer] -= 1
        pages = self.readings[k].pages
        page = None
        if at is not None:
            index = bisect_right(pages, at, key=lambda each: each.at) - 1
            page = pages[index].value if index >= 0 else None
        if line is None:  # of the text: the nearest line that is known
            index = bisect_right(self.readings[k].breaks, at or 0, key=lambda each: each.at) - 1
            line = self.readings[k].breaks[index].line if index >= 0 else 0
        # What a terminal would obey, or what turns the order of letters round, is not for a report.
        shown = "".join(char if char.isprintable() else "\ufffd" for char in shown)
        self.result.differences.append(Difference(layer, kind, line, page, shown))


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-(most // 2) + 1 :]}"


# --- who belongs to whom ----------------------------------------------------------------------------------------------


def _near(ours: Sequence[int], theirs: Sequence[int], tolerance: int) -> list[tuple[int, int]]:
    """As many pairs of two rising sequences as there can be, of which no two are further apart than `tolerance`.

    >>> _near([0, 2, 9], [1, 3, 20], 2)
    [(0, 0), (1, 1)]
    """
    found = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if abs(ours[i] - theirs[j]) <= tolerance:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif ours[i] < theirs[j]:
            i += 1
        else:
            j += 1
    return found


def _best(candidates: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Pairs, one to one, those of the lowest cost first."""
    ours: set[int] = set()
    theirs: set[int] = set()
    found = []
    # Two pairs that stand in each other's way never tie: they share one index, so their sums differ.
    for _, i, j in sorted(candidates, key=lambda each: (round(each[0], 9), each[1] + each[2])):
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            found.append((i, j))
    return sorted(found)


def _same_persons(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Which key of the gold stands for which key of the prediction: the pairs that occur together most often."""
    partner: dict[str, str] = {}
    taken: set[str] = set()
    for (ours, theirs), _ in Counter(pairs).most_common():
        if ours not in partner and theirs not in taken:
            partner[ours] = theirs
            taken.add(theirs)
    return partner


def _notes(
    notes: tuple[list[NoteText], list[NoteText]],
    at: list[list[int | None]],
    anchored: list[list[tuple[int, int]]],
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The notes whose anchor and body are right, and all whose body is."""
    groups = _by_body(notes, [[i for _, i in anchored[k]] for k in (0, 1)])
    both = [
        (group[i], others[j])
        for group, others in groups
        for i, j in _near([at[0][i] or 0 for i in group], [at[1][j] or 0 for j in others], _ANCHOR)
    ]
    # Notes of which neither side knows the anchor agree in that.
    adrift = [[i for i, place in enumerate(at[k]) if place is None] for k in (0, 1)]
    both += [pair for group, others in _by_body(notes, adrift) for pair in zip(group, others, strict=False)]
    rest = _rest(notes, both)
    words = set(_with_rare_words(notes, rest))
    left = [[(place, i) for place, i in anchored[k] if i in rest[k]] for k in (0, 1)]
    both += _best(_alike(notes, {*_together(*left), *((i, j) for i, j in words if at[0][i] is None is at[1][j])}))
    found = list(both)
    rest = _rest(notes, found)
    same = _by_body(notes, [sorted(rest[k]) for k in (0, 1)])
    found += [pair for group, others in same for pair in zip(group, others, strict=False)]
    rest = _rest(notes, found)
    left = [[(place, i) for place, i in anchored[k] if i in rest[k]] for k in (0, 1)]
    found += _best(_alike(notes, {*_together(*left), *_with_rare_words(notes, rest)}))
    return both, found


def _by_body(
    notes: tuple[list[NoteText], list[NoteText]], chosen: Sequence[Sequence[int]]
) -> list[tuple[list[int], list[int]]]:
    """Those of the chosen notes, in their order, that have the same body on both sides."""
    groups: tuple[defaultdict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
    for k in (0, 1):
        for i in chosen[k]:
            groups[k][notes[k][i].body].append(i)
    return [(group, groups[1][body]) for body, group in groups[0].items() if body in groups[1]]


def _rest(notes: tuple[list[NoteText], list[NoteText]], found: list[tuple[int, int]]) -> tuple[set[int], set[int]]:
    return (
        set(range(len(notes[0]))) - {i for i, _ in found},
        set(range(len(notes[1]))) - {j for _, j in found},
    )


def _together(ours: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of notes whose anchors are near, of each note at most so many as make a crowd."""
    first = 0
    for place, i in ours:
        while first < len(theirs) and theirs[first][0] < place - _ANCHOR:
            first += 1
        for other, j in theirs[first : first + _CROWD]:
            if other <= place + _ANCHOR:
                yield i, j


def _with_rare_words(
    notes: tuple[list[NoteText], list[NoteText]], rest: tuple[set[int], set[int]]
) -> Iterator[tuple[int, int]]:
    """Pairs of notes that share a word which only few of the notes have."""
    index: tuple[defaultdict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
    for k in (0, 1):
        for i in sorted(rest[k]):
            for word in set(notes[k][i].body.split()):
                index[k][word].append(i)
    for word, ours in index[0].items():
        theirs = index[1].get(word, ())
        if len(ours) <= _RARE and len(theirs) <= _RARE:
            for i in ours:
                for j in theirs:
                    yield i, j


def _alike(
    notes: tuple[list[NoteText], list[NoteText]], pairs: Iterable[tuple[int, int]]
) -> list[tuple[float, int, int]]:
    """Of the pairs those whose bodies are alike, with how unlike they are."""
    found = []
    for i, j in set(pairs):
        a, b = notes[0][i].body, notes[1][j].body
        if 2 * min(len(a), len(b)) >= _BODY * (len(a) + len(b)) and (value := similarity(a, b)) >= _BODY:
            found.append((1 - value, i, j))
    return found
