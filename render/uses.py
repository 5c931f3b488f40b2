"""Everything that a film uses: what its script names, and what its scenes draw from without a file, such as borders and flags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.errors import BadInput
from render.geography.contested import find_contested
from render.geography.names import code_of_name
from render.geography.natural_earth import find_worldview
from render.scenes.flags import FlagsScene
from render.scenes.map import MapScene
from render.storyboard import plan_storyboard
from script.credits import Use, credit_lines, gather_uses, script_uses
from script.document import SceneBlock, Script, every_field


def film_uses(script: Script, studio: Path | None) -> tuple[Use, ...]:
    """The script's uses, by kind, each with its scenes. What cannot be drawn is left out: `check` says why."""
    return gather_uses((*script_uses(script, studio), *_drawn(script)))


def slate_credits(script: Script, studio: Path | None) -> tuple[str, ...]:
    """The credits of a film as the lines of its slate."""
    return credit_lines(film_uses(script, studio))


def _drawn(script: Script) -> Iterator[Use]:
    for scene in plan_storyboard(script)[0]:
        if isinstance(scene, FlagsScene):
            yield from _flags(scene)
        elif isinstance(scene, MapScene):
            yield from _map(scene, script)


def _flags(scene: FlagsScene) -> Iterator[Use]:
    for country in scene.countries:
        yield _flag(code_of_name(country.iso) or country.iso, scene.id)


def _flag(code: str, scene: str) -> Use:
    return Use("flag", code, "flag-icons", "MIT", "https://flagicons.lipis.dev", scenes=(scene,))


def _map(scene: MapScene, script: Script) -> Iterator[Use]:
    """Borders are of the public domain, and towns from a gazetteer that asks for its name."""
    try:
        view = find_worldview(scene.worldview or script.front.worldview)
    except BadInput:
        return
    scenes = (scene.id,)
    yield Use("map", view.title, view.title, "public domain", "https://www.naturalearthdata.com", scenes=scenes)
    if any(place.lon is None for place in scene.places) or _names_a_town(script.scene(scene.id)):
        yield Use("towns", "GeoNames", "GeoNames", "CC BY 4.0", "https://www.geonames.org", scenes=scenes)
    claimants = [tuple(area.claimants) for area in scene.areas]
    claimants += [find_contested(name).claimants for name in scene.contested or ()]
    for code in dict.fromkeys(code for codes in claimants for code in codes):
        yield _flag(code, scene.id)
    for code in dict.fromkeys([*scene.focus, *(code for _, code, _ in scene.highlights)]):
        yield Use("country", code, scenes=scenes)


def _names_a_town(block: SceneBlock) -> bool:
    """True where a route's end is written as a town's name, which its fields have forgotten."""
    return any(
        path[0] in ("route", "routes") and path[-1] in ("from", "to") and isinstance(value, str)
        for path, value in every_field(block.fields)
    )
