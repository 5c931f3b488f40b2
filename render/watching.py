"""The whole picture watched, frame by frame: from what was seen of its render segments, or by decoding the film itself."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from render.evidence import Expectation, SeenPiece, Watched
from render.flashes import FlashWatch
from render.likeness import Likeness
from render.probe import PictureFacts
from render.sights import jpeg, likeness_of
from render.stills import BlackWatch, StillWatch
from render.viewing import Seen, Viewing, look

THUMBS = (15, 30)
"""Thumbnails of a film for the report, evenly spread; of an upright one."""


class _Watch:
    """Everyone who looks at the frames, in order."""

    def __init__(self, rate: Fraction, keys: Sequence[int]) -> None:
        self.black, self.still, self.flash = BlackWatch(), StillWatch(rate, keys), FlashWatch(rate)
        self.activity: list[float] = []
        self.last: Seen | None = None

    def see(self, seen: Seen) -> None:
        """Take the next frame."""
        self.black.see(seen)
        self.still.see(seen)
        self.flash.see(seen.cells)
        same = self.last is None or self.last.check == seen.check
        now = seen.cells.astype(np.int16)
        self.activity.append(0.0 if same or self.last is None else float(np.abs(now - self.last.cells).mean()))
        self.last = seen


class _Spread:
    """Thumbnails spread evenly over a film: for each place the nearest that was offered."""

    def __init__(self, plan: Expectation) -> None:
        frames = plan.frames
        places = min(THUMBS[plan.size[1] > plan.size[0]], max(1, frames))
        self.wanted = [int((place + 0.5) * frames / places) for place in range(places)]
        self.best: dict[int, tuple[int, int, bytes]] = {}

    def offer(self, frame: int, data: bytes) -> None:
        """Take a frame's thumbnail for the places to which it is the nearest so far."""
        for place, wanted in enumerate(self.wanted):
            apart = abs(frame - wanted)
            if place not in self.best or apart < self.best[place][0]:
                self.best[place] = (apart, frame, data)

    def chosen(self) -> tuple[tuple[int, bytes], ...]:
        """For every place, in order, a frame and its thumbnail; a short film shows one at several."""
        return tuple((frame, data) for _, (_, frame, data) in sorted(self.best.items()))


def watch_pieces(pieces: Sequence[SeenPiece], picture: PictureFacts, plan: Expectation) -> Watched | None:
    """Watch a film by what was seen of its segments; None where that is gone.

    `tampered` is set, and nothing else counts, where the film's packets are not theirs.
    """
    watch, spread = _Watch(plan.rate, picture.packets.keys), _Spread(plan)
    complaints: list[str] = []
    likeness: dict[int, Likeness] = {}
    digests = picture.packets.digests
    frame = 0
    for piece in pieces:
        sight = piece.sight()
        if sight is None:
            return None
        thumbs = dict(sight.thumbs)
        for index in piece.packets:
            if (
                frame >= len(digests)
                or index >= min(len(sight.packets), len(sight.checks))
                or digests[frame] != sight.packets[index]
            ):
                return _nothing(frame)
            watch.see(sight.frame(index))
            if index in thumbs:
                spread.offer(frame, thumbs[index])
            if index in sight.likeness:
                likeness.setdefault(frame, sight.likeness[index])
            frame += 1
        complaints += sight.complaints
    if frame != len(digests):
        return _nothing(frame)
    return _watched(watch, frame, likeness, spread.chosen(), complaints)


def watch_whole(film: Path, picture: PictureFacts, plan: Expectation, tampered: int | None = None) -> Watched:
    """Watch a film by decoding all of it."""
    watch, spread = _Watch(plan.rate, picture.packets.keys), _Spread(plan)
    wanted = set(spread.wanted)
    likeness: dict[int, Likeness] = {}
    viewing = Viewing()
    for frame, (seen, reduced) in enumerate(look(film, picture.size, viewing)):
        watch.see(seen)
        if frame in wanted:
            spread.offer(frame, jpeg(reduced))
        if frame in plan.stills:
            likeness[frame] = likeness_of(plan.stills[frame](), reduced)
    return _watched(watch, viewing.frames, likeness, spread.chosen(), viewing.complaints, tampered)


def _watched(
    watch: _Watch,
    frames: int,
    likeness: dict[int, Likeness],
    thumbs: tuple[tuple[int, bytes], ...],
    complaints: Sequence[str],
    tampered: int | None = None,
) -> Watched:
    return Watched(
        frames,
        tuple(watch.black.runs),
        tuple(watch.still.runs),
        watch.flash.found,
        watch.activity,
        likeness,
        thumbs,
        tuple(complaints),
        tampered,
    )


def _nothing(frame: int) -> Watched:
    return Watched(0, (), (), None, (), {}, (), (), frame)
