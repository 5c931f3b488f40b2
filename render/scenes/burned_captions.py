"""Captions burned into the picture: for players that show none. Off unless the script says `captions: burned`."""

from __future__ import annotations

from dataclasses import dataclass

from render.scenes.frame import Frame
from render.scenes.placing import Box, Placed
from render.scenes.styles import text
from render.stage import Shot, Stage
from render.text import layout_text

_SIZE = 48
"""What must be read on a phone is no smaller (VISUAL.md, Type)."""
_ACROSS, _DOWN = 24, 10
"""How far the ground reaches beyond the words."""


@dataclass(frozen=True)
class BurnedCue:
    """A cue in its place; `box` is the ground behind it."""

    box: Box
    text: Placed


def burned_cues(shot: Shot, stage: Stage, frame: Frame, foot: float) -> tuple[BurnedCue, ...]:
    """The scene's cues, centred, with their grounds ending at `foot`: over the credit line, where frames keep room for them."""
    colours, unit = stage.theme.colours, frame.unit
    style = text(stage, _SIZE * (1.1 if frame.vertical else 1.0) * unit, weight=500, leading=1.3)
    middle = (frame.left + frame.right) / 2
    out: list[BurnedCue] = []
    for cue in shot.cues:
        # In 9:16 a line holds fewer words than a cue's: it is broken anew.
        said = " ".join(cue.lines) if frame.vertical else "\n".join(cue.lines)
        block = layout_text(said, style, frame.text_width - 2 * _ACROSS * unit, 4, 40 * unit, max_characters=None)
        y = foot - _DOWN * unit - block.height
        half = block.width / 2 + _ACROSS * unit
        placed = Placed(block, middle, y, colours.ink, colours.panel, cue.first, cue.last, "middle")
        out.append(BurnedCue((middle - half, y - _DOWN * unit, middle + half, foot), placed))
    return tuple(out)
