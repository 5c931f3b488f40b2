"""A cue's place as a box on the picture, in per cent of its width and height, from WebVTT's settings and back."""

from dataclasses import dataclass
from typing import Literal

from transcripts.words import Cue

Settings = tuple[tuple[str, str], ...]
Edge = Literal["start", "center", "end"]
Align = Literal["start", "center", "end", "left", "right"]

LINE = 16 / 3
"""Height of a line in per cent of the picture's: fifteen rows, as CEA-608 has them; WebVTT leaves it to the player's font."""

_COLUMN = {"line-left": 0.0, "center": 0.5, "line-right": 1.0}


@dataclass(frozen=True)
class Box:
    """Where text stands: `left` and `width`; `at` is the height of its `edge` from the top, `hold` the part of its width that
    `position` named (0 left, ½ middle, 1 right); `align` sets the lines in it. `exact` is False where a line number was estimated.
    """

    left: float
    width: float
    at: float
    edge: Edge
    hold: float
    align: Align
    exact: bool = True


def settings_box(cue: Cue) -> Box:
    """The box of a horizontal cue (WebVTT, "Processing cue settings", for what does not depend on the font)."""
    settings = dict(cue.settings)
    align: Align = settings.get("align", "center")  # type: ignore[assignment]
    position, _, column = settings.get("position", "").partition(",")
    natural = {
        "start": "line-left",
        "left": "line-left",
        "center": "center",
        "end": "line-right",
        "right": "line-right",
    }
    hold = _COLUMN[column or natural[align]]
    at = float(position[:-1]) if position else {0.0: 0.0, 0.5: 50.0, 1.0: 100.0}[_COLUMN[natural[align]]]
    width = min(float(settings.get("size", "100%")[:-1]), _room(hold, at))
    height, edge, exact = _height(settings.get("line", ""))
    return Box(at - hold * width, width, height, edge, hold, align, exact)


def _room(hold: float, at: float) -> float:
    """The widest that a cue can be that is held at `at` per cent."""
    return 100 - at if hold == 0 else at if hold == 1 else 2 * min(at, 100 - at)


def _height(line: str) -> tuple[float, Edge, bool]:
    place, _, align = line.partition(",")
    if not place:
        return 100.0, "end", True
    if place.endswith("%"):
        edge: Edge = align or "start"  # type: ignore[assignment]
        return float(place[:-1]), edge, True
    number = float(place)
    if number >= 0:
        return min(100.0, number * LINE), "start", number == 0
    return max(0.0, 100 + (number + 1) * LINE), "end", number == -1


def box_settings(box: Box) -> Settings:
    """The settings that put a cue there."""
    column = {0.0: "line-left", 0.5: "center", 1.0: "line-right"}[box.hold]
    out = [("line", f"{share(box.at)}%" + (f",{box.edge}" if box.edge != "start" else ""))]
    out.append(("position", f"{share(box.left + box.hold * box.width)}%,{column}"))
    if box.width < _room(box.hold, box.left + box.hold * box.width) - 0.01:
        out.append(("size", f"{share(box.width)}%"))
    if box.align != "center":
        out.append(("align", box.align))
    return tuple(out)


def share(number: float) -> str:
    """A percentage without needless figures, within what WebVTT takes."""
    return f"{min(100.0, max(0.0, number)):.3f}".rstrip("0").rstrip(".")
