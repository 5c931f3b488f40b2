"""A stretch of a catalogued video in another script: found through the catalogue, credited, and an error where it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.ingest import record_video
from catalogue.views import MediaFile, VideoRecord
from core.clock import SystemClock
from core.database import writing
from core.digest import file_digest
from core.errors import BadInput
from core.settings import load_settings
from jobs.studio import make_studio, open_catalogue, open_media
from jobs.videos import find_videos
from render.composition import Footage
from render.film import lay_out
from render.staging import set_stage
from render.storyboard import plan_storyboard
from script.reader import open_script
from tests.integration.sound.films import ffmpeg
from tests.integration.test_produce import slugline

pytestmark = pytest.mark.slow

SCRIPT = """\
---
title: Again
slug: again
---

```scene title
text: Again
```

What we said then.

```scene clip
clip: {video: two-seas, in: 0:01, out: 0:02.5}
```
"""


@pytest.fixture
def studio(tmp_path: Path) -> Path:
    """A studio whose catalogue has one video, and a script that shows a stretch of it."""
    make_studio(tmp_path)
    settings = load_settings(tmp_path)
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=3", "-preset", "ultrafast", tmp_path / "film.mp4")
    store = open_media(settings)
    store.put(tmp_path / "film.mp4", "two-seas/film.mp4")
    kept = store.path("two-seas/film.mp4")
    film = MediaFile("film", "two-seas/film.mp4", file_digest(kept), kept.stat().st_size, "video/mp4", "en")
    record = VideoRecord("two-seas", "Between two seas", "", "", (), 3.0, "en", (), (), None, (film,), ())
    engine = open_catalogue(settings)
    with writing(engine) as session:
        record_video(session, record, SystemClock())
    engine.dispose()
    (tmp_path / "scripts/again").mkdir()
    (tmp_path / "scripts/again/script.md").write_text(SCRIPT)
    return tmp_path


def test_it_is_found_through_the_catalogue_and_credited(studio: Path) -> None:
    code, said = slugline("check", studio / "scripts/again/script.md")
    assert (code, said) == (0, {"findings": []})
    script = open_script(studio / "scripts/again/script.md", studio)
    scenes, _ = plan_storyboard(script)
    stage = set_stage(script, studio, (320, 180), find_videos(studio))
    [shot] = lay_out(script, scenes, {}, stage, [1]).shots
    assert shot.frames == 45
    composition = shot.scene.compose(shot, stage)
    assert any(isinstance(layer.content, Footage) for layer in composition.layers)
    assert shot.scene.credit_text(stage) == "From: Between two seas"


def test_a_slug_that_is_not_there_names_the_nearest(studio: Path) -> None:
    script = studio / "scripts/again/script.md"
    script.write_text(SCRIPT.replace("video: two-seas", "video: to-seas"))
    code, said = slugline("check", script)
    assert code == 1
    [finding] = said["findings"]
    assert finding["message"] == "the catalogue has no video 'to-seas'"
    assert finding["hint"] == "did you mean two-seas?"
    assert finding["where"]["line"] == 13


def test_a_film_that_is_gone_is_one_error(studio: Path) -> None:
    (studio / "media/two-seas/film.mp4").unlink()
    find = find_videos(studio)
    assert find is not None
    with pytest.raises(BadInput, match="not among the studio's media"):
        find("two-seas")
    assert find_videos(None) is None
