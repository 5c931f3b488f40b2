"""Which names a map bears, and how each is lettered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from render.geography.names import country_name, fold
from render.geography.painting import MapPainting
from render.geography.rivers import RIVERS, Way
from render.punctuation import curl_quotes
from render.scenes.entrances import entrance
from render.scenes.frame import frame_of
from render.shaping import TextStyle

if TYPE_CHECKING:
    from render.scenes.map import MapScene
    from render.scenes.map_elements import Place
    from render.stage import Shot, Stage


_MORE = 3
"""Countries in focus that are named though the narrator does not."""


@dataclass(frozen=True)
class Name:
    """A name that wants a place. `lines` are alternatives, widest first; `code` for a country, `way` for a river, `at` the plane otherwise.

    A country is `needed` however small it is seen, `passing` where the camera only comes from it, `doubled` where a place has its name,
    `extra` where nothing asks for it but the focus.
    """

    key: str
    kind: str
    texts: tuple[tuple[str, ...], ...]
    style: TextStyle
    first: int
    order: int
    code: str = ""
    way: Way = ()
    at: tuple[float, float] = (0.0, 0.0)
    needed: bool = True
    passing: bool = False
    doubled: bool = False
    extra: bool = False


def map_names(scene: MapScene, shot: Shot, stage: Stage, painting: MapPainting) -> list[Name]:
    """Everything that may be named, most wanted first: what the narration names, then places, rivers, highlights, focus, and
    what the camera comes from; last a country whose name a place has.

    Of the focus at most three that the narration does not name (VISUAL.md, Maps).
    """
    said = _narration(scene, stage)
    names = list(_all_names(scene, shot, stage, painting))
    if not said:
        return sorted(names, key=lambda name: name.doubled)
    spoken = {name.key for name in names if fold(" ".join(name.texts[0])) in said}
    extra = [name.key for name in names if name.extra and name.key not in spoken][_MORE:]
    return sorted(
        (name for name in names if name.key not in extra), key=lambda name: (name.doubled, name.key not in spoken)
    )


def _narration(scene: MapScene, stage: Stage) -> str:
    block = next((block for block in stage.script.scenes if block.id == scene.id), None)
    return fold(block.narration.text) if block else ""


def _all_names(scene: MapScene, shot: Shot, stage: Stage, painting: MapPainting) -> Iterator[Name]:
    for index, place in enumerate(scene.places):
        x, y = painting.projection.forward([place.position])[0]
        first = entrance(stage, shot, ("places", index), order=index)
        kind = place.drawn_as
        said = curl_quotes(place.name)
        texts = _broken(said) if kind in {"sea", "region"} else ((said,),)
        yield Name(
            f"place {index}", kind, texts, _place_style(place, stage), first, 0 if place.at else index, at=(x, y)
        )
    for index, (path, river) in enumerate(scene.named_rivers):
        first = entrance(stage, shot, path, order=index)
        style = _style(stage, stage.theme.sizes.town, weight=500, italic=True, tracking=0.04)
        yield Name(f"river {index}", "river", ((river.name,),), style, first, index, way=RIVERS[river.name])
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
        name = curl_quotes(renamed.get(code, country_name(code)))
        style = _style(stage, stage.theme.sizes.country, weight=600, tracking=0.08, capitals=True)
        yield Name(
            code, "country", _broken(name), style, waiting.get(code, entrance(stage, shot, (), order)), order, code,
            needed=code in named, passing=code not in codes, doubled=name.casefold() in written,
            extra=listed is None and code not in named and code in codes,
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
    fonts, frame = stage.theme.fonts, frame_of(stage)
    return TextStyle(
        fonts.map, size * frame.type_unit / frame.unit, weight, italic, tracking, 1.1, capitals,
        language=stage.script.front.language, arabic=fonts.arabic, hebrew=fonts.hebrew,
    )  # fmt: skip
