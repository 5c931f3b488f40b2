"""What stands out in a picture, and where a view of a given shape keeps most of it. Deterministic; no model, no training.

Three cues, each brought to one range: how far a colour lies from the picture's mean (Achanta et al., "Frequency-tuned salient
region detection", 2009), how dense its edges are, and the colours of skin (Chai and Ngan, 1999), with a leaning to the middle.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from render.composition import Region

Weights = NDArray[np.float32]
"""How much each part of a picture stands out: (height, width), the sum one."""

SIDE = 192
"""Pixels of the longer side at which a picture is looked at."""
_INNER = 0.6
"""Share of a view's sides that counts twice: what stands out is not to touch its edge."""
_REACH = 0.18
"""Share of the sides over which things count as one."""
_SKIN_MOST = 0.3
"""Above this share, what has skin's colours is sand or wood."""


def weigh(rgb: NDArray[np.uint8]) -> Weights:
    """How much each part stands out: float32 (height, width), the longer side `SIDE`, the sum one. `rgb`: uint8 (…, …, 3)."""
    import cv2

    high, wide = rgb.shape[:2]
    scale = SIDE / max(high, wide)
    size = (max(4, round(wide * scale)), max(4, round(high * scale)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (5, 5), 0).astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    odd = np.linalg.norm(lab - lab.reshape(-1, 3).mean(axis=0), axis=2)
    across, down = cv2.Sobel(lab, cv2.CV_32F, 1, 0), cv2.Sobel(lab, cv2.CV_32F, 0, 1)
    steps = np.sqrt((np.asarray(across) ** 2 + np.asarray(down) ** 2).sum(axis=2))
    edges = cv2.GaussianBlur(np.asarray(steps, np.float32), (0, 0), 4)
    _, red, blue = cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2YCrCb))
    skin = ((red >= 136) & (red <= 173) & (blue >= 77) & (blue <= 125)).astype(np.float32)
    if float(skin.mean()) > _SKIN_MOST:
        skin[:] = 0
    faces = cv2.GaussianBlur(cv2.erode(skin, np.ones((3, 3), np.uint8)), (0, 0), 3)
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    away = ((x + 0.5) / size[0] - 0.5) ** 2 + ((y + 0.5) / size[1] - 0.5) ** 2
    leaning = 0.35 + 0.65 * np.exp(-away / 0.12)
    weights = (
        _range(cv2.GaussianBlur(odd.astype(np.float32), (0, 0), 3)) ** 2 + 0.6 * _range(edges) + 1.5 * faces + 1e-4
    ) * leaning
    return np.asarray(weights / weights.sum(), np.float32)


def _range(cue: Any) -> NDArray[np.float32]:
    """Brought to between 0 and 1; all 0 where nothing differs."""
    low, high = float(cue.min()), float(cue.max())
    return np.asarray((cue - low) / (high - low) if high - low > 1e-3 else np.zeros_like(cue), np.float32)


def find_subject(weights: Weights) -> Region:
    """The part that stands out: from the weightiest spot the middle is moved to that of what lies around it, until it rests; wide
    enough for most of that. One thing of several, not the empty place between them."""
    import cv2

    high, wide = weights.shape
    across, down = (np.arange(wide) + 0.5) / wide, ((np.arange(high) + 0.5) / high)[:, None]
    soft = cv2.GaussianBlur(weights, (0, 0), 0.05 * SIDE)
    row, column = divmod(int(soft.argmax()), wide)
    x, y = float(across[column]), float(down[row, 0])
    spread = 0.0
    for _ in range(12):
        near = weights.astype(np.float64) ** 4 * np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * _REACH**2))
        near /= near.sum()
        x, y = float((near * across).sum()), float((near * down).sum())
        spread = float(np.sqrt((near * (across - x) ** 2).sum()))
    return Region(round(x, 3), round(y, 3), round(min(max(5 * spread, 0.3), 0.8), 3))


def best_view(weights: Weights, width: float, ratio: float) -> Region:
    """The view of `width` (a share of the picture's) that keeps most of what stands out, and that not at its edge; `ratio` is its
    height in shares of the picture's height over its width in shares of the width."""
    high, wide = weights.shape
    across, down = (min(side, max(1, round(side * share))) for side, share in ((wide, width), (high, width * ratio)))
    inner = max(1, round(across * _INNER)), max(1, round(down * _INNER))
    left, top = (across - inner[0]) // 2, (down - inner[1]) // 2
    rows, columns = high - down + 1, wide - across + 1
    kept = _sums(weights, (across, down))
    kept = kept + _sums(weights, inner)[top : top + rows, left : left + columns]
    # Of views that keep as much, the one nearest to the middle.
    ys, xs = np.nonzero(kept >= kept.max() - 1e-4)
    best = int(((xs - (columns - 1) / 2) ** 2 + (ys - (rows - 1) / 2) ** 2).argmin())
    return Region(round(float(xs[best] + across / 2) / wide, 3), round(float(ys[best] + down / 2) / high, 3), width)


def _sums(weights: Weights, size: tuple[int, int]) -> NDArray[np.float64]:
    """The sum over the box of that size (width, height) at every place where it fits."""
    import cv2

    table = np.asarray(cv2.integral(weights.astype(np.float64)), np.float64)
    across, down = size
    return table[down:, across:] - table[:-down, across:] - table[down:, :-across] + table[:-down, :-across]
