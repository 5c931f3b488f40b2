"""The clip kind: how its times, its fit and its length are read, and what is said about what cannot be shown."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from core.errors import BadInput, Place
from render.composition import Footage
from render.scenes.clip import ClipScene
from render.stage import Shot, Stage
from render.videos import CataloguedFilm
from script.document import Asset, Narration, SceneBlock
from tests.integration.sound.films import ffmpeg
from tests.unit.render.conftest import Shoot

WHERE = Place("script.md", 3)


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`wide.mp4`, 4 s with sound; `tall.mp4`, 4 s without; `sting.mov`, 1 s of a half transparent square."""
    folder = tmp_path_factory.mktemp("videos")
    sound = ["-f", "lavfi", "-i", "sine=d=4", "-c:a", "aac"]
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=4", *sound, "-preset", "ultrafast", folder / "wide.mp4")
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=90x160:r=25:d=4", "-preset", "ultrafast", folder / "tall.mp4")
    clear = "color=white@0.5:s=160x160:r=25:d=1,format=rgba"
    ffmpeg("-f", "lavfi", "-i", clear, "-c:v", "png", folder / "sting.mov")
    return folder


def block(fields: dict[str, Any], said: str = "") -> SceneBlock:
    return SceneBlock("clip", "clip", fields, Narration((said,) if said else (), said, None), 0, {(): WHERE})


def on(
    stage: Stage, videos: Path, fields: dict[str, Any], said: str = "", size: tuple[int, int] = (1920, 1080)
) -> tuple[ClipScene, Stage]:
    """A clip scene in a script beside the videos."""
    assets = {"wide.mp4": Asset("wide.mp4", "A. Filmer", "CC BY 4.0", regions={"bow": (0.25, 0.5, 0.5)})}
    script = replace(stage.script, path=videos / "script.md", scenes=(block(fields, said),), assets=assets)
    return ClipScene(**{"id": "clip", "file": "wide.mp4"} | fields), replace(stage, script=script, size=size)


def ground(scene: ClipScene, shot: Shot, stage: Stage) -> Footage:
    content = next(layer.content for layer in scene.compose(shot, stage).layers if layer.name == "clip")
    assert isinstance(content, Footage)
    return content


