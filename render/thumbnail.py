"""The thumbnail by which a film is chosen from a list: its title in its own type over its own picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.findings import Finding
from core.nearest import nearest
from render.composition import Composition, Layer, Plate
from render.scenes.frame import frame_of
from render.scenes.logo import slate_logo
from render.scenes.placing import Placed
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import Anchor, TextBlock, layout_text
from script.document import Script

SIZE = (1280, 720)
"""What video sites take (YouTube Help, Add video thumbnails)."""

_MARGIN = 56
_MEASURE = 0.66
"""Share of the width for the title: the rest is the picture's."""
_LARGEST, _SMALLEST = 128.0, 76.0
"""Pixels of the title's type. A list on a phone shows a thumbnail about 320 pixels wide, and type of 19 can be read there."""
_LINES, _TALLEST = 4, 460.0
_PICTURES = ("photo", "clip", "map")
_DIAGRAMS = ("chart", "flags", "compare", "timeline")
"""Kinds whose plates are worth seeing under a title, when the script asks for such a scene; others would be type under type."""
_OVERLAYS = ("lower-third", "credit", "strap", "watermark")


def face(script: Script, shots: Sequence[Shot]) -> int:
    """The scene that stands for the film, by its index: the one the script names, else the first that is a picture, not type."""
    chosen = script.front.thumbnail.scene
    ids = [shot.scene.id for shot in shots]
    if chosen in ids:
        return ids.index(chosen)
    kinds = [shot.scene.kind for shot in shots]
    return next((kinds.index(kind) for kind in (*_PICTURES, "title") if kind in kinds), 0)


def compose_thumbnail(shot: Shot, stage: Stage) -> Composition:
    """The scene's picture at `SIZE`, whatever the film's format, with scrim, series and title over it; draw it at the shot's peak."""
    script = stage.script
    stage = replace(stage, size=SIZE)
    picture = shot.scene.compose(shot, stage)
    diagram = shot.scene.kind in _DIAGRAMS and script.front.thumbnail.scene == shot.scene.id
    ground = [layer for layer in picture.layers if _is_picture(layer) or (diagram and layer.name not in _OVERLAYS)]
    title = _title(script, stage)
    if title.overflow:
        title = _title(script, stage, lines=7, smallest=40)
    return replace(picture, layers=(*ground, *_lettering(script, stage, title)))


def _is_picture(layer: Layer) -> bool:
    """True for what type may stand on: a photograph, a map, a clip, the theme's background."""
    return layer.name == "background" or not isinstance(layer.content, Plate)


def _title(script: Script, stage: Stage, lines: int = _LINES, smallest: float = _SMALLEST) -> TextBlock:
    words = script.front.thumbnail.text or script.front.title
    style = replace(display(stage, _LARGEST, weight=700), leading=1.06)
    return layout_text(words, style, _MEASURE * SIZE[0], lines, min_size=smallest, height=_TALLEST, max_characters=None)


def _lettering(script: Script, stage: Stage, title: TextBlock) -> list[Layer]:
    colours, mirrored = stage.theme.colours, title.right_to_left
    edge = SIZE[0] - _MARGIN if mirrored else _MARGIN
    anchor: Anchor = "end" if mirrored else "start"
    top = SIZE[1] - _MARGIN - title.baseline(-1)
    placed = Placed(title, edge, top, colours.ink, colours.background, anchor=anchor)
    rule_bottom = top + title.cap_top - 36
    rule = (edge - 112 if mirrored else edge, rule_bottom - 12, edge if mirrored else edge + 112, rule_bottom)
    series = strap = None
    if script.front.series:
        block = layout_text(
            script.front.series, text(stage, 38, weight=700, capitals=True, tracking=0.06), 700, 1, min_size=30
        )
        inner = edge - 24 if mirrored else edge + 24
        series = Placed(block, inner, _MARGIN + 14, colours.background, colours.accent, anchor=anchor)
        wide = block.width + 48
        left = edge - wide if mirrored else edge
        strap = (left, _MARGIN, left + wide, _MARGIN + block.height + 28)
    logo = slate_logo(stage, frame_of(stage))
    if logo:
        logo = replace(logo, x=_MARGIN if mirrored else SIZE[0] - _MARGIN - logo.width, y=_MARGIN)
    svg = draw_layers(
        "thumbnail", stage, title=placed, series=series, strap=strap, rule=rule, mirrored=mirrored, logo=logo
    )
    return [Layer(f"thumbnail {name}", Plate(drawing)) for name, drawing in svg.items()]


def review_thumbnail(stage: Stage) -> list[Finding]:
    """A scene that is not there, a title too long to be read small. Raises BadInput for a template that cannot be drawn."""
    script, found = stage.script, []
    front = script.front
    place = front.places.get("thumbnail") or front.places.get("title")
    ids = [block.id for block in script.scenes]
    if front.thumbnail.scene and front.thumbnail.scene not in ids:
        near = nearest(front.thumbnail.scene, ids)
        hint = f"did you mean {near}?" if near else f"the scenes are {', '.join(ids)}"
        message = f"the script has no scene {front.thumbnail.scene!r}"
        found.append(Finding("unknown-scene", "error", message, hint, place))
    stage = replace(stage, size=SIZE)
    title = _title(script, stage)
    if title.overflow:
        message = "the thumbnail's title is too long to be read in a list"
        hint = "give it fewer words: `thumbnail: {text: …}` in the front matter"
        found.append(Finding("thumbnail-text", "warning", message, hint, place))
    _lettering(script, stage, title)
    return found
