"""Where a long recording is cut does not depend on how much of it is looked at together."""

from __future__ import annotations

import tracemalloc
import wave
from pathlib import Path

import numpy as np
import pytest

from core.timecode import SAMPLE_RATE
from render.pcm import PcmReader
from render.recording import WINDOW, _between

LIMIT = WINDOW * 200**2


def record(path: Path, levels: list[tuple[float, float]]) -> Path:
    """Noise, so many seconds at each level."""
    noise = np.random.default_rng(7)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        for seconds, level in levels:
            samples = noise.uniform(-level, level, round(seconds * SAMPLE_RATE))
            file.writeframes(samples.astype("<i2").tobytes())
    return path


@pytest.mark.parametrize("pause", [30.0, 4000.0], ids=["a pause", "no pause"])
def test_a_cut_falls_at_the_same_sample_in_blocks_of_any_size(tmp_path: Path, pause: float) -> None:
    levels = [
        (1.0, 9000.0),
        (0.2, 60.0 if pause < 100 else 5000.0),
        (0.3, 9000.0),
        (0.5, pause),
        (0.1, 9000.0),
        (1.0, 9000.0),
    ]
    with PcmReader(record(tmp_path / "take.wav", levels)) as reader:
        end, start = round(1.0 * SAMPLE_RATE), round(2.1 * SAMPLE_RATE)
        whole = _between(reader, end, start, LIMIT if pause < 100 else 1, 10 * SAMPLE_RATE)
        assert 1.5 < whole / SAMPLE_RATE < 2.0
        for block in (701, 4800, 5003):
            assert _between(reader, end, start, LIMIT if pause < 100 else 1, block) == whole


def test_a_gap_of_minutes_needs_no_more_memory_than_one_of_seconds(tmp_path: Path) -> None:
    with PcmReader(record(tmp_path / "take.wav", [(1.0, 9000.0), (120.0, 30.0), (1.0, 9000.0)])) as reader:
        tracemalloc.start()
        try:
            cut = _between(reader, SAMPLE_RATE, 121 * SAMPLE_RATE, LIMIT)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert cut == pytest.approx(61 * SAMPLE_RATE, abs=WINDOW)
    assert most < 40_000_000
