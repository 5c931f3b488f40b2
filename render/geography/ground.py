"""The ground of a map: sea with its shallows, land, fills, lakes, coasts and borders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from render.geography.atlas import BORDER, COAST, CONTESTED, Atlas
from render.geography.camera import View
from render.geography.drawn import Fill, Palette
from render.geography.land import Land, LandPaths, graticule
from render.geography.paints import filled, stroked
from render.geography.projection import Projection

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COARSE = 4
"""How much smaller the shallows are drawn: they are blurred anyway."""


class Ground:
    """Draws the ground for any of the `views` of a scene. `unit` is the pixels of one of the design's."""

    def __init__(
        self,
        atlas: Atlas,
        projection: Projection,
        views: Sequence[View],
        size: tuple[int, int],
        unit: float,
        palette: Palette,
        fills: Sequence[Fill],
        grid: float,
    ) -> None:
        self._land = Land(atlas, projection, views, size)
        self._projection, self._size, self._unit = projection, size, unit
        self._palette, self._fills, self._grid = palette, fills, grid
        self._depths = _shades(palette.sea, palette.coast)

    def draw(self, pixels: NDArray[np.uint8], view: View, strengths: Sequence[float]) -> None:
        """Draw everything into RGBA `pixels`; `strengths` say, from 0 to 1, how far each fill has come."""
        import skia

        palette = self._palette
        paths, place = self._land.at(view)
        self._draw_sea(pixels, paths.land, place)
        canvas = skia.Canvas(pixels, colorType=skia.kRGBA_8888_ColorType)
        if self._grid:
            self._draw_grid(canvas, view)
        scale, x, y = place
        unit = self._unit / scale
        canvas.save()
        canvas.translate(x, y)
        canvas.scale(scale, scale)
        canvas.drawPath(paths.land, filled(palette.land))
        for fill, strength in zip(self._fills, strengths, strict=True):
            self._draw_fill(canvas, paths, fill, strength, unit)
        canvas.drawPath(paths.lakes, filled(palette.sea))
        # A hairline costs a twelfth of a stroke of the same width.
        canvas.drawPath(paths.lines[COAST], stroked(palette.coast, 0, 0.6, fine=False))
        canvas.drawPath(paths.lines[BORDER], stroked(palette.border, 2 * unit, fine=False))
        if paths.lines[CONTESTED].countPoints():
            dashed = stroked(palette.border, 2 * unit, dashes=(10 * unit, 8 * unit), fine=False)
            canvas.drawPath(paths.lines[CONTESTED], dashed)
        canvas.restore()

    def _draw_sea(self, pixels: NDArray[np.uint8], land: Any, place: tuple[float, float, float]) -> None:
        """The sea, a little lighter along the coast: the land at a quarter of the size, blurred, gives the depth."""
        import cv2
        import skia

        width, height = self._size
        surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeA8(-(-width // _COARSE), -(-height // _COARSE)))
        small = surface.getCanvas()
        scale, x, y = (value / _COARSE for value in place)
        small.translate(x, y)
        small.scale(scale, scale)
        small.drawPath(land, skia.Paint(Color=skia.ColorBLACK, AntiAlias=False))
        mask = np.asarray(surface.makeImageSnapshot().toarray(colorType=skia.kAlpha_8_ColorType))
        near = cv2.GaussianBlur(mask, (0, 0), 3 * self._unit)
        far = cv2.GaussianBlur(mask, (0, 0), 11 * self._unit)
        glow = cv2.addWeighted(near, 0.14, far, 0.22, 0)
        sea = self._depths[glow.reshape(mask.shape[:2])]
        whole = (sea.shape[1] * _COARSE, sea.shape[0] * _COARSE)
        pixels[:] = cv2.resize(sea, whole, interpolation=cv2.INTER_LINEAR)[:height, :width]

    def _draw_fill(self, canvas: Any, paths: LandPaths, fill: Fill, strength: float, unit: float) -> None:
        path = paths.countries.get(fill.code)
        if path is None or strength <= 0:
            return
        if fill.hatched:
            _hatch(canvas, path, fill.colour, strength, unit)
        else:
            canvas.drawPath(path, filled(fill.colour, strength))

    def _draw_grid(self, canvas: Any, view: View) -> None:
        import skia

        pixels = self._size[0] / view.width
        path = skia.Path()
        for line in graticule(self._projection, self._grid):
            points = (np.array(line) - (view.x, view.y)) * pixels + np.array(self._size) / 2
            path.addPoly([skia.Point(x, y) for x, y in points.tolist()], False)
        canvas.drawPath(path, stroked(self._palette.coast, 0, 0.2, fine=False))


def _shades(deep: str, shallow: str) -> NDArray[np.uint8]:
    """256 RGBA colours from the one to the other."""
    ends = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [255] for colour in (deep, shallow)])
    share = np.linspace(0, 1, 256)[:, None]
    return np.asarray(np.round(ends[0] + (ends[1] - ends[0]) * share), dtype=np.uint8)


def _hatch(canvas: Any, path: Any, colour: str, strength: float, unit: float) -> None:
    """45° stripes inside a path, pinned to it."""
    import skia

    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    canvas.drawPath(path, filled(colour, 0.22 * strength))
    box, seen = path.getBounds(), canvas.getLocalClipBounds()
    left, right = max(box.left(), seen.left()), min(box.right(), seen.right())
    top, bottom = max(box.top(), seen.top()), min(box.bottom(), seen.bottom())
    gap, start = 18 * unit, box.left() + box.top()
    lines = skia.Path()
    for number in range(int((left + top - start) // gap) - 1, int((right + bottom - start) // gap) + 2):
        total = start + number * gap
        lines.moveTo(total - top, top)
        lines.lineTo(total - bottom, bottom)
    canvas.drawPath(lines, stroked(colour, 5 * unit, strength, fine=False))
    canvas.restore()
