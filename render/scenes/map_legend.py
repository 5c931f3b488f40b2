"""The legend of a map's contested areas: hatch or dashes, the name, the flags of those who claim it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from core.errors import BadInput
from render.composition import Layer, Plate
from render.scenes.entrances import enter, enter_and_leave
from render.scenes.flag_files import flag_drawing, flag_file
from render.scenes.frame import frame_of
from render.scenes.map_claims import Explained, Shown
from render.scenes.map_corners import best_corner
from render.scenes.placing import Box, Placed
from render.scenes.styles import text
from render.scenes.svg_layers import draw_layers
from render.text import layout_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from render.stage import Shot, Stage

_MOST, _MOST_VERTICAL = 4, 3
"""Rows of a legend; more areas than that are said in one."""
_CORNERS = ("bottom right", "bottom left", "top right", "top left")
_SWATCH, _FLAG, _GAP = 52, 32, 16
_PAD = 20


@dataclass(frozen=True)
class _Flag:
    """A flag in its place: the drawing is 4:3."""

    x: float
    y: float
    view_box: str
    drawing: Markup


@dataclass(frozen=True)
class _Row:
    """`swatch` is the box of the hatch, or of the dashes where nothing is hatched; its ground is the sea's where the area is `afloat`."""

    swatch: Box
    hatched: bool
    afloat: bool
    name: Placed
    flags: tuple[_Flag, ...]


@dataclass(frozen=True)
class Legend:
    """The legend in its place: `box` is the panel, in pixels of the frame, there on frames [first, last)."""

    box: Box
    heading: Placed
    rows: tuple[_Row, ...]
    first: int
    last: int

    @property
    def texts(self) -> tuple[Placed, ...]:
        """What is read in it."""
        return (self.heading, *(row.name for row in self.rows))


def plan_legend(explained: Explained, shot: Shot, stage: Stage, seen: NDArray[np.float64]) -> Legend:
    """The legend of these areas in a corner that hides little of what is `seen`."""
    frame, shown = frame_of(stage), explained.shown
    most = _MOST_VERTICAL if frame.vertical else _MOST
    if len(shown) > most:
        shown = (*shown[: most - 1], Shown("and others", (), hatched=any(one.hatched for one in shown[most - 1 :])))
    first, last = min(explained.first, max(0, explained.last - 2)), explained.last
    unit, colours = frame.unit, stage.theme.colours
    small = text(stage, 30 * unit, weight=500, leading=1.2)
    style = text(stage, 36 * unit, weight=600, leading=1.2)
    widest = min(frame.text_width, 620 * unit) - (_SWATCH + 2 * _PAD + 4 * (_FLAG * 4 / 3 + 8)) * unit
    names = [layout_text(one.name, style, widest, 1, min_size=30 * unit) for one in shown]
    heading = layout_text("Contested", small)
    flags = [_drawings(one.claimants) for one in shown]
    step = (_FLAG * 4 / 3 + 8) * unit
    inner = max(
        heading.width,
        *((_SWATCH + _GAP) * unit + name.width + (_GAP * unit + len(some) * step if some else 0.0)
          for name, some in zip(names, flags, strict=True)),
    )  # fmt: skip
    line = 50 * unit
    height = heading.height + 8 * unit + len(names) * line + 1.6 * _PAD * unit
    box = best_corner((inner + 2 * _PAD * unit, height), _CORNERS, seen, shot, stage)
    x, y = box[0] + _PAD * unit, box[1] + 0.8 * _PAD * unit
    said = Placed(heading, x, y, colours.muted, colours.panel, first, last, large=False)
    rows = []
    for number, (one, name, some) in enumerate(zip(shown, names, flags, strict=True)):
        middle = y + heading.height + 8 * unit + (number + 0.5) * line
        swatch = (x, middle - 17 * unit, x + _SWATCH * unit, middle + 17 * unit)
        placed = Placed(
            name, x + (_SWATCH + _GAP) * unit, middle - name.height / 2, colours.ink, colours.panel, first, last
        )
        start = placed.x + name.width + _GAP * unit
        drawn = tuple(
            _Flag(start + index * step, middle - _FLAG / 2 * unit, view_box, Markup(inside))  # noqa: S704 - our own drawing
            for index, (view_box, inside) in enumerate(some)
        )
        rows.append(_Row(swatch, one.hatched, one.afloat, placed, drawn))
    return Legend(box, said, tuple(rows), first, last)


def legend_layer(legend: Legend, shot: Shot, stage: Stage, name: str) -> Layer:
    """The legend as a layer, which leaves only where the scene goes on."""
    svg = draw_layers("map_legend", stage, legend=legend, flag=_FLAG * frame_of(stage).unit)
    if legend.last < shot.frames:
        motion = enter_and_leave(stage, legend.first, legend.last, travel=0)
        return Layer(name, Plate(svg["legend"]), legend.first, legend.last, motion)
    return Layer(name, Plate(svg["legend"]), legend.first, motion=enter(stage, legend.first, travel=0))


def _drawings(claimants: Sequence[str]) -> list[tuple[str, str]]:
    """The flags that there are of some countries: Somaliland and Northern Cyprus have none among them."""
    found = []
    for code in claimants:
        try:
            found.append(flag_drawing(flag_file(code)))
        except BadInput:
            continue
    return found
