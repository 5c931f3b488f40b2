"""A map as a Painting: drawn whole for any frame, with lines, dots and letters that keep their size under the camera."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from render.geography.atlas import load_atlas
from render.geography.camera import Camera, Move, View
from render.geography.drawn import Area, Fill, Label, Mark, Palette, River, RouteLine
from render.geography.furniture import draw_label, draw_mark, draw_route
from render.geography.ground import Ground
from render.geography.inset import Inset, InsetPainter
from render.geography.projection import Projection
from render.spans import merge_spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

FADE = 0.4
"""Seconds in which a fill, a mark or a label comes; labels leave in `LEAVE` (VISUAL.md, Motion)."""
LEAVE = 0.2


@dataclass(frozen=True)
class MapPainting:
    """A map over `frames` frames at `rate` a second, laid out for `size`.

    `worldview` says which borders, `source` is a digest of every file that can change a pixel; `unit` is a pixel of the 1080-line design.
    """

    size: tuple[int, int]
    frames: int
    rate: float
    unit: float
    worldview: str
    source: str
    projection: Projection
    camera: Camera
    palette: Palette
    fills: tuple[Fill, ...] = ()
    marks: tuple[Mark, ...] = ()
    routes: tuple[RouteLine, ...] = ()
    labels: tuple[Label, ...] = ()
    areas: tuple[Area, ...] = ()
    rivers: tuple[River, ...] = ()
    inset: Inset | None = None
    grid: float = 0.0

    @property
    def busy(self) -> tuple[tuple[int, int], ...]:
        """Stretches [first, last) in which the camera moves or something comes, draws or leaves."""
        pushes = [(step.first, step.last + 1) for step in self.camera.steps if step.start != step.end]
        return merge_spans([*pushes, *self.happens], self.frames)

    @property
    def happens(self) -> tuple[tuple[int, int], ...]:
        """Stretches in which something comes, draws or leaves, or the camera goes elsewhere: its slow push while it rests is none."""
        enter, leave = round(FADE * self.rate), round(LEAVE * self.rate)
        spans = [(step.first, step.last + 1) for step in self.camera.steps if isinstance(step, Move)]
        coming = [thing.first for thing in (*self.fills, *self.marks, *self.areas, *self.rivers, self.inset) if thing]
        spans += [(first, first + enter + 1) for first in coming if first is not None]
        spans += [(route.first, route.last + enter + 1) for route in self.routes]
        for label in self.labels:
            first, last = label.shown
            spans += [(first, first + enter + 1)] if label.enters else []
            spans += [(last - leave, last + 1)] if last < self.frames else []
        return merge_spans(spans, self.frames)

    def place(self, points: Any, frame: int) -> NDArray[np.float64]:
        """Where points of the plane are on a frame: (n, 2) pixels of `size`."""
        return _in_frame(points, self.camera.at(frame), self.size)

    def painter(self, size: tuple[int, int]) -> Callable[[int], NDArray[np.uint8]]:
        """Prepare once, then draw any frame at `size` pixels."""
        return _Painter(self, size).draw


def _in_frame(points: Any, view: View, size: tuple[int, int]) -> NDArray[np.float64]:
    """Points of the plane, (n, 2), as pixels of a frame that shows a view."""
    plane = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    return np.asarray((plane - (view.x, view.y)) * (size[0] / view.width) + np.array(size) / 2)


class _Painter:
    """Holds what is made once: paths of the land, the ground under a still camera."""

    def __init__(self, painting: MapPainting, size: tuple[int, int]) -> None:
        self._map = painting
        self._size = size
        self._unit = painting.unit * size[0] / painting.size[0]
        views = [painting.camera.at(frame) for frame in range(0, painting.frames + 1, 2)]
        views += [view for step in painting.camera.steps for view in (step.start, step.end)]
        self._drawing = Ground(
            load_atlas(painting.worldview),
            painting.projection,
            views,
            size,
            self._unit,
            painting.palette,
            painting.fills,
            painting.grid,
            painting.areas,
            painting.rivers,
        )
        self._ground: tuple[tuple[Any, ...], Any] | None = None
        self._inset: InsetPainter | None = None

    def draw(self, frame: int) -> NDArray[np.uint8]:
        import skia

        view = self._map.camera.at(frame)
        pixels = np.empty((self._size[1], self._size[0], 4), dtype=np.uint8)
        strengths = [
            tuple(self._strength(thing.first, frame) for thing in things)
            for things in (self._map.fills, self._map.areas, self._map.rivers)
        ]
        key = (view, *strengths)
        if self._ground and self._ground[0] == key:
            np.copyto(pixels, self._ground[1])
        else:
            self._drawing.draw(pixels, view, *strengths)
            # Kept only where the next frame may use it: a moving camera never sees the same ground twice.
            self._ground = (key, pixels.copy()) if self._map.camera.at(frame + 1) == view else None
        canvas = skia.Canvas(pixels, colorType=skia.kRGBA_8888_ColorType)
        self._draw_figures(canvas, view, frame)
        self._draw_inset(pixels, canvas, view, frame)
        return pixels

    def _draw_inset(self, pixels: NDArray[np.uint8], canvas: Any, view: View, frame: int) -> None:
        inset, painting = self._map.inset, self._map
        strength = self._strength(inset.first, frame) if inset else 0.0
        if not inset or strength <= 0:
            return
        if self._inset is None:
            self._inset = InsetPainter(inset, painting.worldview, self._unit, painting.palette)
        across, down = view.width / 2, view.width / 2 * self._size[1] / self._size[0]
        corners = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)]
        outline = [(view.x + x * across, view.y + y * down) for x, y in corners]
        self._inset.draw(pixels, canvas, painting.projection.back(outline), strength)

    def _strength(self, first: int | None, frame: int) -> float:
        if first is None:
            return 1.0
        return entered((frame - first) / (FADE * self._map.rate))

    def _draw_figures(self, canvas: Any, view: View, frame: int) -> None:
        def place(points: Any) -> NDArray[np.float64]:
            return _in_frame(points, view, self._size)

        enter = FADE * self._map.rate
        for route in self._map.routes:
            if frame >= route.first:
                span = max(1, route.last - route.first)
                share = min(1.0, (frame - route.first) / span)
                rest = (frame - route.last) / enter
                draw_route(canvas, route, place(route.points), share, rest, self._unit, self._map.palette)
        for mark in self._map.marks:
            strength = self._strength(mark.first, frame)
            if strength > 0:
                draw_mark(canvas, mark.kind, place(mark.at)[0], strength, self._unit, self._map.palette)
        for label in self._map.labels:
            strength = self._label_strength(label, frame)
            if strength > 0:
                draw_label(canvas, label, place(label.at)[0], strength, self._unit)

    def _label_strength(self, label: Label, frame: int) -> float:
        first, last = label.shown
        if not first <= frame < last:
            return 0.0
        coming = entered((frame - first) / (FADE * self._map.rate)) if label.enters else 1.0
        going = 1.0 if last >= self._map.frames else (last - frame) / (LEAVE * self._map.rate)
        return max(0.0, min(coming, going, 1.0))


def entered(share: float) -> float:
    """How far something has come: quick at first, as `enter` is (VISUAL.md, Motion)."""
    return 1 - (1 - min(1.0, max(0.0, share))) ** 3
