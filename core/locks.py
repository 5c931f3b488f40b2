"""Locks that keep two runs of one thing apart, across processes, and let go when their holder dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import Busy


@contextmanager
def only_one(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file `path` for the duration. Raises Busy at once when another run holds it; `what` names it for the reader."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Busy(
            f"another run of {what} is going on", hint="wait for it to finish, or stop it, and run the command again"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Hold the lock file `path` for the duration, after whoever holds it now; it goes away afterwards.

    For work that is kept where the next in turn finds it: one that was waiting while the file went away shares its turn with a
    newcomer, which then finds the work done, or does it at the same time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path):
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
