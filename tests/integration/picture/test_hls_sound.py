"""The ladder's sound is as long as what it was copied from, whatever held it; and what cannot be copied is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import WorkFailed
from core.processes import run
from core.timecode import SAMPLE_RATE
from render.ffmpeg import ffmpeg_path
from render.hls import write_sound


def encode(target: Path, seconds: float) -> Path:
    tone = f"sine=frequency=440:sample_rate={SAMPLE_RATE}:duration={seconds}"
    run([ffmpeg_path(), "-v", "error", "-f", "lavfi", "-i", tone, "-c:a", "aac", target], what="encode a tone")
    return target


@pytest.mark.parametrize("suffix", ["m4a", "mka"])
def test_the_sound_is_as_long_as_its_packets(tmp_path: Path, suffix: str) -> None:
    stream = write_sound(tmp_path, "sound", encode(tmp_path / f"source.{suffix}", 7))
    length = sum(piece.seconds for piece in stream.pieces)
    # A frame of priming may stay, and the last frame may be filled up.
    assert 7 <= length <= 7 + 2 * 1024 / SAMPLE_RATE


def test_sound_that_cannot_be_read_is_a_failure_for_a_person(tmp_path: Path) -> None:
    (tmp_path / "source.m4a").write_bytes(b"no sound at all" * 100)
    with pytest.raises(WorkFailed, match="could not package the sound"):
        write_sound(tmp_path, "sound", tmp_path / "source.m4a")
    assert not (tmp_path / "sound.mp4").exists()
