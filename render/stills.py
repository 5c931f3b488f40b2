"""Stretches of a film that are black, or in which nothing moves, by what was seen of each frame."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from render.viewing import Seen

Run = tuple[int, int]
"""Frames [first, last)."""

NOISE = 2
"""Of 255: what an encoder may change the mean of a cell by. Whatever moves across a cell, or comes or goes in it, changes it by more."""
SETTLING = 12
"""Frames from a key frame on in which the encoder draws the same picture anew and then finer, frame by frame."""
PULSE = (1.5, 12)
"""Of 255: mean and largest change of the cells from one frame to the next that such a redrawing makes in a small frame of noise; in
a large one both are below 1."""
STIRRING = 0.1
"""The share of a second's frames that may differ from the one before in a still. An encoder codes a picture that stands as
unchanged, to the bit, once it has settled; the faintest drift changes frame after frame."""


class BlackWatch:
    """Collects runs of black frames."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.frame = 0

    def see(self, seen: Seen) -> None:
        """Take the next frame."""
        if seen.black:
            if self.runs and self.runs[-1][1] == self.frame:
                self.runs[-1] = (self.runs[-1][0], self.frame + 1)
            else:
                self.runs.append((self.frame, self.frame + 1))
        self.frame += 1


class StillWatch:
    """Collects runs of frames in which nothing moves; every frame is in one, if only in its own.

    A run ends where a cell has changed since its first frame, however slowly, and where frame after frame differs in any
    pixel. `keys` are the film's key frames.
    """

    def __init__(self, rate: Fraction, keys: Iterable[int] = ()) -> None:
        self.runs: list[Run] = []
        self.frame = 0
        self._keys = frozenset(keys)
        self._since_key = SETTLING
        self._most = max(2, round(STIRRING * rate))
        self._recent: deque[bool] = deque(maxlen=max(1, round(rate)))
        self._last: Seen | None = None
        self._first: NDArray[np.int16] | None = None

    def see(self, seen: Seen) -> None:
        """Take the next frame."""
        self._since_key = 0 if self.frame in self._keys else self._since_key + 1
        now = seen.cells.astype(np.int16)
        if self._last is not None and seen.check == self._last.check:
            self._recent.append(False)
            stays = True
        elif self._redrawn(now):
            self._recent.append(False)
            self._first = now
            stays = True
        else:
            self._recent.append(True)
            drawn = self._first is not None and int(np.abs(now - self._first).max()) <= NOISE
            stays = drawn and sum(self._recent) <= self._most
        if stays:
            self.runs[-1] = (self.runs[-1][0], self.frame + 1)
        else:
            self.runs.append((self.frame, self.frame + 1))
            self._recent.clear()
            self._first = now
        self._last = seen
        self.frame += 1

    def _redrawn(self, now: NDArray[np.int16]) -> bool:
        """True when the frame differs from the one before only as an encoder's settling makes it."""
        if self._last is None or self._since_key > SETTLING:
            return False
        changed = np.abs(now - self._last.cells)
        return float(changed.mean()) <= PULSE[0] and int(changed.max()) <= PULSE[1]


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


def stills_of(seen: Iterable[Run], planned: Iterable[Run], least: int) -> tuple[Run, ...]:
    """Runs of at least `least` frames, of those that were seen and those that were planned, joined where they meet."""
    joined: list[Run] = []
    for first, last in sorted((*seen, *planned)):
        if last - first < least:
            continue
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)
