"""How fast `teiprep validate` is, beside one jing process over the same files in the same run.

    python tests/bench/validate.py [FILES] [--schema FILE] [--folder FOLDER]

The files are the samples in raw/, encoded and put together to some 50 kB each; or those of a folder. All rules are on.
jing checks the grammar only. The figures to compare between machines are the ratios; jing absent is said, not failed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from teiprep import pipeline, resources  # noqa: E402
from teiprep.config import Config  # noqa: E402
from teiprep.source import Source  # noqa: E402


def corpus(folder: Path, count: int, size: int = 50_000) -> None:
    """Write `count` TEI files of some `size` bytes, no two the same."""
    paths = [path for path in sorted((ROOT / "raw").rglob("*.*")) if path.suffix in {".txt", ".md"}]
    texts = cycle(path.read_text(encoding="utf-8") for path in paths)
    for number in range(min(count, 20)):
        said = ""
        while len(said) < size // 3:
            said += f"\n\n{next(texts)}"
        made = pipeline.produce(Source.decode(f"f{number}.txt", said.encode()), Config(), f"f{number:04}", {})
        for copy in range(number, count, 20):
            (folder / f"f{copy:04}.xml").write_bytes(made.tei)


def seconds(*command: str | Path) -> float:
    """The time on the clock that a command takes."""
    began = time.perf_counter()
    subprocess.run([os.fspath(part) for part in command], stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def measure(folder: Path, schema: Path) -> None:
    """Print what each takes, and the ratios."""
    files = sorted(folder.glob("*.xml"))
    size = sum(file.stat().st_size for file in files)
    print(f"{len(files)} files, {size / 1e6:.1f} MB, {size / len(files) / 1e3:.0f} kB each, {schema.name}")
    teiprep = (sys.executable, "-m", "teiprep", "validate", "--schema", schema)
    took = {"jobs 1": seconds(*teiprep, "--jobs", "1", folder), "jobs 2": seconds(*teiprep, "--jobs", "2", folder)}
    if jing := shutil.which("jing"):
        took["jing"] = seconds(jing, schema, *files)
    else:
        print("jing is not installed (Debian: apt-get install jing): nothing to compare with")
    for name, time_ in took.items():
        ratio = f"  {took['jing'] / time_:.2f} times as fast as jing" if jing and name != "jing" else ""
        print(f"{name:<8}{time_:7.2f} s  {size / 1e6 / time_:6.1f} MB/s{ratio}")
    print(f"jobs 2 is {took['jobs 1'] / took['jobs 2']:.2f} times as fast as jobs 1")
    cold = min(seconds(*teiprep, files[0]) for _ in range(3))
    print(f"one file, cold: {cold:.2f} s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the speed of validation.")
    parser.add_argument("files", type=int, nargs="?", default=1000)
    parser.add_argument("--schema", type=Path, default=resources.path("schemas/teiprep.rng"))
    parser.add_argument("--folder", type=Path, help="a folder of TEI to measure with")
    arguments = parser.parse_args()
    if arguments.folder:
        measure(arguments.folder, arguments.schema)
        return
    with tempfile.TemporaryDirectory() as name:
        corpus(Path(name), arguments.files)
        measure(Path(name), arguments.schema)


if __name__ == "__main__":
    main()
