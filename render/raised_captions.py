"""Captions that would stand over words in the picture move up: over a credit, a lower third, the foot of a chart, a name on a map.

What is written in a scene, where and when, its composition knows before a frame is drawn. A player sets captions at the foot of the
picture; where words stand there, a cue gets WebVTT's `line` setting, and stands right over them, or at the head of the picture where
there is no room (Netflix Timed Text Style Guide, Positioning: clear of on-screen text, at the bottom or at the top; BBC Subtitle
Guidelines, Consider the image). Other formats than WebVTT say it in their own way, or not.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.digest import digest
from core.files import write_text
from core.timecode import seconds_to_frame
from render.composition import Composition
from render.geography.painting import MapPainting
from render.scenes.overlays import overlay_texts
from render.segments import content_address
from render.stage import Shot, Stage
from render.timeline import Timeline
from render.written import names_on
from transcripts.lettering import count_letters
from transcripts.words import Cue

_LINE = 0.065
"""Height of a line of captions as a share of the picture's: 5 % is WebVTT's type (W3C WebVTT, Rendering), 1.3 its leading."""
_LETTER = 0.028
"""Width of a character as a share of the picture's height, on the generous side."""
_EDGE = 0.015
"""What is kept clear between captions and words, and under captions at the foot."""
_LOWEST_TOP, _HIGHEST_FOOT = 0.3, 0.55
"""Captions at the head of the picture begin above the one, raised ones stay under the other: the middle is the picture's."""
_TOP = 0.05
_VERSION = 1

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Words:
    """Words on frames [first, last), in a box (left, top, right, bottom) in shares of the picture's width and height."""

    first: int
    last: int
    box: Box


def raise_cues(
    cues: Sequence[Cue],
    timeline: Timeline,
    compositions: Sequence[Composition],
    stage: Stage,
    cache: Path | None = None,
) -> tuple[Cue, ...]:
    """The cues, each with a `line` setting where words stand at the foot of the picture while it is shown."""
    if not cues:
        return ()
    words = [
        found
        for shot, composition in zip(timeline.shots, compositions, strict=True)
        for found in _words(shot, composition, stage, cache)
    ]
    words.sort(key=lambda found: found.first)
    rate, wide = timeline.rate, stage.size[0] / stage.size[1]
    widths = _widths(cues, timeline)
    out: list[Cue] = []
    at = 0
    for cue in cues:
        first, last = seconds_to_frame(cue.start, rate), seconds_to_frame(cue.end, rate)
        while at < len(words) and words[at].last <= first and words[at].first < first:
            at += 1
        there = [found.box for found in words[at:] if found.first < last and found.last > first]
        line = place_cue(len(cue.lines), _width(first, last, timeline, widths) / wide, there)
        out.append(cue if line is None else replace(cue, settings=(*cue.settings, ("line", f"{100 * line:.4g}%"))))
    return tuple(out)


def _widths(cues: Sequence[Cue], timeline: Timeline) -> list[float]:
    """For each shot, the width of its widest line of captions, in heights of the picture.

    All of a shot's captions count as so wide: what goes up and down from cue to cue is hard to read.
    """
    starts = [shot.start for shot in timeline.shots]
    widths = [0.0] * len(starts)
    for cue in cues:
        first, last = seconds_to_frame(cue.start, timeline.rate), seconds_to_frame(cue.end, timeline.rate)
        widest = max((count_letters(line) for line in cue.lines), default=0.0) * _LETTER
        for shot in range(max(0, bisect_right(starts, first) - 1), bisect_left(starts, last)):
            widths[shot] = max(widths[shot], widest)
    return widths


def _width(first: int, last: int, timeline: Timeline, widths: Sequence[float]) -> float:
    starts = [shot.start for shot in timeline.shots]
    return max(widths[max(0, bisect_right(starts, first) - 1) : bisect_left(starts, last)], default=0.0)


