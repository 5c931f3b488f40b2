"""Python: a function of the studio's own that returns a MoviePy clip."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, field_validator

from core.digest import digest, file_digest
from core.errors import BadInput
from render.composition import Clip, Layer
from render.scenes.base import Element, refused
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.places import field_place
from render.stage import Shot, Stage
from script.assets import require_asset

GIVEN = ("size", "duration", "fps", "moments")
"""What the function is called with by us."""


class Moment(Element):
    """A moment that the function is told of."""

    at: str = Field(description="the phrase of the scene's narration")


def _as_moment(value: object) -> object:
    return {"at": value} if isinstance(value, str) else value


class PythonScene(DrawnScene):
    """Anything that no kind can show: a function of the studio's that returns a MoviePy clip. It is called with `size`, `duration`, `fps`,
    the scene's `arguments` and, where the scene has some, its `moments` in seconds.
    """

    kind: ClassVar[str] = "python"
    example: ClassVar[str] = "function: ever_given.py:aground\narguments: {length: 400, width: 200}\n"

    function: str = Field(description="file and function, such as `ship.py:aground`")
    arguments: dict[str, Any] = Field(default_factory=dict, description="passed to the function by name")

    moments: dict[str, Annotated[Moment, BeforeValidator(_as_moment)]] = Field(
        default_factory=dict,
        description="phrases by names: {turn: turned across}; the function gets moments={'turn': seconds} to draw by",
    )

    uses: list[str] = Field(
        default_factory=list, description="files that the function reads: change one, and the scene is drawn again"
    )

    @field_validator("function")
    @classmethod
    def _names_both(cls, reference: str) -> str:
        file, _, name = reference.rpartition(":")
        if not file.endswith(".py") or not name.isidentifier():
            hint = f"write {reference}:NAME, the function's name after the file" if reference.endswith(".py") else ""
            message = f"{reference!r} does not name a function of a file"
            raise refused(BadInput(message, hint=hint or "write FILE.py:NAME, such as ship.py:aground"))
        return reference

    @field_validator("arguments")
    @classmethod
    def _leaves_ours(cls, arguments: dict[str, Any]) -> dict[str, Any]:
        for name in GIVEN:
            if name in arguments:
                raise ValueError(f"{name} is given to the function anyway; leave it out")
        return arguments

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """The clip as ground, overlays over it."""
        file, _, name = self.function.rpartition(":")
        place = field_place(stage, self.id, "function")
        path = require_asset(stage.script, stage.studio, file, place)
        defined = _functions(path)
        if name not in defined:
            hint = f"it defines {', '.join(defined)}" if defined else "it defines no functions"
            raise BadInput(f"{file} has no function {name!r}", hint=hint, place=place)
        try:
            arguments = json.dumps({**self.arguments, **self._moments(shot, stage)}, sort_keys=True, ensure_ascii=False)
        except TypeError as error:
            raise BadInput(
                f"arguments must be plain values: {error}", place=field_place(stage, self.id, "arguments")
            ) from error
        uses = field_place(stage, self.id, "uses")
        read = [file_digest(require_asset(stage.script, stage.studio, file, uses)) for file in self.uses]
        clip = Clip(path, digest(file_digest(path), read) if read else file_digest(path), name, arguments)
        return Layout((), ground=Layer("clip", clip))

    def _moments(self, shot: Shot, stage: Stage) -> dict[str, Any]:
        """When each phrase is said, in seconds of the scene."""
        said = {name: shot.at[("moments", name)] for name in self.moments if ("moments", name) in shot.at}
        return {"moments": {name: round(float(frame / stage.rate), 6) for name, frame in said.items()}} if said else {}


def _functions(path: Path) -> list[str]:
    """Names of the functions that a module defines, without running it. Raises BadInput when it does not parse."""
    from core.errors import Place

    try:
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    except (SyntaxError, UnicodeDecodeError) as error:
        line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
        raise BadInput(f"{path.name} is not Python: {error}", place=Place(str(path), line, column)) from error
    return [node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
