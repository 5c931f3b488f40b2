"""The pace of a film, by VISUAL.md, Motion: the title's time, stretches without anything new, kinds of transition. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction

from core.findings import Finding
from core.timecode import frame_to_seconds
from render.composition import Composition
from render.happenings import find_happenings
from render.spans import Span, longest_gaps
from render.stage import Shot
from render.timeline import Timeline
from script.document import SceneBlock

TITLE_WITHIN = 20.0
TITLE_SECONDS = 4.0
STILL_SECONDS = 20.0
"""Title within 20 s, for at most 4 s; 20 s in which nothing happens is warned."""
OTHER_SHARE = 0.2
"""Four changes in five are cuts; one other kind of transition a film."""


def review_pace(
    timeline: Timeline, blocks: Mapping[str, SceneBlock], pictures: Mapping[str, Callable[[], Composition]]
) -> list[Finding]:
    """When the title comes and how long it stays, stretches in which nothing happens, and how scenes give way to each other.

    `blocks` are all of the script's, by id and in order: those that are not in the timeline, because something is wrong with
    them, count as cuts, and what stands after them comes later than it says here. `pictures` compose a scene by its id, for those
    that can be; of others only the words that something waits for are known. Asked only where those leave a long stretch.
    """
    findings = []
    rate = timeline.rate
    named = next((block.id for block in blocks.values() if block.kind == "title"), None)
    title = next((shot for shot in timeline.shots if shot.scene.id == named), None)
    if title is not None:
        start, length = float(frame_to_seconds(title.start, rate)), float(title.frames / rate)
        block = blocks[title.scene.id]
        if start > TITLE_WITHIN:
            findings.append(
                _timed(
                    "late-title",
                    f"the title comes after about {start:.0f} s",
                    f"let it come within {TITLE_WITHIN:.0f} s: shorten or move what stands before it",
                    block,
                    start,
                    start,
                    TITLE_WITHIN,
                )
            )
        if length > TITLE_SECONDS:
            findings.append(
                _timed(
                    "long-title",
                    f"the title stays for about {length:.1f} s",
                    "move narration from the title to the next scene, or lower its `hold:`",
                    block,
                    start,
                    length,
                    TITLE_SECONDS,
                )
            )
    return [*findings, *_review_stillness(timeline, blocks, pictures), *_review_transitions(timeline, blocks)]


def _timed(rule: str, message: str, hint: str, block: SceneBlock, at: float, value: float, limit: float) -> Finding:
    """A warning about a length of time in the scene of `block`; `at`, `value` and `limit` in seconds."""
    return Finding(
        rule, "warning", message, hint, block.place, scene=block.id, at=round(at, 1), value=round(value, 1), limit=limit
    )


def _review_stillness(
    timeline: Timeline, blocks: Mapping[str, SceneBlock], pictures: Mapping[str, Callable[[], Composition]]
) -> list[Finding]:
    """Stretches in which nothing comes, goes, moves, grows, counts or plays. A slate may stand."""
    findings = []
    for shot in timeline.shots:
        if shot.scene.kind == "slate":
            continue
        for first, last in _still_stretches(shot, timeline.rate, pictures.get(shot.scene.id)):
            seconds = float((last - first) / timeline.rate)
            start = float(frame_to_seconds(shot.start + first, timeline.rate))
            block = blocks[shot.scene.id]
            findings.append(
                _timed(
                    "nothing-happens",
                    f"nothing happens for about {seconds:.0f} s",
                    "let something enter with `at:`, or start another scene",
                    block,
                    start,
                    seconds,
                    STILL_SECONDS,
                )
            )
    return findings


def _still_stretches(shot: Shot, rate: Fraction, picture: Callable[[], Composition] | None) -> list[Span]:
    """Stretches [first, last) of a scene's frames that are too long; `picture` makes what is seen of it."""
    least = float(STILL_SECONDS * rate)
    words = tuple((frame, frame) for frame in sorted(shot.at.values()))
    if not picture:
        # What plays all along may well not be known here.
        return [] if shot.scene.kind in ("clip", "python") else longest_gaps(words, shot.frames, least)
    # Something happens when a word is awaited, or elsewhere: only a long wait is worth composing the scene for.
    if not longest_gaps(words, shot.frames, least):
        return []
    return longest_gaps(find_happenings(picture(), float(rate)), shot.frames, least)


def _review_transitions(timeline: Timeline, blocks: Mapping[str, SceneBlock]) -> list[Finding]:
    """Changes that are not cuts: more than one in five where there are five, and more than one kind."""
    changes = len(blocks) - 1
    opening = next(iter(blocks))
    others = [shot for shot in timeline.shots if shot.scene.transition != "cut" and shot.scene.id != opening]
    findings = []
    most = max(1, int(changes * OTHER_SHARE))
    if len(others) > most:
        block = blocks[others[most].scene.id]
        findings.append(
            Finding(
                "few-cuts",
                "warning",
                f"{len(others)} of {changes} changes are no cuts",
                "leave `transition:` out of most scenes: four changes in five are cuts",
                block.place_of("transition"),
                scene=block.id,
                value=len(others),
                limit=most,
            )
        )
    kinds = Counter(shot.scene.transition for shot in others)
    if len(kinds) > 1:
        usual = kinds.most_common(1)[0][0]
        odd = next(shot for shot in others if shot.scene.transition != usual)
        block = blocks[odd.scene.id]
        findings.append(
            Finding(
                "transition-kinds",
                "warning",
                f"the film has transitions of {len(kinds)} kinds: {', '.join(sorted(kinds))}",
                f"keep to one beside the cut, such as {usual}",
                block.place_of("transition"),
                scene=block.id,
                value=len(kinds),
                limit=1,
            )
        )
    return findings
