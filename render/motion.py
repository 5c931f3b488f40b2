"""Values of tracks over frames, eased. Pure and vectorised."""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
from numpy.typing import NDArray

from render.composition import Ease, Track

Array = NDArray[np.float64]

_BEZIER: dict[Ease, tuple[float, float, float, float]] = {
    "enter": (0.05, 0.7, 0.1, 1.0),
    "leave": (0.3, 0.0, 0.8, 0.15),
    "both": (1 / 3, 0.0, 2 / 3, 1.0),
    "settle": (1 / 3, 2 / 3, 2 / 3, 1.0),
}
"""Control points as in CSS `cubic-bezier()`; `both` is exactly 3t² − 2t³, `settle` 1 − (1 − t)²."""


@cache
def _curve(ease: Ease) -> tuple[Array, Array]:
    """The curve as 4,097 points (time, value): linear interpolation between them errs by less than 1e-5."""
    x1, y1, x2, y2 = _BEZIER[ease]
    s = np.linspace(0.0, 1.0, 4097)
    a, b, c = 3 * s * (1 - s) ** 2, 3 * s**2 * (1 - s), s**3
    return a * x1 + b * x2 + c, a * y1 + b * y2 + c


def eased(share: Array, ease: Ease) -> Array:
    """Share of the way (0 to 1) at a share of the time (0 to 1)."""
    share = np.clip(share, 0.0, 1.0)
    if ease == "linear":
        return share
    if ease == "both":
        return share * share * (3.0 - 2.0 * share)
    return np.interp(share, *_curve(ease))


def sample(track: Track, frames: Array, rest: float) -> Array:
    """The track's values at `frames` (any shape); `rest` where it has no keys. The first and last values hold beyond the ends."""
    if not track:
        return np.full(frames.shape, float(rest))
    out = np.full(frames.shape, float(track[0].value))
    for before, after in itertools.pairwise(track):
        span = after.frame - before.frame
        here = frames >= before.frame
        share = (frames[here] - before.frame) / span if span > 0 else np.ones(int(here.sum()))
        out[here] = before.value + (after.value - before.value) * eased(share, after.ease)
    return out


def glide(frames: Array, first: float, last: float, ramp: float) -> Array:
    """Share of a camera move: constant speed, with `ramp` frames of even acceleration at either end.

    A Ken Burns move over a whole scene should drift, not surge: a smooth step over all of it would double its speed in the middle.
    """
    span = last - first
    if span <= 0:
        return np.where(frames >= last, 1.0, 0.0)
    edge = min(ramp / span, 0.5)
    share = np.clip((frames - first) / span, 0.0, 1.0)
    if edge < 1e-6:
        return share
    speed = 1.0 / (1.0 - edge)
    rising = speed * share**2 / (2 * edge)
    falling = 1.0 - speed * (1.0 - share) ** 2 / (2 * edge)
    return np.where(share < edge, rising, np.where(share > 1 - edge, falling, speed * (share - edge / 2)))
