"""The Prefect flow: the same bytes as without it, its table, its errors, Ctrl-C. Prefect's server really runs."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("prefect")

TEXT = "A Letter\n\n[Page 3]\n\nOn 4 November 1863 Mr. James Harding wrote: “The toll is one penny.”\n\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> dict[str, str]:
    """An environment in which Prefect has no server and no database yet, and nothing is set."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "DO_NOT_TRACK"))}
    return clean | {"PREFECT_HOME": str(tmp_path_factory.mktemp("prefect"))}


@pytest.fixture
def raw(tmp_path) -> Path:
    (tmp_path / "raw").mkdir()
    for number in range(5):
        (tmp_path / f"raw/n{number}.txt").write_text(TEXT * (number + 1), encoding="utf-8")
    (tmp_path / "raw/bad.txt").write_bytes(b"one\n\xff")
    return tmp_path / "raw"


def command(*arguments):
    return [sys.executable, "-c", "from teiprep.cli import main; main()", *arguments]


def run(*arguments, cwd, env):
    return subprocess.run(arguments, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False, timeout=170)


def state(build):
    return {path.relative_to(build): path.read_bytes() for path in build.rglob("*") if path.is_file()}


def test_the_flow_gives_the_same_bytes_and_is_quiet(raw, home):
    folder = raw.parent
    plain = run(*command("run", "raw", "plain", "--no-prefect"), cwd=folder, env=home)
    flow = run(*command("run", "raw", "flow", "--workers", "2"), cwd=folder, env=home)
    assert flow.returncode == plain.returncode == 1
    first, *rest = flow.stderr.splitlines()
    assert first.startswith("starting Prefect's local server")
    said = [[line for line in lines if not line.endswith(" s")] for lines in (rest, plain.stderr.splitlines())]
    assert said[0] == said[1]  # but for the progress, which a busy machine shows
    one, other = state(folder / "plain"), state(folder / "flow")
    del one[Path(".lock")], other[Path(".lock")]
    assert one == other
    assert "6: 5 published, 1 quarantined" in flow.stdout

    # Again, called from Python: nothing to do. The closing tables of both runs are with Prefect.
    code = "from flows.prepare import prepare; print(prepare('raw', 'flow', workers=1).unchanged)"
    root = Path(__file__).parents[2]
    again = run(sys.executable, "-c", code, cwd=folder, env=home | {"PYTHONPATH": str(root)})
    assert (again.stdout, again.stderr) == ("5\n", "")
    with contextlib.closing(sqlite3.connect(f"{home['PREFECT_HOME']}/prefect.db")) as database:
        tables = database.execute("SELECT data FROM artifact WHERE key = 'teiprep-run' ORDER BY created").fetchall()
    assert "6: 5 published, 1 quarantined" in tables[0][0]
    assert "6: 5 unchanged, 1 quarantined" in tables[1][0]


def test_wrong_use_is_told_without_a_server(raw, home):
    started = time.monotonic()
    result = run(*command("run", "nowhere"), cwd=raw.parent, env=home)
    assert result.returncode == 2
    assert result.stderr.startswith("teiprep: nowhere does not exist")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("setting", "value", "cause"),
    [
        ("PREFECT_HOME", "/dev/null/home", "/dev/null/home: Not a directory"),
        ("PREFECT_API_URL", "http://127.0.0.1:9/api", "Failed to reach API at http://127.0.0.1:9"),
        ("PREFECT_API_DATABASE_CONNECTION_URL", "sqlite+aiosqlite:////dev/null/x.db", "unable to open database file"),
        ("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "0", "does not answer"),
    ],
)
def test_an_unusable_prefect_is_told_in_a_line(raw, home, setting, value, cause):
    result = run(*command("run"), cwd=raw.parent, env=home | {setting: value})
    _, *said = result.stderr.strip().splitlines()
    assert len(said) == 1
    assert cause in said[0]
    assert "or add --no-prefect" in said[0]
    assert result.returncode == 2


@pytest.mark.parametrize("seconds", [0.5, 1.5, 3.0, 5.0])
def test_control_c_while_prefect_starts(raw, home, seconds):
    process = subprocess.Popen(
        command("run"), cwd=raw.parent, env=home, stderr=subprocess.PIPE, process_group=0, encoding="utf-8"
    )
    assert process.stderr.readline().startswith("starting Prefect")
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=90)
    assert process.returncode == 130
    [said] = [line for line in stderr.splitlines() if line and not line.endswith(" s")]
    assert said.startswith("stopped;")


def test_control_c_ends_prefect_too(raw, home):
    for number in range(40):
        (raw / f"long{number}.txt").write_text(TEXT * 3000, encoding="utf-8")
    folder = raw.parent
    process = subprocess.Popen(
        command("run", "--workers", "1"), cwd=folder, env=home, stderr=subprocess.PIPE, process_group=0
    )
    deadline = time.monotonic() + 120
    while not (folder / "build/.lock").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=90)
    assert process.returncode == 130
    lines = [line for line in stderr.decode().splitlines() if line and not line.endswith(" s")]
    assert len(lines) == 2
    assert lines[1].startswith("stopped;")
