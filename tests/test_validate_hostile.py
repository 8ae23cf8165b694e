"""Files that anybody may have made: refused or bounded with a clear message, nothing read outside, the others go on."""

import codecs
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from lxml import etree

from teiprep.config import Validate
from teiprep.diagnostics import ConfigError, TeiprepError
from teiprep.tei import reading
from teiprep.validate import check_paths, checking, validate_paths, workers
from teiprep.validate.parsing import parse

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Tull</title>'
    "<author>Hale</author></titleStmt><publicationStmt><publisher>Pike</publisher><availability><licence>free</licence>"
    "</availability></publicationStmt><sourceDesc><p>A letter.</p></sourceDesc></fileDesc></teiHeader>\n"
    "<text><body>{}</body></text></TEI>"
)
#: Any element, any attribute, any text.
ANY = (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start><define name="any"><element>'
    '<anyName/><zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name="any"/></choice></zeroOrMore>'
    "</element></define></grammar>"
)
ONLY_RULES = Validate(off=("schema-unknown",))


def teiprep(*arguments, cwd=None, stdin=b"", limit=60, **env):
    """The command in a process of its own, as a user starts it."""
    command = [sys.executable, "-c", "from teiprep.cli import main; main()", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, input=stdin, env=os.environ | env, capture_output=True, timeout=limit, check=False
    )


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def told(data):
    """Whether there is a tree, and code and message of each finding."""
    root, _, findings = parse(data if isinstance(data, bytes) else data.encode(), "a.xml")
    return root, [(each.code, each.message) for each in findings]


# --- XML that is dangerous --------------------------------------------------------------------------------------------

