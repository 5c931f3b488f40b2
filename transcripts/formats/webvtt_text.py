"""The text of WebVTT cues: tokens, what they mean, and how they are written (W3C WebVTT, "WebVTT cue text parsing rules")."""

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from transcripts.clock import write_time
from transcripts.formats.colours import NAMES
from transcripts.formats.whole import called
from transcripts.marks import Losses, MarkedText, pieces
from transcripts.words import Cue, Mark, MarkKind

_KINDS: dict[str, MarkKind] = {
    "c": "class", "i": "italic", "b": "bold", "u": "underline", "v": "voice", "lang": "language",
}  # fmt: skip
_TAGS = {kind: tag for tag, kind in _KINDS.items()}
_TIMESTAMP = re.compile(r"([0-9]+):([0-9]{2})(?::([0-9]{2}))?\.([0-9]{3})")
_LONGEST = 9
"""Figures of the hours: a hundred thousand years. The specification has no limit, a computer's numbers do."""

_SPACES = re.compile(r"[ \t\n\f\r]+")
_ENDLESS = re.compile(r"&#(?=[0-9]{12})")
_NAME_END = re.compile(r"[\t\f \n.>]|$")
_CLASS_END = re.compile(r"[\t\f \n>]|$")


class Token(NamedTuple):
    """A string, a start tag with its classes and annotation, an end tag or a timestamp tag, as the tokenizer gives it."""

    what: Literal["text", "start", "end", "timestamp"]
    value: str
    classes: tuple[str, ...] = ()
    annotation: str = ""


def read_timestamp(text: str, at: int = 0) -> tuple[float, int] | None:
    """Seconds and the place after them ("Collect a WebVTT timestamp"); None for what is not a timestamp."""
    match = _TIMESTAMP.match(text, at)
    if match is None or (match.end() < len(text) and text[match.end()] in "0123456789"):
        return None
    first, second, third, part = match.groups()
    if len(first) > _LONGEST:
        return None
    if third is None:
        if len(first) != 2 or int(first) > 59:
            return None
        hours, minutes, seconds = 0, int(first), int(second)
    else:
        hours, minutes, seconds = int(first), int(second), int(third)
    if minutes > 59 or seconds > 59:
        return None
    return (hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + int(part)) / 1000, match.end()


def tokens(text: str) -> Iterator[Token]:
    """The tokenizer of the specification."""
    at = 0
    while at < len(text):
        if text[at] != "<":
            until = text.find("<", at)
            until = len(text) if until < 0 else until
            yield Token("text", unescaped(text[at:until]))
            at = until
            continue
        token, at = _tag(text, at + 1)
        yield token


def _tag(text: str, at: int) -> tuple[Token, int]:
    first = text[at] if at < len(text) else ""
    if first == "/" or (first and first in "0123456789"):
        until = text.find(">", at)
        until = len(text) if until < 0 else until
        token = Token("end", text[at + 1 : until]) if first == "/" else Token("timestamp", text[at:until])
        return token, until + 1
    name_end = _end(_NAME_END, text, at)
    name = text[at:name_end]
    at = name_end
    classes: tuple[str, ...] = ()
    if text[at : at + 1] == ".":
        until = _end(_CLASS_END, text, at)
        classes = tuple(each for each in text[at:until].split(".") if each)
        at = until
    annotation = ""
    if at < len(text) and text[at] != ">":
        until = text.find(">", at)
        until = len(text) if until < 0 else until
        annotation = _SPACES.sub(" ", unescaped(text[at:until])).strip(" ")
        at = until
    return Token("start", name, classes, annotation), at + 1


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.search(text, at)
    return match.start() if match else len(text)


