"""Comparing TEI with a gold: every practice is read alike, every layer is counted as docs/evaluate.md says."""

import json
import random
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from teiprep import cli, pipeline
from teiprep.config import Config
from teiprep.evaluate import LAYERS, Count, Evaluation, Measure, Row, aligning, evaluate
from teiprep.evaluate.aligning import align, gaps
from teiprep.evaluate.reading import parse, read
from teiprep.evaluate.scoring import score
from teiprep.source import Source

ROOT = Path(__file__).parents[1]
SAMPLES = sorted(path for path in (ROOT / "raw").rglob("*") if path.suffix in {".txt", ".md"})
TEI = "http://www.tei-c.org/ns/1.0"


def reading(body, *, back="", apart="", namespace=TEI, root="TEI"):
    """A document with this body, read."""
    declared = f' xmlns="{namespace}"' if namespace else ""
    return read(
        parse(
            f"<{root}{declared}><teiHeader><p>Not the text.</p></teiHeader>{apart}"
            f"<text><body>{body}</body>{back and f'<back>{back}</back>'}</text></{root}>".encode()
        )
    )


def counts(ours, theirs):
    return score(ours, theirs).counts


def f1(ours, theirs):
    """F1 by layer, of the layers that one of the two has."""
    return {layer: round(Measure.of(count).f1, 3) for layer, count in counts(ours, theirs).items() if any(count[1:])}


# --- one content, many practices --------------------------------------------------------------------------------------

OURS = """
<div type="letter"><head>A Letter from the Lock</head>
 <opener><dateline>Hexley, <date when="1863-02-14">14 February 1863</date></dateline><salute>Dear Sir,</salute></opener>
 <p><pb n="7"/>Mr. <persName ref="#tull">Amos Tull</persName> came at noon.<note n="1" xml:id="n1">In the rain.</note>
 He said <said>“the sluice is inter<pb n="8" break="no"/>national,”</said> and we fifty laughed.</p>
 <p>The receipt<note n="2" xml:id="n2">Now in the chest; see note 1 above.</note> was for ten pounds.</p>
 <closer><salute>Yours ever,</salute><signed><persName ref="#hale">Ruth Hale</persName></signed></closer></div>
"""

