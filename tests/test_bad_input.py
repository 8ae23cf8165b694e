"""Bad input: each kind gets a message that says what, where and what to do, and harms nothing else."""

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from teiprep import cli, corpus, files
from teiprep.diagnostics import CODES, ConfigError
from teiprep.manifest import Manifest
from teiprep.proofs import restore_from
from teiprep.sidecar import load

TEXT = "A Letter\n\nThe boats were counted by Mr. Tull on 3 May 1861, and no more was said.\n"
DATA = TEXT.encode()

#: Name of the file → its bytes, the code of its quarantine entry, the line, and words of its message and hint.
REFUSED = {
    "empty.txt": (b"", "source-empty", None, "file is empty", "remove it"),
    "mark.txt": (b"\xef\xbb\xbf", "source-empty", None, "holds no text", "remove it"),
    "mark16.txt": (b"\xff\xfe", "source-empty", None, "holds no text", "remove it"),
    "white.txt": (b" \r\n\t\x0c\n", "source-empty", None, "holds no text", "remove it"),
    "blank.txt": (b"\n" * 1_000_000, "source-empty", None, "holds no text", "remove it"),
    "nothing-left.txt": ("\u200b\ufeff\u2060 \n".encode(), "source-empty", None, "holds no text", "remove it"),
    "binary.txt": (bytes(range(256)) * 40, "source-binary", None, "binary, not text", "extract"),
    "program.txt": (b"\x7fELF\2\1\1" + bytes(400), "source-binary", None, "binary, not text", "extract"),
    "image.txt": (b"\x89PNG\r\n\x1a\n" + bytes(30), "source-binary", None, "an image", "OCR"),
    "compressed.txt": (b"\x1f\x8b\x08\0" + bytes(range(99)), "source-binary", None, "compressed", "unpack"),
    "book.txt": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "source-binary", None, "a PDF", "extract"),
    "word.txt": (b"PK\3\4\x14\0\6\0", "source-binary", None, "a Word or zip file", "save"),
    "web.txt": (b"<!DOCTYPE html><p>Boats</p>", "source-binary", None, "HTML", "save"),
    "utf16.txt": (TEXT.encode("utf-16-le"), "source-binary", None, "UTF-16 without a byte order mark", "UTF-8"),
    "utf16-odd.txt": (TEXT.encode("utf-16") + b"a", "source-encoding", 4, "cut off", "whole file"),
    "utf16-half.txt": (b"\xff\xfeA\0\x3d\xd8B\0", "source-encoding", 1, "begins as UTF-16", "UTF-8"),
    "cut.txt": (DATA + "“so—".encode()[:-1], "source-encoding", 4, "cut off at its end", "whole file"),
    "mixed.txt": ("café\n".encode() + b"caf\xe9\n", "source-encoding", 2, "mixes two encodings", "UTF-8"),
    "latin.txt": (DATA + b"caf\xe9\n", "source-encoding", 4, "not valid UTF-8", "cp1252"),
    "cesu.txt": (DATA + b"\xed\xa0\xbd\xed\xb8\x80", "source-encoding", 4, "half of a character", "CESU-8"),
    "surrogate.txt": (DATA + b"\xed\xb0\x80", "source-encoding", 4, "half of a character", "WTF-8"),
    "overlong.txt": (DATA + b"\xc0\xaf", "source-encoding", 4, "not valid UTF-8", "convert"),
    "control.txt": (b"\1\2\3\4", "source-binary", None, "binary", "extract"),
}

#: What is damaged, and is published all the same.
MENDED = {
    "good.txt": DATA,
    "nul.txt": DATA + b"a\0b\n",
    "forbidden.txt": DATA + "a\1b\2c\v\ufffe\uffff\x7f\x85\x9f d\n".encode(),
    "bidi.txt": DATA + "one \u202etwo\u202c \u2066three\u2069 \u200ffour\n".encode(),
    "marked.txt": b"\xef\xbb\xbf" + DATA,
    "utf16-marked.txt": TEXT.encode("utf-16"),
    "utf32-marked.txt": TEXT.encode("utf-32"),
    "gap.txt": DATA + b"\n" * 200_000 + DATA,
    "mac.txt": DATA.replace(b"\n", b"\r"),
    "-dash.txt": DATA,
    "--help.txt": DATA,
    "a..b.txt": DATA,
    "Same.txt": DATA,
    "same.txt": DATA,
    "same.md": DATA,
    "CON.txt": DATA,
    f"{'a' * 250}.txt": DATA,
}


def inline(run, _workers=1):
    """What `corpus.encode` does, in this very process."""
    for shard in run.shards:
        run.publish(corpus.work(shard))
    return run.finish()


def go(raw, build):
    with corpus.Run(raw, build) as run:
        return inline(run)


