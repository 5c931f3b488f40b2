"""Where somebody speaks, and how loud the music is there."""

import numpy as np
import pytest

from render.ducking import AHEAD, GAP_LEVEL, RELEASE, Stretch, duck, find_stretches


def envelope(*parts: tuple[float, float]) -> np.ndarray:
    return np.concatenate([np.full(round(seconds * 100), level) for seconds, level in parts])


def test_short_pauses_belong_to_speech_and_long_gaps_do_not() -> None:
    found = find_stretches(envelope((1, 0.001), (2, 0.1), (1.5, 0.001), (2, 0.1), (4, 0.001), (1, 0.08), (2, 0.0)))
    assert [(round(s.start, 1), round(s.end, 1)) for s in found] == [(0.9, 6.6), (10.4, 11.6)]


def test_nobody_speaks_in_silence() -> None:
    assert find_stretches(np.zeros(300)) == ()
    assert find_stretches(np.zeros(0)) == ()


def test_music_is_down_before_the_voice_and_up_again_after_it() -> None:
    times, levels = duck([Stretch(3.0, 5.0), Stretch(9.0, 10.0)], -22.0)

    def at(seconds: float) -> float:
        return float(np.interp(seconds, times, levels))

    assert at(0) == GAP_LEVEL
    assert at(3.0 - AHEAD) == GAP_LEVEL
    assert at(3.0) == at(5.0) == -22.0
    assert at(5.0 + RELEASE) == at(7) == pytest.approx(GAP_LEVEL)
    assert -22 < at(5.0 + RELEASE / 2) < GAP_LEVEL
    assert at(9.5) == -22.0
    assert at(60) == GAP_LEVEL


def test_a_voice_at_once_finds_the_music_down() -> None:
    times, levels = duck([Stretch(0.0, 4.0)], -22.0)
    assert np.interp(0.0, times, levels) == -22.0
    assert (np.diff(times) >= 0).all()


def test_music_set_louder_than_a_gap_is_not_lowered_in_gaps() -> None:
    _, levels = duck([Stretch(3.0, 5.0)], -8.0)
    assert set(levels.tolist()) == {-8.0}
