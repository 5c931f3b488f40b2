"""Small videos made for a test, and what is seen of them as footage."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from render.composition import Footage
from render.footage import FootagePlayer
from render.planes import Bytes, Frame
from render.video_file import read_video
from tests.integration.picture.scenery import SIZE, sha256

PATCHES = ("0xC83232", "0x32B432", "0x3250C8", "0xC8C8C8")
"""Red, green, blue and light grey: top left, top right, bottom left, bottom right."""


def patches(size: str, rate: str = "25", seconds: float = 1) -> list[str]:
    """Inputs and a filter for a video whose quarters are the patches."""
    wide, high = (int(side) // 2 for side in size.split("x"))
    inputs = [
        word
        for colour in PATCHES
        for word in ("-f", "lavfi", "-i", f"color=c={colour}:s={wide}x{high}:r={rate}:d={seconds}")
    ]
    return [*inputs, "-filter_complex", "xstack=inputs=4:layout=0_0|w0_0|0_h0|w0_h0"]


def footage(path: Path, start: Any = 0, end: Any = 1, speed: Any = 1, size: tuple[int, int] = SIZE) -> Footage:
    facts = read_video(path)
    window = (0.0, 0.0, float(facts.size[0]), float(facts.size[1]))
    return Footage(path, sha256(path), Fraction(start), Fraction(end), Fraction(speed), window, (0, 0, *size))


def picture(path: Path, frame: int = 0, size: tuple[int, int] = SIZE) -> Bytes:
    ink = FootagePlayer(footage(path, size=size), size, 30).draw(frame)
    whole = Frame(size)
    whole.lay(ink)
    return whole.rgb()


def corners(rgb: Bytes) -> list[list[int]]:
    """The colours in the middle of each quarter, in reading order."""
    high, wide = rgb.shape[:2]
    return [rgb[high * y // 4, wide * x // 4].tolist() for y in (1, 3) for x in (1, 3)]


def meant(colours: tuple[str, ...] = PATCHES) -> list[list[int]]:
    return [[int(colour[index : index + 2], 16) for index in (2, 4, 6)] for colour in colours]


def near(seen: list[list[int]], wanted: list[list[int]], by: int = 4) -> None:
    assert np.abs(np.array(seen) - np.array(wanted)).max() <= by, seen


def x264(*words: str) -> list[str]:
    return ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", *words]


def tagged(matrix: str, full: bool = False, primaries: str = "bt709", transfer: str = "bt709") -> list[str]:
    bits = f"colormatrix={matrix}:colorprim={primaries}:transfer={transfer}:range={'pc' if full else 'tv'}"
    return ["-x264-params", bits]
