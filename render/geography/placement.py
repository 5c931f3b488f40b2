"""Where names go: beside their dots, on their waters, inside their countries; none over another, none cut. Pure.

Preferences after Imhof, Positioning names on maps (1975): upper right of the dot first, coastal names wholly on water.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grid = NDArray[np.float32]

CELL = 4
"""Pixels of the frame to a cell of the grid on which room is measured."""

_BESIDE = ((1, -1), (1, 0), (1, 1), (-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1))
"""Sides of a dot, best first: upper right, right, lower right, the same on the left, above, below."""
_TOUCHED, _AFLOAT = 0.04, 0.1
"""The share of a country's name outside it that may lie on a country that it must not lie on; on land where it has to be on water."""
_AT_DOT = 9.0
"""Pixels from a dot within which a route runs through it."""
_PARTED = 22.0
"""What it costs a name to lie on the other side of a route from its dot: more than a coast, less than no name."""
FULL = 1e6
"""What it costs to cover what must not be covered."""


@dataclass
class Room:
    """What is free in a frame. Grids have one value a cell, rows from the top.

    `land` is 1 on land, `borders` on borders; `busy` sums what would be covered: 1 for a route, less for a river, `FULL` for
    dots, other names and the margins. `routes` are the lines of routes, in pixels.
    """

    size: tuple[int, int]
    land: Grid
    busy: Grid
    borders: Grid | None = None
    routes: Sequence[Sequence[tuple[float, float]]] = ()
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def fits(self, box: tuple[float, float, float, float]) -> bool:
        """True when a box (left, top, right, bottom), in pixels, is inside the frame's margins and free."""
        return self.cost(box) < FULL

    def cost(self, box: tuple[float, float, float, float]) -> float:
        """What a box would cover; `FULL` or more when it must not be there."""
        rows, columns = self._cells(box)
        if rows.start < 0 or columns.start < 0 or rows.stop > self.busy.shape[0] or columns.stop > self.busy.shape[1]:
            return FULL
        return float(self.busy[rows, columns].max(initial=0.0))

    def on_land(self, box: tuple[float, float, float, float]) -> float:
        """The share of a box that is land."""
        return self.share(self.land, box)

    def crossing(self, box: tuple[float, float, float, float]) -> float:
        """How much of a border a box would cover, from 0 to 1."""
        return 0.0 if self.borders is None else min(1.0, 8 * self.share(self.borders, box))

    def inside(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of the points, (n, 2) in pixels, lie where something may be."""
        cells = np.floor(points / CELL).astype(int)
        rows, columns = cells[:, 1], cells[:, 0]
        within = (rows >= 0) & (columns >= 0) & (rows < self.busy.shape[0]) & (columns < self.busy.shape[1])
        within[within] = self.busy[rows[within], columns[within]] < FULL
        return np.asarray(within)

    def share(self, grid: Grid, box: tuple[float, float, float, float]) -> float:
        """The share of a box that a grid covers."""
        rows, columns = self._cells(box)
        cells = grid[max(0, rows.start) : max(0, rows.stop), max(0, columns.start) : max(0, columns.stop)]
        return float(cells.mean()) if cells.size else 0.0

    def crossed(self, start: tuple[float, float], end: tuple[float, float]) -> float:
        """1 when a line between two points would cross a route, else 0; what stands at the points themselves is left out."""
        for share in np.linspace(0.25, 0.9, 10):
            x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
            row, column = int(y / CELL), int(x / CELL)
            inside = 0 <= row < self.busy.shape[0] and 0 <= column < self.busy.shape[1]
            if inside and 0 < self.busy[row, column] < FULL:
                return 1.0
        return 0.0

    def parted(self, at: tuple[float, float], box: tuple[float, float, float, float]) -> bool:
        """Whether a route runs between a dot and the middle of its name's box; one that runs through the dot does not."""
        import shapely

        middle = np.array(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
        away = middle - at
        start = np.array(at) + away * min(1.0, _AT_DOT / max(float(np.hypot(*away)), 1e-9))
        between = shapely.LineString([start, middle])
        return any(len(line) > 1 and between.intersects(shapely.LineString(line)) for line in self.routes)

    def take(self, box: tuple[float, float, float, float], pad: float = 0.0) -> None:
        """Let nothing else come where the box is."""
        left, top, right, bottom = box
        grown = (left - pad, top - pad, right + pad, bottom + pad)
        rows, columns = self._cells(grown)
        self.busy[max(0, rows.start) : max(0, rows.stop), max(0, columns.start) : max(0, columns.stop)] = FULL
        self.taken.append(box)

    def _cells(self, box: tuple[float, float, float, float]) -> tuple[slice, slice]:
        left, top, right, bottom = box
        return (
            slice(int(np.floor(top / CELL)), int(np.ceil(bottom / CELL))),
            slice(int(np.floor(left / CELL)), int(np.ceil(right / CELL))),
        )


@dataclass(frozen=True)
class Spot:
    """Where a name's box begins, relative to its place: (left, top) in pixels. `distant` names want a line to their place."""

    left: float
    top: float
    distant: bool = False


def beside_dot(room: Room, at: tuple[float, float], box: tuple[float, float], gap: float) -> Spot | None:
    """The best place for a name of `box` (width, height) beside a dot; None when no place is free."""
    width, height = box
    best: tuple[float, Spot] | None = None
    around = (at[0] - 6 * gap, at[1] - 6 * gap, at[0] + 6 * gap, at[1] + 6 * gap)
    coastal = 0.03 < room.on_land(around) < 0.97
    for ring, distance in enumerate((gap, 1.5 * gap, 2.1 * gap, 2.8 * gap)):
        for rank, (left, top) in _sides(width, height, distance):
            placed = (at[0] + left, at[1] + top, at[0] + left + width, at[1] + top + height)
            covered = room.cost(placed)
            if covered >= FULL:
                continue
            land = room.on_land(placed)
            cost = rank * 0.6 + ring * 1.1 + 22 * covered + 6 * min(land, 1 - land) + 4 * room.crossing(placed)
            if coastal:
                # Wholly on water, however little that moves it; never across the coast where another side is clear.
                cost += 9 * land + 10 * min(land, 1 - land)
            if best is not None and cost >= best[0]:
                continue
            cost += _PARTED * room.parted(at, placed)
            if best is None or cost < best[0]:
                best = (cost, Spot(left, top))
    return best[1] if best else None


def _sides(width: float, height: float, distance: float) -> Iterator[tuple[float, tuple[float, float]]]:
    """(rank, (left, top)) of a box around a dot: the eight sides, and between them, where a coast leaves room for no other."""
    for rank, (across, down) in enumerate(_BESIDE):
        slant = 0.72 if across and down else 1.0
        left = {1: distance * slant, 0: -width / 2, -1: -distance * slant - width}[across]
        top = {1: distance * slant * 0.7, 0: -height / 2, -1: -distance * slant * 0.7 - height}[down]
        if not across:
            top = distance if down > 0 else -distance - height
        yield rank, (left, top)
    for shift in (0.15, 0.3, 0.7, 0.85):
        for top in (distance, -distance - height):
            yield 5.0, (-width * shift, top)


def around_point(
    room: Room,
    at: tuple[float, float],
    box: tuple[float, float],
    gap: float,
    reach: float,
    avoid: Grid | None = None,
    *,
    afloat: bool = False,
) -> Spot | None:
    """The best place for a name around a narrow water, a cape or a small country: near, on open water, off routes.

    `avoid` is 1 on the small country and on others where its name must not lie: it may then lie on the rest, unless it has to be
    `afloat`. None when nothing within `reach` pixels is free.
    """
    width, height = box
    best: tuple[float, Spot] | None = None
    shunned = Room(room.size, avoid, room.busy) if avoid is not None else None
    for distance in np.arange(gap, reach, 12.0):
        for angle in np.radians(np.arange(-30, 330, 15)):
            # The box touches the circle with the side, or the corner, that looks at the point.
            x, y = float(np.cos(angle) * distance), float(np.sin(angle) * distance)
            left = x - width * (0.5 - 0.5 * float(np.clip(np.cos(angle) * 1.6, -1, 1)))
            top = y - height * (0.5 - 0.5 * float(np.clip(np.sin(angle) * 1.6, -1, 1)))
            placed = (at[0] + left, at[1] + top, at[0] + left + width, at[1] + top + height)
            covered = room.cost(placed)
            if covered >= FULL or (shunned and shunned.on_land(placed) > _TOUCHED):
                continue
            if afloat and room.on_land(placed) > _AFLOAT:
                continue
            cost = 0.06 * (float(distance) - gap) + 8 * covered - 0.5 * float(np.cos(angle))
            cost += (2 if shunned else 12) * room.on_land(placed)
            nearest = (min(max(0.0, left), left + width), min(max(0.0, top), top + height))
            cost += 3 * room.crossed(at, (at[0] + nearest[0], at[1] + nearest[1]))
            if best is None or cost < best[0]:
                best = (cost, Spot(left, top, distant=bool(distance > 2.4 * gap)))
    return best[1] if best else None


def centred(
    room: Room, at: tuple[float, float], box: tuple[float, float], reach: float, *, water: bool
) -> tuple[float, tuple[float, float]] | None:
    """(cost, centre) for a name that lies over its place, moved as little as keeps it off routes and, for `water`, off land."""
    best: tuple[float, tuple[float, float]] | None = None
    width, height = box
    for dy in np.arange(-reach, reach + 1, 12.0):
        for dx in np.arange(-reach, reach + 1, 12.0):
            x, y = at[0] + float(dx), at[1] + float(dy)
            placed = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            covered = room.cost(placed)
            if covered >= FULL:
                continue
            cost = float(np.hypot(dx, dy)) / 40 + 6 * covered + (40 * room.on_land(placed) if water else 0)
            if best is None or cost < best[0]:
                best = (cost, (x, y))
    return best


def along_line(
    room: Room, course: NDArray[np.float64], width: float, height: float
) -> tuple[tuple[float, float], float] | None:
    """Where the baseline of a river's name begins, and its angle in degrees; None when no stretch is free and straight enough.

    `course` is the river in pixels, (n, 2); `width` the name's, `height` that of its capitals. The name stands over the river, or under it.
    """
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(course, axis=0).T))])
    whole, wanted = float(along[-1]), width + 16.0
    if whole < wanted:
        return None
    every = np.arange(0, whole, 8.0)
    points = np.column_stack([np.interp(every, along, course[:, axis]) for axis in (0, 1)])
    steps = int(np.ceil(wanted / 8.0))
    free = room.inside(points)
    middle = np.array(room.size) / 2
    best: tuple[float, tuple[tuple[float, float], float]] | None = None
    for start in range(0, len(points) - steps, 3):
        stretch = points[start : start + steps + 1]
        if not free[start : start + steps + 1].all():
            continue
        chord = stretch[-1] - stretch[0]
        chord = chord if chord[0] >= 0 else -chord
        length = float(np.hypot(*chord))
        ahead = chord / max(length, 1e-9)
        over = np.array([ahead[1], -ahead[0]])
        centre = stretch.mean(0)
        if length < 0.75 * wanted:
            continue
        angle = float(np.degrees(np.arctan2(ahead[1], ahead[0])))
        away = (stretch - centre) @ over
        for rise, below in ((float(away.max()), 0.0), (float(-away.min()), 1.0)):
            if rise > 38.0:
                continue
            lift = -(rise + 13.0 + height) if below else rise + 9.0
            pen = centre + over * lift - ahead * width / 2
            spots = [pen + ahead * width * share + over * height / 2 for share in np.linspace(0, 1, 7)]
            boxes = [(x - height, y - 0.7 * height, x + height, y + 0.7 * height) for x, y in np.array(spots).tolist()]
            covered = max(room.cost(box) for box in boxes)
            if covered >= FULL:
                continue
            cost = rise / 8 + abs(angle) / 25 + below + 6 * covered + float(np.hypot(*(centre - middle))) / 400
            if best is None or cost < best[0]:
                best = (cost, ((float(pen[0]), float(pen[1])), angle))
    return best[1] if best else None


