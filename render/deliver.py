"""From a plan to a delivered film: picture, soundtrack, captions, mux, gate, and what stands beside the film.

A delivery is a folder named by everything that went into it. It appears whole, by one rename, and is found again by its name:
a run that was killed goes on from its segments, and one whose inputs stand makes nothing.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from core.cache import sweep, touch
from core.digest import digest
from core.files import whole_file
from core.findings import CheckFailed, Finding, has_errors
from core.progress import Reporter
from core.settings import Settings
from core.timecode import clock_text, frame_to_seconds, rate_to_text
from render.film import FilmPlan
from render.gate import GATE_VERSION, Expectation, inspect
from render.loudness import Loudness
from render.mux import CaptionTrack, mux, track_language
from render.picture import Picture, render_picture, still
from render.sheet import SheetEntry, contact_sheet, thumbnail
from render.soundtrack import MusicBed, Soundtrack, mix
from render.stage import Shot
from script.assets import find_asset
from transcripts import srt, webvtt
from transcripts.cues import build_cues
from transcripts.words import Cue

_VERSION = 2
SWEPT = ("films", "plates", "narration", "music", "sound", "words", "alignments", "plans")
"""Folders of the cache that share the half of its limit which render segments leave."""


@dataclass(frozen=True)
class Delivered:
    """A delivered film: `folder` holds it and its companions, under names that begin with `film`."""

    key: str
    folder: Path
    language: str
    rate: Fraction
    size: tuple[int, int]
    frames: int
    picture: Picture
    loudness: Loudness
    cues: tuple[Cue, ...]
    chapters: tuple[tuple[float, str], ...]
    findings: tuple[Finding, ...]
    alignment_report: dict[str, Any]
    longest_ad_lib: int
    took: float

    @property
    def seconds(self) -> Fraction:
        """The film's length, exactly."""
        return frame_to_seconds(self.frames, self.rate)

    @property
    def film(self) -> Path:
        """The film itself."""
        return self.folder / "film.mp4"

    @property
    def parts(self) -> tuple[tuple[str, str, Path], ...]:
        """(role, language, file) of everything delivered, the film first."""
        language = self.language
        return (
            ("film", language, self.film),
            ("captions-vtt", language, self.folder / f"film.{language}.vtt"),
            ("captions-srt", language, self.folder / f"film.{language}.srt"),
            ("thumbnail", "", self.folder / "film.jpg"),
            ("sheet", "", self.folder / "film.sheet.png"),
            ("report", "", self.folder / "film.report.json"),
        )

    def copy_to(self, film: Path) -> tuple[Path, ...]:
        """Put the film at `film` and its companions beside it, each whole."""
        written = []
        for _, _, part in self.parts:
            target = film.with_name(film.stem + part.name.removeprefix("film"))
            with whole_file(target) as temporary:
                shutil.copyfile(part, temporary)
            written.append(target)
        return tuple(written)

    def to_json(self, film: Path) -> dict[str, Any]:
        """The contract's shape of `render`, the film being at `film`."""
        return {
            "film": str(film),
            "duration": float(self.seconds),
            "frames": self.frames,
            "fps": rate_to_text(self.rate),
            "size": list(self.size),
            "segments": self.picture.counts,
            "engines": self.picture.engines,
            "seconds": round(self.took, 2),
            "loudness": {"integrated": self.loudness.integrated, "true_peak": self.loudness.true_peak},
            "gate": {
                "passed": not has_errors(self.findings),
                "findings": [finding.to_json() for finding in self.findings],
            },
        }


