"""Tables of figures as spreadsheets write them, and wrong ones."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from render.table import Table, read_table
from script.document import Fact


def read(text: str) -> Table:
    return read_table(io.StringIO(text, newline=""), "data.csv", {"oil": Fact("oil", "20.5")})


@pytest.mark.parametrize(
    "text",
    [
        'year,Ships,Tonnage\n2023,"26,434",1.5\n2024,13213,−2\n',
        "year;Ships;Tonnage\r\n2023;26.434;1,5\r\n\r\n2024;13213;-2\r\n",
        "year\tShips\tTonnage\n2023\t26 434\t1.5\n2024\t13213\t-2",
    ],
)
def test_a_table_is_read_however_the_spreadsheet_wrote_it(text: str) -> None:
    if ";" in text:
        text = text.replace("26.434", "26.434,0")
    table = read(text)
    assert table.labels == ("2023", "2024")
    assert table.columns == {"Ships": (26434, 13213), "Tonnage": (1.5, -2)}


def test_a_figure_may_be_a_fact() -> None:
    assert read("a,b\nnow,{{oil}}\n").columns["b"] == (20.5,)


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("", "empty", 1, 1),
        ("year,Ships\n", "no figures", 1, 1),
        ("year\n2023\n", "one column", 1, 1),
        ("year,Ships,\n2023,1,2\n", "column 3 has no heading", 1, 12),
        ("year,Ships,Ships\n2023,1,2\n", "two columns", 1, 12),
        ("year,Ships\n2023,1\n2024,many\n", "'many' under 'Ships' is not a figure", 3, 6),
        ('year,Ships\n"in 2023, or so",1 000 t\n', "not a figure", 2, 18),
        ("year,Ships\n\n2023,\n", "no figure under 'Ships'", 3, 6),
        ("year,Ships\n2023,1,434\n", "3 cells, the headings are 2", 2, 1),
        ("year,Ships\n2023,{{coal}}\n", "no fact 'coal'", 2, 6),
        ('year,Ships\n2023,"1\n', "cannot be read", 2, 1),
        ("year,Ships\n2023,nan\n", "not a figure", 2, 6),
    ],
)
def test_a_wrong_table_names_line_and_column(text: str, message: str, line: int, column: int) -> None:
    with pytest.raises(BadInput) as caught:
        read(text)
    assert message in caught.value.message
    place = caught.value.place
    assert place is not None
    assert (place.file, place.line, place.column) == ("data.csv", line, column)


@given(st.lists(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=2), min_size=1, max_size=9))
def test_what_a_spreadsheet_writes_comes_back(rows: list[list[int]]) -> None:
    import csv

    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["x", "a", "b, c"], *([f'l"{index}', *row] for index, row in enumerate(rows))])
    table = read(stream.getvalue())
    assert table.columns == {"a": tuple(row[0] for row in rows), "b, c": tuple(row[1] for row in rows)}
    assert table.labels == tuple(f'l"{index}' for index in range(len(rows)))


@given(st.text(max_size=80))
def test_any_text_is_a_table_or_an_error(text: str) -> None:
    with suppress(BadInput):
        table = read(text)
        assert all(len(column) == len(table.labels) for column in table.columns.values())
