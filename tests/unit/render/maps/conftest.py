"""Map scenes from YAML."""

from typing import Any

import pytest

from render.scenes.map import MapScene
from tests.unit.render.conftest import Make
from tests.unit.render.maps.scripts import MakeMap


@pytest.fixture
def make(make: Make) -> MakeMap:
    """The shared fixture, for maps."""

    def build(kind: str, fields: str = "", **more: Any) -> MapScene:
        scene = make(kind, fields, **more)
        assert isinstance(scene, MapScene)
        return scene

    return build
