"""Corners of a map in which something may lie: the one where it covers least of what is to be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from render.scenes.frame import frame_of
from render.scenes.overlays import foot_boxes, overlay_boxes
from render.scenes.placing import Box, overlap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.geography.camera import View
    from render.geography.drawn import Mark, RouteLine
    from render.stage import Shot, Stage

    Points = NDArray[np.float64]

_ABOUT = 48
"""Pixels of the design round a thing that belong to it: its name, its width."""
_DOT = 500
"""Points of an edge that a place counts as much as."""
_CREDIT = 92
"""Pixels of the design that a credit of one line takes at the bottom."""
APART = 16.0
"""Pixels of the design between any two of a map's legend, inset, credit and names."""


def things_seen(
    stage: Stage, view: View, marks: Iterable[Mark], routes: Iterable[RouteLine], areas: Iterable[Points]
) -> Points:
    """Places, routes and areas of a view in pixels of the frame, (n, 2); `areas` are points of the plane about what stands out."""
    # A place that is hidden is worse than any stretch of an edge.
    plane = [
        np.array([mark.at for mark in marks]).repeat(_DOT, axis=0),
        *(np.array(route.points) for route in routes),
        *areas,
    ]
    found = np.concatenate([np.empty((0, 2)), *(points.reshape(-1, 2) for points in plane)])
    return np.asarray((found - (view.x, view.y)) * stage.size[0] / view.width + np.array(stage.size) / 2)


def best_corner(
    size: tuple[float, float], corners: Sequence[str], seen: Points, shot: Shot, stage: Stage, taken: Box | None = None
) -> Box:
    """The box of `size`, in pixels of the frame, in one of the `corners` (such as `top right`), the first that covers least."""
    frame = frame_of(stage)
    about, apart = _ABOUT * frame.unit, APART * frame.unit
    foots = foot_boxes(shot.scene, shot, stage)
    covered = [*overlay_boxes(shot.scene, shot, stage), *([taken] if taken else [])]

    def place(corner: str) -> Box:
        down, across = corner.split()
        left = frame.left if across == "left" else frame.right - size[0]
        # The credit line stands bottom left; in 9:16 it may be as wide as the frame.
        lowest = frame.bottom - (_CREDIT * frame.unit if across == "left" or frame.vertical else 0.0)
        over = [box[1] - apart for box in foots if box[0] < left + size[0] + apart and left < box[2] + apart]
        # The strap stands top left, the watermark top right, burned captions along the bottom.
        below = shot.opens_chapter if across == "left" else stage.theme.watermark
        head = frame.body_top if below else frame.top
        top = head if down == "top" else min([lowest, *over]) - size[1]
        return (left, top, left + size[0], top + size[1])

    def cost(box: Box) -> float:
        low, high = np.array(box[:2]) - about, np.array(box[2:]) + about
        hidden = int(((seen > low) & (seen < high)).all(axis=1).sum())
        near = (box[0] - apart + 1, box[1] - apart + 1, box[2] + apart - 1, box[3] + apart - 1)
        return hidden + 1e6 * any(overlap(near, other) for other in covered)

    usable = [corner for corner in corners if corner not in _used(shot, vertical=frame.vertical)]
    return min((place(corner) for corner in usable), key=cost)


def _used(shot: Shot, *, vertical: bool) -> set[str]:
    """Corners where the lower third comes."""
    if not shot.scene.lower_third:
        return set()
    return {"bottom left", "bottom right"} if vertical else {"bottom left"}
