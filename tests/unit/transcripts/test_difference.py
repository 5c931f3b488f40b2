"""What changed between two subtitle files, and how it is told."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from transcripts.difference import Change, compare
from transcripts.difference_shown import difference_lines
from transcripts.subtitle_commands import app
from transcripts.subtitles import Subtitles
from transcripts.words import Cue, Mark

OLD = (
    Cue(1.0, 3.0, ("The canal was shut for six days.",)),
    Cue(3.5, 5.0, ("Four hundred ships waited.",)),
    Cue(6.0, 8.0, ("Nobody knew why.",)),
    Cue(9.0, 11.0, ("The end",)),
)


def moved(cue: Cue, by: float) -> Cue:
    return Cue(cue.start + by, cue.end + by, cue.lines, cue.id, cue.settings, cue.marks)


def lines(old: tuple[Cue, ...], new: tuple[Cue, ...]) -> list[str]:
    return [line.plain for line in difference_lines(compare(Subtitles(old), Subtitles(new)), colour=False)]


def test_nothing_changed() -> None:
    assert lines(OLD, OLD) == ["the same cues (4)"]


def test_words_are_told_apart() -> None:
    new = (Cue(1.0, 3.0, ("The canal was closed", "for six days.")), *OLD[1:])
    assert lines(OLD, new) == [
        "  1  00:00:01.000",
        "    The canal was [-shut-] {+closed ⏎+} for six days.",
        "4 → 4 cues: 1 with other words",
    ]


def test_a_shift_of_all_is_said_once() -> None:
    new = tuple(moved(cue, 1.25) for cue in OLD)
    assert lines(OLD, new) == ["every cue is shown 1.25 s later", "the same but for the shift (4)"]
    late = (*new[:3], Cue(10.25, 12.0, ("The end",)))
    assert lines(OLD, late)[:2] == ["every cue is shown 1.25 s later", "  4  00:00:10.250  ends 0.25 s earlier"]


def test_cues_that_come_and_go() -> None:
    new = (OLD[0], Cue(3.2, 3.4, ("♪ music ♪",)), OLD[1], OLD[3])
    difference = compare(Subtitles(OLD), Subtitles(new))
    assert [(change.kind, change.before, change.after) for change in difference.changes] == [
        ("added", None, 2),
        ("removed", 3, None),
    ]
    assert lines(OLD, new)[0:2] == ["+ 2  00:00:03.200  added", "    ♪ music ♪"]


def test_looks_and_places() -> None:
    new = (
        Cue(1.0, 3.0, OLD[0].lines, marks=(Mark(0, 3, "italic"),)),
        Cue(3.5, 5.0, OLD[1].lines, settings=(("line", "0"),)),
        *OLD[2:],
    )
    assert lines(OLD, new) == [
        "  1  00:00:01.000  looks otherwise",
        "  2  00:00:03.500  stands elsewhere",
        "4 → 4 cues: 2 only in looks or place",
    ]


def test_one_of_many_that_say_the_same_is_gone() -> None:
    old = tuple(Cue(float(n), n + 0.9, ("♪",)) for n in range(20))
    difference = compare(Subtitles(old), Subtitles(old[:7] + old[8:]))
    assert difference.changes == (Change(8, None, 7.0, pieces=difference.changes[0].pieces),)


def test_rounding_of_a_format_is_no_change() -> None:
    new = tuple(Cue(cue.start + 0.0004, cue.end - 0.0004, cue.lines) for cue in OLD)
    assert compare(Subtitles(OLD), Subtitles(new)).changes == ()


CUES = st.lists(
    st.builds(
        lambda start, text: Cue(start / 10, start / 10 + 1, (text,)),
        st.integers(0, 300),
        st.sampled_from(["a", "b b", "c d e", "c d f", "♪"]),
    ),
    max_size=12,
).map(lambda cues: tuple(sorted(cues, key=lambda cue: cue.start)))


@given(CUES, CUES)
def test_every_cue_is_accounted_for_once(old: tuple[Cue, ...], new: tuple[Cue, ...]) -> None:
    difference = compare(Subtitles(old), Subtitles(new))
    befores = [change.before for change in difference.changes if change.before is not None]
    afters = [change.after for change in difference.changes if change.after is not None]
    assert befores == sorted(set(befores))
    assert afters == sorted(set(afters))
    kept = len(old) - sum(change.kind == "removed" for change in difference.changes)
    assert kept == len(new) - sum(change.kind == "added" for change in difference.changes)
    assert compare(Subtitles(old), Subtitles(old)).changes == ()


def test_the_command_prints_either_form(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text("00:00:01,000 --> 00:00:02,000\nshut\n")
    (tmp_path / "b.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.500\nclosed\n")
    words = ["diff", str(tmp_path / "a.srt"), str(tmp_path / "b.vtt")]
    result = CliRunner().invoke(app, words, standalone_mode=False)
    assert result.stdout.splitlines() == [
        "  1  00:00:01.000  ends 0.5 s later",
        "    [-shut-] {+closed+}",
        "1 → 1 cues: 1 with other words, 1 moved",
    ]
    document = json.loads(CliRunner().invoke(app, [*words, "--json"], standalone_mode=False).stdout)
    assert document["changes"] == [
        {
            "kind": "changed", "before": 1, "after": 1, "at": 1.0, "begins": 0.0, "ends": 0.5, "looks": False, "place": False,
            "words": [["gone", "shut"], ["new", "closed"]],
        }
    ]  # fmt: skip
    assert document["cues"] == [1, 1]


@pytest.mark.parametrize("colour", [True, False])
def test_colour_stands_for_brackets(colour: bool) -> None:
    new = (Cue(1.0, 3.0, ("The canal was open for six days.",)), *OLD[1:])
    text = next(
        line
        for line in difference_lines(compare(Subtitles(OLD), Subtitles(new)), colour=colour)
        if "open" in line.plain
    )
    assert ("[-shut-]" in text.plain) != colour
    assert any("green" in str(span.style) for span in text.spans)
