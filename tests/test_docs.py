"""The pages under docs/: every rule is documented, every example holds, every link leads somewhere."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from teiprep import pipeline
from teiprep.clean import clean
from teiprep.config import Config, Validate
from teiprep.diagnostics import CODES
from teiprep.source import Source
from teiprep.validate import rules
from teiprep.validate.report import SEVERITIES
from tests.test_validate_rules import HEADER, tei, told

ROOT = Path(__file__).parents[1]
SAMPLES = sorted(path for path in (ROOT / "raw").rglob("*") if path.suffix in {".txt", ".md"})


class Row(NamedTuple):
    """A rule in docs/rules.md: the headings above its table, its name, and the cells behind it."""

    section: str
    part: str
    name: str
    cells: tuple[str, ...]


@cache
def rows() -> list[Row]:
    found, section, part = [], "", ""
    for line in (ROOT / "docs/rules.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section, part = line[3:], ""
        elif line.startswith("### "):
            part = line[4:].strip("`")
        elif line.startswith("| `"):
            name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            found.append(Row(section, part, name.strip("`"), tuple(cells)))
    return found


def documented(section):
    return {row.name for row in rows() if row.section == section}


def prepared(text):
    return pipeline.prepare(Source.decode("example.txt", text.encode()), Config(), "example")[0]


def names(rules):
    """The rules of records; where two changed one place, `first+second`."""
    return {name for rule in rules for name in rule.split("+") if name}


@pytest.fixture(scope="module")
def samples():
    return [prepared(path.read_bytes().decode()) for path in SAMPLES]


def test_every_cleaning_rule_is_documented_in_its_order():
    order = [rule.__name__ for rules in pipeline.CLEAN for rule in rules]
    assert [row.name for row in rows() if row.section == "Cleaning"] == order


def test_every_tagging_rule_has_a_part_in_its_order():
    order = [rule.__module__.split(".")[2] for rule in pipeline.TAG]
    assert list(dict.fromkeys(row.part for row in rows() if row.section == "Tagging" and row.part)) == order


def test_every_rule_that_the_samples_call_for_is_documented(samples):
    edits = names(edit.rule for document in samples for edit, _ in document.edits)
    layers = names(one.rule for document in samples for one in (*document.blocks, *document.breaks))
    tags = names(one.rule for document in samples for one in document.annotations)
    assert len(edits | layers | tags) > 50  # else the samples show too little for this test
    assert edits - documented("Cleaning") - documented("Segmenting") == set()
    assert layers - documented("Segmenting") == set()
    assert tags - documented("Tagging") == set()


def test_no_rule_is_documented_twice():
    where = [(row.section, row.part, row.name) for row in rows()]
    assert len(where) == len(set(where))


# --- the examples -----------------------------------------------------------------------------------------------------


def characters(cell):
    r"""What a cell shows in code: `\n`, `\u00ad` and the like are the characters that they stand for."""
    cell = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), cell.strip("`"))
    return cell.replace(r"\n", "\n").replace(r"\r", "\r")


def example(cell):
    """The text of a cell and the stretch in bold, without the signs for italic."""
    text = cell.replace("<br>", "\n").replace("&emsp;", "   ").replace(r"\f", "\f")
    bold = re.search(r"\*\*(.+?)\*\*", text)
    return text.replace("**", ""), bold[1].strip("_") if bold else None


def every(section, *parts):
    chosen = [row for row in rows() if row.section == section and (not parts or row.part in parts)]
    assert chosen
    return pytest.mark.parametrize("row", chosen, ids=lambda row: f"{row.part}-{row.name}".strip("-"))


@every("Cleaning")
def test_cleaning_example(row):
    (rule,) = (rule for rules in pipeline.CLEAN for rule in rules if rule.__name__ == row.name)
    cleaned = clean(characters(row.cells[-2]), [[rule]])
    assert cleaned.text == characters(row.cells[-1])
    assert {edit.rule for edit in cleaned.edits} == {row.name}


@every("Segmenting", "Joining")
def test_joining_example(row):
    document = prepared(characters(row.cells[-2]))
    assert document.text_of["body"] == characters(row.cells[-1])
    assert row.name in names(edit.rule for edit, _ in document.edits)


@every("Segmenting", "Blocks")
def test_block_example(row):
    text, bold = example(row.cells[-1])
    document = prepared(text)
    blocks = [block for block in document.blocks if block.rule == row.name]
    assert bold in [document.quote(block) for block in blocks]
    element = row.cells[0].strip("`")
    parents = {block.parent for block in blocks}
    assert element in {block.type for block in document.blocks if block in blocks or block.id in parents}


@every("Segmenting", "Breaks")
def test_break_example(row):
    text, _ = example(row.cells[-1])
    found = [(each.rule, each.type) for each in prepared(text).breaks]
    assert (row.name, row.cells[0].strip("`")) in found


@every("Tagging")
def test_tagging_example(row):
    text, bold = example(row.cells[-1])
    document = prepared(text)
    assert (row.name, bold) in [(tag.rule, document.quote(tag)) for tag in document.annotations]


# --- the pages --------------------------------------------------------------------------------------------------------

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def anchors(page):
    """The ids that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if not link.startswith("https://"):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


