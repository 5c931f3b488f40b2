"""Where the narrator and the script of a film part, at the film's times, scene by scene."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.findings import Finding
from core.timecode import SAMPLE_RATE
from render.film import FilmPlan
from render.voices import find_voices
from transcripts.differences import Difference, find_differences


def narration_differences(plan: FilmPlan) -> Iterator[tuple[str, Difference]]:
    """Each scene's, in the film's order. The scratch voice says what is written: what is heard otherwise there, was misheard."""
    if not plan.alignments:
        return
    read = {scene for voice in find_voices(plan.script, plan.stage.studio) for scene in voice.read}
    for placement in plan.timeline.placements:
        [scene] = plan.takes[placement.take].scene_ids
        if scene in read:
            continue
        moved = (placement.at - placement.start) / SAMPLE_RATE
        for difference in find_differences(plan.alignments[placement.take]):
            start, end = round(difference.start + moved, 3), round(difference.end + moved, 3)
            yield scene, replace(difference, start=max(0.0, start), end=max(0.0, end))


def narration_findings(plan: FilmPlan) -> tuple[Finding, ...]:
    """The same as warnings, each at its scene and its narration's place in the script."""
    return tuple(
        replace(difference.to_finding(), scene=scene, place=plan.script.scene(scene).narration.place)
        for scene, difference in narration_differences(plan)
    )
