"""Queries, marks, excerpts and the order of a shelf."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.marks import EXCERPT, excerpt, find_marks
from catalogue.query import MOST_TERMS, Term, parse_query
from catalogue.shelf import Filters, Line, arrange, count_facets, narrow


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("suez", [Term(("suez",), prefix=True)]),
        ("suez canal ", [Term(("suez",)), Term(("canal",), prefix=True)]),
        ('"suez canal"', [Term(("suez", "canal"))]),
        ("“suez canal” war", [Term(("suez", "canal")), Term(("war",), prefix=True)]),
        ('"suez can', [Term(("suez", "can"))]),
        ("Nagorno-Kar", [Term(("nagorno", "kar"), prefix=True)]),
        ("in 1956", [Term(("in",)), Term(("1956",))]),
        ("a", [Term(("a",))]),
        ("oil oil", [Term(("oil",)), Term(("oil",), prefix=True)]),
        ('" "', []),
    ],
)
def test_what_is_typed(typed: str, expected: list[Term]) -> None:
    assert list(parse_query(typed).terms) == expected


@given(st.text(max_size=200))
def test_anything_can_be_typed(typed: str) -> None:
    terms = parse_query(typed).terms
    assert len(terms) <= MOST_TERMS
    assert all(term.keys for term in terms)
    assert sum(term.prefix for term in terms) <= 1
    assert not any(term.prefix for term in terms[:-1])


def test_marks_are_on_the_original() -> None:
    text = "Erdoğan met the U.S. envoy; ERDOGAN left."
    marks = find_marks(text, parse_query("us erdogan").terms)
    assert [text[start:end] for start, end in marks] == ["Erdoğan", "U.S.", "ERDOGAN"]
    assert find_marks(text, parse_query('"met the us"').terms) == ((8, 20),)


@given(st.lists(st.sampled_from(["oil", "gas", "wheat", "and", "the", "Suez,"]), max_size=120))
def test_an_excerpt_is_short_and_marked_rightly(words: list[str]) -> None:
    text = " ".join(words)
    shown, marks = excerpt(text, parse_query("suez").terms)
    assert bool(shown) == ("Suez," in words)
    assert len(shown) <= EXCERPT + 4
    assert all(shown[start:end] == "Suez" for start, end in marks)
    assert bool(marks) == bool(shown)


LINES = [
    Line(1, 300.0, 2024, "Rivers", "Egypt\nwater", "a dam", 60.0),
    Line(2, 100.0, 2023, "Rivers", "Sudan\nwater", "the nile", 90.0),
    Line(3, None, None, "", "Egypt", "draft", 30.0),
]


def test_order() -> None:
    def ids(order: str) -> list[int]:
        return [line.video_id for line in arrange(LINES, order)]  # type: ignore[arg-type]

    assert ids("newest") == [3, 1, 2]
    assert ids("oldest") == [2, 1, 3]
    assert ids("title") == [1, 3, 2]
    assert ids("longest") == [2, 1, 3]
    assert ids("shortest") == [3, 1, 2]


def test_facets() -> None:
    filters = Filters(tag="water", year=2024)
    assert [line.video_id for line in narrow(LINES, filters)] == [1]
    counts = {(facet.name, facet.value): facet.count for facet in count_facets(LINES, filters)}
    assert counts == {
        ("series", "Rivers"): 1,
        ("tag", "Egypt"): 1,
        ("tag", "water"): 1,
        ("year", "2024"): 1,
        ("year", "2023"): 1,
    }
