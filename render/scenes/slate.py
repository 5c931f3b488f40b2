"""Slate: the film's last picture, with room for what the platform lays over it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from render.composition import Layer, Plate
from render.formats import frame_size
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance, unroll
from render.scenes.frame import frame_of
from render.scenes.logo import slate_logo
from render.scenes.placing import Placed, mirror
from render.scenes.reviews import reading_seconds
from render.scenes.slate_credits import GAP, credit_rows
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import layout_text
from render.timeline import SILENT_SECONDS


class SlateScene(DrawnScene):
    """The end: title and credits on the left, the right half free for the platform's own cards."""

    kind: ClassVar[str] = "slate"
    example: ClassVar[str] = 'title: Who holds the Strait of Hormuz?\nlines: ["Maps: Natural Earth"]\n'

    title: str = Field(min_length=1, description="the film's or the studio's name")
    lines: tuple[str, ...] = Field(
        default=(), max_length=6, description="credits, one a line; left out, everybody whose work the film uses"
    )
    call: str = Field(default="", description="what the viewer may do next, in a few words")

    @property
    def thanks(self) -> bool:
        """True when it writes the credits itself."""
        return "lines" not in self.model_fields_set

    def natural_seconds(self, stage: Stage) -> Fraction | None:
        """As long as the credits that it writes itself take to read, with its `hold:`; as long in every format."""
        if not self.thanks:
            return None
        wide = replace(stage, size=frame_size())
        texts = self.lay_out(Shot(self, 0, stage.frames(60), {}), wide).texts
        needed = max(text.first / stage.rate + Fraction(reading_seconds(len(text.block.text))) for text in texts)
        return max(Fraction(SILENT_SECONDS), needed - Fraction(self.hold))

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """The theme's logo, rule, title, call, credits in the left half."""
        frame, colours = frame_of(stage), stage.theme.colours
        unit = frame.unit
        left, right = frame.columns(1, 6) if not frame.vertical else frame.columns(1, 12)
        width = right - left
        large = frame.type_unit
        title = layout_text(self.title, display(stage, stage.theme.sizes.chapter * large), width, 5, min_size=56 * unit)
        call = layout_text(self.call, text(stage, 48 * large, weight=600), width, 3, min_size=40 * unit)
        call_height = call.height + 40 * unit if self.call else 0
        logo = slate_logo(stage, frame)
        over = logo.height + 48 * unit if logo else 0.0
        taken = over + 56 * unit + title.height + call_height + 48 * unit
        rows = credit_rows(self, stage, width, frame.bottom - frame.top - taken)
        gap = GAP * unit
        credits_height = sum(row.height + gap for row in rows)
        height = title.height + call_height + (48 * unit + credits_height if rows else 0)
        top = frame.middle - (height + over) / 2 + 24 * unit + over
        if logo:
            logo = replace(logo, y=top - 56 * unit - over)
        first, last, ground = entrance(stage, shot, ()), shot.frames, colours.glow
        steps = [first + stage.frames(stage.theme.motion.stagger * order) for order in range(1, 4)]
        texts = [Placed(title, left, top, colours.ink, ground, steps[0], last)]
        if self.call:
            texts.append(Placed(call, left, top + title.height + 40 * unit, colours.accent, ground, steps[1], last))
        y = top + title.height + call_height + 48 * unit
        small: list[Placed] = []
        for row in rows:
            small.append(
                Placed(row, left, y, colours.muted, ground, steps[2], last, large=False, written=not self.thanks)
            )
            y += row.height + gap
        rtl, rule_left = title.right_to_left, left
        if rtl:
            texts, small = ([mirror(placed, frame) for placed in row] for row in (texts, small))
            rule_left = frame.left + frame.right - left - 96 * unit
            logo = replace(logo, x=frame.left + frame.right - logo.x - logo.width) if logo else None
        svg = draw_layers(
            "slate",
            stage,
            rule=top - 56 * unit,
            rule_left=rule_left,
            title=texts[0],
            call=texts[1] if self.call else None,
            credits=small,
            logo=logo,
        )
        layers = [
            Layer(
                "rule", Plate(svg["rule"], reveal="right" if rtl else "left"), first, motion=unroll(stage, first, 0.5)
            ),
            Layer("title", Plate(svg["title"]), steps[0], motion=enter(stage, steps[0])),
        ]
        if logo:
            layers.insert(0, Layer("logo", Plate(svg["logo"]), first, motion=enter(stage, first, travel=0)))
        if self.call:
            layers.append(Layer("call", Plate(svg["call"]), steps[1], motion=enter(stage, steps[1])))
        if small:
            layers.append(Layer("credits", Plate(svg["credits"]), steps[2], motion=enter(stage, steps[2])))
        return Layout(tuple(layers), (*texts, *small))
