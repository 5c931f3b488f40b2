"""The pictures that stand for a film: what they show, how large they are, what is said of a title that cannot be read."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from render.composition import Layer, Plate
from render.picture import still
from render.planes import as_bytes
from render.poster import CARD, shrink, write_jpeg
from render.scenes.reviews import contrast
from render.stage import Shot, Stage
from render.thumbnail import SIZE, compose_thumbnail, face, review_thumbnail
from script.document import Thumbnail
from tests.unit.render.conftest import Make, Shoot


def asking(stage: Stage, thumbnail: Thumbnail, **front: str) -> Stage:
    """The stage of a script that asks for that thumbnail."""
    script = stage.script
    return replace(stage, script=replace(script, front=replace(script.front, thumbnail=thumbnail, **front)))  # type: ignore[arg-type]


def drawn_on(colour: str, stage: Stage, shot: Shot, names: tuple[str, ...]) -> np.ndarray:
    """Layers of the thumbnail on a plain ground: (720, 1280, 3)."""
    whole = compose_thumbnail(shot, stage)
    plain = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720"><rect width="1280" height="720" fill="{colour}"/></svg>'
    kept = [layer for layer in whole.layers if layer.name.removeprefix("thumbnail ") in names]
    return still(replace(whole, layers=(Layer("ground", Plate(plain)), *kept)), shot.peak, None).astype(int)


def test_the_title_can_be_read_small_and_on_any_picture(stage: Stage, make: Make, shoot: Shoot) -> None:
    asked = asking(stage, Thumbnail(text="Who holds the Strait of Hormuz, and for how long?"), series="Chokepoints")
    shot = shoot(make("map"))
    ink = drawn_on("#000000", asked, shot, ("title",)).max(axis=2) > 160
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    assert 180 < rows[0] < rows[-1] < 720 - 24, "between the series and the lower edge"
    assert 40 < columns[0] < columns[-1] < 960, "and clear of the right, where sites write the length"
    ground = drawn_on("#ffffff", asked, shot, ("scrim",))
    behind = np.percentile(ground[ink].max(axis=1), 95)
    worst = contrast("#f4efe6", "#" + f"{round(behind):02x}" * 3)
    assert worst >= 3, f"large type on a white picture has {worst:.1f}:1"
    lines = np.flatnonzero(np.diff(ink.any(axis=1).astype(int)) == 1)
    assert len(lines) <= 4
    assert ink.sum() / len(lines) > 6_000, "strokes that are still there at 320 pixels"


def test_its_title_is_its_own_and_no_other_words_stand_under_it(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("title")
    shot = shoot(scene)
    names = [layer.name for layer in compose_thumbnail(shot, asking(stage, Thumbnail())).layers]
    assert names[0] == "background"
    assert "title" not in names
    assert names[-2:] == ["thumbnail title", "thumbnail rule"]


def test_a_title_from_the_right_stands_on_the_right(stage: Stage, make: Make, shoot: Shoot) -> None:
    shot = shoot(make("title"))
    plain, mirrored = (
        still(compose_thumbnail(shot, asking(stage, Thumbnail(text=text))), shot.peak, None).astype(int).max(axis=2)
        for text in ("Who?", "من؟")
    )
    half = SIZE[0] // 2
    assert (plain[:, :half] > 200).any()
    assert not (plain[:, half:] > 200).any()
    assert (mirrored[:, half:] > 200).any()
    assert not (mirrored[:, :half] > 200).any()


def test_the_themes_logo_stands_in_the_corner_across(stage: Stage, make: Make, shoot: Shoot, tmp_path: Path) -> None:
    mark = tmp_path / "logo.svg"
    mark.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#ff00ff"/></svg>'
    )
    asked = asking(replace(stage, theme=replace(stage.theme, logo=str(mark))), Thumbnail())
    shot = shoot(make("title"))
    picture = still(compose_thumbnail(shot, asked), shot.peak, None).astype(int)
    rows, columns = np.nonzero((picture[..., 0] > 200) & (picture[..., 1] < 60) & (picture[..., 2] > 200))
    assert rows.min() == pytest.approx(56, abs=1)
    assert columns.max() == pytest.approx(1280 - 57, abs=1)


def test_a_script_may_name_the_scene_whose_picture_it_is(stage: Stage, make: Make, shoot: Shoot) -> None:
    shots = [shoot(make("title")), shoot(make("chart")), shoot(make("map"))]
    assert face(asking(stage, Thumbnail()).script, shots) == 2
    named = asking(stage, Thumbnail(scene=shots[1].scene.id))
    assert face(named.script, shots) == 1
    layers = [layer.name for layer in compose_thumbnail(shots[1], named).layers]
    assert any(name.startswith("bar") or "bars" in name for name in layers), layers


def test_what_cannot_be_shown_is_said_before_it_is_rendered(stage: Stage) -> None:
    long = (
        "An extraordinarily long and complicated history of how one canal in Egypt became the most important shortcut"
    )
    assert review_thumbnail(asking(stage, Thumbnail())) == []
    [finding] = review_thumbnail(asking(stage, Thumbnail(text=long)))
    assert (finding.rule, finding.severity) == ("thumbnail-text", "warning")
    [finding] = review_thumbnail(asking(stage, Thumbnail(scene="nowhere")))
    assert (finding.rule, finding.severity) == ("unknown-scene", "error")


@pytest.mark.parametrize("shape", [(1080, 1920), (1920, 1080), (720, 1280)])
def test_a_jpeg_is_never_larger_than_sites_take(tmp_path: Path, shape: tuple[int, int]) -> None:
    noise = as_bytes(np.random.default_rng(2).integers(0, 256, (*shape, 3), dtype=np.uint8))
    write_jpeg(noise, tmp_path / "t.jpg")
    assert (tmp_path / "t.jpg").stat().st_size < 2_000_000
    with Image.open(tmp_path / "t.jpg") as picture:
        assert (picture.height, picture.width) == shape
        assert picture.format == "JPEG"


def test_a_card_is_as_wide_as_lists_need() -> None:
    assert shrink(as_bytes(np.zeros((1080, 1920, 3), np.uint8)), CARD).shape == (540, 960, 3)
    assert shrink(as_bytes(np.zeros((180, 320, 3), np.uint8)), CARD).shape == (180, 320, 3)
