"""The pages as another program sees them: status, headers, ranges, structured data, what may not be seen."""

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from catalogue.ingest import record_video
from catalogue.views import ArticleView, Credit, State, VideoRecord
from core.clock import SystemClock
from core.database import open_engine, writing
from core.errors import BadInput, Busy
from core.preview import is_preview_token, preview_token
from core.settings import Settings
from tests.browser.small_studio import make_small_studio
from web.app import create_app
from web.commands import listen

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_small_studio(tmp_path_factory.mktemp("web") / "studio")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def film(client: TestClient) -> str:
    found = re.search(r'src="(/media/[^"?]+\.mp4)', client.get("/watch/suez-shortcut").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/?tag=shipping", 200), ("/?tag=none", 200), ("/?page=2", 404), ("/watch/suez-shortcut", 200),
        ("/watch/suez-shortcut?t=nonsense", 200), ("/articles/the-shortcut", 200), ("/articles/none", 404),
        ("/search", 200), ("/search?q=canal", 200), ("/search?q=%22%22%22(*", 200), ("/search?q=zzz&page=900", 200),
        ("/watch/unseen", 404), ("/watch/%00", 404), ("/nowhere", 404), ("/healthz", 200), ("/static/../app.py", 404),
        ("/watch/suez-shortcut/chapters.vtt", 200), ("/watch/suez-shortcut/captions.vtt", 200),
    ],
)  # fmt: skip
def test_every_address_answers(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_carries_an_inline_script_or_handler(client: TestClient) -> None:
    for path in ("/", "/watch/suez-shortcut", "/articles/the-shortcut", "/search?q=canal"):
        page = client.get(path).text
        for opening in re.findall(r"<script[^>]*>", page):
            assert "src=" in opening or 'type="application/ld+json"' in opening
        assert not re.search(r"\son[a-z]+=", page)


def test_a_title_is_text_wherever_it_stands(client: TestClient) -> None:
    page = client.get("/watch/bosporus").text
    assert "The Bosporus &lt;and&gt; its keepers" in page
    assert "<and>" not in page


def test_what_is_not_published_is_nowhere(client: TestClient) -> None:
    for path in ("/", "/?series=Chokepoints", "/search?q=cerulean+walrus", "/watch/suez-shortcut", "/watch/unseen"):
        assert "cerulean" not in client.get(path).text.replace("cerulean walrus”", "").replace(
            'value="cerulean walrus"', ""
        ).replace("cerulean+walrus", "")
    assert "A film that nobody may see yet" not in client.get("/search?q=film").text


def test_a_preview_link_opens_one_video_and_its_files(settings: Settings) -> None:
    token = preview_token(settings.home, "unseen")
    with TestClient(create_app(settings)) as client:
        assert client.get("/watch/unseen?preview=wrong").status_code == 404
        page = client.get(f"/watch/unseen?preview={token}")
        assert page.status_code == 200
        assert "Ready." in page.text
        source = re.search(r'src="(/media/unseen/[^"]+)"', page.text)
        assert source
        answer = client.get(source[1], headers={"Range": "bytes=0-9"})
        assert answer.status_code == 206
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert client.get("/watch/hormuz").status_code == 200
    with TestClient(create_app(settings)) as stranger:
        assert stranger.get(source[1]).status_code == 404
    assert not is_preview_token(settings.home, "hormuz", token)
    assert (settings.home / "preview.key").stat().st_mode & 0o077 == 0


def test_structured_data_names_film_clips_and_captions(client: TestClient) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get("/watch/suez-shortcut").text)
    assert found
    video = json.loads(found[1])
    assert (video["@type"], video["duration"], video["inLanguage"]) == ("VideoObject", "PT30S", "en")
    assert [(clip["startOffset"], clip["endOffset"]) for clip in video["hasPart"]] == [(0, 10), (10, 20), (20, 30)]
    assert video["caption"][0]["encodingFormat"] == "text/vtt"
    path = video["contentUrl"].removeprefix("http://127.0.0.1:8000")
    assert client.head(path).headers["Content-Type"] == "video/mp4"