PRACTICES = {
    "references and a division of notes": {
        "body": """
<div1><head>A Letter from the Lock</head>
 <opener><dateline>Hexley, <date when="1863-02-14T10:00:00">14 February 1863</date></dateline>
 <salute>Dear Sir,</salute></opener>
 <p><pb n="[7]"/>Mr. <name type="person" key="T1">Amos Tull</name> came at noon.<ref target="#a">1</ref>
 He said <q>“the sluice is inter-<pb n="8"/>national,”</q> and we fifty laughed.</p>
 <p>The receipt<ref target="#b">2</ref> was for ten pounds.</p>
 <closer><salute>Yours ever,</salute><signed><name type="person" key="H1">Ruth Hale</name></signed></closer></div1>""",
        "back": """<div type="notes"><head>Notes</head><note xml:id="a" n="1">1. In the rain.</note>
 <note xml:id="b" n="2">2. Now in the chest; see <ref target="#a">note 1</ref> above.</note></div>""",
    },
    "notes that point to anchors, in standOff": {
        "body": """
<div><head>A Letter from the Lock</head><opener><dateline>Hexley, <date from="1863-02-14" to="1863-02-14">14
 February 1863</date></dateline><salute>Dear Sir,</salute></opener>
 <ab><milestone unit="page" n="7"/>Mr. <rs type="person" ref="p.xml#t">Amos Tull</rs> came at noon.<anchor xml:id="x"/>
 He said “<quote>the sluice is inter<milestone unit="page" n="8" break="no"/>national</quote>,” and we
 <choice><sic>fivty</sic><corr>fifty</corr></choice> laughed.</ab>
 <ab>The receipt<anchor xml:id="y"/> was for ten pounds.</ab>
 <closer><salute>Yours ever,</salute><signed><rs type="person" ref="p.xml#h">Ruth Hale</rs></signed></closer></div>""",
        "apart": """<standOff><listPerson><person xml:id="t"><persName>Tull, Amos</persName></person></listPerson>
 <note target="#x">In the rain.</note><note target="#y">Now in the chest; see note 1 above.</note></standOff>""",
    },
    "P4 without a namespace": {
        "root": "TEI.2",
        "namespace": "",
        "body": """
<div0><head>A Letter from the Lock</head><opener><dateline>Hexley, <date value="1863-02-14">14 February
 1863</date></dateline><salute>Dear Sir,</salute></opener>
 <p><pb n="7"/>Mr. <name type="person" key="T1">Amos Tull</name> came at noon.<ptr target="n1"/> He said
 <q>“the sluice is inter-<pb n="8"/><fw>A LETTER</fw>national,”</q> and we fifty laughed.</p>
 <note id="n1" place="foot" n="1">In the rain.</note>
 <p>The receipt<note n="2">Now in the chest; see note 1 above.</note> was for ten pounds.</p>
 <closer><salute>Yours ever,</salute><signed><name type="person" key="H1">Ruth Hale</name></signed></closer></div0>""",
    },
    "diplomatic, with segments, choices and cut paragraphs": {
        "body": """
<div><head>A Letter from<lb/>the Lock</head><opener><dateline>Hexley, <date notBefore="1863-02-14"
 notAfter="1863-02-14">14 February 1863</date></dateline><salute>Dear Sir,</salute></opener>
 <p part="I"><s><pb n="7"/>Mr. <persName key="a">Amos Tull</persName> came at <del>one</del><add>noon</add>.<seg
 type="noteAnchor" corresp="#f1">*</seg></s> <seg>He said <q>“the sluice is inter-<lb break="no"/><pb n="8"
 break="no"/>national,”</q></seg></p>
 <p part="F">and we <choice><orig>ﬅ</orig><reg>fifty</reg></choice> <unclear>laughed</unclear>.</p>
 <p>The re-<lb/>ceipt<seg type="noteAnchor" corresp="#f2">*</seg> was for <supplied>ten</supplied> pounds.<gap/></p>
 <closer><salute>Yours ever,</salute><signed><persName key="b">Ruth Hale</persName></signed></closer>
 <noteGrp><note xml:id="f1"><label>*</label> In the rain.</note>
 <note xml:id="f2">* Now in the chest; see note 1 above.</note></noteGrp></div>""",
    },
}


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES)
@pytest.mark.parametrize("turned", [False, True])
def test_practices_say_the_same(practice, turned):
    pair = [reading(OURS), reading(**practice)]
    figures = f1(*(pair[::-1] if turned else pair))
    assert {layer: value for layer, value in figures.items() if value != 1} == {}
    assert set(LAYERS) - {"opener", "closer"} <= set(figures)


def test_a_corpus_is_read_as_all_its_texts():
    one = "<TEI><text><body><p>A lamp.</p></body></text></TEI>"
    two = "<TEI><text><group><text><body><p>A bell.</p></body></text></group></text></TEI>"
    corpus = read(parse(f"<teiCorpus xmlns='{TEI}'><teiHeader/>{one}{two}</teiCorpus>".encode()))
    assert corpus.text == "A lamp. A bell."
    assert len(corpus.breaks) == 1


def test_a_fragment_is_read():
    assert read(parse(b"<div><p>A lamp.</p></div>")).text == "A lamp."


@pytest.mark.parametrize("data", [b"<html><body>No</body></html>", b"<TEI><facsimile/></TEI>"])
def test_what_is_no_transcription_is_refused(data):
    with pytest.raises(Exception, match=r"text|no TEI") as error:
        read(parse(data))
    assert error.value.code == "source-empty"


def test_entities_are_characters_by_name_and_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    data = f"""<!DOCTYPE TEI.2 SYSTEM "http://192.0.2.1/tei2.dtd" [<!ENTITY out SYSTEM "{secret.as_uri()}">
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<TEI.2><text><body><p>Hale &mdash; &out; &b; &unknown; end</p></body></text></TEI.2>"""
    assert read(parse(data.encode())).text == "Hale - \ufffd \ufffd \ufffd end"


