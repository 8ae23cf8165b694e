"""The RELAX NG engine: each construct of the specification, what it refuses as a schema, and what could be slow."""

import time

import pytest
from lxml import etree

from teiprep.diagnostics import ConfigError
from teiprep.validate.relaxng import datatypes
from teiprep.validate.relaxng.matching import mistakes
from teiprep.validate.relaxng.reading import Schema
from teiprep.validate.relaxng.xsd_regex import translate

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
XSD = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'


@pytest.fixture
def said(tmp_path):
    """What is wrong with a document by a schema: kinds and names. `schema` is what r holds, or all of it."""

    def say(schema, document, **others):
        whole = schema if schema.startswith("<grammar") else f'<element name="r">{schema}</element>'
        (tmp_path / "main.rng").write_text(whole.replace(">", f" {RNG} {XSD}>", 1), encoding="utf-8")
        for name, text in others.items():
            (tmp_path / f"{name}.rng").write_text(text.replace(">", f" {RNG} {XSD}>", 1), encoding="utf-8")
        root = etree.fromstring(document) if isinstance(document, str) else document
        found = mistakes(root, Schema(tmp_path / "main.rng"))
        return " ".join(f"{each.kind}:{each.attribute or etree.QName(each.node).localname}" for each in found)

    return say


def e(name, content="<empty/>"):
    return f'<element name="{name}">{content}</element>'


A, B, C = e("a"), e("b"), e("c")
PAIR = f"<group>{A}{B}</group>"

# --- patterns: the pattern, what it allows within <r>, and what it does not -------------------------------------------

