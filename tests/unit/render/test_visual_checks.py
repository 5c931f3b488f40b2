"""Every marked rule of the page on looks: a case that it warns of, and one beside it that it does not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.findings import Finding
from core.resources import resource
from render.check import check_script
from render.formats import FORMATS, frame_size
from render.legibility import review_contrast, worst_contrast
from render.punctuality import review_punctuality
from render.scenes.placing import Placed
from render.scenes.reviews import review_texts
from render.stage import Stage
from render.text import TextStyle, layout_text
from render.theme import load_theme
from tests.unit.render.conftest import Make, Shoot

Check = Callable[[str], set[str]]


def placed(x: float, y: float, size: float = 60, text: str = "Suez") -> Placed:
    return Placed(layout_text(text, TextStyle("Inter", size)), x, y, "#ffffff", "#000000", 0, 300)


def rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """The rules that a script of these scenes breaks; `@front` begins a line of front matter."""

    def run(body: str) -> set[str]:
        lines = body.splitlines()
        front = "\n".join(line.removeprefix("@front ") for line in lines if line.startswith("@front "))
        rest = "\n".join(line for line in lines if not line.startswith("@front "))
        (tmp_path / "bed.wav").write_bytes(b"")
        (tmp_path / "assets.toml").write_text('["bed.wav"]\ncredit = "us"\nlicence = "CC0"\n')
        path = tmp_path / "script.md"
        path.write_text(f"---\ntitle: T\n{front}\n---\n\n{rest}\n")
        return rules(check_script(path, None))

    return run


def scene(kind: str, fields: str, words: int, narration: str = "word") -> str:
    return f"```scene {kind}\n{fields}\n```\n\n{' '.join([narration] * words)}.\n\n"


@pytest.mark.parametrize("shape", FORMATS)
def test_text_keeps_to_the_safe_area(shape: str, stage: Stage) -> None:
    size = frame_size(shape)  # type: ignore[arg-type]
    here = replace(stage, size=size)
    safe = here.theme.safe
    edge = safe.text * size[0] if shape == "16:9" else safe.vertical[0] * size[0]
    low = (1 - safe.text) * size[1] if shape == "16:9" else safe.vertical[3] * size[1]
    inside, left, foot = placed(edge, low - 90), placed(edge - 24, low - 90), placed(edge, low - 20)
    assert rules(review_texts("x", [inside], here)) == set()
    assert rules(review_texts("x", [left], here)) & {"text-safe", "action-safe"}
    assert rules(review_texts("x", [foot], here)) & {"text-safe", "action-safe"}


@pytest.mark.parametrize("size", [(1920, 1080), (960, 540)])
def test_nothing_is_smaller_than_thirty_pixels(size: tuple[int, int], stage: Stage) -> None:
    here, unit = replace(stage, size=size), min(size) / 1080
    for pixels, wrong in ((29.0, True), (30.0, False)):
        found = rules(review_texts("x", [placed(300 * unit, 300 * unit, pixels * unit)], here))
        assert ("small-type" in found) is wrong


@pytest.mark.parametrize(("words", "wrong"), [(41, True), (40, False)])
def test_a_quote_has_forty_words_at_most(words: int, wrong: bool, stage: Stage, make: Make, shoot: Shoot) -> None:
    quote = make("quote", f"text: {'word ' * words}\nby: N")
    assert ("quote-length" in rules(quote.review(shoot(quote, 30), stage))) is wrong


@pytest.mark.parametrize(("seconds", "wrong"), [(4.5, True), (9.0, False)])
def test_there_is_time_to_read(seconds: float, wrong: bool, stage: Stage, make: Make, shoot: Shoot) -> None:
    quote = make("quote")
    assert ("reading-time" in rules(quote.review(shoot(quote, seconds), stage))) is wrong


@pytest.mark.parametrize(("light", "wrong"), [(200, True), (30, False)])
def test_contrast_is_measured_on_the_drawn_frame(
    light: int, wrong: bool, tmp_path: Path, stage: Stage, make: Make, shoot: Shoot
) -> None:
    """A studio's template paints a panel behind its title: the theme's colours say nothing of it."""
    folder = tmp_path / "templates" / "scenes"
    folder.mkdir(parents=True)
    own = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{ frame.width }} {{ frame.height }}">'
        '<g id="rule"/><g id="kicker"/><g id="subtitle"/>'
        f'<g id="title"><rect width="100%" height="100%" fill="rgb({light},{light},{light})"/>{{{{ text(title) }}}}</g></svg>'
    )
    (folder / "title.svg.j2").write_text(own)
    title = make("title", "text: Who holds it?")
    here = replace(stage, studio=tmp_path)
    assert rules(title.review(shoot(title, 4), here)) == set()
    found = review_contrast(shoot(title, 4), here, tmp_path / "cache")
    assert [finding.rule for finding in found] == (["contrast"] if wrong else [])
    assert review_contrast(shoot(title, 4), here, tmp_path / "cache") == found, "and is kept"
    for note in (tmp_path / "cache" / "contrast").glob("*.json"):
        note.write_bytes(b"[\xff")
    assert review_contrast(shoot(title, 4), here, tmp_path / "cache") == found, (
        "and measured again where that is damaged"
    )
    if wrong:
        assert isinstance(found[0].value, float)
        assert found[0].value < 3


@pytest.mark.parametrize(("share", "wrong"), [(0.02, False), (0.3, True)])
def test_the_worst_twentieth_of_the_ground_may_be_worse(share: float, wrong: bool) -> None:
    """White on dark, with a bright patch behind some of the letters: a speck is let pass, a cloud is not."""
    letters = np.zeros((60, 400), np.bool_)
    letters[20:40, 20:380:8] = True
    light = np.full((60, 400), 0.01, np.float32)
    light[:, : 20 + round(360 * share)] = 0.9
    ratio = worst_contrast(light, letters, letters, "#ffffff", 3, 1)
    assert ratio is not None
    assert (ratio < 3) is wrong


def test_a_credit_is_legible_over_a_white_sky(tmp_path: Path, stage: Stage, make: Make, shoot: Shoot) -> None:
    """Where contrast is wanting there is a scrim."""
    cv2.imwrite(str(tmp_path / "sky.png"), np.full((1080, 1920, 3), 255, np.uint8))
    here = replace(stage, script=replace(stage.script, path=tmp_path / "script.md"))
    photo = make("photo", "file: sky.png\n", credit="A photographer")
    assert review_contrast(shoot(photo, 6), here, None) == []


def test_a_lower_third_over_a_map_is_measured_where_it_is_drawn(stage: Stage, make: Make, shoot: Shoot) -> None:
    """The credit that a map writes itself moves what stands over it."""
    here = replace(stage, size=frame_size("9:16"))
    long = "{name: A name so long that it takes two lines, role: Of an institute that takes two lines as well}"
    over = make("map", f"extent: [20, 10, 60, 40]\nlabels: []\nlower_third: {long}")
    assert over.credit_text(here).startswith("Borders")
    assert review_contrast(shoot(over, 6), here, None) == []


MAP = "focus: [ISR, SYR, LBN]\nhighlight: {SYR: accent}\nplaces: [{name: Damascus}]\ncontested: [golan]\nworldview: german"


@pytest.mark.parametrize(("background", "wrong"), [("#0b0f14", False), ("#c9cdd2", True)])
def test_the_names_of_a_map_are_measured_against_their_halos(
    background: str, wrong: bool, tmp_path: Path, stage: Stage, make: Make, shoot: Shoot
) -> None:
    """Light letters on a bright country are read by their dark halo; with a halo as light as they are, they are not."""
    (tmp_path / "theme.toml").write_text(f'[colours]\nbackground = "{background}"\n')
    here = replace(stage, theme=load_theme(tmp_path / "theme.toml"))
    found = review_contrast(shoot(make("map", MAP), 8), here, None)
    assert any("Damascus" in finding.message for finding in found) is wrong
    assert wrong or found == []


def test_what_a_legend_says_is_measured(tmp_path: Path, stage: Stage, make: Make, shoot: Shoot) -> None:
    """A studio's own legend on a bright panel."""
    folder = tmp_path / "templates" / "scenes"
    folder.mkdir(parents=True)
    own = (resource("templates", "scenes", "map_legend.svg.j2")).read_text()
    assert "{{ colours.panel }}" in own
    (folder / "map_legend.svg.j2").write_text(own.replace("{{ colours.panel }}", "#e8e8e0"))
    found = review_contrast(shoot(make("map", MAP), 8), replace(stage, studio=tmp_path), None)
    assert {finding.message.split("”")[0] for finding in found} == {"“Contested", "“Golan Heights"}


