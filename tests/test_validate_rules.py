"""The rules beyond grammar: cases with whole messages, pointers between files, settings, speed, real TEI of others."""

import pickle
import sys
import time

import pytest
from lxml import etree

from teiprep.config import Config, Validate
from teiprep.diagnostics import CODES, ConfigError
from teiprep.validate import rules, schematron
from teiprep.validate.report import SEVERITIES
from teiprep.validate.rules import dates
from tests import cases

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>Letters</title><author>Tull</author></titleStmt><publicationStmt>"
    "<publisher>A House</publisher><availability><p>CC0</p></availability></publicationStmt>"
    "<sourceDesc><p>The papers of A. Tull.</p></sourceDesc></fileDesc></teiHeader>"
)
RNG = "{http://relaxng.org/ns/structure/1.0}"


def parse(xml):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    return etree.fromstring(xml.encode() if isinstance(xml, str) else xml, parser)


def tei(text="<p>We met.</p>", register="", header=HEADER):
    """A TEI file in which the header begins in line 1 and the text in line 4."""
    register = f"<standOff>{register}</standOff>" if register else ""
    body = f"<text><body><div>\n{text}\n</div></body></text>"
    return parse(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}\n{register}\n{body}</TEI>')


def told(root, codes=rules.CODES):
    """Line (1 is the first of the text), code and message of each remark, sorted."""
    return sorted([each.node.sourceline - 3, each.code, each.message] for each in rules.check(root, codes))


# --- cases ------------------------------------------------------------------------------------------------------------


MODULES = [rule.check.__module__.rpartition(".")[2] for rule in rules.RULES]


@pytest.mark.parametrize("case", [case for name in MODULES for case in cases.load(f"validate/{name}.toml")])
def test_case(case):
    """All rules run on every case, so that none speaks where another is meant."""
    given = {key: case[key] for key in ("text", "register", "header") if key in case}
    assert told(tei(**given)) == case["found"]


def test_every_code_has_cases_and_its_file_has_negative_ones():
    told_of = set()
    for name in MODULES:
        table = [each.values[0] for each in cases.load(f"validate/{name}.toml")]
        told_of |= {code for case in table for _, code, _ in case["found"]}
        silent = [case for case in table if not case["found"]]
        assert len(silent) >= 3, name
    assert told_of == rules.CODES


def test_every_rule_is_on_the_list_once_and_every_code_is_known():
    codes = [code for rule in rules.RULES for code in rule.codes]
    assert len(codes) == len(set(codes))
    assert set(codes) <= CODES.keys()
    assert SEVERITIES.keys() <= CODES.keys()


def test_only_the_codes_that_are_asked_for():
    root = tei('<p xml:id="a"/>\n<p xml:id="a">See <ref target="#b">Tull</ref>.</p>')
    assert [code for _, code, _ in told(root)] == ["element-empty", "id-duplicate", "pointer-dangling"]
    assert [code for _, code, _ in told(root, ["pointer-dangling"])] == ["pointer-dangling"]
    assert told(root, []) == []
    broken = tei('<q xml:id="a" next="#b">One</q> <q xml:id="b">two</q>')
    assert told(broken, ["chain-broken"]) == []


def test_ids_and_pointers_in_what_is_no_tei():
    root = parse('<a>\n<b id="#x" xml:id="x"/>\n<b xml:id="x" ref="#y #x"/></a>')
    assert [(each.node.sourceline, each.code) for each in rules.check(root)] == [
        (3, "id-duplicate"),
        (3, "pointer-dangling"),
    ]


def test_a_file_that_is_no_tei_makes_no_rule_stumble():
    for xml in (
        "<a/>",
        "<a xml:id='x'><!-- c --><?p i?>text</a>",
        "<TEI/>",
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'/>",
    ):
        assert list(rules.check(parse(xml))) == []


def test_comments_and_instructions_are_no_elements():
    text = "<p><!-- <persName/> \ufffd -->We <?page 3?>met <persName><!-- who? -->Hale</persName>.</p>"
    assert told(tei(text)) == []


# --- pointers between files -------------------------------------------------------------------------------------------


