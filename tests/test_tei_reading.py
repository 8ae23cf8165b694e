"""Reading our TEI back, as it was written and after somebody changed it by hand."""

import re
from dataclasses import replace

import pytest

from teiprep import proofs, sidecar
from teiprep.diagnostics import TeiprepError
from teiprep.document import Furniture, Note
from teiprep.fingerprint import fingerprint
from teiprep.tei import encode, reading
from tests.make import document, note, page, source_of, tag


@pytest.fixture
def made():
    made = document(
        [("div", [("head", "Ferries"), ("p", "The ferry is  late & full."), ("p", "It sails at dawn.")])],
        notes={"fn-1": [("p", "Not printed.")], "fn-2": [("p", "One."), ("p", "Two.")]},
        furniture_text="[Page 2]\n12\n9",
    )
    at = made.text_of["body"].index
    return replace(
        made,
        notes=(
            note("fn-1", at(" late")),
            note("fn-2", at(" dawn"), n="2"),
            Note("fn-9", "9", None, "body", at("."), siglum=(12, 13)),
        ),
        breaks=(page("pg-2", at("full"), "2"),),
        furniture=(
            Furniture("fw-0", "marker", 0, 8),
            Furniture("fw-9", "pageNum", 9, 11, "pg-2", "bottom"),
            Furniture("fw-12", "siglum", 12, 13),
        ),
        annotations=(tag("emphasis", made, "late", rend="italic"),),
    )


def texts(tei):
    read = reading.read(reading.parse(tei))
    return {name: [leaf.text for leaf in leaves] for name, leaves in read.leaves.items()}, read


def test_what_was_written_is_read(made):
    leaves, read = texts(encode(made))
    assert leaves == {
        "body": ["Ferries", "The ferry is  late & full.", "It sails at dawn."],
        "fn-1": ["Not printed."],
        "fn-2": ["One.", "Two."],
    }
    assert {flow: [leaf.text for leaf in leaves] for flow, leaves in read.furniture.items()} == {"body": ["12"]}
    assert {name: leaf.text for name, leaf in read.references.items()} == {"fn-9": "9"}
    assert read.strays == []
    line = read.leaves["body"][1].line
    assert "<p>The ferry" in encode(made).decode().split("\n")[line - 1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("late</hi>", "<choice><sic>lat</sic>\n<corr>late</corr></choice></hi>"),
        ("The ferry", "The <!-- a remark --><?oxygen here?>ferry"),
        ("<p>It", "\n\n\t<p>It"),
        ("dawn", "d<hi>a<hi>w</hi></hi>n"),
    ],
)
def test_changes_that_leave_the_text_alone(made, before, after):
    tei = encode(made).decode()
    assert before in tei
    assert texts(tei.replace(before, after).encode())[0] == texts(encode(made))[0]
    assert proofs.restore_from(tei.replace(before, after).encode(), made) == source_of(made).data


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("dawn", "noon", "body: word 11, “noon.”, is not the word"),
        ("sails ", "", "body: a word is missing after word 8, “It”"),
        ("sails ", "sails out ", "body: word 10, “out”, was put in"),
        ("The ferry", "The  ferry", "white space"),
        ("Not printed", "Printed", "fn-1: "),
        ("Two.</p></note>", "Two.</p></note> and", "and”, was put in"),
        ("<p>It", "stray<p>It", "“stray” stands outside of any block"),
        ("<p>It", "<p>New.</p><p>It", "body has 4 blocks in the TEI"),
        ("<p>Two.</p>", "", "fn-2 has 1 blocks in the TEI"),
        (">12</fw>", ">13</fw>", "furniture: word 3, “13”"),
        ('<fw type="pageNum" place="bottom">12</fw>', "", "body has 0 fw in the TEI, and 1 in the sidecar"),
        ("<p>It", '<p><fw type="header">9</fw>It', "body has 2 fw in the TEI (from line"),
        (">9</ref>", ">8</ref>", "furniture: word 4, “8”"),
        ('xml:id="fn-1"', 'xml:id="fn-7"', "fn-1 has 0 blocks"),
        ('xml:id="fn-1"', 'xml:id="fn-2"', "a note without an id of its own"),
        ("</TEI>", "", "not well-formed"),
        ("<TEI", '<!DOCTYPE TEI [<!ENTITY x "dawn">]><TEI', "dawn"),
    ],
)
def test_a_changed_tei_is_refused_and_the_place_is_named(made, before, after, message):
    tei = encode(made).decode()
    assert before in tei
    tei = tei.replace(before, after)
    if "ENTITY" in after:
        tei, message = tei.replace("It sails", "It &x;"), "an entity of its own"
    fingerprints = {flow.id: str(fingerprint(flow.text)) for flow in made.flows}
    for known in (made, proofs.blanked(made)):
        with pytest.raises(TeiprepError) as failure:
            proofs.restore_from(tei.encode(), known, fingerprints)
        assert message in failure.value.message


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("sails at", "sails  at", "(“It sails at dawn.”) is 1 character longer"),
        ("</note> <hi", "</note><hi", "is 1 character shorter"),
        ("<head>Ferries", "<head>Fer ries", "the head at line"),
        ("<head>Ferries", "<head>sails", "the head at line"),
        ("One.", "One. ", "fn-2: the words are the same"),
    ],
)
def test_with_blank_texts_the_block_is_named_by_its_length(made, before, after, what):
    tei = encode(made).decode()
    changed = tei.replace(before, after, 1)
    if "sails" in after and "head" in after:  # two words that changed places
        head, _, tail = changed.partition("It sails")
        changed = f"{head}It Ferries{tail}"
    fingerprints = {flow.id: str(fingerprint(flow.text)) for flow in made.flows}
    for prints in (None, fingerprints):
        with pytest.raises(TeiprepError, match="than recorded") as failure:
            proofs.restore_from(changed.encode(), proofs.blanked(made), prints)
        assert prints is None or what in failure.value.message
        line = int(re.search(r"at line (\d+)", failure.value.message)[1])
        assert after in changed.split("\n")[line - 1]


def test_points_and_tags_are_read_where_they_stand(made):
    _, read = texts(encode(made))
    found = [(point.name, point.leaf, point.offset, point.id, point.n) for point in read.points]
    assert found == [
        ("note", 1, len("The ferry is "), "fn-1", "1"),
        ("pb", 1, len("The ferry is  late & "), "pg-2", "2"),
        ("ref", 1, len("The ferry is  late & full"), "fn-9", "9"),
        ("note", 2, len("It sails at"), "fn-2", "2"),
    ]
    assert [(tag.layer, tag.flow, tag.leaf, tag.start, tag.end) for tag in read.tags] == [
        ("emphasis", "body", 1, 14, 18)
    ]


def test_a_blank_sidecar_restores_from_the_tei(made):
    record = sidecar.dump(made, sidecar.layout_of(made))
    blank = proofs.blanked(sidecar.load(record))
    assert [flow.text for flow in blank.reading_flows] == ["", "", ""]
    assert proofs.restore_from(encode(made), blank) == source_of(made).data
    with pytest.raises(TeiprepError):
        proofs.restore_from(encode(made).replace(b"dawn", b"dusk"), blank)
