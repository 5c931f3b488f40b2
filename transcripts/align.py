"""The script's words at the narrator's times: what was heard decides when, the script decides how it is spelled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, groupby
from pathlib import Path

from transcripts.audio import levels, mapped_pcm
from transcripts.credible import credible, looping
from transcripts.forced_alignment import ForcedAligner, refine
from transcripts.linking import Link, link_words
from transcripts.room import Voice, place_unheard
from transcripts.spoken import Form, fold, spoken_forms
from transcripts.substitutes import Substitute, find_substitutes, punctuated
from transcripts.tokens import Token
from transcripts.vocabulary import words_of
from transcripts.voice_order import in_voice_order
from transcripts.words import Alignment, Transcript, Word, by_token

_ALIKE = 0.6
"""Spelling likeness from which a heard word is taken for a misspelling of the script's word."""

_STRANGE_RUN = 8
"""So many script words in a row without one heard mean that something else was said, not that each was misheard."""

_SCRAPS = 2
"""So many words beside a misheard one are what is left of it."""

_SCRAP = 5
"""Letters up to which words that match between others that do not are scraps that any two texts share: "of the"."""

_AROUND = 5
"""Words on either side that a match has to agree with."""

_STRANGE_TEXT = 0.2
_MOSTLY = 0.5
"""Below these shares of matched words, of the script's and of those that were heard, the recording is of another text, and
nothing is guessed."""


ALIGN_VERSION = 6
"""Raise when the same words, text and sound would be aligned otherwise, so that kept alignments are made again."""


def align(
    heard: Transcript, tokens: Sequence[Token], audio: Path | None = None, *, verbatim: bool = False
) -> Alignment:
    """Give every script word a time and an origin.

    `heard` is what the recogniser made of the recording. With `audio`, gaps are judged by the sound in them, and times are
    refined by forced alignment (English); without it they are the recogniser's. A word is `matched` when it was heard,
    `interpolated` when it was not but the sound has room for it, else `unspoken`; what was said with confidence and is not
    in the script comes between as `ad-libbed`. Where the voice surely says another word or number than is written, what it says
    is an ad-lib and what is written is unspoken; not with `verbatim`, for a voice that can say nothing but the text, which has
    no ad-libs. The words come in the order of the voice, also where it read paragraphs in another order than they stand. See
    `Alignment.matched_share` for whether this text was read at all.
    Raises BadInput when `audio` cannot be read.
    """
    language = heard.language or "en"
    words, closed = _lay_out(
        heard.words, tokens, link_words(tokens, heard.words, language), language, verbatim=verbatim
    )
    matched = sum(word.origin == "matched" for word in words)
    # Of an article ten times as long as what was read of it, few words are heard, but what is heard is of it.
    little = matched < _STRANGE_TEXT * len(tokens) and matched < _MOSTLY * len(heard.words)
    strange = not heard.words or (len(tokens) >= _STRANGE_RUN and little)
    if strange:
        words = [_untimed(word) if word.origin == "interpolated" else word for word in words]
    if audio is None:
        placed = words if strange else _place(words, closed, Voice(None), heard.duration)
        return _report(placed, ("times are the recogniser's: no sound was given to refine them on",))
    with mapped_pcm(audio) as pcm:
        loud = levels(pcm)
        placed = words if strange else _place(words, closed, Voice(loud), heard.duration)
        aligner = _aligner(language)
        if aligner is None:
            return _report(placed, ("times are the recogniser's: there is no forced aligner for this language",))
        timed = [word for word in placed if word.start is not None]
        exact, failed = refine(timed, _readings(timed, tokens, language), pcm, loud, aligner)
    notes = (f"{failed} stretches kept the recogniser's times",) if failed else ()
    fresh = iter(exact)
    return _report([word if word.start is None else next(fresh) for word in placed], notes)


