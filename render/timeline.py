"""Scenes laid on integer frames, locked to the narration. Pure: takes and alignments in, shots and placements out.

A scene's sound starts on a frame of its own, so that what happens inside a scene depends on that scene alone: a longer
sentence earlier in the film moves it, but changes neither its length nor its moments, and its render segments are reused.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from core.errors import BadInput
from core.timecode import SAMPLE_RATE, frame_to_sample, frame_to_seconds
from render.scenes.base import Scene
from render.stage import Shot
from transcripts.words import Word, by_token

Path = tuple[str | int, ...]

# Pauses, VISUAL.md "Sound": 0.3 to 0.5 s between scenes, 0.8 to 1.2 s at chapters; half of it before, half after the voice.
OPENING_LEAD = 0.5
LEAD = 0.15
TAIL = 0.25
CHAPTER_LEAD = 0.75
# A scene without narration stays long enough to read (VISUAL.md: 1 s + characters ÷ 15) and a title at most 4 s.
SILENT_SECONDS = 3.5


class SceneTooShort(BadInput):
    """A scene's `duration:` is shorter than its narration."""

    def __init__(self, scene: str, message: str, *, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.scene = scene


@dataclass(frozen=True)
class Spoken:
    """A scene's stretch of a take: `start` and `end` in samples of the take, `words` timed in seconds of the take.

    `words` are the script's words of this scene (token counting from the scene's first) and the ad-libs, in the voice's order.
    `room` is true when the stretch already carries the pauses that the narrator made (one long recording).
    """

    take: int
    start: int
    end: int
    words: tuple[Word, ...]
    room: bool = False


@dataclass(frozen=True)
class Placement:
    """Where a stretch of a take sounds: samples [start, end) of take `take` from sample `at` of the film."""

    take: int
    start: int
    end: int
    at: int


@dataclass(frozen=True)
class ChapterMark:
    """A chapter's first frame."""

    frame: int
    title: str


@dataclass(frozen=True)
class Timeline:
    """Scenes on frames: shots and placements in order, `words` timed in seconds of the film."""

    rate: Fraction
    shots: tuple[Shot, ...]
    placements: tuple[Placement, ...]
    words: tuple[Word, ...]
    chapters: tuple[ChapterMark, ...]

    @property
    def frames(self) -> int:
        """The film's length."""
        return self.shots[-1].start + self.shots[-1].frames if self.shots else 0

    @property
    def seconds(self) -> Fraction:
        """The film's length, exactly."""
        return frame_to_seconds(self.frames, self.rate)

    @property
    def samples(self) -> int:
        """The soundtrack's length."""
        return frame_to_sample(self.frames, self.rate)

    @property
    def cuts(self) -> tuple[float, ...]:
        """Seconds at which one scene gives way to the next."""
        return tuple(float(frame_to_seconds(shot.start, self.rate)) for shot in self.shots[1:])


def plan_timeline(
    scenes: Sequence[Scene],
    chapters: Sequence[int],
    titles: Sequence[str],
    spoken: Mapping[int, Spoken],
    phrases: Mapping[int, Mapping[Path, int]],
    rate: Fraction,
    lengths: Mapping[int, Fraction] | None = None,
) -> Timeline:
    """Lay scenes one after another.

    `chapters` gives each scene's chapter, `titles` the chapters' headings ("" for the stretch before the first heading);
    `spoken` a scene's narration, absent where nobody speaks; `phrases` the index of the script word at which each waiting
    element's phrase begins; `lengths` the seconds of scenes that have a length of their own where nobody speaks. Raises
    SceneTooShort for a `duration:` shorter than its narration.
    """
    shots: list[Shot] = []
    placements: list[Placement] = []
    words: list[Word] = []
    marks: list[ChapterMark] = []
    frame = 0
    for index, scene in enumerate(scenes):
        opens = (index == 0 or chapters[index] != chapters[index - 1]) and bool(titles[chapters[index]])
        voice = spoken.get(index)
        natural = (lengths or {}).get(index)
        lead, frames = _length(scene, voice, natural, first=index == 0, opens=opens, rate=rate)
        if opens:
            marks.append(ChapterMark(frame, titles[chapters[index]]))
        at: dict[Path, int] = {}
        if voice:
            sound = frame + lead
            origin = float(frame_to_seconds(sound, rate)) - voice.start / SAMPLE_RATE
            placements.append(Placement(voice.take, voice.start, voice.end, frame_to_sample(sound, rate)))
            words += [_moved(word, origin) for word in voice.words]
            own = by_token(voice.words)
            for path, token in phrases.get(index, {}).items():
                moment = _moment(own, token, voice)
                local = Fraction(round((moment - voice.start / SAMPLE_RATE) * 1_000_000), 1_000_000)
                at[path] = min(frames - 1, lead + max(0, round(local * rate)))
        shots.append(Shot(scene, frame, frames, at, chapter=chapters[index], opens_chapter=opens))
        frame += frames
    if marks and marks[0].frame > 0:
        # Players want a first chapter at zero; what comes before the first heading is the opening.
        marks.insert(0, ChapterMark(0, "Opening"))
    return Timeline(rate, tuple(shots), tuple(placements), tuple(words), tuple(marks))


def _length(
    scene: Scene, voice: Spoken | None, natural: Fraction | None, *, first: bool, opens: bool, rate: Fraction
) -> tuple[int, int]:
    """Frames before the voice, and the scene's frames in all."""
    if voice is None:
        seconds = Fraction(scene.duration or natural or SILENT_SECONDS)
        return 0, max(1, round((seconds + Fraction(scene.hold)) * rate))
    lead_seconds = 0.0 if voice.room else OPENING_LEAD if first else CHAPTER_LEAD if opens else LEAD
    lead = round(lead_seconds * rate)
    sound = math.ceil(Fraction(voice.end - voice.start, SAMPLE_RATE) * rate)
    tail = 0 if voice.room else round(TAIL * rate)
    needed = lead + sound + tail
    if scene.duration is not None:
        fixed = max(1, round(scene.duration * rate))
        if fixed < lead + sound:
            spoken = float((lead + sound) / rate)
            raise SceneTooShort(
                scene.id,
                f"scene {scene.id} is fixed at {scene.duration:g} s, but its narration takes {spoken:.1f} s",
                hint="raise `duration:`, shorten the narration, or leave `duration:` out",
            )
        needed = fixed
    return lead, needed + round(scene.hold * rate)


def _moment(own: Sequence[Word], token: int, voice: Spoken) -> float:
    """When script word `token` is said, in seconds of the take; a word that was left out takes the next one's time."""
    for word in own[token:]:
        if word.start is not None:
            return word.start
    return next((word.end for word in reversed(own) if word.end is not None), voice.start / SAMPLE_RATE)


def _moved(word: Word, by: float) -> Word:
    """The word at film time."""
    if word.start is None or word.end is None:
        return word
    return replace(word, start=max(0.0, word.start + by), end=max(0.0, word.end + by))
