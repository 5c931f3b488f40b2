"""Encoded render segments on disk: put there whole, checked when reused, the least recently used thrown away."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from core.cache import spared_since
from core.digest import file_digest
from core.files import whole_file, write_text


@dataclass(frozen=True)
class Record:
    """What is known of a cached segment: its file's SHA-256, its packets, how it was made and how long that took."""

    sha256: str
    frames: int
    engine: str
    seconds: float


class SegmentCache:
    """A folder of a cache: of render segments, or of their renditions.

    Safe with several renders at once: files appear by renaming and are never written in place.
    """

    def __init__(self, cache: Path, folder: str = "segments") -> None:
        self.cache, self.folder = cache, cache / folder

    def file(self, key: str) -> Path:
        """Where the segment's MP4 is, or would be."""
        return self.folder / f"{key}.mp4"

    def _sidecar(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def record(self, key: str) -> Record | None:
        """What was noted when it was made; None when it is not there or its note cannot be read."""
        try:
            return Record(**json.loads(self._sidecar(key).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def find(self, key: str, frames: int) -> Path | None:
        """The file, when it has the bytes that were written and the frames that are wanted; marked as used. A bad one is removed."""
        record, file = self.record(key), self.file(key)
        if record is None or not file.is_file():
            return None
        try:
            if record.frames != frames or file_digest(file) != record.sha256:
                file.unlink(missing_ok=True)
                self._sidecar(key).unlink(missing_ok=True)
                return None
            for used in (file, self._sidecar(key)):
                os.utime(used)
        except FileNotFoundError:
            return None  # another render has thrown it away since
        return file

    @contextmanager
    def make(self, key: str, frames: int, engine: str) -> Iterator[Path]:
        """Give a name to encode into; when that succeeded, keep the file. The note comes last: without it the file does not count."""
        began = time.monotonic()
        with whole_file(self.file(key)) as temporary:
            yield temporary
            sha256 = file_digest(temporary)
        record = Record(sha256, frames, engine, round(time.monotonic() - began, 3))
        write_text(self._sidecar(key), json.dumps(asdict(record)) + "\n")

    def lock(self, key: str) -> Path:
        """The lock file of a segment that is being made."""
        return self.folder / f".{key}.lock"

    def evict(self, limit: int, keep: set[str]) -> int:
        """Throw away what was used least recently until `limit` bytes are left; gives how many went.

        Spared are the keys in `keep`, and whatever a living run has used, or anybody in the last hour (`core.cache`).
        """
        since = spared_since(self.cache)
        files = []
        for file in self.folder.glob("*.mp4"):
            try:
                facts = file.stat()
            except FileNotFoundError:
                continue  # another render was faster
            if not file.name.startswith("."):
                files.append((facts.st_mtime, facts.st_size, file))
            elif facts.st_mtime < since:
                file.unlink(missing_ok=True)
        for lock in self.folder.glob(".*.lock"):
            with suppress(FileNotFoundError):
                if lock.stat().st_mtime < since:
                    lock.unlink()
        total = sum(size for _, size, _ in files)
        gone = 0
        for used, size, file in sorted(files):
            if total <= limit or used > since:
                break
            if file.stem in keep:
                continue
            self._sidecar(file.stem).unlink(missing_ok=True)
            file.unlink(missing_ok=True)
            total -= size
            gone += 1
        return gone
