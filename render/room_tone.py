"""Room tone: the faint noise of a room, so that a pause is never digital silence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.timecode import SAMPLE_RATE

SECONDS = 8
QUIETEST, LOUDEST = -66.0, -54.0
"""dBFS between which the tone follows the recording's own floor."""
DIGITAL = -80.0
"""dBFS: a floor below this is no room's; the tone then lies under the voice too."""


def make_tone(level: float) -> NDArray[np.float32]:
    """A loop of `SECONDS`, float32 (frames, 2), at `level` dBFS RMS; its end joins its beginning, because it is made in
    the frequency domain. Falls by 3 dB an octave from 60 Hz and faster above 5 kHz, as a quiet room does.
    """
    frames = SECONDS * SAMPLE_RATE
    frequency = np.fft.rfftfreq(frames, 1 / SAMPLE_RATE)
    shape = 1 / np.sqrt(np.maximum(frequency, 60.0)) / (1 + (frequency / 5000.0) ** 2)
    shape[frequency < 30.0] = 0.0
    random = np.random.default_rng(1956)
    channels = [np.fft.irfft(shape * np.exp(2j * np.pi * random.random(len(shape))), frames) for _ in range(2)]
    tone = np.stack(channels, axis=1)
    scaled: NDArray[np.float32] = (tone * (10 ** (level / 20) / np.sqrt((tone**2).mean()))).astype(np.float32)
    return scaled


def find_floor(envelope: NDArray[np.float64]) -> float:
    """The level of a recording's pauses in dBFS, from its RMS every 10 ms; -120 for digital silence."""
    if not len(envelope):
        return -120.0
    return float(20 * np.log10(max(float(np.quantile(envelope, 0.03)), 1e-6)))