def test_pointers_between_files():
    text = (
        '<p>See <ref target="b.xml#p1">one</ref>, <ref target="b.xml#p9">nine</ref>,\n'
        '<ref target="../other/c.xml#x #here">c</ref>, <ref target="https://example.org/#a">the web</ref>,\n'
        '<ref target="b.xml">all</ref>, <ref target="absent.xml#a">another</ref>.</p><p xml:id="here">Here.</p>'
    )
    found = rules.outgoing(tei(text))
    assert [(each.url, each.identifier, each.line - 3) for each in found] == [
        ("b.xml", "p1", 1),
        ("b.xml", "p9", 1),
        ("../other/c.xml", "x", 2),
        ("absent.xml", "a", 3),
    ]
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own, as a worker hands it over
    ids = {
        "tei/a.xml": rules.identifiers(tei(text)),
        "tei/b.xml": rules.identifiers(tei('<p xml:id="p1">One.</p>')),
        "other/c.xml": frozenset(),
    }
    assert ids["tei/a.xml"] == {"here"}
    nothing = "points to nothing:"
    assert [(file, each.line - 3, said) for file, each, said in rules.resolve({"tei/a.xml": found}, ids)] == [
        ("tei/a.xml", 1, f'<ref target="b.xml#p9"> {nothing} tei/b.xml has no element with the xml:id “p9”'),
        ("tei/a.xml", 2, f'<ref target="../other/c.xml#x"> {nothing} other/c.xml has no element with the xml:id “x”'),
    ]


def test_addresses_are_found_however_they_are_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pointer = rules.outgoing(tei('<p><ref target="my%20letters/b.xml#caf%C3%A9">x</ref></p>'))
    ids = {f"{tmp_path}/my letters/b.xml": {"café"}}
    assert list(rules.resolve({"a.xml": pointer}, ids)) == []
    assert len(list(rules.resolve({"a.xml": pointer}, {"./my letters/b.xml": {"x"}}))) == 1


def test_a_base_says_where_a_relative_address_begins():
    text = '<div xml:base="../letters/"><p xml:base="1863/"><ref target="b.xml#x">x</ref></p></div>'
    assert [each.url for each in rules.outgoing(tei(text))] == ["../letters/1863/b.xml"]
    assert rules.outgoing(tei(text.replace("../letters/", "https://example.org/"))) == []
    # What is included keeps its own ids in the file, whatever its base.
    assert told(tei('<p xml:base="b.xml" xml:id="x">See <ref target="#x">x</ref>.</p>')) == []


def test_pointers_are_attributes_that_tei_knows_as_such(shared):
    named = {
        each.get("name")
        for each in etree.parse(shared / "tei/tei_all.rng").iter(f"{RNG}attribute")
        if any(inner.get("name") == "teidata.pointer" or inner.get("type") == "anyURI" for inner in each.iter())
    }
    assert named >= rules.POINTERS
    assert {"ref", "target", "who", "ana", "corresp", "next", "prev", "resp"} <= rules.POINTERS


# --- dates ------------------------------------------------------------------------------------------------------------


def test_from_and_to_that_are_no_dates_in_tei(shared):
    """Elements whose own `from` is no date; in the grammar their attribute is not the one of att.datable."""
    grammar = etree.parse(shared / "tei/tei_all.rng").getroot()
    names = set()
    for define in grammar.iter(f"{RNG}define"):
        for attribute in define.iter(f"{RNG}attribute"):
            if attribute.get("name") != "from" or any(each.get("type") == "gYear" for each in attribute.iter()):
                continue
            own = define.find(f"{RNG}element")
            users = [own] if own is not None else _users(grammar, define.get("name"))
            names |= {each.get("name") for each in users}
    assert {f"{{http://www.tei-c.org/ns/1.0}}{name}" for name in names} == dates.NOT_DATABLE


def _users(grammar, name):
    """The elements whose definition refers to a definition, directly or through another."""
    found = []
    for define in grammar.iter(f"{RNG}define"):
        if any(each.get("name") == name for each in define.iter(f"{RNG}ref")):
            own = define.find(f"{RNG}element")
            found += [own] if own is not None else _users(grammar, define.get("name"))
    return found


def test_our_dates_are_those_of_xml_schema():
    """Against the datatypes of libxml2, which knows no year 0."""
    types = ("date", "gYear", "gMonth", "gDay", "gYearMonth", "gMonthDay", "time", "dateTime")
    choice = "".join(f'<data type="{name}"/>' for name in types)
    grammar = etree.RelaxNG(
        etree.XML(
            '<element name="date" xmlns="http://relaxng.org/ns/structure/1.0"'
            f' datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><choice>{choice}</choice></element>'
        )
    )
    days = [
        f"{year}-{month}-{day}"
        for year in ("1863", "1900", "2000", "12045", "863")
        for month in ("00", "02", "04", "12", "13", "5")
        for day in ("00", "01", "28", "29", "30", "31", "32", "1")
    ]
    others = [
        "1863",
        "01863",
        "863",
        "1863-05",
        "1863-13",
        "--02-29",
        "--02-30",
        "--4-1",
        "---31",
        "---32",
        "--13",
        "--12",
    ]
    times = ["00:00:00", "24:00:00", "24:00:01", "23:59:59.25", "23:60:00", "9:00:00", "12:00"]
    values = days + others + times + [f"1863-05-04T{time}" for time in times]
    values += [
        value + zone for value in (*others, *times, days[8]) for zone in ("Z", "+14:00", "+14:30", "-05:00", "+5")
    ]
    for value in values:
        element = etree.Element("date")
        element.text = value
        mine = not told(tei(f'<p><date when="{value}">then</date></p>'), ["date-invalid"])
        # By the letter of the standard 24:00:00 is the end of a day, and +14:00 the farthest zone.
        if value[-6:] != "+14:30" and "24:00:00" not in value:
            assert mine == grammar.validate(element), value


