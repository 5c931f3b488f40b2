"""The whole programme as samples: narration on its places, room tone where nobody speaks, music ducked beneath.

Everything is made from a sample's place in the film, a second at a time, so that an hour needs no more memory than a
minute and the same programme can be played as often as it has to be measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.timecode import SAMPLE_RATE
from render.clip_sound import ALONE, HeardClip, duck_clip
from render.ducking import STEP, Stretch, duck, find_stretches, join_stretches
from render.loudness import measure_samples
from render.music_bed import Bed, BedPlayer
from render.pcm import PcmReader
from render.room_tone import DIGITAL, LOUDEST, QUIETEST, find_floor, make_tone

BLOCK = SAMPLE_RATE
JOIN = SAMPLE_RATE // 100
"""Samples over which narration fades at a join: 10 ms (VISUAL.md, "Sound")."""
MUSIC_IN, MUSIC_OUT = 1.0, 3.0
"""Seconds over which the music comes in at the beginning and fades at the end."""
MUSIC_ALONE = -24.0
"""LUFS of the music in a programme without speech, before the whole is brought to its target."""

_STEP_FRAMES = round(STEP * SAMPLE_RATE)


@dataclass(frozen=True)
class Piece:
    """Samples [start, end) of the mono WAV `path`, sounding from sample `at` of the film, `gain` dB louder than recorded."""

    path: Path
    start: int
    end: int
    at: int
    gain: float = 0.0


class Programme:
    """One film's sound before its loudness is set. `frames`: its length in samples."""

    def __init__(
        self, pieces: Sequence[Piece], bed: Bed | None, level: float, frames: int, clips: Sequence[HeardClip] = ()
    ) -> None:
        self.pieces = merge_pieces(pieces, frames)
        self.bed = bed
        self.clips = clips
        self.frames = frames
        envelope, inside = self._listen()
        self.stretches = find_stretches(envelope)
        floor = find_floor(envelope[inside])
        self.speech = measure_samples(_stereo(block) for block, _ in self._narration()).integrated
        self._under_voice = floor < DIGITAL
        self._tone = make_tone(min(max(floor, QUIETEST), LOUDEST) if not self._under_voice else QUIETEST)
        if self.speech is None and bed is None and not clips:
            self._tone *= 0  # a film without any sound is silent, and says so
        self._clip_times, self._clip_levels = duck_clip(self.stretches)
        kept = [
            Stretch(clip.at / SAMPLE_RATE, (clip.at + clip.frames) / SAMPLE_RATE)
            for clip in clips
            if clip.how == "keep"
        ]
        times, levels = duck(join_stretches([*self.stretches, *kept]), level)
        reference = ALONE if clips else MUSIC_ALONE - float(levels[0])
        reference = reference if self.speech is None else self.speech
        self._music_times = times
        self._music_levels = levels + reference - (bed.loudness if bed else 0.0)

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """The programme from its beginning: float32 (frames, 2), a second at a time."""
        with ExitStack() as stack:
            player = BedPlayer(self.bed, stack.enter_context(PcmReader(self.bed.path))) if self.bed else None
            for index, (voice, cover) in enumerate(self._narration()):
                start = index * BLOCK
                bare = np.ones_like(cover) if self._under_voice else np.sqrt(1 - cover**2)
                places = np.arange(start, start + len(voice)) % len(self._tone)
                block = voice[:, None] + self._tone[places] * bare[:, None]
                if player:
                    block = block + player.read(start, len(voice)) * self._music_gain(start, len(voice))[:, None]
                for clip in self.clips:
                    self._add_clip(block, clip, start)
                yield block.astype(np.float32)

    def _add_clip(self, block: NDArray[np.floating], clip: HeardClip, start: int) -> None:
        """Add what of a clip sounds in the block from sample `start`."""
        first, last = max(start, clip.at), min(start + len(block), clip.at + clip.frames)
        if first >= last:
            return
        with PcmReader(clip.path) as reader:
            sound = reader.read(first - clip.at, last - first)
        gain = np.full(len(sound), clip.gain(self.speech))
        if clip.how == "duck":
            seconds = np.arange(first, first + len(sound)) / SAMPLE_RATE
            gain += np.interp(seconds, self._clip_times, self._clip_levels)
        shape = 10 ** (gain / 20) * fade_edges(first - clip.at, len(sound), clip.frames)
        block[first - start : first - start + len(sound)] += sound * shape[:, None].astype(np.float32)

    def _music_gain(self, start: int, count: int) -> NDArray[np.float32]:
        seconds = np.arange(start, start + count) / SAMPLE_RATE
        gain = 10 ** (np.interp(seconds, self._music_times, self._music_levels) / 20)
        left = (self.frames / SAMPLE_RATE - seconds) / MUSIC_OUT
        # The square of a straight line: even to the ear where a straight line lingers and then drops.
        fade = np.clip(seconds / MUSIC_IN, 0, 1) * np.clip(left, 0, 1) ** 2
        return (gain * fade).astype(np.float32)

    def _narration(self) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Mono blocks, and how far the narration covers each sample (0 to 1, its fades included)."""
        for start in range(0, self.frames, BLOCK):
            count = min(BLOCK, self.frames - start)
            voice, cover = np.zeros(count, np.float32), np.zeros(count, np.float32)
            for piece in self.pieces:
                first = max(start, piece.at)
                last = min(start + count, piece.at + piece.end - piece.start)
                if first >= last:
                    continue
                fade = fade_edges(first - piece.at, last - first, piece.end - piece.start)
                gain = fade * np.float32(10 ** (piece.gain / 20))
                # Opened for every block: a long film has more takes than a process may hold open.
                with PcmReader(piece.path) as reader:
                    sound = reader.read(piece.start + first - piece.at, last - first)[:, 0]
                voice[first - start : first - start + len(sound)] += sound * gain[: len(sound)]
                np.maximum(cover[first - start : last - start], fade, out=cover[first - start : last - start])
            yield voice, cover

    def _listen(self) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """RMS every 10 ms of the film's narration, and where a piece covers the whole 10 ms."""
        levels, covered = [], []
        for voice, cover in self._narration():
            padded = np.pad(voice.astype(np.float64), (0, -len(voice) % _STEP_FRAMES)).reshape(-1, _STEP_FRAMES)
            levels.append(np.sqrt((padded**2).mean(axis=1)))
            full = np.pad(cover, (0, -len(cover) % _STEP_FRAMES)).reshape(-1, _STEP_FRAMES)
            covered.append(full.min(axis=1) >= 1)
        return np.concatenate(levels), np.concatenate(covered)


