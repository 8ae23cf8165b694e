"""Schematron of the user's own: what it says, how grave, where; what is refused; the Guidelines' own rules."""

import pytest
from lxml import etree, isoschematron

from teiprep.diagnostics import ConfigError
from teiprep.validate import schematron
from tests.test_validate_rules import RNG, parse, tei

SCH = "http://purl.oclc.org/dsdl/schematron"
TEI = "http://www.tei-c.org/ns/1.0"


@pytest.fixture(autouse=True)
def library():
    pytest.importorskip("elementpath", reason="the extra `schematron` is not installed: its rules cannot run")


@pytest.fixture
def load(tmp_path):
    def made(content, binding="xslt2", attributes=""):
        path = tmp_path / "rules.sch"
        path.write_text(
            f'<schema xmlns="{SCH}" queryBinding="{binding}" {attributes}>\n'
            f'<ns prefix="t" uri="{TEI}"/>{content}</schema>',
            encoding="utf-8",
        )
        return schematron.load(path)

    return made


def rule(context, content):
    return f'<pattern><rule context="{context}">{content}</rule></pattern>'


def told(schema, text):
    """Line (1 is the first of the text), code and message of what is told of a text; the header left out."""
    found = [(each.node.sourceline - 3, each.code, each.message) for each in schema.check(tei(text))]
    return [each for each in found if each[0] > 0]


ENTITY = f'<!DOCTYPE schema [<!ENTITY x SYSTEM "/etc/passwd">]><schema xmlns="{SCH}"><p>&x;</p></schema>'
EXTENDS = '<extends rule="x"/>'
TEXT = (
    '<p n="1">One <date when="1863">then</date>.</p>\n<p>Two <date>now</date>.</p>\n<note type="a" n="x">A.</note>\n'
    '<list><item n="2">b</item><item n="1">c</item></list>'
)


def test_asserts_and_reports(load):
    schema = load(
        rule("t:date", '<assert test="@when">A date needs @when.</assert>')
        + rule("t:p", '<report test="t:date and position() = 1 and not(@n)">A\n  paragraph: <name/>.</report>')
    )
    assert told(schema, TEXT) == [(2, "schematron", "A date needs @when."), (2, "schematron", "A paragraph: p.")]


def test_roles_are_severities(load):
    roles = {
        "role='warning'": "schematron-warning",
        "role='nonfatal'": "schematron-warning",
        "role='info'": "schematron-info",
        "role='error'": "schematron",
        "role='author'": "schematron",
        "": "schematron",
        "severity='warn' role='error'": "schematron-warning",
    }
    for role, code in roles.items():
        schema = load(rule("t:note", f"<report {role} test='true()'>Look.</report>"))
        assert told(schema, TEXT) == [(3, code, "Look.")], role
    schema = load("<pattern><rule role='info' context='t:note'><report test='true()'>Look.</report></rule></pattern>")
    assert told(schema, TEXT) == [(3, "schematron-info", "Look.")]


def test_of_a_pattern_the_first_rule_counts_that_matches(load):
    schema = load(
        '<pattern><rule context="t:p[@n]"><report test="true()">first</report></rule>'
        '<rule context="t:p | t:note"><report test="true()">second</report></rule></pattern>'
    )
    assert [said for _, _, said in told(schema, TEXT)] == ["first", "second", "second"]


def test_lets_values_and_current(load):
    schema = load(
        '<let name="all" value="count(//t:item)"/><pattern><let name="least" value="min(//t:item/@n/number())"/>'
        '<rule context="t:item"><let name="mine" value="@n"/>'
        '<assert test="not(preceding-sibling::t:item[@n &gt; current()/@n])">item <value-of select="$mine"/> of'
        ' <value-of select="$all"/> (least <value-of select="$least"/>; <emph>“current()”</emph>)</assert>'
        "</rule></pattern>"
    )
    assert told(schema, TEXT) == [(4, "schematron", "item 1 of 2 (least 1; “current()”)")]


def test_attributes_and_texts_are_told_at_their_element(load):
    schema = load(
        rule("t:note/@n", '<assert test="number(.) = number(.)">@n is “<value-of select="."/>”.</assert>')
        + rule("t:note/text()", "<report test=\"contains(., 'A')\">An A.</report>")
        + rule("/", '<assert test="t:teiCorpus">No corpus.</assert>')
    )
    found = [(each.node.tag.rpartition("}")[2], each.part, each.message) for each in schema.check(tei(TEXT))]
    assert found == [("note", "tag", "@n is “x”."), ("note", "text", "An A."), ("TEI", "tag", "No corpus.")]


