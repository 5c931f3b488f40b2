"""Number: one figure as large as the frame allows, counted up so that it lands on its word."""

from __future__ import annotations

from typing import ClassVar

from pydantic import ConfigDict, Field

from render.composition import Key, Layer, Motion, Plate
from render.fonts import faces_digest
from render.scenes.counter import Counter, decimals_of, write_number
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance, unroll
from render.scenes.frame import frame_of
from render.scenes.placing import Placed, mirror
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, layout_text

_COUNTS = 1.0
"""Seconds that counting takes (VISUAL.md, Charts)."""
_UPRIGHT = 1.5
"""How much larger the figure may be in 9:16."""
_SMALLEST = 0.6
"""The share of its sizes down to which all of it is made to fit the height."""
_GAP = 40


class NumberScene(DrawnScene):
    """One figure, its unit, and what it counts. With `at:` the counter lands on that word."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    kind: ClassVar[str] = "number"
    example: ClassVar[str] = 'value: 193\nunit: kilometres\nlabel: "Port Said to Suez, without a single lock"\n'

    value: float = Field(description="the figure")
    unit: str = Field(default="", description="what it is counted in, after the figure")
    prefix: str = Field(default="", description="what stands before it, such as £")
    label: str = Field(default="", description="what it says, in a line or two under it")
    from_: float = Field(default=0.0, alias="from", description="where the counter starts")
    count: bool = Field(default=True, description="count up to the figure; false for a year")

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """Figure and unit on one baseline (or under each other where they are too wide), a rule, the label."""
        frame, colours = frame_of(stage), stage.theme.colours
        unit, gap = frame.unit, _GAP * frame.unit
        rule_width = frame.columns(1, 12 if frame.vertical else 9)[1] - frame.left
        scale = 1.0
        while True:
            number, said, label = self._blocks(stage, rule_width, scale)
            cap = number.cap_height
            beside = bool(self.unit) and not frame.vertical and number.width + gap + said.width <= frame.text_width
            stacked = 0.0 if beside or not self.unit else said.height + 56 * unit
            below = (label.height + 104 * unit) if self.label else 0.0
            if cap + stacked + below <= frame.body_bottom - frame.body_top or scale < _SMALLEST:
                break
            scale *= 0.94
        baseline = frame.middle - (cap + stacked + below) / 2 + cap
        top = baseline - number.baseline()
        at = shot.at.get(())
        counts = self.count and self.from_ != self.value
        lands = min(at if at is not None else stage.frames(0.3 + _COUNTS), max(1, shot.frames - 1))
        first = max(0, lands - stage.frames(_COUNTS)) if counts else entrance(stage, shot, ())
        last = shot.frames
        placed = Placed(number, frame.left, top, colours.accent, colours.glow, first, last)
        texts = [placed]
        if self.unit:
            x = frame.left + number.width + gap if beside else frame.left
            y = (baseline if beside else baseline + 48 * unit + said.baseline()) - said.baseline()
            texts.append(Placed(said, x, y, colours.ink, colours.glow, first, last))
        rule = baseline + stacked + 56 * unit
        begin = entrance(stage, shot, ("label",), waits=False)
        if self.label:
            texts.append(Placed(label, frame.left, rule + 40 * unit, colours.muted, colours.glow, begin, last))
        rtl = any(block.right_to_left for block in (said, label) if block.text)
        if rtl:
            texts = [mirror(placed, frame) for placed in texts]
        placed = texts[0]
        svg = draw_layers(
            "number",
            stage,
            number=placed,
            said=texts[1] if self.unit else None,
            rule_left=frame.right - rule_width if rtl else frame.left,
            rule=rule,
            rule_width=rule_width,
            label=texts[-1] if self.label else None,
        )
        layers: list[Layer] = []
        if self.label:
            layers.append(
                Layer(
                    "rule",
                    Plate(svg["rule"], reveal="right" if rtl else "left"),
                    begin,
                    motion=unroll(stage, begin, 0.5),
                )
            )
            layers.append(Layer("label", Plate(svg["label"]), begin, motion=enter(stage, begin)))
        if counts:
            layers.append(self._counting(stage, placed, lands))
            layers.append(Layer("number", Plate(svg["number"]), lands))
        else:
            layers.append(Layer("number", Plate(svg["number"]), first, motion=enter(stage, first)))
        if self.unit:
            layers.append(Layer("unit", Plate(svg["unit"]), first, motion=enter(stage, first)))
        return Layout(tuple(layers), tuple(texts))

    def _blocks(self, stage: Stage, width: float, scale: float) -> tuple[TextBlock, TextBlock, TextBlock]:
        """Figure, unit and label, at `scale` times their sizes; the label is at most `width` pixels wide."""
        frame, sizes = frame_of(stage), stage.theme.sizes
        unit, large = frame.unit, frame.type_unit * scale
        # In 9:16 the figure is as wide as the frame allows, and everything else stands under it.
        largest = sizes.number * unit * scale * (_UPRIGHT if frame.vertical else 1.0)
        figure = display(stage, largest, weight=600, tabular=True)
        written = self.prefix + write_number(self.value, decimals_of(self.value), figure.language, group=self.count)
        return (
            layout_text(written, figure, frame.text_width, 1, min_size=120 * unit),
            layout_text(
                self.unit,
                display(stage, sizes.chapter * large, weight=400),
                frame.text_width,
                2 if frame.vertical else 1,
                min_size=48 * unit,
                max_characters=None,
            ),
            layout_text(
                self.label,
                text(stage, sizes.lower_third * large),
                width,
                4 if frame.vertical else 2,
                min_size=40 * unit,
                max_characters=44,
            ),
        )

    def _counting(self, stage: Stage, placed: Placed, lands: int) -> Layer:
        """The figure while it runs: its right edge is that of the figure it arrives at."""
        right = placed.x if placed.anchor == "end" else placed.x + placed.block.width
        style = placed.block.style
        counter = Counter(
            start=self.from_,
            value=self.value,
            decimals=decimals_of(self.value),
            prefix=self.prefix,
            style=style,
            faces=faces_digest(style.family, style.arabic, style.hebrew),
            right=round(right, 2),
            top=round(placed.y, 2),
            fill=placed.fill,
            first=placed.first,
            last=lands,
        )
        appear = Motion(opacity=(Key(placed.first, 0.0), Key(placed.first + stage.frames(0.2), 1.0, "linear")))
        return Layer("counter", counter, placed.first, lands, appear)
