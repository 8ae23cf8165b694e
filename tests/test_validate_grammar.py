"""Where a document leaves its schema, and what a person reads about it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from teiprep import resources, tei
from teiprep.document import BODY, Annotation
from teiprep.tei.reading import TEI
from teiprep.validate import grammar
from teiprep.validate.locate import Locator
from tests.cases import load
from tests.make import document, note

EDITION = Path(__file__).parent / "cases/validate/edition.rng"
OURS = resources.path("schemas/teiprep.rng")
BEFORE = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A Letter</title></titleStmt>\
<publicationStmt><p>none</p></publicationStmt><sourceDesc><p>own</p></sourceDesc></fileDesc></teiHeader><text><body>
"""
BEHIND = "\n</body></text></TEI>"


def told(text, schema, before=0):
    """`line:column message` for each finding; lines are counted behind the first `before`."""
    data = text.encode()
    root = etree.fromstring(data, etree.XMLParser(collect_ids=False))
    remarks = grammar.check(root, schema)
    return [f"{each.line - before}:{each.column} {each.message}" for each in Locator(root, data).findings(remarks, "a")]


@pytest.mark.parametrize("case", load("validate/grammar.toml"))
def test_the_whole_message(case):
    xml = case["xml"]
    found = told(xml, EDITION) if xml.startswith("<TEI") else told(BEFORE + xml + BEHIND, EDITION, 1)
    assert found == case["found"]


def test_the_cases_are_many():
    kinds = {case.id.split("-")[1] for case in load("validate/grammar.toml")}
    assert {"element", "early", "attribute", "value", "lacking", "text", "incomplete", "right"} <= kinds
    assert len(load("validate/grammar.toml")) > 75


def test_a_place_is_given_in_characters_and_over_many_lines():
    text = "é" * 30 + "\n" * 70_000 + "𝔛 <date\n when='soon'\n>then</date>"
    [found] = told(f"{BEFORE}<p>{text}</p>{BEHIND}", EDITION, 1)
    assert found.startswith("70001:3 ")


def test_stray_text_behind_a_comment_is_found_where_it_stands():
    text = "<div><p>x</p>\n<!-- c -->\nstray</div><div><!-- d -->\nloose <p>y</p></div>"
    found = told(BEFORE + text + BEHIND, EDITION, 1)
    assert [each[:19] for each in found] == ["3:1 The text “stray", "4:1 The text “loose"]


def crowded(flow):
    """The TEI of a paragraph, or a note, with thousands of tags."""
    words = "ferry " * 4000
    made = document([("p", words), ("p", "At dusk.")], notes={"fn-1": [("p", words)]})
    tags = tuple(Annotation(f"p-{k}", "place", flow, 6 * k, 6 * k + 5) for k in range(4000))
    return tei.encode(replace(made, notes=(note("fn-1", len(words) + 4),), annotations=tags))


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("<hi>ferry</hi>", "lacks the attribute rend"),
        ("<item>ferry</item>", "<item> may not stand in <p>"),
        ("<p>ferry</p>", "<p> may not stand in <p>"),
        ("<docAuthor>ferry</docAuthor>", "<docAuthor> may not stand in <p>"),
        ("<gap/>", "<gap> is no element"),
    ],
)
def test_what_is_wrong_among_thousands_of_tags_is_found(bad, said):
    good = '<placeName cert="high" resp="#teiprep">ferry</placeName> '
    text = crowded(BODY).decode()
    head, *rest = text.split(good)
    assert len(rest) == 4000
    text = head + good * 2500 + f"\n{bad} " + good * 1499 + rest[-1]
    [found] = told(text, OURS)
    assert found.startswith(f"{text[: text.index(bad)].count(chr(10)) + 1}:1 ")
    assert said in found


def test_of_a_great_many_mistakes_the_first_are_explained():
    found = told(f"{BEFORE}{'<p><xyz/></p>' * 5000}{BEHIND}", EDITION)
    assert len(found) == 5000
    assert sum("Allowed here" in each for each in found) == 1000  # nobody reads more in full


@pytest.mark.parametrize(
    "xml",
    [
        "<div><!-- first --> <!-- second -->The ferry<p>x</p></div>",
        "<div><p>x</p><!-- then --> The ferry<!-- 3 --></div>",
    ],
)
def test_text_behind_a_comment_is_quoted(xml):
    [found] = told(BEFORE + xml + BEHIND, EDITION, 1)
    assert "The text “The ferry” stands in <div>" in found


