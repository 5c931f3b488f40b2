"""The storyboard: every scene drawn at its fullest moment, with its time, words and warnings."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from pathlib import Path

from core.console import counted
from core.findings import CheckFailed, Finding, has_errors
from core.settings import cache_of
from core.timecode import clock_text, frame_to_seconds
from render.check import check_script, estimate_timeline
from render.formats import Format, frame_size
from render.fullest import fullest_frame
from render.known_times import known_times
from render.picture import still
from render.planes import Bytes
from render.sheet import SheetEntry, contact_sheet
from render.stage import Shot, Stage
from render.staging import natural_lengths, set_stage
from render.storyboard import plan_storyboard
from render.videos import FindVideo
from script.reader import read_script


def board_size(shape: Format) -> tuple[int, int]:
    """Width and height in which scenes are drawn for a storyboard: those of a preview."""
    return frame_size(shape, preview=True)


def draw_storyboard(
    path: Path, studio: Path | None, sheet: Path, *, shape: Format = "16:9", find_video: FindVideo | None = None
) -> list[Finding]:
    """Write the contact sheet of a script to `sheet`. Gives the findings, which stand under their scenes too.

    Times are those of the takes where an earlier run has heard them, else estimates; the sheet says which.

    Raises CheckFailed when the script has errors.
    """
    findings = check_script(path, studio, find_video=find_video, shape=shape)
    script, _ = read_script(path, studio)
    place = script.front.places.get("narration") if script else None
    # The sheet needs no voice: takes that are not recorded yet, or badly, do not keep it from being drawn.
    if script is None or has_errors(
        finding for finding in findings if finding.rule != "narration" and not (place and finding.place == place)
    ):
        raise CheckFailed(path.name, findings)
    scenes, _ = plan_storyboard(script)
    stage = set_stage(script, studio, board_size(shape), find_video)
    cache = cache_of(studio) if studio else None
    known = known_times(script, studio, cache)
    timeline = estimate_timeline(script, scenes, known, natural_lengths(scenes, stage))
    said: dict[str | None, list[str]] = defaultdict(list)
    for finding in findings:
        said[finding.scene].append(finding.message)
    entries = [
        SheetEntry(
            partial(_still, shot, stage, cache),
            clock_text(float(frame_to_seconds(shot.start, stage.rate))),
            shot.scene.id,
            script.scene(shot.scene.id).narration.text,
            tuple(said[shot.scene.id]),
        )
        for shot in timeline.shots
    ]
    spoken = [number for number, block in enumerate(script.scenes) if block.narration.paragraphs]
    facts = f"{clock_text(float(timeline.seconds))} · {times_text([number in known for number in spoken])}"
    contact_sheet(entries, sheet, script.front.title, facts)
    return findings


def _still(shot: Shot, stage: Stage, cache: Path | None) -> Bytes:
    return still(shot.scene.compose(shot, stage), fullest_frame(shot, stage), cache, float(stage.rate))


def times_text(heard: list[bool]) -> str:
    """Where a storyboard's times are from, by whether each spoken scene's take has been heard."""
    if all(heard):
        return "times as narrated"
    if not any(heard):
        return "estimated times"
    return f"times as narrated, estimated for {counted(heard.count(False), 'scene')} not heard yet"
