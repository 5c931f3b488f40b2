"""What the scratch voice is given to read."""

import pytest

from render.pronunciation import text_to_voice


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("It opened in 1869.", "It opened in eighteen sixty-nine."),
        ("In 2023 it", "In twenty twenty-three it"),
        ("In 2005.", "In two thousand and five."),
        ("the 1970s", "the nineteen seventies"),
        ("the 1900’s", "the nineteen hundreds"),
        ("1956's war", "nineteen fifty-six's war"),
        ("2020–2024", "twenty twenty to twenty twenty-four"),
        ("a record 26,434 ships", "a record 26,434 ships"),
        ("8,400 miles, 12.5%", "8,400 miles, 12.5%"),
        ("193 km", "193 kilometres"),
        ("£10, a month", "10 pounds, a month"),
        ("$3.5 billion", "3.5 billion dollars"),
        ("£1", "1 pound"),
        ("£2,000", "2,000 pounds"),
        ("one line\n  and  another", "one line and another"),
        ("the Houthi movement", "the [[hˈuːθi]] movement"),
        ("Houthis, who", "[[hˈuːθiz,]] who"),
        ("[[raw]]", "raw"),
    ],
)
def test_text_is_written_as_it_is_said(written: str, read: str) -> None:
    assert text_to_voice(written) == read
