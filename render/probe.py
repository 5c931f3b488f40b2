"""What a film's file says of itself, by its boxes and packets; no picture is decoded but the first."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadInput

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

_IDR = 5
_VIDEO_NAL_TYPES = range(1, 6)


@dataclass(frozen=True)
class PicturePackets:
    """The picture's packets in display order: `times` their exact seconds, `keys` indexes of key frames, `idr` of those that
    nothing reaches across (H.264 NAL unit type 5), `digests` what stands for the bytes of each (`packet_digest`).
    """

    times: tuple[Fraction, ...]
    keys: tuple[int, ...]
    idr: tuple[int, ...]
    digests: tuple[bytes, ...]


@dataclass(frozen=True)
class PictureFacts:
    """The picture stream. `colour` is (matrix, primaries, transfer, range) as numbers of ITU-T H.273; 1 is bt709, range 1 limited."""

    codec: str
    profile: str
    pixels: str
    size: tuple[int, int]
    aspect: Fraction
    progressive: bool
    colour: tuple[int, int, int, int]
    packets: PicturePackets


@dataclass(frozen=True)
class SoundFacts:
    """The sound stream: `rate` in Hz, `bit_rate` in bits a second by its packets, `start` and `end` in seconds."""

    codec: str
    profile: str
    rate: int
    channels: int
    bit_rate: float
    start: Fraction
    end: Fraction


@dataclass(frozen=True)
class CaptionFacts:
    """A caption track: its language, ISO 639-2, and the seconds [start, end) of every cue."""

    codec: str
    language: str
    cues: tuple[tuple[Fraction, Fraction], ...]


@dataclass(frozen=True)
class FilmFacts:
    """A whole file. `boxes` are its top-level boxes in order; `chapters` their starts in seconds and titles."""

    container: str
    boxes: tuple[str, ...]
    pictures: tuple[PictureFacts, ...]
    sounds: tuple[SoundFacts, ...]
    captions: tuple[CaptionFacts, ...]
    chapters: tuple[tuple[Fraction, str], ...]


def probe(film: Path) -> FilmFacts:
    """Read a film's facts. Raises BadInput for a file that is no film."""
    import av

    try:
        with av.open(str(film)) as container:
            return _read(film, container)
    except (av.FFmpegError, OSError) as error:
        raise BadInput(f"{film.name} cannot be read as a film", hint="was it written to its end?") from error


@dataclass(frozen=True)
class _Moment:
    """One packet: its seconds [start, end), its bytes."""

    start: Fraction
    end: Fraction
    size: int
    key: bool
    idr: bool
    digest: bytes


def _read(film: Path, container: InputContainer) -> FilmFacts:
    moments: dict[int, list[_Moment]] = {stream.index: [] for stream in container.streams}
    # Data is looked at as it passes, because an hour's packets would not fit in memory.
    for packet in container.demux():
        if packet.size and packet.pts is not None and packet.time_base is not None:
            start = packet.pts * packet.time_base
            end = start + (packet.duration or 0) * packet.time_base
            data = bytes(packet) if packet.stream.type == "video" else b""
            idr = packet.is_keyframe and _begins_idr(data)
            moment = _Moment(start, end, packet.size, packet.is_keyframe, idr, packet_digest(data) if data else b"")
            moments[packet.stream.index].append(moment)
    streams = container.streams
    return FilmFacts(
        container=container.format.name,
        boxes=read_boxes(film),
        pictures=tuple(_picture_facts(film, stream, moments[stream.index]) for stream in streams.video),
        sounds=tuple(_sound_facts(stream, moments[stream.index]) for stream in streams.audio),
        captions=tuple(
            CaptionFacts(
                stream.codec_context.name,
                str(stream.metadata.get("language", "und")),
                # In MP4 the gaps between cues are samples too, of two bytes that say "no text".
                tuple((moment.start, moment.end) for moment in moments[stream.index] if moment.size > 2),
            )
            for stream in streams.subtitles
        ),
        chapters=tuple(
            (chapter["start"] * Fraction(chapter["time_base"] or 1), str(chapter["metadata"].get("title", "")))
            for chapter in container.chapters()
        ),
    )


def packet_digest(data: bytes) -> bytes:
    """16 bytes that stand for a packet."""
    return hashlib.blake2b(data, digest_size=16).digest()


def _picture_facts(film: Path, stream: VideoStream, moments: list[_Moment]) -> PictureFacts:
    context = stream.codec_context
    shown = sorted(moments, key=lambda moment: moment.start)
    return PictureFacts(
        codec=context.name,
        profile=str(context.profile),
        pixels=str(context.pix_fmt),
        size=(context.width, context.height),
        aspect=Fraction(context.sample_aspect_ratio or 1),
        progressive=_is_progressive(film, stream.index),
        colour=(
            int(context.colorspace),
            int(context.color_primaries),
            int(context.color_trc),
            int(context.color_range),
        ),
        packets=PicturePackets(
            times=tuple(moment.start for moment in shown),
            keys=tuple(index for index, moment in enumerate(shown) if moment.key),
            idr=tuple(index for index, moment in enumerate(shown) if moment.idr),
            digests=tuple(moment.digest for moment in shown),
        ),
    )


def _sound_facts(stream: AudioStream, moments: list[_Moment]) -> SoundFacts:
    context = stream.codec_context
    # The encoder's priming lies before zero and is not played.
    start = max(min((moment.start for moment in moments), default=Fraction(0)), Fraction(0))
    end = max((moment.end for moment in moments), default=start)
    bits = sum(moment.size for moment in moments) * 8
    return SoundFacts(
        codec=context.name,
        profile=str(context.profile),
        rate=context.sample_rate,
        channels=context.channels,
        bit_rate=float(bits / max(end - start, Fraction(1, 1000))),
        start=start,
        end=end,
    )


def _is_progressive(film: Path, index: int) -> bool:
    """True when the first picture is a whole one. False as well when it cannot be decoded."""
    import av

    with av.open(str(film)) as container:
        try:
            frame = next(container.decode(container.streams[index]), None)
        except av.FFmpegError:
            return False
    return frame is not None and not getattr(frame, "interlaced_frame", True)


def _begins_idr(data: bytes) -> bool:
    """True when a packet's first coded slice is of an IDR picture. `data`: NAL units with four bytes of length each."""
    place = 0
    while place + 5 <= len(data):
        kind = data[place + 4] & 0x1F
        if kind in _VIDEO_NAL_TYPES:
            return kind == _IDR
        place += 4 + int.from_bytes(data[place : place + 4], "big")
    return False


def read_boxes(film: Path) -> tuple[str, ...]:
    """The types of an MP4's top-level boxes, in order (ISO/IEC 14496-12, 4.2)."""
    boxes: list[str] = []
    size = film.stat().st_size
    with film.open("rb") as stream:
        place = 0
        while place + 8 <= size and len(boxes) < 64:
            stream.seek(place)
            length, kind = struct.unpack(">I4s", stream.read(8))
            if length == 1:
                length = struct.unpack(">Q", stream.read(8))[0]
            boxes.append(kind.decode("latin-1"))
            if length < 8:
                break
            place += length
    return tuple(boxes)
