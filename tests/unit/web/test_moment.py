import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.moment import read_moment, write_moment


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0), ("90", 90), ("90.5", 90.5), ("90s", 90), ("1m02s", 62), ("1m", 60), ("1h2m3s", 3723), ("1H", 3600),
        ("1:02", 62), ("1:02:03", 3723), (" 5 ", 5), ("1h30", 3630),
    ],
)  # fmt: skip
def test_every_way_to_write_a_moment_is_read(text: str, seconds: float) -> None:
    assert read_moment(text) == seconds


@pytest.mark.parametrize("text", ["", "s", "-5", "1e9", "nan", "inf", "1:2:3:4", "٣", "1m02s; drop", "9" * 40, "1,5"])
def test_anything_else_is_no_moment(text: str) -> None:
    assert read_moment(text) is None


def test_a_moment_past_the_end_is_the_end() -> None:
    assert read_moment("500", duration=120.5) == 120.5


@given(st.floats(min_value=0, max_value=86_400))
def test_what_is_written_is_read_back_at_most_a_tenth_earlier(seconds: float) -> None:
    back = read_moment(write_moment(seconds))
    assert back is not None
    assert -0.001 <= seconds - back < 0.101
