"""The four promises: what holds passes, and each way of breaking one is caught and named."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from teiprep import checks, proofs, sidecar
from teiprep.alignment import Edit, Layout, Piece
from teiprep.diagnostics import InvariantError, TeiprepError
from teiprep.document import Block, Document, Furniture, SourceInfo
from teiprep.fingerprint import PRIME, Fingerprint, fingerprint, locate
from teiprep.source import Source
from teiprep.tei import encode, reading
from tests.documents import documents
from tests.make import document, layout_of, note, page, source_of, tag


def cleaned(text, edits, pieces, encoding="utf-8", **layers):
    """A source that was really cleaned and dealt out: the document and the source."""
    source = Source.decode("raw.txt", text.encode(encoding), [encoding])
    layout = Layout(source.text, edits, pieces)
    blocks = tuple(
        Block(f"p-{flow.id}", "p", flow.id, 0, len(flow.text)) for flow in layout.flows if flow.id != "furniture"
    )
    info = SourceInfo("raw.txt", len(source.data), source.sha256, source.encoding, "\n")
    record = tuple((edit, source.text[edit.start : edit.end]) for edit in edits)
    return Document("raw", info, "plain", layout.flows, tuple(pieces), record, blocks, **layers), source


@pytest.fixture
def example():
    """`\ufeffThe  fe-\r\nrry.1 [2]` with a siglum, a page marker, a removed BOM, and a note."""
    text = "\ufeffThe  fe-\r\nrry.¹[2]\n1 Late é."
    edits = [Edit(0, 1, "", "encoding", "bom"), Edit(5, 6, "", "space", "runs"), Edit(8, 11, "", "hyphen", "ends")]
    edits.append(Edit(23, 24, "ê", "encoding", "demo"))
    pieces = [Piece(0, 15, "body"), Piece(15, 22 - 1, "furniture"), Piece(21, len(text), "fn-1")]
    made, source = cleaned(
        text,
        edits,
        pieces,
        notes=(note("fn-1", 10),),
        furniture=(Furniture("f-0", "siglum", 0, 1), Furniture("f-1", "marker", 1, 4), Furniture("f-5", "label", 5, 6)),
    )
    return made, source


def passes(made, source):
    checks.check(source, made, encode(made), sidecar.dump(made, sidecar.layout_of(made)))


def test_the_promises_hold(example):
    made, source = example
    assert made.text_of["body"] == "The ferry."
    passes(made, source)
    assert proofs.ledger(made, source) == {
        "kept": (17, 18),
        "replaced": (1, 1),
        "removed": (5, 7),
        "furniture": (5, 5),
        "siglum": (1, 2),
    }


@given(st.data())
def test_the_promises_hold_for_any_cleaning_and_dealing(data):
    text = data.draw(st.text("ab \n\r\ufeffé", min_size=1, max_size=40).filter(lambda t: t.strip("\ufeff \r\n")))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2)) | {0, len(text)})
    pieces, edits = [], []
    for k, (start, end) in enumerate(pairwise(cuts)):
        flow = "body" if k == 0 else data.draw(st.sampled_from(["body", "fn-1"]))
        pieces.append(Piece(start, end, flow))
        if data.draw(st.booleans()):
            edits.append(Edit(start, end, data.draw(st.sampled_from(["", "x", "xyz"])), "encoding", "demo"))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8", "iso2022_jp"]))
    assume(encoding == "utf-8" or not set(text) & set("é\ufeff"))
    made, source = cleaned(text, edits, pieces, encoding)
    flows = {flow.id for flow in made.flows}
    made = replace(made, notes=(note("fn-1", 0),) if "fn-1" in flows else ())
    # A carriage return that nobody removed is text; the writer keeps it.
    passes(made, source)
    counts = proofs.ledger(made, source)
    assert sum(points for points, _ in counts.values()) == len(source.text)
    assert sum(size for _, size in counts.values()) == len(source.data)


def broken(code, made, source, tei=None, record=None):
    with pytest.raises(InvariantError) as failure:
        checks.check(source, made, tei or encode(made), record or sidecar.dump(made, sidecar.layout_of(made)))
    assert failure.value.code == code
    return f"{failure.value.message} | {failure.value.difference}"


# --- restore ----------------------------------------------------------------------------------------------------------


def test_a_sidecar_of_another_file_does_not_restore(example):
    made, source = example
    record = sidecar.dump(replace(made, source=replace(made.source, sha256="0" * 64)), sidecar.layout_of(made))
    assert "does not come back" in broken("promise-restore", made, source, record=record)


def test_restoring_reads_the_tei_and_not_only_the_sidecar(example):
    made, source = example
    other = encode(made).replace(b"ferry", b"merry")
    blank = proofs.blanked(made)
    assert proofs.restore_from(encode(made), blank) == source.data
    with pytest.raises(Exception, match="the restored bytes are not those"):
        proofs.restore_from(other, blank)
    prints = {flow.id: str(fingerprint(flow.text)) for flow in made.flows}
    with pytest.raises(Exception, match="body: word 2, “merry"):
        proofs.restore_from(other, blank, prints)


@pytest.mark.parametrize("encoding", ["nothing-8", "ascii"])
def test_an_encoding_that_cannot_be_is_a_mismatch(example, encoding):
    made, _ = example
    made = replace(made, source=replace(made.source, encoding=encoding))
    with pytest.raises(TeiprepError, match=encoding) as failure:
        proofs.restore(made, made.text_of)
    assert failure.value.code == "sidecar-mismatch"


# --- ledger -----------------------------------------------------------------------------------------------------------


def test_two_errors_that_make_up_for_each_other_are_found(example):
    made, source = example
    flows = tuple(replace(f, text=f.text.replace("The ferry", "eTh ferry")) for f in made.flows)
    assert "code point 1" in broken("promise-ledger", replace(made, flows=flows), source, tei=b"<x/>", record=b"{}")


@pytest.mark.parametrize(
    "change",
    [
        lambda made: {"pieces": (*made.pieces[:1], *made.pieces[2:])},
        lambda made: {"pieces": (Piece(0, 16, "body"), *made.pieces[1:])},
        lambda made: {"pieces": made.pieces[:-1]},
        lambda made: {"edits": made.edits[1:]},
        lambda made: {"edits": ((made.edits[0][0], "x"), *made.edits[1:])},
        lambda made: {"edits": (*made.edits, (Edit(99, 100, "", "space", "demo"), " "))},
        lambda made: {"edits": (made.edits[0], *made.edits)},
        lambda made: {"flows": (*made.flows[:-1], replace(made.flows[-1], text=made.flows[-1].text + "!"))},
        lambda made: {"source": replace(made.source, bytes=made.source.bytes + 1)},
    ],
)
def test_the_ledger_refuses(example, change):
    made, source = example
    with pytest.raises(InvariantError) as failure:
        proofs.ledger(replace(made, **change(made)), source)
    assert failure.value.code == "promise-ledger"
    assert failure.value.difference


# --- freeze -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def spaced():
    made = document([("p", "The  ferry\nis late."), ("p", " At dawn. ")], notes={"fn-1": [("p", "Not printed.")]})
    return replace(made, notes=(note("fn-1", 3),), annotations=(tag("emphasis", made, "ferry"),))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ferry</hi>\nis", "ferry</hi> is"),  # white space made regular inside a paragraph
        ("</note>  ", "</note> "),
        (" At dawn. ", "At dawn."),
        ("late.</p>", "late.\n</p>"),
        ("Not printed", "Not  printed"),
        ("<p> At", "<p/><p> At"),
        ("<body>", "<body>text"),
        ("late", "läte"),
    ],
)
def test_freeze_sees_every_code_point(spaced, before, after):
    tei = encode(spaced).decode()
    assert before in tei
    proofs.freeze(spaced, reading.read(reading.parse(tei.encode())))
    with pytest.raises(InvariantError) as failure:
        proofs.freeze(spaced, reading.read(reading.parse(tei.replace(before, after, 1).encode())))
    assert failure.value.code == "promise-freeze"
    assert failure.value.difference


def test_freeze_lets_white_space_between_elements_be(spaced):
    tei = encode(spaced).decode().replace("<p>", "\n\n\t<p>")
    proofs.freeze(spaced, reading.read(reading.parse(tei.encode())))


def test_text_in_a_gap_is_refused(spaced):
    flow = replace(spaced.flows[0], text=spaced.flows[0].text.replace("\n\n", "\nx"))
    made = replace(spaced, flows=(flow, *spaced.flows[1:]))
    assert "outside of its blocks" in broken("promise-freeze", made, source_of(made))


@pytest.fixture
def tagged():
    text = "The ferry was late, said Ann Lee, and Bo Orr saw it. It sailed on 4 May with the Tide Tables."
    made = document([("p", text), ("p", "At dawn it came home.")], notes={"fn-1": [("p", "Not printed.")]})
    at = made.text_of["body"].index
    return replace(
        made,
        notes=(note("fn-1", at(", said")),),
        breaks=(
            page("pg-2", at("saw"), "2"),
            page("pg-3", at("At dawn"), "3"),
            replace(page("lb-1", at("came")), type="lb"),
        ),
        annotations=(
            tag("person", made, "Ann Lee"),
            tag("date", made, "4 May", when="--05-04"),
            tag("title", made, "Tide Tables"),
            tag("emphasis", made, "Tide Tables", rend="italic"),
            tag("quotation", made, "It sailed on 4 May with the Tide Tables.\n\nAt dawn", kind="q"),  # in parts
            tag("person", made, "Orr saw"),
            tag("place", made, "Bo Orr"),  # crosses it, and stands in standOff
        ),
    )


def freezes(made, tei):
    proofs.freeze(made, reading.read(reading.parse(tei.encode())))


NOTE = '<note place="foot" n="1" xml:id="fn-1">Not printed.</note>'


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (f"{NOTE}, said", f", said{NOTE}", "note fn-1 stands after “was late, said”"),
        ('xml:id="fn-1"', 'xml:id="fn-2"', "fn-1 has 0 blocks"),
        ('n="1" xml:id="fn-1"', 'n="7" xml:id="fn-1"', "fn-1 is a <note> with the number “7”"),
        ('<pb n="2" xml:id="pg-2"/>saw', 'saw<pb n="2" xml:id="pg-2"/>', "pb pg-2 stands"),
        ('<pb n="2" xml:id="pg-2"/>', "", "pb pg-2 is missing"),
        ('<pb n="3"', '<pb n="4"', "pg-3 is a <pb> with the number “4”"),
        ('<pb n="3" xml:id="pg-3"/>', '<cb n="3" xml:id="pg-3"/>', "pg-3 is a <cb>"),
        ("<lb/>came", "came<lb/>", "lb after “"),
        ("<lb/>", "", "lb after “At dawn it” (line"),
        ("<lb/>", "<lb/><lb/>", "the sidecar knows no lb"),
        ('<persName cert="high" resp="#teiprep">Ann Lee</persName>', "Ann Lee", "person “Ann Lee”, is missing"),
        (">Ann Lee</persName>", ">Ann</persName> Lee", "person “Ann Lee”, is missing"),
        ("home", '<persName cert="high" resp="#teiprep">home</persName>', "person “home” is no annotation"),
        ('title rend="italic"', "title", "emphasis “Tide Tables”, is missing"),
        ("<date ", "<num ", "date “4 May”, is missing"),
        ("note><placeName", "note><persName", "in standOff is person “Bo Orr”"),
        ("Bo Orr</placeName>", "Bo</placeName>", "in standOff is place “Bo”"),
    ],
)
def test_freeze_sees_what_stands_upon_the_text(tagged, before, after, said):
    tei = encode(tagged).decode()
    assert tei.count(before) == 1
    freezes(tagged, tei)
    tei = tei.replace(before, after)
    for name in ("date", "placeName", "persName"):  # the end tags of what was renamed
        if before.endswith((f"<{name} ", f"note><{name}")):
            start = tei.index(after)
            new = after.strip().rpartition("<")[2]
            tei = tei[:start] + tei[start:].replace(f"</{name}>", f"</{new}>", 1)
    with pytest.raises(InvariantError) as failure:
        freezes(tagged, tei)
    assert failure.value.code == "promise-freeze"
    assert said in failure.value.difference


def test_freeze_sees_that_all_names_are_gone_and_an_anchor_has_moved(tagged):
    tei = encode(tagged).decode()
    with pytest.raises(InvariantError, match="is not tagged so"):
        freezes(tagged, re.sub("</?persName[^>]*>", "", tei))
    anchor = re.search('<anchor xml:id="[a-z]+-[0-9]+[.]end"/>', tei)[0]
    with pytest.raises(InvariantError, match="has something misplaced"):
        freezes(tagged, tei.replace(anchor, "").replace("home", f"home{anchor}"))


@given(documents())
def test_freeze_holds_for_whatever_is_encoded(made):
    freezes(made, encode(made).decode())


# --- valid ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("</TEI>", "", "not well-formed"),
        ("<p>", "<p><gap/>", "<gap> is no element of this schema"),
        ('xml:id="fn-1"', 'xml:id="sample"', "id-duplicate"),
        ("<hi ", '<hi next="#nowhere" ', "pointer-dangling"),
    ],
)
def test_what_is_not_valid_is_refused(spaced, before, after, message):
    tei = encode(spaced).decode()
    assert before in tei
    found = broken("promise-valid", spaced, source_of(spaced), tei=tei.replace(before, after, 1).encode())
    assert message in found


def test_the_line_that_is_not_valid_is_the_true_one(spaced):
    lines = encode(spaced).decode().split("\n")
    number = next(k for k, line in enumerate(lines, 1) if "At dawn" in line)
    lines[number - 1] = lines[number - 1].replace("dawn", "<hi>dawn</hi>")
    found = broken("promise-valid", spaced, source_of(spaced), tei="\n".join(lines).encode())
    assert f"line {number} of the TEI: grammar | <hi> lacks the attribute rend" in found


def test_a_changed_word_is_named_with_its_line(spaced):
    tei = encode(spaced).decode()
    line = tei[: tei.index("At dawn")].count("\n") + 1
    found = broken("promise-freeze", spaced, source_of(spaced), tei=tei.replace("At dawn", "At noon").encode())
    assert f"line {line} of the TEI reads otherwise | after “At” comes “noon.” instead of “dawn.”" in found


def test_a_sidecar_that_points_to_nothing_is_not_published(spaced):
    record = sidecar.dump(spaced, layout_of(spaced)).replace(b'"at_flow":"body"', b'"at_flow":"nowhere"')
    assert "the flow nowhere, which does not exist" in broken("promise-valid", spaced, source_of(spaced), record=record)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (b'"pieces":', b'"parts":', "pieces"),
        (b'"start":', b'"start":-', "-"),
        (b"}\n", b"", "JSON"),
    ],
)
def test_a_sidecar_that_is_not_valid_is_refused(spaced, before, after, message):
    record = sidecar.dump(spaced, layout_of(spaced))
    assert before in record
    found = broken(
        "promise-valid", spaced, source_of(spaced), record=record[::-1].replace(before[::-1], after[::-1], 1)[::-1]
    )
    assert message in found


# --- fingerprints -----------------------------------------------------------------------------------------------------

words = st.lists(st.sampled_from(["the", "ferry", "is", "late", "and", "full", "Tull,"]), min_size=1, max_size=30)


@given(words, st.data())
def test_one_changed_word_is_named(before, data):
    known = Fingerprint.parse(str(fingerprint(" ".join(before))))
    assert locate(" ".join(before), known) is None
    at = data.draw(st.integers(0, len(before) - 1))
    assert locate(" ".join([*before[:at], "NEW", *before[at + 1 :]]), known).startswith(f"word {at + 1}, “NEW”")
    assert locate(" ".join([*before[:at], "NEW", *before[at:]]), known) == f"word {at + 1}, “NEW”, was put in"
    after = [*before[:at], *before[at + 1 :]]
    found = locate(" ".join(after), known)
    # Of equal neighbours it does not matter which one is missing.
    number = 0 if found == "the first word is missing" else int(found.split()[6].rstrip(","))
    assert [*after[:number], before[at], *after[number:]] == before


@given(words, words)
def test_different_texts_never_pass(one, other):
    assume(one != other)
    assert locate(" ".join(one), fingerprint(" ".join(other))) is not None
    assert locate("\n".join([*one, "x"]), fingerprint(" ".join([*one, "x"]))) is not None


def test_a_fingerprint_is_small_and_its_form_is_fixed():
    """It stands in published sidecars: another hash or another prime would make them unreadable."""
    assert str(fingerprint("Not printed.")) == "2:199b0a5be1fafeac:11bead1f30a436f6:b5a03d7e"
    assert all(value < PRIME for value in fingerprint("a b c")[1:3])
    with pytest.raises(ValueError, match="unpack"):
        Fingerprint.parse("1:2")
