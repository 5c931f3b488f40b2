"""A map scene laid out: what is drawn, in which colours, when everything comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from core.digest import digest
from render.composition import Composition, Layer
from render.fonts import faces_digest
from render.geography.atlas import ATLAS_VERSION
from render.geography.camera import Camera
from render.geography.drawn import Fill, Mark, Palette, River
from render.geography.extents import country_outline
from render.geography.ground import DRAWING_VERSION
from render.geography.natural_earth import WORLDVIEWS, Worldview, find_worldview, source_digest, waters_digest
from render.geography.painting import MapPainting
from render.geography.paints import mixed
from render.geography.projection import Projection
from render.geography.rivers import RIVERS
from render.scenes.entrances import entrance
from render.scenes.map_claims import claim_outlines, plan_claims
from render.scenes.map_corners import things_seen
from render.scenes.map_inset import plan_inset
from render.scenes.map_labels import place_labels
from render.scenes.map_legend import Legend, legend_layer, plan_legend
from render.scenes.map_routes import route_lines
from render.scenes.map_views import plan_views
from render.scenes.overlays import overlays
from render.theme import Theme

if TYPE_CHECKING:
    from render.scenes.map import MapScene
    from render.stage import Shot, Stage


def compose_map(scene: MapScene, shot: Shot, stage: Stage) -> Composition:
    """The map as one painting, the overlays over it."""
    made = lay_out_map(scene, shot, stage)
    legends = [legend_layer(one, shot, stage, f"legend {number}") for number, one in enumerate(made.legends, 1)]
    layers = (Layer("map", made.painting), *legends, *overlays(scene, shot, stage))
    return Composition(stage.size, shot.frames, layers, stage.theme.colours.sea)


@dataclass(frozen=True)
class MapLayout:
    """A map scene laid out: the painting with its names, the legends over it, and the names that found no room."""

    painting: MapPainting
    legends: tuple[Legend, ...]
    dropped: tuple[str, ...]


def lay_out_map(scene: MapScene, shot: Shot, stage: Stage) -> MapLayout:
    """Everything in its place and time. Raises BadInput for what the worldview does not draw, or an area that cannot be read."""
    worldview = film_worldview(scene, stage)
    views = plan_views(scene, shot, stage, worldview)
    unit = min(stage.size) / 1080
    palette = map_palette(stage.theme)
    fills = _fills(scene, shot, stage, palette)
    routes = route_lines(scene, shot, stage, views.projection, views.camera)
    marks = _marks(scene, shot, stage, views.projection)
    areas, explained = plan_claims(scene, shot, stage, views.projection, views.camera, worldview.name)
    outlines = claim_outlines(areas, worldview.name, views.projection)
    for _, code, _ in scene.highlights:
        outlines.append(views.projection.forward(country_outline(worldview.name, code)))
    legends = tuple(
        plan_legend(one, shot, stage, things_seen(stage, one.view, marks, routes, outlines)) for one in explained
    )
    seen = things_seen(stage, views.camera.steps[-1].end, marks, routes, outlines)
    corner = next((legend.box for legend in legends if legend.last == shot.frames), None)
    bare = MapPainting(
        size=stage.size,
        frames=shot.frames,
        rate=float(stage.rate),
        unit=unit,
        worldview=worldview.name,
        source=_sources(stage.theme),
        projection=views.projection,
        camera=views.camera,
        palette=palette,
        fills=fills,
        marks=marks,
        routes=routes,
        areas=areas,
        rivers=_rivers(scene, shot, stage),
        inset=plan_inset(scene, shot, stage, views.projection, views.camera, fills, seen, corner),
        grid=_grid(views.camera),
    )
    painting, dropped = place_labels(scene, shot, stage, bare, legends)
    return MapLayout(painting, legends, dropped)


def _sources(theme: Theme) -> str:
    """A digest of every file that can change a pixel of a map: both border sources, for their difference is what is contested,
    the waters, and the fonts of the names."""
    fonts = theme.fonts
    files = [source_digest(name) for name in WORLDVIEWS]
    return digest(
        ATLAS_VERSION,
        DRAWING_VERSION,
        files,
        waters_digest(),
        faces_digest(fonts.map, fonts.arabic, fonts.hebrew),
    )


def film_worldview(scene: MapScene, stage: Stage) -> Worldview:
    """The scene's worldview, else the film's, else the default one. Raises BadInput."""
    return find_worldview(scene.worldview or stage.script.front.worldview)


def credit_line(scene: MapScene, stage: Stage) -> str:
    """Whose borders, of which year; and the scene's own source where it says more."""
    worldview = film_worldview(scene, stage)
    line = f"Borders: {worldview.title}, {worldview.date}"
    for said in dict.fromkeys(f"{area.name}: {area.source}, {_day(area.date)}" for area in scene.areas):
        line += f". {said}"
    return line if not scene.source or scene.source in line else f"{line}. Source: {scene.source}"


def _day(written: str) -> str:
    """An ISO date as a film writes it."""
    day = date.fromisoformat(written)
    return f"{day.day} {day:%B %Y}"


def map_palette(theme: Theme) -> Palette:
    """The theme's colours for maps; coasts and waters' names between two of them."""
    colours = theme.colours
    return Palette(
        sea=colours.sea,
        land=colours.land,
        focus=colours.land_focus,
        border=colours.border,
        coast=mixed(colours.land_focus, colours.second, 0.3),
        ink=colours.ink,
        water=mixed(colours.ink, colours.second, 0.45),
        halo=colours.background,
    )


def _grid(camera: Camera) -> float:
    """Degrees between meridians: a few in the narrowest view, none in small ones, where they say nothing."""
    width = float(np.degrees(min(step.end.width for step in camera.steps)))
    return 15.0 if width > 90 else 10.0 if width > 45 else 5.0 if width > 20 else 0.0


def _fills(scene: MapScene, shot: Shot, stage: Stage, palette: Palette) -> tuple[Fill, ...]:
    fills = [Fill(code, palette.focus) for code in dict.fromkeys(scene.focus)]
    for path, code, highlight in scene.highlights:
        name, _, hatch = highlight.fill.partition("-")
        hatched = name == "hatch" or hatch == "hatch"
        colour = palette.focus if name == "focus" else stage.theme.colour("accent" if name == "hatch" else name)
        if hatched and code not in scene.focus:
            fills.append(Fill(code, palette.focus))
        fills.append(Fill(code, colour, hatched, _first(shot, stage, path)))
    return tuple(fills)


def _first(shot: Shot, stage: Stage, path: tuple[str | int, ...]) -> int | None:
    return entrance(stage, shot, path) if path in shot.at else None


def _rivers(scene: MapScene, shot: Shot, stage: Stage) -> tuple[River, ...]:
    if scene.rivers == "all":
        return (River(),)
    return tuple(River(RIVERS[river.name], _first(shot, stage, path)) for path, river in scene.named_rivers)


def _marks(scene: MapScene, shot: Shot, stage: Stage, projection: Projection) -> tuple[Mark, ...]:
    marks = []
    for index, place in enumerate(scene.places):
        kind: Any = place.drawn_as
        if kind in {"town", "capital", "strait", "cape"}:
            x, y = projection.forward([place.position])[0]
            first = entrance(stage, shot, ("places", index), order=index)
            marks.append(Mark(kind, (float(x), float(y)), first))
    return tuple(marks)
