"""A hold: one picture, encoded as finely as if the encoder had seen it stand, then frames that say "as before".

Such frames hold nothing of a picture, so that those of one encoding serve any hold of the same size and rate: they are encoded
once, from black, and their packets follow each hold's own key frame. Every frame of a hold is then the same to the last bit.
"""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

from core.digest import digest
from render.encode import Encoding, encoder
from render.join import Piece, join
from render.planes import Frame
from render.segment_cache import SegmentCache
from render.segments import HOLD_UNIT, made_with

FINER = 2.52
"""Bits for a hold's key frame, as a factor. That is 8 steps of the quantiser: what x264's macroblock tree gives to a picture that
it sees standing for 30 frames (PSNR of a photograph 51.10 dB, by the tree 51.17; of type 58.19 and 58.17)."""


def _skips(size: tuple[int, int], rate: Fraction, encoding: Encoding, cache: Path) -> Path:
    """A hold of black, of which only the frames after the first are of use."""
    store = SegmentCache(cache)
    key = digest("skips", size, rate, encoding, HOLD_UNIT, made_with())
    found = store.find(key, HOLD_UNIT)
    if found:
        return found
    black = Frame(size).fill("#000000")
    what = "encode the frames of a hold"
    with store.make(key, HOLD_UNIT, "ffmpeg") as target, encoder(target, size, rate, encoding, what) as film:
        for _ in range(HOLD_UNIT):
            film.write(black.data)
    return store.file(key)


def encode_hold(frame: Frame, rate: Fraction, encoding: Encoding, target: Path, cache: Path, what: str) -> None:
    """Write `HOLD_UNIT` packets that show `frame` into `target`. Raises WorkFailed, or NoSpace."""
    skips = _skips(frame.size, rate, encoding, cache)
    with tempfile.TemporaryDirectory(prefix="slugline-") as folder:
        first = Path(folder, "first.mp4")
        with encoder(first, frame.size, rate, encoding, what, bits=FINER) as film:
            film.write(frame.data)
        join([Piece(first, [0]), Piece(skips, range(1, HOLD_UNIT))], rate, target)
