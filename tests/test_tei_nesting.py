"""Whatever the layers look like, the TEI is valid, and its text is that of the flows."""

import re
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given, seed, settings

from teiprep import proofs, resources
from teiprep.diagnostics import InvariantError, TeiprepError
from teiprep.document import Annotation, Furniture, Note
from teiprep.tei import encode, nesting, reading
from teiprep.validate import grammar, rules
from tests.documents import documents
from tests.make import document, note, page, source_of, tag

SCHEMA = resources.path("schemas/teiprep.rng")


def text_of(made):
    """The element `text` in one line: without namespace, indentation, and what every tag bears."""
    tei = encode(made).decode()
    lines = tei[tei.index(" <text>") : tei.index("</TEI>")].split("\n")
    return "".join(line.strip(" ") for line in lines).replace(' cert="high" resp="#teiprep"', "")


def passes(made):
    """The promises of the TEI hold."""
    tei = encode(made)
    root = reading.parse(tei)
    proved = rules.check(root, ("id-duplicate", "pointer-dangling"))  # the others speak of what the source says
    assert [*grammar.check(root, SCHEMA), *proved] == [], tei.decode()
    proofs.freeze(made, reading.read(root))
    proofs.ledger(made, source_of(made))
    assert proofs.restore_from(tei, proofs.blanked(made)) == source_of(made).data


@given(documents())
@settings(max_examples=300)
def test_any_document_is_encoded_valid_and_read_back(made):
    passes(made)


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
        '<fw type="pageNum" place="bottom">12</fw><pb n="2" xml:id="pg-2"/>'
        '<fw type="header" place="top">HEAD</fw><hi rend="italic"> Two</hi></p></body></text>'
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


def test_ibid_points_into_the_note_that_it_means():
    made = document([("p", "Text.")], notes={"fn-1": [("p", "Hale, 5.")], "fn-2": [("p", "Ibid.")]})
    meant = Annotation("reference-0", "reference", "fn-2", 0, 5, {"type": "ibid", "target": "fn-1"})
    made = replace(made, notes=(note("fn-1", 4), note("fn-2", 5, n="2")), annotations=(meant,))
    text = text_of(made)
    # A pointer to the note itself would be a second siglum.
    assert '<note place="foot" n="1" xml:id="fn-1"><anchor xml:id="fn-1.start"/>Hale, 5.</note>' in text
    assert '<ref type="ibid" target="#fn-1.start"' in text
    assert text.count("<anchor") == 1


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


def test_an_ornament_is_a_milestone_and_says_what_it_is_made_of():
    signs = {"* * *": "stars", "———": "rule", "· · ·": "dots", "~ ~ ~": "ornament"}
    for sign, rend in signs.items():
        made = document([("p", "One."), ("p", "Two.")], furniture_text=sign)
        mark = page("ms-5", 6, marker=(0, len(sign)), rule="ornament")
        made = replace(
            made,
            breaks=(replace(mark, type="milestone"),),
            furniture=(Furniture("fw-5", "ornament", 0, len(sign)),),
        )
        between = f'<milestone unit="section" rend="{rend}"/>'
        assert f"<p>One.</p>{between}<p>Two.</p>" in text_of(made)
        passes(made)
    bare = replace(made, breaks=(replace(mark, type="milestone", marker=None),))
    assert '<milestone unit="section"/>' in text_of(bare)


@pytest.mark.parametrize("offset", [0, 5, 9])
def test_an_ornament_may_stand_anywhere(offset):
    made = document([("div", [("p", "One.")]), ("div", [("list", [("item", "Two.")])])], gap="\n")
    made = replace(made, breaks=(replace(page("ms-5", offset), type="milestone"),))
    passes(made)
    assert "<p>One.</p></div>" in text_of(made)


def test_running_heads_are_read_back_by_their_order():
    """They have no ids: what belongs together is told by the flow, the page, and the place on it."""
    made = document(
        [("p", "One two three.")], notes={"fn-1": [("p", "A note over pages.")]}, furniture_text="A\nB\nC\nD"
    )
    made = replace(
        made,
        notes=(note("fn-1", 3),),
        breaks=(page("pg-3", 8, "3"), page("pg-2", 4, "2"), page("pg-n", 6, "2", flow="fn-1")),
        furniture=(
            Furniture("fw-0", "header", 0, 1, None),
            Furniture("fw-2", "header", 2, 3, "pg-3", "top"),
            Furniture("fw-4", "header", 4, 5, "pg-n", "top"),
            Furniture("fw-6", "pageNum", 6, 7, "pg-2", "bottom"),
        ),
    )
    assert re.findall(">([A-D])</fw>", encode(made).decode()) == ["C", "D", "B", "A"]
    passes(made)
    with pytest.raises(TeiprepError, match="furniture"):
        proofs.restore_from(encode(made).replace(b">D</fw>", b">B</fw>").replace(b">B</fw>", b">D</fw>"), made)


# --- inlines ----------------------------------------------------------------------------------------------------------