def test_abstract_patterns_rules_and_diagnostics(load):
    schema = load(
        '<pattern abstract="true" id="needs"><rule context="$element"><assert test="@$what" diagnostics="d">'
        "<name/> needs <value-of select=\"'$what'\"/>.</assert></rule></pattern>"
        '<pattern is-a="needs"><param name="element" value="t:p"/><param name="what" value="n"/></pattern>'
        '<pattern><rule abstract="true" id="never"><report test="true()">never</report></rule>'
        '<rule context="t:note"><extends rule="never"/></rule></pattern>'
        '<diagnostics><diagnostic id="d">See the manual.</diagnostic></diagnostics>'
    )
    assert told(schema, TEXT) == [(2, "schematron", "p needs n. See the manual."), (3, "schematron", "never")]


def test_a_default_phase_chooses_patterns(load):
    content = (
        '<phase id="quick"><active pattern="a"/></phase>'
        '<pattern id="a"><rule context="t:note"><report test="true()">a</report></rule></pattern>'
        '<pattern id="b"><rule context="t:note"><report test="true()">b</report></rule></pattern>'
    )
    assert [said for _, _, said in told(load(content), TEXT)] == ["a", "b"]
    assert [said for _, _, said in told(load(content, attributes='defaultPhase="quick"'), TEXT)] == ["a"]


def test_what_cannot_be_computed_is_told_not_passed(load):
    schema = load(rule("t:note", '<assert test="xs:integer(@n) &gt; 3">Greater than 3.</assert>').replace(
        "<pattern>", '<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/><pattern>'))  # fmt: skip
    [(line, code, said)] = told(schema, TEXT)
    assert (line, code) == (3, "schematron")
    assert said.startswith("the rule “xs:integer(@n) > 3” cannot be computed here: ")


def test_a_rule_without_a_message_shows_itself(load):
    assert told(load(rule("t:note", '<assert test="@xml:id"/>')), TEXT) == [
        (3, "schematron", "the rule “@xml:id” does not hold here")
    ]


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "there is not one Schematron rule in it"),
        ('<include href="other.sch"/>', "<include> reads another file (put the rules into one file)"),
        (rule("t:p", '<extends href="other.sch"/>'), "<extends> reads another file"),
        ('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>', "<include> reads another file"),
        ('<pattern documents="\'other.xml\'"><rule context="a"/></pattern>', "<pattern documents> reads other files"),
        ('<xsl:key xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="k"/>', "<xsl:key> needs an XSLT processor"),
        (rule("t:p", "<assert test=\"doc('a.xml')\"/>"), "doc() reads something outside of the file"),
        (rule("t:p", "<assert test=\"fn:unparsed-text ('/etc/passwd')\"/>"), "unparsed-text() reads something outside"),
        (rule("t:p", "<assert test=\"(unparsed-text#1)('/etc/passwd')\"/>"), "unparsed-text() reads something outside"),
        (
            rule("t:p", '<let name="x" value="environment-variable(\'HOME\')"/>'),
            "environment-variable() reads something",
        ),
        (rule("t:p", "<assert test=\"document('a.xml')\"/>"), "document() reads something outside of the file"),
        (rule("t:p", "<assert test=\"key('k', 1)\"/>"), "“key('k', 1)” is not understood: "),
        (rule("t:p", '<assert test="@n ="/>'), "“@n =” is not understood: "),
        (rule("x:p", '<assert test="@n"/>'), "“//x:p” is not understood: "),
        (rule("", '<assert test="@n"/>'), "a rule has no @context"),
        (rule("t:p", "<assert/>"), "<assert> has no @test"),
        (rule("t:p", '<extends rule="x"/>'), 'the rule "x" is no abstract rule of this schema'),
        ('<pattern is-a="x"/>', 'there is no abstract pattern "x"'),
        (
            f'<pattern><rule abstract="true" id="x">{EXTENDS}</rule><rule context="t:p">{EXTENDS}</rule></pattern>',
            'the rule "x" extends itself',
        ),
    ],
)
def test_refused(load, content, said):
    with pytest.raises(ConfigError) as raised:
        load(content)
    assert said in str(raised.value)
    assert "rules.sch:" in str(raised.value)


