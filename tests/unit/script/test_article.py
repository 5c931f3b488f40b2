"""The article: safe HTML, its teaser, its sources in order, from a file or from the narration."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.errors import BadInput
from script.article import read_article, review_article
from script.assets import find_asset, find_narration, review_assets
from script.document import Script
from script.reader import read_script

SCRIPT = (
    "---\ntitle: A film\narticle: article.md\nmusic: bed.wav\n---\n\n```scene photo\nfile: a.svg\n```\n\nFirst *one*.[^b]\n\n"
    "# Chapter\n\n```scene photo\nid: x\nfile: b.svg\n```\n\nSecond.\n\n[^b]: Book B, [here](https://b.org).\n"
)
ARTICLE = """# A film

Lead with {{oil}}.[^a]

Second <script>alert(1)</script>[bad](javascript:alert) *two*.[^b]

## Part

Third.[^a]

[^a]: Paper A.
"""


@pytest.fixture
def script(tmp_path: Path) -> Script:
    (tmp_path / "script.md").write_text(SCRIPT)
    (tmp_path / "article.md").write_text(ARTICLE)
    (tmp_path / "facts.toml").write_text("[oil]\nvalue = 20\n")
    read, findings = read_script(tmp_path / "script.md")
    assert findings == []
    assert read
    return read


def test_an_article_file_becomes_safe_html_with_numbered_sources(script: Script) -> None:
    article = read_article(script)
    assert article.title == "A film"
    assert article.sources == ("Paper A.", "Book B, here (https://b.org).")
    assert "Lead with 20." in article.html
    assert "<h2>Part</h2>" in article.html
    assert "<h1" not in article.html
    assert "<script" not in article.html
    assert "alert(1)" not in article.html
    assert 'href="javascript' not in article.html
    assert article.html.count('href="#source-1"') == 2
    assert article.html.count('href="#source-2"') == 1
    assert article.words == 9


def test_the_teaser_is_the_first_two_paragraphs_without_calls(script: Script) -> None:
    teaser = read_article(script).teaser_html
    assert teaser.count("<p>") == 2
    assert "Third" not in teaser
    assert "#source" not in teaser


def test_without_a_file_the_narration_is_the_article(script: Script) -> None:
    article = read_article(replace(script, front=replace(script.front, article="")))
    assert "<p>First <em>one</em>." in article.html
    assert "<h2>Chapter</h2>\n<p>Second.</p>" in article.html
    assert article.sources == ("Book B, here (https://b.org).",)


def test_an_article_is_reviewed_at_its_own_places(script: Script, tmp_path: Path) -> None:
    assert review_article(script, None) == []
    (tmp_path / "article.md").write_text("One {{gas}}.\n\nTwo.[^zz]\n")
    found = [(f.rule, f.place and (f.place.line, f.place.column)) for f in review_article(script, None)]
    assert sorted(found) == [("unknown-fact", (1, 5)), ("unknown-footnote", (3, 5))]
    (tmp_path / "article.md").write_text(" \n")
    assert [finding.rule for finding in review_article(script, None)] == ["empty-article"]


def test_a_missing_article_is_said_where_it_is_named(script: Script, tmp_path: Path) -> None:
    (tmp_path / "article.md").unlink()
    with pytest.raises(BadInput) as caught:
        read_article(script)
    assert caught.value.place
    assert caught.value.place.line == 3


def test_assets_must_be_there_and_licensed(script: Script, tmp_path: Path) -> None:
    (tmp_path / "b.svg").write_text("<svg/>")
    (tmp_path / "bed.wav").write_bytes(b"")
    (tmp_path / "assets.toml").write_text(
        '["bed.wav"]\ncredit = "us"\nlicence = "CC0"\n["a.svg"]\ncredit = "us"\nlicence = "CC0"\nexpires = 2024-01-31\n'
    )
    again, findings = read_script(script.path)
    assert findings == []
    assert again
    found = [(f.rule, f.place and f.place.line, f.hint) for f in review_assets(again, None, date(2024, 2, 1))]
    assert [(rule, line) for rule, line, _ in found] == [
        ("missing-file", 8),
        ("expired-licence", 8),
        ("no-licence", 17),
    ]
    assert "b.svg" in found[0][2]
    assert {f.rule for f in review_assets(again, None, date(2024, 1, 31))} == {"missing-file", "no-licence"}


def test_an_asset_is_found_beside_the_script_then_in_the_studio_and_nowhere_else(
    script: Script, tmp_path: Path
) -> None:
    studio = tmp_path / "studio"
    studio.mkdir()
    (studio / "s.svg").write_text("<svg/>")
    (tmp_path / "a.svg").write_text("<svg/>")
    assert find_asset(script, studio, "a.svg") == (tmp_path / "a.svg").resolve()
    assert find_asset(script, studio, "s.svg") == (studio / "s.svg").resolve()
    assert find_asset(script, None, "s.svg") is None
    assert find_asset(script, None, "/etc/passwd") is None
    assert find_asset(script, None, "../../../../../../etc/passwd") is None


def test_a_narration_stays_in_the_studio(tmp_path: Path) -> None:
    studio = tmp_path / "studio"
    (studio / "media").mkdir(parents=True)
    (studio / "media" / "take.wav").write_bytes(b"here")
    (tmp_path / "take.wav").write_bytes(b"elsewhere")
    path = studio / "scripts" / "film" / "script.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: A film\nslug: a-film\nnarration: take.wav\n---\n\n```scene title\ntext: Yes\n```\n")
    script, _ = read_script(path, studio)
    assert script
    assert find_narration(script, studio) == (studio / "media" / "take.wav").resolve()
    assert find_narration(script, None) is None
    for outside in ("../../../take.wav", str(tmp_path / "take.wav"), "../../.."):
        elsewhere = replace(script, front=replace(script.front, narration=outside))
        assert find_narration(elsewhere, studio) is None
