"""The account of a document, as a person reads it; and the documentation that goes with it."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiprep import explain as module
from teiprep import sidecar
from teiprep.alignment import Edit, Layout, Piece
from teiprep.diagnostics import CODES, Diagnostic
from teiprep.document import (
    Annotation,
    Block,
    Break,
    Correspondence,
    Document,
    Furniture,
    Metadatum,
    Note,
    Person,
    SourceInfo,
)
from teiprep.explain import explain

RAW = """\
The Mill at Lowfold\r
\r
Dear Hale,\r
[Page 7]\r
I saw Mr. Fell on May 4th¹ and\r
again on June 2d. He called it “a folly”²\r
and doesnâ€™t care.\r
\r
1 So he said.\r
9 A stray note.\r
"""


def sample():
    """RAW with line ends put together, a page marker and two signs set apart, one note without a partner."""
    edits = [Edit(match.start(), match.end(), "\n", "space", "newlines") for match in re.finditer(r"\r\n", RAW)]
    wrong = RAW.index("â€™")
    edits.append(Edit(wrong, wrong + 3, "’", "encoding", "mojibake"))
    edits.sort()
    starts = {RAW.index(mark): flow for mark, flow in (("[Page", "furniture"), ("I saw", "body"), ("¹", "furniture"))}
    starts |= {0: "body", RAW.index("¹") + 1: "body", RAW.index("²"): "furniture", RAW.index("²") + 1: "body"}
    starts |= {RAW.index("1 So"): "fn-1", RAW.index("9 A"): "fn-9"}
    cuts = [*sorted(starts), len(RAW)]
    pieces = tuple(Piece(low, high, starts[low]) for low, high in pairwise(cuts))
    layout = Layout(RAW, edits, pieces)
    texts = {flow.id: flow.text for flow in layout.flows}
    body = texts["body"]

    def tag(layer, quote, **attributes):
        at = body.index(quote)
        return Annotation(f"{layer}-{at}", layer, "body", at, at + len(quote), attributes, "medium", "hand")

    may, june = tag("date", "May 4th", when="1863-05-04", evidence="external"), tag("date", "June 2d")
    data = RAW.encode()
    return Document(
        "mill",
        SourceInfo("letters/mill.txt", len(data), "0" * 64, "utf-8", "\r\n"),
        "web",
        layout.flows,
        pieces,
        tuple((edit, RAW[edit.start : edit.end]) for edit in edits),
        blocks=(
            Block("b-0", "head", "body", 0, body.index("\n"), certainty="medium", rule="lone-line"),
            Block("b-1", "p", "body", body.index("I saw"), len(body)),
        ),
        breaks=(Break("pg-7", "pb", "body", body.index("I saw"), "7", marker=(0, 8)),),
        notes=(
            Note("fn-1", "1", "fn-1", "body", body.index(" and\n"), siglum=(9, 10), pairing="number"),
            Note("fn-2", "2", None, "body", body.index("\nand doesn"), siglum=(10, 11)),
            Note("fn-9", "9", "fn-9", "body", len(body), anchored=False),
        ),
        furniture=(
            Furniture("fw-0", "marker", 0, 8, "pg-7"),
            Furniture("fw-9", "siglum", 9, 10),
            Furniture("fw-10", "siglum", 10, 11),
        ),
        annotations=(
            tag("person", "Hale", ref="per-hale"),
            tag("person", "Mr. Fell", ref="per-fell"),
            may,
            replace(june, attributes={"when": "1863-06-02", "evidence": "internal", "clue": may.id}),
            tag("quotation", "“a folly”", kind="soCalled", who="per-fell"),
            tag("place", "Lowfold"),
        ),
        register=(Person("per-hale", ("Hale",)), Person("per-fell", ("John Fell", "Fell"))),
        correspondence=(Correspondence("sent", "Ward", date={"when": "1863"}, certainty="low"),),
        metadata={"title": Metadatum("The Mill", "metadata.csv")},
        diagnostics=(
            Diagnostic("page-sequence", "warning", "page 7 stands alone", "look"),
            Diagnostic("reference-without-note", "error", "no note for 2", span=(RAW.index("²"), RAW.index("²") + 1)),
        ),
    ), layout


ACCOUNT = """\
mill: The Mill
letters/mill.txt, 186 bytes, utf-8, 10 lines

