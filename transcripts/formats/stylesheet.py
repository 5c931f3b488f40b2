"""The little CSS that subtitles are styled with: rules on `::cue` become marks and marks become rules."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from transcripts.formats.colours import NAMES, read_colour
from transcripts.words import Mark, MarkKind

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_SELECTOR = re.compile(
    r"""^(?:\w*::cue\(\s*)(c|i|b|u|v|lang)?((?:\.[\w-]+)*)(?:\[(?:voice|lang)=["']?([^"'\]]*)["']?\])?\s*\)$"""
)


class Rule(NamedTuple):
    """What holds for text under a tag, classes and an annotation; empty where any will do."""

    tag: str
    classes: frozenset[str]
    annotation: str
    look: tuple[tuple[MarkKind, str], ...]


def read_rules(styles: Iterable[str]) -> tuple[list[Rule], list[str]]:
    """The rules that can be carried to other formats, and the selectors of those that cannot."""
    rules, refused = [], []
    for style in styles:
        for piece in _COMMENT.sub("", style).split("}")[:-1]:
            selectors, _, body = piece.partition("{")
            look, whole = _look(body)
            for selector in selectors.split(","):
                found = _SELECTOR.match(selector.strip())
                if found is None or not whole:
                    refused.append(selector.strip())
                if found is not None and look:
                    classes = frozenset(each for each in found[2].split(".") if each)
                    rules.append(Rule(found[1] or "", classes, found[3] or "", look))
    return rules, refused


def _look(body: str) -> tuple[tuple[tuple[MarkKind, str], ...], bool]:
    """Declarations as kinds and values of marks; False where some say more."""
    out: list[tuple[MarkKind, str]] = []
    whole = True
    for declaration in body.split(";"):
        name, colon, value = (part.strip() for part in declaration.partition(":"))
        if colon:
            found = _mark(name.lower(), value)
            whole = whole and bool(found)
            out += found
    return tuple(out), whole


def _mark(name: str, value: str) -> list[tuple[MarkKind, str]]:
    word = value.lower()
    match name:
        case "color" | "background-color" | "background":
            colour = read_colour(value)
            kind: MarkKind = "colour" if name == "color" else "background"
            return [(kind, colour)] if colour else []
        case "font-style" if word in ("italic", "oblique"):
            return [("italic", "")]
        case "font-weight" if word in ("bold", "bolder") or (word.isdecimal() and int(word) >= 600):
            return [("bold", "")]
        case "text-decoration" | "text-decoration-line":
            both: list[tuple[str, MarkKind]] = [("underline", "underline"), ("line-through", "strike")]
            return [(kind, "") for css, kind in both if css in word.split()]
        case "font-family":
            return [("font", value.split(",", maxsplit=1)[0].strip().strip("\"'"))]
        case "font-size" if word.endswith("px"):
            return [("size", word[:-2].strip())]
    return []


def rule_for(mark: Mark, name: str) -> str:
    """The rule that shows a mark under the class `name`; empty where players have one of their own."""
    value = mark.value.replace('"', "").replace("\\", "").replace("\n", " ")
    match mark.kind:
        case "colour" | "background" if value in NAMES:
            return ""
        case "colour":
            declaration = f"color: {value}"
        case "background":
            declaration = f"background-color: {value}"
        case "strike":
            declaration = "text-decoration: line-through"
        case "font":
            declaration = f'font-family: "{value}"'
        case "size":
            declaration = f"font-size: {value}px"
        case _:
            return ""
    return f"::cue(.{name}) {{ {declaration} }}"
