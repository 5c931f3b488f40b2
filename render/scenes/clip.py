"""Clip: a stretch of a video that fills the frame, at its own speed, with its sound or without."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from core.digest import file_digest
from core.errors import BadInput, Place, SluglineError
from core.findings import Finding
from core.timecode import clock_text, frame_to_sample
from render.clip_sound import ClipSound
from render.composition import Footage, Layer, Region
from render.photograph import fit_view
from render.scenes.asset_credits import credit_line
from render.scenes.base import refused
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.places import field_place
from render.scenes.regions import PLACES, PhotoRegion, find_region
from render.transparency import read_alpha
from render.video_file import VideoFacts, ensure_whole, read_video
from script.assets import require_asset

if TYPE_CHECKING:
    from render.stage import Shot, Stage

_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:\.\d+)?)")
_COVERED = Fraction(3, 5)
"""A clip of another shape than the frame's fills it by itself where at least this much of it is then seen."""
_STANDS = 0.5
"""Seconds for which a clip's last picture may stand unnoticed."""
_SLOWEST, _FASTEST = 0.1, 16
_SLOW_PICTURES = 20
"""Pictures a second below which slow motion is seen to stutter: craft judgement; film's 24 at five sixths."""


def _seconds(value: Any) -> Any:
    """Seconds as a number, or a time as players show it: 62.5, 1:02, 1:02.5, 1:00:02."""
    if not isinstance(value, str):
        return value
    found = _CLOCK.fullmatch(value.strip())
    if found is None:
        raise ValueError(f"{value!r} is not a time; write 1:02 or 62.5")
    hours, minutes, seconds = found.groups()
    return float(Fraction(seconds) + 60 * int(minutes or 0) + 3600 * int(hours or 0))


def _after_start(out: float | None, info: ValidationInfo) -> float | None:
    """`out`, which comes after what stands in `in_` beside it."""
    start = info.data.get("in_")
    if out is None or start is None or out > start:
        return out
    began, ended = (clock_text(time) if time.is_integer() else f"{time:g}" for time in (start, out))
    hint = f"write `in: {ended}` and `out: {began}`, or the stretch that you mean"
    if out == start:
        hint = "`out` is where the stretch ends: write a later time"
    raise refused(BadInput(f"`out` {ended} is {'at' if out == start else 'before'} `in` {began}", hint=hint))


