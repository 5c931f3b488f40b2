"""The reference of scene kinds, made from the code: text for a terminal, Markdown for `docs/scenes.md`, JSON Schema for editors.

`python -m render.reference > docs/scenes.md` writes the page again.
"""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from core.errors import BadInput
from core.nearest import nearest
from render.scenes.base import Element, Scene
from render.scenes.registry import kinds
from script.used_scenes import USE

_PLAIN = {str: "text", float: "number", int: "whole number", bool: "true or false"}
_INTRO = """# Scene kinds

Made from the code by `python -m render.reference`; `slugline scenes` shows the same, `slugline scenes --schema` as JSON Schema for editors.
How a scene block is written stands in [script.md](script.md), also how it takes over a scene of another script with `use:`.
"""


@dataclass(frozen=True)
class _Row:
    """A field as it is documented; `models` are the kinds of thing that it holds."""

    name: str
    kind: str
    needed: bool
    default: str
    says: str
    models: tuple[type[BaseModel], ...]


def describe(kind: str | None = None) -> str:
    """The reference of one kind, or a list of all kinds and the fields that they share. Raises BadInput for an unknown kind."""
    if kind is not None:
        return "\n".join(_terminal(_known(kind)))
    lines = ["Kinds", ""]
    lines += [f"  {name:<10}{_summary(model)}" for name, model in kinds().items()]
    lines += ["", "Every kind has", "", *_table(_rows(Scene), indent=2)]
    lines += [
        "",
        "A block takes over a scene of another script with `use: slug#id`, and may leave its kind to it: `scene use`.",
    ]
    lines += ["", "`slugline scenes KIND` shows a kind's own fields and an example."]
    return "\n".join(lines)


def schemas(kind: str | None = None) -> dict[str, Any]:
    """JSON Schema (2020-12) of one kind's fields, or of all kinds by name. Raises BadInput for an unknown kind."""
    if kind is not None:
        return _schema(kind, _known(kind))
    return {name: _schema(name, model) for name, model in kinds().items()}


def markdown() -> str:
    """The whole of `docs/scenes.md`."""
    parts = [_INTRO, "## All scenes\n", _markdown_table(_rows(Scene)), *_markdown_models(_rows(Scene))]
    for name, model in kinds().items():
        own = _own_rows(model)
        parts += [
            f"## {name}\n",
            f"{inspect.getdoc(model)}\n",
            f"```yaml\n{model.example.strip()}\n```\n",
            _markdown_table(own),
        ]
        parts += _markdown_models(own)
    return "\n".join(parts).rstrip() + "\n"


def _known(kind: str) -> type[Scene]:
    model = kinds().get(kind)
    if model is None:
        near = nearest(kind, kinds(), score=60)
        hint = f"did you mean {near}?" if near else f"the kinds are {', '.join(kinds())}"
        raise BadInput(f"there is no scene kind {kind!r}", hint=hint)
    return model


def _schema(name: str, model: type[Scene]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    schema["title"] = f"scene {name}"
    schema["properties"][USE] = {
        "type": "string",
        "description": "a scene of another script that is taken over: slug#id",
    }
    schema["required"] = [field for field in schema.get("required", []) if field != "id"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def _summary(model: type[BaseModel]) -> str:
    return (inspect.getdoc(model) or "").partition("\n")[0]


def _own_rows(model: type[Scene]) -> list[_Row]:
    shared = set(Scene.model_fields)
    return [row for name, row in zip(model.model_fields, _rows(model), strict=True) if name not in shared]


def _rows(model: type[BaseModel]) -> list[_Row]:
    return [_row(name, field) for name, field in model.model_fields.items()]


def _row(name: str, field: FieldInfo) -> _Row:
    needed = field.is_required() and name != "id"
    default = "" if needed or name == "id" else _default(field.get_default(call_default_factory=True))
    models = tuple(dict.fromkeys(_models(field.annotation)))
    return _Row(field.alias or name, _type(field.annotation), needed, default, field.description or "", models)


def _default(value: Any) -> str:
    if value is None or (isinstance(value, (str, tuple, dict)) and not value):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if origin is Literal:
        return ", ".join(str(value) for value in inner)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_type(part) for part in inner if part is not type(None)))
    if origin in (tuple, list):
        parts = [part for part in inner if part is not Ellipsis]
        if len(parts) > 1:
            return f"[{', '.join(_type(part) for part in parts)}]"
        return f"list of {_type(parts[0])}"
    if origin is not None and str(origin).endswith("Annotated"):
        return _type(inner[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _noun(annotation)
    return "fields"


def _noun(model: type[BaseModel]) -> str:
    """`FlagCountry` as `flag country`."""
    return "".join(f" {char.lower()}" if char.isupper() else char for char in model.__name__).strip()


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    else:
        for part in get_args(annotation):
            yield from _models(part)


def _inner(rows: list[_Row], seen: set[type[BaseModel]] | None = None) -> Iterator[type[BaseModel]]:
    """Every model inside the rows, each once, outer first."""
    seen = set() if seen is None else seen
    for row in rows:
        for model in row.models:
            if model not in seen:
                seen.add(model)
                yield model
                yield from _inner(_rows(model), seen)


def _element_rows(model: type[BaseModel]) -> list[_Row]:
    """A model's rows; `at` and `nth` are said once, for all scenes."""
    waits = set(Element.model_fields)
    return [row for name, row in zip(model.model_fields, _rows(model), strict=True) if name not in waits]


def _terminal(model: type[Scene]) -> list[str]:
    own = _own_rows(model)
    lines = [f"scene {model.kind}", "", inspect.getdoc(model) or "", "", *_table(own, indent=2)]
    for inner in _inner(own):
        waits = " (may wait with `at:`)" if issubclass(inner, Element) else ""
        lines += ["", f"{_noun(inner)}{waits}", "", *_table(_element_rows(inner), indent=2)]
    example = [f"  {line}" for line in model.example.strip().splitlines()]
    return [*lines, "", "Example", "", f"  ```scene {model.kind}", *example, "  ```"]


def _table(rows: list[_Row], *, indent: int) -> list[str]:
    width = max((len(row.name) for row in rows), default=0) + 2
    kind_width = min(34, max((len(row.kind) for row in rows), default=0) + 2)
    out = []
    for row in rows:
        mark = "*" if row.needed else " "
        default = f" ({row.default})" if row.default else ""
        out.append(f"{' ' * indent}{mark} {row.name:<{width}}{row.kind:<{kind_width}} {row.says}{default}".rstrip())
    return out


def _markdown_table(rows: list[_Row]) -> str:
    lines = ["| field | takes | says |", "| --- | --- | --- |"]
    for row in rows:
        needed = " **needed**" if row.needed else f" `{row.default}` when left out" if row.default else ""
        lines.append(f"| `{row.name}` | {row.kind}{';' if needed else ''}{needed} | {row.says} |")
    return "\n".join(lines) + "\n"


def _markdown_models(rows: list[_Row]) -> list[str]:
    parts: list[str] = []
    for model in _inner(rows):
        waits = ", may wait with `at:`" if issubclass(model, Element) else ""
        parts += [f"**{_noun(model)}**{waits}\n", _markdown_table(_element_rows(model))]
    return parts


if __name__ == "__main__":
    sys.stdout.write(markdown())
