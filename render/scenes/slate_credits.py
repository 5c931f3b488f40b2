"""The credits on a slate: the producer's own lines, else everybody whose work the film uses, as far as there is room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from render.scenes.frame import frame_of
from render.scenes.styles import text
from render.text import TextBlock, layout_row
from script.credits import LINES, credit_lines

if TYPE_CHECKING:
    from render.scenes.slate import SlateScene
    from render.stage import Stage

GAP = 12
"""Pixels at 1080 lines between two lines of credits."""


def credit_rows(scene: SlateScene, stage: Stage, width: float, room: float) -> list[TextBlock]:
    """The lines laid out in `width`; of automatic ones as many as `room` (both in pixels) has height for."""
    frame = frame_of(stage)
    style = text(stage, stage.theme.sizes.axis * frame.type_unit)
    rows: list[TextBlock] = []
    for lines in _choices(scene, stage):
        rows = layout_row(lines, style, width, 2, 30 * frame.unit)
        if sum(row.height + GAP * frame.unit for row in rows) <= room:
            break
    return rows


def _choices(scene: SlateScene, stage: Stage) -> Iterator[tuple[str, ...]]:
    """What may be said, the fullest first."""
    # The kinds are typed again for it, which a slate cannot import while it is itself being imported.
    from render.uses import film_uses

    if not scene.thanks:
        yield scene.lines
        return
    uses = film_uses(stage.script, stage.studio)
    for count in range(LINES, 0, -1):
        yield credit_lines(uses, lines=count)