CONTENT = [
    ("<empty/>", ["", " \n ", "<!-- x -->", "<?x y?> "], [("<a/>", "element:a"), ("x", "text:r")]),
    ("<text/>", ["", "x", "x<!-- y -->z"], [("x<a/>", "element:a")]),
    ("<notAllowed/>", [], [("", "element:r")]),
    (A + B, ["<a/><b/>", " <a/> <b> </b>"], [("<b/><a/>", "early:b"), ("<a/>", "incomplete:r")]),
    (f"<choice>{A}{B}</choice>", ["<a/>", "<b/>"], [("", "incomplete:r"), ("<a/><b/>", "element:b")]),
    (f"<optional>{A}</optional>", ["", "<a/>"], [("<a/><a/>", "element:a")]),
    (f"<zeroOrMore>{A}</zeroOrMore>", ["", "<a/><a/>"], [("<a/><b/><a/>", "element:b")]),
    (f"<oneOrMore>{A}</oneOrMore>", ["<a/>", "<a/><a/>"], [("", "incomplete:r")]),
    (f"<oneOrMore>{A}{B}</oneOrMore>", ["<a/><b/><a/><b/>"], [("<a/><b/><a/>", "incomplete:r")]),
    (f"<interleave>{A}{B}{C}</interleave>", ["<c/><a/><b/>", "<a/><b/><c/>"], [("<c/><a/>", "incomplete:r")]),
    (f"<interleave>{PAIR}{C}</interleave>", ["<a/><c/><b/>", "<c/><a/><b/>"], [("<b/><c/><a/>", "early:b")]),
    (f"<mixed>{A}{B}</mixed>", ["x<a/>y<b/>z", "<a/><b/>"], [("x<b/>", "early:b"), ("x", "incomplete:r")]),
    (f"<text/>{A}", ["x<a/>", "<a/>"], [("x", "incomplete:r"), ("<a/>x", "text:r")]),
    (f"<choice><text/>{A}</choice>", ["x", "<a/>", ""], [("x<a/>", "element:a"), ("<a/>x", "text:r")]),
    (
        f"<choice><group>{A}{B}</group><group>{A}{C}</group></choice>",
        ["<a/><b/>", "<a/><c/>"],
        [("<a/>", "incomplete:r")],
    ),
    # One element name with two definitions, told apart by what they hold, and then by what follows.
    (
        f"<choice><group>{e('a', B)}{B}</group><group>{e('a', C)}{C}</group></choice>",
        ["<a><b/></a><b/>", "<a><c/></a><c/>"],
        [("<a><b/></a><c/>", "element:c"), ("<a/><b/>", "incomplete:a")],
    ),
    (
        f"<choice><group>{e('a', '<value/>')}{B}</group>{e('a')}</choice>",
        ["<a/>", "<a/><b/>", "<a> </a>"],
        [("<a>x</a>", "content:a")],
    ),
    (
        "<choice>"
        + e("a", '<attribute name="n"><value>1</value></attribute><empty/>')
        + e("a", f'<attribute name="n"/>{B}')
        + "</choice>",
        ['<a n="1"/>', '<a n="1"><b/></a>', '<a n="2"><b/></a>'],
        [('<a n="2"/>', "incomplete:a"), ("<a/>", "lacking:a"), ('<a m=""/>', "attribute:m lacking:a")],
    ),
    # Data: white space by datatype, comments do not part it, nothing beside it.
    (
        '<data type="integer"/>',
        ["1", " 1\n", "1<!-- x -->2"],
        [("", "content:r"), ("x", "content:r"), ("1<a/>", "text:r element:a")],
    ),
    ("<value>a b</value>", ["a b", " a\n  b "], [("ab", "content:r"), ("a\N{NO-BREAK SPACE}b", "content:r")]),
    ('<value type="string">a b</value>', ["a b"], [(" a b", "content:r"), ("a  b", "content:r")]),
    ("<value></value>", ["", "  "], [("a", "content:r")]),
    ('<data type="string"/>', ["", " x "], [("<a/>", "element:a")]),
    (
        '<data type="token"><param name="minLength">2</param><except><value>no</value></except></data>',
        ["yes", "noo"],
        [("no", "content:r"), ("x", "content:r"), (" no ", "content:r")],
    ),
    (
        '<list><oneOrMore><data type="integer"/></oneOrMore><optional><value>x</value></optional></list>',
        ["1", " 1 2\n3 ", "1 x"],
        [("", "content:r"), ("x", "content:r"), ("1 x 2", "content:r"), ("1\N{NO-BREAK SPACE}2", "content:r")],
    ),
    ("<list><empty/></list>", ["", " "], [("x", "content:r")]),
    (f'<choice><data type="integer"/>{A}</choice>', ["1", "<a/>"], [("x", "content:r"), ("1<a/>", "text:r")]),
]


@pytest.mark.parametrize(("pattern", "right", "wrong"), CONTENT)
def test_content(pattern, right, wrong, said):
    assert [said(pattern, f"<r>{each}</r>") for each in right] == [""] * len(right)
    assert [said(pattern, f"<r>{each}</r>") for each, _ in wrong] == [kinds for _, kinds in wrong]


