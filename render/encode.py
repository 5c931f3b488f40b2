"""One render segment through x264: the settings that every segment shares, and the child that encodes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

from core.processes import failure, start
from core.timecode import rate_to_text
from render.ffmpeg import ffmpeg_path


@dataclass(frozen=True)
class Encoding:
    """What x264 is told. Every segment of a film has the same, so that all carry one SPS and PPS and join without re-encoding.

    No B-frames: packets then lie in display order, and any number of a hold's first packets can be taken; at these bit rates they
    would save a tenth of the bytes. No scene cuts: a segment is one closed GOP.

    `filmed`: whether what moves may move in parts, as in real footage. What is drawn moves as a whole: under a camera, in a drift, as a
    plate. Looking for smaller parts, and more than twice for fractions of a pixel, then costs 30 % of the time and finds nothing.
    """

    crf: int = 17
    preset: str = "faster"
    keyint: int = 600
    refs: int = 2
    filmed: bool = True

    def words(self, bits: float = 1.0) -> dict[str, Any]:
        """Output options in ffmpeg-python's form; `bits` is what the first frame may take, as a factor."""
        more = "" if bits == 1 else f":zones=0,0,b={bits:g}"
        # Neither is written into the stream's headers, so that segments of both kinds join.
        more += "" if self.filmed else ":partitions=i4x4,i8x8:subme=2"
        return {
            "c:v": "libx264",
            "preset": self.preset,
            "crf": self.crf,
            "profile:v": "high",
            "pix_fmt": "yuv420p",
            "threads": 1,
            "bf": 0,
            "refs": self.refs,
            "g": self.keyint,
            "x264-params": "scenecut=0:open-gop=0:colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv:chromaloc=1"
            + more,
            "color_range": "tv",
            "colorspace": "bt709",
            "color_primaries": "bt709",
            "color_trc": "bt709",
            "chroma_sample_location": "center",
            "fflags": "+bitexact",
            "flags:v": "+bitexact",
            "map_metadata": -1,
            "an": None,
            "f": "mp4",
        }


MASTER = Encoding()
"""What films are made with. Pinned by `benchmarks/`: the worst second of VMAF must stay at 93 or above."""


PREVIEW = Encoding(crf=21, preset="veryfast", refs=1)
"""What previews are made with: at a quarter of the pixels, 22 % of a film's CPU where the master's settings take 31 (measured on a
mixed script of 36 s, starting and drawing included)."""


def raw_input(pixels: str, size: tuple[int, int], rate: Fraction) -> dict[str, Any]:
    """How to read raw frames in our colours, in ffmpeg-python's form."""
    return {
        "f": "rawvideo",
        "pix_fmt": pixels,
        "s": f"{size[0]}x{size[1]}",
        "framerate": rate_to_text(rate),
        "color_range": "tv",
        "colorspace": "bt709",
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "chroma_sample_location": "center",
    }


GLOBAL = [
    "-hide_banner",
    "-nostats",
    "-loglevel",
    "error",
    "-y",
    "-filter_threads",
    "1",
    "-filter_complex_threads",
    "1",
]


@contextmanager
def encoder(
    target: Path, size: tuple[int, int], rate: Fraction, encoding: Encoding, what: str, *, bits: float = 1.0
) -> Iterator[IO[bytes]]:
    """A pipe that takes raw yuv420p frames and leaves their encoding in `target`; `bits` as in `Encoding.words`.

    Raises WorkFailed, or NoSpace, with ffmpeg's last words when it ends badly.
    """
    import ffmpeg

    command = (
        ffmpeg.input("pipe:0", **raw_input("yuv420p", size, rate))
        .output(str(target), **encoding.words(bits))
        .global_args(*GLOBAL)
        .compile(cmd=ffmpeg_path())
    )
    with start_child(command, what) as pipe:
        yield pipe


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold a megabyte where the system can: a frame then takes three turns instead of fifty."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)


@contextmanager
def start_child(command: list[str], what: str) -> Iterator[IO[bytes]]:
    """Run `command`, give its standard input, wait for its end; killed when the caller fails."""
    import subprocess
    import tempfile

    # Its words go to a file, because nobody reads a pipe while frames are written.
    with tempfile.TemporaryFile() as words:
        child = start(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=words)
        pipe = child.stdin
        assert pipe is not None
        _widen(pipe)
        try:
            try:
                yield pipe
                pipe.close()
            except BrokenPipeError:
                pass  # the child has ended: its own words say why
            code = child.wait()
        except BaseException:
            child.kill()
            child.wait()
            raise
        finally:
            with suppress(BrokenPipeError):
                pipe.close()
        if code:
            words.seek(0)
            raise failure(what, code, words.read())
