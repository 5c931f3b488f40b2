"""Marked lines come out the same in a player that takes direction from the first letter and in one that reads left to right."""

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from transcripts.cues import build_cues
from transcripts.direction import bare_line, is_right_to_left, needs_marks, with_marks, without_marks
from transcripts.words import Word

ARABIC = "قال الرئيس إن القناة مفتوحة."
LINES = [
    ("ar", ARABIC),
    ("ar", "NATO قالت إن السفن مرت."),
    ("ar", "مرت 26,434 سفينة في عام 2023، قال المدير."),
    ("ar", "السفينة (Ever Given) طولها 400 متر!"),
    ("he", "התעלה נפתחה ב-1869, אמר נאצר."),
    ("he", "Suez היא תעלה?"),
    ("he", '"התעלה" של מצרים...'),
    ("he", "-לא."),
]


def seen(line: str, base: str | None) -> str:
    """A line as a player sets it, left to right, base direction given or taken from the first strong letter."""
    return without_marks(str(get_display(line, base_dir=base) if base else get_display(line)))


@pytest.mark.parametrize(("language", "line"), LINES)
def test_a_marked_line_is_in_order_in_every_player(language: str, line: str) -> None:
    marked = with_marks(line, language)
    right = seen(line, "R")
    assert seen(marked, "L") == seen(marked, "R") == seen(marked, None) == right
    assert without_marks(marked) == line
    assert bare_line(marked, language) == line
    assert with_marks(marked, language) == marked


@pytest.mark.parametrize(("language", "line"), LINES)
def test_and_without_marks_it_is_not(language: str, line: str) -> None:
    assert seen(line, "L") != seen(line, "R")


def test_a_line_of_letters_alone_needs_none() -> None:
    bare = ARABIC.rstrip(".")
    assert with_marks(bare, "ar") == bare
    assert seen(bare, "L") == seen(bare, "R")
    assert with_marks(ARABIC, "en") == ARABIC


@given(st.text('אבגדملسن aBc 12,.!?-()«»"', max_size=40))
def test_any_line_is_in_order(padded: str) -> None:
    line = padded.strip()
    marked = with_marks(line, "he")
    assert seen(marked, "L") == seen(marked, "R") == seen(line, "R")
    if not needs_marks(line):
        assert seen(line, "L") == seen(line, "R")


def test_cues_carry_the_marks_and_count_none_of_them() -> None:
    words = [Word(text, n * 0.5, n * 0.5 + 0.4) for n, text in enumerate((ARABIC + " " + LINES[1][1]).split())]
    cues = build_cues(words, language="ar")
    assert without_marks(" ".join(cue.text for cue in cues)) == ARABIC + " " + LINES[1][1]
    assert any(line.startswith("\u202b") and line.endswith("\u202c") for cue in cues for line in cue.lines)


def test_the_script_of_a_language_says_more_than_its_name() -> None:
    right = ("ar", "he-IL", "fa-AF", "ku-Arab", "az-Arab-IR", "ks")
    left = ("en", "ku", "az", "ks-Deva", "sd-Deva-IN", "ku-Latn")
    assert [is_right_to_left(code) for code in (*right, *left)] == [True] * 6 + [False] * 6
