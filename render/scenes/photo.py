"""Photo: a picture that fills the frame, under a camera that moves (Ken Burns)."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from core.digest import digest, file_digest
from core.findings import Finding
from render.composition import Layer, Photograph, Region
from render.pictures import picture_size
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.places import field_place, first_id
from render.stage import Shot, Stage
from script.assets import require_asset

_MOST = 0.12
_SPEED = 0.02
"""Ken Burns: 1 to 2 % a second, 4 to 12 % in all (VISUAL.md, Motion)."""
_LEAST_PIXELS = 0.66
"""Under two thirds of a pixel of the picture a pixel of the frame, it looks soft."""


class PhotoRegion(BaseModel):
    """What the camera sees, in fractions of the picture: the centre, and the width."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: float = Field(ge=0, le=1, description="centre, from the left")
    y: float = Field(ge=0, le=1, description="centre, from the top")
    width: float = Field(gt=0, le=1, description="how much of the width is seen")


class PhotoScene(DrawnScene):
    """A photograph or drawing. Without `from:` and `to:` the camera moves in a little, or out, by itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    kind: ClassVar[str] = "photo"
    example: ClassVar[str] = (
        "file: art/canal-dusk.svg\nfrom: {x: 0.45, y: 0.5, width: 0.95}\nto: {x: 0.55, y: 0.52, width: 0.88}\n"
    )

    file: str = Field(min_length=1, description="the picture: JPEG, PNG, WebP, TIFF or SVG")
    from_: PhotoRegion | None = Field(default=None, alias="from", description="what the camera sees first")
    to: PhotoRegion | None = Field(default=None, description="what it sees last")
    treatment: Literal["none", "mono", "tint"] = Field(
        default="none", description="mono for black and white, tint for a cold cast"
    )
    darken: float = Field(default=0.0, ge=0, le=0.9, description="how much black lies over it")

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """The photograph as ground; nothing but overlays on it."""
        path = require_asset(stage.script, stage.studio, self.file, field_place(stage, self.id, "file"))
        wide, high = picture_size(path)
        start, end = self._regions(shot, stage, wide / high)
        last = max(1, shot.frames - (stage.frames(self.hold) if self.hold else 0))
        photograph = Photograph(path, file_digest(path), start, end, 0, last, self.treatment, self.darken)
        return Layout((), findings=self._move(start, end, last, (wide, high), stage), ground=Layer("photo", photograph))

    def _regions(self, shot: Shot, stage: Stage, ratio: float) -> tuple[Region, Region]:
        """Start and end, kept inside the picture; by itself the camera moves at 1.2 % a second, in or out by the scene's id."""
        seen = min(1.0, (stage.size[0] / stage.size[1]) / ratio)
        """The greatest width that the frame's shape can see of the picture."""
        drift = min(_MOST, stage.theme.motion.drift * float(shot.frames / stage.rate))
        near, far = Region(0.5, 0.5, seen * (1 - drift)), Region(0.5, 0.5, seen)
        inwards = int(digest(first_id(stage, self.id))[:2], 16) % 2 == 0
        own = (far, near) if inwards else (near, far)
        start = _inside(self.from_, seen, stage, ratio) if self.from_ else None
        end = _inside(self.to, seen, stage, ratio) if self.to else None
        if start and end:
            return start, end
        if start:
            return start, Region(start.x, start.y, start.width * (1 - drift))
        if end:
            return Region(end.x, end.y, min(seen, end.width / (1 - drift))), end
        return own

    def _move(
        self, start: Region, end: Region, frames: int, size: tuple[float, float], stage: Stage
    ) -> tuple[Finding, ...]:
        found: list[Finding] = []
        place = field_place(stage, self.id, "to")
        change = abs(start.width - end.width) / max(start.width, end.width)
        seconds = float(frames / stage.rate)
        if change > _MOST + 0.005 or change / seconds > _SPEED + 0.005:
            message = f"the camera moves by {change:.0%} in {seconds:.1f} s"
            hint = "4 to 12 % in all and at most 2 % a second look calm: bring `from` and `to` together"
            found.append(
                Finding("camera-speed", "warning", message, hint, place, self.id, value=round(change, 3), limit=_MOST)
            )
        pixels = min(start.width, end.width) * size[0]
        if not self.file.lower().endswith(".svg") and pixels < _LEAST_PIXELS * stage.size[0]:
            message = f"{self.file} shows {pixels:.0f} pixels across {stage.size[0]}"
            found.append(
                Finding("picture-too-small", "warning", message, "take a larger picture or a wider region",
                        field_place(stage, self.id, "file"), self.id, value=round(pixels), limit=round(_LEAST_PIXELS * stage.size[0]))
            )  # fmt: skip
        return tuple(found)


def _inside(region: PhotoRegion, seen: float, stage: Stage, ratio: float) -> Region:
    """The region moved and narrowed so that the frame never sees past the picture's own pixels."""
    width = min(region.width, seen)
    height = width * ratio * stage.size[1] / stage.size[0]
    x = min(max(region.x, width / 2), 1 - width / 2)
    y = min(max(region.y, height / 2), max(1 - height / 2, height / 2))
    return Region(x, y, width)
