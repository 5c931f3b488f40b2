"""Whose a file is, as it is said on screen: from `assets.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from render.scenes.places import field_place
from script.assets import owner_of

if TYPE_CHECKING:
    from render.stage import Stage

UNSAID = "none"
"""What `credit:` says when nothing is to be shown: on the slate and beside the film the file is credited all the same."""


def credit_line(written: str, stage: Stage, scene: str, file: str) -> str:
    """The scene's own words, else the file's credit and licence; empty where neither says anything."""
    if written:
        return "" if written.strip().casefold() == UNSAID else written
    asset = owner_of(stage.script, field_place(stage, scene, "file")).assets.get(file)
    return ", ".join(part for part in (asset.credit, asset.licence) if part) if asset else ""
