"""What every chart has: a title, a unit, and the room that they leave for the plot."""

from __future__ import annotations

from dataclasses import dataclass

from render.composition import Motion
from render.scenes.entrances import enter, entrance
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import layout_text


@dataclass(frozen=True)
class Head:
    """Title and unit drawn, and the plot's edges in pixels under them."""

    svg: str
    texts: tuple[Placed, ...]
    first: int
    motion: Motion
    left: float
    top: float
    right: float
    bottom: float


def draw_head(title: str, unit_name: str, shot: Shot, stage: Stage) -> Head:
    """Title and unit at the top left, under the chapter's strap where there is one."""
    frame, colours, sizes = frame_of(stage), stage.theme.colours, stage.theme.sizes
    unit, last = frame.unit, shot.frames
    first = entrance(stage, shot, ("title",))
    top = frame.body_top if shot.opens_chapter else frame.top + 32 * unit
    heading = layout_text(
        title, display(stage, sizes.quote * unit), frame.text_width, 2, min_size=52 * unit, max_characters=None
    )
    texts = [Placed(heading, frame.left, top, colours.ink, colours.glow, first, last)]
    if unit_name:
        said = layout_text(
            unit_name, text(stage, sizes.label * unit), frame.text_width, 1, min_size=32 * unit, max_characters=None
        )
        texts.append(Placed(said, frame.left, texts[0].bottom + 4 * unit, colours.muted, colours.glow, first, last))
    svg = draw_layers("chart_head", stage, texts=texts)["head"]
    return Head(
        svg=svg,
        texts=tuple(texts),
        first=first,
        motion=enter(stage, first),
        left=frame.left,
        top=texts[-1].bottom + 40 * unit,
        right=frame.right,
        bottom=frame.body_bottom,
    )
