"""Is a decoded picture the planned one, and do its colours come out right by the tags that it carries?

A wrong matrix or range moves colours by a few levels in a known direction: what is measured is how far a picture has gone
in that direction, over all its pixels, so that an encoder's noise cancels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]

NOISE = 4.0
"""Of 255: root mean square that an encoder may change a reduced picture by; its own is about 1."""
SHARE = 0.5
"""Of a picture's own contrast: by how much at most it may differ from the planned one; a picture of something else differs by more
than all of it."""
LEAST = 0.12
"""Of 255: root mean square by which a mistake must change a picture to be told from the encoder's own errors."""
HALF = 0.5

_R601, _B601 = 0.299, 0.114
_R709, _B709 = 0.2126, 0.0722


def _to_yuv(red: float, blue: float, *, full: bool = False) -> NDArray[np.float64]:
    """RGB of 0 to 255 to luma and chroma, 3 by 4: a matrix and its offsets (ITU-R BT.601-7 and BT.709-6)."""
    green = 1 - red - blue
    luma = np.array([red, green, blue])
    rows = [luma, (np.array([0, 0, 1.0]) - luma) / (2 * (1 - blue)), (np.array([1.0, 0, 0]) - luma) / (2 * (1 - red))]
    scales = (1.0, 1.0, 1.0) if full else (219 / 255, 224 / 255, 224 / 255)
    offsets = (0.0 if full else 16.0, 128.0, 128.0)
    return np.array([[*(row * scale), offset] for row, scale, offset in zip(rows, scales, offsets, strict=True)])


def _taken_for(made: NDArray[np.float64], read: NDArray[np.float64]) -> NDArray[np.float64]:
    """What becomes of RGB that was made into `made` and is read as `read`, 3 by 4."""
    back = np.linalg.inv(read[:, :3])
    return np.column_stack([back @ made[:, :3], back @ (made[:, 3] - read[:, 3])])


_709, _601 = _to_yuv(_R709, _B709), _to_yuv(_R601, _B601)
_FULL = _to_yuv(_R709, _B709, full=True)
MISTAKES: dict[str, NDArray[np.float64]] = {
    "made with the matrix of BT.601": _taken_for(_601, _709),
    "made with the matrix of BT.709": _taken_for(_709, _601),
    "of full range": _taken_for(_FULL, _709),
    "limited twice": _taken_for(_709, _FULL),
}
"""What a picture was that comes out wrong, tagged as something else."""


@dataclass(frozen=True)
class Likeness:
    """How a decoded picture differs from the planned one: `error` is the root mean square of 255; `same` is false for another
    picture; `mistake` names what is wrong with its colours.
    """

    error: float
    same: bool = True
    mistake: str = ""


def compare(planned: Rgb, decoded: Rgb) -> Likeness:
    """Both reduced to the same size: uint8 (height, width, 3), full range."""
    plan = planned.reshape(-1, 3).astype(np.float64)
    off = decoded.reshape(-1, 3).astype(np.float64) - plan
    missed = float((off * off).mean())
    best, mistake = 0.0, ""
    for name, matrix in MISTAKES.items():
        way = np.clip(plan @ matrix[:, :3].T + matrix[:, 3], 0, 255) - plan
        energy = float((way * way).mean())
        if energy < LEAST**2:
            continue
        gone = float((off * way).mean()) / energy
        explained = (2 * gone - gone * gone) * energy
        if gone > HALF and explained > best:
            best, mistake = explained, name
    error, contrast = missed**0.5, float(plan.std(axis=0).max())
    same = error <= max(NOISE, SHARE * contrast)
    if mistake and (same or best > HALF * missed):
        return Likeness(round(error, 3), mistake=mistake)
    return Likeness(round(error, 3), same)
