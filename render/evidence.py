"""What the delivery gate judges: what was planned, and everything that was measured of the finished film."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from core.findings import Finding
from render.encode import MASTER
from render.likeness import Likeness
from render.loudness import Loudness
from render.probe import FilmFacts, PictureFacts, SoundFacts
from render.sights import Sight
from render.stills import Run
from render.timeline import ChapterMark
from render.viewing import Rgb

CHECKS: dict[str, str] = {
    "container": "MP4 with one picture and one sound stream",
    "faststart": "the index stands before the media, so that playing starts at once",
    "video-codec": "H.264 High, 4:2:0, progressive, square pixels",
    "size": "the planned width and height",
    "colour": "tagged bt709 in all three, limited range",
    "matrix": "planned colours come out right by the tags: the matrix and range of the tags are those of the picture",
    "as-planned": "sampled frames show what was planned for them",
    "packets": "the picture's packets are those of its render segments, to the byte",
    "keyframes": "every key frame closes its group (IDR), none further apart than planned",
    "frame-rate": "constant, the planned rate exactly",
    "frames": "as many frames as planned",
    "audio-codec": "AAC-LC, 48 kHz, stereo",
    "audio-bits": "encoded at 384 kb/s",
    "length": "picture and sound begin and end within 20 ms of each other",
    "loudness": "-14 LUFS, within 0.5",
    "true-peak": "at most -1 dBTP",
    "black": "no black frames but planned ones",
    "frozen": "nothing stands still for 2 s but planned holds",
    "long-still": "a warning: no still lasts over 5 s outside slates and scenes with `hold:`",
    "still-share": "a warning: stills are at most 35 % of the film",
    "flashes": "at most three flashes in any second (WCAG 2.3.1)",
    "chapters": "the planned chapters, at their times",
    "captions": "a caption track in every planned language, its cues inside the film",
    "decode": "every frame and sample decodes without a complaint",
}

WARNINGS = ("long-still", "still-share")


@dataclass(frozen=True)
class Expectation:
    """What was planned. `holds` and `blacks` are frames [first, last) in which nothing moves, or nothing is seen, by
    intent, `rests` those in which a still may last; `captions` languages of caption tracks, ISO 639-2; `silent` a film meant
    to make no sound; `stills` draw single frames as they were planned, uint8 (height, width, 3); `whole` is false for a part of
    a film, whose share of stills says nothing.
    """

    size: tuple[int, int]
    rate: Fraction
    frames: int
    chapters: tuple[ChapterMark, ...] = ()
    captions: tuple[str, ...] = ()
    holds: tuple[Run, ...] = ()
    blacks: tuple[Run, ...] = ()
    rests: tuple[Run, ...] = ()
    silent: bool = False
    keyframe_frames: int = MASTER.keyint
    stills: Mapping[int, Callable[[], Rgb]] = field(default_factory=dict)
    whole: bool = True


@dataclass(frozen=True)
class SeenPiece:
    """A stretch of the film that was looked at before: what was seen of its render segment, and which of its packets the film
    carries, in order. `sight` reads it when it is needed, or gives None where it is gone.
    """

    packets: Sequence[int]
    sight: Callable[[], Sight | None]


@dataclass(frozen=True)
class Watched:
    """What was seen of the whole picture. `stills` are runs of frames in which nothing moves; `activity` is, for every frame, the
    mean change of 255 from the one before; `thumbs` frames and JPEGs of them, evenly spread; `complaints` the decoder's.
    """

    frames: int
    blacks: tuple[Run, ...]
    stills: tuple[Run, ...]
    flash: int | None
    activity: Sequence[float]
    likeness: Mapping[int, Likeness]
    thumbs: Sequence[tuple[int, bytes]]
    complaints: tuple[str, ...]
    tampered: int | None = None
    """The first frame that is not its render segment's, where segments were looked at."""


@dataclass(frozen=True)
class Evidence:
    """Everything that was measured, for the checks to judge."""

    film: Path
    plan: Expectation
    facts: FilmFacts
    watched: Watched
    loudness: Loudness | None = None
    sound_complaint: str = ""

    @property
    def picture(self) -> PictureFacts:
        """The picture stream; there is one once the container's check has passed."""
        return self.facts.pictures[0]

    @property
    def sound(self) -> SoundFacts:
        """The sound stream, likewise."""
        return self.facts.sounds[0]


Check = Callable[[Evidence], Iterable[Finding]]


def fail(
    rule: str, message: str, *, value: float | str | None = None, at: float | None = None, hint: str = ""
) -> Finding:
    """The finding of a check that the film does not pass."""
    return Finding(
        rule, "warning" if rule in WARNINGS else "error", message, hint=hint, at=at, value=value, limit=CHECKS[rule]
    )
