"""What is used in the cache stays there as a whole: a file and the note without which it does not count."""

from __future__ import annotations

import os
import time
from pathlib import Path

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
