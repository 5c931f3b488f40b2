"""Rules of what stands in a cue and how it is set. Each is a pure check; its docstring holds formula and source."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from core.findings import Finding
from transcripts.breaks import BOUND, NEVER, ends_sentence, text_break_costs
from transcripts.direction import is_right_to_left, with_marks, without_marks
from transcripts.lettering import MARKS, count_letters, is_unspaced, tags
from transcripts.line_setting import best_break
from transcripts.track import Track

_HYPHENS = ("-", "‐", "–", "—")
_TOGETHER = 1.0
"""Seconds: two cues closer than this are read in one go."""


def cue_empty(track: Track) -> Iterator[Finding]:
    """A cue shows something.

    Formula: at least one character that is seen.
    Source: Netflix Timed Text Style Guide, General Requirements; BBC Subtitle Guidelines, Authoring.
    """
    for index, lines in enumerate(track.lines):
        if not any(line.strip() for line in lines):
            yield track.finding("cue-empty", index, f"cue {index + 1} shows nothing")


def cue_empty_line(track: Track) -> Iterator[Finding]:
    """No line of a cue is empty.

    Formula: every line has a character that is seen; in a file, an empty one would end the cue.
    Source: W3C WebVTT, WebVTT cue block: an empty line ends it.
    """
    for index, lines in enumerate(track.lines):
        if any(line.strip() for line in lines) and not all(line.strip() for line in lines):
            yield track.finding("cue-empty-line", index, f"cue {index + 1} has an empty line")


def cue_too_many_lines(track: Track) -> Iterator[Finding]:
    """A cue has two lines at the most.

    Formula: lines ≤ 2.
    Source: Netflix Timed Text Style Guide, General Requirements, Line Treatment; BBC Subtitle Guidelines, Avoid three lines or more.
    """
    for index, lines in enumerate(track.lines):
        count = sum(bool(line.strip()) for line in lines)
        if count > track.profile.lines:
            message = f"cue {index + 1} has {count} lines"
            yield track.finding("cue-too-many-lines", index, message, count, track.profile.lines)


def cue_line_too_long(track: Track) -> Iterator[Finding]:
    """A line fits on the screen.

    Formula: characters, tags and marks of direction apart, ≤ 42 (Netflix), 37 (BBC), 32 (YouTube); 16 full-width ones for Chinese,
    Japanese and Korean (13 for a Japanese translation), 35 for Thai.
    Source: Netflix Timed Text Style Guides, Character Limitation; BBC Subtitle Guidelines, Line length: 37 characters of Teletext, 68 %
    of the width of 16:9.
    """
    limit = track.profile.line_length
    for index, lines in enumerate(track.lines):
        longest = max((count_letters(line, track.language) for line in lines), default=0.0)
        if longest > limit:
            message = f"a line of cue {index + 1} has {longest:g} characters"
            yield track.finding("cue-line-too-long", index, message, longest, limit)


def cue_needless_break(track: Track) -> Iterator[Finding]:
    """A text that fits on one line stands on one.

    Formula: two lines that are not two speakers' have, as one, more characters than a line holds (Netflix).
    Source: Netflix Timed Text Style Guide, General Requirements, Line Treatment.
    """
    if track.profile.name != "netflix":
        return
    for index, lines in enumerate(track.lines):
        if len(lines) != 2 or has_speakers(lines):
            continue
        whole = count_letters(track.text(index), track.language)
        if whole <= track.profile.line_length:
            message = f"cue {index + 1} fits on one line"
            yield track.finding("cue-needless-break", index, message, whole, track.profile.line_length)


def cue_line_break(track: Track) -> Iterator[Finding]:
    """A line does not end inside a name, nor on a word that leans on the next, where the cue could be broken elsewhere.

    Formula: the break is not after an article, preposition, conjunction or auxiliary, nor within a name, nor (kinsoku) before a
    mark that may not begin a line, if another break keeps both lines within the limit.
    Source: Netflix Timed Text Style Guide, General Requirements, Line Treatment; BBC Subtitle Guidelines, Break at natural points; W3C
    JLREQ for Chinese and Japanese.
    """
    for index, lines in enumerate(track.lines):
        if len(lines) != 2 or not all(lines) or has_speakers(lines):
            continue
        words = [split_words(line, track.language) for line in lines]
        if not all(words):
            continue
        costs = text_break_costs(words[0] + words[1], track.language, track.names)
        here = costs[len(words[0]) - 1]
        if here < BOUND:
            continue
        _, place = best_setting(words[0] + words[1], costs, track)
        if place and costs[place - 1] < here:
            last = words[0][-1]
            better = words[0] + words[1]
            hint = f"break after “{better[place - 1]}”"
            yield track.finding("cue-line-break", index, f"cue {index + 1} is broken after “{last}”", last, hint=hint)


def cue_break(track: Track) -> Iterator[Finding]:
    """A cue does not end inside a name, nor on a word that leans on the next.

    Formula: as for lines, between a cue's last word and the first of a cue that follows within a second.
    Source: Netflix Timed Text Style Guide, General Requirements, Line Treatment; BBC Subtitle Guidelines, Break at natural points.
    """
    for index in track.timed:
        gap = track.gap(index)
        if gap is None or gap >= _TOGETHER:
            continue
        before, after = (
            split_words(track.text(index), track.language),
            split_words(track.text(index + 1), track.language),
        )
        if not before or not after or before[-1].endswith(_HYPHENS) or after[0].startswith(_HYPHENS):
            continue
        # A name may reach further than one word into either.
        near = before[-4:]
        cost = text_break_costs(near + after[:4], track.language, track.names)[len(near) - 1]
        if BOUND <= cost < NEVER:
            message = f"cue {index + 1} ends on “{before[-1]}”, before “{after[0]}”"
            yield track.finding("cue-break", index, message, before[-1])


def cue_spaces(track: Track) -> Iterator[Finding]:
    """No space too many.

    Formula: none at either end of a line, never two in a row.
    Source: Netflix Timed Text Style Guide, General Requirements; BBC Subtitle Guidelines, Authoring: no white space at either end.
    """
    for index, cue in enumerate(track.cues):
        if any(line != tidy_spaces(line) for line in cue.lines):
            yield track.finding("cue-spaces", index, f"cue {index + 1} has spaces too many")


def cue_three_dots(track: Track) -> Iterator[Finding]:
    """An ellipsis is one character.

    Formula: “…” (U+2026), not three full stops (Netflix).
    Source: Netflix Timed Text Style Guides, Continuity.
    """
    if track.profile.name != "netflix":
        return
    for index, lines in enumerate(track.lines):
        if any(_DOTS.search(line) for line in lines):
            yield track.finding(
                "cue-three-dots", index, f"cue {index + 1} has three full stops for an ellipsis", "...", "…"
            )


def cue_character(track: Track) -> Iterator[Finding]:
    """Every character can be shown.

    Formula: no replacement character (U+FFFD), no control, private or unassigned character.
    Source: Netflix Timed Text Style Guide, General Requirements, Glyph List; Unicode, general categories Cc, Co, Cn, Cs.
    """
    for index, lines in enumerate(track.lines):
        for char in "".join(lines):
            if char.isascii() and char.isprintable():
                continue
            if (char == "\ufffd" or unicodedata.category(char) in _UNSHOWN) and char != "\t":
                message = f"cue {index + 1} has a character that cannot be shown (U+{ord(char):04X})"
                yield track.finding("cue-character", index, message, f"U+{ord(char):04X}")
                break


def cue_tag(track: Track) -> Iterator[Finding]:
    """A cue has no formatting that the house does not take.

    Formula: italics alone (Netflix), italics and colours (BBC), italics, bold, underlined and colours (YouTube); no tags left in the text.
    Source: Netflix Timed Text Style Guide, General Requirements: italics are the only style; BBC Subtitle Guidelines, Presentation:
    colours tell speakers apart; YouTube Help, supported subtitle files.
    """
    refused = _REFUSED[track.profile.name]
    for index, cue in enumerate(track.cues):
        odd = [tag for line in cue.lines for tag in tags(line)]
        odd += [mark.kind for mark in cue.marks if mark.kind in refused]
        if odd:
            yield track.finding("cue-tag", index, f"cue {index + 1} has {odd[0]} in it", odd[0])


def cue_speakers(track: Track) -> Iterator[Finding]:
    """Two speakers in a cue have a hyphen each, as their language sets it.

    Formula: where a line begins with a hyphen and the cue has two lines, both do, and a space follows it or not by the language; in
    Dutch, Finnish and Hebrew only the second has one (Netflix).
    Source: Netflix Timed Text Style Guides, Dual Speakers.
    """
    if track.profile.name != "netflix":
        return
    language = track.language.lower().split("-")[0]
    for index, lines in enumerate(track.lines):
        if len(lines) != 2 or not has_speakers(lines):
            continue
        dashed = tuple(line.startswith(_HYPHENS) for line in lines)
        wanted = (False, True) if language in _SECOND_ONLY else (True, True)
        spaced = [line[1:2] == " " for line in lines if line.startswith(_HYPHENS)]
        if dashed != wanted or any(space != (language in _SPACED_HYPHENS) for space in spaced):
            example = "- " if language in _SPACED_HYPHENS else "-"
            where = "before the second line" if language in _SECOND_ONLY else "before each line"
            message = f"cue {index + 1} marks its two speakers otherwise than its language does"
            yield track.finding("cue-speakers", index, message, hint=f"“{example}” {where}")


def cue_number_start(track: Track) -> Iterator[Finding]:
    """A sentence does not begin with a numeral.

    Formula: no cue that begins a sentence begins with a digit, years apart (Netflix, English).
    Source: Netflix English Timed Text Style Guide, Numbers.
    """
    if track.profile.name != "netflix" or not track.language.lower().startswith("en"):
        return
    opens = True
    for index in range(len(track.cues)):
        words = track.text(index).lstrip("-–—\"'“‘([ ♪").split()
        if words and opens and _NUMERAL.match(words[0]):
            message = f"cue {index + 1} begins a sentence with the numeral {words[0]}"
            yield track.finding("cue-number-start", index, message, words[0], hint="write it out")
        opens = not words or ends_sentence(words[-1])


def cue_direction(track: Track) -> Iterator[Finding]:
    """A line that is read from right to left is in that order in every player.

    Formula: in Arabic, Hebrew and the like, a line in which anything is no right-to-left letter is set between RLE and PDF.
    Source: Netflix Arabic and Hebrew Timed Text Style Guides, Punctuation: at the left end of the line; Unicode UAX 9.
    """
    if not is_right_to_left(track.language):
        return
    for index, cue in enumerate(track.cues):
        if any(line != with_marks(line, track.language) and not _embedded(line) for line in cue.lines):
            message = f"cue {index + 1} comes out of order in players that read from left to right"
            yield track.finding("cue-direction", index, message, hint="`slugline subtitles fix` sets the marks")


def best_setting(words: Sequence[str], costs: Sequence[float], track: Track) -> tuple[float, int]:
    """The cheapest way to set words in lines, as (cost, words on the first line)."""
    language = track.language
    glue = 0.0 if is_unspaced(language) else count_letters(" ", language)
    return best_break([count_letters(word, language) for word in words], glue, costs, track.profile.line_length)


def tidy_spaces(line: str) -> str:
    """A line without spaces at its ends, or two in a row; non-breaking ones are kept."""
    return _SPACES.sub(" ", line).strip(" \t")


def three_dots_as_one(line: str) -> str:
    """A line with its ellipses as one character each."""
    return _DOTS.sub("…", line)


def split_words(text: str, language: str) -> list[str]:
    """What a line may be broken between: words, and in Chinese and Japanese letters."""
    if language.lower().split("-")[0] in {"zh", "yue", "ja"}:
        return re.findall(r"[!-~]+|[^\s]", text)
    return text.split()


def has_speakers(lines: Sequence[str]) -> bool:
    """True where a line begins with a hyphen, as a speaker's does."""
    return any(line.startswith(_HYPHENS) for line in lines)


