"""The tags that SubRip files have come to hold: HTML's `<i> <b> <u> <s> <font>`, and ASS's places such as `{\\an8}`."""

import re

from transcripts.formats.colours import read_colour
from transcripts.formats.guards import guard, unguard
from transcripts.formats.whole import called
from transcripts.formats.zones import Settings, settings_zone, zone_settings
from transcripts.marks import CROWDED, Losses, MarkedText, pieces
from transcripts.words import Cue, Mark, MarkKind

_KINDS: dict[str, MarkKind] = {"i": "italic", "b": "bold", "u": "underline", "s": "strike"}
_TAGS = {kind: tag for tag, kind in _KINDS.items()}
_TAG = re.compile(r"</?[ibus]>|<br\s*/?>|<font(?:\s[^<>]*)?>|</font>|\{\\[^{}\n]*\}", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TAKEN = re.compile(r"<(?=[^<>\n]*>)|\{(?=\\|$)|-(?=-{0,2}>)")
"""What would be read as a tag, by us or by players that leave out whatever stands in brackets (ffmpeg does), or as times."""

_FONT: dict[str, MarkKind] = {"color": "colour", "face": "font", "size": "size"}
_ATTRIBUTES = {kind: name for name, kind in _FONT.items()}


class _Reading:
    """A cue's text as it is read: `fonts` holds, for every open `<font>`, the kinds that it set."""

    def __init__(self, number: int, losses: Losses) -> None:
        self.text = MarkedText()
        self.fonts: list[list[MarkKind]] = []
        self.zone = 0
        self.number = number
        self.losses = losses

    def take(self, tag: str) -> None:
        name = tag.strip("</>").lower()
        if name in _KINDS:
            if not tag.startswith("</"):
                self.text.open(_KINDS[name])
            elif not self.text.close(_KINDS[name]):
                self._lose(tag)
        elif tag.startswith("{"):
            self._override(tag[1:-1])
        elif name.startswith("br"):
            self.text.add("\n")
        elif tag.startswith("</"):
            for kind in reversed(self.fonts.pop() if self.fonts else []):
                self.text.close(kind)
        else:
            self._font(tag)

    def _font(self, tag: str) -> None:
        kinds: list[MarkKind] = []
        for match in _ATTRIBUTE.finditer(tag):
            kind = _FONT.get(match[1].lower())
            value = next(part for part in match.groups()[1:] if part is not None)
            value = (read_colour(value) or "") if kind == "colour" else value
            if kind is None or not value:
                self._lose(match[0])
                continue
            self.text.open(kind, value)
            kinds.append(kind)
        self.fonts.append(kinds)

    def _override(self, tags: str) -> None:
        for tag in tags.split("\\")[1:]:
            if match := re.fullmatch(r"an([1-9])\s*", tag):
                self.zone = self.zone or int(match[1])
            elif match := re.fullmatch(r"([ibus])([01])\s*", tag):
                kind = _KINDS[match[1]]
                if match[2] == "1":
                    self.text.open(kind)
                else:
                    self.text.close(kind)
            else:
                self._lose("\\" + tag.partition("(")[0])

    def _lose(self, what: str) -> None:
        self.losses.add(f"{what[:30]} is left out", self.number)


def read_text(lines: list[str], number: int, losses: Losses) -> tuple[tuple[str, ...], tuple[Mark, ...], Settings]:
    """Lines, marks and place from a cue's lines. What looks like no tag of SubRip's is text: `<3`, `a < b`, `<Anna>`."""
    whole = "\n".join(lines)
    if "<" not in whole and "{" not in whole:
        return tuple(unguard(whole, "<{-").split("\n")) if whole else (), (), ()
    reading = _Reading(number, losses)
    at = 0
    for match in _TAG.finditer(whole):
        reading.text.add(unguard(whole[at : match.start()], "<{-"))
        reading.take(match[0])
        at = match.end()
    reading.text.add(unguard(whole[at:], "<{-"))
    text, marks = reading.text.finish()
    if reading.text.crowded:
        losses.add(CROWDED, number)
    return text, marks, zone_settings(reading.zone) if reading.zone else ()


def write_text(cue: Cue, number: int, losses: Losses) -> str:
    """A cue's text with its tags and its place; what SubRip has none for goes to `losses`."""
    zone, exact = settings_zone(cue)
    if not exact:
        losses.add("the place on the screen is kept to one of nine", number)
    place = f"{{\\an{zone}}}" if zone != 2 else ""
    return place + "".join(_written(cue, number, losses))


def _written(cue: Cue, number: int, losses: Losses) -> list[str]:
    out = []
    for piece in pieces(cue):
        mark = piece.mark
        if mark is None:
            out.append(guard(piece.text, _TAKEN))
        elif mark.kind in _TAGS:
            out.append(f"<{_TAGS[mark.kind]}>" if piece.what == "open" else f"</{_TAGS[mark.kind]}>")
        elif mark.kind in _ATTRIBUTES:
            opening = f'<font {_ATTRIBUTES[mark.kind]}="{_attribute(mark, number, losses)}">'
            out.append(opening if piece.what == "open" else "</font>")
        elif mark.kind == "ruby":
            if piece.what == "close":
                out.append(f"({mark.value})")
                losses.add("what is read over a word stands in brackets after it", number)
        elif piece.what != "close":
            losses.add(f"{called(mark)} is left out", number)
    return out


def _attribute(mark: Mark, number: int, losses: Losses) -> str:
    if mark.kind in ("colour",) and len(mark.value) == 9:
        losses.add("colours are opaque", number)
        return mark.value[:7]
    return mark.value.replace('"', "'").replace("<", "").replace(">", "")
