"""`slugline catalogue` as programs and people meet it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.commands import app
from catalogue.ingest import record_video
from catalogue.publication import parse_time
from catalogue.schema import ensure_schema
from catalogue.views import VideoRecord
from core.clock import FixedClock
from core.database import open_engine, writing
from core.errors import BadInput, WorkFailed
from core.preview import preview_token

Run = Callable[..., Any]


@pytest.fixture
def studio(
    tmp_path: Path, clock: FixedClock, record: Callable[..., VideoRecord], monkeypatch: pytest.MonkeyPatch
) -> Path:
    (tmp_path / "slugline.toml").write_text('base_url = "https://contour.example/"\n')
    monkeypatch.setenv("SLUGLINE_HOME", str(tmp_path))
    monkeypatch.delenv("SLUGLINE_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'slugline.db'}")
    ensure_schema(engine)
    with writing(engine) as session:
        sources = ("A book.", "A paper, page 3.")
        first = record(blocks=("scratch-voice",), external_ids=(("youtube", "abc"),), sources=sources)
        record_video(session, first, clock)
        record_video(session, record("suez", title="Suez", article=None, tags=("Egypt",)), clock)
    engine.dispose()
    return tmp_path


@pytest.fixture
def run(studio: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str) -> Any:
        app(list(words), standalone_mode=False)
        out = capsys.readouterr().out
        return json.loads(out) if "--json" in words else out

    return call


def test_list(run: Run) -> None:
    found = run("list", "--json")
    assert found["total"] == 2
    assert {tuple(item) for item in found["items"]} == {("slug", "title", "published", "duration")}
    assert run("list", "egypt", "--json")["items"] == [
        {"slug": "suez", "title": "Suez", "published": None, "duration": 120.0}
    ]
    assert run("list", "--articles", "--json") == {
        "total": 1,
        "items": [{"slug": "strait-of-hormuz-article", "title": "The strait, explained", "published": None}],
    }
    assert "0:02:00" in run("list")
    assert "2 videos, the first 1 shown" in run("list", "--limit", "1")
    assert "no videos for 'zebra'" in run("list", "zebra")
    assert "strait-of-hormuz-article" in run("list", "--articles")


def test_show(run: Run) -> None:
    found = run("show", "strait-of-hormuz", "--json")
    assert list(found) == [
        *("slug", "title", "description", "state", "published", "duration", "series", "tags", "chapters", "article"),
        *("external_ids", "transcripts", "files", "credits", "sources", "notes", "editing"),
    ]
    assert found["notes"] == (
        "A narrow sea, and who can close it.\n\nSources\n1. A book.\n2. A paper, page 3.\n\n"
        "Credits\nMap: Natural Earth, public domain, https://example.org"
    )
    assert found["article"] == {"slug": "strait-of-hormuz-article", "title": "The strait, explained"}
    assert found["external_ids"] == {"youtube": "abc"}
    assert found["chapters"][1] == {"start": 60.0, "title": "Who could close it"}
    assert found["files"][0] == {"path": "strait-of-hormuz/film.mp4", "sha256": "a" * 64, "bytes": 1000}
    assert run("show", "suez", "--json")["article"] is None
    sheet = run("show", "strait-of-hormuz")
    assert "scratch-voice" in sheet
    assert "https://contour.example/watch/strait-of-hormuz" in sheet
    assert "0:01:00  Who could close it" in sheet
    with pytest.raises(BadInput, match="no video 'suze'") as caught:
        run("show", "suze")
    assert caught.value.hint == "did you mean 'suez'?"


def test_show_cuts_no_address_and_leads_to_a_page_that_is_there(
    run: Run, studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    editing = run("show", "suez", "--json")["editing"]
    lines = run("show", "suez").splitlines()
    assert any(line.endswith(editing) for line in lines)
    preview = f"https://contour.example/watch/suez?preview={preview_token(studio, 'suez')}"
    assert any(line.startswith("page ") and line.endswith(f" {preview}") for line in lines)
    monkeypatch.setenv("COLUMNS", "30")
    assert "https://contour.example/watch/suez?t=3\n" in run("search", "narrowest point")
    run("publish", "suez")
    assert any(line.endswith(" https://contour.example/watch/suez") for line in run("show", "suez").splitlines())


def test_search(run: Run) -> None:
    found = run("search", '"hormuz is only"', "--json")
    assert found["total"] == 2
    assert list(found["results"][0]) == ["slug", "title", "score", "hits"]
    assert found["results"][0]["hits"] == [
        {"start": 0.0, "end": 2.9, "text": "The Strait of Hormuz is only thirty-three kilometres wide"}
    ]
    assert found["facets"]["tag"]["Egypt"] == 1
    text = run("search", "narrowest point")
    assert "0:00:03" in text
    assert "https://contour.example/watch/suez?t=3" in text
    assert "did you mean: narrowest" in run("search", "narowest")
    assert "did you mean 'Chokepoints'?" in run("search", "hormuz", "--series", "Chokepoint")


def test_publish(run: Run) -> None:
    with pytest.raises(WorkFailed, match="scratch-voice"):
        run("publish", "strait-of-hormuz")
    done = run("publish", "strait-of-hormuz", "--accept", "scratch-voice", "--json")
    assert (done["slug"], done["state"]) == ("strait-of-hormuz", "published")
    assert run("publish", "suez", "--at", "2999-01-01T00:00Z", "--json")["published"] == "2999-01-01T00:00:00+00:00"
    assert "scheduled" in run("show", "suez")
    with pytest.raises(BadInput, match="is not a time"):
        run("publish", "suez", "--at", "soon")


def test_times() -> None:
    assert parse_time("2030-01-01T10:00Z").isoformat() == "2030-01-01T10:00:00+00:00"
    assert parse_time("2030-01-01").tzinfo is not None


def test_a_corrected_file_becomes_a_version_and_a_version_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "corrected by hand.vtt"
    file.write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nCorrected: شكرا\n", encoding="utf-8")
    kept = run("edit", "suez", "--subtitles", str(file), "--by", "Ada", "--json")
    assert (kept["version"], kept["edited_by"], kept["cues"]) == (2, "Ada", 1)
    assert "version 2 by Ada: 1 cue" in run("edit", "suez", "--subtitles", str(file), "--by", "Bo")
    out = tmp_path / "out.srt"
    run("export", "suez", "-o", str(out))
    assert out.read_text(encoding="utf-8").splitlines()[2] == "Corrected: شكرا"
    run("export", "suez", "-o", str(out), "--version", "1")
    assert "Corrected" not in out.read_text(encoding="utf-8")
    with pytest.raises(BadInput, match="no version 9"):
        run("export", "suez", "-o", str(out), "--version", "9")
    with pytest.raises(BadInput, match="no captions in 'de'"):
        run("export", "suez", "-o", str(out), "--language", "de")
    file.write_text("WEBVTT\nLanguage: de\n\n00:00.000 --> 00:02.000\nEin Kanal\n", encoding="utf-8")
    with pytest.raises(BadInput, match="says that it is in 'de'") as told:
        run("edit", "suez", "--subtitles", str(file), "--by", "Ada")
    assert "--language de" in told.value.hint
    assert run("edit", "suez", "--subtitles", str(file), "--by", "Ada", "--language", "de", "--json")["version"] == 1
    with pytest.raises(BadInput, match="no video 'suze'"):
        run("edit", "suze", "--subtitles", str(file))
    file.write_bytes(b"MZ\x90\x00")
    with pytest.raises(BadInput):
        run("edit", "suez", "--subtitles", str(file))
