"""One long recording cut into takes, a scene each, at places that the sound itself decides.

A cut falls in the middle of the pause between two scenes, to the sample, and the pause's edges are found by integer
arithmetic on the samples alone. So a stretch that was not recorded anew is the same take as before, wherever it lies in
the file, and its words, its times and its render segments are found again.
"""

from __future__ import annotations

import hashlib
import math
import wave
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput, Place
from core.files import whole_file
from core.timecode import SAMPLE_RATE
from render.envelope import read_envelope
from render.narration import Take
from render.pcm import WIDTH, PcmReader
from render.spoken import by_scene, ensure_heard, span_of
from transcripts.words import Alignment

WINDOW = SAMPLE_RATE // 50
"""Samples over which loudness is taken: 20 ms."""
REACH = 4 * SAMPLE_RATE
"""How far a pause is followed beyond the words that bound it."""
SLACK = round(0.15 * SAMPLE_RATE)
"""How far into a word a pause may reach: word times are not exact."""
ROOM = round(0.4 * SAMPLE_RATE)
"""What is kept of the silence before the first word and after the last."""


def cut_recording(
    take: Take, counts: Sequence[int], alignment: Alignment, cache: Path, place: Place | None
) -> tuple[Take, ...]:
    """The recording as one take a scene, each kept in `cache`/narration under the digest of its samples.

    `counts` gives the number of script words of each scene of the take. Raises BadInput where the recording is not of this
    script or leaves a scene out.
    """
    scenes = [
        (index, scene_id, count) for index, (scene_id, count) in enumerate(zip(take.scene_ids, counts, strict=True))
    ]
    groups = by_scene(scenes, alignment)
    ensure_heard(scenes, alignment, "the narration", place)
    spans = [span_of(words) for words in groups]
    lost = [scene_id for scene_id, span in zip(take.scene_ids, spans, strict=True) if span is None]
    if lost:
        raise BadInput(
            f"the narration leaves out scene {', '.join(lost)}",
            place=place,
            hint="record it, or take its text out of the script",
        )
    found = [span for span in spans if span]
    with PcmReader(take.path) as reader:
        limit = _quiet(read_envelope(take.path))
        cuts = [_opening(reader, round(found[0][0] * SAMPLE_RATE), limit)]
        for (_, end), (start, _) in pairwise(found):
            cuts.append(_between(reader, round(end * SAMPLE_RATE), round(start * SAMPLE_RATE), limit))
        cuts.append(_closing(reader, round(found[-1][1] * SAMPLE_RATE), limit))
        return tuple(
            _keep(reader, scene_id, start, end, cache / "narration")
            for scene_id, (start, end) in zip(take.scene_ids, pairwise(cuts), strict=True)
        )


def _quiet(envelope: NDArray[np.float32]) -> int:
    """The energy of a window below which nobody speaks: 35 dB under the loud parts, as a power of two.

    The coarse step keeps it the same when a sentence elsewhere in the recording is spoken a little louder.
    """
    level = float(np.quantile(envelope, 0.95)) * 32768 * 10 ** (-35 / 20)
    return int(WINDOW * 4 ** round(math.log2(max(level, 1.0))))


def _energy(reader: PcmReader, start: int, end: int) -> NDArray[np.int64]:
    """Energy of the window that begins at each sample of [start, end), in whole numbers so that place does not matter."""
    samples = _whole(reader, start, end - start + WINDOW)
    sums = np.concatenate([[0], np.cumsum(samples * samples)])
    return np.asarray(sums[WINDOW:] - sums[:-WINDOW], np.int64) if len(sums) > WINDOW else np.zeros(0, np.int64)


def _whole(reader: PcmReader, start: int, count: int) -> NDArray[np.int64]:
    """Samples as the file has them, 16-bit whole numbers."""
    return np.rint(reader.read(start, count)[:, 0].astype(np.float64) * 32768).astype(np.int64)


def _between(reader: PcmReader, end: int, start: int, limit: int) -> int:
    """The middle of the longest pause between two words; where there is none, the quietest place."""
    first = max(0, min(end, start) - SLACK)
    last = min(reader.frames, max(end, start) + SLACK)
    origin = max(0, first - REACH)
    energy = _energy(reader, origin, min(reader.frames, last + REACH))
    inside = slice(first - origin, last - origin)
    runs = [run for run in _runs(energy < limit) if run[1] > inside.start and run[0] < inside.stop]
    if runs:
        a, b = max(runs, key=lambda run: min(run[1], inside.stop) - max(run[0], inside.start))
        return origin + (a + b + WINDOW) // 2
    return first + int(np.argmin(energy[inside])) + WINDOW // 2


def _opening(reader: PcmReader, word: int, limit: int) -> int:
    """A little before the sound of the first word."""
    origin = max(0, word - REACH)
    energy = _energy(reader, origin, min(reader.frames, word + SLACK))
    quiet = np.flatnonzero(energy < limit)
    onset = origin + (int(quiet[-1]) + WINDOW if len(quiet) else max(0, word - origin))
    return max(0, min(onset, word + SLACK) - ROOM)


def _closing(reader: PcmReader, word: int, limit: int) -> int:
    """A little after the sound of the last word has died away."""
    origin = max(0, word - SLACK)
    energy = _energy(reader, origin, min(reader.frames, word + REACH))
    quiet = np.flatnonzero(energy < limit)
    return min(reader.frames, (origin + int(quiet[0]) if len(quiet) else word) + ROOM)


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches [first, last) in which the mask is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _keep(reader: PcmReader, scene_id: str, start: int, end: int, folder: Path) -> Take:
    """The stretch as a take of its own."""
    data = _whole(reader, start, end - start).astype("<i2").tobytes()
    digest = hashlib.sha256(data).hexdigest()
    target = folder / f"{digest}.wav"
    if not target.is_file():
        with whole_file(target) as temporary, wave.open(str(temporary), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(WIDTH)
            file.setframerate(SAMPLE_RATE)
            file.writeframes(data)
    return Take((scene_id,), target, digest, len(data) // WIDTH)
