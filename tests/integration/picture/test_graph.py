"""The ffmpeg graph against the compositor: the same planes, before any encoder has touched them."""

from __future__ import annotations

import numpy as np

from render.composition import Key, Layer, Motion, Plate
from render.graph import drawn_by_graph
from render.segments import frames_of
from tests.integration.picture.scenery import SIZE, fades_in, mark, plan, scene, svg


def test_fades_agree_with_the_compositor() -> None:
    glass = Layer("glass", Plate(svg('<rect x="87" y="71" width="61" height="33" fill="#fff" fill-opacity=".6"/>')))
    text = Layer(
        "text",
        Plate(svg('<path d="M231 33 l40 71 l-66 9 z" fill="#3cb371"/>')),
        motion=Motion(opacity=(Key(0, 0), Key(9, 1, "both"), Key(12, 1), Key(17, 0, "leave"))),
    )
    segment = next(s for s in plan([scene(20, mark(motion=fades_in(0, 18)), glass, text)]) if not s.hold)
    assert segment.engine == "ffmpeg"
    graph = [frame.reshape(-1).astype(int) for frame in drawn_by_graph(segment, None, "draw")]
    assert len(graph) == segment.frames
    luma = SIZE[0] * SIZE[1]
    for number, frame in enumerate(frames_of(segment, None)):
        apart = np.abs(graph[number] - frame.data.reshape(-1))
        assert apart[:luma].max() <= 2, number
        assert apart[luma:].max() <= 3, number
        assert apart.mean() < 0.2
