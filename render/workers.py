"""Work spread over processes: one render segment, or one drawing, a process; they die with this one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from core.errors import WorkFailed
from core.processes import die_with_parent, on_spawner

T = TypeVar("T")

PATIENCE = 2.0
"""Seconds that a worker has to clear up when it is told to end."""


class _StoppedError(BaseException):
    """Raised in a worker that is told to end, so that temporary files are removed on the way out."""


class _Duty:
    """Whether this worker has a job in hand."""

    busy = False


def _stop(_number: int, _frame: object) -> None:
    if _Duty.busy:
        raise _StoppedError
    os._exit(1)


def _begin(parent: int) -> None:
    """First thing in a worker. Ctrl-C is the parent's to handle: it reaches the whole group, and the parent ends the workers."""
    die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    import cv2

    cv2.setNumThreads(1)


def _guarded(work: Callable[..., T], job: tuple[Any, ...]) -> T:
    _Duty.busy = True
    try:
        return work(*job)
    except _StoppedError:
        os._exit(1)  # the executor would catch it and go on with the next job
    finally:
        _Duty.busy = False


class Workers:
    """`count` processes, started when first needed."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.closed = False
        """True when nothing more is taken, and nobody waits for what is not done."""
        self.pool = self._open()
        self._lock = threading.Lock()

    def _open(self) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork would copy locks that other threads hold.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.count, context, initializer=_begin, initargs=(os.getpid(),))

    def map(self, work: Callable[..., T], jobs: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, T]]:
        """Do `work(*job)` for every job; gives index and result as they are done. The first error ends it.

        Raises WorkFailed when a worker was killed.
        """
        try:
            # The executor starts its processes on the thread that submits, and they live as long as that thread.
            futures: dict[Future[T], int] = {
                on_spawner(lambda job=job: self.pool.submit(_guarded, work, job)): index  # type: ignore[misc]
                for index, job in enumerate(jobs)
            }
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BrokenProcessPool as error:
            raise WorkFailed(
                "a render process was killed before it had finished",
                hint="it may have run out of memory; run the command again (finished parts are kept), or set `workers` lower",
            ) from error

    def reopen(self) -> None:
        """Other workers for these, one of which was killed: such a pool takes nothing more. Nothing happens when all is closed."""
        with self._lock:
            if self.closed:
                return
            old, self.pool = self.pool, self._open()
        self._end(old)

    def close(self) -> None:
        """Take nothing more, and wait for what is being done."""
        with self._lock:
            self.closed = True
        self.pool.shutdown()

    def kill(self) -> None:
        """End every worker now, whatever it is doing: asked first, so that it clears up, and after `PATIENCE` seconds made to."""
        with self._lock:
            self.closed = True
        self._end(self.pool)

    def _end(self, pool: ProcessPoolExecutor) -> None:
        # Python 3.14 has terminate_workers(); before that the processes are only reachable here.
        processes = list((pool._processes or {}).values())
        for process in processes:
            process.terminate()
        patience = time.monotonic() + PATIENCE
        for process in processes:
            process.join(max(0.0, patience - time.monotonic()))
            process.kill()
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def open_workers(count: int) -> Iterator[Workers]:
    """Workers for the duration; killed on any error, so that nothing goes on after Ctrl-C."""
    workers = Workers(count)
    try:
        yield workers
    except BaseException:
        workers.kill()
        raise
    workers.close()
