"""Each doubt, beside a case like it that is none."""

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.clips import WINDOW, join_clips, join_sequences
from transcripts.doubts import doubt
from transcripts.evidence import Evidence, SpeechSegment, joined, without, wordless
from transcripts.words import Cue, Word


def spoken(text: str, start: float = 0.0, each: float = 0.4) -> list[Word]:
    return [Word(word, start + n * each, start + n * each + each * 0.9) for n, word in enumerate(text.split())]


def rules(
    words: Sequence[Word], evidence: Evidence | None = None, cues: Sequence[Cue] = (), **known: float
) -> list[str]:
    return [finding.rule for finding in doubt(words, cues, evidence or Evidence(), **known)]


@pytest.mark.parametrize("phrase", ["no,", "thank you.", "The oil goes around the cape.", "I am going to the shop and"])
def test_a_phrase_over_and_over(phrase: str) -> None:
    words = spoken("He said " + " ".join([phrase] * 6) + " then he left")
    (finding,) = doubt(words, (), Evidence())
    assert finding.rule == "words-repeated"
    assert finding.value == 6
    assert finding.at == pytest.approx(0.8)
    assert phrase.split(maxsplit=1)[0] in finding.message


@pytest.mark.parametrize(
    "text", ["never, never, never again", "ha ha ha", "of the people, by the people, for the people", "1 1 1"]
)
def test_what_speakers_do_repeat(text: str) -> None:
    assert rules(spoken(text)) == []


def test_words_in_silence_are_one_finding_a_run() -> None:
    words = spoken("we were there Thank you for watching")
    silent = Evidence(silent=((1.15, 9.0),))
    (finding,) = doubt(words, (), silent)
    assert (finding.rule, finding.at) == ("words-in-silence", 1.2)
    assert "Thank you for watching" in finding.message
    assert rules(words, Evidence(silent=((1.3, 1.5), (1.6, 1.9)))) == [], "a plosive begins with silence"


def test_lengths_that_no_word_has() -> None:
    long = Word("the", 0.0, 4.0)
    assert rules([long, *spoken("end", 4.0)]) == ["word-too-long"]
    assert rules([Word("Constantinople", 0.0, 2.6)]) == [], "a long word, said slowly"
    hurried = spoken("wonderful celebration opposite remarkable institution every day", each=0.1)
    assert rules(hurried) == ["words-too-fast"]
    assert rules(spoken("wonderful celebration opposite remarkable institution every day", each=0.45)) == []
    assert rules([Word("so", 1.0, 1.0), *spoken("he went there", 1.1)]) == [], "one word's time is rough"


def test_what_whisper_itself_calls_a_guess() -> None:
    def said(logprob: float, no_speech: float, compression: float) -> list[str]:
        return rules([], Evidence(segments=(SpeechSegment(0.0, 5.0, logprob, no_speech, compression),)))

    assert said(-0.3, 0.9, 1.6) == []
    assert said(-1.2, 0.1, 1.6) == ["words-unsure"]
    assert said(-0.3, 0.1, 2.6) == ["words-looping"]
    (finding,) = doubt([], (), Evidence(segments=(SpeechSegment(0.0, 5.0, -1.2, 0.7, 1.0),)))
    assert "no speech at all" in finding.message


def test_a_voice_without_words_and_a_lost_tail() -> None:
    words = [*spoken("one two three"), *spoken("eight nine ten", 6.0)]
    heard = Evidence(voiced=((0.0, 12.0),))
    first, second = doubt(words, (), heard)
    assert (first.rule, second.rule) == ("speech-without-words", "tail-without-words")
    assert first.at == pytest.approx(1.16 + 0.3)
    assert second.at == pytest.approx(7.16 + 0.3)
    assert rules(words, Evidence(voiced=((0.0, 1.5), (5.9, 7.6)))) == []
    assert rules([], Evidence(voiced=((0.0, 0.7),))) == [], "a cough"
    assert rules([], Evidence(voiced=((0.0, 3.0),))) == ["speech-without-words"]


