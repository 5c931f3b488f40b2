"""Setting the stage: a script's theme, frame and rate, found and read."""

from __future__ import annotations

from pathlib import Path

from core.errors import BadInput
from core.timecode import parse_rate
from render.stage import Stage
from render.theme import load_theme
from script.assets import find_asset
from script.document import Script


def set_stage(script: Script, studio: Path | None, size: tuple[int, int]) -> Stage:
    """The stage on which a script's scenes are laid out at `size`. Raises BadInput for a theme that cannot be used."""
    theme = None
    if script.front.theme:
        theme = find_asset(script, studio, script.front.theme)
        if theme is None:
            place = script.front.places.get("theme")
            raise BadInput(f"there is no theme {script.front.theme}", place=place, hint="put it beside the script")
    return Stage(size, parse_rate(script.front.fps), load_theme(theme), script, studio)
