"""The ladder below a film: the same frames, cut at the same places, in step with the sound, made again only where the film changed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from core.progress import Silent
from render.hls import write_picture
from render.join import Piece, join
from render.playlists import Level, Offer, Stream, master_playlist
from render.playlists import Piece as Stretch
from render.rendition import ladder, make_renditions, rendition_pieces
from render.segment_cache import SegmentCache
from render.segments import Segment
from tests.integration.picture.ladders import FRAMES, film, make_ladder
from tests.integration.picture.scenery import NTSC, SIZE, decode, difference, render

pytestmark = pytest.mark.slow

MASTER_BOX = re.compile(r'BYTERANGE="(\d+)@0"|BYTERANGE:(\d+)@(\d+)|EXTINF:([\d.]+)')


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Segment, ...], Offer]:
    """The film's ladder of three rungs in a folder `hls`, beside its cache."""
    folder = tmp_path_factory.mktemp("ladder")
    return (folder, film(), make_ladder(film(), folder, (320, 144, 96)))


def stamps(file: Path) -> tuple[list[Fraction], list[int]]:
    """Times of a stream's packets, and which are key frames."""
    with av.open(str(file)) as container:
        stream: Any = container.streams[0]
        packets: list[Any] = [packet for packet in container.demux(stream) if packet.size]
        times = [packet.pts * packet.time_base for packet in packets]
        return times, [n for n, packet in enumerate(packets) if packet.is_keyframe]


def test_no_rung_is_larger_than_the_master_and_sides_are_even() -> None:
    assert [(rung.short, rung.size) for rung in ladder((1920, 1080), (360, 1080, 720, 480, 1440))] == [
        (720, (1280, 720)),
        (480, (854, 480)),
        (360, (640, 360)),
    ]
    assert [rung.size for rung in ladder((1080, 1920), (720, 480))] == [(720, 1280), (480, 854)]
    assert ladder((640, 360), (720, 360)) == ()


def test_every_rung_has_the_films_frames_and_its_key_frames(made: tuple[Path, tuple[Segment, ...], Offer]) -> None:
    folder, _, offer = made
    assert [level.picture.name for level in offer.levels] == ["180", "144", "96"]
    master = stamps(folder / "film.mp4")
    assert master[0] == [n / NTSC for n in range(FRAMES)]
    for level in offer.levels:
        assert stamps(folder / f"hls/{level.picture.name}.mp4") == master, level.picture.name


def test_a_rung_shows_what_the_master_shows_frame_by_frame(made: tuple[Path, tuple[Segment, ...], Offer]) -> None:
    whole, small = decode(made[0] / "film.mp4"), decode(made[0] / "hls/96.mp4")
    assert len(whole) == len(small) == FRAMES

    def spot(frame: Any) -> tuple[float, float]:
        """The warm disc's centre in shares of the frame, by its blue difference."""
        warm = np.asarray(frame.rgb(), float)
        weight = np.clip(warm[..., 0] - warm[..., 2] - 20, 0, None)
        rows, columns = np.indices(weight.shape)
        total = max(weight.sum(), 1e-6)
        high, wide = weight.shape
        return float((rows * weight).sum() / total / high), float((columns * weight).sum() / total / wide)

    for number in (40, 100, 205, 280, 400, FRAMES - 1):
        assert spot(whole[number]) == pytest.approx(spot(small[number]), abs=0.006), number


def test_the_top_rung_is_the_masters_own_packets(made: tuple[Path, tuple[Segment, ...], Offer]) -> None:
    packets = []
    for file in (made[0] / "film.mp4", made[0] / "hls/180.mp4"):
        with av.open(str(file)) as container:
            packets.append([bytes(packet) for packet in container.demux(video=0) if packet.size])
    assert packets[0] == packets[1]