# --- reading, one thing at a time -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>mill-<lb/>wright</p>", "millwright"),
        ("<p>mill-\n  <lb/>wright</p>", "millwright"),
        ("<p>mill\n <lb break='no'/>\n wright</p>", "millwright"),
        ("<p>Mill-<lb/>Wright</p>", "Mill- Wright"),
        ("<p>mill<lb/>wright</p>", "mill wright"),
        ("<p>mill<pb/>wright</p>", "millwright"),
        ("<p>a <choice>\n<abbr>Mr</abbr>\n<expan>Mister</expan>\n</choice>, yes</p>", "a Mister, yes"),
        ("<p>a <app><rdg>b</rdg><lem>c</lem></app></p>", "a c"),
        ("<p>a <subst><del>b</del> <add>c</add></subst></p>", "a c"),
        ("<p>see <ref target='#n'>the note below</ref></p><note xml:id='n'>x</note>", "see the note below"),
        ("<p>lost<ref type='noteAnchor'>4</ref> one</p>", "lost one"),
        ("<p>one</p><!-- no --><?no no?><p>two</p>", "one two"),
        ("<list><label>1.</label><item>one</item><label>2.</label><item>two</item></list>", "1. one 2. two"),
        ("<p>“A ‘b’ c”</p>", "A b c"),
    ],
)
def test_text(body, text):
    assert reading(body).text == text


@pytest.mark.parametrize(
    ("body", "starts"),
    [
        ("<p>one</p><p>two</p>", ["two"]),
        ("<list><label>1.</label><item>one</item><label>2.</label><item>two</item></list>", ["2. two"]),
        ("<p>he <q>said</q> so</p>", []),
        ("<p>he</p><quote><p>said</p></quote><p>so</p>", ["said", "so"]),
        ("<p>he <quote rend='block'>said</quote> so</p>", ["said", "so"]),
        ("<lg><l>one</l><l>two</l></lg>", ["two"]),
        ("<p part='I'>one</p><pb/><p part='F'>two</p>", []),
        ("<p>one</p><note place='inline'>two</note><p>three</p>", ["two", "three"]),
        ("<p>one <stage>two</stage> three</p>", []),
    ],
)
def test_blocks(body, starts):
    found = reading(body)
    ends = [*(each.at for each in found.breaks[1:]), len(found.text)]
    assert [found.text[each.at : end].strip() for each, end in zip(found.breaks, ends, strict=False)] == starts


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        ("<p>one<note>x</note> two</p>", [("one", "x")]),
        ("<p>one<ref target='#n'>1</ref> two<note xml:id='n'>x</note> three</p>", [("one", "x")]),
        ("<p>one<note xml:id='n'>x</note> two <ref target='#n'>1</ref></p>", [("one", "x")]),
        ("<p>one<note n='3'>3. x</note></p>", [("one", "x")]),
        ("<p>one<note n='3'>1863 was wet</note></p>", [("one", "1863 was wet")]),
        ("<p>one<note>x<note>y</note></note></p>", [("one", "x"), ("one", "y")]),
        ("<p>one<hi rend='sup' xml:id='r'>1</hi> two</p><note target='#r'>x</note>", [("one", "x")]),
        ("<p>one <seg xml:id='r'>two</seg> three</p><note target='#r'>x</note>", [("one two", "x")]),
        ("<p>one</p><note type='unanchored'>x</note>", [(None, "x")]),
        ("<p>one</p><div type='notes'><p><note>x</note></p></div>", [(None, "x")]),
        ("<p>one</p><note target='#nowhere'>x</note>", [("one", "x")]),
        ("<p>one<note/></p>", [("one", "")]),
    ],
)
def test_notes(body, notes):
    found = reading(body)
    assert [(None if n.at is None else found.text[: n.at], n.body) for n in found.notes] == notes


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ('when="1863-02-14T10:00:00"', "1863-02-14"),
        ('from="1863-02" to="1863-03"', "1863-02/1863-03"),
        ('notBefore="1863"', "1863/"),
        ('when-iso="1863"', "1863"),
        ("", None),
    ],
)
def test_dates(tag, value):
    (span,) = reading(f"<p>on <date {tag}>a day</date></p>").spans["dates"]
    assert span.value == value


