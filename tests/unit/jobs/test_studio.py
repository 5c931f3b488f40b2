"""What `slugline init` lays down can be followed to the letter: its examples are what the readers want."""

import re
from pathlib import Path

import pytest

from core.settings import SETTINGS_FILE, load_settings
from jobs.studio import make_studio
from script.assets import ASSETS_FILE, read_assets
from script.facts import FACTS_FILE, read_facts
from script.reader import read_script
from transcripts.own_names import NAMES_FILE, read_own_names


@pytest.fixture
def studio(tmp_path: Path) -> Path:
    """A new studio in which every commented line that is no sentence has been uncommented."""
    make_studio(tmp_path)
    for name in (SETTINGS_FILE, FACTS_FILE, ASSETS_FILE, NAMES_FILE):
        file = tmp_path / name
        file.write_text(re.sub(r"^# (?=\[|\w+ = )", "", file.read_text(), flags=re.MULTILINE))
    return tmp_path


def test_every_example_is_read_as_it_stands(studio: Path) -> None:
    assert [name.text for name in read_own_names(studio / NAMES_FILE)] == ["Idlib", "Erdoğan", "Black Friday"]
    assets, findings = read_assets(studio, None)
    assert findings == []
    assert [(asset.file, bool(asset.credit), bool(asset.licence)) for asset in assets.values()] == [
        ("art/harbour.jpg", True, True)
    ]
    facts, findings = read_facts(studio, None)
    assert findings == []
    assert [(fact.id, bool(fact.value), bool(fact.source)) for fact in facts.values()] == [("oil-flow", True, True)]
    assert load_settings(studio).name
    for script in studio.rglob("script.md"):
        assert read_script(script, studio)[1] == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('[["asset"]]\nfile = "a.jpg"\n', '["art/harbour.jpg"]'),
        ("[art/a.jpg]\n", '["art/harbour.jpg"]'),
        ('[a.jpg]\ncredit = "A"\nlicence = "B"\n', 'write ["a.jpg"]'),
        ('"a.jpg" = "A"\n', 'below it credit = "A. Photographer", licence = "CC BY 4.0"'),
    ],
)
def test_an_asset_written_otherwise_is_told_the_right_form(tmp_path: Path, text: str, hint: str) -> None:
    (tmp_path / ASSETS_FILE).write_text(text)
    _, [finding] = read_assets(tmp_path, None)
    assert finding.rule == "toml"
    assert hint in finding.hint
    assert finding.place
    assert finding.place.line == 1
