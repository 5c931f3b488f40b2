"""Routes, marks and labels drawn over the land, in pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from render.geography.discs import draw_disc
from render.geography.drawn import Label, Palette, RouteLine
from render.geography.lettering import text_path
from render.geography.paints import filled, stroked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]


_CASING = 12.0
"""Pixels of the design across a route with its dark edges."""
_SLEEPER, _SPACING, _ACROSS = 4.0, 14.0, 14.0
"""A railway's sleepers: how thick they are, how far apart, how wide."""


def draw_route(
    canvas: Any, route: RouteLine, points: Points, share: float, rest: float, unit: float, palette: Palette
) -> None:
    """A route drawn up to a share of its length, a dot at its start, and a head that goes ahead; `rest` (0 to 1) after the end it
    has shrunk to a dot as well."""
    import skia

    path = skia.Path()
    path.addPoly([skia.Point(x, y) for x, y in _beside(route, points, unit).tolist()], False)
    measure = skia.PathMeasure(path, False)
    drawn = skia.Path()
    reach = measure.getLength() * _eased(share)
    if reach <= 0 or not measure.getSegment(0, reach, drawn, True):
        return
    # The casing keeps a line apart from a fill of nearly its colour.
    canvas.drawPath(drawn, stroked(palette.halo, _CASING * unit, 0.9))
    if route.mode == "land":
        sleepers = (_SLEEPER * unit, _SPACING * unit)
        canvas.drawPath(drawn, stroked(palette.halo, (_ACROSS + 4) * unit, 0.9, dashes=sleepers))
        canvas.drawPath(drawn, stroked(route.colour, 4 * unit))
        canvas.drawPath(drawn, stroked(route.colour, _ACROSS * unit, dashes=sleepers))
    else:
        dashes = (18 * unit, 12 * unit) if route.mode == "air" else None
        canvas.drawPath(drawn, stroked(route.colour, 6 * unit, dashes=dashes))
    left = 1.0 - min(1.0, max(0.0, rest))
    start, _ = measure.getPosTan(0)
    head, _ = measure.getPosTan(reach)
    for end, more in ((start, 0.0), (head, left)):
        draw_disc(canvas, end.x(), end.y(), 22 * unit * more, route.colour, 0.25 * more)
        draw_disc(canvas, end.x(), end.y(), (9 + 2 * more) * unit, palette.halo)
        draw_disc(canvas, end.x(), end.y(), (7 + 4 * more) * unit, palette.ink, more)
        draw_disc(canvas, end.x(), end.y(), 7 * unit, route.colour)


def _beside(route: RouteLine, points: Points, unit: float) -> Points:
    """The line moved aside where it shares its way with another, so that both are seen."""
    if not route.side:
        return points
    ahead = np.gradient(points, axis=0)
    length = np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
    normal = np.column_stack([-ahead[:, 1], ahead[:, 0]]) / length
    return np.asarray(points + normal * (np.array(route.shared) * route.side * unit)[:, None])


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


def draw_mark(canvas: Any, kind: str, at: Points, strength: float, unit: float, palette: Palette) -> None:
    """A dot; a ring round it for a capital; a hollow one for a strait or a cape."""
    x, y = float(at[0]), float(at[1])
    grown = unit * (0.5 + 0.5 * strength)
    if kind == "capital":
        draw_disc(canvas, x, y, 12.5 * grown, palette.halo, strength)
        draw_disc(canvas, x, y, 10.5 * grown, palette.ink, strength, ring=2.5 * grown)
        draw_disc(canvas, x, y, 5 * grown, palette.ink, strength)
    elif kind == "town":
        draw_disc(canvas, x, y, 10.5 * grown, palette.halo, strength)
        draw_disc(canvas, x, y, 7.5 * grown, palette.ink, strength)
    else:
        draw_disc(canvas, x, y, 11 * grown, palette.halo, 0.8 * strength)
        draw_disc(canvas, x, y, 7.5 * grown, palette.ink, strength, ring=3.5 * grown)


def draw_label(canvas: Any, label: Label, at: Points, strength: float, unit: float) -> None:
    """A label beside its place: halo first, then a leader, then the letters."""
    if label.leader:
        length = max(1.0, float(np.hypot(*label.leader)))
        # It starts at the rim of the mark.
        start, end = (
            (at[0] + label.leader[0] * unit * s, at[1] + label.leader[1] * unit * s) for s in (11 / length, 1.0)
        )
        canvas.drawLine(*start, *end, stroked(label.halo, 5 * unit, 0.8 * strength))
        canvas.drawLine(*start, *end, stroked(label.colour, 2.2 * unit, strength))
    halo, ink = stroked(label.halo, 2 * label.halo_width, 0.85 * strength), filled(label.colour, strength)
    for paint in (halo, ink):
        draw_letters(canvas, label, at, paint, unit)


def draw_letters(canvas: Any, label: Label, at: Points, paint: Any, unit: float) -> None:
    """The letters of a label beside its place, with one paint."""
    canvas.save()
    canvas.translate(at[0] + label.offset[0] * unit, at[1] + label.offset[1] * unit)
    canvas.rotate(label.angle)
    canvas.scale(unit, unit)
    for text, dx, dy in label.lines:
        canvas.save()
        canvas.translate(dx, dy)
        canvas.drawPath(text_path(text, label.style), paint)
        canvas.restore()
    canvas.restore()
