"""How loud a take is over time: what cutting it into scenes goes by."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.timecode import SAMPLE_RATE
from render.pcm import PcmReader

STEP = 0.01
"""Seconds a value."""
_BLOCK_SECONDS = 30


def read_envelope(take: Path) -> NDArray[np.float32]:
    """RMS level of a take, one value every 10 ms, full scale = 1. Reads in blocks: an hour costs 1.4 MB."""
    step = round(SAMPLE_RATE * STEP)
    levels: list[NDArray[np.float32]] = []
    with PcmReader(take) as reader:
        for block in reader.blocks(step * round(_BLOCK_SECONDS / STEP)):
            mono = block.mean(axis=1)
            padded = np.pad(mono, (0, -len(mono) % step)).reshape(-1, step)
            levels.append(np.sqrt(np.mean(padded * padded, axis=1)))
    return np.concatenate(levels) if levels else np.zeros(0, np.float32)


def find_speech(envelope: NDArray[np.float32]) -> tuple[float, float]:
    """First and last second at which somebody speaks: louder than 35 dB below the loudest tenth. (0, 0) for silence."""
    if not len(envelope) or float(envelope.max()) < 1e-4:
        return 0.0, 0.0
    loud = np.flatnonzero(envelope > float(np.quantile(envelope, 0.95)) * 10 ** (-35 / 20))
    return float(loud[0] * STEP), float((loud[-1] + 1) * STEP)
