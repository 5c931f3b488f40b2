"""Pinned footage: 1920×1080 at 30 frames a second, drawn from seeds, so that figures can be compared from year to year."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.meter import Spent, cpu_of_children, metered
from core.digest import file_digest
from core.progress import Silent
from render.composition import Composition, Key, Layer, Motion, Photograph, Plate, Region
from render.encode import GLOBAL, MASTER, Encoding, raw_input
from render.ffmpeg import ffmpeg_path
from render.picture import render_picture
from render.plan import plan_segments
from render.segments import Segment, frames_of

SIZE = (1920, 1080)
RATE = Fraction(30)


def draw_photograph(path: Path) -> None:
    """A picture of 12 megapixels with detail at every scale, as photographs have, and edges, as cities have."""
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


def svg(body: str) -> str:
    """A drawing of the whole frame."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080">{body}</svg>'


SCRIM = svg(
    '<defs><linearGradient id="g" x2="0" y2="1"><stop stop-opacity="0"/><stop offset="1" stop-opacity=".7"/></linearGradient></defs>'
    '<rect y="648" width="1920" height="432" fill="url(#g)"/>'
)
GROUND = svg(
    '<defs><radialGradient id="g" cx=".8" cy=".6" r=".9"><stop stop-color="#1d3a4d"/><stop offset="1" stop-color="#0b0f14"/>'
    '</radialGradient></defs><rect width="1920" height="1080" fill="url(#g)"/>'
    + "".join(
        f'<circle cx="1600" cy="680" r="{radius}" fill="none" stroke="#2b4a5e" stroke-width="2"/>'
        for radius in range(120, 1300, 90)
    )
)


def words(left: int, top: int, count: int, height: int = 96) -> str:
    """Blocks with round corners, about as much ink as a line of so many letters."""
    step = round(height * 0.75)
    return svg(
        "".join(
            f'<rect x="{left + step * n}" y="{top + 9 * (n % 3)}" width="{step * 2 // 3}" height="{height}" rx="9" fill="#f2efe8"/>'
            for n in range(count)
        )
    )


def enters(frame: int) -> Motion:
    """Rises by 40 pixels and fades in, from `frame`, in 0.4 s."""
    return Motion(y=(Key(frame, 40), Key(frame + 12, 0, "enter")), opacity=(Key(frame, 0), Key(frame + 12, 1, "enter")))


def regions(number: int) -> tuple[Region, Region]:
    """Where the camera of the photograph of that number begins and ends: no two see the same, so that none is rendered for another."""
    aside = 0.002 * number
    return Region(0.47 + aside, 0.5, 0.9), Region(0.53, 0.48 + aside, 0.81)


def ken_burns(photograph: Path, frames: int, number: int = 0) -> Composition:
    """A photograph under a move of 10 % that lasts the whole scene; a scrim over it; a title that rises and fades in."""
    photo = Photograph(photograph, file_digest(photograph), *regions(number), 0, frames - 1)
    layers = (
        Layer("photograph", photo),
        Layer("scrim", Plate(SCRIM)),
        Layer("title", Plate(words(128, 800, 14)), motion=enters(15)),
    )
    return Composition(SIZE, frames, layers)


def held_lines(number: int) -> list[str]:
    """The lines of a held scene."""
    return [*(words(128, 240 + 200 * n, 8 + (number + 3 * n) % 7) for n in range(2)), words(128, 640, 6 + number % 12)]


def held(number: int, frames: int) -> Composition:
    """A ground and three lines, the last of which comes in within half a second; then all stands still."""
    lines = held_lines(number)
    layers = [Layer(f"line {n}", Plate(svg)) for n, svg in enumerate(lines[:-1])]
    last = Layer("last line", Plate(lines[-1]), motion=enters(2))
    return Composition(SIZE, frames, (Layer("ground", Plate(GROUND)), *layers, last))


BARS = (0.62, 0.9, 0.35, 0.74, 0.5)
"""Lengths of the bars, as shares of the axis."""


def bar(number: int) -> str:
    """One bar of the chart."""
    return svg(
        f'<rect x="420" y="{260 + 130 * number}" width="{round(1300 * BARS[number])}" height="84" rx="6" fill="#e0a458"/>'
    )


def bars(frames: int) -> Composition:
    """Five bars that grow all the time over a ground that drifts."""
    layers = [
        Layer(f"bar {n}", Plate(bar(n)), motion=Motion(reveal=(Key(4 * n, 0), Key(frames - 1, 1, "both"))))
        for n in range(len(BARS))
    ]
    drift = Motion(scale=(Key(0, 1.0), Key(frames, 1 + 0.015 * frames / 30)))
    return Composition(SIZE, frames, (Layer("ground", Plate(GROUND), motion=drift, anchor=(1600.0, 680.0)), *layers))


DRAWN = replace(MASTER, filmed=False)
"""The settings that all this footage is rendered with: nothing in it is filmed."""


def plan(compositions: Sequence[Composition]) -> tuple[Segment, ...]:
    """The compositions one after another, with cuts."""
    shots: Any = [
        SimpleNamespace(scene=SimpleNamespace(id=f"scene-{n}", transition="cut"), frames=composition.frames)
        for n, composition in enumerate(compositions, 1)
    ]
    stage: Any = SimpleNamespace(size=SIZE, rate=RATE)
    return plan_segments(shots, compositions, stage)


def spent_on_rendering(segments: Sequence[Segment], cache: Path, target: Path, workers: int) -> Spent:
    """From a plan to a joined picture, ours and all our children's."""
    with metered() as spent:
        render_picture(segments, cache=cache, workers=workers, reporter=Silent(), target=target)
    return spent


def cpu_of_encoding(segments: Sequence[Segment], cache: Path, target: Path, encoding: Encoding) -> float:
    """Seconds of CPU of one encoder that is handed the finished frames; drawing them is not counted."""
    import ffmpeg

    command = (
        ffmpeg.input("pipe:0", **raw_input("yuv420p", SIZE, RATE))
        .output(str(target), **encoding.words())
        .global_args(*GLOBAL)
        .compile(cmd=ffmpeg_path())
    )
    before = cpu_of_children()
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
        assert child.stdin is not None
        for segment in segments:
            for number, frame in enumerate(frames_of(segment, cache)):
                if number < segment.frames:
                    child.stdin.write(frame.data.data)
            for _ in range(segment.repeated):
                child.stdin.write(frame.data.data)
        child.stdin.close()
        assert child.wait() == 0
    return cpu_of_children() - before
