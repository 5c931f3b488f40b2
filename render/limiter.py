"""A true-peak limiter: linear gain with look-ahead, peaks estimated at four times the sample rate (ITU-R BS.1770, annex 2).

Gain is the needed gain's minimum over a window, smoothed by the same window, so that it is down before the peak arrives
and never above what the peak needs. No other colour: below the ceiling, samples pass unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
"""Samples (frames, channels), full scale 1."""

OVERSAMPLING = 4
_TAPS = 24
_REACH = _TAPS // 2
WINDOW = 241
"""Samples over which gain falls and rises: 5 ms at 48 kHz, odd."""
_HALF = WINDOW // 2
MARGIN = 2 * _HALF + _REACH
"""Samples on either side of a block that its gain depends on."""


def _phases() -> list[NDArray[np.float64]]:
    """Windowed-sinc filters that give the signal a quarter, half and three quarters of a sample later."""
    filters = []
    for phase in range(1, OVERSAMPLING):
        x = np.arange(_TAPS) - (_REACH - 1) - phase / OVERSAMPLING
        taps = np.sinc(x) * np.kaiser(_TAPS, 7.0)
        filters.append(taps / taps.sum())
    return filters


_FILTERS = _phases()


def true_peaks(sound: Sound) -> NDArray[np.float64]:
    """The highest magnitude at and just after every sample, over channels, at four times the rate."""
    peaks: NDArray[np.float64] = np.abs(sound).max(axis=1).astype(np.float64)
    for channel in range(sound.shape[1]):
        for taps in _FILTERS:
            # Reversed, because convolution reverses again; sample n's point lies between n and n + 1.
            between = np.convolve(sound[:, channel], taps[::-1], mode="full")
            at = between[_REACH : _REACH + len(peaks)]
            np.maximum(peaks, np.abs(at), out=peaks)
    # A point between two samples is a peak of both.
    np.maximum(peaks[1:], peaks[:-1].copy(), out=peaks[1:])
    return peaks


def limit_gain(peaks: NDArray[np.float64], ceiling: float) -> NDArray[np.float64]:
    """The gain for every sample that keeps `peaks` under `ceiling`; valid but for `WINDOW` samples at either end."""
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    if needed.min() >= 1.0:
        return np.ones_like(needed)
    padded = np.pad(needed, _HALF, constant_values=1.0)
    lowest = _sliding_minimum(padded, WINDOW)
    smooth = np.pad(lowest, _HALF, constant_values=1.0)
    total = np.cumsum(np.concatenate([[0.0], smooth]))
    gain: NDArray[np.float64] = np.minimum((total[WINDOW:] - total[:-WINDOW]) / WINDOW, 1.0)
    return gain


def _sliding_minimum(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """The minimum of every full window, in a number of passes that grows with the window's logarithm."""
    width, lowest = 1, values
    while width * 2 <= window:
        lowest = np.minimum(lowest[:-width], lowest[width:])
        width *= 2
    rest = window - width
    return np.minimum(lowest[: len(lowest) - rest], lowest[rest:]) if rest else lowest


def limit(blocks: Iterable[Sound], gain: float, ceiling: float) -> Iterator[Sound]:
    """Apply a linear `gain`, hold true peaks under `ceiling` (both linear). Blocks keep their lengths.

    Each block is looked at with `MARGIN` samples of its neighbours, so that where blocks are cut changes nothing.
    """
    before: Sound | None = None
    current: Sound | None = None
    for block in blocks:
        following = (block * np.float32(gain)).astype(np.float32)
        if current is not None:
            yield _limit_block(before, current, following, ceiling)
            before = current if before is None else np.concatenate([before, current])[-MARGIN:]
        current = following
    if current is not None:
        yield _limit_block(before, current, None, ceiling)


def _limit_block(before: Sound | None, block: Sound, after: Sound | None, ceiling: float) -> Sound:
    head = before[-MARGIN:] if before is not None else block[:0]
    tail = after[:MARGIN] if after is not None else block[:0]
    whole = np.concatenate([head, block, tail])
    # Between samples a peak rises by less than 6 dB in any sound that was recorded: quiet blocks need no look.
    if float(np.abs(whole).max(initial=0.0)) < ceiling / 2:
        return block
    gain = limit_gain(true_peaks(whole), ceiling)[len(head) : len(head) + len(block)]
    return (block * gain[:, None]).astype(np.float32)
