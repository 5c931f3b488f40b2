"""Who may edit captions, and what happens to what they send: by HTTP, as any program could."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from catalogue.ingest import record_video
from catalogue.store import get_video
from catalogue.views import STAFF, VideoRecord
from core.clock import SystemClock
from core.database import open_engine, reading, writing
from core.preview import edit_token, preview_token
from core.settings import Settings
from tests.browser.small_studio import CUES, make_small_studio
from transcripts.words import Cue
from web.app import create_app

pytestmark = pytest.mark.slow
PAGE = "/watch/suez-shortcut"
EDIT = f"{PAGE}/edit"
OWN = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_small_studio(tmp_path_factory.mktemp("editing") / "studio")


@pytest.fixture
def settings(made: Settings) -> Settings:
    return made


@pytest.fixture
def stranger(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def editor(settings: Settings) -> Iterator[TestClient]:
    """A browser that has opened the editing link."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        answer = client.get(EDIT, params={"key": edit_token(settings.home, "suez-shortcut")}, follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (303, EDIT)
        assert "HttpOnly" in answer.headers["Set-Cookie"]
        assert "samesite=lax" in answer.headers["Set-Cookie"].lower()
        yield client


def shown(settings: Settings, slug: str = "suez-shortcut") -> Any:
    engine = open_engine(settings.database)
    with reading(engine) as session:
        video = get_video(session, slug, STAFF)
    engine.dispose()
    return video


def document(cues: Any = CUES, base: int = 1, by: str = "Ada") -> dict[str, Any]:
    return {"cues": [cue.to_json() for cue in cues], "base": base, "by": by}


def base_of(client: TestClient, language: str = "en") -> int:
    return int(client.get(f"{EDIT}/track?language={language}", headers=OWN).json()["version"])


ASKED = [
    ("GET", "/track?language=en"), ("POST", "/track?language=en"), ("DELETE", "/track?language=de"), ("GET", "/waveform"),
    ("POST", "/file?language=de&name=a.srt&by=Eve&base=0"), ("POST", "/restore?language=en"), ("POST", "/check?language=en"),
    ("GET", "/versions?language=en"), ("GET", "/compare?language=en&before=1&after=1"), ("POST", "/merge?language=en"), ("POST", ""),
]  # fmt: skip


@pytest.mark.parametrize(("method", "part"), ASKED)
def test_a_visitor_reaches_nothing_of_the_editor(
    stranger: TestClient, settings: Settings, method: str, part: str
) -> None:
    # A link that shows a video lets nobody write.
    stranger.cookies.set("preview-suez-shortcut", preview_token(settings.home, "suez-shortcut"))
    stranger.cookies.set("edit-suez-shortcut", preview_token(settings.home, "suez-shortcut"))
    answer = stranger.request(method, EDIT + part, json=document() if method != "GET" else None, headers=OWN)
    assert answer.status_code == 404
    assert stranger.get(EDIT).status_code == 403
    assert stranger.get(f"{EDIT}?key=wrong", follow_redirects=False).status_code == 403
    assert shown(settings).cues == CUES
    assert "Edit captions" not in stranger.get(PAGE).text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_another_site_cannot_write_in_an_editors_name(
    editor: TestClient, settings: Settings, headers: dict[str, str]
) -> None:
    for method, part in ASKED:
        if method != "GET":
            answer = editor.request(method, EDIT + part, json=document(), headers=headers)
            assert answer.status_code == 403, (method, part)
    assert shown(settings).cues == CUES
    assert (
        editor.post(f"{EDIT}/check?language=en", json=document(), headers={"Origin": "http://testserver"}).status_code
        == 200
    )


def test_an_editing_link_opens_one_video_unpublished_ones_too(settings: Settings) -> None:
    with TestClient(create_app(settings)) as client:
        client.get("/watch/unseen/edit", params={"key": edit_token(settings.home, "unseen")})
        assert client.get("/watch/unseen").status_code == 200
        assert client.get("/watch/unseen/edit").status_code == 200
        assert client.get(f"{EDIT}/track?language=en", headers=OWN).status_code == 404


