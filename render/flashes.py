"""Flashes that can harm, by WCAG 2.3.1 (Three Flashes or Below Threshold), in frames of reduced size.

A general flash is a pair of opposing changes of relative luminance by a tenth or more, the darker side below 0.80; a red
flash a pair of opposing changes to or from a saturated red. More than three in any second fail, where together they cover
more than a quarter of any third of the screen's width by a third of its height (10° of the visual field, as WCAG
takes a screen of 1024 by 768 pixels).
"""

from __future__ import annotations

from collections import deque
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]

CHANGE = 0.10
DARK = 0.80
RED_CHANGE = 20.0
RED_SHARE = 0.8
MOST = 3
"""Flashes, pairs of opposing changes, allowed in a second."""
AREA = 0.25

_LINEAR = np.array(
    [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in np.arange(256) / 255],
    np.float32,
)


class FlashWatch:
    """Sees a film's frames one after another and remembers the first second with too many flashes."""

    def __init__(self, size: tuple[int, int], rate: Fraction) -> None:
        width, height = size
        self.second = round(rate)
        self.window = (max(1, height // 3), max(1, width // 3))
        self.general = _Swings((height, width), CHANGE)
        self.red = _Swings((height, width), RED_CHANGE)
        self.recent: deque[tuple[NDArray[np.bool_], NDArray[np.bool_]]] = deque()
        self.counts = (np.zeros((height, width), np.int16), np.zeros((height, width), np.int16))
        self.frame = 0
        self.found: int | None = None

    def see(self, picture: Rgb) -> None:
        """Take the next frame: uint8 array (height, width, 3), full range sRGB."""
        linear = _LINEAR[picture]
        red, green, blue = linear[..., 0], linear[..., 1], linear[..., 2]
        luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        changed = self.general.step(luminance, luminance < DARK)
        redness = np.maximum(0.0, red - green - blue) * 320
        saturated = red >= RED_SHARE * np.maximum(red + green + blue, 1e-6)
        changes = (changed, self.red.step(redness, saturated))
        self.recent.append(changes)
        leaving = self.recent.popleft() if len(self.recent) > self.second else None
        for number, count in enumerate(self.counts):
            np.add(count, changes[number], out=count)
            if leaving:
                np.subtract(count, leaving[number], out=count)
            # A flash is two changes: more than three flashes are more than six changes and one under way.
            if self.found is None and int(count.max()) > 2 * MOST and self._covers(count > 2 * MOST):
                self.found = max(0, self.frame - self.second)
        self.frame += 1

    def _covers(self, mask: NDArray[np.bool_]) -> bool:
        """True when the mask fills more than a quarter of any window."""
        total = np.pad(mask.astype(np.int32).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
        rows, columns = self.window
        inside = total[rows:, columns:] - total[:-rows, columns:] - total[rows:, :-columns] + total[:-rows, :-columns]
        return bool(inside.max() > AREA * rows * columns)


class _Swings:
    """Follows every pixel's value from one turning point to the next."""

    def __init__(self, shape: tuple[int, int], change: float) -> None:
        self.change = change
        self.high = np.full(shape, -np.inf, np.float32)
        self.low = np.full(shape, np.inf, np.float32)
        self.high_counts = np.zeros(shape, np.bool_)
        self.low_counts = np.zeros(shape, np.bool_)
        self.rising = np.zeros(shape, np.bool_)
        self.falling = np.zeros(shape, np.bool_)

    def step(self, value: NDArray[np.float32], counts: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Where a change that counts, opposite to the one before, is complete with this frame.

        `counts` says where the value, as one end of a change, makes it one that counts (dark enough, red enough).
        """
        higher, lower = value > self.high, value < self.low
        self.high = np.where(higher, value, self.high)
        self.low = np.where(lower, value, self.low)
        self.high_counts = np.where(higher, counts, self.high_counts)
        self.low_counts = np.where(lower, counts, self.low_counts)
        fell = (self.high - value >= self.change) & (counts | self.high_counts) & ~self.falling
        rose = (value - self.low >= self.change) & (counts | self.low_counts) & ~self.rising
        changed = fell | rose
        self.falling = np.where(changed, fell, self.falling)
        self.rising = np.where(changed, rose, self.rising)
        # Past a change, the next one is measured from here.
        self.high = np.where(changed, value, self.high)
        self.high_counts = np.where(changed, counts, self.high_counts)
        self.low = np.where(changed, value, self.low)
        self.low_counts = np.where(changed, counts, self.low_counts)
        return changed