def test_the_film_comes_whole_in_parts_and_not_at_all(client: TestClient, settings: Settings) -> None:
    path = film(client)
    whole = client.get(path)
    data = (settings.media / path.removeprefix("/media/")).read_bytes()
    assert whole.content == data
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert "content-encoding" not in whole.headers
    assert "immutable" in whole.headers["Cache-Control"]

    def part(value: str, **more: str) -> Any:
        return client.get(path, headers={"Range": value, **more})

    some = part("bytes=100-199")
    assert (some.status_code, some.content) == (206, data[100:200])
    assert some.headers["Content-Range"] == f"bytes 100-199/{len(data)}"
    assert part("bytes=-5").content == data[-5:]
    assert part(f"bytes={len(data) - 3}-").content == data[-3:]
    assert part(f"bytes=0-{len(data) * 2}").content == data
    beyond = part(f"bytes={len(data)}-")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(data)}")
    for strange in ("lines=1-2", "bytes=a-b", "bytes=", "bytes=--5", "seconds"):
        assert (part(strange).status_code, part(strange).content) == (200, data), strange
    two = part("bytes=0-1,10-11")
    assert two.status_code == 206
    assert two.headers["Content-Type"].startswith("multipart/byteranges")
    tag = whole.headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert part("bytes=0-9", **{"If-Range": tag}).status_code == 206
    assert part("bytes=0-9", **{"If-Range": '"another"'}).content == data
    head = client.head(path)
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", str(len(data)))


@pytest.mark.parametrize(
    "key",
    [
        "../slugline.toml",
        "%2e%2e/slugline.toml",
        "/etc/passwd",
        "suez-shortcut/../../slugline.toml",
        "suez-shortcut",
        "",
    ],
)
def test_media_never_leaves_its_folder(client: TestClient, key: str) -> None:
    answer = client.get(f"/media/{key}")
    assert answer.status_code == 404
    assert "Meridian" not in answer.text or "<html" in answer.text


def test_a_file_of_the_folder_that_no_video_names_is_not_served(client: TestClient, settings: Settings) -> None:
    (settings.media / "stray.txt").write_text("not for the public")
    assert client.get("/media/stray.txt").status_code == 404


def test_a_broken_page_says_so_calmly(settings: Settings, tmp_path: Path) -> None:
    broken = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'empty.db'}"})
    client = TestClient(create_app(broken), raise_server_exceptions=False)
    answer = client.get("/")  # without its start-up the database has no tables
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "Traceback" not in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_pages_travel_compressed_and_styles_are_kept(client: TestClient) -> None:
    assert client.get("/").headers["Content-Encoding"] == "gzip"
    sheet = re.search(r'href="(/static/css/base\.css\?v=[0-9a-f]+)"', client.get("/").text)
    assert sheet
    assert "immutable" in client.get(sheet[1]).headers["Cache-Control"]


def test_a_taken_port_is_one_clear_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Busy, match=f"port {port} of 127.0.0.1 is taken") as caught:
            listen("127.0.0.1", port)
    assert "--port" in caught.value.hint
    with pytest.raises(BadInput, match="no address"):
        listen("no.such.host.invalid", 8000)


def test_sources_and_credits_stand_with_the_film_and_with_its_article(client: TestClient, settings: Settings) -> None:
    article = ArticleView("sourced-article", "Sourced", "<p>Open.</p>", "<p>Open.</p><p>Rest.</p>", ("A book.",), 900)
    record = VideoRecord(
        slug="sourced", title="Sourced", description="", series="", tags=(), duration=60, language="en", chapters=(),
        cues=(), article=article, files=(), credits=(Credit("Flags", "flag-icons", "MIT", "https://example.org/flags"),),
        sources=("Lloyd's <List>, 2025.",), published=datetime(2025, 1, 1, tzinfo=UTC), state=State.PUBLISHED,
    )  # fmt: skip
    engine = open_engine(settings.database)
    with writing(engine) as session:
        record_video(session, record, SystemClock())
        record_video(session, replace(record, slug="alone", title="Alone", article=None), SystemClock())
    engine.dispose()
    page = client.get("/watch/alone").text
    assert "<li>Lloyd&#39;s &lt;List&gt;, 2025.</li>" in page
    assert '<a href="https://example.org/flags" rel="noopener">flag-icons</a><span>Flags, MIT</span>' in page
    page = client.get("/articles/sourced-article").text
    assert page.index(">Sources</h3>") < page.index(">Credits</h3>") < page.index(">flag-icons</a>")
