"""How fast each tagging rule is, beside one pass of `re` over the same texts.

    python tests/bench/taggers.py [FOLDER] [--megabytes MEGABYTES]

The texts are the samples in raw/, over and over; or those of a folder (`.txt`, `.md`), each once. They go through the
pipeline as ever, in one process; counted is the processor time within each rule, so that MB/s are those of one core.
Of three rounds the best counts, for each rule. The figures to compare between machines are the ratios: the time as a
multiple of that of the plain pass, measured in the same rounds. The plain pass is
`re.findall("January|February|…|December", text)`, the names of the twelve months in full and nothing else.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import defaultdict
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from teiprep import pipeline  # noqa: E402
from teiprep.config import Config  # noqa: E402
from teiprep.source import Source  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from teiprep.diagnostics import Diagnostic
    from teiprep.document import Annotation, Annotator

    Rule = Callable[[Annotator], Iterator[Annotation | Diagnostic]]

MONTHS = re.compile("January|February|March|April|May|June|July|August|September|October|November|December")
PLAIN = "plain pass"
ROUNDS = 3


def timed(rule: Rule, spent: dict[str, float]) -> Rule:
    """The rule, run to its end at once; its processor time is added to that of its name."""
    name = rule.__module__.removeprefix("teiprep.tag.")

    def call(pen: Annotator) -> Iterator[Annotation | Diagnostic]:
        began = time.process_time()
        found = list(rule(pen))
        spent[name] += time.process_time() - began
        return iter(found)

    return call


def one_round(sources: list[Source], rules: tuple[Rule, ...]) -> dict[str, float]:
    """The seconds of processor time of each rule and of the plain pass over all these texts."""
    spent: dict[str, float] = defaultdict(float)
    pipeline.TAG = tuple(timed(rule, spent) for rule in rules)
    for number, source in enumerate(sources):
        pipeline.prepare(source, Config(), f"d-{number}")
    pipeline.TAG = rules
    spent["all rules"] = sum(spent.values())
    began = time.process_time()
    for source in sources:
        MONTHS.findall(source.text)
    spent[PLAIN] = time.process_time() - began
    return spent


def read(folder: Path) -> list[Source]:
    """The texts in a folder and the folders in it."""
    paths = [path for path in sorted(folder.rglob("*.*")) if path.suffix in {".txt", ".md"}]
    return [Source.decode(path.name, path.read_bytes()) for path in paths]


def over_and_over(samples: list[Source], size: int) -> list[Source]:
    """So many of the samples, again and again, as make `size` bytes."""
    sources: list[Source] = []
    total = 0
    for sample in cycle(samples):
        if total >= size:
            break
        sources.append(sample)
        total += len(sample.data)
    return sources


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the speed of each tagging rule.")
    parser.add_argument("folder", type=Path, nargs="?", help="a folder of texts to measure with")
    parser.add_argument("--megabytes", type=float, default=0.5, help="so much of the samples, without a folder")
    arguments = parser.parse_args()
    samples = read(arguments.folder or ROOT / "raw")
    if not samples:
        sys.exit(f"There is no .txt and no .md in {arguments.folder}.")
    sources = samples if arguments.folder else over_and_over(samples, int(arguments.megabytes * 1e6))
    rules: tuple[Rule, ...] = pipeline.TAG
    one_round(samples[:20], rules)  # compiles patterns and reads lists, which a run does once
    rounds = [one_round(sources, rules) for _ in range(ROUNDS)]
    best = {name: min(each[name] for each in rounds) for name in rounds[0]}
    size = sum(len(source.data) for source in sources) / 1e6
    print(f"{len(sources)} documents, {size:.1f} MB, best of {ROUNDS}")
    for name, seconds in best.items():
        speed = f"{seconds:8.3f} s {size / seconds:9.2f} MB/s"
        print(f"{name:<12}{speed} {seconds / best[PLAIN]:8.1f} times the plain pass")


if __name__ == "__main__":
    main()