class ClipStretch(BaseModel):
    """A stretch of a video, written in one line."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    file: str | None = Field(default=None, min_length=1, description="the video file")
    video: str | None = Field(
        default=None, min_length=1, description="instead of a file: the slug of a catalogued video"
    )
    in_: float | None = Field(default=None, alias="in", ge=0, description="where it begins")
    out: float | None = Field(default=None, gt=0, description="where it ends")

    _times = field_validator("in_", "out", mode="before", json_schema_input_type=float | str | None)(_seconds)
    _order = field_validator("out")(_after_start)


@dataclass(frozen=True)
class Source:
    """The video of a clip as it was found: seconds [start, end) of it are shown."""

    path: Path
    sha256: str
    facts: VideoFacts
    start: Fraction
    end: Fraction
    title: str = ""


class ClipScene(DrawnScene):
    """A stretch of a video. Where nobody speaks the scene lasts as long as the stretch; else its last picture stays.
    A transparent one, such as a logo's sting in ProRes 4444 or WebM, lies on the theme's ground."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    kind: ClassVar[str] = "clip"
    example: ClassVar[str] = "file: art/ships.mp4\nin: 0:01\nout: 0:04\n"

    file: str | None = Field(
        default=None,
        min_length=1,
        description="the video: MP4, MOV, MKV, WebM and what else ffmpeg reads; any frame rate",
    )
    video: str | None = Field(
        default=None,
        min_length=1,
        description="instead of a file, the slug of a video in the catalogue: its film is shown",
    )
    in_: float | None = Field(
        default=None,
        alias="in",
        ge=0,
        description="where the stretch begins, as 1:02 or in seconds; else at the video's beginning",
    )
    out: float | None = Field(default=None, gt=0, description="where it ends; else at the video's end")
    clip: ClipStretch | None = Field(
        default=None, description="the same in one line, such as {video: suez-canal, in: 1:02, out: 1:09}"
    )
    speed: float = Field(
        default=1.0,
        ge=_SLOWEST,
        le=_FASTEST,
        description="2 is twice as fast, 0.5 shows every picture twice; sound keeps its pitch",
    )
    fit: Literal["cover", "contain"] | None = Field(
        default=None,
        description="cover fills the frame, contain shows the whole picture; by itself cover, unless over two fifths would be lost",
    )
    ground: Literal["blur", "theme"] = Field(
        default="blur", description="what lies around a contained picture: itself, blurred, or the theme's background"
    )
    region: PhotoRegion | str | None = Field(
        default=None,
        description="the part of the picture that fills the frame: {x, y, width}, or a name as in `scene photo`",
    )
    alpha: Literal["straight", "premultiplied"] | None = Field(
        default=None,
        description="of a transparent video, whether its colours were exported straight or multiplied by their alpha; seen by itself",
    )
    sound: Literal["keep", "duck", "mute"] | None = Field(
        default=None,
        description="keep plays it as loud as the narration, duck 22 LU lower while somebody speaks, mute not at all; by itself "
        "mute where the scene has narration, else keep",
    )

    _times = field_validator("in_", "out", mode="before", json_schema_input_type=float | str | None)(_seconds)
    _order = field_validator("out")(_after_start)

    @model_validator(mode="after")
    def _one_source(self) -> ClipScene:
        named = [name for name in (self.file, self.video) if name]
        if self.clip:
            if named or self.in_ is not None or self.out is not None:
                raise ValueError("`clip:` stands instead of `file:`, `video:`, `in:` and `out:`")
            named = [name for name in (self.clip.file, self.clip.video) if name]
        if len(named) != 1:
            raise ValueError("name one `file:`, or one `video:` of the catalogue")
        if self.region and self.fit == "contain":
            raise ValueError("a `region:` fills the frame; leave `fit: contain` out")
        return self

    @property
    def stretch(self) -> ClipStretch:
        """File or video, in and out, however they were written."""
        return self.clip or ClipStretch.model_construct(file=self.file, video=self.video, in_=self.in_, out=self.out)

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """The footage as ground; where it leaves some of the frame free, or is transparent, over the theme's background."""
        source = self.source(stage)
        footage = self._footage(source, stage)
        findings = self._review_length(source, shot, stage) + self._review_sound(source, stage)
        findings += self._review_speed(source, stage)
        layer = Layer("clip", footage)
        whole = footage.alpha == "none" and (footage.box == (0, 0, *stage.size) or footage.ground == "blur")
        return Layout((), findings=findings, ground=layer) if whole else Layout((layer,), findings=findings)

    def natural_seconds(self, stage: Stage) -> Fraction | None:
        """The stretch at its speed."""
        source = self.source(stage)
        return (source.end - source.start) / exact(self.speed)

    def sound_of(self, shot: Shot, stage: Stage) -> ClipSound | None:
        """What is heard of it; None where it is muted or has no sound."""
        spoken = bool(stage.script.scene(self.id).narration.paragraphs)
        how = self.sound or ("mute" if spoken else "keep")
        source = self.source(stage)
        if how == "mute" or not source.facts.sound:
            return None
        at = frame_to_sample(shot.start, stage.rate)
        room = frame_to_sample(shot.start + shot.frames, stage.rate) - at
        return ClipSound(source.path, source.sha256, source.start, source.end, exact(self.speed), at, room, how)

    def credit_text(self, stage: Stage) -> str:
        """Its own, else where a catalogued stretch is from, else the file's in `assets.toml`."""
        if not self.credit and self.stretch.video:
            return f"From: {self.source(stage).title}"
        return credit_line(self.credit, stage, self.id, self.stretch.file or "")

    def source(self, stage: Stage) -> Source:
        """The video, and the stretch of it. Raises BadInput at the field that is wrong."""
        stretch = self.stretch
        title = ""
        place = self._place(stage, "video" if stretch.video else "file")
        try:
            if stretch.video:
                if stage.find_video is None:
                    raise BadInput(
                        "videos of the catalogue are found in a studio", hint="run `slugline init` to make one"
                    )
                film = stage.find_video(stretch.video)
                path, sha256, title = film.path, film.sha256, film.title
            else:
                assert stretch.file
                path = require_asset(stage.script, stage.studio, stretch.file, place)
                sha256 = _file_digest(path)
            facts = read_video(path)
            start, end = self._seconds_of(facts, stage)
            ensure_whole(path, start, end)
        except SluglineError as error:
            error.place = error.place or place
            raise
        return Source(path, sha256, facts, start, end, title)

    def _seconds_of(self, facts: VideoFacts, stage: Stage) -> tuple[Fraction, Fraction]:
        stretch, length = self.stretch, facts.seconds
        start = exact(stretch.in_ or 0.0)
        end = length if stretch.out is None else exact(stretch.out)
        frame = 1 / (facts.rate or Fraction(25))
        for name, moment in (("in", start + frame), ("out", end)):
            # Players round: an `out` read off a clock may lie a little behind the end.
            if moment > length + Fraction(1, 2) or (name == "in" and moment > length):
                message = (
                    f"`{name}: {clock_text(float(moment))}` comes after the video's end at {clock_text(float(length))}"
                )
                raise BadInput(message, hint="choose a time before it", place=self._place(stage, name))
        return start, min(end, length)

    def _place(self, stage: Stage, name: str) -> Place | None:
        return field_place(stage, self.id, "clip", name) if self.clip else field_place(stage, self.id, name)

    def _footage(self, source: Source, stage: Stage) -> Footage:
        wide, high = source.facts.size
        width, height = stage.size
        shape = Fraction(width, height)
        own = Fraction(wide, high)
        seen = min(own / shape, shape / own)
        fit = self.fit or ("cover" if self.region or seen >= _COVERED else "contain")
        window: tuple[float, float, float, float] = (0.0, 0.0, float(wide), float(high))
        box = (0, 0, width, height)
        if fit == "cover":
            region = PLACES["whole"]
            if self.region:
                region = find_region(self.region, stage, self.id, "region", self.stretch.file or "", _middle)
            left, top, across = fit_view(region, (wide, high), stage.size)
            window = (left, top, across, across * height / width)
        else:
            box = _contained(own, stage.size)
        alpha = read_alpha(source.path)
        alpha = alpha if alpha == "none" else self.alpha or alpha
        around = self.ground == "blur" and box != (0, 0, width, height) and alpha == "none"
        return Footage(
            source.path,
            source.sha256,
            source.start,
            source.end,
            exact(self.speed),
            window,
            box,
            "blur" if around else "none",
            alpha,
        )

    def _review_length(self, source: Source, shot: Shot, stage: Stage) -> tuple[Finding, ...]:
        lasts = float((source.end - source.start) / exact(self.speed))
        stands = float(shot.frames / stage.rate) - self.hold - lasts
        if stands <= _STANDS:
            return ()
        hint = "let `out` come later, slow it down with `speed:`, or put less narration over it"
        message = f"the clip ends after {lasts:.1f} s; its last picture then stands for {stands:.1f} s"
        place = self._place(stage, "out")
        return (Finding("clip-ends", "warning", message, hint, place, self.id, value=round(stands, 1), limit=_STANDS),)

    def _review_speed(self, source: Source, stage: Stage) -> tuple[Finding, ...]:
        """Slow motion shows every picture for longer; pictures between them would be made up, and a mixture of two is a ghost."""
        rate = source.facts.rate
        if self.speed >= 1 or rate is None or float(rate) * self.speed >= _SLOW_PICTURES:
            return ()
        shown = float(rate) * self.speed
        message = (
            f"slowed down, the clip has {shown:.1f} pictures a second, each of which is shown for {1 / shown:.2f} s"
        )
        fastest = _SLOW_PICTURES / float(rate)
        hint = f"write speed: {fastest:.2g} or more, or film it at {math.ceil(_SLOW_PICTURES / self.speed / 10) * 10} pictures a second"
        place = field_place(stage, self.id, "speed")
        value = round(shown, 1)
        return (Finding("clip-slow", "warning", message, hint, place, self.id, value=value, limit=_SLOW_PICTURES),)

    def _review_sound(self, source: Source, stage: Stage) -> tuple[Finding, ...]:
        if self.sound in (None, "mute") or source.facts.sound:
            return ()
        message = f"{source.path.name} has no sound"
        place = field_place(stage, self.id, "sound")
        return (Finding("clip-silent", "warning", message, "leave `sound:` out", place, self.id),)


def _middle() -> Region:
    """What stands out changes from picture to picture: of a clip it is taken to be in the middle."""
    return PLACES["centre"]


def exact(seconds: float) -> Fraction:
    """The decimal number that was written, exactly."""
    return Fraction(str(seconds))


def _contained(shape: Fraction, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The largest box of a shape (width over height) in the middle of the frame, on even pixels."""
    width, height = size
    wide = min(width, 2 * max(1, round(height * shape / 2)))
    high = min(height, 2 * max(1, round(width / shape / 2)))
    return ((width - wide) // 4 * 2, (height - high) // 4 * 2, wide, high)


def _file_digest(path: Path) -> str:
    stat = path.stat()
    return _known_digest(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _known_digest(path: Path, _changed: int, _size: int) -> str:
    """A long video is read once a process, not at every look at its scene."""
    return file_digest(path)
