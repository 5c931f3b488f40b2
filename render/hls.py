"""The film's streams as HLS serves them: one fragmented MP4 a rung and a sound, in CMAF's layout, played piece by piece.

Every file holds a whole stream, so that an hour is a dozen files rather than thousands, and any server that serves ranges
serves it. The top rung is the master's own packets, and so is the sound.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from core.errors import WorkFailed
from core.files import disk_full, whole_file
from core.processes import run
from render.ffmpeg import ffmpeg_path
from render.fragments import Fragment, read_fragments
from render.join import FRAGMENTED, join
from render.join import Piece as Packets
from render.playlists import Piece, Stream

HLS_VERSION = 1
"""Raise when the same rungs and sound would give other files."""

AIM, MOST = Fraction(5), Fraction(6)
"""Seconds of a piece: Apple's HLS authoring specification asks for about six; shorter ones start and switch sooner."""
AAC_FRAME = 1024
"""Samples of an AAC-LC packet (ISO/IEC 14496-3)."""
LIGHT_BIT_RATE = 128_000
"""Bits a second of the sound that goes with small pictures."""


def write_picture(folder: Path, name: str, pieces: Iterable[Packets], rate: Fraction, frames: int) -> Stream:
    """Join segments into `NAME.mp4`. Raises WorkFailed when it has other than `frames` frames, NoSpace."""
    file = folder / f"{name}.mp4"
    made = join(pieces, rate, file, fragmented=True)
    if made != frames:
        raise WorkFailed(f"rendition {name} has {made} frames, the film {frames}", hint="run the command again")
    return Stream(name, _picture_codec(file), tuple(_group(read_fragments(file), frames / rate)))


def write_sound(folder: Path, name: str, source: Path, bit_rate: int | None = None) -> Stream:
    """Copy the sound's packets into `NAME.mp4`; or encode it anew at `bit_rate`.

    The encoder's priming, which an MP4 skips by an edit list that not every player heeds, is left out: the first sample that is
    played is the film's first. Raises WorkFailed, NoSpace.
    """
    file = folder / f"{name}.mp4"
    if bit_rate is None:
        end = _copy_sound(source, file)
    else:
        lighter = folder / f".{name}.m4a"
        options = ["-c:a", "aac", "-profile:a", "aac_low", "-b:a", str(bit_rate), "-map_metadata", "-1"]
        exact = ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "ipod", "-y"]
        run(
            [ffmpeg_path(), "-v", "error", "-nostdin", "-i", source, *options, *exact, lighter], what="encode the sound"
        )
        end = _copy_sound(lighter, file)
        lighter.unlink()
    fragments = read_fragments(file)
    starts: list[Fraction] = [*(piece.start for piece in fragments), end]
    pieces = (
        Piece(after - piece.start, piece.offset, piece.size) for piece, after in zip(fragments, starts[1:], strict=True)
    )
    return Stream(name, "mp4a.40.2", tuple(pieces))


def _copy_sound(source: Path, target: Path) -> Fraction:
    """Copy AAC packets from the film's first sample on; gives the seconds at which they end. Raises WorkFailed, NoSpace."""
    import av

    options = {"fflags": "+bitexact", **FRAGMENTED, "frag_duration": str(int(AIM * 1_000_000))}
    options["movflags"] = options["movflags"].replace("frag_keyframe+", "")
    try:
        with av.open(str(source)) as heard, whole_file(target) as temporary:
            stream = heard.streams.audio[0]
            with av.open(str(temporary), "w", format="mp4", options=options) as film:
                out = film.add_stream_from_template(stream)
                tick, count = Fraction(1, stream.rate), 0
                # Not every container says how long a packet lasts, and some only in milliseconds; but its samples are a frame's.
                frame = stream.codec_context.frame_size or AAC_FRAME
                exact = stream.time_base == tick
                for packet in heard.demux(stream):
                    if packet.size and packet.pts is not None and packet.pts >= 0:
                        data = av.Packet(bytes(packet))
                        data.stream = out
                        data.time_base = tick
                        data.pts = data.dts = count
                        data.duration = packet.duration if exact and packet.duration else frame
                        film.mux(data)
                        count += data.duration
            return count * tick
    except av.FFmpegError as error:
        if error.errno == errno.ENOSPC:
            raise disk_full(target) from error
        raise WorkFailed(f"could not package the sound: {error.strerror}", hint="run the command again") from error


def _group(fragments: Sequence[Fragment], end: Fraction) -> list[Piece]:
    """Fragments, a key frame each, as pieces as near to AIM seconds as the cuts allow, and no longer than MOST where they do."""
    ends: list[Fraction] = [*(fragment.start for fragment in fragments[1:]), end]
    pieces: list[Piece] = []
    first = 0
    for number in range(len(fragments)):
        start = fragments[first].start
        seconds = ends[number] - start
        last = number + 1 == len(fragments)
        longer = ends[min(number + 1, len(ends) - 1)] - start
        if last or longer > MOST or abs(longer - AIM) > abs(seconds - AIM):
            size = fragments[number].offset + fragments[number].size - fragments[first].offset
            pieces.append(Piece(seconds, fragments[first].offset, size))
            first = number + 1
    return pieces


def _picture_codec(file: Path) -> str:
    """`avc1.` and the profile, its constraints and the level, from the decoder's configuration (ISO/IEC 14496-15, 5.3.3)."""
    import av

    with av.open(str(file)) as film:
        record = film.streams.video[0].codec_context.extradata
    assert record is not None, "the muxer writes it"
    return f"avc1.{record[1:4].hex()}"
