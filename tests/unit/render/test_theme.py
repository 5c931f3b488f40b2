"""Themes: the standard one, a studio's, and wrong ones."""

from pathlib import Path

import pytest

from core.digest import digest
from core.errors import BadInput
from render.theme import load_theme


def wrong(tmp_path: Path, text: str) -> BadInput:
    path = tmp_path / "theme.toml"
    path.write_text(text)
    with pytest.raises(BadInput) as caught:
        load_theme(path)
    return caught.value


def test_a_studio_names_only_what_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "theme.toml"
    path.write_text('[colours]\naccent = "#00FF00"\n')
    theme = load_theme(path)
    assert theme.colours.accent == "#00ff00"
    assert theme.colours.ink == load_theme().colours.ink
    assert digest(theme) != digest(load_theme())


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ('[colours]\n\naccent = "red"\n', "not a colour", 3),
        ("[sizes]\ncredit = 12\n", "legible", 2),
        ("[sizes]\nheadline = 90\n", "no 'headline'", 2),
        ("[weather]\nwind = 3\n", "no 'weather'", 1),
        ("[colours\n", "not valid TOML", 1),
        ('[motion]\nenter = "quick"\n', "takes a number", 2),
    ],
)
def test_a_wrong_theme_names_its_line(tmp_path: Path, text: str, message: str, line: int) -> None:
    error = wrong(tmp_path, text)
    assert message in error.message
    assert error.place is not None
    assert error.place.line == line


def test_a_missing_theme_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no theme"):
        load_theme(tmp_path / "none.toml")


def test_colours_go_by_name_or_value() -> None:
    theme = load_theme()
    assert theme.colour("accent") == theme.colours.accent
    assert theme.colour("#123456") == "#123456"
    with pytest.raises(BadInput, match="no colour"):
        theme.colour("mauve")


def test_a_smaller_frame_scales_type_and_travel() -> None:
    assert load_theme().scaled((960, 540)).sizes.title == load_theme().sizes.title / 2