def entries(build):
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (build / "quarantine").iterdir()]
    return {entry["path"]: entry for entry in found}


def fill(folder, documents):
    folder.mkdir()
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def all_at_once(tmp_path_factory):
    """Good and bad, and what is no file at all, in one run: the build folder and the summary."""
    folder = tmp_path_factory.mktemp("bad")
    raw = fill(folder / "raw", {name: given[0] for name, given in REFUSED.items()} | MENDED)
    (raw / "two\nlines.txt").write_bytes(DATA)
    (raw / "red\x1b[31m.txt").write_bytes(DATA)
    Path(os.fsdecode(os.fsencode(raw) + b"/caf\xe9.txt")).write_bytes(DATA)
    os.mkfifo(raw / "pipe.txt")
    (raw / "folder.txt").mkdir()
    (raw / "loop.txt").symlink_to("loop.txt")
    (raw / "up").symlink_to(".")
    (raw / "dangling.txt").symlink_to("../../nowhere")
    (raw / "zero.txt").symlink_to("/dev/zero")
    return folder, go(raw, folder / "build")


def test_every_input_is_accounted_for(all_at_once):
    folder, summary = all_at_once
    odd = {r"two\nlines.txt", r"red\x1b[31m.txt", r"caf\xe9.txt", "pipe.txt", "loop.txt", "dangling.txt", "zero.txt"}
    assert entries(folder / "build").keys() == REFUSED.keys() | odd
    assert summary.published == len(MENDED)
    assert summary.inputs == len(MENDED) + len(REFUSED) + len(odd)
    assert not list((folder / "build").rglob("*.tmp"))


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_what_where_and_what_to_do(all_at_once, name):
    entry = entries(all_at_once[0] / "build")[name]
    _, code, line, message, hint = REFUSED[name]
    assert entry["code"] == code
    assert code in CODES
    assert message in entry["message"]
    assert hint in entry["hint"]
    assert (entry["where"] or {}).get("line") == line
    assert "traceback" not in entry
    assert not list((all_at_once[0] / "build").glob(f"*/{entry['id']}.xml"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (r"two\nlines.txt", "its name holds characters"),
        (r"red\x1b[31m.txt", "its name holds characters"),
        (r"caf\xe9.txt", "its name holds characters"),
        ("pipe.txt", "not an ordinary file"),
        ("zero.txt", "not an ordinary file"),
        ("loop.txt", "Too many levels of symbolic links"),
        ("dangling.txt", "a link to nothing"),
    ],
)
def test_what_is_no_file_is_refused_unread(all_at_once, name, message):
    entry = entries(all_at_once[0] / "build")[name]
    assert entry["code"] == "source-unreadable"
    assert message in entry["message"]
    assert entry["hint"]


def test_a_link_back_is_remarked_and_not_followed(all_at_once):
    folder, summary = all_at_once
    assert summary.remarks == [f"{folder}/raw/up leads back to a folder that it lies in; not followed"]


@pytest.mark.parametrize("name", MENDED)
def test_what_is_mended_is_published_and_comes_back(all_at_once, name, tmp_path):
    build = all_at_once[0] / "build"
    [record] = [one for one in map(json.loads, (build / "manifest.jsonl").open()) if one["path"] == name]
    tei, sidecar = (build / part for part in (f"tei/{record['id']}.xml", f"sidecar/{record['id']}.json"))
    assert restore_from(tei.read_bytes(), load(sidecar.read_bytes())) == MENDED[name]
    if record["id"] == files.slug(name):  # alone it becomes what it became among the others
        go(fill(tmp_path / "raw", {name: MENDED[name]}), tmp_path / "build")
        for path in (tei, sidecar):
            assert (tmp_path / path.relative_to(all_at_once[0])).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", REFUSED)
def test_encode_refuses_the_same_with_one_line_and_no_output(tmp_path, monkeypatch, name):
    data, code, line, message, hint = REFUSED[name]
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(data)
    where = name if line is None else f"{name}:{line}"
    for argument, shown in ((name, where), ("-", where.replace(name, "-"))):
        result = CliRunner().invoke(cli.main, ["encode", argument, "-o", "x.xml", "--sidecar", "x.json"], input=data)
        assert result.exit_code == 1
        [said] = result.stderr.splitlines()
        assert said.startswith(f"{shown}: error {code} ")
        assert message in said
        assert hint in said
        assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_closed_standard_input_is_told():
    command = f"{sys.executable} -m teiprep encode - <&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert re.fullmatch(r"-: error source-unreadable standard input is closed \(.*\)\n", done.stderr)


# --- what changes while a run goes on ---------------------------------------------------------------------------------


