"""A slate thanks everybody whose work the film uses, unless its own lines say whom."""

from dataclasses import replace
from pathlib import Path

import pytest

from render.formats import frame_size
from render.scenes.reviews import reading_seconds
from render.scenes.slate import SlateScene
from render.scenes.slate_credits import credit_rows
from render.stage import Stage
from render.staging import natural_lengths
from render.timeline import plan_timeline
from render.uses import film_uses
from script.credits import MORE, Use
from script.reader import open_script
from tests.unit.render.conftest import Make, Shoot

MAKERS = ["Aleksandra Wiśniewska", "Bartholomew Featherstonehaugh", "Chidi Okonkwo", "Ed Day"]
FILMED = """---
title: A film
music: bed.mp3
---

```scene map
id: canal
focus: [EGY]
contested: [halaib]
highlight: {GBR: accent}
places: [{name: Suez}, {name: Bab el-Mandeb, lon: 43.3, lat: 12.6, kind: strait}]
```

Words.

```scene map
id: way
extent: world
route: {mode: sea, from: Rotterdam, to: [32.5, 29.9]}
```

Words.

```scene flags
id: flags
countries: [{iso: EG}, {iso: EU}]
```

Words.
"""


@pytest.fixture
def filmed(tmp_path: Path, stage: Stage) -> Stage:
    """The stage of a script with maps, flags, music and pictures by four people."""
    body = "".join(f"\n```scene photo\nfile: {n}.jpg\n```\n\nWords.\n" for n in range(len(MAKERS)))
    (tmp_path / "script.md").write_text(FILMED + body)
    tables = [f'["{n}.jpg"]\ncredit = "{maker}"\nlicence = "CC BY-SA 4.0"\n' for n, maker in enumerate(MAKERS)]
    (tmp_path / "assets.toml").write_text("\n".join([*tables, '["bed.mp3"]\ncredit = "A band"\nlicence = "bought"\n']))
    return replace(stage, script=open_script(tmp_path / "script.md"))


def test_what_scenes_draw_from_is_recorded(filmed: Stage) -> None:
    uses = {(use.kind, use.name): use for use in film_uses(filmed.script, None)}
    assert uses["map", "Natural Earth, German view"].scenes == ("canal", "way")
    assert uses["towns", "GeoNames"].scenes == ("canal", "way"), "a route's end is looked up too"
    assert uses["flag", "EGY"].scenes == ("canal", "flags")
    assert uses["flag", "EU"].licence == "MIT"
    assert uses["country", "EGY"] == Use("country", "EGY", scenes=("canal",))
    assert ("country", "GBR") in uses
    assert uses["flag", "SDN"].scenes == ("canal",), "the flags of who claims a contested area"


def test_everybody_is_thanked_where_there_is_room(filmed: Stage, make: Make) -> None:
    rows = said(filmed, make, room=900)
    assert rows[0] == f"Pictures: {', '.join(MAKERS)}"
    assert rows[1:] == [
        "Music: A band (bought)",
        "Maps: Natural Earth, German view (public domain)",
        "Towns: GeoNames (CC BY 4.0)",
        "Flags: flag-icons (MIT)",
    ]


def test_where_there_is_little_room_the_list_says_where_the_rest_is(filmed: Stage, make: Make) -> None:
    rows = said(filmed, make, room=190)
    assert rows == [f"Pictures: {', '.join(MAKERS)}", MORE]


def test_lines_of_ones_own_stand_as_they_are(filmed: Stage, make: Make) -> None:
    assert said(filmed, make, "lines: [Thanks to all]") == ["Thanks to all"]
    assert said(filmed, make, "lines: []") == []


def said(stage: Stage, make: Make, lines: str = "", room: float = 600) -> list[str]:
    slate = make("slate", f"title: The end\n{lines}")
    assert isinstance(slate, SlateScene)
    rows = credit_rows(slate, stage, 864, room)
    return [" ".join(line.text for line in row.lines).replace("\u00a0", " ") for row in rows]


def test_a_silent_slate_stays_until_the_credits_that_it_writes_are_read(filmed: Stage, make: Make) -> None:
    for hold in (0, 3):
        slate = make("slate", f"title: The end\nhold: {hold}")
        lengths = natural_lengths([slate], filmed)
        timeline = plan_timeline([slate], [0], [""], {}, {}, filmed.rate, lengths)
        assert float(timeline.seconds) == pytest.approx(float(lengths[0]) + hold, abs=0.02)
        shot = timeline.shots[0]
        assert isinstance(slate, SlateScene)
        thanks = [text for text in slate.own_texts(shot, filmed) if not text.written]
        slack = [(text.last - text.first) / filmed.rate - reading_seconds(len(text.block.text)) for text in thanks]
        assert -0.1 < min(slack) < 0.1
        upright = replace(filmed, size=frame_size("9:16"))
        assert natural_lengths([slate], upright) == lengths
    assert natural_lengths([make("slate", "title: The end\nlines: [By us]")], filmed) == {}


def test_credits_that_nobody_wrote_are_never_said_to_be_too_short(filmed: Stage, make: Make, shoot: Shoot) -> None:
    def said(fields: str) -> list[str]:
        slate = make("slate", f"title: End\n{fields}")
        return [finding.rule for finding in slate.review(shoot(slate, 3), filmed)]

    assert said("") == []
    assert said(f"lines: [{'A long line of thanks ' * 4}]") == ["reading-time"]
