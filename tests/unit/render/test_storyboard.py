"""Blocks become typed scenes; what does not fit is said at the field's own place, with what to write instead."""

from pathlib import Path

import pytest

from core.findings import Finding
from render.check import check_script, estimate_timeline
from render.storyboard import find_phrases, plan_storyboard
from script.document import Script
from script.reader import read_script

HEAD = "---\ntitle: A film\n---\n\n"


def read(folder: Path, *scenes: str) -> Script:
    path = folder / "script.md"
    path.write_text(HEAD + "\n".join(scenes))
    script, findings = read_script(path)
    assert findings == []
    assert script
    return script


def scene(kind: str, fields: str, narration: str = "") -> str:
    return f"```scene {kind}\n{fields}```\n\n{narration}\n"


def told(findings: list[Finding]) -> list[tuple[str, int | None, int | None, str]]:
    return [(f.rule, f.place and f.place.line, f.place and f.place.column, f.hint) for f in findings]  # type: ignore[misc]


def test_a_block_becomes_a_scene_of_its_kind(tmp_path: Path) -> None:
    script = read(tmp_path, scene("title", "text: Suez\nhold: 2\n", "Hello there."))
    scenes, findings = plan_storyboard(script)
    assert findings == []
    assert [(item.kind, item.id, item.hold) for item in scenes] == [("title", "title-1", 2.0)]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (scene("titel", "text: A\n"), ("unknown-kind", 5, 1, "did you mean title?")),
        (scene("title", "text: A\nkiker: B\n"), ("unknown-field", 7, 1, "did you mean 'kicker'?")),
        (scene("title", "kicker: B\n"), ("missing-field", 5, 1, "")),
        (scene("title", "text: [A]\n"), ("wrong-type", 6, 1, "")),
        (scene("title", "text: A\nhold: -1\n"), ("wrong-value", 7, 1, "")),
        (scene("title", "text: A\nhold: soon\n"), ("wrong-type", 7, 1, "")),
        (scene("title", "text: A\ntransition: crosfade\n"), ("wrong-value", 7, 1, "did you mean crossfade?")),
        (
            scene("title", "text: A\nlower_third: {nam: B, name: C}\n"),
            ("unknown-field", 7, 15, "did you mean 'name'?"),
        ),
        (scene("title", "text: A\nat: good buy\n", "Hello and goodbye."), ("unspoken-phrase", 7, 1, "")),
        (scene("title", "text: A\nat: b\n", "a b a b."), ("ambiguous-phrase", 7, 1, "add nth: 1, or another of 2")),
        (scene("title", "text: A\nat: b\nnth: 3\n", "a b a b."), ("unspoken-phrase", 7, 1, "write nth: 1 to 2")),
        (
            scene("title", "text: A\nlower_third: {name: C, at: nobody}\n", "Hello."),
            ("unspoken-phrase", 7, 24, "write words of this scene's narration"),
        ),
    ],
)
def test_what_does_not_fit_is_found_at_its_place(
    tmp_path: Path, block: str, expected: tuple[str, int, int, str]
) -> None:
    _, findings = plan_storyboard(read(tmp_path, block))
    (rule, line, column, hint) = told(findings)[0]
    assert len(findings) == 1
    assert (rule, line, column) == expected[:3]
    assert not expected[3] or hint == expected[3]
    assert findings[0].scene


def test_numbers_may_be_written_with_commas_and_texts_as_numbers(tmp_path: Path) -> None:
    script = read(tmp_path, scene("title", "text: 1956\n"))
    scenes, findings = plan_storyboard(script)
    assert findings == []
    assert scenes[0].model_dump()["text"] == "1956"
    script = read(tmp_path, scene("title", 'text: A\nduration: "1,000"\n'))
    assert [f.rule for f in plan_storyboard(script)[1]] == ["wrong-value"]  # a figure, but above the limit


def test_phrases_are_the_indices_of_script_words(tmp_path: Path) -> None:
    block = scene("title", "text: A\nat: turned\nlower_third: {name: B, at: six}\n", "The ship turned. Six days.")
    script = read(tmp_path, block)
    scenes, _ = plan_storyboard(script)
    places, _ = find_phrases(scenes[0], script.scenes[0], "en")
    assert places == {(): 2, ("lower_third",): 3}


def test_the_estimate_reads_evenly(tmp_path: Path) -> None:
    script = read(tmp_path, scene("title", "text: A\nat: five\n", "one two three four five."))
    scenes, _ = plan_storyboard(script)
    timeline = estimate_timeline(script, scenes)
    shot = timeline.shots[0]
    lead = shot.at[()] - round(4 * 60 / 150 * 30)
    assert 0 <= lead <= 30
    assert shot.frames >= lead + 60


