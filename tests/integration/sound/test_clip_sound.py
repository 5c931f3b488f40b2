"""The sound of clips: in time with the picture, beside the narration or under it, at its own pitch."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import BadInput
from core.progress import Silent
from render.clip_sound import MOST_RAISED, ClipSound, hear_clip
from render.ducking import Stretch, join_stretches
from render.narration import Take
from render.pcm import PcmReader
from render.soundtrack import MusicBed, Soundtrack, mix
from render.timeline import Placement
from tests.integration.sound.films import ffmpeg, make_voice
from tests.integration.sound.test_soundtrack import MUSIC_HZ, RATE, decoded, level

CLIP_HZ = 900
How = Literal["keep", "duck"]


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Take:
    return make_voice(tmp_path_factory.mktemp("voice") / "take.wav", 3.0)


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds: a tone throughout, and a beep with a white picture from 6 s to 6.2 s."""
    path = tmp_path_factory.mktemp("video") / "clip.mp4"
    tone = f"aevalsrc='0.1*sin(2*PI*{CLIP_HZ}*t)+0.5*between(t\\,6\\,6.2)*sin(2*PI*3000*t)':s=44100:d=10"
    picture = "color=s=32x32:r=25:d=10,geq=lum='if(between(T,6,6.2),235,16)':cb=128:cr=128"
    ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone, "-ac", "2", "-preset", "ultrafast", path)
    return path


def clip(
    video: Path, start: str, end: str, at: float, how: How = "keep", speed: str = "1", room: float = 60
) -> ClipSound:
    return ClipSound(
        video, video.name, Fraction(start), Fraction(end), Fraction(speed), round(at * RATE), round(room * RATE), how
    )


def make(
    voice: Take, cache: Path, seconds: float, *starts: float, sounds: list[ClipSound], music: MusicBed | None = None
) -> Soundtrack:
    placed = [Placement(0, 0, 3 * RATE, round(start * RATE)) for start in starts]
    return mix(placed, [voice], music, round(seconds * RATE), cache=cache, reporter=Silent(), sounds=sounds)


def samples(sound: ClipSound, cache: Path) -> NDArray[np.float32]:
    heard = hear_clip(sound, cache)
    assert heard is not None
    with PcmReader(heard.path) as reader:
        return reader.read(0, reader.frames)


def onset(sound: NDArray[np.float32]) -> float:
    """The second at which the beep begins: the first sample well above the tone."""
    return float(np.flatnonzero(np.abs(sound[:, 0]) > 0.25)[0]) / RATE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("start", "speed"), [("0", "1"), ("4.5", "1"), ("5.25", "1"), ("4", "2"), ("5", "0.5"), ("4", "3")]
)
def test_in_time_with_the_picture_to_two_hundredths(tmp_path: Path, video: Path, start: str, speed: str) -> None:
    sound = samples(clip(video, start, "7", 0, speed=speed), tmp_path)
    meant = (6 - Fraction(start)) / Fraction(speed)
    assert len(sound) == round((7 - Fraction(start)) / Fraction(speed) * RATE)
    assert onset(sound) == pytest.approx(float(meant), abs=0.02 if speed == "1" else 0.05)


@pytest.mark.slow
def test_pitch_is_kept_at_another_speed(tmp_path: Path, video: Path) -> None:
    sound = samples(clip(video, "0", "5", 0, speed="1.5"), tmp_path)
    spectrum = np.abs(np.fft.rfft(sound[RATE : 2 * RATE, 0] * np.hanning(RATE)))
    assert int(spectrum.argmax()) == pytest.approx(CLIP_HZ, abs=3)


@pytest.mark.slow
def test_sound_that_begins_after_the_picture_is_not_moved_up(tmp_path: Path, video: Path) -> None:
    late = tmp_path / "late.mkv"
    ffmpeg("-i", video, "-itsoffset", "1.5", "-i", video, "-map", "0:v", "-map", "1:a", "-c", "copy", "-t", "10", late)
    assert onset(samples(clip(late, "0", "9", 0), tmp_path)) == pytest.approx(7.5, abs=0.03)
    assert onset(samples(clip(late, "3", "9", 0), tmp_path)) == pytest.approx(4.5, abs=0.03)


@pytest.mark.slow
def test_kept_as_loud_as_the_narration_and_ducked_under_it(tmp_path: Path, voice: Take, video: Path) -> None:
    kept = make(voice, tmp_path, 11, 0.5, sounds=[clip(video, "0", "5", 5)])
    assert kept.loudness.integrated == pytest.approx(-14, abs=0.5)
    assert kept.loudness.true_peak is not None
    assert kept.loudness.true_peak <= -1
    sound = decoded(kept.path, tmp_path)
    # Loudness weighs 900 Hz a little above a voice's own frequencies.
    assert level(sound, 6, 9) == pytest.approx(level(sound, 0.5, 3.5), abs=3)
    assert level(sound, 10.1, 10.9) < -45, "it ends with its stretch"

    ducked = decoded(make(voice, tmp_path, 11, 3.5, sounds=[clip(video, "0", "5.9", 2, "duck")]).path, tmp_path)
    alone, under = level(ducked, 2.3, 3.0, CLIP_HZ), level(ducked, 4, 6, CLIP_HZ)
    assert under < level(ducked, 3.5, 6.5) - 20
    assert alone - under == pytest.approx(22, abs=1.5)
    assert level(ducked, 3.42, 3.48, CLIP_HZ) < alone - 12, "down before the voice"


