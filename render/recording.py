"""One long recording cut into takes, a scene each, at places that the sound itself decides.

A cut falls in the middle of the pause between two scenes, to the sample, and the pause's edges are found by integer
arithmetic on the samples alone. So a stretch that was not recorded anew is the same take as before, wherever it lies in
the file, and its words, its times and its render segments are found again.
"""

from __future__ import annotations

import hashlib
import math
import wave
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.cache import touch
from core.errors import BadInput
from core.files import whole_file
from core.timecode import SAMPLE_RATE
from render.envelope import read_envelope
from render.narration import Recording, Take
from render.pcm import WIDTH, PcmReader
from render.spoken import ENOUGH, Counted, by_scene, ensure_heard, span_of
from render.voices import PICK_UPS
from transcripts.words import Alignment, Word

WINDOW = SAMPLE_RATE // 50
"""Samples over which loudness is taken: 20 ms."""
REACH = 4 * SAMPLE_RATE
"""How far a pause is followed beyond the words that bound it."""
SLACK = round(0.15 * SAMPLE_RATE)
"""How far into a word a pause may reach: word times are not exact."""
ROOM = round(0.4 * SAMPLE_RATE)
"""What is kept of the silence before the first word and after the last."""
BLOCK = 10 * SAMPLE_RATE
"""Samples between two words that are looked at together: somebody may be silent for minutes."""


def cut_recording(recording: Recording, counts: Sequence[int], alignment: Alignment, cache: Path) -> dict[str, Take]:
    """A take for every scene that is wanted, by the film's id, each kept in `cache`/narration under the digest of its samples.

    `counts` gives the number of script words of each scene of the recording. What is said there of a skipped scene, in its
    old words or in none, is left out, and moves no other cut. Raises BadInput where the recording is not of this script or
    leaves a scene out.
    """
    take, place = recording.take, recording.place
    scenes = [
        (index, scene_id, count) for index, (scene_id, count) in enumerate(zip(take.scene_ids, counts, strict=True))
    ]
    kept = [scene for scene in scenes if scene[1] not in recording.skipped]
    groups = _give_away(by_scene(scenes, alignment), scenes, recording.skipped)
    heard = tuple(word for index, _, _ in kept for word in groups[index])
    ensure_heard(kept, replace(alignment, words=heard), "the narration", place)
    spans = [span_of(words) for words in groups]
    lost = [scene_id for index, scene_id, _ in kept if spans[index] is None]
    if lost:
        raise BadInput(
            f"the narration leaves out scene {', '.join(lost)}",
            place=place,
            hint=f"record it, as {PICK_UPS}/{lost[0]}.wav beside the script if you like, or take its text out",
        )
    found = [
        (scene_id not in recording.skipped, scene_id, round(span[0] * SAMPLE_RATE), round(span[1] * SAMPLE_RATE))
        for (_, scene_id, _), span in zip(scenes, spans, strict=True)
        if span
    ]
    found.sort(key=lambda scene: scene[2])  # scenes may have been read in another order than they stand
    with PcmReader(take.path) as reader:
        limit = _quiet(read_envelope(take.path))
        cuts = [_opening(reader, found[0][2], limit)]
        cuts += [_between(reader, one[3], other[2], limit) for one, other in pairwise(found)]
        cuts.append(_closing(reader, found[-1][3], limit))
        pieces = {
            scene_id: (start, end)
            for (wanted, scene_id, _, _), (start, end) in zip(found, pairwise(cuts), strict=True)
            if wanted
        }
        return {
            scene: _keep(reader, scene, *pieces[scene_id], cache / "narration")
            for scene, scene_id in recording.wanted.items()
        }


def _give_away(groups: list[list[Word]], scenes: Sequence[Counted], skipped: Collection[str]) -> list[list[Word]]:
    """What is said between a scene and a skipped one that the script does not have is the skipped one's: most often its old words.

    Unless the skipped scene is in the recording as the script has it: then it was an ad-lib of the scene before.
    """
    groups = [list(words) for words in groups]
    for index, scene_id, count in scenes[1:]:
        said = sum(word.origin == "matched" for word in groups[index])
        before = groups[index - 1]
        if scene_id not in skipped or scenes[index - 1][1] in skipped or said >= ENOUGH * count:
            continue
        last = max(
            (place for place, word in enumerate(before) if word.start is not None and word.token is not None),
            default=-1,
        )
        groups[index] = before[last + 1 :] + groups[index]
        groups[index - 1] = before[: last + 1]
    return groups


def _quiet(envelope: NDArray[np.float32]) -> int:
    """The energy of a window below which nobody speaks: 35 dB under the loud parts, as a power of two.

    The coarse step keeps it the same when a sentence elsewhere in the recording is spoken a little louder.
    """
    level = float(np.quantile(envelope, 0.95)) * 32768 * 10 ** (-35 / 20)
    return int(WINDOW * 4 ** round(math.log2(max(level, 1.0))))


def _energy(reader: PcmReader, start: int, end: int) -> NDArray[np.int64]:
    """Energy of the window that begins at each sample of [start, end], as far as it lies in the file; in whole numbers, so that
    place does not matter."""
    samples = _whole(reader, start, end - start + WINDOW).astype(np.int64)
    sums = np.concatenate([[0], np.cumsum(samples * samples)])
    return np.asarray(sums[WINDOW:] - sums[:-WINDOW], np.int64) if len(sums) > WINDOW else np.zeros(0, np.int64)


def _energies(reader: PcmReader, start: int, end: int, block: int) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """`_energy` of [start, end], `block` samples at a time, each with the sample at which it begins."""
    for at in range(start, end + 1, block):
        yield at, _energy(reader, at, min(at + block - 1, end))


def _whole(reader: PcmReader, start: int, count: int) -> NDArray[np.int16]:
    """Samples as the file has them, 16-bit whole numbers."""
    return np.frombuffer(reader.raw(start, count), "<i2").reshape(-1, reader.channels)[:, 0]


def _between(reader: PcmReader, end: int, start: int, limit: int, block: int = BLOCK) -> int:
    """The middle of the longest pause between two words; where there is none, the quietest place."""
    first = max(0, min(end, start) - SLACK)
    last = min(reader.frames, max(end, start) + SLACK)
    pauses: list[tuple[int, int]] = []
    quietest: tuple[int, int] | None = None
    for at, energy in _energies(reader, max(0, first - REACH), min(reader.frames, last + REACH), block):
        for a, b in _runs(energy < limit):
            begun = pauses.pop()[0] if pauses and pauses[-1][1] == at + a else at + a
            pauses.append((begun, at + b))
        skip = max(0, first - at)
        near = energy[skip : max(0, last - at)]
        if len(near) and (quietest is None or near.min() < quietest[0]):
            quietest = int(near.min()), at + skip + int(np.argmin(near))
    pauses = [pause for pause in pauses if pause[1] > first and pause[0] < last]
    if pauses:
        a, b = max(pauses, key=lambda pause: min(pause[1], last) - max(pause[0], first))
        return (a + b + WINDOW) // 2
    return (quietest[1] if quietest else first) + WINDOW // 2


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
    data = _whole(reader, start, end - start).tobytes()
    digest = hashlib.sha256(data).hexdigest()
    target = folder / f"{digest}.wav"
    touch(target)
    if not target.is_file():
        with whole_file(target) as temporary, wave.open(str(temporary), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(WIDTH)
            file.setframerate(SAMPLE_RATE)
            file.writeframes(data)
    return Take((scene_id,), target, digest, len(data) // WIDTH)
