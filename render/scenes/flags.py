"""Flags: two to six countries side by side, or one under the other in 9:16, each arriving on its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from markupsafe import Markup
from pydantic import Field, field_validator

from core.errors import BadInput
from render.bidi_runs import reads_right_to_left
from render.composition import Layer, Plate
from render.geography.names import country_name, find_country
from render.scenes.base import Element, refused
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance
from render.scenes.flag_files import flag_drawing, flag_file
from render.scenes.frame import Frame, frame_of
from render.scenes.placing import Placed, mirror
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, layout_heading, layout_row, layout_text

_SHAPE = 0.75
"""Height by width: every drawing is 4:3, whatever the law of its country says."""
_WIDEST = 0.52
"""Of the text's width, a flag's in 9:16: beside it stands its name."""
_LEAST_GAP = 48
_PITCH = 1.4
"""From one flag to the next in two rows, by a flag's width, at most: names that are wider than their flags need more."""
_NARROWEST = 96
"""Pixels at 1080 lines: a flag is never made smaller than this to fit the height."""
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
class _Grid:
    """Where everything stands: the heading's block and its place, a flag's width, and each flag's place with its name's."""

    heading: TextBlock
    heading_top: float
    width: float
    flags: tuple[tuple[float, float], ...]
    names: tuple[tuple[TextBlock, float, float], ...]


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
        """Flags with their names, as large as the frame allows, and the heading over or beside them."""
        frame, colours = frame_of(stage), stage.theme.colours
        ground, last = colours.glow, shot.frames
        grid = self._upright(stage, frame) if frame.vertical else self._rows(stage, frame)
        begin = entrance(stage, shot, ("heading",))
        texts: list[Placed] = []
        if self.heading:
            texts.append(Placed(grid.heading, frame.left, grid.heading_top, colours.ink, ground, begin, last))
        flags: list[_Flag] = []
        for index, (country, (x, y), (said, name_x, name_y)) in enumerate(
            zip(self.countries, grid.flags, grid.names, strict=True)
        ):
            first = entrance(stage, shot, ("countries", index), order=index + 1)
            name = Placed(said, name_x, name_y, colours.ink, ground, first, last)
            view_box, drawing = flag_drawing(flag_file(country.iso))
            flags.append(_Flag(x, y, grid.width, grid.width * _SHAPE, view_box, Markup(drawing), name))  # noqa: S704 - our own drawing
        if reads_right_to_left(self.heading or self.countries[0].said):
            texts = [mirror(placed, frame) for placed in texts]
            across = frame.left + frame.right - grid.width
            flags = [replace(flag, x=across - flag.x, name=mirror(flag.name, frame)) for flag in flags]
        svg = draw_layers("flags", stage, heading=texts[0] if texts else None, flags=flags)
        layers = [Layer("heading", Plate(svg["heading"]), begin, motion=enter(stage, begin))] if texts else []
        for index, flag in enumerate(flags, 1):
            first = flag.name.first
            layers.append(Layer(f"flag-{index}", Plate(svg[f"flag-{index}"]), first, motion=enter(stage, first)))
        return Layout(tuple(layers), (*texts, *(flag.name for flag in flags)), motif="horizon")

    def _rows(self, stage: Stage, frame: Frame) -> _Grid:
        """16:9: one row of up to four, heading over it; five and six in two rows beside their heading. Names under the flags,
        all of one size and never wider than a column."""
        unit, count = frame.unit, len(self.countries)
        columns = count if count <= 4 else 3
        rows = -(-count // columns)
        beside = bool(self.heading) and rows > 1
        heading = layout_text(
            self.heading,
            display(stage, stage.theme.sizes.chapter * unit),
            frame.columns(1, 4)[1] - frame.left if beside else frame.text_width,
            5 if beside else 2,
            min_size=56 * unit,
        )
        left = frame.columns(5, 12)[0] if beside else frame.left
        over = heading.height + 56 * unit if self.heading and not beside else 0.0
        style = text(stage, 48 * unit, weight=600, leading=1.15)
        wide = (frame.right - left - (columns - 1) * _LEAST_GAP * unit) / columns
        names = layout_row([country.said for country in self.countries], style, wide, 2, 30 * unit)
        unders = [
            _UNDER * unit + max(name.height for name in names[row * columns : (row + 1) * columns])
            for row in range(rows)
        ]
        while True:
            block = over + sum(wide * _SHAPE + under + _BETWEEN * unit for under in unders) - _BETWEEN * unit
            # A heading of a theme's own size may leave no room at all: then the review says what does not fit.
            if block <= frame.body_bottom - frame.body_top or wide < _NARROWEST * unit:
                break
            wide *= 0.98
        spread = (frame.right - left - wide) / (columns - 1)
        pitch = (
            spread
            if rows == 1
            else min(spread, max(_PITCH * wide, max(name.width for name in names) + _LEAST_GAP * unit))
        )
        if rows > 1 and not beside:
            left = (frame.left + frame.right - wide - (columns - 1) * pitch) / 2
        top = frame.middle - block / 2
        tops = [top + over + row * (wide * _SHAPE + _BETWEEN * unit) + sum(unders[:row]) for row in range(rows)]
        spots = [(left + index % columns * pitch, tops[index // columns]) for index in range(count)]
        return _Grid(
            heading,
            frame.middle - heading.height / 2 if beside else top,
            wide,
            tuple(spots),
            tuple((name, x, y + wide * _SHAPE + _UNDER * unit) for name, (x, y) in zip(names, spots, strict=True)),
        )

    def _upright(self, stage: Stage, frame: Frame) -> _Grid:
        """9:16: one under the other, each name beside its flag and level with its middle."""
        unit, count = frame.unit, len(self.countries)
        style = display(stage, stage.theme.sizes.chapter * frame.type_unit)
        heading = layout_heading(self.heading, style, frame.text_width, 3, 56 * unit)
        over = heading.height + 64 * unit if self.heading else 0.0
        room = frame.body_bottom - frame.body_top - over
        gap = (56 if count <= 3 else 36) * unit
        wide = min(_WIDEST * frame.text_width, (room - (count - 1) * gap) / count / _SHAPE)
        high = wide * _SHAPE
        x = frame.left + wide + 44 * unit
        style = text(stage, (64 if count <= 4 else 56) * frame.type_unit, weight=600, leading=1.15)
        names = layout_row([country.said for country in self.countries], style, frame.right - x, 2, 40 * unit)
        # A name on two lines may be higher than its flag: the gaps are even between what is seen.
        rows = [max(high, name.height) for name in names]
        gap = max(12 * unit, min(gap, (room - sum(rows)) / (count - 1)))
        top = frame.middle - (over + sum(rows) + (count - 1) * gap) / 2
        tops = [top + over + sum(rows[:index]) + index * gap + (rows[index] - high) / 2 for index in range(count)]
        return _Grid(
            heading,
            top,
            wide,
            tuple((frame.left, y) for y in tops),
            tuple((name, x, y + (high - name.height) / 2) for name, y in zip(names, tops, strict=True)),
        )
