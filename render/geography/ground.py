"""The ground of a map: sea with its shallows, land, fills, rivers, lakes, coasts, borders and what is contested."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from render.geography.atlas import BORDER, COAST, CONTESTED, Atlas
from render.geography.camera import View
from render.geography.drawn import Area, Fill, Palette, River
from render.geography.land import Land, LandPaths, graticule
from render.geography.paints import filled, mixed, stroked
from render.geography.projection import Projection

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWING_VERSION = 3
"""Raise when the same map would be drawn otherwise: part of the address of every map."""
_COARSE = 4
"""How much smaller the shallows are drawn: they are blurred anyway."""
_DENSE = 12_000
"""Points of the land from which on its edges are not smoothed, which costs four times as much: the coast is drawn over them."""
_DASHES = (10.0, 8.0)
"""Pixels of a contested border's dashes and gaps (VISUAL.md, Maps)."""


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
        areas: Sequence[Area] = (),
        rivers: Sequence[River] = (),
    ) -> None:
        self._land = Land(atlas, projection, views, size, areas, rivers)
        # A quarter of the size needs half of the detail at most; less would be seen to change as the camera comes closer.
        self._small = (-(-size[0] // _COARSE), -(-size[1] // _COARSE))
        self._shallows = Land(atlas, projection, views, (size[0] // 2, size[1] // 2))
        self._projection, self._size, self._unit = projection, size, unit
        self._palette, self._fills, self._grid = palette, fills, grid
        self._depths = _shades(palette.sea, palette.coast)
        self._mesh: tuple[Any, float] | None = None

    def draw(
        self,
        pixels: NDArray[np.uint8],
        view: View,
        fills: Sequence[float],
        areas: Sequence[float] = (),
        rivers: Sequence[float] = (),
    ) -> None:
        """Draw everything into RGBA `pixels`; `fills`, `areas` and `rivers` say, from 0 to 1, how far each has come."""
        import skia

        palette = self._palette
        paths, place = self._land.at(view)
        self._draw_sea(pixels, view)
        canvas = skia.Canvas(pixels, colorType=skia.kRGBA_8888_ColorType)
        if self._grid:
            self._draw_grid(canvas, view)
        scale, x, y = place
        unit = self._unit / scale
        canvas.save()
        canvas.translate(x, y)
        canvas.scale(scale, scale)
        dense = paths.land.countPoints() > _DENSE
        canvas.drawPath(paths.land, filled(palette.land, fine=not dense))
        for fill, strength in zip(self._fills, fills, strict=True):
            self._draw_fill(canvas, paths, fill, strength, unit)
        for path, strength in zip(paths.areas, areas, strict=False):
            if strength > 0:
                hatch_contested(canvas, path, strength, unit, palette)
        for path, strength in zip(paths.rivers, rivers, strict=False):
            if strength > 0:
                canvas.drawPath(path, stroked(palette.halo, 7 * unit, 0.5 * strength, fine=False))
                canvas.drawPath(path, stroked(mixed(palette.water, palette.coast, 0.25), 3 * unit, strength))
        canvas.drawPath(paths.lakes, filled(palette.sea))
        # A hairline costs a twelfth of a stroke of the same width.
        if dense:
            shore = mixed(mixed(palette.sea, palette.land, 0.5), palette.coast, 0.6)
            canvas.drawPath(paths.lines[COAST], stroked(shore, 0, fine=False))
            self._draw_borders(canvas, paths.lines[BORDER], unit)
        else:
            canvas.drawPath(paths.lines[COAST], stroked(palette.coast, 0, 0.6, fine=False))
            canvas.drawPath(paths.lines[BORDER], stroked(palette.border, 2 * unit, fine=False))
        _dash(canvas, paths.lines[CONTESTED], 1.0, unit, palette)
        for path, strength in zip(paths.edges, areas, strict=False):
            _dash(canvas, path, strength, unit, palette)
        canvas.restore()
        self._draw_rim(canvas, view)

    def _draw_rim(self, canvas: Any, view: View) -> None:
        """Where a map that is a globe or a cap ends, and the dark beyond; of the flat world nothing says where that is."""
        import skia

        pixels = self._size[0] / view.width
        across, down = view.width / 2, view.width / 2 * self._size[1] / self._size[0]
        corner = np.hypot(abs(view.x) + across, abs(view.y) + down)
        if self._projection.kind != "azimuthal" or corner <= self._projection.rim:
            return
        middle = (self._size[0] / 2 - view.x * pixels, self._size[1] / 2 - view.y * pixels)
        beyond = skia.Path()
        beyond.addCircle(*middle, self._projection.rim * pixels)
        beyond.addRect(skia.Rect.MakeWH(*self._size))
        beyond.setFillType(skia.PathFillType.kEvenOdd)
        canvas.drawPath(beyond, filled(mixed(self._palette.sea, self._palette.halo, 0.75)))
        canvas.drawCircle(*middle, self._projection.rim * pixels, stroked(self._palette.coast, 3 * self._unit, 0.6))

    def _draw_borders(self, canvas: Any, path: Any, unit: float) -> None:
        """A stroke of two pixels as three hairlines about it."""
        paint = stroked(self._palette.border, 0, fine=False)
        for x, y in ((0.0, -0.5), (-0.43, 0.25), (0.43, 0.25)):
            canvas.save()
            canvas.translate(x * unit, y * unit)
            canvas.drawPath(path, paint)
            canvas.restore()

    def _draw_sea(self, pixels: NDArray[np.uint8], view: View) -> None:
        """The sea, a little lighter along the coast: the land at a quarter of the size, blurred, gives the depth."""
        import cv2
        import skia

        width, height = self._size
        surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeA8(*self._small))
        small = surface.getCanvas()
        paths, place = self._shallows.at(view)
        scale, x, y = (2 * value / _COARSE for value in place)
        small.translate(x, y)
        small.scale(scale, scale)
        small.drawPath(paths.land, skia.Paint(Color=skia.ColorBLACK, AntiAlias=False))
        mask = np.asarray(surface.makeImageSnapshot().toarray(colorType=skia.kAlpha_8_ColorType))
        near = cv2.GaussianBlur(mask, (0, 0), 3 * self._unit)
        # A wide blur of a third of the size looks the same, and costs a tenth.
        third = cv2.resize(near, None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA)
        far = cv2.resize(cv2.GaussianBlur(third, (0, 0), 3.6 * self._unit), near.shape[::-1])
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

        if self._mesh is None:
            # skia's floats are short: a unit of the path is about a pixel.
            unit = self._size[0] / view.width
            path = skia.Path()
            for line in graticule(self._projection, self._grid):
                path.addPoly([skia.Point(x * unit, y * unit) for x, y in line], False)
            self._mesh = (path, unit)
        path, unit = self._mesh
        pixels = self._size[0] / view.width
        canvas.save()
        canvas.translate(self._size[0] / 2 - view.x * pixels, self._size[1] / 2 - view.y * pixels)
        canvas.scale(pixels / unit, pixels / unit)
        canvas.drawPath(path, stroked(self._palette.coast, 0, 0.2, fine=False))
        canvas.restore()


def _shades(deep: str, shallow: str) -> NDArray[np.uint8]:
    """256 RGBA colours from the one to the other."""
    ends = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [255] for colour in (deep, shallow)])
    share = np.linspace(0, 1, 256)[:, None]
    return np.asarray(np.round(ends[0] + (ends[1] - ends[0]) * share), dtype=np.uint8)


def _hatch(canvas: Any, path: Any, colour: str, strength: float, unit: float) -> None:
    """A fill's 45° stripes inside a path, pinned to it."""
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    canvas.drawPath(path, filled(colour, 0.22 * strength))
    canvas.drawPath(_stripes(canvas, path, 18 * unit), stroked(colour, 5 * unit, strength, fine=False))
    canvas.restore()


def hatch_contested(canvas: Any, path: Any, strength: float, unit: float, palette: Palette) -> None:
    """A contested area's 45° stripes, light with a dark side, so that they are seen on any fill."""
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    lines = _stripes(canvas, path, 14 * unit)
    canvas.drawPath(lines, stroked(palette.halo, 6 * unit, 0.45 * strength, fine=False))
    canvas.drawPath(lines, stroked(palette.ink, 3 * unit, 0.75 * strength, fine=False))
    canvas.restore()


def _dash(canvas: Any, path: Any, strength: float, unit: float, palette: Palette) -> None:
    """A contested border: light dashes on a dark line, so that they are seen on any fill."""
    if path.countPoints() and strength > 0:
        canvas.drawPath(path, stroked(palette.border, 5 * unit, 0.75 * strength, fine=False))
        dashes = (_DASHES[0] * unit, _DASHES[1] * unit)
        canvas.drawPath(path, stroked(palette.ink, 2 * unit, 0.85 * strength, dashes=dashes, fine=False))


def _stripes(canvas: Any, path: Any, gap: float) -> Any:
    """45° lines over the part of a path that can be seen, pinned to it."""
    import skia

    box, seen = path.getBounds(), canvas.getLocalClipBounds()
    left, right = max(box.left(), seen.left()), min(box.right(), seen.right())
    top, bottom = max(box.top(), seen.top()), min(box.bottom(), seen.bottom())
    start = box.left() + box.top()
    lines = skia.Path()
    for number in range(int((left + top - start) // gap) - 1, int((right + bottom - start) // gap) + 2):
        total = start + number * gap
        lines.moveTo(total - top, top)
        lines.lineTo(total - bottom, bottom)
    return lines
