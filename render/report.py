"""What is told of a finished film: how it was made, what the narrator made of the script, what the gate found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from core.findings import Finding, has_errors
from core.timecode import frame_to_seconds, rate_to_text
from render.film import FilmPlan
from render.loudness import Loudness
from render.parting import narration_differences


def describe_film(
    plan: FilmPlan,
    engines: Mapping[str, int],
    loudness: Loudness,
    chapters: Sequence[tuple[float, str]],
    findings: Sequence[Finding],
) -> dict[str, Any]:
    """The report beside a film, as JSON. `engines` counts segments by what made them; `chapters` are seconds and titles."""
    front, timeline = plan.script.front, plan.timeline
    return {
        "title": front.title,
        "slug": front.slug,
        "duration": float(timeline.seconds),
        "frames": timeline.frames,
        "fps": rate_to_text(timeline.rate),
        "size": list(plan.stage.size),
        "engines": dict(engines),
        "loudness": loudness.to_json(),
        "chapters": [{"start": start, "title": title} for start, title in chapters],
        "scenes": [
            {"id": shot.scene.id, "kind": shot.scene.kind, "start": float(frame_to_seconds(shot.start, timeline.rate))}
            for shot in timeline.shots
        ],
        "alignment": alignment_report(plan),
        "gate": {"passed": not has_errors(findings), "findings": [finding.to_json() for finding in findings]},
    }


def alignment_report(plan: FilmPlan) -> dict[str, Any]:
    """What the narrator made of the script, the contract's `report`."""
    words = [word for alignment in plan.alignments for word in alignment.words]
    return {
        "matched": sum(word.origin == "matched" for word in words),
        "interpolated": sum(word.origin == "interpolated" for word in words),
        "unspoken": [text for alignment in plan.alignments for text in alignment.unspoken],
        "ad_libbed": [text for alignment in plan.alignments for text in alignment.ad_libbed],
        "differences": [{"scene": scene, **one.to_json()} for scene, one in narration_differences(plan)],
    }


def longest_ad_lib(plan: FilmPlan) -> int:
    """The most words in a row that the script does not have."""
    runs = (
        sum(1 for _ in run)
        for alignment in plan.alignments
        for added, run in groupby(alignment.words, key=lambda word: word.origin == "ad-libbed")
        if added
    )
    return max(runs, default=0)
