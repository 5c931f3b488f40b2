"""Apostrophes and quotation marks on screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.punctuation import curl_quotes
from render.text import TextStyle, layout_text


@pytest.mark.parametrize(
    ("straight", "curly"),
    [
        ("Turkey's foreign minister", "Turkey’s foreign minister"),
        ("the ministers' table", "the ministers’ table"),
        ("l'accord d'Alger", "l’accord d’Alger"),
        ('He said "war" twice', "He said “war” twice"),
        ('("war")', "(“war”)"),
        ('the "1936" treaty', "the “1936” treaty"),
        ("a 'couple' of strikes", "a ‘couple’ of strikes"),
        ("\"He said 'war'\"", "“He said ‘war’”"),
        ("the war of '56", "the war of ’56"),
        ("'tis the season", "’tis the season"),
        ("the 1920's", "the 1920’s"),
        ("5' 10\" tall", "5' 10\" tall"),
        ('צה"ל', 'צה"ל'),
        ("already “curly” and it’s fine", "already “curly” and it’s fine"),
        ('Ивано-Франковск "сегодня"', "Ивано-Франковск “сегодня”"),
        ("Qur'an, Sana'a", "Qur’an, Sana’a"),
    ],
)
def test_marks_curl_by_where_they_stand(straight: str, curly: str) -> None:
    assert curl_quotes(straight) == curly


@given(st.text(alphabet="ab1 '\"’“.(\n", max_size=30))
def test_nothing_but_the_marks_changes(text: str) -> None:
    curled = curl_quotes(text)
    plain = str.maketrans("’‘“”", "''\"\"")
    assert curled.translate(plain) == text.translate(plain)


def test_what_is_drawn_is_curly() -> None:
    block = layout_text('Turkey\'s "war"', TextStyle("Inter", 40))
    assert block.text == "Turkey’s “war”"
    assert not block.missing
