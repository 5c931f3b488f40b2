"""From a plan to a delivered film: picture, soundtrack, captions, mux, gate, and the companions beside the film.

A delivery is a few bundles, folders named by everything that went into them: a run that was killed goes on from what is
finished, one whose inputs stand makes nothing, and what concerns a companion alone makes only that companion anew.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from core.cache import sweep, touch
from core.digest import digest
from core.files import whole_file, write_text
from core.findings import CheckFailed, Finding, has_errors
from core.progress import Reporter
from core.settings import Settings
from core.timecode import frame_to_seconds, rate_to_text
from render.bundle import Bundle, Kind, Part, keep_bundle
from render.captions import film_cues
from render.companions import make_companions
from render.expectation import expect
from render.film import FilmPlan
from render.gate import GATE_VERSION
from render.inspection import inspect_film
from render.loudness import Loudness
from render.mux import CaptionTrack, mux
from render.picture import Picture, render_picture
from render.raised_captions import raise_cues
from render.report import alignment_report, describe_film, longest_ad_lib
from render.report_page import PAGE_VERSION, still_facts, write_page
from render.soundtrack import MusicBed, Soundtrack, mix
from script.assets import find_asset
from transcripts.formats import srt, webvtt
from transcripts.subtitles import Subtitles
from transcripts.words import Cue, Word

_VERSION = 3
SWEPT = (
    "films", "renditions", "waveforms", "plates", "narration", "music", "sound", "words", "alignments", "names", "times", "plans", "sights",
    "contrast",
    "written",
)  # fmt: skip
"""Folders of the cache that share the half of its limit which render segments leave."""

Chapters = tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Delivered:
    """A delivered film: its `bundles`, that of the film itself first."""

    bundles: tuple[Bundle, ...]
    language: str
    rate: Fraction
    size: tuple[int, int]
    frames: int
    picture: Picture
    loudness: Loudness
    cues: tuple[Cue, ...]
    words: tuple[Word, ...]
    chapters: Chapters
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
        return self.bundles[0].file(".mp4")

    @property
    def parts(self) -> Iterator[Part]:
        """Every file delivered, the film first."""
        for bundle in self.bundles:
            yield from bundle.parts

    def copy_to(self, film: Path) -> tuple[Path, ...]:
        """Put the film at `film` and its companions beside it, each whole.

        Hover sheets that an earlier, longer film left there go. Nothing else does: a caption file in another language may be
        somebody's own.
        """
        written = []
        for part in self.parts:
            target = film.parent / f"{film.stem}{part.suffix}"
            with whole_file(target) as temporary:
                shutil.copyfile(part.path, temporary)
            written.append(target)
        for tiles in [target for target in written if target.match("*.sprites/tiles.vtt")]:
            for sheet in set(tiles.parent.glob("*.jpg")) - set(written):
                if re.fullmatch(r"[1-9][0-9]*", sheet.stem) and sheet.is_file():
                    sheet.unlink()
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
            "loudness": self.loudness.to_json(),
            "gate": {
                "passed": not has_errors(self.findings),
                "findings": [finding.to_json() for finding in self.findings],
            },
        }


def deliver(
    plan: FilmPlan, settings: Settings, reporter: Reporter, *, renditions: Sequence[int] = (), alone: bool = False
) -> Delivered:
    """Make the film of a plan, or find it made; with a ladder of these `renditions` (shorter sides in pixels), if any.

    `alone`: of companions, captions and a poster only.
    Raises CheckFailed when the finished film does not pass its gate.
    """
    began = time.monotonic()
    timeline = plan.timeline
    cache, limit = settings.cache, settings.cache_limit * 1_000_000
    cues = film_cues(plan.timeline, plan.script.front.language, settings.captions_profile)
    if not plan.script.front.burned_captions:
        cues = raise_cues(cues, timeline, plan.compositions, plan.stage, cache)
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
            film=plan.script.front.slug,
            narrations=plan.narrations,
        )
        soundtrack = mix(
            timeline.placements,
            plan.takes,
            _music(plan),
            timeline.samples,
            cache=cache,
            reporter=reporter,
            sounds=[sound for shot in timeline.shots if (sound := shot.scene.sound_of(shot, plan.stage))],
        )
        film = _keep_film(plan, picture, soundtrack, cues, chapters, settings, reporter)
    report = json.loads(film.file(".report.json").read_text(encoding="utf-8"))
    findings = tuple(Finding.from_json(entry) for entry in report["gate"]["findings"]) + soundtrack.findings
    if has_errors(findings):
        raise CheckFailed(f"the finished film (kept at {film.file('.mp4')})", findings)
    companions = make_companions(plan, soundtrack, cues, settings, reporter, renditions=renditions, alone=alone)
    bundles = (film, *companions)
    for bundle in bundles:
        # The ladder of a long film takes longer than what was used is spared for.
        touch(bundle.folder)
    sweep(cache, SWEPT, limit // 2)
    return Delivered(
        bundles=bundles,
        language=plan.script.front.language,
        rate=timeline.rate,
        size=plan.stage.size,
        frames=timeline.frames,
        picture=picture,
        loudness=soundtrack.loudness,
        cues=cues,
        words=timeline.words,
        chapters=chapters,
        findings=findings,
        alignment_report=alignment_report(plan),
        longest_ad_lib=longest_ad_lib(plan),
        took=time.monotonic() - began,
    )


def _keep_film(
    plan: FilmPlan,
    picture: Picture,
    soundtrack: Soundtrack,
    cues: tuple[Cue, ...],
    chapters: Chapters,
    settings: Settings,
    reporter: Reporter,
) -> Bundle:
    """The film, its captions, and the report of its gate."""
    timeline, front = plan.timeline, plan.script.front
    kinds = (
        Kind("film", front.language, ".mp4"),
        Kind("captions-vtt", front.language, f".{front.language}.vtt"),
        Kind("captions-srt", front.language, f".{front.language}.srt"),
        Kind("report", "", ".report.json"),
        Kind("report-page", "", ".report.html"),
    )

    def fill(bundle: Bundle) -> None:
        with reporter.step("finish and check the film", 2) as step:
            film, captions = bundle.file(".mp4"), bundle.file(f".{front.language}.srt")
            with captions.open("w", encoding="utf-8", newline="\n") as stream:
                srt.write(Subtitles(tuple(cues)), stream)
            with captions.with_suffix(".vtt").open("w", encoding="utf-8", newline="\n") as stream:
                webvtt.write(Subtitles(tuple(cues)), stream)
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
            step.advance()
            examined = inspect_film(film, plan, expect(plan, cues), settings, reporter)
            report = describe_film(plan, picture.engines, soundtrack.loudness, chapters, examined.findings)
            report["stills"] = still_facts(examined, timeline.rate)
            text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
            write_text(bundle.file(".report.json"), text)
            write_text(bundle.file(".report.html"), write_page(plan, examined, soundtrack.loudness))
            step.advance()

    return keep_bundle(settings.cache, film_key(plan, soundtrack.digest, cues, chapters), kinds, fill)


def film_key(plan: FilmPlan, sound: str, cues: Sequence[Cue], chapters: Chapters) -> str:
    """Address of the film, its captions and its report; `sound` is the soundtrack's digest.

    A hold's key says nothing of its length, so lengths count beside keys: an element that enters later moves frames from one hold
    to the next, and changes no key.
    """
    front = plan.script.front
    return digest(
        (_VERSION, GATE_VERSION, PAGE_VERSION),
        [(segment.key, segment.frames) for segment in plan.segments],
        [shot.frames for shot in plan.timeline.shots],
        sound,
        cues,
        chapters,
        (front.title, front.slug, front.language),
        [(scene.id, scene.kind) for scene in plan.scenes],
        alignment_report(plan),
    )


def _music(plan: FilmPlan) -> MusicBed | None:
    music = plan.script.front.music
    if music is None:
        return None
    path = find_asset(plan.script, plan.stage.studio, music.file)
    assert path is not None, "check_script found it"
    return MusicBed(path, music.level)
