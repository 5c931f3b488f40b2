"""The sound of a clip: its stretch as samples at the clip's speed and pitch, and how loud it is beside the narration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core.digest import digest
from core.timecode import SAMPLE_RATE
from render.ffmpeg import ffmpeg_path
from render.pcm import Pcm, decode, recall

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from render.ducking import Stretch

UNDER_SPEECH = -22.0
"""LU of a ducked clip beside the speech: the 20 dB of WCAG 1.4.7, and room for its own louder moments."""
MOST_RAISED = 12.0
"""LU by which a quiet clip is raised at most: a street at night is not to hiss like a waterfall."""
ALONE = -20.0
"""LUFS of clips in a programme without speech, before the whole is brought to its target."""
_SLOWEST, _FASTEST = 0.5, 2.0
"""The tempos that one `atempo` reaches without leaving samples out."""
_VERSION = "clip-sound-1"


@dataclass(frozen=True)
class ClipSound:
    """A clip's sound as a scene has it: seconds [start, end) of `path`, `speed` times as fast, from sample `at` of the film for at
    most `frames` samples. `keep` is as loud as the narration, `duck` gives way to it."""

    path: Path
    sha256: str
    start: Fraction
    end: Fraction
    speed: Fraction
    at: int
    frames: int
    how: Literal["keep", "duck"]


@dataclass(frozen=True)
class HeardClip:
    """A clip ready to be mixed: a 48 kHz stereo WAV from sample `at` of the film for `frames` samples, `loudness` in LUFS, None
    where it is too short or too quiet to be measured."""

    path: Path
    digest: str
    at: int
    frames: int
    loudness: float | None
    how: Literal["keep", "duck"]

    def gain(self, speech: float | None) -> float:
        """dB that bring it beside speech of a loudness, LUFS."""
        if self.loudness is None:
            return 0.0
        return min((ALONE if speech is None else speech) - self.loudness, MOST_RAISED)


def hear_clip(sound: ClipSound, cache: Path) -> HeardClip | None:
    """Decode a clip's stretch into `cache`; None where nothing in it can be heard. Raises BadInput for sound that cannot be read."""
    from render.loudness import measure_file

    pcm = _decode(sound, cache)
    if pcm is None or pcm.silent:
        return None
    loudness = measure_file(pcm.path).integrated if pcm.seconds >= 0.5 else None
    return HeardClip(pcm.path, pcm.digest, sound.at, min(pcm.frames, sound.frames), loudness, sound.how)


def _decode(sound: ClipSound, cache: Path) -> Pcm | None:
    """The stretch to the sample. Gaps in the sound's own stamps, and a sound that begins later than the picture, are silence, so
    that the two stay together."""
    frames = round((sound.end - sound.start) / sound.speed * SAMPLE_RATE)
    target = cache / f"{digest(_VERSION, sound.sha256, sound.start, frames, sound.speed)}.wav"
    known = recall(target)
    if known:
        return known
    steps = [f"aresample={SAMPLE_RATE}:async=1:first_pts=0", *_tempo(sound.speed), "apad", f"atrim=end_sample={frames}"]
    command: list[str | Path] = [ffmpeg_path(), "-v", "error", "-nostdin", "-ss", f"{float(sound.start):.6f}"]
    command += ["-t", f"{float(sound.end - sound.start):.6f}", "-i", sound.path, "-map", "0:a:0", "-ac", "2"]
    return decode(command, target, channels=2, what="the sound of", name=sound.path.name, filters=steps)


def _tempo(speed: Fraction) -> list[str]:
    """Filters that play it faster or slower at its own pitch."""
    left, steps = float(speed), []
    while left > _FASTEST or left < _SLOWEST:
        step = _FASTEST if left > 1 else _SLOWEST
        steps.append(f"atempo={step}")
        left /= step
    return [*steps, f"atempo={left:.9f}"] if left != 1 else steps


def duck_clip(stretches: Sequence[Stretch]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times in seconds, and the level in dB of a clip that gives way to speech there; straight lines between them."""
    import numpy as np

    from render.ducking import AHEAD, RELEASE

    times, levels = [-1.0], [0.0]
    for stretch in stretches:
        times += [max(stretch.start - AHEAD, times[-1]), stretch.start, stretch.end, stretch.end + RELEASE]
        levels += [0.0, UNDER_SPEECH, UNDER_SPEECH, 0.0]
    return np.asarray(times), np.asarray(levels)
