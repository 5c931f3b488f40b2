"""Which names a map bears, and how each is lettered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from render.geography.names import country_name
from render.geography.painting import MapPainting
from render.scenes.entrances import entrance
from render.shaping import TextStyle

if TYPE_CHECKING:
    from render.scenes.map import MapScene, Place
    from render.stage import Shot, Stage


@dataclass(frozen=True)
class Name:
    """A name that wants a place. `lines` are alternatives, widest first; `code` for a country, `at` the plane otherwise.

    A country is `needed` however small it is seen, `passing` where the camera only comes from it, `doubled` where a place has its name.
    """

    key: str
    kind: str
    texts: tuple[tuple[str, ...], ...]
    style: TextStyle
    first: int
    order: int
    code: str = ""
    at: tuple[float, float] = (0.0, 0.0)
    needed: bool = True
    passing: bool = False
    doubled: bool = False


def map_names(scene: MapScene, shot: Shot, stage: Stage, painting: MapPainting) -> Iterator[Name]:
    """Everything that may be named, most wanted first: places, highlights, focus, then what the camera comes from."""
    for index, place in enumerate(scene.places):
        x, y = painting.projection.forward([place.position])[0]
        first = entrance(stage, shot, ("places", index), order=index)
        kind = place.drawn_as
        texts = _broken(place.name) if kind in {"sea", "region"} else ((place.name,),)
        yield Name(
            f"place {index}", kind, texts, _place_style(place, stage), first, 0 if place.at else index, at=(x, y)
        )
    written = {place.name.casefold() for place in scene.places}
    waiting = {code: entrance(stage, shot, path) for path, code, _ in scene.highlights if path in shot.at}
    renamed = scene.labels if isinstance(scene.labels, dict) else {}
    listed = scene.labels if isinstance(scene.labels, list) else None
    codes = [*(code for _, code, _ in scene.highlights), *scene.focus, *renamed] if listed is None else listed
    # Names beside their countries are for what the map is about; where there is no room the focus goes unnamed.
    named = {code for _, code, _ in scene.highlights} | set(scene.labels or ())
    start = scene.camera.start if scene.camera and listed is None else ()
    passing = [code for code in start if isinstance(code, str)] if isinstance(start, list) else []
    for order, code in enumerate(dict.fromkeys([*codes, *passing]), len(scene.places)):
        name = renamed.get(code, country_name(code))
        style = _style(stage, stage.theme.sizes.country, weight=600, tracking=0.08, capitals=True)
        yield Name(
            code, "country", _broken(name), style, waiting.get(code, entrance(stage, shot, (), order)), order, code,
            needed=code in named, passing=code not in codes, doubled=name.casefold() in written,
        )  # fmt: skip


def _broken(name: str) -> tuple[tuple[str, ...], ...]:
    """A name on one line, and on two where it has a gap near its middle."""
    words = name.split(" ")
    if len(words) < 2:
        return ((name,),)
    cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return ((name,), min(cuts, key=lambda pair: max(len(pair[0]), len(pair[1]))))


def _place_style(place: Place, stage: Stage) -> TextStyle:
    size = stage.theme.sizes.town
    match place.drawn_as:
        case "capital":
            return _style(stage, size, weight=600)
        case "strait" | "cape":
            return _style(stage, size, weight=500, italic=True)
        case "sea":
            return _style(stage, stage.theme.sizes.country, weight=500, italic=True, tracking=0.06)
        case "region":
            return _style(stage, size, weight=500, italic=True, tracking=0.04)
    return _style(stage, size, weight=500)


def _style(
    stage: Stage, size: float, *, weight: int, italic: bool = False, tracking: float = 0.0, capitals: bool = False
) -> TextStyle:
    fonts = stage.theme.fonts
    return TextStyle(
        fonts.map, size, weight, italic, tracking, 1.1, capitals,
        language=stage.script.front.language, arabic=fonts.arabic, hebrew=fonts.hebrew,
    )  # fmt: skip
