"""Photo: a picture that fills the frame, under a camera that moves (Ken Burns)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from core.digest import digest, file_digest
from core.findings import Finding
from core.settings import cache_of
from render.bitmaps import is_animated
from render.composition import Layer, Photograph, Region
from render.pictures import is_drawing, look_at, picture_size
from render.salience import Weights, best_view, find_subject
from render.scenes.asset_credits import credit_line
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.places import field_place, first_id
from render.scenes.regions import PhotoRegion, find_region
from render.stage import Shot, Stage
from script.assets import require_asset

Weigh = Callable[[], Weights]
"""Looks at the picture for what stands out in it."""
_MOST = 0.12
_SPEED = 0.02
"""Ken Burns: 1 to 2 % a second, 4 to 12 % in all (VISUAL.md, Motion)."""
_LEAST_PIXELS = 0.66
"""Under two thirds of a pixel of the picture a pixel of the frame, it looks soft."""


class PhotoScene(DrawnScene):
    """A photograph or drawing. Without `from:` and `to:` the camera finds what stands out and moves in on it a little, or out."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    kind: ClassVar[str] = "photo"
    example: ClassVar[str] = (
        "file: art/canal-dusk.svg\nfrom: {x: 0.45, y: 0.5, width: 0.95}\nto: {x: 0.55, y: 0.52, width: 0.88}\n"
    )

    file: str = Field(
        min_length=1,
        description="the picture: JPEG, PNG, WebP, TIFF, GIF or SVG; a transparent one lies on the theme's ground",
    )
    from_: PhotoRegion | str | None = Field(
        default=None,
        alias="from",
        description="what the camera sees first: {x, y, width}, a name from the file's `regions` in assets.toml, `subject` for what stands "
        "out, or whole, centre, left, right, top, bottom, top-left, top-right, bottom-left, bottom-right",
    )
    to: PhotoRegion | str | None = Field(default=None, description="what it sees last")
    treatment: Literal["none", "mono", "tint", "duotone"] = Field(
        default="none",
        description="mono for black and white, tint for a cold cast, duotone for the theme's ground, accent and ink",
    )
    darken: float = Field(default=0.0, ge=0, le=0.9, description="how much black lies over it")

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """The photograph as ground; nothing but overlays on it."""
        place = field_place(stage, self.id, "file")
        path = require_asset(stage.script, stage.studio, self.file, place)
        wide, high = picture_size(path)
        colours = stage.theme.colours
        grounds = (colours.background, colours.ink)
        weigh = partial(look_at, path, grounds, cache_of(stage.studio) if stage.studio else None)
        if not is_drawing(path):
            weigh()  # so that a damaged file is found before anything is rendered
        start, end = self._regions(shot, stage, wide / high, weigh)
        last = max(1, shot.frames - (stage.frames(self.hold) if self.hold else 0))
        tones = (colours.background, _between(colours.accent, colours.background), colours.ink)
        photograph = Photograph(
            path, file_digest(path), start, end, 0, last, self.treatment, self.darken,
            tones if self.treatment == "duotone" else (), grounds,
        )  # fmt: skip
        found = self._move(start, end, last, (wide, high), stage)
        if not is_drawing(path) and is_animated(path):
            message = f"{self.file} moves, and only its first picture is shown"
            found.append(Finding("animated-picture", "warning", message, "show it with `scene clip`", place, self.id))
        return Layout((), findings=tuple(found), ground=Layer("photo", photograph))

    def credit_text(self, stage: Stage) -> str:
        """Its own, else the file's in `assets.toml`."""
        return credit_line(self.credit, stage, self.id, self.file)

    def _regions(self, shot: Shot, stage: Stage, ratio: float, weigh: Weigh) -> tuple[Region, Region]:
        """Start and end, kept inside the picture; by itself the camera moves at the theme's drift, in or out by the scene's id."""
        tall = stage.size[1] / stage.size[0] * ratio
        """The frame's height over its width, in shares of the picture's."""
        seen = min(1.0, 1 / tall)
        """The greatest width that the frame's shape can see of the picture."""
        drift = min(_MOST, stage.theme.motion.drift * float(shot.frames / stage.rate))
        asked = [self._asked(name, stage, weigh) for name in ("from", "to")]
        # What was chosen for a wide frame moves as much in a tall one, which sees less of it.
        most = max((region.width for region in asked if region), default=seen)
        start, end = (region and _inside(region, min(1.0, seen / most), tall) for region in asked)
        if start and end:
            return start, end
        if start:
            return start, _inside(Region(start.x, start.y, start.width * (1 - drift)), 1.0, tall)
        if end:
            return _inside(Region(end.x, end.y, min(seen, end.width / (1 - drift))), 1.0, tall), end
        weights = weigh()
        far = best_view(weights, seen, tall)
        subject = find_subject(weights)
        near = _within(Region(subject.x, subject.y, seen * (1 - drift)), far, tall)
        inwards = int(digest(first_id(stage, self.id))[:2], 16) % 2 == 0
        return (far, near) if inwards else (near, far)

    def _asked(self, field: str, stage: Stage, weigh: Weigh) -> Region | None:
        asked = self.from_ if field == "from" else self.to
        if asked is None:
            return None
        return find_region(asked, stage, self.id, field, self.file, lambda: find_subject(weigh()))

    def _move(self, start: Region, end: Region, frames: int, size: tuple[float, float], stage: Stage) -> list[Finding]:
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
        return found


def _inside(region: Region, share: float, tall: float) -> Region:
    """The region, `share` as wide, moved so that the frame never sees past the picture's own pixels; as wide as fits at most."""
    width = min(region.width * share, 1.0, 1 / tall)
    half, deep = width / 2, width * tall / 2
    return Region(min(max(region.x, half), 1 - half), min(max(region.y, deep), max(1 - deep, deep)), width)


def _within(region: Region, view: Region, tall: float) -> Region:
    """The region moved into a view that is wider."""
    across, down = (view.width - region.width) / 2, (view.width - region.width) * tall / 2
    x = min(max(region.x, view.x - across), view.x + across)
    y = min(max(region.y, view.y - down), view.y + down)
    return Region(round(x, 4), round(y, 4), region.width)


def _between(one: str, other: str) -> str:
    """The colour halfway between two (#rrggbb)."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{(a + b) // 2:02x}" for a, b in pairs)
