"""How much faster than a MoviePy program that makes the same frames: `moviepy_film.py`, written as well as we can.

Footage, pinned: 1920×1080 at 30 frames a second; about 60 % holds, 25 % a photograph under a Ken Burns move with a scrim and a
title, 15 % drawn (entrances, and bars that grow over a drifting ground). Both sides begin with the same drawings and photograph and end
with one H.264 file, encoded with the same preset and CRF; MoviePy's drawings are rasterised for it beforehand, ours count. Both films are
decoded, and must agree (mean SSIM of luma at least 0.98). The figure is wall time, which is what a producer waits for; the CPU's is
printed beside it, and that of a program in which MoviePy composes nothing and only writes what NumPy and OpenCV drew.
Bar (DESIGN section 11): at least 15.

    python benchmarks/render_vs_moviepy.py [--seconds 20]   about 3 minutes on two quiet cores
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.footage import (
    BARS,
    GROUND,
    RATE,
    SCRIM,
    SIZE,
    bar,
    bars,
    draw_photograph,
    held,
    held_lines,
    ken_burns,
    plan,
    regions,
    spent_on_rendering,
    words,
)
from benchmarks.meter import Bar, Spent, measured_on, metered, options, report
from render.composition import Composition
from render.encode import MASTER
from render.ffmpeg import ffmpeg_path
from render.plates import load_plate

ENTRANCE, HOLD = 15, 120
LEAST = 0.98
"""Mean SSIM of luma at which two films show the same frames."""


class Film:
    """One film, told twice: as compositions, and as the JSON that the MoviePy program reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.compositions: list[Composition] = []
        self.scenes: list[dict[str, Any]] = []
        self.photograph = folder / "photograph.jpg"
        draw_photograph(self.photograph)

    def drawing(self, svg: str) -> dict[str, Any]:
        """A drawing as a cropped PNG and its place."""
        import cv2

        raster = load_plate(svg, SIZE, None)
        file = self.folder / f"drawing-{len(list(self.folder.glob('drawing-*')))}.png"
        cv2.imwrite(str(file), cv2.cvtColor(raster.rgba, cv2.COLOR_RGBA2BGRA), [cv2.IMWRITE_PNG_COMPRESSION, 1])
        return {"file": str(file), "at": [raster.left, raster.top]}

    def _add(self, kind: str, composition: Composition, drawings: dict[str, str], facts: dict[str, Any]) -> None:
        self.compositions.append(composition)
        drawn = {name: self.drawing(svg) for name, svg in drawings.items()}
        duration = float(Fraction(composition.frames) / RATE)
        self.scenes.append({"kind": kind, "duration": duration, "drawings": drawn, **facts})

    def add_photograph(self, number: int, frames: int) -> None:
        """A scene of `footage.ken_burns`."""
        start, end = ([region.x, region.y, region.width] for region in regions(number))
        facts = {
            "photograph": {"file": str(self.photograph), "start": start, "end": end},
            "title": [15 / 30, 12 / 30, 40],
        }
        drawings = {"scrim": SCRIM, "title": words(128, 800, 14)}
        self._add("photograph", ken_burns(self.photograph, frames, number), drawings, facts)

    def add_held(self, number: int, frames: int) -> None:
        """A scene of `footage.held`."""
        *still, moves = held_lines(number)
        drawings = {"ground": GROUND, **{f"line {n}": svg for n, svg in enumerate(still)}, "last": moves}
        facts = {
            "still": [name for name in drawings if name != "last"],
            "moves": "last",
            "enters": [2 / 30, 12 / 30, 40],
        }
        self._add("held", held(number, frames), drawings, facts)

    def add_bars(self, frames: int) -> None:
        """A scene of `footage.bars`."""
        drawings = {"ground": GROUND, **{f"bar {n}": bar(n) for n in range(len(BARS))}}
        facts = {
            "anchor": [1600.0, 680.0],
            "growth": 0.015 * frames / 30,
            "bars": [[f"bar {n}", 4 * n / 30] for n in range(len(BARS))],
            "last": (frames - 1) / 30,
        }
        self._add("bars", bars(frames), drawings, facts)

    def describe(self) -> Path:
        """Write the JSON."""
        matrix = "scale=out_color_matrix=bt709:out_range=tv"
        facts = {
            "size": SIZE,
            "fps": int(RATE),
            "preset": MASTER.preset,
            "parameters": [
                "-crf",
                str(MASTER.crf),
                "-bf",
                "0",
                "-refs",
                str(MASTER.refs),
                "-vf",
                matrix,
                "-colorspace",
                "bt709",
            ],
            "scenes": self.scenes,
        }
        file = self.folder / "film.json"
        file.write_text(json.dumps(facts), encoding="utf-8")
        return file


