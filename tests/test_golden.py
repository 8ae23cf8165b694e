"""Golden documents: what `teiprep run raw` makes of two samples, byte for byte.

The samples themselves stay in raw/; `tests/golden/NAME/` has what is expected. Just two things are taken out before
files are compared, since they change with every change of the code: the version and the digest of the rules, in the TEI
(`<application>`) and in the sidecar (`rules`).

After a change that is meant: `pytest tests/test_golden.py --update-golden`, then read the diff before you commit it.
"""

import difflib
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from teiprep import pipeline
from teiprep.config import Config, load_metadata
from teiprep.document import Metadatum
from teiprep.source import Source

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests/golden"
#: By the folder under tests/golden: the file under raw/ and the id that a run gives it.
SAMPLES = {
    "telegram-1921": ("correspondence/telegram-1921.txt", "correspondence.telegram-1921"),
    "scholarly-notes": ("scholarly-notes.txt", "scholarly-notes"),
}
VARIABLE = {
    "tei.xml": (
        (rb'(<application ident="teiprep" version=")[^"]+(">)', rb"\1VERSION\2"),
        (rb"(<p>rule set )[0-9a-f]{16}(</p>)", rb"\1RULES\2"),
    ),
    "sidecar.json": ((rb'(\n"rules":")[0-9a-f]{16}("\}\n)\Z', rb"\1RULES\2"),),
}
MOST = 40  # lines of a diff


@cache
def produced(name):
    """The outputs for a sample, with the settings and metadata that stand beside it."""
    path, document = SAMPLES[name]
    row = load_metadata(ROOT / "raw/metadata.csv").get(path, {})
    metadata = {key: Metadatum(value, "metadata.csv") for key, value in row.items() if key not in {"path", "id"}}
    source = Source.decode(path, (ROOT / "raw" / path).read_bytes())
    made = pipeline.produce(source, Config.load(ROOT / "raw/teiprep.toml"), document, metadata)
    return {"tei.xml": made.tei, "sidecar.json": made.sidecar}


def normalised(file, data):
    """`data` without what changes with every change of the code."""
    for pattern, replacement in VARIABLE[file]:
        data, count = re.subn(pattern, replacement, data)
        assert count == 1, f"{file} should have {pattern!r} once, but has it {count} times"
    return data


def difference(golden, new):
    """The first lines of a diff for people: long lines are broken where a sentence, a tag or a record ends."""
    before, after = (re.sub(r"(?<=[.,;>]) ", "\n    ", data.decode()).splitlines() for data in (golden, new))
    lines = list(difflib.unified_diff(before, after, "golden", "now", n=1, lineterm=""))
    more = [f"… and {len(lines) - MOST} lines more"] if len(lines) > MOST else []
    return "\n".join([*lines[:MOST], *more])


def compare(path, new):
    """Fail if the golden file `path` is missing or is not `new`."""
    where = "/".join(path.parts[-2:])
    if not path.exists():
        pytest.fail(f"tests/golden/{where} is missing: write it with --update-golden, and read it", pytrace=False)
    golden = path.read_bytes()
    if golden != new:
        shown = difference(golden, new)
        pytest.fail(f"tests/golden/{where} differs (if that is meant: --update-golden)\n{shown}", pytrace=False)


@pytest.mark.parametrize("file", VARIABLE)
@pytest.mark.parametrize("name", SAMPLES)
def test_golden(name, file, update_golden):
    path = GOLDEN / name / file
    new = normalised(file, produced(name)[file])
    if update_golden:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(new)
    compare(path, new)


def test_every_golden_file_is_compared():
    expected = {f"{name}/{file}" for name in SAMPLES for file in VARIABLE}
    assert {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*") if path.is_file()} == expected


def test_normalising_leaves_everything_else():
    for name in SAMPLES:
        for file, data in produced(name).items():
            changed = [
                (a, b) for a, b in zip(data.splitlines(), normalised(file, data).splitlines(), strict=True) if a != b
            ]
            assert len(changed) == len(VARIABLE[file])


def test_a_difference_is_shown_in_few_lines():
    golden = produced("scholarly-notes")["tei.xml"]
    assert b"the press that five men" in golden
    shown = difference(golden, golden.replace(b"the press that five men", b"the press that six men"))
    assert "-    the press that five men" in shown
    assert "+    the press that six men" in shown
    assert len(shown) < 800


def test_a_missing_golden_file_fails(tmp_path):
    with pytest.raises(pytest.fail.Exception, match="is missing"):
        compare(tmp_path / "tei.xml", b"<TEI/>")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("change", [b" ", b"\n", b"\r"])
def test_a_golden_file_that_differs_in_white_space_fails(change, tmp_path):
    (tmp_path / "tei.xml").write_bytes(b"<TEI>" + change + b"</TEI>")
    with pytest.raises(pytest.fail.Exception, match="differs"):
        compare(tmp_path / "tei.xml", b"<TEI></TEI>")


def test_ci_refuses_to_update():
    command = [sys.executable, "-m", "pytest", "tests/test_golden.py", "--update-golden", "-n0", "--collect-only", "-q"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"CI": "true"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "refused where CI is set" in done.stderr
