"""A recording as a drawing of its loudness, for eyes that look for where a word begins."""

from collections.abc import Iterable

import numpy as np

from transcripts.audio import RATE, Samples

PEAKS_A_SECOND = 100
"""A peak every 10 ms: the finest that one pixel shows of ten seconds on a screen of a thousand, and half a frame of film."""


def waveform(blocks: Iterable[Samples]) -> bytes:
    """The greatest amplitude of every hundredth of a second, a byte each, 255 being full scale.

    `blocks` are int16 samples at 16 kHz, one after the other; memory is that of one block.
    """
    size = RATE // PEAKS_A_SECOND
    out = bytearray()
    rest = np.empty(0, np.int16)
    for block in blocks:
        joined = np.concatenate([rest, block]) if len(rest) else block
        whole = len(joined) // size * size
        out += _peaks(joined[:whole].reshape(-1, size))
        rest = joined[whole:]
    if len(rest):
        out += _peaks(rest.reshape(1, -1))
    return bytes(out)


def _peaks(frames: Samples) -> bytes:
    # As int32, because the amplitude of −32768 is no int16.
    loud = np.abs(frames.astype(np.int32)).max(axis=1, initial=0)
    return bytes((loud * 255 // 32768).astype(np.uint8))
