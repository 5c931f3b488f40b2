"""What a watched storyboard shows, shared by the thread that draws and those that serve it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.console import short_path
from core.findings import Finding

if TYPE_CHECKING:
    from render.viewing import Rgb

KEPT_PICTURES = 400
"""Pictures kept in memory beside those that are shown, so that undoing a change costs nothing."""


@dataclass(frozen=True)
class Card:
    """A scene on the board: `time` and `seconds` when and how long, `said` its narration, `picture` and `sound` the names under
    which they are served ("" for none), `stale` when the picture is of an earlier version of the scene.
    """

    id: str
    kind: str
    chapter: str = ""
    line: int = 0
    time: str = ""
    seconds: float = 0.0
    said: str = ""
    picture: str = ""
    sound: str = ""
    stale: bool = False
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What the page shows."""
        facts = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "findings"}
        return facts | {"findings": [told(finding) for finding in self.findings]}


def told(finding: Finding) -> dict[str, str]:
    """A finding for the page: severity, rule, message, hint, and where to look."""
    place = finding.place
    parts = (short_path(place.file), place.line, place.column) if place else ()
    where = ":".join(str(part) for part in parts if part is not None)
    return {
        "severity": finding.severity,
        "rule": finding.rule,
        "message": finding.message,
        "hint": finding.hint.replace("`", ""),
        "where": where,
    }


class Pictures:
    """JPEGs of drawn frames by name. Those that are shown are kept, of the others the longest unused forgotten."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._shown: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    def __setitem__(self, name: str, picture: Rgb) -> None:
        """Keep a frame: uint8 (height, width, 3)."""
        import cv2

        # Full chroma: coloured type on dark ground is what storyboards are made of.
        how = (cv2.IMWRITE_JPEG_QUALITY, 92, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)
        data = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), how)[1].tobytes()
        with self._lock:
            self._kept[name] = data
            spare = [known for known in self._kept if known not in self._shown]
            for forgotten in spare[:-KEPT_PICTURES]:
                del self._kept[forgotten]

    def get(self, name: str) -> bytes | None:
        """The JPEG, or None where it is not known."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def show(self, names: Iterable[str]) -> None:
        """Keep these, and no longer those that were shown before."""
        with self._lock:
            self._shown = frozenset(names)


@dataclass
class Board:
    """The storyboard as it stands. `problems` are findings that are no scene's; `sounds` stretches of WAV files, in samples."""

    upright: bool = False
    title: str = ""
    facts: str = ""
    problems: Sequence[Finding] = ()
    pictures: Pictures = field(default_factory=Pictures)
    sounds: dict[str, tuple[Path, int, int]] = field(default_factory=dict)
    closed: bool = False
    version: int = 0
    document: dict[str, Any] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def publish(self, cards: Sequence[Card], *, busy: str) -> None:
        """Show these cards; `busy` says what is still being done. Whoever publishes last is shown: none may overtake another."""
        with self.changed:
            self.pictures.show(card.picture for card in cards)
            document = {
                "title": self.title,
                "facts": self.facts,
                "upright": self.upright,
                "busy": busy,
                "problems": [told(finding) for finding in self.problems],
                "cards": [card.to_json() for card in cards],
            }
            if document != self.document:
                self.document = document
                self.version += 1
                self.changed.notify_all()

    def wait(self, version: int, seconds: float) -> tuple[int, dict[str, Any]]:
        """The board as soon as it is another than `version`, or as it is when the seconds are over."""
        with self.changed:
            self.changed.wait_for(lambda: self.closed or self.version != version, seconds)
            return self.version, self.document

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()
