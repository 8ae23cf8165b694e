"""Shows an evaluation: as a table, as Markdown, as JSON. docs/evaluate.md describes each key of the JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import Count, Evaluation, Interval, Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FORMAT = "teiprep-evaluation/1"
_HEAD = ("layer", "precision", "recall", "F1", "interval of F1", "right", "predicted", "gold")


def table(evaluation: Evaluation, *, per_document: bool = False) -> str:
    """Columns for a terminal; the differences, if there are some, below."""
    rows = list(_rows(evaluation, per_document=per_document))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = []
    for row in rows:
        if not row[-1]:  # a document's name
            lines += ["", row[0]]
            continue
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([*lines, "", *_remarks(evaluation), *_differences(evaluation)]).rstrip() + "\n"


def markdown(evaluation: Evaluation, *, per_document: bool = False) -> str:
    """The same for a pull request or a report."""
    lines = [_pipes(_HEAD), _pipes(["---", *["---:"] * (len(_HEAD) - 1)])]
    for row in list(_rows(evaluation, per_document=per_document))[1:]:
        cells = [row[0] if row[-1] else f"**{row[0]}**", *row[1:]]
        lines.append(_pipes(cell.replace("|", "\\|") for cell in cells))
    lines += ["", *(f"{line}\n" for line in _remarks(evaluation))]
    found = list(_differences(evaluation))
    if found:
        lines += ["```text", *found, "```"]
    return "\n".join(lines).rstrip() + "\n"


def as_json(evaluation: Evaluation) -> str:
    """Everything, for programs."""
    data = {
        "format": FORMAT,
        "documents": len(evaluation.rows),
        "bootstrap": {"resamples": evaluation.resamples, "confidence": evaluation.confidence},
        "layers": {layer: _layer(evaluation.totals[layer], evaluation.intervals[layer]) for layer in evaluation.shown},
        "not_in_gold": list(evaluation.untold),
        "problems": [each._asdict() for each in evaluation.problems],
        "per_document": [
            {
                "name": row.name,
                "predicted": row.predicted,
                "layers": {layer: _layer(row.counts[layer]) for layer in evaluation.shown},
            }
            for row in evaluation.rows
        ],
        "differences": [{"name": row.name, **each._asdict()} for row in evaluation.rows for each in row.differences],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _layer(count: Count, intervals: Sequence[Interval | None] | None = None) -> dict[str, Any]:
    rounded = {name: None if value is None else round(value, 6) for name, value in Measure.of(count)._asdict().items()}
    told: dict[str, Any] = {"right": count.right, "predicted": count.predicted, "gold": count.gold, **rounded}
    if intervals is not None:
        told["intervals"] = {
            name: None if each is None else [round(each.low, 6), round(each.high, 6)]
            for name, each in zip(Measure._fields, intervals, strict=True)
        }
    return told


def _rows(evaluation: Evaluation, *, per_document: bool) -> Iterator[tuple[str, ...]]:
    yield _HEAD
    for layer in evaluation.shown:
        yield _row(layer, evaluation.totals[layer], evaluation.intervals[layer][2])
    if per_document:
        for row in evaluation.rows:
            yield (row.name if row.predicted else f"{row.name} (no prediction)", *[""] * (len(_HEAD) - 1))
            for layer in evaluation.shown:
                if row.counts[layer].predicted or row.counts[layer].gold:
                    yield _row(layer, row.counts[layer], None, empty="")


def _row(layer: str, count: Count, interval: Interval | None, empty: str = "n/a") -> tuple[str, ...]:
    figures = Measure.of(count)
    shown = [_figure(value) for value in figures]
    if layer == "text":  # one figure, the accuracy
        shown = ["", "", shown[2]]
    between = empty if interval is None else f"{_figure(interval.low)}–{_figure(interval.high)}"
    return (layer, *shown, between, f"{count.right}", f"{count.predicted}", f"{count.gold}")


def _figure(value: float | None) -> str:
    """Four places, rounded towards nought: nothing short of perfect is shown as 1."""
    return "n/a" if value is None else f"{int(value * 10000 + 1e-6) / 10000:.4f}"


def _pipes(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _remarks(evaluation: Evaluation) -> Iterator[str]:
    documents = "1 document" if len(evaluation.rows) == 1 else f"{len(evaluation.rows)} documents"
    missing = sum(not row.predicted for row in evaluation.rows)
    without = f", {missing} without a prediction that could be read" if missing else ""
    share = f"{evaluation.confidence:.10g}"
    how = f"intervals: {share} of {evaluation.resamples} resamples of the documents"
    yield f"{documents}{without}; {how if len(evaluation.rows) > 1 else 'no intervals: they need two documents'}."
    if evaluation.untold:
        yield f"Not in the gold, and so not scored: {', '.join(evaluation.untold)}."


def _differences(evaluation: Evaluation) -> Iterator[str]:
    """What differs, layer by layer, in the form that editors know."""
    for layer in evaluation.shown:
        found = [(row, each) for row in evaluation.rows for each in row.differences if each.layer == layer]
        if found:
            yield ""
            yield f"{layer}:"
        for row, each in found:
            file = row.files[0] if each.kind == "extra" else row.files[1]
            page = f" (page {each.page})" if each.page else ""
            yield f"{file}:{each.line}: {each.kind}{page} {each.shown}"
