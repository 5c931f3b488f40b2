"""What holds for any text that is laid out: it fits its box, nothing is lost, no word stands alone on the last line."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from render.punctuation import curl_quotes
from render.shaping import shape_line
from render.text import MAX_CHARACTERS, TextStyle, layout_row, layout_text
from tests.strategies.lettering import display_texts

SERIF = TextStyle("Source Serif 4", 90, weight=600, leading=1.12)
SANS = TextStyle("Inter", 60, tracking=0.02)
styles = st.sampled_from([SERIF, SANS])
widths = st.sampled_from([220.0, 500.0, 864.0, 1728.0])
few = settings(max_examples=40, deadline=None)
pytestmark = pytest.mark.slow


@few
@given(display_texts, styles, widths, st.integers(1, 6))
def test_no_line_is_wider_than_its_box_nor_the_block_higher(
    text: str, style: TextStyle, width: float, lines: int
) -> None:
    block = layout_text(text, style, width, lines, min_size=30, height=400)
    assume(not block.overflow)
    assert len(block.lines) <= lines
    assert block.height <= 400
    assert 30 <= block.size <= style.size
    for line in block.lines:
        assert line.width <= width + 0.5
        # Drawn is what was measured: letters overhang their advance by a serif or a slanted stroke at most.
        assert line.ink[0] >= -0.35 * block.size
        assert line.ink[2] <= line.width + 0.35 * block.size


@few
@given(display_texts, styles, widths, st.integers(1, 6))
@example("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", SERIF, 220.0, 3)
def test_nothing_is_lost_and_nothing_added(text: str, style: TextStyle, width: float, lines: int) -> None:
    block = layout_text(text, style, width, lines, min_size=30)
    assert block.text.replace("\n", "").replace(" ", "") == curl_quotes(text).replace(" ", "")
    assert block.missing == ()


@few
@given(display_texts, styles, widths, st.integers(2, 6))
@example("one two three four Konstantinoupolis", SERIF, 1728.0, 2)
def test_no_word_stands_alone_on_the_last_line_that_could_have_company(
    text: str, style: TextStyle, width: float, lines: int
) -> None:
    block = layout_text(text, style, width, lines, min_size=30)
    assume(len(block.lines) > 1 and not block.overflow)
    before, last = (line.text.split() for line in block.lines[-2:])
    if len(last) > 1 or len(before) < 2:
        return
    together = f"{before[-1]} {last[0]}"
    fits = shape_line(together, block.style, block.right_to_left).width <= width
    limited = all(len(line.text) <= MAX_CHARACTERS for line in block.lines)
    assert not fits or (limited and len(together) > MAX_CHARACTERS)


@few
@given(st.lists(display_texts, min_size=1, max_size=4), widths)
def test_a_row_is_of_one_size(texts: list[str], width: float) -> None:
    blocks = layout_row(texts, SANS, width, 2, 30)
    assert len({block.size for block in blocks}) == 1
    assert all(line.width <= width + 0.5 for block in blocks if not block.overflow for line in block.lines)


@few
@given(display_texts, styles, widths)
def test_less_room_never_makes_larger_type(text: str, style: TextStyle, width: float) -> None:
    """But for the quarter that a text may lose so that its last word has company."""
    wide = layout_text(text, style, width, 3, min_size=30, max_characters=None)
    narrow = layout_text(text, style, 0.7 * width, 3, min_size=30, max_characters=None)
    assert narrow.size <= wide.size / 0.75
