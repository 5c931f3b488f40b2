"""Text as it is measured, broken and drawn."""

import pytest

from core.errors import BadInput
from render.bidi_runs import reads_right_to_left, visual_runs
from render.fonts import load_font
from render.line_breaks import break_lines
from render.text import TextStyle, layout_text

SERIF = TextStyle("Source Serif 4", 100)


def characters(text: str) -> float:
    return float(len(text))


def test_breaks_evenly_and_not_inside_a_name() -> None:
    assert break_lines("a speech by Gamal Abdel Nasser", characters, 20, 2) == ["a speech by", "Gamal Abdel Nasser"]


def test_leaves_no_lonely_last_word() -> None:
    lines = break_lines("one two three four five six", characters, 24, 2)
    assert lines is not None
    assert len(lines[-1].split()) > 1


def test_uses_the_fewest_lines_or_none_at_all() -> None:
    assert break_lines("one two three", characters, 13, 3) == ["one two three"]
    assert break_lines("one two three", characters, 5, 2) is None
    assert break_lines("unbreakable", characters, 5, 9) is None


def test_breaks_after_a_hyphen_without_adding_a_space() -> None:
    assert break_lines("well-known", characters, 6, 2) == ["well-", "known"]


def test_breaks_after_the_sign_between_two_parts() -> None:
    assert break_lines("a b · c d e f g h", characters, 12, 2) == ["a b ·", "c d e f g h"]
    assert break_lines("a b x c d e f g h", characters, 12, 2) == ["a b x c", "d e f g h"]


def test_shrinks_to_fit_and_says_when_it_cannot() -> None:
    text = "Suez, the shortcut anyone can close"
    small = layout_text(text, SERIF, 500, 2, min_size=30)
    assert 30 <= small.size < 100
    assert small.width <= 500.5
    assert not small.overflow
    assert layout_text(text, SERIF, 200, 1, min_size=60).overflow


def test_a_line_holds_at_most_32_characters() -> None:
    block = layout_text("There will be no sovereignty in Egypt except that of its people", SERIF, 5000, 4)
    assert all(len(line.text) <= 32 for line in block.lines)


def test_what_is_measured_is_what_is_drawn() -> None:
    block = layout_text("Hormuz", SERIF)
    left, top, right, bottom = block.box(10, 20)
    assert 10 <= left < right <= 10 + block.width + 1
    assert top == pytest.approx(20 + block.cap_top, abs=4)
    assert bottom <= 20 + block.height


def test_tabular_figures_have_one_width() -> None:
    style = TextStyle("Source Serif 4", 100, tabular=True)
    assert layout_text("1111", style).width == pytest.approx(layout_text("8888", style).width)


def test_arabic_is_joined_larger_and_never_tracked() -> None:
    plain, tracked = (layout_text("جمال", TextStyle("Inter", 50, tracking=t)) for t in (0, 0.2))
    assert plain.right_to_left
    assert plain.width == tracked.width
    assert plain.width != sum(layout_text(char, TextStyle("Inter", 50)).width for char in "جمال")


def test_mixed_lines_stand_in_visual_order() -> None:
    runs = visual_runs("Nasser جمال 1956", right_to_left=False)
    assert runs[0].script == "Latn"
    assert visual_runs("אב AB", right_to_left=True)[0].text == "AB"
    assert reads_right_to_left("(1956) جمال")


@pytest.mark.parametrize("text", ["Зеленский", "Ἀθῆναι", "בנימין", "أردوغان", "Erdoğan Sabancı", "Nguyễn"])
def test_alphabets_of_the_news_have_glyphs(text: str) -> None:
    assert layout_text(text, SERIF).missing == ()


def test_a_character_without_a_glyph_is_reported() -> None:
    assert layout_text("Taiwan 台", SERIF).missing == ("台",)


def test_a_mark_without_a_glyph_is_reported_where_its_letter_has_one() -> None:
    assert layout_text("Mae Sai, แม", SERIF).missing == ("แ", "ม")
    assert layout_text("a\u1ab0b", SERIF).missing == ("\u1ab0",)
    assert layout_text("e\u0301t\u0301", SERIF).missing == ()


def test_letters_and_marks_written_apart_are_put_together() -> None:
    assert layout_text("Ate\u0301", SERIF) == layout_text("At\u00e9", SERIF)


def test_a_tab_is_a_space() -> None:
    assert layout_text("Port\tSaid", SERIF) == layout_text("Port Said", SERIF)


def test_a_font_is_one_object_however_many_were_loaded_after_it() -> None:
    """Otherwise letters whose font was looked up at different times would not be kerned, or joined, with each other."""
    style = TextStyle("Inter", 47)
    alone = layout_text("A", style).width
    for weight in range(100, 1000, 100):
        for size in range(12, 80, 6):
            load_font("Source Serif 4", weight, size=size)
    together = layout_text("AV", style).width
    assert together < alone + layout_text("V", style).width - 1


def test_an_unknown_font_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match="Source Serif 4"):
        load_font("Comic Serif")


def test_lines_can_be_drawn_apart_in_their_places() -> None:
    block = layout_text("one\ntwo", SERIF, max_lines=2)
    both = block.svg(0, 0, fill="#ffffff")
    assert both == block.svg(0, 0, fill="#ffffff", lines=[0]) + block.svg(0, 0, fill="#ffffff", lines=[1])
