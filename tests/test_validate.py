"""`teiprep validate`: what is right passes, every kind of wrong is found at its line, and nothing else is checked."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from teiprep import sidecar, tei
from teiprep.diagnostics import ConfigError
from teiprep.document import BODY, Furniture, Metadatum, Person
from teiprep.validate import validate_paths
from tests.make import document, layout_of, note, page, tag

GRAMMAR = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
 <start><element name="TEI"><oneOrMore><element name="div">
  <attribute name="type"><choice><value>letter</value><value>note</value></choice></attribute>
  <optional><element name="head"><text/></element></optional>
  <oneOrMore><element name="p"><zeroOrMore><choice><text/>
   <element name="list"><oneOrMore><element name="item"><text/></element></oneOrMore></element>
   <element name="ref"><attribute name="target"/><text/></element>
   <element name="date"><attribute name="when"><data type="gYear"/></attribute><text/></element>
  </choice></zeroOrMore>
  <optional><attribute name="xml:id"><data type="ID"/></attribute></optional></element></oneOrMore>
 </element></oneOrMore></element></start>
</grammar>
"""


def sample():
    """A letter with a page break, a note, furniture and tags."""
    made = document(
        [
            (
                "div",
                [
                    ("head", "To the Editor"),
                    ("p", "I met Mr. Hale on 4 May 1863, and we spoke of the bridge."),
                    ("p", "He called it “a folly”, and went home by the ferry."),
                ],
                {"type": "letter"},
            )
        ],
        notes={"fn-1": [("p", "It was never built.")]},
        furniture_text="[Page 12]\n1",
    )
    at = made.text_of[BODY].index(" and we")
    marker = Furniture("fw-0", "marker", 0, 9, "pg-12", "top")
    return replace(
        made,
        notes=(note("fn-1", at, siglum=(10, 11)),),
        breaks=(page("pg-12", made.text_of[BODY].index("spoke"), "12", marker=(0, 9)),),
        furniture=(marker, Furniture("fw-10", "siglum", 10, 11)),
        register=(Person("per-hale", ("Hale",)),),
        annotations=(
            tag("person", made, "Hale", ref="per-hale"),
            tag("date", made, "4 May 1863", when="1863-05-04"),
            tag("quotation", made, "“a folly”", kind="soCalled"),
        ),
        metadata={"title": Metadatum("To the Editor", "text")},
    )


@pytest.fixture
def build(tmp_path):
    """A folder as `teiprep run` leaves it, with one document."""
    made = sample()
    write(tmp_path / "build/tei/sample.xml", tei.encode(made))
    write(tmp_path / "build/sidecar/sample.json", sidecar.dump(made, layout_of(made)))
    write(tmp_path / "build/manifest.jsonl", b"{}\n")
    write(tmp_path / "build/quarantine/other.json", b'{"code": "source-empty"}\n')
    return tmp_path / "build"


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def change(path, old, new):
    data = path.read_bytes()
    assert data.count(old) == 1, (old, data.count(old))
    path.write_bytes(data.replace(old, new))


def codes(findings):
    return [finding.code for finding in findings]


def line_of(path, text):
    return path.read_bytes()[: path.read_bytes().index(text)].count(b"\n") + 1


# --- what passes ------------------------------------------------------------------------------------------------------


def test_a_build_folder_passes_and_so_does_each_file(build):
    assert validate_paths([build]) == []
    assert validate_paths([build / "tei/sample.xml"]) == []
    assert validate_paths([build / "sidecar/sample.json"]) == []


def test_a_sidecar_beside_the_tei_is_found(build):
    beside = (build / "sidecar/sample.json").rename(build / "tei/sample.json")
    assert validate_paths([build]) == []
    change(beside, b'"ref":"per-hale"', b'"ref":""')
    assert codes(validate_paths([build / "tei/sample.xml"])) == ["sidecar-schema"]
    assert codes(validate_paths([build])) == ["sidecar-schema"]  # once, though it is met twice


def test_findings_name_files_as_the_user_did(build, monkeypatch):
    monkeypatch.chdir(build / "tei")
    change(build / "sidecar/sample.json", b'"ref":"per-hale"', b'"ref":""')
    assert [each.file for each in validate_paths([Path("sample.xml")])] == ["../sidecar/sample.json"]


# --- wrong use --------------------------------------------------------------------------------------------------------


def test_nothing_to_check_is_an_error_not_a_pass(build, tmp_path):
    (tmp_path / "empty").mkdir()
    write(tmp_path / "other/package.json", b'{"name": "x"}')
    write(tmp_path / "other/.hidden/a.xml", b"<a/>")
    for path in (tmp_path / "empty", tmp_path / "other", tmp_path / "absent.xml", build / "tei/absent.xml"):
        with pytest.raises(ConfigError):
            validate_paths([build, path])
    with pytest.raises(ConfigError):
        validate_paths([])


@pytest.mark.parametrize("content", [None, b"start = text", b"<grammar/>", b"<x"])
def test_a_schema_that_cannot_be_used_is_wrong_use(build, tmp_path, content):
    path = tmp_path / "my.rng"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"my\.rng"):
        validate_paths([build], schema=path)


