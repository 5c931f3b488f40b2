"""One render segment through x264: the settings that every segment shares, and what encodes it."""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from core.errors import NoSpace, WorkFailed
from core.timecode import rate_to_text
from render.planes import Bytes


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


_AHEAD = 3
"""Frames that wait for the encoder at most: enough for drawing and encoding to go on side by side."""

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


class Encoder:
    """Takes frames one after another and encodes them on a thread of its own, beside whoever draws the next ones.

    x264 runs in this process, through PyAV: a child would cost 80 ms to start and a millisecond and a half a frame to hand it
    over, and its packets are the same to the byte.
    """

    def __init__(self, film: Any, stream: Any, beside: ThreadPoolExecutor) -> None:
        self._film, self._stream, self._beside = film, stream, beside
        self._waiting: deque[Future[None]] = deque()
        self._count = 0
        self._failed = False

    def write(self, frame: Bytes) -> None:
        """Take a frame: uint8 (height × 3 / 2, width), yuv420p. It may not be changed afterwards."""
        while len(self._waiting) >= _AHEAD:
            self._waiting.popleft().result()
        self._waiting.append(self._beside.submit(self._encode, frame, self._count))
        self._count += 1

    def finish(self) -> None:
        """Encode what has been taken, and what the encoder has kept back."""
        while self._waiting:
            self._waiting.popleft().result()
        self._film.mux(self._stream.encode(None))

    def _encode(self, data: Bytes, number: int) -> None:
        import av

        if self._failed:
            return  # a muxer that could not write must not be asked again: it takes the process down
        self._failed = True
        frame = av.VideoFrame.from_numpy_buffer(data, format="yuv420p")
        frame.pts, frame.time_base = number, self._stream.codec_context.time_base
        self._film.mux(self._stream.encode(frame))
        self._failed = False


@contextmanager
def encoder(
    target: Path, size: tuple[int, int], rate: Fraction, encoding: Encoding, what: str, *, bits: float = 1.0
) -> Iterator[Encoder]:
    """Takes raw yuv420p frames and leaves their encoding in `target`; `bits` as in `Encoding.words`.

    Raises WorkFailed, or NoSpace, when it ends badly; FileNotFoundError when the target's folder has gone.
    """
    import av

    words = encoding.words(bits)
    options = {"preset": words["preset"], "profile": words["profile:v"], "x264-params": words["x264-params"]}
    options |= {name: str(words[name]) for name in ("crf", "threads", "bf", "refs", "g")} | {"flags": "+bitexact"}
    try:
        with av.open(str(target), "w", format="mp4", options={"fflags": "+bitexact"}) as film:
            stream = film.add_stream("libx264", rate=rate, options=options)
            stream.width, stream.height = size
            stream.pix_fmt = words["pix_fmt"]
            stream.codec_context.time_base = 1 / rate
            with ThreadPoolExecutor(1, "encoder") as beside:
                encoding_now = Encoder(film, stream, beside)
                yield encoding_now
                encoding_now.finish()
    except av.error.FileNotFoundError:
        raise
    except av.error.FFmpegError as error:
        if error.errno == errno.ENOSPC:
            hint = "free some space and run the command again"
            raise NoSpace(f"no space left on the disk: could not {what}", hint=hint) from error
        raise WorkFailed(f"could not {what}: {error.strerror}") from error
