"""Title: the film's name, large, with a kicker over it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from render.composition import Layer, Plate
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance, unroll
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import Anchor, layout_text


class TitleScene(DrawnScene):
    """The film's name, with a kicker over it and a line under it."""

    kind: ClassVar[str] = "title"
    example: ClassVar[str] = "text: Who holds the Strait of Hormuz?\nkicker: Chokepoints\n"

    text: str = Field(min_length=1, description="the title")
    kicker: str = Field(default="", description="a word or two over it, such as the series")
    subtitle: str = Field(default="", description="a line under it")

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """Kicker, title line by line, subtitle; flush left, centred on the height."""
        frame, colours, sizes = frame_of(stage), stage.theme.colours, stage.theme.sizes
        unit = frame.unit
        left, right = frame.left, frame.right
        kicker_style = text(stage, sizes.label * frame.type_unit, weight=600, capitals=True, tracking=0.1)
        kicker = layout_text(self.kicker, kicker_style, right - left, 1, min_size=32 * unit)
        title_style = display(stage, sizes.title * frame.type_unit)
        subtitle_style = text(stage, 48 * frame.type_unit)
        subtitle = layout_text(
            self.subtitle, subtitle_style, right - left, 3 if frame.vertical else 2, min_size=40 * unit
        )
        if not frame.vertical:
            # As long as the title is, a line under it is no longer to read than that.
            title = layout_text(self.text, title_style, right - left, 4, min_size=72 * unit, height=560 * unit)
            one = layout_text(self.subtitle, subtitle_style, title.width, 1)
            subtitle = subtitle if one.overflow else one
        over = kicker.height + 24 * unit if self.kicker else 0
        under = subtitle.height + 36 * unit if self.subtitle else 0
        room = frame.body_bottom - frame.body_top - over - under if frame.vertical else 560 * unit
        title = layout_text(
            self.text, title_style, right - left, 7 if frame.vertical else 4, min_size=72 * unit, height=room
        )
        top = frame.middle - (title.height + under - over) / 2
        first = entrance(stage, shot, ())
        steps = [first + stage.frames(stage.theme.motion.stagger * order) for order in range(3)]
        last = shot.frames
        x = frame.right if title.right_to_left else left
        anchor: Anchor = "end" if title.right_to_left else "start"
        places = {
            "kicker": Placed(kicker, x, top - over, colours.accent, colours.glow, steps[0], last, anchor),
            "title": Placed(title, x, top, colours.ink, colours.glow, steps[1], last, anchor),
            "subtitle": Placed(
                subtitle, x, top + title.height + 36 * unit, colours.muted, colours.glow, steps[2], last, anchor
            ),
        }
        svg = draw_layers("title", stage, **places, rule=top - over - 44 * unit)
        layers = [
            Layer(
                "rule",
                Plate(svg["rule"], reveal="right" if title.right_to_left else "left"),
                first,
                motion=unroll(stage, first, 0.5),
            )
        ]
        shown = [name for name, placed in places.items() if placed.block.text]
        layers += [
            Layer(name, Plate(svg[name]), places[name].first, motion=enter(stage, places[name].first)) for name in shown
        ]
        return Layout(tuple(layers), tuple(places[name] for name in shown))
