"""What can be put right is, and nothing else: no word changes, twice is once, what was in order stays."""

import io
import time
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.direction import without_marks
from transcripts.fixing import Fixed, fix_guessed, fix_track, fixed_subtitles
from transcripts.formats import srt
from transcripts.profiles import PROFILES
from transcripts.rates import RATES, guess_rate
from transcripts.rules import check_track
from transcripts.subtitles import Note, Subtitles
from transcripts.track import Track, make_track
from transcripts.words import Cue, Mark


def fix(*cues: Cue, profile: str = "netflix", cuts: tuple[float, ...] = (), language: str = "en") -> Fixed:
    return fix_track(make_track(cues, profile, Fraction(25), language, cuts))


def spans(fixed: Fixed) -> list[tuple[float, float]]:
    return [(round(cue.start, 3), round(cue.end, 3)) for cue in fixed.cues]


ONE, TWO = "The canal is open.", "It is shut again."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([(1, 3.3), (3.2, 5)], [(1, 3.12), (3.2, 5)]),  # overlap
        ([(1, 3.16), (3.2, 5)], [(1, 3.12), (3.2, 5)]),  # one frame between them
        ([(1, 3), (3.2, 5)], [(1, 3.12), (3.2, 5)]),  # five frames between them
        ([(1, 1.5), (3.2, 5)], [(1, 1.92), (3.2, 5)]),  # too short, and too fast: to the frame
        ([(4, 6), (1, 3)], [(1, 3), (4, 6)]),  # the wrong way round
        ([(1, 1), (3, 5)], [(1, 1.92), (3, 5)]),  # no time at all
        ([(1, 3), (4, 6)], [(1, 3), (4, 6)]),  # in order
        ([(1, 4.6), (3.2, 5)], [(1, 4.6), (3.2, 5)]),  # over each other by more than a slip: for a person
    ],
)
def test_times(before: list[tuple[float, float]], after: list[tuple[float, float]]) -> None:
    fixed = fix(*(Cue(start, end, (text,)) for (start, end), text in zip(before, (ONE, TWO), strict=True)))
    assert spans(fixed) == after


@pytest.mark.parametrize(
    ("cuts", "after"),
    [
        ((1.2,), [(1.2, 2.96), (3.04, 5)]),  # it begins on the cut
        ((0.8,), [(0.8, 2.96), (3.04, 5)]),
        ((3.28,), [(1, 3.2), (3.28, 5)]),  # and the one before it stays until then
        ((2.8,), [(1, 2.72), (2.8, 5)]),
        ((5.2,), [(1, 2.96), (3.04, 5.12)]),  # it ends two frames before the cut
        ((4.84,), [(1, 2.96), (3.04, 4.76)]),
    ],
)
def test_cuts(cuts: tuple[float, ...], after: list[tuple[float, float]]) -> None:
    fixed = fix(Cue(1, 2.96, (ONE,)), Cue(3.04, 5, (TWO,)), cuts=cuts)
    assert spans(fixed) == after
    assert not [finding for finding in fixed.left if finding.rule.endswith("off-cut")]


def test_lines_are_broken_where_they_read_best() -> None:
    fixed = fix(
        Cue(1, 5, ("In the summer the canal was taken by the", "owners.")),
        Cue(6, 10, ("The ships", "went on to", "the sea.")),
        Cue(11, 15, ("A line that is so long that nobody has ever been able to read it.",)),
        Cue(16, 20, ("-Is the", "canal open?", "-It is.")),
    )
    assert [cue.lines for cue in fixed.cues] == [
        ("In the summer the canal was taken", "by the owners."),
        ("The ships went on to the sea.",),
        ("A line that is so long", "that nobody has ever been able to read it."),
        ("-Is the", "canal open?", "-It is."),
    ]
    assert [finding.rule for finding in fixed.left] == ["cue-too-many-lines"]


def test_spaces_empty_lines_and_dots() -> None:
    fixed = fix(Cue(1, 3, (" The  canal ", "", "is open...")), Cue(4, 6, (" ", "")))
    assert [cue.lines for cue in fixed.cues] == [("The canal is open…",)]
    assert [(change.cue, change.rules) for change in fixed.changes] == [
        (1, ("cue-spaces", "cue-empty-line", "cue-three-dots", "cue-needless-break")),
        (2, ("cue-empty",)),
    ]


def test_marks_stay_on_their_words() -> None:
    (cue,) = fix(Cue(1, 3, (" The  canal", "is open."), marks=(Mark(6, 11, "italic"), Mark(12, 14, "bold")))).cues
    text = "\n".join(cue.lines)
    assert [(text[mark.start : mark.end], mark.kind) for mark in cue.marks] == [("canal", "italic"), ("is", "bold")]