def test_gatherings_are_pages_only_where_there_are_none():
    assert len(reading("<p><gb n='A'/>one <pb n='1'/>two</p>").pages) == 1
    assert len(reading("<p><gb n='A'/>one <gb n='B'/>two</p>").pages) == 2


# --- counting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs", "layer", "count"),
    [
        ("<p>one two</p>", "<p>one tvo</p>", "text", (6, 7, 7)),
        ("<p>one <pb n='3'/>two</p>", "<p>one <pb n='4'/>two</p>", "pages", (0, 1, 1)),
        ("<p>one <pb n='3'/>two</p>", "<p>one <pb n='4'/>two</p>", "pages_position", (1, 1, 1)),
        ("<p>one two three <pb n='3'/>four</p>", "<p>one <pb n='3'/>two three four</p>", "pages", (0, 1, 1)),
        ("<p>one THE HEAD <pb n='3'/>two</p>", "<p>one <pb n='3'/>two</p>", "pages", (1, 1, 1)),
        ("<p>one<note>It is so.</note></p>", "<p>one<note>It is not so at all.</note></p>", "notes", (0, 1, 1)),
        ("<p>one<note>It is so.</note></p>", "<p>one<note>It is not so at all.</note></p>", "notes_anchor", (1, 1, 1)),
        ("<p>one two three<note>So.</note></p>", "<p>one<note>So.</note> two three</p>", "notes_body", (1, 1, 1)),
        ("<p>one two three<note>So.</note></p>", "<p>one<note>So.</note> two three</p>", "notes", (0, 1, 1)),
        ("<p>one</p><note type='unanchored'>So.</note>", "<p>one<note>So.</note></p>", "notes_anchor", (0, 0, 1)),
        (
            "<p>one</p><note type='unanchored'>So.</note>",
            "<p>one</p><note type='unanchored'>So.</note>",
            "notes",
            (1, 1, 1),
        ),
        ("<p>one two</p>", "<p>one</p><p>two</p>", "paragraphs", (0, 1, 2)),
        (
            "<p>one <list><item>two</item></list> or</p>",
            "<p>one</p><list><item>two</item></list><p>or</p>",
            "paragraphs",
            (2, 2, 2),
        ),
        ("<p>one <q><p>two</p></q></p>", "<p>one</p><q><p>two</p></q>", "paragraphs", (2, 2, 2)),
        ("<div><p part='I'>one</p></div><div><p part='F'>two</p></div>", "<p>one two</p>", "paragraphs", (1, 1, 1)),
        ("<p part='I'>one</p><head>so</head><p part='F'>two</p>", "<p>one so two</p>", "paragraphs", (0, 2, 1)),
        ("<p>one two</p>", "<p>one</p><p>two</p>", "blocks", (0, 0, 1)),
        ("<p>one</p><p>RUNNING</p><p>two</p>", "<p>one</p><p>two</p>", "paragraphs", (2, 3, 2)),
        ("<head>Of Mills</head>", "<head>Of Mills and</head>", "head", (0, 1, 1)),
        ("<head>Of Mills and Men</head>", "<head>Of Mills and Me</head>", "head", (1, 1, 1)),
        ("<p><persName>Mr. Hale</persName>,</p>", "<p>Mr. <persName>Hale,</persName></p>", "persons", (1, 1, 1)),
        ("<p><persName>Mr.</persName> Hale</p>", "<p>Mr. <persName>Hale</persName></p>", "persons_overlap", (0, 1, 1)),
        ("<p><persName>A <persName>Hale</persName></persName></p>", "<p>A Hale</p>", "persons", (0, 1, 0)),
        ("<p>on <date>4 May</date> 1863</p>", "<p>on <date>4 May 1863</date></p>", "dates", (0, 1, 1)),
        ("<p>on <date>4 May</date> 1863</p>", "<p>on <date>4 May 1863</date></p>", "dates_overlap", (1, 1, 1)),
        ("<p><date when='1863'>May</date></p>", "<p><date when='1864'>May</date></p>", "dates_when", (0, 1, 1)),
        ("<p>“<q>So</q>.”</p>", "<p><quote>“So.”</quote></p>", "quotes", (1, 1, 1)),
    ],
)
def test_counts(ours, theirs, layer, count):
    assert counts(reading(ours), reading(theirs))[layer] == count
    turned = counts(reading(theirs), reading(ours))[layer]
    assert layer == "text" or turned == (count[0], count[2], count[1])


