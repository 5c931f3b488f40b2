"""How a studio's films look: colours, fonts, sizes, safe areas, motion and logo, in one TOML file over the standard theme."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

from core.errors import BadInput, Place
from core.resources import resource

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Colours:
    """Colours as `#rrggbb`: off-white on near-black, at most four hues and one accent (VISUAL.md, Colour)."""

    background: str
    glow: str
    panel: str
    ink: str
    muted: str
    hairline: str
    accent: str
    second: str
    third: str
    sea: str
    land: str
    land_focus: str
    border: str


@dataclass(frozen=True)
class Fonts:
    """Family names, or paths of font files relative to the theme."""

    display: str
    text: str
    map: str
    arabic: str
    hebrew: str


@dataclass(frozen=True)
class Sizes:
    """Sizes of type in pixels at 1920 × 1080 (VISUAL.md, Type)."""

    number: float
    title: float
    chapter: float
    quote: float
    list: float
    lower_third: float
    lower_third_role: float
    country: float
    town: float
    axis: float
    label: float
    credit: float


@dataclass(frozen=True)
class Safe:
    """Safe areas as shares of the frame: margins for 16:9, (left, top, right, bottom) of text for 9:16."""

    action: float
    text: float
    vertical: tuple[float, float, float, float]


@dataclass(frozen=True)
class Pace:
    """Durations in seconds, travel in pixels at 1920 × 1080, drift as growth a second (VISUAL.md, Motion)."""

    enter: float
    leave: float
    travel: float
    stagger: float
    drift: float


@dataclass(frozen=True)
class Theme:
    """A whole theme. What is drawn with it carries it in its own SVG, so that nothing else has to name it.

    `logo` is the path of a picture, "" for none; `watermark` keeps it small in a corner of every scene.
    """

    name: str
    colours: Colours
    fonts: Fonts
    sizes: Sizes
    safe: Safe
    motion: Pace
    logo: str = ""
    watermark: bool = False

    def colour(self, name: str) -> str:
        """The colour called `name` (such as `accent`), or `name` itself where it is `#rrggbb`. Raises BadInput."""
        if _HEX.fullmatch(name):
            return name
        found = getattr(self.colours, name, None)
        if isinstance(found, str):
            return found
        known = ", ".join(field.name for field in fields(Colours))
        raise BadInput(f"no colour {name!r} in the theme", hint=f"write #rrggbb or one of: {known}")

    def scaled(self, size: tuple[int, int]) -> Theme:
        """The theme for a frame of `size`: type and travel follow the shorter side (1080 is full size)."""
        factor = min(size) / 1080
        if factor == 1:
            return self
        sizes = replace(self.sizes, **{field.name: getattr(self.sizes, field.name) * factor for field in fields(Sizes)})
        return replace(self, sizes=sizes, motion=replace(self.motion, travel=self.motion.travel * factor))


_SECTIONS = {"colours": Colours, "fonts": Fonts, "sizes": Sizes, "safe": Safe}
_KNOWN = ("name", "logo", "watermark", *_SECTIONS, "motion", "presets")


def load_theme(path: Path | None = None) -> Theme:
    """The standard theme, with what the TOML file at `path` changes. Raises BadInput with the line of what is wrong."""
    standard = _standard()
    if path is None:
        return standard
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadInput(
            f"no theme {path.name}", place=Place(str(path)), hint="leave `theme:` out for the standard one"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot read the theme: {error}", place=Place(str(path))) from error
    return _build(_parse(text, path), standard, _Lines(path, text))


@lru_cache(maxsize=1)
def _standard() -> Theme:
    path = resource("templates", "theme.toml")
    text = path.read_text(encoding="utf-8")
    return _build(_parse(text, path), None, _Lines(path, text))


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (None, None)
        raise BadInput(f"the theme is not valid TOML: {error}", place=Place(str(path), line, column)) from error


@dataclass(frozen=True)
class _Lines:
    """Finds the line of a key, because tomllib keeps none."""

    path: Path
    text: str

    def place(self, section: str, key: str = "") -> Place:
        inside = not section
        for number, line in enumerate(self.text.splitlines(), 1):
            bare = line.strip()
            if bare.startswith("["):
                inside = bare.strip("[] ") == section
                if inside and not key:
                    return Place(str(self.path), number)
            elif inside and re.match(rf"{re.escape(key)}\s*=", bare):
                return Place(str(self.path), number, len(line) - len(line.lstrip()) + 1)
        return Place(str(self.path))


def _build(values: Mapping[str, Any], base: Theme | None, lines: _Lines) -> Theme:
    for name in values:
        if name not in _KNOWN:
            raise BadInput(f"a theme has no {name!r}", place=lines.place(name), hint=f"it has {', '.join(_KNOWN)}")
    made = {
        name: _section(name, kind, values.get(name, {}), base and getattr(base, name), lines)
        for name, kind in _SECTIONS.items()
    }
    motion = _motion(values, base, lines)
    logo, watermark = values.get("logo", base.logo if base else ""), values.get("watermark", base and base.watermark)
    if not isinstance(logo, str):
        raise BadInput("logo takes a file", place=lines.place("", "logo"), hint="an SVG or PNG beside the theme")
    if logo and "logo" in values:
        logo = _beside(logo, lines)
    if not isinstance(watermark, bool):
        raise BadInput("watermark takes true or false", place=lines.place("", "watermark"))
    if watermark and not logo:
        raise BadInput(
            "there is no logo to make a watermark of",
            place=lines.place("", "watermark"),
            hint='write logo = "logo.svg"',
        )
    name = str(values.get("name", base.name if base else ""))
    return Theme(name=name, motion=motion, logo=logo, watermark=watermark, **made)


def _beside(logo: str, lines: _Lines) -> str:
    """The logo's own path. Raises BadInput where it is not beside the theme."""
    path = lines.path.parent / logo
    if not path.is_file():
        raise BadInput(
            f"there is no logo {logo}",
            place=lines.place("", "logo"),
            hint=f"put it beside {lines.path.name}, or leave `logo` out",
        )
    return str(path)


