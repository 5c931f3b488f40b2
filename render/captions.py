"""The film's captions: what is said, as cues on its timeline, and in the shots that burn them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.timecode import seconds_to_frame
from render.stage import Shot, ShotCue
from render.timeline import Timeline
from transcripts.cues import build_cues
from transcripts.direction import without_marks
from transcripts.video_names import whole_names
from transcripts.words import Cue


def film_cues(timeline: Timeline, language: str, profile: str = "netflix") -> tuple[Cue, ...]:
    """The film's captions by a house's rules, in seconds; the last is gone when the film is."""
    if not timeline.words:
        return ()
    end = float(timeline.seconds)
    built = build_cues(
        timeline.words,
        profile=profile,
        language=language,
        breaks=timeline.cuts,
        rate=timeline.rate,
        names=whole_names(timeline.words, language),
        seconds=end,
    )
    return tuple(replace(cue, end=min(cue.end, end)) for cue in built if cue.start < end)


def with_burned_cues(timeline: Timeline, cues: Sequence[Cue]) -> Timeline:
    """The timeline with each shot's part of the cues, on its own frames; one that spans a cut is in both shots."""
    # Marks of direction are for players: what is drawn here is put in order before it is drawn.
    spans = [
        (
            seconds_to_frame(cue.start, timeline.rate),
            seconds_to_frame(cue.end, timeline.rate),
            tuple(without_marks(line) for line in cue.lines),
        )
        for cue in cues
    ]

    def own(shot: Shot) -> tuple[ShotCue, ...]:
        return tuple(
            ShotCue(max(0, first - shot.start), min(shot.frames, last - shot.start), lines)
            for first, last, lines in spans
            if first < shot.start + shot.frames and last > shot.start
        )

    return replace(timeline, shots=tuple(replace(shot, cues=own(shot)) for shot in timeline.shots))
