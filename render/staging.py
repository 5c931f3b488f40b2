"""Setting the stage: a script's theme, frame and rate, found and read."""

from __future__ import annotations

from pathlib import Path

from core.timecode import parse_rate
from render.stage import Stage
from render.theme import load_theme
from script.assets import require_asset
from script.document import Script

STUDIO_THEME = "templates/theme.toml"


def set_stage(script: Script, studio: Path | None, size: tuple[int, int]) -> Stage:
    """The stage on which a script's scenes are laid out at `size`, with the script's theme, else the studio's own
    `templates/theme.toml`, else the standard one. Raises BadInput for a theme that cannot be used."""
    theme = None
    if script.front.theme:
        theme = require_asset(script, studio, script.front.theme, script.front.places.get("theme"))
    elif studio is not None and (studio / STUDIO_THEME).is_file():
        theme = studio / STUDIO_THEME
    return Stage(size, parse_rate(script.front.fps), load_theme(theme), script, studio)