@pytest.mark.parametrize("name", ["180", "144", "96", "sound", "sound-light"])
def test_pieces_cover_the_file_and_every_one_can_be_decoded_alone(
    made: tuple[Path, tuple[Segment, ...], Offer], name: str, tmp_path: Path
) -> None:
    folder, _, offer = made
    text = (folder / f"hls/{name}.m3u8").read_text()
    assert f"#EXT-X-TARGETDURATION:{offer.target}\n" in text
    data = (folder / f"hls/{name}.mp4").read_bytes()
    found = MASTER_BOX.findall(text)
    head = int(found[0][0])
    lengths = [float(seconds) for _, _, _, seconds in found if seconds]
    ranges = [(int(offset), int(size)) for _, size, offset, _ in found if size]
    assert ranges[0][0] == head
    assert all(a + size == b for (a, size), (b, _) in itertools.pairwise(ranges))
    assert sum(ranges[-1]) == len(data)
    assert sum(lengths) == pytest.approx(FRAMES / NTSC, abs=0.03 if "sound" in name else 1e-4)
    assert all(round(length) <= offer.target for length in lengths)
    assert all(2 <= length <= 6 for length in lengths[:-1])
    for (offset, size), length in zip(ranges, lengths, strict=True):
        alone = tmp_path / "alone.mp4"
        alone.write_bytes(data[:head] + data[offset : offset + size])
        with av.open(str(alone)) as container:
            stream: Any = container.streams[0]
            count = sum(frame.samples if "sound" in name else 1 for frame in container.decode(stream))
        assert count == pytest.approx(
            length * (48_000 if "sound" in name else NTSC), abs=1100 if "sound" in name else 0.1
        )


@pytest.mark.parametrize("name", ["sound", "sound-light"])
def test_sound_begins_with_the_films_first_sample(made: tuple[Path, tuple[Segment, ...], Offer], name: str) -> None:
    with av.open(str(made[0] / f"hls/{name}.mp4")) as container:
        assert container.streams.audio[0].start_time in (0, None)
        blocks = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    samples = np.abs(np.concatenate(blocks))
    for beep in (2, 4, 20):
        around = samples[beep * 48_000 - 4_800 : beep * 48_000 + 4_800]
        first = int(np.argmax(around > 0.3 * around.max())) - 4_800
        assert abs(first) < 96, f"the beep at {beep} s comes {first / 48:.1f} ms off"


def test_one_changed_scene_encodes_its_own_segments_alone(
    made: tuple[Path, tuple[Segment, ...], Offer], tmp_path: Path
) -> None:
    folder, before, _ = made
    after = film("changed")
    new = {segment.key for segment in after} - {segment.key for segment in before}
    assert 0 < len(new) < len(after) / 2
    render(after, folder, workers=1)
    rungs = ladder(SIZE, (144, 96))
    again = {"cache": folder / "cache", "workers": 1, "reporter": Silent()}
    assert make_renditions(after, rungs, **again) == len(new) * len(rungs)  # type: ignore[arg-type]
    assert make_renditions(after, rungs, **again) == 0  # type: ignore[arg-type]
    spoiled = SegmentCache(folder / "cache", "renditions")
    file = next(iter(rendition_pieces(after, rungs[1], folder / "cache"))).file
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert make_renditions(after, rungs, **again) == 1, "a flipped byte is found and that rendition made again"  # type: ignore[arg-type]
    assert spoiled.find(file.stem, after[0].encoded) is not None


def test_bytes_do_not_depend_on_the_number_of_workers(
    made: tuple[Path, tuple[Segment, ...], Offer], tmp_path: Path
) -> None:
    segments = film()[:3]
    render(segments, tmp_path, workers=1)
    make_renditions(segments, ladder(SIZE, (96,)), cache=tmp_path / "cache", workers=1, reporter=Silent())
    [rung] = ladder(SIZE, (96,))
    for one, other in zip(
        rendition_pieces(segments, rung, tmp_path / "cache"),
        rendition_pieces(segments, rung, made[0] / "cache"),
        strict=True,
    ):
        assert one.file.read_bytes() == other.file.read_bytes()


