"""Keeping the cache within its limit: what can be made again is thrown away, the longest unused first."""

from __future__ import annotations

import os
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

GRACE = 3600.0
"""Seconds for which whatever was touched is spared: a run may be using it."""
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


def sweep(cache: Path, folders: tuple[str, ...], limit: int) -> int:
    """Remove what killed runs left behind, then the longest unused entries of `folders` until all are within `limit` bytes.

    An entry is a file or folder right inside one of `folders`. Gives the bytes that were freed.
    """
    now = time.time()
    freed = 0
    for left in [*_inside(cache / "work"), *_half_written(cache, folders)]:
        if now - left.touched > ABANDONED:
            freed += _remove(left)
    entries = sorted((entry for name in folders for entry in _inside(cache / name)), key=lambda entry: entry.touched)
    total = sum(entry.bytes for entry in entries)
    for entry in entries:
        if total <= limit or now - entry.touched < GRACE:
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
