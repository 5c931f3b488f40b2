"""A storyboard that follows its script: what changed is drawn anew, what is wrong is said at its scene, the rest stays as it was."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.digest import digest
from core.errors import SluglineError
from core.findings import Finding
from core.settings import cache_of
from core.timecode import clock_text, frame_to_seconds
from render.board import board_size, times_text
from render.check import estimate_timeline
from render.formats import Format
from render.fullest import fullest_frame
from render.known_times import known_sounds, known_times
from render.picture import still
from render.scenes.base import Scene
from render.segments import picture_parts
from render.stage import Shot, Stage
from render.staging import natural_lengths, set_stage
from render.storyboard import plan_storyboard
from render.timeline import SceneTooShort, Timeline
from render.videos import FindVideo
from render.watch_board import Board, Card
from script.document import Script
from script.reader import read_script


@dataclass(frozen=True)
class _Laid:
    """A script that can be laid out, on its stage."""

    script: Script
    stage: Stage
    timeline: Timeline
    times: str
    sounds: dict[str, tuple[Path, int, int]]


class Artist:
    """Keeps a board true to its script. Everything that draws happens on the thread that calls `follow`."""

    def __init__(
        self, path: Path, studio: Path | None, board: Board, *, shape: Format, find_video: FindVideo | None
    ) -> None:
        self.path, self.studio, self.board, self.find_video = path, studio, board, find_video
        self.size = board_size(shape)
        self.cache = cache_of(studio) if studio else None
        self._lock = threading.RLock()
        self._cards: list[Card] = []
        self._wants: dict[str, str] = {}
        """By scene, the address of everything it said of itself when it was drawn."""
        self._faults: dict[str, Finding] = {}
        """By scene, what kept it from being drawn that no check of the script will say."""
        self._round = 0

    def follow(self, changed: set[Path], interrupted: Callable[[], bool]) -> None:
        """Bring the board up to date after these files changed (none: for the first time).

        Scenes that say something else than before are drawn first; then the others are laid out again, as a file, a fact or a
        credit may show in any of them. Gives up between two scenes when `interrupted`: what is left then is done next time.
        """
        if changed != {self.path.resolve()}:
            self._round += 1
        laid, findings = self._try_to_lay_out()
        with self._lock:
            self._set_findings(findings, whole=False)
            if laid is None:
                self.board.publish(self._cards, busy="checking")
                return
            shots = {shot.scene.id: shot for shot in laid.timeline.shots}
            self._cards = list(self._lay_cards(laid, shots, findings))
            wants = {scene: self._want(shot, laid.stage) for scene, shot in shots.items()}
            new = [shot for scene, shot in shots.items() if self._wants.get(scene) != wants[scene]]
            rest = [shot for shot in shots.values() if shot not in new]
            self.board.sounds = {sound_key(place): place for place in laid.sounds.values()}
            length = sum(card.seconds for card in self._cards if card.id not in shots) + float(laid.timeline.seconds)
            self.board.title, self.board.facts = laid.script.front.title, f"{clock_text(length)} · {laid.times}"
            self.board.publish(self._cards, busy="drawing")
        for shot in [*new, *rest]:
            if interrupted():
                return
            if self._draw(shot, laid.stage) or shot in new:
                self._wants[shot.scene.id] = wants[shot.scene.id]
                self._publish("drawing")
        self._publish("checking")

    def judge(self, findings: Sequence[Finding], *, failed: bool = False) -> None:
        """Take what a whole check of the script has found; or, when it `failed`, why: then what is known already stays."""
        with self._lock:
            known = [*self.board.problems, *(one for card in self._cards for one in card.findings)] if failed else []
            shown = {card.id for card in self._cards}
            faults = [fault for scene, fault in self._faults.items() if scene in shown]
            self._set_findings(list(dict.fromkeys([*known, *findings, *faults])), whole=True)
            self._publish("")

    def _publish(self, busy: str) -> None:
        # The cards are taken under the lock: two threads publish, and the older cards must not come last.
        with self._lock:
            self.board.publish(self._cards, busy=busy)

    def _try_to_lay_out(self) -> tuple[_Laid | None, list[Finding]]:
        try:
            return self._lay_out()
        except Exception as error:
            # One kind's fault must not end the watching of the others.
            return None, [fault(error)]

    def _lay_out(self) -> tuple[_Laid | None, list[Finding]]:
        """The script on its timeline, or nothing where it cannot be laid out; and what is wrong so far."""
        script, findings = read_script(self.path, self.studio)
        if script is None:
            return None, findings
        scenes, found = plan_storyboard(script)
        findings = [*findings, *found]
        try:
            stage = set_stage(script, self.studio, self.size, self.find_video)
            known = known_times(script, self.studio, self.cache)
            timeline = estimate_timeline(script, scenes, known, natural_lengths(scenes, stage))
        except SceneTooShort as error:
            block = script.scene(error.scene)
            place = block.place_of("duration")
            return None, [*findings, Finding("timeline", "error", error.message, error.hint, place, block.id)]
        except SluglineError as error:
            return None, [*findings, Finding("layout", "error", error.message, error.hint, error.place)]
        numbers = known_sounds(script, self.studio, self.cache)
        sounds = {script.scenes[number].id: place for number, place in numbers.items()}
        spoken = [number in known for number, block in enumerate(script.scenes) if block.narration.paragraphs]
        return _Laid(script, stage, timeline, times_text(spoken), sounds), findings

    def _want(self, shot: Shot, stage: Stage) -> str:
        scene: Scene = shot.scene
        at = sorted((str(path), frame) for path, frame in shot.at.items())
        return digest(
            self._round, type(scene).__name__, scene.model_dump(mode="json"), shot.frames, at, shot.chapter, stage.theme
        )

    def _lay_cards(self, laid: _Laid, shots: dict[str, Shot], findings: Sequence[Finding]) -> Iterator[Card]:
        """A card a scene, in order. One that cannot be laid out now keeps what it showed; so does one that cannot even be read."""
        before = {card.id: card for card in self._cards}
        ids = {block.id for block in laid.script.scenes}
        broken = any(finding.severity == "error" for finding in findings)
        lost = [card for card in self._cards if card.id not in ids] if broken else []
        rate = laid.timeline.rate
        missing = 0.0
        for number, block in enumerate(laid.script.scenes):
            while lost and lost[0].line <= (block.place.line or 0) and number:
                missing += lost[0].seconds
                yield replace(lost.pop(0), stale=True)
            shot = shots.get(block.id)
            chapter = laid.script.chapters[block.chapter].title if block.chapter is not None else ""
            first = number == 0 or laid.script.scenes[number - 1].chapter != block.chapter
            known = before.get(block.id) or Card(block.id, block.kind)
            sound = laid.sounds.get(block.id)
            yield replace(
                known,
                kind=block.kind,
                chapter=chapter if first else "",
                line=block.place.line or 0,
                said=block.narration.text,
                time=clock_text(float(frame_to_seconds(shot.start, rate)) + missing + 1e-6) if shot else known.time,
                seconds=float(shot.frames / rate) if shot else known.seconds,
                sound=sound_key(sound) if sound else "",
                stale=shot is None,
            )
            # What cannot be laid out is not on the timeline, and will be there again.
            missing += known.seconds if shot is None else 0.0
        yield from (replace(card, stale=True) for card in lost)

    def _draw(self, shot: Shot, stage: Stage) -> bool:
        """Draw a scene if it looks different from what is shown; True when its card changed."""
        scene, rate = shot.scene.id, float(stage.rate)
        with self._lock:
            self._faults.pop(scene, None)
        try:
            composition = shot.scene.compose(shot, stage)
            frame = fullest_frame(shot, stage)
            look = digest(self.size, picture_parts(composition, stage.rate, frame, 1))
            if self.board.pictures.get(look) is None:
                self.board.pictures[look] = still(composition, frame, self.cache, rate)
        except SluglineError as error:
            finding = Finding("layout", "error", error.message, error.hint, error.place, scene)
            return self._change(scene, stale=True, findings=(finding,))
        except Exception as error:
            finding = fault(error, scene)
            with self._lock:
                self._faults[scene] = finding
                return self._change(scene, stale=True, findings=(finding,))
        return self._change(scene, picture=look, stale=False)

    def _change(self, scene: str, **facts: Any) -> bool:
        with self._lock:
            cards = [replace(card, **facts) if card.id == scene else card for card in self._cards]
            changed, self._cards = cards != self._cards, cards
        return changed

    def _set_findings(self, findings: Sequence[Finding], *, whole: bool) -> None:
        """Put findings on their scenes' cards. Until a whole check has spoken again, what it said before stays beside them."""
        ids = {card.id for card in self._cards}
        lines = sorted((card.line, card.id) for card in self._cards)
        by_scene: dict[str, list[Finding]] = {}
        others: list[Finding] = []
        for finding in findings:
            scene = finding.scene if finding.scene in ids else self._scene_at(finding, lines)
            if scene:
                by_scene.setdefault(scene, []).append(finding)
            else:
                others.append(finding)
        self.board.problems = others
        self._cards = [
            replace(card, findings=tuple(dict.fromkeys(by_scene.get(card.id, ()))))
            if whole or card.id in by_scene
            else replace(card, findings=tuple(one for one in card.findings if one.severity == "warning"))
            for card in self._cards
        ]

    def _scene_at(self, finding: Finding, lines: list[tuple[int, str]]) -> str | None:
        """The scene in whose lines a finding lies that names none."""
        place = finding.place
        if place is None or place.line is None or Path(place.file) != self.path:
            return None
        return max((entry for entry in lines if entry[0] and entry[0] <= place.line), default=(0, None))[1]


def fault(error: Exception, scene: str | None = None) -> Finding:
    """What to say of an error that nobody expected: it is no fault of the script's."""
    words = " ".join(str(error).split())
    message = f"a fault of Slugline's own, not the script's: {type(error).__name__}" + (f": {words}" if words else "")
    return Finding("fault", "error", message, "report it with the script; a change may get round it", scene=scene)


def sound_key(place: tuple[Path, int, int]) -> str:
    """A name for a stretch of a take: the take's own name is made of its samples."""
    path, start, end = place
    return digest(path.name, start, end)[:24]