# --- settings ---------------------------------------------------------------------------------------------------------


def settings(tmp_path, text):
    path = tmp_path / "teiprep.toml"
    path.write_text(text, encoding="utf-8")
    return Config.load(path)


def test_settings(tmp_path):
    config = settings(
        tmp_path,
        '[validate]\nschema = "my.rng"\nschematron = "my.sch"\noff = ["page-missing"]\ninfo = ["space-inside"]\n'
        'warning = ["date-invalid"]\nerror = ["header-licence", "note-sequence"]\n',
    )
    assert config.validate == Validate(
        "my.rng", "my.sch", ("page-missing",), ("space-inside",), ("date-invalid",), ("header-licence", "note-sequence")
    )
    assert config.validate.severities == {
        "space-inside": "info",
        "date-invalid": "warning",
        "header-licence": "error",
        "note-sequence": "error",
    }
    assert Config().validate.severities == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[validate]\noff = ["page-mising"]\n', "'page-mising' is none"),
        ('[validate]\noff = ["page-mising"]\n', "did you mean page-missing?"),
        ('[validate]\noff = "page-missing"\n', "validate.off must be a list of codes"),
        ("[validate]\ninfo = [3]\n", "validate.info must be a list of codes"),
        ("[validate]\nschema = 3\n", "validate.schema must be a text"),
        ('[validate]\nignore = ["page-missing"]\n', "unknown key validate.ignore"),
        (
            '[validate]\noff = ["page-missing"]\nerror = ["page-missing"]\n',
            "page-missing stands in validate.off and in validate.error (keep one)",
        ),
    ],
)
def test_wrong_settings_are_named(tmp_path, text, said):
    with pytest.raises(ConfigError) as raised:
        settings(tmp_path, text)
    assert said in str(raised.value)


def test_how_files_are_checked_does_not_change_how_they_are_encoded(tmp_path):
    config = settings(tmp_path, '[validate]\noff = ["page-missing"]\n')
    assert config.shaping == Config().shaping
    assert Config().shaping.keys() == {"project", "read", "clean", "encode"}


# --- real files, and large ones ---------------------------------------------------------------------------------------


def test_tei_of_other_projects(shared):
    """Fragments cut out of larger files: what they point to was left behind. Else hardly anything may be told."""
    files = sorted((shared / "gold/tei").glob("*.xml"))
    others = [
        (file.name, each.message)
        for file in files
        for each in rules.check(parse(file.read_bytes()), rules.CODES - {"pointer-dangling", "header-responsibility"})
    ]
    assert len(files) > 100
    assert len(others) <= 5, others


@pytest.mark.parametrize(
    "piece",
    [
        '<persName ref="#p{n}" next="#q{n}" xml:id="n{n}"> Hale{n} </persName>',
        '<note n="1" xml:id="n{n}">\ufffd</note><ref type="noteAnchor" target="#x"/>',
        '<pb n="{n}"/><pb n="3"/><date from="1863-05-{n}" to="1862"/><p xml:id="twice"/>',
        '<q xml:id="q{n}" next="#q{m}" prev="#q{m}"/>',
    ],
)
def test_time_grows_with_the_length(piece):
    def seconds(count):
        text = "".join(piece.format(n=n, m=(n * 7 + 1) % count) for n in range(count))
        root = tei(text)
        start = time.perf_counter()
        list(rules.check(root))
        rules.outgoing(root)
        return time.perf_counter() - start

    short = min(seconds(1_000) for _ in range(3))
    assert seconds(16_000) < 16 * short * 4 + 0.5


# --- the extra --------------------------------------------------------------------------------------------------------


def test_without_the_extra_it_is_said_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "elementpath", None)
    with pytest.raises(ConfigError) as raised:
        schematron.load(tmp_path / "rules.sch")
    assert str(raised.value).endswith(
        "Schematron needs the library elementpath, which is not installed (pip install 'teiprep[schematron]')"
    )
