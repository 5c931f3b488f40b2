"""What is wrong with text on screen, by VISUAL.md: does it fit, has it glyphs, is it legible, is there time to read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.findings import Finding, Severity
from render.scenes.frame import Frame, frame_of
from render.scenes.places import text_place
from render.scenes.placing import Placed
from render.stage import Stage

CHARACTERS_A_SECOND = 15
SMALLEST = 30.0
"""Pixels of type at 1080 lines (VISUAL.md, Type)."""
_NOTICEABLE = 0.1
"""Seconds by which a text must fall short: times before there is a voice are no more exact."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (#rrggbb), 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def reading_seconds(characters: int) -> float:
    """The least time on screen for that many characters (VISUAL.md, Reading)."""
    return 1 + characters / CHARACTERS_A_SECOND


def review_texts(scene: str, texts: Iterable[Placed], stage: Stage) -> list[Finding]:
    """Overflow, missing glyphs, contrast, text-safe area and reading time of every text of a scene."""
    frame = frame_of(stage)
    return [finding for text in texts for finding in _review(scene, text, stage, frame)]


def _review(scene: str, text: Placed, stage: Stage, frame: Frame) -> list[Finding]:
    found: list[Finding] = []
    said = excerpt(text.block.text)
    place = text_place(stage, scene, text.block.text)
    if text.block.overflow:
        found.append(Finding("text-overflow", "error", f"{said} does not fit", "shorten it", place, scene))
    found += [
        Finding(
            "no-glyph",
            "error",
            f"no font has {char!r} (U+{ord(char):04X}) of {said}",
            "choose a font that has it",
            place,
            scene,
        )
        for char in text.block.missing
    ]
    smallest = round(text.block.size / frame.unit, 2)
    if smallest < SMALLEST:
        message = f"{said} is {smallest:g} pixels high"
        hint = f"nothing under {SMALLEST:g} pixels of a 1080-line frame can be read"
        found.append(Finding("small-type", "warning", message, hint, place, scene, value=smallest, limit=SMALLEST))
    margins = (frame.left, frame.top, frame.width - frame.right, frame.height - frame.bottom)
    if not text.block.overflow and _leaves(text, margins, frame):
        action = stage.theme.safe.action
        side, over = action * frame.width, action * frame.height
        cut = _leaves(text, (side, over, side, over), frame)
        area = "action-safe" if cut else "text-safe"
        severity: Severity = "error" if cut else "warning"
        found.append(Finding(area, severity, f"{said} leaves the {area} area", "shorten it", place, scene))
    ratio, least = contrast(text.fill, text.ground), 3.0 if text.large else 4.5
    if ratio < least:
        message = f"{said} has a contrast of {ratio:.1f}:1 to its ground"
        found.append(
            Finding("contrast", "warning", message, "lighten it", place, scene, value=round(ratio, 2), limit=least)
        )
    shown, needed = float((text.last - text.first) / stage.rate), reading_seconds(len(text.block.text))
    if text.written and text.last and needed - shown >= _NOTICEABLE:
        message = f"{said} is on screen for {shown:.1f} s and takes {needed:.1f} s to read"
        hint = "shorten it, let it enter earlier, or give the scene a `hold:`"
        found.append(
            Finding(
                "reading-time", "warning", message, hint, place, scene, value=round(shown, 1), limit=round(needed, 1)
            )
        )
    return found


def worst_reading(findings: Sequence[Finding]) -> list[Finding]:
    """The findings with one for reading time at most: that of the text that lacks most, which says how many others there are."""
    short = [finding for finding in findings if finding.rule == "reading-time"]
    if len(short) < 2:
        return list(findings)
    worst = max(short, key=lambda finding: float(finding.limit or 0) - float(finding.value or 0))
    others = len(short) - 1
    more = f", and {others} other{'s are' if others > 1 else ' is'} too short as well"
    kept = (finding for finding in findings if finding not in short or finding is worst)
    return [replace(finding, message=finding.message + more) if finding is worst else finding for finding in kept]


def _leaves(text: Placed, margins: tuple[float, float, float, float], frame: Frame) -> bool:
    """True when what is drawn comes nearer to an edge than the margins (left, top, right, bottom) allow; serifs may by a little."""
    box, slack = text.box, 8 * frame.unit
    near = (box[0], box[1], frame.width - box[2], frame.height - box[3])
    return any(gap < margin - slack for gap, margin in zip(near, margins, strict=True))


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def excerpt(text: str) -> str:
    """A text in quotation marks, in one line and short enough for a message."""
    flat = text.replace("\n", " ")
    return f"“{flat if len(flat) <= 40 else flat[:37] + '…'}”"
