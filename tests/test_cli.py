"""The command line: exit codes, what goes where, messages that help. The contract is docs/command-line.md."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from teiprep import cli, corpus
from teiprep.diagnostics import Diagnostic, InvariantError

LETTER = """\
A Letter

[Page 12]

The bridge was opened on 4 November 1863, as Mr. James Harding writes,¹ and the toll was one penny.

1. Harding, Bridges of the Severn, 44.
"""


def teiprep(*arguments, cwd=None, stdin=b"", env=None, **options):
    """The command in a process of its own, as a user starts it."""
    return subprocess.run(
        [sys.executable, "-c", "from teiprep.cli import main; main()", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        env=os.environ | (env or {}),
        capture_output=True,
        timeout=120,
        check=False,
        **options,
    )


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The command in this process, in an empty folder, with a pipeline that does as its text says."""

    def produce(source, config, id_, metadata):
        if "BUG" in source.text:
            raise ZeroDivisionError("ours")
        if "BROKEN" in source.text:
            raise InvariantError("promise-freeze", "the texts differ", difference="-a +b")
        remark = Diagnostic("page-sequence", "error", "page 3 after 4", hint="look", line=7)
        return SimpleNamespace(
            tei=f"<TEI>{id_} {sorted((k, v.value, v.origin) for k, v in metadata.items())}</TEI>\n".encode(),
            sidecar=b"{}\n",
            document=SimpleNamespace(
                annotations=(), notes=(), breaks=(), diagnostics=(remark,) * source.text.count("ERROR")
            ),
        )

    monkeypatch.setattr(corpus, "START", "fork")
    monkeypatch.setattr(corpus.pipeline, "produce", produce)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **options: CliRunner().invoke(cli.main, list(map(str, arguments)), **options)


# --- the contract -----------------------------------------------------------------------------------------------------