def check(folder: Path, *scenes: str) -> list[Finding]:
    path = folder / "script.md"
    path.write_text(HEAD + "\n".join(scenes))
    return check_script(path, None)


def test_a_late_and_long_title_is_warned(tmp_path: Path) -> None:
    long = " ".join(["word"] * 56) + "."
    first = scene("quote", "text: Nothing lasts.\nby: Nobody\n", long)
    findings = check(
        tmp_path, first, scene("title", "text: A film\n", "One two three four five six seven eight nine ten eleven.")
    )
    rules = [finding.rule for finding in findings]
    assert "late-title" in rules
    assert "long-title" in rules
    assert "nothing-happens" in rules
    assert {f.severity for f in findings if f.rule in ("late-title", "long-title", "nothing-happens")} == {"warning"}


def test_one_wrong_scene_hides_nothing_about_the_others(tmp_path: Path) -> None:
    words = "One two three four five six seven eight nine ten eleven."
    findings = check(
        tmp_path,
        scene("quote", "text: Nothing lasts\nat: hello\n", "Said."),
        scene("title", "text: A film\nduration: 2\n", words),
        scene("photo", "file: none.svg\ntransition: fade\n", "Hi."),
        *[scene("title", f"text: More {number}\ntransition: wipe\nteaser: true\n", words * 8) for number in range(3)],
    )
    assert {finding.rule for finding in findings} >= {
        "missing-field",
        "unspoken-phrase",
        "timeline",
        "long-title",
        "missing-file",
        "few-cuts",
        "transition-kinds",
        "nothing-happens",
        "teaser-length",
    }
    assert [(f.rule, f.message) for f in findings if f.rule == "few-cuts"] == [
        ("few-cuts", "4 of 5 changes are no cuts")
    ]
    assert [f.rule for f in findings if f.severity == "error" and f.scene == "quote-1"] == [
        "missing-field",
        "unspoken-phrase",
    ]


def test_a_short_script_with_a_title_has_nothing_against_it(tmp_path: Path) -> None:
    assert check(tmp_path, scene("title", "text: A film\n", "This is a film.")) == []


def test_findings_come_in_order_of_place_and_all_at_once(tmp_path: Path) -> None:
    findings = check(
        tmp_path,
        scene("photo", "file: none.svg\n", "Hi {{x}}."),
        scene("titel", "a: 1\n"),
        scene("title", "text: A\nat: no\n", "Yes."),
    )
    rules = [finding.rule for finding in findings]
    assert {"missing-file", "unknown-fact", "unknown-kind", "unspoken-phrase"} <= set(rules)
    lines = [finding.place.line or 0 for finding in findings if finding.place]
    assert lines == sorted(lines)


def lines(findings: list[Finding], rule: str) -> list[tuple[int | None, int | None]]:
    return [(f.place.line, f.place.column) for f in findings if f.rule == rule and f.place]


def test_a_missing_file_is_one_finding_with_its_folder(tmp_path: Path) -> None:
    blocks = (scene("photo", "file: art/x.svg\n", "A picture."), scene("python", "function: ship.py:draw\n", "A ship."))
    findings = check(tmp_path, *blocks)
    assert told(findings) == [
        ("missing-file", 6, 1, "put it at art/x.svg beside the script"),
        ("missing-file", 12, 1, "put it at ship.py beside the script"),
    ]
    assert [finding.scene for finding in findings] == ["photo-1", "python-1"]


def test_a_missing_file_is_shown_what_there_is_of_its_type(tmp_path: Path) -> None:
    for name in ("globe.py", "shipp.py"):
        (tmp_path / name).write_text("def draw(): ...\n")
    blocks = [scene("python", f"function: {file}.py:draw\n") for file in ("ship", "nothing-like-it")]
    hints = [hint for rule, *_, hint in told(check(tmp_path, *blocks)) if rule == "missing-file"]
    assert hints == [
        "did you mean shipp.py?",
        "put it at nothing-like-it.py beside the script; there is globe.py and shipp.py",
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "message", "hint"),
    [
        ("list", "heading: A\nitems: [B]\n", "items[1] is 'B', and is written as", "{text: Ten days more at sea}"),
        (
            "list",
            "heading: A\nitems: B\n",
            "items is 'B', and is written as a list",
            "[{text: Ten days more at sea}, {",
        ),
        ("flags", "countries: [EGY]\n", "countries[1] is 'EGY', and is", "write it like {iso: IRN}"),
        (
            "chart",
            "type: bar\ntitle: A\ndata: [{label: B, value: ten}]\n",
            "data[1].value is 'ten', which",
            "write digits",
        ),
        ("timeline", "events: [B]\n", "events[1] is 'B', and is written as", "write it like {date: "),
        ("map", "focus: [EGY]\nplaces: [Aden]\n", "places[1] is 'Aden', and is written as", "write it like {name: "),
        ("map", "focus: [EGY]\nroutes: [Aden]\n", "routes[1] is 'Aden', and is written as", "write it like {"),
        ("compare", "left: A\nright: B\nrows: [C]\n", "rows[1] is 'C', and is written as", "write it like {label: "),
        ("chart", "type: bar\ntitle: A\nseries: [C]\n", "series[1] is 'C', and is written as", "write it like {name: "),
    ],
)
def test_an_element_is_shown_as_it_is_written(tmp_path: Path, kind: str, fields: str, message: str, hint: str) -> None:
    [finding] = plan_storyboard(read(tmp_path, scene(kind, fields)))[1]
    assert finding.rule == "wrong-type"
    assert finding.message.startswith(message)
    assert hint in finding.hint


