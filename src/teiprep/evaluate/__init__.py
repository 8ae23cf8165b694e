"""Compares TEI with a gold: which of the structure and the tags that people encoded stand in it, layer by layer.

`evaluate` takes two files or two folders; `Evaluation` holds what came out, `report` shows it.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiprep.diagnostics import ConfigError, TeiprepError

from .reading import Reading, parse, read
from .scoring import LAYERS, Count, Difference, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["LAYERS", "Count", "Evaluation", "Interval", "Measure", "Problem", "evaluate"]

_SUFFIXES = (".tei.xml", ".xml", ".tei")
#: So that the same files give the same intervals.
_SEED = 1


class Interval(NamedTuple):
    """Between `low` and `high` the figure lies in so many of the resamples as `--confidence` says."""

    low: float
    high: float


class Measure(NamedTuple):
    """How much of what was predicted is right, how much of the gold was found, and their harmonic mean.

    Each is None if there is nothing to divide by; an interval is None if it cannot be told.
    """

    precision: float | None
    recall: float | None
    f1: float | None

    @classmethod
    def of(cls, count: Count) -> Measure:
        """The figures that follow from counts.

        >>> Measure.of(Count(right=3, predicted=4, gold=6))
        Measure(precision=0.75, recall=0.5, f1=0.6)
        """
        right = max(0, count.right)
        return cls(
            right / count.predicted if count.predicted else None,
            right / count.gold if count.gold else None,
            2 * right / (count.predicted + count.gold) if count.predicted + count.gold else None,
        )


class Problem(NamedTuple):
    """A file that could not be compared, or not with another: where, how bad, which code, what about it."""

    file: str
    line: int | None
    severity: str
    code: str
    message: str


@dataclass(slots=True)
class Row:
    """One document: its name, its counts by layer, what differs; `predicted` tells whether there was a prediction."""

    name: str
    counts: dict[str, Count]
    differences: list[Difference] = field(default_factory=list)
    predicted: bool = True
    files: tuple[str, str] = ("", "")


@dataclass
class Evaluation:
    """What came of a comparison: a row for each document of the gold that could be read, and the problems."""

    rows: list[Row]
    problems: list[Problem]
    layers: tuple[str, ...]
    resamples: int = 1000
    confidence: float = 0.95

    @property
    def flawed(self) -> bool:
        """Whether a file is missing or cannot be read."""
        return any(each.severity == "error" for each in self.problems)

    @cached_property
    def totals(self) -> dict[str, Count]:
        """The counts of all documents together, by layer."""
        return {layer: sum((row.counts[layer] for row in self.rows), Count(0, 0, 0)) for layer in LAYERS}

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The layers to show: those asked for, else those that the gold has."""
        return self.layers or tuple(layer for layer in LAYERS if self.totals[layer].gold)

    @cached_property
    def untold(self) -> tuple[str, ...]:
        """The layers that the gold does not have and the prediction has, unless some were asked for."""
        if self.layers:
            return ()
        return tuple(
            layer for layer in LAYERS if layer not in self.shown and "_" not in layer and self.totals[layer].predicted
        )

    @cached_property
    def intervals(self) -> dict[str, tuple[Interval | None, Interval | None, Interval | None]]:
        """For precision, recall and F1 of each layer shown, by the bootstrap over documents (percentiles).

        None for fewer than two documents, or where some resamples have nothing to divide by.
        """
        samples: dict[str, list[Measure]] = {layer: [] for layer in self.shown}
        size = len(self.rows)
        if size >= 2:
            columns = {layer: list(zip(*(row.counts[layer] for row in self.rows), strict=True)) for layer in self.shown}
            generator = random.Random(_SEED)  # noqa: S311 - no secret
            for _ in range(self.resamples):
                chosen = generator.choices(range(size), k=size)
                for layer, parts in columns.items():
                    samples[layer].append(Measure.of(Count(*(sum(map(part.__getitem__, chosen)) for part in parts))))
        return {
            layer: tuple(self._interval([each[k] for each in found]) for k in range(3))  # type: ignore[misc]
            for layer, found in samples.items()
        }

    def _interval(self, values: Sequence[float | None]) -> Interval | None:
        told = sorted(value for value in values if value is not None)
        if not told or len(told) < len(values):
            return None
        cut = (1 - self.confidence) / 2
        low, high = (told[round(share * (len(told) - 1))] for share in (cut, 1 - cut))
        return Interval(low, high)

    def below(self, least: Mapping[str, float]) -> list[str]:
        """What is said of each layer whose F1 (of the text: accuracy) is less than `least` asks for."""
        found = []
        for layer, wanted in least.items():
            value = Measure.of(self.totals[layer]).f1
            if value is None or not self.totals[layer].gold:
                found.append(f"{layer} is to be {wanted:g} at least, but the gold has nothing of it")
            elif value < wanted:
                found.append(f"{layer} is {value:.4f}, less than {wanted:g}")
        return found


