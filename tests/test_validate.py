"""`teiprep validate`: what is right passes, every kind of wrong is found at its line, and nothing else is checked."""

import itertools
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from teiprep import sidecar, tei
from teiprep.diagnostics import CODES, ConfigError
from teiprep.document import BODY, Furniture, Metadatum, Person
from teiprep.validate import validate_paths
from teiprep.validate.difference import first_difference
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


def test_a_sidecar_with_blanked_texts_passes_with_its_tei(build):
    path = build / "sidecar/sample.json"
    record = orjson.loads(path.read_bytes())
    for flow in record["flows"]:
        flow["text"] = ""
    path.write_bytes(orjson.dumps(record))
    assert validate_paths([build]) == []
    change(build / "tei/sample.xml", b"by the ferry", b"by the bridge")
    [finding] = validate_paths([build])
    assert finding.code == "sidecar-mismatch"
    assert "bridge" in finding.message


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
    assert codes(validate_paths([build])) == ["id-duplicate"]


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
    [finding] = validate_paths([build])
    assert (finding.code, finding.line) == ("pointer-dangling", line_of(path, b"#per-hail"))


# --- sidecars ---------------------------------------------------------------------------------------------------------


def test_a_missing_sidecar_is_a_warning(build):
    (build / "sidecar/sample.json").unlink()
    [finding] = validate_paths([build])
    assert (finding.code, finding.severity) == ("sidecar-missing", "warning")
    assert "sidecar/sample.json" in finding.message


@pytest.mark.parametrize(
    ("old", "new", "code", "line_with"),
    [
        (b'"format":"teiprep-sidecar/1"', b'"format":"teiprep-sidecar/2"', "sidecar-schema", b'"format"'),
        (b'"type":"person"', b'"type":"horse"', "sidecar-schema", b"horse"),
        (b'"rules":', b'"rulez":', "sidecar-schema", b'"format"'),
        (b'"n":"12"', b'"n":12', "sidecar-schema", b'"n":12'),
        (b'"quote":"Hale"', b'"quote":"Hall"', "sidecar-mismatch", b"Hall"),
        (b'"quote":"[Page 12]"', b'"quote":"[Page 13]"', "sidecar-mismatch", b"[Page 13]"),
        (b'"title":"To the Editor"', b'"title":"To You"', "sidecar-mismatch", b'"title":"To You"'),
        (b"we spoke of", b"we spake of", "sidecar-mismatch", b'"format"'),
        (b"we spoke of", b"we spoke about", "sidecar-mismatch", b'"format"'),
        (b'"flow":"body","start":25,', b'"flow":"bodice","start":25,', "sidecar-mismatch", b'"format"'),
        (b"}\n", b"", "sidecar-malformed", b'"format"'),
    ],
)
def test_a_changed_sidecar_is_found(build, old, new, code, line_with):
    path = build / "sidecar/sample.json"
    data = path.read_bytes()
    assert old in data
    head, tail = data.rsplit(old, 1) if old == b"}\n" else data.split(old, 1)
    path.write_bytes(head + new + tail)
    findings = validate_paths([path])
    assert codes(findings)[:1] == [code]
    assert findings[0].line == line_of(path, line_with)
    assert codes(validate_paths([build])).count(code) >= 1


def test_defaults_that_are_written_out_and_another_layout_are_no_faults(build):
    path = build / "sidecar/sample.json"
    record = orjson.loads(path.read_bytes())
    for each in record["annotations"]:
        each["certainty"] = "high"
    path.write_bytes(orjson.dumps(record, option=orjson.OPT_INDENT_2))
    assert validate_paths([build]) == []


def test_an_offset_with_a_decimal_point_is_refused(build):
    path = build / "sidecar/sample.json"
    path.write_bytes(path.read_bytes().replace(b'"start":0,', b'"start":0.0,'))
    [finding] = validate_paths([path])
    assert finding.code == "sidecar-schema"
    assert "decimal point" in finding.message


def test_no_damage_to_a_sidecar_makes_validate_fail_itself(build):
    """Whatever a hand, a merge or a disk did to a sidecar: what stands twice is found out, and nothing raises."""
    path, whole = build / "sidecar/sample.json", (build / "sidecar/sample.json").read_bytes()

    def places(value, way=()):
        yield way
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, each in inner:
            yield from places(each, (*way, key))

    silent, tried = set(), 0
    ways = [way for way in places(orjson.loads(whole)) if way]
    for way, junk in itertools.product(ways, (None, 0, 10**6, "zzz", [], [9, 3])):
        changed = orjson.loads(whole)
        inner = changed
        for key in way[:-1]:
            inner = inner[key]
        if inner[way[-1]] == junk:
            continue
        inner[way[-1]] = junk
        path.write_bytes(orjson.dumps(changed))
        findings = validate_paths([build])
        assert all(each.code in CODES for each in findings)
        tried += 1
        if not findings:
            silent.add((way[0], *(key for key in way[1:2] if isinstance(key, str)), *way[2:]))
    assert tried > 700
    assert not {way for way in silent if way[0] in {"format", "flows", "pieces"}}
    assert ("source", "sha256") not in silent
    assert ("source", "bytes") not in silent
    assert not {way for way in silent if way[-1] in {"quote", "check", "text", "ref", "page", "flow", "parent"}}
    assert not {way for way in silent if "source" in way[1:]}


