"""The foundations: time, digests, whole files, locks, settings, media keys."""

import errno
import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.console import counted
from core.digest import digest
from core.errors import BadInput, Busy, NoSpace, Place
from core.files import whole_file, write_text
from core.findings import Finding
from core.locks import only_one
from core.media import FolderStore
from core.settings import load_settings
from core.timecode import clock_text, frame_to_sample, frame_to_seconds, parse_rate, seconds_to_frame

RATES = [Fraction(24), Fraction(25), Fraction(30), Fraction(30000, 1001), Fraction(60)]


@given(st.integers(0, 10_000_000), st.sampled_from(RATES))
def test_a_frame_is_found_again_from_its_time(frame: int, rate: Fraction) -> None:
    assert seconds_to_frame(frame_to_seconds(frame, rate), rate) == frame


@given(st.integers(0, 1_000_000), st.sampled_from(RATES))
def test_samples_never_drift_from_frames(frame: int, rate: Fraction) -> None:
    exact = frame * 48_000 / rate
    assert abs(frame_to_sample(frame, rate) - exact) <= Fraction(1, 2)


def test_ntsc_rates_are_fractions() -> None:
    assert parse_rate("29.97") == Fraction(30000, 1001)
    assert parse_rate("30/1") == 30


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (61.9, "1:01"), (3600, "1:00:00"), (3723, "1:02:03")])
def test_clock_text(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


@dataclass(frozen=True)
class Dot:
    x: int
    y: int


@dataclass(frozen=True)
class Point:
    x: int
    y: int


def test_a_digest_tells_classes_and_values_apart() -> None:
    assert digest(Dot(1, 2)) == digest(Dot(1, 2))
    assert digest(Dot(1, 2)) != digest(Dot(2, 1))
    assert digest(Dot(1, 2)) != digest(Point(1, 2))
    with pytest.raises(TypeError):
        digest(object())


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "film.txt"
    write_text(target, "first")

    def fail_half_way() -> None:
        with whole_file(target) as temporary:
            temporary.write_text("half")
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert target.read_text() == "first"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_said_as_such(tmp_path: Path) -> None:
    def fill() -> None:
        with whole_file(tmp_path / "film.mp4"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(NoSpace, match=r"film\.mp4"):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_is_told_at_once(tmp_path: Path) -> None:
    with (
        only_one(tmp_path / "lock", "film"),
        pytest.raises(Busy, match="another run of film"),
        only_one(tmp_path / "lock", "film"),
    ):
        pass
    with only_one(tmp_path / "lock", "film"):
        pass


def test_settings_come_from_file_then_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slugline.toml").write_text('name = "Desk"\nworkers = 3\n')
    assert load_settings(tmp_path).workers == 3
    monkeypatch.setenv("SLUGLINE_WORKERS", "1")
    settings = load_settings(tmp_path)
    assert (settings.name, settings.workers) == ("Desk", 1)
    assert settings.database.endswith("/slugline.db")


@pytest.mark.parametrize("text", ['workers = "many"', "wrokers = 2", "name = "])
def test_wrong_settings_name_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "slugline.toml").write_text(text)
    with pytest.raises(BadInput) as caught:
        load_settings(tmp_path)
    assert caught.value.place
    assert caught.value.place.file.endswith("slugline.toml")


def test_no_studio_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="slugline init"):
        load_settings(tmp_path / "nowhere")


@pytest.mark.parametrize("key", ["../secret", "/etc/passwd", "a/../../b", ""])
def test_media_keys_never_leave_the_store(tmp_path: Path, key: str) -> None:
    with pytest.raises(BadInput):
        FolderStore(tmp_path).path(key)


def test_media_is_kept_by_key(tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(b"film")
    store = FolderStore(tmp_path / "media")
    store.put(source, "slug/film.mp4")
    source.unlink()
    assert store.exists("slug/film.mp4")
    assert store.path("slug/film.mp4").read_bytes() == b"film"


def test_things_are_counted_in_words() -> None:
    assert [counted(number, "segment") for number in (0, 1, 2)] == ["no segments", "1 segment", "2 segments"]


def test_a_finding_leaves_out_what_it_does_not_know() -> None:
    finding = Finding(
        "no-country", "error", "no country 'Turky'", place=Place("script.md", 14, 9), hint="did you mean TUR?"
    )
    assert finding.to_json() == {
        "rule": "no-country",
        "severity": "error",
        "message": "no country 'Turky'",
        "where": {"file": "script.md", "line": 14, "column": 9},
        "hint": "did you mean TUR?",
    }


def test_a_named_studio_is_not_the_environments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "slugline.toml").write_text(f'name = "{name}"\n')
    monkeypatch.setenv("SLUGLINE_HOME", str(tmp_path / "b"))
    settings = load_settings(tmp_path / "a")
    assert (settings.name, settings.home) == ("a", tmp_path / "a")
    assert load_settings().home == tmp_path / "b"


def test_a_folder_that_may_not_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    def write_under_a_file() -> None:
        with whole_file(tmp_path / "file" / "film.mp4"):
            pass

    with pytest.raises(OSError, match="file"):
        write_under_a_file()
