"""The ffmpeg graph against the compositor: the same planes, before any encoder has touched them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from render.composition import Key, Layer, Motion, Plate
from render.encode import Encoding
from render.graph import encode_graph
from render.segments import frames_of
from tests.integration.picture.scenery import SIZE, fades_in, mark, plan, scene, svg


@dataclass(frozen=True)
class Unencoded(Encoding):
    """Leaves the graph's frames as they are."""

    def words(self, bits: float = 1.0) -> dict[str, Any]:
        return {"f": "rawvideo", "pix_fmt": "yuv420p"}


def test_fades_agree_with_the_compositor(tmp_path: Path) -> None:
    glass = Layer("glass", Plate(svg('<rect x="87" y="71" width="61" height="33" fill="#fff" fill-opacity=".6"/>')))
    text = Layer(
        "text",
        Plate(svg('<path d="M231 33 l40 71 l-66 9 z" fill="#3cb371"/>')),
        motion=Motion(opacity=(Key(0, 0), Key(9, 1, "both"), Key(12, 1), Key(17, 0, "leave"))),
    )
    segment = next(s for s in plan([scene(20, mark(motion=fades_in(0, 18)), glass, text)]) if not s.hold)
    assert segment.engine == "ffmpeg"
    target = tmp_path / "frames.yuv"
    encode_graph(segment, target, None, Unencoded(), "draw")
    graph = np.fromfile(target, np.uint8).reshape(segment.frames, -1).astype(int)
    luma = SIZE[0] * SIZE[1]
    for number, frame in enumerate(frames_of(segment, None)):
        apart = np.abs(graph[number] - frame.data.reshape(-1))
        assert apart[:luma].max() <= 2, number
        assert apart[luma:].max() <= 3, number
        assert apart.mean() < 0.2
