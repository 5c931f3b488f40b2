"""Cues as the text of ASS events: what differs from the style is said in override tags."""

import re
from collections.abc import Iterator

from transcripts.formats.ass_styles import Head, Style, write_ass_colour
from transcripts.formats.ass_text import FLAGS
from transcripts.formats.guards import guard
from transcripts.formats.places import settings_box
from transcripts.formats.whole import called
from transcripts.formats.zones import settings_zone
from transcripts.marks import Losses, pieces
from transcripts.words import Cue, Mark, MarkKind

_LETTERS = {kind: letter for letter, kind in FLAGS.items()}
_VALUES: dict[MarkKind, str] = {"font": "fn", "size": "fs"}
_TAKEN = re.compile(r"\\(?=[Nnh{}]|$)")


def write_event(cue: Cue, head: Head, style: Style, number: int, losses: Losses) -> str:
    """The text column of a cue's event; what ASS has no tag for goes to `losses`."""
    place = _place(cue, head, style, number, losses)
    return (f"{{{place}}}" if place else "") + "".join(_Event(cue, head, style, number, losses).write())


def _place(cue: Cue, head: Head, style: Style, number: int, losses: Losses) -> str:
    zone, exact = settings_zone(cue)
    settings = dict(cue.settings)
    if exact:
        return f"\\an{zone}" if zone != style.zone else ""
    if "vertical" in settings:
        losses.add("lines run across", number)
        return ""
    if "region" in settings:
        losses.add("regions are left out", number)
        if len(settings) == 1:
            return ""
    box = settings_box(cue)
    if not box.exact:
        losses.add("line numbers become heights", number)
    if "size" in settings:
        losses.add("the width of a cue is left out", number)
    across = {0.0: 0, 0.5: 1, 1.0: 2}[box.hold]
    if across != (settings_zone(cue)[0] - 1) % 3:
        losses.add("lines are aligned by where the cue stands", number)
    zone = 3 * ("end", "center", "start").index(box.edge) + across + 1
    x = (box.left + box.hold * box.width) * head.size[0] / 100
    y = box.at * head.size[1] / 100
    return f"\\an{zone}\\pos({_short(x)},{_short(y)})"


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


class _Event:
    """An event's text as it is written: what is wanted of the characters that follow, and what the tags so far have said."""

    def __init__(self, cue: Cue, head: Head, style: Style, number: int, losses: Losses) -> None:
        self.cue, self.number, self.losses = cue, number, losses
        self.wanted = {kind: int(kind in head.default.on) for kind in FLAGS.values()}
        self.said = {kind: kind in style.on for kind in FLAGS.values()}
        self.colours = [head.default.colour]
        self.colour = style.colour
        self.values: dict[MarkKind, list[str]] = {"font": [""], "size": [""]}
        self.value = {"font": "", "size": ""}
        self.times = [float(mark.value) for mark in cue.marks if mark.kind == "time"]

    def write(self) -> Iterator[str]:
        if self.times and (
            self.cue.marks[0].kind != "time" or self.times[0] > self.cue.start or self.cue.marks[0].start
        ):
            yield self._karaoke(self.cue.start, self.times[0])
        for piece in pieces(self.cue):
            if piece.mark is None:
                yield self._tags()
                yield _escaped(piece.text)
            elif piece.what == "point":
                yield self._point(piece.mark)
            else:
                yield self._edge(piece.mark, opening=piece.what == "open")

    def _point(self, mark: Mark) -> str:
        if mark.kind == "ass":
            return "{" + mark.value.replace("}", "") + "}"
        begin = self.times.pop(0)
        return self._karaoke(begin, self.times[0] if self.times else self.cue.end)

    def _karaoke(self, begin: float, end: float) -> str:
        return f"{{\\k{max(0, round(100 * end) - round(100 * begin))}}}"

    def _edge(self, mark: Mark, *, opening: bool) -> str:
        if mark.kind in self.wanted:
            self.wanted[mark.kind] += 1 if opening else -1
        elif mark.kind == "colour":
            self._stack(self.colours, mark.value[:7], opening=opening)
            if len(mark.value) == 9:
                self.losses.add("colours are opaque", self.number)
        elif mark.kind in self.values:
            self._stack(self.values[mark.kind], re.sub(r"[\\{}()\n]", "", mark.value), opening=opening)
        elif mark.kind == "ruby" and not opening:
            self.losses.add("what is read over a word stands in brackets after it", self.number)
            return _escaped(f"({mark.value})")
        elif mark.kind not in ("voice", "ruby") and opening:
            self.losses.add(f"{called(mark)} is left out", self.number)
        return ""

    @staticmethod
    def _stack(stack: list[str], value: str, *, opening: bool) -> None:
        if opening:
            stack.append(value)
        else:
            stack.pop()

    def _tags(self) -> str:
        """Tags for what is wanted and was not said: what is on is the default style's unless a mark says otherwise."""
        out = []
        for kind, count in self.wanted.items():
            if bool(count) != self.said[kind]:
                out.append(f"\\{_LETTERS[kind]}{int(bool(count))}")
                self.said[kind] = bool(count)
        if self.colours[-1] != self.colour:
            out.append(f"\\c{write_ass_colour(self.colours[-1])}")
            self.colour = self.colours[-1]
        for kind, stack in self.values.items():
            if stack[-1] != self.value[kind]:
                out.append(f"\\{_VALUES[kind]}{stack[-1]}")
                self.value[kind] = stack[-1]
        return "{" + "".join(out) + "}" if out else ""


def _escaped(text: str) -> str:
    guarded = guard(text, _TAKEN)
    return guarded.replace("{", "\\{").replace("}", "\\}").replace("\u00a0", "\\h").replace("\n", "\\N")
