"""How often we and jing disagree on mutated documents, by grammar; and libxml2 and jing.

    python tests/bench/relaxng_fuzz.py [--cases 5000] [--seed 1] [--tei GRAMMAR] [--libxml2-all] [DOCUMENT ...]

The cases are shared out over the grammars that are on this machine: ours, the Schematron grammar that lxml brings,
those of Debian (xhtml-relaxng, mallard-rng, docbook5-xml), grammars made at random, and with --tei GRAMMAR the one of
all of TEI. DOCUMENTS are valid TEI that is mutated as well; for the other grammars documents are made from their
patterns. libxml2 needs a quarter of a minute to compile all of TEI, and does not come back from a small document of
Mallard within half a minute: of these two it is asked only with --libxml2-all.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from teiprep.validate.relaxng.reading import Schema  # noqa: E402
from tests import mutants  # noqa: E402

AT_ONCE = 500


def main() -> None:
    """Print a line for each grammar, and each disagreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tei", type=Path)
    parser.add_argument("--libxml2-all", action="store_true")
    parser.add_argument("documents", nargs="*", type=Path)
    options = parser.parse_args()
    command = shutil.which("jing")
    if command is None:
        sys.exit("jing is not installed")
    rng = random.Random(options.seed)
    total: Counter[str] = Counter({"cases": 0, "invalid": 0, "disagreements": 0})
    with tempfile.TemporaryDirectory() as folder:
        grammars = {path.stem: path for path in mutants.installed() if path.is_file()}
        if options.tei:
            grammars[options.tei.stem] = options.tei
        each = options.cases // (len(grammars) + 1)
        for number in range(max(1, each // 250)):
            path = Path(folder, f"random-{number}.rng")
            path.write_text(mutants.grammar(rng, 20), encoding="utf-8")
            total.update(one(command, path, 250, rng, [], Path(folder), libxml2=True))
        for path in grammars.values():
            tei = path.stem == "teiprep" or path == options.tei
            documents = options.documents if tei else []
            libxml2 = options.libxml2_all or (path != options.tei and not path.stem.startswith("mallard"))
            total.update(one(command, path, each, rng, documents, Path(folder), libxml2=libxml2))
    print(f"all: {line(total)}")


def one(
    command: str, path: Path, count: int, rng: random.Random, documents: list[Path], folder: Path, *, libxml2: bool
) -> Counter[str]:
    """The figures of one grammar."""
    schema = Schema(path)
    names = mutants.vocabulary(schema)
    roots = [mutants.valid(schema, rng, rng.choice((5, 20, 60))) for _ in range(min(100, count // 3 + 1))]
    chosen = rng.sample(documents, min(len(documents), 100))
    roots += [etree.parse(each).getroot() for each in chosen]
    try:
        theirs = etree.RelaxNG(file=str(path)) if libxml2 else None
    except etree.RelaxNGParseError:
        theirs = None
    figures: Counter[str] = Counter({"cases": 0, "invalid": 0, "disagreements": 0})
    for begin in range(0, count, AT_ONCE):
        cases = [
            mutants.written(mutants.mutated(rng.choice(roots), names, rng)) for _ in range(min(AT_ONCE, count - begin))
        ]
        started = time.perf_counter()
        us = [mutants.ours(case, schema) for case in cases]
        figures["our milliseconds"] += round(1000 * (time.perf_counter() - started))
        for place, (case, own, jing) in enumerate(
            zip(cases, us, mutants.of_jing(command, path, cases, folder), strict=True)
        ):
            figures["cases"] += 1
            figures["invalid"] += bool(jing)
            figures["our mistakes"] += len(own)
            figures["mistakes of jing"] += len(jing)
            said = mutants.compared(case, own, jing)
            if said != "same":
                figures["disagreements"] += 1
                print(f"  {path.stem} {begin + place}: {said}: we {own[:2]}, jing {jing[:2]}")
            if theirs is not None:
                figures["asked of libxml2"] += 1
                figures["libxml2 disagreed on the verdict"] += mutants.of_libxml2(case, theirs) == bool(jing)
    print(f"{path.stem}: {line(figures)}", flush=True)
    return figures


def line(figures: Counter[str]) -> str:
    """The figures as text."""
    return ", ".join(f"{name} {number}" for name, number in figures.items() if number or name == "disagreements")


if __name__ == "__main__":
    main()
