"""Uncovering a plate: from an edge, or along a line, with fractions of a pixel at the front."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from render.planes import Bytes, Ink

FRONT = 2.0
"""Width, in pixels, over which a line's front fades in, so that it travels smoothly. Whole, so that its samples always add up
to where it is: with a width of 1.5 the front wavered by 0.08 pixels from frame to frame."""


def _faded(plane: Bytes, axis: int, start: float, end: float) -> Bytes:
    """The plane with only [start, end) of an axis left; the rows or columns at its ends by the share of them that is inside."""
    out = np.zeros_like(plane)
    into, source = (out, plane) if axis == 0 else (out.T, plane.T)
    low, high = int(np.ceil(start)), int(np.floor(end))
    if high > low:
        into[low:high] = source[low:high]
    for index in {int(np.floor(start)), high}:
        share = min(index + 1, end) - max(index, start)
        if 0 < share < 1 and index < len(source):
            into[index] = np.rint(source[index] * share)
    return out


def reveal_edge(ink: Ink, edge: str, share: float) -> Ink:
    """The ink uncovered from `edge` (`left`, `right`, `top`, `bottom`) by `share` of its own extent."""
    axis = 1 if edge in ("left", "right") else 0

    def cut(plane: Bytes) -> Bytes:
        extent = plane.shape[axis]
        front = share * extent
        return _faded(plane, axis, 0, front) if edge in ("left", "top") else _faded(plane, axis, extent - front, extent)

    a = np.full(ink.y.shape, 255, np.uint8) if ink.a is None else ink.a
    c = np.full(ink.u.shape, 255, np.uint8) if ink.c is None else ink.c
    return Ink(ink.left, ink.top, *map(cut, (ink.y, ink.u, ink.v, a, c)))


class Trail:
    """Uncovers a plate along a line: a pixel appears when the front has passed the nearest point of the line."""

    def __init__(self, ink: Ink, path: tuple[tuple[float, float], ...]) -> None:
        self.ink = ink
        line = np.array(path, np.float64)
        self.length = float(np.hypot(*np.diff(line, axis=0).T).sum())
        self.a = np.full(ink.y.shape, 255, np.uint8) if ink.a is None else ink.a
        self.c = np.full(ink.u.shape, 255, np.uint8) if ink.c is None else ink.c
        self.full = self._order(self.a, 1, line)
        self.half = self._order(self.c, 2, line)

    def _order(
        self, alpha: Bytes, step: int, line: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Places (flat indices) of drawn pixels, and each one's distance along the line in pixels."""
        places = np.flatnonzero(alpha)
        rows, columns = np.divmod(places, alpha.shape[1])
        x = (columns + 0.5) * step + self.ink.left
        y = (rows + 0.5) * step + self.ink.top
        best = np.full(places.shape, np.inf)
        along = np.zeros(places.shape)
        walked = 0.0
        for (x1, y1), (x2, y2) in itertools.pairwise(line):
            dx, dy = x2 - x1, y2 - y1
            length = float(np.hypot(dx, dy))
            if length == 0:
                continue
            share = np.clip(((x - x1) * dx + (y - y1) * dy) / length**2, 0.0, 1.0)
            far = (x - x1 - share * dx) ** 2 + (y - y1 - share * dy) ** 2
            nearer = far < best
            best[nearer] = far[nearer]
            along[nearer] = walked + share[nearer] * length
            walked += length
        return places, along

    def draw(self, share: float) -> Ink:
        """The ink with `share` of the line uncovered."""
        if share >= 1:
            return self.ink
        front = share * (self.length + FRONT)

        def cut(plane: Bytes, order: tuple[NDArray[np.int64], NDArray[np.float64]]) -> Bytes:
            places, along = order
            out = np.zeros_like(plane)
            seen = np.clip((front - along) / FRONT, 0.0, 1.0)
            out.reshape(-1)[places] = np.rint(plane.reshape(-1)[places] * seen)
            return out

        ink = self.ink
        return Ink(
            ink.left,
            ink.top,
            cut(ink.y, self.full),
            cut(ink.u, self.half),
            cut(ink.v, self.half),
            cut(self.a, self.full),
            cut(self.c, self.half),
        )
