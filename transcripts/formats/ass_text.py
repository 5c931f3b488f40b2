"""The text of ASS events: override tags in braces, `\\N`, `\\n`, `\\h`, karaoke and drawings."""

import re
from collections.abc import Iterator

from transcripts.formats.ass_styles import Head, Style, legacy_zone, read_ass_colour
from transcripts.formats.guards import JOINER
from transcripts.formats.places import Box, Settings, box_settings
from transcripts.formats.zones import zone_settings
from transcripts.marks import CROWDED, Losses, MarkedText
from transcripts.words import Mark, MarkKind

FLAGS: dict[str, MarkKind] = {"i": "italic", "b": "bold", "u": "underline", "s": "strike"}
_ESCAPE = re.compile(r"\\([Nnh{}])")
_POS = re.compile(r"pos\(\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\)?$")


class EventText:
    """One event's text as marks. `start` is the event's in seconds, for karaoke."""

    def __init__(self, head: Head, style: Style, start: float, number: int, losses: Losses) -> None:
        self.head, self.style, self.number, self.losses = head, style, number, losses
        self.text = MarkedText()
        self.start = self.now = start
        self.zone = 0
        self.spot: tuple[float, float] | None = None
        self.drawing = False
        self._reset(style)

    def take(self, raw: str) -> None:
        """The whole text column."""
        at = 0
        while at < len(raw):
            brace = _open_brace(raw, at)
            close = raw.find("}", brace) if brace >= 0 else -1
            if close < 0:
                self._plain(raw[at:])
                return
            self._plain(raw[at:brace])
            self._block(raw[brace + 1 : close])
            at = close + 1

    def settings(self) -> Settings:
        """Where the event stands, from its last place and position, else its style's."""
        zone = self.zone or self.style.zone
        if self.spot is None:
            return zone_settings(zone)
        down, across = divmod(zone - 1, 3)
        hold = across / 2
        x, y = self.spot
        left = x - hold * (width := min(100.0, 100 - x if hold == 0 else x if hold == 1 else 2 * min(x, 100 - x)))
        edge = ("end", "center", "start")[down]
        align = ("left", "center", "right")[across]
        found = box_settings(Box(left, width, y, edge, hold, align))  # type: ignore[arg-type]
        return tuple(setting for setting in found if setting[0] != "size")

    def _plain(self, raw: str) -> None:
        if not raw:
            return
        if self.drawing:
            self.losses.add("drawings are left out", self.number)
            return
        soft = "\n" if self.head.breaks else " "
        told = {"N": "\n", "n": soft, "h": "\u00a0", "{": "{", "}": "}"}
        self.text.add(_ESCAPE.sub(lambda match: told[match[1]], raw).replace(f"\\{JOINER}", "\\"))

    def _block(self, block: str) -> None:
        if not block.startswith("\\"):
            comment = block.partition("\\")[0]
            if comment:
                self.text.point("ass", comment)
        for tag in _tags(block):
            self._tag(tag)

    def _tag(self, tag: str) -> None:
        if match := re.fullmatch(r"([ibus])(\d*)\s*", tag):
            kind = FLAGS[match[1]]
            on = (kind in self.style.on) if not match[2] else match[2] not in ("0", "")
            self._flag(kind, on=on, tag=tag)
        elif match := re.fullmatch(r"1?c(&?.*)", tag):
            self._colour(read_ass_colour(match[1]) or self.style.colour)
        elif tag.startswith("fn"):
            self._value("font", tag[2:].strip())
        elif match := re.fullmatch(r"fs([\d.]*)\s*", tag):
            self._value("size", match[1])
        elif match := re.fullmatch(r"an([1-9])\s*", tag):
            self.zone = self.zone or int(match[1])
        elif match := re.fullmatch(r"a(\d{1,2})\s*", tag):
            self.zone = self.zone or legacy_zone(int(match[1]))
        elif match := re.fullmatch(r"(?:k|K|kf|ko)(\d{1,6})\s*", tag):
            if self.text.length or self.now > self.start:
                self.text.point("time", str(round(self.now, 3)))
            self.now += int(match[1]) / 100
        elif match := re.fullmatch(r"p(\d+)\s*", tag):
            self.drawing = match[1] != "0"
        elif tag.startswith("r") and (tag == "r" or tag[1:] in self.head.styles):
            self._reset(self.head.style(tag[1:]) if tag[1:] else self.style)
        elif not self._position(tag):
            self.text.point("ass", f"\\{tag}")

    def _position(self, tag: str) -> bool:
        match = _POS.match(tag)
        if match is None or self.spot is not None:
            return False
        try:
            x, y = (100 * float(match[n + 1]) / self.head.size[n] for n in (0, 1))
        except ValueError:
            return False
        if not (0 <= x <= 100 and 0 <= y <= 100):
            return False
        self.spot = (x, y)
        return True

    def _flag(self, kind: MarkKind, *, on: bool, tag: str) -> None:
        if kind in self.head.default.on:
            if not on:
                self.text.point("ass", f"\\{tag}")
        elif on and not self.text.is_open(kind):
            self.text.open(kind)
        elif not on:
            self.text.close(kind)

    def _colour(self, colour: str) -> None:
        self.text.close("colour")
        if colour != self.head.default.colour:
            self.text.open("colour", colour)

    def _value(self, kind: MarkKind, value: str) -> None:
        self.text.close(kind)
        if value:
            self.text.open(kind, value)

    def _reset(self, style: Style) -> None:
        for kind in FLAGS.values():
            self.text.close(kind)
            if kind in style.on and kind not in self.head.default.on:
                self.text.open(kind)
        self._value("font", "")
        self._value("size", "")
        self._colour(style.colour)


def read_event(
    raw: str, head: Head, style: Style, start: float, number: int, losses: Losses
) -> tuple[tuple[str, ...], tuple[Mark, ...], Settings, bool]:
    """Lines, marks and place of an event, and whether it is only a drawing."""
    event = EventText(head, style, start, number, losses)
    event.take(raw)
    lines, marks = event.text.finish()
    if event.text.crowded:
        losses.add(CROWDED, number)
    drawn = not "".join(lines).strip() and bool(re.search(r"\\p[1-9]", raw))
    return lines, marks, event.settings(), drawn


def _open_brace(raw: str, at: int) -> int:
    """The next brace that is not escaped."""
    while (at := raw.find("{", at)) > 0 and raw[at - 1] == "\\":
        at += 1
    return at


def _tags(block: str) -> Iterator[str]:
    """Tags of a block without their backslashes; what stands in parentheses belongs to its tag."""
    at = block.find("\\")
    while 0 <= at < len(block):
        depth = 0
        end = at + 1
        while end < len(block) and (depth or block[end] != "\\"):
            depth += {"(": 1, ")": -1}.get(block[end], 0)
            depth = max(0, depth)
            end += 1
        if tag := block[at + 1 : end].strip():
            yield tag
        at = end