def test_every_command_and_option_is_documented(root):
    text = (root / "docs/command-line.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `teiprep (\w+)[^\n]*\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE))
    assert set(sections) == set(cli.main.commands)
    for name, command in cli.main.commands.items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                missing = [one for one in parameter.opts if f"`{one}" not in sections[name]]
                assert not missing, (name, missing)
            else:
                assert parameter.name.upper().rstrip("S") in text.partition(f"## `teiprep {name}")[2]
        documented = set(re.findall(r"`(--[a-z-]+|-[a-z])\b", sections[name]))
        assert documented <= {one for parameter in command.params for one in parameter.opts} | {"--help"}


@pytest.mark.parametrize("name", [None, *cli.main.commands])
def test_help_teaches(run, name):
    result = run(*([name] if name else []), "--help")
    assert result.exit_code == 0
    assert "teiprep" in result.output.partition("\n")[2]  # an example, beside the usage


def test_starting_is_light():
    script = "import sys; from teiprep.cli import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert "teiprep.cli" in loaded
    assert not {"lxml", "ftfy", "prefect", "regex", "orjson", "jsonschema", "teiprep.pipeline"} & set(loaded)


def test_version(run):
    assert re.fullmatch(r"teiprep \d+\.\d+\.\d+\n", run("--version", prog_name="teiprep").output)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing",),
        ("run", "nowhere"),
        ("run", ".", "--no-prefect"),
        ("run", "--workers", "0"),
        ("run", "--config", "nowhere.toml"),
        ("encode",),
        ("encode", "nowhere.txt"),
        ("encode", "."),
        ("validate",),
        ("validate", "nowhere"),
        ("restore", "nowhere.xml"),
        ("explain", "nowhere.xml"),
    ],
)
def test_wrong_use_exits_with_2_and_says_why(run, arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr
    assert "Traceback" not in result.stderr


# --- run --------------------------------------------------------------------------------------------------------------


def test_run_with_defaults(run, tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text("Text.")
    result = run("run", "--no-prefect")
    assert result.exit_code == 0
    assert (tmp_path / "build/tei/a.xml").exists()
    assert [line.split()[0] for line in result.stdout.splitlines() if line][:8] == [
        "documents", "pages", "notes", "persons", "dates", "quotations", "diagnostics", "seconds",
    ]  # fmt: skip
    assert "build/sidecar" in result.stdout.splitlines()[-3]
    assert "teiprep explain build/tei/a.xml" in result.stdout.splitlines()[-1]
    assert result.stderr == ""
    assert "1: 1 unchanged" in run("run", "--no-prefect").stdout


def test_run_names_what_needs_a_look(run, tmp_path):
    (tmp_path / "raw").mkdir()
    for name, text in {"a": "Text.", "b": "BUG", "c": "ERROR", "d": "Text."}.items():
        (tmp_path / f"raw/{name}.txt").write_text(text)
    result = run("run", "--no-prefect")
    assert result.exit_code == 1
    assert result.stderr.startswith("raw/b.txt: error internal ZeroDivisionError: ours")
    assert "Traceback" not in result.output
    assert "build/quarantine/b.json" in result.stdout.splitlines()[-1]
    (tmp_path / "raw/b.txt").write_text("Text.")
    assert run("run", "--no-prefect").exit_code == 0
    assert "build/tei/c.xml" in run("run", "--no-prefect").stdout.splitlines()[-1]
    assert run("run", "--no-prefect", "--strict").exit_code == 1
    (tmp_path / "build/tei/d.xml").write_text("by hand")
    result = run("run", "--no-prefect")
    assert result.exit_code == 1
    assert result.stderr.startswith("build/tei/d.xml: warning output-edited")
    assert run("run", "--no-prefect", "--force").exit_code == 0


def test_run_without_prefect_installed(run, tmp_path, monkeypatch):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text("Text.")
    monkeypatch.setitem(sys.modules, "prefect", None)
    result = run("run")
    assert result.exit_code == 2
    assert "pip install 'teiprep[flow]'" in result.stderr
    assert "--no-prefect" in result.stderr
    assert "starting" not in result.stderr


def test_a_folder_in_use_is_told_before_prefect_takes_its_time(run, tmp_path, monkeypatch):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text("Text.")
    monkeypatch.setattr(cli, "_prefect_flow", lambda: pytest.fail("Prefect was loaded"))
    with corpus.Run(tmp_path / "raw", tmp_path / "build"):
        result = run("run")
    assert result.exit_code == 2
    assert "another run" in result.stderr


@pytest.mark.parametrize(
    ("on_path", "called", "expected"),
    [
        ("/usr/bin/teiprep", ".venv/bin/teiprep", "teiprep"),
        (None, ".venv/bin/teiprep", ".venv/bin/teiprep"),
        (None, "my venv/bin/teiprep", "'my venv/bin/teiprep'"),
        (None, "x/teiprep/__main__.py", "python -m teiprep"),
    ],
)
def test_the_command_that_is_named_works_as_typed(monkeypatch, on_path, called, expected):
    monkeypatch.setattr(cli.shutil, "which", lambda _: on_path)
    monkeypatch.setattr(sys, "argv", [called])
    monkeypatch.setattr(sys, "executable", "python")
    assert cli._command() == expected


def test_run_tells_a_full_disk(run, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "build/tei/a.xml")

    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text("Text.")
    monkeypatch.setattr(corpus.files, "stage", full)
    result = run("run", "--no-prefect")
    assert result.exit_code == 2
    assert "build/tei/a.xml: No space left on device" in result.stderr


def test_progress_on_a_pipe_is_plain_lines(capfd):
    with cli._Progress() as progress:
        progress.show(3, 9)
        time.sleep(2.3)
    assert re.fullmatch(r"3 of 9 documents, 2 s\n", capfd.readouterr().err)
    with cli._Progress() as progress:
        progress.show(3, 9)
    assert capfd.readouterr().err == ""


# --- encode -----------------------------------------------------------------------------------------------------------


def test_encode_to_standard_output(run, tmp_path):
    (tmp_path / "a.txt").write_text("ERROR")
    result = run("encode", "a.txt", "--metadata", "date=1935-11-09", "--metadata", "title=A = B")
    assert result.exit_code == 0
    assert result.stdout == (
        "<TEI>a [('date', '1935-11-09', 'command line'), ('title', 'A = B', 'command line')]</TEI>\n"
    )
    assert result.stderr == "a.txt:7: error page-sequence page 3 after 4 (look)\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_encode_from_standard_input_to_files(run, tmp_path):
    result = run("encode", "-", "-o", "x.xml", "--sidecar", "x.json", input="Text.")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "x.xml").read_text() == "<TEI>stdin []</TEI>\n"
    assert (tmp_path / "x.json").read_text() == "{}\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"one\ntwo \xff", r"a\.txt:2: error source-encoding .*UTF-8.*\(.+\)\n"),
        (b"", r"a\.txt: error source-empty .*\(.+\)\n"),
        (b"%PDF-1.7", r"a\.txt: error source-binary .*\(.+\)\n"),
        (b"BROKEN", r"a\.txt: error promise-freeze the texts differ \(.*\)\n-a \+b\n"),
        (b"BUG", r"Traceback(.|\n)*a\.txt: error internal ZeroDivisionError: ours \(.*\)\n"),
    ],
)
def test_encode_leaves_nothing_behind_when_it_fails(run, tmp_path, content, message):
    (tmp_path / "a.txt").write_bytes(content)
    (tmp_path / "a.xml").write_text("what was there")
    result = run("encode", "a.txt", "-o", "a.xml", "--sidecar", "a.json")
    assert result.exit_code == 1
    assert re.fullmatch(message, result.stderr)
    assert result.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "a.xml"]
    assert (tmp_path / "a.xml").read_text() == "what was there"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--metadata", "date"), "KEY=VALUE"),
        (("--metadata", "datum=1863"), "licence"),
        (("--metadata", "id=x"), "KEY=VALUE"),
        (("--metadata", "date=9 November"), "1863-02-14"),
        (("--metadata", "title=a\nb"), "printed"),
        (("-o", "a.txt"), "twice"),
        (("-o", "b", "--sidecar", "./b"), "twice"),
        (("-o", "no/such/x.xml"), "the folder no/such does not exist"),
        (("--sidecar", "no/x.json"), "the folder no does not exist"),
        (("--sidecar", "-"), "standard output is for the TEI"),
    ],
)
def test_encode_wrong_use(run, tmp_path, arguments, word):
    (tmp_path / "a.txt").write_text("Text.")
    result = run("encode", "a.txt", *arguments)
    assert result.exit_code == 2
    assert word in result.stderr
    assert (tmp_path / "a.txt").read_text() == "Text."
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("file", ["/dev/stdin", "<(cat raw.txt)", "-"])
def test_encode_reads_a_pipe(tmp_path, file):
    (tmp_path / "raw.txt").write_text(LETTER, encoding="utf-8")
    command = f"cat raw.txt | {sys.executable} -m teiprep encode {file}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=True, timeout=60)
    assert b'xml:id="stdin"' in done.stdout


