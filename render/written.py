"""What is written on a scene's picture: which pixels its letters are on a frame, in what colour, for how long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from render.geography.painting import MapPainting
from render.scenes.overlays import overlay_texts

if TYPE_CHECKING:
    from render.composition import Composition
    from render.geography.drawn import Label
    from render.scenes.placing import Placed
    from render.stage import Shot, Stage

Mask = NDArray[np.bool_]

_LARGE = 36.0
"""Pixels of the 1080-line design from which on the names of a map are large type: towns' names are, those in little room are not."""


@dataclass(frozen=True)
class Written:
    """A text on a picture, there on frames [first, last) in `fill` (#rrggbb).

    `mask` says which pixels its letters touch on a frame: bool (height, width). `halo` is how many pixels round them are its own
    outline, 0 where it has none. Everything that decides on its pixels is in `address`.
    """

    text: str
    fill: str
    large: bool
    first: int
    last: int
    address: object
    mask: Callable[[int], Mask]
    halo: float = 0.0


def find_written(shot: Shot, stage: Stage, composition: Composition) -> list[Written]:
    """What is written on the scene that makes `composition`: its own texts, its overlays', and the names on its map. Captions
    apart, which have a ground of their own."""
    placed = [*shot.scene.own_texts(shot, stage), *overlay_texts(shot.scene, shot, stage)]
    written = [_of_text(text, stage) for text in placed if text.block.lines and text.last > text.first]
    for layer in composition.layers:
        if isinstance(layer.content, MapPainting):
            written += names_on(layer.content)
    return written


def _of_text(text: Placed, stage: Stage) -> Written:
    mask = _same_on_every_frame(partial(_letters, text.svg(), stage.size))
    return Written(text.block.text, text.fill, text.large, text.first, text.last, text.svg(), mask)


def _same_on_every_frame(draw: Callable[[], Mask]) -> Callable[[int], Mask]:
    drawn: list[Mask] = []

    def mask(_frame: int) -> Mask:
        if not drawn:
            drawn.append(draw())
        return drawn[0]

    return mask


def _letters(svg: str, size: tuple[int, int]) -> Mask:
    """Where the letters of a text are, their soft edges included."""
    from render.plates import draw_svg

    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}">'
    return np.asarray(draw_svg(f"{head}{svg}</svg>", size)[..., 3] > 0, np.bool_)


def names_on(painting: MapPainting) -> Iterator[Written]:
    """The names on a map."""
    for label in painting.labels:
        yield Written(
            text=" ".join(text for text, _, _ in label.lines),
            fill=label.colour,
            large=label.style.size >= _LARGE,
            first=label.shown[0],
            last=label.shown[1],
            address=(label, painting.camera),
            mask=partial(_label_letters, label, painting),
            halo=label.halo_width * painting.unit,
        )


def _label_letters(label: Label, painting: MapPainting, frame: int) -> Mask:
    """The same of a name on a map, under its camera."""
    import skia

    from render.geography.furniture import draw_letters

    width, height = painting.size
    pixels = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Canvas(pixels, colorType=skia.kRGBA_8888_ColorType)
    draw_letters(canvas, label, painting.place(label.at, frame)[0], skia.Paint(AntiAlias=True), painting.unit)
    return np.asarray(pixels[..., 3] > 0, np.bool_)
