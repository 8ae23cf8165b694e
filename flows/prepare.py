"""The Prefect flow `prepare`: encodes a folder, one task a shard. The only module that imports Prefect.

The work is done by `teiprep.corpus`, in its own pool of processes: a task only hands a shard over and waits. What is
published, and in which order, is the same as without Prefect.
"""

from __future__ import annotations

import multiprocessing.util
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

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

from prefect import flow, task  # noqa: E402 - after the settings
from prefect.artifacts import create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.task_runners import ThreadPoolTaskRunner  # noqa: E402

from teiprep import corpus  # noqa: E402


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
    """Run the flow with as many tasks at once as there are workers. Raises what `corpus.Run` raises.

    Ctrl-C ends the whole process, after a call of `stopped`, with exit code 130.
    """

    def stop(*_: object) -> None:
        # Ctrl-C reaches Prefect's server as well. Prefect would go on for minutes trying to tell it of the end; we need
        # no such end: a run may be killed at any moment, and its processes follow it.
        stopped()
        # Loaded only if Prefect started a server of its own; importing it here would take two seconds.
        if (server := sys.modules.get("prefect.server.api.server")) is not None:
            server.SubprocessASGIServer().stop()
        for process in multiprocessing.active_children():
            process.terminate()
        # What multiprocessing does itself when a process ends well; else it complains of semaphores left over.
        multiprocessing.util._run_finalizers()  # type: ignore[attr-defined]  # noqa: SLF001
        os._exit(130)

    before = signal.signal(signal.SIGINT, stop)
    try:
        wide = prepare.with_options(task_runner=_threads(workers))
        return wide(str(raw), str(build), workers, None if config is None else str(config), force, progress)
    finally:
        signal.signal(signal.SIGINT, before)


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