def test_persons_are_the_same_if_their_keys_go_together():
    def text(*keys):
        return reading("<p>" + " and ".join(f"<persName ref='#{key}'>Hale</persName>" for key in keys) + "</p>")

    assert counts(text("a", "b", "a"), text("x", "y", "x"))["persons_ref"] == (3, 3, 3)
    assert counts(text("a", "a", "a"), text("x", "y", "x"))["persons_ref"] == (2, 3, 3)
    assert counts(text("a", "b", "a"), text("x", "x", "x"))["persons_ref"] == (2, 3, 3)


def test_many_notes_that_say_the_same_are_told_apart_by_their_places():
    words = [f"w{number}word" for number in range(400)]
    gold = reading("<p>" + " ".join(f"{word}<note>Not printed.</note>" for word in words) + "</p>")
    ours = reading(
        "<p>" + " ".join(f"{word}{'<note>Not printed.</note>' * (k % 2)}" for k, word in enumerate(words)) + "</p>"
    )
    assert counts(ours, gold)["notes"] == (200, 200, 400)


# --- damage -----------------------------------------------------------------------------------------------------------


def damaged(text, share, seed):
    chance = random.Random(seed)
    return "".join(chance.choice(["", char * 2, "x"]) if chance.random() < share else char for char in text)


def letter(words, seed, share=0.0, cut=slice(0, 0)):
    """Paragraphs of invented words with notes, pages and persons; the text damaged, some paragraphs cut out."""
    chance = random.Random(words)
    syllables = ["tu", "ll", "ha", "le", "tho", "rne", "pi", "ke", "do", "ca", "rr", "ow", "me", "ri", "st"]
    paragraphs = []
    for number in range(words // 50):
        said = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(50)]
        said = [damaged(word, share, f"{seed}{number}{k}") for k, word in enumerate(said)]
        said[10] = f"<persName>{said[10]}</persName>"
        said[20] += f"<note>{' '.join(said[30:36])}</note>"
        said[40] = f"<pb n='{number}'/>{said[40]}"
        paragraphs.append(f"<p>{' '.join(said)}</p>")
    del paragraphs[cut]
    return reading("".join(paragraphs))


def test_a_damaged_text_is_aligned():
    figures = f1(letter(3000, 1, share=0.08), letter(3000, 1))
    assert 0.85 < figures["text"] < 0.95
    assert min(figures[layer] for layer in ("pages", "notes_anchor", "paragraphs", "blocks", "persons_overlap")) > 0.95


def test_a_missing_passage_costs_only_itself():
    found = counts(letter(3000, 1, share=0.02, cut=slice(10, 20)), letter(3000, 1))
    assert found["paragraphs"].gold == 60
    assert found["paragraphs"].right >= 49
    assert found["pages"].right >= 49


def test_every_sample_is_perfect_against_itself():
    for path in SAMPLES:
        tei = pipeline.produce(Source.decode(path.name, path.read_bytes()), Config(), "sample", {}).tei
        found = read(parse(tei))
        assert found.text
        for layer, count in counts(found, found).items():
            assert count.right == count.predicted == count.gold, (path, layer, count)