ANY = "<zeroOrMore><attribute><anyName/></attribute></zeroOrMore>"
BUT = ANY.replace("<anyName/>", "<anyName><except><name>n</name><nsName ns='urn:x'/></except></anyName>")
TAGS = [
    ('<attribute name="n"/>', ['n=""', 'n="x"'], [("", "lacking:r"), ('n="" m=""', "attribute:m")]),
    (
        '<optional><attribute name="n"><data type="date"/></attribute></optional>',
        ["", 'n="1914-06-28"'],
        [('n="June"', "value:n")],
    ),
    ('<attribute name="n"><empty/></attribute>', ['n=""', 'n=" "'], [('n="x"', "value:n")]),
    (
        '<attribute name="n"><choice><value>a</value><value>b</value></choice></attribute>',
        ['n=" b "'],
        [('n="c"', "value:n")],
    ),
    ('<choice><attribute name="n"/><attribute name="m"/></choice>', ['n=""', 'm=""'], [('n="" m=""', "attribute:m")]),
    ('<attribute name="n"/><attribute name="m"/>', ['m="" n=""'], [('m=""', "lacking:r")]),
    (ANY, ["", 'a="" xml:id="x" x:y=""'], []),
    (BUT, ["", 'a="" xml:id="x"'], [('n=""', "attribute:n"), ('x:y=""', "attribute:{urn:x}y")]),
    ('<zeroOrMore><attribute><nsName ns="urn:x"/></attribute></zeroOrMore>', ['x:y=""'], [('y=""', "attribute:y")]),
    ('<attribute name="xml:lang"/>', ['xml:lang="en"'], [('lang="en"', "attribute:lang lacking:r")]),
    # An attribute has the namespace that its own pattern gives it, and no other (section 4.8).
    ('<attribute name="y" ns="urn:x"/>', ['x:y=""'], [('y=""', "attribute:y lacking:r")]),
    ('<group ns="urn:x"><attribute name="y"/></group>', ['y=""'], [('x:y=""', "attribute:{urn:x}y lacking:r")]),
    (
        '<group ns="urn:x"><attribute><name>y</name></attribute></group>',
        ['x:y=""'],
        [('y=""', "attribute:y lacking:r")],
    ),
]


@pytest.mark.parametrize(("pattern", "right", "wrong"), TAGS)
def test_attributes(pattern, right, wrong, said):
    assert [said(pattern, f'<r xmlns:x="urn:x" {each}/>') for each in right] == [""] * len(right)
    assert [said(pattern, f'<r xmlns:x="urn:x" {each}/>') for each, _ in wrong] == [kinds for _, kinds in wrong]


@pytest.mark.parametrize(
    ("names", "right", "wrong"),
    [
        ("<anyName/>", ["a", "x:a"], []),
        ("<anyName><except><nsName ns=''/></except></anyName>", ["x:a"], ["a"]),
        ("<nsName ns='urn:x'><except><name ns='urn:x'>b</name></except></nsName>", ["x:a"], ["x:b", "a"]),
        ("<choice><name>a</name><name ns='urn:x'>b</name></choice>", ["a", "x:b"], ["b", "x:a"]),
        ("<name xmlns:p='urn:x'>p:a</name>", ["x:a"], ["a"]),
    ],
)
def test_name_classes(names, right, wrong, said):
    def document(name):
        return f'<r xmlns:x="urn:x"><{name}/></r>'

    schema = f"<element>{names}<empty/></element>"
    assert [said(schema, document(name)) for name in right] == [""] * len(right)
    assert [said(schema, document(name)).split(":")[0] for name in wrong] == ["element"] * len(wrong)


# --- grammars ---------------------------------------------------------------------------------------------------------


def grammar(content, start='<element name="r"><ref name="x"/></element>'):
    return f"<grammar><start>{start}</start>{content}</grammar>"


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        (grammar(f'<define name="x" combine="choice">{A}</define><define name="x">{B}</define>'), "<b/>", "<b/><a/>"),
        (
            grammar(f'<define name="x" combine="interleave">{A}</define><define name="x">{B}</define>'),
            "<b/><a/>",
            "<b/>",
        ),
        (grammar(f'<div><div><define name="x">{A}</define></div></div>'), "<a/>", "<b/>"),
        (
            grammar('<define name="x"><optional><element name="a"><ref name="x"/></element></optional></define>'),
            "<a><a/></a>",
            "<a/><a/>",
        ),
        (
            grammar(
                '<define name="x"><grammar><start><ref name="y"/></start>'
                f'<define name="y"><parentRef name="y"/>{A}</define></grammar></define><define name="y">{B}</define>'
            ),
            "<b/><a/>",
            "<a/>",
        ),
    ],
)
def test_grammars(schema, right, wrong, said):
    assert said(schema, f"<r>{right}</r>") == ""
    assert said(schema, f"<r>{wrong}</r>") != ""


