"""The frame by which a scene is shown on a sheet: the one on which most of it is there."""

from __future__ import annotations

from render.scenes.panels import lower_third_frames
from render.stage import SETTLED, Shot, Stage


def fullest_frame(shot: Shot, stage: Stage) -> int:
    """The shot's peak, or an earlier frame on which its lower third still stands whole, where all that waits has come by then."""
    if shot.scene.lower_third is None:
        return shot.peak
    first, last = lower_third_frames(shot, stage)
    pace = stage.theme.motion
    come = first + stage.frames(pace.enter)
    goes = last - 1 - stage.frames(pace.leave)
    if max([come, *(word + SETTLED for word in shot.at.values())]) > goes:
        return shot.peak
    return max(come, min(shot.peak, goes))
