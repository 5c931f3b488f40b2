"""The whole way of a picture: planned, drawn, encoded, joined, decoded again."""

from __future__ import annotations

import itertools
import json
import os
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from core.cache import GRACE
from core.errors import WorkFailed
from render.composition import Clip, Composition, Key, Layer, Motion, Plate
from render.explain import explain, keep_plan
from render.frames import Compositor
from render.join import Piece, join
from render.picture import render_picture, still
from render.segment_cache import SegmentCache
from render.segments import HOLD_UNIT, frames_of
from tests.integration.picture.scenery import (
    NTSC,
    SIZE,
    decode,
    difference,
    fades_in,
    mark,
    plan,
    render,
    rises,
    scene,
    sha256,
    svg,
)

pytestmark = pytest.mark.slow


def test_frames_stamps_and_tags_are_exact_at_ntsc_rate(tmp_path: Path) -> None:
    segments = plan([scene(75, mark(motion=rises())), scene(31, mark()), scene(95, mark(motion=fades_in(5)))])
    picture = render(segments, tmp_path)
    assert picture.frames == 201
    with av.open(str(picture.path)) as film:
        stream: Any = film.streams.video[0]
        packets: list[Any] = [packet for packet in film.demux(stream) if packet.size]
        assert [packet.pts * packet.time_base for packet in packets] == [n / NTSC for n in range(201)]
        assert all(packet.pts == packet.dts for packet in packets)
        assert stream.average_rate == NTSC
        assert Fraction(stream.duration) * stream.time_base == 201 / NTSC
        context = stream.codec_context
        assert (context.profile, context.pix_fmt, context.colorspace, context.color_range) == ("High", "yuv420p", 1, 1)
        assert (context.color_primaries, context.color_trc) == (1, 1)
    assert len(decode(picture.path)) == 201


def test_every_decoded_frame_is_the_still_of_that_frame(tmp_path: Path) -> None:
    (tmp_path / "studio.py").write_text(
        "import numpy as np\n"
        "from moviepy import VideoClip\n"
        "def sweep(size, duration, fps):\n"
        "    wide, high = size\n"
        "    def frame(t):\n"
        "        picture = np.full((high, wide, 3), 40, np.uint8)\n"
        "        picture[:, : int(wide * t / duration)] = (90, 140, 60)\n"
        "        return picture\n"
        "    return VideoClip(frame, duration=duration)\n"
    )
    clip = Layer("clip", Clip(tmp_path / "studio.py", "1" * 64, "sweep"))
    scenes = [
        scene(40, mark(motion=rises(4, 16))),
        scene(40, mark(motion=fades_in(4, 16))),
        Composition(SIZE, 20, (clip, mark())),
    ]
    segments = plan(scenes)
    assert {segment.engine for segment in segments} == {"ffmpeg", "frames", "moviepy"}
    frames = decode(render(segments, tmp_path).path)
    number = 0
    for composition in scenes:
        for local in range(composition.frames):
            truth = Compositor(composition, float(NTSC), None, local, 1).draw(local)
            assert difference(truth, frames[number]) < 1.0
            assert np.abs(truth.y.astype(int) - frames[number].y.astype(int)).max() < 40
            number += 1
    shown = still(scenes[0], 39, tmp_path / "cache", float(NTSC))
    assert shown.shape == (180, 320, 3)
    assert np.abs(shown[90, 100].astype(int) - [0xE0, 0x7A, 0x5F]).max() <= 3
    assert np.abs(shown[10, 10].astype(int) - [0x16, 0x32, 0x4F]).max() <= 3


def test_a_hold_neither_pulses_nor_pops(tmp_path: Path) -> None:
    motion = Motion(x=(Key(0, 12.4), Key(10, 0, "enter"), Key(131, 0), Key(141, 7.3, "leave")))
    (segments, path) = (plan([scene(150, mark(motion=motion))]), tmp_path)
    picture = render(segments, path)
    assert picture.counts["repeated_frames"] > 60
    frames = decode(picture.path)
    held = frames[11:131]
    assert all(np.array_equal(frame.data, held[0].data) for frame in held), "to the last bit, over every repeat"
    truth = Compositor(scene(150, mark(motion=motion)), float(NTSC), None, 50, 1).draw(50)
    levels = [float(frame.y.mean()) - float(truth.y.mean()) for frame in frames[9:133]]
    assert max(levels) - min(levels) < 0.3


def test_the_bytes_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    segments = plan([scene(60, mark(motion=rises())), scene(40, mark(motion=fades_in(5)))], ["cut", "wipe"])
    one = render(segments, tmp_path / "one", workers=1)
    two = render(segments, tmp_path / "two", workers=2)
    assert sha256(one.path) == sha256(two.path)
    for segment in segments:
        files = [SegmentCache(tmp_path / name / "cache").file(segment.key) for name in ("one", "two")]
        assert sha256(files[0]) == sha256(files[1])