def test_what_is_hidden_from_the_eye_reads_nothing_either(load, tmp_path):
    """By a name put together while the rule runs, or in a comment of XPath."""
    (tmp_path / "secret.txt").write_text("secret")
    for test in (
        f"function-lookup(QName('http://www.w3.org/2005/xpath-functions', 'unparsed-text'), 1)('file://{tmp_path}/secret.txt')",
        f"unparsed-text(: x :)('file://{tmp_path}/secret.txt')",
        f"Q{{http://www.w3.org/2005/xpath-functions}}unparsed-text('file://{tmp_path}/secret.txt')",
        f"apply(unparsed-text#1, ['file://{tmp_path}/secret.txt'])",
        f"for-each('file://{tmp_path}/secret.txt', unparsed-text#1)",
        f"json-doc('file://{tmp_path}/secret.txt')",
        f"unparsed-text-lines('file://{tmp_path}/secret.txt')",
    ):
        try:
            schema = load(rule("t:note", f'<report test="true()"><value-of select="{test}"/></report>'))
        except ConfigError:
            continue
        assert not any("“secret" in said or said == "secret" for _, _, said in told(schema, TEXT)), test


def test_files_that_cannot_be_schemas(tmp_path):
    for name, content, said in (
        ("a.sch", "<schema", "is not well-formed XML"),
        ("a.sch", "<p/>", "<p> is no Schematron schema"),
        ("a.sch", '<schema xmlns="http://www.ascc.net/xml/schematron"/>', "from before the ISO standard"),
        ("a.sch", f'<schema xmlns="{SCH}" queryBinding="stx"/>', 'queryBinding="stx" is not known'),
        ("a.rng", '<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>', "there is not one Schematron rule in it"),
        ("a.sch", ENTITY, "the entity &x;"),
    ):  # fmt: skip
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ConfigError) as raised:
            schematron.load(path)
        assert said in str(raised.value)
    with pytest.raises(ConfigError) as raised:
        schematron.load(tmp_path / "absent.sch")
    assert "cannot be read" in str(raised.value)


def test_later_xpath_in_a_schema_of_the_first(load):
    with pytest.raises(ConfigError) as raised:
        load(rule("t:p", "<assert test=\"matches(@n, '1')\"/>"), binding="xslt")
    assert 'the schema must say queryBinding="xslt2"' in str(raised.value)


# --- the same as others say -------------------------------------------------------------------------------------------


def test_the_same_as_the_reference_stylesheets(load, tmp_path):
    """lxml carries the stylesheets of ISO Schematron for XPath 1: the same tests fail, in the same places."""
    content = (
        rule("t:p[@n] | t:note", '<report test="t:date">a</report><assert test="@type or @n &gt; 3">b</assert>')
        + rule("t:list/t:item", '<assert test="count(following-sibling::*) = 1">c</assert>')
        + rule("@n", '<assert test="number(.) &gt; 1">d</assert>')
        + rule("/t:TEI", '<report test="count(//t:p) = 4">e</report>')
        + rule("t:*", '<let name="n" value="@n"/><report test="$n = \'x\' or self::t:hi">f</report>')
    )
    schema = load(content, binding="xslt")
    root = tei(TEXT)
    reference = isoschematron.Schematron(etree.parse(tmp_path / "rules.sch"), store_report=True)
    reference.validate(root)
    svrl = "{http://purl.oclc.org/dsdl/svrl}"
    expected = []
    for each in reference.validation_report.iter(f"{svrl}failed-assert", f"{svrl}successful-report"):
        text = each.findtext(f"{svrl}text")
        # Of an attribute they give the place wrongly ("/@n").
        line = root.xpath(each.get("location"))[0].sourceline if text != "d" else 0
        expected.append((line, text))
    found = [(each.node.sourceline if each.message != "d" else 0, each.message) for each in schema.check(root)]
    assert len(expected) > 7
    assert sorted(found) == sorted(expected)


def test_schematron_inside_a_grammar(tmp_path):
    path = tmp_path / "my.rng"
    path.write_text(
        f'<grammar xmlns="{RNG[1:-1]}" xmlns:sch="{SCH}"><define name="p"><element name="p"><text/></element>'
        '<sch:pattern><sch:rule context="tei:p"><sch:assert test="matches(., \'\\.$\')">No full stop.</sch:assert>'
        "</sch:rule></sch:pattern></define></grammar>",
        encoding="utf-8",
    )
    assert told(schematron.load(path), "<p>One.</p>\n<p>Two</p>") == [(2, "schematron", "No full stop.")]


def test_the_rules_of_the_guidelines(shared):
    schema = schematron.load(shared / "tei/tei_all.rng")
    assert sum(len(rules) for _, rules in schema.patterns) > 90
    text = '<p>On <date when="1863" from="1862">then</date>.</p>\n<p targetLang="en">x</p>\n<l>A <l>B</l></l>'
    found = told(schema, text)
    assert (
        1,
        "schematron-warning",
        "The @when attribute cannot be used with any other att.datable.w3c attributes.",
    ) in found
    assert {line for line, _, _ in found} == {1, 2, 3}
    for file in sorted((shared / "gold/tei").glob("*.xml"))[::12]:
        assert list(schema.check(parse(file.read_bytes()))) == []
