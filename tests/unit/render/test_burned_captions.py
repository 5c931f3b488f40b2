"""Captions that are part of the picture: on the shots' own frames, where nothing else stands, and only when asked for."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from core.errors import Place
from render.captions import film_cues, with_burned_cues
from render.composition import Plate
from render.formats import FORMATS, Format, frame_size
from render.scenes.base import Scene
from render.scenes.frame import frame_of
from render.scenes.panels import lower_third
from render.scenes.quote import QuoteScene
from render.stage import Shot, ShotCue, Stage
from render.timeline import Spoken, plan_timeline
from script.document import Narration, SceneBlock
from tests.unit.render.conftest import Make, Shoot
from transcripts.words import Cue, Word

Burning = Callable[..., Stage]


@pytest.fixture
def burning(stage: Stage) -> Burning:
    """The stage of a script with burned captions, in a format."""

    def build(shape: Format = "16:9") -> Stage:
        front = replace(stage.script.front, captions="burned")
        return replace(stage, size=frame_size(shape), script=replace(stage.script, front=front))

    return build


def test_a_cue_stands_on_the_frames_of_each_shot_that_it_is_over(make: Make) -> None:
    scenes: list[Scene] = [make("title", id="a", duration=2), make("title", id="b", duration=2)]
    timeline = plan_timeline(scenes, [0, 0], [""], {}, {}, Fraction(30))
    cues = [Cue(0.5, 1.5, ("in the first",)), Cue(1.8, 2.6, ("over", "the cut")), Cue(3.0, 9.0, ("too long",))]
    first, second = with_burned_cues(timeline, cues).shots
    assert first.cues == (ShotCue(15, 45, ("in the first",)), ShotCue(54, 60, ("over", "the cut")))
    assert second.cues == (ShotCue(0, 18, ("over", "the cut")), ShotCue(30, 60, ("too long",)))


def test_they_are_the_film_s_own_captions(make: Make) -> None:
    said = tuple(
        Word(text, 0.4 * n, 0.4 * n + 0.35, token=n) for n, text in enumerate(("Six", "days", "and", "one", "ship."))
    )
    scenes: list[Scene] = [make("title")]
    timeline = plan_timeline(scenes, [0], [""], {0: Spoken(0, 0, 96000, said)}, {}, Fraction(30))
    cues = film_cues(timeline, "en")
    (shot,) = with_burned_cues(timeline, cues).shots
    assert [cue.lines for cue in shot.cues] == [cue.lines for cue in cues] == [("Six days and one ship.",)]


@pytest.mark.parametrize("shape", FORMATS)
def test_nothing_stands_where_captions_do(shape: str, burning: Burning, make: Make, shoot: Shoot) -> None:
    stage = burning(shape)
    frame = frame_of(stage)
    scene = make("title", credit="Drawing: Slugline", lower_third={"name": "Somebody", "role": "who was there"})
    shot = shoot(scene, 8, cues=(ShotCue(30, 120, ("Ships wait for a week, or go", "all the way around Africa.")),))
    caption = next(layer for layer in scene.compose(shot, stage).layers if layer.name == "caption-1")
    assert (caption.first, caption.last) == (30, 120)
    assert isinstance(caption.content, Plate)
    top = float(caption.content.svg.split(' y="')[1].split('"')[0])
    assert frame.body_bottom <= top
    third = lower_third(scene, shot, stage, frame, frame.captions_bottom - frame.captions)
    assert third is not None
    assert third.box[3] <= top


@pytest.mark.parametrize("shape", FORMATS)
def test_a_long_quote_with_all_its_credits_stands_over_them(
    shape: str, burning: Burning, make: Make, shoot: Shoot
) -> None:
    stage = burning(shape)
    frame = frame_of(stage)
    scene = make(
        "quote",
        text="There will be no sovereignty in Egypt except that of the people of Egypt, and of nobody else at all.",
        by="Gamal Abdel Nasser",
        original_name="جمال عبد الناصر",
        role="Alexandria, 26 July 1956, on the evening of the speech in which the canal was taken",
    )
    assert isinstance(scene, QuoteScene)
    boxes = [text.box for text in scene.own_texts(shoot(scene, 8), stage)]
    assert max(box[3] for box in boxes) <= frame.body_bottom
    assert min(box[1] for box in boxes) >= frame.body_top


def test_without_them_content_has_the_whole_height(stage: Stage, burning: Burning) -> None:
    assert frame_of(stage).body_bottom == frame_of(burning()).body_bottom + 150


def test_a_letter_that_no_font_has_is_an_error_of_the_narration(burning: Burning, make: Make, shoot: Shoot) -> None:
    stage, scene = burning(), make("title")
    narration = Narration(("Taiwan, 台灣, is an island.",), "", Place("script.md", 7))
    block = SceneBlock("title", "title", {}, narration, 0, {(): Place("script.md", 5)})
    told = replace(stage, script=replace(stage.script, scenes=(block,)))
    found = [finding for finding in scene.review(shoot(scene), told) if finding.rule == "no-glyph"]
    assert [finding.place for finding in found] == [narration.place] * 2
    assert not [item for item in scene.review(Shot(scene, 0, 240, {}), stage) if item.rule == "no-glyph"]