def test_a_cue_under_which_nobody_is_heard() -> None:
    cues = (Cue(0.0, 2.0, ("Hello.",)), Cue(10.0, 12.0, ("Thank you.",)))
    (finding,) = doubt([], cues, Evidence(voiced=((0.2, 1.1),)))
    assert (finding.rule, finding.cue, finding.at) == ("cue-without-speech", 2, 10.0)


def test_three_hours_are_judged_in_a_moment() -> None:
    words = spoken("word " * 30_000, each=0.36)
    pauses = tuple((second + 0.9, second + 0.99) for second in range(10_800))
    voiced = tuple((float(second), second + 0.9) for second in range(10_800))
    cues = [Cue(float(at), at + 3.0, ("words",)) for at in range(0, 10_800, 3)]
    began = time.process_time()
    doubt(words, cues, Evidence(silent=pauses, voiced=voiced))
    assert time.process_time() - began < 5, "every word against every pause takes a minute"


def test_sound_that_ends_before_its_file_says() -> None:
    assert rules([], duration=100.0, stated=160.0) == ["sound-cut-short"]
    assert rules([], duration=100.0, stated=100.6) == []
    assert rules([], duration=100.0) == []


def test_another_language_than_it_was_told() -> None:
    (finding,) = doubt([], (), Evidence(sounds_like="de"))
    assert finding.rule == "other-language"
    assert "--language de" in finding.hint


TIMES = st.lists(st.floats(0, 500).map(lambda second: round(second, 2)), min_size=2, max_size=24, unique=True)


def spans(times: list[float]) -> list[tuple[float, float]]:
    ordered = sorted(times)
    return list(zip(ordered[::2], ordered[1::2], strict=False))


@given(TIMES, TIMES)
def test_what_is_left_of_spans(times: list[float], holes: list[float]) -> None:
    whole, taken = spans(times), spans(holes)
    left = without(whole, taken)
    assert left == sorted(left)
    assert all(start < end for start, end in left)
    for tenth in range(5000):
        at = tenth / 10 + 0.05
        inside = any(start <= at < end for start, end in whole) and not any(start <= at < end for start, end in taken)
        assert inside == any(start <= at < end for start, end in left)


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0.1, 29.0)), max_size=40))
def test_clips_hold_every_voice_and_fit_the_window(steps: list[tuple[float, float]]) -> None:
    voiced, at = [], 0.0
    for pause, length in steps:
        start = at + pause + 0.5
        at = start + length
        voiced.append((start, at))
    clips = join_clips(voiced, at + 1.0)
    assert [span for clip in clips for span in clip.voiced] == voiced
    assert all(clip.seconds <= WINDOW for clip in clips)
    assert all(clip.start <= start and end <= clip.end for clip in clips for start, end in clip.voiced)
    assert all(one.end <= other.start for one, other in pairwise(clips))


def test_sequences_are_cut_at_long_pauses_only() -> None:
    clips = join_clips([(1.0, 20.0), (20.6, 40.0), (44.0, 60.0), (60.3, 80.0)], 81.0)
    assert len(clips) == 4
    sequences = join_sequences(clips)
    assert [(round(clip.start, 1), round(clip.end, 1)) for clip in sequences] == [(0.6, 40.4), (43.6, 80.4)]
    assert [span for clip in sequences for span in clip.voiced] == [span for clip in clips for span in clip.voiced]


def test_evidence_of_stretches_is_that_of_the_whole() -> None:
    one = Evidence((SpeechSegment(0, 5, -0.1, 0, 1.2),), ((1.0, 10.0),), ((0.0, 0.5),))
    whole = joined([one, Evidence(voiced=((0.0, 3.0),), sounds_like="de").moved(10.0)])
    assert whole.voiced == ((1.0, 13.0),)
    assert whole.sounds_like == "de"
    assert Evidence.from_json(whole.to_json()) == whole


def test_a_word_that_seems_to_last_hides_no_others() -> None:
    assert wordless([(0.0, 10.0)], [(0.0, 10.0)]) == [(2.3, 10.0)]
