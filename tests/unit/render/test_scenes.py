"""What kinds lay out, and what they say is wrong."""

import importlib.resources
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from core.digest import digest
from core.errors import BadInput
from render.composition import Layer, Photograph, Plate
from render.fonts import font_digest
from render.motion import sample
from render.scenes.background import light_between
from render.scenes.base import Scene
from render.scenes.counter import Counter, decimals_of, write_number
from render.scenes.overlays import overlay_texts
from render.scenes.placing import Placed
from render.scenes.reviews import contrast, reading_seconds, review_texts
from render.scenes.svg_layers import draw_layers, split_layers
from render.stage import Shot, Stage
from render.storyboard import plan_storyboard
from render.text import TextStyle, layout_text
from script.reader import read_script
from tests.unit.render.conftest import Make, Shoot


def layers(scene: Scene, shot: Shot, stage: Stage) -> dict[str, Layer]:
    return {layer.name: layer for layer in scene.compose(shot, stage).layers}


def opacity(layer: Layer, frame: int) -> float:
    return float(sample(layer.motion.opacity, np.array([float(frame)]), 1.0)[0])


def rules(scene: Scene, shot: Shot, stage: Stage) -> set[str]:
    return {finding.rule for finding in scene.review(shot, stage)}


@pytest.mark.parametrize(
    "kind", ["title", "quote", "number", "list", "flags", "chart", "compare", "timeline", "slate", "photo"]
)
def test_an_example_is_laid_out_without_a_word_of_complaint(kind: str, stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make(kind)
    shot = shoot(scene, 9, opens_chapter=True)
    composition = scene.compose(shot, stage)
    assert composition.frames == shot.frames
    assert digest(composition) == digest(scene.compose(shot, stage))
    assert [finding.message for finding in scene.review(shot, stage)] == []


@pytest.mark.parametrize("kind", ["title", "quote", "number", "list", "flags", "chart", "compare", "timeline", "slate"])
def test_a_vertical_frame_is_laid_out_within_its_safe_area(kind: str, stage: Stage, make: Make, shoot: Shoot) -> None:
    from dataclasses import replace

    scene = make(kind)
    found = scene.review(shoot(scene, 12), replace(stage, size=(1080, 1920)))
    assert [finding.message for finding in found if finding.rule in ("text-safe", "action-safe", "text-overflow")] == []


def test_an_element_is_eighty_per_cent_visible_at_its_word(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("list", "heading: H\nitems: [{text: one}, {text: two}]\n")
    shot = shoot(scene, 8, {("items", 0): 2, ("items", 1): 5})
    item = layers(scene, shot, stage)["item-2"]
    reached = next(frame for frame in range(240) if frame >= item.first and opacity(item, frame) >= 0.8)
    assert abs(reached - 150) <= 3


@pytest.mark.parametrize(("kind", "frames"), [("cut", 0), ("crossfade", 6), ("fade", 9)])
def test_what_enters_is_not_lost_in_a_transition(
    kind: str, frames: int, stage: Stage, make: Make, shoot: Shoot
) -> None:
    plain, led_in = make("list"), make("list", transition=kind)
    begins = [layers(scene, shoot(scene), stage)["item-1"].first for scene in (plain, led_in)]
    assert begins[1] - begins[0] == frames


def test_earlier_points_stay(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("list", "heading: H\nitems: [{text: one}, {text: two}]\n")
    found = layers(scene, shoot(scene, 8, {("items", 1): 5}), stage)
    assert found["item-1"].last is None
    assert opacity(found["mark-1"], 200) < opacity(found["mark-2"], 200)


def test_the_counter_lands_on_its_word(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("number", "value: 26434\nunit: ships\n")
    found = layers(scene, shoot(scene, 8, {(): 3}), stage)
    counter = found["counter"].content
    assert isinstance(counter, Counter)
    assert (found["counter"].last, found["number"].first) == (90, 90)
    assert counter.shown(90) == "26,434"
    assert counter.shown(89) != "26,434"


def test_a_counter_s_address_holds_its_font(tmp_path: Path, stage: Stage, make: Make, shoot: Shoot) -> None:
    """The theme's font under the same path, with other letters in it."""
    file = tmp_path / "display.ttf"
    themed = replace(stage, theme=replace(stage.theme, fonts=replace(stage.theme.fonts, display=str(file))))
    scene = make("number", "value: 26434\n")
    addresses = []
    folder = Path(str(importlib.resources.files("fontpkg_fira_sans_condensed"))) / "files"
    for weight in ("Black", "Regular"):
        shutil.copyfile(folder / f"FiraSansCondensed-{weight}.ttf", file)
        font_digest.cache_clear()
        addresses.append(digest(layers(scene, shoot(scene, 8), themed)["counter"].content))
    assert addresses[0] != addresses[1]


def test_a_year_is_not_counted(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("number", "value: 1956\ncount: false\n")
    found = layers(scene, shoot(scene, 8), stage)
    assert "counter" not in found
    assert isinstance(found["number"].content, Plate)


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (26434, "en", "26,434"),
        (1956.5, "en", "1,956.5"),
        (26434, "de", "26.434"),
        (1956, "de", "1956"),
        (-3.5, "en", "−3.5"),
    ],
)
def test_figures_are_written_as_the_language_does(value: float, language: str, written: str) -> None:
    assert write_number(value, decimals_of(value), language) == written


def test_a_counter_paints_only_its_figures() -> None:
    counter = Counter(0, 9, 0, "", TextStyle("Inter", 40, tabular=True), "", 100, 20, "#ffffff", 0, 10)
    paint = counter.painter((120, 80))
    first, last = paint(0), paint(9)
    assert first.shape == (80, 120, 4)
    assert (first != last).any()
    assert paint(9) is last


def test_bars_start_at_zero_and_grow_from_it(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make(
        "chart", 'title: T\nunit: u\nsource: s\ndata: [{label: a, value: 10}, {label: b, value: -5, at: "x"}]\n'
    )
    found = layers(scene, shoot(scene, 8, {("data", 1): 4}), stage)
    bars = [found[name].content for name in ("bar-1", "bar-2")]
    assert [bar.reveal for bar in bars if isinstance(bar, Plate)] == ["bottom", "top"]
    assert found["bar-2"].first >= 110


def test_the_lower_third_keeps_its_times(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("title", "text: T\nlower_third: {name: N, role: R}\n")
    third = layers(scene, shoot(scene, 12), stage)["lower-third"]
    assert 15 <= third.first <= 30
    assert third.last is not None
    assert 4 * 30 <= third.last - third.first <= 6 * 30


def test_a_short_lower_third_is_said(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("title", "text: T\nlower_third: {name: N, role: R}\n")
    assert "lower-third-time" in rules(scene, shoot(scene, 4), stage)
    assert "lower-third-time" not in rules(scene, shoot(scene, 8), stage)


def test_what_a_scene_waits_for_holds_its_content_back(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("flags")
    found = layers(scene, shoot(scene, 9, {(): 4}), stage)
    assert found["heading"].first == 120 - 4
    assert found["flag-3"].first > found["flag-1"].first > 116


def test_the_strap_opens_a_chapter(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("title")
    assert "strap" in layers(scene, shoot(scene, 8, chapter=1, opens_chapter=True), stage)
    assert "strap" not in layers(scene, shoot(scene, 8, chapter=1), stage)


def test_chapters_are_numbered_as_they_are_seen(tmp_path: Path, stage: Stage, shoot: Shoot) -> None:
    path = tmp_path / "script.md"
    body = "# Empty\n\n# Begin\n\n```scene title\ntext: A\n```\n\n# Void\n\n# End\n\n```scene title\ntext: B\n```\n"
    path.write_text(f"---\ntitle: T\n---\n\n{body}")
    script, findings = read_script(path)
    assert script
    assert [(one.rule, one.severity, one.place.line) for one in findings if one.place] == [
        ("empty-chapter", "warning", 5),
        ("empty-chapter", "warning", 13),
    ]
    here = replace(stage, script=script)
    said = []
    for scene, block in zip(plan_storyboard(script)[0], script.scenes, strict=True):
        shot = shoot(scene, 8, chapter=block.chapter, opens_chapter=True)
        said.append([text.block.text for text in overlay_texts(scene, shot, here)])
    assert said == [["1", "Begin"], ["2", "End"]]


def test_the_photograph_never_sees_past_its_own_pixels(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("photo", "file: art/canal-dusk.svg\nfrom: {x: 0, y: 0, width: 1}\nto: {x: 1, y: 1, width: 0.9}\n")
    photo = layers(scene, shoot(scene, 8), stage)["photo"].content
    assert isinstance(photo, Photograph)
    for region in (photo.start, photo.end):
        assert region.width / 2 <= region.x <= 1 - region.width / 2


def test_a_photo_moves_by_itself_within_the_calm_range(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("photo", "file: art/canal-dusk.svg\n")
    photo = layers(scene, shoot(scene, 8), stage)["photo"].content
    assert isinstance(photo, Photograph)
    change = abs(photo.start.width - photo.end.width) / max(photo.start.width, photo.end.width)
    assert 0.04 <= change <= 0.12


@pytest.mark.parametrize(
    ("kind", "fields", "rule"),
    [
        ("title", f"text: {'Donaudampfschifffahrtsgesellschaft' * 4}", "text-overflow"),
        ("title", "text: Taiwan 台灣", "no-glyph"),
        ("quote", f"text: {'word ' * 41}\nby: N", "quote-length"),
        ("list", "heading: H\nitems: [{text: a}, {text: b}, {text: c}, {text: d}, {text: e}, {text: f}]", "list-length"),
        ("list", "heading: H\nitems: [{text: one two three four five six seven}]", "item-length"),
        ("chart", "title: T\nsource: s\ndata: [{label: a, value: 1}]", "chart-unit"),
        ("chart", "title: T\nunit: u\ndata: [{label: a, value: 1}]", "chart-source"),
        ("photo", "file: art/canal-dusk.svg\nfrom: {x: 0.5, y: 0.5, width: 1}\nto: {x: 0.5, y: 0.5, width: 0.5}", "camera-speed"),
        ("timeline", f"events: {[{'date': f'Late in September {n}', 'text': 'What was said ' * 9} for n in range(6)]}", "collision"),
        ("title", f"text: The long story of a canal {'that nobody can hold ' * 4}\nlower_third: {{name: N, role: R}}", "collision"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(kind: str, fields: str, rule: str, stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make(kind, fields)
    assert rule in rules(scene, shoot(scene, 20), stage)


@pytest.mark.parametrize(("x", "rule"), [(96, None), (75, "text-safe"), (20, "action-safe")])
def test_text_near_the_edge_is_said(x: float, rule: str | None, stage: Stage) -> None:
    placed = Placed(layout_text("Suez", TextStyle("Inter", 60)), x, 400, "#ffffff", "#000000", 0, 300)
    found = {finding.rule for finding in review_texts("x", [placed], stage)}
    assert found == ({rule} if rule else set())


def test_too_short_to_read_is_said(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("quote")
    assert "reading-time" in rules(scene, shoot(scene, 3), stage)
    assert "reading-time" not in rules(scene, shoot(scene, 9), stage)
    assert reading_seconds(60) == 5


def test_low_contrast_is_said(tmp_path: Path, stage: Stage, make: Make, shoot: Shoot) -> None:
    from dataclasses import replace

    from render.theme import load_theme

    path = tmp_path / "theme.toml"
    path.write_text('[colours]\nink = "#333a40"\n')
    scene = make("title")
    assert "contrast" in rules(scene, shoot(scene, 8), replace(stage, theme=load_theme(path)))
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("flags", "countries: [{iso: FRA}, {iso: Turky}]", "no country 'Turky'"),
        ("flags", "countries: [{iso: FRA}]", "at least 2"),
        ("chart", "title: T", "either `data` or `series`"),
        ("python", "function: ship", "does not name a function of a file"),
        ("title", "txt: T", "Extra inputs"),
        ("number", "value: .inf", "finite number"),
        ("chart", "title: T\ndata: [{label: a, value: .nan}]", "finite number"),
    ],
)
def test_wrong_fields_are_refused(kind: str, fields: str, message: str, make: Make) -> None:
    with pytest.raises(ValidationError, match=message):
        make(kind, fields)


def test_missing_files_are_one_error(stage: Stage, make: Make, shoot: Shoot) -> None:
    for kind, fields, message in (
        ("photo", "file: art/none.svg", "there is no file art/none.svg"),
        ("python", "function: none.py:draw", "there is no file none.py"),
        ("python", "function: ever_given.py:afloat", "has no function 'afloat'"),
    ):
        scene = make(kind, fields)
        with pytest.raises(BadInput, match=message):
            scene.compose(shoot(scene), stage)


def test_a_studio_overrides_a_template(tmp_path: Path, stage: Stage, make: Make, shoot: Shoot) -> None:
    from dataclasses import replace

    folder = tmp_path / "templates" / "scenes"
    folder.mkdir(parents=True)
    (folder / "chart_head.svg.j2").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><g id="head"><circle r="9"/></g></svg>'
    )
    scene = make("chart")
    head = layers(scene, shoot(scene), replace(stage, studio=tmp_path))["head"].content
    assert isinstance(head, Plate)
    assert "circle" in head.svg


def test_a_broken_template_names_its_line(tmp_path: Path, stage: Stage) -> None:
    from dataclasses import replace

    folder = tmp_path / "templates" / "scenes"
    folder.mkdir(parents=True)
    (folder / "title.svg.j2").write_text("<svg>\n{% if %}\n</svg>")
    with pytest.raises(BadInput) as caught:
        draw_layers("title", replace(stage, studio=tmp_path))
    assert caught.value.place is not None
    assert caught.value.place.line == 2


def test_groups_become_plates_with_what_they_share() -> None:
    found = split_layers(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><g id="d"/></defs><g id="a"/><g id="b"><g id="c"/></g></svg>'
    )
    assert list(found) == ["a", "b"]
    assert "<defs>" in found["b"]


def test_the_light_rises_from_dark_to_bright() -> None:
    light = light_between("#0c1015", "#18222c")
    assert light.tint.endswith("ff")
    assert light.scale * 255 == pytest.approx(0x2C - 0x15, abs=0.1)


@pytest.mark.parametrize("rate", [15, 30, 60])
def test_things_come_and_go_smoothly_from_the_first_frame(rate: int, stage: Stage) -> None:
    from dataclasses import replace

    from render.scenes.entrances import enter_and_leave

    slow = replace(stage, rate=Fraction(rate))
    motion = enter_and_leave(slow, 2 * rate, 5 * rate)
    seen = sample(motion.opacity, np.arange(0.0, 6 * rate), 1.0)
    assert seen[2 * rate] == 0
    assert seen[5 * rate] == 0
    assert 0 < seen[2 * rate + 1] < 0.25
    assert 0 < seen[5 * rate - 1] < 0.25
    assert np.abs(np.diff(seen)).max() < 7 / rate
    risen = sample(motion.y, np.arange(0.0, 6 * rate), 0.0)
    assert risen[2 * rate] == 32
    assert risen[3 * rate] == 0


def test_the_line_of_a_timeline_ends_at_its_last_event(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("timeline")
    found = layers(scene, shoot(scene), stage)
    rail, event = found["rail"].content, found["event-3"].content
    assert isinstance(rail, Plate)
    assert isinstance(event, Plate)
    x, width = (float(rail.svg.split(f' {name}="')[count].split('"')[0]) for name, count in (("x", 1), ("width", 2)))
    assert x + width == pytest.approx(float(event.svg.split('cx="')[1].split('"')[0]))


def test_short_words_are_set_large_and_long_ones_still_fit(stage: Stage, make: Make, shoot: Shoot) -> None:
    from render.scenes.drawn import DrawnScene

    short = "It is not a couple of air strikes now. The situation in Ukraine has turned into a war."
    long = " ".join(["sovereignty"] * 26)
    blocks = []
    for text in (short, long):
        scene = make("quote", "by: N", text=text)
        assert isinstance(scene, DrawnScene)
        words = scene.lay_out(shoot(scene, 40), stage).texts[0]
        assert not words.block.overflow
        assert words.box[2] <= 1824
        blocks.append(words.block)
    assert blocks[0].width > 0.6 * 1728
    assert blocks[0].size > 100 > blocks[1].size
    title = make("title", "text: Who holds the Strait of Gibraltar?")
    assert isinstance(title, DrawnScene)
    assert title.lay_out(shoot(title), stage).texts[0].block.size == 120


def test_the_events_of_a_timeline_reach_both_margins(stage: Stage, make: Make, shoot: Shoot) -> None:
    from render.scenes.drawn import DrawnScene

    for count in (2, 3, 6):
        scene = make(
            "timeline", "{}", events=[{"date": str(1900 + n), "text": "Something happened then"} for n in range(count)]
        )
        assert isinstance(scene, DrawnScene)
        texts = scene.lay_out(shoot(scene, 30), stage).texts
        assert min(placed.x for placed in texts) == 96
        assert 1700 <= max(placed.box[2] for placed in texts) <= 1824.5