def test_nothing_and_something():
    nothing, something = reading("<p/>"), letter(500, 1)
    for ours, theirs in ((nothing, something), (something, nothing), (nothing, nothing)):
        for layer, count in counts(ours, theirs).items():
            if layer != "text":
                assert count.right == 0
    assert counts(nothing, something)["text"].right == 0


def test_unrelated_texts_end_soon_and_low():
    chance = random.Random(3)
    texts = ["".join(chance.choices("etaoinshrdlu      ", k=200_000)) for _ in range(2)]
    began = time.monotonic()
    figures = f1(*(reading(f"<p>{text}</p>") for text in texts))
    assert time.monotonic() - began < 60  # a quadratic comparison would take an hour
    assert figures["text"] < 0.5


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a" * 200_000, "a" * 75_000 + "b" + "a" * 100_000),
        ("ab" * 75_000, "abc" * 50_000),
        ("x" * 10, "the lamp was lit " * 50_000),
        ("the lamp was lit " * 10_000, "lit was lamp the " * 10_000),
    ],
)
def test_killers_of_alignments(one, two):
    began = time.monotonic()
    found = align(one, two)
    assert time.monotonic() - began < 60
    assert found.edits <= max(len(one), len(two))


# --- the alignment itself ---------------------------------------------------------------------------------------------


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, char in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (char != other))
    return row[-1]


short = st.text("ab c", max_size=25)


@given(short, short)
def test_an_alignment_has_the_fewest_edits_and_is_the_same_from_both_sides(a, b):
    found, turned = align(a, b), align(b, a)
    assert found.edits == turned.edits == distance(a, b)
    assert [(run.b_start, run.a_start, run.length) for run in turned.runs] == [run[:3] for run in found.runs]
    rebuilt, at = "", 0
    for i, k, j, end in gaps(found.runs, len(a), len(b)):
        rebuilt += a[at:i] + b[j:end]
        at = k
    assert rebuilt + a[at:] == b


@given(st.lists(short, max_size=6), st.lists(short, max_size=6))
@settings(max_examples=50)
def test_anchors_and_windows_give_true_pairs(parts, others):
    a, b = " the lamp was lit at Hexley ".join(parts), " the lamp was lit at Hexley ".join(others)
    before = aligning._SHORT, aligning._WINDOW, aligning._KEPT
    aligning._SHORT, aligning._WINDOW, aligning._KEPT = 4, 12, 9
    try:
        found = align(a, b)
    finally:
        aligning._SHORT, aligning._WINDOW, aligning._KEPT = before
    at = (0, 0)
    for run in found.runs:
        assert run.length > 0
        assert run.a_start >= at[0]
        assert run.b_start >= at[1]
        at = run.a_start + run.length, run.b_start + run.length
        if run.same:
            assert a[run.a_start : at[0]] == b[run.b_start : at[1]]
    assert at[0] <= len(a)
    assert at[1] <= len(b)


WORDS = st.lists(st.sampled_from(["Hale", "came", "at", "noon,", "Mr.", "Tull", "said", "so"]), min_size=1, max_size=6)
PIECES = st.sampled_from(
    ["{}", "<persName>{}</persName>", "<q>{}</q>", "<date when='1863'>{}</date>", "{}<note>{}</note>"]
)
BLOCKS = st.sampled_from(
    ["<p>{}</p>", "<head>{}</head>", "<p><pb n='2'/>{}</p>", "<signed>{}</signed>", "<item>{}</item>"]
)


@st.composite
def bodies(draw):
    blocks = []
    for _ in range(draw(st.integers(0, 4))):
        pieces = [draw(PIECES).replace("{}", " ".join(draw(WORDS))) for _ in range(draw(st.integers(1, 3)))]
        blocks.append(draw(BLOCKS).replace("{}", " ".join(pieces)))
    return "".join(blocks)


