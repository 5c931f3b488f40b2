"""Where a scene's fields stand in the script, for findings."""

from __future__ import annotations

from core.errors import Place
from render.stage import Stage


def field_place(stage: Stage, scene: str, *path: str | int) -> Place | None:
    """The place of a field of the scene with that id; None for a scene that is in no script."""
    block = next((block for block in stage.script.scenes if block.id == scene), None)
    return block.place_of(*path) if block else None