def test_a_save_is_seen_by_everybody_and_the_second_of_two_is_told(editor: TestClient, settings: Settings) -> None:
    mine = (Cue(0, 2.4, ("A <script>walrus</script>", "sails & sinks")), *CUES[1:])
    answer = editor.post(f"{EDIT}/track?language=en", json=document(mine), headers=OWN)
    assert (answer.status_code, answer.json()["version"], answer.json()["edited_by"]) == (200, 2, "Ada")
    page = editor.get(PAGE).text
    assert "A &lt;script&gt;walrus&lt;/script&gt; sails &amp; sinks" in page
    assert "<script>walrus" not in page + editor.get(EDIT).text
    late = (*CUES[:-1], Cue(27.5, 29.9, ("and mine too.",)))
    refused = editor.post(f"{EDIT}/track?language=en", json=document(late, by="Bo"), headers=OWN)
    assert refused.status_code == 409
    merged = editor.post(f"{EDIT}/merge?language=en", json=document(late), headers=OWN).json()
    assert (merged["version"], merged["conflicts"]) == (2, [])
    assert [cue["lines"] for cue in (merged["cues"][0], merged["cues"][-1])] == [
        ["A <script>walrus</script>", "sails & sinks"], ["and mine too."],
    ]  # fmt: skip
    assert [(change["kind"], change["at"]) for change in merged["changes"]] == [("changed", 0)]
    versions = editor.get(f"{EDIT}/versions?language=en", headers=OWN).json()["versions"]
    assert [(one["version"], one["edited_by"], one["current"]) for one in versions] == [
        (2, "Ada", True),
        (1, "", False),
    ]
    restored = editor.post(
        f"{EDIT}/restore?language=en", json={"version": 1, "base": 2, "by": "Bo"}, headers=OWN
    ).json()
    assert (restored["version"], restored["edited_by"]) == (3, "Bo")
    assert shown(settings).cues == CUES
    changes = editor.get(f"{EDIT}/compare?language=en&before=2&after=3", headers=OWN).json()["changes"]
    assert changes[0]["words"][-1] == ["new", "ship that leaves Singapore for Rotterdam"]


def test_a_new_render_is_announced_and_stays_behind(editor: TestClient, settings: Settings) -> None:
    base = base_of(editor)
    editor.post(f"{EDIT}/track?language=en", json=document((Cue(0, 2, ("Mine.",)),), base), headers=OWN)
    engine = open_engine(settings.database)
    with writing(engine) as session:
        video = get_video(session, "suez-shortcut", STAFF)
        assert video is not None
        record = VideoRecord(
            slug="suez-shortcut", title=video.card.title, description="", series="", tags=(), duration=30, language="en",
            chapters=video.chapters, cues=(Cue(0, 2, ("The machine again.",)),), article=None, files=video.files, credits=(),
        )  # fmt: skip
        record_video(session, record, SystemClock())
    engine.dispose()
    track = editor.get(f"{EDIT}/track?language=en", headers=OWN).json()
    assert track["newer"] == track["version"] + 1
    assert shown(settings).cues[0].text == "Mine."
    assert f"A new render brought version {track['newer']} by the machine" in editor.get(PAGE).text
    assert "Mine." in editor.get(f"{PAGE}/captions.en.vtt").text


MANY = "".join(f"{n + 1}\n00:00:{n % 29:02}.000 --> 00:00:{n % 29:02}.900\nx\n\n" for n in range(100_000))


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.srt", MANY.encode(), "100,000 cues are more than a film can have"),
        ("setup.exe", b"MZ\x90\x00\x03\x00\x00\x00", "Windows program"),
        ("really.srt", b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 40, "Linux program"),
        ("empty.srt", b"", "empty.srt is empty"),
        ("words.vtt", b"no header", "WEBVTT"),
        ("other.srt", b"1\n01:00:00,000 --> 01:00:02,000\nAnother film.\n", "the film ends at 0:30"),
        ("back.srt", b"1\n00:00:05,000 --> 00:00:02,000\nBackwards.\n", "before it begins"),
        ("../../x.srt", b"1\n00:00:05,000 -", "x.srt"),
    ],
)
def test_a_file_that_is_no_captions_is_refused_in_words(
    editor: TestClient, settings: Settings, name: str, body: bytes, said: str
) -> None:
    asked: dict[str, str | int] = {"language": "fr", "name": name, "by": "Ada", "base": 0}
    answer = editor.post(f"{EDIT}/file", params=asked, content=body, headers=OWN)
    assert answer.status_code == 400
    assert said in answer.json()["error"]["message"] + answer.json()["error"]["hint"]
    assert [track.language for track in shown(settings).tracks if track.language == "fr"] == []


def test_more_than_anybody_would_upload_is_cut_off(editor: TestClient) -> None:
    asked: dict[str, str | int] = {"language": "fr", "name": "a.srt", "by": "Ada", "base": 0}
    answer = editor.post(f"{EDIT}/file", params=asked, content=b"x" * (17 * 1024 * 1024), headers=OWN)
    assert answer.status_code == 413


def test_a_name_that_no_disk_takes_is_no_way_to_break_the_studio(editor: TestClient) -> None:
    asked: dict[str, str | int] = {"language": "fr", "name": "../a\x00.s\x00rt", "by": "Ada", "base": 0}
    answer = editor.post(f"{EDIT}/file", params=asked, content=b"no subtitles", headers=OWN)
    assert answer.status_code == 400
    assert "a.srt" in answer.json()["error"]["message"]


