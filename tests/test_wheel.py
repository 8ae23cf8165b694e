"""What is published works without the checkout: a wheel, a new environment, the installed command, a document."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from lxml import etree

LETTER = """\
# Letter to the Editor

[Page 12]

The bridge was opened on 4 November 1863, as Mr. James Harding writes,¹ and the toll was one penny.

1. Harding, *Bridges of the Severn*, 44.
"""


def run(*command, cwd) -> subprocess.CompletedProcess[str]:
    # PYTHONPATH and the like could bring the checkout back in; the locale is the poorest there is.
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "LC_", "LANG"))}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=keep | {"LC_ALL": "C"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, f"{command} exited {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory) -> Path:
    """The wheel, built from the sdist: so both are complete."""
    out = tmp_path_factory.mktemp("dist")
    # Not in the checkout: its folder build/ would stand in the way of the module build.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, root, cwd=out)
    assert len(list(out.glob("*.tar.gz"))) == 1
    [path] = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A new environment with the wheel in it.

    Its dependencies are lent by the running one, so that the test needs no network. A folder named in a .pth file is
    searched, but the .pth files *in* it are not read: the editable teiprep of the running environment stays out.
    """
    venv = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=venv.parent)
    python = venv / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=venv.parent)
    [site] = venv.glob("lib/python*/site-packages")
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")
    return venv


def test_wheel_ships_the_package_and_nothing_else(wheel, root):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {name.split("/")[0].split("-")[0] for name in names} == {"teiprep"}
    assert {
        "teiprep/py.typed",
        "teiprep/flows/prepare.py",
        "teiprep/schemas/sidecar.schema.json",
        "teiprep/schemas/teiprep.odd",
        "teiprep/schemas/teiprep.rng",
    } <= names
    assert not [name for name in names if name.endswith(".pyc")]
    modules = {f"teiprep/{path.relative_to(root / 'src/teiprep')}" for path in (root / "src/teiprep").rglob("*.py")}
    assert modules <= names


def test_installed_package_is_the_wheels(installed):
    code = "import sys, teiprep; print(teiprep.__file__, teiprep.__version__, 'prefect' in sys.modules)"
    file, version, prefect = run(installed / "bin/python", "-c", code, cwd=installed).stdout.split()
    assert Path(file).is_relative_to(installed)
    assert (Path(file).parent / "schemas/teiprep.rng").is_file()
    assert version.split(".")[0].isdigit()
    assert prefect == "False"


def test_installed_command_encodes_a_document(installed, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    result = run(installed / "bin/teiprep", "encode", letter, cwd=tmp_path)
    tei = etree.fromstring(result.stdout.encode())
    assert tei.tag == "{http://www.tei-c.org/ns/1.0}TEI"
    assert "the toll was one penny." in "".join(tei.itertext())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]  # standard output only


def test_installed_command_runs_a_folder_without_prefect(installed, tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/letter.txt").write_text(LETTER, encoding="utf-8")
    run(installed / "bin/teiprep", "run", "--no-prefect", cwd=tmp_path)
    published = tmp_path / "build/tei/letter.xml"
    assert published.is_file()
    # What is published is checked with the schemas that the wheel brought along.
    run(installed / "bin/teiprep", "validate", published, cwd=tmp_path)