# --- a sidecar against its TEI ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("of the bridge.", "of the brigde.", "after “spoke of the” comes “brigde.” instead of “bridge.”"),
        ("He called", "He once called", "“once”"),
        ("by the ferry.", "by the", "comes nothing instead of “ferry.”"),
        ("never built", "never  built", "white space"),
        ("“a folly”", "“a jolly”", "“jolly”"),
    ],
)
def test_a_word_changed_in_the_tei_is_named_at_its_paragraph(build, old, new, named):
    path = build / "tei/sample.xml"
    change(path, old.encode(), new.encode())
    [finding] = validate_paths([build])
    assert finding.code == "sidecar-mismatch"
    assert finding.file == path.as_posix()
    # libxml2 knows where an element begins, and each paragraph has a line of its own here.
    assert finding.line == line_of(path, new.encode())
    assert named in finding.message


@pytest.mark.parametrize(
    ("found", "expected", "said"),
    [
        ("one", "two", "at the start comes “one” instead of “two”"),
        ("", "two", "at the start comes nothing instead of “two”"),
        ("a b c d e", "a b c d f", "after “b c d” comes “e” instead of “f”"),
        ("a b", "a\nb", "the words are the same, the white space after “a” is not: ' ' instead of '\\n'"),
        (" a", "a", "the words are the same, the white space at the start is not: ' ' instead of ''"),
        ("a ", "a", "the words are the same, the white space after “a” is not: ' ' instead of ''"),
        ("x" * 90 + "y", "x" * 90 + "z", f"at the start comes “…{'x' * 15}y” instead of “…{'x' * 15}z”"),
    ],
)
def test_the_first_difference_is_told_in_words(found, expected, said):
    assert first_difference(found, expected) == said


def test_a_new_paragraph_or_a_new_note_is_found(build):
    path = build / "tei/sample.xml"
    whole = path.read_bytes()
    for new in (b"<p>More.</p></div>", b'<p><note place="foot" xml:id="fn-9">More.</note></p></div>'):
        path.write_bytes(whole.replace(b"</div>", new, 1))
        assert codes(validate_paths([build])) == ["sidecar-mismatch"]


@pytest.mark.parametrize("blank", [False, True])
def test_a_point_that_was_moved_or_lost_is_found_at_its_line(build, blank):
    path, record = build / "tei/sample.xml", build / "sidecar/sample.json"
    if blank:
        loaded = orjson.loads(record.read_bytes())
        for flow in loaded["flows"]:
            flow["text"] = ""
        record.write_bytes(orjson.dumps(loaded))
    whole = path.read_bytes()
    note_ = b'<note place="foot" n="1" xml:id="fn-1">It was never built.</note>'
    page_ = b'<pb n="12" xml:id="pg-12"/>'
    for old, new, said in (
        (note_ + b" and we", b" and we" + note_, "the note fn-1 stands after “1863, and we”"),
        (page_ + b"spoke of", b"spoke of" + page_, "page break pg-12 stands after “we spoke of”"),
        (page_, b"", "page break pg-12 is missing; it belongs after “1863, and we”"),
        (b"by the ferry", b'by the<pb n="13" xml:id="pg-13"/> ferry', "the sidecar knows no page break pg-13"),
    ):
        path.write_bytes(whole)
        change(path, old, new)
        [finding] = validate_paths([build])
        assert finding.code == "sidecar-mismatch"
        assert said in finding.message
        assert finding.line == line_of(path, b"by the" if b"by the" in new else b"<p>I met")


def test_a_changed_word_is_told_once_and_not_again_for_each_point_behind_it(build):
    change(build / "tei/sample.xml", b"I met Mr.", b"Once I met Mr.")
    assert len(validate_paths([build])) == 1


def test_with_blanked_texts_the_paragraph_is_named_by_its_length(build):
    path = build / "sidecar/sample.json"
    record = orjson.loads(path.read_bytes())
    for flow in record["flows"]:
        flow["text"] = ""
    path.write_bytes(orjson.dumps(record))
    change(build / "tei/sample.xml", b"went home", b"went  home")
    [finding] = validate_paths([build])
    assert finding.line == line_of(build / "tei/sample.xml", b"went  home")
    assert "is 1 character longer than recorded" in finding.message


def test_files_that_do_not_belong_together_are_found(build):
    change(build / "tei/sample.xml", sample().source.sha256.encode(), b"0" * 64)
    [finding] = validate_paths([build])
    assert finding.code == "sidecar-mismatch"
    assert finding.line == line_of(build / "tei/sample.xml", b"0" * 64)


def test_a_change_that_leaves_the_text_alone_is_no_mismatch(build):
    change(build / "tei/sample.xml", b'when="1863-05-04"', b'when="1863-05-05"')
    assert validate_paths([build]) == []


def test_findings_come_in_the_same_order_whatever_the_order_of_the_paths(build):
    change(build / "tei/sample.xml", b'ref="#per-hale"', b'ref="#x" who="#y"')
    write(build / "tei/broken.xml", b"<a>")
    paths = [build, build / "tei/sample.xml", build / "tei"]
    results = [validate_paths(order) for order in itertools.permutations(paths)]
    assert all(each == results[0] for each in results)
    assert len(results[0]) >= 3
    assert results[0] == sorted(results[0])