def tagged(text, *tags, **options):
    made = document([("p", part) for part in text.split("|")], gap="")
    found = []
    for number, (layer, quote, *more) in enumerate(tags):
        attributes = more[0] if more else {}
        at = made.text_of["body"].index(quote)
        found.append(Annotation(f"{layer}-{number}", layer, "body", at, at + len(quote), attributes, *more[1:]))
    return replace(made, annotations=tuple(found), options=options)


def plain(made):
    text = text_of(made)
    return text.removeprefix("<text><body><p>").removesuffix("</p></body></text>")


@pytest.mark.parametrize(("layer", "element"), [("title", "title"), ("person", "persName"), ("place", "placeName")])
def test_a_name_or_title_says_itself_that_it_is_printed_in_italics(layer, element):
    made = tagged("the Tide Tables of", (layer, "Tide Tables"), ("emphasis", "Tide Tables"))
    assert plain(made) == f'the <{element} rend="italic">Tide Tables</{element}> of'
    made = tagged("the Tide Tables of", ("emphasis", "Tide Tables", {"rend": "bold"}), (layer, "Tide Tables"))
    assert f'<{element} rend="bold">' in plain(made)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([("title", "Tide Tables"), ("emphasis", "Tide")], '<title><hi rend="italic">Tide</hi> Tables</title>'),
        ([("date", "Tide"), ("emphasis", "Tide")], '<hi rend="italic"><date>Tide</date></hi> Tables'),
        ([("quotation", "Tide"), ("emphasis", "Tide")], '<q><hi rend="italic">Tide</hi></q> Tables'),
        (
            [("title", "Tide"), ("emphasis", "Tide"), ("emphasis", "Tide", {"rend": "bold"})],
            '<title rend="italic"><hi rend="bold">Tide</hi></title> Tables',
        ),
        (
            [("title", "Tide"), ("emphasis", "Tide"), ("person", "Tide")],
            '<title rend="italic"><persName>Tide</persName></title> Tables',
        ),
    ],
)
def test_other_emphasis_stays_an_element(tags, expected):
    made = tagged("Tide Tables", *tags)
    assert plain(made) == expected
    passes(made)


def test_emphasis_in_parts_stays_a_chain():
    """The second part could not point back to an attribute."""
    made = tagged("A Title|More", ("title", "A Title"), ("emphasis", "A TitleMore"))
    assert '<title><hi xml:id="emphasis-1" rend="italic" next="#emphasis-1.2">A Title</hi></title>' in text_of(made)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (("person", "Ann Lee", {}, "high"), "<docAuthor><persName>Ann Lee</persName></docAuthor>"),
        (
            ("person", "Ann Lee", {}, "low"),
            '<docAuthor><persName cert="low" resp="#teiprep">Ann Lee</persName></docAuthor>',
        ),
        (("person", "Lee", {}, "high"), "<docAuthor>Ann <persName>Lee</persName></docAuthor>"),
        (("person", "by", {}, "high"), "<docAuthor>Ann Lee</docAuthor>"),
    ],
)
def test_an_author_whose_name_is_tagged_is_not_vouched_for_twice(person, expected):
    made = document([("div", [("byline", "by Ann Lee"), ("p", "Text.")])])
    layer, quote, attributes, certainty = person
    tags = (tag("author", made, "Ann Lee"), tag(layer, made, quote, certainty=certainty, **attributes))
    made = replace(made, annotations=tags)
    assert f"{expected}</byline>" in text_of(made)
    vouched = '<docAuthor cert="high" resp="#teiprep">' in encode(made).decode()
    assert vouched == ("Lee" not in quote or certainty != "high")


def test_places_and_dates_in_a_dateline():
    made = document([("div", [("opener", [("dateline", "Dover, May 3, 1901.")]), ("p", "Sir.")])])
    made = replace(
        made,
        annotations=(
            tag("place", made, "Dover", certainty="medium"),
            tag("date", made, "May 3, 1901", when="1901-05-03"),
        ),
    )
    text = text_of(made)
    assert '<dateline><placeName cert="medium" resp="#teiprep">Dover</placeName>, <date when="1901-05-03">' in text
    passes(made)


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
    proofs.freeze(made, reading.read(reading.parse(encode(made))))


@pytest.mark.parametrize("parent", ["dateline", "byline", "docImprint"])
def test_speech_is_a_plain_q_where_tei_allows_no_more(parent):
    inside = (parent, "“late”")
    made = document([("front", [("titlePage", [inside])])] if parent == "docImprint" else [("div", [inside])])
    made = replace(made, annotations=(tag("quotation", made, "“late”", kind="said", who="per-x"),))
    assert "<q who=" in encode(made).decode()


def test_encoding_depends_on_nothing_but_the_document():
    made = tagged("ab“cd ef”", ("quotation", "“cd ef”"), ("emphasis", "ab“cd"))
    assert encode(made) == encode(replace(made))


def test_a_document_may_be_called_what_a_note_in_it_is_called():
    made = document([("p", "Text.")], name="fn-1", notes={"fn-1": [("p", "A note.")]})
    tei = encode(replace(made, notes=(note("fn-1", 5),)))
    assert b'xml:id="fn-1.tei"' in tei
    assert list(rules.check(reading.parse(tei))) == []