def test_include_takes_what_it_does_not_replace(said):
    inner = grammar(f'<define name="x">{A}<ref name="y"/></define><define name="y">{B}</define>')
    outer = f'<grammar><include href="inner.rng"><define name="y">{C}</define></include></grammar>'
    assert said(outer, "<r><a/><c/></r>", inner=inner) == ""
    assert said(outer, "<r><a/><b/></r>", inner=inner) == "element:b"
    more = f'<grammar><include href="inner.rng"/><define name="y" combine="choice">{C}</define></grammar>'
    assert said(more, "<r><a/><c/></r>", inner=inner) == ""
    assert said(more, "<r><a/><b/></r>", inner=inner) == ""


def test_a_file_without_a_namespace_takes_the_one_around_it(said):
    inner = grammar(f'<define name="x">{A}</define>')
    outer = '<grammar ns="urn:x"><include href="inner.rng"/></grammar>'
    assert said(outer, '<r xmlns="urn:x"><a/></r>', inner=inner) == ""
    assert said(outer, "<r><a/></r>", inner=inner) == "element:r"
    # The same file twice, in two namespaces.
    both = '<group><group ns="urn:x"><externalRef href="one.rng"/></group><externalRef href="one.rng"/></group>'
    assert said(both, '<r><a xmlns="urn:x"/><a/></r>', one=A) == ""
    assert said(both, "<r><a/><a/></r>", one=A) == "early:a element:a"
    # A namespace of its own stays; the library of datatypes is never handed on.
    own = '<element name="a" ns=""><data type="token" datatypeLibrary=""/></element>'
    assert said('<group ns="urn:x"><externalRef href="one.rng"/></group>', "<r><a/></r>", one=own) == ""


def test_external_grammar(said):
    inner = grammar(f'<define name="x">{B}</define>', start='<element name="a"><ref name="x"/></element>')
    assert (
        said('<oneOrMore><externalRef href="inner.rng"/></oneOrMore>', "<r><a><b/></a><a><b/></a></r>", inner=inner)
        == ""
    )


# --- what goes on after a mistake -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("<r><b/><b/></r>", "early:b element:b"),  # a is missing: said once
        ("<r><a/><x><y/></x><b/></r>", "element:x"),  # what is not known is passed over with all it holds
        ("<r>x<a/>y<b/>z</r>", "text:r"),  # said once for an element
        ('<r n=""><a m=""/><b/></r>', "attribute:n attribute:m"),
        ("<r><b/></r>", "early:b"),
    ],
)
def test_one_mistake_is_not_told_many_times(document, expected, said):
    assert said(A + B, document) == expected


def test_text_is_told_behind_its_sibling(tmp_path):
    (tmp_path / "s.rng").write_text(f'<element name="r" {RNG}>{A}{B}</element>', encoding="utf-8")
    root = etree.fromstring("<r><a/><!-- x -->Tull<b/></r>")
    [found] = mistakes(root, Schema(tmp_path / "s.rng"))
    assert (found.kind, found.node, found.behind) == ("text", root, root[1])


# --- schemas that are refused -----------------------------------------------------------------------------------------

