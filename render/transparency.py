"""Videos with transparency, such as a logo's sting: whether one has any, and whether its colours were multiplied by it already.

No container says the latter reliably. ProRes 4444 and Animation are exported both ways (After Effects' default is premultiplied, motion
designers often deliver straight); PNG is straight by its own standard (ISO/IEC 15948, 6.2), VP8 and VP9 are by custom. Premultiplied, no
colour is brighter than its alpha; straight, those of a soft edge are: that tells them apart.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from render.planes import Bytes, Ink, as_bytes, premultiplied_to_ink
from render.video_file import is_clear, read_video
from render.video_frames import VideoReader

if TYPE_CHECKING:
    from render.composition import Alpha

_LOOKS = 9
"""How many pictures of a video are looked at, evenly spaced."""
_SOFT = (16, 240)
"""Alpha between which a pixel is part of a soft edge."""
_OVER, _SHARE = 6, 0.1
"""Levels by which a colour must be brighter than its alpha, and the share of soft pixels that must be so for straight alpha: what a
lossy codec errs is less, and a straight edge of any colour but near-black is brighter for most of it."""


def read_alpha(path: Path) -> Alpha:
    """How a video is transparent; `none` where none of it is. Raises BadInput for what cannot be read."""
    stat = path.stat()
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, _size: int) -> Alpha:
    facts = read_video(path)
    if not facts.clear:
        return "none"
    reader = VideoReader(path)
    try:
        # The last one a little before the end: some files count a frame too many.
        last = max(Fraction(0), facts.seconds - 2 / (facts.rate or Fraction(25)))
        frames = [reader.at(last * look / (_LOOKS - 1))[1] for look in range(_LOOKS)]
        pictures = [as_bytes(frame.to_ndarray(format="rgba")) for frame in frames if is_clear(frame.format)]
        custom = reader.stream.codec_context.name in ("png", "apng", "vp8", "vp9", "gif")
    finally:
        reader.close()
    if all(int(picture[..., 3].min()) == 255 for picture in pictures):
        return "none"
    return "straight" if custom or not _multiplied(pictures) else "premultiplied"


def _multiplied(pictures: list[Bytes]) -> bool:
    """Whether the colours of soft edges keep below their alpha; of pictures without any, nothing shows which it is."""
    soft = np.concatenate([_soft_pixels(picture) for picture in pictures])
    if not len(soft):
        return False
    over = soft[:, :3].max(axis=1) > soft[:, 3] + _OVER
    return bool(over.mean() < _SHARE)


def _soft_pixels(rgba: Bytes) -> NDArray[np.int16]:
    pixels = rgba.reshape(-1, 4)
    return pixels[(pixels[:, 3] >= _SOFT[0]) & (pixels[:, 3] <= _SOFT[1])].astype(np.int16)


def ink_of(rgba: Bytes, size: tuple[int, int], alpha: Alpha) -> Ink:
    """A transparent picture, uint8 (height, width, 4), at `size` (both even): colours are multiplied before they are mixed with their
    neighbours', so that what is not seen leaves no fringe."""
    import cv2

    if alpha == "straight":
        clear = cv2.cvtColor(cv2.extractChannel(rgba, 3), cv2.COLOR_GRAY2RGBA)
        clear[..., 3] = 255
        rgba = as_bytes(cv2.multiply(rgba, clear, scale=1 / 255))
    if (rgba.shape[1], rgba.shape[0]) != size:
        smaller = size[0] < rgba.shape[1]
        rgba = as_bytes(cv2.resize(rgba, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC))
    # No colour is brighter than its alpha: an overshoot of the scaling, or of a lossy codec, would glow.
    rgba[..., :3] = np.minimum(rgba[..., :3], rgba[..., 3:])
    return premultiplied_to_ink(rgba)
