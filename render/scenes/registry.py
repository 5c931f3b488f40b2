"""Every scene kind by its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

from render.scenes.base import Scene

_KINDS = {
    "title": "render.scenes.title:TitleScene",
    "map": "render.scenes.map:MapScene",
    "quote": "render.scenes.quote:QuoteScene",
    "number": "render.scenes.number:NumberScene",
    "list": "render.scenes.list:ListScene",
    "flags": "render.scenes.flags:FlagsScene",
    "chart": "render.scenes.chart:ChartScene",
    "compare": "render.scenes.compare:CompareScene",
    "timeline": "render.scenes.timeline:TimelineScene",
    "photo": "render.scenes.photo:PhotoScene",
    "clip": "render.scenes.clip:ClipScene",
    "python": "render.scenes.python:PythonScene",
    "slate": "render.scenes.slate:SlateScene",
}


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, type[Scene]]:
    """Scene classes by kind, in the order of the reference; their modules are imported on the first call."""
    found: dict[str, type[Scene]] = {}
    for name, address in _KINDS.items():
        module, _, member = address.partition(":")
        found[name] = getattr(import_module(module), member)
    return MappingProxyType(found)
