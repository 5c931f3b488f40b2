"""What a video file holds, as far as a clip has to know it: length, upright size, sound; and whether a stretch of it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import BadInput
from core.timecode import clock_text

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.format import VideoFormat
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_STILLS = ("image2", "_pipe")
"""What the names of libavformat's readers of still pictures end with."""
ALPHA_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""By codec, the decoder that gives alpha as well."""
_AGAIN = "is it whole? copy or export it again"


@dataclass(frozen=True)
class VideoFacts:
    """`seconds` of picture, counted from the file's own zero; `size` upright in square pixels; `rate` in the mean, None when unknown.
    `clear` where its pictures may be transparent."""

    seconds: Fraction
    size: tuple[int, int]
    rate: Fraction | None
    sound: bool
    clear: bool = False


@dataclass(frozen=True)
class Turn:
    """How a coded picture becomes an upright one: rows and columns swapped first, then mirrored."""

    swapped: bool = False
    mirrored: bool = False
    upended: bool = False

    @property
    def filters(self) -> tuple[str, ...]:
        """The same as ffmpeg filters."""
        steps = (("transpose=cclock_flip", self.swapped), ("hflip", self.mirrored), ("vflip", self.upended))
        return tuple(name for name, wanted in steps if wanted)


def read_video(path: Path) -> VideoFacts:
    """A video's facts. Raises BadInput, naming the file, for what is no video, holds no picture or cannot be decoded."""
    stat = path.stat()
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=128)
def _read(path: Path, _changed: int, size: int) -> VideoFacts:
    import av

    if not size:
        raise BadInput(f"{path.name} is empty", hint="copy or export it again")
    try:
        with av.open(str(path)) as container:
            return _facts(path, container)
    except (av.FFmpegError, OSError) as error:
        raise BadInput(f"{path.name} cannot be read as a video", hint=_AGAIN) from error


def _facts(path: Path, container: InputContainer) -> VideoFacts:
    if container.format.name.endswith(_STILLS):
        raise BadInput(f"{path.name} is a still picture", hint="show it with `scene photo`")
    stream = picture_stream(container)
    if not container.streams:
        raise BadInput(f"{path.name} cannot be read as a video", hint=_AGAIN)
    if stream is None:
        raise BadInput(f"{path.name} holds no picture", hint="a clip is a video; sound alone belongs in `music:`")
    frame = next(container.decode(stream), None)
    if frame is None:
        raise BadInput(f"{path.name} holds no picture that can be decoded", hint=_AGAIN)
    end = _end(container, stream)
    clear = is_clear(frame.format) or layers_alpha(stream)
    return VideoFacts(end, upright_size(frame, stream), stream.average_rate, bool(container.streams.audio), clear)


def is_clear(form: VideoFormat) -> bool:
    """Whether pictures of a format may be transparent; a palette's colours may."""
    return form.name == "pal8" or any(component.is_alpha for component in form.components)


def layers_alpha(stream: VideoStream) -> bool:
    """Whether alpha is a second stream beside each picture's own, as WebM has it: ffmpeg's own decoders of VP8 and VP9 leave it out."""
    return stream.metadata.get("alpha_mode") == "1" and stream.codec_context.name in ALPHA_DECODERS


def picture_stream(container: InputContainer) -> VideoStream | None:
    """The first moving picture; a cover that comes with sound is none."""
    from av.stream import Disposition

    return next((one for one in container.streams.video if not one.disposition & Disposition.attached_pic), None)


def zero_of(container: InputContainer) -> Fraction:
    """The file's own beginning on its streams' clock, in seconds: where players and `ffmpeg -ss` begin to count."""
    return Fraction(container.start_time or 0, 1_000_000)


def _end(container: InputContainer, stream: VideoStream) -> Fraction:
    if stream.duration is not None and stream.time_base is not None:
        return (stream.duration + (stream.start_time or 0)) * stream.time_base - zero_of(container)
    if container.duration is not None:
        return Fraction(container.duration, 1_000_000)
    # Some files say nothing of their length (a live recording): then it is counted.
    ends = (packet.pts + (packet.duration or 0) for packet in container.demux(stream) if packet.pts is not None)
    last = max(ends, default=0)
    return last * (stream.time_base or Fraction(1)) - zero_of(container)


def turn_of(frame: VideoFrame) -> Turn:
    """How a frame has to be turned, by its display matrix (ISO/IEC 14496-12, 6.2.2), as phones write it."""
    from av.sidedata.sidedata import Type

    known: Any = frame.side_data
    data = known.get(Type.DISPLAYMATRIX)
    if data is None:
        return Turn()
    import numpy as np

    a, b, _, c, d = (int(part) for part in np.frombuffer(bytes(data), np.int32)[:5])
    if abs(a) >= abs(b):
        return Turn(False, a < 0, d < 0)
    # x' = c·y and y' = b·x: the axes change places, then each may run the other way.
    return Turn(True, c < 0, b < 0)


def upright_size(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """(width, height) as the picture is meant to be seen: turned upright, its pixels made square."""
    aspect = Fraction(stream.sample_aspect_ratio or 1) or Fraction(1)
    wide, high = max(1, round(frame.width * aspect)), frame.height
    return (high, wide) if turn_of(frame).swapped else (wide, high)


def ensure_whole(path: Path, start: Fraction, end: Fraction) -> None:
    """Raise BadInput when the picture of seconds [start, end) is not all there: only that stretch is read, nothing decoded."""
    stat = path.stat()
    cut = _cut_off(path, start, end, stat.st_mtime_ns, stat.st_size)
    if cut is not None:
        raise BadInput(
            f"{path.name} is cut off at {clock_text(float(cut))}",
            hint="copy or export it again, or let `out` come before",
        )


@lru_cache(maxsize=128)
def _cut_off(path: Path, start: Fraction, end: Fraction, _changed: int, _size: int) -> Fraction | None:
    """The second at which a stretch breaks off; None when it is whole."""
    import av

    reached, slack = start, Fraction(1, 5)
    try:
        with av.open(str(path)) as container:
            stream = picture_stream(container)
            assert stream is not None
            assert stream.time_base is not None
            zero = zero_of(container)
            if start > 0:
                container.seek(int((start + zero) / stream.time_base), stream=stream, backward=True)
            if stream.average_rate:
                slack = max(slack, 2 / stream.average_rate)
            for packet in container.demux(stream):
                if packet.pts is None or packet.is_corrupt:
                    continue
                moment = packet.pts * stream.time_base - zero
                reached = max(reached, moment + (packet.duration or 0) * stream.time_base)
                if reached >= end:
                    break
    except (av.FFmpegError, OSError):
        # What was read before it broke off counts.
        pass
    return reached if reached < end - slack else None
