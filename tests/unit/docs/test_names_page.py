"""The page on names says what the code does."""

import re
import tomllib

from core.resources import ROOT
from transcripts import corrections, hotwords, sounds
from transcripts.own_names import EXAMPLE

PAGE = (ROOT / "docs/names.md").read_text()


def test_every_command_and_option_is_on_the_page() -> None:
    source = (ROOT / "jobs/name_commands.py").read_text()
    for option in set(re.findall(r'"(--[a-z]+)"', source)):
        assert f"`{option}`" in PAGE or f"[{option}" in PAGE, option
    for command in ("list", "show", "recall"):
        assert f"slugline names {command}" in PAGE


def test_the_bounds_are_as_the_page_has_them() -> None:
    assert f"A correction needs {corrections.CONFIDENCE:g}." in PAGE
    assert f"| {corrections.GAZETTEER:g} | a spelling that only a gazetteer knows |" in PAGE
    assert f"likeness × doubt × {corrections.UNEXPECTED:g} |" in PAGE
    assert f"at most {hotwords.ROOM} letters" in PAGE
    assert sounds.NEAR_VOWEL == 0.25
    assert f"(D for T) {sounds.SAME_FAMILY:g}, another consonant {sounds.OTHER:g}" in PAGE


def test_the_example_is_a_names_file() -> None:
    [block] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert tomllib.loads(EXAMPLE).items() <= tomllib.loads(block).items()
