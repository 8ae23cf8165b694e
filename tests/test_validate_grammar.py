"""Where a document leaves its schema, and what a person reads about it."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from teiprep import resources, tei
from teiprep.document import BODY, Annotation
from teiprep.validate import grammar
from teiprep.validate.locate import Locator
from tests.cases import load
from tests.make import document, note

EDITION = Path(__file__).parent / "cases/validate/edition.rng"
OURS = resources.path("schemas/teiprep.rng")
BEFORE = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A Letter</title></titleStmt>\
<publicationStmt><p>none</p></publicationStmt><sourceDesc><p>own</p></sourceDesc></fileDesc></teiHeader><text><body>
"""
BEHIND = "\n</body></text></TEI>"


def told(text, schema, before=0):
    """`line:column message` for each finding; lines are counted behind the first `before`."""
    data = text.encode()
    root = etree.fromstring(data, etree.XMLParser(collect_ids=False))
    remarks = grammar.check(root, schema)
    return [f"{each.line - before}:{each.column} {each.message}" for each in Locator(root, data).findings(remarks, "a")]


@pytest.mark.parametrize("case", load("validate/grammar.toml"))
def test_the_whole_message(case):
    xml = case["xml"]
    found = told(xml, EDITION) if xml.startswith("<TEI") else told(BEFORE + xml + BEHIND, EDITION, 1)
    assert found == case["found"]


def test_the_cases_are_many():
    kinds = {case.id.split("-")[1] for case in load("validate/grammar.toml")}
    assert {"element", "early", "attribute", "value", "lacking", "text", "incomplete", "right"} <= kinds
    assert len(load("validate/grammar.toml")) > 75


def test_a_place_is_given_in_characters_and_over_many_lines():
    text = "é" * 30 + "\n" * 70_000 + "𝔛 <date\n when='soon'\n>then</date>"
    [found] = told(f"{BEFORE}<p>{text}</p>{BEHIND}", EDITION, 1)
    assert found.startswith("70001:3 ")


def crowded(flow):
    """The TEI of a paragraph, or a note, with thousands of tags."""
    words = "ferry " * 4000
    made = document([("p", words), ("p", "At dusk.")], notes={"fn-1": [("p", words)]})
    tags = tuple(Annotation(f"p-{k}", "place", flow, 6 * k, 6 * k + 5) for k in range(4000))
    return tei.encode(replace(made, notes=(note("fn-1", len(words) + 4),), annotations=tags))


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("<hi>ferry</hi>", "lacks the attribute rend"),
        ("<item>ferry</item>", "<item> may not stand in <p>"),
        ("<p>ferry</p>", "<p> may not stand in <p>"),
        ("<docAuthor>ferry</docAuthor>", "<docAuthor> may not stand in <p>"),
        ("<gap/>", "<gap> is no element"),
    ],
)
def test_what_is_wrong_among_thousands_of_tags_is_found(bad, said):
    good = '<placeName cert="high" resp="#teiprep">ferry</placeName> '
    text = crowded(BODY).decode()
    head, *rest = text.split(good)
    assert len(rest) == 4000
    text = head + good * 2500 + f"\n{bad} " + good * 1499 + rest[-1]
    [found] = told(text, OURS)
    assert found.startswith(f"{text[: text.index(bad)].count(chr(10)) + 1}:1 ")
    assert said in found


def test_of_a_great_many_mistakes_the_first_are_explained():
    found = told(f"{BEFORE}{'<p><xyz/></p>' * 5000}{BEHIND}", EDITION)
    assert len(found) == 5000
    assert sum("Allowed here" in each for each in found) == 1000  # nobody reads more in full


def test_our_own_tei_passes(tmp_path):
    for flow in (BODY, "fn-1"):
        assert told(crowded(flow).decode(), OURS) == []
