"""Scenes of other scripts: what comes along, what the block's own fields override, and what cannot be used."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from core.findings import Finding
from render.check import check_script
from script.article import read_article
from script.assets import find_asset, owner_of, require_asset, review_assets
from script.document import Script
from script.fix import write_missing_ids
from script.reader import open_script, read_script

SUEZ = """---
title: Suez
slug: suez
---

```scene photo
id: canal
file: art/canal.svg
credit: "{{length}} km"
transition: fade
```

The canal is {{length}} kilometres long.[^sca]

```scene title
id: silent
text: Nobody speaks
```

```scene use
id: passed-on
use: hormuz#strait
```

[^sca]: Canal Authority, {{length}} km.
"""
HORMUZ = """---
title: Hormuz
slug: hormuz
---

```scene title
id: strait
text: A strait
```

The strait is narrow.

```scene use
id: back
use: suez#canal
```
"""
HEAD = "---\ntitle: A film\nslug: a-film\n---\n\n```scene title\nid: own\ntext: Own\n```\n\nMy own words.[^sca]\n\n"
FOOT = "\n\n[^sca]: My own source.\n"

TODAY = date(2026, 1, 1)
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A studio with two scripts; gives the path of a third, made of a body."""
    for slug, text in {"suez": SUEZ, "hormuz": HORMUZ}.items():
        folder = tmp_path / "scripts" / slug
        (folder / "art").mkdir(parents=True)
        (folder / "script.md").write_text(text)
    suez = tmp_path / "scripts" / "suez"
    (suez / "facts.toml").write_text('[length]\nvalue = "193"\nsource = "SCA"\n')
    (suez / "assets.toml").write_text('["art/canal.svg"]\ncredit = "Ann"\nlicence = "CC0"\n')
    (suez / "art" / "canal.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")

    def made(body: str) -> Path:
        path = tmp_path / "scripts" / "a-film" / "script.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD + body + FOOT)
        return path

    return made


def block(*lines: str, kind: str = "use") -> str:
    return "\n".join([f"```scene {kind}", *lines, "```"])


def read(path: Path) -> Script:
    return open_script(path, path.parents[2])


def problem(path: Path) -> Finding:
    _, findings = read_script(path, path.parents[2])
    [finding] = [finding for finding in findings if finding.severity == "error"]
    assert finding.place
    return finding


@pytest.mark.parametrize("kind", ["use", "photo"])
def test_a_used_scene_comes_whole(write: Write, tmp_path: Path, kind: str) -> None:
    script = read(write(block("id: again", "use: suez#canal", kind=kind)))
    scene = script.scene("again")
    assert scene.kind == "photo"
    assert scene.fields == {"file": "art/canal.svg", "credit": "193 km", "transition": "fade"}
    assert scene.narration.paragraphs == ("The canal is 193 kilometres long.",)
    assert scene.first_id == "canal"
    assert [fact.value for fact in scene.facts] == ["193"]
    assert scene.voice
    assert scene.voice.id == "canal"
    place = scene.place_of("file")
    assert place.file == str(tmp_path / "scripts/suez/script.md")
    assert owner_of(script, place).front.slug == "suez"
    assert require_asset(script, tmp_path, "art/canal.svg", place) == tmp_path / "scripts/suez/art/canal.svg"
    assert find_asset(script, tmp_path, "art/canal.svg") is None, "it is the other script's"
    assert scene.place.file == str(script.path)


def test_its_licence_and_footnotes_come_along(write: Write, tmp_path: Path) -> None:
    script = read(write(block("use: suez#canal")))
    assert review_assets(script, tmp_path, TODAY) == []
    assert script.footnotes == {"sca": "My own source.", "suez#sca": "Canal Authority, 193 km."}
    article = read_article(script, tmp_path)
    assert article.sources == ("My own source.", "Canal Authority, 193 km.")
    assert "193 kilometres long." in article.html
    assert 'href="#source-2"' in article.html
    (tmp_path / "scripts/suez/assets.toml").write_text("")
    [finding] = review_assets(read(script.path), tmp_path, TODAY)
    assert (finding.rule, finding.place and finding.place.line) == ("no-licence", 8)


