"""A scene's SVG template, filled in, and its groups as documents of their own: each top-level `<g id>` becomes one plate."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from core.errors import BadInput, Place
from core.resources import resource
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.stage import Stage

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_SHARED = {"defs", "style", "title", "desc"}


def draw_layers(template: str, stage: Stage, **values: Any) -> dict[str, str]:
    """Fill in `templates/scenes/TEMPLATE.svg.j2` (the studio's own first) and split it: SVG documents by group id, in order.

    A template sees `frame`, `colours`, `theme`, `text(placed)` and the `values` of its kind. Raises BadInput with the
    template's line when it cannot be filled in or is not well-formed.
    """
    name = f"{template}.svg.j2"
    environment = _environment(stage.studio)
    try:
        filled = environment.get_template(name).render(
            frame=frame_of(stage), theme=stage.theme, colours=stage.theme.colours, text=_text, **values
        )
    except TemplateSyntaxError as error:
        place = Place(error.filename or name, error.lineno)
        raise BadInput(f"the template does not parse: {error.message}", place=place) from error
    except TemplateError as error:
        raise BadInput(f"the template cannot be filled in: {error}", place=Place(_origin(environment, name))) from error
    try:
        return split_layers(filled)
    except ElementTree.ParseError as error:
        raise BadInput(
            f"the template does not make well-formed SVG: {error}", place=Place(_origin(environment, name))
        ) from error


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


def _origin(environment: Environment, name: str) -> str:
    try:
        return environment.get_template(name).filename or name
    except TemplateError:
        return name