def _motion(values: Mapping[str, Any], base: Theme | None, lines: _Lines) -> Pace:
    """The pace that `[motion]` asks for: a preset, the standard theme's or one of this file, with what is changed of it."""
    presets = dict(_presets()) if base else {}
    own = values.get("presets", {})
    if not isinstance(own, Mapping):
        raise BadInput(
            "'presets' holds presets",
            place=lines.place("", "presets"),
            hint="write [presets.NAME] on a line of its own",
        )
    for name, numbers in own.items():
        section = f"presets.{name}"
        start = presets.get(name, base.motion if base else None)
        presets[name] = _section(section, Pace, numbers, start, lines)
    asked = values.get("motion", {})
    pace = base.motion if base else None
    if isinstance(asked, Mapping) and "preset" in asked:
        chosen = asked["preset"]
        if not isinstance(chosen, str) or chosen not in presets:
            hint = f"write one of: {', '.join(presets)}"
            raise BadInput(f"there is no motion preset {chosen!r}", place=lines.place("motion", "preset"), hint=hint)
        pace, asked = presets[chosen], {key: value for key, value in asked.items() if key != "preset"}
    made = _section("motion", Pace, asked, pace, lines)
    assert isinstance(made, Pace)
    return made


@lru_cache(maxsize=1)
def _presets() -> Mapping[str, Pace]:
    """The standard theme's motion presets by name."""
    path = resource("templates", "theme.toml")
    text = path.read_text(encoding="utf-8")
    lines = _Lines(path, text)
    presets = _parse(text, path)["presets"]
    return {name: _section(f"presets.{name}", Pace, numbers, None, lines) for name, numbers in presets.items()}


def _section(name: str, kind: type[Any], values: Any, base: Any, lines: _Lines) -> Any:
    if not isinstance(values, Mapping):
        raise BadInput(
            f"{name!r} is a section", place=lines.place("", name), hint=f"write [{name}] on a line of its own"
        )
    known = [field.name for field in fields(kind)]
    changed: dict[str, Any] = {}
    for key, value in values.items():
        place = lines.place(name, key)
        if key not in known:
            raise BadInput(f"[{name}] has no {key!r}", place=place, hint=f"it has {', '.join(known)}")
        changed[key] = _value(name, key, value, place)
    if base is not None:
        return replace(base, **changed)
    return kind(**changed)


def _value(section: str, key: str, value: Any, place: Place) -> Any:
    if section == "colours":
        if not isinstance(value, str) or not _HEX.fullmatch(value):
            raise BadInput(f"{value!r} is not a colour", place=place, hint="write #rrggbb")
        return value.lower()
    if section == "fonts":
        if not isinstance(value, str) or not value:
            raise BadInput(f"{value!r} is not a font", place=place, hint="write a family's name or a font file's path")
        return str(Path(place.file).parent / value) if value.endswith((".ttf", ".otf")) else value
    if key == "vertical":
        if (
            not isinstance(value, list)
            or len(value) != 4
            or not all(_is_number(part) and 0 <= part <= 1 for part in value)
        ):
            raise BadInput("vertical takes four shares from 0 to 1", place=place, hint="left, top, right, bottom")
        return tuple(float(part) for part in value)
    if not _is_number(value) or value < 0:
        raise BadInput(f"{key} takes a number", place=place)
    if section == "sizes" and value < 30:
        raise BadInput(f"{key} is {value} pixels: nothing is legible under 30", place=place, hint="VISUAL.md, Type")
    return float(value)


def _is_number(value: Any) -> bool:
    # TOML knows `nan` and `inf`, which no bound keeps out.
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