def test_a_translation_is_uploaded_shown_deleted_and_restored(editor: TestClient, settings: Settings) -> None:
    asked: dict[str, str | int] = {"language": "TR", "name": "suez.tr.vtt", "by": "Ada", "base": 0}
    body = "WEBVTT\n\n00:00.000 --> 00:02.400 line:10%\nSüveyş’i <i>geçen</i> bir gemi\n".encode()
    answer = editor.post(f"{EDIT}/file", params=asked, content=body, headers=OWN)
    assert (answer.status_code, answer.json()["language"], answer.json()["version"]) == (200, "tr", 1)
    assert 'srclang="tr" label="Türkçe"' in editor.get(PAGE).text
    assert "line:10%\nSüveyş’i <i>geçen</i> bir gemi" in editor.get(f"{PAGE}/captions.tr.vtt").text
    gone = editor.request("DELETE", f"{EDIT}/track?language=tr", json={"base": 1, "by": "Bo"}, headers=OWN)
    assert gone.status_code == 200
    assert "Türkçe" not in editor.get(PAGE).text
    assert editor.get(f"{PAGE}/captions.tr.vtt").status_code == 404
    back = editor.post(f"{EDIT}/restore?language=tr", json={"version": 1, "base": 0, "by": "Bo"}, headers=OWN).json()
    assert (back["version"], back["cues"][0]["lines"]) == (2, ["Süveyş’i geçen bir gemi"])


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b'{"cues": 3}', b'{"cues": [{}], "by": "A", "base": 1}', b'{"cues": [{"start": "x", "end": 1, "lines": []}]}',
        b'{"cues": [{"start": 1, "end": 2, "lines": "no list"}], "by": "A", "base": 1}', b'{"cues": [], "by": 4, "base": 1}',
        b'{"cues": [{"start": 1e999, "end": 2, "lines": []}], "by": "A", "base": 1}', b'{"cues": [], "by": "A", "base": true}',
        b'{"cues": [{"start": NaN, "end": 2, "lines": ["x"]}], "by": "A", "base": 1}', b"[" * 100_000, b"\xff\xfe",
    ],
)  # fmt: skip
def test_what_no_page_of_ours_would_send_is_refused(editor: TestClient, body: bytes) -> None:
    before = base_of(editor)
    answer = editor.post(f"{EDIT}/track?language=en", content=body, headers=OWN)
    assert answer.status_code in (400, 409)
    assert "Traceback" not in answer.text
    assert base_of(editor) == before


def test_the_rules_are_those_of_the_command(editor: TestClient) -> None:
    cues = [Cue(0, 0.5, ("Far too many words for so short a time, and on one line",)), Cue(0.4, 2, ("",))]
    asked = {**document(cues), "profile": "netflix", "rate": "25/1"}
    found = editor.post(f"{EDIT}/check?language=en", json=asked, headers=OWN).json()["findings"]
    assert {finding["rule"] for finding in found} >= {
        "cue-too-short",
        "cue-too-fast",
        "cue-line-too-long",
        "cue-overlap",
    }
    assert found[0]["where"]["cue"] == 1
    for wrong in ({"profile": "nobody"}, {"rate": "0/0"}, {"rate": "fast"}):
        assert editor.post(f"{EDIT}/check?language=en", json={**asked, **wrong}, headers=OWN).status_code == 400


def test_the_sound_is_drawn_once(editor: TestClient, settings: Settings) -> None:
    drawn = editor.get(f"{EDIT}/waveform", headers=OWN).content
    assert 2990 <= len(drawn) <= 3020
    assert max(drawn) > 20
    kept = list((settings.cache / "waveforms").iterdir())
    changed = kept[0].stat().st_ino
    assert editor.get(f"{EDIT}/waveform", headers=OWN).content == drawn
    assert [file.stat().st_ino for file in (settings.cache / "waveforms").iterdir()] == [changed]


def test_without_scripts_the_cues_are_a_form(editor: TestClient, settings: Settings) -> None:
    base = base_of(editor)
    page = editor.get(EDIT).text
    assert '<form class="wide plain-editor" method="post"' in page
    sent = {"by": "Cem", "base": str(base), "cues": "1\r\n00:00:00,000 --> 00:00:02,000\r\nBy hand.\r\n\r\n"}
    assert (
        editor.post(EDIT, data=sent, headers={"Origin": "http://testserver"}, follow_redirects=False).status_code == 303
    )
    assert shown(settings).cues[0].text == "By hand."
    again = editor.post(EDIT, data={**sent, "cues": sent["cues"] + "x"}, headers={"Origin": "http://testserver"})
    assert again.status_code == 409
    assert "save again on top of it" in again.text
    for wrong in ("", "1" * 5000, "-1"):
        answer = editor.post(EDIT, data={**sent, "base": wrong}, headers={"Origin": "http://testserver"})
        assert answer.status_code == 409, "what does not say what it was made from overwrites nothing"