def test_a_still_does_not_pulse_where_its_packets_repeat(made: tuple[Path, tuple[Segment, ...], Offer]) -> None:
    frames = decode(made[0] / "hls/96.mp4")
    held = frames[95:200]
    assert max(difference(one, other) for one, other in itertools.pairwise(held)) < 0.3


def test_the_master_playlist_says_what_was_measured(made: tuple[Path, tuple[Segment, ...], Offer]) -> None:
    folder, _, offer = made
    text = (folder / "hls/master.m3u8").read_text()
    assert text.startswith("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n")
    for level in offer.levels:
        file = folder / f"hls/{level.picture.name}.mp4"
        heard = folder / f"hls/{level.sound.name}.mp4"
        [line] = re.findall(rf"#EXT-X-STREAM-INF:(.*)\n{level.picture.name}\.m3u8", text)
        assert f"RESOLUTION={level.size[0]}x{level.size[1]}," in line
        assert "FRAME-RATE=29.970" in line
        assert f'AUDIO="{level.sound.name}",SUBTITLES="captions"' in line
        with av.open(str(file)) as container:
            record = container.streams.video[0].codec_context.extradata
        assert record is not None
        assert f'CODECS="avc1.{record[1]:02x}{record[2]:02x}{record[3]:02x},mp4a.40.2"' in line
        mean = int(re.findall(r"AVERAGE-BANDWIDTH=(\d+)", line)[0])
        assert mean == pytest.approx((file.stat().st_size + heard.stat().st_size) * 8 / float(offer.seconds), rel=0.03)
        assert int(re.findall(r"(?<!-)BANDWIDTH=(\d+)", line)[0]) >= mean
    captions = (folder / "hls/captions.vtt").read_text()
    assert captions.startswith("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n")
    assert "Two &amp; two" in captions


def test_ffmpeg_plays_the_whole_ladder_from_its_playlist(made: tuple[Path, tuple[Segment, ...], Offer]) -> None:
    with av.open(str(made[0] / "hls/master.m3u8"), options={"allowed_extensions": "ALL"}) as container:
        assert sorted(stream.height for stream in container.streams.video) == [96, 144, 180]
        assert {float(stream.start_time or 0) for stream in container.streams.video} == {0}


def test_peak_is_of_any_run_about_as_long_as_the_target() -> None:
    pieces = [Stretch(Fraction(second), 0, size) for second, size in ((1, 1_000_000), (5, 100_000), (6, 200_000))]
    stream = Stream("x", "avc1.64001f", tuple(pieces))
    # The first second alone is too short to count; with its neighbour it is 8.8 Mbit in 6 s.
    assert stream.peak(6) == round(1_100_000 * 8 / 6)
    assert stream.mean == round(1_300_000 * 8 / 12)


def test_a_film_without_captions_offers_none() -> None:
    stream = Stream("360", "avc1.64001e", (Stretch(Fraction(4), 800, 1000),))
    text = master_playlist(Offer((Level(stream, (640, 360), stream),), Fraction(25), Fraction(4), "de", "German"))
    assert "SUBTITLES" not in text


def test_joined_whole_it_is_refused_when_frames_are_missing(
    made: tuple[Path, tuple[Segment, ...], Offer], tmp_path: Path
) -> None:
    pieces: Sequence[Piece] = list(rendition_pieces(made[1], ladder(SIZE, (96,))[0], made[0] / "cache"))
    assert join(pieces, NTSC, tmp_path / "all.mp4") == FRAMES
    with pytest.raises(Exception, match=f"has {FRAMES - 2} frames, the film {FRAMES}"):
        write_picture(tmp_path, "96", [Piece(pieces[0].file, list(pieces[0].packets)[:-2]), *pieces[1:]], NTSC, FRAMES)