@pytest.mark.parametrize(
    ("written", "seconds"), [("1:02", 62), ("1:02.5", 62.5), (62.5, 62.5), ("1:00:02", 3602), ("7", 7)]
)
def test_times_as_players_show_them(written: Any, seconds: float) -> None:
    assert ClipScene(id="a", file="a.mp4", **{"in": written}).in_ == seconds


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"file": "a.mp4", "in": "soon"}, "is not a time"),
        ({"file": "a.mp4", "in": "0:05", "out": "0:03"}, "`out` 0:03 is before `in` 0:05"),
        ({"file": "a.mp4", "in": 3, "out": 3}, "`out` 0:03 is at `in` 0:03"),
        ({}, "name one `file:`"),
        ({"file": "a.mp4", "video": "suez"}, "name one `file:`"),
        ({"file": "a.mp4", "clip": {"video": "suez"}}, "instead of"),
        ({"clip": {"video": "suez", "in": 3, "out": 2.5}}, "`out` 2.5 is before `in` 0:03"),
        ({"file": "a.mp4", "fit": "contain", "region": "left"}, "fills the frame"),
        ({"file": "a.mp4", "speed": 0}, "greater than or equal"),
    ],
)
def test_fields_that_do_not_fit_together(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        ClipScene(id="a", **fields)


@pytest.mark.slow
def test_it_lasts_as_long_as_its_stretch_at_its_speed(stage: Stage, videos: Path) -> None:
    scene, there = on(stage, videos, {"in": 1, "out": 3.5, "speed": 2})
    assert scene.natural_seconds(there) == Fraction(5, 4)
    scene, there = on(stage, videos, {"in": 1})
    assert scene.natural_seconds(there) == 3


@pytest.mark.slow
def test_cover_and_contain(stage: Stage, videos: Path, shoot: Shoot) -> None:
    def shown(size: tuple[int, int], **fields: Any) -> Footage:
        scene, there = on(stage, videos, fields, size=size)
        return ground(scene, shoot(scene, 2), there)

    wide, tall = (1920, 1080), (1080, 1920)
    assert shown(wide).window == (0, 0, 160, 90)
    assert shown(wide).box == (0, 0, *wide)
    assert shown(wide, file="tall.mp4").box == (656, 0, 608, 1080), "most of it would be lost: the whole picture"
    assert shown(wide, file="tall.mp4").ground == "blur"
    assert shown(wide, file="tall.mp4", ground="theme").ground == "none"
    assert shown(wide, file="tall.mp4", fit="cover").window == pytest.approx((0, 54.69, 90, 50.63), abs=0.01)
    assert shown(tall).box == (0, 656, 1080, 608)
    assert shown(tall, region={"x": 0.1, "y": 0.5, "width": 0.9}).window == pytest.approx((0, 0, 50.63, 90), abs=0.01)
    assert shown(wide, region="bow").window == pytest.approx((0, 22.5, 80, 45))
    assert shown(wide, region="right").window == pytest.approx((64, 18, 96, 54))
    with pytest.raises(BadInput, match="no region 'bov'"):
        shown(wide, region="bov")


@pytest.mark.slow
def test_what_lies_behind_the_end_and_what_ends_too_soon(stage: Stage, videos: Path, shoot: Shoot) -> None:
    scene, there = on(stage, videos, {"in": "0:09"})
    with pytest.raises(BadInput, match=r"`in: 0:09` comes after the video's end at 0:04"):
        scene.compose(shoot(scene, 2), there)
    scene, there = on(stage, videos, {"out": "0:09"})
    with pytest.raises(BadInput, match=r"`out: 0:09` comes after"):
        scene.compose(shoot(scene, 2), there)
    scene, there = on(stage, videos, {"out": 2}, said="Much to say.")
    [finding] = [found for found in scene.review(shoot(scene, 5), there) if found.rule == "clip-ends"]
    assert finding.value == 3.0
    assert [found.rule for found in scene.review(shoot(scene, 2), there)] == []
    scene, there = on(stage, videos, {"file": "tall.mp4", "sound": "keep"})
    assert "clip-silent" in [found.rule for found in scene.review(shoot(scene, 4), there)]


@pytest.mark.slow
def test_a_transparent_one_lies_on_the_themes_ground(stage: Stage, videos: Path, shoot: Shoot) -> None:
    scene, there = on(stage, videos, {"file": "sting.mov"})
    made = scene.compose(shoot(scene, 2), there)
    assert [layer.name for layer in made.layers][:2] == ["background", "clip"]
    shown = ground(scene, shoot(scene, 2), there)
    assert (shown.ground, shown.alpha) == ("none", "straight")
    scene, there = on(stage, videos, {"file": "sting.mov", "alpha": "premultiplied"})
    assert ground(scene, shoot(scene, 2), there).alpha == "premultiplied"
    scene, there = on(stage, videos, {"alpha": "straight"})
    assert ground(scene, shoot(scene, 2), there).alpha == "none", "what is opaque stays so"


@pytest.mark.slow
@pytest.mark.parametrize(("speed", "wrong"), [(0.5, True), (0.8, False), (2, False)])
def test_slow_motion_says_when_it_stutters(speed: float, wrong: bool, stage: Stage, videos: Path, shoot: Shoot) -> None:
    """25 pictures a second at half their speed."""
    scene, there = on(stage, videos, {"speed": speed})
    found = [found for found in scene.review(shoot(scene, 2), there) if found.rule == "clip-slow"]
    assert [finding.value for finding in found] == ([12.5] if wrong else [])


@pytest.mark.slow
def test_its_sound_by_itself(stage: Stage, videos: Path, shoot: Shoot) -> None:
    def how(said: str = "", **fields: Any) -> str | None:
        scene, there = on(stage, videos, fields, said)
        sound = scene.sound_of(shoot(scene, 2), there)
        return sound.how if sound else None

    assert how() == "keep"
    assert how("Somebody speaks.") is None
    assert how("Somebody speaks.", sound="duck") == "duck"
    assert how(sound="mute") is None
    assert how(file="tall.mp4") is None


@pytest.mark.slow
def test_a_stretch_of_a_catalogued_video(stage: Stage, videos: Path, shoot: Shoot) -> None:
    def find(slug: str) -> CataloguedFilm:
        if slug != "two-seas":
            raise BadInput(f"the catalogue has no video {slug!r}", hint="did you mean two-seas?")
        return CataloguedFilm(videos / "wide.mp4", "f" * 64, "Between two seas")

    scene, there = on(stage, videos, {"file": None, "clip": {"video": "two-seas", "in": 1, "out": 2}})
    there = replace(there, find_video=find)
    footage = ground(scene, shoot(scene, 1), there)
    assert (footage.sha256, footage.start, footage.end) == ("f" * 64, Fraction(1), Fraction(2))
    assert scene.credit_text(there) == "From: Between two seas"
    scene, there = on(stage, videos, {"file": None, "video": "too-seas"})
    with pytest.raises(BadInput, match="no video 'too-seas'") as caught:
        scene.compose(shoot(scene, 1), replace(there, find_video=find))
    assert caught.value.place == WHERE
    with pytest.raises(BadInput, match="found in a studio"):
        scene.compose(shoot(scene, 1), there)


@pytest.mark.slow
def test_a_file_is_credited_as_its_assets_say(stage: Stage, videos: Path) -> None:
    scene, there = on(stage, videos, {})
    assert scene.credit_text(there) == "A. Filmer, CC BY 4.0"
    assert on(stage, videos, {"credit": "Mine"})[0].credit_text(there) == "Mine"
    assert on(stage, videos, {"credit": "none"})[0].credit_text(there) == ""
