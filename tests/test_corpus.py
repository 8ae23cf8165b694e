"""Many documents: ids, what is a document, resuming, quarantine, a person's edits, and kills at every step."""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from teiprep import corpus, files, manifest
from teiprep.diagnostics import ConfigError, Diagnostic, InvariantError

# --- ids --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("letters-1863_v2.txt", "letters-1863_v2"),
        ("correspondence/telegram-1921.txt", "correspondence.telegram-1921"),
        ("a.b.MD", "a.b"),
        ("1863.txt", "d-1863"),
        ("-a.txt", "d--a"),
        ("Éva’s letters (2).txt", "Éva-s-letters-2"),
        ("E\u0301va.txt", "Éva"),
        ("Дневник.markdown", "Дневник"),
        ("a\nb.txt", "a-b"),
        ("caf\udce9.txt", "caf"),
        ("a:b.txt", "a-b"),
        ("no-suffix", "no-suffix"),
    ],
)
def test_slug(name, expected):
    assert files.slug(name) == expected


SCHEMA = etree.RelaxNG(
    etree.XML(
        '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0" '
        'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">'
        '<attribute name="xml:id"><data type="ID"/></attribute></element>'
    )
)
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
ODD = st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF)  # a byte that is not UTF-8, as Python shows it
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0") | ODD, min_size=1, max_size=120)


@given(NAMES)
def test_every_name_gives_a_valid_id_that_is_a_safe_file_name(name):
    id_ = files.slug(f"{name}.txt")
    assert SCHEMA.validate(etree.Element("a", {XML_ID: id_}))
    assert "/" not in id_
    assert not id_.startswith(".")
    assert len(f".{id_}.json.tmp".encode()) <= 255 - 1 - 64  # room for the longest hash


@given(st.lists(NAMES.map(lambda name: f"{name}.txt"), unique=True, max_size=12))
def test_ids_differ_even_where_case_does_not_count(names):
    ids = files.ids(names)
    assert len({id_.casefold() for id_ in ids}) == len(names)
    for name, id_ in zip(names, ids, strict=True):
        assert id_.startswith(files.slug(name))


def test_only_colliding_ids_change():
    few, many = files.ids(["a.txt", "b.txt"]), files.ids(["A.md", "a.txt", "b.txt"])
    assert few == ["a", "b"]
    assert many[2] == "b"
    assert re.fullmatch("a-[0-9a-f]{8}", many[1])
    assert many[1:2] == files.ids(["a.txt", "a.markdown"])[:1]  # the hash is of its own path alone


def test_a_file_called_like_a_hashed_id_is_no_trap():
    [trap, _] = files.ids(["a.txt", "a.md"])
    assert len(set(files.ids(["a.txt", "a.md", f"{trap}.txt"]))) == 3


# --- what is a document -----------------------------------------------------------------------------------------------


def found(raw):
    return [(one.name, bool(one.problem)) for one in files.find(raw)[0]]


