"""The programme's loudness, music under and beside the voice, joins, loops, and the cache."""

from __future__ import annotations

import math
import os
import resource as resource_limits
import runpy
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import BadInput
from core.progress import Silent
from core.resources import resource
from render.loudness import measure_file
from render.music_bed import BedPlayer, open_bed, read_loop
from render.narration import Take
from render.pcm import PcmReader, decode_cached
from render.programme import Piece, Programme, merge_pieces
from render.soundtrack import MusicBed, Soundtrack, mix
from render.timeline import Placement
from tests.integration.sound.films import ffmpeg, make_voice

RATE = 48_000
MUSIC_HZ = 2000


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Take:
    return make_voice(tmp_path_factory.mktemp("voice") / "take.wav", 3.0)


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("music") / "bed.wav"
    ffmpeg("-f", "lavfi", "-i", f"aevalsrc=0.3*sin(2*PI*{MUSIC_HZ}*t):s=44100:d=5", "-ac", "2", path)
    return path


def at(*seconds: float) -> list[Placement]:
    return [Placement(0, 0, 3 * RATE, round(second * RATE)) for second in seconds]


def make(voice: Take, cache: Path, seconds: float, *starts: float, music: MusicBed | None = None) -> Soundtrack:
    return mix(at(*starts), [voice], music, round(seconds * RATE), cache=cache, reporter=Silent())


def decoded(sound: Path, cache: Path) -> NDArray[np.float32]:
    with PcmReader(decode_cached(sound, cache, channels=2, what="the mix").path) as reader:
        return reader.read(0, reader.frames)


