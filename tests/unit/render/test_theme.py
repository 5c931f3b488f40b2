"""Themes: the standard one, a studio's, and wrong ones."""

from pathlib import Path

import pytest

from core.digest import digest
from core.errors import BadInput
from render.scenes.reviews import contrast
from render.staging import set_stage
from render.theme import Fonts, Safe, _presets, load_theme


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
        ("[sizes]\ntitle = nan\n", "takes a number", 2),
        ("[motion]\ndrift = inf\n", "takes a number", 2),
        ('[motion]\n\npreset = "frantic"\n', "no motion preset 'frantic'", 3),
        ("[presets.slow]\nenter = 0.5\nspin = 1\n", "[presets.slow] has no 'spin'", 3),
        ('name = "Us"\nlogo = "none.svg"\n', "no logo none.svg", 2),
        ("watermark = true\n", "no logo", 1),
        ('watermark = "yes"\n', "true or false", 1),
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


def test_the_standard_theme_is_true_to_the_page_on_looks() -> None:
    """VISUAL.md's numbers for space, type and motion, as that page gives them."""
    theme = load_theme()
    assert theme.safe == Safe(action=0.035, text=0.05, vertical=(0.06, 0.15, 0.86, 0.75))
    sizes = theme.sizes
    assert (sizes.number, sizes.title, sizes.chapter, sizes.quote, sizes.list) == (280, 120, 88, 72, 60)
    assert (sizes.lower_third, sizes.lower_third_role, sizes.country, sizes.town, sizes.axis) == (54, 40, 40, 36, 36)
    assert sizes.credit == min(vars(sizes).values()) == 30
    assert theme.fonts == Fonts("Source Serif 4", "Inter", "Fira Sans Condensed", "Noto Sans Arabic", "Heebo")


@pytest.mark.parametrize("preset", ["calm", "standard", "brisk"])
def test_every_preset_moves_as_the_page_on_looks_allows(preset: str, tmp_path: Path) -> None:
    path = tmp_path / "theme.toml"
    path.write_text(f'[motion]\npreset = "{preset}"\n')
    motion = load_theme(path).motion
    assert 0.3 <= motion.enter <= 0.5
    assert 0.2 <= motion.leave <= 0.3
    assert motion.travel <= 40
    assert 0.08 <= motion.stagger <= 0.12
    assert 0.01 <= motion.drift <= 0.02
    assert (motion == load_theme().motion) is (preset == "standard")


def test_the_standard_colours_keep_their_contrast() -> None:
    colours = load_theme().colours
    for text in (colours.ink, colours.muted):
        assert all(contrast(text, ground) >= 4.5 for ground in (colours.background, colours.glow, colours.panel))
    for shape in (colours.accent, colours.second, colours.third):
        assert all(contrast(shape, ground) >= 3 for ground in (colours.background, colours.glow))


def test_a_preset_can_be_changed_and_added(tmp_path: Path) -> None:
    path = tmp_path / "theme.toml"
    path.write_text('[motion]\npreset = "ours"\ntravel = 8\n\n[presets.ours]\nenter = 0.35\n')
    motion = load_theme(path).motion
    assert (motion.enter, motion.travel, motion.leave) == (0.35, 8, load_theme().motion.leave)


def test_a_logo_lies_beside_its_theme(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg/>")
    path = tmp_path / "theme.toml"
    path.write_text('logo = "logo.svg"\nwatermark = true\n')
    theme = load_theme(path)
    assert Path(theme.logo) == tmp_path / "logo.svg"
    assert theme.watermark
    assert (load_theme().logo, load_theme().watermark) == ("", False)


def test_a_studio_has_a_theme_for_all_its_films(tmp_path: Path) -> None:
    from script.document import FrontMatter, Script

    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/theme.toml").write_text('name = "House"\n')
    (tmp_path / "own.toml").write_text('name = "Own"\n')
    for asked, name in (("", "House"), ("own.toml", "Own")):
        front = FrontMatter("A title", "a-title", theme=asked)
        script = Script(tmp_path / "script.md", front, (), (), {}, {}, {})
        assert set_stage(script, tmp_path, (320, 180)).theme.name == name
        assert set_stage(script, None, (320, 180)).theme.name == (name if asked else "Slugline")


def test_the_page_on_themes_has_every_key_and_the_presets_as_they_are() -> None:
    from dataclasses import fields

    from core.resources import resource
    from render.theme import Colours, Pace, Sizes

    page = resource("docs", "templates.md").read_text()
    names = [field.name for part in (Colours, Fonts, Sizes, Safe, Pace) for field in fields(part)]
    assert [name for name in names if f"`{name}`" not in page] == []
    for name, pace in _presets().items():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
        numbers = [float(cell.split()[0]) for cell in row.strip("|").split("|")[1:]]
        assert numbers == [pace.enter, pace.leave, pace.travel, pace.stagger, pytest.approx(pace.drift * 100)]