def test_encode_refuses_a_name_that_the_header_could_not_hold(tmp_path):
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("Text.")
    result = teiprep("encode", name, cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout == b""
    assert result.stderr.startswith(b"caf\\xe9.txt: error source-unreadable its name")


def test_encode_takes_the_configuration_that_is_named_and_no_other(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"na\xefve")
    (tmp_path / "teiprep.toml").write_text('[read]\nencodings = ["cp1252"]\n')
    assert run("encode", "a.txt").exit_code == 1
    assert run("encode", "a.txt", "--config", "teiprep.toml").exit_code == 0
    (tmp_path / "teiprep.toml").write_text("[reed]\n")
    result = run("encode", "a.txt", "--config", "teiprep.toml")
    assert result.exit_code == 2
    assert "[reed]" in result.stderr


def test_restore_and_explain_need_a_sidecar(run, tmp_path):
    (tmp_path / "a.xml").write_text("<TEI/>")
    for command in ("restore", "explain"):
        result = run(command, "a.xml")
        assert result.exit_code == 2
        assert "a.json" in result.stderr


# --- with the real pipeline, as a user starts it ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with raw and build."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "raw/sub").mkdir(parents=True)
    (folder / "raw/letter.txt").write_text(LETTER, encoding="utf-8")
    (folder / "raw/sub/crlf.txt").write_bytes(b"\xef\xbb\xbfOne\xe2\x80\x99s own.\r\n\r\nTwo  words.\r\n")
    result = teiprep("run", "raw", "build", "--no-prefect", "--workers", "2", cwd=folder)
    assert result.returncode == 0, result.stderr.decode()
    return folder


def test_a_second_run_changes_nothing(built):
    before = {path: path.read_bytes() for path in (built / "build").rglob("*") if path.is_file()}
    result = teiprep("run", "--no-prefect", cwd=built)
    assert b"2: 2 unchanged" in result.stdout
    del before[built / "build/.lock"]
    assert before == {path: path.read_bytes() for path in before}


def test_encode_gives_what_run_gives(built, tmp_path):
    result = teiprep("encode", "raw/letter.txt", "--sidecar", tmp_path / "x.json", cwd=built)
    assert result.stdout == (built / "build/tei/letter.xml").read_bytes()
    assert (tmp_path / "x.json").read_bytes() == (built / "build/sidecar/letter.json").read_bytes()


@pytest.mark.parametrize("name", ["letter", "sub.crlf"])
def test_restore_gives_the_bytes_back(built, tmp_path, name):
    raw = (built / "raw" / f"{name.replace('.', '/')}.txt").read_bytes()
    result = teiprep("restore", f"build/tei/{name}.xml", cwd=built)
    assert result.returncode == 0, result.stderr
    assert result.stdout == raw
    teiprep("restore", f"build/tei/{name}.xml", "-o", tmp_path / "back", cwd=built)
    assert (tmp_path / "back").read_bytes() == raw


def test_restore_names_the_word_that_was_changed(built, tmp_path):
    changed = (built / "build/tei/letter.xml").read_bytes().replace(b"one penny", b"two penny")
    (tmp_path / "letter.xml").write_bytes(changed)
    sidecar = built / "build/sidecar/letter.json"
    result = teiprep("restore", tmp_path / "letter.xml", "--sidecar", sidecar, "-o", tmp_path / "back")
    assert result.returncode == 1
    assert b"two" in result.stderr
    assert b"Traceback" not in result.stderr
    assert not (tmp_path / "back").exists()


def test_validate(built, tmp_path):
    result = teiprep("validate", "build", cwd=built)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"2 files checked: nothing is wrong\n", b"")
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei/a.xml").write_text("<TEI>\n<p></TEI>")
    result = teiprep("validate", tmp_path / "tei")
    assert result.returncode == 1
    assert re.match(rb".*/tei/a\.xml:2:10: error xml-malformed ", result.stdout)


