"""A decoded frame, whatever its shape and colours, as the encoder's planes: upright, square, bt709 in limited range."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from core.errors import BadInput
from render.planes import Frame, Ink, as_bytes
from render.transparency import ink_of
from render.video_file import Turn, is_clear, turn_of
from render.video_frames import buffer_arguments

if TYPE_CHECKING:
    from av.filter import Graph
    from av.video.frame import VideoFrame

    from render.composition import Alpha

Window = tuple[float, float, float, float]
"""Left, top, width and height, in pixels of the upright picture."""

_SCALING = "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact"
_SD_LINES = 576
"""Up to here a picture that does not say its matrix has that of ITU-R BT.601; above, BT.709's."""
_OTHER_PRIMARIES = {9: "bt2020", 11: "smpte431", 12: "smpte432"}
_OTHER_TRANSFERS = {16: "smpte2084", 18: "arib-std-b67"}
"""Gamuts and curves that would look wrong untreated: wide ones, and those of HDR, which are mapped to what a screen shows."""


@dataclass(frozen=True)
class Colours:
    """A frame's colours, what it leaves unsaid filled in: names as ffmpeg's `setparams` takes them."""

    matrix: str
    full: bool
    primaries: str
    transfer: str


def colours_of(frame: VideoFrame) -> Colours:
    """What a frame's numbers mean; what they do not say follows from its size and format, as players have it."""
    name = frame.format.name
    rgb = frame.format.is_rgb or name.startswith(("pal8", "gbr"))
    jpeg = name.startswith("yuvj")
    full = rgb or jpeg or int(frame.color_range) == 2
    space = int(frame.colorspace)
    names = {  # by the numbers of ITU-T H.273, as frames carry them
        1: "bt709",
        4: "fcc",
        5: "bt470bg",
        6: "smpte170m",
        7: "smpte240m",
        9: "bt2020nc",
        10: "bt2020c",
    }
    if rgb:
        matrix = "gbr"
    elif space in names:
        matrix = names[space]
    else:
        matrix = "smpte170m" if jpeg or frame.height <= _SD_LINES else "bt709"
    return Colours(
        matrix,
        full,
        _OTHER_PRIMARIES.get(int(frame.color_primaries), "bt709"),
        _OTHER_TRANSFERS.get(int(frame.color_trc), "bt709"),
    )


def _narrowed(colours: Colours) -> tuple[str, ...]:
    """Filters that bring a wide gamut to BT.709's. Exact matrices for ordinary curves; those of HDR are mapped by the scaler, which
    for ordinary ones shifts hues."""
    if colours.primaries == "bt709" or colours.transfer != "bt709" or colours.matrix == "gbr":
        return ()
    kinds = "|".join(f"yuv{sampling}p{depth}" for sampling in (420, 422, 444) for depth in ("", 10, 12))
    return f"format=pix_fmts={kinds}", "colorspace=all=bt709:range=tv"


class PictureMaker:
    """Makes frames of one video into planes of `size` (both even), of which each shows the `window`; transparent ones by `alpha`."""

    def __init__(self, window: Window, size: tuple[int, int], aspect: Fraction, alpha: Alpha = "none") -> None:
        self.window, self.size, self.aspect, self.alpha = window, size, aspect, alpha
        self._known: object = None
        self._graph: Graph | None = None

    def make(self, frame: VideoFrame) -> Ink:
        """The frame's window, opaque unless the video is not. Raises BadInput for colours that cannot be converted."""
        import av

        clear = self.alpha != "none" and is_clear(frame.format)
        turn, colours = turn_of(frame), colours_of(frame)
        known = (frame.width, frame.height, frame.format.name, turn, colours)
        try:
            if known != self._known or self._graph is None:
                self._graph = self._build(frame, turn, colours, clear=clear)
                self._known = known
            self._graph.vpush(frame)
            planes = self._graph.vpull()
        except av.FFmpegError as error:
            message = f"a picture of {frame.width}×{frame.height} {frame.format.name} cannot be converted"
            raise BadInput(message, hint="export the video as H.264") from error
        if clear:
            return ink_of(as_bytes(planes.to_ndarray(format="rgba")), self.size, self.alpha)
        made = Frame(self.size)
        made.data[:] = planes.to_ndarray(format="yuv420p")
        return Ink(0, 0, made.y, made.u, made.v)

    def _build(self, frame: VideoFrame, turn: Turn, colours: Colours, *, clear: bool) -> Graph:
        """From a frame's own size and colours to the encoder's; a transparent one to numbers of its own size, because what is scaled
        has to be multiplied first, and its gamut is left as it is."""
        from av.filter import Graph

        graph = Graph()
        graph.threads = 1
        steps = [graph.add("buffer", buffer_arguments(frame))]
        for step in (
            f"setparams=colorspace={colours.matrix}:range={'pc' if colours.full else 'tv'}"
            f":color_primaries={colours.primaries}:color_trc={colours.transfer}",
            *(() if clear else _narrowed(colours)),
            *turn.filters,
            self._crop(frame, turn),
            f"scale={_SCALING}:out_range=pc"
            if clear
            else f"scale={self.size[0]}:{self.size[1]}:{_SCALING}"
            ":out_color_matrix=bt709:out_range=tv:out_primaries=bt709:out_transfer=bt709:out_chroma_loc=center",
            "format=rgba" if clear else "format=yuv420p",
        ):
            name, _, arguments = step.partition("=")
            steps.append(graph.add(name, arguments or None))
        graph.link_nodes(*steps, graph.add("buffersink")).configure()
        return graph

    def _crop(self, frame: VideoFrame, turn: Turn) -> str:
        """The window in coded pixels, turned upright but not yet square."""
        wide, high = (frame.height, frame.width) if turn.swapped else (frame.width, frame.height)
        across, down = (Fraction(1), self.aspect) if turn.swapped else (self.aspect, Fraction(1))
        left, top, width, height = self.window
        crop_width = max(1, min(wide, round(width / across)))
        crop_height = max(1, min(high, round(height / down)))
        x = max(0, min(wide - crop_width, round(left / across)))
        y = max(0, min(high - crop_height, round(top / down)))
        return f"crop={crop_width}:{crop_height}:{x}:{y}:exact=1"
