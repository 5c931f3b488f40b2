"""CPU of rendering a film as films are, against the CPU of encoding its finished frames with the same settings.

Footage, pinned: 1920×1080 at 30 frames a second; 60 % holds of 4 s, 25 % a photograph under a Ken Burns move with a scrim and a title
(see `render_motion`), 15 % drawn: what comes in before the holds, five bars that grow over a drifting ground, and a map under a camera
from Africa to the Suez Canal. Starting the workers, reading the photograph and the map, joining: everything counts.
Bar (DESIGN section 11): at most 1.0, moonshot 0.75.

    python benchmarks/render_mixed.py [--seconds 60]        about 2 minutes on two quiet cores
"""

from __future__ import annotations

import math
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.footage import (
    DRAWN,
    RATE,
    SIZE,
    bars,
    cpu_of_encoding,
    draw_photograph,
    held,
    ken_burns,
    plan,
    spent_on_rendering,
)
from benchmarks.meter import Bar, measured_on, options, report
from core.errors import Place
from core.resources import resource
from render.composition import Composition
from render.encode import MASTER
from render.stage import Shot, Stage
from render.theme import load_theme
from script.document import Chapter, FrontMatter, Script

ENTRANCE, HOLD = 15, 120
"""Frames of a held scene: its line comes in, then it stands still."""


def map_under_way(frames: int) -> Composition:
    """A map whose camera moves for most of it."""
    from render.scenes.map import MapScene

    path = resource("examples", "suez", "script.md")
    script = Script(path, FrontMatter("A film", "a-film"), (Chapter("", Place("script.md", 1)),), (), {}, {}, {})
    scene = MapScene.model_validate(
        {
            "id": "map",
            "extent": [30.6, 29.55, 34.2, 31.6],
            "camera": {"from": [-10, -30, 60, 40]},
            "highlight": {"EGY": "accent"},
            "places": [{"name": "Port Said", "lon": 32.3, "lat": 31.26}],
        }
    )
    return scene.compose(Shot(scene, 0, frames, {}), Stage(SIZE, RATE, load_theme(), script))


def compose(photograph: Path, seconds: float) -> list[Composition]:
    """Scenes of a film of about so many seconds, in the shares above."""
    share = seconds / 60
    hold = min(HOLD, round(24 * seconds))
    lines = max(1, round(9 * share))
    photographs = max(1, math.ceil(3 * share))
    moving = max(2, round(450 * share / photographs))
    return [
        *(ken_burns(photograph, moving, number) for number in range(photographs)),
        *(held(number, ENTRANCE + hold) for number in range(lines)),
        bars(max(2, round(60 * share))),
        map_under_way(max(2, round(75 * share))),
    ]


def main() -> int:
    """Measure and print; 1 when the bar is missed."""
    parser = options(__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of film")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory(prefix="slugline-benchmark-") as name:
        folder = Path(name)
        draw_photograph(folder / "photograph.jpg")
        segments = plan(compose(folder / "photograph.jpg", seconds))
        ours = spent_on_rendering(segments, folder / "cache", folder / "film.mp4", os.cpu_count() or 1).cpu
        theirs, thorough = (
            cpu_of_encoding(segments, folder / "cache", folder / "encoded.mp4", encoding)
            for encoding in (DRAWN, MASTER)
        )
    met = report("render_mixed", ours / theirs, "× the CPU of encoding the same frames", Bar(1.0, 0.75))
    frames = sum(segment.frames for segment in segments)
    still = sum(segment.frames for segment in segments if segment.hold)
    photographs = sum(s.frames for s in segments if any(layer.name == "photograph" for layer in s.composition.layers))
    print(f"  {ours / thorough:.2f} × the CPU of encoding them as filmed pictures are, which need more searching")
    print(f"  {frames} frames: rendering {ours:.1f} s of CPU, encoding them {theirs:.1f} s")
    shares = [round(100 * part / frames) for part in (still, photographs, frames - still - photographs)]
    print(measured_on("{} % holds, {} % Ken Burns, {} % drawn".format(*shares)))
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