def make_film(folder: Path, seconds: float) -> Film:
    """A film of about so many seconds in the shares above."""
    share, film = seconds / 20, Film(folder)
    photographs, hold = math.ceil(share), min(HOLD, round(24 * seconds))
    for number in range(photographs):
        film.add_photograph(number, max(30, round(150 * share / photographs)))
    for number in range(max(1, round(3 * share))):
        film.add_held(number, ENTRANCE + hold)
    film.add_bars(max(30, round(45 * share)))
    return film


def run_moviepy(film: Path, target: Path, *more: str) -> Spent:
    """What the other program takes, from its start to its end."""
    program = Path(__file__).with_name("moviepy_film.py")
    with metered() as spent:
        subprocess.run([sys.executable, str(program), str(film), str(target), *more], check=True)
    return spent


def likeness(one: Path, other: Path) -> tuple[float, float]:
    """SSIM of luma between two films, decoded: the mean, and that of the worst frame."""
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        command = [ffmpeg_path(), "-v", "error", "-i", str(one), "-i", str(other)]
        command += ["-lavfi", f"[0:v][1:v]ssim=stats_file={log.name}", "-f", "null", "-"]
        subprocess.run(command, check=True)
        lines = Path(log.name).read_text().splitlines()
    each = [float(found.group(1)) for line in lines if (found := re.search(r" Y:([0-9.]+)", line))]
    return sum(each) / len(each), min(each)


def main() -> int:
    """Measure and print; 1 when the bar is missed or the films differ."""
    parser = options(__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="of film")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory(prefix="slugline-benchmark-") as name:
        folder = Path(name)
        film = make_film(folder, seconds)
        described, ours_at = film.describe(), folder / "ours.mp4"
        segments = plan(film.compositions)
        ours = spent_on_rendering(segments, folder / "cache", ours_at, os.cpu_count() or 1)
        theirs = run_moviepy(described, folder / "theirs.mp4")
        own = run_moviepy(described, folder / "own.mp4", "--own")
        mean, worst = likeness(ours_at, folder / "theirs.mp4")
        mean_own, _ = likeness(ours_at, folder / "own.mp4")
    met = report(
        "render_vs_moviepy", theirs.wall / ours.wall, "× as fast as the MoviePy program", Bar(15, more=True), ".1f"
    )
    frames = sum(segment.frames for segment in segments)
    print(
        f"  {frames} frames: ours {ours.wall:.1f} s (CPU {ours.cpu:.1f}), MoviePy {theirs.wall:.1f} s (CPU {theirs.cpu:.1f})"
    )
    print(f"  by CPU: {theirs.cpu / ours.cpu:.1f} ×; SSIM of the two films {mean:.4f}, worst frame {worst:.4f}")
    print(f"  frames drawn by hand in OpenCV, MoviePy only writes: {own.wall / ours.wall:.1f} ×, SSIM {mean_own:.4f}")
    still = sum(segment.frames for segment in segments if segment.hold)
    print(measured_on(f"{round(100 * still / frames)} % holds, a photograph that moves, bars that grow"))
    same = min(mean, mean_own) >= LEAST
    if not same:
        print(f"the films do not show the same frames: SSIM below {LEAST}")
    return int(not (met and same))


if __name__ == "__main__":
    sys.exit(main())