REFUSED = [
    ('<ref name="x"/>', "1: .*“x”, which is not defined"),
    ('\n<element name="b">\n<ref name="x"/></element>', "3: .*“x”, which is not defined"),
    ('<data type="integre"/>', "“integre”"),
    ('<data type="integer" datatypeLibrary=""/>', "only string and token"),
    ('<data type="x" datatypeLibrary="urn:mine"/>', "urn:mine"),
    ('<data type="integer"><param name="length">3</param></data>', "takes no parameter “length”"),
    ('<data type="string"><param name="length">three</param></data>', "“three” is no number"),
    ('<data type="string"><param name="pattern">[a</param></data>', r"“\[a” is no pattern"),
    ('<data type="date"><param name="minInclusive">soon</param></data>', "“soon” is no value"),
    ('<value type="integer">x</value>', "“x” is no value"),
    ("<choice/>", "<choice> is empty"),
    ("<optional/>", "<optional> is empty"),
    ("<sequence/>", "<sequence> may not stand here"),
    ('<element name="x:b"><empty/></element>', "prefix “x”"),
    ("<element><empty/></element>", "<empty> is no name class"),
    ('<externalRef href="http://x.invalid/a.rng"/>', "only files beside the schema"),
    ('<externalRef href="file:///etc/passwd"/>', "only files beside the schema"),
    ('<group xml:base="http://x.invalid/"><externalRef href="a.rng"/></group>', "only files beside the schema"),
    ('<externalRef href="../outside.rng"/>', "outside of the folder"),
    ('<externalRef href="absent.rng"/>', "is no file"),
    ('<externalRef href="main.rng"/>', "includes itself"),
    ("<grammar><start><empty/></start><start><empty/></start></grammar>", "the start is defined twice"),
    ('<grammar><define name="x"><empty/></define></grammar>', "has no start"),
    (grammar('<define name="x"><ref name="x"/></define>'), "“x” goes round in a circle"),
    (
        grammar(
            '<define name="x"><optional><ref name="y"/></optional></define><define name="y"><ref name="x"/></define>'
        ),
        "circle",
    ),
    ('<grammar><include href="main.rng"/></grammar>', "includes itself"),
    ('<grammar><include href="one.rng"/></grammar>', "is no grammar, but <element>"),
    ('<grammar><include href="two.rng"><define name="zz"><empty/></define></include></grammar>', "does not define"),
    ('<grammar><include href="three.rng"/></grammar>', "includes itself"),
]


