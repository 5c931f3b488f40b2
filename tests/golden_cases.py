"""The cases of the goldens, as data: what each shows, on which frame, and what was seen when its pictures were looked at.

To add one, write it into `tests/goldens/cases/KIND.yaml` (the page there says how), run

    pytest tests/unit/render/test_scene_goldens.py -k NAME --update-goldens

look at `tests/goldens/NAME.png` (16:9) and `NAME-vertical.png` (9:16), and write under `seen:` what is to be seen in each. A golden
without a case, a case without a note, and a note without a golden all fail. Every visible layer of every case is moved by four
pixels, and has to be missed: there is nothing more to write for a new case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from render.composition import Composition
from render.formats import Format, frame_size
from render.scenes.registry import kinds
from render.stage import Shot, ShotCue, Stage

FOLDER = Path(__file__).parent / "goldens"
CASES = FOLDER / "cases"


@dataclass(frozen=True)
class GoldenCase:
    """One scene on one frame, in one format. `fields` is empty for the kind's own example; `at` are seconds by path."""

    case: str
    shape: Format
    kind: str
    fields: Mapping[str, Any]
    at: Mapping[tuple[str | int, ...], float]
    seconds: float
    frame: int
    opens_chapter: bool
    front: Mapping[str, Any]
    logo: str
    cues: tuple[ShotCue, ...]
    seen: str

    @property
    def name(self) -> str:
        """The golden's file name, without its ending."""
        return self.case if self.shape == "16:9" else f"{self.case}-vertical"

    def compose(self, stage: Stage) -> Composition:
        """The scene's picture on that stage, as `set_up` has it."""
        shot, stage = self.set_up(stage)
        return shot.scene.compose(shot, stage)

    def set_up(self, stage: Stage) -> tuple[Shot, Stage]:
        """The scene, and the stage at half size in the case's format; layouts at half size are those at full size (test_sizes.py)."""
        stage = replace(stage, size=frame_size(self.shape, preview=True))
        if self.front:
            stage = replace(stage, script=replace(stage.script, front=replace(stage.script.front, **self.front)))
        if self.logo:
            assert stage.studio is not None
            stage = replace(stage, theme=replace(stage.theme, logo=str(stage.studio / self.logo), watermark=True))
        model = kinds()[self.kind]
        fields = self.fields or YAML(typ="safe").load(model.example)
        scene = model(**{"id": self.case, **fields})
        words = {path: round(moment * stage.rate) for path, moment in self.at.items()}
        frames = round(self.seconds * stage.rate)
        shot = Shot(scene, 0, frames, words, chapter=1, opens_chapter=self.opens_chapter, cues=self.cues)
        return shot, stage


def golden_cases() -> dict[str, GoldenCase]:
    """Every case of every file, by the golden's name."""
    found = [case for file in sorted(CASES.glob("*.yaml")) for case in _read(file)]
    named = {case.name: case for case in found}
    assert len(named) == len(found), "two cases have one name"
    return named


def _read(file: Path) -> Iterator[GoldenCase]:
    known = {"kind", "fields", "at", "seconds", "frame", "opens_chapter", "front", "logo", "cues", "seen"}
    for name, case in YAML(typ="safe").load(file.read_text(encoding="utf-8")).items():
        assert set(case) <= known, f"{file.name}: {name} has {set(case) - known}; a case has {known}"
        for shape, seen in case["seen"].items():
            yield GoldenCase(
                case=name,
                shape=shape,
                kind=case.get("kind", file.stem),
                fields=case.get("fields", {}),
                at={_path(written): float(moment) for written, moment in case.get("at", {}).items()},
                seconds=float(case.get("seconds", 8)),
                frame=case.get("frame", 150),
                opens_chapter=case.get("opens_chapter", False),
                front=case.get("front", {}),
                logo=case.get("logo", ""),
                cues=tuple(ShotCue(first, last, tuple(lines)) for first, last, lines in case.get("cues", ())),
                seen=str(seen or "").strip(),
            )


def _path(written: str) -> tuple[str | int, ...]:
    """`items.1` as the path of an element; `scene` is the scene itself."""
    if written == "scene":
        return ()
    return tuple(int(step) if step.isdigit() else step for step in written.split("."))