@cache
def _aligner(language: str) -> ForcedAligner | None:
    """The forced aligner of a language, loaded once a process; None when there is none."""
    from transcripts.pocketsphinx import PocketSphinx

    return PocketSphinx() if language == "en" and PocketSphinx.installed() else None


def _readings(words: Sequence[Word], tokens: Sequence[Token], language: str) -> list[Sequence[Form]]:
    """The ways in which each word may have been spoken: 1869 is written for more than one."""
    return [tokens[word.token].key if word.token is not None else spoken_forms(word.text, language) for word in words]


def _place(words: Sequence[Word], closed: Collection[int], voice: Voice, duration: float) -> list[Word]:
    """Room for what was not heard, but for the script words `closed`, in whose place something else was said."""
    placed = iter(place_unheard([word for word in words if word.token not in closed], voice, duration))
    return [word if word.token in closed else next(placed) for word in words]


def _lay_out(
    heard: Sequence[Word], tokens: Sequence[Token], links: Sequence[Sequence[Link]], language: str, *, verbatim: bool
) -> tuple[list[Word], set[int]]:
    """The script's words, those that were heard at their times, and the ad-libs, in the order of the voice; and which of the
    script's words were said otherwise.
    """
    spots = [_spot(index, token, links[index]) for index, token in enumerate(tokens)]
    _unlink_strange(spots, links, heard)
    owners: dict[int, tuple[int, Link]] = {}
    ears: dict[int, list[int]] = {}
    for token, (spot, pieces) in enumerate(zip(spots, links, strict=True)):
        if spot.start is not None:
            # What was heard inside a word, such as "and a half" in 3,500, is part of it.
            inside = range(min(link.heard for link in pieces), max(link.last for link in pieces) + 1)
            owners |= {index: (token, min(pieces, key=lambda link: link.likeness)) for index in inside}
            ears[token] = list(inside)
    ad_libs: dict[int, Word] = {}
    for run in _runs_without(owners, len(heard)):
        taker = _absorbed(run, spots, owners, heard)
        if taker is not None:
            ears[taker] += run
        elif not verbatim and credible([heard[ear] for ear in run]):
            ad_libs |= {
                ear: replace(heard[ear], origin="ad-libbed", token=None) for ear in run if fold(heard[ear].text)
            }
    closed: set[int] = set()
    if language == "en" and not verbatim:
        matched = [spot.origin == "matched" for spot in spots]
        for other in find_substitutes(tokens, heard, ears, matched, words_of(language)):
            ad_libs |= _said_instead(other, spots, heard)
            closed |= set(other.tokens)
        for token in closed:
            spots[token] = _untimed(spots[token])
    places = {
        index: min(link.heard for link in pieces)
        for index, (spot, pieces) in enumerate(zip(spots, links, strict=True))
        if spot.start is not None
    }
    return in_voice_order(spots, places, ad_libs), closed


def _said_instead(other: Substitute, spots: Sequence[Word], heard: Sequence[Word]) -> dict[int, Word]:
    """What was heard, with the marks of what is written there."""
    written = [spots[token].text for token in other.tokens]
    out = {}
    for ear in other.ears:
        text = punctuated(heard[ear].text, written, first=ear == other.ears[0], last=ear == other.ears[-1])
        out[ear] = replace(heard[ear], text=text, origin="ad-libbed", token=None)
    return out


def _spot(index: int, token: Token, links: Sequence[Link]) -> Word:
    if not links:
        return Word(token.text, None, None, 0.0, "unspoken", index)
    letters = sum(link.weight for link in links)
    alike = sum(link.weight for link in links if link.likeness >= _ALIKE)
    start, end = min(link.start for link in links), max(link.end for link in links)
    likeness = sum(link.weight * link.likeness for link in links) / letters
    return Word(
        token.text, start, end, round(likeness, 3), "matched" if alike * 2 >= letters else "interpolated", index
    )


