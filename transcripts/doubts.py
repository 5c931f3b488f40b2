"""Doubts about what a recogniser wrote down: each is flagged with its time, for a person to listen there; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.findings import Finding
from core.timecode import clock_text as clock
from transcripts.evidence import (
    COMPRESSION,
    LOGPROB,
    LONGEST_WORD,
    NO_SPEECH,
    Evidence,
    Span,
    SpeechSegment,
    lies_within,
    overlap,
    wordless,
)
from transcripts.words import Cue, Word

REPEATS = 4
"""So many times the same phrase in a row is a loop: speakers say a thing thrice ("never, never, never"), hardly ever more."""

_PHRASE = 12
"""Words of the longest phrase whose repetition is looked for; longer loops show in the compression."""

FASTEST = 35.0
"""Letters a second that nobody speaks over six words: auctioneers and disc jockeys reach ten syllables of three letters. The
scratch voice at one and a half times its pace, which Whisper still hears rightly, comes to 30."""

_HURRIED_RUN = 6
"""Words in a row before a pace is judged: times of single words are too rough."""

_HEARD_SHARE = 0.1
"""The part of a cue that has to lie within speech for it to be believed."""

_OFF = 1.0
"""Seconds that a container's length may differ from its sound's: encoders' delays and a last video frame are below that."""


def doubt(
    words: Sequence[Word], cues: Sequence[Cue], evidence: Evidence, *, duration: float = 0.0, stated: float = 0.0
) -> list[Finding]:
    """Everything that looks invented, lost or mistimed, by time. All are warnings.

    `duration` is the length of the sound that could be decoded and `stated` what its file says, in seconds; 0 where unknown.
    """
    timed = [word for word in words if word.start is not None and word.end is not None]
    found = [
        *_repeated(timed),
        *_in_silence(timed, evidence),
        *_too_long(timed),
        *_too_fast(timed),
        *_unsure(evidence.segments),
        *_looping(evidence.segments),
        *_unheard(timed, evidence),
        *_unspoken(cues, evidence),
        *_cut_short(duration, stated),
        *_other_language(evidence),
    ]
    return sorted(found, key=lambda finding: finding.at or 0.0)


def _span(word: Word) -> Span:
    assert word.start is not None
    assert word.end is not None
    return word.start, word.end


def _bare(word: Word) -> str:
    return "".join(mark for mark in word.text.casefold() if mark.isalnum())


def _repeated(words: Sequence[Word]) -> Iterator[Finding]:
    """Whisper's best known failure: a phrase over and over (Radford et al. 2022, section 4.5)."""
    said = [_bare(word) for word in words]
    at = 0
    while at < len(said):
        size, times = _loop_at(said, at)
        if times < REPEATS:
            at += 1
            continue
        phrase = " ".join(word.text for word in words[at : at + size])
        message = f"“{phrase}” {times} times in a row from {clock(_span(words[at])[0])}"
        yield _warning("words-repeated", message, _span(words[at])[0], times, REPEATS - 1, "listen: is it really said?")
        at += size * times


