"""The compositor: draws any frame of a composition, from plates, photographs, paintings and clips.

Layers below everything that moves in the window are flattened once; above them only bounding boxes are touched.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from core.errors import BadInput
from render.composition import Clip, Composition, Footage, Layer, Painting, Photograph, Plate
from render.footage import FootagePlayer
from render.moviepy_clip import ClipPlayer
from render.photograph import open_camera
from render.planes import Bytes, Frame, Ink, as_bytes, rgba_to_ink
from render.plates import crop, load_plate
from render.reveal import Trail, reveal_edge
from render.states import State, layer_states

Source = Callable[[State], Ink]


def _solid(plane: Bytes) -> Bytes:
    return np.full(plane.shape, 255, np.uint8)


def faded(ink: Ink, opacity: float) -> Ink:
    """The ink at a share of its opacity."""
    import cv2

    if opacity >= 1:
        return ink
    a, c = ink.a if ink.a is not None else _solid(ink.y), ink.c if ink.c is not None else _solid(ink.u)
    thinned = (cv2.convertScaleAbs(plane, alpha=opacity) for plane in (ink.y, ink.u, ink.v, a, c))
    return Ink(ink.left, ink.top, *map(as_bytes, thinned))


def placed(ink: Ink, state: State, anchor: tuple[float, float], size: tuple[int, int]) -> Ink | None:
    """The ink moved by the state's x and y and scaled about `anchor`, to a fraction of a pixel; None when it leaves the frame."""
    import cv2

    k = state.scale
    dx, dy = anchor[0] * (1 - k) + state.x, anchor[1] * (1 - k) + state.y
    wide, high = ink.size
    if k == 1 and dx % 2 == 0 and dy % 2 == 0:
        return _clipped(Ink(ink.left + int(dx), ink.top + int(dy), ink.y, ink.u, ink.v, ink.a, ink.c), size)
    left, top = k * ink.left + dx, k * ink.top + dy
    x0, y0 = (max(0, 2 * int(np.floor(edge / 2 - 1))) for edge in (left, top))
    x1 = min(size[0], 2 * int(np.ceil((left + k * wide) / 2 + 1)))
    y1 = min(size[1], 2 * int(np.ceil((top + k * high) / 2 + 1)))
    if x1 <= x0 or y1 <= y0:
        return None

    def warp(plane: Bytes, step: int) -> Bytes:
        # From a pixel's centre in the box back to the ink's own pixels.
        sx = ((x0 - left) / step + 0.5) / k - 0.5
        sy = ((y0 - top) / step + 0.5) / k - 0.5
        matrix = np.array([[1 / k, 0, sx], [0, 1 / k, sy]])
        box = ((x1 - x0) // step, (y1 - y0) // step)
        return as_bytes(cv2.warpAffine(plane, matrix, box, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP))

    a, c = ink.a if ink.a is not None else _solid(ink.y), ink.c if ink.c is not None else _solid(ink.u)
    return Ink(x0, y0, warp(ink.y, 1), warp(ink.u, 2), warp(ink.v, 2), warp(a, 1), warp(c, 2))


def _clipped(ink: Ink, size: tuple[int, int]) -> Ink | None:
    wide, high = ink.size
    x0, y0 = max(0, -ink.left), max(0, -ink.top)
    x1, y1 = min(wide, size[0] - ink.left), min(high, size[1] - ink.top)
    if (x0, y0, x1, y1) == (0, 0, wide, high):
        return ink
    if x1 <= x0 or y1 <= y0:
        return None
    full = np.s_[y0:y1, x0:x1]
    half = np.s_[y0 // 2 : y1 // 2, x0 // 2 : x1 // 2]
    a, c = (None, None) if ink.a is None or ink.c is None else (ink.a[full], ink.c[half])
    return Ink(ink.left + x0, ink.top + y0, ink.y[full], ink.u[half], ink.v[half], a, c)


def _plate_source(plate: Plate, size: tuple[int, int], cache: Path | None) -> Source:
    raster = load_plate(plate.svg, size, cache)
    ink = rgba_to_ink(raster.rgba, raster.left, raster.top)
    if plate.reveal == "path" and len(plate.path) > 1:
        trail: list[Trail] = []

        def along(state: State) -> Ink:
            if state.reveal >= 1:
                return ink
            if not trail:
                trail.append(Trail(ink, plate.path))
            return trail[0].draw(state.reveal)

        return along
    return lambda state: ink if state.reveal >= 1 else reveal_edge(ink, plate.reveal, state.reveal)


def _source(layer: Layer, composition: Composition, rate: float, cache: Path | None, opened: ExitStack) -> Source:
    """How to draw the layer's content, before it is placed; what that opens is closed with `opened`."""
    content, size = layer.content, composition.size
    if isinstance(content, Plate):
        return _plate_source(content, size, cache)
    if isinstance(content, Photograph):
        camera = open_camera(content, size, cache)
        return lambda state: camera.draw(state.content)
    if isinstance(content, Clip):
        frames = (composition.frames if layer.last is None else layer.last) - layer.first
        player = ClipPlayer(content, size, frames, rate)
        opened.callback(player.close)
        return lambda state: player.draw(round(state.content))
    if isinstance(content, Footage):
        footage = FootagePlayer(content, size, rate)
        opened.callback(footage.close)
        return lambda state: footage.draw(round(state.content))
    if isinstance(content, Painting):
        paint = content.painter(size)

        def painted(state: State) -> Ink:
            raster = crop(_checked(paint(round(state.content)), layer, size))
            return rgba_to_ink(raster.rgba, raster.left, raster.top)

        return painted
    raise BadInput(f"layer {layer.name}: nothing can draw a {type(content).__name__}")


def _checked(rgba: Bytes, layer: Layer, size: tuple[int, int]) -> Bytes:
    if rgba.shape != (size[1], size[0], 4) or rgba.dtype != np.uint8:
        raise BadInput(
            f"layer {layer.name} was painted as {rgba.shape} {rgba.dtype}, not {(size[1], size[0], 4)} uint8"
        )
    return rgba


@dataclass(frozen=True)
class Split:
    """A stretch of fades taken apart: the still `base`, and plates over it, bottom first, each with its opacity frame by frame."""

    base: Frame
    plates: list[tuple[Ink, list[float]]]


class Compositor:
    """Draws the frames [first, first + frames) of a composition. Close it, or use it in a `with`: videos are open meanwhile."""

    def __init__(self, composition: Composition, rate: float, cache: Path | None, first: int, frames: int) -> None:
        self.composition, self.rate, self.cache = composition, rate, cache
        self.first = first
        window = np.arange(first, first + frames)
        self.states = [layer_states(layer, window, rate) for layer in composition.layers]
        self.sources: dict[int, Source] = {}
        self.opened = ExitStack()
        self.last: dict[int, tuple[State, Ink | None]] = {}
        self.still = 0
        for states in self.states:
            if (states != states[0]).any():
                break
            self.still += 1
        self.base: Frame | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of videos, and of the readers that a studio's clips have started."""
        self.sources.clear()
        self.opened.close()

    def _ink(self, index: int, state: State) -> Ink | None:
        """The layer at a state, ready to lay; drawn again only when the state has changed."""
        known = self.last.get(index)
        if known and known[0] == state:
            return known[1]
        layer = self.composition.layers[index]
        if index not in self.sources:
            self.sources[index] = _source(layer, self.composition, self.rate, self.cache, self.opened)
        ink = self.sources[index](state)
        if not isinstance(layer.content, Plate) and state.reveal < 1:
            ink = reveal_edge(ink, "left", state.reveal)
        drawn = placed(faded(ink, state.opacity), state, layer.anchor, self.composition.size)
        self.last[index] = (state, drawn)
        return drawn

    def _lay(self, frame: Frame, indices: range, row: int) -> Frame:
        for index in indices:
            state = State(*map(float, self.states[index][row]))
            ink = self._ink(index, state) if state.seen else None
            if ink is not None:
                frame.lay(ink)
        return frame

    def _flat(self) -> Frame:
        """All that lies below whatever moves, made once."""
        if self.base is None:
            self.base = self._lay(Frame(self.composition.size).fill(self.composition.background), range(self.still), 0)
            for index in range(self.still):
                self.last.pop(index, None)
                self.sources.pop(index, None)
        return self.base

    def draw(self, number: int) -> Frame:
        """The picture at scene-local frame `number`; the caller may keep it but not change it."""
        base = self._flat()
        if self.still == len(self.states):
            return base
        return self._lay(base.copy(), range(self.still, len(self.states)), number - self.first)

    def split(self) -> Split:
        """The window as a graph takes it; in it nothing but the opacity of plates may change."""
        plates = []
        for index in range(self.still, len(self.states)):
            states = self.states[index]
            shown = State(*map(float, states[np.flatnonzero(states[:, 0])[0]]))
            ink = self._ink(index, shown._replace(opacity=1.0))
            if ink is not None:
                plates.append(
                    (ink, [row.opacity * row.seen for row in (State(*map(float, values)) for values in states)])
                )
        return Split(self._flat(), plates)
