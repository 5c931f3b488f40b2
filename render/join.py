"""Segments become one video-only MP4 without re-encoding: packets copied, stamps counted."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from core.errors import WorkFailed
from core.files import disk_full, whole_file

FRAGMENTED = {"movflags": "frag_keyframe+empty_moov+default_base_moof+skip_trailer"}
"""How the muxer writes an MP4 whose pieces can be played one by one (ISO/IEC 14496-12, movie fragments)."""


@dataclass(frozen=True)
class Piece:
    """A segment's file, and which of its packets the film carries, by index and in order."""

    file: Path
    packets: Sequence[int]


def join(pieces: Iterable[Piece], rate: Fraction, target: Path, *, fragmented: bool = False) -> int:
    """Write the film's picture to `target`, whole or not at all; gives its frames. `fragmented`: a fragment a key frame, as HLS
    wants it, the index of each before its packets.

    Without B-frames a packet is a frame in display order, so that both stamps are the packet's index: exact at any rate.
    Raises WorkFailed when a segment has other stream settings than the first: such a film would not play.
    """
    import av

    tick = 1 / rate
    count = 0
    with whole_file(target) as temporary:
        try:
            options = {"fflags": "+bitexact", **(FRAGMENTED if fragmented else {})}
            with av.open(str(temporary), "w", format="mp4", options=options) as film:
                head: bytes | None = None
                for piece in pieces:
                    with av.open(str(piece.file)) as source:
                        stream = source.streams.video[0]
                        if head is None:
                            head = stream.codec_context.extradata
                            out = film.add_stream_from_template(stream)
                            out.time_base = tick
                        elif stream.codec_context.extradata != head:
                            raise WorkFailed(
                                f"render segment {piece.file.name} was encoded with other settings than the first",
                                hint="empty the cache's segments folder and run the command again",
                            )
                        packets = [packet for packet in source.demux(stream) if packet.size]
                        for index in piece.packets:
                            packet = packets[index]
                            data = av.Packet(bytes(packet))
                            data.stream = out
                            data.time_base = tick
                            data.pts = data.dts = count
                            data.duration = 1
                            data.is_keyframe = packet.is_keyframe
                            film.mux(data)
                            count += 1
        except av.error.OSError as error:
            if error.errno == errno.ENOSPC:
                raise disk_full(target) from error
            raise
    return count


def count_packets(file: Path) -> int:
    """How many packets a segment's file holds, by its index and its data. Raises OSError or ValueError for one that cannot be read."""
    import av

    with av.open(str(file)) as source:
        return sum(1 for packet in source.demux(source.streams.video[0]) if packet.size)
