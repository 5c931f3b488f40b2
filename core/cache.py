"""Keeping the cache within its limit: what can be made again is thrown away, the longest unused first.

Whatever a living run has used is spared, however long it takes: it holds a lease, from before the first thing it uses to its end.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

_LEASES = "leases"
GRACE = 3600.0
"""Seconds for which whatever was touched is spared, for what looks into the cache without a lease."""
_SLACK = 1.0
"""Seconds by which a file system's clock may lag behind."""
DAMAGED = (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What reading an archive of arrays (`.npz`) may raise when a bit of it has flipped, or it is not whole or gone."""
ABANDONED = 24 * 3600.0
"""Seconds after which what a run was working on is taken to have been left by a killed one."""


@dataclass(frozen=True)
class _Entry:
    path: Path
    bytes: int
    touched: float


def touch(path: Path) -> None:
    """Say that a kept file or folder was used just now. One that another run has thrown away since stays away."""
    with suppress(FileNotFoundError):
        os.utime(path)


@contextmanager
def leased(cache: Path) -> Iterator[None]:
    """Nothing that is touched within the block is swept by anybody, until it ends or this process does."""
    folder = cache / _LEASES
    folder.mkdir(parents=True, exist_ok=True)
    # When it began is in its name: locking a file changes its time.
    file = folder / f"{time.time():.3f}-{os.getpid()}-{secrets.token_hex(4)}.lock"
    with FileLock(file):
        try:
            yield
        finally:
            file.unlink(missing_ok=True)


def spared_since(cache: Path) -> float:
    """The time from which on whatever was touched is spared: when the oldest living run began, and `GRACE` ago at the latest."""
    now = time.time()
    since = now - GRACE
    for file in (cache / _LEASES).glob("*.lock"):
        began = float(file.name.split("-")[0])
        if _held(file):
            since = min(since, began - _SLACK)
        elif now - began > ABANDONED:
            file.unlink(missing_ok=True)
    return since


def _held(file: Path) -> bool:
    """Whether the run that took a lease lives: the kernel lets go of a killed one's."""
    try:
        with FileLock(file, timeout=0):
            return False
    except Timeout:
        return True


def sweep(cache: Path, folders: tuple[str, ...], limit: int) -> int:
    """Remove what killed runs left behind, then the longest unused entries of `folders` until all are within `limit` bytes.

    An entry is a file or folder right inside one of `folders`. Gives the bytes that were freed.
    """
    since = spared_since(cache)
    freed = 0
    for left in [*_inside(cache / "work"), *_half_written(cache, folders)]:
        if left.touched < min(since, time.time() - ABANDONED):
            freed += _remove(left)
    entries = sorted((entry for name in folders for entry in _inside(cache / name)), key=lambda entry: entry.touched)
    total = sum(entry.bytes for entry in entries)
    for entry in entries:
        if total <= limit or entry.touched > since:
            break
        total -= entry.bytes
        freed += _remove(entry)
    return freed


def _inside(folder: Path) -> Iterator[_Entry]:
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
            yield _Entry(path, sum(file.stat().st_size for file in files), path.stat().st_mtime)
        except FileNotFoundError:
            continue  # another run was quicker


def _half_written(cache: Path, folders: tuple[str, ...]) -> Iterator[_Entry]:
    """Temporary files, whose names begin with a dot (`core.files.whole_file`)."""
    return (entry for name in folders for entry in _inside(cache / name) if entry.path.name.startswith("."))


def _remove(entry: _Entry) -> int:
    if entry.path.is_dir():
        shutil.rmtree(entry.path, ignore_errors=True)
    else:
        entry.path.unlink(missing_ok=True)
    return entry.bytes
