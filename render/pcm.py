"""Sound as samples: any file decoded to a 48 kHz, 16-bit WAV in the cache, and read back a stretch at a time."""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
import wave
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from subprocess import DEVNULL
from types import TracebackType
from typing import IO, TYPE_CHECKING

from core.cache import touch
from core.digest import digest, file_digest
from core.errors import BadInput
from core.files import whole_file, write_text
from core.processes import failure, running
from core.timecode import SAMPLE_RATE
from render.ffmpeg import ffmpeg_path

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH = 2
"""Bytes a sample."""

SILENCE = -60.0
"""dBFS: what never gets louder than this over 400 ms (BS.1770's momentary window) is silence."""

_WINDOW = SAMPLE_RATE * 2 // 5
_CHUNK_WINDOWS = 25
_FORMAT = "pcm-3"
_FULL = (2**15 - 1) / 2**15
_HEADROOM = 0.1
"""dB under full scale to which what went past it is turned down."""


@dataclass(frozen=True)
class Pcm:
    """A decoded file: `frames` long, `digest` of its samples, `loudest` 400 ms in dBFS."""

    path: Path
    frames: int
    channels: int
    digest: str
    loudest: float

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.frames / SAMPLE_RATE

    @property
    def silent(self) -> bool:
        """True when nothing in it can be heard."""
        return self.loudest < SILENCE


def decode_cached(source: Path, cache: Path, *, channels: int, what: str) -> Pcm:
    """Decode a file of any kind to samples, once for its bytes; streams, so that three hours need no more memory than one
    minute. `what` names it for the reader. Raises BadInput for a file that holds no readable sound, NoSpace.
    """
    target = cache / f"{digest(_FORMAT, file_digest(source), channels)}.wav"
    known = recall(target)
    if known:
        return known
    command: list[str | Path] = [
        ffmpeg_path(),
        "-v",
        "error",
        "-nostdin",
        "-i",
        source,
        "-map",
        "0:a:0",
        "-ac",
        str(channels),
    ]
    return decode(command, target, channels=channels, what=what, name=source.name)


def decode(
    command: list[str | Path],
    target: Path,
    *,
    channels: int,
    what: str,
    name: str,
    data: bytes = b"",
    filters: Sequence[str] = (),
) -> Pcm:
    """Run an ffmpeg `command` (all but its output; `data` on its standard input), `filters` after its decoder, and keep what it
    plays as `target`. What goes past full scale, as floats may, is turned down whole instead of being cut off."""
    chain = [f"aresample={SAMPLE_RATE}:filter_size=64:cutoff=0.97", *filters]
    with tempfile.TemporaryFile() as fed, whole_file(target) as temporary:
        fed.write(data)
        measure, code, words = _play(command, chain, fed, temporary, channels)
        over = _peak(command, chain, fed, channels) if measure.full and not code else 0.0
        if over > 0:
            lower = ["aformat=sample_fmts=fltp", f"volume={-over - _HEADROOM:.3f}dB"]
            measure, code, words = _play(command, [chain[0], lower[0], *filters, lower[1]], fed, temporary, channels)
        if code or not measure.frames:
            raise _unreadable(what, name, code, words)
    pcm = Pcm(target, measure.frames, channels, measure.hash.hexdigest(), measure.loudest)
    facts = {key: value for key, value in asdict(pcm).items() if key != "path"}
    write_text(target.with_suffix(".json"), json.dumps(facts))
    return pcm


def _play(
    command: list[str | Path], chain: Sequence[str], fed: IO[bytes], target: Path, channels: int
) -> tuple[_Measure, int, bytes]:
    """Write what ffmpeg plays to `target`; what was learnt of it, the exit code and ffmpeg's words."""
    out = ["-af", ",".join(chain), "-ar", str(SAMPLE_RATE), "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1"]
    fed.seek(0)
    with tempfile.TemporaryFile() as said:
        with running([*command, *out], stdin=fed, stderr=said) as child:
            assert child.stdout is not None
            with target.open("wb") as stream:
                measure = _keep(child.stdout, stream, channels)
            code = child.wait()
        said.seek(0)
        return measure, code, said.read()


def _peak(command: list[str | Path], chain: Sequence[str], fed: IO[bytes], channels: int) -> float:
    """The highest sample in dBFS before it is cut off at full scale."""
    key = "lavfi.astats.Overall.Peak_level"
    layout = "mono" if channels == 1 else "stereo"
    steps = [
        chain[0],
        f"aformat=sample_fmts=fltp:channel_layouts={layout}",
        *chain[1:],
        "astats=metadata=1:measure_perchannel=none:measure_overall=Peak_level",
        f"ametadata=mode=print:key={key}:file=-",
    ]
    fed.seek(0)
    highest = 0.0
    with running([*command, "-af", ",".join(steps), "-f", "null", "-"], stdin=fed, stderr=DEVNULL) as child:
        assert child.stdout is not None
        for line in child.stdout:
            name, _, value = line.decode(errors="replace").partition("=")
            if name == key and value.strip() not in ("inf", "nan"):
                highest = max(highest, float(value))
        child.wait()
    return highest