class _Reading:
    """The tree of a cue's text as marks: what is open, innermost last, and the ruby text that is being read."""

    def __init__(self) -> None:
        self.text = MarkedText()
        self.stack: list[str] = []
        self.ruby: list[tuple[int, tuple[str, ...]]] = []
        self.over: list[str] | None = None
        self.dropped: list[str] = []

    def take(self, token: Token) -> None:
        match token.what:
            case "text" if self.over is not None:
                self.over.append(token.value)
            case "text":
                self.text.add(token.value)
            case "start":
                self._start(token)
            case "end":
                self._end(token.value)
            case "timestamp":
                time = read_timestamp(token.value)
                if time and time[1] == len(token.value):
                    self.text.point("time", str(time[0]))
                else:
                    self.dropped.append(f"<{token.value}>")

    def _start(self, token: Token) -> None:
        name = token.value
        if name == "ruby":
            self.ruby.append((self.text.length, token.classes))
        elif name == "rt" and self.stack[-1:] == ["ruby"]:
            self.over = []
        elif name in _KINDS:
            value = token.annotation if name in ("v", "lang") else ""
            if self.over is None:
                self.text.open(_KINDS[name], value, token.classes)
        else:
            self.dropped.append(_spelled(token))
            return
        self.stack.append(name)

    def _end(self, name: str) -> None:
        if name == "ruby" and self.stack[-1:] == ["rt"]:
            self._close_over()
            self.stack.pop()
        if self.stack[-1:] != [name]:
            self.dropped.append(f"</{name}>")
            return
        self.stack.pop()
        if name == "rt":
            self._close_over()
        elif name == "ruby":
            self.ruby.pop()
        elif self.over is None:
            self.text.close(_KINDS[name])

    def _close_over(self) -> None:
        """What was read over the base becomes a mark on it; over nothing it stays text."""
        said, self.over = "".join(self.over or ()), None
        start, classes = self.ruby[-1]
        if start < self.text.length and said:
            self.text.cover(start, "ruby", said, classes)
        else:
            self.text.add(said)
        self.ruby[-1] = (self.text.length, classes)

    def finish(self) -> None:
        if self.over is not None and self.ruby:
            self._close_over()


def _spelled(token: Token) -> str:
    return "<" + ".".join([token.value, *token.classes]) + (f" {token.annotation}" if token.annotation else "") + ">"


def read_text(text: str) -> tuple[tuple[str, ...], tuple[Mark, ...], tuple[str, ...]]:
    """Lines, marks, and the tags that mean nothing and are left out, as the specification has it."""
    if "<" not in text:
        plain = unescaped(text)
        return (tuple(plain.split("\n")) if plain else ()), (), ()
    reading = _Reading()
    for token in tokens(text):
        reading.take(token)
    reading.finish()
    lines, marks = reading.text.finish()
    return lines, marks, (*reading.dropped, *(["a tag after the thousandth"] if reading.text.crowded else []))


def unescaped(text: str) -> str:
    """Text with its character references read as HTML reads them; a number with more figures than any character has is text."""
    return html.unescape(_ENDLESS.sub("&amp;#", text)) if "&" in text else text


def escaped(text: str) -> str:
    """Text as it stands between tags."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("\u200e", "&lrm;").replace("\u200f", "&rlm;").replace("\u00a0", "&nbsp;")


def class_of(mark: Mark) -> str:
    """The class under which a mark that WebVTT has no tag for is styled: the standard colours by name, else made from its value."""
    if mark.kind == "colour" and mark.value in NAMES:
        return NAMES[mark.value]
    if mark.kind == "background" and mark.value in NAMES:
        return f"bg_{NAMES[mark.value]}"
    slug = re.sub(r"[^0-9a-z]+", "-", mark.value.lower()).strip("-")
    return f"{mark.kind}-{slug}" if slug else mark.kind


def write_text(cue: Cue, number: int, losses: Losses) -> str:
    """A cue's text with its tags and entities; what they cannot say goes to `losses`."""
    if not cue.marks:
        return escaped("\n".join(cue.lines))
    out = []
    for piece in pieces(cue):
        mark = piece.mark
        if mark is None:
            out.append(escaped(piece.text))
        elif mark.kind == "time":
            out.append(f"<{write_time(float(mark.value), '.')}>")
        elif mark.kind == "ass":
            losses.add(f"{called(mark)} is left out", number)
        elif mark.kind == "ruby":
            classes = "".join(f".{each}" for each in mark.classes)
            out.append(f"<ruby{classes}>" if piece.what == "open" else f"<rt>{escaped(mark.value)}</rt></ruby>")
        else:
            tag = _TAGS.get(mark.kind, "c")
            out.append(_start_tag(mark, tag) if piece.what == "open" else f"</{tag}>")
    return "".join(out)


def _start_tag(mark: Mark, tag: str) -> str:
    classes = mark.classes if mark.kind in _TAGS else (class_of(mark),)
    annotation = f" {escaped(_SPACES.sub(' ', mark.value))}" if tag in ("v", "lang") and mark.value else ""
    return "<" + ".".join([tag, *classes]) + annotation + ">"
