"""Segmenting: cases for pages, notes, paragraphs and blocks, and the properties that hold for any text."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiprep.alignment import restore
from teiprep.clean import clean
from teiprep.diagnostics import SourceError
from teiprep.document import BODY, FURNITURE, LEAVES
from teiprep.pipeline import CLEAN
from teiprep.segment import segment
from teiprep.source import Source
from tests.cases import load

RAW = Path(__file__).parent.parent / "raw"


def segmented(text):
    source = Source.decode("case.txt", text.encode())
    cleaned = clean(source.text, CLEAN)
    return segment(source, cleaned.text, cleaned.edits)


def shown(parts):
    """Each leaf block of the body as `type: text`, with `‖265‖` for a page's beginning and `{70: body}` for a note."""
    texts = {flow.id: flow.text for flow in parts.layout.flows}
    body = texts[BODY]
    signs = {}
    for note in parts.notes:
        if note.at_flow == BODY:
            inner = texts[note.flow].strip("\n") if note.flow else "-"
            signs.setdefault(note.at, []).append(f"{{{note.n}: {inner}}}" if note.anchored else f"{{-: {inner}}}")
    for each in parts.breaks:
        if each.type != "lb":
            signs.setdefault(each.offset, []).append(f"‖{each.n or ''}‖")
    lines = []
    for block in parts.blocks:
        if block.flow != BODY or block.type not in LEAVES:
            continue
        out = []
        for at in range(block.start, block.end + 1):
            out += signs.pop(at, [])
            out += body[at : at + 1] if at < block.end else ""
        lines.append(f"{block.type}: {''.join(out)}")
    return lines


@pytest.mark.parametrize("case", load("segment/*.toml"))
def test_segments(case):
    assert shown(segmented(case["text"])) == case["blocks"]


@pytest.mark.parametrize("case", load("pages.toml"))
def test_pages(case):
    assert [each.n or "" for each in segmented(case["text"]).breaks if each.type == "pb"] == case["pages"]


@pytest.mark.parametrize("case", [c for c in load("segment/*.toml") if "divisions" in c.values[0]])
def test_divisions(case):
    parts = segmented(case["text"])
    divisions = [block for block in parts.blocks if block.type in {"div", "front"}]
    assert [f"{each.type} {each.attributes.get('type', '')}".strip() for each in divisions] == case["divisions"]


@pytest.mark.parametrize(
    ("numbers", "remarks"),
    [
        ([7, 8, 9], []),
        ([7, 9, 8, 10], ["page 8 after page 9"]),
        ([7, 7], ["page 7 after page 7"]),
        ([8, 1, 2], []),
        ([46, 41, 48, 49], ["page 41 stands where page 47 is expected"]),
        ([46, 74, 48], ["page 74 stands where page 47 is expected"]),
        ([46, 49, 48], ["page 49 stands where page 47 is expected"]),
    ],
)
def test_page_numbers_that_do_not_rise_are_reported(numbers, remarks):
    text = "".join(f"[Page {n}] The ice had reached the quay by noon. " for n in numbers)
    found = [each.message for each in segmented(text).diagnostics if each.code == "page-sequence"]
    assert found == remarks


def assert_whole(parts, text):
    """Nothing lost, nothing between blocks but line feeds, every id once, every anchor in its flow."""
    layout = parts.layout
    texts = {flow.id: flow.text for flow in layout.flows}
    originals = [(edit, text[edit.start : edit.end]) for edit in layout.edits]
    assert restore(texts, layout.pieces, originals) == text
    for name, flow in texts.items():
        if name == FURNITURE:
            spans = [(each.start, each.end) for each in parts.furniture]
        else:
            spans = [(b.start, b.end) for b in parts.blocks if b.flow == name and b.type in LEAVES]
            assert spans
        at = 0
        for start, end in spans:
            assert at <= start < end
            assert not flow[at:start].strip("\n")
            at = end
        assert not flow[at:].strip("\n")
    ids = [each.id for each in (*parts.blocks, *parts.breaks, *parts.notes, *parts.furniture)]
    assert len(ids) == len(set(ids))
    for note in parts.notes:
        assert note.flow is None or note.flow in texts
        assert 0 <= note.at <= len(texts[note.at_flow])
    for each in parts.breaks:
        assert 0 <= each.offset <= len(texts[each.flow])


@pytest.mark.parametrize("path", sorted(p for p in RAW.rglob("*") if p.suffix in {".txt", ".md"}), ids=lambda p: p.stem)
def test_samples_are_whole(path):
    text = path.read_bytes().decode()
    assert_whole(segmented(text), text)


@pytest.mark.parametrize("between", ["\n\n", "\n\f"])
def test_samples_in_one_file_say_what_they_say_alone(between):
    names = ["letters-1863_v2", "speech-with-quotations", "memorandum-1952"]
    texts = [(RAW / f"{name}.txt").read_bytes().decode().replace("\r\n", "\n").rstrip("\n") for name in names]
    alone = [line for text in texts for line in without_signs(segmented(text))]
    assert without_signs(segmented(between.join(f"{text}\n" for text in texts))) == alone


def without_signs(parts):
    """Each leaf block of the body as `type: text`."""
    body = next(flow.text for flow in parts.layout.flows if flow.id == BODY)
    leaves = [block for block in parts.blocks if block.flow == BODY and block.type in LEAVES]
    return [f"{block.type}: {body[block.start : block.end]}" for block in leaves]


#: What damages a text in ways that segmenting looks at.
SHARDS = [
    "\n", "\n\n", "[Page 12]", "{13}", "\f", " ", "   ", "¹", "²⁰", "12", "*", "**", "# ", "- ", "1 ", "2. ", "\r\n",
    "-\n", "“", "â€œ", "ﬁ", "\x00", "\u200b", "†", "[3]", "\\$", "<sup>4</sup>", "\u00a0", "\ufeff", "Notes\n", "  1. ",
    "\u00ad", ">", "\t",
    "\u2028", "P.S. ", "Sir:\n", "LONDON, May 3, 1871.\n", "\nXII\n", "the cold morning", "Ann Lee. ", "word",
]  # fmt: skip


@given(st.lists(st.sampled_from(SHARDS), min_size=1, max_size=40).map("".join))
def test_any_text_is_whole(text):
    try:
        parts = segmented(text)
    except SourceError:
        return  # nothing but white space, or too many NULs
    assert_whole(parts, text)


@given(st.integers(0, 2**32))
def test_damaged_samples_are_whole(seed):
    rng = random.Random(seed)
    paths = sorted(p for p in RAW.rglob("*") if p.suffix in {".txt", ".md"})
    text = rng.choice(paths).read_bytes().decode()
    start = rng.randrange(len(text))
    signs = list(text[start : start + rng.choice([60, 600, 3000])])
    for _ in range(rng.choice([0, 2, 12])):
        at = rng.randrange(len(signs) + 1)
        if rng.random() < 0.6:
            signs.insert(at, rng.choice(SHARDS))
        else:
            del signs[at : at + rng.randrange(1, 12)]
    text = "".join(signs)
    try:
        parts = segmented(text)
    except SourceError:
        return
    assert_whole(parts, text)