@pytest.mark.parametrize(("schema", "message"), REFUSED)
def test_a_schema_that_is_wrong_is_refused_with_its_place(schema, message, said, tmp_path):
    others = {
        "one": A,
        "two": grammar(f'<define name="x">{A}</define>'),
        "three": '<grammar><include href="main.rng"/></grammar>',
    }
    (tmp_path.parent / "outside.rng").write_text(f'<element name="a" {RNG}><empty/></element>', encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as error:
        said(schema, "<r><b/></r>", **others)
    assert ".rng" in str(error.value)


LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
FILES = [
    ("", "no XML"),
    ("<grammar", "no XML"),
    ("Tull, Hale & Co.", "no XML"),
    ('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', "but a W3C schema"),
    ("<html><head/></html>", "but <html>"),
    ("<!ELEMENT p (#PCDATA)>", "no XML"),
    ('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "but <TEI>"),
    (f'<!DOCTYPE a [<!ENTITY l0 "lol">{LOL}]><element name="a" {RNG}><value>&l9;</value></element>', "entity"),
    (f'<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]><element name="a" {RNG}><value>&x;</value></element>', "entity"),
    (f"<element {RNG}>" * 300, "no XML"),
]


@pytest.mark.parametrize(("text", "message"), FILES)
def test_a_file_that_is_no_schema_is_refused(text, message, tmp_path):
    path = tmp_path / "x.rng"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as error:
        Schema(path)
    assert "x.rng" in str(error.value)


def test_a_folder_or_nothing_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "absent.rng"):
        with pytest.raises(ConfigError, match="is no file"):
            Schema(path)


def test_a_loop_of_files_by_nested_grammars_is_found(tmp_path):
    inner = '<grammar><include href="{other}.rng"/></grammar>'
    nested = f'<grammar {{rng}}><start><element name="{{name}}">{inner}</element></start></grammar>'
    for name, other in (("p", "q"), ("q", "p")):
        (tmp_path / f"{name}.rng").write_text(nested.format(rng=RNG, name=name, other=other), encoding="utf-8")
    with pytest.raises(ConfigError, match="includes itself"):
        Schema(tmp_path / "p.rng").elements()


# --- datatypes --------------------------------------------------------------------------------------------------------

#: What jing decides otherwise (docs/relaxng.md); all else is compared with it in tests/test_relaxng_jing.py.
OURS = [
    ("time", {}, ["24:00:00", "23:59:59.5"], ["24:00:01", "23:59:60", "12:00:00."]),
    ("dateTime", {}, ["2023-12-31T24:00:00"], ["2023-12-31T23:59:60"]),
    ("duration", {"maxInclusive": "P12M"}, ["P1Y", "P364D"], ["P366D", "P365D", "P13M"]),
    ("decimal", {"fractionDigits": "0"}, ["1.0", "10"], ["1.5"]),
    ("decimal", {"totalDigits": "30"}, ["1" * 30, "0" * 9 + "1" * 30], ["1" * 31]),
    ("gYear", {}, ["-0001", "2147483648"], ["0000", "23", "+2023", "9" * 5000]),
    ("NCName", {}, ["\N{TELUGU LETTER A}", "\N{LATIN SMALL LIGATURE FF}x"], ["\N{MIDDLE DOT}x", "a:b", "1"]),
    ("ENTITY", {}, [], ["a"]),
    ("QName", {}, ["a:b", "a"], ["a:b:c", ":a"]),
    ("double", {"minInclusive": "0"}, ["INF", "1e400"], ["NaN", "-INF"]),
    ("integer", {}, ["1"], ["\N{ARABIC-INDIC DIGIT THREE}", "\N{FULLWIDTH DIGIT ONE}", ""]),
    ("date", {"minInclusive": "2023-01-01"}, ["2023-01-02", "2023-01-03Z"], ["2023-01-01Z", "2022-12-31"]),
    ("string", {"pattern": r"[^\p{C}\p{Z}]+"}, ["abc"], ["a\tb", "a\N{ZERO WIDTH JOINER}b", "a b"]),
]


@pytest.mark.parametrize(("name", "parameters", "right", "wrong"), OURS)
def test_datatypes_where_we_keep_to_the_standard(name, parameters, right, wrong):
    allows = datatypes.data(datatypes.XSD, name, list(parameters.items()))
    assert [allows(each) for each in right] == [True] * len(right)
    assert [allows(each) for each in wrong] == [False] * len(wrong)


def test_values_are_equal_by_their_datatype():
    same = [
        ("decimal", "1.50", "+1.5"),
        ("boolean", "1", "true"),
        ("duration", "P1Y", "P12M"),
        ("time", "24:00:00", "00:00:00"),
        ("date", "2023-01-01Z", "2023-01-01+00:00"),
        ("hexBinary", "0a", "0A"),
        ("double", "NaN", "NaN"),
        ("float", "1e1", "10"),
        ("NMTOKENS", "a  b", " a b"),
        ("normalizedString", "a\tb", "a b"),
        ("dateTime", "2023-01-01T24:00:00", "2023-01-02T00:00:00"),
    ]
    assert [datatypes.value(datatypes.XSD, name, one)(other) for name, one, other in same] == [True] * len(same)
    for name, one, other in (("string", "a", "a "), ("date", "2023-01-01", "2023-01-01Z"), ("anyURI", "#a", "#A")):
        assert not datatypes.value(datatypes.XSD, name, one)(other)


def test_patterns_that_subtract_from_what_they_negate():
    # `regex` would else negate what is taken away as well.
    assert translate(r"[^a-[b]]") == "(?V1)[[^a]--[b]]"


# --- what could be slow or too deep -----------------------------------------------------------------------------------


def chain(name, depth):
    """Deeper than libxml2 reads; lxml seeks namespaces up to the top for each new element, so no deeper."""
    top = at = etree.Element(name)
    for _ in range(depth):
        at = etree.SubElement(at, name)
    return top


MANY = 1000


def optional(names):
    return "".join(f"<optional>{e(name)}</optional>" for name in names)


NUMBERED = [f"a{number}" for number in range(MANY)]
FLAT = "".join(f"<{name}/>" for name in NUMBERED)
BACKWARDS = "".join(f"<{name}/>" for name in reversed(NUMBERED))
HEAVY = {
    "deep": (
        grammar('<define name="x"><optional><element name="r"><ref name="x"/></element></optional></define>'),
        chain("r", 10_000),
        0,
    ),
    "deep and unknown": (A, chain("x", 10_000), 1),
    "a long sequence": (optional(NUMBERED), f"<r>{FLAT}</r>", 0),
    "a long sequence, backwards": (optional(NUMBERED), f"<r>{BACKWARDS}</r>", MANY - 1),
    "interleaved": (f"<interleave>{optional(NUMBERED[:400])}</interleave>", f"<r>{BACKWARDS}</r>", MANY - 400),
    "many choices": (f"<zeroOrMore><choice>{optional(NUMBERED)}</choice></zeroOrMore>", f"<r>{BACKWARDS}</r>", 0),
    "a starred sequence": (
        f"<zeroOrMore>{optional(NUMBERED[:30])}</zeroOrMore>",
        "<r>" + "<a7/><a3/><a3/>" * 5000 + "</r>",
        0,
    ),
    "not deterministic": (
        f"<zeroOrMore><choice>{A}{B}</choice></zeroOrMore>{A}" + f"<choice>{A}{B}</choice>" * 20,
        "<r>" + "<a/><b/>" * 9000 + "<b/></r>",
        0,
    ),
    "optional before required": (f"<optional>{A}</optional>" * 40 + A * 40, "<r>" + "<a/>" * 60 + "</r>", 0),
    "many mistakes": (f"<zeroOrMore>{A}</zeroOrMore>", "<r>" + "<x/>" * 300_000 + "</r>", 300_000),
    "many too early": (f"{B}<zeroOrMore>{A}</zeroOrMore>", "<r>" + "<a/>" * 300_000 + "</r>", 1),
    "many attributes": (ANY, "<r " + " ".join(f'a{n}=""' for n in range(30_000)) + "/>", 0),
    "many wrong attributes": (A, "<r " + " ".join(f'a{n}=""' for n in range(30_000)) + "><a/></r>", 30_000),
    "a long list": (
        "<list><zeroOrMore><optional><value>a</value></optional><data type='token'/></zeroOrMore></list>",
        "<r>" + "a " * 100_000 + "</r>",
        0,
    ),
    "a long uri": ("<data type='anyURI'/>", "<r>" + "a" * 9_000_000 + "</r>", 0),
    "a long base64": ("<data type='base64Binary'/>", "<r>" + "AAAA " * 1_000_000 + "</r>", 0),
    "a long number": (
        "<data type='integer'><param name='minInclusive'>1</param></data>",
        "<r>" + "1" * 1_000_000 + "</r>",
        0,
    ),
}


@pytest.mark.parametrize("name", HEAVY)
def test_nothing_takes_long(name, said):
    schema, document, expected = HEAVY[name]
    start = time.process_time()
    found = said(schema, document)
    assert len(found.split()) == expected
    assert time.process_time() - start < 10  # a second here; in seconds of this process, since the machine may be busy


def test_patterns_nested_too_deep_are_refused(said):
    # By references: in one file XML itself ends at 256.
    steps = "".join(
        f'<define name="x{n}"><optional><group>{A}<choice>{B}<group>'
        f'<ref name="x{n + 1}"/>{C}</group></choice></group></optional></define>'
        for n in range(300)
    )
    schema = grammar(
        f'{steps}<define name="x300"><empty/></define>', start='<element name="r"><ref name="x0"/></element>'
    )
    with pytest.raises(ConfigError, match="nested too deep"):
        said(schema, "<r><a/></r>")
