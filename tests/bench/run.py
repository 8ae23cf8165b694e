"""How fast teiprep is: MB/s of each stage and the memory it takes, beside a plain regex scan on the same machine.

    python tests/bench/run.py [MEGABYTES]

The corpus is the samples in raw/, over and over. Figures of two machines can be compared by the last column, the time
as a multiple of that of the scan; figures of one machine still vary by a tenth from run to run.
"""

from __future__ import annotations

import re
import resource
import sys
import time
from collections import defaultdict
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from teiprep import checks, pipeline, sidecar, tei
from teiprep.config import Config
from teiprep.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

RAW = Path(__file__).parents[2] / "raw"
SPENT: dict[str, float] = defaultdict(float)


def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with its time added to that of the stage; what it yields is waited for."""

    def call(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        result = function(*args, **kwargs)
        if hasattr(result, "__next__"):
            result = list(result)
        SPENT[stage] += time.perf_counter() - began
        return result

    return call


def encode(sources: list[Source]) -> float:
    """The seconds that it takes to produce these documents."""
    began = time.perf_counter()
    for source in sources:
        pipeline.produce(source, Config(), "bench", {})
    return time.perf_counter() - began


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main() -> None:
    """Measure and print."""
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 2) * 1e6)
    paths = [path for path in sorted(RAW.rglob("*.*")) if path.suffix in {".txt", ".md"}]
    samples = [Source.decode(path.name, path.read_bytes()) for path in paths]
    sources: list[Source] = []
    total = 0
    for sample in cycle(samples):
        if total >= size:
            break
        sources.append(sample)
        total += len(sample.data)

    encode(samples)  # compiles patterns and the grammar, which a run does once
    began = time.perf_counter()
    for source in sources:
        re.findall(r"\w+", source.text)
    scan = time.perf_counter() - began

    for module, name, stage in (
        (pipeline, "clean", "clean"),
        (pipeline, "segment", "segment"),
        (tei, "encode", "encode"),
        (sidecar, "dump", "encode"),
        (checks, "check", "check"),
    ):
        setattr(module, name, timed(stage, getattr(module, name)))
    whole = encode(sources)
    SPENT["tag and the rest"] = whole - sum(SPENT.values())

    print(f"{len(sources)} documents, {total / 1e6:.1f} MB")
    rows = [(stage, SPENT[stage]) for stage in ("clean", "segment", "tag and the rest", "encode", "check")]
    for stage, seconds in [*rows, ("all", whole), (r"scan for \w+", scan)]:
        print(f"{stage:<18}{seconds:7.2f} s {total / 1e6 / seconds:8.2f} MB/s {seconds / scan:7.1f} times the scan")

    # One long document: what a process must have room for.
    text = "\n\n".join(source.text for source in sources)[:1_000_000]
    before = peak()
    seconds = encode([Source.decode("long.txt", text.encode())])
    grown = (peak() - before) / len(text.encode())
    print(f"one document of {len(text.encode()) / 1e6:.1f} MB: {seconds:.1f} s, {grown:.0f} times its size in memory")


if __name__ == "__main__":
    main()
