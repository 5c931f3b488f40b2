"""A watched board outlives what goes wrong behind it."""

from __future__ import annotations

import os
import queue
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from core.findings import Finding
from render.scenes.number import NumberScene
from render.watch import Artist
from render.watch_board import Board
from render.watch_run import _Judge
from render.workers import open_workers

SCRIPT = """---
title: A small film
narration: scratch
---

```scene title
id: one
text: The first words
```

One is short.

```scene number
id: two
value: "33"
unit: kilometres
label: wide
```

Two is a number that somebody says.
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.md"
    path.write_text(SCRIPT)
    return path


@pytest.fixture
def artist(script: Path) -> Artist:
    artist = Artist(script, None, Board(), shape="16:9", find_video=None)
    artist.size = (320, 180)
    return artist


def follow(artist: Artist) -> dict[str, Any]:
    """The cards by scene after everything is followed."""
    artist.follow(set(), lambda: False)
    return {card["id"]: card for card in artist.board.document["cards"]}


def fail(*_words: object) -> Any:
    return 1 // 0


def test_a_fault_of_one_kind_is_said_at_its_scene_and_the_others_go_on(
    artist: Artist, script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = follow(artist)
    with monkeypatch.context() as broken:
        broken.setattr(NumberScene, "compose", fail)
        script.write_text(SCRIPT.replace("The first words", "Other words"))
        cards = follow(artist)
        assert cards["one"]["picture"] != good["one"]["picture"]
        assert (cards["two"]["picture"], cards["two"]["stale"]) == (good["two"]["picture"], True)
        [finding] = cards["two"]["findings"]
        assert finding["severity"] == "error"
        assert "fault of Slugline's own" in finding["message"]
        assert "ZeroDivisionError" in finding["message"]
        artist.judge([Finding("pace", "warning", "slow", scene="one")])
        assert [len(card["findings"]) for card in artist.board.document["cards"]] == [1, 1]
        artist.judge([Finding("check", "error", "it was killed")], failed=True)
        assert [len(card["findings"]) for card in artist.board.document["cards"]] == [1, 1]
        assert [problem["message"] for problem in artist.board.document["problems"]] == ["it was killed"]
    cards = follow(artist)
    assert not cards["two"]["stale"]
    artist.judge([])
    assert not any(card["findings"] for card in artist.board.document["cards"])


def test_a_fault_before_anything_is_laid_out_is_said_and_the_pictures_stay(
    artist: Artist, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = follow(artist)
    with monkeypatch.context() as broken:
        broken.setattr("render.watch.set_stage", fail)
        assert {scene: card["picture"] for scene, card in follow(artist).items()} == {
            scene: card["picture"] for scene, card in good.items()
        }
        assert "ZeroDivisionError" in artist.board.document["problems"][0]["message"]
    follow(artist)
    assert not artist.board.document["problems"]


def test_a_scene_that_comes_back_shows_its_picture(artist: Artist, script: Path) -> None:
    good = follow(artist)
    script.write_text(SCRIPT[: SCRIPT.index("```scene number")])
    assert list(follow(artist)) == ["one"]
    script.write_text(SCRIPT)
    assert follow(artist)["two"]["picture"] == good["two"]["picture"]


class Told(queue.Queue[tuple[list[str], bool]]):
    """What a judge says, by the findings' messages."""

    def __call__(self, findings: Sequence[Finding], *, failed: bool) -> None:
        """Take it."""
        self.put(([finding.message for finding in findings], failed))


@pytest.mark.slow
def test_a_check_whose_process_is_killed_is_said_and_the_next_one_works(script: Path) -> None:
    told = Told()
    with open_workers(1) as workers:
        judge = _Judge(workers, (script, None, None, "16:9"), told)
        judge.ask()
        until = time.monotonic() + 20
        while not workers.pool._processes and time.monotonic() < until:
            time.sleep(0.01)
        [process] = list((workers.pool._processes or {}).values())
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        messages, failed = told.get(timeout=30)
        assert failed
        assert "killed" in messages[0]
        judge.ask()
        messages, failed = told.get(timeout=60)
        assert not failed, messages


@pytest.mark.slow
def test_a_check_that_fails_by_a_fault_is_said_and_the_judge_goes_on(script: Path) -> None:
    told, nothing = Told(), Any
    with open_workers(1) as workers:
        judge = _Judge(workers, (script, None, None, "16:9"), told)
        job, judge.job = judge.job, (nothing, None, None, "16:9")  # type: ignore[assignment]
        judge.ask()
        messages, failed = told.get(timeout=60)
        assert failed
        assert "fault of Slugline's own" in messages[0]
        judge.job = job
        judge.ask()
        assert not told.get(timeout=60)[1]
