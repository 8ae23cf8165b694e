"""Sentences, numbers, and what the text says about itself."""

import tomllib
from pathlib import Path

import pytest

from teiprep.document import Metadatum
from teiprep.tag import dates, numbers, persons, places
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
    apply(pen, persons.rule, dates.rule, places.rule)
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


def test_a_shelf_mark_is_no_place_of_writing():
    assert sides(
        "[dateline] Leeds Library, Add. MS. 77\n\n[dateline] Riga, 4 May 1861\n\nSo.\n\n[signed] Ada Hale"
    ) == [
        ("sent", "Ada Hale", "per-hale", None, "Riga", {"when": "1861-05-04"}),
    ]


def test_a_numbered_letter_and_a_memorandum():
    assert sides("[head] LETTER IX.\nTO HER BROTHER.\n\n[salute] Dear Hugh,\n\nSo.\n\n[signed] Ada Hale") == [
        ("sent", "Ada Hale", "per-hale", None, None, {}),
        ("received", None, None, "HER BROTHER", None, {}),
    ]
    assert sides(
        "[head] Memorandum of Conversation\n\n[dateline] Riga, May 4, 1934\n\nTO: Mr. Hugh Hale, Director\n"
        "FROM: Ada Thorne\nSUBJECT: Rain\n\nSo.\n\n[signed] Ada Thorne",
        "memorandum",
    ) == [
        ("sent", "Ada Thorne", "per-thorne", None, "Riga", {"when": "1934-05-04"}),
        ("received", "Hugh Hale", "per-hale", "Director", None, {}),
    ]


def test_the_date_of_receipt_is_the_recipients():
    assert sides(
        "[head] The Consul at Lima (Hale) to the Secretary of State\n\n"
        "[dateline] Lima, May 4, 1934—noon.\n[Received May 5—9 a.m.]\n\nSo.",
        "telegram",
    ) == [
        ("sent", "Hale", "per-hale", "Consul at Lima", "Lima", {"when": "1934-05-04"}),
        ("received", None, None, "Secretary of State", None, {"when": "1934-05-05"}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[head] The Mill\n\nHale came.",
        "[head] From Mill to Moor\n\nHale came.",
        "[head] REPORT ON THE MILL\n\n[dateline] Leeds, 4 May 1861\n\nIt stands.\n\n[signed] Ada Hale",
        "[dateline] Leeds, 4 May 1861\n\n[salute] Mr. Chairman, and neighbors:\n\nIt stands.\n\n[signed] Ada Hale",
        "[head] The Mill\n\nTO: the moor it goes.",
    ],
)
def test_a_chapter_is_no_letter(text):
    assert sides(text, "chapter") == []


def test_a_dear_sir_makes_a_letter_of_any_division():
    assert [side[:2] for side in sides("[salute] Dear Sir,\n\nSo.\n\n[signed] Ada Hale", "section")] == [
        ("sent", "Ada Hale")
    ]


@pytest.mark.parametrize(
    ("heads", "title"),
    [
        ("[head] CHAPTER XI\n\n[head] The Mill", "CHAPTER XI. The Mill"),
        ("[head] IV.\n\n[head] The Mill", "IV. The Mill"),
        ("[head] IV.\n\nIt rained.", "IV."),
        ("[head] Saturday, June 9.\n\n[head] The Mill", "Saturday, June 9. The Mill"),
        ("[head] CITY OF OXLEY\n\n[head] REPORT ON THE MILL", "CITY OF OXLEY. REPORT ON THE MILL"),
        ("[head] CITY OF OXLEY\n\nIt rained.\n\n[head] THE MILL", "CITY OF OXLEY"),
        ("[head] The Mill\n\n[head] The Moor", "The Mill"),
        ("[head] THE MILL\n\n[head] THE MOOR", "THE MILL"),
        ("[head] THE VILLAGE SOCIETY\n\n[head] Saturday, June 9.", "THE VILLAGE SOCIETY"),
        ("[head] A VILLAGE JOURNAL\n\n[head] THE MOOR", "A VILLAGE JOURNAL"),
        ("[head] #12\n\n[head] The Mill", "#12. The Mill"),
    ],
)
def test_the_title_by_the_first_heads(heads, title):
    pen = pen_for(heads, divide="chapter")
    apply(pen, dates.rule)
    assert described(pen)["title"].value == title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[dateline] Riga, July 19, 1921—6 p.m.", ["Riga high"]),
        ("[dateline] Richmond, Maine, September 14, 1907", ["Richmond, Maine high"]),
        ("[dateline] The Parsonage, Great Harwood,\nMarch 2nd, 1863.", ["The Parsonage, Great Harwood high"]),
        ("[dateline] 9, Duke Street, Liverpool,\n19th February, 1863.", ["9, Duke Street, Liverpool medium"]),
        ("[dateline] confidential\n[Washington,] April 22, 1952—11:30 a.m.", ["Washington high"]),
        ("[dateline] Blackburn, Sunday night.\n[29th November, 1863.]", ["Blackburn high"]),
        ("[dateline] Newcastle upon Tyne, 4 May 1861", ["Newcastle upon Tyne high"]),
        ("[dateline] Riga, undated.", ["Riga high"]),
        ("[dateline] October 5, 1936", []),
        ("[dateline] [Received July 20, 1921.]", []),
        ("[dateline] Sunday night, 4 May 1861", []),
        ("[dateline] written in haste, 4 May 1861", []),
        ("Riga, July 19, 1921", []),
    ],
)
def test_places(text, expected):
    pen = pen_for(text)
    apply(pen, dates.rule, places.rule)
    assert [f"{' '.join(pen.document.quote(p).split())} {p.certainty}" for p in pen.document.layer("place")] == expected


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


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ({"when": "1861-05-04T10:00:00"}, "1861-05-04"),
        ({"when": "1861", "precision": "low"}, None),
        ({"when": "-0044"}, None),
        ({"notAfter": "1861"}, None),
    ],
)
def test_the_metadata_have_days_and_only_sure_ones(value, date):
    pen = pen_for("[dateline] Leeds, then\n\n[salute] Dear Hale,\n\nSo.\n\n[signed] Ada Thorne", divide="letter")
    at = pen.document.text_of["body"].index("then")
    pen.extend([pen.annotation("date", "body", at, at + 4, rule="hand", **value)])
    assert described(pen).get("date", Metadatum("", "")).value == (date or "")
    days = {key: part.partition("T")[0] for key, part in value.items()}
    assert [dict(side.date) for side in correspondence(pen)] == [days]