def place_cue(lines: int, width: float, words: Sequence[Box]) -> float | None:
    """Where the top of so many lines of captions belongs, as a share of the picture's height, so that they stand on no words; None:
    where players put them.

    `width`: a share of the picture's. Where words are everywhere, captions stay at the foot, which has a ground of its own.
    """
    height, half = _LINE * lines, min(0.5, width / 2)

    def on(top: float) -> list[Box]:
        foot = top + height
        return [
            box
            for box in words
            if box[1] < foot + _EDGE and box[3] > top - _EDGE and box[0] < 0.5 + half and box[2] > 0.5 - half
        ]

    top = 1.0 - _EDGE - height
    if not on(top):
        return None
    while (blocked := on(top)) and top + height > _HIGHEST_FOOT:
        top = min(box[1] for box in blocked) - _EDGE * 1.01 - height
    if not blocked and top + height > _HIGHEST_FOOT:
        return top
    top = _TOP
    while (blocked := on(top)) and top < _LOWEST_TOP:
        top = max(box[3] for box in blocked) + _EDGE * 1.01
    return top if not blocked and top < _LOWEST_TOP else None


def _words(shot: Shot, composition: Composition, stage: Stage, cache: Path | None) -> list[Words]:
    """A shot's words, on the film's frames. A map takes a while to lay out: what was found on it is kept."""
    if not any(isinstance(layer.content, MapPainting) for layer in composition.layers):
        return [_on_film(found, shot) for found in _placed(shot, stage)]
    seen = [(layer.name, content_address(layer), layer.first, layer.last) for layer in composition.layers]
    key = digest("words", _VERSION, stage.size, shot.frames, seen)
    note = cache / "written" / f"{key}.json" if cache else None
    kept = _kept(note) if note else None
    if kept is None:
        kept = [*_placed(shot, stage), *_names(shot, composition)]
        if note:
            write_text(note, json.dumps([(found.first, found.last, found.box) for found in kept]))
    return [_on_film(found, shot) for found in kept]


def _kept(note: Path) -> list[Words] | None:
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
        return [Words(first, last, (box[0], box[1], box[2], box[3])) for first, last, box in found]
    except (OSError, ValueError, TypeError, IndexError):
        return None


def _on_film(found: Words, shot: Shot) -> Words:
    return replace(found, first=shot.start + found.first, last=shot.start + found.last)


def _placed(shot: Shot, stage: Stage) -> Iterator[Words]:
    """What the scene and its overlays write, on the shot's own frames."""
    width, height = stage.size
    boxes = [
        (placed.first, min(placed.last, shot.frames), placed.box)
        for placed in shot.scene.own_texts(shot, stage)
        if placed.block.lines
    ]
    # The rows of an overlay stand on one panel, and come and go together.
    over: dict[tuple[int, int], Box] = {}
    for placed in overlay_texts(shot.scene, shot, stage):
        times = (placed.first, min(placed.last, shot.frames))
        over[times] = _around(over[times], placed.box) if times in over else placed.box
    for first, last, (left, top, right, bottom) in (*boxes, *((*times, box) for times, box in over.items())):
        if last > first:
            yield Words(first, last, (left / width, top / height, right / width, bottom / height))


def _around(one: Box, other: Box) -> Box:
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def _names(shot: Shot, composition: Composition) -> Iterator[Words]:
    """The names on a map, where they are in the middle of their time: its camera moves slowly."""
    maps = [layer.content for layer in composition.layers if isinstance(layer.content, MapPainting)]
    for name in (name for painting in maps for name in names_on(painting)):
        last = min(name.last, shot.frames)
        if last <= name.first:
            continue
        mask = name.mask((name.first + last) // 2)
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if rows.size:
            tall, broad = mask.shape
            left, top = float(columns[0]) / broad, float(rows[0]) / tall
            right, bottom = float(columns[-1] + 1) / broad, float(rows[-1] + 1) / tall
            yield Words(name.first, last, (left, top, right, bottom))
