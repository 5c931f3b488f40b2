"""`map`: countries, places and routes under a camera, drawn from one border source a film."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from core.errors import BadInput
from render.geography.names import find_country
from render.scenes.base import Scene, refused
from render.scenes.map_elements import (
    Camera,
    ContestedId,
    Country,
    CountryKey,
    Extent,
    Highlight,
    NamedRiver,
    Place,
    Route,
    StudioArea,
    as_fill,
    as_river,
    known_worldview,
)

if TYPE_CHECKING:
    from core.findings import Finding
    from render.composition import Composition
    from render.scenes.placing import Placed
    from render.stage import Shot, Stage


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
worldview: german
"""

    focus: list[Country] = Field(default_factory=list, description="countries that stand out and decide what is seen")
    extent: Extent | None = Field(
        default=None, description="what is seen instead: countries, [west, south, east, north], or world"
    )
    camera: Camera | None = Field(default=None, description="a move; without one the map pushes in slowly")
    highlight: dict[
        CountryKey, Annotated[Highlight, BeforeValidator(as_fill, json_schema_input_type=str | Highlight)]
    ] = Field(default_factory=dict, description="fills by country: {EGY: accent}, or {EGY: {fill: accent, at: phrase}}")
    places: list[Place] = Field(default_factory=list, description="towns and waters with their names")
    route: Route | None = Field(default=None, description="one route")
    routes: list[Route] = Field(default_factory=list, description="several routes")
    labels: list[Country] | dict[Country, Annotated[str, Field(min_length=1)]] | None = Field(
        default=None,
        description="countries that are named; those of focus and highlight unless given, [] for none; "
        "{TUR: Turkey} names them all, these by other names",
    )
    rivers: (
        list[Annotated[NamedRiver, BeforeValidator(as_river, json_schema_input_type=str | NamedRiver)]] | Literal["all"]
    ) = Field(default_factory=list, description="rivers by name, or all, which then have no names")
    contested: list[ContestedId] | None = Field(
        default=None,
        description="contested areas that are hatched and explained, by id; those in view unless given, [] for none",
    )
    areas: list[StudioArea] = Field(default_factory=list, description="contested areas of the studio's own")
    inset: bool | None = Field(
        default=None,
        description="whether a small map says where this is; where less than ten degrees are seen, unless given",
    )
    worldview: Annotated[str, AfterValidator(known_worldview)] = Field(
        default="",
        description="whose borders are drawn, german or natural-earth; one for a whole film, best in its front matter",
    )
    source: str = Field(default="", description="where the map's facts are from, after the borders' own credit")

    @model_validator(mode="after")
    def _can_be_seen(self) -> MapScene:
        if not (self.focus or self.extent or self.places or self.route or self.routes or self.highlight or self.areas):
            raise refused(BadInput("the map shows nothing", hint="write focus: [EGY], or extent: world"))
        return self

    @property
    def goal(self) -> Extent | None:
        """Where the camera comes to rest, where the script says so; else that follows from what the map names."""
        return self.camera.to if self.camera and self.camera.to is not None else self.extent

    @property
    def all_routes(self) -> tuple[tuple[tuple[str | int, ...], Route], ...]:
        """Every route with its path in the scene."""
        single = ((("route",), self.route),) if self.route else ()
        return (*single, *((("routes", index), route) for index, route in enumerate(self.routes)))

    @property
    def highlights(self) -> tuple[tuple[tuple[str | int, ...], str, Highlight], ...]:
        """(path, country, highlight) of every highlight."""
        return tuple((("highlight", name), find_country(name), item) for name, item in self.highlight.items())

    @property
    def named_rivers(self) -> tuple[tuple[tuple[str | int, ...], NamedRiver], ...]:
        """(path, river) of every river with a name."""
        listed = self.rivers if isinstance(self.rivers, list) else []
        return tuple((("rivers", index), river) for index, river in enumerate(listed))

    def credit_text(self, stage: Stage) -> str:
        """Whose borders are drawn and who says what else, unless the script has a credit."""
        from render.scenes.map_layout import credit_line

        return self.credit or credit_line(self, stage)

    def compose(self, shot: Shot, stage: Stage) -> Composition:
        """The map as one painting, the overlays over it. Raises BadInput for a country that the worldview does not draw."""
        from render.scenes.map_layout import compose_map

        return compose_map(self, shot, stage)

    def own_texts(self, shot: Shot, stage: Stage) -> tuple[Placed, ...]:
        """What its legends say; the names are the painting's."""
        from render.scenes.map_layout import lay_out_map

        return tuple(said for legend in lay_out_map(self, shot, stage).legends for said in legend.texts)

    def review(self, shot: Shot, stage: Stage) -> list[Finding]:
        """Ships aground, two border policies in one film, too many names or fills, names without room."""
        from render.scenes.map_review import review_map

        return review_map(self, shot, stage)