def test_documents_are_found_in_order_hidden_and_other_files_are_not(tmp_path):
    documents = ("b.txt", "a/z.md", "a.TXT", "README.md")
    for name in (*documents, ".git/x.txt", ".x.txt", "metadata.csv", "teiprep.toml", "c.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert found(tmp_path) == [("README.md", False), ("a.TXT", False), ("a/z.md", False), ("b.txt", False)]
    assert found(tmp_path / "c.xml") == [("c.xml", False)]


def test_nothing_to_encode_is_said(tmp_path):
    with pytest.raises(files.RunError, match="holds no text"):
        files.find(tmp_path)
    with pytest.raises(files.RunError, match="does not exist"):
        files.find(tmp_path / "nowhere")


def test_odd_files_are_documents_with_a_problem(tmp_path, monkeypatch):
    (tmp_path / "locked").mkdir()
    (tmp_path / "good.txt").write_text("x")
    (tmp_path / "two\nlines.txt").write_text("x")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to("nowhere")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/up").symlink_to("..")
    (tmp_path / "folder.txt").mkdir()
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    inputs, remarks = files.find(tmp_path)
    assert {one.name: bool(one.problem) for one in inputs} == {
        "broken.txt": True,
        r"caf\xe9.txt": True,
        "good.txt": False,
        "locked": True,
        "pipe.txt": True,
        "self.txt": True,
        r"two\nlines.txt": True,
    }
    assert len({one.id for one in inputs}) == len(inputs)
    assert remarks == [f"{tmp_path}/sub/up leads back to a folder that it lies in; not followed"]


# --- runs, with a pipeline that does as its text says -----------------------------------------------------------------


def fake_produce(source, config, id_, metadata):
    text = source.text
    if "KILL" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    while "HANG" in text:
        re.search("a+b", "a" * 1000)
    if "BUG" in text:
        raise ValueError("no such thing")
    if "BROKEN" in text:
        raise InvariantError("promise-freeze", "the texts differ", difference="-a +b")
    diagnostics = tuple(Diagnostic("page-sequence", "error", "x") for _ in range(text.count("ERROR")))
    about = {key: value.value for key, value in metadata.items()}
    return SimpleNamespace(
        tei=f"<TEI>{id_} {about} {config.encode.furniture} {text}</TEI>".encode(),
        sidecar=json.dumps([id_, text]).encode(),
        document=SimpleNamespace(annotations=(), notes=(), breaks=(), diagnostics=diagnostics),
    )


@pytest.fixture(autouse=True)
def fake(monkeypatch):
    monkeypatch.setattr(corpus, "START", "fork")  # so that the processes have the fake, too
    monkeypatch.setattr(corpus.pipeline, "produce", fake_produce)
    monkeypatch.setattr(corpus.pipeline, "rule_digest", lambda: "rules-1")


@pytest.fixture
def raw(tmp_path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"Text of {name}.")
    return folder


def go(raw, *, build=None, inline=True, workers=2, **options) -> corpus.Summary:
    """A run; in this very process unless told otherwise."""
    with corpus.Run(raw, build or raw.parent / "build", **options) as run:
        if not inline:
            return corpus.encode(run, workers)
        for shard in run.shards:
            run.publish(corpus.work(shard))
        return run.finish()


def state(build) -> dict[str, bytes]:
    """All files that a user sees."""
    return {
        str(path.relative_to(build)): path.read_bytes()
        for path in sorted(build.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def records(build):
    return [json.loads(line) for line in (build / "manifest.jsonl").read_text().splitlines()]


def numbers(summary):
    return summary.published, summary.unchanged, summary.left, len(summary.quarantine)


def test_outputs_and_records(raw, tmp_path):
    summary = go(raw, inline=False)
    build = tmp_path / "build"
    assert numbers(summary) == (3, 0, 0, 0)
    assert summary.ok()
    assert sorted(state(build)) == [
        "manifest.jsonl",
        *(f"sidecar/{name}.json" for name in "abc"),
        *(f"tei/{name}.xml" for name in "abc"),
    ]
    first = records(build)[0]
    assert (first["id"], first["path"], first["status"], first["rules"]) == ("a", "a.txt", "published", "rules-1")
    assert first["source_sha256"] == files.digest(raw / "a.txt")
    assert first["tei_sha256"] == files.digest(build / "tei/a.xml")
    assert first["sidecar_sha256"] == files.digest(build / "sidecar/a.json")


def test_a_second_run_writes_nothing(raw, tmp_path):
    go(raw)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "build").rglob("*.*") if path.name != ".lock"}
    summary = go(raw)
    assert numbers(summary) == (0, 3, 0, 0)
    assert summary.ok()
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_what_changed_is_encoded_again_and_nothing_else(raw, tmp_path, monkeypatch):
    go(raw)
    (raw / "b.txt").write_text("Another text.")
    assert numbers(go(raw)) == (1, 2, 0, 0)
    (raw / "metadata.csv").write_text("path,title\nc.txt,A title\n")
    assert numbers(go(raw)) == (1, 2, 0, 0)
    assert "A title" in (tmp_path / "build/tei/c.xml").read_text()
    (raw / "teiprep.toml").write_text("[encode]\nfurniture = false\n")
    assert numbers(go(raw)) == (3, 0, 0, 0)
    monkeypatch.setattr(corpus.pipeline, "rule_digest", lambda: "rules-2")
    assert numbers(go(raw)) == (3, 0, 0, 0)
    (tmp_path / "build/sidecar/a.json").unlink()
    assert numbers(go(raw)) == (1, 2, 0, 0)
    (raw / "a.txt").rename(raw / "a.md")  # the id stays, the file's name in the header does not
    assert numbers(go(raw)) == (1, 2, 0, 0)
    assert numbers(go(raw)) == (0, 3, 0, 0)
    assert numbers(go(raw, force=True)) == (3, 0, 0, 0)


def test_settings_that_cannot_be_used_stop_the_run_before_anything_is_written(raw, tmp_path):
    (raw / "teiprep.toml").write_text("[read]\nencoding = 'cp1252'\n")
    with pytest.raises(ConfigError):
        go(raw)
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("name", ["teiprep.toml", "metadata.csv"])
def test_a_folder_in_place_of_settings_is_told(raw, name):
    (raw / name).mkdir()
    with pytest.raises(ConfigError, match=name):
        go(raw)


def test_a_row_with_path_and_id_names_the_document(raw, tmp_path):
    (raw / "metadata.csv").write_text("path,id,title\na.txt,minutes,A\nb.txt,C,B\n")
    build = tmp_path / "build"
    summary = go(raw)
    # c.txt cannot keep its id: C has been given away.
    [hashed] = files.ids(["c.txt", "x"], {"x": "c"})[:1]
    assert {path.stem for path in (build / "tei").iterdir()} == {"minutes", "C", hashed}
    assert "'title': 'A'" in (build / "tei/minutes.xml").read_text()
    assert "'title': 'B'" in (build / "tei/C.xml").read_text()
    assert numbers(summary) == (3, 0, 0, 0)
    assert numbers(go(raw)) == (0, 3, 0, 0)
    # A row whose path is not there describes nothing, whoever has its id.
    (raw / "metadata.csv").write_text("path,id,title\nz.txt,a,A\n")
    assert [remark for remark in go(raw).remarks if "no document for z.txt" in remark]
    assert "'title'" not in (build / "tei/a.xml").read_text()


def test_metadata_without_a_document_is_remarked(raw):
    (raw / "metadata.csv").write_text("path,id,title\na.txt,,A\nd.txt,,D\n,b,B\n,e,E\n")
    remarks = go(raw).remarks
    assert [remark.rpartition(" ")[2] for remark in remarks] == ["d.txt", "e"]


def test_a_bad_document_harms_no_other(raw, tmp_path):
    build = tmp_path / "build"
    (raw / "b.txt").write_text("BUG")
    (raw / "d.txt").write_text("BROKEN")
    (raw / "e.txt").write_bytes(b"ok\nok \xff")
    (raw / "f.txt").write_bytes(b"")
    os.mkfifo(raw / "pipe.txt")
    summary = go(raw, inline=False)
    assert numbers(summary) == (2, 0, 0, 5)
    assert not summary.ok()
    entries = {path.stem: json.loads(path.read_text()) for path in (build / "quarantine").iterdir()}
    assert {name: entry["code"] for name, entry in entries.items()} == {
        "b": "internal",
        "d": "promise-freeze",
        "e": "source-encoding",
        "f": "source-empty",
        "pipe": "source-unreadable",
    }
    assert "fake_produce" in "".join(entries["b"]["traceback"])
    assert [name for name, entry in entries.items() if "traceback" in entry] == ["b"]
    assert entries["d"]["difference"] == "-a +b"
    assert entries["e"]["where"] == {"byte": 6, "line": 2}
    assert entries["e"]["hint"]
    assert {record["id"]: record["status"] for record in records(build)}["e"] == "quarantined"
    # The same again: tried again, and nothing new to record.
    before = state(build)
    assert numbers(go(raw)) == (0, 2, 0, 5)
    assert state(build).keys() == before.keys()
    assert len(records(build)) == 7


def test_into_quarantine_and_out_again(raw, tmp_path):
    build = tmp_path / "build"
    go(raw)
    good = state(build)
    (raw / "b.txt").write_text("BROKEN")
    assert numbers(go(raw)) == (0, 2, 0, 1)
    assert {"tei/b.xml", "sidecar/b.json"}.isdisjoint(state(build))  # they are not of this source
    (raw / "b.txt").write_text("Text of b.")
    assert numbers(go(raw)) == (1, 2, 0, 0)
    again = state(build)
    assert len(again.pop("manifest.jsonl").splitlines()) == 5
    assert again == {name: data for name, data in good.items() if name != "manifest.jsonl"}


@pytest.mark.parametrize("edited", ["tei/b.xml", "sidecar/b.json"])
def test_what_a_person_edited_is_left_alone(raw, tmp_path, monkeypatch, edited):
    build = tmp_path / "build"
    go(raw)
    original = (build / edited).read_bytes()
    (build / edited).write_text("by hand")
    for change in ("nothing", "source", "rules", "bad"):
        if change == "source":
            (raw / "b.txt").write_text("Another text.")
        elif change == "rules":
            monkeypatch.setattr(corpus.pipeline, "rule_digest", lambda: "rules-2")
        elif change == "bad":
            (raw / "b.txt").write_text("BUG")
        summary = go(raw)
        assert (build / edited).read_text() == "by hand", change
        assert not summary.ok()
        assert not list(build.rglob(".*.tmp"))
        assert numbers(summary)[2:] == ((0, 1) if change == "bad" else (1, 0))
        assert summary.edited == [build / edited]
        assert {"tei/b.xml", "sidecar/b.json"} <= set(state(build))
    assert numbers(go(raw, force=True)) == (2, 0, 0, 1)  # nothing new to put in its place
    assert (build / edited).read_text() == "by hand"
    (raw / "b.txt").write_text("Text of b.")
    assert (build / "quarantine/b.json").exists()
    assert go(raw).left == 1
    assert not (build / "quarantine/b.json").exists()
    assert numbers(go(raw, force=True)) == (3, 0, 0, 0)
    assert (build / edited).read_bytes() == original


def test_an_output_edited_during_the_run_is_left_alone(raw, tmp_path):
    build = tmp_path / "build"
    go(raw)
    (raw / "b.txt").write_text("Another text.")
    with corpus.Run(raw, build) as run:
        made = corpus.work(run.shards[0])
        (build / "tei/b.xml").write_text("by hand")
        run.publish(made)
        assert run.finish().left == 1
    assert (build / "tei/b.xml").read_text() == "by hand"


def test_without_a_manifest_what_we_would_write_anyway_is_ours(raw, tmp_path):
    go(raw)
    (tmp_path / "build/manifest.jsonl").unlink()
    (tmp_path / "build/tei/b.xml").write_text("of unknown origin")
    summary = go(raw)
    assert numbers(summary) == (2, 0, 1, 0)
    assert (tmp_path / "build/tei/b.xml").read_text() == "of unknown origin"


def test_a_document_that_is_gone_keeps_its_outputs(raw, tmp_path):
    go(raw)
    (raw / "b.txt").unlink()
    summary = go(raw)
    assert numbers(summary) == (0, 2, 0, 0)
    assert summary.ok()
    assert [remark for remark in summary.remarks if "tei/b.xml" in remark]
    assert (tmp_path / "build/tei/b.xml").exists()


def test_strict(raw):
    (raw / "b.txt").write_text("ERROR and ERROR")
    for _ in range(2):  # published, and verified unchanged
        summary = go(raw)
        assert summary.diagnostics == Counter(error=2)
        assert summary.first.name == "b.xml"
        assert summary.ok()
        assert not summary.ok(strict=True)


@pytest.mark.parametrize("workers", [1, 3])
def test_a_document_that_kills_its_process_is_alone(raw, tmp_path, monkeypatch, workers):
    monkeypatch.setattr(corpus, "SHARD_DOCUMENTS", 3)
    for number in range(10):
        (raw / f"n{number}.txt").write_text("KILL" if number in {2, 3} else f"Text {number}.")
    summary = go(raw, inline=False, workers=workers)
    assert numbers(summary) == (11, 0, 0, 2)
    assert sorted(one.path for one in summary.quarantine) == ["n2.txt", "n3.txt"]
    assert not list((tmp_path / "build").rglob(".*.tmp")) or numbers(go(raw, inline=False))[1] == 11
    (raw / "n2.txt").write_text("Well.")
    (raw / "n3.txt").write_text("Well.")
    assert numbers(go(raw, inline=False)) == (2, 11, 0, 0)


@pytest.mark.parametrize("inline", [True, False])
def test_a_document_that_does_not_end_is_given_up(raw, tmp_path, monkeypatch, inline):
    monkeypatch.setattr(corpus, "LIMIT", 0.5)
    (raw / "b.txt").write_text("HANG")
    before = signal.getsignal(signal.SIGALRM)
    assert numbers(go(raw, inline=inline)) == (2, 0, 0, 1)
    entry = json.loads((tmp_path / "build/quarantine/b.json").read_text())
    assert entry["code"] == "time-limit"
    assert "seconds" in entry["message"]
    assert "traceback" not in entry
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_workers_and_shards_do_not_change_a_byte(raw, tmp_path, monkeypatch):
    for number in range(20):
        (raw / f"n{number}.txt").write_text(f"Text {number}. " * number + "." + "BUG" * (number == 7))
    states = []
    for number, (workers, size) in enumerate([(1, 100), (3, 1), (2, 4)]):
        monkeypatch.setattr(corpus, "SHARD_DOCUMENTS", size)
        go(raw, build=tmp_path / f"build-{number}", inline=False, workers=workers)
        states.append(state(tmp_path / f"build-{number}"))
    for one in states:  # the traceback of our own bug may name what it likes
        del one["quarantine/n7.json"]
    assert states[0] == states[1] == states[2]


def test_shards_are_bounded_in_bytes(raw, monkeypatch):
    monkeypatch.setattr(corpus, "SHARD_BYTES", 1000)
    for number, size in enumerate([100, 950, 40, 5000, 10, 10]):
        (raw / f"n{number}.txt").write_text("x" * size)
    with corpus.Run(raw, raw.parent / "build") as run:
        names = ["".join(job.input.id for job in shard.jobs) for shard in run.shards]
    assert names == ["abcn0", "n1n2", "n3", "n4n5"]


# --- a full disk, two runs, kills -------------------------------------------------------------------------------------


def test_an_output_that_cannot_be_written_stops_the_run(raw, tmp_path):
    def full(path, data):
        raise OSError(28, "No space left on device", str(path))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "stage", full)
        with pytest.raises(OSError, match="No space left"):
            go(raw, inline=False)
    assert numbers(go(raw)) == (3, 0, 0, 0)


