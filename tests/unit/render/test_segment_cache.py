"""What is used in the cache stays there as a whole: a file and the note without which it does not count."""

from __future__ import annotations

import os
import time
from pathlib import Path

from filelock import FileLock

from core.cache import GRACE, sweep
from render.segment_cache import SegmentCache


def test_a_file_that_is_used_keeps_its_note(tmp_path: Path) -> None:
    store = SegmentCache(tmp_path, "renditions")
    for key in ("used", "forgotten"):
        with store.make(key, 1, "ffmpeg") as file:
            file.write_bytes(b"x" * 1000)
    long_ago = time.time() - 3 * GRACE
    for file in store.folder.iterdir():
        os.utime(file, (long_ago, long_ago))
    assert store.find("used", 1)
    sweep(tmp_path, ("renditions",), 1)
    assert store.find("used", 1)
    assert store.find("forgotten", 1) is None


def test_segments_that_a_living_run_has_used_are_not_evicted(tmp_path: Path) -> None:
    """A film of an hour: its first segments were found long before its last one is joined."""
    store = SegmentCache(tmp_path)
    with store.make("early", 1, "frames") as file:
        file.write_bytes(b"x" * 1000)
    long_ago = time.time() - 3 * GRACE
    for kept in store.folder.iterdir():
        os.utime(kept, (long_ago, long_ago))
    with FileLock(tmp_path / "leases" / f"{long_ago - 60:.3f}-1-aa.lock"):
        assert store.evict(0, set()) == 0
    assert store.evict(0, set()) == 1