@pytest.mark.slow
def test_music_lies_under_a_kept_clip_as_under_speech(tmp_path: Path, voice: Take, video: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", f"aevalsrc=0.3*sin(2*PI*{MUSIC_HZ}*t):d=5", "-ac", "2", tmp_path / "bed.wav")
    music = MusicBed(tmp_path / "bed.wav", -22.0)
    sound = decoded(make(voice, tmp_path, 20, 0.5, sounds=[clip(video, "0", "5.5", 8)], music=music).path, tmp_path)
    gap, under = level(sound, 5.5, 7.5, MUSIC_HZ), level(sound, 9, 13, MUSIC_HZ)
    assert gap - under == pytest.approx(11, abs=1)


@pytest.mark.slow
def test_a_film_of_clips_alone_has_its_loudness(tmp_path: Path, video: Path) -> None:
    made = mix([], [], None, 6 * RATE, cache=tmp_path, reporter=Silent(), sounds=[clip(video, "0", "5", 0.5)])
    assert made.loudness.integrated == pytest.approx(-14, abs=0.5)
    assert made.findings == ()
    again = mix([], [], None, 6 * RATE, cache=tmp_path, reporter=Silent(), sounds=[clip(video, "0", "5", 0.5)])
    assert again.reused
    moved = mix([], [], None, 6 * RATE, cache=tmp_path, reporter=Silent(), sounds=[clip(video, "0", "5", 0.6)])
    assert moved.digest != again.digest


@pytest.mark.slow
def test_it_stops_with_its_scene_and_fades_at_both_ends(tmp_path: Path, voice: Take, video: Path) -> None:
    sound = decoded(make(voice, tmp_path, 8, 0.2, sounds=[clip(video, "0", "5", 4, room=2)]).path, tmp_path)
    assert level(sound, 6.05, 7.5, CLIP_HZ) < level(sound, 4.5, 5.5, CLIP_HZ) - 40
    steps = np.abs(np.diff(sound[:, 0]))
    middle = steps[round(4.5 * RATE) : round(5.5 * RATE)].max()
    for edge in (4, 6):
        assert steps[round((edge - 0.02) * RATE) : round((edge + 0.02) * RATE)].max() <= 1.5 * middle


def test_a_quiet_street_is_not_raised_to_a_roar(tmp_path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "anoisesrc=d=2:a=0.004:seed=3", "-c:a", "pcm_s16le", tmp_path / "street.wav")
    heard = hear_clip(clip(tmp_path / "street.wav", "0", "2", 0), tmp_path)
    assert heard is not None
    assert heard.loudness is not None
    assert heard.loudness < -45
    assert heard.gain(-20.0) == MOST_RAISED


def test_silence_and_short_stretches(tmp_path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "anullsrc=d=2", "-t", "2", tmp_path / "nothing.wav")
    assert hear_clip(clip(tmp_path / "nothing.wav", "0", "2", 0), tmp_path) is None
    ffmpeg("-f", "lavfi", "-i", "sine=d=1", tmp_path / "short.wav")
    heard = hear_clip(clip(tmp_path / "short.wav", "0", "0.2", 0), tmp_path)
    assert heard is not None
    assert heard.gain(-20.0) == 0
    behind = hear_clip(clip(tmp_path / "short.wav", "5", "6", 0), tmp_path)
    assert behind is None, "the sound is shorter than the picture"


@pytest.mark.parametrize(
    "words",
    [
        ("-ac", "1", "-ar", "44100", "-c:a", "pcm_u8"),
        ("-ac", "2", "-ar", "96000", "-c:a", "pcm_s24le"),
        ("-ac", "6", "-c:a", "pcm_f32le"),
    ],
)
def test_any_depth_rate_and_channels(tmp_path: Path, words: tuple[str, ...]) -> None:
    source = ["-f", "lavfi", "-i", f"aevalsrc=0.3*sin(2*PI*{CLIP_HZ}*t):d=2"]
    ffmpeg(*source, *words, tmp_path / "sound.mov")
    sound = samples(clip(tmp_path / "sound.mov", "0.5", "1.5", 0), tmp_path)
    assert len(sound) == RATE
    assert level(sound, 0.2, 0.8, CLIP_HZ) == pytest.approx(level(sound, 0.2, 0.8), abs=0.2)


def test_a_sound_that_cannot_be_read_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "sound.mov").write_text("no sound")
    with pytest.raises(BadInput, match=r"the sound of sound\.mov cannot be read"):
        hear_clip(clip(tmp_path / "sound.mov", "0", "1", 0), tmp_path)


def test_stretches_near_each_other_are_one() -> None:
    parts = [Stretch(8, 9), Stretch(0, 3), Stretch(2, 4), Stretch(5, 5.5)]
    assert join_stretches(parts) == (Stretch(0, 5.5), Stretch(8, 9))
