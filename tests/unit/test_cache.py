"""The cache stays within its limit, and spares what a run may be using."""

import os
import time
from pathlib import Path

from core.cache import ABANDONED, GRACE, sweep, touch


def put(path: Path, size: int, age: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_the_longest_unused_goes_first_and_only_as_much_as_needed(tmp_path: Path) -> None:
    old = put(tmp_path / "films/old", 100, GRACE * 3)
    older = put(tmp_path / "sound/older", 100, GRACE * 4)
    fresh = put(tmp_path / "films/fresh", 100, 0)
    assert sweep(tmp_path, ("films", "sound"), 200) == 100
    assert (older.exists(), old.exists(), fresh.exists()) == (False, True, True)


def test_what_may_be_in_use_is_spared_even_over_the_limit(tmp_path: Path) -> None:
    fresh = put(tmp_path / "films/fresh", 100, GRACE / 2)
    assert sweep(tmp_path, ("films",), 1) == 0
    assert fresh.exists()


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    left = put(tmp_path / "work/picture-x/picture.mp4", 50, ABANDONED * 2)
    os.utime(left.parent, (time.time() - ABANDONED * 2,) * 2)
    half = put(tmp_path / "sound/.abc.wav", 50, ABANDONED * 2)
    under_way = put(tmp_path / "work/picture-y", 50, 60)
    assert sweep(tmp_path, ("sound",), 1000) == 100
    assert (left.exists(), half.exists(), under_way.exists()) == (False, False, True)


def test_what_is_touched_counts_as_used_and_what_is_gone_stays_away(tmp_path: Path) -> None:
    old = put(tmp_path / "films/old", 100, GRACE * 3)
    touch(old)
    assert time.time() - old.stat().st_mtime < GRACE
    old.unlink()
    touch(old)
    assert not old.exists(), "an empty file would be taken for what was there"


def test_no_cache_is_nothing_to_do(tmp_path: Path) -> None:
    assert sweep(tmp_path / "none", ("films",), 0) == 0
