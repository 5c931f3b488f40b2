"""Holds and fades as an ffmpeg graph: a still picture, plates over it, their opacity set frame by frame.

The graph gets the compositor's own planes, so that its pixels are the compositor's to within one level of rounding.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from render.encode import GLOBAL, Encoding, raw_input
from render.ffmpeg import ffmpeg_path
from render.frames import Compositor
from render.planes import Bytes, Ink
from render.segments import Segment


def _graph_planes(ink: Ink) -> bytes:
    """The ink as ffmpeg's premultiplied yuva420p, in which chroma is multiplied about 128."""
    a = np.full(ink.y.shape, 255, np.uint8) if ink.a is None else ink.a
    c = np.full(ink.u.shape, 255, np.uint8) if ink.c is None else ink.c

    def centred(plane: Bytes) -> bytes:
        value = plane.astype(np.float32) + 128.0 * (1.0 - c.astype(np.float32) / 255.0)
        return np.clip(np.rint(value), 0, 255).astype(np.uint8).tobytes()

    return ink.y.tobytes() + centred(ink.u) + centred(ink.v) + a.tobytes()


def _commands(name: str, opacity: list[float], rate: float) -> str:
    """The filter commands that set a plate's opacity, each half a frame ahead of the frame that it is for."""
    lines = []
    shown = None
    for number, value in enumerate(opacity):
        if value == shown:
            continue
        shown = value
        scaled = dict.fromkeys("ya", f"val*{value:.6f}+0.5")
        scaled |= dict.fromkeys("uv", f"(val-128)*{value:.6f}+128.5")
        at = max(0.0, (number - 0.5) / rate)
        orders = ", ".join(f"{name} {part} '{expression}'" for part, expression in scaled.items())
        lines.append(f"{at:.6f} {orders};")
    return "\n".join(lines) + "\n"


def encode_graph(segment: Segment, target: Path, cache: Path | None, encoding: Encoding, what: str) -> None:
    """Encode a hold or a stretch of fades into `target`. Raises WorkFailed with ffmpeg's last words."""
    import ffmpeg

    from core.processes import run

    rate = float(segment.rate)
    seen = 1 if segment.hold else segment.frames
    layers = Compositor(segment.composition, rate, cache, segment.first, seen).split()
    with tempfile.TemporaryDirectory(prefix="slugline-") as folder:

        def still(name: str, data: bytes, pixels: str, size: tuple[int, int]) -> Any:
            file = Path(folder, name)
            file.write_bytes(data)
            return ffmpeg.input(str(file), **raw_input(pixels, size, segment.rate)).filter("loop", loop=-1, size=1)

        picture = still("base.yuv", layers.base.data.tobytes(), "yuv420p", segment.composition.size)
        for number, (ink, opacity) in enumerate(layers.plates):
            plate = still(f"{number}.yuv", _graph_planes(ink), "yuva420p", ink.size)
            if set(opacity) != {1.0}:
                commands = Path(folder, f"{number}.txt")
                commands.write_text(_commands(f"lutyuv@p{number}", opacity, rate), encoding="utf-8")
                plate = plate.filter("sendcmd", f=str(commands)).filter(
                    f"lutyuv@p{number}", y="val", u="val", v="val", a="val"
                )
            picture = ffmpeg.overlay(picture, plate, x=ink.left, y=ink.top, format="yuv420", alpha="premultiplied")
        command = (
            picture.output(str(target), **encoding.words(), **{"frames:v": segment.encoded})
            .global_args(*GLOBAL)
            .compile(cmd=ffmpeg_path())
        )
        run(command, what=what)
