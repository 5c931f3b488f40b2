"""Where the names of one view find room: beside dots, along rivers, over waters, in countries or outside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from render.geography.atlas import load_atlas
from render.geography.camera import Rest
from render.geography.drawn import Label, Span
from render.geography.painting import MapPainting
from render.geography.paints import mixed
from render.geography.placement import (
    CELL,
    FULL,
    along_line,
    around_point,
    beside_dot,
    centred,
    inside,
)
from render.scenes.map_blocks import block_size, measure, stacked, towards
from render.scenes.map_names import Name
from render.scenes.map_sheet import Sheet
from render.scenes.map_times import label_box
from render.scenes.placing import Box
from render.scenes.reviews import contrast
from render.shaping import shape_line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.scenes.map import MapScene
    from render.stage import Shot, Stage

    Grid = NDArray[np.float32]

_INSIDE = 0.93
"""The share of a country's name that has to lie in it; else it is set smaller, or stands outside, if it must stand at all."""
_SHRUNK, _LAST = (1.0, 0.87, 0.75), 0.6
_SMALLEST = 30.0
"""How small a country's name may be set, in steps, before it is rather set outside it than still smaller; and in pixels of the
design (VISUAL.md, Type)."""
_MISSED = 0.6
"""How many times its name's box a country is seen at least that is missed when it goes unnamed, though it is only in focus."""
_PAD = 5.0
_BETWEEN = 10.0
"""Pixels beyond that by which a country's name keeps from others: nearer, the two read as one."""
_OWN_LINE = 36.0
"""Pixels from its place beyond which a name has a line to it."""
_ASTRIDE = 0.12
"""The share of a town's name on the other side of the coast up to which it may stay where another view put it."""
_TURN = {"strait": 0, "cape": 0, "sea": 2, "region": 2, "river": 2}
"""What has the fewest places to go chooses first; countries come last."""