@pytest.mark.parametrize("kind", ["number", "flags", "chart"])
def test_the_standard_kinds_are_legible_where_they_are_drawn(kind: str, stage: Stage, make: Make, shoot: Shoot) -> None:
    """A counter that still runs is no ground; nor are a text's own letters, nor a bar that its figure stands on."""
    made = make(kind)
    assert review_contrast(shoot(made, 8, {(): 4} if kind == "number" else {}), stage, None) == []


@pytest.mark.parametrize(("enter", "wrong"), [(1.4, True), (0.4, False)])
def test_what_waits_comes_on_its_word(
    enter: float, wrong: bool, tmp_path: Path, stage: Stage, make: Make, shoot: Shoot
) -> None:
    (tmp_path / "theme.toml").write_text(f"[motion]\nenter = {enter}\n")
    here = replace(stage, theme=load_theme(tmp_path / "theme.toml"))
    for kind, path in (("list", ("items", 1)), ("flags", ("countries", 1)), ("timeline", ("events", 1))):
        made = make(kind)
        shot = shoot(made, 8, {path: 4})
        assert ("off-word" in rules(review_punctuality(shot, made.compose(shot, here), here))) is wrong, kind


@pytest.mark.parametrize("preset", ["calm", "standard", "brisk"])
@pytest.mark.parametrize("rate", [24, 30, 60])
def test_every_preset_and_rate_is_on_its_word(
    preset: str, rate: int, tmp_path: Path, stage: Stage, make: Make, shoot: Shoot
) -> None:
    from fractions import Fraction

    (tmp_path / "theme.toml").write_text(f'[motion]\npreset = "{preset}"\n')
    here = replace(stage, theme=load_theme(tmp_path / "theme.toml"), rate=Fraction(rate))
    for kind, path in (("list", ("items", 1)), ("chart", ("data", 1)), ("compare", ("rows", 1)), ("number", ())):
        made = make(kind)
        shot = replace(shoot(made, 8), frames=8 * rate, at={path: 4 * rate})
        assert review_punctuality(shot, made.compose(shot, here), here) == [], kind