def _embedded(line: str) -> bool:
    """True for a line with marks of its own, set by somebody who knew."""
    return line != without_marks(line) and any(mark in line for mark in MARKS)


_DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_SPACES = re.compile(r"[ \t]{2,}|\t")
_NUMERAL = re.compile(r"(?!(?:1\d{3}|20\d{2})\b)\d")
_UNSHOWN = frozenset({"Cc", "Co", "Cn", "Cs"})
_PLAIN = frozenset({"strike", "font", "size", "ass"})
_REFUSED = {
    "netflix": _PLAIN | {"bold", "underline", "colour", "background", "time"},
    "bbc": _PLAIN | {"bold", "underline"},
    "youtube": _PLAIN | {"background"},
}
_SPACED_HYPHENS = frozenset(
    {"ar", "bg", "cs", "es", "fr", "hu", "id", "it", "ko", "ms", "pl", "pt", "ro", "ru", "sk", "th", "vi"}
)
_SECOND_ONLY = frozenset({"bg", "fi", "he", "nl", "sr"})

TEXT_RULES = (
    cue_empty,
    cue_empty_line,
    cue_too_many_lines,
    cue_line_too_long,
    cue_needless_break,
    cue_line_break,
    cue_break,
    cue_spaces,
    cue_three_dots,
    cue_character,
    cue_tag,
    cue_speakers,
    cue_number_start,
    cue_direction,
)
