"""The parts of a map scene: places, fills, routes, rivers, contested areas and the camera, as a script writes them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from core.errors import BadInput
from render.geography.contested import find_contested
from render.geography.extents import rectangle
from render.geography.names import find_country
from render.geography.natural_earth import WORLDVIEWS
from render.geography.rivers import find_river
from render.geography.routes import Mode
from render.geography.towns import find_town
from render.scenes.base import Element, refused


def _country(written: str) -> str:
    try:
        return find_country(written)
    except BadInput as error:
        raise refused(error) from error


def _country_as_written(written: str) -> str:
    """A key stays as it is written, so that its place in the script is found."""
    _country(written)
    return written


def _position(value: Any) -> Any:
    """A town's name stands for its longitude and latitude."""
    if not isinstance(value, str):
        return value
    try:
        town = find_town(value)
    except BadInput as error:
        raise refused(error) from error
    return (town.lon, town.lat)


def _view(value: Any) -> Any:
    if isinstance(value, (list, tuple)) and len(value) == 4 and all(isinstance(part, (int, float)) for part in value):
        try:
            rectangle(*value)
        except BadInput as error:
            raise refused(error) from error
        return tuple(float(part) for part in value)
    if isinstance(value, str) and value != "world":
        return [value]
    return value


def as_fill(value: Any) -> Any:
    """A fill may be written as its name alone."""
    return {"fill": value} if isinstance(value, str) else value


def as_river(value: Any) -> Any:
    """A river may be written as its name alone."""
    return {"name": value} if isinstance(value, str) else value


def _river(written: str) -> str:
    try:
        return find_river(written)
    except BadInput as error:
        raise refused(error) from error


def _contested(written: str) -> str:
    try:
        return find_contested(written).id
    except BadInput as error:
        raise refused(error) from error


def _day(value: Any) -> Any:
    """YAML reads a day as a date."""
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise refused(BadInput(f"{value} is no day", hint="write year, month and day, such as 2024-05-01")) from None


def known_worldview(value: str) -> str:
    """Refuses a worldview that there is not."""
    if value and value not in WORLDVIEWS:
        raise refused(BadInput(f"no worldview {value!r}", hint=f"write one of {', '.join(WORLDVIEWS)}"))
    return value


ContestedId = Annotated[str, AfterValidator(_contested)]
Country = Annotated[str, AfterValidator(_country)]
CountryKey = Annotated[str, AfterValidator(_country_as_written)]
Position = Annotated[
    tuple[Annotated[float, Field(ge=-360, le=360)], Annotated[float, Field(ge=-90, le=90)]],
    BeforeValidator(_position, json_schema_input_type=tuple[float, float] | str),
]
Extent = Annotated[
    tuple[float, float, float, float] | list[Country] | Literal["world"],
    BeforeValidator(_view, json_schema_input_type=tuple[float, float, float, float] | list[str] | str),
]
FillName = Literal["accent", "second", "third", "focus", "hatch", "second-hatch", "third-hatch"]


class Place(Element):
    """A town, a strait, a cape, a sea or a region with its name."""

    name: str = Field(min_length=1, description="the name as it is written on the map")
    lon: float | None = Field(default=None, ge=-180, le=180, description="longitude in degrees; a town's is looked up")
    lat: float | None = Field(default=None, ge=-90, le=90, description="latitude in degrees; a town's is looked up")
    country: Country | None = Field(default=None, description="where a town is, when several have its name")
    kind: Literal["town", "capital", "strait", "sea", "cape", "region"] | None = Field(
        default=None, description="how it is drawn; a town unless given, a capital where it is one"
    )

    @model_validator(mode="after")
    def _has_position(self) -> Place:
        if (self.lon is None) != (self.lat is None):
            raise refused(BadInput(f"{self.name} needs both lon and lat", hint="write lon: 43.3, lat: 12.6"))
        if self.lon is None:
            if self.kind not in {None, "town", "capital"}:
                raise refused(
                    BadInput(f"the {self.kind} {self.name} needs lon and lat", hint="only towns are looked up")
                )
            try:
                find_town(self.name, self.country or "")
            except BadInput as error:
                raise refused(error) from error
        return self

    @property
    def position(self) -> tuple[float, float]:
        """Longitude and latitude in degrees."""
        if self.lon is not None and self.lat is not None:
            return self.lon, self.lat
        town = find_town(self.name, self.country or "")
        return town.lon, town.lat

    @property
    def drawn_as(self) -> str:
        """Its kind, the gazetteer's where none is given."""
        if self.kind:
            return self.kind
        return "capital" if self.lon is None and find_town(self.name, self.country or "").capital else "town"


class Highlight(Element):
    """A country filled with one of the theme's colours, or hatched with it."""

    fill: FillName = Field(description="accent, second, third or focus; hatch, second-hatch or third-hatch for stripes")


class Route(Element):
    """A way by sea, air or land, drawn while the narrator speaks."""

    id: str = Field(default="", description="a name to tell routes apart in messages")
    mode: Mode = Field(
        default="sea",
        description="by sea a smooth line, by canal the same also through land, by land a railway's sleepers, by air a dashed great circle",
    )
    start: Position = Field(alias="from", description="[lon, lat], or a town's name")
    via: list[Position] = Field(
        default_factory=list, description="waypoints, [lon, lat] each; a ship needs them round every cape"
    )
    to: Position = Field(description="[lon, lat], or a town's name")
    colour: Literal["accent", "second", "third", "ink"] | None = Field(
        default=None,
        description="a colour of the theme; the next that fills no country and that no route has unless given",
    )

    @property
    def waypoints(self) -> tuple[tuple[float, float], ...]:
        """From start to end."""
        return (self.start, *self.via, self.to)


class Camera(Element):
    """A move from one view to another, along van Wijk and Nuij's path."""

    start: Extent = Field(alias="from", description="countries, [west, south, east, north], or world")
    to: Extent | None = Field(default=None, description="the same; the scene's extent or focus unless given")


class NamedRiver(Element):
    """A river with its name along it."""

    name: Annotated[str, AfterValidator(_river)] = Field(description="one of the rivers listed in maps.md")


class StudioArea(Element):
    """A contested area of the studio's own, hatched like those of the table."""

    file: str = Field(min_length=1, description="GeoJSON with one or more polygons, longitude and latitude")
    name: str = Field(min_length=1, description="its name in the legend")
    date: Annotated[str, BeforeValidator(_day)] = Field(description="of which day it is, such as 2024-05-01")
    source: str = Field(min_length=1, description="who says so; both stand in the credit line")
    claimants: list[Country] = Field(default_factory=list, max_length=4, description="whose flags stand by its name")
