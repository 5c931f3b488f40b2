"""Chart: bars or lines that grow as the narrator comes to them."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from core.findings import Finding
from render.composition import Layer, Plate
from render.scenes.base import Element
from render.scenes.chart_bars import draw_bars
from render.scenes.chart_lines import draw_lines
from render.scenes.chart_parts import Head, draw_head
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.places import field_place
from render.stage import Shot, Stage

_MOST_SERIES = 5


class Datum(Element):
    """One value with its label."""

    label: str = Field(description="what the value belongs to, such as a year")
    value: float = Field(description="the figure")
    highlight: bool = Field(default=False, description="in the accent colour; on a line, a dot with its value")


class Series(Element):
    """One line of a line chart."""

    name: str = Field(description="written at the end of the line")
    data: tuple[Datum, ...] = Field(min_length=2, description="points, left to right")
    colour: str = Field(default="", description="a colour of the theme, or #rrggbb")


class ChartScene(DrawnScene):
    """Values as bars or lines, labelled directly; each may wait for its word."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    kind: ClassVar[str] = "chart"
    example: ClassVar[str] = (
        "type: bar\ntitle: Ships through the canal\nunit: transits a year\n"
        'data: [{label: "2023", value: 26434}, {label: "2024", value: 13213, highlight: true}]\nsource: Suez Canal Authority\n'
    )

    type: Literal["bar", "line"] = Field(default="bar", description="bars for amounts, a line for a course over time")
    title: str = Field(min_length=1, description="what is shown")
    unit: str = Field(default="", description="what the values are counted in")
    data: tuple[Datum, ...] = Field(default=(), max_length=40, description="the values, in order")
    series: tuple[Series, ...] = Field(default=(), max_length=8, description="several lines, instead of `data`")
    source: str = Field(default="", description="where the figures come from")

    @model_validator(mode="after")
    def _has_values(self) -> ChartScene:
        if bool(self.data) == bool(self.series):
            raise ValueError("a chart takes either `data` or `series`")
        if self.type == "bar" and not self.data:
            raise ValueError("a bar chart takes `data`")
        if self.type == "line" and self.data and len(self.data) < 2:
            raise ValueError("a line needs two points at least")
        if len({tuple(point.label for point in line.data) for line in self.series}) > 1:
            raise ValueError("all series take the same labels")
        return self

    @property
    def credit_line(self) -> str:
        """Credit and source in one line."""
        source = f"Source: {self.source}" if self.source else ""
        return "  ·  ".join(part for part in (self.credit, source) if part)

    def lines(self) -> tuple[Series, ...]:
        """The lines of a line chart: the series, or the data as one without a name."""
        return self.series or (Series.model_construct(name="", data=self.data, colour="accent", at=None, nth=None),)

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """Title and unit, then the plot."""
        head: Head = draw_head(self.title, self.unit, shot, stage)
        layers: list[Layer] = [Layer("head", Plate(head.svg), head.first, motion=head.motion)]
        drawn, texts = (draw_bars if self.type == "bar" else draw_lines)(self, head, shot, stage)
        return Layout((*layers, *drawn), (*head.texts, *texts), self._facts(stage), motif="depths", strength=0.5)

    def _facts(self, stage: Stage) -> tuple[Finding, ...]:
        found: list[Finding] = []
        for name, rule, hint in (
            ("unit", "chart-unit", "say what the values are counted in"),
            ("source", "chart-source", "say where the figures come from"),
        ):
            if not getattr(self, name):
                place = field_place(stage, self.id, name)
                found.append(
                    Finding(rule, "warning", f"the chart has no {name}", f"add `{name}: …`: {hint}", place, self.id)
                )
        if len(self.series) > _MOST_SERIES:
            message = f"the chart has {len(self.series)} lines"
            place = field_place(stage, self.id, "series")
            found.append(
                Finding("chart-series", "warning", message, "show the ones that matter", place, self.id,
                        value=len(self.series), limit=_MOST_SERIES)
            )  # fmt: skip
        return tuple(found)