def level(sound: NDArray[np.float32], start: float, end: float, hertz: float | None = None) -> float:
    """dBFS of a stretch, or of one frequency in it."""
    part = sound[round(start * RATE) : round(end * RATE)].mean(axis=1)
    if hertz is None:
        return 20 * math.log10(max(float(np.sqrt((part**2).mean())), 1e-9))
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(part)) / RATE) * np.hanning(len(part))
    return 20 * math.log10(abs((part * wave).sum()) / np.hanning(len(part)).sum() * math.sqrt(2) + 1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("gain", ["-30dB", "0dB"])
def test_the_programme_is_at_its_loudness_whatever_came_in(gain: str, tmp_path: Path, voice: Take) -> None:
    ffmpeg("-i", voice.path, "-af", f"volume={gain}", tmp_path / "take.wav")
    made = make(Take(("one",), tmp_path / "take.wav", gain, voice.frames), tmp_path, 7, 0.5, 3.7)
    heard = measure_file(made.path)
    assert heard == made.loudness
    assert heard.integrated == pytest.approx(-14, abs=0.5)
    assert heard.true_peak is not None
    assert heard.true_peak <= -1
    assert made.findings == ()


@pytest.mark.slow
def test_peaks_are_limited_and_the_loudness_still_right(tmp_path: Path, voice: Take) -> None:
    # A voice with hard clicks: 14 dB above itself, where linear gain alone would go over full scale.
    click = "val(0)*0.15+if(eq(mod(n\\,12000)\\,50)\\,0.8\\,0)"
    ffmpeg("-i", voice.path, "-af", f"aeval='{click}'", tmp_path / "take.wav")
    heard = make(Take(("one",), tmp_path / "take.wav", "clicks", voice.frames), tmp_path, 4, 0.5).loudness
    assert heard.integrated == pytest.approx(-14, abs=0.5)
    assert heard.true_peak is not None
    assert heard.true_peak <= -1


@pytest.mark.slow
def test_length_is_kept_to_the_sample_and_bytes_are_the_same(tmp_path: Path, voice: Take) -> None:
    first = make(voice, tmp_path / "a", 4.0371, 0.5)
    second = make(voice, tmp_path / "b", 4.0371, 0.5)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert len(decoded(first.path, tmp_path)) - round(4.0371 * RATE) in range(1024)


@pytest.mark.slow
def test_music_lies_under_speech_rises_in_gaps_and_fades_at_the_end(tmp_path: Path, voice: Take, music: Path) -> None:
    made = make(voice, tmp_path, 16, 1.5, 8.5, music=MusicBed(music, -22.0))
    sound = decoded(made.path, tmp_path)
    speech = level(sound, 1.5, 4.5)
    under, gap = level(sound, 2, 4, MUSIC_HZ), level(sound, 6, 7.8, MUSIC_HZ)
    assert gap - under == pytest.approx(11, abs=1)
    # The tone is K-weighted up by about 3 dB, so it is set lower than its power says.
    assert under - speech < -20
    assert -19 < gap - speech < -10
    assert level(sound, 8.42, 8.48, MUSIC_HZ) < gap - 8, "ducked before the voice"
    assert level(sound, 4.55, 4.65, MUSIC_HZ) < gap - 6, "released slowly"
    end = [level(sound, second, second + 0.2, MUSIC_HZ) for second in (12.6, 14.0, 15.0, 15.7)]
    assert end == sorted(end, reverse=True)
    assert end[-1] < end[0] - 25


@pytest.mark.slow
def test_a_pause_is_room_tone_not_digital_silence(tmp_path: Path, voice: Take) -> None:
    sound = decoded(make(voice, tmp_path, 8, 0.2, 4.8).path, tmp_path)
    pauses = [level(sound, start, start + 0.1) for start in np.arange(3.4, 4.6, 0.1)]
    assert min(pauses) > -75
    assert max(pauses) < -45


def test_joins_fade_and_an_unbroken_recording_does_not(tmp_path: Path, voice: Take) -> None:
    pieces = [
        Piece(voice.path, 0, 10_000, 5_000),
        Piece(voice.path, 10_000, 40_000, 15_000),
        Piece(voice.path, 60_000, 90_000, 60_000),
    ]
    assert merge_pieces(pieces, 80_000) == (
        Piece(voice.path, 0, 40_000, 5_000),
        Piece(voice.path, 60_000, 80_000, 60_000),
    )
    programme = Programme(pieces, None, 0.0, 120_000)
    sound = np.concatenate(list(programme.blocks()))
    assert len(sound) == 120_000
    with PcmReader(voice.path) as reader:
        original = reader.read(0, 40_000)[:, 0]
    assert np.allclose(sound[16_000:44_000, 0], original[11_000:39_000], atol=2e-3)
    assert abs(sound[5_000:5_010]).max() < 0.02


@pytest.mark.slow
def test_sound_unchanged_is_not_encoded_again(tmp_path: Path, voice: Take, music: Path) -> None:
    bed = MusicBed(music, -22.0)
    first = make(voice, tmp_path, 4, 0.5, music=bed)
    again = make(voice, tmp_path, 4, 0.5, music=bed)
    assert (first.reused, again.reused) == (False, True)
    assert (again.path, again.loudness) == (first.path, first.loudness)
    assert make(voice, tmp_path, 4, 0.6, music=bed).path != first.path
    assert make(voice, tmp_path, 4, 0.5, music=MusicBed(music, -24.0)).path != first.path
    note = first.path.with_suffix(".json")
    for file in (first.path, note):
        os.utime(file, (0, 0))
    assert make(voice, tmp_path, 4, 0.5, music=bed).reused
    assert min(first.path.stat().st_mtime, note.stat().st_mtime) > 0, "what is used is not the next to be thrown away"
    note.write_text("{")
    assert not make(voice, tmp_path, 4, 0.5, music=bed).reused


def test_a_programme_of_more_takes_than_files_may_be_open_is_played(tmp_path: Path) -> None:
    takes, each = 120, RATE // 100
    for number in range(takes):
        with wave.open(str(tmp_path / f"{number}.wav"), "wb") as file:
            file.setparams((1, 2, RATE, each, "NONE", ""))
            file.writeframes(np.full(each, 1000, "<i2").tobytes())
    pieces = [Piece(tmp_path / f"{number}.wav", 0, each, number * each) for number in range(takes)]
    now, most = resource_limits.getrlimit(resource_limits.RLIMIT_NOFILE)
    resource_limits.setrlimit(resource_limits.RLIMIT_NOFILE, (len(list(Path("/dev/fd").iterdir())) + 30, most))
    try:
        heard = np.concatenate(list(Programme(pieces, None, 0, takes * each).blocks()))
    finally:
        resource_limits.setrlimit(resource_limits.RLIMIT_NOFILE, (now, most))
    assert len(heard) == takes * each


@pytest.mark.slow
def test_a_film_without_sound_is_silent_and_says_so(tmp_path: Path) -> None:
    made = mix([], [], None, 2 * RATE, cache=tmp_path, reporter=Silent())
    assert made.loudness.integrated is None
    assert [finding.rule for finding in made.findings] == ["silence"]


@pytest.mark.slow
def test_music_alone_is_at_its_loudness(tmp_path: Path, music: Path) -> None:
    made = mix([], [], MusicBed(music, -22.0), 8 * RATE, cache=tmp_path, reporter=Silent())
    assert made.loudness.integrated == pytest.approx(-14, abs=0.5)


def test_a_bed_without_loop_points_gives_way_to_itself(tmp_path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "anoisesrc=d=4:r=48000:a=0.2:seed=5", "-ac", "2", tmp_path / "bed.flac")
    bed = open_bed(tmp_path / "bed.flac", tmp_path)
    assert bed.loop is None
    with PcmReader(bed.path) as reader:
        player = BedPlayer(bed, reader)
        whole = player.read(0, 12 * RATE)
        assert np.array_equal(
            np.concatenate([player.read(0, 150_001), player.read(150_001, 12 * RATE - 150_001)]), whole
        )
    levels = [float(np.sqrt((part**2).mean())) for part in np.split(whole, 48)]
    assert max(levels) / min(levels) < 1.25


@pytest.mark.slow
def test_the_example_s_music_loops_without_a_seam(tmp_path: Path) -> None:
    compose = runpy.run_path(str(resource("examples", "suez", "music.py")))["main"]
    compose(tmp_path / "bed.wav")
    bed = open_bed(tmp_path / "bed.wav", tmp_path)
    bars = 16 * 160_000
    assert read_loop(tmp_path / "bed.wav") == (0, bars, RATE)
    assert bed.loop == (0, bars)
    with PcmReader(bed.path) as reader:
        player = BedPlayer(bed, reader)
        around = player.read(bars - 4_800, 9_600)
        assert np.array_equal(player.read(bars, 1_000), player.read(0, 1_000))
        whole = reader.read(0, reader.frames)
    steps = np.abs(np.diff(around, axis=0))
    assert steps[4_790:4_810].max() <= steps.max()
    assert steps[4_790:4_810].max() < 0.05
    assert 0.65 < np.abs(whole).max() < 0.75
    levels = [20 * math.log10(float(np.sqrt((part**2).mean()))) for part in np.array_split(whole, 16)]
    assert max(levels) - min(levels) < 6, "a bed, not a tune"


def test_silent_music_is_refused(tmp_path: Path, voice: Take) -> None:
    ffmpeg("-f", "lavfi", "-i", "anullsrc=d=1", "-t", "1", tmp_path / "bed.wav")
    with pytest.raises(BadInput, match=r"bed\.wav is silence"):
        make(voice, tmp_path, 4, 0.5, music=MusicBed(tmp_path / "bed.wav", -22.0))
