"""What two formats can both say comes back whole through either of them."""

import io
from itertools import product

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.strategies.subtitles import documents
from transcripts.formats.appearance import spelled_out
from transcripts.formats.registry import FORMATS, find_format
from transcripts.marks import Losses
from transcripts.subtitles import Subtitles

NAMES = [each.name for each in FORMATS]


def through(name: str, subtitles: Subtitles) -> tuple[Subtitles, tuple[str, ...]]:
    """The subtitles as they are read after they were written, and what was lost."""
    stream = io.StringIO(newline="")
    lost = find_format(name).write(subtitles, stream)
    return find_format(name).read(io.StringIO(stream.getvalue(), newline="")), lost


def meaning(subtitles: Subtitles, *, times: bool) -> object:
    """All that is said, whatever it is called: classes that only colour are the colour, fields and identifiers do not count."""
    plain = spelled_out(subtitles, Losses(""))
    cues = [
        (
            (cue.start, cue.end) if times else None,
            cue.lines,
            sorted(cue.settings),
            sorted((mark.start, mark.end, mark.kind, mark.value, mark.classes) for mark in cue.marks),
        )
        for cue in plain.cues
    ]
    return cues, subtitles.language, subtitles.title, [(note.text, note.before) for note in subtitles.notes]


@pytest.mark.parametrize(("one", "other"), list(product(NAMES, NAMES)))
@given(data=st.data())
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_a_pair_of_formats(one: str, other: str, data: st.DataObject) -> None:
    subtitles = data.draw(documents((one, other)))
    times = "txt" not in (one, other)
    first, lost = through(one, subtitles)
    assert times or len(lost) <= 1
    assert lost == () or not times
    assert meaning(first, times=times) == meaning(subtitles, times=times)
    second, lost = through(other, first)
    assert lost == () or not times
    back, lost = through(one, second)
    assert lost == () or not times
    assert meaning(back, times=times) == meaning(subtitles, times=times)


@pytest.mark.parametrize("name", NAMES)
@given(text=st.text(max_size=300))
def test_no_text_breaks_a_reader(name: str, text: str) -> None:
    from core.errors import BadInput

    try:
        read = find_format(name).read(io.StringIO(text, newline=""))
    except BadInput:
        return
    for form in FORMATS:
        form.write(read, io.StringIO())


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@hypothesis_settings(max_examples=30, deadline=None)
def test_a_file_that_is_cut_gives_what_is_there_or_says_so(name: str, data: st.DataObject) -> None:
    from core.errors import BadInput

    subtitles = data.draw(documents((name,)))
    stream = io.StringIO(newline="")
    find_format(name).write(subtitles, stream)
    text = stream.getvalue()
    cut = text[: data.draw(st.integers(0, len(text)))]
    try:
        read = find_format(name).read(io.StringIO(cut, newline=""))
    except BadInput:
        return
    assert len(read.cues) <= max(len(subtitles.cues), 1) * (3 if name == "txt" else 1)
    whole = find_format(name).read(io.StringIO(text, newline="")).cues
    if name != "txt" and len(read.cues) > 1:
        assert read.cues[:-1] == whole[: len(read.cues) - 1]
