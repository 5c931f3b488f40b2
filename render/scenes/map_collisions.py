"""What stands too near to something else on a map: its legends, its inset, the credit and what else lies over it, its names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from core.findings import Finding
from render.geography.camera import Rest
from render.scenes.map_corners import APART
from render.scenes.map_times import box_in
from render.scenes.overlays import overlay_boxes
from render.scenes.places import field_place
from render.scenes.placing import Box, overlap

if TYPE_CHECKING:
    from render.geography.painting import MapPainting
    from render.scenes.map import MapScene
    from render.scenes.map_layout import MapLayout
    from render.stage import Shot, Stage

_SLACK = 1.0
"""Pixels by which two may be nearer than they should: letters are not drawn on whole ones."""
_STEP = 10
"""Frames from one look at the names to the next."""


@dataclass(frozen=True)
class _Thing:
    """Something in its `box`, in pixels of the frame, on frames [first, last)."""

    called: str
    box: Box
    first: int
    last: int

    def meets(self, other: _Thing, apart: float) -> bool:
        """Whether it is less than `apart` away from another at any time."""
        left, top, right, bottom = self.box
        together = self.first < other.last and other.first < self.last
        return together and overlap((left - apart, top - apart, right + apart, bottom + apart), other.box)


def find_collisions(scene: MapScene, shot: Shot, stage: Stage, made: MapLayout) -> Iterator[Finding]:
    """Every pair of a legend, the inset, the overlays and the names that comes nearer than 16 pixels of the design while the
    camera rests."""
    painting = made.painting
    apart = (APART - _SLACK) * painting.unit
    own = [_Thing("the legend of contested areas", one.box, one.first, one.last) for one in made.legends]
    over = [_Thing("what lies over the map", box, 0, shot.frames) for box in overlay_boxes(scene, shot, stage)]
    small = []
    if painting.inset:
        left, top, width, height = (side * painting.unit for side in painting.inset.box)
        box = (left, top, left + width, top + height)
        small.append(_Thing("the small map", box, painting.inset.first or 0, shot.frames))
    pairs = [*product(own, [*small, *over]), *product(small, over), *product(_names(painting), [*own, *small, *over])]
    met = [(one.called, other.called) for one, other in pairs if one.meets(other, apart)]
    for name, other in dict.fromkeys(met):
        hint = "widen the view, shorten the credit or the lower third, or leave something out"
        place = field_place(stage, scene.id)
        yield Finding("collision", "warning", f"{name} comes too near to {other}", hint, place, scene=scene.id)


def _names(painting: MapPainting) -> Iterator[_Thing]:
    """Every name where it is, every few frames while the camera rests."""
    size = (painting.size[0] / painting.unit, painting.size[1] / painting.unit)
    for rest in (step for step in painting.camera.steps if isinstance(step, Rest)):
        for frame in {*range(rest.first, rest.last, _STEP), rest.last}:
            view = painting.camera.at(frame)
            for label in painting.labels:
                if label.shown[0] <= frame < label.shown[1]:
                    left, top, right, bottom = (edge * painting.unit for edge in box_in(label, view, size))
                    said = " ".join(text for text, _, _ in label.lines)
                    yield _Thing(f"the name {said}", (left, top, right, bottom), frame, frame + 1)
