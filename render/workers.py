"""Work spread over processes: one render segment, or one drawing, a process; they die with this one."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from core.errors import WorkFailed
from core.processes import die_with_parent, on_spawner

T = TypeVar("T")


def _begin() -> None:
    """First thing in a worker. Ctrl-C is the parent's to handle: it reaches the whole group, and the parent ends the workers."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import cv2

    cv2.setNumThreads(1)


class Workers:
    """`count` processes, started when first needed."""

    def __init__(self, count: int) -> None:
        # Spawned, not forked: a fork would copy locks that other threads hold.
        self.pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), initializer=_begin)

    def map(self, work: Callable[..., T], jobs: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, T]]:
        """Do `work(*job)` for every job; gives index and result as they are done. The first error ends it.

        Raises WorkFailed when a worker was killed.
        """
        try:
            # The executor starts its processes on the thread that submits, and they live as long as that thread.
            futures: dict[Future[T], int] = {
                on_spawner(lambda job=job: self.pool.submit(work, *job)): index  # type: ignore[misc]
                for index, job in enumerate(jobs)
            }
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BrokenProcessPool as error:
            raise WorkFailed(
                "a render process was killed before it had finished",
                hint="it may have run out of memory; run the command again (finished parts are kept), or set `workers` lower",
            ) from error

    def kill(self) -> None:
        """End every worker now, whatever it is doing."""
        # Python 3.14 has kill_workers(); before that the processes are only reachable here.
        for process in list((self.pool._processes or {}).values()):
            process.kill()
        self.pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def open_workers(count: int) -> Iterator[Workers]:
    """Workers for the duration; killed on any error, so that nothing goes on after Ctrl-C."""
    workers = Workers(count)
    try:
        yield workers
    except BaseException:
        workers.kill()
        raise
    workers.pool.shutdown()
