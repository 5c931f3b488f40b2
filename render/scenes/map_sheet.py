"""The sheet on which names are placed: one view of a map in pixels of the 1080-line design, what is land on it and what is taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from render.geography.atlas import BORDER, CONTESTED, load_atlas
from render.geography.camera import Rest
from render.geography.land import Land
from render.geography.painting import MapPainting
from render.geography.placement import CELL, Room, draw_line
from render.geography.rivers import RIVERS, Way, river_course
from render.scenes.frame import frame_of
from render.scenes.map_corners import APART
from render.scenes.overlays import overlay_boxes
from render.scenes.placing import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.scenes.map import MapScene
    from render.stage import Shot, Stage

    Grid = NDArray[np.float32]

_RIVER = 0.4
"""What it costs to cover a river, where a route costs 1."""


class Sheet:
    """The view on which the camera comes to rest: its `size`, its `room`, and the `paths` of what is drawn on it.

    `taken` are boxes, in pixels of the frame, that something else has.
    """

    def __init__(
        self, scene: MapScene, shot: Shot, stage: Stage, painting: MapPainting, rest: Rest, taken: Sequence[Box] = ()
    ) -> None:
        self._painting, self._stage, self._view = painting, stage, rest.end
        self._growth = rest.start.width / rest.end.width
        self.size = (stage.size[0] / painting.unit, stage.size[1] / painting.unit)
        self._cells = (int(np.ceil(self.size[0] / CELL)), int(np.ceil(self.size[1] / CELL)))
        land = Land(load_atlas(painting.worldview), painting.projection, [self._view], self._cells)
        self.paths, self._place = land.at(self._view)
        self.room = Room((round(self.size[0]), round(self.size[1])), self.mask(self.paths.land), self._margins())
        lines = [self.mask(self.paths.lines[kind], 8.0) for kind in (BORDER, CONTESTED)]
        self.room.borders = np.maximum(*lines)
        self._furnish(scene, shot)
        if painting.inset:
            left, top, width, height = painting.inset.box
            self._clear((left, top, left + width, top + height))
        for box in taken:
            x0, y0, x1, y1 = (value / painting.unit for value in box)
            self._clear((x0, y0, x1, y1))

    def _clear(self, box: Box) -> None:
        """Take the room of what stays where it is while names drift with the map: wherever a name would come under it."""
        across, down = self.size[0] / 2, self.size[1] / 2
        drifted = [(edge - half) * self._growth + half for edge, half in zip(box, (across, down) * 2, strict=True)]
        left, top, right, bottom = box
        swept = (min(left, drifted[0]), min(top, drifted[1]), max(right, drifted[2]), max(bottom, drifted[3]))
        self.room.take(swept, APART)

    def course(self, way: Way) -> NDArray[np.float64]:
        """A river."""
        plane = self._painting.projection.forward(river_course(way))
        scale = self.size[0] / self._view.width
        return np.asarray((plane - (self._view.x, self._view.y)) * scale + np.array(self.size) / 2)

    def pixels(self, at: tuple[float, float]) -> tuple[float, float]:
        """A place of the plane."""
        scale = self.size[0] / self._view.width
        return (
            (at[0] - self._view.x) * scale + self.size[0] / 2,
            (at[1] - self._view.y) * scale + self.size[1] / 2,
        )

    def plane(self, at: tuple[float, float]) -> tuple[float, float]:
        """The place of the plane that lies there."""
        scale = self._view.width / self.size[0]
        return (
            (at[0] - self.size[0] / 2) * scale + self._view.x,
            (at[1] - self.size[1] / 2) * scale + self._view.y,
        )

    def mask(self, path: object, line: float = 0.0) -> Grid:
        """The cells that a path fills; those that it runs through, `line` pixels wide, where that is given."""
        import skia

        grid: Grid = np.zeros((self._cells[1], self._cells[0]), dtype=np.float32)
        if path is None:
            return grid
        surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeA8(*self._cells))
        canvas = surface.getCanvas()
        canvas.translate(self._place[1], self._place[2])
        canvas.scale(self._place[0], self._place[0])
        style = skia.Paint.kStroke_Style if line else skia.Paint.kFill_Style
        width = line / CELL / self._place[0]
        canvas.drawPath(path, skia.Paint(Color=skia.ColorBLACK, AntiAlias=True, Style=style, StrokeWidth=width))
        pixels = np.asarray(surface.makeImageSnapshot().toarray(colorType=skia.kAlpha_8_ColorType))
        return np.asarray(pixels.reshape(grid.shape) / 255, dtype=np.float32)

    def _margins(self) -> Grid:
        frame, unit = frame_of(self._stage), self._painting.unit
        busy: Grid = np.full((self._cells[1], self._cells[0]), 1e6, dtype=np.float32)
        rows = slice(int(frame.top / unit / CELL), int(frame.bottom / unit / CELL))
        columns = slice(int(frame.left / unit / CELL), int(frame.right / unit / CELL))
        busy[rows, columns] = 0.0
        return busy

    def _furnish(self, scene: MapScene, shot: Shot) -> None:
        """Take the room of what is drawn besides: credit, overlays, dots, routes."""
        frame, unit = frame_of(self._stage), self._painting.unit
        left, right, bottom = (edge / unit for edge in (frame.left, frame.right, frame.bottom))
        wide = right - left
        # The credit line is larger in 9:16, and may be as wide as the frame.
        share, high = (1.0, 68) if frame.vertical else (0.6, 52)
        self.room.take((left, bottom - high, left + share * wide, bottom))
        for box in overlay_boxes(scene, shot, self._stage):
            x1, y1, x2, y2 = (edge / unit for edge in box)
            self._clear((x1, y1, x2, y2))
        for mark in self._painting.marks:
            x, y = self.pixels(mark.at)
            self.room.take((x - 12, y - 12, x + 12, y + 12))
        self.room.routes = [[self.pixels(point) for point in route.points] for route in self._painting.routes]
        for line in self.room.routes:
            draw_line(self.room.busy, line, 16)
        for _, river in scene.named_rivers:
            draw_line(self.room.busy, [(x, y) for x, y in self.course(RIVERS[river.name]).tolist()], 8, _RIVER)
