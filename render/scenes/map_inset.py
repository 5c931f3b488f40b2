"""Whether a map scene has a small map in a corner, which corner, and what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from render.geography.camera import Camera, Rest, View
from render.geography.drawn import Fill
from render.geography.inset import Inset
from render.geography.projection import Projection
from render.scenes.map_corners import best_corner
from render.scenes.placing import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.scenes.map import MapScene
    from render.stage import Shot, Stage

_CLOSE = 10.0
"""Degrees along the frame's longer side below which nobody knows where they are (VISUAL.md, Maps)."""
_SIZE, _SIZE_VERTICAL = (336, 252), (288, 288)
_WIDE, _NARROW = 44.0, 26.0
"""Degrees across the small map; of one beside a view of less than three degrees."""
_AFTER = 0.3


def plan_inset(
    scene: MapScene,
    shot: Shot,
    stage: Stage,
    projection: Projection,
    camera: Camera,
    fills: tuple[Fill, ...],
    seen: NDArray[np.float64],
    taken: Box | None,
) -> Inset | None:
    """The inset for where the camera comes to rest, in a corner that hides little of what is `seen` and nothing of `taken`.

    None where the view is wide enough, or the script wants none.
    """
    rest = [step for step in camera.steps if isinstance(step, Rest)]
    longer = max(1.0, stage.size[1] / stage.size[0])
    width = float(np.degrees(rest[-1].end.width)) * longer
    if scene.inset is False or (scene.inset is None and width >= _CLOSE):
        return None
    middle = projection.back([(rest[-1].end.x, rest[-1].end.y)])[0]
    local = Projection("azimuthal", float(middle[0]), float(middle[1]), 60.0)
    across = float(np.radians(max(_NARROW if width < _CLOSE / 3 else _WIDE, min(90.0, 2.5 * width))))
    vertical = stage.size[1] > stage.size[0]
    unit = min(stage.size) / 1080
    wide, high = (side * unit for side in (_SIZE_VERTICAL if vertical else _SIZE))
    left, top, _, _ = best_corner((wide, high), ("top right", "top left"), seen, shot, stage, taken)
    late = len(rest) > 1 and float(np.degrees(rest[0].end.width)) * longer >= _CLOSE
    return Inset(
        box=(left / unit, top / unit, wide / unit, high / unit),
        projection=local,
        view=View(0.0, 0.0, across),
        fills=tuple(Fill(fill.code, fill.colour) for fill in fills if not fill.hatched),
        colour=stage.theme.colours.accent if _free(fills, stage) else stage.theme.colours.ink,
        first=min(rest[-1].first + stage.frames(_AFTER), shot.frames - 2) if late else None,
    )


def _free(fills: tuple[Fill, ...], stage: Stage) -> bool:
    """Whether the accent says nothing else on this map."""
    return all(fill.colour != stage.theme.colours.accent for fill in fills)
