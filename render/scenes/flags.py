"""Flags: two to six countries side by side, each arriving on its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup
from pydantic import Field, field_validator

from core.errors import BadInput
from render.composition import Layer, Plate
from render.geography.names import country_name, find_country
from render.scenes.base import Element, refused
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance
from render.scenes.flag_files import flag_drawing, flag_file
from render.scenes.frame import Frame, frame_of
from render.scenes.placing import Placed
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, layout_row, layout_text

_SHAPE = 0.75
"""Height by width: every drawing is 4:3, whatever the law of its country says."""
_LEAST_GAP = 48
_UNDER = 12
_BETWEEN = 44
"""Pixels at 1080 lines: between flags in a row, from a flag to its name, from a row's names to the next row. A name stands
nearer to its own flag than to the one under it."""


class FlagCountry(Element):
    """A country whose flag is shown."""

    iso: str = Field(description="ISO 3166 code, such as EGY")
    name: str = Field(default="", description="the name under the flag; left out, the country's everyday name")

    @field_validator("iso")
    @classmethod
    def _known(cls, code: str) -> str:
        try:
            flag_file(code)
        except BadInput as error:
            raise refused(error) from error
        return code

    @property
    def said(self) -> str:
        """The name under the flag."""
        unions = {"EU": "European Union", "UN": "United Nations"}
        return self.name or unions.get(self.iso) or country_name(find_country(self.iso))


@dataclass(frozen=True)
class _Size:
    """A flag's sides, the distance from one row to the next, and the names at their size."""

    width: float
    height: float
    row: float
    names: tuple[TextBlock, ...]


@dataclass(frozen=True)
class _Flag:
    """A flag in its place: the drawing is 4:3."""

    x: float
    y: float
    width: float
    height: float
    view_box: str
    drawing: Markup
    name: Placed


class FlagsScene(DrawnScene):
    """Two to six flags of today's countries with their names, all drawn 4:3, so that none looks larger."""

    kind: ClassVar[str] = "flags"
    example: ClassVar[str] = "countries: [{iso: IRN}, {iso: OMN}, {iso: ARE}]\nheading: Around the strait\n"

    countries: tuple[FlagCountry, ...] = Field(
        min_length=2, max_length=6, description="the countries, in the order of the narration"
    )
    heading: str = Field(default="", description="what brings them together")

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """One row of up to four, heading over it; five and six in two rows beside their heading. Names under the flags."""
        frame, colours = frame_of(stage), stage.theme.colours
        unit, ground, last = frame.unit, colours.glow, shot.frames
        rows, columns = self._grid(frame)
        beside = bool(self.heading) and rows > 1 and not frame.vertical
        heading_width = frame.columns(1, 4)[1] - frame.left if beside else frame.text_width
        heading = layout_text(
            self.heading,
            display(stage, stage.theme.sizes.chapter * unit),
            heading_width,
            5 if beside else 2,
            min_size=56 * unit,
        )
        left = frame.columns(5, 12)[0] if beside else frame.left
        over = heading.height + 56 * unit if self.heading and not beside else 0
        size = self._size(stage, frame, rows, columns, frame.right - left, over)
        gap = (frame.right - left - columns * size.width) / (columns - 1)
        block = over + rows * size.row - _BETWEEN * unit
        top = frame.middle - block / 2
        begin = entrance(stage, shot, ("heading",))
        texts: list[Placed] = []
        if self.heading:
            heading_top = frame.middle - heading.height / 2 if beside else top
            texts.append(Placed(heading, frame.left, heading_top, colours.ink, ground, begin, last))
        flags: list[_Flag] = []
        for index, country in enumerate(self.countries):
            row, column = divmod(index, columns)
            x = left + column * (size.width + gap)
            y = top + over + row * size.row
            first = entrance(stage, shot, ("countries", index), order=index + 1)
            under = y + size.height + _UNDER * unit
            name = Placed(size.names[index], x, under, colours.ink, ground, first, last)
            view_box, drawing = flag_drawing(flag_file(country.iso))
            flags.append(_Flag(x, y, size.width, size.height, view_box, Markup(drawing), name))  # noqa: S704 - our own drawing
        svg = draw_layers("flags", stage, heading=texts[0] if texts else None, flags=flags)
        layers = [Layer("heading", Plate(svg["heading"]), begin, motion=enter(stage, begin))] if texts else []
        for index, flag in enumerate(flags, 1):
            first = flag.name.first
            layers.append(Layer(f"flag-{index}", Plate(svg[f"flag-{index}"]), first, motion=enter(stage, first)))
        return Layout(tuple(layers), (*texts, *(flag.name for flag in flags)), motif="horizon")

    def _size(self, stage: Stage, frame: Frame, rows: int, columns: int, width: float, over: float) -> _Size:
        """The largest flags that the room allows with their names, which are all of one size and never wider than a flag."""
        unit, room = frame.unit, frame.body_bottom - frame.body_top - over
        style = text(stage, 48 * unit, weight=600, leading=1.15)
        wide = (width - (columns - 1) * _LEAST_GAP * unit) / columns
        while True:
            names = layout_row([country.said for country in self.countries], style, wide, 2, 30 * unit)
            under = max(name.height for name in names) + _UNDER * unit
            row = wide * _SHAPE + under + _BETWEEN * unit
            if rows * row - _BETWEEN * unit <= room:
                return _Size(wide, wide * _SHAPE, row, tuple(names))
            wide *= 0.98

    def _grid(self, frame: Frame) -> tuple[int, int]:
        """(rows, columns)."""
        count = len(self.countries)
        columns = 2 if frame.vertical else count if count <= 4 else 3
        return -(-count // columns), columns