Taken for: web
  a web page or an export: page numbers in the running text, or the notes in one list at the end
  because of 1 page marker in the text

Changed: 11 places
  (· is a space, ↵ a line feed, ← a carriage return, → a tab, ⇟ a form feed)
  wrong characters, by the rule mojibake: 1
    1×  â€™ ⟶ ’  line 7
  white space, by the rule newlines: 10
    10×  ←↵ ⟶ 1 line feed  lines 1, 2, 3, 4, 5 …

Set apart from the text: 3 items
  1  page markers            [Page 7] (line 4)
  2  note signs in the text  ¹ (line 5), ² (line 6)

Pages and columns: 1 break
  page  7  line 4

Doubtful blocks: 1
  line 1  head  The Mill at Lowfold  medium  lone-line

Notes: 3
  without a partner:
    2  sign in line 6  no text found
    9  no sign found   text in line 10
  1 paired by number:
    1  sign in line 5  text in line 9  high

Letter: 1 side
  from  Ward, 1863  low

Persons: 2 mentions
  1×  John Fell; Fell  line 5
  1×  Hale             line 3

Dates: 2
  line 5  May 4th  1863-05-04  medium  year from the metadata
  line 6  June 2d  1863-06-02  medium  year from the text: May 4th, line 5

Quotations: 1
  1 at a distance (scare quotes):
    line 6  “a folly”  John Fell  medium

Also tagged
  1  places in datelines  line 1

In doubt: 2 remarks
  line 6: error reference-without-note no note for 2
  warning page-sequence page 7 stands alone (look)
