"""Why each segment is dirty, which engine makes it, and how long that should take: before anything is rendered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from core.digest import digest
from core.files import write_text
from render.composition import Clip, Plate
from render.segment_cache import SegmentCache
from render.segments import Segment

FIRST_GUESS = {
    "hold": 0.07,
    "ffmpeg": 0.015,
    "frames": 0.02,
    "Photograph": 0.025,
    "Footage": 0.03,
    "Painting": 0.04,
    "moviepy": 0.05,
}
"""Seconds of one core for a megapixel-frame by what is made, until this machine's own are known."""
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
    why: str = ""
    """The reasons in a few words."""

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


def _plan_file(film: str, scene: str, cache: Path) -> Path:
    return cache / "plans" / f"{digest(film, scene)[:32]}.json"


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


@dataclass(frozen=True)
class _Kept:
    """The last plan of a scene at one size: its length in seconds, the parts of its segments, and its narration's digest, if known."""

    seconds: float
    segments: tuple[dict[str, str], ...]
    narration: str | None


def _size(segment: Segment) -> str:
    wide, high = segment.composition.size
    return f"{wide}×{high}"


def keep_plan(segments: Sequence[Segment], cache: Path, film: str, narrations: Mapping[str, str] | None = None) -> None:
    """Remember what went into each scene's segments, at each size, to compare with next time.

    `film` is its slug, `narrations` a digest of what is said over each scene, by id.
    """
    for scene in dict.fromkeys(segment.scene for segment in segments):
        own = [segment for segment in segments if segment.scene == scene]
        size = _size(own[0])
        file = _plan_file(film, scene, cache)
        known = _read(file)
        plan = {
            "seconds": _seconds(own[0]),
            "segments": [dict(segment.parts) for segment in own],
            "narration": (narrations or {}).get(scene),
        }
        fresh = {"last": size, "sizes": {**known.get("sizes", {}), size: plan}}
        if known != fresh:
            write_text(file, json.dumps(fresh, sort_keys=True, ensure_ascii=False) + "\n")


def _seconds(segment: Segment) -> float:
    """The whole scene's length."""
    return round(float(segment.composition.frames / segment.rate), 3)


def _reasons(segment: Segment, cache: Path, film: str, narration: str | None) -> tuple[tuple[str, ...], str]:
    """What differs from the last plan of this scene at this size, in full and in a few words.

    The segment of the old plan that shares most stands for this one.
    """
    known = _read(_plan_file(film, segment.scene, cache))
    size, last = _size(segment), known.get("last")
    if not last:
        return ("new scene",), "new scene"
    if size not in known["sizes"]:
        said = f"size changed: {last} → {size}"
        return (said,), said
    before = known["sizes"][size]
    kept = _Kept(before["seconds"], tuple(before["segments"]), before.get("narration"))
    now = set(segment.parts)
    old = max(kept.segments, key=lambda parts: len(now & set(parts.items())))
    new = dict(segment.parts)
    changed = [name for name in new if name in old and old[name] != new[name]]
    added, gone = ([name for name in one if name not in other] for one, other in ((new, old), (old, new)))
    reasons = [f"changed: {name}" for name in changed]
    reasons += [f"added: {name}" for name in added] + [f"gone: {name}" for name in gone]
    if not reasons:
        return ("no longer in the cache",), "no longer in the cache"
    short = _in_short(changed, added, gone, _seconds(segment) - kept.seconds)
    if kept.narration and narration and kept.narration != narration:
        # The cause first: what it does to the picture, a longer scene or elements at other moments, follows from it.
        return ("changed: narration", *reasons), f"narration changed, {short}"
    return tuple(reasons), short


_CONTENT, _MOTION = "content of layer ", "motion of layer "


