"""Transitions, pixel by pixel: they begin with the scene before, end with the scene after, and never turn back."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from render.composition import Composition, Layer, Plate
from render.frames import Compositor
from render.motion import eased
from render.planes import Frame
from render.segments import frames_of
from render.transition import SECONDS, Kind, mix
from tests.integration.picture.scenery import SIZE, decode, difference, plan, render, svg

KINDS: tuple[Kind, ...] = ("crossfade", "fade", "wipe", "push")
FRAMES = 16


def picture(ground: str, x: float, fill: str) -> Frame:
    """A scene's picture: a ground, and a disc on it."""
    disc = f'<rect width="320" height="180" fill="{ground}"/><circle cx="{x}" cy="90" r="14" fill="{fill}"/>'
    return Compositor(Composition(SIZE, 1, (Layer("a", Plate(svg(disc))),)), 30.0, None, 0, 1).draw(0)


ONE, TWO = ("#204060", 100.0, "#ffffff"), ("#182818", 210.0, "#f6b73c")


@pytest.mark.parametrize("kind", KINDS)
def test_the_frames_beyond_its_ends_are_its_neighbours(kind: Kind) -> None:
    under, over = picture(*ONE), picture(*TWO)
    assert np.array_equal(mix(kind, under, over, -1, FRAMES).data, under.data)
    assert np.array_equal(mix(kind, under, over, FRAMES, FRAMES).data, over.data)


@pytest.mark.parametrize("kind", KINDS)
def test_it_goes_from_one_to_the_other_and_never_back(kind: Kind) -> None:
    under, over = picture("#204060", 100, "#204060"), picture("#a0b0c0", 100, "#a0b0c0")
    drawn = [mix(kind, under, over, number, FRAMES) for number in range(-1, FRAMES + 1)]
    light = np.array([frame.y.astype(float).mean() for frame in drawn])
    if kind == "fade":
        middle = int(light.argmin())
        assert light[middle] < 18, "through black"
        assert (np.diff(light[: middle + 1]) <= 0).all()
        assert (np.diff(light[middle:]) >= 0).all()
    else:
        assert (np.diff(light) > 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_it_starts_and_ends_gently_and_nowhere_jumps(kind: Kind) -> None:
    under, over = picture("#204060", 100, "#204060"), picture("#a0b0c0", 100, "#a0b0c0")
    drawn = [mix(kind, under, over, number, FRAMES) for number in range(-1, FRAMES + 1)]
    steps = [difference(one, other) for one, other in itertools.pairwise(drawn)]
    assert max(steps[0], steps[-1]) < 0.6 * max(steps)
    assert max(steps) < difference(under, over) * (0.35 if kind == "fade" else 0.15)


def share_at(number: int) -> float:
    return float(eased(np.array([(number + 1) / (FRAMES + 1)]), "both")[0])


def centre(frame: Frame, near: float) -> float:
    """The disc's centre of gravity across, in pixels, within a disc's reach of where it should be."""
    first, last = round(near) - 24, round(near) + 24
    weight = np.clip(frame.y[:, first:last].astype(float) - 100, 0, None)
    return first + float(((np.arange(last - first) + 0.5) * weight).sum() / weight.sum())


def test_a_push_moves_both_pictures_as_one_strip() -> None:
    under, over = picture(*ONE), picture(*TWO)
    for number in range(FRAMES):
        share, drawn = share_at(number), mix("push", under, over, number, FRAMES)
        for x in (100 - 320 * share, 210 + 320 - 320 * share):
            if 26 < x < 294:
                assert centre(drawn, x) == pytest.approx(x, abs=0.1), number


def test_the_edge_of_a_wipe_is_where_it_should_be() -> None:
    """By the light that has come: the sum over a row of how far each pixel has turned."""
    under, over = picture("#000000", 0, "#000000"), picture("#ffffff", 0, "#ffffff")
    soft = 320 / 12
    for number in range(FRAMES):
        drawn = mix("wipe", under, over, number, FRAMES)
        turned = float(((drawn.y[90].astype(float) - 16) / 219).sum())
        # A soft edge whose middle has come as far as this; at the frame's sides part of it lies outside.
        columns = np.arange(320) + 0.5
        ideal = float(np.clip((share_at(number) * (320 + soft) - columns) / soft, 0, 1).sum())
        assert turned == pytest.approx(ideal, abs=0.1), number


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_render_segment_of_its_own(kind: Kind, tmp_path: Path) -> None:
    scenes = [
        Composition(SIZE, 30, (Layer("a", Plate(svg(f'<rect width="320" height="180" fill="{fill}"/>'))),))
        for fill in ("#204060", "#a0b0c0")
    ]
    segments = plan(scenes, ["cut", kind])
    own = [segment for segment in segments if segment.transition]
    assert len(own) == 1
    assert own[0].frames == round(SECONDS[kind] * 30000 / 1001)
    ideal = list(frames_of(own[0], tmp_path / "cache"))
    film = decode(render(segments, tmp_path).path)
    assert len(film) == 60
    for number, frame in enumerate(ideal):
        assert difference(film[30 + number], frame) < 1.5, number
    assert difference(film[29], picture("#204060", 0, "#204060")) < 1
    assert difference(film[30 + own[0].frames], picture("#a0b0c0", 0, "#a0b0c0")) < 1
