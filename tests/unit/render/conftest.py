"""Stages and shots to lay scenes out on, without a script file to read."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from ruamel.yaml import YAML

from core.errors import Place
from core.resources import resource
from render.scenes.base import Scene
from render.scenes.registry import kinds
from render.stage import Shot, Stage
from render.theme import load_theme
from script.document import Chapter, FrontMatter, Script

RATE = Fraction(30)

At = Mapping[tuple[str | int, ...], float]
"""Seconds of words, by the path of the element that waits for them."""
Make = Callable[..., Scene]
"""A scene of a kind from YAML: (kind, fields, **more fields)."""
Shoot = Callable[..., Shot]
"""A scene with its time: (scene, seconds, seconds of its words by path, **more of the shot)."""


@pytest.fixture
def stage() -> Stage:
    """1920 × 1080 at 30 frames a second, the standard theme, the folder of the example."""
    path = resource("examples", "suez", "script.md")
    chapters = (
        Chapter("A ditch in the desert", Place("script.md", 1)),
        Chapter("One ship, six days", Place("script.md", 9)),
    )
    script = Script(path, FrontMatter("A title", "a-title"), chapters, (), {}, {}, {})
    return Stage((1920, 1080), RATE, load_theme(), script)


@pytest.fixture
def make() -> Make:
    """Make a scene of a kind from YAML."""

    def build(kind: str, fields: str = "", **more: Any) -> Scene:
        model = kinds()[kind]
        return model(**{"id": kind, **(YAML(typ="safe").load(fields or model.example) or {}), **more})

    return build


@pytest.fixture
def shoot() -> Shoot:
    """Give a scene its time: seconds, and the seconds of its words by path."""

    def build(scene: Scene, seconds: float = 8, at: At | None = None, **more: Any) -> Shot:
        words = {path: round(moment * RATE) for path, moment in (at or {}).items()}
        return Shot(scene, 0, round(seconds * RATE), words, **more)

    return build
