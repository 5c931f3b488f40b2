"""The text of TTML paragraphs: white space, marks and ruby."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from transcripts.formats.colours import read_colour
from transcripts.formats.ttml_context import SPAN_FONT, Context, Document, inner
from transcripts.formats.ttml_xml import Element
from transcripts.marks import tidied
from transcripts.words import Mark, MarkKind

_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass
class Piece:
    """Characters with an interval and marks."""

    text: str
    start: Fraction
    end: Fraction | None
    marks: tuple[tuple[MarkKind, str], ...]
    space: bool = False
    over: tuple[int, str] | None = None


def pieces(
    element: Element, context: Context, document: Document, over: tuple[int, str] | None = None
) -> Iterator[Piece]:
    """The characters in an element, in order; `over` is what is read over them."""
    marks = _marks(context, document)
    for child in element.children:
        if isinstance(child, str):
            if context.style.get("tts:visibility") == "hidden":
                document.losses.add("what is hidden is left out")
                continue
            yield Piece(child, context.start, context.end, marks, not context.keep_space, over)
        elif isinstance(child, Element) and child.name == "br":
            yield Piece("\n", context.start, context.end, marks)
        elif isinstance(child, Element) and child.name == "span":
            within = inner(child, context, document)
            match within.style.get("tts:ruby", ""):
                case "container":
                    yield from _ruby(child, within, document)
                case "delimiter":
                    continue
                case _ if within.style.get("tts:display") != "none":
                    yield from pieces(child, within, document, over)
        elif isinstance(child, Element) and child.name not in ("metadata",) and not child.name.startswith("ttm:"):
            document.losses.add(f"<{child.name}> is left out")


def _ruby(element: Element, context: Context, document: Document) -> Iterator[Piece]:
    """Bases with what is read over them, in pairs (TTML2, 10.2.35 tts:ruby)."""
    bases: list[tuple[Element, Context]] = []
    texts: list[str] = []
    for child in element.elements():
        within = inner(child, context, document)
        kind = within.style.get("tts:ruby", "")
        if kind in ("baseContainer", "textContainer"):
            for grandchild in child.elements():
                if kind == "baseContainer":
                    bases.append((grandchild, inner(grandchild, within, document)))
                else:
                    texts.append(" ".join(grandchild.text.split()))
        elif kind == "base":
            bases.append((child, within))
        elif kind == "text":
            texts.append(" ".join(child.text.split()))
    for index, (base, within) in enumerate(bases):
        yield from pieces(base, within, document, (id(base), texts[index]) if index < len(texts) else None)


def _marks(context: Context, document: Document) -> tuple[tuple[MarkKind, str], ...]:
    style = context.style
    out: list[tuple[MarkKind, str]] = []
    if style.get("tts:fontStyle") in ("italic", "oblique"):
        out.append(("italic", ""))
    if style.get("tts:fontWeight") == "bold":
        out.append(("bold", ""))
    decoration = style.get("tts:textDecoration", "").split()
    if "underline" in decoration:
        out.append(("underline", ""))
    if "lineThrough" in decoration:
        out.append(("strike", ""))
    colours: list[tuple[MarkKind, str, str]] = [
        ("colour", "tts:color", "#ffffff"),
        ("background", "tts:backgroundColor", "#00000000"),
    ]
    for kind, name, usual in colours:
        colour = read_colour(style.get(name, usual), css=False)
        if colour and colour != usual and not (kind == "background" and colour.endswith("00") and len(colour) == 9):
            out.append((kind, colour))
    if font := style.get(SPAN_FONT):
        out.append(("font", font.split(",", maxsplit=1)[0].strip().strip("\"'")))
        document.sheet.unknown.discard("tts:fontFamily")
    if context.agent and (voice := document.agents.get(context.agent.split()[0], "")):
        out.append(("voice", voice))
    if context.language != document.language:
        out.append(("language", context.language))
    return tuple(out)


def collapsed(pieces: list[Piece]) -> list[Piece]:
    """White space as TTML's default has it: runs are one space, none beside a line break or at either end."""
    out: list[Piece] = []
    bare = True
    for piece in pieces:
        text = piece.text
        if piece.space:
            text = _SPACE.sub(" ", text)
            if bare:
                text = text.removeprefix(" ")
        elif text == "\n":
            _strip_last(out)
        if text:
            bare = (piece.space and text.endswith(" ")) or text.endswith("\n")
            piece.text = text
            out.append(piece)
    _strip_last(out)
    return out


def _strip_last(pieces: list[Piece]) -> None:
    while pieces and pieces[-1].space and pieces[-1].text.endswith(" "):
        pieces[-1].text = pieces[-1].text[:-1]
        if pieces[-1].text:
            return
        pieces.pop()


def joined(pieces: list[Piece]) -> tuple[tuple[str, ...], tuple[Mark, ...]]:
    """Lines and marks of what is shown together."""
    marks: list[Mark] = []
    rubies: dict[tuple[int, str], tuple[int, int]] = {}
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        marks += [Mark(at, end, kind, value) for kind, value in piece.marks]
        if piece.over and piece.over[1]:
            first, _ = rubies.get(piece.over, (at, at))
            rubies[piece.over] = (first, end)
        at = end
    marks += [Mark(start, end, "ruby", said) for (_, said), (start, end) in rubies.items()]
    text = "".join(piece.text for piece in pieces)
    return (tuple(text.split("\n")) if text else ()), tidied(marks)
