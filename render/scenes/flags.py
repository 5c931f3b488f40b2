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
from render.text import layout_text


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
    """Two to six flags of equal height with their names."""

    kind: ClassVar[str] = "flags"
    example: ClassVar[str] = "countries: [{iso: IRN}, {iso: OMN}, {iso: ARE}]\nheading: Around the strait\n"

    countries: tuple[FlagCountry, ...] = Field(
        min_length=2, max_length=6, description="the countries, in the order of the narration"
    )
    heading: str = Field(default="", description="what brings them together")

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """One row of up to four, or two rows; names under the flags, heading over them."""
        frame, colours = frame_of(stage), stage.theme.colours
        unit, ground, last = frame.unit, colours.glow, shot.frames
        heading = layout_text(
            self.heading, display(stage, stage.theme.sizes.chapter * unit), frame.text_width, 2, min_size=56 * unit
        )
        rows, columns = self._grid(frame)
        gap = 56 * unit
        name_room = 104 * unit
        over = heading.height + 56 * unit if self.heading else 0
        width = min((frame.text_width - (columns - 1) * gap) / columns, 600 * unit)
        room = frame.body_bottom - frame.body_top - over
        height = min(width * 0.75, (room - rows * name_room) / rows)
        width = height / 0.75
        gap = min(112 * unit, (frame.text_width - columns * width) / (columns - 1))
        block = over + rows * (height + name_room)
        top = frame.middle - (block - name_room / 3) / 2
        begin = entrance(stage, shot, ("heading",))
        texts: list[Placed] = []
        if self.heading:
            texts.append(Placed(heading, frame.left, top, colours.ink, ground, begin, last))
        flags: list[_Flag] = []
        for index, country in enumerate(self.countries):
            row, column = divmod(index, columns)
            x = frame.left + column * (width + gap)
            y = top + over + row * (height + name_room)
            first = entrance(stage, shot, ("countries", index), order=index + 1)
            said = layout_text(
                country.said,
                text(stage, 48 * unit, weight=600),
                width + gap * 0.6,
                1,
                min_size=32 * unit,
            )
            name = Placed(said, x, y + height + 20 * unit, colours.ink, ground, first, last)
            view_box, drawing = flag_drawing(flag_file(country.iso))
            flags.append(_Flag(x, y, width, height, view_box, Markup(drawing), name))  # noqa: S704 - our own drawing
        svg = draw_layers("flags", stage, heading=texts[0] if texts else None, flags=flags)
        layers = [Layer("heading", Plate(svg["heading"]), begin, motion=enter(stage, begin))] if texts else []
        for index, flag in enumerate(flags, 1):
            first = flag.name.first
            layers.append(Layer(f"flag-{index}", Plate(svg[f"flag-{index}"]), first, motion=enter(stage, first)))
        return Layout(tuple(layers), (*texts, *(flag.name for flag in flags)))

    def _grid(self, frame: Frame) -> tuple[int, int]:
        """(rows, columns)."""
        count = len(self.countries)
        columns = 2 if frame.vertical else count if count <= 4 else 3
        return -(-count // columns), columns
