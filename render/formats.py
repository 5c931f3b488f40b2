"""The shapes that a film is laid out in: wide for players, vertical for phones."""

from __future__ import annotations

from typing import Literal

Format = Literal["16:9", "9:16"]

_SIZES: dict[Format, tuple[int, int]] = {"16:9": (1920, 1080), "9:16": (1080, 1920)}
FORMATS = tuple(_SIZES)


def frame_size(shape: Format = "16:9", *, preview: bool = False) -> tuple[int, int]:
    """(width, height) of a film in that format; a preview has a quarter of the pixels, at the same times."""
    width, height = _SIZES[shape]
    return (width // 2, height // 2) if preview else (width, height)