def _in_short(changed: Sequence[str], added: Sequence[str], gone: Sequence[str], longer: float) -> str:
    """The changes as a person would sum them up: the scene's length, what is drawn, and only where neither changed, what moves."""
    said = []
    if abs(longer) >= 0.05:
        said.append(f"scene {abs(longer):.1f} s {'longer' if longer > 0 else 'shorter'}")
    said += [f"{name} changed" for name in changed if not name.startswith((_CONTENT, _MOTION)) and name != "length"]
    drawn = {name.removeprefix(_CONTENT): "changed" for name in changed if name.startswith(_CONTENT)}
    drawn |= {name.removeprefix(_CONTENT): "new" for name in added if name.startswith(_CONTENT)}
    drawn |= {name.removeprefix(_CONTENT): "gone" for name in gone if name.startswith(_CONTENT)}
    for how in ("changed", "new", "gone"):
        said += _layers([name for name, what in drawn.items() if what == how], how)
    others = {
        name.removeprefix("transition").strip() for name in (*added, *gone) if not name.startswith((_CONTENT, _MOTION))
    }
    said += ["transition changed"] if others else []
    moved = [name.removeprefix(_MOTION) for name in changed if name.startswith(_MOTION)]
    if not said:
        said = _layers(moved, "moved") or ["cut into segments elsewhere"]
    return ", ".join(said)


def _layers(names: Sequence[str], how: str) -> list[str]:
    if len(names) > 2:
        return [f"{len(names)} layers {how}"]
    return [f"{' and '.join(names)} {how}"] if names else []


def _costs(cache: Path) -> dict[str, float]:
    known = _read(cache / "costs.json")
    return {kind: float(known.get(kind, guess)) for kind, guess in FIRST_GUESS.items()}


def _work(segment: Segment) -> str:
    """What kind of work a segment is: a hold, its engine, or, where frames are drawn, what costs most in them."""
    if segment.hold or segment.engine != "frames":
        return "hold" if segment.hold else segment.engine
    contents = [layer.content for layer in segment.composition.layers]
    plain = [type(content).__name__ for content in contents if not isinstance(content, (Plate, Clip))]
    named = {name if name in FIRST_GUESS else "Painting" for name in plain}
    return max(named, key=FIRST_GUESS.__getitem__, default="frames")


def _megapixels(segment: Segment) -> float:
    """Millions of pixels that are drawn and encoded."""
    return segment.drawn * segment.composition.size[0] * segment.composition.size[1] / 1e6


def note_costs(made: Sequence[Segment], cache: Path) -> None:
    """Learn from what was just made how long each kind of work takes here."""
    store, costs = SegmentCache(cache), _costs(cache)
    for kind in FIRST_GUESS:
        timed = [(s, r) for s in made if _work(s) == kind and (r := store.record(s.key)) is not None]
        work = sum(_megapixels(segment) for segment, _ in timed)
        if work:
            seconds = sum(record.seconds for _, record in timed)
            costs[kind] += MEMORY * (seconds / work - costs[kind])
    write_text(cache / "costs.json", json.dumps(costs, sort_keys=True) + "\n")


def explain(
    segments: Sequence[Segment],
    cache: Path,
    workers: int = 1,
    film: str = "",
    narrations: Mapping[str, str] | None = None,
) -> tuple[tuple[Explained, ...], float]:
    """Every segment of a film (by its slug) with its state and reasons, and the seconds that rendering would take.

    `narrations` is as in `keep_plan`.
    """
    store, costs = SegmentCache(cache), _costs(cache)
    out, work, counted = [], 0.0, set()
    for segment in segments:
        reused = store.find(segment.key, segment.encoded) is not None
        if not reused and segment.key not in counted:
            counted.add(segment.key)
            work += costs[_work(segment)] * _megapixels(segment)
        reasons, why = ((), "") if reused else _reasons(segment, cache, film, (narrations or {}).get(segment.scene))
        out.append(
            Explained(
                segment.id, segment.scene, segment.frames, segment.engine, "reused" if reused else "dirty", reasons, why
            )
        )
    return tuple(out), work / max(1, min(workers, len(counted)))
