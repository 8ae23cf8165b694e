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
from teiprep.segment.notes.alignment import align
from teiprep.segment.notes.bodies import Body
from teiprep.segment.notes.references import Reference
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


LETTERS = {
    "a list that counts from 1": (
        "The wharf of No. {n} was mended in the spring,1 and the lamp was lit again on the night after he came.2",
        "  1. Wharf {n}.\n  2. See the rate book.",
    ),
    "numbers that run on": (
        "The wharf of No. {n} was mended in the spring,{m} and the lamp was lit again on the night after he came.{k}",
        "  1. Wharf {n}.\n  2. See the rate book.",
    ),
    "the feet of the last pages": (
        "The wharf of No. {n} was mended in the spring,¹ and the lamp was lit again on the night after he came.²",
        "1 Wharf {n}.\n\n2 See the rate book.",
    ),
}


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("kind", LETTERS)
def test_ten_documents_with_notes_say_what_they_say_alone(kind, between):
    text, notes = LETTERS[kind]
    texts = [
        f"{n}. Letter From the Harbour Master (Tull) to the Board of Trade\n\nBarrow, May {n}, 1871.\n\n"
        f"{text.format(n=n, m=2 * n - 1, k=2 * n)}\n\nHale\n{between}{notes.format(n=n)}\n"
        for n in range(11, 21)
    ]
    alone = [line for each in texts for line in shown(segmented(each))]
    parts = segmented(between.join(texts))
    assert [line.replace("‖‖", "") for line in shown(parts)] == alone
    assert sum(block.type == "div" and block.parent is None for block in parts.blocks) == len(texts)


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


def remarks(text, code):
    return [each for each in segmented(text).diagnostics if each.code == code]


FIVE = "The gauge was read daily,¹ and the chart was lost.² The lamp{three} was lit at four{four} and put out at six.⁵"
BODIES = ["1 By a boy.", "2 In the fire.", "3 Of brass.", "4 In March.", "5 By the clerk."]


def test_a_lost_reference_is_looked_for_between_its_neighbours():
    text = FIVE.format(three="", four="⁴") + "\n\n" + "\n\n".join(BODIES)
    [remark] = remarks(text, "note-without-reference")
    low, high = text.index("²") + 1, text.index("⁴")
    assert f"(code points {low} to {high})" in remark.hint


def test_a_lost_body_is_looked_for_between_its_neighbours():
    text = FIVE.format(three="³", four="⁴") + "\n\n" + "\n\n".join(BODIES[:2] + BODIES[3:])
    [remark] = remarks(text, "reference-without-note")
    assert "between lines 5 and 6 (" in remark.hint


def test_a_number_lost_on_both_sides_is_reported():
    text = FIVE.format(three="", four="⁴") + "\n\n" + "\n\n".join(BODIES[:2] + BODIES[3:])
    [remark] = remarks(text, "note-missing")
    assert "from 2 to 4: note 3 lost" in remark.message
    whole = FIVE.format(three="³", four="⁴") + "\n\n" + "\n\n".join(BODIES)
    assert not remarks(whole, "note-missing")


def test_a_second_reference_to_a_note_steals_nothing():
    text = FIVE.format(three="²", four="⁴") + "\n\n" + "\n\n".join(BODIES)
    assert [each.message[:1] for each in remarks(text, "reference-repeated")] == ["2"]
    assert [each.message for each in remarks(text, "note-without-reference")] == [
        "note 3 has no reference in the text",
    ]


LABELS = st.sampled_from(["1", "2", "3", "4", "12", "75a", "*", "†", "a", "iv"])
REFERENCES = st.lists(st.tuples(st.integers(0, 900), LABELS, st.sampled_from([1.0, -2.75, -4.25])), max_size=30)
NOTES = st.lists(st.tuples(st.integers(0, 900), LABELS, st.sampled_from([0.0, 4.0, 7.0]), st.booleans()), max_size=30)


@given(REFERENCES, NOTES)
def test_an_alignment_invents_nothing_and_uses_nothing_twice(signs, notes):
    signs = sorted({at: sign for at, *sign in signs}.items())
    notes = sorted({at: note for at, *note in notes}.items())
    references = [Reference(2 * at, 2 * at + 1, label, weight) for at, (label, weight) in signs]
    bodies = [Body(2 * at + 1, 2 * at + 2, label, at, weight, strong) for at, (label, weight, strong) in notes]
    pairs = align(references, bodies, [600, 1200])
    called = [pair.reference for pair in pairs if pair.reference]
    told = [pair.body for pair in pairs if pair.body]
    assert set(called) <= set(references)
    assert len(called) == len(set(called))
    assert set(told) <= set(bodies)
    assert len(told) == len(set(told))
    assert {each for each in references if each.strong} <= set(called)
    assert {each for each in bodies if each.strong} <= set(told)
    for pair in pairs:
        if pair.reference and pair.body:
            assert pair.reference.label == pair.body.label
            assert pair.reference.end <= pair.body.start
            assert pair.margin >= 0


@given(st.lists(st.sampled_from([61, 62, 63, 64, 90]), max_size=12), st.integers(1, 8))
def test_pairs_of_a_list_rise_on_both_sides(numbers, length):
    references = [Reference(10 * k, 10 * k + 2, str(n), -2.75) for k, n in enumerate(numbers)]
    bodies = [Body(1000 + k, 1001 + k, str(k + 1), k, 7.0, strong=True, place="end") for k in range(length)]
    pairs = [pair for pair in align(references, bodies, []) if pair.reference and pair.body]
    assert [pair.body for pair in pairs] == sorted(pair.body for pair in pairs)
    assert len(pairs) <= min(len(numbers), length)


@pytest.mark.parametrize(("ending", "found"), [("", {"medium"}), ("63", {"high"})])
def test_what_only_order_pairs_in_a_list_with_a_lost_reference_is_doubtful(ending, found):
    text = f"The wharf fell,61 and the lamp,62 and the clerk.{ending}\n  1. In May.\n  2. In June.\n  3. In July."
    assert {note.certainty for note in segmented(text).notes if note.anchored} == found


def test_each_note_has_an_id_of_its_own():
    parts = segmented(
        "The rope[^1] broke.[^1-2] So.[^1]\n\n[^1]: Hemp.\n[^1-2]: In May.\n\n# More\n\nTar.[^1]\n\n[^1]: Cold."
    )
    ids = [note.id for note in parts.notes]
    assert len(ids) == len(set(ids)) >= 3