@pytest.mark.parametrize(("width", "wrong"), [(0.8, True), (0.9, False)])
def test_the_camera_is_calm(width: float, wrong: bool, stage: Stage, make: Make, shoot: Shoot) -> None:
    fields = f"file: art/canal-dusk.svg\nfrom: {{x: 0.5, y: 0.5, width: 1}}\nto: {{x: 0.5, y: 0.5, width: {width}}}"
    photo = make("photo", fields)
    assert ("camera-speed" in rules(photo.review(shoot(photo, 8), stage))) is wrong


@pytest.mark.parametrize(("pixels", "wrong"), [(1000, True), (2200, False)])
def test_the_camera_does_not_look_past_the_pixels(
    pixels: int, wrong: bool, tmp_path: Path, stage: Stage, make: Make, shoot: Shoot
) -> None:
    cv2.imwrite(str(tmp_path / "one.png"), np.zeros((pixels * 9 // 16, pixels, 3), np.uint8))
    here = replace(stage, script=replace(stage.script, path=tmp_path / "script.md"))
    photo = make("photo", "file: one.png\n")
    assert ("picture-too-small" in rules(photo.review(shoot(photo, 8), here))) is wrong


@pytest.mark.parametrize(("words", "at", "wrong"), [(60, "", True), (60, "at: middle", False), (40, "", False)])
def test_twenty_seconds_without_anything_new(words: int, at: str, wrong: bool, check: Check) -> None:
    narration = f"{'word ' * (words // 2)}middle{' word' * (words // 2)}"
    found = check(scene("quote", f"text: Words.\nby: Somebody\n{at}", 1, narration))
    assert ("nothing-happens" in found) is wrong


@pytest.mark.parametrize(("words", "wrong"), [(54, False), (130, True)])
def test_a_line_that_is_drawn_for_long_is_something(words: int, wrong: bool, check: Check) -> None:
    """From word to word at 150 a minute: 24 s, in which the line goes on all along; and as long again in which nothing does."""
    data = "[{label: A, value: 3}, {label: B, value: 5, at: start}, {label: C, value: 4, at: middle}]"
    narration = f"start {'word ' * 60}middle{' word' * (words - 54)}"
    found = check(scene("chart", f"type: line\ntitle: Ships\nunit: a year\nsource: us\ndata: {data}", 1, narration))
    assert ("nothing-happens" in found) is wrong


@pytest.mark.parametrize(("level", "wrong"), [(-19, True), (-20, False)])
def test_music_lies_twenty_under_the_speech(level: int, wrong: bool, check: Check) -> None:
    found = check(f"@front music: {{file: bed.wav, level: {level}}}\n" + scene("title", "text: T", 8))
    assert ("music-level" in found) is wrong


@pytest.mark.parametrize(
    ("kinds", "broken"),
    [
        ("cut cut cut cut crossfade", set()),
        ("cut cut crossfade cut crossfade", {"few-cuts"}),
        ("cut " * 8 + "wipe push", {"transition-kinds"}),
        ("crossfade", set()),
    ],
)
def test_four_changes_in_five_are_cuts_and_the_others_of_one_kind(kinds: str, broken: set[str], check: Check) -> None:
    scenes = [scene("quote", f"text: Words.\nby: Somebody\ntransition: {kind}", 8) for kind in ["cut", *kinds.split()]]
    assert check("".join(scenes)) & {"few-cuts", "transition-kinds"} == broken


def test_a_script_is_looked_at_in_the_format_that_it_is_rendered_in(tmp_path: Path) -> None:
    path = tmp_path / "script.md"
    path.write_text("---\ntitle: T\n---\n\n" + scene("title", "text: Donaudampfschifffahrtsgesellschaft", 8))
    wide, upright = (check_script(path, None, shape=shape) for shape in FORMATS)
    assert "text-overflow" not in rules(wide)
    (finding,) = (finding for finding in upright if finding.rule == "text-overflow")
    assert finding.place is not None
    assert finding.place.line == 6
