"""Sounds of every make as narration and as music: heard whole, in the middle of two channels or more, changed by gain alone."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import BadInput
from core.progress import Silent
from render.narration import Take
from render.pcm import PcmReader, decode_cached
from render.soundtrack import MusicBed, mix
from render.timeline import Placement
from tests.integration.sound.films import ffmpeg, make_voice
from tests.integration.sound.test_soundtrack import decoded, level

RATE = 48_000
TONE = 700
MAKES = {
    "mono-44": ("wav", "-ac", "1", "-ar", "44100", "-c:a", "pcm_s16le"),
    "stereo-24-bit-96": ("wav", "-ac", "2", "-ar", "96000", "-c:a", "pcm_s24le"),
    "eight-bit-22": ("wav", "-ac", "1", "-ar", "22050", "-c:a", "pcm_u8"),
    "float": ("wav", "-ac", "2", "-ar", "48000", "-c:a", "pcm_f32le"),
    "five-one": ("wav", "-ac", "6", "-ar", "48000", "-c:a", "pcm_s16le"),
    "flac-24": ("flac", "-ac", "1", "-ar", "44100", "-sample_fmt", "s32"),
    "opus": ("opus", "-ac", "2", "-ar", "48000", "-c:a", "libopus", "-b:a", "128k"),
    "mp3": ("mp3", "-ac", "2", "-ar", "32000", "-c:a", "libmp3lame", "-b:a", "192k"),
}


def tone(target: Path, words: tuple[str, ...], loud: float = 0.25) -> Path:
    """Two seconds of a tone, with a second of silence on either side, as that make."""
    source = f"aevalsrc='{loud}*sin(2*PI*{TONE}*t)*between(t\\,1\\,3)':s=48000:d=4"
    path = target.with_suffix(f".{words[0]}")
    ffmpeg("-f", "lavfi", "-i", source, *words[1:], path)
    return path


def samples(path: Path, cache: Path, channels: int) -> NDArray[np.float32]:
    with PcmReader(decode_cached(path, cache, channels=channels, what="the sound").path) as reader:
        return reader.read(0, reader.frames)


@pytest.mark.parametrize("make", MAKES)
def test_every_make_is_heard_in_time_and_whole(tmp_path: Path, make: str) -> None:
    path = tone(tmp_path / "sound", MAKES[make])
    for channels in (1, 2):
        sound = samples(path, tmp_path / "cache", channels)
        assert len(sound) / RATE == pytest.approx(4, abs=0.03)
        loud = np.flatnonzero(np.abs(sound[:, 0]) > 0.02)
        assert (loud[0] / RATE, loud[-1] / RATE) == pytest.approx((1, 3), abs=0.03)
        inside = sound[round(1.2 * RATE) : round(2.8 * RATE)]
        rms = float(np.sqrt((inside**2).mean()))
        # Two channels share what one has; of six, each gives as much as could never be too much together.
        assert 20 * math.log10(rms) == pytest.approx(
            -24 if make == "five-one" else -16.5, abs=3 if make == "five-one" else 2
        )
        assert level(sound, 1.2, 2.8, TONE) == pytest.approx(20 * math.log10(rms), abs=0.3), "nothing but the tone"


def test_a_float_recording_over_full_scale_is_turned_down_and_not_cut_off(tmp_path: Path) -> None:
    """Field recorders write floats that go past one; cut off, a sine at twice full scale has a third harmonic of 12 %."""
    path = tone(tmp_path / "sound", MAKES["float"], loud=2.0)
    sound = samples(path, tmp_path / "cache", 1)
    assert 0.9 < np.abs(sound).max() < 1.0
    assert level(sound, 1.2, 2.8, 3 * TONE) < level(sound, 1.2, 2.8, TONE) - 60


def test_a_recording_that_was_cut_off_is_left_as_it_is(tmp_path: Path) -> None:
    path = tone(tmp_path / "sound", ("wav", "-ac", "1", "-c:a", "pcm_s16le"), loud=2.0)
    assert np.abs(samples(path, tmp_path / "cache", 1)).max() > 0.99


@pytest.mark.parametrize("what", ["no samples", "no bytes", "a film without sound", "no sound"])
def test_what_holds_no_sound_is_one_error(tmp_path: Path, what: str) -> None:
    path = tmp_path / "sound.wav"
    if what == "no samples":
        ffmpeg("-f", "lavfi", "-i", "sine=d=1", "-t", "0", path)
    elif what == "no bytes":
        path.write_bytes(b"")
    elif what == "no sound":
        path.write_text("Once upon a time")
    else:
        path = tmp_path / "film.mp4"
        ffmpeg("-f", "lavfi", "-i", "color=s=32x32:d=0.2", path)
    with pytest.raises(BadInput) as caught:
        decode_cached(path, tmp_path / "cache", channels=1, what="the narration")
    assert path.name in caught.value.message
    assert caught.value.hint


@pytest.mark.slow
@pytest.mark.parametrize("make", ["five-one", "eight-bit-22", "float"])
def test_the_programme_has_its_loudness_with_any_music(tmp_path: Path, make: str) -> None:
    voice = make_voice(tmp_path / "take.wav", 3.0)
    music = MusicBed(tone(tmp_path / "bed", MAKES[make]), -22.0)
    made = mix([Placement(0, 0, voice.frames, RATE // 2)], [voice], music, 5 * RATE, cache=tmp_path, reporter=Silent())
    assert made.loudness.integrated == pytest.approx(-14, abs=0.5)
    assert made.loudness.true_peak is not None
    assert made.loudness.true_peak <= -1


@pytest.mark.slow
def test_narration_is_changed_by_gain_alone(tmp_path: Path) -> None:
    """What comes out is what went in, times one number: no gate, no equaliser, no compressor."""
    voice = make_voice(tmp_path / "take.wav", 4.0, level=0.2)
    made = mix([Placement(0, 0, voice.frames, RATE)], [voice], None, 6 * RATE, cache=tmp_path, reporter=Silent())
    heard = decoded(made.path, tmp_path)[:, 0]
    with PcmReader(voice.path) as reader:
        spoken = reader.read(0, reader.frames)[:, 0]
    there = heard[RATE : RATE + len(spoken)]
    # AAC's own error lies 30 dB and more below.
    gain = float((there * spoken).sum() / (spoken**2).sum())
    left = there - gain * spoken
    assert 10 * math.log10(float((left**2).sum() / (there**2).sum())) < -25
    quiet, loud = spoken[: RATE // 2], spoken[RATE : 2 * RATE]
    assert Take(("one",), voice.path, "", len(quiet)).gain == 0
    for part, start in ((quiet, 0), (loud, RATE)):
        same = there[start : start + len(part)]
        assert float((same * part).sum() / (part**2).sum()) == pytest.approx(gain, rel=0.03)
