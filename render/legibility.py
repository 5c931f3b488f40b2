"""Contrast of text as it is drawn: each text against the worst 5 % of the pixels around its letters, on frames of the film.

WCAG 2.2, 1.4.3: 4.5:1, large text 3:1. What a theme promises of a flat ground (`render/scenes/reviews.py`) says nothing of a photograph,
a map or a studio's own template; here the picture itself is measured, with the film's own compositor.
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
from render.composition import Clip, Composition, Footage, Painting, Photograph
from render.frames import Compositor
from render.scenes.counter import Counter
from render.scenes.map import MapScene
from render.scenes.places import text_place
from render.scenes.reviews import excerpt, luminance
from render.segments import made_with, picture_parts
from render.stage import Shot, Stage
from render.written import Mask, Written, find_written

WORST = 5.0
"""Per cent of the pixels behind a text that may be worse than the bound (VISUAL.md, Colour)."""
_NEAR, _CLEAR = 6, 2
"""Pixels of a 1080-line frame from the letters that count as behind them, and that belong to their own soft edge. Of letters with
a halo the halo is what lies behind (WCAG 2.2, Understanding 1.4.3), as far as it covers whole pixels."""
_SMALLER = 2
"""Frames are measured at half size; those of a map at full size, because a halo of three pixels is not to be seen at half."""
_VERSION = 4

_LINEAR = np.array(
    [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.arange(256) / 255], np.float32
)


def review_contrast(shot: Shot, stage: Stage, cache: Path | None) -> list[Finding]:
    """A warning for each text of a shot that is not clear of what lies behind it, the names and the legend of a map among them;
    measured once, and kept in `cache` by what is seen.

    Shots with a `python` clip are left out, because their frames are dear.
    """
    size = (stage.size[0] // _SMALLER, stage.size[1] // _SMALLER)
    stage = stage if isinstance(shot.scene, MapScene) else replace(stage, size=size)
    composition = shot.scene.compose(shot, stage)
    if any(isinstance(layer.content, Clip) for layer in composition.layers):
        return []
    texts = find_written(shot, stage, composition)
    if not texts:
        return []
    ratios = _measured(composition, texts, stage, cache)
    findings = []
    for text, ratio in zip(texts, ratios, strict=True):
        least = 3.0 if text.large else 4.5
        if ratio is not None and ratio < least:
            message = f"{excerpt(text.text)} has a contrast of {ratio:.1f}:1 to what lies behind it"
            hint = "put it elsewhere, darken the picture, or lay a scrim under it"
            place = text_place(stage, shot.scene.id, text.text)
            findings.append(
                Finding("contrast", "warning", message, hint, place, shot.scene.id, value=round(ratio, 2), limit=least)
            )
    return findings


def _measured(
    composition: Composition, texts: Sequence[Written], stage: Stage, cache: Path | None
) -> list[float | None]:
    """The contrast of each text: the worst of the frames on which it is looked at."""
    frames = _moments(composition, texts, stage)
    rate = stage.rate
    parts = [picture_parts(composition, rate, frame, 1) for frame in frames]
    said = [(text.address, text.fill, text.first, text.last, _whole(text, composition, stage)) for text in texts]
    key = digest(_VERSION, made_with(), stage.size, rate, frames, parts, said)
    note = cache / "contrast" / f"{key}.json" if cache else None
    kept = _kept(note, len(texts)) if note else None
    if kept is not None:
        return kept
    ratios: list[float | None] = [None] * len(texts)
    with Compositor(composition, float(rate), cache, frames[0], frames[-1] - frames[0] + 1) as compositor:
        for frame in frames:
            light = _LINEAR[compositor.draw(frame).rgb()] @ np.array([0.2126, 0.7152, 0.0722], np.float32)
            masks = [text.mask(frame) if text.first <= frame < text.last else None for text in texts]
            letters = np.any([mask for mask in masks if mask is not None], axis=0)
            for index, (text, mask) in enumerate(zip(texts, masks, strict=True)):
                first, last = _whole(text, composition, stage)
                if mask is not None and first <= frame <= last:
                    ratio = worst_contrast(light, mask, letters, text.fill, *_ring(text, stage))
                    known = ratios[index]
                    ratios[index] = ratio if known is None else known if ratio is None else min(known, ratio)
    if note:
        write_text(note, json.dumps(ratios))
    return ratios


def _ring(text: Written, stage: Stage) -> tuple[int, int]:
    """How many pixels from the letters count as behind them, and how many of those are their own soft edge."""
    if text.halo:
        return max(2, int(text.halo) - 1), 1
    unit = min(stage.size) / 1080
    return max(2, round(_NEAR * unit)), max(1, round(_CLEAR * unit))


def _kept(note: Path, count: int) -> list[float | None] | None:
    """What a note says of so many texts; None where there is none, or a damaged one."""
    try:
        kept = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(kept, list) and len(kept) == count
    return kept if whole and all(ratio is None or isinstance(ratio, (int, float)) for ratio in kept) else None


def _whole(text: Written, composition: Composition, stage: Stage) -> tuple[int, int]:
    """The first and the last frame on which a text stands whole: it has come, and does not go yet."""
    # A figure that is counted up says something else until it has landed.
    landed = [
        layer.last for layer in composition.layers
        if isinstance(layer.content, Counter) and layer.first == text.first and layer.last
    ]  # fmt: skip
    came = min(max([text.first + stage.frames(0.8), *landed]), text.last - 1)
    return came, max(came, text.last - 1 - stage.frames(0.5))


def _moments(composition: Composition, texts: Sequence[Written], stage: Stage) -> list[int]:
    """As few frames as show every text whole once; and, over a picture that moves, once early and once late."""
    spans = [_whole(text, composition, stage) for text in texts]
    late: list[int] = []
    for first, last in sorted(spans, key=lambda span: span[1]):
        if not any(first <= frame <= last for frame in late):
            late.append(last)
    grounds = [layer.content for layer in composition.layers if not isinstance(layer.content, Counter)]
    if not any(isinstance(content, (Photograph, Painting, Footage)) for content in grounds):
        return sorted(late)
    early: list[int] = []
    for first, last in sorted(spans, reverse=True):
        if not any(first <= frame <= last for frame in early):
            early.append(first)
    return sorted({*late, *early})


def worst_contrast(
    light: NDArray[np.float32], mask: Mask, letters: Mask, fill: str, near: int, clear: int
) -> float | None:
    """The contrast that all but the worst 5 % of the pixels around a text's letters reach; None where there are none.

    `light`: float32 (height, width), relative luminance of the frame; `mask` and `letters`: bool of that shape, where this text
    is, and where any is; what lies behind is from `clear` to `near` pixels from the letters.
    """
    import cv2

    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    box = np.s_[
        max(0, rows[0] - near) : rows[-1] + near + 1,
        max(0, columns[0] - near) : columns[-1] + near + 1,
    ]
    around, soft = (
        cv2.dilate(part[box].astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * by + 1, 2 * by + 1)))
        for part, by in ((mask, near), (letters, clear))
    )
    behind = light[box][(around > 0) & (soft == 0)]
    if not len(behind):
        return None
    own = luminance(fill)
    ratios = (np.maximum(behind, own) + 0.05) / (np.minimum(behind, own) + 0.05)
    return float(np.percentile(ratios, WORST))