def inside(
    room: Room, country: Grid, box: tuple[float, float], least: float, *, clear: bool = False
) -> tuple[tuple[float, float], float] | None:
    """The best centre, in pixels, for a name of `box` inside a country (1 on it, a value a cell), and the share inside.

    It lies where the country is roomy and clear of dots and other names, and with `clear` of routes and rivers too. None when less
    than `least` of it would be inside.
    """
    import cv2

    if country.max(initial=0.0) <= 0.5:
        return None
    across, down = (max(1, int(np.ceil(side / CELL))) | 1 for side in box)
    if across > country.shape[1] or down > country.shape[0]:
        return None
    share = cv2.blur(country, (across, down), borderType=cv2.BORDER_CONSTANT)
    free = cv2.dilate(
        room.busy, np.ones((down, across), dtype=np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=FULL
    )
    padded = np.pad((country > 0.5).astype(np.uint8), 1)
    roomy = cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1]
    rows, columns = np.nonzero(country > 0.5)
    middle_y, middle_x = np.mgrid[: country.shape[0], : country.shape[1]]
    away = np.hypot(middle_y - rows.mean(), middle_x - columns.mean()) / max(1.0, float(np.sqrt(len(rows))))
    score = 4 * share + roomy / max(1.0, float(roomy.max())) - 0.9 * away - 2.5 * np.minimum(free, 1.0)
    score[(free > 0 if clear else free >= FULL) | (share < least)] = -np.inf
    best = int(np.argmax(score))
    if not np.isfinite(score.flat[best]):
        return None
    row, column = divmod(best, country.shape[1])
    return ((column + 0.5) * CELL, (row + 0.5) * CELL), float(share[row, column])


def draw_line(grid: Grid, points: Sequence[tuple[float, float]], width: float, value: float = 1.0) -> None:
    """Mark a route or a river on a grid of cells: points and width in pixels; `value` is what it costs to cover it."""
    import cv2

    scaled = np.round(np.array(points) / CELL * 16).astype(np.int32)
    mask = np.zeros(grid.shape, dtype=np.uint8)
    cv2.polylines(mask, [scaled.reshape(-1, 1, 2)], False, 1, max(1, round(width / CELL)), cv2.LINE_8, 4)
    np.maximum(grid, mask * np.float32(value), out=grid, casting="unsafe")
