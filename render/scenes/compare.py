"""Compare: two things side by side, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from render.composition import Layer, Plate
from render.scenes.base import Element
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance, unroll
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import layout_text


class CompareRow(Element):
    """One point of comparison."""

    label: str = Field(min_length=1, description="what is compared")
    left: str = Field(min_length=1, description="how it is on the left")
    right: str = Field(min_length=1, description="how it is on the right")


@dataclass(frozen=True)
class _Row:
    """A row in its place; `rule` is the height of the line over it."""

    rule: float
    texts: tuple[Placed, ...]


class CompareScene(DrawnScene):
    """Two columns under their names, a label between them; each row may wait for its word."""

    kind: ClassVar[str] = "compare"
    example: ClassVar[str] = (
        'left: By Suez\nright: By the Cape\nrows:\n- {label: Distance, left: "8,400 miles", right: "11,900 miles"}\n'
        "- {label: Time at sea, left: 26 days, right: 36 days}\n"
    )

    left: str = Field(min_length=1, description="the name of the left column")
    right: str = Field(min_length=1, description="the name of the right column")
    rows: tuple[CompareRow, ...] = Field(min_length=1, max_length=5, description="points of comparison")

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """Names over two columns, values large, the label small and centred between them."""
        frame, colours = frame_of(stage), stage.theme.colours
        unit, ground, last = frame.unit, colours.glow, shot.frames
        middle = frame.width / 2 if not frame.vertical else (frame.left + frame.right) / 2
        label_width = 360 * unit if not frame.vertical else 240 * unit
        width = (frame.text_width - label_width) / 2 - 24 * unit
        begin = entrance(stage, shot, ("left",))
        name_style = display(stage, stage.theme.sizes.chapter * unit)
        names = [layout_text(name, name_style, width, 2, min_size=44 * unit) for name in (self.left, self.right)]
        name_size = min(block.size for block in names)
        names = [
            layout_text(name, name_style.at(name_size), width, 2, min_size=name_size)
            for name in (self.left, self.right)
        ]
        head = max(block.height for block in names) + 40 * unit
        height = min(148 * unit, (frame.body_bottom - frame.body_top - head) / len(self.rows))
        top = frame.middle - (head + height * len(self.rows)) / 2
        texts = [
            Placed(names[0], frame.left, top, colours.accent, ground, begin, last),
            Placed(names[1], frame.right, top, colours.second, ground, begin, last, "end"),
        ]
        rows: list[_Row] = []
        for index, row in enumerate(self.rows):
            first = entrance(stage, shot, ("rows", index), order=2 + 2 * index)
            y = top + head + height * index
            value = text(stage, stage.theme.sizes.list * unit, weight=600, tabular=True)
            left, right = (layout_text(said, value, width, 1, min_size=36 * unit) for said in (row.left, row.right))
            label = layout_text(
                row.label, text(stage, stage.theme.sizes.label * unit), label_width, 2, min_size=32 * unit
            )
            centre = y + height / 2
            placed = (
                Placed(left, frame.left, centre - left.height / 2, colours.ink, ground, first, last),
                Placed(label, middle, centre - label.height / 2, colours.muted, ground, first, last, "middle"),
                Placed(right, frame.right, centre - right.height / 2, colours.ink, ground, first, last, "end"),
            )
            rows.append(_Row(y, placed))
        svg = draw_layers("compare", stage, names=texts, rows=rows)
        layers = [Layer("names", Plate(svg["names"]), begin, motion=enter(stage, begin))]
        for number, drawn in enumerate(rows, 1):
            first = drawn.texts[0].first
            layers.append(
                Layer(f"rule-{number}", Plate(svg[f"rule-{number}"]), first, motion=unroll(stage, first, 0.5))
            )
            layers.append(Layer(f"row-{number}", Plate(svg[f"row-{number}"]), first, motion=enter(stage, first)))
        return Layout(
            tuple(layers),
            (*texts, *(placed for drawn in rows for placed in drawn.texts)),
            motif="horizon",
            strength=0.7,
        )