def test_the_index_names_every_page():
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert pages <= set(re.findall(r"\]\(([\w-]+\.md)\)", index))


def test_the_code_that_contributing_shows_is_the_code():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = list(re.finditer(r"^```(?:python|toml)\n(.*?)^```", page, re.DOTALL | re.MULTILINE))
    assert len(shown) == 2
    for code in shown:
        file = re.findall(r"\]\((\S+)\)", page[: code.start()])[-1]
        assert code[1] in (ROOT / file).read_text(encoding="utf-8")


def test_every_diagnostic_code_is_given_somewhere():
    package = Path(__file__).parent.parent / "src" / "teiprep"
    modules = (path for path in package.rglob("*.py") if path.name != "diagnostics.py")
    code = "".join(path.read_text(encoding="utf-8") for path in modules)
    assert [name for name in CODES if f'"{name}"' not in code] == []


# --- the page about validating ----------------------------------------------------------------------------------------


@cache
def explained():
    """The sections of docs/validate.md that are about a code: its XML examples, wrong and right."""
    page = (ROOT / "docs/validate.md").read_text(encoding="utf-8")
    parts = re.split(r"^### (\S+)$", page, flags=re.MULTILINE)
    return {
        code: re.findall(
            r"^```xml\n(.*?)^```", re.split(r"^## ", words, flags=re.MULTILINE)[0], re.DOTALL | re.MULTILINE
        )
        for code, words in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_every_rule_of_validate_is_explained_in_its_order():
    assert list(explained()) == [code for rule in rules.RULES for code in rule.codes]


@pytest.mark.parametrize("code", [code for rule in rules.RULES for code in rule.codes])
def test_the_wrong_example_is_wrong_and_the_right_one_right(code):
    wrong, right = explained()[code]
    assert {found for _, found, _ in told(placed(wrong))} == {code}
    assert told(placed(right)) == []


def placed(example):
    """A file with the example in the place where it belongs: the header, the register, or the text."""
    if part := re.match(r"<(titleStmt|publicationStmt|sourceDesc)>", example):
        return tei(header=re.sub(rf"<{part[1]}>.*</{part[1]}>", example.strip(), HEADER))
    register, _, text = example.rpartition("</standOff>")
    return tei(text, register=register.removeprefix("<standOff>"))


def test_the_usual_severities_are_the_ones_of_the_table():
    page = (ROOT / "docs/validate.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| \[`([\w-]+)`\]\(#\1\) \| (\w+) \|$", page, re.MULTILINE))
    assert table == {code: SEVERITIES.get(code, "error") for rule in rules.RULES for code in rule.codes}


def test_the_settings_that_the_pages_show_can_be_used(tmp_path):
    page = (ROOT / "docs/validate.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"^```toml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    (tmp_path / "teiprep.toml").write_text(shown, encoding="utf-8")
    assert Config.load(tmp_path / "teiprep.toml").validate.error == ("header-licence",)
    assert Config.load(ROOT / "raw/teiprep.toml").validate == Validate()