def test_a_warning_alone_is_no_failure(built, tmp_path):
    (tmp_path / "letter.xml").write_bytes((built / "build/tei/letter.xml").read_bytes())
    result = teiprep("validate", "letter.xml", cwd=tmp_path)
    assert re.match(rb"letter\.xml:1: warning sidecar-missing ", result.stdout)
    assert result.returncode == 0


def test_run_tells_where_errors_are(tmp_path):
    (tmp_path / "raw").mkdir()
    for number in range(12):
        text = LETTER.replace("1. Harding", "7. Harding") + "\nSaid so.² And more.³\n\n5. Thorne, Rivers, 9.\n"
        (tmp_path / f"raw/n{number}.txt").write_text(text, encoding="utf-8")
    for _ in range(2):  # published, and verified unchanged
        result = teiprep("run", "--no-prefect", cwd=tmp_path)
        # But for the progress, which a busy machine shows.
        lines = [line for line in result.stderr.decode().splitlines() if not line.endswith(" s")]
        assert len(lines) == 11
        assert all(re.match(r"raw/n\d+\.txt:\d+: error [a-z-]+ \w", line) for line in lines[:10])
        assert re.match(r"… and \d+ more errors and warnings: .*teiprep explain build/tei/n0\.xml", lines[10])
        assert result.returncode == 0


def test_as_a_module():
    done = subprocess.run([sys.executable, "-m", "teiprep", "--version"], capture_output=True, check=True)
    assert done.stdout.startswith(b"teiprep ")


def test_explain(built):
    result = teiprep("explain", "build/tei/letter.xml", cwd=built, env={"PYTHONIOENCODING": "ascii"})
    assert result.returncode == 0, result.stderr
    assert b"line 5" in result.stdout


def test_a_reader_that_has_seen_enough_is_no_error(built):
    for arguments in ("encode raw/letter.txt", "run --no-prefect", "explain build/tei/letter.xml"):
        command = f"({sys.executable} -m teiprep {arguments}; echo $? >&2) | true"
        result = subprocess.run(["sh", "-c", command], cwd=built, capture_output=True, check=False)
        assert result.stderr == b"141\n"


def test_colour_only_on_a_terminal(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")

    def on_terminal(**env):
        leader, follower = pty.openpty()
        command = [sys.executable, "-c", "from teiprep.cli import main; main()", "encode", "a.txt"]
        given = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | env
        subprocess.run(command, cwd=tmp_path, stderr=follower, stdout=subprocess.DEVNULL, env=given, check=False)
        os.close(follower)
        return os.read(leader, 10_000)

    assert b"\x1b[31m" in on_terminal()
    assert b"\x1b" not in on_terminal(NO_COLOR="1")
    assert b"\x1b" not in teiprep("encode", "a.txt", cwd=tmp_path).stderr


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.2, 0.4, 1.0])  # while processes start, and later
def test_control_c_ends_the_run_quickly_and_quietly(tmp_path, seconds):
    (tmp_path / "raw").mkdir()
    for number in range(8):
        (tmp_path / f"raw/n{number}.txt").write_text(LETTER * 2000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", "from teiprep.cli import main; main()", "run", "--no-prefect"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "build/.lock").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(seconds)
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=90)  # a hang is what must not be; a busy machine may be slow
    assert process.returncode == 130
    [said] = [line for line in stderr.decode().splitlines() if line and not line.endswith(" s")]
    assert said.startswith("stopped;")


def test_quarantine_entries_are_json_with_a_hint(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/bad.txt").write_bytes(b"one\n\xff")
    result = teiprep("run", "--no-prefect", cwd=tmp_path)
    assert result.returncode == 1
    entry = json.loads((tmp_path / "build/quarantine/bad.json").read_text(encoding="utf-8"))
    assert entry["code"] == "source-encoding"
    assert entry["where"] == {"byte": 4, "line": 2}
    assert "teiprep.toml" in entry["hint"]
