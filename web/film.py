"""The film as its captions' editor needs it: how many frames a second, and a drawing of its sound."""

from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from core.cache import touch
from core.errors import BadInput
from core.files import write_bytes
from core.locks import in_turn
from transcripts.audio import stream_pcm
from transcripts.waveform import waveform

USUAL_RATE = Fraction(30)
"""Where a film does not say how many frames it has: what films are rendered at here."""


@lru_cache(maxsize=64)
def film_rate(path: Path, changed: int) -> Fraction:  # noqa: ARG001 - part of the key: another film has another rate
    """Frames a second of the film at `path`."""
    import av
    from av.error import FFmpegError

    try:
        with av.open(str(path)) as container:
            rate = container.streams.video[0].average_rate if container.streams.video else None
    except (FFmpegError, ValueError, OSError):
        rate = None
    return Fraction(rate) if rate else USUAL_RATE


def film_waveform(path: Path, sha256: str, cache: Path) -> bytes:
    """The film's sound as `transcripts.waveform` draws it, made once and kept in the studio's cache; nothing for a film without sound."""
    kept = cache / "waveforms" / f"{sha256[:32]}.peaks"
    if not kept.is_file():
        with in_turn(cache / "locks" / f"waveform-{sha256[:16]}.lock"):
            if not kept.is_file():
                write_bytes(kept, _drawn(path))
    touch(kept)
    return kept.read_bytes()


def _drawn(path: Path) -> bytes:
    try:
        return waveform(stream_pcm(path))
    except BadInput:
        return b""
