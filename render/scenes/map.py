"""`map`: countries, places and routes under a camera, drawn from one border source a film."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from core.errors import BadInput
from render.geography.extents import rectangle
from render.geography.names import find_country
from render.geography.natural_earth import WORLDVIEWS
from render.geography.routes import Mode
from render.geography.towns import find_town
from render.scenes.base import Element, Scene, refused

if TYPE_CHECKING:
    from core.findings import Finding
    from render.composition import Composition
    from render.stage import Shot, Stage


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


def _fill(value: Any) -> Any:
    return {"fill": value} if isinstance(value, str) else value


def _known_worldview(value: str) -> str:
    if value and value not in WORLDVIEWS:
        raise refused(BadInput(f"no worldview {value!r}", hint=f"write one of {', '.join(WORLDVIEWS)}"))
    return value


Country = Annotated[str, AfterValidator(_country)]
CountryKey = Annotated[str, AfterValidator(_country_as_written)]
Position = Annotated[
    tuple[Annotated[float, Field(ge=-360, le=360)], Annotated[float, Field(ge=-90, le=90)]], BeforeValidator(_position)
]
Extent = Annotated[tuple[float, float, float, float] | list[Country] | Literal["world"], BeforeValidator(_view)]
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
    mode: Mode = Field(default="sea", description="by sea and land a smooth line, by air a great circle, dashed")
    start: Position = Field(alias="from", description="[lon, lat], or a town's name")
    via: list[Position] = Field(
        default_factory=list, description="waypoints, [lon, lat] each; a ship needs them round every cape"
    )
    to: Position = Field(description="[lon, lat], or a town's name")
    colour: Literal["accent", "second", "third", "ink"] | None = Field(
        default=None, description="a colour of the theme; the first that fills no country unless given"
    )

    @property
    def waypoints(self) -> tuple[tuple[float, float], ...]:
        """From start to end."""
        return (self.start, *self.via, self.to)


class Camera(Element):
    """A move from one view to another, along van Wijk and Nuij's path."""

    start: Extent = Field(alias="from", description="countries, [west, south, east, north], or world")
    to: Extent | None = Field(default=None, description="the same; the scene's extent or focus unless given")


class MapScene(Scene):
    """Countries, places and routes under a camera."""

    kind: ClassVar[str] = "map"
    example: ClassVar[str] = """\
focus: [YEM, DJI, ERI]
camera: {from: [EGY, SAU, YEM]}
highlight: {YEM: accent}
places:
  - {name: Aden}
  - {name: Djibouti}
  - {name: Bab el-Mandeb, lon: 43.33, lat: 12.58, kind: strait}
source: Natural Earth
"""

    focus: list[Country] = Field(default_factory=list, description="countries that stand out and decide what is seen")
    extent: Extent | None = Field(
        default=None, description="what is seen instead: countries, [west, south, east, north], or world"
    )
    camera: Camera | None = Field(default=None, description="a move; without one the map pushes in slowly")
    highlight: dict[CountryKey, Annotated[Highlight, BeforeValidator(_fill)]] = Field(
        default_factory=dict, description="fills by country: {EGY: accent}, or {EGY: {fill: accent, at: phrase}}"
    )
    places: list[Place] = Field(default_factory=list, description="towns and waters with their names")
    route: Route | None = Field(default=None, description="one route")
    routes: list[Route] = Field(default_factory=list, description="several routes")
    labels: list[Country] | dict[Country, Annotated[str, Field(min_length=1)]] | None = Field(
        default=None,
        description="countries that are named; those of focus and highlight unless given, [] for none; "
        "{TUR: Turkey} names them all, these by other names",
    )
    worldview: Annotated[str, AfterValidator(_known_worldview)] = Field(
        default="", description="whose borders are drawn; one for a whole film: german (default) or natural-earth"
    )
    source: str = Field(default="", description="where the map's facts are from, after the borders' own credit")

    @model_validator(mode="after")
    def _can_be_seen(self) -> MapScene:
        if not (self.focus or self.extent or self.places or self.route or self.routes or self.highlight):
            raise refused(BadInput("the map shows nothing", hint="write focus: [EGY], or extent: world"))
        return self

    @property
    def all_routes(self) -> tuple[tuple[tuple[str | int, ...], Route], ...]:
        """Every route with its path in the scene."""
        single = ((("route",), self.route),) if self.route else ()
        return (*single, *((("routes", index), route) for index, route in enumerate(self.routes)))

    @property
    def highlights(self) -> tuple[tuple[tuple[str | int, ...], str, Highlight], ...]:
        """(path, country, highlight) of every highlight."""
        return tuple((("highlight", name), find_country(name), item) for name, item in self.highlight.items())

    def compose(self, shot: Shot, stage: Stage) -> Composition:
        """The map as one painting, the overlays over it. Raises BadInput for a country that the worldview does not draw."""
        from render.scenes.map_layout import compose_map

        return compose_map(self, shot, stage)

    def review(self, shot: Shot, stage: Stage) -> list[Finding]:
        """Ships aground, two border policies in one film, too many names or fills, names without room."""
        from render.scenes.map_review import review_map

        return review_map(self, shot, stage)
