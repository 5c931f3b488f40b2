"""Setting the stage: a script's theme, frame and rate, found and read."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

from core.errors import SluglineError
from core.timecode import parse_rate
from render.scenes.base import Scene
from render.stage import Stage
from render.theme import load_theme
from render.videos import FindVideo
from script.assets import require_asset
from script.document import Script

STUDIO_THEME = "templates/theme.toml"


def set_stage(script: Script, studio: Path | None, size: tuple[int, int], find_video: FindVideo | None = None) -> Stage:
    """The stage on which a script's scenes are laid out at `size`, with the script's theme, else the studio's own
    `templates/theme.toml`, else the standard one. Raises BadInput for a theme that cannot be used."""
    theme = None
    if script.front.theme:
        theme = require_asset(script, studio, script.front.theme, script.front.places.get("theme"))
    elif studio is not None and (studio / STUDIO_THEME).is_file():
        theme = studio / STUDIO_THEME
    return Stage(size, parse_rate(script.front.fps), load_theme(theme), script, studio, find_video)


def natural_lengths(scenes: Sequence[Scene], stage: Stage) -> dict[int, Fraction]:
    """The seconds of those scenes, by index, that have a length of their own. What cannot be read is left out: `review` says why."""
    lengths: dict[int, Fraction] = {}
    for index, scene in enumerate(scenes):
        with suppress(SluglineError):
            seconds = scene.natural_seconds(stage)
            if seconds is not None:
                lengths[index] = seconds
    return lengths
