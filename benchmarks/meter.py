"""What the benchmarks measure with: CPU and memory of a program and its children, the machine's description, the verdict."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from render.encode import MASTER
from render.ffmpeg import ffmpeg_path

LIBRARIES = ("opencv-python-headless", "numpy", "av", "moviepy")


def options(doc: str | None) -> argparse.ArgumentParser:
    """A parser whose help is the benchmark's own docstring."""
    return argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)


def cpu_of_children() -> float:
    """Seconds of CPU that children which have ended used, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cpu_used() -> float:
    """Seconds of CPU of this process and of its ended children."""
    return cpu_of_children() + sum(os.times()[:2])


@dataclass
class Spent:
    """What a stretch of work took: seconds of CPU (see `cpu_used`) and of the clock."""

    cpu: float = 0.0
    wall: float = 0.0


@contextmanager
def metered() -> Iterator[Spent]:
    """Fills in what the block has spent when it ends."""
    spent = Spent()
    cpu, wall = cpu_used(), time.monotonic()
    yield spent
    spent.cpu, spent.wall = cpu_used() - cpu, time.monotonic() - wall


def _family(root: int) -> list[int]:
    """The process `root` and everything below it, by the kernel's lists of children."""
    out = [root]
    for pid in out:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                out += [int(child) for child in task.read_text().split()]
            except OSError:
                continue  # it has ended since
    return out


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


@dataclass
class Peak:
    """The most bytes that were resident at one moment in a tree of processes; what they share counts once for each."""

    bytes: int = 0


@contextmanager
def watched_memory(root: int, every: float = 0.05) -> Iterator[Peak]:
    """Looks at a tree of processes `every` so many seconds for as long as the block lasts."""
    peak, over = Peak(), threading.Event()

    def look() -> None:
        while not over.wait(every):
            peak.bytes = max(peak.bytes, sum(_resident(pid) for pid in _family(root)))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


@cache
def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


@cache
def _ffmpeg() -> str:
    said = subprocess.run([ffmpeg_path(), "-version"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split()[:3])


def measured_on(footage: str) -> str:
    """The lines that say what a figure was measured on."""
    busy = os.getloadavg()[0]
    made_with = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"  footage: {footage}\n"
        f"  encoder: x264 {MASTER.preset}, CRF {MASTER.crf}, no B-frames, one thread a segment\n"
        f"  machine: {_processor()}, {os.cpu_count()} cores (load {busy:.1f}); Python {platform.python_version()}, "
        f"{_ffmpeg()}, {made_with}"
    )


@dataclass(frozen=True)
class Bar:
    """A bar and its moonshot; `more` is true where more is better."""

    bar: float
    moonshot: float | None = None
    more: bool = False

    def verdict(self, figure: float) -> str:
        """`moonshot`, `met` or `MISSED`."""
        reached = [
            limit is not None and (figure >= limit if self.more else figure <= limit)
            for limit in (self.moonshot, self.bar)
        ]
        return "moonshot" if reached[0] else "met" if reached[1] else "MISSED"


def report(name: str, figure: float, what: str, bar: Bar, form: str = ".2f") -> bool:
    """Print a figure beside its bar, on one line; gives whether the bar is met. `what` follows the figure, unit first."""
    sign = "≥" if bar.more else "≤"
    moonshot = "" if bar.moonshot is None else f", moonshot {sign} {bar.moonshot:g}"
    verdict = bar.verdict(figure)
    print(f"{name}: {figure:{form}} {what} (bar {sign} {bar.bar:g}{moonshot}: {verdict})", flush=True)
    return verdict != "MISSED"
