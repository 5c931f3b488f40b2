"""What the gate holds a film to, by its plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.findings import Finding
from render.composition import Footage, Photograph
from render.evidence import Expectation
from render.film import FilmPlan
from render.mux import track_language
from transcripts.words import Cue


def expect(plan: FilmPlan, cues: Sequence[Cue]) -> Expectation:
    """Size, rate, length, chapters, captions, where a still or black picture is meant, and where a still may last."""
    holds: list[tuple[int, int]] = []
    blacks: list[tuple[int, int]] = []
    frame = 0
    for segment in plan.segments:
        if segment.hold:
            holds.append((frame, frame + segment.frames))
        elif segment.transition and (segment.transition.kind == "fade" or segment.transition.before is None):
            blacks.append((frame, frame + segment.frames))
        if any(isinstance(layer.content, Footage | Photograph) for layer in segment.composition.layers):
            # What a video or a picture shows may be black, or all one colour, because its maker meant it.
            blacks.append((frame, frame + segment.frames))
        frame += segment.frames
    return Expectation(
        size=plan.stage.size,
        rate=plan.timeline.rate,
        frames=plan.timeline.frames,
        chapters=plan.timeline.chapters,
        captions=(track_language(plan.script.front.language),) if cues else (),
        holds=tuple(holds),
        blacks=tuple(blacks),
        rests=find_rests(plan),
        whole=plan.whole,
    )


def find_rests(plan: FilmPlan) -> tuple[tuple[int, int], ...]:
    """Frames [first, last) in which a still may last: slates, and scenes with `hold:`."""
    return tuple(
        (shot.start, shot.start + shot.frames)
        for shot in plan.timeline.shots
        if shot.scene.hold or shot.scene.kind == "slate"
    )


def in_scene(plan: FilmPlan, finding: Finding) -> Finding:
    """The finding with the scene in which it lies, where it has a time."""
    if finding.at is None:
        return finding
    frame = finding.at * plan.timeline.rate
    shots = [shot for shot in plan.timeline.shots if shot.start <= frame]
    return replace(finding, scene=shots[-1].scene.id) if shots else finding