@given(bodies(), bodies())
@settings(max_examples=80)
def test_precision_one_way_is_recall_the_other_way(one, two):
    one, two = reading(one), reading(two)
    there, back = counts(one, two), counts(two, one)
    for layer in set(LAYERS) - {"text"}:
        assert there[layer] == (back[layer].right, back[layer].gold, back[layer].predicted), layer
        assert 0 <= there[layer].right <= min(there[layer][1:])
    for layer in ("notes", "persons", "dates", "quotes"):
        assert all(
            there[layer].right <= there[each].right for each in LAYERS if each in {f"{layer}_overlap", f"{layer}_body"}
        )
    same = counts(one, one)
    assert all(count.right == count.predicted == count.gold for count in same.values())


# --- all together -----------------------------------------------------------------------------------------------------


def test_intervals_are_stable_and_hold_the_figure():
    rows = [Row(f"d{k}", {layer: Count(k % 4 + 5, 10, 10) for layer in LAYERS}) for k in range(20)]
    one, two = (Evaluation(rows, [], ("pages",), resamples=200) for _ in range(2))
    assert one.intervals == two.intervals
    low, high = one.intervals["pages"][2]
    assert 0.55 < low < Measure.of(one.totals["pages"]).f1 < high < 0.75
    assert Evaluation(rows[:1], [], ("pages",)).intervals["pages"] == (None, None, None)


# --- the command ------------------------------------------------------------------------------------------------------


def tei(body):
    return f'<TEI xmlns="{TEI}"><text><body>\n{body}\n</body></text></TEI>'


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli.main, ["evaluate", *map(str, arguments)])


