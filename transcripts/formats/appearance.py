"""What classes and named styles look like, said mark by mark for a format that has neither."""

from dataclasses import replace

from transcripts.formats.colours import NAMED
from transcripts.formats.stylesheet import Rule, read_rules
from transcripts.marks import Losses, tidied
from transcripts.subtitles import Subtitles
from transcripts.words import Cue, Mark, MarkKind

_TAGS: dict[MarkKind, str] = {
    "class": "c", "italic": "i", "bold": "b", "underline": "u", "voice": "v", "language": "lang",
}  # fmt: skip


def spelled_out(subtitles: Subtitles, losses: Losses) -> Subtitles:
    """The same subtitles with the colours, weights and fonts that style sheets give to classes as marks of their own.

    Classes that say all they mean that way are gone; others stay, for the writer to lose. Rules that cannot be told as marks go to
    `losses`.
    """
    rules, refused = read_rules(subtitles.styles)
    for selector in refused:
        losses.add(f"the style of {selector[:40]} cannot be kept whole")
    if not any(mark.classes or mark.kind in _TAGS for cue in subtitles.cues for mark in cue.marks):
        return subtitles
    return replace(subtitles, cues=tuple(_spelled(cue, rules) for cue in subtitles.cues))


def _spelled(cue: Cue, rules: list[Rule]) -> Cue:
    if not cue.marks:
        return cue
    marks: list[Mark] = []
    for mark in cue.marks:
        looks, known = _looks(mark, rules)
        left = tuple(name for name in mark.classes if name not in known)
        if mark.kind != "class" or left:
            marks.append(replace(mark, classes=left if mark.kind == "class" else ()))
        if mark.kind != "class" and left:
            marks.append(Mark(mark.start, mark.end, "class", classes=left))
        marks += [Mark(mark.start, mark.end, kind, value) for kind, value in looks.items()]
    return replace(cue, marks=tidied(marks))


def _looks(mark: Mark, rules: list[Rule]) -> tuple[dict[MarkKind, str], set[str]]:
    """What a mark looks like beyond what its kind says, and the classes that this is all of."""
    looks: dict[MarkKind, str] = {}
    known: set[str] = set()
    for name in mark.classes:
        if name in NAMED:
            looks["colour"] = NAMED[name]
            known.add(name)
        elif name.startswith("bg_") and name[3:] in NAMED:
            looks["background"] = NAMED[name[3:]]
            known.add(name)
    if mark.kind in _TAGS:
        for rule in rules:
            if _holds(rule, mark):
                looks.update(rule.look)
                known |= rule.classes
    return looks, known


def _holds(rule: Rule, mark: Mark) -> bool:
    if rule.tag and rule.tag != _TAGS[mark.kind]:
        return False
    if not (rule.tag or rule.classes or rule.annotation):
        return False
    return rule.classes <= set(mark.classes) and rule.annotation in ("", mark.value)
