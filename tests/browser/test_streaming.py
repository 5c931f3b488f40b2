"""The HLS ladder played in Chromium, from the program's own server: started, switched, searched, ended."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from catalogue.ingest import record_video
from catalogue.publication import publish
from catalogue.schema import ensure_schema
from catalogue.views import MediaFile, VideoRecord
from core.clock import FixedClock
from core.database import open_engine, writing
from core.digest import file_digest
from core.media import FolderStore
from core.settings import load_settings
from tests.browser.conftest import served
from tests.browser.small_studio import NOW
from tests.integration.picture.ladders import FRAMES, film, make_ladder
from tests.integration.picture.scenery import NTSC

MASTER = "/media/beeps/beeps.hls/master.m3u8"
PAGE = """<!doctype html><title>play</title><video muted playsinline></video>
<script src="/static/vendor/hls.min.js"></script>
<script>
  const video = document.querySelector("video"), seen = {errors: [], levels: [], buffered: {}};
  const hls = new Hls({startLevel: 0, capLevelToPlayerSize: false, maxBufferLength: 12});
  hls.on(Hls.Events.ERROR, (_, data) => {
    // Switching at once gives up the piece that is being fetched, and says so.
    if (data.details !== "aborted") seen.errors.push(`${data.details}: ${data.reason || data.error}`);
  });
  hls.on(Hls.Events.LEVEL_SWITCHED, (_, data) => seen.levels.push(hls.levels[data.level].height));
  hls.on(Hls.Events.BUFFER_APPENDED, (_, data) => {
    for (const [kind, range] of Object.entries(data.timeRanges)) seen.buffered[kind] ??= range.length ? range.start(0) : null;
  });
  hls.loadSource("MASTER"); hls.attachMedia(video);
  hls.on(Hls.Events.MANIFEST_PARSED, () => video.play());
</script>"""


@pytest.fixture(scope="module")
def streamed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a studio is served whose one video has a ladder."""
    home = tmp_path_factory.mktemp("streamed")
    (home / "slugline.toml").write_text('name = "Streamed"\n')
    settings = load_settings(home)
    make_ladder(film(), home, (144, 96))
    store, files = FolderStore(settings.media), []
    for file in sorted((home / "hls").iterdir()):
        key = f"beeps/beeps.hls/{file.name}"
        store.put(file, key)
        mime = {".m3u8": "application/vnd.apple.mpegurl", ".vtt": "text/vtt"}.get(file.suffix)
        mime = mime or mimetypes.guess_type(file.name)[0] or ""
        files.append(MediaFile(f"hls {file.name}", key, file_digest(file), file.stat().st_size, mime))
    record = VideoRecord(
        slug="beeps", title="Beeps", description="", series="", tags=(), duration=float(FRAMES / NTSC), language="en",
        chapters=(), cues=(), article=None, files=tuple(files), credits=(),
    )  # fmt: skip
    engine, clock = open_engine(settings.database), FixedClock(NOW)
    ensure_schema(engine)
    with writing(engine) as session:
        record_video(session, record, clock)
        publish(session, "beeps", clock=clock)
    engine.dispose()
    with served(settings) as base:
        yield base


def open_player(browser: Browser, base: str) -> Page:
    page = browser.new_page(base_url=base)
    page.route("**/play", lambda route: route.fulfill(content_type="text/html", body=PAGE.replace("MASTER", MASTER)))
    page.goto("/play")
    return page


def test_the_ladder_plays_switches_rungs_and_ends(browser: Browser, streamed: str) -> None:
    page = open_player(browser, streamed)
    page.wait_for_function("video.currentTime > 1", timeout=15_000)
    assert page.evaluate("hls.levels.map(level => level.height)") == [96, 144, 180]
    assert page.evaluate("video.videoHeight") == 96
    assert page.evaluate("video.duration") == pytest.approx(float(FRAMES / NTSC), abs=0.05)
    assert page.evaluate("hls.audioTracks.map(track => track.lang)") == ["en"]
    page.evaluate("hls.currentLevel = 2")
    page.wait_for_function("video.videoHeight === 180", timeout=15_000)
    page.evaluate("hls.subtitleTrack = 0; video.currentTime = 0.5")
    page.wait_for_function("[...video.textTracks].some(track => track.cues?.length)", timeout=15_000)
    shown = page.evaluate("[...video.textTracks[0].cues].map(cue => [cue.startTime, cue.endTime, cue.text])")
    assert shown == [[1, 3, "Two &amp; two"]]
    page.evaluate("video.currentTime = video.duration - 1.5; video.play()")
    page.wait_for_function("video.ended", timeout=15_000)
    seen = page.evaluate("seen")
    assert seen["errors"] == []
    assert seen["levels"][0] == 96
    assert seen["levels"][-1] == 180
    # Both streams begin at the film's first moment: neither waits for the other.
    assert seen["buffered"] == {"audio": 0, "video": 0}
    page.close()