def test_a_full_disk_names_the_folder(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        files.write(tmp_path / "a.xml", b"x")
    assert caught.value.filename == str(tmp_path)
    assert not list(tmp_path.iterdir())


def test_one_run_at_a_time(raw, tmp_path):
    build = tmp_path / "build"
    with corpus.Run(raw, build), pytest.raises(files.RunError, match=f"process {os.getpid()}"), corpus.Run(raw, build):
        pytest.fail("two runs at once")
    assert numbers(go(raw)) == (3, 0, 0, 0)
    with (build / ".lock").open() as file:  # nobody holds it now
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_build_folder_that_cannot_be(raw, tmp_path):
    (tmp_path / "build").write_text("a file")
    with pytest.raises(files.RunError, match="cannot be written"):
        go(raw)


@pytest.mark.parametrize("cut", [1, 5, -1])
def test_a_torn_last_line_is_mended(raw, tmp_path, cut):
    go(raw)
    path = tmp_path / "build/manifest.jsonl"
    whole = path.read_bytes()
    start = whole[:-1].rfind(b"\n") + 1
    path.write_bytes(whole[: start + cut] if cut > 0 else whole[:cut])
    summary = go(raw)
    assert numbers(summary) == ((1, 2, 0, 0) if cut > 0 else (0, 3, 0, 0))
    assert path.read_bytes() == whole
    assert not summary.remarks


def test_a_line_that_is_no_record_is_passed_over(raw, tmp_path):
    go(raw)
    path = tmp_path / "build/manifest.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(lines[0] + "[1, 2]\n" + "".join(lines[1:]))
    summary = go(raw)
    assert numbers(summary) == (0, 3, 0, 0)
    assert [remark for remark in summary.remarks if "manifest.jsonl:2:" in remark]


class Killed(BaseException):
    """Stands for a kill: nothing in teiprep handles it."""


def kill_at(step):
    """A context in which the process ends at the nth call that changes a file."""
    patch = pytest.MonkeyPatch()
    count = iter(range(10_000))

    def deadly(function):
        def call(*args, **kwargs):
            if next(count) == step:
                raise Killed
            return function(*args, **kwargs)

        return call

    patch.setattr(os, "fsync", deadly(os.fsync))
    patch.setattr(Path, "replace", deadly(Path.replace))
    patch.setattr(Path, "unlink", deadly(Path.unlink))
    patch.setattr(manifest.Manifest, "_append", staticmethod(deadly(manifest.Manifest._append)))
    return patch


def test_a_kill_at_any_step_loses_nothing_and_looks_like_no_edit(raw, tmp_path, monkeypatch):
    monkeypatch.setattr(corpus, "SHARD_DOCUMENTS", 2)
    texts = {path.name: path.read_text() for path in raw.iterdir()}
    go(raw, build=tmp_path / "expected")
    expected = state(tmp_path / "expected")
    for step in range(200):
        build = tmp_path / f"build-{step}"
        for name, text in texts.items():  # published once with another text, c in quarantine
            (raw / name).write_text(f"Before: {text}" if name != "c.txt" else "BUG")
        go(raw, build=build)
        for name, text in texts.items():
            (raw / name).write_text(text)
        patch = kill_at(step)
        try:
            go(raw, build=build)
        except Killed:
            killed = True
        else:
            killed = False
        patch.undo()
        for name, data in state(build).items():  # whole, old or new
            if name.startswith(("tei", "sidecar")) and not name.endswith(".tmp"):
                old = expected[name].replace(b"Text of", b"Before: Text of")
                assert data in {expected[name], old}, (step, name)
        # The next run may have other rules, too: what the killed run left must still be known as ours.
        if step % 2:
            (raw / "a.txt").write_text("Yet another text.")
            assert go(raw, build=build).left == 0
            (raw / "a.txt").write_text(texts["a.txt"])
        summary = go(raw, build=build)
        assert summary.ok(), step
        after = state(build)
        del after["manifest.jsonl"]
        assert after == {name: data for name, data in expected.items() if name != "manifest.jsonl"}, step
        if not killed:
            assert step > 10
            return
    pytest.fail("there is no end to the steps")


SLOW = """
import sys, time
from pathlib import Path
from teiprep import corpus
sys.path.insert(0, {tests!r})
import test_corpus

def slow(*args):
    time.sleep(0.05)
    return test_corpus.fake_produce(*args)

corpus.START, corpus.SHARD_DOCUMENTS = "fork", 2
corpus.pipeline.produce = slow
corpus.pipeline.rule_digest = lambda: "rules-1"
with corpus.Run(Path("raw"), Path("build")) as run:
    corpus.encode(run, 2)
"""


def test_sigkill_in_the_middle(raw, tmp_path):
    for number in range(60):
        (raw / f"n{number}.txt").write_text(f"Text {number}.")
    code = SLOW.format(tests=str(Path(__file__).parent))
    process = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, process_group=0)
    build = tmp_path / "build"
    deadline = time.monotonic() + 60
    while not (build / "manifest.jsonl").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()  # only the one that runs the others
    process.wait()
    done = len(records(build))
    assert 0 < done < 63
    while time.monotonic() < deadline:  # the others follow it
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the processes outlive the run")
    summary = go(raw)
    assert summary.ok()
    assert summary.unchanged >= done
    assert summary.published == 63 - summary.unchanged
    assert not list(build.rglob(".*.tmp"))
    assert not (build / ".journal").exists()
