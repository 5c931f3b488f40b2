"""Black and still stretches in decoded frames."""

import numpy as np

from render.stills import BlackWatch, StillWatch, outside


def test_black_runs_are_found_and_a_dark_background_is_not_black() -> None:
    watch = BlackWatch()
    for level in (60, 2, 4, 60, 0, 14, 14):
        watch.see(np.full((20, 30, 3), level, np.uint8))
    assert watch.runs == [(1, 3), (4, 5)]


def test_a_drift_too_slow_to_see_ends_a_still() -> None:
    ramp = np.linspace(0, 255, 240)
    watch = StillWatch()
    for frame in range(120):
        moved = np.interp(np.arange(240) + frame * 0.06, np.arange(240), ramp)
        watch.see(np.repeat(np.repeat(moved[None, :, None], 20, axis=0), 3, axis=2).astype(np.uint8))
    assert max(last - first for first, last in watch.runs) < 100
    still = StillWatch()
    for _ in range(50):
        still.see(np.full((20, 30, 3), 90, np.uint8))
    assert still.runs == [(0, 50)]


def test_a_key_frame_that_redraws_the_noise_does_not_end_a_still() -> None:
    random = np.random.default_rng(3)
    base = random.integers(60, 180, (20, 30, 3))
    watch = StillWatch(keys=(0, 30))
    for frame in range(60):
        drawn = base + (random.integers(-6, 7, base.shape) if frame == 30 else 0)
        watch.see(drawn.astype(np.uint8))
    assert watch.runs == [(0, 60)]


def test_what_lies_outside_planned_stretches() -> None:
    assert outside([(0, 100)], [(10, 20), (15, 40), (90, 200)]) == [(0, 10), (40, 90)]
    assert outside([(5, 8)], [(0, 10)]) == []
    assert outside([(5, 8), (20, 30)], []) == [(5, 8), (20, 30)]
