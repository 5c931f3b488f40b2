"""Contrast of text as it is drawn: each text against the worst 5 % of the pixels around its letters, on frames of the film.

WCAG 2.2, 1.4.3: 4.5:1, large text 3:1. What a theme promises of a flat ground (`render/scenes/reviews.py`) says nothing of a photograph,
a map or a studio's own template; here the picture itself is measured, at half size, with the film's own compositor.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.digest import digest
from core.files import write_text
from core.findings import Finding
from render.composition import Clip, Composition
from render.planes import Bytes
from render.scenes.drawn import DrawnScene
from render.scenes.overlays import overlay_texts
from render.scenes.places import text_place
from render.scenes.placing import Placed
from render.scenes.reviews import excerpt, luminance
from render.segments import made_with, picture_parts
from render.stage import Shot, Stage

WORST = 5.0
"""Per cent of the pixels behind a text that may be worse than the bound (VISUAL.md, Colour)."""
_NEAR, _CLEAR = 3, 1
"""Pixels from the letters, at half size, that count as behind them, and that belong to their own soft edge."""
_VERSION = 1

_LINEAR = np.array(
    [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.arange(256) / 255], np.float32
)


def review_contrast(shot: Shot, stage: Stage, cache: Path | None) -> list[Finding]:
    """A warning for each text of a shot that is not clear of what lies behind it; measured once, and kept in `cache` by what is seen.

    Shots with a `python` or video clip are left to the delivery gate, because their frames are dear.
    """
    half = replace(stage, size=(stage.size[0] // 2, stage.size[1] // 2))
    texts = _texts(shot, half)
    if not texts:
        return []
    composition = shot.scene.compose(shot, half)
    if any(isinstance(layer.content, Clip) for layer in composition.layers):
        return []
    ratios = _measured(composition, texts, half, cache)
    findings = []
    for text, ratio in zip(texts, ratios, strict=True):
        least = 3.0 if text.large else 4.5
        if ratio is not None and ratio < least:
            said = text.block.text
            message = f"{excerpt(said)} has a contrast of {ratio:.1f}:1 to what lies behind it"
            hint = "put it elsewhere, darken the picture, or lay a scrim under it"
            place = text_place(stage, shot.scene.id, said)
            findings.append(
                Finding("contrast", "warning", message, hint, place, shot.scene.id, value=round(ratio, 2), limit=least)
            )
    return findings


def _texts(shot: Shot, stage: Stage) -> list[Placed]:
    """The shot's texts, those that are seen at all."""
    own = shot.scene.lay_out(shot, stage).texts if isinstance(shot.scene, DrawnScene) else ()
    return [
        text for text in (*own, *overlay_texts(shot.scene, shot, stage)) if text.block.lines and text.last > text.first
    ]


def _measured(
    composition: Composition, texts: Sequence[Placed], stage: Stage, cache: Path | None
) -> list[float | None]:
    """The contrast of each text: the worst of the frames on which it is looked at."""
    frames = sorted({frame for text in texts for frame in _looked_at(text, stage)})
    rate = stage.rate
    parts = [picture_parts(composition, rate, frame, 1) for frame in frames]
    key = digest(
        _VERSION, made_with(), frames, parts, [(text.svg(), text.fill, text.first, text.last) for text in texts]
    )
    note = cache / "contrast" / f"{key}.json" if cache else None
    if note and note.is_file():
        kept: list[float | None] = json.loads(note.read_text(encoding="utf-8"))
        return kept
    masks = [_mask(text, stage.size) for text in texts]
    ratios: list[float | None] = [None] * len(texts)
    for frame in frames:
        shown = [frame in _looked_at(text, stage) for text in texts]
        seen = [text.first <= frame < text.last for text in texts]
        light = _LINEAR[_draw(composition, frame, float(rate), cache)] @ np.array([0.2126, 0.7152, 0.0722], np.float32)
        letters = np.any([mask for mask, there in zip(masks, seen, strict=True) if there], axis=0)
        for index, text in enumerate(texts):
            if shown[index]:
                ratio = worst_contrast(light, masks[index], letters, text.fill)
                known = ratios[index]
                ratios[index] = ratio if known is None else known if ratio is None else min(known, ratio)
    if note:
        write_text(note, json.dumps(ratios))
    return ratios


def _looked_at(text: Placed, stage: Stage) -> list[int]:
    """Two frames on which a text stands whole: soon after it came, and before it goes."""
    came = min(text.first + stage.frames(0.8), text.last - 1)
    goes = max(came, text.last - 1 - stage.frames(0.5))
    return sorted({came, goes})


def _draw(composition: Composition, frame: int, rate: float, cache: Path | None) -> Bytes:
    from render.picture import still

    return still(composition, frame, cache, rate)


def _mask(text: Placed, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Where the text's letters are, their soft edges included: bool (height, width)."""
    from render.plates import draw_svg

    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}">'
    return np.asarray(draw_svg(f"{head}{text.svg()}</svg>", size)[..., 3] > 0, np.bool_)


def worst_contrast(
    light: NDArray[np.float32], mask: NDArray[np.bool_], letters: NDArray[np.bool_], fill: str
) -> float | None:
    """The contrast that all but the worst 5 % of the pixels around a text's letters reach; None where there are none.

    `light`: float32 (height, width), relative luminance of the frame; `mask` and `letters`: bool of that shape, where this text
    is, and where any is.
    """
    import cv2

    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    box = np.s_[
        max(0, rows[0] - _NEAR) : rows[-1] + _NEAR + 1,
        max(0, columns[0] - _NEAR) : columns[-1] + _NEAR + 1,
    ]
    near, clear = (
        cv2.dilate(part[box].astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * by + 1, 2 * by + 1)))
        for part, by in ((mask, _NEAR), (letters, _CLEAR))
    )
    behind = light[box][(near > 0) & (clear == 0)]
    if not len(behind):
        return None
    own = luminance(fill)
    ratios = (np.maximum(behind, own) + 0.05) / (np.minimum(behind, own) + 0.05)
    return float(np.percentile(ratios, WORST))
