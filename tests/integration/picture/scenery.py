"""Small compositions with known truth, and ways to look at what became of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av
import numpy as np

from core.progress import Silent
from render.composition import Composition, Key, Layer, Motion, Plate
from render.picture import Picture, render_picture
from render.plan import plan_segments
from render.planes import Frame
from render.segments import Segment

SIZE = (320, 180)
NTSC = Fraction(30000, 1001)


def svg(body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180">{body}</svg>'


def backdrop(colour: str = "#16324f") -> Layer:
    return Layer("backdrop", Plate(svg(f'<rect width="320" height="180" fill="{colour}"/>')))


def mark(name: str = "mark", motion: Motion | None = None) -> Layer:
    return Layer(name, Plate(svg('<circle cx="100" cy="90" r="20" fill="#e07a5f"/>')), motion=motion or Motion())


def fades_in(first: int = 0, last: int = 12) -> Motion:
    return Motion(opacity=(Key(first, 0), Key(last, 1, "enter")))


def rises(first: int = 0, last: int = 12) -> Motion:
    return Motion(y=(Key(first, 20), Key(last, 0, "enter")), opacity=(Key(first, 0), Key(last, 1, "enter")))


def scene(frames: int, *layers: Layer) -> Composition:
    return Composition(SIZE, frames, (backdrop(), *layers))


def plan(
    compositions: Sequence[Composition], transitions: Sequence[str] = (), rate: Fraction = NTSC, **options: Any
) -> tuple[Segment, ...]:
    shots = []
    start = 0
    for number, composition in enumerate(compositions):
        kind = transitions[number] if number < len(transitions) else "cut"
        shots.append(
            SimpleNamespace(
                scene=SimpleNamespace(id=f"s{number}", transition=kind), start=start, frames=composition.frames
            )
        )
        start += composition.frames
    stage: Any = SimpleNamespace(size=compositions[0].size, rate=rate)
    return plan_segments(shots, compositions, stage, **options)  # type: ignore[arg-type]


def render(segments: Sequence[Segment], folder: Path, workers: int = 1, **options: Any) -> Picture:
    return render_picture(
        segments, cache=folder / "cache", workers=workers, reporter=Silent(), target=folder / "film.mp4", **options
    )


def decode(film: Path) -> list[Frame]:
    frames = []
    with av.open(str(film)) as container:
        for picture in container.decode(video=0):
            frame = Frame((picture.width, picture.height))
            frame.data[:] = picture.to_ndarray()
            frames.append(frame)
    return frames


def difference(one: Frame, other: Frame) -> float:
    return float(np.abs(one.data.astype(int) - other.data.astype(int)).mean())


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
