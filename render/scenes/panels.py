"""Text on a panel of its own over a scene: the lower third, and the chapter's strap."""

from __future__ import annotations

from dataclasses import dataclass

from render.scenes.base import Scene
from render.scenes.entrances import entrance
from render.scenes.frame import Frame
from render.scenes.placing import Box, Placed
from render.scenes.styles import text
from render.stage import Shot, Stage
from render.text import Anchor, TextBlock, layout_text

_AFTER_CUT = 0.7
_STAYS = 5.0
_BEFORE_NEXT = 0.5
_STRAP_AFTER = 0.3
_STRAP_STAYS = 3.2
_DOWN = 0.68
"""Where a lower third begins, as a share of the height: it stands 66 to 80 % down (VISUAL.md, Reading)."""
_INSET = 40
_PADDING = 20


@dataclass(frozen=True)
class Panel:
    """Text on a panel; `box` is the panel, and `bar` the left edge of the stripe at the side on which the text begins."""

    box: Box
    bar: float
    texts: tuple[Placed, ...]

    @property
    def first(self) -> int:
        """The frame on which it begins to enter."""
        return self.texts[0].first

    @property
    def last(self) -> int:
        """The frame on which it is gone."""
        return self.texts[0].last


def lower_third(scene: Scene, shot: Shot, stage: Stage, frame: Frame, foot: float) -> Panel | None:
    """The name and what they are, on a panel that ends above `foot`; on the right where the name reads from there."""
    third = scene.lower_third
    if third is None:
        return None
    first, last = lower_third_frames(shot, stage)
    colours, sizes, unit = stage.theme.colours, stage.theme.sizes, frame.unit
    room = frame.text_width * (1.0 if frame.vertical else 0.6) - (_INSET + 48) * unit
    name_style = text(stage, sizes.lower_third * frame.type_unit, weight=650, leading=1.2)
    role_style = text(stage, sizes.lower_third_role * frame.type_unit, leading=1.25)
    lines = 2 if frame.vertical else 1
    rows = [(layout_text(third.name, name_style, room, lines, min_size=40 * unit), colours.ink)]
    if third.role:
        rows.append((layout_text(third.role, role_style, room, lines, min_size=32 * unit), colours.muted))
    height = sum(block.height for block, _ in rows) + 2 * _PADDING * unit
    top = min(_DOWN * frame.height, foot - height)
    return _panel(rows, frame, top, (first, last), colours.panel)


def lower_third_frames(shot: Shot, stage: Stage) -> tuple[int, int]:
    """The frames [first, last) of a scene's lower third."""
    path = ("lower_third",)
    first = entrance(stage, shot, path) if path in shot.at else stage.frames(_AFTER_CUT)
    return first, max(first + 2, min(first + stage.frames(_STAYS), shot.frames - stage.frames(_BEFORE_NEXT)))


def _panel(rows: list[tuple[TextBlock, str]], frame: Frame, top: float, frames: tuple[int, int], ground: str) -> Panel:
    """Rows of text, each in its colour, on a panel at the margin from which the first reads."""
    unit, (first, last) = frame.unit, frames
    width = _INSET * unit + max(block.width for block, _ in rows) + 48 * unit
    mirrored = rows[0][0].right_to_left
    anchor: Anchor = "end" if mirrored else "start"
    x = frame.right - _INSET * unit if mirrored else frame.left + _INSET * unit
    left = frame.right - width if mirrored else frame.left
    y = top + _PADDING * unit
    texts: list[Placed] = []
    for block, fill in rows:
        texts.append(Placed(block, x, y, fill, ground, first, last, anchor))
        y += block.height
    box = (left, top, left + width, y + _PADDING * unit)
    return Panel(box, frame.right - 8 * unit if mirrored else left, tuple(texts))


def strap(shot: Shot, stage: Stage, frame: Frame, beside: float) -> Panel | None:
    """The chapter's number and title, top left, over its first scene; `beside` is the width that is taken at the other side."""
    chapters = stage.script.chapters
    if not shot.opens_chapter or not 0 <= shot.chapter < len(chapters) or not chapters[shot.chapter].title:
        return None
    told = {block.chapter for block in stage.script.scenes} or {*range(len(chapters))}
    number = sum(1 for index in range(shot.chapter + 1) if chapters[index].title and index in told)
    first = stage.frames(_STRAP_AFTER)
    last = max(first + 2, min(first + stage.frames(_STRAP_STAYS), shot.frames))
    colours, unit = stage.theme.colours, frame.unit
    style = text(stage, stage.theme.sizes.label * frame.type_unit, weight=600, leading=1.2, tabular=True)
    counted = layout_text(str(number), style)
    inset, gap, end = 24 * unit, 24 * unit, 28 * unit
    room = frame.text_width * (1.0 if frame.vertical else 0.7) - inset - counted.width - gap - end - beside
    title = layout_text(chapters[shot.chapter].title, style, room, 1, min_size=32 * unit, max_characters=None)
    top = frame.top
    y = top + 14 * unit
    figure = Placed(counted, frame.left + inset, y, colours.accent, colours.panel, first, last)
    down = counted.baseline() - title.baseline()
    name = Placed(title, figure.x + counted.width + gap, y + down, colours.ink, colours.panel, first, last)
    box = (frame.left, top, name.x + title.width + end, y + counted.height + 14 * unit)
    return Panel(box, frame.left, (figure, name))
