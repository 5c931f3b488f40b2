"""The example's subtitles, rebuilt for each house, break none of its rules and cover no words."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from core.resources import ROOT
from core.settings import Settings
from render.captions import film_cues
from render.check import estimate_timeline
from render.storyboard import plan_storyboard
from render.timeline import Timeline
from script.document import Script
from script.reader import open_script
from transcripts.profiles import PROFILES
from transcripts.rules import check_cues


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Script, Timeline]:
    """The example's script on the timeline that an even voice gives it."""
    folder = tmp_path_factory.mktemp("example") / "suez"
    shutil.copytree(ROOT / "examples/suez", folder, ignore=shutil.ignore_patterns("bed.wav", "__pycache__"))
    Path(folder, "bed.wav").write_bytes(b"")
    script = open_script(folder / "script.md")
    return script, estimate_timeline(script, plan_storyboard(script)[0])


@pytest.mark.parametrize("profile", PROFILES)
def test_the_example_keeps_every_rule_of_each_house(profile: str, example: tuple[Script, Timeline]) -> None:
    _, timeline = example
    cues = film_cues(timeline, "en", profile)
    assert (
        check_cues(cues, profile=profile, rate=timeline.rate, cuts=timeline.cuts, seconds=float(timeline.seconds)) == []
    )
    said = " ".join(word.text for word in timeline.words)
    assert " ".join(cue.text for cue in cues) == said
    assert len(said.split()) > 200
    assert "Gamal Abdel Nasser" in [name for cue in cues for line in cue.lines for name in _names(line)]


def _names(line: str) -> list[str]:
    return [name for name in ("Gamal Abdel Nasser",) if name in line]


def test_the_setting_knows_every_profile() -> None:
    assert set(get_args(Settings.model_fields["captions_profile"].annotation)) == set(PROFILES)
