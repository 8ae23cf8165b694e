"""How fast teiprep is, and how much memory it takes, beside work that lxml and `re` do with the same text.

    python tests/bench/run.py [MEGABYTES] [--volume MEGABYTES] [--killers]

The corpus is the samples in raw/, over and over; a volume is one long document, encoded in a process of its own. The
figures to compare between machines are the ratios: the time as a multiple of that of a plain pass (a regular expression
for words over each text, lxml parsing each TEI), measured right beside it; memory as a multiple of the document's size.
`--killers` tries every text of tests/killers.py at two sizes: four times the text should take four times as long.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import resource
import sys
import time
from collections import defaultdict
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from teiprep import checks, pipeline, sidecar, tei  # noqa: E402
from teiprep.config import Config  # noqa: E402
from teiprep.diagnostics import SourceError  # noqa: E402
from teiprep.source import Source  # noqa: E402
from tests.killers import KILLERS, volume  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

SPENT: dict[str, float] = defaultdict(float)
#: What a killer may take at four times its size, as a multiple of what it took before.
LINEAR = 6.0


def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with its time added to that of the stage."""

    def call(*args: Any, **kwargs: Any) -> Any:
        began = time.process_time()
        result = function(*args, **kwargs)
        SPENT[stage] += time.process_time() - began
        return result

    return call


def encode(sources: list[Source]) -> tuple[float, list[bytes]]:
    """The seconds of processor time that it takes to produce these documents, and their TEI."""
    began = time.process_time()
    made = [pipeline.produce(source, Config(), "bench", {}).tei for source in sources]
    return time.process_time() - began, made


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def plain_pass(sources: list[Source], encoded: list[bytes]) -> float:
    """The seconds that `re` takes to find the words of the texts, and lxml to parse the TEI: the yardstick."""
    began = time.process_time()
    for source in sources:
        re.findall(r"\w+", source.text)
    for one in encoded:
        etree.fromstring(one)
    return time.process_time() - began


def stages(size: int) -> None:
    """Print the speed of each stage on the samples."""
    paths = [path for path in sorted((ROOT / "raw").rglob("*.*")) if path.suffix in {".txt", ".md"}]
    samples = [Source.decode(path.name, path.read_bytes()) for path in paths]
    sources: list[Source] = []
    total = 0
    for sample in cycle(samples):
        if total >= size:
            break
        sources.append(sample)
        total += len(sample.data)
    encode(samples)  # compiles patterns and the grammar, which a run does once
    for module, name, stage in (
        (pipeline, "clean", "clean"),
        (pipeline, "segment", "segment"),
        (tei, "encode", "encode"),
        (sidecar, "dump", "encode"),
        (checks, "check", "check"),
    ):
        setattr(module, name, timed(stage, getattr(module, name)))
    whole, encoded = encode(sources)
    yardstick = plain_pass(sources, encoded)
    SPENT["tag and the rest"] = whole - sum(SPENT.values())
    SPENT["clean + segment"] = SPENT["clean"] + SPENT["segment"]
    print(f"{len(sources)} documents, {total / 1e6:.1f} MB")
    rows = [
        (stage, SPENT[stage])
        for stage in ("clean", "segment", "clean + segment", "tag and the rest", "encode", "check")
    ]
    for stage, seconds in [*rows, ("all", whole), ("plain pass", yardstick)]:
        speed = f"{seconds:7.2f} s {total / 1e6 / seconds:8.2f} MB/s"
        print(f"{stage:<18}{speed} {seconds / yardstick:7.1f} times the plain pass")


def one_volume(size: int) -> None:
    """Print what one long document takes; in a process of its own, whose peak is that of this document."""
    encode([Source.decode("warm.txt", volume(20_000).encode())])
    before = peak()
    source = Source.decode("volume.txt", volume(size).encode())
    seconds, encoded = encode([source])
    ratio = seconds / plain_pass([source], encoded)
    grown = (peak() - before) / len(source.data)
    print(
        f"one document of {len(source.data) / 1e6:.1f} MB: {seconds:.1f} s, {ratio:.1f} times the plain pass;"
        f" memory {grown:.0f} times its size",
        flush=True,
    )


def killers() -> None:
    """Print, for every killer, how its time grows when it is four times as long."""
    for name, text in KILLERS.items():
        took = []
        for size in (20_000, 80_000):
            source = text(size).encode()
            began = time.process_time()
            with suppress(SourceError):  # blank lines hold no text
                encode([Source.decode("killer.txt", source)])
            took.append(time.process_time() - began)
        growth = took[1] / max(took[0], 0.02)
        print(f"{name:<36}{took[1]:7.2f} s  ×{growth:4.1f}{'  NOT LINEAR' if growth > LINEAR else ''}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure speed and memory.")
    parser.add_argument("megabytes", type=float, nargs="?", default=2.0)
    parser.add_argument("--volume", type=float, default=0.0, help="a volume of so many MB, beside those of 0.5 and 2")
    parser.add_argument("--killers", action="store_true", help="how the time for each killer grows")
    arguments = parser.parse_args()
    stages(int(arguments.megabytes * 1e6))
    for size in filter(None, (0.5, 2.0, arguments.volume)):
        process = multiprocessing.get_context("spawn").Process(target=one_volume, args=(int(size * 1e6),))
        process.start()
        process.join()
    if arguments.killers:
        killers()


if __name__ == "__main__":
    main()