"""


def test_the_account_of_a_letter():
    assert "\n".join(explain(*sample())) + "\n" == ACCOUNT


def test_what_is_many_is_counted_and_cut():
    raw = "".join(f"[Page {n}]" for n in range(1, 501))
    layout = Layout(raw, [], [Piece(0, len(raw), "furniture")])
    marks = [match.span() for match in re.finditer(r"\[Page \d+\]", raw)]
    many = Document(
        "many",
        SourceInfo("many.txt", len(raw), "0" * 64, "utf-8", "\n"),
        "plain",
        layout.flows,
        layout.pieces,
        (),
        breaks=tuple(
            Break(f"pg-{n}", "pb", "furniture", low, str(n), marker=(low, high))
            for n, (low, high) in enumerate(marks, 1)
        ),
    )
    account = list(explain(many, layout))
    assert len(account) < 50
    assert "  … and 480 more (explain shows the first 20; the sidecar has all)" in account
    # It was told what to take it for: by its traces it is something else.
    assert any("because the settings say so; by its traces it would be web" in row for row in account)


def test_dates_are_shown_up_to_two_hundred():
    raw = "1863 " * 201 + "* * *\f"
    pieces = (Piece(0, 1005, "body"), Piece(1005, len(raw), "furniture"))
    layout = Layout(raw, [], pieces)
    dates = tuple(
        Annotation(f"date-{at}", "date", "body", at, at + 4, {"when": "1863"}, "high", "hand")
        for at in range(0, 1005, 5)
    )
    info = SourceInfo("a.txt", len(raw), "0" * 64, "utf-8", "\n")
    many = Document("many", info, "plain", layout.flows, pieces, (), annotations=dates)
    assert not [row for row in explain(many, layout) if "more" in row]
    twice = replace(many, annotations=(*dates, *(replace(one, id=f"{one.id}-2") for one in dates)))
    assert [row for row in explain(twice, layout) if "and 202 more (explain shows the first 200" in row]
    # An ornament is no page, and a form feed can be seen.
    marked = replace(
        many,
        breaks=(Break("ms-1005", "milestone", "body", 1005, marker=(0, 5)),),
        furniture=(Furniture("fw-0", "ornament", 0, 5, "ms-1005"), Furniture("fw-5", "marker", 5, 6)),
    )
    account = "\n".join(explain(marked, layout))
    assert "Pages and columns: 0 breaks" in account
    assert "1  ornaments between sections  * * * (line 1)" in account
    assert "1  page markers                ⇟ (line 1)" in account


def test_nothing_is_said_of_nothing():
    layout = Layout("Text.", [], [Piece(0, 5, "body")])
    info = SourceInfo("a.txt", 5, "0" * 64, "utf-8", "\n")
    account = "\n".join(explain(Document("a", info, "plain", layout.flows, layout.pieces, ()), layout))
    assert "Changed: 0 places" in account
    assert "Letter" not in account
    assert "Also tagged" not in account


@given(st.text(st.characters(codec="utf-8"), max_size=90))
def test_what_is_shown_is_one_printable_line(text):
    for shown in (module._shown(text), module._short(text, 40)):
        assert "\n" not in shown
    assert module._shown(text).isprintable()
    assert module._shown(text)


def test_every_word_of_the_model_has_a_translation():
    schema = sidecar.schema()["properties"]

    def enum(key, name):
        return set(schema[key]["items"]["properties"][name]["enum"])

    assert set(module._KINDS) == enum("edits", "kind")
    assert set(module._FURNITURE) == enum("furniture", "type")
    assert set(module._QUOTATIONS) == enum("annotations", "kind")
    assert set(module._OTHERS) | {"person", "date", "quotation"} == enum("annotations", "type")


# --- documentation ----------------------------------------------------------------------------------------------------


def test_every_code_is_explained_and_nothing_else(root):
    page = (root / "docs/diagnostics.md").read_text(encoding="utf-8")
    parts = re.split(r"^### (\S+)$", page, flags=re.MULTILINE)
    explained = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert list(explained) == list(dict.fromkeys(parts[1::2])), "a code is explained twice"
    assert set(explained) == set(CODES)
    for code, words in explained.items():
        assert len(words.split("##")[0].split()) >= 12, f"{code} is hardly explained"


@pytest.fixture
def published(tmp_path, monkeypatch):
    document, layout = sample()
    (tmp_path / "build/sidecar").mkdir(parents=True)
    (tmp_path / "raw/letters").mkdir(parents=True)
    (tmp_path / "raw/letters/mill.txt").write_bytes(RAW.encode())
    path = tmp_path / "build/sidecar/letter.json"
    path.write_bytes(sidecar.dump(document, layout))
    monkeypatch.chdir(tmp_path)
    return path


def test_the_example_in_the_page_about_the_sidecar_runs(root, published, capsys):
    page = (root / "docs/sidecar.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(code, "docs/sidecar.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == "5 May 4th 1863-05-04\n6 June 2d 1863-06-02\n"


def test_the_commands_in_the_page_about_the_sidecar_run(root, published):
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed (Debian: apt-get install jq): the examples for it are not run")
    page = (root / "docs/sidecar.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    done = subprocess.run(["sh", "-ec", code], cwd=published.parents[2], capture_output=True, check=True)
    text, _, persons = done.stdout.decode().rpartition("\n\n")
    assert text.startswith("The Mill at Lowfold")
    assert persons == "1 per-fell\n1 per-hale\n"


def test_the_page_about_the_sidecar_names_keys_that_exist(root):
    page = (root / "docs/sidecar.md").read_text(encoding="utf-8")
    text = json.dumps(sidecar.schema())
    for name in re.findall(r"^- `(\w+)`", page, re.MULTILINE):
        assert f'"{name}"' in text
