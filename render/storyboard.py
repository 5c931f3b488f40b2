"""Scene blocks become typed scenes; what does not fit its kind is a finding at the field's own place."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from core.findings import Finding
from core.nearest import nearest
from render.misfits import Path, misfits
from render.scenes.base import Scene
from render.scenes.registry import kinds
from script.document import SceneBlock, Script, every_field
from transcripts.tokens import PhraseMissing, PhraseRepeated, Token, find_phrase, script_tokens

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


def plan_storyboard(script: Script) -> tuple[tuple[Scene, ...], list[Finding]]:
    """Every block as a scene of its kind, in order, with findings for those that are not; these are left out.

    An `at:` phrase that the scene's narration does not say, or says more than once without `nth:`, is a finding too, even where
    something else in the scene is wrong.
    """
    scenes: list[Scene] = []
    findings: list[Finding] = []
    for block in script.scenes:
        scene, found = type_scene(block)
        findings += found
        if scene is not None:
            scenes.append(scene)
            findings += find_phrases(scene, block, script.front.language)[1]
        else:
            findings += _review_phrases(block, script.front.language)
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
            return None, misfits(block, model, errors)
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, misfits(block, model, error.errors(include_url=False))


def find_phrases(scene: Scene, block: SceneBlock, language: str) -> tuple[dict[Path, int], list[Finding]]:
    """For every waiting element, by its path in the scene, the index of the script word at which its phrase begins.

    Words count from the scene's first, as `script_tokens(block.narration.text, language)` has them.
    """
    tokens = script_tokens(block.narration.text, language)
    places: dict[Path, int] = {}
    findings: list[Finding] = []
    for path, element in scene.waiting():
        assert element.at is not None
        found = _find_phrase(tokens, element.at, element.nth, block, path, language)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            places[path] = found
    return places, findings


def _review_phrases(block: SceneBlock, language: str) -> Iterator[Finding]:
    """What is wrong with the phrases of a block that is no scene of its kind, as far as they are written like phrases."""
    tokens = script_tokens(block.narration.text, language)
    fields = dict(every_field(block.fields))
    for path, phrase in fields.items():
        nth = fields.get((*path[:-1], "nth"))
        counted = nth is None or (isinstance(nth, int) and nth > 0)
        if path[-1] == "at" and path[0] != "arguments" and isinstance(phrase, str) and counted:
            found = _find_phrase(tokens, phrase, nth, block, path[:-1], language)
            if isinstance(found, Finding):
                yield found


def _find_phrase(
    tokens: Sequence[Token], phrase: str, nth: int | None, block: SceneBlock, path: Path, language: str
) -> int | Finding:
    """The word at which the phrase of the element at `path` begins, or why there is none."""
    where = block.place_of(*path, "at")
    try:
        return find_phrase(tokens, phrase, nth, language)
    except PhraseMissing as error:
        hint = f"did you mean “{error.nearest}”?" if error.nearest else "write words of this scene's narration"
        message = f"the narration of {block.id} does not say “{phrase}”"
        return Finding("unspoken-phrase", "error", message, hint, where, scene=block.id)
    except PhraseRepeated as error:
        few = nth is not None
        hint = f"write nth: 1 to {error.times}" if few else f"add nth: 1, or another of {error.times}"
        rule = "unspoken-phrase" if few else "ambiguous-phrase"
        times = f"{error.times} time{'s' * (error.times != 1)}"
        message = f"the narration of {block.id} says “{phrase}” {times}"
        return Finding(rule, "error", message, hint, where, scene=block.id)


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
