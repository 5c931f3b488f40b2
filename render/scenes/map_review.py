"""What is wrong with a map: ships aground, two border policies in one film, more than can be taken in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from core.errors import BadInput
from core.findings import Finding
from render.geography.camera import Rest
from render.geography.contested import find_contested, how_to_draw
from render.geography.natural_earth import DEFAULT_WORLDVIEW
from render.geography.routes import find_aground
from render.scenes.map_claims import LEGEND_SECONDS, seen_claims, undrawn_claims, unseen_claims
from render.scenes.map_collisions import find_collisions
from render.scenes.map_labels import MOST, MOST_VERTICAL
from render.scenes.map_layout import MapLayout, film_worldview, lay_out_map
from render.scenes.map_routes import shown_coarseness
from render.scenes.map_upright import leaves_empty
from render.scenes.overlays import overlay_texts
from render.scenes.places import field_place, text_place
from render.scenes.reviews import review_texts

if TYPE_CHECKING:
    from render.geography.painting import MapPainting
    from render.scenes.map import MapScene
    from render.stage import Shot, Stage

_MOST_FILLS = 4


def review_map(scene: MapScene, shot: Shot, stage: Stage) -> list[Finding]:
    """Everything that VISUAL.md, Maps, and the design's rules on borders and sea routes find."""
    try:
        film_worldview(scene, stage)
    except BadInput as error:
        return [
            Finding(
                "unknown-worldview", "error", error.message, error.hint, field_place(stage, scene.id), scene=scene.id
            )
        ]
    try:
        made = lay_out_map(scene, shot, stage)
    except BadInput as error:
        place = error.place or field_place(stage, scene.id)
        return [Finding("unknown-country", "error", error.message, error.hint, place, scene=scene.id)]
    found = [*_worldview(scene, stage), *_contested(scene, stage, made), *_aground(scene, stage, made.painting)]
    found += [*_band(scene, stage, made.painting), *_too_much(scene, stage), *find_collisions(scene, shot, stage, made)]
    for name in made.dropped:
        message = f"there is no room for the name {name}"
        place = text_place(stage, scene.id, name)
        found.append(Finding("label-room", "warning", message, "widen the view, or leave a name out", place, scene.id))
    texts = [*overlay_texts(scene, shot, stage), *(said for legend in made.legends for said in legend.texts)]
    return [*found, *review_texts(scene.id, texts, stage)]


def _worldview(scene: MapScene, stage: Stage) -> Iterator[Finding]:
    mine = film_worldview(scene, stage).name
    film = stage.script.front.worldview or DEFAULT_WORLDVIEW
    for block in stage.script.scenes:
        other = str(block.fields.get("worldview") or film)
        if block.kind == "map" and block.id != scene.id and other != mine:
            message = f"{scene.id} draws the borders of {mine}, {block.id} those of {other}"
            hint = "write one `worldview:` in the front matter: a film shows one border policy"
            place = field_place(stage, scene.id, "worldview")
            yield Finding("two-worldviews", "error", message, hint, place, scene=scene.id)
            return


