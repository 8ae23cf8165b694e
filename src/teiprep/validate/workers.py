"""Processes that check files: one file at a time each, with a bound of time and memory, and replaced when they die.

A file can be made so that the parser, or we, never come to an end with it or want all memory there is, inside C code
where no exception reaches. So every file is checked in a child, even if there is only one: forking costs a few
milliseconds. The system itself ends the child: an alarm that nobody handles, and a limit on its address space.

`corpus.Crew` is another thing: it must not fork, because Prefect has threads, and its work is shards.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import select
import signal
import struct
import sys
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Failure = Literal["time", "memory", "crash"]

#: The exit code of a child that ran out of memory and could say so.
_NO_MEMORY = 97
_NUMBER = struct.Struct("=Q")


class Limits(NamedTuple):
    """What one task may take: seconds on the clock, and bytes of memory beside what the process has when it begins."""

    seconds: float
    memory: int


class _Child(NamedTuple):
    pid: int
    orders: int
    results: int


def run(
    work: Callable[[int], Any],
    limits: Sequence[Limits],
    failed: Callable[[int, Failure], Any],
    jobs: int,
    progress: Callable[[int, int], None] | None = None,
) -> list[Any]:
    """`work(number)` for each of the tasks `0 … len(limits) - 1`, in their order, made by `jobs` processes.

    Of a task that takes more than its limits, or whose process dies of it, what `failed(number, why)` gives; the others
    go on. `work` gives what can be pickled, and what it raises is a crash. `progress` is told now and then how many of
    all are done. Only for a program without threads of its own, as any fork.
    """
    total = len(limits)
    done: list[Any] = [None] * total
    finished = begun = 0
    children: dict[int, _Child] = {}  # by where their results come from
    at: dict[int, int] = {}  # likewise, the task that each is at
    poll = select.poll()

    def order() -> None:
        """Another child, with the next task."""
        nonlocal begun
        child = _fork(work, limits, [*children.values()])
        children[child.results] = child
        poll.register(child.results, select.POLLIN)
        give(child)

    def give(child: _Child) -> None:
        nonlocal begun
        at[child.results] = begun
        with suppress(BrokenPipeError):  # it has just died, which is told when its result is wanted
            os.write(child.orders, _NUMBER.pack(begun))
        begun += 1

    try:
        while len(children) < jobs and begun < total:
            order()
        while finished < total:
            for source, _ in poll.poll(500):
                child, number = children[source], at[source]
                result = _receive(source)
                if result is None:
                    poll.unregister(source)
                    done[number] = failed(number, _end(children.pop(source)))
                else:
                    done[number] = pickle.loads(result)  # noqa: S301 - from a process of ours
                finished += 1
                if begun < total and result is None:
                    order()
                elif begun < total:
                    give(child)
            if progress is not None:
                progress(finished, total)
    finally:
        for child in children.values():
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)
            _end(child)
    return done


def processors() -> int:
    """How many processes this machine can run at once for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _end(child: _Child) -> Failure:
    """Clear away a child that has ended, or is just being ended; why it ended."""
    os.close(child.orders)
    os.close(child.results)
    _, status = os.waitpid(child.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGALRM:
        return "time"
    # Nobody but the system, where memory is short, kills that way.
    return "memory" if code in {_NO_MEMORY, -signal.SIGKILL} else "crash"


def _receive(source: int) -> bytes | None:
    """The next result; None if the child ended before it was complete."""
    head = _read(source, _NUMBER.size)
    return None if head is None else _read(source, _NUMBER.unpack(head)[0])


def _read(source: int, count: int) -> bytes | None:
    parts = []
    while count:
        part = os.read(source, min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


# --- in the child -----------------------------------------------------------------------------------------------------


def _fork(work: Callable[[int], Any], limits: Sequence[Limits], others: Sequence[_Child]) -> _Child:
    ordered, orders = os.pipe()
    results, resulted = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    # Ctrl-C is for the parent, from the child's first moment on.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with warnings.catch_warnings():
            # Python 3.12 warns where there are threads; the child uses nothing that another thread could hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            for each in (orders, results, *(end for other in others for end in (other.orders, other.results))):
                os.close(each)
            _live(work, limits, ordered, resulted)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(ordered)
    os.close(resulted)
    return _Child(pid, orders, results)


def _live(work: Callable[[int], Any], limits: Sequence[Limits], orders: int, results: int) -> NoReturn:
    """Take orders until there are no more, which is also how a child learns that its parent is gone."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # it ends the process, wherever that is
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
        with suppress(ValueError, OSError):  # no memory dumps of hostile files
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        gc.freeze()  # what the parent made is not looked through again, and its pages stay shared
        gc.disable()  # a file makes hardly anything that only the collector could free
        while (order := _read(orders, _NUMBER.size)) is not None:
            (number,) = _NUMBER.unpack(order)
            signal.setitimer(signal.ITIMER_REAL, limits[number].seconds)
            _bound(limits[number].memory)
            result = pickle.dumps(work(number), pickle.HIGHEST_PROTOCOL)
            _write(results, _NUMBER.pack(len(result)) + result)
            signal.setitimer(signal.ITIMER_REAL, 0)
        code = 0
    except MemoryError:
        code = _NO_MEMORY
    finally:
        os._exit(code)


def _bound(memory: int) -> None:
    """Let this process have so many bytes more than it has, where the system can tell how many it has."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - for each file: quick
            pages = int(file.read().split()[0])
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    except (OSError, ValueError):
        pass


def _write(to: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(to, view) :]