def _unlink_strange(spots: list[Word], links: Sequence[Sequence[Link]], heard: Sequence[Word]) -> None:
    """Take the times back from long runs in which word after word was heard as another: there the narrator said something else.

    A match that stands alone among mismatches is an "of" or an "and" that any two texts share.
    """
    lonely = _lonely(spots)
    at = 0
    while at < len(spots):
        end = at
        while end < len(spots) and (spots[end].origin != "matched" or lonely[end]):
            end += 1
        ears = {link.heard for index in range(at, end) for link in links[index]}
        said = _between(heard, ears) if end - at >= _STRANGE_RUN and ears else ()
        # In a loop the recogniser has lost its place: it says neither what was said nor when.
        if said and (credible(said) or looping(said)):
            spots[at:end] = [_untimed(spot) for spot in spots[at:end]]
        at = end + 1


def _untimed(word: Word) -> Word:
    return replace(word, start=None, end=None, probability=0.0, origin="unspoken")


def _lonely(spots: Sequence[Word]) -> list[bool]:
    """For every word, whether under a third of the letters around it were heard, or it is a scrap between others that were not."""
    letters = list(accumulate((len(spot.text) for spot in spots), initial=0))
    found = list(accumulate((len(spot.text) * (spot.origin == "matched") for spot in spots), initial=0))
    out = []
    for index in range(len(spots)):
        low, high = max(0, index - _AROUND), min(len(spots), index + _AROUND + 1)
        out.append((found[high] - found[low]) * 3 < letters[high] - letters[low])
    at = 0
    for matched, run in groupby(spots, key=lambda spot: spot.origin == "matched"):
        words = list(run)
        if matched and 0 < at < len(spots) - len(words) and sum(len(fold(word.text)) for word in words) <= _SCRAP:
            out[at : at + len(words)] = [True] * len(words)
        at += len(words)
    return out


def _runs_without(used: Collection[int], count: int) -> list[list[int]]:
    """Runs of neighbouring indices below `count` that are not in `used`."""
    runs: list[list[int]] = []
    for index in range(count):
        if index in used:
            continue
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _absorbed(
    run: Sequence[int], spots: list[Word], owners: Mapping[int, tuple[int, Link]], heard: Sequence[Word]
) -> int | None:
    """Give a word or two left over beside a misheard one to that one: "a man" for Oman, "busy or" for busier. Gives which."""
    beside = [owners[index] for index in (run[0] - 1, run[-1] + 1) if index in owners]
    takers = [token for token, link in beside if link.likeness < 1]
    if len(run) > _SCRAPS or not takers:
        return None
    taker = min(takers, key=lambda token: spots[token].probability)
    spot, start, end = spots[taker], heard[run[0]].start, heard[run[-1]].end
    assert None not in (spot.start, spot.end, start, end)
    spots[taker] = replace(spot, start=min(spot.start, start), end=max(spot.end, end))  # type: ignore[type-var]
    return taker


def _between(heard: Sequence[Word], ears: Collection[int]) -> Sequence[Word]:
    """What was heard at these places, and between those that lie close."""
    first, last = min(ears), max(ears) + 1
    return heard[first:last] if last - first <= 2 * len(ears) + _STRANGE_RUN else [heard[ear] for ear in sorted(ears)]


def _report(words: Sequence[Word], notes: tuple[str, ...]) -> Alignment:
    done = tuple(_in_order(words))
    return Alignment(
        done,
        unspoken=tuple(word.text for word in by_token(done) if word.origin == "unspoken"),
        ad_libbed=tuple(word.text for word in done if word.origin == "ad-libbed"),
        notes=notes,
    )


def _in_order(words: Sequence[Word]) -> list[Word]:
    """Times that never run backwards or overlap, rounded to the millisecond; every timed word keeps some length."""
    out: list[Word] = []
    clock = 0.0
    for word in words:
        if word.start is None or word.end is None:
            out.append(word)
            continue
        start = max(clock, float(word.start))
        end = max(start + 0.02, float(word.end))
        clock = end
        out.append(replace(word, start=round(start, 3), end=round(end, 3)))
    return out
