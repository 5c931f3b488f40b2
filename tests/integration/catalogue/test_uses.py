"""Which videos use what, and on which terms, on both databases."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import Session

from catalogue.commands import app
from catalogue.ingest import record_video
from catalogue.schema import alembic_config, ensure_schema
from catalogue.store import get_video
from catalogue.uses import all_uses, also_called, find_uses, nearest_use
from catalogue.views import STAFF, AssetUse, FactUse, VideoRecord
from core.clock import FixedClock
from core.database import open_engine, reading, writing

CANAL = AssetUse(
    "picture", "scripts/suez/art/canal.svg", "Ann", "CC BY 4.0", "https://example.org", "2025-06-30", ("a", "b")
)
USES = {
    "hormuz": (
        AssetUse("music", "bed.wav", "Bob", "CC0"),
        AssetUse("flag", "IRN", "flag-icons", "MIT", scenes=("flags",)),
        AssetUse("country", "EGY", scenes=("map",)),
        AssetUse("video", "suez", scenes=("old",)),
        AssetUse("picture", "art/Überfahrt.jpg", scenes=("ship",)),
    ),
    "suez": (CANAL, AssetUse("flag", "EGY", "flag-icons", "MIT", scenes=("c",))),
}
OIL = FactUse("oil-flow", "20", "million barrels a day", "2024", "EIA", ("map",))


@pytest.fixture
def session(engine: Engine, clock: FixedClock, record: Callable[..., VideoRecord]) -> Iterator[Session]:
    with writing(engine) as session:
        fill(session, clock, record)
    with reading(engine) as session:
        yield session


def fill(session: Session, clock: FixedClock, record: Callable[..., VideoRecord]) -> None:
    for slug, uses in USES.items():
        facts = (OIL,) if slug == "hormuz" else (FactUse("oil-flow", "18", "million barrels a day", "2019"),)
        sources = ("A book.", "A paper.")
        record_video(
            session, record(slug, title=slug.title(), article=None, uses=uses, facts=facts, sources=sources), clock
        )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("canal.svg", [("suez", "picture")]),
        ("art/canal.svg", [("suez", "picture")]),
        ("scripts/suez/art/canal.svg", [("suez", "picture")]),
        ("nal.svg", []),
        ("can%l.svg", []),
        ("BED.WAV", [("hormuz", "music")]),
        ("Überfahrt.jpg", [("hormuz", "picture")]),
        ("überfahrt.JPG", [("hormuz", "picture")]),
        ("Egypt", [("hormuz", "country"), ("suez", "flag")]),
        ("EG", [("hormuz", "country"), ("suez", "flag")]),
        ("flag", [("hormuz", "flag"), ("suez", "flag")]),
        ("suez", [("hormuz", "video")]),
        ("oil-flow", [("hormuz", "fact"), ("suez", "fact")]),
        ("fact", [("hormuz", "fact"), ("suez", "fact")]),
    ],
)
def test_what_is_used_is_found_by_its_name(session: Session, asked: str, found: list[tuple[str, str]]) -> None:
    assert [(use.slug, use.kind) for use in find_uses(session, asked, also_called(asked))] == found


def test_a_use_comes_back_as_it_was_recorded(session: Session) -> None:
    assert next(use.use for use in all_uses(session, "suez")) == CANAL
    assert [use.use for use in all_uses(session, "hormuz")][-1] == OIL
    assert len(all_uses(session)) == 9
    assert nearest_use(session, "canel.svg") == "canal.svg"
    video = get_video(session, "suez", STAFF)
    assert video
    assert video.sources == ("A book.", "A paper.")


def test_a_new_record_replaces_what_was_used(
    engine: Engine, session: Session, clock: FixedClock, record: Callable[..., VideoRecord]
) -> None:
    session.rollback()
    with writing(engine) as other:
        assert record_video(other, record("suez", title="Suez", article=None, uses=(CANAL,)), clock) == "updated"
    with reading(engine) as other:
        assert [use.use for use in all_uses(other, "suez")] == [CANAL]
        assert find_uses(other, "oil-flow")[0].slug == "hormuz"


def test_a_database_of_the_first_revision_keeps_its_videos(
    engine: Engine, clock: FixedClock, record: Callable[..., VideoRecord]
) -> None:
    with writing(engine) as session:
        fill(session, clock, record)
    with engine.execution_options(writes=True).begin() as connection:
        command.downgrade(alembic_config(connection), "0001")
        assert connection.execute(text("SELECT count(*) FROM video")).scalar() == 2
    ensure_schema(engine)
    with reading(engine) as session:
        video = get_video(session, "suez", STAFF)
        assert video
        assert (video.sources, all_uses(session)) == ((), ())


@pytest.fixture
def run(
    tmp_path: Path,
    clock: FixedClock,
    record: Callable[..., VideoRecord],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Any]:
    (tmp_path / "slugline.toml").write_text('name = "Uses"\n')
    monkeypatch.setenv("SLUGLINE_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("SLUGLINE_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'slugline.db'}")
    ensure_schema(engine)
    with writing(engine) as session:
        fill(session, clock, record)
    engine.dispose()

    def call(*words: str) -> Any:
        app(["uses", *words], standalone_mode=False)
        out = capsys.readouterr().out
        return json.loads(out) if "--json" in words else out

    return call


def test_the_command_says_which_videos_and_on_which_terms(run: Callable[..., Any], tmp_path: Path) -> None:
    said = run("canal.svg", "--json")
    [video] = said["videos"]
    assert (said["asset"], video["slug"], video["state"]) == ("canal.svg", "suez", "ready")
    terms = {"credit": "Ann", "licence": "CC BY 4.0", "address": "https://example.org", "expires": "2025-06-30"}
    use = {"kind": "picture", "name": "scripts/suez/art/canal.svg", "scenes": ["a", "b"], **terms}
    assert video["uses"] == [use]
    assert "ran out 2025-06-30" in run("canal.svg")
    (tmp_path / "scripts/suez").mkdir(parents=True)
    (tmp_path / "scripts/suez/assets.toml").write_text(
        '["art/canal.svg"]\ncredit = "Ann"\nlicence = "CC BY-NC 4.0"\naddress = "https://example.org"\nexpires = 2099-01-01\n'
    )
    now = run("canal.svg", "--json")["videos"][0]["uses"][0]["now"]
    assert now == {"licence": "CC BY-NC 4.0", "expires": "2099-01-01"}
    table = run("canal.svg")
    assert "until 2099-01-01" in table
    assert "licence now CC BY-NC 4.0" in table


def test_the_command_lists_everything_or_one_video(run: Callable[..., Any]) -> None:
    everything = run("--json")
    assert [video["slug"] for video in everything["videos"]] == ["hormuz", "suez"]
    assert [use["kind"] for use in everything["videos"][0]["uses"]] == [
            "picture", "music", "flag", "country", "video", "fact",
        ]  # fmt: skip
    assert "flag-icons, MIT" in run()
    one = run("--video", "suez", "--json")
    assert [use["name"] for use in one["videos"][0]["uses"]] == ["scripts/suez/art/canal.svg", "EGY", "oil-flow"]
    assert "18 million barrels a day, 2019" in run("--video", "suez")
    assert "no video uses 'canel.svg'; did you mean 'canal.svg'?" in run("canel.svg")
    assert run("canel.svg", "--json")["videos"] == []