def _contested(scene: MapScene, stage: Stage, made: MapLayout) -> Iterator[Finding]:
    """Whose borders a contested area is drawn with is for the studio to say; and what is hatched is explained for long enough."""
    painting = made.painting
    seen = seen_claims(painting.worldview, painting.projection, painting.camera, painting.size)
    if seen and not scene.worldview and not stage.script.front.worldview:
        names = [find_contested(name).name for name in sorted(seen, key=lambda name: -seen[name])]
        some = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
        message = f"contested borders are in view ({some}), and the script does not say whose are drawn"
        hint = f"write `worldview: {painting.worldview}` in the front matter, or another; see docs/maps.md"
        yield Finding("contested-borders", "error", message, hint, field_place(stage, scene.id), scene=scene.id)
    for area, near in unseen_claims(scene, painting.projection, painting.camera, painting.worldview, painting.size):
        message = f"{area} is too small to be seen here" if near else f"{area} is not in view"
        hint = "show it closer, or leave it out of contested:"
        place = field_place(stage, scene.id, "contested")
        yield Finding("contested-unseen", "warning", message, hint, place, scene=scene.id)
    for known in map(find_contested, dict.fromkeys(scene.contested or ())):
        if known.line:
            message = f"no border source draws an outline of {known.name}: its border is dashed, and nothing is hatched"
            place = field_place(stage, scene.id, "contested")
            hint = f"that may do, without naming it in contested:; else {how_to_draw(known)}"
            yield Finding("contested-outline", "warning", message, hint, place, scene=scene.id)
    for undrawn in undrawn_claims(scene, painting.projection, painting.camera, painting.size):
        message = f"{undrawn.name} is contested too ({undrawn.note}), and no border source draws it"
        hint = f"{how_to_draw(undrawn)}; or say which areas you show with `contested:`, [] for none"
        yield Finding("contested-undrawn", "warning", message, hint, field_place(stage, scene.id), scene=scene.id)
    for legend in made.legends:
        shown = float((legend.last - legend.first) / stage.rate)
        if shown < LEGEND_SECONDS:
            message = f"the legend of contested areas is on screen for {shown:.1f} s"
            hint = "move the camera earlier, give the scene a `hold:`, or leave it out with contested: []"
            yield Finding(
                "map-legend", "warning", message, hint, field_place(stage, scene.id, "contested"), scene=scene.id,
                value=round(shown, 1), limit=LEGEND_SECONDS,
            )  # fmt: skip


def _aground(scene: MapScene, stage: Stage, painting: MapPainting) -> Iterator[Finding]:
    worldview = film_worldview(scene, stage).name
    for path, route in scene.all_routes:
        if route.mode != "sea":
            continue
        for stretch in find_aground(route.waypoints, worldview, partial(shown_coarseness, painting)):
            named = f"the sea route {route.id}" if route.id else "the sea route"
            message = f"{named} runs over land {stretch}"
            hint = "add a waypoint at sea to `via` there, or write mode: land"
            place = field_place(stage, scene.id, *path)
            yield Finding("route-over-land", "error", message, hint, place, scene=scene.id)


def _band(scene: MapScene, stage: Stage, painting: MapPainting) -> Iterator[Finding]:
    """An upright map of what lies so far apart that the world has to be shown flat, or small."""
    aspect = stage.size[0] / stage.size[1]
    rests = [step.end for step in painting.camera.steps if isinstance(step, Rest)]
    if aspect < 1 and any(leaves_empty(painting.projection, view, aspect) for view in rests):
        message = "the map is a band in an upright frame: what it shows lies too far apart"
        hint = "leave out what lies farthest, move a `camera:` from the one to the other, or divide it over two maps"
        yield Finding("map-band", "warning", message, hint, field_place(stage, scene.id), scene=scene.id)


def _too_much(scene: MapScene, stage: Stage) -> Iterator[Finding]:
    limit = MOST if stage.size[0] >= stage.size[1] else MOST_VERTICAL
    if len(scene.places) > limit:
        message = f"{len(scene.places)} places are more than the {limit} names that a map can hold"
        yield Finding(
            "map-labels",
            "warning",
            message,
            "divide it over two maps",
            field_place(stage, scene.id, "places"),
            scene=scene.id,
            value=len(scene.places),
            limit=limit,
        )
    fills = {item.fill for item in scene.highlight.values()} | ({"focus"} if scene.focus else set())
    if len(fills) > _MOST_FILLS:
        message = f"{len(fills)} different fills are more than can be told apart"
        yield Finding(
            "map-fills",
            "warning",
            message,
            f"use at most {_MOST_FILLS}",
            field_place(stage, scene.id, "highlight"),
            scene=scene.id,
            value=len(fills),
            limit=_MOST_FILLS,
        )
