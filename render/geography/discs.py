"""Small discs and rings, drawn to a hundredth of a pixel.

Skia rounds the heights of curves to quarters of a pixel: under a slow camera a town's dot wavered by 0.1 pixels.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def draw_disc(
    canvas: Any, x: float, y: float, radius: float, colour: str, alpha: float = 1.0, *, ring: float = 0.0
) -> None:
    """A disc about (x, y) in `#rrggbb`, or with `ring` a circle's line of that width; all in pixels of an unscaled canvas."""
    import skia

    outer = radius + ring / 2
    left, top = (int(np.floor(place - outer - 1)) for place in (x, y))
    side = int(np.ceil(2 * outer + 3))
    across, down = (np.arange(side) + 0.5 + begin - place for begin, place in ((left, x), (top, y)))
    far = np.hypot(across[None, :], down[:, None])
    # A pixel is covered by as much of it as lies within the edge, as if the edge were straight there.
    cover = np.clip(outer - far + 0.5, 0.0, 1.0)
    if ring:
        cover -= np.clip(radius - ring / 2 - far + 0.5, 0.0, 1.0)
    picture = np.empty((side, side, 4), np.uint8)
    picture[..., :3] = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    picture[..., 3] = np.rint(cover * 255 * alpha)
    canvas.drawImage(skia.Image.fromarray(picture, skia.kRGBA_8888_ColorType), left, top)
