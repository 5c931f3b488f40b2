"""What a page is made from, before any template: transcript, chapters, filters, structured data, marks."""

import json

from markupsafe import Markup

from catalogue.views import ChapterView, Facet
from transcripts.words import Cue
from web.chapters import read_spans, to_cues
from web.filters import group_facets, page_numbers, read_filters
from web.pages import marked, spoken
from web.structured import iso_duration, to_script
from web.transcript import read_passages

CHAPTERS = (ChapterView(0, "One"), ChapterView(10, "Two"), ChapterView(50, "Silent"))


def cue(start: float, text: str) -> Cue:
    return Cue(start, start + 2, (text,))


def test_cues_stand_under_the_chapter_in_which_they_begin() -> None:
    passages = read_passages([cue(0, "a."), cue(8, "b"), cue(9.9, "c."), cue(20, "d.")], CHAPTERS)
    said = [(p.title, [c.text for paragraph in p.paragraphs for c in paragraph.cues]) for p in passages]
    assert said == [("One", ["a.", "b"]), ("Two", ["c.", "d."])]


def test_a_paragraph_ends_with_a_sentence_once_it_is_long() -> None:
    long = "x" * 150
    cues = [cue(0, long), cue(2, f"{long}."), cue(4, "Next")]
    (passage,) = read_passages(cues, ())
    assert passage.title == ""
    assert [len(paragraph.cues) for paragraph in passage.paragraphs] == [2, 1]


def test_a_long_silence_after_a_sentence_ends_a_paragraph() -> None:
    (passage,) = read_passages([cue(0, "Short."), cue(10, "Later.")], ())
    assert len(passage.paragraphs) == 2


def test_chapters_become_spans_and_one_alone_none() -> None:
    spans = read_spans(CHAPTERS, 60)
    assert [(span.start, span.end) for span in spans] == [(0, 10), (10, 50), (50, 60)]
    assert to_cues(spans)[1].lines == ("Two",)
    assert read_spans(CHAPTERS[:1], 60) == ()
    assert len(read_spans(CHAPTERS, 30)) == 2, "a chapter past the end is left out"


def test_filters_survive_nonsense() -> None:
    filters = read_filters("/", {"year": "20x5", "order": "best", "page": "-3", "q": "a\0  b", "tag": ""})
    assert (filters.year, filters.order, filters.page, filters.query, filters.tag) == (None, "newest", 1, "a b", None)
    assert read_filters("/", {"page": "9" * 30}).page == 1


def test_an_address_says_only_what_is_set_and_a_new_filter_starts_at_the_first_page() -> None:
    filters = read_filters("/", {"tag": "oil & gas", "page": "4", "order": "title"})
    assert filters.address(page=5) == "/?tag=oil+%26+gas&order=title&page=5"
    assert filters.toggle("year", "2024") == "/?year=2024&tag=oil+%26+gas&order=title"
    assert filters.toggle("tag", "oil & gas") == "/?order=title"
    assert read_filters("/", {}).address() == "/"


def test_years_run_backwards_and_topics_by_how_many() -> None:
    facets = [Facet("tag", "b", 1), Facet("tag", "a", 5), Facet("year", "2019", 9), Facet("year", "2024", 1)]
    groups = {name: [facet.value for facet in found] for name, _heading, found in group_facets(facets)}
    assert groups == {"year": ["2024", "2019"], "tag": ["a", "b"]}


def test_page_numbers_leave_out_what_is_far_but_never_a_single_one() -> None:
    assert page_numbers(1, 3) == (1, 2, 3)
    assert page_numbers(10, 21) == (1, None, 8, 9, 10, 11, 12, None, 21)
    assert page_numbers(5, 9) == (1, 2, 3, 4, 5, 6, 7, 8, 9)


def test_marks_stand_around_what_matched_and_nothing_else_is_markup() -> None:
    assert marked("a <b> c", [(2, 5)]) == Markup("a <mark>&lt;b&gt;</mark> c")
    assert marked("abc", [(2, 9), (1, 0)]) == Markup("abc")


def test_structured_data_cannot_close_its_script() -> None:
    script = to_script({"name": "</script><b>&"})
    assert "<" not in script
    assert json.loads(str(script))["name"] == "</script><b>&"
    assert (iso_duration(124), iso_duration(3600), iso_duration(0.2)) == ("PT2M4S", "PT1H", "PT0S")


def test_lengths_are_said_in_words() -> None:
    assert spoken(3661) == "1 hour 1 minute 1 second"
    assert spoken(0.2) == "0 seconds"
