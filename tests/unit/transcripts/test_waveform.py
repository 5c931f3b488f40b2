"""The drawing of a sound: loud where the sound is, as long as the sound, however it is cut."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transcripts.audio import RATE
from transcripts.waveform import PEAKS_A_SECOND, waveform


def test_it_is_loud_where_the_sound_is() -> None:
    sound = np.zeros(RATE * 3, np.int16)
    sound[RATE : 2 * RATE] = -32768
    drawn = waveform([sound])
    assert len(drawn) == 3 * PEAKS_A_SECOND
    assert set(drawn[:100]) == set(drawn[200:]) == {0}
    assert set(drawn[100:200]) == {255}


@given(st.lists(st.integers(0, 700), max_size=6))
def test_how_the_blocks_are_cut_makes_no_difference(cuts: list[int]) -> None:
    sound = (np.sin(np.arange(RATE // 8)) * 20_000).astype(np.int16)
    pieces = np.split(sound, sorted(cuts))
    assert waveform(pieces) == waveform([sound])


def test_nothing_gives_nothing() -> None:
    assert waveform([]) == b""
