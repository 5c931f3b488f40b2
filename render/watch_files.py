"""What of a studio is being edited: files are looked at for their times, a few times a second."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

EVERY = 0.15
"""Seconds from one look to the next; longer where looking takes long itself."""
MADE = {"cache", "media", "outbox", "node_modules", "__pycache__"}
"""Folders of what is made, not edited."""
_UNEDITED = {".mp4", ".db", ".db-wal", ".db-shm", ".db-journal"}

Times = dict[str, tuple[int, int]]


class FileWatch:
    """Tells which files under some folders have changed since it was last asked. Folders that are made and dot files do not count.

    A film rendered beside its script is no change of it: nor is any other file that only appears among films, databases.
    """

    def __init__(self, folders: list[Path]) -> None:
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
        return {name: facts for root in self.roots for name, facts in _files(str(root))}


def _files(folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return  # it has just gone
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~") or (entry.name in MADE):
            continue
        try:
            if entry.is_dir():
                if not (entry.is_symlink() and _leads_back(entry.path, folder)):
                    yield from _files(entry.path)
            elif Path(entry.name).suffix.lower() not in _UNEDITED:
                facts = entry.stat()
                yield entry.path, (facts.st_mtime_ns, facts.st_size)
        except OSError:
            continue


def _leads_back(link: str, folder: str) -> bool:
    """True for a link to the folder that it is in, or to one above: what lies there is looked at already."""
    return Path(folder).resolve().is_relative_to(Path(link).resolve())
