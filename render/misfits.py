"""What a scene's fields refuse, in words for the person who wrote them, each at its own place."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML

from core.errors import Place
from core.findings import Finding
from core.nearest import nearest
from render.scenes.base import Scene
from script.document import SceneBlock

Path = tuple[str | int, ...]

_SHOWN = 40
"""Characters of a wrong value that a message repeats."""


def misfits(block: SceneBlock, model: type[Scene], errors: list[ErrorDetails]) -> list[Finding]:
    """One finding a place; a value that fits no branch of a union is judged by the branch that was most likely meant."""
    findings: dict[tuple[Place, str], Finding] = {}
    for error in _likely(block, errors):
        finding = _finding(block, model, error)
        assert finding.place is not None
        findings.setdefault((finding.place, finding.rule), finding)
    return list(findings.values())


def _likely(block: SceneBlock, errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors without those of a union's other branches: the one is kept that knows what it refuses, else the one of that type."""
    branches: dict[Path, dict[str, list[ErrorDetails]]] = {}
    for error in errors:
        prefix, branch = _branch(block, error)
        if branch:
            branches.setdefault(prefix, {}).setdefault(branch, []).append(error)
    kept = {prefix: min(choices, key=_unlikely(choices)) for prefix, choices in branches.items()}
    return [error for error in errors if _counts(error, errors) and _stands(_branch(block, error), kept)]