def test_a_misspelt_country_is_said_in_the_same_way_everywhere(tmp_path: Path) -> None:
    fields = (
        "focus: [Turky]\nhighlight: {Turky: accent}\nplaces: [{name: Ankara, country: Turky}]\nextent: [Turky]\n"
        "camera: {from: [Turky]}\nlabels: [Turky]\n"
    )
    flags = "countries: [{iso: Turky}, {iso: EGY}]\n"
    findings = check(tmp_path, scene("map", fields, "A map."), scene("flags", flags, "Two flags."))
    assert {(f.rule, f.message, f.hint) for f in findings} == {
        ("wrong-value", "no country 'Turky'", "did you mean TUR (Türkiye)?")
    }
    assert lines(findings, "wrong-value") == [(6, 9), (7, 13), (8, 25), (9, 10), (10, 17), (11, 10), (17, 14)]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("extent: [1, 2, 3]\n", "extent has too few values"),
        ("extent: 5\n", "extent is 5, and is written as a list"),
        ("focus: [EGY]\nhighlight: {EGY: acent}\n", "highlight.EGY cannot be 'acent'"),
    ],
)
def test_a_value_of_several_forms_is_judged_once(tmp_path: Path, fields: str, message: str) -> None:
    [finding] = plan_storyboard(read(tmp_path, scene("map", fields)))[1]
    assert finding.message.startswith(message)


def test_a_list_that_is_too_short_says_how_many_it_takes(tmp_path: Path) -> None:
    [finding] = plan_storyboard(read(tmp_path, scene("flags", "countries: [{iso: EGY}]\n")))[1]
    assert finding.message == "countries takes at least 2 items, and has 1"


def test_what_cannot_be_read_in_time_is_found_at_its_field(tmp_path: Path) -> None:
    fields = "heading: Points\nitems: [{text: A list}, {text: An item, at: end}]\nlower_third: {name: Somebody of a long name}\n"
    findings = check(tmp_path, scene("list", fields.replace("An item", '"An item of four"'), "This comes at the end."))
    [finding] = [finding for finding in findings if finding.rule == "reading-time"]
    assert lines(findings, "reading-time") == [(7, 26)]
    assert finding.message.endswith("to read, and 1 other is too short as well")


def test_a_text_that_lacks_less_than_a_tenth_of_a_second_is_let_be(tmp_path: Path) -> None:
    findings = check(tmp_path, scene("title", "text: Twelve words\nduration: 2.1\n"))
    assert lines(findings, "reading-time") == []
    findings = check(tmp_path, scene("title", "text: Twelve words\nduration: 1.9\n"))
    assert lines(findings, "reading-time") == [(6, 1)]


def test_what_stands_in_a_scene_names_it(tmp_path: Path) -> None:
    findings = check(
        tmp_path, scene("title", "text: A\n", "One {{x}}.\n\n# B\n"), scene("title", "text: C\n", "Two {{y}}.")
    )
    named = [(f.rule, f.scene) for f in findings if f.rule in ("unknown-fact", "empty-chapter")]
    assert named == [("unknown-fact", "title-1"), ("unknown-fact", "title-2")]


def test_a_duration_shorter_than_its_narration_is_found(tmp_path: Path) -> None:
    findings = check(tmp_path, scene("title", "text: A\nduration: 1\n", "This takes longer than a second to say."))
    assert [(finding.rule, finding.severity) for finding in findings] == [("timeline", "error")]
    assert lines(findings, "timeline") == [(7, 1)]


def test_fix_writes_ids(tmp_path: Path) -> None:
    path = tmp_path / "script.md"
    path.write_text(HEAD + scene("title", "text: A film\n", "This is a film."))
    assert check_script(path, None, fix=True) == []
    assert "```scene title\nid: title-1\ntext: A film\n```" in path.read_text()
