"""The playlists by which HLS finds a film's streams, their pieces and its captions (RFC 8216)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from core.files import write_text
from transcripts.formats import webvtt
from transcripts.subtitles import Subtitles
from transcripts.words import Cue


@dataclass(frozen=True)
class Piece:
    """What a player fetches at once: seconds, and bytes at an offset."""

    seconds: Fraction
    offset: int
    size: int


@dataclass(frozen=True)
class Stream:
    """One `NAME.mp4`: its codec as RFC 6381 writes it, and its pieces; what lies before the first one initialises a decoder."""

    name: str
    codec: str
    pieces: tuple[Piece, ...]

    @property
    def longest(self) -> Fraction:
        """Seconds of its longest piece."""
        return max(piece.seconds for piece in self.pieces)

    @property
    def mean(self) -> int:
        """Bits a second over the whole stream."""
        return _rate(self.pieces)

    def peak(self, target: int) -> int:
        """The largest bits a second of any run of pieces that lasts 0.5 to 1.5 times the target duration (RFC 8216, 4.1)."""
        rates = []
        for first in range(len(self.pieces)):
            seconds = Fraction(0)
            for after, piece in enumerate(self.pieces[first:], first + 1):
                seconds += piece.seconds
                if seconds > Fraction(3 * target, 2):
                    break
                if seconds >= Fraction(target, 2):
                    rates.append(_rate(self.pieces[first:after]))
        return max(rates, default=self.mean)


def _rate(pieces: Sequence[Piece]) -> int:
    return round(sum(piece.size for piece in pieces) * 8 / sum(piece.seconds for piece in pieces))


@dataclass(frozen=True)
class Level:
    """A rung of the film as it is offered: its picture's stream and (width, height), and the sound that goes with it."""

    picture: Stream
    size: tuple[int, int]
    sound: Stream


@dataclass(frozen=True)
class Offer:
    """Everything a master playlist speaks of. `language` is ISO 639-1, `spoken` its name; `captions` their file's name or empty."""

    levels: tuple[Level, ...]
    rate: Fraction
    seconds: Fraction
    language: str
    spoken: str
    captions: str = ""

    @property
    def streams(self) -> tuple[Stream, ...]:
        """Every stream, each once: sounds before pictures."""
        sounds = {level.sound.name: level.sound for level in self.levels}
        return (*sounds.values(), *(level.picture for level in self.levels))

    @property
    def target(self) -> int:
        """The target duration in whole seconds, one for all streams: no piece may round to more (RFC 8216, 4.3.3.1 and 6.2.4)."""
        return max(1, *(int(stream.longest + Fraction(1, 2)) for stream in self.streams))


def write_playlists(folder: Path, offer: Offer) -> None:
    """Write `master.m3u8`, and beside every stream and the captions a playlist of that name."""
    for stream in offer.streams:
        write_text(folder / f"{stream.name}.m3u8", stream_playlist(stream, offer.target))
    if offer.captions:
        length = f"#EXTINF:{float(offer.seconds):.6f},"
        # One piece is as long as the film: captions may have a target duration of their own (RFC 8216, 6.2.4).
        lines = [
            *_head(max(1, int(offer.seconds + Fraction(1, 2)))),
            length,
            f"{offer.captions}.vtt",
            "#EXT-X-ENDLIST",
            "",
        ]
        write_text(folder / f"{offer.captions}.m3u8", "\n".join(lines))
    write_text(folder / "master.m3u8", master_playlist(offer))


def _head(target: int) -> list[str]:
    return ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{target}", "#EXT-X-PLAYLIST-TYPE:VOD"]


def stream_playlist(stream: Stream, target: int) -> str:
    """The pieces of one stream, by their bytes."""
    file = f"{stream.name}.mp4"
    lines = [*_head(target), f'#EXT-X-MAP:URI="{file}",BYTERANGE="{stream.pieces[0].offset}@0"']
    for piece in stream.pieces:
        lines += [f"#EXTINF:{float(piece.seconds):.6f},", f"#EXT-X-BYTERANGE:{piece.size}@{piece.offset}", file]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def master_playlist(offer: Offer) -> str:
    """The playlist of playlists. A player begins with the level that it reads first: the one nearest to 720 lines."""
    spoken = f'NAME="{offer.spoken}",LANGUAGE="{offer.language}",AUTOSELECT=YES'
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for sound in dict.fromkeys(level.sound for level in offer.levels):
        uri = f'CHANNELS="2",URI="{sound.name}.m3u8"'
        lines.append(f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="{sound.name}",{spoken},DEFAULT=YES,{uri}')
    shown = ""
    if offer.captions:
        uri = f'FORCED=NO,URI="{offer.captions}.m3u8"'
        lines.append(f'#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",{spoken},DEFAULT=NO,{uri}')
        shown = ',SUBTITLES="captions"'
    for level in sorted(offer.levels, key=lambda level: abs(min(level.size) - 720)):
        picture, sound = level.picture, level.sound
        facts = (
            f"BANDWIDTH={picture.peak(offer.target) + sound.peak(offer.target)}",
            f"AVERAGE-BANDWIDTH={picture.mean + sound.mean}",
            f'CODECS="{picture.codec},{sound.codec}"',
            f"RESOLUTION={level.size[0]}x{level.size[1]}",
            f"FRAME-RATE={float(offer.rate):.3f}",
            f'AUDIO="{sound.name}"{shown}',
            "CLOSED-CAPTIONS=NONE",
        )
        lines += [f"#EXT-X-STREAM-INF:{','.join(facts)}", f"{picture.name}.m3u8"]
    return "\n".join([*lines, ""])


def write_captions(path: Path, cues: Sequence[Cue]) -> None:
    """Write WebVTT whose times count from the streams' first moment, said in the line that HLS asks for (RFC 8216, 3.5)."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        webvtt.write(Subtitles(tuple(cues)), stream)
    told = path.read_text(encoding="utf-8").removeprefix("WEBVTT")
    write_text(path, f"WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000{told}")
