"""Which parts of the sound are given to the model: where the voice detector hears somebody, put together up to its window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.evidence import Span

WINDOW = 30.0
"""Seconds that Whisper hears at once, whether there are as many or not (Radford et al. 2022, section 2.1)."""

_PAD = 0.4
"""Seconds added before and after speech, so that no consonant is cut: Silero VAD's and faster-whisper's default."""


@dataclass(frozen=True)
class Clip:
    """A stretch of sound for the model to hear at once, in seconds, and where in it somebody speaks."""

    start: float
    end: float
    voiced: tuple[Span, ...]

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


def join_clips(voiced: Sequence[Span], seconds: float) -> list[Clip]:
    """Spans of speech put together into clips of at most a window, each cut in a pause; the pauses inside stay.

    WhisperX cuts and merges in this way (Bain et al. 2023, section 3.1): the window is filled, no word is cut, and times within
    a clip are the recording's own. `seconds` is the length of the sound; no span may be longer than a window less its padding.
    """
    out: list[Clip] = []
    for index, (start, end) in enumerate(voiced):
        before = voiced[index - 1][1] if index else 0.0
        after = voiced[index + 1][0] if index + 1 < len(voiced) else seconds
        first = max(start - _PAD, (start + before) / 2 if index else 0.0)
        last = min(end + _PAD, (end + after) / 2 if index + 1 < len(voiced) else seconds)
        if out and last - out[-1].start <= WINDOW:
            out[-1] = Clip(out[-1].start, last, (*out[-1].voiced, (start, end)))
        else:
            out.append(Clip(first, last, ((start, end),)))
    return out


_LONG_PAUSE = 2.0
"""Seconds of silence over which a window is not moved on: faster-whisper's default where it hears in sequence."""


def join_sequences(clips: Sequence[Clip]) -> list[Clip]:
    """Clips with no long pause between them as one, for hearing in sequence: a window that ends early is then followed by a full one,
    and not by the little that is left of its clip.
    """
    out: list[Clip] = []
    for clip in clips:
        if out and clip.voiced[0][0] - out[-1].voiced[-1][1] < _LONG_PAUSE:
            out[-1] = Clip(out[-1].start, clip.end, (*out[-1].voiced, *clip.voiced))
        else:
            out.append(clip)
    return out
