"""The small map in a corner that says where in the world a close view is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from render.geography.atlas import load_atlas
from render.geography.camera import View
from render.geography.drawn import Fill, Palette
from render.geography.ground import Ground
from render.geography.paints import filled, stroked
from render.geography.projection import Projection

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST = 14.0
"""Pixels of the design below which the frame on the small map would be a dot."""


@dataclass(frozen=True)
class Inset:
    """`box` is (left, top, width, height) in pixels of the design; what it shows is `view` in `projection`, with `fills`.

    It comes at frame `first`, or is there from the beginning (None). `colour` is the frame's that says what the large map sees.
    """

    box: tuple[float, float, float, float]
    projection: Projection
    view: View
    fills: tuple[Fill, ...]
    colour: str
    first: int | None = None


class InsetPainter:
    """Draws an inset: its ground once, the frame that moves on it for every frame of the film."""

    def __init__(self, inset: Inset, worldview: str, unit: float, palette: Palette) -> None:
        self._inset, self._unit, self._palette = inset, unit, palette
        left, top, width, height = (round(value * unit) for value in inset.box)
        self._place, self._size = (left, top), (width, height)
        ground = Ground(
            load_atlas(worldview), inset.projection, [inset.view], self._size, 0.7 * unit, palette, inset.fills, 0.0
        )
        self._pixels = np.empty((height, width, 4), dtype=np.uint8)
        ground.draw(self._pixels, inset.view, [1.0] * len(inset.fills))

    def draw(self, pixels: NDArray[np.uint8], canvas: Any, seen: NDArray[np.float64], strength: float) -> None:
        """Lay it over RGBA `pixels` of the large map, whose view's outline is `seen`, (n, 2) degrees."""
        import cv2
        import skia

        (left, top), (width, height) = self._place, self._size
        under = pixels[top : top + height, left : left + width]
        under[:] = self._pixels if strength >= 1 else cv2.addWeighted(self._pixels, strength, under, 1 - strength, 0)
        unit, palette = self._unit, self._palette
        box = skia.Rect.MakeXYWH(left, top, width, height)
        canvas.save()
        canvas.clipRect(box)
        path = skia.Path()
        path.addPoly([skia.Point(x, y) for x, y in self._frame(seen).tolist()], True)
        canvas.drawPath(path, filled(self._inset.colour, 0.25 * strength))
        canvas.drawPath(path, stroked(palette.halo, 6 * unit, 0.7 * strength))
        canvas.drawPath(path, stroked(self._inset.colour, 3 * unit, strength))
        canvas.restore()
        canvas.drawRect(box, stroked(palette.halo, 6 * unit, 0.8 * strength))
        canvas.drawRect(box, stroked(palette.water, 2 * unit, strength))

    def _frame(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        """The outline in pixels, grown about its middle where it would be too small to see."""
        inset = self._inset
        scale = self._size[0] / inset.view.width
        points = (inset.projection.forward(seen) - (inset.view.x, inset.view.y)) * scale
        points += np.array(self._size) / 2 + self._place
        middle, extent = (points.min(0) + points.max(0)) / 2, float(np.ptp(points, axis=0).min())
        return np.asarray(middle + (points - middle) * max(1.0, _LEAST * self._unit / max(extent, 1e-6)))
