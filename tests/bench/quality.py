"""What each stage gets wrong, by kind, and whether its certainties hold, on documents that people encoded.

    python -m tests.bench.quality GOLD [--write]

GOLD is a folder with `txt/ID.txt`, flat texts, and `gold/ID.gold.json`: the reading text and stand-off layers (spans as
`start`, `end`; `pages`, `notes`) in code points of it. The tables go to standard output, or with `--write` into
docs/quality.md, between its two marks.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from teiprep import pipeline
from teiprep.config import Config
from teiprep.document import BODY, Document
from teiprep.evaluate.aligning import align, similarity
from teiprep.source import Source
from teiprep.tag import dates
from tests import test_tag_dates, test_tag_quotations
from tests.flow import apply, pen_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from teiprep.alignment import Layout

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"
MARKS = ("<!-- figures -->", "<!-- end of figures -->")
CERTAINTIES = ("high", "medium", "low")
Span = tuple[int, int]


class Folded:
    """A text as its letters and digits only, so that spaces, marks and hyphens do not count; and the way there."""

    def __init__(self, text: str) -> None:
        signs = ["".join(c for c in unicodedata.normalize("NFKC", sign) if c.isalnum()) for sign in text]
        self.text = "".join(signs)
        self._at = [0, *accumulate(map(len, signs))]

    def __call__(self, offset: int) -> int:
        return self._at[min(offset, len(self._at) - 1)]


class Side(NamedTuple):
    """Offsets of one of two texts, in a measure that holds for both."""

    fold: Folded
    places: Any

    def at(self, offset: int) -> int:
        return int(self.places.column(self.fold(offset)))

    def span(self, start: int, end: int) -> Span:
        low, high = self.fold(start), self.fold(end)
        return (int(self.places.column(low)), int(self.places.column(high - 1)) + 1 if high > low else 0)


class Tally:
    """How often a decision of each kind and certainty was right; what was wrong, by stage and kind."""

    def __init__(self) -> None:
        self.sure: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
        self.wrong: dict[str, Counter[str]] = defaultdict(Counter)
        self.seen: Counter[str] = Counter()

    def judged(self, kind: str, certainty: str, right: bool) -> None:
        self.sure[kind][certainty, right] += 1

    def document(self, made: Document, layout: Layout, gold: dict[str, Any]) -> None:
        """Compare one document with its gold."""
        ours, theirs = Folded(made.text_of[BODY]), Folded(gold["text"])
        aligned = align(ours.text, theirs.text)
        here, there = Side(ours, aligned.a), Side(theirs, aligned.b)
        self._text(aligned.runs, ours.text, theirs.text)
        lines = sorted({there.at(start) for start, _, _ in gold["lines"]})
        skip = [there.span(*each) for each in gold.get("ignore", [])]
        scored = set(gold["scored"])
        if "notes" in scored:
            self._notes(made, gold["notes"], here, there)
        if "pages" in scored:
            self._pages(made, gold["pages"], here, there)
        if "paragraphs" in scored:
            soft = [there.span(s["start"], s["end"]) for s in gold.get("paragraphs_soft", [])]
            meant = [there.span(s["start"], s["end"]) for s in gold["paragraphs"]]
            self._paragraphs(made, meant, lines, here, [*skip, *soft])
        for name in ("head", "dateline", "salute", "signed"):
            if name in scored:
                soft = [there.span(s["start"], s["end"]) for s in gold.get(f"{name}_soft", [])]
                meant = [there.span(s["start"], s["end"]) for s in gold.get(name, [])]
                self._blocks(name, made, meant, here, [*skip, *soft])
        for layer, name in (("date", "dates"), ("quotation", "quotes")):
            if name in scored:
                zones = [there.span(*each) for each in gold.get("zones", {}).get(name, [[0, len(gold["text"])]])]
                open_ = [there.span(s["start"], s["end"]) for s in gold.get(f"{name}_soft", [])]
                meant = [there.span(s["start"], s["end"]) for s in gold[name]]
                self._tags(layer, made, [each for each in meant if _free(each, zones)], here, zones, [*skip, *open_])
        self._joins(made, layout, lines, here)
        self._corrections(made, here, theirs, aligned.b)

    def _text(self, runs: Iterable[Any], ours: str, theirs: str) -> None:
        a = b = 0
        self.seen["text"] += len(theirs)
        for run in [*runs, None]:
            low, other = (run.a_start, run.b_start) if run else (len(ours), len(theirs))
            self.wrong["text"]["characters too many"] += low - a
            self.wrong["text"]["characters missing"] += other - b
            if run:
                a, b = low + run.length, other + run.length
                self.wrong["text"]["characters misread"] += 0 if run.same else run.length

    def _notes(self, made: Document, meant: Sequence[dict[str, Any]], here: Side, there: Side) -> None:
        self.seen["notes"] += len(meant)
        places = [there.at(note["anchor_offset"]) for note in meant]
        bodies = [Folded(note["body"]).text for note in meant]
        taken: set[int] = set()
        for note in made.notes:
            if note.flow is None:
                self.wrong["notes"]["reference without a body"] += 1
                continue
            body = Folded(made.text_of[note.flow]).text
            at = here.at(note.at) if note.anchored and note.at_flow == BODY else None
            near = [k for k, place in enumerate(places) if k not in taken and at is not None and abs(place - at) <= 5]
            alike = {k: similarity(body, bodies[k]) for k in (near or range(len(meant))) if k not in taken}
            best = max(alike, key=alike.__getitem__, default=None)
            right = best is not None and bool(near) and alike[best] >= 0.9
            if note.anchored:
                self.judged("note and its reference", note.certainty, right)
            if right and best is not None:
                taken.add(best)
            elif not note.anchored:
                self.wrong["notes"]["body without its reference"] += 1
            elif near:
                self.wrong["notes"]["body too long, too short, or another's"] += 1
            else:
                known = best is not None and alike[best] >= 0.9
                self.wrong["notes"]["reference at another place" if known else "what is no note"] += 1

    def _pages(self, made: Document, meant: Sequence[dict[str, Any]], here: Side, there: Side) -> None:
        must = [(there.at(p["offset"]), p["n"]) for p in meant if p.get("visible") in {"number", "formfeed"}]
        may = [there.at(p["offset"]) for p in meant]
        self.seen["pages"] += len(must)
        found = [(here.at(each.offset), each) for each in made.breaks if each.type == "pb"]
        for place, n in must:
            at = [each for offset, each in found if abs(offset - place) <= 3]
            if not at:
                self.wrong["pages"]["page not found"] += 1
            elif n is not None and all(each.n != n for each in at):
                self.wrong["pages"]["wrong or no number"] += 1
        for offset, each in found:
            right = offset == 0 or any(abs(offset - place) <= 3 for place in may)
            self.judged("page", each.certainty, right)
            self.wrong["pages"]["where no page begins"] += not right

    def _paragraphs(
        self, made: Document, meant: Sequence[Span], lines: Sequence[int], here: Side, free: Sequence[Span]
    ) -> None:
        self.seen["paragraphs"] += len(meant)
        found = {here.span(block.start, block.end): block for block in made.leaves[BODY] if block.end > block.start}
        for span in meant:
            ours = [
                each for each in found if _overlap(each, span) > 0.5 * (each[1] - each[0]) or _iou(each, span) > 0.5
            ]
            if any(_near(each, span) and found[each].type == "p" for each in ours):
                continue
            if any(_near(each, span) for each in ours):
                other = next(found[each].type for each in ours if _near(each, span))
                self.wrong["paragraphs"][f"taken for another block ({other})"] += 1
            elif len(ours) > 1:
                self.wrong["paragraphs"]["cut in two or more"] += 1
            else:
                within = next((each for each in found if _overlap(each, span) > 0.9 * (span[1] - span[0])), None)
                more = within is not None and within[1] - within[0] > span[1] - span[0] + 3
                self.wrong["paragraphs"]["run together with another" if more else "begins or ends elsewhere"] += 1
        for span, block in found.items():
            if block.type == "p" and not _free(span, free):
                inner = bisect_left(lines, span[1] - 3) - bisect_left(lines, span[0] + 3)
                if inner <= 0 and not any(_overlap(span, each) > 0.5 * (span[1] - span[0]) for each in meant):
                    self.wrong["paragraphs"]["something else in the gold (item, head, …)"] += 1

    def _blocks(self, name: str, made: Document, meant: Sequence[Span], here: Side, free: Sequence[Span]) -> None:
        self.seen[name] += len(meant)
        found = [
            (here.span(block.start, block.end), block)
            for block in made.leaves[BODY]
            if block.type == name or (block.type, name) == ("titlePart", "head")
        ]
        for span in meant:
            if not any(_iou(each, span) >= 0.8 for each, _ in found):
                self.wrong[name]["not found"] += 1
        for span, block in found:
            right = any(_iou(span, each) >= 0.8 for each in meant)
            if not right and _free(span, free):
                continue
            self.judged(name, block.certainty, right)
            if not right:
                self.wrong[name][f"none in the gold, by the rule `{block.rule}`"] += 1

    def _tags(
        self, layer: str, made: Document, meant: Sequence[Span], here: Side, zones: Sequence[Span], free: Sequence[Span]
    ) -> None:
        self.seen[layer] += len(meant)
        found = [(here.span(tag.start, tag.end), tag) for tag in made.layer(layer) if tag.flow == BODY]
        for span in meant:
            if all(each != span for each, _ in found):
                partly = any(_overlap(each, span) for each, _ in found)
                self.wrong[layer]["found in part, or with more" if partly else "not found"] += 1
        for span, tag in found:
            right = span in meant
            if right or (_free(span, zones) and not _free(span, free)):
                self.judged(layer, tag.certainty, right)
                if not right and not any(_overlap(span, each) for each in meant):
                    self.wrong[layer][f"none in the gold, by the rule `{tag.rule}`"] += 1
                elif not right and any(each[0] <= span[0] and span[1] <= each[1] for each in meant):
                    self.wrong[layer]["within another"] += 1

    def _joins(self, made: Document, layout: Layout, lines: Sequence[int], here: Side) -> None:
        for edit, _ in made.edits:
            match = re.fullmatch(r"resumed-paragraph(?:-(medium|low))?", edit.rule)
            flow, offset = layout.place(edit.start)
            if match and flow == BODY:
                at = here.at(offset)
                right = not any(abs(line - at) <= 2 for line in lines[max(0, bisect_left(lines, at - 3)) :][:3])
                self.judged("paragraph taken up over a page or column", match[1] or "high", right)

    def _corrections(self, made: Document, here: Side, theirs: Folded, places: Any) -> None:
        for each in made.corrections.get(BODY, ()):
            body = made.text_of[BODY]
            start, end = each.start, each.end
            while start and body[start - 1].isalnum():
                start -= 1
            while end < len(body) and body[end].isalnum():
                end += 1
            word = Folded(body[start:end]).text
            column = here.at(start)
            low = bisect_left(range(len(theirs.text)), column, key=places.column)
            self.judged("misread word corrected", each.certainty, theirs.text[low : low + len(word)] == word)


def cases(tally: Tally) -> None:
    """Judge the phrases in tests/cases: of a date words and value must be those of the case, of a quotation words, kind
    and speaker."""
    for case in (case for group in test_tag_dates.load("date_phrases.toml").values() for case in group["cases"]):
        pen = pen_for(case["text"], **({"date": case["given"]} if "given" in case else {}))
        apply(pen, dates.rule)
        wanted = Counter(case["dates"])
        for tag, words in zip(pen.document.layer("date"), test_tag_dates.shown(pen, evidence=True), strict=True):
            tally.judged("date, in the cases", tag.certainty, wanted[words] > 0)
            wanted[words] -= 1
    for group in test_tag_quotations.PHRASES.values():
        metadata = {key: value for key, value in group.items() if key != "cases"}
        for text, *expected in group["cases"]:
            for found, certainty in test_tag_quotations.told(text, **metadata):
                if found != "odd":
                    tally.judged("quotation, in the cases", certainty, found in expected)


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _iou(a: Span, b: Span) -> float:
    both = _overlap(a, b)
    return both / (max(a[1], b[1]) - min(a[0], b[0])) if both else 0.0


def _near(a: Span, b: Span) -> bool:
    return abs(a[0] - b[0]) <= 3 and abs(a[1] - b[1]) <= 3


def _free(span: Span, free: Iterable[Span]) -> bool:
    return any(_overlap(span, each) > 0.5 * (span[1] - span[0]) for each in free)


def tables(tally: Tally) -> Iterable[str]:
    """The tables, in Markdown."""
    yield "| stage | in the gold | wrong | what |"
    yield "|---|---:|---:|---|"
    for stage, kinds in tally.wrong.items():
        for n, (kind, count) in enumerate((+kinds).most_common()):
            yield f"| {stage if not n else ''} | {f'{tally.seen[stage]:,}' if not n else ''} | {count:,} | {kind} |"
    yield ""
    yield "| decision | " + " | ".join(CERTAINTIES) + " |"
    yield "|---|---:|---:|---:|"
    for kind, verdicts in tally.sure.items():
        cells = []
        for certainty in CERTAINTIES:
            right, wrong = verdicts[certainty, True], verdicts[certainty, False]
            cells.append(f"{right:,} of {right + wrong:,}" if right + wrong else "–")
        yield f"| {kind} | " + " | ".join(cells) + " |"


def main() -> None:
    """Measure and print."""
    folders = [each for each in sys.argv[1:] if not each.startswith("-")]
    if len(folders) != 1 or not (Path(folders[0]) / "gold").is_dir():
        sys.exit(f"{__doc__}\nThere is no folder `gold` in {folders[0] if folders else 'what was named'}.")
    tally = Tally()
    paths = sorted((Path(folders[0]) / "gold").glob("*.gold.json"))
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".gold.json")
        source = Source.decode(name, (Path(folders[0]) / "txt" / f"{name}.txt").read_bytes())
        made, layout = pipeline.prepare(source, Config(), name)
        tally.document(made, layout, gold)
    cases(tally)
    text = "\n".join(tables(tally))
    if "--write" not in sys.argv:
        print(text)
        return
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(MARKS[0])[0], page.split(MARKS[1])[1]
    PAGE.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