def test_own_fields_and_own_words_override(write: Write, tmp_path: Path) -> None:
    (tmp_path / "scripts/a-film").mkdir()
    (tmp_path / "scripts/a-film/mine.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    script = read(write(block("id: x", "use: suez#canal", "file: mine.svg", "transition: cut") + "\n\nOther words."))
    scene = script.scene("x")
    assert scene.fields == {"file": "mine.svg", "credit": "193 km", "transition": "cut"}
    assert require_asset(script, tmp_path, "mine.svg", scene.place_of("file")).name == "mine.svg"
    assert scene.narration.paragraphs == ("Other words.",)
    assert scene.voice is None
    assert "suez#sca" not in script.footnotes


def test_a_scene_may_be_passed_on_and_two_scripts_may_use_each_other(write: Write) -> None:
    scene = read(write(block("id: x", "use: suez#passed-on"))).scene("x")
    assert (scene.kind, scene.fields["text"], scene.first_id) == ("title", "A strait", "strait")
    assert [(lender.script.front.slug, lender.speaks) for lender in scene.lenders] == [
        ("suez", False),
        ("hormuz", True),
    ]


@pytest.mark.parametrize(
    ("lines", "rule", "line", "message", "hint"),
    [
        (["use: sues#canal"], "unknown-script", 14, "no script 'sues'", "did you mean suez?"),
        (["use: suez#kanal"], "unknown-scene", 14, "suez has no scene 'kanal'", "did you mean suez#canal?"),
        (["use: suez"], "wrong-value", 14, "'suez' names no scene", "slug#id"),
        (["use: a-film#own"], "wrong-value", 14, "this same script", "another script"),
        (["id: x"], "missing-field", 13, "does not say which scene", "use: other-slug#id"),
        (["use: suez#passed-on"], "used-in-circle", 14, "suez#passed-on → hormuz#strait → suez#passed-on", "write"),
    ],
)
def test_what_cannot_be_used(
    write: Write, tmp_path: Path, lines: list[str], rule: str, line: int, message: str, hint: str
) -> None:
    if rule == "used-in-circle":
        text = HORMUZ.replace(
            "```scene title\nid: strait\ntext: A strait", "```scene use\nid: strait\nuse: suez#passed-on"
        )
        (tmp_path / "scripts/hormuz/script.md").write_text(text)
    found = problem(write(block(*lines)))
    assert (found.rule, found.place and found.place.line) == (rule, line)
    assert message in found.message
    assert hint in found.hint


def test_the_kind_has_to_be_the_scenes(write: Write) -> None:
    found = problem(write(block("use: suez#canal", kind="map")))
    assert (found.rule, found.place and found.place.line) == ("scene-kind", 13)
    assert "write ```scene photo" in found.hint


def test_what_is_wrong_in_the_scene_itself_is_told_at_its_own_place(write: Write, tmp_path: Path) -> None:
    (tmp_path / "scripts/suez/facts.toml").write_text('[lenght]\nvalue = "193"\n')
    path = write(block("id: x", "use: suez#canal"))
    _, findings = read_script(path, tmp_path)
    assert {(finding.rule, Path(finding.place.file).parent.name) for finding in findings if finding.place} == {
        ("unknown-fact", "suez")
    }
    assert read_script(write(block("use: suez#silent") + "\n\nSpoken here."), tmp_path)[0], (
        "what is wrong elsewhere is not"
    )


def test_another_language_is_not_spoken_along(write: Write, tmp_path: Path) -> None:
    french = HORMUZ.replace("slug: hormuz", "slug: hormuz\nlanguage: fr")
    (tmp_path / "scripts/hormuz/script.md").write_text(french)
    assert "spoken in 'fr'" in problem(write(block("use: hormuz#strait"))).message
    assert read(write(block("use: hormuz#strait") + "\n\nIn English.")).scenes[-1].kind == "title"


def test_without_a_studio_there_is_nothing_to_use(write: Write) -> None:
    path = write(block("use: suez#canal"))
    _, findings = read_script(path, None)
    assert [finding.rule for finding in findings] == ["unknown-script"]
    assert "slugline init" in findings[0].hint


def test_a_phrase_has_to_be_in_what_is_said_here(write: Write, tmp_path: Path) -> None:
    suez = SUEZ.replace("text: Nobody speaks", 'text: Nobody speaks\nat: "length"') + "\n"
    (tmp_path / "scripts/suez/script.md").write_text(suez.replace("at:", "at:", 1))
    path = write(block("id: x", "use: suez#silent", 'at: "said"') + "\n\nWhat is said here.")
    assert [finding.message for finding in check_script(path, tmp_path) if finding.severity == "error"] == []
    path = write(block("id: x", "use: suez#silent") + "\n\nWhat is said here.")
    [finding] = [finding for finding in check_script(path, tmp_path) if finding.severity == "error"]
    assert (finding.rule, finding.scene) == ("unspoken-phrase", "x")


def test_a_used_block_gets_its_id_in_its_own_file(write: Write, tmp_path: Path) -> None:
    path = write(block("use: suez#canal"))
    before = (tmp_path / "scripts/suez/script.md").read_bytes()
    assert write_missing_ids(read(path)) == ("use-1",)
    assert "```scene use\nid: use-1\nuse: suez#canal\n```" in path.read_text()
    assert (tmp_path / "scripts/suez/script.md").read_bytes() == before
