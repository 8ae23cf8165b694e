"""The Prefect flow `prepare`: encodes a folder, one task a shard. The only module that imports Prefect.

The work is done by `teiprep.corpus`, in its own pool of processes: a task only hands a shard over and waits. What is
published, and in which order, is the same as without Prefect.
"""

from __future__ import annotations

import atexit
import multiprocessing.util
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from teiprep import corpus, files

INSTEAD = "or add --no-prefect"


def _check_home() -> None:
    """Raise RunError if Prefect could not write its database, of which it would tell by thousands of lines."""
    try:
        home = Path(os.environ.get("PREFECT_HOME") or "~/.prefect").expanduser()
        home.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except (OSError, RuntimeError) as error:  # RuntimeError: nobody knows the user's home
        why = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else error
        hint = f"set PREFECT_HOME to a folder that can be written to, {INSTEAD}"
        raise files.RunError(f"Prefect cannot use its folder: {why}", hint=hint) from None


# Prefect looks into its folder when it is imported.
if not os.environ.get("PREFECT_API_URL"):
    _check_home()

# Prefect reads its settings when it is imported. What the user has set stays.
for _name, _value in {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # The first start makes a database, which takes longer than the 20 seconds that Prefect would wait.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    # teiprep tells what it did; Prefect tells the rest in its web page and database.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_ROOT_LEVEL": "CRITICAL",
    # Outcomes are recorded in the manifest; a second record, as pickles, could only disagree with it.
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}.items():
    os.environ.setdefault(_name, _value)

import httpx  # noqa: E402 - after the settings
from prefect import flow, task  # noqa: E402
from prefect.artifacts import create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.orchestration import get_client  # noqa: E402
from prefect.exceptions import PrefectException  # noqa: E402
from prefect.settings import get_current_settings  # noqa: E402
from prefect.task_runners import ThreadPoolTaskRunner  # noqa: E402


def _threads(workers: int) -> Any:  # Prefect's own annotations do not fit each other
    return ThreadPoolTaskRunner(max_workers=workers)


def run(
    raw: Path,
    build: Path,
    *,
    workers: int,
    config: Path | None,
    force: bool,
    progress: Callable[[int, int], None],
    stopped: Callable[[], None],
) -> corpus.Summary:
    """Run the flow with as many tasks at once as there are workers.

    Raises what `corpus.Run` raises, and RunError if Prefect's server does not start or answer. Ctrl-C ends the whole
    process, after a call of `stopped`, with exit code 130.
    """

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Ctrl-C reaches Prefect's server as well. Prefect would go on for minutes trying to tell it of the end; we need
        # no such end: a run may be killed at any moment, and its processes follow it.
        stopped()
        # Loaded, perhaps not to its end, only if Prefect starts a server of its own; that takes two seconds.
        if server := getattr(sys.modules.get("prefect.server.api.server"), "SubprocessASGIServer", None):
            server().stop()
        for process in multiprocessing.active_children():
            process.terminate()
        # What multiprocessing does itself when a process ends well; else it complains of semaphores left over.
        multiprocessing.util._run_finalizers()  # type: ignore[attr-defined]  # noqa: SLF001
        os._exit(130)

    before = signal.signal(signal.SIGINT, stop)
    try:
        _reach_server()
        wide = prepare.with_options(task_runner=_threads(workers))
        return wide(str(raw), str(build), workers, None if config is None else str(config), force, progress)
    except (httpx.HTTPError, PrefectException) as error:
        raise files.RunError(f"Prefect failed: {_first_line(error)}", hint=f"run it again, {INSTEAD}") from None
    finally:
        signal.signal(signal.SIGINT, before)


def _reach_server() -> None:
    """Wait until Prefect's server answers; start one if none is named. Raises RunError if it does not."""
    if not get_current_settings().api.url:
        with tempfile.TemporaryFile() as log:
            _start_server(log)
    try:
        with get_client(sync_client=True) as client:
            client.raise_for_api_version_mismatch()
    except Exception as error:  # noqa: BLE001 - Prefect has no one error for it
        hint = f"start that server, unset PREFECT_API_URL, {INSTEAD}"
        raise files.RunError(f"Prefect cannot be used: {_first_line(error)}", hint=hint) from None


def _start_server(log: BinaryIO) -> None:
    """Start Prefect's own server as Prefect does, with its complaints in `log`. Raises RunError once it has ended.

    Prefect itself would start a server that ends at once again and again, for the whole of its time-out.
    """
    from prefect.server.api.server import SubprocessASGIServer  # noqa: PLC0415 - takes two seconds

    server = SubprocessASGIServer()
    server.port = server.find_available_port()
    shown = os.dup(2)
    os.dup2(log.fileno(), 2)
    try:
        server.server_process = process = server._run_uvicorn_command()  # noqa: SLF001
    finally:
        os.dup2(shown, 2)
        os.close(shown)
    server.running = True  # so that Prefect takes this one
    atexit.register(server.stop)
    deadline = time.monotonic() + get_current_settings().server.ephemeral.startup_timeout_seconds
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:  # uvicorn listens when the server is ready
            return
    server.stop()
    log.seek(0)
    said = log.read().decode(errors="replace").split("\n")
    why = next((line.strip() for line in reversed(said) if "Error" in line), "it does not answer")
    raise files.RunError(f"Prefect's server does not start: {why[:200]}", hint=f"set PREFECT_API_URL, {INSTEAD}")


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]


@flow(
    name="prepare",
    description="Encode the texts of a folder as TEI with a sidecar each",
    task_runner=_threads(corpus.processors()),
    validate_parameters=False,
)
def prepare(
    raw: str = "raw",
    build: str = "build",
    workers: int | None = None,
    config: str | None = None,
    force: bool = False,  # noqa: FBT001, FBT002 - Prefect shows parameters by name
    progress: Callable[[int, int], None] | None = None,
) -> corpus.Summary:
    """Encode what needs work under `raw` into `build`; see `teiprep run --help`. Raises what `corpus.Run` raises."""
    crew_size = workers or corpus.processors()
    settings = None if config is None else Path(config)
    with (
        corpus.Run(Path(raw), Path(build), config=settings, force=force, progress=progress) as one,
        corpus.Crew(crew_size) as crew,
    ):
        # A number, not the shard: Prefect looks through every argument for results of other tasks.
        @task(name="encode shard", task_run_name="shard {number}", cache_policy=NO_CACHE)
        def encode_shard(number: int) -> tuple[corpus.Outcome, ...]:
            return crew.encode(one.shards[number])

        futures = [encode_shard.submit(number) for number in range(len(one.shards))]
        for future in futures:
            one.publish(future.result())
        summary = one.finish()
    table = [{"what": what, "how many": number} for what, number in summary.rows()]
    create_table_artifact(table, key="teiprep-run", description=f"{raw} encoded into {build}")
    return summary
