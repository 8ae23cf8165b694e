"""README.md: the before gives the after, its settings are read, its commands work and do what they are said to do."""

import re
import shlex
import shutil

import pytest
from click.testing import CliRunner
from lxml import etree

from teiprep import cli


@pytest.fixture(scope="module")
def page(root):
    return (root / "README.md").read_text(encoding="utf-8")


def block(page, language):
    """The one block of code in `language`, without the spaces before it."""
    (found,) = re.findall(rf"^( *)```{language}\n(.*?)^ *```", page, re.DOTALL | re.MULTILINE)
    indent, text = found
    return re.sub(rf"^{indent}", "", text, flags=re.MULTILINE)


def invoke(*arguments):
    return CliRunner().invoke(cli.main, list(arguments), catch_exceptions=False)


@pytest.fixture
def mytexts(page, tmp_path, monkeypatch):
    """The folder that the page has its reader make, with the sample as its only text."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "mytexts"
    folder.mkdir()
    (folder / "letter.txt").write_text(block(page, "text"), encoding="utf-8")
    (folder / "metadata.csv").write_text(block(page, "csv"), encoding="utf-8")
    (folder / "teiprep.toml").write_text(block(page, "toml"), encoding="utf-8")
    return folder


def test_before_is_a_stretch_of_the_sample(page, root):
    (sample,) = re.findall(r"A stretch of a sample, \[[^]]+\]\(([^)]+)\)", page)
    assert block(page, "text") in (root / sample).read_text(encoding="utf-8")


def test_before_gives_after(page, mytexts):
    made = invoke("encode", "mytexts/letter.txt").stdout
    (paragraph,) = re.findall(r"<p>You will want .*?</p>", made, re.DOTALL)
    shown = re.sub(r' (?:cert="\w+"|resp="#teiprep")', "", paragraph)
    assert shown.split() == block(page, "xml").split()
    etree.fromstring(block(page, "xml"))


def test_the_commands_in_the_table_are_all_and_work(page, mytexts):
    rows = re.findall(r"^\| `(\w+)` \|.*\| `teiprep ([^`]+)` \|$", page, re.MULTILINE)
    assert [name for name, _ in rows] == list(cli.main.commands)
    said = {}
    for name, arguments in rows:
        if name == "evaluate":  # against TEI that somebody has made
            shutil.copytree(mytexts.parent / "out/tei", mytexts.parent / "mygold")
        assert arguments.split()[0] == name
        result = invoke(*shlex.split(arguments))
        assert result.exit_code == 0, result.output
        said[name] = result.stdout
    header = (mytexts.parent / "out/tei/letter.xml").read_text(encoding="utf-8").split("</teiHeader>")[0]
    for value in ("A Letter about Flour", "Robert Ainscow", "1863-02-19", "Borough Archive Box 4", "Borough Archive<"):
        assert value in header
    assert (mytexts.parent / "original.txt").read_bytes() == (mytexts / "letter.txt").read_bytes()
    assert etree.parse(mytexts.parent / "letter.xml")
    assert said["validate"] == "1 file checked: nothing is wrong\n"
    assert "Notes: 3" in said["explain"]


def test_every_output_named_in_the_table_is_there(page, mytexts):
    invoke("run", "mytexts", "out", "--no-prefect")
    named = re.findall(r"^\| `([\w./]+)` \|", page.split("## What comes out")[1].split("## ")[0], re.MULTILINE)
    assert len(named) == 4
    made = {path.name for path in (mytexts.parent / "out").iterdir()} - {".lock"}
    assert made == {name.split("/")[0] for name in named}


def test_make_targets_exist(page, root):
    targets = re.findall(r"^(\w+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = set(re.findall(r"\bmake (\w+)", page + (root / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert {"run", "test"} <= named <= set(targets)
