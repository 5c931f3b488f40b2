"""Sound for recognition: any media file as 16 kHz mono PCM, streamed, and cut into stretches at its silences."""

import hashlib
import tempfile
import wave
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput, Place
from core.files import whole_file

Samples = NDArray[np.int16]

RATE = 16_000
"""Samples a second: what Whisper and PocketSphinx both hear."""

QUIET = -55.0
"""What never rises above so many dBFS for a hundredth of a second is silence: EBU R 128's gate is at −70 LUFS for programme;
room tone of a usable recording lies between −75 and −55."""

_BLOCK = RATE * 10


@dataclass(frozen=True)
class Stretch:
    """A piece of the audio that ends in silence: `start` in seconds, `samples` int16 at 16 kHz."""

    start: float
    samples: Samples

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / RATE

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of the samples."""
        return hashlib.sha256(self.samples.tobytes()).hexdigest()


def _bad(path: Path, message: str, hint: str) -> BadInput:
    return BadInput(f"{path.name} {message}", hint=hint, place=Place(str(path)))


@dataclass(frozen=True)
class AudioTrack:
    """A track of sound: `number` from 1 among the file's audio tracks, language and title as the file has them."""

    number: int
    language: str
    title: str
    default: bool

    def __str__(self) -> str:
        """`2 (deu, commentary)`."""
        said = ", ".join(part for part in (self.language, self.title) if part)
        return f"{self.number} ({said})" if said else str(self.number)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The container. Raises BadInput, which says what is there instead."""
    import av
    from av.error import FFmpegError

    if path.is_dir():
        raise _bad(path, "is a folder", "give a video or sound file")
    if not path.is_file():
        raise _bad(path, "does not exist", "check the path")
    try:
        if path.stat().st_size == 0:
            raise _bad(path, "is empty", "export or download the file again")
        container = av.open(str(path))
    except PermissionError as error:
        raise _bad(path, "may not be read by you", "change who may read it") from error
    except (FFmpegError, ValueError, OSError) as error:
        raise _bad(path, "is not a media file that can be read", "give a video or sound file") from error
    with container:
        yield container


def audio_tracks(path: Path) -> list[AudioTrack]:
    """The file's tracks of sound, in its order. Raises BadInput when it cannot be opened."""
    import av.stream

    default = av.stream.Disposition.default
    with _opened(path) as container:
        return [
            AudioTrack(
                number,
                stream.metadata.get("language", "").replace("und", ""),
                stream.metadata.get("title", ""),
                bool(stream.disposition & default),
            )
            for number, stream in enumerate(container.streams.audio, 1)
        ]


def default_track(tracks: Sequence[AudioTrack]) -> AudioTrack:
    """The track that a player plays: the one marked as default, else the first."""
    return next((track for track in tracks if track.default), tracks[0])


def stream_pcm(path: Path, track: int = 0) -> Iterator[Samples]:
    """An audio track as blocks of int16 samples, 16 kHz mono, on the file's own clock.

    `track` counts from 1; 0 is the one that a player plays. A track that starts after the file does is led in with silence, so that
    times stay those of the picture. Raises BadInput when the file is missing, has no such track, or cannot be decoded at all; a
    damaged tail is left off.
    """
    import av
    from av.error import FFmpegError

    tracks = audio_tracks(path)
    if not tracks:
        raise _bad(path, "has no audio track", "give a file in which somebody speaks")
    if track > len(tracks):
        there = ", ".join(map(str, tracks))
        raise _bad(path, f"has no audio track {track}", f"it has {there}")
    with _opened(path) as container:
        stream = container.streams.audio[(track or default_track(tracks).number) - 1]
        decoded = False
        try:
            for block in _resampled(container, stream, av.AudioResampler(format="s16", layout="mono", rate=RATE)):
                decoded = True
                yield block
        except FFmpegError as error:
            if not decoded:
                raise _bad(path, "is damaged: its sound cannot be decoded", "export the file again") from error
        if not decoded:
            raise _bad(path, "has an audio track without sound in it", "export the file again")