#: What stands in a body, or all of <text>, <sourceDesc> or <publicationStmt>; and what is said of it by all of TEI.
BY_ALL_OF_TEI = [
    ("<div><div1><p>x</p></div1></div>", "<div1> may not stand in <div>. It belongs in <body>, <front> or <back>."),
    (
        "<publicationStmt><publisher>x</publisher><p>y</p></publicationStmt>",
        "<publicationStmt> may hold either <publisher> or <p>, not both.",
    ),
    (
        "<publicationStmt><p>y</p><availability><p>x</p></availability></publicationStmt>",
        "<availability> may not stand at this place in <publicationStmt>.",
    ),
    (
        "<sourceDesc><p>a</p><bibl>b</bibl></sourceDesc>",
        "<bibl> may not come after <p> in <sourceDesc>. Put it into a <p>.",
    ),
    (
        "<sourceDesc><biblStruct><title>x</title></biblStruct></sourceDesc>",
        "<title> may not stand in <biblStruct>. Put it into a <monogr>.",
    ),
    (
        "<sourceDesc><dateline>x</dateline></sourceDesc>",
        "<dateline> may not stand in <sourceDesc>. It belongs in <opener> or <closer>.",
    ),
    ("<text><p>x</p></text>", "<p> may not stand in <text>. Put it into a <body>."),
    ("<div><p>We rowed <head>The Ferry</head> home.</p></div>", "<head> may not stand in <p>. It belongs in <div>."),
    ("<p><floatingText><p>x</p></floatingText></p>", "<p> may not stand in <floatingText>. Put it into a <body>."),
    ("<div><p>x</p><closer>y <ab>z</ab></closer></div>", "<ab> may not stand in <closer>."),
    ("<table><row><pb/><cell>1</cell></row></table>", "<pb> may not stand in <row>. Put it into a <cell>."),
    ("<list><item>oars</item><p>ropes</p></list>", "<p> may not stand in <list>. Put it into an <item>."),
    (
        "<list><item>oars</item><label>2</label><item>ropes</item></list>",
        "<label> may not come after <item> in <list>. Give each <item> its <label>, or none.",
    ),
    ("<p>At <u>dusk</u></p>", '<u> may not stand in <p>. If underlining is meant, write <hi rend="underline">.'),
    ("<lg><line>At dusk</line></lg>", "<line> may not stand in <lg>. If a line of verse is meant, write <l>."),
    ("<p>At<br/>dusk</p>", "<br> is no element of this schema. In TEI P5 it is called <lb>."),
    ("<p>At <em>dusk</em></p>", '<em> is no element of this schema. In TEI P5 it is <hi rend="italic">.'),
    (
        "<p>A <choice/></p>",
        (
            "<choice> is empty: <abbr>, <am>, <choice>, <corr>, <ex>, <expan>, <orig>, <reg>, <seg>,"
            " <sic>, <supplied> or <unclear> must stand in it."
        ),
    ),
    ('<p><date value="1863">then</date></p>', "<date> may not have the attribute value. In TEI P5 it is when."),
    (
        '<p><name reg="Tull">T.</name></p>',
        (
            "<name> may not have the attribute reg. In TEI P5 it is an element:"
            " <choice><orig>…</orig><reg>…</reg></choice>."
        ),
    ),
    (
        '<p><date when="63">then</date></p>',
        (
            'when="63" on <date> is not allowed. It must be a date such as 1863, 1863-05, 1863-05-04 or --05-04;'
            " if the year 63 is meant, write 0063."
        ),
    ),
    (
        '<p xml:lang="en_GB">x</p>',
        'xml:lang="en_GB" on <p> is not allowed. It must be a language tag such as en or de-AT; write en-GB.',
    ),
    (
        "<p><address>Dover</address></p>",
        (
            "The text “Dover” stands in <address>, which may not hold text of its own. Put it"
            " into an <addrLine>, or take it away."
        ),
    ),
    (
        '<listRelation><relation name="ally" active="#a" mutual="#b"/></listRelation>',
        "<relation> may not have mutual together with active. Take one of them away.",
    ),
]


def by_all_of_tei(xml, schema):
    """The messages about a document with this in it, but for the list of what is allowed."""
    text = BEFORE + "<p>x</p>" + BEHIND
    tag = re.match(r"<(\w+)", xml)[1]
    if tag in {"text", "sourceDesc", "publicationStmt"}:
        text = re.sub(f"<{tag}>.*</{tag}>", lambda _: xml, text, flags=re.DOTALL)
    else:
        text = text.replace("<p>x</p>", xml)
    root = etree.fromstring(text, etree.XMLParser(collect_ids=False))
    return [each.message.partition(" Allowed here")[0] for each in grammar.check(root, schema)]


@pytest.mark.parametrize(("xml", "said"), BY_ALL_OF_TEI)
def test_by_all_of_tei(xml, said, shared):
    schema = shared / "tei/tei_all.rng"
    if not schema.is_file():
        pytest.skip(f"no {schema}: the schema of all of TEI is not in this checkout")
    assert by_all_of_tei(xml, schema)[0] == said


def obeyed(node, message):
    """Do what a message says about an element; whether it said something that can be done so."""
    parent = node.getparent()
    if found := re.search(r"[Mm]ove it before <(\w+)>", message):
        next(each for each in node.itersiblings(preceding=True) if each.tag == f"{TEI}{found[1]}").addprevious(node)
    elif found := re.search(r"[Pp]ut it into an? <(\w+)>", message):
        around = etree.Element(f"{TEI}{found[1]}")
        parent.replace(node, around)
        around.append(node)
    elif "End <" in message:
        rest = etree.Element(parent.tag)
        rest.text, node.tail = node.tail, None
        rest.extend(node.itersiblings())
        parent.addnext(node)
        if len(rest) or (rest.text or "").strip():
            node.addnext(rest)
    else:
        return False
    return True


def test_who_obeys_has_fewer_mistakes():
    done = 0
    parser = etree.XMLParser(collect_ids=False)
    for [case] in (each.values for each in load("validate/grammar.toml")):
        xml = case["xml"] if case["xml"].startswith("<TEI") else BEFORE + case["xml"] + BEHIND
        root = etree.fromstring(xml, parser)
        before = list(grammar.check(root, EDITION))
        for number, remark in enumerate(before):
            tree = etree.fromstring(xml, parser)
            node = list(tree.iter())[list(root.iter()).index(remark.node)]
            if not remark.message.startswith("The text") and obeyed(node, remark.message):
                done += 1
                assert len(list(grammar.check(tree, EDITION))) < len(before), (case["name"], number, remark.message)
    assert done > 20


def test_our_own_tei_passes(tmp_path):
    for flow in (BODY, "fn-1"):
        assert told(crowded(flow).decode(), OURS) == []
