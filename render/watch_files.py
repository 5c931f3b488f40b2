"""What of a studio is being edited: files are looked at for their times, a few times a second."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from render.voices import PICK_UPS

EVERY = 0.15
"""Seconds from one look to the next; longer where looking takes long itself."""
MADE = {"cache", "media", "outbox", "node_modules", "__pycache__"}
"""Folders of what is made, not edited."""
DEEP, MOST = 4, 2000
"""Folders in one another, and files, that are looked at for a script without a studio."""
_UNEDITED = {".mp4", ".db", ".db-wal", ".db-shm", ".db-journal"}

Facts = tuple[int, int]
"""When a file was written, in nanoseconds, and its size in bytes."""
Times = dict[str, Facts]


class FileWatch:
    """Tells which files under some folders have changed since it was last asked. Folders that are made and dot files do not count.

    A film rendered beside its script is no change of it: nor is any other file that only appears among films, databases.
    `alone` is a script without a studio: it may lie in somebody's home, so of its folder only as much is looked at as it can use.
    """

    def __init__(self, folders: list[Path], alone: Path | None = None) -> None:
        self.alone = alone.parent.resolve() / alone.name if alone else None
        roots = [folder.resolve() for folder in folders]
        self.roots = [root for root in roots if not any(other != root and other in root.parents for other in roots)]
        self.times = self._look()

    def wait(self, stopped: Callable[[], bool]) -> set[Path]:
        """Block until something changes; then give everything that did. An editor that writes a file in two steps is waited for.

        Gives nothing when `stopped`.
        """
        while not stopped():
            began = time.monotonic()
            changed = self._changed()
            if changed:
                time.sleep(0.02)
                return changed | self._changed()
            time.sleep(max(EVERY, 5 * (time.monotonic() - began)))
        return set()

    def changed(self) -> bool:
        """True when something changed that `wait` will give."""
        return self._look() != self.times

    def _changed(self) -> set[Path]:
        before, self.times = self.times, self._look()
        return {Path(name) for name, _ in before.items() ^ self.times.items()}

    def _look(self) -> Times:
        times = {name: facts for root in self.roots for name, facts in _files(str(root))}
        return times | dict(islice(_used_by(self.alone), MOST)) if self.alone else times


def _used_by(script: Path) -> Iterator[tuple[str, Facts]]:
    """The files beside a script, itself and those that it names before others; then those in folders that it names, or in that
    of its pick-up takes."""
    try:
        text = script.read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""  # an editor is just writing it anew
    entries = sorted(_entries(str(script.parent)), key=lambda entry: (entry.name not in text, entry.name))
    entries.sort(key=lambda entry: entry.name != script.name)
    for entry in entries:
        yield from _facts(entry)
    for entry in entries:
        if entry.name in text or entry.name == PICK_UPS:
            yield from _within(entry, str(script.parent), DEEP)


def _files(folder: str, deep: int | None = None) -> Iterator[tuple[str, Facts]]:
    """Files in a folder and in those below it, at most so `deep` below one another."""
    for entry in _entries(folder):
        yield from _facts(entry)
        yield from _within(entry, folder, deep)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return []  # it has just gone
    return [
        entry
        for entry in entries
        if not (entry.name.startswith(".") or entry.name.endswith("~") or (entry.name in MADE))
    ]


def _facts(entry: os.DirEntry[str]) -> Iterator[tuple[str, Facts]]:
    """Its path and facts, where it is a file that counts."""
    with suppress(OSError):
        if not entry.is_dir() and Path(entry.name).suffix.lower() not in _UNEDITED:
            facts = entry.stat()
            yield entry.path, (facts.st_mtime_ns, facts.st_size)


def _within(entry: os.DirEntry[str], folder: str, deep: int | None) -> Iterator[tuple[str, Facts]]:
    """What is in an entry that is a folder."""
    with suppress(OSError):
        if deep != 0 and entry.is_dir() and not (entry.is_symlink() and _leads_back(entry.path, folder)):
            yield from _files(entry.path, None if deep is None else deep - 1)


def _leads_back(link: str, folder: str) -> bool:
    """True for a link to the folder that it is in, or to one above: what lies there is looked at already."""
    return Path(folder).resolve().is_relative_to(Path(link).resolve())
