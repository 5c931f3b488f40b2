"""The teaser: scenes marked with `teaser: true`, laid out upright for phones, as a short film of their own beside the film."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from core.errors import BadInput, Place
from core.findings import Finding
from render.bundle import Part
from render.formats import frame_size
from render.scenes.base import Scene
from render.scenes.reviews import worst_reading
from render.stage import Shot, Stage
from render.storyboard import plan_storyboard
from script.reader import open_script

LONGEST = 60.0
"""Seconds: what every place for upright films takes, and about as long as anyone stays for one."""

_PARTS = {
    "film": ("teaser", ""),
    "captions-vtt": ("teaser-captions-vtt", ""),
    "captions-srt": ("teaser-captions-srt", ""),
    "poster": ("teaser-poster", ".jpg"),
}
"""What of a teaser's delivery stands beside the film: its role there, and its suffix where that is another one."""


def marked_scenes(scenes: Sequence[Scene]) -> list[str]:
    """The ids of the scenes that the teaser is cut from."""
    return [scene.id for scene in scenes if scene.teaser]


def require_marked(path: Path, studio: Path | None) -> list[str]:
    """The ids of a script's marked scenes. Raises BadInput when there are none, or no script."""
    scenes, _ = plan_storyboard(open_script(path, studio))
    marked = marked_scenes(scenes)
    if not marked:
        hint = "write `teaser: true` into the two or three scenes that it is to be cut from"
        raise BadInput("no scene of the script is marked for a teaser", place=Place(str(path)), hint=hint)
    return marked


def teaser_parts(parts: Iterable[Part]) -> Iterator[Part]:
    """Of what was delivered with a teaser its film, captions and poster, under their roles and names beside the film."""
    for part in parts:
        if part.role in _PARTS:
            role, suffix = _PARTS[part.role]
            yield replace(part, role=role, suffix=f".teaser{suffix or part.suffix}")


def review_teaser(shots: Sequence[Shot], stage: Stage) -> list[Finding]:
    """What is wrong with the marked scenes as an upright film, beyond what is wrong with them as they are."""
    marked = [shot for shot in shots if shot.scene.teaser]
    found: list[Finding] = []
    seconds = float(sum(shot.frames for shot in marked) / stage.rate)
    if seconds > LONGEST:
        place = stage.script.scene(marked[0].scene.id).place
        message = f"the teaser would last {seconds:.0f} s"
        hint = f"mark scenes of at most {LONGEST:.0f} s together with `teaser: true`"
        found.append(Finding("teaser-length", "warning", message, hint, place, value=round(seconds, 1), limit=LONGEST))
    upright = replace(stage, size=frame_size("9:16"))
    for shot in marked:
        known = {finding.rule for finding in shot.scene.review(shot, stage)}
        for finding in worst_reading(shot.scene.review(shot, upright)):
            if finding.rule not in known:
                place = finding.place or stage.script.scene(shot.scene.id).place
                message = f"in the upright teaser: {finding.message}"
                found.append(replace(finding, message=message, place=place, scene=shot.scene.id))
    return found
