"""Parts of a picture that a script can ask for: in fractions, by a name of the file's own, by a place, or by what stands out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from core.errors import BadInput
from core.nearest import nearest
from render.composition import Region
from render.scenes.places import field_place
from script.assets import owner_of

if TYPE_CHECKING:
    from render.stage import Stage

SUBJECT = "subject"
"""The part of a picture that stands out, found by itself."""
_NEAR = 0.6
_LOW, _MIDDLE, _HIGH = _NEAR / 2, 0.5, 1 - _NEAR / 2
PLACES = {
    "whole": Region(_MIDDLE, _MIDDLE, 1.0),
    "centre": Region(_MIDDLE, _MIDDLE, _NEAR),
    "left": Region(_LOW, _MIDDLE, _NEAR),
    "right": Region(_HIGH, _MIDDLE, _NEAR),
    "top": Region(_MIDDLE, _LOW, _NEAR),
    "bottom": Region(_MIDDLE, _HIGH, _NEAR),
    "top-left": Region(_LOW, _LOW, _NEAR),
    "top-right": Region(_HIGH, _LOW, _NEAR),
    "bottom-left": Region(_LOW, _HIGH, _NEAR),
    "bottom-right": Region(_HIGH, _HIGH, _NEAR),
}
"""Regions that every picture has: three fifths of its width, at a place."""


class PhotoRegion(BaseModel):
    """What the camera sees, in fractions of the picture: the centre, and the width."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: float = Field(ge=0, le=1, description="centre, from the left")
    y: float = Field(ge=0, le=1, description="centre, from the top")
    width: float = Field(gt=0, le=1, description="how much of the width is seen")


def find_region(
    asked: PhotoRegion | str, stage: Stage, scene: str, field: str, file: str, subject: Callable[[], Region]
) -> Region:
    """The region that a field of a scene asks for; `subject` finds what stands out. Raises BadInput for a name that is none."""
    if isinstance(asked, PhotoRegion):
        return Region(asked.x, asked.y, asked.width)
    place = field_place(stage, scene, field)
    asset = owner_of(stage.script, field_place(stage, scene, "file")).assets.get(file)
    own = {name: Region(*region) for name, region in asset.regions.items()} if asset else {}
    known = {**PLACES, **own}
    if asked in known:
        return known[asked]
    if asked == SUBJECT:
        return subject()
    near = nearest(asked, (*known, SUBJECT))
    names = ", ".join((*own, SUBJECT, *PLACES))
    hint = (
        f"did you mean {near}?" if near else f"write one of {names}, or add it to the file's `regions` in assets.toml"
    )
    raise BadInput(f"{file} has no region {asked!r}", hint=hint, place=place)
