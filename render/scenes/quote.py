"""Quote: somebody's own words, with their name, in their own script too."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from core.findings import Finding
from render.bidi_runs import reads_right_to_left
from render.composition import Layer, Plate
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.emphasis import Emphasis, draw_emphasis
from render.scenes.entrances import enter, entrance
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import Anchor, TextBlock, layout_text

_MOST_WORDS = 40
"""VISUAL.md, Type."""
_LARGEST = 0.9
"""Of a title's size: a short quote fills the frame, and is still no title."""
_TALLEST = 470
_TALLEST_UPRIGHT = 720
"""Pixels at 1080 lines: what is longer is set smaller."""
_MARK = 320
"""The size of the quotation mark."""


class QuoteScene(DrawnScene):
    """Somebody's own words. With `at:` their name appears on that word; the words themselves stand from the cut on."""

    kind: ClassVar[str] = "quote"
    example: ClassVar[str] = (
        'text: "There will be no sovereignty in Egypt except that of the people of Egypt."\nby: Gamal Abdel Nasser\n'
        "original_name: جمال عبد الناصر\nrole: Alexandria, 26 July 1956\n"
    )

    text: str = Field(min_length=1, description="the words, without quotation marks")
    by: str = Field(min_length=1, description="whose words they are")
    original_name: str = Field(default="", description="the name in its own script")
    role: str = Field(default="", description="who they are, or where and when they said it")
    emphasis: tuple[Emphasis, ...] = Field(
        default=(), max_length=3, description="words to draw a line under, when the narrator says them"
    )

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """A large mark, the words line by line, then name, original name and role; in 9:16 the mark stands over the words."""
        frame, colours = frame_of(stage), stage.theme.colours
        unit, ground = frame.unit, colours.glow
        # In 16:9 one column stays free for the mark, on the side on which the words begin.
        rtl = reads_right_to_left(self.text)
        beside_mark = frame.columns(1, 11) if rtl else frame.columns(2, 12)
        left, right = frame.columns(1, 12) if frame.vertical else beside_mark
        side: Anchor = "end" if rtl else "start"
        edge, inwards = (right, -1) if rtl else (left, 1)
        mark = layout_text("”" if rtl else "“", display(stage, _MARK * unit, weight=600))
        ink = mark.box(0, 0)
        signed, foot = self._credits(stage, right - left - 40 * unit)
        over = ink[3] - ink[1] + 36 * unit if frame.vertical else 0.0
        room = frame.body_bottom - frame.body_top - over - foot - (64 + 24) * unit
        words = layout_text(
            self.text.strip("“”\"'«» "),
            display(stage, _LARGEST * stage.theme.sizes.title * unit, weight=500),
            right - left,
            10 if frame.vertical else 6,
            min_size=56 * unit,
            height=min(room, (_TALLEST_UPRIGHT if frame.vertical else _TALLEST) * unit),
        )
        height = words.height + 64 * unit + foot
        top = frame.middle - (over + height - 24 * unit) / 2 + over
        begin, last = entrance(stage, shot, ("text",), waits=False), shot.frames
        named = entrance(stage, shot, (), order=4)
        name_top = top + words.height + 64 * unit
        x = edge + inwards * 40 * unit
        texts = [Placed(words, edge, top, colours.ink, ground, begin, last, side)]
        texts += [
            Placed(block, x + inwards * across, name_top + down, fill, ground, named, last, side)
            for block, across, down, fill in signed
        ]
        bar = (edge - (8 * unit if rtl else 0), name_top + 4 * unit, foot - 8 * unit)
        mark_x = frame.right + 12 * unit if rtl else frame.left - 12 * unit
        mark_top = top + words.cap_top - (ink[3] + 44 * unit if frame.vertical else mark.cap_top + 56 * unit)
        quotation = Placed(mark, mark_x, mark_top, colours.accent, ground, anchor=side)
        svg = draw_layers("quote", stage, mark=quotation, words=texts[0], credits=texts[1:], bar=bar)
        lines, missing = draw_emphasis(self.emphasis, texts[0], shot, stage)
        layers = [Layer("mark", Plate(svg["mark"]), begin, motion=enter(stage, begin, travel=0)), *lines]
        for index in range(len(words.lines)):
            first = begin + stage.frames(stage.theme.motion.stagger * (index + 1))
            layers.append(
                Layer(f"line-{index + 1}", Plate(svg[f"line-{index + 1}"]), first, motion=enter(stage, first))
            )
        layers.append(Layer("name", Plate(svg["name"]), named, motion=enter(stage, named)))
        return Layout(tuple(layers), tuple(texts), (*self._length(), *missing), motif="depths")

    def _credits(self, stage: Stage, width: float) -> tuple[list[tuple[TextBlock, float, float, str]], float]:
        """Name, original name beside it or under it, role: each with its distance from the edge and the top, and its colour;
        and the height of them all."""
        frame, colours, sizes = frame_of(stage), stage.theme.colours, stage.theme.sizes
        unit, large, lines = frame.unit, frame.type_unit, 2 if frame.vertical else 1
        name = layout_text(
            self.by, text(stage, sizes.lower_third * large, weight=650, leading=1.2), width, lines, min_size=40 * unit
        )
        original = layout_text(
            self.original_name, text(stage, sizes.lower_third * large, leading=1.2), width, lines, min_size=40 * unit
        )
        role = layout_text(
            self.role,
            text(stage, sizes.lower_third_role * large),
            width,
            lines + 1,
            min_size=32 * unit,
            max_characters=None,
        )
        out = [(name, 0.0, 0.0, colours.ink)]
        height = name.height
        if self.original_name:
            across = name.width + 32 * unit
            if len(name.lines) == 1 and across + original.width <= width:
                out.append((original, across, name.baseline() - original.baseline(), colours.muted))
            else:
                out.append((original, 0.0, height, colours.muted))
                height += original.height
        if self.role:
            out.append((role, 0.0, height, colours.muted))
            height += role.height
        return out, height

    def _length(self) -> tuple[Finding, ...]:
        words = len(self.text.split())
        if words <= _MOST_WORDS:
            return ()
        message = f"the quote has {words} words"
        return (
            Finding(
                "quote-length",
                "warning",
                message,
                "quote the sentence that matters",
                scene=self.id,
                value=words,
                limit=_MOST_WORDS,
            ),
        )
