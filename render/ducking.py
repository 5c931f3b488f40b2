"""Where somebody speaks, and how loud the music is beside it. Pure: levels in, gain points out.

VISUAL.md, "Sound": at least 20 dB under speech (WCAG 1.4.7), 10 to 12 in gaps over 2 s, ducked 200 ms ahead, released in 800.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEP = 0.01
"""Seconds a value of an envelope."""
GAP = 2.0
GAP_LEVEL = -11.0
AHEAD = 0.2
RELEASE = 0.8

# Speech is what rises above 28 dB below its own loud tenth; soft beginnings and ends are covered by the margin.
_UNDER_LOUD = 28.0
_MARGIN = 0.08


@dataclass(frozen=True)
class Stretch:
    """Seconds [start, end) of the film."""

    start: float
    end: float


def find_stretches(envelope: NDArray[np.float64]) -> tuple[Stretch, ...]:
    """Where somebody speaks, pauses of up to `GAP` seconds included. `envelope`: RMS every `STEP` seconds."""
    heard = envelope[envelope > 1e-4]
    if not len(heard):
        return ()
    active = np.flatnonzero(envelope > float(np.quantile(heard, 0.9)) * 10 ** (-_UNDER_LOUD / 20))
    if not len(active):
        return ()
    parts = np.split(active, np.flatnonzero(np.diff(active) * STEP > GAP + 2 * _MARGIN) + 1)
    return tuple(
        Stretch(max(0.0, float(part[0]) * STEP - _MARGIN), float(part[-1] + 1) * STEP + _MARGIN) for part in parts
    )


def join_stretches(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Stretches in order, those that lie within `GAP` seconds of each other made one."""
    joined: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: one.start):
        if joined and stretch.start - joined[-1].end <= GAP:
            joined[-1] = Stretch(joined[-1].start, max(joined[-1].end, stretch.end))
        else:
            joined.append(stretch)
    return tuple(joined)


def duck(stretches: Sequence[Stretch], level: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times in seconds, and the music's level there in LU relative to speech; straight lines in dB between them.

    `level` is the level under speech; in gaps it rises to `GAP_LEVEL`, and never falls below `level`.
    """
    gap = max(level, GAP_LEVEL)
    times, levels = [-1.0], [gap]
    for stretch in stretches:
        times += [max(stretch.start - AHEAD, times[-1]), stretch.start, stretch.end, stretch.end + RELEASE]
        levels += [gap, level, level, gap]
    return np.asarray(times), np.asarray(levels)
