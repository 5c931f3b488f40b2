"""What a TTML element inherits, and when it is active."""

from dataclasses import dataclass, field
from fractions import Fraction

from transcripts.formats.ttml_style import Sheet, computed
from transcripts.formats.ttml_time import TimeBase
from transcripts.formats.ttml_xml import Element
from transcripts.marks import Losses
from transcripts.subtitles import Note
from transcripts.words import Cue

SPAN_FONT = "font of a span"
"""Where a font that was chosen for words is kept, apart from the one of the whole document, which is the player's affair."""


@dataclass(frozen=True)
class Context:
    """What holds inside an element: its interval in seconds (`end` None for without end), styles, region, language, voice, white space."""

    start: Fraction = Fraction(0)
    end: Fraction | None = None
    style: dict[str, str] = field(default_factory=dict)
    region: str = ""
    language: str = ""
    agent: str = ""
    keep_space: bool = False


@dataclass
class Document:
    """What a document says once, and what has been read of it; a cue comes with whether it has no end."""

    base: TimeBase
    sheet: Sheet
    losses: Losses
    agents: dict[str, str]
    language: str
    cues: list[tuple[Cue, bool]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def inner(element: Element, outer: Context, document: Document) -> Context:
    """The context inside an element. A background is not inherited, but shows behind the words of an inner span as well."""
    start, end = _interval(element, outer, document)
    attributes = element.attributes
    region = attributes.get("region", outer.region)
    own = document.sheet.specified(element)
    inherited = outer.style
    if region != outer.region:
        inherited = computed(document.sheet.region_styles(region), outer.style)
    style = computed(inherited, own)
    if element.name == "span":
        within = {name: outer.style[name] for name in ("tts:backgroundColor", SPAN_FONT) if name in outer.style}
        style = within | style
        if "tts:fontFamily" in own:
            style[SPAN_FONT] = own["tts:fontFamily"]
    return Context(
        start,
        end,
        style,
        region,
        attributes.get("xml:lang", outer.language),
        attributes.get("ttm:agent", outer.agent),
        {"preserve": True, "default": False}.get(attributes.get("xml:space", ""), outer.keep_space),
    )


def _interval(element: Element, outer: Context, document: Document) -> tuple[Fraction, Fraction | None]:
    """When an element is active: times count from its parent's beginning and end with it at the latest (TTML2, 12.2)."""
    begin = _time(element, "begin", document) or Fraction(0)
    until, dur = _time(element, "end", document), _time(element, "dur", document)
    start = outer.start + begin
    ends = [] if outer.end is None else [outer.end]
    if until is not None:
        ends.append(outer.start + until)
    if dur is not None:
        ends.append(start + dur)
    return start, min(ends) if ends else None


def _time(element: Element, name: str, document: Document) -> Fraction | None:
    text = element.attributes.get(name)
    if text is None:
        return None
    seconds = document.base.seconds(text)
    if seconds is None:
        document.losses.add(f"{name}={text[:20]!r} in line {element.line} is no time and is passed over")
    return seconds