# --- XML and grammar --------------------------------------------------------------------------------------------------

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<div type="letter">\n{}\n</div>\n</TEI>'


def test_a_grammar_error_in_our_tei_is_found(build):
    path = build / "tei/sample.xml"
    change(path, b"<head>", b"<foreword>")
    change(path, b"</head>", b"</foreword>")
    [finding] = [each for each in validate_paths([build]) if each.code == "grammar"]
    assert finding.line == line_of(path, b"<foreword>")
    assert "<foreword>" in finding.message


def test_a_duplicate_id_in_our_tei_is_told_once(build):
    path = build / "tei/sample.xml"
    change(path, b'xml:id="pg-12"', b'xml:id="fn-1"')
    assert sorted(codes(validate_paths([build]))) == ["id-duplicate", "markup-edited"]


def test_tei_of_others_needs_a_schema(tmp_path):
    path = write(tmp_path / "a.xml", TEI.format("<p>x</p>").encode())
    [finding] = validate_paths([path])
    assert finding.code == "schema-unknown"
    assert "--schema" in finding.message
    assert "tei_all.rng" in finding.message
    assert validate_paths([path], schema=write(tmp_path / "small.rng", GRAMMAR.encode())) == []


def test_a_pointer_into_our_tei_that_breaks_is_found(build):
    path = build / "tei/sample.xml"
    change(path, b'ref="#per-hale"', b'ref="#per-hail"')
    finding, edit = sorted(validate_paths([build]), key=lambda each: each.code, reverse=True)
    assert (finding.code, finding.line) == ("pointer-dangling", line_of(path, b"#per-hail"))
    assert edit.code == "markup-edited"


# --- sidecars ---------------------------------------------------------------------------------------------------------


def test_a_missing_sidecar_is_a_warning(build):
    (build / "sidecar/sample.json").unlink()
    [finding] = validate_paths([build])
    assert (finding.code, finding.severity) == ("sidecar-missing", "warning")
    assert "sidecar/sample.json" in finding.message


def test_findings_come_in_the_same_order_whatever_the_order_of_the_paths(build):
    change(build / "tei/sample.xml", b'ref="#per-hale"', b'ref="#x" who="#y"')
    write(build / "tei/broken.xml", b"<a>")
    paths = [build, build / "tei/sample.xml", build / "tei"]
    results = [validate_paths(order) for order in itertools.permutations(paths)]
    assert all(each == results[0] for each in results)
    assert len(results[0]) >= 3
    assert results[0] == sorted(results[0])


# --- what one finding must not hide, and an edit not switch off -------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        '<ref name="nowhere"/>',
        "<elemnt/>",
        '<data type="integr"/>',
        '<externalRef href="missing.rng"/>',
        '<data type="string"><param name="pattern">(</param></data>',
        '<data type="string"><param name="longest">3</param></data>',
    ],
)
def test_a_schema_that_is_wrong_where_no_document_goes_is_wrong_use_too(build, tmp_path, content):
    rng = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:x"
     datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><start><element name="x">
      <optional><element name="y">{content}</element></optional></element></start></grammar>"""
    path = write(tmp_path / "x.xml", b'<x xmlns="urn:x"/>')
    with pytest.raises(ConfigError, match=r"my\.rng"):
        validate_paths([path], schema=write(tmp_path / "my.rng", rng.encode()))


def test_a_schema_that_doubles_and_doubles_is_refused(tmp_path):
    defines = "".join(f'<define name="d{n}"><ref name="d{n + 1}"/><ref name="d{n + 1}"/></define>' for n in range(40))
    rng = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="x"><ref name="d0"/></element>
      </start>{defines}<define name="d40"><element name="a"><text/></element></define></grammar>"""
    with pytest.raises(ConfigError, match="too long"):
        validate_paths([write(tmp_path / "x.xml", b"<x/>")], schema=write(tmp_path / "my.rng", rng.encode()))


def test_an_edit_is_named_whatever_was_done_to_the_header(build):
    path = build / "tei/sample.xml"
    data = path.read_bytes()
    begin, end = data.index(b"<appInfo>"), data.index(b"</appInfo>") + len(b"</appInfo>")
    path.write_bytes((data[:begin] + data[end:]).replace(b"by the ferry", b"by the bridge"))
    found = validate_paths([path])
    assert any("bridge" in each.message for each in found if each.code == "text-edited")
    assert "markup-edited" in codes(found)


def test_many_mistakes_of_one_element_do_not_hide_another(tmp_path):
    schema = write(tmp_path / "small.rng", GRAMMAR.encode())
    path = write(tmp_path / "a.xml", TEI.format(f"<p>{'<foo/>' * 200}<bar/></p>").encode())
    said = [each.message for each in validate_paths([path], schema=schema)]
    assert any("<bar>" in each for each in said)
    assert any("150 more" in each for each in said)


def test_a_wrong_date_is_told_once_and_by_the_rule(tmp_path):
    schema = write(tmp_path / "small.rng", GRAMMAR.encode())
    path = write(tmp_path / "a.xml", TEI.format('<p><date when="c. 1863">then</date></p>').encode())
    assert codes(validate_paths([path], schema=schema)) == ["date-invalid"]
