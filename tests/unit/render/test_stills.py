"""Black and still stretches, by what was seen of each frame."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from render.stills import BlackWatch, StillWatch, outside, stills_of
from render.viewing import Seen, to_cells

RATE = Fraction(30)
Rgb = NDArray[np.uint8]


def seen(picture: Rgb) -> Seen:
    return Seen(hash(picture.tobytes()), to_cells(picture), False)


def longest(draw: Callable[[int], Rgb], frames: int, keys: tuple[int, ...] = ()) -> int:
    watch = StillWatch(RATE, keys)
    for frame in range(frames):
        watch.see(seen(draw(frame)))
    assert [first for first, _ in watch.runs[1:]] == [last for _, last in watch.runs[:-1]]
    return max(last - first for first, last in watch.runs)


def test_black_runs_are_found() -> None:
    watch = BlackWatch()
    cells = np.zeros((27, 48, 3), np.uint8)
    for black in (False, True, True, False, True, False, False):
        watch.see(Seen(0, cells, black))
    assert watch.runs == [(1, 3), (4, 5)]


def lines(shift: float, contrast: float) -> Rgb:
    """A quiet ground: faint lines two pixels wide on near-black, moved by a fraction of a pixel."""
    x = np.arange(240)[None, :] + np.arange(135)[:, None] * 0.3 + shift
    drawn = 16 + contrast * np.clip(1.5 - np.abs(x % 24 - 12), 0, 1)
    return np.repeat(np.round(drawn)[..., None], 3, axis=2).astype(np.uint8)


def test_the_faintest_drift_is_no_still() -> None:
    """Of a quiet theme: a step or two of brightness, a twentieth of a pixel a frame, key frames every four seconds."""
    for contrast in (3, 6, 20):
        assert longest(lambda n, c=contrast: lines(n * 0.05, c), 240, (0, 120)) < 60  # type: ignore[misc]


def test_a_quiet_ground_that_stands_is_one_still() -> None:
    assert longest(lambda n: lines(0, 6), 240, (0, 120)) == 240


def test_a_drift_that_only_shows_now_and_then_still_ends_a_still() -> None:
    """An encoder may leave a slow change out for frames at a time: what has changed over a second or two counts."""
    ramp = np.repeat(np.linspace(0, 255, 240)[None, :, None], 135, axis=0)

    def draw(frame: int) -> Rgb:
        return np.repeat(ramp + frame // 15 * 1.0, 3, axis=2).clip(0, 255).astype(np.uint8)

    assert longest(draw, 240) <= 45


def test_one_figure_that_changes_ends_a_still() -> None:
    def draw(frame: int) -> Rgb:
        picture = lines(0, 6)
        picture[60:66, 100:104] = 40 if frame < 50 else 200
        return picture

    assert longest(draw, 100) == 50


def test_a_key_frame_that_redraws_the_noise_does_not_end_a_still() -> None:
    random = np.random.default_rng(3)
    base = random.integers(60, 180, (135, 240, 3))
    noises = [random.integers(-6, 7, base.shape) for _ in range(3)]

    def draw(frame: int) -> Rgb:
        # New at the key frame, finer in the frame after it, then to the bit the same.
        return (base + noises[(frame >= 30) + (frame >= 31)]).astype(np.uint8)

    assert longest(draw, 120, (0, 30)) == 120
    assert longest(draw, 120, (0,)) <= 120 - 30


def test_what_lies_outside_planned_stretches() -> None:
    assert outside([(0, 100)], [(10, 20), (15, 40), (90, 200)]) == [(0, 10), (40, 90)]
    assert outside([(5, 8)], [(0, 10)]) == []
    assert outside([(5, 8), (20, 30)], []) == [(5, 8), (20, 30)]


def test_stills_are_those_seen_and_those_planned_joined() -> None:
    assert stills_of([(0, 20), (25, 30), (100, 140)], [(20, 60)], 15) == ((0, 60), (100, 140))
