"""Stretches of a film that are black, or in which nothing moves, in frames of reduced size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
Run = tuple[int, int]
"""Frames [first, last)."""

BLACK_LEVEL = 10
"""Of 255: the themes' darkest background is 11 and more, video's black with its noise below."""
BLACK_SHARE = 0.995
STILL_STEP = 5
"""Of 255: the most that any pixel of a reduced frame may move within a still; what drifts slowly passes it in two seconds."""
SETTLING = 6
"""Frames from a key frame on in which the encoder draws the same picture anew, noise and all."""
PULSE = (4.0, 48)
"""Of 255: mean and largest difference between two frames that such a redrawing makes."""


class BlackWatch:
    """Collects runs of black frames."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.frame = 0

    def see(self, picture: Rgb) -> None:
        """Take the next frame: uint8 array (height, width, 3)."""
        if float((picture.max(axis=2) <= BLACK_LEVEL).mean()) >= BLACK_SHARE:
            if self.runs and self.runs[-1][1] == self.frame:
                self.runs[-1] = (self.runs[-1][0], self.frame + 1)
            else:
                self.runs.append((self.frame, self.frame + 1))
        self.frame += 1


class StillWatch:
    """Collects runs of frames in which nothing differs from the run's first: a drift too slow to see between two frames
    still ends a run. `keys` are the film's key frames.
    """

    def __init__(self, keys: Sequence[int] = ()) -> None:
        self.runs: list[Run] = []
        self.frame = 0
        self._keys = frozenset(keys)
        self._since_key = 0
        self._last: NDArray[np.int16] | None = None
        self._first: NDArray[np.int16] | None = None

    def see(self, picture: Rgb) -> None:
        """Take the next frame: uint8 array (height, width, 3)."""
        now = picture.astype(np.int16)
        self._since_key = 0 if self.frame in self._keys else self._since_key + 1
        if self._first is not None and int(np.abs(now - self._first).max()) <= STILL_STEP:
            self.runs[-1] = (self.runs[-1][0], self.frame + 1)
        else:
            if self._redrawn(now):
                self.runs[-1] = (self.runs[-1][0], self.frame + 1)
            else:
                self.runs.append((self.frame, self.frame + 1))
            self._first = now
        self._last = now
        self.frame += 1

    def _redrawn(self, now: NDArray[np.int16]) -> bool:
        """True when the frame differs from the one before only as a key frame makes it."""
        if self._last is None or self._since_key > SETTLING:
            return False
        moved = np.abs(now - self._last)
        return float(moved.mean()) <= PULSE[0] and int(moved.max()) <= PULSE[1]


def outside(runs: Iterable[Run], planned: Sequence[Run]) -> list[Run]:
    """What of the runs lies outside the planned stretches."""
    left: list[Run] = []
    order = sorted(planned)
    for start, stop in runs:
        first = start
        for begin, end in order:
            if end <= first or begin >= stop:
                continue
            if begin > first:
                left.append((first, begin))
            first = max(first, end)
        if first < stop:
            left.append((first, stop))
    return left
