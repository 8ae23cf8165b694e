"""Whatever the layers look like, the TEI is valid, and its text is that of the flows."""

import subprocess
from dataclasses import replace

import pytest
from hypothesis import given, seed, settings

from teiprep import checks
from teiprep.diagnostics import InvariantError
from teiprep.document import Annotation, Furniture, Note
from teiprep.tei import encode, nesting, reading
from tests.documents import documents
from tests.make import document, note, page, source_of, tag


def text_of(made):
    """The element `text` in one line: without namespace, indentation, and what every tag bears."""
    tei = encode(made).decode()
    lines = tei[tei.index(" <text>") : tei.index("</TEI>")].split("\n")
    return "".join(line.strip(" ") for line in lines).replace(' cert="high" resp="#teiprep"', "")


@given(documents())
@settings(max_examples=300)
def test_any_document_is_encoded_valid_and_read_back(made):
    tei = encode(made)
    root = reading.parse(tei)
    schema = checks.grammar()
    assert schema.validate(root), (schema.error_log, tei.decode())
    assert list(checks.dangling(root)) == []
    read = reading.read(root)
    checks.freeze(made, read)
    checks.ledger(made, source_of(made))
    assert checks.restore_from(tei, checks.blanked(made)) == source_of(made).data


def test_random_documents_are_valid_tei(shared, jing, tmp_path):
    """One call of jing for all: compiling tei_all takes it seconds."""

    @seed(0)
    @settings(max_examples=400, database=None)
    @given(documents())
    def write(made):
        (tmp_path / f"{len(list(tmp_path.iterdir()))}.xml").write_bytes(encode(made))

    write()
    files = sorted(tmp_path.iterdir())
    assert len(files) > 100
    found = subprocess.run([jing, shared / "tei" / "tei_all.rng", *files], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[:2000]


# --- points -----------------------------------------------------------------------------------------------------------


def test_break_in_a_sentence_stays_in_the_quotation_it_interrupts():
    made = document([("div", [("p", "He said “I know it” twice.")])])
    made = replace(
        made,
        annotations=(tag("quotation", made, "“I know it”", kind="said"),),
        breaks=(page("pg-2", made.text_of["body"].index("know"), "2"),),
    )
    assert '<said>“I <pb n="2" xml:id="pg-2"/>know it”</said>' in text_of(made)


def test_break_between_blocks_is_the_first_child_of_the_lowest_division_that_begins_there():
    blocks = [("div", [("p", "One.")]), ("div", [("div", [("opener", [("dateline", "Dover")]), ("p", "Two.")])])]
    made = document(blocks)
    made = replace(made, breaks=(page("pg-2", made.text_of["body"].index("Dover"), "2"),))
    expected = '</div><div><div><pb n="2" xml:id="pg-2"/><opener><dateline>Dover</dateline></opener>'
    assert expected in text_of(made)


@pytest.mark.parametrize("offset", [4, 5, 6])  # at the end of the first paragraph, in the gap, before the second
def test_break_in_a_gap_stands_before_the_next_paragraph(offset):
    made = replace(document([("p", "One."), ("p", "Two.")]), breaks=(page("pg-2", offset),))
    assert '<p>One.</p><pb xml:id="pg-2"/><p>Two.</p>' in text_of(made)


def test_points_that_meet_have_an_order():
    made = document([("p", "“One.” Two")], notes={"fn-1": [("p", "A note.")]}, furniture_text="HEAD\n12")
    at = made.text_of["body"].index(" Two")
    made = replace(
        made,
        annotations=(tag("quotation", made, "“One.”"), tag("emphasis", made, " Two", rend="italic")),
        notes=(note("fn-1", at),),
        breaks=(page("pg-2", at, "2"),),
        furniture=(
            Furniture("fw-0", "header", 0, 4, "pg-2", "top"),
            Furniture("fw-5", "pageNum", 5, 7, "pg-2", "bottom"),
        ),
    )
    assert text_of(made) == (
        '<text><body><p><q>“One.”</q><note place="foot" n="1" xml:id="fn-1">A note.</note>'
        '<fw type="pageNum" place="bottom" xml:id="fw-5">12</fw><pb n="2" xml:id="pg-2"/>'
        '<fw type="header" place="top" xml:id="fw-0">HEAD</fw><hi rend="italic"> Two</hi></p></body></text>'
    )
    assert "<fw" not in text_of(replace(made, options={"furniture": False}))


def test_break_in_a_word_says_so():
    made = replace(document([("p", "international")]), breaks=(page("pg-2", 5, "2", within_word=True),))
    assert '<p>inter<pb n="2" xml:id="pg-2" break="no"/>national</p>' in text_of(made)


def test_notes_in_notes_and_notes_with_paragraphs():
    made = document(
        [("p", "Text.")],
        notes={"fn-1": [("p", "One."), ("quote", [("p", "Two.")])], "fn-2": [("p", "A note on the note.")]},
    )
    made = replace(made, notes=(note("fn-1", 5), note("fn-2", 4, n="2", at_flow="fn-1")))
    assert text_of(made) == (
        '<text><body><p>Text.<note place="foot" n="1" xml:id="fn-1"><p>One.<note place="foot" n="2" xml:id="fn-2">'
        "A note on the note.</note></p><quote><p>Two.</p></quote></note></p></body></text>"
    )


def test_references_and_notes_without_partner_stay():
    made = document([("p", "Text."), ("p", "More.")], notes={"fn-7": [("p", "Lost.")]}, furniture_text="⁶¹")
    made = replace(
        made,
        notes=(Note("fn-61", "61", None, "body", 5, siglum=(0, 2)), note("fn-7", 5, n="7", anchored=False, pairing="")),
        furniture=(Furniture("sg-0", "siglum", 0, 2),),
    )
    assert '<p>Text.<ref type="noteAnchor" n="61" xml:id="fn-61">⁶¹</ref></p>' in text_of(made)
    assert '</p><note type="unanchored" place="foot" n="7" xml:id="fn-7">Lost.</note><p>More.</p>' in text_of(made)


def test_note_paired_by_order_gives_its_reason():
    made = document([("p", "Text.")], notes={"fn-70": [("p", "Not printed.")]})
    made = replace(made, notes=(note("fn-70", 5, n="70", label="1", pairing="order", certainty="medium"),))
    assert 'n="70" xml:id="fn-70" ana="#renumbered" cert="medium" resp="#teiprep">Not printed.' in text_of(made)
    assert b'<category xml:id="renumbered">' in encode(made)


@pytest.mark.parametrize(
    ("homes", "message"),
    [
        ({"fn-1": "fn-2", "fn-2": "fn-1"}, "circle"),
        ({"fn-1": "fn-1", "fn-2": "body"}, "circle"),
        ({"fn-1": "body", "fn-2": "fn-3"}, "no note brings in"),
        ({"fn-1": "body"}, "no note brings in the flow fn-2"),
    ],
)
def test_notes_that_lead_nowhere_are_refused(homes, message):
    made = document([("p", "Text.")], notes={"fn-1": [("p", "One.")], "fn-2": [("p", "Two.")]})
    made = replace(made, notes=tuple(note(name, 0, at_flow=home) for name, home in homes.items()))
    with pytest.raises(InvariantError, match=message):
        encode(made)


# --- inlines ----------------------------------------------------------------------------------------------------------


def tagged(text, *tags, **options):
    made = document([("p", part) for part in text.split("|")], gap="")
    found = []
    for number, (layer, quote, *more) in enumerate(tags):
        attributes = more[0] if more else {}
        at = made.text_of["body"].index(quote)
        found.append(Annotation(f"{layer}-{number}", layer, "body", at, at + len(quote), attributes, *more[1:]))
    return replace(made, annotations=tuple(found), options=options)


def test_emphasis_gives_way_to_a_quotation():
    made = tagged("ab“cd ef”", ("quotation", "“cd ef”"), ("emphasis", "ab“cd"))
    assert text_of(made) == (
        '<text><body><p><hi xml:id="emphasis-1" rend="italic" next="#emphasis-1.2">ab</hi>'
        '<q><hi xml:id="emphasis-1.2" rend="italic" prev="#emphasis-1">“cd</hi> ef”</q></p></body></text>'
    )
    assert nesting.standoff(made) == ()


def test_of_two_names_that_cross_the_second_goes_beside_the_text():
    made = tagged("Mr. Lee Ross Day", ("person", "Lee Ross"), ("person", "Ross Day"))
    assert text_of(made) == (
        '<text><body><p>Mr. <persName>Lee <anchor xml:id="person-1.start"/>Ross</persName> Day'
        '<anchor xml:id="person-1.end"/></p></body></text>'
    )
    assert [each.id for each in nesting.standoff(made)] == ["person-1"]
    assert (
        '<annotation xml:id="person-1" target="#person-1.start #person-1.end" motivation="tagging">'
        '<note><persName cert="high" resp="#teiprep">Ross Day</persName></note></annotation>'
    ) in encode(made).decode()


def test_quotation_over_paragraphs_is_a_chain_and_a_date_is_not():
    made = tagged("a “b|c|d” e", ("quotation", "“bcd”", {"kind": "quote"}), ("date", "bc", {"when": "1901"}))
    assert text_of(made).replace('<anchor xml:id="date-1.start"/>', "").replace(
        '<anchor xml:id="date-1.end"/>', ""
    ) == (
        '<text><body><p>a <quote xml:id="quotation-0" next="#quotation-0.2">“b</quote></p>'
        '<p><quote xml:id="quotation-0.2" next="#quotation-0.3" prev="#quotation-0">c</quote></p>'
        '<p><quote xml:id="quotation-0.3" prev="#quotation-0.2">d”</quote> e</p></body></text>'
    )
    assert [each.id for each in nesting.standoff(made)] == ["date-1"]


def test_quotations_that_tagging_chained_point_to_each_other():
    made = tagged("“a|“b”", ("quotation", "“a", {"next": "quotation-1"}), ("quotation", "“b”", {"prev": "quotation-0"}))
    assert text_of(made) == (
        '<text><body><p><q xml:id="quotation-0" next="#quotation-1">“a</q></p>'
        '<p><q xml:id="quotation-1" prev="#quotation-0">“b”</q></p></body></text>'
    )


def test_what_is_less_sure_than_the_threshold_stands_beside_the_text_without_a_diagnostic():
    made = tagged("on May 3", ("date", "May 3", {"when": "--05-03"}, "low"), inline_threshold="medium")
    assert text_of(made) == (
        '<text><body><p>on <anchor xml:id="date-0.start"/>May 3<anchor xml:id="date-0.end"/></p></body></text>'
    )
    assert nesting.standoff(made) == ()
    assert '<date when="--05-03"' in text_of(replace(made, options={})).replace(' cert="low" resp="#teiprep"', "")


def test_a_tangle_of_emphasis_stays_small():
    """Every span crosses every other one: without a bound the parts would be the square of them."""
    made = document([("p", "x" * 2000)])
    made = replace(
        made, annotations=tuple(Annotation(f"e-{k}", "emphasis", "body", k, 1000 + k) for k in range(0, 1000, 2))
    )
    plan = nesting.plan(made)
    assert sum(map(len, plan.flows["body"].fragments.values())) + len(plan.apart) < 2500
    checks.freeze(made, reading.read(reading.parse(encode(made))))


@pytest.mark.parametrize("parent", ["dateline", "byline", "docImprint"])
def test_speech_is_a_plain_q_where_tei_allows_no_more(parent):
    container = "front" if parent == "docImprint" else "div"
    made = document([(container, [(parent, "“late”")])])
    made = replace(made, annotations=(tag("quotation", made, "“late”", kind="said", who="per-x"),))
    assert "<q who=" in encode(made).decode()


def test_encoding_depends_on_nothing_but_the_document():
    made = tagged("ab“cd ef”", ("quotation", "“cd ef”"), ("emphasis", "ab“cd"))
    assert encode(made) == encode(replace(made))


def test_a_document_may_be_called_what_a_note_in_it_is_called():
    made = document([("p", "Text.")], name="fn-1", notes={"fn-1": [("p", "A note.")]})
    tei = encode(replace(made, notes=(note("fn-1", 5),)))
    assert b'xml:id="fn-1.tei"' in tei
    assert list(checks.dangling(reading.parse(tei))) == []
