"""What can be put right in a cue's text without touching a word: spaces, empty lines, where its lines break, marks of direction."""

from collections.abc import Sequence
from dataclasses import replace

from transcripts.breaks import BOUND, text_break_costs
from transcripts.direction import bare_line, with_marks
from transcripts.lettering import MARKS, count_letters, is_unspaced
from transcripts.rules_of_text import best_setting, has_speakers, split_words, three_dots_as_one, tidy_spaces
from transcripts.track import Track
from transcripts.words import Cue, Mark

_UNCOUNTED = frozenset(MARKS + " \t\n\u00a0")


def fix_text(cue: Cue, track: Track) -> tuple[Cue, list[str]]:
    """A cue with its text in order, and what was done to it, each as the rule that asked for it.

    Lines in which somebody has set marks of direction of their own are not broken anew.
    """
    done = []
    tidy = [tidy_spaces(line) for line in cue.lines]
    if tidy != list(cue.lines):
        done.append("cue-spaces")
    solid = [line for line in tidy if line.strip(MARKS + " \u00a0")]
    if solid and len(solid) != len(tidy):
        done.append("cue-empty-line")
    was = solid or tidy
    lines = [bare_line(line, track.language) for line in was]
    own = any(mark in line for line in lines for mark in MARKS)
    if own:
        lines = was
    kept = list(lines)
    if track.profile.name == "netflix" and not cue.marks:
        dotted = [three_dots_as_one(line) for line in lines]
        if dotted != lines:
            done.append("cue-three-dots")
        lines = dotted
    if own:
        return (_with_lines(cue, lines) if done else cue), done
    set_anew, rule = _set_lines(lines, track)
    if rule:
        lines = set_anew
        done.append(rule)
    marked = [with_marks(line, track.language) for line in lines]
    if lines == kept and marked != was:
        done.append("cue-direction")
    return (_with_lines(cue, marked) if done else cue), done


def _set_lines(lines: list[str], track: Track) -> tuple[list[str], str]:
    """Lines broken anew, and the rule that asked for it; as they were, and nothing, where none does or no break is better."""
    profile, language = track.profile, track.language
    if has_speakers(lines) or len(lines) > 4:
        return lines, ""
    glue = "" if is_unspaced(language) else " "
    words = [word for line in lines for word in split_words(line, language)]
    if not words:
        return lines, ""
    whole = count_letters(glue.join(lines), language)
    costs = text_break_costs(words, language, track.names)
    longest = max(count_letters(line, language) for line in lines)
    if len(lines) > profile.lines:
        rule = "cue-too-many-lines"
    elif longest > profile.line_length:
        rule = "cue-line-too-long"
    elif len(lines) == 2 and profile.name == "netflix" and whole <= profile.line_length:
        rule = "cue-needless-break"
    elif len(lines) == 2 and costs[len(split_words(lines[0], language)) - 1] >= BOUND:
        rule = "cue-line-break"
    else:
        return lines, ""
    _, above = best_setting(words, costs, track)
    new = _joined(words, above, lines, language)
    if max(count_letters(line, language) for line in new) > profile.line_length:
        return lines, ""
    if rule == "cue-line-break" and (not above or costs[above - 1] >= costs[len(split_words(lines[0], language)) - 1]):
        return lines, ""
    return new, rule


def _joined(words: Sequence[str], above: int, lines: Sequence[str], language: str) -> list[str]:
    """The words on one line or two, with the spaces that stood between them."""
    glue = "" if is_unspaced(language) else " "
    if not is_unspaced(language):
        return [glue.join(part) for part in (words[:above], words[above:]) if part]
    text = glue.join(lines)
    at = 0
    for word in words[:above]:
        at = text.index(word, at) + len(word)
    return [part.strip() for part in (text[:at], text[at:]) if part.strip()]


def _with_lines(cue: Cue, lines: Sequence[str]) -> Cue:
    """The cue with other lines of the same letters: marks stay on the letters that they are on."""
    if not cue.marks:
        return replace(cue, lines=tuple(lines))
    old, new = "\n".join(cue.lines), "\n".join(lines)
    places = [index for index, char in enumerate(new) if char not in _UNCOUNTED]
    before = [0]
    for char in old:
        before.append(before[-1] + (char not in _UNCOUNTED))

    def moved(mark: Mark) -> Mark:
        first, last = before[min(mark.start, len(old))], before[min(mark.end, len(old))]
        start = places[first] if first < len(places) else len(new)
        end = start if last <= first else places[last - 1] + 1
        return replace(mark, start=start, end=end)

    return replace(cue, lines=tuple(lines), marks=tuple(moved(mark) for mark in cue.marks))
