"""Picture, sound, chapters and captions into one MP4, without encoding anything again; the same bytes on every run."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from core.errors import BadInput
from core.files import whole_file, write_text
from core.processes import run
from core.timecode import SAMPLE_RATE, frame_to_seconds
from render.ffmpeg import ffmpeg_path
from render.timeline import ChapterMark

# ISO 639-1 to 639-2/T, which is what an MP4 track can say; others are left undetermined.
_LANGUAGES = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fa": "fas", "fi": "fin",
    "fr": "fra", "he": "heb", "hi": "hin", "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn", "ko": "kor", "nl": "nld",
    "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sv": "swe", "tr": "tur", "uk": "ukr", "ur": "urd",
    "zh": "zho",
}  # fmt: skip


@dataclass(frozen=True)
class CaptionTrack:
    """A caption file (SRT or WebVTT, UTF-8) and its language, ISO 639-1."""

    path: Path
    language: str = "en"


def mux(
    picture: Path,
    sound: Path,
    target: Path,
    *,
    title: str,
    language: str,
    chapters: Sequence[ChapterMark] = (),
    captions: Sequence[CaptionTrack] = (),
    rate: Fraction,
    frames: int,
) -> None:
    """Write `target`: H.264 and AAC copied, captions as `mov_text`, chapters, title and language, index first.

    `rate` and `frames` are the picture's, by which the last chapter ends. Raises BadInput for a caption file that is not
    there, WorkFailed, NoSpace.
    """
    for track in captions:
        if not track.path.is_file():
            raise BadInput(f"no captions at {track.path.name}")
    with tempfile.TemporaryDirectory(prefix="slugline-mux-") as folder, whole_file(target) as temporary:
        marks = Path(folder) / "chapters.txt"
        write_text(marks, chapter_metadata(chapters, title, rate, frames))
        # An empty caption file makes ffmpeg fail, and a track without cues says nothing.
        shown = [track for track in captions if "-->" in track.path.read_text(encoding="utf-8-sig")]
        inputs: list[str | Path] = ["-i", picture, "-i", sound, "-f", "ffmetadata", "-i", marks]
        maps: list[str] = ["-map", "0:v:0", "-map", "1:a:0"]
        for number, track in enumerate(shown):
            inputs += ["-i", track.path]
            maps += [
                "-map",
                f"{3 + number}:s:0",
                f"-metadata:s:s:{number}",
                f"language={track_language(track.language)}",
            ]
        spoken = track_language(language)
        tags = ["-metadata:s:v:0", f"language={spoken}", "-metadata:s:a:0", f"language={spoken}"]
        copy = ["-c:v", "copy", "-c:a", "copy", "-c:s", "mov_text", "-map_metadata", "2", "-map_chapters", "2"]
        # Left alone, ffmpeg gives the movie a time scale that fits every stream (48 million a second), and a chapter of more than
        # 44 s then overflows the 32 bits of its length.
        scale = ["-movie_timescale", str(SAMPLE_RATE)]
        exact = ["-fflags", "+bitexact", "-flags:s", "+bitexact", "-movflags", "+faststart+write_colr", "-f", "mp4"]
        command = [ffmpeg_path(), "-v", "error", "-y", *inputs, *maps, *copy, *tags, *scale, *exact, temporary]
        run(command, what=f"put {target.name} together")


def chapter_metadata(chapters: Sequence[ChapterMark], title: str, rate: Fraction, frames: int) -> str:
    """ffmpeg's metadata format: the film's title, and its chapters in milliseconds, each up to the next one."""
    lines = [";FFMETADATA1", f"title={_escape(title)}"]
    ends = [*[mark.frame for mark in chapters[1:]], frames]
    # Without chapters there is an end too many.
    for mark, end in zip(chapters, ends, strict=False):
        first, last = (round(frame_to_seconds(frame, rate) * 1000) for frame in (mark.frame, end))
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={first}", f"END={last}", f"title={_escape(mark.title)}"]
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    return re.sub(r"([=;#\\])", r"\\\1", " ".join(text.split()))


def track_language(code: str) -> str:
    """ISO 639-2 code, which MP4 carries, of an ISO 639-1 one; `und` for what we do not know."""
    return _LANGUAGES.get(code.split("-", maxsplit=1)[0].lower(), "und")
