"""Frames of a video by exact time: decoded in order, two held at once, whatever the length or the frame rate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadInput
from core.timecode import clock_text
from render.video_file import ALPHA_DECODERS, layers_alpha, picture_stream, zero_of

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_BACK = (Fraction(0), Fraction(3), Fraction(15))
"""Seconds by which a seek goes further back, when the one before landed after its moment (MPEG-TS has no index)."""
_JUMP = 8
"""Seconds ahead from which seeking is quicker than decoding on."""
_GAP = Fraction(1, 2)
"""Seconds that a damaged stretch may last before it is an error: what a decoder conceals, a viewer may not notice."""


class VideoReader:
    """Gives the frame that a video shows at a moment. Moments in order cost one decoding; others seek."""

    def __init__(self, path: Path) -> None:
        import av

        self.path = path
        try:
            self.container = av.open(str(path))
        except (av.FFmpegError, OSError) as error:
            raise BadInput(
                f"{path.name} cannot be read as a video", hint="is it whole? copy or export it again"
            ) from error
        stream = picture_stream(self.container)
        if stream is None or stream.time_base is None:
            raise BadInput(f"{path.name} holds no picture", hint="a clip is a video")
        # As many processes work as there are cores; and one thread decodes the same everywhere.
        stream.codec_context.thread_count = 1
        self.stream, self.base = stream, stream.time_base
        self.zero = zero_of(self.container)
        self.aspect = Fraction(stream.sample_aspect_ratio or 1) or Fraction(1)
        self._frames: Iterator[tuple[Fraction, VideoFrame]] = iter(())
        self._shown: tuple[Fraction, VideoFrame] | None = None
        self._next: tuple[Fraction, VideoFrame] | None = None
        self._damaged = False
        self._lost: list[Fraction] = []

    def close(self) -> None:
        """Let go of the file and of what was decoded of it: the frames under way hold this reader, and would keep both."""
        self._frames, self._shown, self._next = iter(()), None, None
        self.container.close()

    def at(self, moment: Fraction) -> tuple[Fraction, VideoFrame]:
        """The frame shown at `moment` (seconds from the file's zero), with its own time: the last that begins by then, the
        first before any has begun, the last after the end. Raises BadInput where the video is damaged.
        """
        # A picture that stands for long (a screen recording's) is known by the one after it: nothing has to be sought.
        reached = self._next or self._shown
        if self._shown is None or reached is None or moment < self._shown[0] or moment > reached[0] + _JUMP:
            self._seek(moment)
        while self._next is not None and self._next[0] <= moment:
            self._shown, self._next = self._next, self._read()
        if self._shown is None:
            raise self._broken(moment)
        if moment > self._shown[0] + _GAP and (self._damaged or self._lost_before(moment)):
            raise self._broken(self._shown[0])
        return self._shown

    def _lost_before(self, moment: Fraction) -> bool:
        """Whether a picture that cannot be decoded would have come between the one that is shown and a moment."""
        assert self._shown is not None
        self._lost = [lost for lost in self._lost if lost > self._shown[0]]
        return any(lost <= moment for lost in self._lost)

    def _broken(self, moment: Fraction) -> BadInput:
        return BadInput(
            f"{self.path.name} cannot be decoded at {clock_text(float(moment))}",
            hint="is it whole? copy or export it again",
        )

    def _seek(self, moment: Fraction) -> None:
        """Let `_shown` be a frame at or before `moment`, or the first there is."""
        import av

        for back in _BACK:
            target = moment - back
            if target <= 0:
                break
            try:
                self.container.seek(int((target + self.zero) / self.base), stream=self.stream, backward=True)
            except av.FFmpegError:
                break
            self._frames = self._decode(after_key=True)
            self._shown = self._read()
            if self._shown and self._shown[0] <= moment:
                self._next = self._read()
                return
        self._from_the_beginning()

    def _from_the_beginning(self) -> None:
        import av

        try:
            self.container.seek(0, backward=True)
        except av.FFmpegError:
            fresh = av.open(str(self.path))
            self.container.close()
            stream = picture_stream(fresh)
            assert stream is not None
            stream.codec_context.thread_count = 1
            self.container, self.stream = fresh, stream
        self._frames = self._decode(after_key=False)
        self._shown = self._read()
        self._next = self._read()

    def _read(self) -> tuple[Fraction, VideoFrame] | None:
        return next(self._frames, None)

    def _decode(self, *, after_key: bool) -> Iterator[tuple[Fraction, VideoFrame]]:
        """Frames from where the container stands, interlaced ones as whole pictures; `after_key`: from the first key frame."""
        import av

        weave = _Deinterlacer()
        self._damaged, self._lost = False, []
        started = not after_key
        decode = _decoder(self.stream)
        try:
            for packet in self.container.demux(self.stream):
                try:
                    decoded = decode(packet)
                except av.InvalidDataError:
                    self._damaged = True
                    if packet.pts is not None:
                        self._lost.append(packet.pts * self.base - self.zero)
                    continue
                for frame in decoded:
                    started |= frame.key_frame
                    if started and frame.pts is not None:
                        yield from self._timed(weave.feed(frame))
        except av.FFmpegError:
            self._damaged = True
        yield from self._timed(weave.feed(None))

    def _timed(self, frames: list[VideoFrame]) -> Iterator[tuple[Fraction, VideoFrame]]:
        for frame in frames:
            assert frame.pts is not None
            self._damaged &= frame.is_corrupt
            yield frame.pts * (frame.time_base or self.base) - self.zero, frame


def _decoder(stream: VideoStream) -> Callable[[Packet[VideoStream]], list[VideoFrame]]:
    """What decodes the packets of a stream: its own decoder, or one that knows of an alpha beside it, fresh for every seek."""
    from av.video.codeccontext import VideoCodecContext

    if not layers_alpha(stream):
        return lambda packet: packet.decode()
    context = VideoCodecContext.create(ALPHA_DECODERS[stream.codec_context.name], "r")
    assert isinstance(context, VideoCodecContext)
    context.thread_count = 1
    return context.decode


class _Deinterlacer:
    """Passes progressive frames on; from the first interlaced one, fields are made into whole pictures (bwdif)."""

    def __init__(self) -> None:
        self.graph: object | None = None

    def feed(self, frame: VideoFrame | None) -> list[VideoFrame]:
        """The frames that are ready; None ends the stream."""
        import av
        from av.filter import Graph

        if self.graph is None:
            if frame is None:
                return []
            if not frame.interlaced_frame:
                return [frame]
            self.graph = _deinterlace_graph(frame)
        graph = self.graph
        assert isinstance(graph, Graph)
        graph.vpush(frame)
        ready = []
        while True:
            try:
                ready.append(graph.vpull())
            except (av.BlockingIOError, av.EOFError):
                return ready


def _deinterlace_graph(frame: VideoFrame) -> object:
    from av.filter import Graph

    graph = Graph()
    graph.threads = 1
    source = graph.add("buffer", buffer_arguments(frame))
    graph.link_nodes(
        source, graph.add("bwdif", "mode=send_frame:deint=interlaced"), graph.add("buffersink")
    ).configure()
    return graph


def buffer_arguments(frame: VideoFrame) -> str:
    """How a frame enters a filter graph."""
    base = frame.time_base or Fraction(1, 1000)
    facts = f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}"
    colour = f"colorspace={int(frame.colorspace)}:range={int(frame.color_range)}"
    return f"{facts}:time_base={base.numerator}/{base.denominator}:{colour}"
