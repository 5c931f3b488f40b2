"""TTML documents as subtitles: time containment, white space, styles, ruby and voices."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TextIO

from core.errors import BadInput, Place
from transcripts.formats.ttml_context import Context, Document, inner
from transcripts.formats.ttml_style import read_sheet
from transcripts.formats.ttml_text import Piece, collapsed, joined, pieces
from transcripts.formats.ttml_time import read_time_base
from transcripts.formats.ttml_xml import Comment, Element, read_xml
from transcripts.marks import Losses
from transcripts.subtitles import Note, Subtitles
from transcripts.words import Cue

_MOST_PIECES = 1_000_000


def read(stream: TextIO, rate: Fraction | None = None) -> Subtitles:
    """The subtitles of a TTML, IMSC or EBU-TT-D document. `rate` is the frames a second where it counts them and does not say.

    Raises BadInput for what is not TTML, is not well-formed, or has a document type; a time that cannot be read is told by its line.
    """
    root = read_xml(stream.read().removeprefix("\ufeff").lstrip())
    if root.name != "tt":
        place = Place("", root.line)
        raise BadInput(
            "this is not a TTML file", hint=f"its root is <{root.name.rpartition(':')[2]}>, not <tt>", place=place
        )
    language = root.attributes.get("xml:lang", "")
    document = Document(read_time_base(root, rate), read_sheet(root), Losses("TTML"), _agents(root), language)
    space = root.attributes.get("xml:space") == "preserve"
    for element in root.elements():
        if element.name == "body":
            _walk(element, Context(language=language, keep_space=space), document)
    for name in sorted(document.sheet.unknown):
        document.losses.add(f"{name} is left out")
    title = next((element.text.strip() for element in _all(root) if element.name == "ttm:title"), "")
    return Subtitles(
        _with_ends(document.cues, document.losses),
        language=language,
        title=" ".join(title.split()),
        notes=tuple(document.notes),
        remarks=document.losses.remarks(),
    )


def _all(element: Element) -> Iterator[Element]:
    for head in element.elements():
        if head.name in ("head", "metadata") or head.name.startswith("ttm:"):
            yield head
            yield from _all(head)


def _agents(root: Element) -> dict[str, str]:
    out = {}
    for element in _all(root):
        if element.name == "ttm:agent":
            names = [child.text for child in element.elements() if child.name == "ttm:name"]
            out[element.attributes.get("xml:id", "")] = " ".join(names[0].split()) if names else ""
    return out


def _walk(element: Element, outer: Context, document: Document) -> Fraction | None:
    """Take a body, a div or a paragraph; gives its end, after which the next in a sequence begins."""
    context = inner(element, outer, document)
    if context.style.get("tts:display") == "none":
        document.losses.add("what is not displayed is left out")
        return context.end
    if element.name == "p":
        _paragraph(element, context, document)
        return context.end
    after: Fraction | None = context.start
    in_turn = element.attributes.get("timeContainer") == "seq"
    for child in element.children:
        if isinstance(child, Comment):
            document.notes.append(Note(child.text.replace("-\u2060", "-").strip(), len(document.cues)))
        elif isinstance(child, Element):
            if child.name in ("div", "p"):
                place = Context(**{**vars(context), "start": after or context.start}) if in_turn else context
                after = _walk(child, place, document)
            elif child.name in ("set", "image", "animate") or child.name.startswith("smpte:"):
                document.losses.add(f"<{child.name}> is left out")
    return context.end


def _paragraph(element: Element, context: Context, document: Document) -> None:
    """The cues of a paragraph: one, or where parts of it have times of their own, one for every change of what is shown."""
    found = collapsed(list(pieces(element, context, document)))
    settings, geometry = document.sheet.settings(context.region, context.style)
    fields = (("ttml.region", geometry),) if geometry else ()
    name = element.attributes.get("xml:id", "")
    for start, end, shown in _changes(found, context, element.line):
        lines, marks = joined(shown)
        close = start if end is None else end
        document.cues.append((Cue(float(start), float(close), lines, name, settings, marks, fields), end is None))
        name = ""


def _changes(
    found: list[Piece], context: Context, line: int
) -> Iterator[tuple[Fraction, Fraction | None, list[Piece]]]:
    """What is shown from when to when; nothing while there is nothing to read."""
    if not found or all((piece.start, piece.end) == (found[0].start, found[0].end) for piece in found[1:]):
        whole = found[0] if found else context
        yield whole.start, whole.end, found
        return
    times = sorted({piece.start for piece in found} | {piece.end for piece in found if piece.end is not None})
    begins: dict[Fraction, list[int]] = {time: [] for time in times}
    ends: dict[Fraction, list[int]] = {time: [] for time in times}
    for index, piece in enumerate(found):
        begins[piece.start].append(index)
        if piece.end is not None:
            ends[piece.end].append(index)
    active: set[int] = set()
    written = 0
    for place, time in enumerate(times):
        active.update(begins[time])
        active.difference_update(ends[time])
        shown = [found[index] for index in sorted(active)]
        written += len(shown)
        if written > _MOST_PIECES:
            raise BadInput("a paragraph whose parts change too often to be subtitles", place=Place("", line))
        if "".join(piece.text for piece in shown).strip():
            yield time, times[place + 1] if place + 1 < len(times) else None, shown


def _with_ends(cues: list[tuple[Cue, bool]], losses: Losses) -> tuple[Cue, ...]:
    """Cues of which some have no end: these stay until the next one begins, or two seconds."""
    out = []
    for index, (cue, endless) in enumerate(cues):
        if endless:
            losses.add("without an end, a cue stays until the next", index + 1)
            after = cues[index + 1][0].start if index + 1 < len(cues) else 0.0
            end = after if after > cue.start else cue.start + 2
            out.append(Cue(cue.start, end, cue.lines, cue.id, cue.settings, cue.marks, cue.fields))
        else:
            out.append(cue)
    return tuple(out)
