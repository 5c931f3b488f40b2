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
TOGETHER = 0.1
"""Seconds within which changes count as one, as when a light swells."""

_LINEAR = np.array(
    [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in np.arange(256) / 255],
    np.float32,
)


class FlashWatch:
    """Sees a film's frames one after another and remembers the first second with too many flashes."""

    def __init__(self, rate: Fraction) -> None:
        self._second = round(rate)
        self._eyes: tuple[_Eye, _Eye] | None = None
        self._last: Rgb | None = None
        self._unchanged = 0
        self._frame = 0
        self.found: int | None = None

    def see(self, picture: Rgb) -> None:
        """Take the next frame: uint8 array (height, width, 3), full range sRGB, all of one size."""
        if self._eyes is None:
            shape = picture.shape[:2]
            self._eyes = (_Eye(shape, CHANGE, self._second), _Eye(shape, RED_CHANGE, self._second))
        same = self._last is not None and np.array_equal(self._last, picture)
        self._unchanged = self._unchanged + 1 if same else 0
        self._last = picture
        if self._unchanged > self._second * TOGETHER + 1:
            # What stands still swings no further: time goes by, that is all.
            for eye in self._eyes:
                eye.counter.rest()
        else:
            self._judge(picture, self._eyes)
        self._frame += 1

    def _judge(self, picture: Rgb, eyes: tuple[_Eye, _Eye]) -> None:
        linear = _LINEAR[picture]
        red, green, blue = linear[..., 0], linear[..., 1], linear[..., 2]
        luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        redness = np.maximum(0.0, red - green - blue) * 320
        saturated = red >= RED_SHARE * np.maximum(red + green + blue, 1e-6)
        general, reds = eyes
        # A flash is two changes: more than three flashes are more than six changes.
        most = max(general.see(luminance, luminance < DARK), reds.see(redness, saturated))
        if self.found is None and most > 2 * MOST:
            self.found = max(0, self._frame - self._second)


class _Eye:
    """Follows one quantity over the picture, and counts its changes."""

    def __init__(self, shape: tuple[int, ...], change: float, second: int) -> None:
        self.swings = _Swings((shape[0], shape[1]), change)
        self.counter = _Counter((shape[0], shape[1]), second)
        self.calm = 0

    def see(self, value: NDArray[np.float32], counts: NDArray[np.bool_]) -> int:
        """The most changes that any window saw in the last second, where one came with this frame; else 0."""
        swing = self.swings.step(value, counts)
        self.calm = 0 if swing.any() else self.calm + 1
        if self.calm > (self.counter.together.maxlen or 0):
            self.counter.rest()
            return 0
        return self.counter.add(swing)


class _Counter:
    """Counts, for every window of a third by a third, the changes that fill more than a quarter of it within a second.

    What turns light less what turns dark is counted, over one frame and over a tenth of a second: in a pattern that moves
    the two balance, and nothing flashes.
    """

    def __init__(self, shape: tuple[int, int], second: int) -> None:
        self.rows, self.columns = max(1, shape[0] // 3), max(1, shape[1] // 3)
        places = (shape[0] - self.rows + 1, shape[1] - self.columns + 1)
        self.least = AREA * self.rows * self.columns
        self.second = second
        self.together: deque[NDArray[np.int32]] = deque(maxlen=max(1, round(second * TOGETHER)))
        self.direction = np.zeros(places, np.int8)
        self.recent: deque[NDArray[np.bool_] | None] = deque()
        self.counts = np.zeros(places, np.int16)

    def add(self, swing: NDArray[np.int8]) -> int:
        """Take a frame's changes (1 up, -1 down, 0 none); give the most changes that any window saw in the last second."""
        self.together.append(self._balance(swing))
        last, all_ = self.together[-1], sum(self.together)
        up = (np.maximum(last, all_) > self.least) & (self.direction <= 0)
        down = (np.minimum(last, all_) < -self.least) & (self.direction >= 0)
        self.direction = np.where(up, 1, np.where(down, -1, self.direction)).astype(np.int8)
        changed = up | down
        self.recent.append(changed)
        np.add(self.counts, changed, out=self.counts)
        if len(self.recent) > self.second:
            self._forget()
        return int(self.counts.max())

    def rest(self) -> None:
        """A frame goes by in which nothing changes."""
        self.recent.append(None)
        if len(self.recent) > self.second:
            self._forget()

    def _forget(self) -> None:
        old = self.recent.popleft()
        if old is not None:
            np.subtract(self.counts, old, out=self.counts)

    def _balance(self, swing: NDArray[np.int8]) -> NDArray[np.int32]:
        """Up less down in every window."""
        total = np.pad(swing.astype(np.int32).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0))).astype(np.int32)
        low, right = self.rows, self.columns
        inside: NDArray[np.int32] = (
            total[low:, right:] - total[:-low, right:] - total[low:, :-right] + total[:-low, :-right]
        )
        return inside


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

    def step(self, value: NDArray[np.float32], counts: NDArray[np.bool_]) -> NDArray[np.int8]:
        """Where a change that counts, opposite to the one before, is complete with this frame: 1 up, -1 down, 0 none.

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
        return np.where(rose, 1, np.where(fell, -1, 0)).astype(np.int8)
