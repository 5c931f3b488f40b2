"""Chart: bars, lines, areas and shares that grow as the narrator comes to them."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from core.findings import Finding
from render.composition import Layer, Plate
from render.scenes.base import Element
from render.scenes.chart_bars import draw_bars
from render.scenes.chart_data import Line, faults, gather
from render.scenes.chart_lines import draw_lines
from render.scenes.chart_parts import Head, draw_head
from render.scenes.chart_stacks import draw_stacks
from render.scenes.chart_whole import draw_whole
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.places import field_place
from render.stage import Shot, Stage

_MOST_SERIES = 5
"""VISUAL.md, Charts."""


class Datum(Element):
    """One value with its label."""

    label: str = Field(description="what the value belongs to, such as a year")
    value: float | None = Field(default=None, description="the figure; left out for a row of `file`")
    highlight: bool = Field(default=False, description="in the accent colour; on a line, a dot with its value")


class Series(Element):
    """One of several courses or parts."""

    name: str = Field(description="written beside it; with `file`, the heading of its column")
    data: tuple[Datum, ...] = Field(default=(), max_length=40, description="its values, in order; not with `file`")
    colour: str = Field(default="", description="a colour of the theme, or #rrggbb")


class ChartScene(DrawnScene):
    """Values as bars, lines, areas or shares of a whole, labelled directly; each may wait for its word."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    kind: ClassVar[str] = "chart"
    example: ClassVar[str] = (
        "type: bar\ntitle: Ships through the canal\nunit: transits a year\n"
        'data: [{label: "2023", value: 26434}, {label: "2024", value: 13213, highlight: true}]\nsource: Suez Canal Authority\n'
    )

    type: Literal["bar", "line", "area", "stacked", "share"] = Field(
        default="bar",
        description="bars for amounts, a line for a course over time, an area for one that adds up, stacked bars for what amounts "
        "are made of, share for parts of a whole",
    )
    title: str = Field(min_length=1, description="what is shown")
    unit: str = Field(default="", description="what the values are counted in")
    data: tuple[Datum, ...] = Field(
        default=(), max_length=40, description="the values, in order; with `file`, rows that wait or stand out"
    )
    series: tuple[Series, ...] = Field(
        default=(), max_length=8, description="several courses or parts; with `file`, the columns that are shown"
    )
    file: str = Field(default="", description="a CSV file with the figures")
    from_: float | None = Field(default=None, alias="from", description="where the axis of a line begins")
    source: str = Field(default="", description="where the figures come from")

    @model_validator(mode="after")
    def _has_values(self) -> ChartScene:
        if not self.file and bool(self.data) == bool(self.series):
            raise ValueError("a chart takes either `data` or `series`, or a `file`")
        if not self.file and len({tuple(point.label for point in line.data) for line in self.series}) > 1:
            raise ValueError("all series take the same labels")
        return self

    @property
    def credit_line(self) -> str:
        """Credit and source in one line."""
        source = f"Source: {self.source}" if self.source else ""
        return "  ·  ".join(part for part in (self.credit, source) if part)

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """Title and unit, then the plot."""
        lines = gather(self, stage)
        head: Head = draw_head(self.title, self.unit, shot, stage)
        if self.type in ("line", "area"):
            layers, texts = draw_lines(self, lines, head, shot, stage)
        elif self.type == "bar":
            layers, texts = draw_bars(lines, head, shot, stage)
        elif self.type == "share" and len(lines) == 1:
            layers, texts = draw_whole(lines, head, shot, stage)
        else:
            layers, texts = draw_stacks(self, lines, head, shot, stage)
        titled = Layer("head", Plate(head.svg), head.first, motion=head.motion)
        findings = self._facts(lines, stage)
        return Layout((titled, *layers), (*head.texts, *texts), findings, motif="depths", strength=0.5)

    def review(self, shot: Shot, stage: Stage) -> list[Finding]:
        """As every drawn scene's, and what is wrong with the figures."""
        own = field_place(stage, self.id)
        found = [
            Finding("chart-data", "error", error.message, error.hint, error.place or own, self.id)
            for error in faults(self, stage)
        ]
        return found or super().review(shot, stage)

    def _facts(self, lines: tuple[Line, ...], stage: Stage) -> tuple[Finding, ...]:
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
        parts = len(lines[0].points) if self.type == "share" and len(lines) == 1 else len(lines)
        if parts > _MOST_SERIES:
            what = {"line": "lines", "area": "areas"}.get(self.type, "parts")
            place = field_place(stage, self.id, "file" if self.file else "series" if self.series else "data")
            found.append(
                Finding("chart-series", "warning", f"the chart has {parts} {what}", "show the ones that matter", place,
                        self.id, value=parts, limit=_MOST_SERIES)
            )  # fmt: skip
        if self.from_ and self.type != "line":
            message = f"{'an area' if self.type == 'area' else 'bars'} cannot begin at {self.from_:g}: zero is where they start"
            hint = "leave `from` out, or write type: line, whose axis shows where it is broken"
            found.append(
                Finding("chart-zero", "error", message, hint, field_place(stage, self.id, "from"), self.id, value=self.from_, limit=0)
            )  # fmt: skip
        return tuple(found)
