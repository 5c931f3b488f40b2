"""One whole and its parts: a column filled from the top, each part's share and name beside it."""

from __future__ import annotations

from render.charts import rounded_shares, spread_labels
from render.composition import Layer, Plate
from render.scenes.chart_data import Line
from render.scenes.chart_parts import SAID, Drawing, Head, fills, grow, legible, moments, quiet
from render.scenes.entrances import enter
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import layout_row

_GAP = 4
_LARGE = 150
"""Height at 1080 lines from which a part's share is set large, its name under it."""
_LEAST = 56


def draw_whole(lines: tuple[Line, ...], head: Head, shot: Shot, stage: Stage) -> Drawing:
    """The column at the left, shares and names at the right, a rule from each part to its own."""
    frame, theme = frame_of(stage), stage.theme
    unit, large, last, ground = frame.unit, frame.type_unit, shot.frames, theme.colours.glow
    points = lines[0].points
    total = sum(point.value for point in points)
    width = (frame.columns(1, 4)[1] if frame.vertical else frame.columns(1, 3)[1]) - head.left
    begin = head.left + width
    x = begin + 104 * unit
    first = moments(points, shot, stage)
    hues = _hues(lines[0], stage)
    height = min(_LARGE * large, (head.bottom - head.top) / len(points))
    roomy = height >= 0.86 * _LARGE * large
    shares = [f"{share} %" for share in rounded_shares([point.value for point in points])]
    style = (
        display(stage, 84 * large, weight=600, tabular=True)
        if roomy
        else text(stage, 44 * large, weight=600, tabular=True)
    )
    written = layout_row(shares, style, head.right - x, 1, 40 * unit)
    side = 0.0 if roomy else max(block.width for block in written) + 28 * unit
    names = layout_row(
        [point.label for point in points], text(stage, 44 * large, leading=1.15), head.right - x - side, 1 if roomy else 2,
        32 * unit,
    )  # fmt: skip
    tall = max(
        block.height + name.height if roomy else max(block.height, name.height)
        for block, name in zip(written, names, strict=True)
    )
    parts, wanted, at = [], [], head.top
    for point, hue in zip(points, hues, strict=True):
        high = point.value / total * (head.bottom - head.top)
        gap = min(_GAP * unit, high / 2)
        parts.append(
            {"x": head.left, "y": round(at, 2), "width": round(width, 2), "height": round(high - gap, 2), "fill": hue}
        )
        wanted.append(at + high / 2 - tall / 2)
        at += high
    tops = spread_labels(wanted, max(tall, _LEAST * unit), head.top - 8 * unit, head.bottom + 8 * unit)
    texts: list[Placed] = []
    groups = []
    for number, (top, share, name) in enumerate(zip(tops, written, names, strict=True)):
        moment = min(first[number] + stage.frames(SAID), last - 1)
        figure = Placed(share, x, top, legible(hues[number], stage), ground, moment, last)
        if roomy:
            said = Placed(name, x, top + share.height - 4 * unit, theme.colours.ink, ground, moment, last)
        else:
            y = top + share.baseline() - name.baseline()
            said = Placed(name, x + side, y, theme.colours.ink, ground, moment, last)
        texts += [figure, said]
        middle = top + (share.baseline() - share.cap_height / 2)
        groups.append(
            {"part": parts[number], "texts": (figure, said), "fill": hues[number],
             "rule": ((begin + 12 * unit, _within(wanted[number] + tall / 2, parts[number])), (x - 20 * unit, middle))}
        )  # fmt: skip
    svg = draw_layers("chart_whole", stage, groups=groups)
    layers = []
    for number, moment in enumerate(first, 1):
        said_at = moment + stage.frames(SAID)
        layers.append(
            Layer(f"part-{number}", Plate(svg[f"part-{number}"], reveal="top"), moment, motion=grow(moment, stage))
        )
        layers.append(
            Layer(f"name-{number}", Plate(svg[f"name-{number}"]), said_at, motion=enter(stage, said_at, travel=0))
        )
    return layers, texts


def _within(y: float, part: dict[str, object]) -> float:
    top, high = part["y"], part["height"]
    assert isinstance(top, float)
    assert isinstance(high, float)
    return round(min(max(y, top), top + high), 2)


def _hues(line: Line, stage: Stage) -> list[str]:
    """The accent for the parts to look at and quiet greys beside them; else the theme's colours in order."""
    if any(point.highlight for point in line.points):
        return [stage.theme.colours.accent if point.highlight else quiet(stage) for point in line.points]
    return fills([Line(point.label, ()) for point in line.points], stage)