def test_what_is_in_the_cache_is_reused_and_what_changed_is_explained(tmp_path: Path) -> None:
    before = [scene(60, mark(motion=rises())), scene(40, mark(motion=fades_in(5)))]
    first = render(plan(before), tmp_path)
    assert first.counts["rendered"] == first.counts["total"]
    again = render(plan(before), tmp_path)
    assert again.counts["reused"] == again.counts["total"]
    assert sha256(first.path) == sha256(again.path)

    other = Layer("mark", Plate(svg('<rect x="80" y="70" width="40" height="40" fill="#e07a5f"/>')), motion=rises())
    after = plan([scene(60, other), before[1]])
    explained, seconds = explain(after, tmp_path / "cache")
    assert [e.state for e in explained] == ["dirty", "dirty", *["reused"] * (len(after) - 2)]
    assert explained[0].reasons == ("changed: content of layer mark",)
    assert explained[0].why == "mark changed"
    assert 0 < seconds < 60
    longer = [scene(90, mark(motion=rises())), scene(40, *(mark(f"mark {n}", fades_in(5 + n)) for n in range(3)))]
    whys = {e.scene: e.why for e in explain(plan(longer), tmp_path / "cache")[0] if e.state == "dirty"}
    assert whys == {"s1": "3 layers new, mark gone"}, "a longer hold is the same picture"
    moved = [scene(70, mark(motion=rises(10, 40))), before[1]]
    said = [e.why for e in explain(plan(moved), tmp_path / "cache")[0] if e.state == "dirty"]
    assert "scene 0.3 s longer" in said
    assert all(why.startswith("scene 0.3 s longer") for why in said)
    keep_plan(plan(before), tmp_path / "cache", "", {"s0": "old words"})
    for told, begins in (("new words", "narration changed, scene 0.3 s longer"), ("old words", "scene 0.3 s longer")):
        known = explain(plan(moved), tmp_path / "cache", narrations={"s0": told})[0]
        assert {e.why.startswith(begins) for e in known if e.state == "dirty"} == {True}
    large = replace(before[0], size=(640, 360))
    assert {e.why for e in explain(plan([large]), tmp_path / "cache")[0]} == {"size changed: 320×180 → 640×360"}
    # A scene that is nothing but another's hold is that hold, whatever its length.
    assert [e.state for e in explain(plan([scene(90, mark())]), tmp_path / "cache")[0]] == ["reused"]
    assert json.dumps([e.to_json() for e in explained])


def test_flipped_bits_in_the_cache_are_noticed_and_made_again(tmp_path: Path) -> None:
    segments = plan([scene(60, mark(motion=rises()))])
    good = sha256(render(segments, tmp_path).path)
    file = SegmentCache(tmp_path / "cache").file(segments[0].key)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x10
    file.write_bytes(data)
    (tmp_path / "cache" / "segments" / f"{segments[1].key}.json").write_text("{")
    for plate in (tmp_path / "cache" / "plates").iterdir():
        plate.write_bytes(plate.read_bytes()[:-9])
    again = render(segments, tmp_path)
    assert again.counts["rendered"] == 2
    assert sha256(again.path) == good


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    old = plan([scene(20, mark(motion=rises()))])
    new = plan([Composition(SIZE, 20, (mark(motion=fades_in()),))])
    render(old, tmp_path)
    store = SegmentCache(tmp_path / "cache")
    long_ago = time.time() - 2 * GRACE
    for segment in old:
        os.utime(store.file(segment.key), (long_ago, long_ago))
    left_behind = store.folder / ".killed.mp4"
    left_behind.write_bytes(b"half")
    os.utime(left_behind, (long_ago, long_ago))
    render(new, tmp_path, limit=1)
    assert not any(store.file(segment.key).exists() for segment in old)
    assert all(store.file(segment.key).exists() for segment in new)
    assert not left_behind.exists()


def test_segments_of_other_settings_are_not_joined(tmp_path: Path) -> None:
    small = plan([scene(10, mark())])
    large = plan([Composition((640, 360), 10, (mark(),))])
    render(small, tmp_path)
    render(large, tmp_path)
    store = SegmentCache(tmp_path / "cache")
    pieces = [Piece(store.file(s[0].key), list(s[0].packets)) for s in (small, large)]
    with pytest.raises(WorkFailed, match="other settings"):
        join(pieces, NTSC, tmp_path / "joined.mp4")
    assert not (tmp_path / "joined.mp4").exists()


@pytest.mark.parametrize("kind", ["crossfade", "fade", "wipe", "push"])
def test_a_transition_leads_smoothly_from_one_scene_to_the_next(tmp_path: Path, kind: str) -> None:
    one = Composition(SIZE, 20, (Layer("a", Plate(svg('<rect width="320" height="180" fill="#204060"/>'))),))
    two = Composition(SIZE, 40, (Layer("b", Plate(svg('<rect width="320" height="180" fill="#c0d0e0"/>'))),))
    segment = next(s for s in plan([one, two], ["cut", kind]) if s.transition)
    under = Compositor(one, 30.0, None, 19, 1).draw(19)
    over = Compositor(two, 30.0, None, 0, 1).draw(0)
    drawn = [under, *frames_of(segment, tmp_path), over]
    steps = [difference(a, b) for a, b in itertools.pairwise(drawn)]
    assert min(steps) > 0.01, "no frame stands still"
    whole = difference(under, over)
    assert max(steps) < whole / 3
    assert len(drawn) - 2 == segment.frames < HOLD_UNIT


def test_a_film_may_begin_with_a_fade(tmp_path: Path) -> None:
    frames = decode(render(plan([scene(30, mark())], ["fade"]), tmp_path).path)
    assert frames[0].y.max() <= 20
    assert len(frames) == 30


def test_a_render_can_be_watched(tmp_path: Path) -> None:
    from contextlib import contextmanager

    class Watcher:
        def __init__(self) -> None:
            self.done: dict[str, float] = {}
            self.totals: dict[str, float] = {}

        @contextmanager
        def step(self, title: str, total: float):  # type: ignore[no-untyped-def]
            self.totals[title], self.done[title] = total, 0.0
            self.title = title
            yield self

        def advance(self, amount: float = 1.0) -> None:
            self.done[self.title] += amount

        def note(self, text: str) -> None:
            raise AssertionError(text)

    watcher = Watcher()
    segments = plan([scene(30, mark(motion=rises()))])
    render_picture(segments, cache=tmp_path, workers=1, reporter=watcher, target=tmp_path / "f.mp4")
    assert watcher.done == watcher.totals
    assert list(watcher.totals) == ["draw plates", "render segments"]
