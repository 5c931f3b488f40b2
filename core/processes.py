"""Child processes that die with their parent and whose failures can be read.

`PR_SET_PDEATHSIG` fires when the *thread* that spawned the child ends, not when the process does (prctl(2)), so every
child here is spawned from one thread that lives as long as the program.
"""

import ctypes
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from core.errors import NoSpace, SluglineError, WorkFailed

T = TypeVar("T")

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when the thread that spawned it ends; call it first thing in a child.

    `parent` is the process that spawned it: if that is gone already, the signal would never come, and the child ends here.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


class _Spawner(threading.Thread):
    """The one thread that starts children."""

    def __init__(self) -> None:
        super().__init__(name="slugline-spawner", daemon=True)
        self.orders: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = queue.SimpleQueue()

    def run(self) -> None:
        while True:
            order, answer = self.orders.get()
            try:
                answer.set_result(order())
            except BaseException as error:
                answer.set_exception(error)


_lock = threading.Lock()
_spawner: tuple[int, _Spawner] | None = None


def on_spawner(order: Callable[[], T]) -> T:
    """Run `order` on the spawning thread and give back its result or its error."""
    global _spawner  # noqa: PLW0603 - one thread a process, started when first needed, again after a fork
    with _lock:
        if _spawner is None or _spawner[0] != os.getpid():
            thread = _Spawner()
            thread.start()
            _spawner = (os.getpid(), thread)
        spawner = _spawner[1]
    answer: Future[T] = Future()
    spawner.orders.put((order, answer))
    return answer.result()


def start(
    command: Sequence[str | Path],
    *,
    stdin: int | IO[bytes] | None = subprocess.DEVNULL,
    stdout: int | IO[bytes] | None = subprocess.PIPE,
    stderr: int | IO[bytes] | None = subprocess.PIPE,
    env: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child that dies with this process. Raises WorkFailed when the program cannot be started."""
    words = [str(word) for word in command]
    here = os.getpid()
    try:
        return on_spawner(
            lambda: subprocess.Popen(
                words,
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                env=env,
                preexec_fn=lambda: die_with_parent(here),  # noqa: PLW1509
            )
        )
    except OSError as error:
        raise WorkFailed(f"could not start {words[0]}: {error.strerror}", hint="run `slugline doctor`") from error


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    stdin: int | IO[bytes] | None = subprocess.DEVNULL,
    stdout: int | IO[bytes] | None = subprocess.PIPE,
    stderr: int | IO[bytes] | None = subprocess.PIPE,
) -> Iterator[subprocess.Popen[bytes]]:
    """A child for the length of a block: killed if it still runs at the block's end, its pipes closed."""
    child = start(command, stdin=stdin, stdout=stdout, stderr=stderr)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        child.wait()


def run(command: Sequence[str | Path], *, what: str, data: bytes | None = None) -> bytes:
    """Run a child to its end, feed it `data`, give its standard output.

    `what` names the work for the reader ("encode scene strait"). Raises WorkFailed with the child's last words.
    """
    child = start(command, stdin=subprocess.PIPE if data is not None else subprocess.DEVNULL)
    try:
        out, err = child.communicate(data)
    except BaseException:
        child.kill()
        child.wait()
        raise
    if child.returncode:
        raise failure(what, child.returncode, err)
    return out


def failure(what: str, returncode: int, stderr: bytes) -> SluglineError:
    """The error for a child that ended badly: its last lines, and a full disk recognised as such."""
    lines = [line for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    if any("No space left on device" in line for line in lines):
        return NoSpace(f"no space left on the disk: could not {what}", hint="free some space and run the command again")
    if returncode < 0:
        name = signal.Signals(-returncode).name
        return WorkFailed(
            f"could not {what}: the process was killed ({name})", hint="run the command again; finished parts are kept"
        )
    return WorkFailed(f"could not {what}: {' / '.join(lines[-3:]) or f'exit code {returncode}'}")