BOMB = (
    '<!DOCTYPE TEI [<!ENTITY a0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BOMB + "<a>&a9;</a>", "entity bomb"),
        (BOMB + '<a n="&a9;"/>', "entity bomb"),
        ('<!DOCTYPE a [<!ENTITY a "&b;"><!ENTITY b "&a;">]><a>&a;</a>', "entity bomb"),
        (f'<!DOCTYPE a [<!ENTITY a "{"a" * 100_000}">]><a>{"&a;" * 100_000}</a>', "entity bomb"),
        ('<!DOCTYPE a [<!ENTITY s SYSTEM "/etc/passwd">]><a n="&s;"/>', "write the value itself"),
        ("<a>" * 100_000, "256 deep"),
        ("<a>" * 300 + "</a>" * 300, "256 deep"),
        (f"<a n='{'x' * 11_000_000}'/>", "10 million bytes"),
        (f"<a>{'x' * 11_000_000}</a>", "10 million bytes"),
        (f"<a><!--{'x' * 11_000_000}--></a>", "10 million bytes"),
        ("<a " + " ".join(f"n{n}=''" for n in range(100_000)) + "/>", "more than 1,000 attributes"),
        ('<?xml version="1.0" encoding="utf-7"?><a>+ADw-b/+AD4-</a>', "“utf-7”"),
        ('<?xml version="1.0" encoding="cp037"?><a/>'.encode("cp037"), "EBCDIC"),
        ('<?xml version="1.0" encoding="klingon"?><a/>', "“klingon”"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_is_out_of_all_measure_is_refused(data, said):
    began = time.process_time()
    root, [(code, message)] = told(data)
    assert (root, code) == (None, "xml-refused")
    assert said in message
    assert time.process_time() - began < 5


def test_an_attribute_of_200_megabytes_is_refused_in_little_memory(tmp_path):
    path = write(tmp_path / "a.xml", b"<a n='" + b"x" * 199_000_000 + b"'/>")
    [finding] = validate_paths([path])
    assert (finding.code, finding.line) == ("xml-refused", 1)
    path.write_bytes(b"<a n='" + b"x" * 201_000_000 + b"'/>")
    [finding] = validate_paths([path])
    assert "more than 200 MB" in finding.message


def test_nothing_outside_of_the_bytes_is_read(tmp_path, monkeypatch):
    """lxml opens local DTDs and parameter entities although it is told not to resolve entities."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "x.dtd", '<!ENTITY secret "SECRET"><!ATTLIST a n CDATA "SECRET">')
    uri = (tmp_path / "x.dtd").as_uri()
    for prolog in (
        '<!DOCTYPE a SYSTEM "x.dtd">',
        f'<!DOCTYPE a SYSTEM "{uri}">',
        f'<!DOCTYPE a PUBLIC "-//TEI//DTD" "{tmp_path}/x.dtd">',
        f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{uri}"> %p;]>',
        f'<!DOCTYPE a [<!ENTITY secret SYSTEM "{uri}">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
    ):
        for body in ("<a>&secret;</a>", "<a n='&secret;'>x</a>"):
            root, findings = told(prolog + body)
            seen = "" if root is None else etree.tostring(root).decode() + str(dict(root.attrib))
            assert "SECRET" not in seen
            assert findings or "n=" in body, (prolog, body)
            with suppress(TeiprepError):
                assert "SECRET" not in str(dict(reading.parse((prolog + body).encode()).attrib))


def test_entities_that_are_characters_are_replaced_and_told_once():
    data = '<!DOCTYPE a [<!ENTITY nbsp "&#160;">]><a>x&nbsp;y<b/>&nbsp;&nbsp;z<b>&nbsp;</b></a>'
    root, [(code, message)] = told(data)
    assert "".join(root.itertext()) == "x\xa0y\xa0\xa0z\xa0"
    assert code == "xml-entity"
    assert "&nbsp; is U+00A0" in message
    root, [(code, message)] = told('<!DOCTYPE a SYSTEM "tei.dtd"><a>1863&ndash;5</a>')
    assert (root.text, code) == ("1863–5", "xml-entity")
    assert "&ndash; is “–”" in message


@pytest.mark.parametrize("value", ["<b/>", "&other;", "x" * 300])
def test_entities_that_are_more_than_characters_are_refused(value):
    root, [(code, message)] = told(f'<!DOCTYPE a [<!ENTITY x "{value}"><!ENTITY other "o">]><a>1&x;2</a>')
    assert ("".join(root.itertext()), code) == ("12", "xml-refused")
    assert "&x;" in message


def test_xinclude_is_not_done_but_told():
    data = '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd" parse="text"/></a>'
    root, [(code, _)] = told(data)
    assert (len(root), root[0].text, code) == (1, None, "xinclude")


# --- encodings --------------------------------------------------------------------------------------------------------

WORDS = '<?xml version="1.0" encoding="{}"?>\n<a>\n<b>é</b></a>'


@pytest.mark.parametrize(
    ("declared", "encoding", "mark"),
    [
        ("UTF-8", "utf-8", b""),
        ("utf-8", "utf-8", codecs.BOM_UTF8),
        ("ISO-8859-1", "latin-1", b""),
        ("windows-1252", "cp1252", b""),
        ("macintosh", "mac-roman", b""),
        ("UTF-16", "utf-16-le", codecs.BOM_UTF16_LE),
        ("UTF-16", "utf-16-be", codecs.BOM_UTF16_BE),
        ("UTF-16LE", "utf-16-le", b""),
        ("UTF-32", "utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_an_encoding_that_is_declared_is_read(declared, encoding, mark):
    root, data, findings = parse(mark + WORDS.format(declared).encode(encoding), "a.xml")
    assert (root[0].text, findings) == ("é", [])
    assert data.decode("utf-8").count("é") == 1


@pytest.mark.parametrize(
    ("declared", "encoding", "mark", "line"),
    [
        ("utf-8", "latin-1", b"", 3),
        ("us-ascii", "utf-8", b"", 3),
        ("utf-16", "utf-8", b"", 1),
        ("utf-8", "utf-16-le", codecs.BOM_UTF16_LE, 1),
        ("ISO-8859-1", "utf-8", codecs.BOM_UTF8, 1),
        ("utf-8", "utf-16-be", b"", 1),
    ],
)
def test_an_encoding_that_is_not_the_declared_one_is_told(declared, encoding, mark, line):
    [finding] = parse(mark + WORDS.format(declared).encode(encoding), "a.xml").findings
    assert (finding.code, finding.line) == ("xml-encoding", line)


def test_the_byte_that_does_not_fit_is_shown_as_what_it_may_be():
    _, [(_, message)] = told("<a>é</a>".encode("cp1252"))
    assert "the byte E9" in message
    assert "“é”" in message


# --- what is no XML ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 1, "the file is empty"),
        (b" \n", 2, "the file is empty"),
        (b"no XML", 1, "begins with “<”"),
        (b"%PDF-1.7", 1, "a PDF"),
        (b"PK\3\4", 1, "Word"),
        (b"\x1f\x8b\x08", 1, "compressed"),
        (b"\0" * 9, 1, "binary"),
        (b"<a>\n<b>\n</a>", 3, "</a> stands here, but the element <b> that begins in line 2 is still open"),
        (b"<a>\n<b>", 2, "the element <b> that begins in line 2 is not closed"),
        (b"<a>\n&nbsp;</a>", 2, "&nbsp; is a name that XML does not know"),
        (b"<a>A\n& B</a>", 2, "“&amp;”"),
        (b"<a>a < b</a>", 1, "“&lt;”"),
        (b"<a>\0</a>", 1, "U+0000"),
        (b"<a>\x0c</a>", 1, "U+000C"),
        (b"<a n='1' n='2'/>", 1, "the attribute n stands twice"),
        (b"<a/>\n<b/>", 2, "behind the end of the first element"),
        (b"<a n=1/>", 1, "quotation marks"),
        (b"<a n='<'/>", 1, "“&lt;”"),
        (b"<tei:a/>", 1, "the prefix “tei:” is declared nowhere"),
        (b"\n<?xml version='1.0'?><a/>", 2, "the very beginning"),
        (b"<a><!-- a -- b --></a>", 1, "comment"),
    ],
)
def test_what_is_no_xml_is_told_in_words(data, line, said):
    [finding] = parse(data, "a.xml").findings
    assert (finding.code, finding.line) == ("xml-malformed", line)
    assert said in finding.message


def test_xml_1_1_is_read_as_far_as_it_is_xml_1_0(tmp_path):
    path = write(tmp_path / "a.xml", '<?xml version="1.1"?>\n' + TEI.format('<p><ref target="#no">x</ref></p>'))
    [finding] = validate_paths([path], ONLY_RULES)
    assert (finding.code, finding.line) == ("pointer-dangling", 3)


# --- bounds -----------------------------------------------------------------------------------------------------------


def test_findings_of_one_kind_are_told_up_to_a_number_and_counted(tmp_path):
    many = "".join(f'<ref target="#x{n}">a</ref>\n' for n in range(300))
    report = check_paths([write(tmp_path / "a.xml", TEI.format(f"<p>{many}</p>"))], ONLY_RULES, most=5)
    assert [each.code for each in report.findings] == ["pointer-dangling"] * 6
    assert report.findings[-1].message == "… and 295 more like this"
    assert report.counts()["error"] == {"pointer-dangling": 300}


def test_a_hundred_thousand_wrong_places_take_no_time(tmp_path):
    schema = write(
        tmp_path / "s.rng", ANY.replace("<anyName/><zero", "<anyName><except><name>p</name></except></anyName><zero")
    )
    path = write(tmp_path / "a.xml", "<a>" + "<p xml:id='x'/>" * 100_000 + "</a>")
    report = check_paths([path], Validate(schema=str(schema)))
    assert len(report.findings) < 300
    assert report.counts()["error"]["id-duplicate"] == 99_999


def slow(monkeypatch, what):
    """A rule that does `what` where a file says so."""
    plain = checking.rules.check

    def check(survey, *codes):
        if "HALT" in (survey.root.findtext(".//{*}p[@n]") or ""):
            what()
        return plain(survey, *codes)

    monkeypatch.setattr(checking.rules, "check", check)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (lambda: time.sleep(60), "time-limit"),
        (lambda: sum(iter(int, 1)), "time-limit"),
        (lambda: bytearray(2_000_000_000), "memory-limit"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "memory-limit"),
        (lambda: os._exit(3), "internal"),
        (lambda: 1 // 0, "internal"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_hangs_or_kills_is_told_and_the_others_go_on(tmp_path, monkeypatch, what, code, jobs):
    monkeypatch.setattr(checking, "LIMIT", 0.7)
    slow(monkeypatch, what)
    for name in "abcde":
        text = '<p n="1">HALT</p>' if name in "bd" else "<p>x</p>"
        write(tmp_path / f"{name}.xml", TEI.format(text))
    began = time.monotonic()
    report = check_paths([tmp_path], ONLY_RULES, jobs=jobs)
    assert [(Path(each.file).name, each.code) for each in report.findings] == [("b.xml", code), ("d.xml", code)]
    assert time.monotonic() - began < 20
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_results_come_in_order_and_none_is_lost():
    limits = [workers.Limits(30.0, 10**9)] * 50
    for jobs in (1, 3, 60):
        assert workers.run(lambda number: "x" * number * 3000, limits, lambda *_: "", jobs) == [
            "x" * number * 3000 for number in range(50)
        ]
    assert workers.run(lambda _: None, [], lambda *_: "", 4) == []


def test_the_findings_are_the_same_whatever_the_number_of_jobs(tmp_path):
    for number in range(20):
        other = f'<ref target="{(number + 1) % 20:02}.xml#no">x</ref>'
        write(tmp_path / f"{number:02}.xml", TEI.format(f'<p xml:id="a"><ref target="#b">x</ref>{other}</p>'))
    for form in ("text", "json"):
        results = [teiprep("validate", ".", "--jobs", n, "--format", form, cwd=tmp_path).stdout for n in (1, 2, 5)]
        assert results[0] == results[1] == results[2]
    assert results[0].count(b'"code": "pointer-dangling"') == 40


# --- paths ------------------------------------------------------------------------------------------------------------


def test_special_files_in_a_folder_are_told_and_not_opened(tmp_path):
    folder = tmp_path / "d"
    write(folder / "ok.xml", TEI.format("<p>x</p>"))
    write(tmp_path / "outside.xml", "<a>")
    os.mkfifo(folder / "fifo.xml")
    (folder / "loop.xml").symlink_to("loop.xml")
    (folder / "gone.xml").symlink_to("nowhere.xml")
    (folder / "out.xml").symlink_to("../outside.xml")
    (folder / "in.xml").symlink_to("ok.xml")
    (folder / "up").symlink_to("..")
    (folder / "dir.xml").mkdir()
    write(folder / ".hidden/a.xml", "<a>")
    found = {Path(each.file).name: each.message for each in validate_paths([folder], ONLY_RULES)}
    assert set(found) == {"fifo.xml", "loop.xml", "gone.xml", "out.xml"}
    assert "not an ordinary file" in found["fifo.xml"]
    assert "leads out of the folder" in found["out.xml"]
    [finding] = validate_paths([folder / "out.xml"])  # who names it wants it
    assert finding.code == "xml-malformed"


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path):
    write(tmp_path / "a.xml", "<a/>").chmod(0)
    [finding] = validate_paths([tmp_path])
    assert finding.code == "source-unreadable"


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "fifo"])
def test_a_device_or_pipe_is_told(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("fifo")
    [finding] = validate_paths([Path(path)])
    assert finding.code == "source-unreadable"


def test_what_is_no_tei_in_a_folder_is_passed_over_and_said(tmp_path):
    write(tmp_path / "d/a.XML", TEI.format("<p>x</p>"))
    write(tmp_path / "d/b.tei", "<TEI><p/></TEI>")  # without its namespace it is TEI, and wrong
    write(tmp_path / "d/c.xml", '<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform"/>')
    report = check_paths([tmp_path / "d"])
    assert [Path(each).name for each in report.files] == ["a.XML", "b.tei"]
    assert [(each.severity, each.code) for each in report.findings if each.file.endswith("c.xml")] == [
        ("info", "not-tei")
    ]
    (tmp_path / "d/a.XML").unlink()
    (tmp_path / "d/b.tei").unlink()
    with pytest.raises(ConfigError, match="holds no TEI"):
        check_paths([tmp_path / "d"])
    assert [each.code for each in validate_paths([tmp_path / "d/c.xml"], Validate(off=("header-title",)))] != []


def test_wrong_use_is_never_a_pass(tmp_path):
    write(tmp_path / "a.xml", TEI.format("<p>x</p>"))
    (tmp_path / "empty").mkdir()
    for arguments, said in (
        (["no.xml"], "no.xml does not exist"),
        (["*.tei"], "no name is like that"),
        (["a.xml", "empty"], "empty holds no TEI"),
        (["a.xml", "--schema", "no.rng"], "no.rng"),
        (["a.xml", "--schema", "a.xml"], "a.xml"),
        (["a.xml", "--off", "grammer"], "did you mean grammar?"),
        (["a.xml", "--off", "xml-malformed"], "always an error"),
        (["a.xml", "--config", "no.toml"], "no.toml"),
        ([], "PATH"),
    ):
        done = teiprep("validate", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b""), arguments
        assert said in done.stderr.decode(), arguments
        assert b"Traceback" not in done.stderr


def test_settings_are_those_of_the_folder_that_one_is_in(tmp_path):
    write(tmp_path / "a.xml", TEI.format('<p><ref target="#x">x</ref></p>'))
    write(tmp_path / "teiprep.toml", '[validate]\nschema = "any.rng"\nwarning = ["pointer-dangling"]\n')
    write(tmp_path / "any.rng", ANY)
    done = teiprep("validate", "a.xml", cwd=tmp_path)
    assert done.returncode == 0
    assert b"warning pointer-dangling" in done.stdout
    assert teiprep("validate", "a.xml", "--strict", cwd=tmp_path).returncode == 1
    done = teiprep("validate", "a.xml", "--off", "pointer-dangling", cwd=tmp_path)
    assert done.stdout == b"1 file checked: nothing is wrong\n"


def test_standard_input(tmp_path):
    write(tmp_path / "any.rng", ANY)
    data = TEI.format('<p><ref target="#x">x</ref></p>').encode()
    done = teiprep("validate", "-", "--schema", "any.rng", cwd=tmp_path, stdin=data)
    assert done.returncode == 1
    assert done.stdout.startswith(b"-:2:")


def test_a_name_that_steers_a_terminal_is_shown_harmlessly(tmp_path):
    write(tmp_path / "a\x1b[2J\nb.xml", "<a>")
    done = teiprep("validate", ".", cwd=tmp_path)
    assert rb"a\x1b[2J\nb.xml:1:" in done.stdout
    assert b"\x1b" not in done.stdout


# --- the schema that a file names -------------------------------------------------------------------------------------


def naming(href, kind=' schematypens="http://relaxng.org/ns/structure/1.0"'):
    return f'<?xml-model href="{href}"{kind}?>\n' + TEI.format("<p>x</p>")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """In `work`, a folder with TEI and one with schemas; beside it what is none of our business."""
    write(tmp_path / "outside/any.rng", ANY)
    write(tmp_path / "work/schema/any.rng", ANY)
    write(tmp_path / "work/schema/my schema.rng", ANY)
    os.mkfifo(tmp_path / "work/schema/fifo.rng")
    (tmp_path / "work/schema/link.rng").symlink_to("../../outside/any.rng")
    (tmp_path / "work/tei").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.mark.parametrize("href", ["../schema/any.rng", "../schema/my%20schema.rng", "./../schema/any.rng"])
def test_the_local_schema_that_a_file_names_is_taken(place, href):
    assert validate_paths([write(place / "tei/a.xml", naming(href))]) == []
    assert validate_paths([write(place / "tei/a.xml", naming(href, ""))]) == []


@pytest.mark.parametrize(
    ("href", "said"),
    [
        ("https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng", "download tei_all.rng"),
        ("//example.org/a.rng", "is on the web"),
        ("file:///etc/passwd", "is no relative path"),
        ("/etc/passwd", "is no relative path"),
        ("C:\\a.rng", "is no relative path"),
        ("../../outside/any.rng", "outside of the folders that you named"),
        ("../schema/link.rng", "outside of the folders that you named"),
        ("../schema/none.rng", "is not there"),
        ("../schema/fifo.rng", "is not an ordinary file"),
        ("../schema", "is not an ordinary file"),
        ("../schema/any.rnc", "trang"),
    ],
)
def test_a_schema_that_is_not_read_is_told_and_never_a_pass(place, href, said):
    [finding] = validate_paths([write(place / "tei/a.xml", naming(href))])
    assert (finding.severity, finding.code) == ("error", "schema-unknown")
    assert said in finding.message


def test_a_schema_outside_is_read_if_its_folder_was_named(place):
    path = write(place / "tei/a.xml", naming("../../outside/any.rng"))
    write(place.parent / "outside/b.xml", TEI.format("<p>x</p>"))
    assert validate_paths([path, place.parent / "outside"], ONLY_RULES) == []


def test_other_kinds_of_schema_are_named_as_unchecked(place):
    data = '<?xml-model href="a.sch" schematypens="http://purl.oclc.org/dsdl/schematron"?>\n' + naming(
        "../schema/any.rng"
    )
    [finding] = validate_paths([write(place / "tei/a.xml", data)])
    assert (finding.severity, finding.code) == ("info", "schema-unchecked")
    assert "a.sch" in finding.message
    [finding] = validate_paths([write(place / "tei/a.xml", naming("a.xsd", ""))], Validate(off=("schema-unchecked",)))
    assert finding.code == "schema-unknown"


def test_a_schema_that_a_file_names_and_that_is_none_is_told(place):
    write(place / "schema/bad.rng", "<grammar")
    findings = validate_paths([write(place / "tei/a.xml", naming("../schema/bad.rng"))])
    assert [each.code for each in findings] == ["schema-unknown"]
    assert "bad.rng" in findings[0].message


@pytest.mark.parametrize(
    "schema",
    [
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="a.rng"/></grammar>',
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><externalRef href="a.rng"/></start></grammar>',
        '<!DOCTYPE grammar [<!ENTITY a SYSTEM "/etc/passwd">]><grammar>&a;</grammar>',
        BOMB.replace("TEI", "grammar") + "<grammar>&a9;</grammar>",
        "<grammar/>",
        "start = text",
        "",
    ],
)
def test_a_schema_that_is_hostile_is_wrong_use(tmp_path, schema):
    write(tmp_path / "a.rng", schema)
    write(tmp_path / "a.xml", TEI.format("<p>x</p>"))
    done = teiprep("validate", "a.xml", "--schema", "a.rng", cwd=tmp_path, limit=20)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"a.rng" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"root:" not in done.stderr
