"""The made studio: the same from the same seed, and real enough to judge by."""

from pathlib import Path

import av
import pytest
from PIL import Image

from benchmarks.make_studio import FILMS, make_studio
from benchmarks.studio_pictures import SIZE, draw_thumbnail, make_films
from benchmarks.studio_text import countries, tell_story
from catalogue.search import search
from catalogue.store import list_videos
from catalogue.views import PUBLIC, STAFF
from core.database import open_engine, reading


def test_stories_come_from_the_seed() -> None:
    stories = [tell_story(1, number, 60.0) for number in range(60)]
    assert stories == [tell_story(1, number, 60.0) for number in range(60)]
    assert tell_story(2, 0, 60.0) != stories[0]
    assert len({story.title for story in stories}) > 55
    assert len({word for story in stories for cue in story.cues for word in cue.text.split()}) > 1000
    for story in stories:
        assert "[" not in story.title + story.description
        assert story.cues[-1].end < 60.0
        assert all(one.end < two.start for one, two in zip(story.cues, story.cues[1:], strict=False))
        assert all(len(line) <= 42 for cue in story.cues for line in cue.lines)
    assert len(countries()) > 150


def test_a_small_studio_is_whole(tmp_path: Path) -> None:
    make_studio(tmp_path, 6, 1, quick=True)
    engine = open_engine(f"sqlite:///{tmp_path / 'slugline.db'}")
    with reading(engine) as session:
        assert list_videos(session, STAFF).total == 6
        cue = tell_story(1, 3, FILMS[3]).cues[20]
        found = search(session, f'"{cue.text}"', PUBLIC)
    engine.dispose()
    assert cue.start in [moment.start for result in found.results for moment in result.moments]


@pytest.mark.slow
def test_its_films_and_pictures_are_real(tmp_path: Path) -> None:
    (film,) = make_films(tmp_path, [25])
    with av.open(str(film)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert (picture.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert (picture.width, picture.height) == SIZE
        assert container.duration is not None
        assert container.duration / av.time_base == pytest.approx(25, abs=0.6)
    for number, (title, country) in enumerate(
        [("Who owns the rivers of Egypt?", 818), ("A very long title for nowhere", 0)]
    ):
        draw_thumbnail(tmp_path / f"{number}.jpg", title, "Rivers", country, number)
    with Image.open(tmp_path / "0.jpg") as one, Image.open(tmp_path / "1.jpg") as other:
        assert one.size == other.size == SIZE
        assert one.tobytes() != other.tobytes()
