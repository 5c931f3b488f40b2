"""Emphasis: a line drawn under words of a text as the narrator says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from core.findings import Finding
from core.nearest import nearest
from render.composition import Layer, Plate
from render.scenes.base import Element
from render.scenes.entrances import entrance, unroll
from render.scenes.frame import frame_of
from render.scenes.places import field_place
from render.scenes.placing import Placed
from render.scenes.svg_layers import draw_layers
from render.shaping import shape_line
from render.stage import Shot, Stage
from transcripts.spoken import fold

_SECONDS = 0.5
"""How long a line's drawing takes, over all its stretches."""
_AFTER = 0.6
"""Seconds after the text that a line comes which waits for no word."""
_STOPS = ".,;:!?…)”’»،؛؟"
_UNDER, _THICK = 0.13, 0.07
"""The line's top under the baseline and its thickness, in sizes of the type: clear of most descenders, and under them where not."""


class Emphasis(Element):
    """Words of a text to draw a line under."""

    words: str = Field(default="", description="the words on screen; those of `at` unless given")

    @property
    def said(self) -> str:
        """The words to look for on screen."""
        return self.words or self.at or ""


@dataclass(frozen=True)
class _Stretch:
    """A piece of a line under words of one line of text, in pixels."""

    x: float
    y: float
    width: float
    height: float


def draw_emphasis(
    emphasis: Sequence[Emphasis], placed: Placed, shot: Shot, stage: Stage, *, field: str = "emphasis"
) -> tuple[list[Layer], list[Finding]]:
    """The lines' layers, to lie under the text, and findings for words that the text does not have.

    `field` is the scene's field that the emphasis stands in.
    """
    layers: list[Layer] = []
    findings: list[Finding] = []
    for number, one in enumerate(emphasis, 1):
        stretches = _find(one.said, placed, frame_of(stage).unit)
        if not stretches:
            findings.append(_missing(one, placed, stage, shot.scene.id, field, number - 1))
            continue
        path = (field, number - 1)
        first = entrance(stage, shot, path) if path in shot.at else placed.first + stage.frames(_AFTER)
        svg = draw_layers("emphasis", stage, stretches=stretches)
        whole = sum(stretch.width for stretch in stretches)
        begins = float(first)
        for index, stretch in enumerate(stretches, 1):
            takes = _SECONDS * stretch.width / whole
            start = min(round(begins), shot.frames - 2)
            plate = Plate(svg[f"stretch-{index}"], reveal="right" if placed.block.right_to_left else "left")
            layers.append(
                Layer(f"emphasis-{number}-{index}", plate, start, motion=unroll(stage, start, max(takes, 0.12)))
            )
            begins += takes * float(stage.rate)
    return layers, findings


def _find(said: str, placed: Placed, unit: float) -> list[_Stretch]:
    """Where words stand in a text: a stretch for each line that they run over."""
    wanted = [word for word in map(fold, said.split()) if word]
    found = [
        (line, match.start(), match.end())
        for line, text in enumerate(placed.block.lines)
        for match in re.finditer(r"\S+", text.text)
        if fold(match.group())
    ]
    words = [fold(placed.block.lines[line].text[start:end]) for line, start, end in found]
    for index in range(len(words) - len(wanted) + 1):
        if wanted and words[index : index + len(wanted)] == wanted:
            return _stretches(found[index : index + len(wanted)], placed, unit)
    return []


def _stretches(found: Sequence[tuple[int, int, int]], placed: Placed, unit: float) -> list[_Stretch]:
    block, out = placed.block, []
    for line in dict.fromkeys(line for line, _, _ in found):
        own = [(start, end) for number, start, end in found if number == line]
        text = block.lines[line].text
        start, end = own[0][0], own[-1][1]
        # A comma or a full stop at the end is not part of what is stressed.
        end = start + len(text[start:end].rstrip(_STOPS)) or end
        before, upto = (
            shape_line(text[:at], block.style, block.right_to_left).width if at else 0.0 for at in (start, end)
        )
        left = block.left(line, placed.x, placed.anchor)
        x = left + block.lines[line].width - upto if block.right_to_left else left + before
        y = placed.y + block.baseline(line) + _UNDER * block.size
        thick = max(6 * unit, _THICK * block.size)
        out.append(_Stretch(round(x, 2), round(y, 2), round(upto - before, 2), round(thick, 2)))
    return out


def _missing(one: Emphasis, placed: Placed, stage: Stage, scene: str, field: str, index: int) -> Finding:
    text = " ".join(placed.block.text.split())
    near = nearest(one.said, _runs(text, len(one.said.split())))
    hint = f"did you mean “{near}”?" if near else "write `words:` as they stand in the text"
    place = field_place(stage, scene, field, index)
    return Finding("emphasis", "error", f"the text has no “{one.said}” to draw a line under", hint, place, scene)


def _runs(text: str, count: int) -> list[str]:
    words = text.split()
    return [" ".join(words[at : at + count]).strip(_STOPS) for at in range(max(1, len(words) - count + 1))]
