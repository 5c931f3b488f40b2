"""A chart's figures as lines of points, whether they stand in the script or in a CSV file beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import BadInput, Place
from core.nearest import nearest
from render.scenes.places import field_place
from render.table import Table, read_table
from script.assets import MissingFile, require_asset

if TYPE_CHECKING:
    from render.scenes.chart import ChartScene, Datum
    from render.stage import Stage

Path = tuple[str | int, ...]
_NAMES = "name columns by their headings, rows by their labels"


@dataclass(frozen=True)
class Point:
    """A value with its label; `path` is that of the element in the scene that may wait for its word, empty where none can."""

    label: str
    value: float
    highlight: bool = False
    path: Path = ()


@dataclass(frozen=True)
class Line:
    """One series: its name ("" for the only one), its points in order, its colour ("" for the next of the theme's)."""

    name: str
    points: tuple[Point, ...]
    colour: str = ""
    path: Path = ()


def gather(scene: ChartScene, stage: Stage) -> tuple[Line, ...]:
    """The chart's lines, as many points each, with the same labels. Raises BadInput at the field or the cell that is wrong."""
    lines = tuple(_from_file(scene, stage) if scene.file else _from_fields(scene, stage))
    _fit_type(scene, lines, stage)
    return lines


def faults(scene: ChartScene, stage: Stage) -> list[BadInput]:
    """What `gather` would refuse: all that the scene and its file disagree about, else the first thing that is wrong."""
    try:
        found = list(_unfit(scene, _read(scene, stage), stage)) if scene.file else []
        if not found:
            gather(scene, stage)
    except MissingFile:
        raise
    except BadInput as error:
        return [error]
    return found


def _from_fields(scene: ChartScene, stage: Stage) -> Iterator[Line]:
    if scene.data:
        yield Line("", _points(scene, scene.data, ("data",), stage), "accent")
    for index, series in enumerate(scene.series):
        path = ("series", index)
        if not series.data:
            raise _wrong(scene, stage, f"{series.name} has no data", "add `data:`, or a `file:`", *path)
        yield Line(series.name, _points(scene, series.data, (*path, "data"), stage), series.colour, path)


def _points(scene: ChartScene, data: Sequence[Datum], path: Path, stage: Stage) -> tuple[Point, ...]:
    points = []
    for index, datum in enumerate(data):
        if datum.value is None:
            hint = "add `value:`; only rows of a `file:` have theirs there"
            raise _wrong(scene, stage, f"{datum.label} has no value", hint, *path, index)
        points.append(Point(datum.label, datum.value, datum.highlight, (*path, index)))
    return tuple(points)


def _from_file(scene: ChartScene, stage: Stage) -> Iterator[Line]:
    table = _read(scene, stage)
    for error in _unfit(scene, table, stage):
        raise error
    marks = {datum.label: index for index, datum in enumerate(scene.data)}
    asked = {series.name: (index, series) for index, series in enumerate(scene.series)}
    single = len(asked or table.columns) == 1
    for name in asked or table.columns:
        points = tuple(
            Point(label, value, label in marks and scene.data[marks[label]].highlight, _mark(marks, label))
            for label, value in zip(table.labels, table.columns[name], strict=True)
        )
        if name in asked:
            index, series = asked[name]
            yield Line("" if single else name, points, series.colour or ("accent" if single else ""), ("series", index))
        else:
            yield Line("" if single else name, points, "accent" if single else "")


def _unfit(scene: ChartScene, table: Table, stage: Stage) -> Iterator[BadInput]:
    """Rows and columns that the scene names and its file does not have, or that bring figures of their own."""
    for index, datum in enumerate(scene.data):
        if datum.label not in table.labels:
            yield _unknown(scene, stage, "row", datum.label, table.labels, "data", index, "label")
        elif datum.value is not None:
            hint = "change it in the file, or leave it out here"
            yield _wrong(scene, stage, f"{datum.label} has its value in {scene.file}", hint, "data", index, "value")
    for index, series in enumerate(scene.series):
        if series.name not in table.columns:
            yield _unknown(scene, stage, "column", series.name, tuple(table.columns), "series", index, "name")
        elif series.data:
            hint = f"leave `data` out: its figures stand in {scene.file}"
            yield _wrong(scene, stage, f"{series.name} has data of its own", hint, "series", index, "data")


def _mark(marks: dict[str, int], label: str) -> Path:
    return ("data", marks[label]) if label in marks else ()


def _read(scene: ChartScene, stage: Stage) -> Table:
    path = require_asset(stage.script, stage.studio, scene.file, field_place(stage, scene.id, "file"))
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return read_table(stream, str(path), stage.script.facts)
    except UnicodeDecodeError as error:
        raise BadInput(f"{scene.file} is not UTF-8 text", hint="save it as UTF-8", place=Place(str(path))) from error


def _fit_type(scene: ChartScene, lines: tuple[Line, ...], stage: Stage) -> None:
    """What the type of chart asks of its figures."""
    said, count = scene.type, len(lines[0].points)
    where = "file" if scene.file else "series" if scene.series else "data"
    if said == "bar" and len(lines) > 1:
        hint = "name one of the columns in `series:`, or write type: stacked or type: line"
        raise _wrong(scene, stage, f"a bar chart takes one series, and has {len(lines)}", hint, where)
    if said == "stacked" and len(lines) < 2:
        raise _wrong(scene, stage, "stacked bars take two series at least", "write type: bar", where)
    if said in ("line", "area") and count < 2:
        raise _wrong(scene, stage, f"{'a line' if said == 'line' else 'an area'} needs two points at least", "", where)
    whole = said == "share" or (said == "area" and len(lines) > 1)
    for line in lines if whole else ():
        below = next((point for point in line.points if point.value < 0), None)
        if below:
            message = f"{line.name or below.label} is {below.value:g}: a part of a whole is not below zero"
            raise _wrong(scene, stage, message, "write type: stacked or type: bar", where)
    if said == "share":
        wholes = zip(*(line.points for line in lines), strict=True) if len(lines) > 1 else [lines[0].points]
        for parts in wholes:
            if not sum(point.value for point in parts):
                raise _wrong(scene, stage, f"the parts of {parts[0].label} add up to nothing", "", where)


def _unknown(
    scene: ChartScene, stage: Stage, what: str, name: str, known: tuple[str, ...], *path: str | int
) -> BadInput:
    near = nearest(name, known)
    hint = f"did you mean {near!r}?" if near else _NAMES
    return _wrong(scene, stage, f"{scene.file} has no {what} {name!r}", hint, *path)


def _wrong(scene: ChartScene, stage: Stage, message: str, hint: str, *path: str | int) -> BadInput:
    return BadInput(message, hint=hint, place=field_place(stage, scene.id, *path))
