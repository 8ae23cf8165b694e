"""Sentences, citations, titles, numbers, and what the text says about itself."""

import tomllib
from pathlib import Path

import pytest

from teiprep.tag import citations, dates, numbers, persons, titles
from teiprep.tag.describe import correspondence, described
from teiprep.tag.sentences import sentences, split
from tests.flow import apply, pen_for, quotes

CASES = Path(__file__).parent / "cases"


def load(name):
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("marked", [case for group in load("sentences.toml").values() for case in group["cases"]])
def test_sentences(marked):
    text = marked.replace("|", "")
    assert "| ".join(text[a:b] for a, b in split(text, 0, len(text))) == marked


def test_sentences_stay_within_their_block_and_flow():
    pen = pen_for("It rained\n\nThey left. So be it.\n\n[n1] See there.")
    found = sentences(pen.document)
    assert {flow: len(spans) for flow, spans in found.items()} == {"body": 3, "fn-1": 1}


@pytest.mark.parametrize("case", load("citations.toml")["ibid"]["cases"], ids=lambda case: case["text"])
def test_citations(case):
    pen = pen_for(case["text"])
    apply(pen, citations.rule)
    found = sorted(pen.document.layer("reference"), key=lambda a: a.flow)
    shown = [f"{pen.document.quote(r)} {r.attributes.get('target', '-')} {r.certainty}" for r in found]
    assert shown == case["references"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[n1] Ada Hale, *The Mill and the Moor* (Leeds, 1901).", ["The Mill and the Moor"]),
        ("[n1] Hale, “Mills,” *Moorland Studies*, 5.", ["Moorland Studies"]),
        ("[n1] *Pravda*, 5 May 1922.", ["Pravda"]),
        ("[n1] *Ibid.*, 5.", []),
        ("[n1] That was *not* so.", []),
        ("in the journal *Moorland*, he wrote", ["Moorland"]),
        ("He believed in *realpolitik* alone.", []),
        ("He was *very* late.", []),
    ],
)
def test_titles(text, expected):
    pen = pen_for(text)
    apply(pen, titles.rule)
    assert quotes(pen, "title") == expected


@pytest.mark.parametrize(
    ("text", "divide", "expected"),
    [
        ("[head] A to B\n\n478. Hale and I lunched.\n\nMore.", "telegram", ["478"]),
        ("[head] A to B\n\n[dateline] Leeds\n\n12. “So be it.”", "letter", ["12"]),
        ("[head] A to B\n\nHale lunched.\n\n479. More.", "telegram", []),
        ("[head] Rules\n\n1. Come early.\n\n2. Leave late.", "letter", []),
        ("[head] Rules\n\n12. Come early.", "chapter", []),
        ("[head] A to B\n\n1.5 tons went.", "letter", []),
    ],
)
def test_numbers(text, divide, expected):
    pen = pen_for(text, divide=divide)
    apply(pen, numbers.rule)
    assert quotes(pen, "number") == expected


def sides(text, divide="letter"):
    pen = pen_for(text, divide=divide)
    apply(pen, persons.rule, dates.rule)
    return [(s.type, s.name, s.ref, s.role, s.place, dict(s.date)) for s in correspondence(pen)]


def test_correspondence_of_a_telegram():
    assert sides(
        "[head] The Ambassador in Peru (Quillan) to the Secretary of State\n\n[dateline] Lima, May 4, 1934—noon."
        "\n\n12. So.\n\n[signed] Quillan",
        "telegram",
    ) == [
        ("sent", "Quillan", "per-quillan", "Ambassador in Peru", "Lima", {"when": "1934-05-04"}),
        ("received", None, None, "Secretary of State", None, {}),
    ]


def test_correspondence_of_a_letter():
    assert sides("[head] Mr. Hale to Miss Thorne\n\nSo.\n\n[signed] Hale") == [
        ("sent", "Hale", "per-hale", "Mr.", None, {}),
        ("received", "Thorne", "per-thorne", "Miss", None, {}),
    ]


def test_a_letter_without_a_head_has_its_signature():
    assert sides("[dateline] Leeds, 4 May 1861\n\nSo.\n\n[signed] Ada Hale") == [
        ("sent", "Ada Hale", "per-hale", None, "Leeds", {"when": "1861-05-04"}),
    ]


@pytest.mark.parametrize("text", ["[head] The Mill\n\nHale came.", "[head] From Mill to Moor\n\nHale came."])
def test_a_chapter_is_no_letter(text):
    assert sides(text, "chapter") == []


def test_what_the_text_says_of_itself():
    pen = pen_for(
        "[titlePart] #12\n\n[titlePart] The Mill\nand the Moor\n\n"
        "[byline] by Ada Hale and Hugh Thorne\n\n[dateline] Leeds, 4 May 1861"
    )
    apply(pen, persons.rule, dates.rule)
    assert {key: (datum.value, datum.origin) for key, datum in described(pen).items()} == {
        "title": ("The Mill and the Moor", "text"),
        "author": ("Ada Hale; Hugh Thorne", "text"),
        "date": ("1861-05-04", "text"),
    }
