"""The limiter holds true peaks, leaves quiet sound alone, and does not care where blocks are cut."""

import numpy as np
import pytest

from render.limiter import MARGIN, Sound, limit, true_peaks


def tone(hertz: float, level: float, phase: float = 0.0, frames: int = 48_000) -> Sound:
    wave = level * np.sin(2 * np.pi * hertz * np.arange(frames) / 48_000 + phase)
    return np.stack([wave, 0.5 * wave], axis=1).astype(np.float32)


def test_a_peak_between_samples_is_seen() -> None:
    # At a quarter of the rate and 45°, every sample lies at 0.707 of the wave's height (BS.1770, annex 2).
    sound = tone(12_000, 1.0, np.pi / 4)
    assert np.abs(sound).max() == pytest.approx(0.7071, abs=1e-3)
    assert true_peaks(sound)[200:-200].max() == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("hertz", [100.0, 997.0, 6000.0, 12_000.0])
def test_peaks_stay_under_the_ceiling(hertz: float) -> None:
    blocks = list(limit([tone(hertz, 0.9, 0.7, 48_000)] * 2, 2.0, 0.7))
    assert true_peaks(np.concatenate(blocks))[MARGIN:-MARGIN].max() <= 0.7 * 1.01


def test_quiet_sound_passes_unchanged() -> None:
    sound = tone(440, 0.2)
    assert np.array_equal(np.concatenate(list(limit([sound], 1.0, 0.89))), sound)


def test_where_blocks_are_cut_changes_nothing() -> None:
    random = np.random.default_rng(7)
    sound = (random.standard_normal((60_000, 2)) * 0.3).astype(np.float32)
    whole = np.concatenate(list(limit([sound], 1.5, 0.6)))
    cut = np.concatenate(list(limit(np.split(sound, [9_000, 30_000, 31_000]), 1.5, 0.6)))
    assert whole.shape == sound.shape
    assert np.allclose(whole, cut, atol=1e-6)


def test_gain_is_down_before_the_peak_and_never_jumps() -> None:
    sound = tone(200, 0.1)
    sound[24_000] = 1.0
    limited = np.concatenate(list(limit([sound], 1.0, 0.5)))
    gain = limited[:, 0] / np.where(np.abs(sound[:, 0]) > 1e-3, sound[:, 0], np.nan)
    steps = np.abs(np.diff(gain[np.isfinite(gain)]))
    assert limited[24_000, 0] <= 0.5
    assert np.nanmax(steps) < 0.02
