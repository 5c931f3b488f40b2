"""Fades as an ffmpeg graph: a still picture, plates over it, their opacity set frame by frame.

The graph gets the compositor's own planes, so that its pixels are the compositor's to within one level of rounding.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from core.processes import failure, running
from render.encode import GLOBAL, Encoding, encoder, raw_input
from render.ffmpeg import ffmpeg_path
from render.frames import Compositor
from render.planes import Bytes, Ink
from render.segments import Segment


def _graph_planes(ink: Ink) -> bytes:
    """The ink as ffmpeg's yuva420p with straight alpha, so that opacity is a matter of the alpha plane alone.

    Two empty pixels are added right and below: at a plate's last row and column the overlay takes the chroma's alpha from one pixel
    instead of four.
    """
    a = np.full(ink.y.shape, 255, np.uint8) if ink.a is None else ink.a
    c = np.full(ink.u.shape, 255, np.uint8) if ink.c is None else ink.c

    def divided(plane: Bytes, alpha: Bytes) -> Bytes:
        value = plane.astype(np.float32) * 255.0 / np.maximum(alpha, 1)
        return np.clip(np.rint(value), 0, 255).astype(np.uint8)

    planes = ((divided(ink.y, a), 2), (divided(ink.u, c), 1), (divided(ink.v, c), 1), (a, 2))
    return b"".join(np.pad(plane, ((0, edge), (0, edge))).tobytes() for plane, edge in planes)


def _commands(name: str, opacity: list[float], rate: float) -> str:
    """The filter commands that set a plate's opacity, each half a frame ahead of the frame that it is for."""
    lines = []
    shown = None
    for number, value in enumerate(opacity):
        if value == shown:
            continue
        shown = value
        at = max(0.0, (number - 0.5) / rate)
        lines.append(f"{at:.6f} {name} a 'val*{value:.6f}+0.5';")
    return "\n".join(lines) + "\n"


def encode_graph(segment: Segment, target: Path, cache: Path | None, encoding: Encoding, what: str) -> None:
    """Encode a stretch of fades into `target`. Raises WorkFailed with ffmpeg's last words.

    One x264 makes every segment, so that all of them join: ffmpeg only draws.
    """
    with encoder(target, segment.composition.size, segment.rate, encoding, what) as film:
        for frame in drawn_by_graph(segment, cache, what):
            film.write(frame)


def drawn_by_graph(segment: Segment, cache: Path | None, what: str) -> Iterator[Bytes]:
    """The frames of a stretch of fades: uint8 (height × 3 / 2, width), yuv420p. Raises WorkFailed with ffmpeg's last words."""
    import ffmpeg

    rate = float(segment.rate)
    with Compositor(segment.composition, rate, cache, segment.first, segment.frames) as compositor:
        layers = compositor.split()
    with tempfile.TemporaryDirectory(prefix="slugline-") as folder:

        def still(name: str, data: bytes, pixels: str, size: tuple[int, int]) -> Any:
            file = Path(folder, name)
            file.write_bytes(data)
            return ffmpeg.input(str(file), **raw_input(pixels, size, segment.rate)).filter("loop", loop=-1, size=1)

        picture = still("base.yuv", layers.base.data.tobytes(), "yuv420p", segment.composition.size)
        for number, (ink, opacity) in enumerate(layers.plates):
            plate = still(f"{number}.yuv", _graph_planes(ink), "yuva420p", (ink.size[0] + 2, ink.size[1] + 2))
            if set(opacity) != {1.0}:
                commands = Path(folder, f"{number}.txt")
                commands.write_text(_commands(f"lutyuv@p{number}", opacity, rate), encoding="utf-8")
                plate = plate.filter("sendcmd", f=str(commands)).filter(
                    f"lutyuv@p{number}", y="val", u="val", v="val", a="val"
                )
            picture = ffmpeg.overlay(picture, plate, x=ink.left, y=ink.top, format="yuv420")
        command = (
            picture.output("pipe:1", f="rawvideo", pix_fmt="yuv420p", **{"frames:v": segment.frames})
            .global_args(*GLOBAL)
            .compile(cmd=ffmpeg_path())
        )
        yield from _frames(command, layers.base.data.shape, what)


def _frames(command: list[str], shape: tuple[int, ...], what: str) -> Iterator[Bytes]:
    """The raw frames of a shape that a command writes."""
    whole = math.prod(shape)
    with tempfile.TemporaryFile() as said:
        with running(command, stderr=said) as child:
            assert child.stdout is not None
            while len(drawn := child.stdout.read(whole)) == whole:
                yield np.frombuffer(drawn, np.uint8).reshape(shape)
            code = child.wait()
        if code:
            said.seek(0)
            raise failure(what, code, said.read())