def evaluate(
    predicted: Path,
    gold: Path,
    layers: Iterable[str] = (),
    differences: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Compare the TEI `predicted` with the TEI `gold`: two files, or two folders whose files have the same names.

    `differences` is how many are kept of each of `layers` (without them: of each that is no variant of another) in all
    documents together; `progress` is called with the number of documents that are done, and of all.

    Raises ConfigError if one is a file and the other a folder, or if there is no gold.
    """
    if predicted.is_dir() != gold.is_dir():
        raise ConfigError(
            "PRED and GOLD must be two files or two folders",
            hint="a file is compared with a file, whatever their names",
        )
    problems: list[Problem] = []
    if gold.is_dir():
        pairs = _pairs(_files(predicted), _files(gold), problems)
        if not pairs:
            raise ConfigError(f"{gold} holds no TEI", hint=f"names end in {', '.join(_SUFFIXES)}")
    else:
        pairs = [(_stem(gold.name), predicted, gold)]
    wanted = tuple(dict.fromkeys(layers))
    left = dict.fromkeys(wanted or [layer for layer in LAYERS if "_" not in layer], differences)
    rows = []
    for number, (name, ours, theirs) in enumerate(pairs):
        if progress is not None:
            progress(number, len(pairs))
        if (target := _read(theirs, problems)) is None:
            continue
        found = None if ours is None else _read(ours, problems)
        if ours is None:
            message = f"{name} has no prediction; all its layers count as missed"
            problems.append(Problem(theirs.as_posix(), None, "error", "prediction-missing", message))
        asked = [layer for layer, count in left.items() if count > 0] if found is not None else []
        result = score(found or Reading(""), target, asked, max(left.values(), default=0))
        kept = []
        for each in result.differences:
            if left[each.layer] > 0:
                left[each.layer] -= 1
                kept.append(each)
        files = ("" if ours is None else ours.as_posix(), theirs.as_posix())
        rows.append(Row(name, result.counts, kept, found is not None, files))
    return Evaluation(rows, problems, wanted)


def _stem(name: str) -> str:
    suffix = next((each for each in _SUFFIXES if name.lower().endswith(each)), "")
    return name[: len(name) - len(suffix)]


def _files(folder: Path) -> dict[str, Path]:
    """The TEI files in a folder and those in it, by their paths without endings."""
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.name.lower().endswith(_SUFFIXES)
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    return {_stem(path.relative_to(folder).as_posix()): path for path in found}


def _pairs(
    ours: Mapping[str, Path], theirs: Mapping[str, Path], problems: list[Problem]
) -> list[tuple[str, Path | None, Path]]:
    """Which file belongs to which of the gold: by name, or by its path where a name is there twice."""
    by_name: dict[str, list[str]] = {}
    for path in ours:
        by_name.setdefault(path.rpartition("/")[2], []).append(path)
    names = [path.rpartition("/")[2] for path in theirs]
    count = Counter(names)
    pairs: list[tuple[str, Path | None, Path]] = []
    used = set()
    for path, name in zip(theirs, names, strict=True):
        same = by_name.get(name, [])
        alone = len(same) == 1 and count[name] == 1
        partner = same[0] if alone else path
        used.add(partner)
        pairs.append((path, ours.get(partner), theirs[path]))
    for path in ours.keys() - used:
        message = "the gold has no document of this name; it is left out"
        problems.append(Problem(ours[path].as_posix(), None, "warning", "prediction-extra", message))
    problems.sort()
    return pairs


def _read(path: Path, problems: list[Problem]) -> Reading | None:
    """The document in a file, or None and why not."""
    line, code = None, "source-unreadable"
    try:
        return read(parse(path.read_bytes()))
    except OSError as error:
        message = f"it cannot be read: {error.strerror}"
    except etree.XMLSyntaxError as error:
        line, code = error.lineno or 1, "xml-malformed"
        message = str(error.msg or "it is no XML").split(", line ")[0]
    except TeiprepError as error:
        code, message = error.code, str(error)
    problems.append(Problem(path.as_posix(), line, "error", code, message))
    return None
