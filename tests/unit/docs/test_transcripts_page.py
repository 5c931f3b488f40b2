"""The page on transcripts says what the code does."""

import re
from pathlib import Path

from core.resources import ROOT
from transcripts.profiles import PROFILES

PAGE = (ROOT / "docs/transcripts.md").read_text()


def test_every_option_is_on_the_page() -> None:
    source = (ROOT / "transcripts/commands.py").read_text()
    options = set(re.findall(r'"(--?[a-z]+)"', source))
    assert {option for option in options if f"`{option}`" not in PAGE} == set()


def test_the_profiles_are_as_the_page_has_them() -> None:
    for profile in PROFILES.values():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{profile.name}` |"))
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[1:3] == [str(profile.line_length), str(profile.lines)]
        assert cells[3] == f"{profile.shortest} s to {profile.longest} s"
        assert cells[4] == f"{profile.reading_speed:g}"


def test_every_rule_is_on_the_page() -> None:
    rules = set(re.findall(r'"(cue-[a-z-]+)"', Path(ROOT / "transcripts/rules.py").read_text()))
    assert rules
    assert {rule for rule in rules if f"`{rule}`" not in PAGE} == set()