def recall(path: Path) -> Pcm | None:
    """What is known of a decoded file in the cache, marked as used; None when it is not there to the last bit."""
    note = path.with_suffix(".json")
    try:
        pcm = Pcm(path=path, **json.loads(note.read_text(encoding="utf-8")))
        whole = _samples_digest(path) == pcm.digest
    except (OSError, EOFError, ValueError, TypeError, wave.Error):
        return None
    if not whole:
        return None
    for file in (path, note):
        touch(file)
    return pcm


def _samples_digest(path: Path) -> str:
    """SHA-256 of a WAV file's samples: what `_keep` measured of them."""
    found = hashlib.sha256()
    with wave.open(str(path), "rb") as file:
        while data := file.readframes(_WINDOW * _CHUNK_WINDOWS):
            found.update(data)
    return found.hexdigest()


def _unreadable(what: str, name: str, code: int, words: bytes) -> Exception:
    text = words.decode(errors="replace")
    if "No space left" in text:
        return failure(f"decode {name}", code, words)
    if "matches no streams" in text or "does not contain any stream" in text:
        return BadInput(f"{what} {name} holds no sound", hint="give a file with an audio track")
    if not code:
        return BadInput(f"{what} {name} is empty: it holds no samples", hint="record it again")
    return BadInput(
        f"{what} {name} cannot be read as sound", hint="is it whole, and an audio file? WAV, FLAC, M4A or MP3"
    )


class _Measure:
    """What is learnt of samples as they pass."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()
        self.frames = 0
        self.loudest = -120.0
        self.full = False
        """True when a sample reaches full scale: there may have been more above."""


def _keep(source: IO[bytes], target: IO[bytes], channels: int) -> _Measure:
    measure = _Measure()
    with wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(WIDTH)
        file.setframerate(SAMPLE_RATE)
        while data := source.read(_WINDOW * _CHUNK_WINDOWS * channels * WIDTH):
            data = data[: len(data) - len(data) % (channels * WIDTH)]
            file.writeframesraw(data)
            measure.hash.update(data)
            measure.frames += len(data) // (channels * WIDTH)
            sound = to_float(data, channels)
            measure.loudest = max(measure.loudest, loudest_window(sound))
            measure.full |= bool(len(sound)) and float(abs(sound).max()) >= _FULL
        # The header's length is right only once every frame is in: `wave` patches it when it closes.
    return measure


def loudest_window(sound: NDArray[np.float32]) -> float:
    """The loudest 400 ms of a stretch (frames, channels), RMS in dBFS; -120 for digital silence."""
    import numpy as np

    power = (sound.astype(np.float64) ** 2).mean(axis=1)
    starts = range(0, max(1, len(power)), _WINDOW)
    loudest = max((float(power[at : at + _WINDOW].sum()) / _WINDOW for at in starts), default=0.0)
    return 10 * math.log10(max(loudest, 1e-12))


def to_float(data: bytes, channels: int) -> NDArray[np.float32]:
    """16-bit little-endian samples as float32 (frames, channels), full scale 1."""
    import numpy as np

    return np.frombuffer(data, "<i2").reshape(-1, channels).astype(np.float32) / np.float32(2**15)


class PcmReader:
    """Reads stretches of a decoded file."""

    def __init__(self, path: Path) -> None:
        self._file = wave.open(str(path), "rb")  # noqa: SIM115 - closed by this object's own context
        self.channels = self._file.getnchannels()
        self.frames = self._file.getnframes()

    def __enter__(self) -> PcmReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """Frames [start, start + count) as float32 (count, channels); fewer at the end."""
        start = min(max(0, start), self.frames)
        self._file.setpos(start)
        return to_float(self._file.readframes(max(0, count)), self.channels)

    def raw(self, start: int, count: int) -> bytes:
        """Frames [start, start + count) as they are in the file, 16-bit little-endian; fewer at the end."""
        self._file.setpos(min(max(0, start), self.frames))
        return self._file.readframes(max(0, count))

    def blocks(self, count: int) -> Iterator[NDArray[np.float32]]:
        """The whole file in stretches of `count` frames."""
        for start_at in range(0, self.frames, count):
            yield self.read(start_at, count)