def sound_seconds(path: Path) -> float:
    """Length as the container states it, 0 where it does not. Raises BadInput when it cannot be opened."""
    with _opened(path) as container:
        return float((container.duration or 0) / 1_000_000)


def _resampled(container: Any, stream: Any, resampler: Any) -> Iterator[Samples]:
    first = True
    for frame in container.decode(stream):
        if first and frame.pts is not None:
            origin = (container.start_time or 0) / 1_000_000
            late = float(frame.pts * frame.time_base) - origin
            if 0.01 < late < 3600:
                yield np.zeros(round(late * RATE), np.int16)
        first = False
        frame.pts = None
        for piece in resampler.resample(frame):
            yield piece.to_ndarray().reshape(-1)
    for piece in resampler.resample(None):
        yield piece.to_ndarray().reshape(-1)


def read_pcm(path: Path) -> Samples:
    """The whole file as int16 samples at 16 kHz mono: 115 MB an hour. Raises BadInput as `stream_pcm` does."""
    return np.concatenate([np.empty(0, np.int16), *stream_pcm(path)])


@contextmanager
def mapped_pcm(path: Path) -> Iterator[Samples]:
    """The whole file's samples by way of a temporary file, so that hours of sound do not fill the memory."""
    with tempfile.TemporaryFile(prefix="slugline-") as spool:
        for block in stream_pcm(path):
            spool.write(block.tobytes())
        spool.flush()
        yield np.memmap(spool, np.int16, "r")


def levels(samples: Samples, hop: float = 0.01) -> NDArray[np.float32]:
    """Level of every `hop` seconds in dB below full scale; digital silence is −120."""
    size = round(hop * RATE)
    frames = len(samples) // size
    out = np.full(max(1, frames), -120.0, np.float32)
    for first in range(0, frames, 10_000):  # a piece at a time: as floats a long recording would fill the memory
        last = min(frames, first + 10_000)
        shaped = np.asarray(samples[first * size : last * size]).reshape(-1, size).astype(np.float32) / 32768
        out[first:last] = 10 * np.log10(np.maximum(np.mean(shaped * shaped, axis=1), 1e-12))
    return out


def silences(loud: NDArray[np.float32], shortest: float = 0.2) -> list[tuple[float, float]]:
    """Spans in seconds of at least `shortest` in which nothing sounds. `loud`: levels in dBFS every 10 ms."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud < QUIET, [False]])))
    spans = ((int(first) / 100, int(last) / 100) for first, last in edges.reshape(-1, 2))
    return [(first, last) for first, last in spans if last - first >= shortest - 1e-9]


def quietest(samples: Samples, first: float, last: float) -> int:
    """The sample in the middle of the quietest half second between two times in seconds."""
    begin = round(first * RATE)
    loud = levels(samples[begin : round(last * RATE)])
    window = min(50, len(loud))
    sums = np.convolve(loud, np.ones(window), mode="valid")
    return begin + round((int(np.argmin(sums)) + window / 2) * 0.01 * RATE)


def stretches(path: Path, shortest: float = 300.0, longest: float = 480.0) -> Iterator[Stretch]:
    """Cut the sound into stretches of `shortest` to `longest` seconds, each at the quietest half second in that range.

    Memory is bounded by one stretch. Raises BadInput as `stream_pcm` does.
    """
    pending: list[Samples] = []
    held, offset = 0, 0
    for block in stream_pcm(path):
        pending.append(block)
        held += len(block)
        if held >= longest * RATE + _BLOCK:
            samples = np.concatenate(pending)
            cut = quietest(samples, shortest, longest)
            yield Stretch(offset / RATE, samples[:cut])
            pending, held, offset = [samples[cut:]], len(samples) - cut, offset + cut
    if held:
        yield Stretch(offset / RATE, np.concatenate(pending))


def write_wav(path: Path, samples: Samples) -> None:
    """Write 16 kHz mono PCM, whole or not at all."""
    write_blocks(path, [samples])


def write_blocks(path: Path, blocks: Iterable[Samples]) -> None:
    """Write 16 kHz mono PCM piece by piece, whole or not at all."""
    with whole_file(path) as temporary, wave.open(str(temporary), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        for block in blocks:
            sound.writeframes(block.tobytes())
