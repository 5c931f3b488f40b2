"""`slugline names` in a studio: what is listed, what is wrong, and what changes it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from catalogue.models import Article
from core.database import writing
from core.findings import CheckFailed
from core.settings import load_settings
from jobs.lexicon import read_lexicon
from jobs.studio import make_studio, open_catalogue
from transcripts.own_names import NAMES_FILE

SCRIPT = """\
---
title: The road to Idlib
slug: idlib
article: article.md
---

```scene map
focus: [SYR]
places: [{name: Idlib}, {name: Bab al-Hawa, lon: 36.7, lat: 36.2}]
```

The road to Idlib is long. In Idleb, the Houthis are far away.
"""


@pytest.fixture
def studio(tmp_path: Path) -> Path:
    make_studio(tmp_path)
    folder = tmp_path / "scripts" / "the road"
    folder.mkdir()
    (folder / "script.md").write_text(SCRIPT)
    (folder / "article.md").write_text("It begins near Sabancı Holding, says Lloyd’s.[^1]\n\n[^1]: Reuters\n")
    return tmp_path


def listed(studio: Path, *words: str) -> dict[str, object]:
    result = CliRunner().invoke(
        cli.app, ["names", "list", "--json", "--home", str(studio), *words], standalone_mode=False
    )
    assert result.exception is None
    document: dict[str, object] = json.loads(result.stdout)
    return document


def test_scripts_articles_and_maps_give_the_names(studio: Path) -> None:
    lexicon = read_lexicon(load_settings(studio)).lexicon
    assert {"Idlib", "Houthis", "Sabancı Holding", "Bab al-Hawa", "Syria", "Egypt", "Suez"} <= {
        name.text for name in lexicon.names
    }
    idlib = lexicon.get("إدلب")
    assert idlib is not None
    assert (idlib.text, idlib.count, idlib.spelt) == ("Idlib", 3, (("Idlib", 2), ("Idleb", 1)))
    assert idlib.seen == (("scripts/the road/script.md", 3),)
    syria = lexicon.get("سوريا") or lexicon.get("Syrien")
    assert syria is None or syria.text == "Syria"


def test_what_is_spelt_in_several_ways_can_be_listed_alone(studio: Path) -> None:
    document = listed(studio, "--mixed")
    assert document["total"] == 1
    assert document["scripts"] == 2
    assert [name["name"] for name in document["names"]] == ["Idlib"]  # type: ignore[attr-defined]


def test_a_change_of_any_text_is_seen(studio: Path) -> None:
    assert listed(studio, "Erdoğan")["total"] == 0
    (studio / "scripts/the road/article.md").write_text("They met Erdoğan.")
    assert listed(studio, "erdogan")["total"] == 1
    (studio / NAMES_FILE).write_text('["Erdoğan"]\nleave_out = true\n')
    assert listed(studio, "erdogan")["total"] == 0


def test_articles_of_the_catalogue_count_but_for_those_that_have_a_script_here(studio: Path) -> None:
    engine = open_catalogue(load_settings(studio))
    with writing(engine) as session:
        html = "<h2>Far away</h2><p>They live in Zaporizhzhia &amp; Kherson.</p><ul><li>Near Melitopol</li></ul>"
        session.add(Article(slug="old-one", title="Old one", html=html))
        session.add(Article(slug="idlib", title="The road to Idlib", html="<p>They live in Atlantis.</p>"))
    engine.dispose()
    document = listed(studio)
    assert document["articles"] == 1
    names = {name["name"]: name for name in document["names"]}  # type: ignore[attr-defined]
    assert {"Zaporizhzhia", "Kherson", "Melitopol"} <= names.keys()
    assert names["Kherson"]["seen"] == [{"in": "article old-one", "count": 1}]
    assert "Atlantis" not in names


def test_a_script_that_cannot_be_read_is_named_and_stops_nobody(studio: Path) -> None:
    broken = studio / "scripts/broken"
    broken.mkdir()
    (broken / "script.md").write_bytes(b"\xff\xfe\x00")
    document = listed(studio)
    assert document["scripts"] == 2
    assert [one["file"] for one in document["unread"]] == ["scripts/broken/script.md"]  # type: ignore[attr-defined]


def test_an_empty_studio_has_no_names(tmp_path: Path) -> None:
    (tmp_path / "slugline.toml").write_text("")
    assert listed(tmp_path) == {"total": 0, "scripts": 0, "articles": 0, "names": [], "unread": []}


def test_a_broken_names_file_is_said_with_its_place(studio: Path) -> None:
    (studio / NAMES_FILE).write_text('[Idlib]\nvariants = ["Homs"]\n[Homs]\n')
    with pytest.raises(CheckFailed, match="claimed by"):
        read_lexicon(load_settings(studio))


def test_one_name_is_shown_and_a_misspelt_one_is_guessed_at(studio: Path) -> None:
    shown = CliRunner().invoke(cli.app, ["names", "show", "idleb", "--home", str(studio)], standalone_mode=False)
    assert "Idlib 2×, Idleb 1×" in shown.stdout
    missing = CliRunner().invoke(cli.app, ["names", "show", "Idlob", "--home", str(studio)], standalone_mode=False)
    assert "did you mean Idlib" in str(missing.exception)


def test_recall_of_a_transcript(studio: Path, tmp_path: Path) -> None:
    transcript = tmp_path / "heard it.srt"
    transcript.write_text("1\n00:00:00,000 --> 00:00:02,000\nThe road to Idlib and Idleb, the hooties\n")
    words = ["names", "recall", str(transcript), str(studio / "scripts/the road/script.md"), "--home", str(studio)]
    document = json.loads(CliRunner().invoke(cli.app, [*words, "--json"], standalone_mode=False).stdout)
    assert (document["said"], document["exact"]) == (3, 1)
    shown = CliRunner().invoke(cli.app, words, standalone_mode=False).stdout
    assert "Idlib: 1 of 2; instead Idleb 1×" in shown
    assert "1 of 3 names in their exact form (33%)" in shown
