"""The origin of a text decides which rules run; what a person says of it wins over its traces."""

import json

import pytest
from click.testing import CliRunner

from teiprep import pipeline, sidecar
from teiprep.cli import main
from teiprep.config import Config, Read, load_metadata
from teiprep.diagnostics import ConfigError
from teiprep.document import Metadatum
from teiprep.source import Source

NUMBERS = "The boats were counted by the\n\n14\n\nmaster, and it was left to the\n\n15\n\nclerk, who slept.\n\n16\n"
ESCAPES = "It cost \\$5 in the shop\\_of the ferry."


def prepared(text, origin=None, config=None):
    metadata = {"origin": Metadatum(origin, "metadata.csv")} if origin else {}
    return pipeline.prepare(Source.decode("a.txt", text.encode()), config or Config(), "a", metadata)


TABLE = "Boats counted\n\n1842¹   3,000\n\n¹ Nine months only.\n\nTheir number rose."


def numbers(document):
    return [each.n for each in document.breaks if each.type == "pb"]


def test_by_its_traces():
    document, _ = prepared(NUMBERS)
    assert (document.origin, numbers(document)) == ("pages", ["14", "15", "16"])


@pytest.mark.parametrize(
    ("text", "origin"),
    [(TABLE, "plain"), (TABLE + "\n\n1843²   40\n\n² To May.", "pages"), (TABLE + "\n\f\nSo it ends.", "pages")],
)
def test_one_note_alone_is_no_page(text, origin):
    assert prepared(text)[0].origin == origin


@pytest.mark.parametrize(("name", "found"), [("web", []), ("pages", ["14", "15", "16"]), ("plain", ["14", "15", "16"])])
def test_the_settings_win_over_the_traces(name, found):
    document, _ = prepared(NUMBERS, config=Config(read=Read(origin=name)))
    assert (document.origin, numbers(document)) == (name, found)


def test_the_row_of_a_document_wins_over_the_settings_and_is_recorded():
    source = Source.decode("a.txt", NUMBERS.encode())
    said = {"origin": Metadatum("web", "metadata.csv")}
    made = pipeline.produce(source, Config(read=Read(origin="pages")), "a", said)
    assert (made.document.origin, numbers(made.document)) == ("web", [])
    record = json.loads(made.sidecar)
    assert record["document"]["origin"] == "web"
    assert record["document"]["metadata"]["origin"] == {"value": "web", "origin": "metadata.csv"}
    assert sidecar.load(made.sidecar).origin == "web"


@pytest.mark.parametrize(("name", "text"), [("markdown", "It cost $5 in the shop_of the ferry."), ("plain", ESCAPES)])
def test_backslashes_are_the_authors_in_plain_text(name, text):
    document, _ = prepared(ESCAPES, name)
    assert document.text_of["body"].strip() == text


def test_notes_end_no_page_of_a_web_text():
    text = "It stood empty since the cold¹\n\n¹ In March.\n\nspring, and nobody went near it."
    assert numbers(prepared(text, "pages")[0]) == [None]
    assert numbers(prepared(text, "web")[0]) == []


def test_every_origin_has_its_steps():
    assert list(pipeline.STEPS) == ["web", "pages", "markdown", "plain"]


def test_metadata_table(tmp_path):
    table = tmp_path / "metadata.csv"
    table.write_text("path,origin\na.txt,pages\n")
    assert load_metadata(table)["a.txt"]["origin"] == "pages"
    table.write_text("path,origin\na.txt,page\n")
    with pytest.raises(ConfigError, match="origin 'page' is not known") as caught:
        load_metadata(table)
    assert "did you mean pages?" in str(caught.value)


def test_on_the_command_line(tmp_path):
    (tmp_path / "a.txt").write_text(NUMBERS)
    shown = CliRunner().invoke(main, ["encode", str(tmp_path / "a.txt"), "--origin", "web"])
    assert shown.exit_code == 0
    assert "<pb" not in shown.stdout
    shown = CliRunner().invoke(main, ["encode", str(tmp_path / "a.txt"), "--metadata", "origin=paper"])
    assert shown.exit_code == 2
    assert "none of web, pages, markdown, plain" in shown.stderr
