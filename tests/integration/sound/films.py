"""Tiny films with known truth: made from lavfi sources, whole or broken in one way."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from core.progress import Silent
from render.evidence import Expectation
from render.ffmpeg import ffmpeg_path
from render.mux import CaptionTrack, mux
from render.narration import Take
from render.soundtrack import mix
from render.timeline import ChapterMark, Placement

SIZE = (320, 180)
RATE = Fraction(30)
FRAMES = 120
CHAPTERS = (ChapterMark(0, "Opening"), ChapterMark(60, "A = second; #part"))
X264 = "scenecut=0:open-gop=0:colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv"
PLAN = Expectation(SIZE, RATE, FRAMES, chapters=CHAPTERS, captions=("eng",), keyframe_frames=60, whole=False)

CAPTIONS = """1
00:00:00,500 --> 00:00:01,500
A ship that leaves

2
00:00:02,000 --> 00:00:03,500
has a choice to make.
"""


def ffmpeg(*words: str | Path) -> None:
    done = subprocess.run([ffmpeg_path(), "-v", "error", "-y", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@dataclass
class Picture:
    """How the picture is made; the defaults are right."""

    source: str = f"testsrc2=s={SIZE[0]}x{SIZE[1]}:r=30:d=4"
    filters: str = "noise=alls=12:allf=t,eq=contrast=0.5"
    x264: str = X264
    options: tuple[str, ...] = ()
    profile: str = "high"
    pixels: str = "yuv420p"
    matrix: str = "bt709"
    range: str = "tv"

    def make(self, target: Path) -> Path:
        tags = ["-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
        scale = f"scale=out_color_matrix={self.matrix}:out_range={self.range},format={self.pixels},setparams=range=tv:colorspace=bt709"
        graph = f"{self.filters},{scale}" if self.filters else scale
        encode = ["-c:v", "libx264", "-preset", "veryfast", "-profile:v", self.profile, "-bf", "0", "-g", "60"]
        head = ["-f", "lavfi", "-i", self.source, "-vf", graph, *encode, "-x264-params", self.x264]
        ffmpeg(*head, *(tags if "bt709" in self.x264 else []), *self.options, target)
        return target


@dataclass
class Film:
    """A film's parts; the defaults pass the gate."""

    picture: Picture = field(default_factory=Picture)
    chapters: tuple[ChapterMark, ...] = CHAPTERS
    captions: str | None = CAPTIONS
    frames: int = FRAMES

    def make(self, folder: Path, sound: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        picture = self.picture.make(folder / "picture.mp4")
        tracks = []
        if self.captions:
            (folder / "captions.srt").write_text(self.captions)
            tracks = [CaptionTrack(folder / "captions.srt", "en")]
        film = folder / "film.mp4"
        mux(
            picture,
            sound,
            film,
            title="Film",
            language="en",
            chapters=self.chapters,
            captions=tracks,
            rate=RATE,
            frames=self.frames,
        )
        return film


def make_voice(path: Path, seconds: float = 3.0, *, level: float = 0.3) -> Take:
    """Something like speech: syllables of filtered noise, as a take's WAV."""
    tone = f"aevalsrc='{level}*(0.6*sin(2*PI*190*t)+0.3*sin(2*PI*640*t)+0.1*random(0))*pow(sin(2*PI*2.3*t)\\,2)':s=48000:d={seconds}"
    ffmpeg("-f", "lavfi", "-i", tone, "-ac", "1", "-c:a", "pcm_s16le", path)
    return Take(("one",), path, path.name, round(seconds * 48_000))


def make_sound(folder: Path, seconds: float = 4.0) -> Path:
    """A soundtrack of the film's length, mixed by us."""
    folder.mkdir(parents=True, exist_ok=True)
    take = make_voice(folder / "voice.wav", seconds - 0.6)
    placed = [Placement(0, 0, take.frames, 14_400)]
    return mix(placed, [take], None, round(seconds * 48_000), cache=folder / "cache", reporter=Silent()).path