def merge_pieces(pieces: Sequence[Piece], frames: int) -> tuple[Piece, ...]:
    """Pieces in the film's order, cut at its end; those that run on in both recording and film become one, so that an
    unbroken recording is not faded where scenes change.
    """
    merged: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.at):
        last = merged[-1] if merged else None
        length = min(piece.end - piece.start, frames - piece.at)
        if length <= 0:
            continue
        follows = last and (last.path, last.end, last.gain) == (piece.path, piece.start, piece.gain)
        if last and follows and last.at + last.end - last.start == piece.at:
            merged[-1] = replace(last, end=piece.start + length)
        else:
            merged.append(replace(piece, end=piece.start + length))
    return tuple(merged)


def fade_edges(first: int, count: int, frames: int) -> NDArray[np.float32]:
    """The gain of samples [first, first + count) of a sound of `frames` samples: 10 ms in, 10 ms out."""
    place = np.arange(first, first + count) + 0.5
    edge = np.minimum(place, frames - place) / JOIN
    gain: NDArray[np.float32] = np.sin(np.clip(edge, 0, 1) * (np.pi / 2)).astype(np.float32)
    return gain


def _stereo(voice: NDArray[np.float32]) -> bytes:
    return np.repeat(voice[:, None], 2, axis=1).astype("<f4").tobytes()