def _loop_at(said: Sequence[str], at: int) -> tuple[int, int]:
    """Words of the phrase that begins here, and how often it is said in a row: of all phrases, that which fills most words."""
    best = (1, 1)
    for size in range(1, min(_PHRASE, (len(said) - at) // REPEATS) + 1):
        phrase, times = said[at : at + size], 1
        while said[at + size * times : at + size * (times + 1)] == phrase:
            times += 1
        if times >= REPEATS and size * times > best[0] * best[1]:
            best = (size, times)
    return best


def _in_silence(words: Sequence[Word], evidence: Evidence) -> Iterator[Finding]:
    """Words all of whose time is measured silence: invented, as Whisper does where nobody speaks, or mistimed."""
    inside = [lies_within(_span(word), evidence.silent) for word in words]
    for run in _runs(words, inside):
        at = _span(run[0])[0]
        message = f"“{_quote(run)}” at {clock(at)} lies in silence"
        yield _warning(
            "words-in-silence", message, at, len(run), 0, "listen there, and take the words out if nobody says them"
        )


def _too_long(words: Sequence[Word]) -> Iterator[Finding]:
    """openai-whisper holds words over two seconds for an anomaly (`transcribe.py`, word_anomaly_score); long words get more."""
    for word in words:
        start, end = _span(word)
        limit = max(LONGEST_WORD, 0.25 * len(_bare(word)))
        if end - start > limit:
            message = f"“{word.text}” at {clock(start)} lasts {end - start:.1f} s"
            yield _warning(
                "word-too-long",
                message,
                start,
                round(end - start, 2),
                limit,
                "its times are wrong, or words are missing",
            )


def _too_fast(words: Sequence[Word]) -> Iterator[Finding]:
    """Words in a row faster than anybody speaks: see `FASTEST`."""
    fast = [False] * len(words)
    for first in range(len(words) - _HURRIED_RUN + 1):
        run = words[first : first + _HURRIED_RUN]
        if _pace(run) > FASTEST:
            fast[first : first + _HURRIED_RUN] = [True] * _HURRIED_RUN
    for run in _runs(words, fast):
        at = _span(run[0])[0]
        message = f"“{_quote(run)}” at {clock(at)} is faster than anybody speaks"
        yield _warning("words-too-fast", message, at, round(_pace(run), 1), FASTEST, "listen: is it said, and there?")


def _pace(run: Sequence[Word]) -> float:
    seconds = _span(run[-1])[1] - _span(run[0])[0]
    return sum(map(len, map(_bare, run))) / max(seconds, 0.01)


def _unsure(segments: Sequence[SpeechSegment]) -> Iterator[Finding]:
    """What Whisper's own rules call a guess, after it was heard again less strictly: see `LOGPROB` and `NO_SPEECH`."""
    for part in segments:
        if part.logprob >= LOGPROB:
            continue
        what = "may be no speech at all" if part.no_speech > NO_SPEECH else "are a guess"
        message = f"the words from {clock(part.start)} to {clock(part.end)} {what}"
        yield _warning("words-unsure", message, part.start, part.logprob, LOGPROB, "listen to them")


def _looping(segments: Sequence[SpeechSegment]) -> Iterator[Finding]:
    """Text that gzip packs too well, after it was heard again less strictly: see `COMPRESSION`."""
    for part in segments:
        if part.compression > COMPRESSION:
            message = f"the words from {clock(part.start)} to {clock(part.end)} repeat themselves"
            yield _warning("words-looping", message, part.start, part.compression, COMPRESSION, "listen to them")


def _unheard(words: Sequence[Word], evidence: Evidence) -> Iterator[Finding]:
    """A voice without words: lost, or sung, or in another language. Behind the last word it is the end of what was said."""
    gaps = wordless(evidence.voiced, map(_span, words))
    last = max((_span(word)[1] for word in words), default=0.0)
    for start, end in gaps:
        tail = start >= last and bool(words)
        message = f"somebody speaks from {clock(start)} to {clock(end)}" + (
            ", after the last word" if tail else ", and there are no words for it"
        )
        hint = "the end may be lost: listen from there" if tail else "listen there: words may be lost"
        yield _warning(
            "tail-without-words" if tail else "speech-without-words", message, start, round(end - start, 1), 1.0, hint
        )


def _unspoken(cues: Sequence[Cue], evidence: Evidence) -> Iterator[Finding]:
    """A cue during which the voice detector hears nobody: Whisper writes "Thank you" under music and noise."""
    for number, cue in enumerate(cues, 1):
        heard = overlap((cue.start, cue.end), evidence.voiced)
        if cue.end > cue.start and heard < _HEARD_SHARE * (cue.end - cue.start):
            message = f"nobody is heard while cue {number} is shown, at {clock(cue.start)}: “{cue.text}”"
            hint = "listen there, and delete it if nobody speaks"
            yield Finding(
                "cue-without-speech", "warning", message, hint, cue=number, at=cue.start, value=round(heard, 2)
            )


def _cut_short(duration: float, stated: float) -> Iterator[Finding]:
    """Sound that ends before its file says: a broken download, a card pulled too early."""
    if duration and stated - duration > _OFF:
        message = (
            f"the sound ends at {clock(duration)}, its file says {clock(stated)}: what comes after could not be read"
        )
        yield _warning("sound-cut-short", message, duration, round(stated - duration, 1), _OFF, "get the file again")


def _other_language(evidence: Evidence) -> Iterator[Finding]:
    if evidence.sounds_like:
        message = f"this sounds like another language: {evidence.sounds_like}"
        yield Finding(
            "other-language",
            "warning",
            message,
            f"try --language {evidence.sounds_like}",
            at=0.0,
            value=evidence.sounds_like,
        )


def _runs(words: Sequence[Word], marked: Sequence[bool]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word, here in zip(words, marked, strict=True):
        if here:
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _quote(run: Sequence[Word]) -> str:
    return " ".join(word.text for word in run[:6]) + (" …" if len(run) > 6 else "")


def _warning(rule: str, message: str, at: float, value: float, limit: float, hint: str) -> Finding:
    return Finding(rule, "warning", message, hint, at=round(at, 3), value=value, limit=limit)
