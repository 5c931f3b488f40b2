"""A scene's SVG template, filled in, and its groups as documents of their own: each top-level `<g id>` becomes one plate."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import Any
from xml.etree import ElementTree

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)
from markupsafe import Markup

from core.errors import BadInput, Place
from core.resources import resource
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.stage import Stage

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_SHARED = {"defs", "style", "title", "desc"}


class Layers(dict[str, str]):
    """SVG documents by group id. Asking for a group that the template does not draw raises BadInput at the template."""

    def __init__(self, documents: Mapping[str, str], template: str) -> None:
        super().__init__(documents)
        self.template = template

    def __missing__(self, name: str) -> str:
        known = ", ".join(self) or "none"
        raise BadInput(
            f'the template has no <g id="{name}">',
            hint=f"what is to be seen as {name} belongs into a group of that name right under <svg>; its groups are: {known}",
            place=Place(self.template),
        )


def draw_layers(template: str, stage: Stage, **values: Any) -> Layers:
    """Fill in `templates/scenes/TEMPLATE.svg.j2` (the studio's own first) and split it: SVG documents by group id, in order.

    A template sees `frame`, `colours`, `theme`, `text(placed)` and the `values` of its kind. Raises BadInput with the
    template's line when it cannot be filled in or is not well-formed.
    """
    name = f"{template}.svg.j2"
    environment = _environment(stage.studio)
    try:
        found = environment.get_template(name)
    except TemplateSyntaxError as error:
        place = Place(error.filename or name, error.lineno)
        raise BadInput(f"the template does not parse: {error.message}", place=place) from error
    file = found.filename or name
    known = {"frame": frame_of(stage), "theme": stage.theme, "colours": stage.theme.colours, "text": _text, **values}
    try:
        filled = found.render(known)
    except TemplateSyntaxError as error:
        place = Place(error.filename or name, error.lineno)
        raise BadInput(f"the template does not parse: {error.message}", place=place) from error
    except UndefinedError as error:
        message, hint = (
            error.message or "",
            f"{template} gets {', '.join(sorted(known))}: docs/templates.md says what each is",
        )
        raise BadInput(
            f"the template asks for what there is not: {message}", hint=hint, place=_line(error, file)
        ) from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"the template cannot be filled in: {error}", place=_line(error, file)) from error
    try:
        return Layers(split_layers(filled), file)
    except ElementTree.ParseError as error:
        raise _malformed(error, filled, file) from error


def _line(error: BaseException, file: str) -> Place:
    """The template's line on which an error came up: Jinja puts it into the traceback."""
    lines = [entry.lineno for entry in extract_tb(error.__traceback__) if entry.filename == file]
    return Place(file, lines[-1] if lines else None)


def _malformed(error: ElementTree.ParseError, filled: str, file: str) -> BadInput:
    """The line of what was made, and that of the template where it is written there as it is."""
    number = error.position[0]
    made = filled.splitlines()
    said = made[number - 1].strip() if 0 < number <= len(made) else ""
    source = Path(file).read_text(encoding="utf-8").splitlines()
    line = next((count for count, text in enumerate(source, 1) if said and text.strip() == said), None)
    reason = str(error).partition(":")[0]
    excerpt = f" in “{said[:80]}{'…' if len(said) > 80 else ''}”" if said else ""
    return BadInput(f"the template does not make well-formed SVG: {reason}{excerpt}", place=Place(file, line))


def split_layers(svg: str) -> dict[str, str]:
    """The top-level `<g id>` groups of an SVG document as whole documents; `<defs>` and `<style>` go with each.

    Raises ElementTree.ParseError for what is not well-formed.
    """
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(svg)  # noqa: S314 - made here from the studio's own template
    shared = [child for child in root if child.tag.rpartition("}")[2] in _SHARED]
    layers: dict[str, str] = {}
    for group in root:
        name = group.get("id")
        if group.tag != f"{{{_SVG}}}g" or not name:
            continue
        document = ElementTree.Element(root.tag, dict(root.attrib))
        document.extend([*shared, group])
        layers[name] = ElementTree.tostring(document, encoding="unicode")
    return layers


def _text(placed: Placed, **options: Any) -> Markup:
    return Markup(placed.svg(**options))  # noqa: S704 - outlines made here; no text of the script's is in it


@lru_cache(maxsize=8)
def _environment(studio: Path | None) -> Environment:
    folders = [resource("templates", "scenes")]
    if studio is not None:
        folders.insert(0, studio / "templates" / "scenes")
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=True,
    )
