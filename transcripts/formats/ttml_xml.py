"""XML as TTML needs it: elements with the line that they stand in. Nothing is fetched, and a document type,
the only way to define an entity, is refused where it begins.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from core.errors import BadInput, Place

_DEEPEST = 100
_SPACES = {
    "http://www.w3.org/ns/ttml": "tt",
    "http://www.w3.org/ns/ttml#parameter": "ttp",
    "http://www.w3.org/ns/ttml#styling": "tts",
    "http://www.w3.org/ns/ttml#metadata": "ttm",
    "http://www.w3.org/ns/ttml/profile/imsc1#parameter": "ittp",
    "http://www.w3.org/ns/ttml/profile/imsc1#styling": "itts",
    "urn:ebu:tt:style": "ebutts",
    "urn:ebu:tt:metadata": "ebuttm",
    "http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt": "smpte",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_OLD = re.compile(r"http://www\.w3\.org/2006/(?:04|10)/ttaf1(?:#(parameter|style|styling|metadata))?$")
_OLD_NAMES = {None: "tt", "parameter": "ttp", "style": "tts", "styling": "tts", "metadata": "ttm"}


@dataclass
class Element:
    """An element: names are `prefix:name` with the usual prefixes, whatever the file calls them; those of TTML itself have none."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list["Element | Comment | str"] = field(default_factory=list)

    def elements(self) -> list["Element"]:
        """The elements in it."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        """All text in it."""
        parts = (
            child if isinstance(child, str) else child.text if isinstance(child, Element) else ""
            for child in self.children
        )
        return "".join(parts)


@dataclass(frozen=True)
class Comment:
    """A comment's text."""

    text: str


def read_xml(text: str) -> Element:
    """The root element. Raises BadInput with line and column for what is not well-formed, and for a document type."""
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    parser.buffer_text = True
    top = Element("", {}, 0)
    stack = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        named = {_short(key): value for key, value in attributes.items()}
        element = Element(_short(name), named, parser.CurrentLineNumber)
        if len(stack) > _DEEPEST:
            raise BadInput("elements within elements without end", hint="is this TTML?", place=Place("", element.line))
        stack[-1].children.append(element)
        stack.append(element)

    def add(text: str) -> None:
        stack[-1].children.append(text)

    def comment(text: str) -> None:
        stack[-1].children.append(Comment(text))

    def refuse(*_: object) -> None:
        raise BadInput(
            "a document type is not allowed in subtitles: it can define entities that grow without end or read other files",
            hint="take the <!DOCTYPE …> out",
            place=Place("", parser.CurrentLineNumber),
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = add
    parser.CommentHandler = comment
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        place = Place("", error.lineno, error.offset + 1)
        told = expat.errors.messages[error.code] if error.code in expat.errors.messages else str(error)
        raise BadInput(f"not well-formed XML: {told}", hint="is the file complete?", place=place) from error
    return top.elements()[0]


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    prefix = _SPACES.get(space)
    if prefix is None and (old := _OLD.match(space)):
        prefix = _OLD_NAMES[old[1]]
    if prefix == "tt":
        return local
    return f"{prefix}:{local}" if prefix else f"{space}:{local}" if space else local
