"""Pictures that stand for a film: JPEGs as good as their place allows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from core.files import write_bytes
from render.composition import Composition
from render.planes import Bytes, as_bytes

POSTER_VERSION = 1
"""Raise when the same film would give other pictures."""

THUMBNAIL_BYTES = 2_000_000
"""YouTube takes thumbnails of 1280×720 under 2 MB (YouTube Help, Add video thumbnails)."""
_OVERLAY = re.compile(r"lower-third|strap|credit|watermark|caption-\d+")
"""The layers that `render/scenes/overlays.py` lays over a scene."""
CARD = 960
"""Width of the picture in lists: twice what a card measures on a page."""


def without_overlays(composition: Composition) -> Composition:
    """A scene's picture by itself: no lower third, strap, credit, watermark or caption over it."""
    return replace(composition, layers=tuple(one for one in composition.layers if not _OVERLAY.fullmatch(one.name)))


def write_jpeg(rgb: Bytes, path: Path, *, quality: int = 90, limit: int = THUMBNAIL_BYTES) -> None:
    """Write a picture, uint8 (height, width, 3), as progressive JPEG of less than `limit` bytes; whole or not at all."""
    import cv2

    picture = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
    for tried in range(quality, 0, -6):
        # Full chroma: coloured type is what such pictures are made of.
        how = (cv2.IMWRITE_JPEG_QUALITY, tried, cv2.IMWRITE_JPEG_PROGRESSIVE, 1, cv2.IMWRITE_JPEG_OPTIMIZE, 1)
        chroma = (cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)
        data = cv2.imencode(".jpg", picture, (*how, *chroma))[1].tobytes()
        if len(data) < limit:
            break
    write_bytes(path, data)


def shrink(rgb: Bytes, width: int) -> Bytes:
    """The picture at that width, or as it is where it is no wider."""
    import cv2

    high, wide = rgb.shape[:2]
    if wide <= width:
        return rgb
    return as_bytes(cv2.resize(rgb, (width, round(high * width / wide)), interpolation=cv2.INTER_AREA))
