"""The example film's script, article and own scene are in order: it is what a newcomer sees first."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from render.check import check_script, estimate_timeline
from render.storyboard import plan_storyboard
from script.article import read_article
from script.reader import open_script

SUEZ = Path(__file__).resolve().parents[2] / "examples" / "suez"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example with a music bed in it, which is generated and not kept."""
    copy = tmp_path / "suez"
    shutil.copytree(SUEZ, copy, ignore=shutil.ignore_patterns("bed.wav", "__pycache__"))
    (copy / "bed.wav").write_bytes(b"")
    return copy


@pytest.mark.slow
def test_nothing_is_to_be_said_against_the_example(folder: Path) -> None:
    assert check_script(folder / "script.md", None) == []


KINDS = {"title", "map", "photo", "chart", "quote", "list", "number", "flags", "python", "slate"}


def test_the_example_is_about_two_minutes_and_shows_what_scenes_can_do(folder: Path) -> None:
    script = open_script(folder / "script.md")
    scenes, findings = plan_storyboard(script)
    assert findings == []
    assert {scene.kind for scene in scenes} >= KINDS
    assert all(block.written_id for block in script.scenes)
    assert len([chapter for chapter in script.chapters if chapter.title]) >= 2
    assert 110 < estimate_timeline(script, scenes).seconds < 170


def test_the_article_is_sourced(folder: Path) -> None:
    article = read_article(open_script(folder / "script.md"))
    assert 600 <= article.words <= 950
    assert len(article.sources) >= 10
    assert "{{" not in article.html
    assert "[^" not in article.html


def _diagram() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ever_given", SUEZ / "ever_given.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("size", [(320, 180), (180, 320)])
def test_the_diagram_fills_any_frame_and_ends_still(size: tuple[int, int]) -> None:
    clip = _diagram().aground(size=size, duration=4.0, fps=30, length=400, width=200, name="Ever Given")
    frames = [clip.get_frame(moment) for moment in (0.0, 2.0, 3.9, 3.96)]
    assert all(frame.shape == (size[1], size[0], 3) and frame.dtype == np.uint8 for frame in frames)
    assert not np.array_equal(frames[0], frames[1])
    assert np.array_equal(frames[2], frames[3])
    clip.close()


def test_the_ship_is_to_scale_and_touches_both_sides() -> None:
    module = _diagram()
    angle = module._grounded(400, 200 * module.WATER)
    across = 400 * np.sin(angle)
    assert 200 < across < 200 * module.WATER
    assert across + module.BEAM * np.cos(angle) > 200 * module.WATER