def deliver(plan: FilmPlan, settings: Settings, reporter: Reporter) -> Delivered:
    """Make the film of a plan, or find it made. Raises CheckFailed when the finished film does not pass its gate."""
    began = time.monotonic()
    timeline, front = plan.timeline, plan.script.front
    cache, limit = settings.cache, settings.cache_limit * 1_000_000
    cues = _cues(plan)
    chapters = tuple((float(frame_to_seconds(mark.frame, timeline.rate)), mark.title) for mark in timeline.chapters)
    scratch = cache / "work"
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="picture-", dir=scratch) as work:
        picture = render_picture(
            plan.segments,
            cache=cache,
            workers=settings.worker_count,
            reporter=reporter,
            target=Path(work) / "picture.mp4",
            limit=limit // 2,
            film=front.slug,
        )
        soundtrack = mix(
            timeline.placements, plan.takes, _music(plan), timeline.samples, cache=cache, reporter=reporter
        )
        key = digest(
            (_VERSION, GATE_VERSION),
            [segment.key for segment in plan.segments],
            [shot.frames for shot in timeline.shots],
            soundtrack.digest,
            cues,
            chapters,
            (front.title, front.slug, front.language),
            [(scene.id, scene.kind, plan.script.scene(scene.id).narration.text) for scene in plan.scenes],
            _alignment_report(plan),
        )
        folder = cache / "films" / key
        if not (folder / "film.report.json").is_file():
            with reporter.step("finish and check the film", 4) as step:
                made = _assemble(plan, picture, soundtrack, cues, chapters, Path(work) / "film", cache, step.advance)
            _put(made, folder)
    touch(folder)
    sweep(cache, SWEPT, limit // 2)
    report = json.loads((folder / "film.report.json").read_text(encoding="utf-8"))
    findings = tuple(Finding.from_json(entry) for entry in report["gate"]["findings"]) + soundtrack.findings
    delivered = Delivered(
        key=key,
        folder=folder,
        language=front.language,
        rate=timeline.rate,
        size=plan.stage.size,
        frames=timeline.frames,
        picture=picture,
        loudness=soundtrack.loudness,
        cues=cues,
        chapters=chapters,
        findings=findings,
        alignment_report=_alignment_report(plan),
        longest_ad_lib=_longest_ad_lib(plan),
        took=time.monotonic() - began,
    )
    if has_errors(findings):
        raise CheckFailed(f"the finished film (kept at {delivered.film})", findings)
    return delivered


def _put(made: Path, folder: Path) -> None:
    """Give a finished delivery its name. Another run may have been quicker with the same one: then that one stays."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        made.rename(folder)
    except OSError:
        if not (folder / "film.report.json").is_file():
            shutil.rmtree(folder)
            made.rename(folder)


def _assemble(
    plan: FilmPlan,
    picture: Picture,
    soundtrack: Soundtrack,
    cues: tuple[Cue, ...],
    chapters: tuple[tuple[float, str], ...],
    folder: Path,
    cache: Path,
    advance: Callable[[], None],
) -> Path:
    """Everything that is delivered, in `folder`."""
    timeline, front = plan.timeline, plan.script.front
    folder.mkdir()
    film = folder / "film.mp4"
    captions = folder / f"film.{front.language}.srt"
    with captions.open("w", encoding="utf-8", newline="\n") as stream:
        srt.write(cues, stream)
    with captions.with_suffix(".vtt").open("w", encoding="utf-8", newline="\n") as stream:
        webvtt.write(cues, stream)
    mux(
        picture.path,
        soundtrack.path,
        film,
        title=front.title,
        language=front.language,
        chapters=timeline.chapters,
        captions=[CaptionTrack(captions, front.language)] if cues else [],
        rate=timeline.rate,
        frames=timeline.frames,
    )
    advance()
    findings = [_in_scene(plan, finding) for finding in inspect(film, _expectation(plan, cues))]
    advance()
    entries = [
        SheetEntry(
            still(composition, peak(shot), cache, float(timeline.rate)),
            clock_text(float(frame_to_seconds(shot.start, timeline.rate))),
            shot.scene.id,
            plan.script.scene(shot.scene.id).narration.text,
        )
        for shot, composition in zip(timeline.shots, plan.compositions, strict=True)
    ]
    contact_sheet(entries, folder / "film.sheet.png")
    advance()
    thumbnail(entries[_face(plan)].still, folder / "film.jpg")
    report = {
        "title": front.title,
        "slug": front.slug,
        "duration": float(timeline.seconds),
        "frames": timeline.frames,
        "fps": rate_to_text(timeline.rate),
        "size": list(plan.stage.size),
        "engines": picture.engines,
        "loudness": {"integrated": soundtrack.loudness.integrated, "true_peak": soundtrack.loudness.true_peak},
        "chapters": [{"start": start, "title": title} for start, title in chapters],
        "scenes": [
            {"id": shot.scene.id, "kind": shot.scene.kind, "start": float(frame_to_seconds(shot.start, timeline.rate))}
            for shot in timeline.shots
        ],
        "alignment": _alignment_report(plan),
        "gate": {"passed": not has_errors(findings), "findings": [finding.to_json() for finding in findings]},
    }
    (folder / "film.report.json").write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    advance()
    return folder


def _in_scene(plan: FilmPlan, finding: Finding) -> Finding:
    """The finding with the scene in which it lies, where it has a time."""
    if finding.at is None:
        return finding
    frame = finding.at * plan.timeline.rate
    shots = [shot for shot in plan.timeline.shots if shot.start <= frame]
    return replace(finding, scene=shots[-1].scene.id) if shots else finding


def _face(plan: FilmPlan) -> int:
    """The scene that stands for the film in a list, where its title is written beside it: a picture rather than type."""
    kinds = [scene.kind for scene in plan.scenes]
    return next((kinds.index(kind) for kind in ("photo", "map", "title") if kind in kinds), 0)


def peak(shot: Shot) -> int:
    """The frame at which most of a scene is there: after its last element has come, before its last quarter second."""
    return min(shot.frames - 1, max(round(shot.frames * 0.8), max(shot.at.values(), default=0) + 20))


def _cues(plan: FilmPlan) -> tuple[Cue, ...]:
    """The film's captions; the last is gone when the film is."""
    timeline = plan.timeline
    if not timeline.words:
        return ()
    built = build_cues(timeline.words, language=plan.script.front.language, breaks=timeline.cuts, rate=timeline.rate)
    end = float(timeline.seconds)
    return tuple(replace(cue, end=min(cue.end, end)) for cue in built if cue.start < end)


def _expectation(plan: FilmPlan, cues: tuple[Cue, ...]) -> Expectation:
    """What the gate holds the film to."""
    holds: list[tuple[int, int]] = []
    blacks: list[tuple[int, int]] = []
    frame = 0
    for segment in plan.segments:
        if segment.hold:
            holds.append((frame, frame + segment.frames))
        elif segment.transition and (segment.transition.kind == "fade" or segment.transition.before is None):
            blacks.append((frame, frame + segment.frames))
        frame += segment.frames
    return Expectation(
        size=plan.stage.size,
        rate=plan.timeline.rate,
        frames=plan.timeline.frames,
        chapters=plan.timeline.chapters,
        captions=(track_language(plan.script.front.language),) if cues else (),
        holds=tuple(holds),
        blacks=tuple(blacks),
    )


def _music(plan: FilmPlan) -> MusicBed | None:
    music = plan.script.front.music
    if music is None:
        return None
    path = find_asset(plan.script, plan.stage.studio, music.file)
    assert path is not None, "check_script found it"
    return MusicBed(path, music.level)


def _alignment_report(plan: FilmPlan) -> dict[str, Any]:
    """What the narrator made of the script, the contract's `report`."""
    words = [word for alignment in plan.alignments for word in alignment.words]
    return {
        "matched": sum(word.origin == "matched" for word in words),
        "interpolated": sum(word.origin == "interpolated" for word in words),
        "unspoken": [text for alignment in plan.alignments for text in alignment.unspoken],
        "ad_libbed": [text for alignment in plan.alignments for text in alignment.ad_libbed],
    }


def _longest_ad_lib(plan: FilmPlan) -> int:
    """The most words in a row that the script does not have."""
    runs = (
        sum(1 for _ in run)
        for alignment in plan.alignments
        for added, run in groupby(alignment.words, key=lambda word: word.origin == "ad-libbed")
        if added
    )
    return max(runs, default=0)
