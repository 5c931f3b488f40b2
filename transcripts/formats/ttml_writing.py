"""Subtitles as an IMSC 1.1 document, text profile (W3C TTML Profiles for Internet Media Subtitles and Captions 1.1)."""

import re
from dataclasses import dataclass, field
from typing import TextIO

from transcripts.clock import write_time
from transcripts.formats.appearance import spelled_out
from transcripts.formats.places import settings_box
from transcripts.formats.ttml_style import OUTLINE, area_settings
from transcripts.formats.whole import called, lose_fields, lose_id, lose_parts
from transcripts.formats.zones import is_right_to_left
from transcripts.marks import Losses, pieces
from transcripts.subtitles import Subtitles
from transcripts.words import Cue, Mark

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" \
xmlns:ttm="http://www.w3.org/ns/ttml#metadata" ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text" \
ttp:timeBase="media" xml:lang="{language}">
"""
_INLINE = {
    "italic": 'tts:fontStyle="italic"',
    "bold": 'tts:fontWeight="bold"',
    "underline": 'tts:textDecoration="underline"',
    "strike": 'tts:textDecoration="lineThrough"',
}
_NAME = re.compile(r"[A-Za-z_][\w.-]*$", re.ASCII)
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE = 5.0
"""Per cent of the picture left free at every edge."""


@dataclass
class _Writing:
    losses: Losses
    regions: dict[str, str] = field(default_factory=dict)
    voices: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def region(self, attributes: str) -> str:
        return self.regions.setdefault(attributes, f"place-{len(self.regions) + 1}")

    def voice(self, name: str) -> str:
        return self.voices.setdefault(name, f"voice-{len(self.voices) + 1}")


def write(subtitles: Subtitles, stream: TextIO) -> tuple[str, ...]:
    """Write a document that IMSC 1.1 players take; what it cannot say comes back as remarks. Times are to the millisecond."""
    writing = _Writing(Losses("TTML"))
    lose_parts(subtitles, writing.losses, "regions", form="ttml")
    notes: dict[int, list[str]] = {}
    for note in subtitles.notes:
        notes.setdefault(min(note.before, len(subtitles.cues)), []).append(note.text)
    body = []
    for index, cue in enumerate(spelled_out(subtitles, writing.losses).cues):
        body += [_comment(text) for text in notes.get(index, [])]
        body.append(_paragraph(cue, index + 1, writing))
    body += [_comment(text) for text in notes.get(len(subtitles.cues), [])]
    stream.write(_HEAD.format(language=_attribute(subtitles.language)))
    stream.write("  <head>\n")
    if subtitles.title or writing.voices:
        stream.write("    <metadata>\n")
        if subtitles.title:
            stream.write(f"      <ttm:title>{_text(subtitles.title)}</ttm:title>\n")
        for name, key in writing.voices.items():
            agent = (
                f'<ttm:agent xml:id="{key}" type="person"><ttm:name type="full">{_text(name)}</ttm:name></ttm:agent>'
            )
            stream.write(f"      {agent}\n")
        stream.write("    </metadata>\n")
    stream.write(
        f'    <styling>\n      <style xml:id="words" tts:fontFamily="proportionalSansSerif" tts:fontSize="100%" tts:color="#ffffff" '
        f'tts:textOutline="{OUTLINE}"/>\n    </styling>\n    <layout>\n'
    )
    for attributes, key in writing.regions.items():
        stream.write(f'      <region xml:id="{key}" {attributes}/>\n')
    stream.write('    </layout>\n  </head>\n  <body style="words">\n    <div>\n')
    stream.write("".join(f"      {line}\n" for line in body))
    stream.write("    </div>\n  </body>\n</tt>\n")
    return writing.losses.remarks()


def _paragraph(cue: Cue, number: int, writing: _Writing) -> str:
    lose_fields(cue, number, writing.losses, "ttml")
    attributes = [f'begin="{write_time(cue.start, ".")}"', f'end="{write_time(cue.end, ".")}"']
    attributes.append(f'region="{writing.region(_region(cue, number, writing.losses))}"')
    if _NAME.match(cue.id) and cue.id not in writing.ids and not re.match(r"(?:place|voice)-\d+$|words$", cue.id):
        writing.ids.add(cue.id)
        attributes.insert(0, f'xml:id="{cue.id}"')
    else:
        lose_id(cue, number, writing.losses)
    align = dict(cue.settings).get("align", "center")
    attributes.append(f'tts:textAlign="{align}"')
    if is_right_to_left(cue.text):
        attributes.append('tts:direction="rtl"')
    spaced = any(line != line.strip() or "  " in line or "\t" in line for line in cue.lines)
    if spaced:
        attributes.append('xml:space="preserve"')
    return f"<p {' '.join(attributes)}>{_content(cue, number, writing)}</p>"


def _content(cue: Cue, number: int, writing: _Writing) -> str:
    out = []
    closers: list[str] = []
    decorations: list[str] = []
    for piece in pieces(cue):
        mark = piece.mark
        if mark is None:
            out.append("<br/>".join(_text(line) for line in piece.text.split("\n")))
            continue
        if piece.what == "point":
            writing.losses.add(f"{called(mark)} is left out", number)
            continue
        if piece.what == "close":
            out.append(closers.pop())
            if mark.kind in ("underline", "strike"):
                decorations.remove(_INLINE[mark.kind][20:-1])
            continue
        if mark.kind in ("underline", "strike"):
            decorations.append(_INLINE[mark.kind][20:-1])
            opening, closing = f'<span tts:textDecoration="{" ".join(dict.fromkeys(decorations))}">', "</span>"
        else:
            opening, closing = _span(mark, number, writing)
        out.append(opening)
        closers.append(closing)
    return "".join(out)


def _span(mark: Mark, number: int, writing: _Writing) -> tuple[str, str]:
    match mark.kind:
        case "italic" | "bold":
            said = _INLINE[mark.kind]
        case "colour" | "background":
            said = f'tts:{"color" if mark.kind == "colour" else "backgroundColor"}="{_attribute(mark.value)}"'
        case "font":
            said = f'tts:fontFamily="{_attribute(mark.value.replace(",", " "))}"'
        case "language":
            said = f'xml:lang="{_attribute(mark.value)}"'
        case "voice" if mark.value:
            said = f'ttm:agent="{writing.voice(" ".join(mark.value.split()))}"'
        case "ruby":
            closing = f'</span><span tts:ruby="text">{_text(mark.value)}</span></span>'
            return '<span tts:ruby="container"><span tts:ruby="base">', closing
        case _:
            writing.losses.add(f"{called(mark)} is left out", number)
            return "", ""
    return f"<span {said}>", "</span>"


def _region(cue: Cue, number: int, losses: Losses) -> str:
    """A region's attributes for a cue's settings: the area that it was read in, when the settings still say the same."""
    settings = dict(cue.settings)
    if "region" in settings:
        losses.add("regions are left out", number)
    if "vertical" in settings:
        if set(settings) - {"vertical", "align", "region"}:
            losses.add("lines that run down stand in the middle", number)
        mode = "tblr" if settings["vertical"] == "lr" else "tbrl"
        return _area(_SAFE, _SAFE, 100 - 2 * _SAFE, 100 - 2 * _SAFE, "after") + f' tts:writingMode="{mode}"'
    align = settings.get("align", "center")
    known = re.match(r"([\d.]+)% ([\d.]+)% ([\d.]+)% ([\d.]+)% (\w+)$", dict(cue.fields).get("ttml.region", ""))
    if known:
        area = (float(known[1]), float(known[2]), float(known[3]), float(known[4]))
        if dict(area_settings(area, known[5], align)) == settings:
            return _area(*area, known[5])
    whole = 100 - 2 * _SAFE
    plain = {name: value for name, value in settings.items() if name not in ("align", "region")}
    simple = {"": "after", "0": "before", "50%,center": "center"}
    if not set(plain) - {"line"} and plain.get("line", "") in simple:
        return _area(_SAFE, _SAFE, whole, whole, simple[plain.get("line", "")])
    box = settings_box(cue)
    if not box.exact:
        losses.add("line numbers become heights", number)
    match box.edge:
        case "start":
            return _area(box.left, box.at, box.width, 100 - box.at, "before")
        case "end":
            return _area(box.left, 0, box.width, box.at, "after")
        case _:
            half = min(box.at, 100 - box.at)
            return _area(box.left, box.at - half, box.width, 2 * half, "center")


def _area(left: float, top: float, width: float, height: float, display: str) -> str:
    return (
        f'tts:origin="{_per(left)} {_per(top)}" tts:extent="{_per(width)} {_per(height)}" tts:displayAlign="{display}"'
    )


def _per(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") + "%"


def _comment(text: str) -> str:
    safe = _FORBIDDEN.sub("\ufffd", text).replace("--", "-\u2060-").replace("--", "-\u2060-")
    return f"<!-- {safe} -->"


def _text(text: str) -> str:
    return (
        _FORBIDDEN.sub("\ufffd", text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\r", "&#13;")
    )


def _attribute(text: str) -> str:
    return _text(text).replace('"', "&quot;").replace("\n", " ").replace("\t", " ")