class Spots:
    """Where the names of one view find room."""

    def __init__(
        self, scene: MapScene, shot: Shot, stage: Stage, painting: MapPainting, rest: Rest, taken: Sequence[Box] = ()
    ) -> None:
        self._sheet = Sheet(scene, shot, stage, painting, rest, taken)
        self._painting, self._room, self._paths = painting, self._sheet.room, self._sheet.paths
        self._codes = set(load_atlas(painting.worldview).codes)

    def keep(self, label: Label) -> bool:
        """Whether a label of another view can stand here as it is; then its room is taken."""
        x, y = self._sheet.pixels(label.at)
        left, top, right, bottom = label_box(label, x, y)
        box = (left - _PAD, top - _PAD, right + _PAD, bottom + _PAD)
        if self._room.cost(box) > 0:
            return False
        land = self._room.on_land(box)
        if label.key not in self._codes and min(land, 1 - land) > _ASTRIDE:
            return False
        self._room.take(box)
        return True

    def place(self, names: Sequence[Name], shown: Span) -> tuple[list[Label], list[str]]:
        """Labels for the names that find room, and the keys of those in view that do not."""
        dry = 1 - self._sheet.mask(self._paths.lakes)
        ordered = sorted(names, key=lambda name: _TURN.get(name.kind, 1))
        found: list[Label] = []
        missed: list[str] = []
        for name in (name for name in ordered if not name.code):
            label = self._along(name, shown) if name.kind == "river" else self._beside(name, shown)
            found += [label] if label else []
            missed += [name.key] if not label and self._in_view(name) else []
        for label in found:
            self._room.take(label_box(label, *self._sheet.pixels(label.at)), _PAD + _BETWEEN)
        for name in (name for name in ordered if name.code):
            mask = self._sheet.mask(self._paths.countries.get(name.code)) * dry
            label = self._country(name, mask, shown)
            found += [label] if label else []
            missed += [name.key] if not label and self._large(name, mask, _MISSED) else []
        return found, missed

    def _large(self, name: Name, mask: Grid, share: float = 1.5) -> bool:
        """Whether so much of a country is seen that its name is missed; one that the map is about is always."""
        if name.doubled or name.passing:
            return False
        width, height = block_size(name.texts[-1], name.style)
        seen = float(np.where(self._room.busy < FULL, mask, 0.0).sum()) * CELL * CELL
        return seen > share * width * height or (name.needed and seen > 0)

    def _in_view(self, name: Name) -> bool:
        if name.kind == "river":
            return bool(self._room.inside(self._sheet.course(name.way)).sum() > 1)
        x, y = self._sheet.pixels(name.at)
        return 0 < x < self._sheet.size[0] and 0 < y < self._sheet.size[1]

    def _along(self, name: Name, shown: Span) -> Label | None:
        """A river's name on the straightest free stretch of it."""
        ((text,),) = name.texts
        width = shape_line(text, name.style).width
        found = along_line(self._room, self._sheet.course(name.way), width, 0.72 * name.style.size)
        if found is None:
            return None
        (x, y), angle = found
        label = self._label(
            name, ((text, 0.0, 0.0),), self._sheet.plane((x, y)), (0.0, 0.0), self._painting.palette.water, shown
        )
        label = replace(label, angle=round(angle, 2))
        self._room.take(label_box(label, x, y), _PAD)
        return label

    def _beside(self, name: Name, shown: Span) -> Label | None:
        x, y = self._sheet.pixels(name.at)
        if not (0 < x < self._sheet.size[0] and 0 < y < self._sheet.size[1]):
            return None
        (text,) = name.texts[0]
        width, height, dx, dy = measure(text, name.style)
        box = (width + 2 * _PAD, height + 2 * _PAD)
        if name.kind in {"sea", "region"}:
            return self._centred(name, (x, y), shown)
        if name.kind in {"strait", "cape"}:
            spot = around_point(self._room, (x, y), box, 15.0, 170.0)
        else:
            spot = beside_dot(self._room, (x, y), box, 15.0)
        if spot is None:
            return None
        placed = (x + spot.left, y + spot.top, x + spot.left + box[0], y + spot.top + box[1])
        self._room.take(placed)
        offset = (spot.left + _PAD + dx, spot.top + _PAD + dy)
        leader = towards(spot.left, spot.top, box) if spot.distant else None
        colour = self._painting.palette.water if name.kind == "strait" else self._painting.palette.ink
        label = self._label(name, ((text, 0.0, 0.0),), name.at, offset, colour, shown, leader=leader)
        return self._over_fill(label, placed)

    def _centred(self, name: Name, at: tuple[float, float], shown: Span) -> Label | None:
        best: tuple[float, tuple[float, float], tuple[str, ...]] | None = None
        for rank, lines in enumerate(name.texts):
            width, height = block_size(lines, name.style)
            found = centred(self._room, at, (width + 2 * _PAD, height + 4 * _PAD), 210, water=name.kind == "sea")
            if found and (best is None or found[0] + rank < best[0]):
                best = (found[0] + rank, found[1], lines)
        if best is None:
            return None
        _, (x, y), lines = best
        width, height = block_size(lines, name.style)
        self._room.take((x - width / 2 - _PAD, y - height / 2 - _PAD, x + width / 2 + _PAD, y + height / 2 + _PAD))
        colour = self._painting.palette.water if name.kind == "sea" else self._painting.palette.ink
        return self._label(name, stacked(lines, name.style), name.at, (x - at[0], y - at[1]), colour, shown)

    def _country(self, name: Name, mask: Grid, shown: Span) -> Label | None:
        # On the water beside it rather than very small in it, and there rather than on a neighbour's land.
        large = self._large(name, mask)
        best = self._inside(name, mask, _SHRUNK)
        outside = self._outside(name, mask, afloat=True) if large and not best else None
        best = best or (None if outside else self._inside(name, mask, (_LAST,)))
        outside = outside or (self._outside(name, mask, afloat=False) if large and not best else None)
        leader: tuple[float, float] | None = None
        if best:
            name, (x, y), share, lines = best
            anchor = self._sheet.plane((x, y))
        elif outside:
            x, y, lines, leader, anchor = outside
            share = 0.0
        else:
            return None
        width, height = block_size(lines, name.style)
        self._room.take((x - width / 2 - _PAD, y - height / 2 - _PAD, x + width / 2 + _PAD, y + height / 2 + _PAD))
        px, py = self._sheet.pixels(anchor)
        colour, halo = self._colours(name.code, share)
        offset = (x - px, y - py)
        return self._label(name, stacked(lines, name.style), anchor, offset, colour, shown, halo=halo, leader=leader)

    def _inside(
        self, whole: Name, mask: Grid, shares: Sequence[float]
    ) -> tuple[Name, tuple[float, float], float, tuple[str, ...]] | None:
        """A country's name in it: as large as it can be, its centre, the share that lies inside, its lines."""
        for clear, share in product((True, False), shares):
            best: tuple[Name, tuple[float, float], float, tuple[str, ...]] | None = None
            name = replace(whole, style=whole.style.at(max(_SMALLEST, share * whole.style.size)))
            for rank, lines in enumerate(name.texts):
                width, height = block_size(lines, name.style)
                found = inside(self._room, mask, (width + 2 * _PAD, height + 2 * _PAD), _INSIDE, clear=clear)
                if found and (best is None or found[1] > best[2] + 0.05 * rank):
                    best = (name, *found, lines)
            if best:
                return best
        return None

    def _outside(
        self, name: Name, mask: Grid, *, afloat: bool
    ) -> tuple[float, float, tuple[str, ...], tuple[float, float] | None, tuple[float, float]] | None:
        """A country too small for its name: beside it, on no other that the map is about; not `afloat`, with a line to it."""
        import cv2

        roomy = cv2.distanceTransform((mask > 0.3).astype(np.uint8), cv2.DIST_L2, 3)
        row, column = divmod(int(np.argmax(roomy)), mask.shape[1])
        at = ((column + 0.5) * CELL, (row + 0.5) * CELL)
        lines = name.texts[0]
        width, height = block_size(lines, name.style)
        box = (width + 2 * _PAD, height + 2 * _PAD)
        about = [
            self._sheet.mask(self._paths.countries.get(code)) for code in {fill.code for fill in self._painting.fills}
        ]
        avoid = np.max([mask, *about], axis=0)
        gap, reach = (12.0, 110.0) if afloat else (_OWN_LINE, 220.0)
        spot = around_point(self._room, at, box, gap, reach, avoid, afloat=afloat)
        if spot is None:
            return None
        centre = (at[0] + spot.left + box[0] / 2, at[1] + spot.top + box[1] / 2)
        leader = towards(spot.left, spot.top, box)
        return (*centre, lines, leader if np.hypot(*leader) >= _OWN_LINE else None, self._sheet.plane(at))

    def _over_fill(self, label: Label, box: Box) -> Label:
        """A town's name on a bright fill: dark letters where all of it is on the fill, else a thin halo of the fill's dark tone."""
        palette = self._painting.palette
        for fill in self._painting.fills[::-1]:
            path = self._paths.countries.get(fill.code)
            if path is None or contrast(palette.halo, fill.colour) <= contrast(palette.ink, fill.colour):
                continue
            share = self._room.share(self._sheet.mask(path), box)
            if share > 0.97 and not fill.hatched and fill.first is None:
                return replace(label, colour=palette.halo, halo=fill.colour, halo_width=3.0)
            if share > 0.25:
                return replace(label, halo=mixed(fill.colour, palette.halo, 0.8))
        return label

    def _colours(self, code: str, share: float) -> tuple[str, str]:
        """Letters and halo of a country's name: dark on a bright fill that holds all of it, else light."""
        palette = self._painting.palette
        ground = next(
            (fill.colour for fill in self._painting.fills[::-1] if fill.code == code and not fill.hatched), ""
        )
        hatched = any(fill.hatched for fill in self._painting.fills if fill.code == code)
        if ground and share > 0.97 and not hatched:
            if contrast(palette.halo, ground) > contrast(palette.ink, ground):
                return palette.halo, ground
            return palette.ink, ground
        return palette.ink, palette.halo

    def _label(
        self,
        name: Name,
        lines: tuple[tuple[str, float, float], ...],
        at: tuple[float, float],
        offset: tuple[float, float],
        colour: str,
        shown: Span,
        *,
        halo: str = "",
        leader: tuple[float, float] | None = None,
    ) -> Label:
        return Label(
            key=name.key,
            lines=tuple((text, round(x, 2), round(y, 2)) for text, x, y in lines),
            style=name.style,
            colour=colour,
            halo=halo or self._painting.palette.halo,
            at=(float(at[0]), float(at[1])),
            offset=(round(offset[0], 2), round(offset[1], 2)),
            shown=(name.first, shown[1]),
            leader=leader,
        )
