"""Styles and regions of a TTML document: what applies to an element, and where a region puts it."""

import re
from dataclasses import dataclass, field

from transcripts.formats.places import Box, Settings, box_settings
from transcripts.formats.ttml_xml import Element
from transcripts.formats.zones import zone_settings

OUTLINE = "#000000 5%"
"""The outline that our own files ask for, so that white is read on white."""

KNOWN = {
    "tts:color", "tts:backgroundColor", "tts:fontStyle", "tts:fontWeight", "tts:textDecoration", "tts:textAlign", "tts:displayAlign",
    "tts:origin", "tts:extent", "tts:writingMode", "tts:direction", "tts:unicodeBidi", "tts:ruby", "tts:display", "tts:visibility",
    "tts:position", "tts:rubyPosition", "tts:rubyAlign", "tts:overflow", "tts:wrapOption", "tts:showBackground", "tts:zIndex",
}  # fmt: skip
"""Attributes whose meaning is carried, or that only say what every player does anyway."""

_USUAL = {
    "tts:fontFamily": {"proportionalSansSerif", "default"},
    "tts:fontSize": {"100%"},
    "tts:textOutline": {OUTLINE},
}
_INHERITED = (
    "tts:color", "tts:fontStyle", "tts:fontWeight", "tts:textDecoration", "tts:textAlign", "tts:direction", "tts:visibility",
)  # fmt: skip
_LENGTH = re.compile(r"([+-]?[\d.]+)(%|px|c|rw|rh)$")


@dataclass
class Sheet:
    """The styles and regions of a document's head, and what could not be carried, by name."""

    styles: dict[str, Element] = field(default_factory=dict)
    regions: dict[str, Element] = field(default_factory=dict)
    cells: tuple[float, float] = (32.0, 15.0)
    pixels: tuple[float, float] | None = None
    unknown: set[str] = field(default_factory=set)
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    placed: dict[tuple[str, str], tuple[Settings, str]] = field(default_factory=dict)

    def specified(self, element: Element) -> dict[str, str]:
        """An element's own styles: those it refers to, then those inside it, then its attributes (TTML2, 8.4.4.2)."""
        found: dict[str, str] = {}
        for name in element.attributes.get("style", "").split():
            found |= self._referred(name)
        for child in element.children if element.name == "region" else ():
            if isinstance(child, Element) and child.name == "style":
                found |= self.specified(child)
        for name, value in element.attributes.items():
            if name.startswith(("tts:", "itts:", "ebutts:")):
                found[name] = value.strip()
                if name not in KNOWN and value.strip() not in _USUAL.get(name, set()):
                    self.unknown.add(name)
        return found

    def _referred(self, name: str) -> dict[str, str]:
        """A named style, worked out once; one that refers to itself is as far as it has come."""
        if name not in self.known:
            self.known[name] = {}
            if name in self.styles:
                self.known[name] = self.specified(self.styles[name])
        return self.known[name]

    def region_styles(self, name: str) -> dict[str, str]:
        """A region's styles; nothing for one that is not defined."""
        return self.specified(self.regions[name]) if name in self.regions else {}

    def settings(self, name: str, style: dict[str, str]) -> tuple[Settings, str]:
        """WebVTT's settings for text in a region with `style` on its paragraph, and the region's geometry in words."""
        align = style.get("tts:textAlign", "start")
        if (name, align) not in self.placed:
            self.placed[name, align] = self._placed(self.region_styles(name), align)
        return self.placed[name, align]

    def _placed(self, region: dict[str, str], align: str) -> tuple[Settings, str]:
        mode = region.get("tts:writingMode", "")
        if mode.startswith("tb"):
            return (("vertical", "lr" if mode == "tblr" else "rl"), *_aligned(align)), ""
        area = self._area(region)
        if area is None:
            return _aligned(align), ""
        display = region.get("tts:displayAlign", "before")
        words = " ".join(f"{number:.6g}%" for number in area) + f" {display}"
        return area_settings(area, display, align), words

    def _area(self, region: dict[str, str]) -> tuple[float, float, float, float] | None:
        """Left, top, width and height in per cent."""
        extent = self._pair(region.get("tts:extent", ""))
        if extent is None:
            return None
        origin = self._pair(region.get("tts:origin", "")) or (0.0, 0.0)
        return origin[0], origin[1], min(extent[0], 100 - origin[0]), min(extent[1], 100 - origin[1])

    def _pair(self, text: str) -> tuple[float, float] | None:
        words = text.split()
        if len(words) != 2:
            return None
        lengths = [self._length(word, axis) for axis, word in enumerate(words)]
        across, down = lengths
        return None if across is None or down is None else (across, down)

    def _length(self, word: str, axis: int) -> float | None:
        match = _LENGTH.match(word)
        if match is None:
            return None
        number = float(match[1])
        if match[2] == "c":
            number = 100 * number / self.cells[axis]
        elif match[2] == "px":
            if self.pixels is None:
                return None
            number = 100 * number / self.pixels[axis]
        return min(100.0, max(0.0, number))


def area_settings(area: tuple[float, float, float, float], display: str, align: str) -> Settings:
    """Settings for text that stands in an area. One that lies evenly in the picture and reaches its top, middle or bottom within
    the usual safe margins is the same as none: players have such margins of their own.
    """
    left, top, width, height = area
    even = abs(left - (100 - left - width)) <= 2 and width >= 70
    edge = {"before": "start", "center": "center", "after": "end"}.get(display, "start")
    at = {"start": top, "center": top + height / 2, "end": top + height}[edge]
    if even and edge == "end" and at >= 85:
        return _aligned(align)
    if even and edge == "start" and at <= 15:
        return zone_settings(8) + _aligned(align)
    if even and edge == "center" and abs(at - 50) <= 2:
        return zone_settings(5) + _aligned(align)
    hold = {"left": 0.0, "start": 0.0, "right": 1.0, "end": 1.0}.get(align, 0.5)
    return box_settings(Box(left, width, at, edge, hold, align))  # type: ignore[arg-type]


def _aligned(align: str) -> Settings:
    return (("align", align),) if align in ("start", "end", "left", "right") else ()


def read_sheet(root: Element) -> Sheet:
    """Styles and regions of a document."""
    sheet = Sheet()
    if (cells := root.attributes.get("ttp:cellResolution", "").split()) and all(
        word.isdecimal() and int(word) for word in cells[:2]
    ):
        sheet.cells = (float(cells[0]), float(cells[-1]))
    pixels = re.match(r"(\d+)px\s+(\d+)px$", root.attributes.get("tts:extent", ""))
    if pixels and int(pixels[1]) and int(pixels[2]):
        sheet.pixels = (float(pixels[1]), float(pixels[2]))
    for head in root.elements():
        if head.name == "head":
            for group in head.elements():
                for element in group.elements() if group.name in ("styling", "layout") else ():
                    place = sheet.styles if element.name == "style" else sheet.regions
                    place[element.attributes.get("xml:id", "")] = element
    return sheet


def computed(inherited: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """Styles that an element passes on: its own over those that it inherits. Lines under and through words add up."""
    out = {name: value for name, value in inherited.items() if name in _INHERITED} | own
    before, after = inherited.get("tts:textDecoration", ""), own.get("tts:textDecoration")
    if after and before and after != "none":
        kept = [word for word in before.split() if f"no{word[0].upper()}{word[1:]}" not in after.split()]
        out["tts:textDecoration"] = " ".join(dict.fromkeys([*kept, *after.split()]))
    return out
