"""The gate's report as a page: one file that is opened from a disk, without network or scripts."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from core.findings import Finding
from core.resources import resource
from core.timecode import clock_text, frame_to_seconds
from render.curves import area, line, to_height
from render.evidence import CHECKS
from render.expectation import find_rests
from render.film import FilmPlan
from render.gate import Examined
from render.gate_senses import LONG_STILL, STILL_SHARE
from render.loudness import PEAK_LIMIT, SILENT, TARGET, TOLERANCE, Loudness
from render.parting import narration_findings
from render.stills import outside

PAGE_VERSION = 2
"""Raise when the same film would give another page."""

QUIETEST, LOUDEST = -48.0, 0.0
"""LUFS and dBTP between which sound is plotted."""
BUSIEST = 8.0
"""Mean change of a frame, of 255, at which the plot of movement is full; a cut is far above it."""


@dataclass(frozen=True)
class Span:
    """A stretch of the film on its page: `left` and `width` in per cent of its length; `name` is shown, `title` said in full."""

    left: float
    width: float
    name: str = ""
    title: str = ""
    kind: str = ""


@dataclass(frozen=True)
class _Axis:
    """The film's length, on which everything is placed."""

    frames: int
    rate: Fraction

    def clock(self, frame: int) -> str:
        """When a frame is shown."""
        return clock_text(float(frame_to_seconds(frame, self.rate)))

    def share(self, frames: float) -> float:
        """Frames in per cent of the film."""
        return round(100 * frames / max(1, self.frames), 4)

    def span(self, first: int, last: int, name: str = "", title: str = "", kind: str = "") -> Span:
        """Frames [first, last) as a stretch."""
        return Span(self.share(first), self.share(last - first), name, title or name, kind)

    def ticks(self) -> Iterator[Span]:
        """Round times, six to twelve of them."""
        seconds = self.frames / self.rate
        step = next((step for step in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600) if seconds / step <= 10), 1200)
        for time in range(0, int(seconds) + 1, step):
            left = self.share(float(time * self.rate))
            if left < 97 or time == 0:
                yield Span(left, 0, clock_text(time))