def _counts(error: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """False for a list that is short only because what is wrong in it was not counted."""
    location = error["loc"]
    below = [
        other for other in errors if len(other["loc"]) > len(location) and other["loc"][: len(location)] == location
    ]
    return error["type"] != "too_short" or not below


def _stands(found: tuple[Path, str], kept: Mapping[Path, str]) -> bool:
    prefix, branch = found
    return not branch or kept[prefix] == branch


def _branch(block: SceneBlock, error: ErrorDetails) -> tuple[Path, str]:
    """The path of the value that a union's branch refused, and the branch as pydantic calls it; "" where there is none."""
    path: list[str | int] = []
    for step in error["loc"]:
        if (*path, step) in block.places:
            path.append(step)
        elif isinstance(step, int) or step == "[key]" or (error["type"] == "missing" and step == error["loc"][-1]):
            break
        else:
            return tuple(path), step
    return tuple(path), ""


def _unlikely(choices: Mapping[str, list[ErrorDetails]]) -> Callable[[str], tuple[bool, bool, int]]:
    """Sorts a union's branches by how little they are likely to be what was meant."""

    def rank(branch: str) -> tuple[bool, bool, int]:
        errors = choices[branch]
        told = any(error["type"] == "value_error" for error in errors)
        other = any(error["loc"][-1] == branch for error in errors)
        return not told, other, len(errors)

    return rank


def _finding(block: SceneBlock, model: type[Scene], error: ErrorDetails) -> Finding:
    path = _written(block, error)
    name = _name(path)
    context: Mapping[str, Any] = error.get("ctx") or {}
    place = block.place_of(*path)
    match error["type"]:
        case "extra_forbidden":
            fields = _fields(model, path[:-1])
            near = nearest(str(path[-1]), fields)
            hint = f"did you mean {near!r}?" if near else f"it may have {', '.join(fields)}"
            owner = f"{block.kind} scenes have" if len(path) == 1 else f"{_name(path[:-1])} has"
            message = f"{owner} no field {path[-1]!r}"
            return Finding("unknown-field", "error", message, hint, place, scene=block.id)
        case "missing":
            field = str(error["loc"][-1])
            if isinstance(error["loc"][-1], int):
                hint = f"`slugline scenes {block.kind}` shows what it takes"
                return Finding("wrong-value", "error", f"{name} has too few values", hint, place, scene=block.id)
            owner = f"this {block.kind} scene" if len(path) <= 1 else _name(path[:-1])
            hint = f"write `{field}: …` in it; `slugline scenes {block.kind}` shows the fields"
            message = f"{owner} needs {field!r}"
            return Finding("missing-field", "error", message, hint, place, scene=block.id)
        case "literal_error" | "enum":
            expected = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            near = nearest(str(error["input"]), expected, score=60)
            hint = f"did you mean {near}?" if near else f"write one of {', '.join(expected)}"
            message = f"{name} cannot be {error['input']!r}"
            return Finding("wrong-value", "error", message, hint, place, scene=block.id)
        case "too_short" | "too_long":
            limit = context.get("min_length", context.get("max_length"))
            bound = "at least" if error["type"] == "too_short" else "at most"
            message = f"{name} takes {bound} {limit} items, and has {context.get('actual_length')}"
            return Finding("wrong-value", "error", message, "", place, scene=block.id)
        case "model_type" | "dict_type" | "list_type" | "tuple_type":
            shown = _shown(model, path)
            hint = f"write it like {shown}" if shown else f"`slugline scenes {block.kind}` shows what it takes"
            wanted = "a list in [ ]" if error["type"] in ("list_type", "tuple_type") else "fields in { }"
            message = f"{name} is {_cut(error['input'])}, and is written as {wanted}"
            return Finding("wrong-type", "error", message, hint, place, scene=block.id)
        case "float_parsing" | "int_parsing" | "float_type" | "int_type":
            hint = "write digits, and a unit in a field of its own"
            return Finding(
                "wrong-type",
                "error",
                f"{name} is {_cut(error['input'])}, which is no number",
                hint,
                place,
                scene=block.id,
            )
        case "value_error":
            message = str(context.get("error", error["msg"]))
            return Finding("wrong-value", "error", message, str(context.get("hint", "")), place, scene=block.id)
    message = error["msg"][:1].lower() + error["msg"][1:]
    hint = str(context.get("hint", "")) or f"`slugline scenes {block.kind}` shows what it takes"
    rule = "wrong-type" if error["type"].endswith(("_type", "_parsing")) else "wrong-value"
    return Finding(rule, "error", f"{name}: {message}", hint, place, scene=block.id)


def _cut(value: Any) -> str:
    """What was written there, its beginning if it is long."""
    said = "empty" if value is None else repr(value) if isinstance(value, str) else f"{value}"
    return said if len(said) <= _SHOWN else said[:_SHOWN] + "…"


def _shown(model: type[Scene], path: Path) -> str:
    """What stands at a path in the kind's own example, any element of a list for the first, in one line; else the fields that it needs."""
    example: Any = YAML(typ="safe").load(model.example)
    for step in path:
        key = 0 if isinstance(step, int) else step
        try:
            example = example[key]
        except (KeyError, IndexError, TypeError):
            example = None
            break
    if not isinstance(example, (dict, list)):
        return _needed(model, path)
    return _in_a_line(example)


def _in_a_line(value: Any) -> str:
    """A value as a person writes it into one line of a block."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_in_a_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_in_a_line, value)) + "]"
    if isinstance(value, str):
        return value if re.fullmatch(r"\w[\w .-]*", value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value, default=str)


def _needed(model: type[Scene], path: Path) -> str:
    """The fields that an element must have, written as a person writes them; empty where there is no element."""
    models: list[type[BaseModel]] = [model]
    for step in path:
        if not isinstance(step, int):
            annotations = [item.model_fields[step].annotation for item in models if step in item.model_fields]
            models = [found for annotation in annotations for found in _models(annotation)]
    for item in models:
        needed = [field.alias or name for name, field in item.model_fields.items() if field.is_required()]
        if needed:
            return "{" + ", ".join(f"{name}: …" for name in needed) + "}"
    return ""


def _written(block: SceneBlock, error: ErrorDetails) -> Path:
    """The error's path without the steps that pydantic adds for unions; a missing field keeps its name at the end."""
    path: list[str | int] = []
    location = error["loc"]
    for step in location:
        if (*path, step) in block.places:
            path.append(step)
    if error["type"] == "missing" and isinstance(location[-1], str):
        path.append(location[-1])
    return tuple(path)


def _name(path: Path) -> str:
    """A path as a person says it: `places[2].name`, counting from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or "the scene"


def _fields(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The names of the fields that may stand at a path of a model, aliases as they are written."""
    models = [model]
    for step in path:
        if isinstance(step, int):
            continue
        annotations = [item.model_fields[step].annotation for item in models if step in item.model_fields]
        models = [found for annotation in annotations for found in _models(annotation)] or models
    return tuple(dict.fromkeys(field.alias or name for item in models for name, field in item.model_fields.items()))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation holds, whatever it wraps them in."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Union, types.UnionType, list, tuple, dict, Mapping) or get_args(annotation):
        for part in get_args(annotation):
            yield from _models(part)
