"""Whose take is heard over a scene that is used from another script."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import BadInput
from core.progress import Silent
from render.check import check_script
from render.narration import NarrationTakes, gather_takes, spoken_by_scratch
from script.reader import open_script
from tests.integration.sound.test_narration import tone

LENDER = """---
title: Lender
slug: lender
narration: {narration}
---

```scene title
id: one
text: One
```

The first.

```scene title
id: two
text: Two
```

The second.
"""
USER = """---
title: User
slug: user
narration: takes
---

```scene title
id: own
text: Own
```

My own words.

```scene use
id: theirs
use: lender#two
```
"""

Lend = Callable[[str], Path]


@pytest.fixture
def lend(tmp_path: Path) -> Lend:
    """A studio in which the one script, narrated as is said, lends the other a scene; gives the other."""

    def made(narration: str) -> Path:
        for slug, text in {"lender": LENDER.format(narration=narration), "user": USER}.items():
            path = tmp_path / "scripts" / slug / "script.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        tone(path.parent / "takes" / "own.wav", seconds=0.5)
        return path

    return made


def gather(path: Path) -> NarrationTakes:
    studio = path.parents[2]
    return gather_takes(open_script(path, studio), studio=studio, cache=studio / "cache", reporter=Silent())


def lengths(takes: NarrationTakes) -> dict[str, float]:
    return {take.scene_ids[0]: round(take.seconds, 1) for take in takes.takes}


def test_from_a_folder_its_own_file_and_its_own_pick_up(lend: Lend, tmp_path: Path) -> None:
    path = lend("takes")
    lender = tmp_path / "scripts/lender"
    tone(lender / "takes" / "two.wav", seconds=0.7)
    assert lengths(gather(path)) == {"own": 0.5, "theirs": 0.7}, "its first scene is not asked for"
    tone(lender / "narration" / "two.wav", seconds=0.9)
    takes = gather(path)
    assert lengths(takes) == {"own": 0.5, "theirs": 0.9}
    assert takes.picked == {"theirs"}
    tone(path.parent / "narration" / "theirs.wav", seconds=1.1)
    assert lengths(gather(path)) == {"own": 0.5, "theirs": 1.1}, "a pick-up here stands for any scene here"


def test_from_a_recording_that_covers_more_than_is_used(lend: Lend, tmp_path: Path) -> None:
    path = lend("all.wav")
    tone(tmp_path / "scripts/lender/all.wav", seconds=2)
    takes = gather(path)
    assert lengths(takes) == {"own": 0.5}
    [recording] = takes.recordings
    assert recording.take.scene_ids == ("one", "two")
    assert recording.wanted == {"theirs": "two"}


def test_what_the_other_script_lacks_is_said_where_it_is_used(lend: Lend) -> None:
    path = lend("takes")
    (path.parents[1] / "lender" / "takes").mkdir()
    with pytest.raises(BadInput, match=r"no take in takes/ for scene theirs.*record takes/two\.wav") as caught:
        gather(path)
    assert caught.value.place
    assert (Path(caught.value.place.file), caught.value.place.line) == (path, 16)
    found = [finding for finding in check_script(path, path.parents[2]) if finding.rule == "narration"]
    assert [(finding.place and finding.place.line, finding.scene) for finding in found] == [(16, "theirs")]


def test_a_scratch_voice_is_one_wherever_it_is_borrowed(lend: Lend) -> None:
    path = lend("scratch")
    studio = path.parents[2]
    assert spoken_by_scratch(open_script(path, studio), studio)
    tone(path.parent / "narration" / "theirs.wav")
    assert not spoken_by_scratch(open_script(path, studio), studio)
