"""Every kind in both formats as a picture, each with a note of what was seen. `tests/golden_cases.py` says how to add a case.

After a change that is meant: `pytest tests/unit/render/test_scene_goldens.py --update-goldens`, look at each picture that git
calls changed, and write what is to be seen.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from render.composition import Composition, Key, Layer, Plate, Track
from render.formats import FORMATS
from render.picture import still
from render.plates import load_plate
from render.scenes.registry import kinds
from render.stage import Stage
from render.states import layer_states
from tests.conftest import GOLDENS, TOLERANCE, Golden, as_golden, picture_difference
from tests.golden_cases import GoldenCase, golden_cases
from tests.golden_studio import make_golden_studio

CASES = golden_cases()
_LOOKS = ("text-overflow", "no-glyph", "text-safe", "action-safe", "small-type", "contrast", "collision", "map-label")
_LINES = ("rail", "run")
_ALONG = {"16:9": "x", "9:16": "y"}
"""Straight lines show nothing when they slide along themselves under the dots at their ends: the way they run, by format."""


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_golden_studio(tmp_path_factory.mktemp("goldens") / "studio")


@pytest.fixture
def set_up(stage: Stage, studio: Path) -> Stage:
    """The stage of every case: the example's folder, and the media made for goldens."""
    return replace(stage, studio=studio)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plates that one test has drawn serve the next."""
    return tmp_path_factory.mktemp("plates")


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_looks_as_it_did(name: str, set_up: Stage, cache: Path, golden: Golden) -> None:
    case = CASES[name]
    golden(name, still(case.compose(set_up), case.frame, cache))


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_every_layer_moved_by_four_pixels_is_seen(name: str, set_up: Stage, cache: Path) -> None:
    """The tolerance has teeth: each layer that is visible, moved the way that shows least, to the right or down."""
    case = CASES[name]
    composition = case.compose(set_up)
    whole = as_golden(still(composition, case.frame, cache))
    moved = {
        (layer, way): picture_difference(whole, as_golden(still(other, case.frame, cache)))
        for layer, way, other in _moved(composition, case, cache)
    }
    assert moved, "nothing is to be seen"
    assert {at: difference for at, difference in moved.items() if difference <= TOLERANCE} == {}


def _moved(composition: Composition, case: GoldenCase, cache: Path) -> Iterator[tuple[str, str, Composition]]:
    """The composition with one visible layer after another four pixels (of a 1080-line frame) off its place."""
    four = 4 * min(composition.size) / 1080
    for index, layer in enumerate(composition.layers):
        if not layer_states(layer, np.array([case.frame]), 30)[0, 0]:
            continue
        way = _quieter(layer, composition, case, cache)
        motion = replace(layer.motion, **{way: _shifted(getattr(layer.motion, way), four)})
        layers = [*composition.layers[:index], replace(layer, motion=motion), *composition.layers[index + 1 :]]
        yield layer.name, way, replace(composition, layers=tuple[Layer, ...](layers))


def _quieter(layer: Layer, composition: Composition, case: GoldenCase, cache: Path) -> str:
    """The way in which a movement of the layer shows least: along its longer side, unless it is a line that only slides."""
    along = _ALONG[case.shape]
    if layer.name.startswith(_LINES):
        return "y" if along == "x" else "x"
    if not isinstance(layer.content, Plate):
        return "x"
    high, wide = load_plate(layer.content.svg, composition.size, cache).rgba.shape[:2]
    return "x" if wide > high else "y"


def _shifted(track: Track, distance: float) -> Track:
    return tuple(replace(key, value=key.value + distance) for key in track) or (Key(0, distance),)


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_cut_off_too_small_or_in_the_way(name: str, set_up: Stage) -> None:
    """Each case by the review that scripts get: text fits, stands in the safe area, can be read, and lies on nothing."""
    shot, stage = CASES[name].set_up(set_up)
    found = [finding for finding in shot.scene.review(shot, stage) if finding.rule in _LOOKS]
    assert [(finding.rule, finding.message) for finding in found] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["title", "map-gate-vertical"])
def test_rounding_otherwise_is_not_seen(name: str, set_up: Stage, cache: Path) -> None:
    """The tolerance is no hair trigger: every pixel of the frame a level up or down, as another machine may round it."""
    case = CASES[name]
    picture = still(case.compose(set_up), case.frame, cache)
    noise = np.random.default_rng(7).integers(-1, 2, (*picture.shape[:2], 1))
    other = np.clip(picture.astype(np.int16) + noise, 0, 255).astype(np.uint8)
    assert picture_difference(as_golden(picture), as_golden(other)) <= TOLERANCE


@pytest.mark.parametrize("name", CASES)
def test_a_golden_says_what_was_seen(name: str) -> None:
    case = CASES[name]
    assert (GOLDENS / f"{name}.png").is_file(), "run pytest --update-goldens and look at it"
    assert len(case.seen.split()) >= 4, f"look at {name}.png and write what is to be seen under `seen:`"


def test_no_golden_is_without_a_case() -> None:
    assert {path.stem for path in GOLDENS.glob("*.png")} - set(CASES) == set()


def test_every_kind_is_there_in_both_formats() -> None:
    shown = {(case.kind, case.shape) for case in CASES.values()}
    assert {(kind, shape) for kind in kinds() for shape in FORMATS} - shown == set()
