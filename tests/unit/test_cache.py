"""The cache stays within its limit, and spares what a run may be using."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.cache import ABANDONED, GRACE, leased, sweep, touch


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


RUN = """
import os, sys, time
from pathlib import Path
from core import cache
cache_folder, ago = Path(sys.argv[1]), float(sys.argv[2])
real = time.time
cache.time.time = lambda: real() - ago
with cache.leased(cache_folder):
    used = cache_folder / "narration/used.wav"
    used.write_bytes(b"x" * 100)
    os.utime(used, (real() - ago + 60, real() - ago + 60))
    print("began", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def a_long_run(cache: Path, ago: float) -> Iterator[subprocess.Popen[str]]:
    """Another process that began so many seconds ago, used a take a minute later, and is at work still."""
    (cache / "narration").mkdir(exist_ok=True)
    words = [sys.executable, "-c", RUN, str(cache), str(ago)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "began\n"
        try:
            yield run
        finally:
            run.kill()


def test_what_a_living_run_has_used_is_spared_however_long_it_takes(tmp_path: Path) -> None:
    older = put(tmp_path / "narration/older.wav", 100, GRACE * 9)
    work = put(tmp_path / "work/picture-x", 50, ABANDONED * 2)
    with a_long_run(tmp_path, ABANDONED * 3) as run:
        used = tmp_path / "narration/used.wav"
        assert sweep(tmp_path, ("narration",), 0) == 0, "nor what came after it began"
        run.kill()
        run.wait()
        assert sweep(tmp_path, ("narration",), 0) == 250, "the kernel lets go of a killed run's lease"
        assert not any(file.exists() for file in (used, older, work))
    assert list((tmp_path / "leases").iterdir()) == []


def test_what_was_used_before_every_living_run_began_may_go(tmp_path: Path) -> None:
    older = put(tmp_path / "narration/older.wav", 100, GRACE * 9)
    with a_long_run(tmp_path, GRACE * 3), leased(tmp_path):
        assert sweep(tmp_path, ("narration",), 0) == 100
        assert not older.exists()
        assert (tmp_path / "narration/used.wav").exists()


def test_a_lease_ends_with_its_block(tmp_path: Path) -> None:
    with leased(tmp_path):
        assert len(list((tmp_path / "leases").iterdir())) == 1
    assert list((tmp_path / "leases").iterdir()) == []


def test_without_the_lease_a_long_run_would_lose_what_it_used(tmp_path: Path) -> None:
    """The negative control."""
    with a_long_run(tmp_path, GRACE * 3):
        for lease in (tmp_path / "leases").iterdir():
            lease.unlink()
        assert sweep(tmp_path, ("narration",), 0) == 100