@pytest.fixture
def folders(tmp_path):
    for name, body in {
        "pred/tei/a.xml": "<p>The lamp<note>Of oil.</note> was lit.</p>",
        "gold/a.tei.xml": "<p>The lamp<note>Of oil.</note> was lit.</p>",
        "pred/tei/b.xml": "<p>The bell was rung by Tull.</p>",
        "gold/b.xml": "<p>The <pb n='2'/>bell<note>Of iron.</note> was rung by <persName>Tull</persName>.</p>",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(tei(body))
    return tmp_path


def test_a_table(run, folders):
    result = run("pred", "gold")
    assert result.exit_code == 0, result.output
    assert re.search(r"^notes +1\.0000 +0\.5000 +0\.6666 +n/a +1 +1 +2$", result.stdout, re.MULTILINE) or re.search(
        r"^notes +1\.0000 +0\.5000 +0\.6666 +0\.\d{4}–1\.0000 +1 +1 +2$", result.stdout, re.MULTILINE
    )
    assert "2 documents" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_one_file_has_no_intervals_and_a_row_for_each_document(run, folders):
    result = run("pred/tei/b.xml", "gold/b.xml", "--per-document", "--layer", "notes")
    assert result.exit_code == 0
    assert "n/a" in result.stdout
    assert "they need two documents" in result.stdout
    assert re.search(r"^b$", result.stdout, re.MULTILINE)
    assert "pages" not in result.stdout


def test_json_is_described(run, folders, root):
    data = json.loads(run("pred", "gold", "--format", "json", "--errors", "3").stdout)
    assert data["format"] == "teiprep-evaluation/1"
    assert data["layers"]["notes"]["recall"] == 0.5
    assert data["per_document"][1]["layers"]["persons"] == {
        "right": 0,
        "predicted": 0,
        "gold": 1,
        "precision": None,
        "recall": 0.0,
        "f1": 0.0,
    }
    page = (root / "docs/evaluate.md").read_text(encoding="utf-8")

    def keys(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from keys(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    assert {key for key in keys(data) if f"`{key}`" not in page} == set()


def test_markdown(run, folders):
    lines = run("pred", "gold", "--format", "markdown", "--per-document").stdout.splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert len({line.count("|") for line in table}) == 1
    assert table[1].startswith("| --- | ---: |")
    assert any(line.startswith("| **a** |") for line in table)


def test_errors_name_place_and_text(run, folders):
    out = run("pred", "gold", "--errors", "5").stdout
    assert "gold/b.xml:2: missing (page 2) The bell was rung by “Tull”." in out
    assert "gold/b.xml:2: missing (page 2) Of iron." in out
    assert "gold/b.xml:2: missing" in run("pred", "gold", "--errors", "1", "--layer", "pages").stdout
    wrong = run("gold", "pred", "--errors", "5", "--layer", "notes").stdout
    assert "gold/b.xml:2: extra (page 2) Of iron." in wrong


def test_errors_hold_nothing_that_a_terminal_obeys(run, tmp_path):
    (tmp_path / "a.xml").write_text(tei("<p>one</p>"))
    (tmp_path / "b.xml").write_text(tei("<p>one <pb n='4\x9b2J'/>t\x9b31mw\u202eo</p>"))
    out = run("a.xml", "b.xml", "--errors", "5").stdout
    assert "(page 42j)" in out
    assert not {"\x9b", "\u202e"} & set(out)


def test_every_layer_is_documented(root):
    page = (root / "docs/evaluate.md").read_text(encoding="utf-8")
    assert [layer for layer in LAYERS if f"`{layer}`" not in page] == []


@pytest.mark.parametrize(
    ("least", "code", "message"),
    [
        (["notes=0.5", "text=0.9"], 0, ""),
        (["notes=0.9"], 1, "notes is 0.6667, less than 0.9"),
        (["quotes=0.9"], 1, "the gold has nothing of it"),
        (["notes"], 2, "is not LAYER=NUMBER"),
        (["notes=2"], 2, "is not LAYER=NUMBER"),
        (["nonsense=0.9"], 2, "is not one of text, pages"),
    ],
)
def test_least(run, folders, least, code, message):
    result = run("pred", "gold", *(part for each in least for part in ("--min", each)))
    assert (result.exit_code, message in result.stderr) == (code, True), result.output


def test_missing_malformed_and_extra_files_are_named(run, folders):
    (folders / "pred/tei/b.xml").rename(folders / "pred/tei/c.xml")
    (folders / "pred/tei/a.xml").write_text("<TEI>\n<p>no")
    (folders / "gold/d.xml").write_text("<html/>")
    result = run("pred", "gold")
    assert result.exit_code == 1
    assert "gold/b.xml: error prediction-missing" in result.stderr
    assert re.search(r"pred/tei/a\.xml:\d+: error xml-malformed", result.stderr)
    assert "gold/d.xml: error source-empty" in result.stderr
    assert "pred/tei/c.xml: warning prediction-extra" in result.stderr
    assert "2 documents, 2 without a prediction" in result.stdout
    assert re.search(r"^notes .* 0 +0 +2$", result.stdout, re.MULTILINE)


def test_an_extra_file_alone_is_no_error(run, folders):
    (folders / "pred/tei/c.xml").write_text(tei("<p>More</p>"))
    assert run("pred", "gold").exit_code == 0


def test_names_that_are_there_twice_go_by_their_paths(run, tmp_path):
    for name in ("x/a", "y/a"):
        for side in ("pred", "gold"):
            path = tmp_path / side / f"{name}.xml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(tei(f"<p>{name} lamp</p>"))
    result = run("pred", "gold", "--layer", "text", "--min", "text=1")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("pred", "gold/b.xml"),
        ("pred/tei/b.xml", "gold"),
        ("pred", "nowhere"),
        ("pred", "empty"),
        ("pred", "gold", "--layer", "nonsense"),
        ("pred", "gold", "--confidence", "1"),
        ("pred", "gold", "--bootstrap", "0"),
        ("pred/tei/a.xml", "gold/a.tei.xml", "-o", "gold/a.tei.xml"),
    ],
)
def test_wrong_use(run, folders, arguments):
    (folders / "empty").mkdir()
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr
    assert "Traceback" not in result.output


def test_output_goes_to_a_file(run, folders):
    assert run("pred", "gold", "-o", "report.txt").stdout == ""
    assert (folders / "report.txt").read_text(encoding="utf-8").startswith("layer ")


def test_the_same_files_give_the_same_report(run, folders):
    assert run("pred", "gold", "--format", "json").stdout == run("pred", "gold", "--format", "json").stdout


def test_progress_is_told_for_every_document(folders):
    told = []
    evaluate(folders / "pred", folders / "gold", progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2)]
