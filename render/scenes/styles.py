"""The theme's voices as text styles: display for what is said, text for what is noted."""

from __future__ import annotations

from render.scenes.frame import frame_of
from render.shaping import TextStyle
from render.stage import Stage


def display(stage: Stage, size: float, *, weight: int = 600, italic: bool = False, tabular: bool = False) -> TextStyle:
    """The display face: titles, quotes, numbers; `size` in pixels."""
    fonts = stage.theme.fonts
    return TextStyle(
        fonts.display,
        size,
        weight=weight,
        italic=italic,
        leading=1.12,
        tabular=tabular,
        language=stage.script.front.language,
        arabic=fonts.arabic,
        hebrew=fonts.hebrew,
        unit=frame_of(stage).unit,
    )


def text(
    stage: Stage,
    size: float,
    *,
    weight: int = 400,
    capitals: bool = False,
    tracking: float = 0.0,
    tabular: bool = False,
    leading: float = 1.3,
) -> TextStyle:
    """The text face: everything else; `size` in pixels, `tracking` in em."""
    fonts = stage.theme.fonts
    return TextStyle(
        fonts.text,
        size,
        weight=weight,
        tracking=tracking,
        leading=leading,
        capitals=capitals,
        tabular=tabular,
        language=stage.script.front.language,
        arabic=fonts.arabic,
        hebrew=fonts.hebrew,
        unit=frame_of(stage).unit,
    )
