"""Pick-up takes, recorded on another day: brought to the level of the narration around them, by gain alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from core.timecode import SAMPLE_RATE
from render.loudness import measure_samples
from render.narration import Take
from render.pcm import PcmReader
from render.timeline import Spoken

SURROUNDING = 20.0
"""Seconds of speech, the nearest first, that say how loud the narration is around a pick-up."""
SHORTEST = 0.5
"""Seconds: what is shorter has no integrated loudness to speak of (BS.1770 measures by 400 ms)."""


def match_levels(takes: Sequence[Take], spoken: Sequence[Spoken], picked: Collection[str]) -> tuple[Take, ...]:
    """The takes, those of scenes in `picked` with the gain that brings them to the loudness of what surrounds them.

    `spoken` says where each take's voice begins and ends. Gains are whole tenths of a decibel (VISUAL.md, Sound: a pick-up is
    matched within ± 1 LU). Where nothing else is spoken, nothing is changed.
    """
    others = [index for index, take in enumerate(takes) if take.scene_ids[0] not in picked]
    matched = []
    for index, take in enumerate(takes):
        if index in others:
            matched.append(take)
            continue
        around = list(_nearest(index, others, spoken))
        own, wanted = _loudness(takes, spoken, [index]), _loudness(takes, spoken, around)
        gain = round(wanted - own, 1) if own is not None and wanted is not None else 0.0
        matched.append(replace(take, gain=gain))
    return tuple(matched)


def _nearest(index: int, others: Sequence[int], spoken: Sequence[Spoken]) -> Iterator[int]:
    """The other takes from the nearest on, until there is enough of them."""
    seconds = 0.0
    for other in sorted(others, key=lambda other: (abs(other - index), other)):
        if seconds >= SURROUNDING:
            return
        seconds += (spoken[other].end - spoken[other].start) / SAMPLE_RATE
        yield other


def _loudness(takes: Sequence[Take], spoken: Sequence[Spoken], indexes: Sequence[int]) -> float | None:
    """Integrated loudness of some takes' speech, in LUFS; None for silence or next to nothing."""
    if sum(spoken[index].end - spoken[index].start for index in indexes) < SHORTEST * SAMPLE_RATE:
        return None
    return measure_samples(_blocks(takes, spoken, indexes)).integrated


def _blocks(takes: Sequence[Take], spoken: Sequence[Spoken], indexes: Sequence[int]) -> Iterator[bytes]:
    for index in indexes:
        start, end = spoken[index].start, spoken[index].end
        with PcmReader(takes[index].path) as reader:
            for at in range(start, end, SAMPLE_RATE):
                yield np.repeat(reader.read(at, min(SAMPLE_RATE, end - at)), 2, axis=1).astype("<f4").tobytes()
