"""Reading a script: what a good one becomes, and the exact place of everything wrong with a bad one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import BadInput, Place
from core.findings import Finding
from render.check import check_script
from script.document import Script
from script.reader import open_script, read_script

HEAD = "---\ntitle: A film\n---\n\n"
SCENE = "```scene photo\nfile: a.svg\n```\n\n"
GOOD = (
    HEAD + SCENE + "Hello [there](http://x.org), *world* [^a].\nStill `here`.\n\n# Second\n\n"
    "```scene map\nid: gulf\nplaces: [{name: Hormuz, lon: 56.5}]\nyes: NO\n```\n\nOne.\n\nTwo.\n\n[^a]: The source, <https://x.org/a>.\n"
)


def read(folder: Path, text: str | bytes) -> tuple[Script | None, list[Finding]]:
    path = folder / "script.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_script(path)


def where(finding: Finding) -> tuple[str, int | None, int | None]:
    assert finding.place
    return finding.rule, finding.place.line, finding.place.column


def test_a_good_script_becomes_scenes_chapters_and_narration(tmp_path: Path) -> None:
    script, findings = read(tmp_path, GOOD)
    assert findings == []
    assert script
    assert (script.front.title, script.front.slug) == ("A film", "a-film")
    assert [(scene.id, scene.kind, scene.chapter, scene.written_id) for scene in script.scenes] == [
        ("photo-1", "photo", 0, False),
        ("gulf", "map", 1, True),
    ]
    assert [chapter.title for chapter in script.chapters] == ["", "Second"]
    assert script.scenes[0].narration.paragraphs == ("Hello there, world. Still here.",)
    assert script.scenes[1].narration.text == "One.\nTwo."
    assert script.scenes[1].narration.markdown == "One.\n\nTwo."
    assert script.scenes[1].fields == {"places": [{"name": "Hormuz", "lon": 56.5}], "yes": "NO"}
    assert script.footnotes == {"a": "The source, https://x.org/a."}
    place = script.scenes[1].place_of("places", 0, "lon")
    assert (place.line, place.column) == (16, 25)


@pytest.mark.parametrize("encode", [lambda t: b"\xef\xbb\xbf" + t.encode(), lambda t: t.replace("\n", "\r\n").encode()])
def test_byte_order_mark_and_line_ends_do_not_matter(tmp_path: Path, encode: Callable[[str], bytes]) -> None:
    script, findings = read(tmp_path, encode(GOOD))
    plain, _ = read(tmp_path, GOOD)
    assert findings == []
    assert script == plain


BAD: dict[str, tuple[str | bytes, list[tuple[str, int, int]]]] = {
    "empty": ("", [("empty-script", 1, 1)]),
    "only blank": ("\n \n", [("empty-script", 1, 1)]),
    "no scenes": (HEAD, [("no-scenes", 4, 1)]),
    "no front matter": (SCENE + "Hi.\n", [("no-front-matter", 1, 1)]),
    "front matter left open": ("---\ntitle: A\n\n# B\n", [("no-front-matter", 1, 1)]),
    "no title": ("---\nslug: a\n---\n" + SCENE, [("missing-field", 1, 1)]),
    "a title that is a list": ("---\ntitle: [A]\nslug: a\n---\n" + SCENE, [("wrong-type", 2, 1)]),
    "no address": ("---\ntitle: Суэц\n---\n" + SCENE, [("missing-field", 2, 1)]),
    "bad slug": ("---\ntitle: A\nslug: A b\n---\n" + SCENE, [("wrong-value", 3, 1)]),
    "unknown front field": ("---\ntitle: A\ndescripton: b\n---\n" + SCENE, [("unknown-field", 3, 1)]),
    "bad level": ("---\ntitle: A\nmusic: {file: a.wav, level: loud}\n---\n" + SCENE, [("wrong-value", 3, 22)]),
    "bad rate": ("---\ntitle: A\nfps: 31\n---\n" + SCENE, [("wrong-value", 3, 1)]),
    "broken front matter": ("---\ntitle: A: B\n---\n" + SCENE, [("yaml", 2, 9)]),
    "broken scene": (HEAD + "```scene map\nid: x\nfocus: [A, B\n```\n", [("yaml", 7, 8)]),
    "bracket left open": (HEAD + "```scene map\nfocus: [A, B\nlabels: [C]\n```\n", [("yaml", 6, 8)]),
    "brace left open": (HEAD + "```scene map\nid: x\nplaces:\n- {name: A\n- {name: B}\n```\n", [("yaml", 8, 3)]),
    "tab": (HEAD + "```scene map\na:\n\t- b\n```\n", [("yaml", 7, 1)]),
    "list for fields": (HEAD + "```scene map\n- a\n```\n", [("yaml", 6, 1)]),
    "doubled field": (HEAD + "```scene map\na: 1\nb: 2\na: 3\n```\n", [("duplicate-field", 8, 1)]),
    "alias": (HEAD + "```scene map\na: &x [1]\nb: *x\n```\n", [("yaml-alias", 7, 4)]),
    "deep": (HEAD + "```scene map\na: " + "[" * 5000 + "\n```\n", [("yaml", 6, 27)]),
    "unknown fact": (HEAD + SCENE + "It is {{oil}}.\n", [("unknown-fact", 9, 7)]),
    "unknown fact in field": (HEAD + '```scene map\nlabel: "of {{oil}}"\n```\n', [("unknown-fact", 6, 12)]),
    "unknown footnote": (HEAD + SCENE + "One\ntwo[^x].\n", [("unknown-footnote", 10, 4)]),
    "unused footnote": (HEAD + SCENE + "One.\n\n[^x]: Y.\n", [("unused-footnote", 11, 1)]),
    "doubled footnote": (HEAD + SCENE + "One.[^x]\n\n[^x]: Y.\n[^x]: Z.\n", [("duplicate-footnote", 12, 1)]),
    "duplicate id": (HEAD + "```scene map\nid: a\n```\n\n```scene map\nid: a\n```\n", [("duplicate-id", 10, 1)]),
    "id like a counted one": (HEAD + "```scene map\n```\n\n```scene map\nid: map-1\n```\n", [("duplicate-id", 9, 1)]),
    "bad id": (HEAD + "```scene map\nid: a b\n```\n", [("wrong-value", 6, 1)]),
    "no kind": (HEAD + "```scene\nid: a\n```\n", [("scene-kind", 5, 1)]),
    "misspelt scene": (HEAD + "```scnee map\nid: a\n```\n", [("unspoken-block", 5, 1)]),
    "unclosed": (HEAD + "```scene map\nid: a\n\nHello.\n", [("unclosed-scene", 5, 1)]),
    "text before": (HEAD + "Hello.\n\nYou.\n\n" + SCENE, [("text-without-scene", 5, 1)]),
    "text alone": (HEAD + "Hello.\n\nYou.\n", [("no-scenes", 4, 1)]),
    "text after heading": (HEAD + SCENE + "# B\n\nHello.\n", [("text-without-scene", 11, 1)]),
    "nested": (HEAD + SCENE + "- a\n\n  ```scene map\n  id: x\n  ```\n", [("nested-scene", 11, 3)]),
    "not utf-8": (b"---\ntitle: A\n---\n\nCaf\xe9\n", [("not-utf8", 5, 4)]),
    "utf-16": ("---\n".encode("utf-16"), [("not-utf8", 1, 1)]),
    "control character": (HEAD + "```scene map\nid: x\na: b\x01c\n```\n", [("yaml", 7, 5)]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_found_at_its_place(tmp_path: Path, name: str) -> None:
    text, expected = BAD[name]
    _, findings = read(tmp_path, text)
    assert [where(finding) for finding in findings] == expected
    assert all(finding.message and "\n" not in finding.message for finding in findings)


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    _, findings = read(tmp_path, HEAD + "```scene map\n" + "\n".join(lines) + "\n```\n")
    assert [where(finding) for finding in findings] == [("yaml-alias", 7, 10)]


def test_a_file_of_ten_megabytes_is_not_read(tmp_path: Path) -> None:
    _, findings = read(tmp_path, b"x" * 10_000_000)
    assert [finding.rule for finding in findings] == ["too-large"]


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert read_script(tmp_path / "none.md")[1][0].rule == "missing-script"
    assert read_script(tmp_path)[1][0].rule == "missing-script"


def test_everything_wrong_is_said_at_once_in_order(tmp_path: Path) -> None:
    text = "---\ntitle: A\nsulg: b\n---\n\n```scene map\na: [\n```\n\n{{x}}[^y]\n\n" + SCENE
    script, findings = read(tmp_path, text)
    assert [finding.rule for finding in findings] == ["unknown-field", "yaml", "unknown-fact", "unknown-footnote"]
    assert script
    assert [scene.id for scene in script.scenes] == ["photo-1"]
    assert "slug" in findings[0].hint


def test_open_script_raises_the_first_error_and_counts_the_rest(tmp_path: Path) -> None:
    read(tmp_path, HEAD + SCENE + "{{x}} and {{y}}.\n")
    with pytest.raises(BadInput, match="and 1 more") as caught:
        open_script(tmp_path / "script.md")
    assert caught.value.place
    assert (caught.value.place.line, caught.value.place.column) == (9, 1)


def test_facts_go_into_narration_fields_and_unquoted_values(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text('[oil]\nvalue = 20\nunit = "million"\n[big]\nvalue = "26,434"\n')
    text = (
        HEAD
        + '```scene number\nvalue: {{big}}\nlabel: "{{oil}} a day"\nlist: [{a: {{ oil }}}]\n```\n\nAbout {{oil}} million.\n'
    )
    script, findings = read(tmp_path, text)
    assert findings == []
    assert script
    assert script.scenes[0].fields == {"value": "26,434", "label": "20 a day", "list": [{"a": "20"}]}
    assert script.scenes[0].narration.text == "About 20 million."
    assert script.scenes[0].narration.markdown == "About {{oil}} million."


def test_facts_beside_the_script_override_the_studio(tmp_path: Path) -> None:
    studio, folder = tmp_path / "studio", tmp_path / "studio" / "scripts"
    folder.mkdir(parents=True)
    (studio / "facts.toml").write_text('[a]\nvalue = "1"\n[b]\nvalue = "2"\n')
    (folder / "facts.toml").write_text('[b]\nvalue = "3"\n')
    (folder / "s.md").write_text(HEAD + SCENE + "{{a}} {{b}}\n")
    script, findings = read_script(folder / "s.md", studio)
    assert findings == []
    assert script
    assert script.scenes[0].narration.text == "1 3"


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("[oil]\nvalue = \n", ("toml", 2, 9)),
        ("[oil]\nunit = 'x'\n", ("missing-field", 1, 1)),
        ("[oil]\nvalue = '2'\nsorce = 'x'\n", ("unknown-field", 1, 1)),
        ("oil = 3\n", ("toml", 1, 1)),
    ],
)
def test_broken_facts_are_found_in_their_own_file(tmp_path: Path, toml: str, expected: tuple[str, int, int]) -> None:
    (tmp_path / "facts.toml").write_text(toml)
    _, findings = read(tmp_path, HEAD + SCENE)
    assert [where(finding) for finding in findings] == [expected]
    assert findings[0].place
    assert findings[0].place.file.endswith("facts.toml")


def test_google_docs_export_reads_like_the_plain_script(tmp_path: Path) -> None:
    docs = (
        "\\---\n\ntitle: “A: film”\n\ntags: \\[‘one’, two\\]\n\n\\---\n\n"
        '\\`\\`\\`scene photo\n\nfile: art/a\\_b.svg\n\ncaption: "say “no”, he said"\n\nitems: \\[{text: “b, c”}\\]\n\n\\`\\`\\`\n\n'
        "Don’t say “no” \\- ever.\n"
    )
    script, findings = read(tmp_path, docs)
    assert findings == []
    assert script
    assert script.front.title == "A: film"
    assert script.front.tags == ("one", "two")
    assert script.scenes[0].fields == {
        "file": "art/a_b.svg",
        "caption": "say “no”, he said",
        "items": [{"text": "b, c"}],
    }
    assert script.scenes[0].narration.text == "Don’t say “no” - ever."


def test_columns_count_the_backslashes_that_were_taken_out(tmp_path: Path) -> None:
    script, _ = read(tmp_path, HEAD + "```scene map\na: \\[b\\_c, d\\]\n```\n")
    assert script
    assert script.scenes[0].place_of("a", 1).column == 12


def test_broken_scenes_still_count_so_that_ids_do_not_move(tmp_path: Path) -> None:
    script, _ = read(tmp_path, HEAD + "```scene map\na: [\n```\n\n```scene map\n```\n")
    assert script
    assert [scene.id for scene in script.scenes] == ["map-2"]


FACTS = '[width]\nvalue = "33"\nunit = "kilometres"\nas_of = "2025"\n\n[old]\nvalue = "1"\n'


def test_a_fact_s_unit_and_date_can_be_put_in_too(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(FACTS)
    path = tmp_path / "script.md"
    body = "It is {{width}} {{width.unit}} wide in {{ width.as_of }}."
    path.write_text(
        "---\ntitle: A film\n---\n\n```scene number\nvalue: {{width}}\nunit: {{width.unit}}\nlabel: wide\n```\n\n"
        + body
    )
    script, findings = read_script(path)
    assert script
    assert findings == []
    assert script.scenes[0].fields == {"value": "33", "unit": "kilometres", "label": "wide"}
    assert script.scenes[0].narration.text == "It is 33 kilometres wide in 2025."
    assert [fact.id for fact in script.scenes[0].facts] == ["width"]
    path.write_text(path.read_text().replace("width.as_of", "width.source"))
    [finding] = read_script(path)[1]
    assert (finding.rule, finding.message) == ("unknown-fact", "the fact 'width' has no source")
    assert 'add source = "…" to [width]' in finding.hint


def test_a_fact_that_nothing_mentions_is_a_warning(tmp_path: Path) -> None:
    studio = tmp_path
    (studio / "facts.toml").write_text('[shared]\nvalue = "5"\n')
    folder = studio / "scripts" / "film"
    folder.mkdir(parents=True)
    (folder / "facts.toml").write_text(FACTS)
    (folder / "article.md").write_text("In the article only: {{width.unit}}.\n")
    path = folder / "script.md"
    path.write_text("---\ntitle: A film\narticle: article.md\n---\n\n```scene title\ntext: A film\n```\n\nWords.\n")
    [finding] = [finding for finding in check_script(path, studio) if "fact" in finding.rule]
    assert (finding.rule, finding.severity, finding.message) == (
        "unused-fact",
        "warning",
        "nothing mentions the fact 'old'",
    )
    assert finding.place == Place(str(folder / "facts.toml"), 6, 1)
    path.write_text(path.read_text() + "\n{{old}}.\n")
    assert [finding for finding in check_script(path, studio) if "fact" in finding.rule] == []
