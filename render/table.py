"""A table of figures as a spreadsheet writes it: CSV with a row of headings, labels in the first column, figures in the others."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from core.errors import BadInput, Place
from script.document import Fact
from script.facts import put_in_facts

MOST_ROWS = 400
MOST_COLUMNS = 40

_GROUPS = re.compile(r"(?<=\d)[\u00a0\u202f ](?=\d{3}(?!\d))")


@dataclass(frozen=True)
class Table:
    """`labels` of the rows, and `columns` of figures by their headings, in the file's order."""

    labels: tuple[str, ...]
    columns: Mapping[str, tuple[float, ...]]


def read_table(stream: TextIO, file: str, facts: Mapping[str, Fact] | None = None) -> Table:
    """Read comma-, semicolon- or tab-separated text; `file` is its name for errors.

    Figures may be grouped (26,434) and may be facts, written `{{id}}`. Where semicolons part the cells a comma is the decimal sign, as
    spreadsheets of half of Europe write it. Raises BadInput with line and column of the first thing that is wrong.
    """
    lines = [line.rstrip("\r\n") for line in stream]
    filled = [line for line in lines if line.replace(",", "").replace(";", "").strip()]
    separator = _separator(filled[0]) if filled else ","
    rows = _rows(lines, separator, file)
    if not rows:
        raise BadInput("the table is empty", place=Place(file, 1, 1), hint="write a row of headings and a row a label")
    number, headings = rows[0]
    _check_headings(headings, lines, number, separator, file)
    if len(rows) == 1:
        raise BadInput("the table has headings but no figures", place=Place(file, number, 1))
    if len(rows) > MOST_ROWS + 1:
        raise BadInput(
            f"the table has {len(rows) - 1} rows", place=Place(file, rows[MOST_ROWS + 1][0], 1), hint="sum some up"
        )
    figures: list[list[float]] = []
    for number, cells in rows[1:]:
        if len(cells) != len(headings):
            message = f"this row has {len(cells)} cells, the headings are {len(headings)}"
            hint = "put quotation marks around a cell that holds the separator itself"
            raise BadInput(message, place=Place(file, number, 1), hint=hint)
        figures.append(
            [
                _figure(cell, separator, headings[column], facts or {}, _place(lines, number, column, separator, file))
                for column, cell in enumerate(cells)
                if column
            ]
        )
    columns = {name: tuple(row[index] for row in figures) for index, name in enumerate(headings[1:])}
    return Table(tuple(cells[0] for _, cells in rows[1:]), columns)


def _separator(line: str) -> str:
    """What parts the cells of the headings; a comma in doubt."""
    return max((",", ";", "\t"), key=line.count)


def _rows(lines: list[str], separator: str, file: str) -> list[tuple[int, list[str]]]:
    """Every row that is not blank, with the line on which it begins."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, [cell.strip() for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(f"the table cannot be read: {error}", place=Place(file, begins, 1)) from error
    return rows


def _check_headings(headings: list[str], lines: list[str], number: int, separator: str, file: str) -> None:
    if len(headings) < 2:
        raise BadInput(
            "the table has one column", place=Place(file, number, 1), hint="labels come first, figures in the next"
        )
    if len(headings) > MOST_COLUMNS:
        raise BadInput(f"the table has {len(headings)} columns", place=Place(file, number, 1), hint="leave some out")
    for column, name in enumerate(headings):
        place = _place(lines, number, column, separator, file)
        if column and not name:
            raise BadInput(f"column {column + 1} has no heading", place=place, hint="write what it counts")
        if column and name in headings[1:column]:
            raise BadInput(f"two columns are called {name!r}", place=place)


def _figure(cell: str, separator: str, heading: str, facts: Mapping[str, Fact], place: Place) -> float:
    said, unknown = put_in_facts(cell, facts)
    if unknown:
        raise BadInput(f"no fact {unknown[0]!r}", place=place, hint="add it to facts.toml")
    plain = _GROUPS.sub("", said.replace("−", "-"))
    if separator == ";":
        plain = re.sub(r"(?<=\d)\.(?=\d{3}(\D|$))", "", plain).replace(",", ".") if "," in plain else plain
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    if not plain:
        raise BadInput(f"there is no figure under {heading!r}", place=place, hint="write it, or leave the row out")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", plain):
        raise BadInput(f"{cell!r} under {heading!r} is not a figure", place=place, hint="write digits, without a unit")
    return float(plain)


def _place(lines: list[str], number: int, column: int, separator: str, file: str) -> Place:
    """Where a cell begins, counting characters from 1; in a row that runs over several lines, the row's beginning."""
    at, left, quoted = 0, column, False
    line = lines[number - 1]
    while left and at < len(line):
        if line[at] == '"':
            quoted = not quoted
        elif line[at] == separator and not quoted:
            left -= 1
        at += 1
    return Place(file, number, 1 if left else at + 1)
