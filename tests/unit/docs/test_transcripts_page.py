"""The page on transcripts says what the code does."""

import re

from core.resources import ROOT
from transcripts.formats.registry import FORMATS
from transcripts.profiles import PROFILES, find_profile
from transcripts.rules import find_rules

PAGE = (ROOT / "docs/transcripts.md").read_text()
RULES = (ROOT / "docs/subtitle-rules.md").read_text()


def test_every_option_of_subtitles_is_on_their_page() -> None:
    page = (ROOT / "docs/subtitles.md").read_text() + PAGE
    options = set(re.findall(r'"(--?[a-z]+)"', (ROOT / "transcripts/subtitle_commands.py").read_text()))
    assert {option for option in options if f"`{option}`" not in page} == set()
    row = next(line for line in page.splitlines() if line.startswith("| | `srt`"))
    assert re.findall(r"`(\w+)`", row) == [each.name for each in FORMATS]


def test_every_option_is_on_the_page() -> None:
    source = "".join(
        (ROOT / f"{name}.py").read_text() for name in ("jobs/transcribe_command", "transcripts/check_commands")
    )
    options = set(re.findall(r'"(--?[a-z]+)"', source))
    assert {option for option in options if f"`{option}`" not in PAGE} == set()


def _row(page: str, first: str) -> list[str]:
    row = next(line for line in page.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in row.strip("|").split("|")][1:]


def test_the_profiles_are_as_the_pages_have_them() -> None:
    for profile in PROFILES.values():
        word = profile.word_seconds
        speed = f"{float(word):g} s a word" if word else f"{profile.reading_speed:g} characters a second"
        seconds = f"{profile.shortest} s to {profile.longest} s"
        for page in (PAGE, RULES):
            cells = _row(page, f"`{profile.name}`")
            assert cells[:4] == [str(profile.line_length), str(profile.lines), seconds, speed]
            gap = f"{profile.gap_frames} frames" if profile.gap_frames else "none"
            assert cells[4] == (f"{gap}, or {profile.small_gap} s" if profile.small_gap else gap)


def test_the_reading_speeds_are_as_the_page_has_them() -> None:
    names = {
        "English": "en",
        "Arabic": "ar",
        "Hindi": "hi",
        "Japanese": "ja",
        "Korean": "ko",
        "Chinese": "zh",
        "others": "de",
    }
    for name, language in names.items():
        speeds = [
            find_profile("netflix", language, children=children, translation=translation).reading_speed
            for translation in (False, True)
            for children in (False, True)
        ]
        assert _row(RULES, name) == [f"{speed:g}" for speed in speeds]


def test_every_rule_is_on_its_page_as_the_code_has_it() -> None:
    for rule in find_rules():
        assert rule.describe() in RULES, f"docs/subtitle-rules.md has to say:\n{rule.describe()}"
    named = re.findall(r"^### `([a-z-]+)`", RULES, re.MULTILINE)
    assert named == [rule.name for rule in find_rules()]