@pytest.mark.parametrize("instead", ["nothing", "folder", "pipe", "other text"])
def test_a_file_that_vanishes_or_changes_in_mid_run(tmp_path, instead):
    raw = fill(tmp_path / "raw", {"a.txt": DATA, "b.txt": DATA, "c.txt": DATA})
    with corpus.Run(raw, tmp_path / "build") as run:
        (raw / "b.txt").unlink()
        if instead == "folder":
            (raw / "b.txt").mkdir()
        elif instead == "pipe":
            os.mkfifo(raw / "b.txt")
        elif instead == "other text":
            (raw / "b.txt").write_bytes(DATA + DATA)
        for shard in run.shards:
            run.publish(corpus.work(shard))
        summary = run.finish()
    if instead == "other text":
        assert summary.published == 3
        assert Manifest(tmp_path / "build").last["b"].source_sha256 == files.digest(raw / "b.txt")
        return
    assert (summary.published, len(summary.quarantine)) == (2, 1)
    [entry] = entries(tmp_path / "build").values()
    assert entry["code"] == "source-unreadable"
    assert {"nothing": "does not exist", "folder": "a folder", "pipe": "a named pipe"}[instead] in entry["message"]


def test_an_unreadable_file_or_folder_harms_no_other(tmp_path, monkeypatch):
    raw = fill(tmp_path / "raw", {"a.txt": DATA, "b.txt": DATA})
    fill(raw / "locked", {"c.txt": DATA})
    opened, listed = os.open, os.scandir

    def refuse(path, *rest, **options):
        if str(path).endswith("raw/b.txt"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *rest, **options)

    def refuse_folder(path):
        if str(path).endswith("locked"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listed(path)

    with monkeypatch.context() as patch:  # permissions mean nothing to root
        patch.setattr(os, "open", refuse)
        patch.setattr(os, "scandir", refuse_folder)
        summary = go(raw, tmp_path / "build")
    assert summary.published == 1
    said = {path: entry["message"] for path, entry in entries(tmp_path / "build").items()}
    assert said == {
        "b.txt": "this file may not be read by this user",
        "locked": "the folder cannot be read: Permission denied",
    }


@pytest.mark.parametrize("folder", ["build", "build/tei", "build/manifest.jsonl", "build/.lock"])
def test_an_output_folder_that_cannot_be_is_told(tmp_path, folder):
    fill(tmp_path / "raw", {"a.txt": DATA})
    (tmp_path / folder).parent.mkdir(exist_ok=True)
    if folder.endswith(("jsonl", "lock")):
        (tmp_path / folder).mkdir()
    else:
        (tmp_path / folder).write_text("a file")
    arguments = ["run", str(tmp_path / "raw"), str(tmp_path / "build"), "--no-prefect"]
    result = CliRunner().invoke(cli.main, arguments)
    assert result.exit_code == 2
    assert f"{tmp_path / 'build'} cannot be written to" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_full_disk_at_any_step_leaves_only_whole_files(tmp_path):
    raw = fill(tmp_path / "raw", {"a.txt": DATA, "b.txt": b"", "c.txt": DATA + DATA})
    go(raw, tmp_path / "expected")
    expected = {p.name: p.read_bytes() for p in (tmp_path / "expected").glob("*/*") if not p.name.startswith(".")}
    for step in range(200):
        build = tmp_path / f"build-{step}"
        count = iter(range(1000))

        def full(function, step=step, count=count):
            def call(*args, **options):
                if next(count) == step:
                    raise OSError(errno.ENOSPC, "No space left on device")
                return function(*args, **options)

            return call

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", full(os.fsync))
            patch.setattr(Path, "replace", full(Path.replace))
            patch.setattr(Path, "mkdir", full(Path.mkdir))
            patch.setattr(Manifest, "_append", staticmethod(full(Manifest._append)))
            arguments = ["run", str(raw), str(build), "--no-prefect"]
            patch.setattr(corpus, "encode", inline)
            result = CliRunner().invoke(cli.main, arguments)
        assert "Traceback" not in result.output
        for path in build.glob("*/*"):
            if not path.name.startswith("."):
                assert path.read_bytes() == expected[path.name], step
        if result.exit_code == 1:  # b.txt is in quarantine, as it should be: no step failed
            assert step > 10
            break
        assert result.exit_code == 2
        assert "No space left on device" in result.stderr
        go(raw, build)
        assert {p.name: p.read_bytes() for p in build.glob("*/*") if not p.name.startswith(".")} == expected
    else:
        pytest.fail("there is no end to the steps")


# --- settings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["teiprep.toml", "metadata.csv"])
def test_a_pipe_in_place_of_settings_is_not_waited_for(tmp_path, name):
    raw = fill(tmp_path / "raw", {"a.txt": DATA})
    os.mkfifo(raw / name)
    with pytest.raises(ConfigError, match=f"{name} cannot be read"):
        go(raw, tmp_path / "build")
