"""Scene blocks become typed scenes; what does not fit its kind is a finding at the field's own place."""

from __future__ import annotations

import copy
import re
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from core.errors import Place
from core.findings import Finding
from core.nearest import nearest
from render.scenes.base import Scene
from render.scenes.registry import kinds
from script.document import SceneBlock, Script
from transcripts.tokens import PhraseMissing, PhraseRepeated, find_phrase, script_tokens

Path = tuple[str | int, ...]

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


def plan_storyboard(script: Script) -> tuple[tuple[Scene, ...], list[Finding]]:
    """Every block as a scene of its kind, in order, with findings for those that are not; these are left out.

    An `at:` phrase that the scene's narration does not say, or says more than once without `nth:`, is a finding too.
    """
    scenes: list[Scene] = []
    findings: list[Finding] = []
    for block in script.scenes:
        scene, found = type_scene(block)
        findings += found
        if scene is not None:
            scenes.append(scene)
            findings += find_phrases(scene, block, script.front.language)[1]
    return tuple(scenes), findings


def type_scene(block: SceneBlock) -> tuple[Scene | None, list[Finding]]:
    """One block as a scene of its kind, or what is wrong with it."""
    known = kinds()
    model = known.get(block.kind)
    if model is None:
        near = nearest(block.kind, known, score=60)
        hint = f"did you mean {near}?" if near else f"the kinds are {', '.join(sorted(known))}"
        message = f"there is no scene kind {block.kind!r}"
        return None, [Finding("unknown-kind", "error", message, hint, block.place, scene=block.id)]
    values: dict[str, Any] = {**copy.deepcopy(dict(block.fields)), "id": block.id}
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        if not _respell(values, errors):
            return None, _findings(block, model, errors)
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, _findings(block, model, error.errors(include_url=False))


def find_phrases(scene: Scene, block: SceneBlock, language: str) -> tuple[dict[Path, int], list[Finding]]:
    """For every waiting element, by its path in the scene, the index of the script word at which its phrase begins.

    Words count from the scene's first, as `script_tokens(block.narration.text, language)` has them.
    """
    tokens = script_tokens(block.narration.text, language)
    places: dict[Path, int] = {}
    findings: list[Finding] = []
    for path, element in scene.waiting():
        assert element.at is not None
        where = block.place_of(*path, "at")
        try:
            places[path] = find_phrase(tokens, element.at, element.nth, language)
        except PhraseMissing as error:
            hint = f"did you mean “{error.nearest}”?" if error.nearest else "write words of this scene's narration"
            message = f"the narration of {block.id} does not say “{element.at}”"
            findings.append(Finding("unspoken-phrase", "error", message, hint, where, scene=block.id))
        except PhraseRepeated as error:
            few = element.nth is not None
            hint = f"write nth: 1 to {error.times}" if few else f"add nth: 1, or another of {error.times}"
            rule = "unspoken-phrase" if few else "ambiguous-phrase"
            times = f"{error.times} time{'s' * (error.times != 1)}"
            message = f"the narration of {block.id} says “{element.at}” {times}"
            findings.append(Finding(rule, "error", message, hint, where, scene=block.id))
    return places, findings


def _respell(values: dict[str, Any], errors: list[ErrorDetails]) -> bool:
    """Write in place what a person may write either way: a figure as 26,434, a number where a text is wanted."""
    changed = False
    for error in errors:
        value = error["input"]
        if error["type"] in ("float_parsing", "int_parsing") and isinstance(value, str) and _GROUPED.fullmatch(value):
            changed |= _put(values, error["loc"], value.replace(",", ""))
        elif error["type"] == "string_type" and isinstance(value, int) and not isinstance(value, bool):
            changed |= _put(values, error["loc"], str(value))
    return changed


def _put(values: Any, path: Path, value: Any) -> bool:
    for step in path[:-1]:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return False  # a union's branch stands in the path; the plain path is reported beside it
    try:
        values[path[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    values[path[-1]] = value
    return True


def _findings(block: SceneBlock, model: type[Scene], errors: list[ErrorDetails]) -> list[Finding]:
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
        case "value_error":
            message = str(context.get("error", error["msg"]))
            return Finding("wrong-value", "error", message, str(context.get("hint", "")), place, scene=block.id)
    message = error["msg"][:1].lower() + error["msg"][1:]
    hint = str(context.get("hint", "")) or f"`slugline scenes {block.kind}` shows what it takes"
    rule = "wrong-type" if error["type"].endswith(("_type", "_parsing")) else "wrong-value"
    return Finding(rule, "error", f"{name}: {message}", hint, place, scene=block.id)


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
