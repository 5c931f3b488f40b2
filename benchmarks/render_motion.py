"""CPU of rendering all-motion pictures, against the CPU of encoding the same finished frames with the same settings.

Footage, pinned: 1920×1080 at 30 frames a second; a 12-megapixel photograph of seeded noise in octaves and drawn shapes, under a Ken
Burns move of 10 % that lasts the whole scene; a scrim over it; a title that rises and fades in. Preset and CRF: `render.encode.MASTER`.
Bar (DESIGN section 11): at most 1.5, moonshot 1.2.

    python -m benchmarks.render_motion [SECONDS]
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from core.digest import file_digest
from core.progress import Silent
from render.composition import Composition, Key, Layer, Motion, Photograph, Plate, Region
from render.encode import GLOBAL, MASTER, raw_input
from render.ffmpeg import ffmpeg_path
from render.picture import render_picture
from render.plan import plan_segments
from render.segments import Segment, frames_of

SIZE = (1920, 1080)
RATE = Fraction(30)
BAR, MOONSHOT = 1.5, 1.2


def draw_photograph(path: Path) -> None:
    """A picture with detail at every scale, as photographs have, and edges, as cities have."""
    import cv2

    rng = np.random.default_rng(1956)
    wide, high = 4240, 2832
    picture = np.zeros((high, wide, 3), np.float32)
    for octave in range(3, 12):
        grain = rng.standard_normal((high * 2**octave // 4096 + 2, wide * 2**octave // 4096 + 2, 3)).astype(np.float32)
        picture += cv2.resize(grain, (wide, high), interpolation=cv2.INTER_CUBIC) * 0.62 ** (octave - 3)
    picture = 118 + picture * 34
    for _ in range(160):
        x, y = int(rng.integers(0, wide)), int(rng.integers(0, high))
        corner = (x + int(rng.integers(20, 400)), y + int(rng.integers(20, 400)))
        cv2.rectangle(picture, (x, y), corner, rng.integers(20, 236, 3).tolist(), int(rng.choice([-1, 3, 9])))
    cv2.imwrite(str(path), np.clip(picture, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 92])


def make_scene(folder: Path, frames: int) -> Composition:
    """The scene that is measured."""
    file = folder / "photograph.jpg"
    draw_photograph(file)
    photo = Photograph(file, file_digest(file), Region(0.47, 0.5, 0.9), Region(0.53, 0.48, 0.81), 0, frames - 1)

    def svg(body: str) -> str:
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080">{body}</svg>'

    stops = '<stop stop-opacity="0"/><stop offset="1" stop-opacity=".7"/>'
    scrim = f'<defs><linearGradient id="g" x2="0" y2="1">{stops}</linearGradient></defs>'
    title = "".join(
        f'<rect x="{128 + 72 * n}" y="{800 + 9 * (n % 3)}" width="48" height="96" rx="9" fill="#f2efe8"/>'
        for n in range(14)
    )
    enters = Motion(y=(Key(15, 40), Key(27, 0, "enter")), opacity=(Key(15, 0), Key(27, 1, "enter")))
    return Composition(
        SIZE,
        frames,
        (
            Layer("photograph", photo),
            Layer("scrim", Plate(svg(scrim + '<rect y="648" width="1920" height="432" fill="url(#g)"/>'))),
            Layer("title", Plate(svg(title)), motion=enters),
        ),
    )


def plan(compositions: list[Composition]) -> tuple[Segment, ...]:
    """The compositions one after another, with cuts."""
    shots: Any = [
        SimpleNamespace(scene=SimpleNamespace(id=f"scene-{n}", transition="cut"), frames=c.frames)
        for n, c in enumerate(compositions, 1)
    ]
    stage: Any = SimpleNamespace(size=SIZE, rate=RATE)
    return plan_segments(shots, compositions, stage)


def cpu_of_children() -> float:
    """Seconds of CPU that ended children have used, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cpu_of_rendering(segments: tuple[Segment, ...], folder: Path, workers: int) -> float:
    """Seconds of CPU, ours and all our children's, from a plan to a joined picture, with an empty cache."""
    began = cpu_of_children() + sum(os.times()[:2])
    render_picture(segments, cache=folder / "cache", workers=workers, reporter=Silent(), target=folder / "film.mp4")
    return cpu_of_children() + sum(os.times()[:2]) - began


def cpu_of_encoding(segments: tuple[Segment, ...], folder: Path) -> float:
    """Seconds of CPU of one encoder that is handed the finished frames; drawing them is not counted."""
    import ffmpeg

    command = (
        ffmpeg.input("pipe:0", **raw_input("yuv420p", SIZE, RATE))
        .output(str(folder / "encoded.mp4"), **MASTER.words())
        .global_args(*GLOBAL)
        .compile(cmd=ffmpeg_path())
    )
    child = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert child.stdin is not None
    for segment in segments:
        for number, frame in enumerate(frames_of(segment, folder / "cache")):
            if number < segment.frames:
                child.stdin.write(frame.data.data)
        if segment.hold:
            for _ in range(segment.encoded, segment.frames):
                child.stdin.write(frame.data.data)
    child.stdin.close()
    _, code, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(code)
    assert child.returncode == 0
    return used.ru_utime + used.ru_stime


def report(name: str, what: str, ratio: float, bar: float, moonshot: float) -> None:
    """Print the verdict on one line, and what it was measured on."""
    verdict = "moonshot" if ratio <= moonshot else "bar" if ratio <= bar else "MISSED"
    print(f"{name}: {ratio:.2f} × {what} (bar {bar}, moonshot {moonshot}: {verdict})")
    print(f"  on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {MASTER}")


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        segments = plan([make_scene(folder, round(seconds * RATE))])
        ours = cpu_of_rendering(segments, folder, os.cpu_count() or 1)
        theirs = cpu_of_encoding(segments, folder)
        frames = sum(segment.frames for segment in segments)
        print(f"{frames} frames: rendering {ours:.1f} s of CPU, encoding the same frames {theirs:.1f} s")
        report("render_motion", "the CPU of encoding the same frames", ours / theirs, BAR, MOONSHOT)


if __name__ == "__main__":
    main()