def test_a_note_stays_before_its_cue() -> None:
    cues = (Cue(4, 6, (TWO,)), Cue(7, 8, ("",)), Cue(1, 3, (ONE,)), Cue(9, 11, (ONE,)))
    document = Subtitles(cues, notes=tuple(Note(str(n), n) for n in range(5)))
    out = fixed_subtitles(document, fix_track(make_track(cues)))
    assert [(note.text, note.before) for note in out.notes] == [("1", 0), ("2", 0), ("0", 1), ("3", 2), ("4", 3)]


CUES = st.lists(
    st.builds(
        lambda gap, length, lines: (gap, length, lines),
        st.sampled_from((-0.4, -0.1, 0.0, 0.03, 0.08, 0.2, 0.45, 0.7, 1.0, 2.5)),
        st.sampled_from((-1.0, 0.0, 0.3, 0.8, 1.2, 2.0, 3.3, 7.5)),
        st.lists(st.text("the canal of Suez  .-אבג…\u202b", max_size=30), max_size=3).map(tuple),
    ),
    max_size=12,
)


def laid(pieces: list[tuple[float, float, tuple[str, ...]]]) -> tuple[Cue, ...]:
    clock, out = 1.0, []
    for gap, length, lines in pieces:
        start = max(0.0, clock + gap)
        out.append(Cue(round(start, 3), round(max(0.0, start + length), 3), lines))
        clock = out[-1].end
    return tuple(out)


def words_of(cues: tuple[Cue, ...]) -> list[str]:
    text = sorted("".join(without_marks("".join(cue.lines)).replace("...", "…").split()) for cue in cues)
    return [one for one in text if one]


@pytest.mark.parametrize("profile", PROFILES)
@given(
    pieces=CUES,
    cuts=st.lists(st.floats(0, 30), max_size=6),
    language=st.sampled_from(("en", "he", "ja")),
    rate=st.sampled_from((Fraction(24000, 1001), Fraction(25), Fraction(30))),
)
@settings(deadline=None, max_examples=150)
def test_no_word_changes_twice_is_once_and_faults_only_go(
    profile: str,
    pieces: list[tuple[float, float, tuple[str, ...]]],
    cuts: list[float],
    language: str,
    rate: Fraction,
) -> None:
    track = make_track(laid(pieces), profile, rate, language, cuts, 40.0)
    fixed = fix_track(track)
    assert words_of(fixed.cues) == words_of(tuple(track.cues))
    again = fix_track(replace(track, cues=_through_a_file(fixed.cues)))
    assert again.cues == _through_a_file(fixed.cues)
    assert again.changes == ()
    plain = _plain(track)
    assert len(fix_track(plain).left) <= len(check_track(plain))


@given(
    pieces=CUES,
    cuts=st.lists(st.floats(0, 30), max_size=3),
    shown=st.sampled_from((None, *RATES)),
)
@settings(deadline=None, max_examples=300)
def test_twice_is_once_where_the_rate_is_guessed_anew(
    pieces: list[tuple[float, float, tuple[str, ...]]], cuts: list[float], shown: Fraction | None
) -> None:
    cues = laid(pieces)
    if shown is not None:
        cues = tuple(replace(cue, start=_to_frame(cue.start, shown), end=_to_frame(cue.end, shown)) for cue in cues)
    held, fixed = fix_guessed(make_track(cues, "netflix", guess_rate(cues), "en", cuts, rate_guessed=True))
    kept = _through_a_file(fixed.cues)
    again, twice = fix_guessed(replace(held, cues=kept, rate=guess_rate(kept)))
    assert again.rate == held.rate
    assert twice.cues == kept
    assert twice.changes == ()


def _to_frame(seconds: float, rate: Fraction) -> float:
    return round(float(round(seconds * rate) / rate), 3)


def _plain(track: Track) -> Track:
    """What is not hidden by a fault of another kind: cues in order, each with a time and something to show."""
    cues = sorted(
        (cue for cue in track.cues if cue.end > cue.start and cue.text.strip(" \u202b")), key=lambda cue: cue.start
    )
    return replace(track, cues=tuple(cues))


def _through_a_file(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Times as a file keeps them, to the millisecond."""
    return tuple(replace(cue, start=round(cue.start, 3), end=round(cue.end, 3)) for cue in cues)


def test_a_file_of_twenty_thousand_cues_is_put_right_in_seconds() -> None:
    cues = tuple(Cue(n * 2.0, n * 2.0 + 1.8, (" The ships of the", "canal went on to sea.")) for n in range(20_000))
    began = time.process_time()
    fixed = fix_track(make_track(cues, "netflix", Fraction(25), "en", [n * 7.0 for n in range(6_000)]))
    assert time.process_time() - began < 15
    stream = io.StringIO()
    srt.write(Subtitles(fixed.cues), stream)
    assert len(fixed.changes) == 20_000
