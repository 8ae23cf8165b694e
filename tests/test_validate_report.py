"""How findings are told: one text for people and grep, JSON, GitHub's annotations; and nothing steers a terminal."""

import json
import os
import pty
import re
import subprocess
import sys

import pytest

from teiprep.diagnostics import CODES
from teiprep.validate.report import SEVERITIES, Finding, Report, as_github, as_json, as_text, line, plain

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{}</body></text></TEI>'
PLACE = Finding("tei/a.xml", 7, 3, "error", "grammar", "<p> is not allowed here", "/TEI/text/p[2]", "a.txt:12")
WARNING = Finding("tei/a.xml", 2, 0, "warning", "sidecar-missing", "no sidecar")


def teiprep(*arguments, cwd):
    """The command in a process of its own, as a user starts it."""
    command = [sys.executable, "-c", "from teiprep.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, timeout=60, check=False)


def write(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_line_has_what_editors_need_and_then_xpath_and_raw_place():
    assert [line(PLACE), line(WARNING)] == [
        "tei/a.xml:7:3: error grammar <p> is not allowed here [/TEI/text/p[2]; a.txt:12]",
        "tei/a.xml:2: warning sidecar-missing no sidecar",
    ]
    assert line(Finding("a.xml", 0, 0, "error", "time-limit", "too long")) == "a.xml:1: error time-limit too long"


def test_the_verdict_stands_last():
    assert list(as_text(Report(("a.xml", "b.xml"), ()))) == ["2 files checked: nothing is wrong"]
    assert list(as_text(Report(("tei/a.xml",), (WARNING, PLACE))))[-2:] == [
        "",
        "1 file checked: 1 error and 1 warning in 1 file",
    ]


def test_what_is_not_told_is_counted():
    report = Report(("a.xml",), (PLACE, Finding("a.xml", 9, 0, "error", "grammar", "… and 37 more like this", more=37)))
    assert report.counts()["error"] == {"grammar": 38}
    assert "38 error grammar" in list(as_text(report))
    assert json.loads(as_json(report))["counts"]["error"] == {"grammar": 38}


def test_the_same_words_about_many_files_are_told_of_the_first_few():
    names = tuple(f"{number:03}.xml" for number in range(100))
    report = Report(names, tuple(Finding(name, 1, 0, "error", "schema-unknown", "no schema") for name in names))
    told = list(as_text(report))
    assert len([line for line in told if ": error schema-unknown" in line]) == 3
    assert "… and 97 files more of which the same is said as of 000.xml (schema-unknown)" in told
    assert "100 error schema-unknown" in told
    assert len(json.loads(as_json(report))["files"]) == 100


def test_the_same_words_about_other_places_are_told():
    names = tuple(f"{number:03}.xml" for number in range(9))
    places = [Finding(name, line, 1, "error", "grammar", "no", f"/TEI/p[{line}]") for name in names for line in (1, 2)]
    report = Report(names, (*places, Finding("008.xml", 3, 1, "error", "grammar", "no", "/TEI/p[3]")))
    assert len([line for line in as_text(report) if "error grammar no" in line]) == 7


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n\tb", "a b"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("x\u202ey\u00adz", r"x\u202ey\xadz"),
        ("caf\u00e9\u00a0—“x”", "caf\u00e9\u00a0—“x”"),
        ("\x9b\x07\udce9", r"\x9b\x07\udce9"),
        ("", ""),
    ],
)
def test_no_name_and_no_word_steers_a_terminal(text, shown):
    assert plain(text) == shown


def test_github_escapes_what_would_end_a_command():
    odd = Finding("a,b:c%.xml", 7, 3, "error", "grammar", "50 % of\nit :: done", "/TEI")
    assert list(as_github(Report(("a,b:c%.xml",), (WARNING, odd)))) == [
        "::notice title=teiprep validate::1 file checked: 1 error and 1 warning in 2 files",
        "::error file=a%2Cb%3Ac%25.xml,line=7,col=3,title=grammar::50 %25 of it :: done [/TEI]",
        "::warning file=tei/a.xml,line=2,title=sidecar-missing::no sidecar",
    ]
    assert next(line for line in as_github(Report((), (Finding("a", 1, 1, "info", "x", "y"),))) if "title=x" in line)[
        :8
    ] == ("::notice")


def test_strict_counts_warnings():
    assert Report((), (WARNING,)).ok()
    assert not Report((), (WARNING,)).ok(strict=True)
    assert not Report((), (PLACE,)).ok()
    assert Report((), (Finding("a", 1, 1, "info", "x", "y"),)).ok(strict=True)


def test_every_severity_is_of_a_code():
    assert set(SEVERITIES) <= set(CODES)


# --- through the command line -----------------------------------------------------------------------------------------


def test_json_through_the_command_line(tmp_path):
    write(tmp_path / "d/b.xml", TEI.format("<p>x</p>"))
    write(tmp_path / "d/a.xml", "<TEI>\n<p></TEI>")
    done = teiprep("validate", "d", "--format", "json", "--off", "schema-unknown", "--strict", cwd=tmp_path)
    said = json.loads(done.stdout)
    assert (done.returncode, said["format"], said["ok"]) == (1, "teiprep-validate/1", False)
    assert list(said) == ["format", "teiprep", "verdict", "ok", "counts", "files"]
    assert [each["file"] for each in said["files"]] == ["d/a.xml", "d/b.xml"]
    [finding] = said["files"][0]["findings"]
    assert list(finding) == ["line", "column", "severity", "code", "message", "path", "source", "more"]
    assert (finding["line"], finding["code"], finding["more"]) == (2, "xml-malformed", 0)
    assert said["counts"]["files"] == 2


def test_github_through_the_command_line(tmp_path):
    write(tmp_path / "a.xml", "<TEI>\n<p></TEI>")
    done = teiprep("validate", "a.xml", "--format", "github", cwd=tmp_path)
    first, second = done.stdout.decode().splitlines()
    assert first.startswith("::notice title=teiprep validate::1 file checked: 1 error")
    assert re.match(r"::error file=a\.xml,line=2,col=\d+,title=xml-malformed::</TEI> stands here", second)
    assert done.returncode == 1


def test_colour_only_on_a_terminal(tmp_path):
    write(tmp_path / "a.xml", "<TEI>")

    def on_terminal(**env):
        leader, follower = pty.openpty()
        command = [sys.executable, "-c", "from teiprep.cli import main; main()", "validate", "a.xml"]
        given = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | env
        subprocess.run(command, cwd=tmp_path, stdout=follower, stderr=subprocess.DEVNULL, env=given, check=False)
        os.close(follower)
        return os.read(leader, 10_000)

    assert b"\x1b[31merror" in on_terminal()
    assert b"\x1b" not in on_terminal(NO_COLOR="1")
    assert b"\x1b" not in teiprep("validate", "a.xml", cwd=tmp_path).stdout
