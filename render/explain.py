"""Why each segment is dirty, which engine makes it, and how long that should take: before anything is rendered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from core.digest import digest
from core.files import write_text
from render.segment_cache import SegmentCache
from render.segments import Segment

FIRST_GUESS = {"ffmpeg": 0.01, "frames": 0.02, "moviepy": 0.05}
"""Seconds of one core for a megapixel-frame, until this machine's own are known."""
MEMORY = 0.5
"""Weight of the newest measurement in the running mean."""


@dataclass(frozen=True)
class Explained:
    """One segment and what a render would do with it."""

    id: str
    scene: str
    frames: int
    engine: str
    state: Literal["reused", "dirty"]
    reasons: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {
            "id": self.id,
            "scene": self.scene,
            "frames": self.frames,
            "engine": self.engine,
            "state": self.state,
            "reasons": list(self.reasons),
        }


def _plan_file(scene: str, cache: Path) -> Path:
    return cache / "plans" / f"{digest(scene)[:32]}.json"


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def keep_plan(segments: Sequence[Segment], cache: Path) -> None:
    """Remember what went into each scene's segments, to compare with next time."""
    scenes: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for segment in segments:
        scenes.setdefault(segment.scene, {})[segment.id] = list(segment.parts)
    for scene, known in scenes.items():
        text = json.dumps(known, sort_keys=True) + "\n"
        file = _plan_file(scene, cache)
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            write_text(file, text)


def _reasons(segment: Segment, cache: Path) -> tuple[str, ...]:
    """What differs from the last plan of this scene; the segment of the old plan that shares most stands for it."""
    known = _read(_plan_file(segment.scene, cache))
    if not known:
        return ("new scene",)
    now = set(segment.parts)
    before = {tuple(part) for part in max(known.values(), key=lambda parts: len(now & {tuple(p) for p in parts}))}
    old, new = dict(before), dict(segment.parts)
    changed = [f"changed: {name}" for name in new if name in old and old[name] != new[name]]
    changed += [f"added: {name}" for name in new if name not in old]
    changed += [f"gone: {name}" for name in old if name not in new]
    return tuple(changed) or ("no longer in the cache",)


def _costs(cache: Path) -> dict[str, float]:
    known = _read(cache / "costs.json")
    return {engine: float(known.get(engine, guess)) for engine, guess in FIRST_GUESS.items()}


def _megapixels(segment: Segment) -> float:
    """Millions of pixels that are encoded."""
    return segment.encoded * segment.composition.size[0] * segment.composition.size[1] / 1e6


def note_costs(made: Sequence[Segment], cache: Path) -> None:
    """Learn from what was just made how long each engine takes here."""
    store, costs = SegmentCache(cache), _costs(cache)
    for engine in FIRST_GUESS:
        timed = [(s, r) for s in made if s.engine == engine and (r := store.record(s.key)) is not None]
        work = sum(_megapixels(segment) for segment, _ in timed)
        if work:
            seconds = sum(record.seconds for _, record in timed)
            costs[engine] += MEMORY * (seconds / work - costs[engine])
    write_text(cache / "costs.json", json.dumps(costs, sort_keys=True) + "\n")


def explain(segments: Sequence[Segment], cache: Path, workers: int = 1) -> tuple[tuple[Explained, ...], float]:
    """Every segment with its state and reasons, and the seconds that rendering would take."""
    store, costs = SegmentCache(cache), _costs(cache)
    out, work, counted = [], 0.0, set()
    for segment in segments:
        reused = store.find(segment.key, segment.encoded) is not None
        if not reused and segment.key not in counted:
            counted.add(segment.key)
            work += costs[segment.engine] * _megapixels(segment)
        reasons = () if reused else _reasons(segment, cache)
        out.append(
            Explained(
                segment.id, segment.scene, segment.frames, segment.engine, "reused" if reused else "dirty", reasons
            )
        )
    return tuple(out), work / max(1, min(workers, len(counted)))