def write_page(plan: FilmPlan, examined: Examined, loudness: Loudness) -> str:
    """The page, as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    axis = _Axis(plan.timeline.frames, plan.timeline.rate)
    found = (*examined.findings, *narration_findings(plan))
    environment = Environment(
        loader=FileSystemLoader(str(resource("templates", "report"))),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = clock_text
    return environment.get_template("film.html.j2").render(
        title=plan.script.front.title,
        language=plan.script.front.language,
        upright=plan.stage.size[1] > plan.stage.size[0],
        findings=sorted(found, key=lambda finding: (finding.severity != "error", finding.at or 0.0)),
        checks=_checks(examined.findings),
        facts=_facts(plan, examined, loudness, axis),
        ticks=list(axis.ticks()),
        chapters=_chapters(plan, axis),
        scenes=_scenes(plan, axis),
        segments=list(_segments(plan, axis)),
        strip=_strip(examined, axis),
        marks=_marks(found, axis),
        picture=_picture(plan, examined, axis),
        sound=_sound(examined),
    )


def still_facts(examined: Examined, rate: Fraction) -> dict[str, Any]:
    """For the report as JSON: the share of the film in which nothing moves, the longest such stretch in seconds, and all of them."""
    frames = examined.watched.frames if examined.watched else 0
    lengths = [last - first for first, last in examined.stills]
    return {
        "share": round(sum(lengths) / frames, 4) if frames else 0.0,
        "longest": round(float(max(lengths, default=0) / rate), 3),
        "stretches": [[round(float(edge / rate), 3) for edge in still] for still in examined.stills],
    }


def _checks(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """Every check: its name, what it says, and how it went."""
    found = {finding.rule: finding.severity for finding in findings}
    return [
        (rule, says.removeprefix("a warning: ").replace("`", "").replace("-1", "\u22121"), found.get(rule, "passed"))
        for rule, says in CHECKS.items()
    ]


def _facts(plan: FilmPlan, examined: Examined, loudness: Loudness, axis: _Axis) -> list[tuple[str, str, str]]:
    """What the film is in figures: name, value, and the bound where there is one."""
    stills = still_facts(examined, axis.rate)
    rate = float(axis.rate)
    width, height = plan.stage.size
    heard = "silent" if loudness.integrated is None else f"{loudness.integrated:.1f} LUFS".replace("-", "\u2212")
    peak = "none" if loudness.true_peak is None else f"{loudness.true_peak:.1f} dBTP".replace("-", "\u2212")
    return [
        ("Length", axis.clock(axis.frames), f"{axis.frames:,} frames"),
        ("Picture", f"{width} × {height}", f"{rate:.3f}".rstrip("0").rstrip(".") + " frames a second"),
        ("Loudness", heard, f"to be \u2212{-TARGET:.0f}, within {TOLERANCE:g}"),
        ("True peak", peak, f"at most \u2212{-PEAK_LIMIT:.0f}"),
        ("Still", f"{stills['share']:.0%}", f"at most {STILL_SHARE:.0%}"),
        ("Longest still", f"{stills['longest']:.1f} s", f"at most {LONG_STILL:.0f} s outside rests"),
    ]


def _chapters(plan: FilmPlan, axis: _Axis) -> list[Span]:
    starts = [*(mark.frame for mark in plan.timeline.chapters), axis.frames]
    return [
        axis.span(mark.frame, end, mark.title, f"{axis.clock(mark.frame)} {mark.title}")
        for mark, end in zip(plan.timeline.chapters, starts[1:], strict=True)
    ]


def _scenes(plan: FilmPlan, axis: _Axis) -> list[Span]:
    return [
        axis.span(
            shot.start,
            shot.start + shot.frames,
            shot.scene.id,
            f"{axis.clock(shot.start)} {shot.scene.id}, {shot.scene.kind}, {float(shot.frames / axis.rate):.1f} s",
            shot.scene.kind,
        )
        for shot in plan.timeline.shots
    ]


def _segments(plan: FilmPlan, axis: _Axis) -> Iterator[Span]:
    frame = 0
    for segment in plan.segments:
        kind = "hold" if segment.hold else segment.engine
        what = f"hold, {segment.repeated} frames repeated" if segment.hold else f"drawn by {segment.engine}"
        title = f"{axis.clock(frame)} {segment.id}, {segment.frames} frames, {what}"
        yield axis.span(frame, frame + segment.frames, segment.id, title, kind)
        frame += segment.frames


def _strip(examined: Examined, axis: _Axis) -> list[tuple[str, str]]:
    """Pictures, as data addresses, with their times."""
    thumbs = examined.watched.thumbs if examined.watched else ()
    return [(f"data:image/jpeg;base64,{base64.b64encode(data).decode()}", axis.clock(frame)) for frame, data in thumbs]


def _marks(findings: Sequence[Finding], axis: _Axis) -> list[Span]:
    """Where findings lie."""
    return [
        Span(axis.share(finding.at * float(axis.rate)), 0, finding.rule, finding.message, finding.severity)
        for finding in findings
        if finding.at is not None
    ]


def _picture(plan: FilmPlan, examined: Examined, axis: _Axis) -> dict[str, Any]:
    """Movement, and stretches without any: those longer than may be outside a rest are too long."""
    watched = examined.watched
    if watched is None:
        return {"activity": "", "stills": []}
    rests = find_rests(plan)
    stills = []
    for first, last in examined.stills:
        too_long = any(b - a > LONG_STILL * axis.rate for a, b in outside([(first, last)], rests))
        title = f"{axis.clock(first)} still for {float((last - first) / axis.rate):.1f} s"
        stills.append(axis.span(first, last, "", title, "long" if too_long else ""))
    return {"activity": area([value**0.5 for value in watched.activity], 0, BUSIEST**0.5), "stills": stills}


def _levels(*levels: int) -> list[tuple[float, str]]:
    """Lines of a scale: how far from the top, in per cent, and what they say."""
    return [(to_height(level, QUIETEST, LOUDEST), f"\u2212{-level}") for level in levels]


def _sound(examined: Examined) -> dict[str, Any]:
    """Curves of loudness and peaks, and where their limits lie from the top, in per cent."""
    trace = examined.trace
    return {
        "momentary": line(trace.momentary, QUIETEST, LOUDEST) if trace else "",
        "short_term": line(trace.short_term, QUIETEST, LOUDEST) if trace else "",
        "peaks": area([max(value, SILENT) for value in trace.peaks], QUIETEST, LOUDEST) if trace else "",
        "target": to_height(TARGET, QUIETEST, LOUDEST),
        "limit": to_height(PEAK_LIMIT, QUIETEST, LOUDEST),
        "levels": _levels(-24, -36),
        "peak_levels": _levels(-24),
    }
