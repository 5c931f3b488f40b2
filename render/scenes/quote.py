"""Quote: somebody's own words, with their name, in their own script too."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from core.findings import Finding
from render.bidi_runs import reads_right_to_left
from render.composition import Layer, Plate
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import Anchor, layout_text

_MOST_WORDS = 40
"""VISUAL.md, Type."""
_LARGEST = 0.9
"""Of a title's size: a short quote fills the frame, and is still no title."""
_TALLEST = 470
"""Pixels at 1080 lines: what is longer is set smaller."""


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

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """A large mark, the words line by line, then name, original name and role."""
        frame, colours, sizes = frame_of(stage), stage.theme.colours, stage.theme.sizes
        unit = frame.unit
        # One column stays free for the mark, on the side on which the words begin.
        rtl = reads_right_to_left(self.text)
        beside_mark = frame.columns(1, 11) if rtl else frame.columns(2, 12)
        left, right = frame.columns(1, 12) if frame.vertical else beside_mark
        words = layout_text(
            self.text.strip("“”\"'«» "),
            display(stage, _LARGEST * sizes.title * unit, weight=500),
            right - left,
            6,
            min_size=56 * unit,
            height=_TALLEST * unit,
        )
        name = layout_text(
            self.by, text(stage, sizes.lower_third * unit, weight=650), right - left, 1, min_size=40 * unit
        )
        original = layout_text(
            self.original_name, text(stage, sizes.lower_third * unit), right - left, 1, min_size=40 * unit
        )
        role = layout_text(
            self.role,
            text(stage, sizes.lower_third_role * unit),
            right - left,
            1,
            min_size=32 * unit,
            max_characters=None,
        )
        foot = 64 * unit + name.height + (role.height if self.role else 0)
        top = frame.middle - (words.height + foot - 24 * unit) / 2
        begin, last = entrance(stage, shot, ("text",), waits=False), shot.frames
        named = entrance(stage, shot, (), order=4)
        side: Anchor = "end" if rtl else "start"
        edge, inwards = (right, -1) if rtl else (left, 1)
        name_top = top + words.height + 64 * unit
        ground = colours.glow
        texts = [Placed(words, edge, top, colours.ink, ground, begin, last, side)]
        x = edge + inwards * 40 * unit
        texts.append(Placed(name, x, name_top, colours.ink, ground, named, last, side))
        if self.original_name and name.width + 72 * unit + original.width <= right - left:
            beside = x + inwards * (name.width + 32 * unit)
            y = name_top + name.baseline() - original.baseline()
            texts.append(Placed(original, beside, y, colours.muted, ground, named, last, side))
        if self.role:
            texts.append(Placed(role, x, name_top + name.height, colours.muted, ground, named, last, side))
        bar = (edge - (8 * unit if rtl else 0), name_top + 4 * unit, foot - 64 * unit - 8 * unit)
        mark = layout_text("”" if rtl else "“", display(stage, 320 * unit, weight=600))
        mark_x = frame.right + 12 * unit if rtl else frame.left - 12 * unit
        mark_top = top + words.cap_top - mark.cap_top - 56 * unit
        quotation = Placed(mark, mark_x, mark_top, colours.accent, ground, anchor=side)
        svg = draw_layers("quote", stage, mark=quotation, words=texts[0], credits=texts[1:], bar=bar)
        layers = [Layer("mark", Plate(svg["mark"]), begin, motion=enter(stage, begin, travel=0))]
        for index in range(len(words.lines)):
            first = begin + stage.frames(stage.theme.motion.stagger * (index + 1))
            layers.append(
                Layer(f"line-{index + 1}", Plate(svg[f"line-{index + 1}"]), first, motion=enter(stage, first))
            )
        layers.append(Layer("name", Plate(svg["name"]), named, motion=enter(stage, named)))
        return Layout(tuple(layers), tuple(texts), self._length(), motif="depths")

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
