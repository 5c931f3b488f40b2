"""Names find room: upper right first, water for the coast, never over another, never cut."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from render.geography.placement import CELL, Room, around_point, beside_dot, centred, draw_line, inside

SIZE = (800, 480)


def room(land: NDArray[np.float32] | None = None) -> Room:
    grid = np.zeros((SIZE[1] // CELL, SIZE[0] // CELL), dtype=np.float32)
    busy = np.full_like(grid, 1e6)
    busy[4:-4, 4:-4] = 0
    return Room(SIZE, np.ones_like(grid) if land is None else land, busy)


def test_upper_right_of_the_dot_first() -> None:
    spot = beside_dot(room(), (400, 240), (120, 36), 15)
    assert spot is not None
    assert spot.left > 0
    assert spot.top < -18


def test_at_the_right_edge_it_turns_to_the_left() -> None:
    spot = beside_dot(room(), (760, 240), (120, 36), 15)
    assert spot is not None
    assert spot.left < -120


def test_a_coastal_name_lies_on_water() -> None:
    land = np.zeros((SIZE[1] // CELL, SIZE[0] // CELL), dtype=np.float32)
    land[:, 100:] = 1  # the coast runs through x = 400, land to the right
    spot = beside_dot(room(land), (404, 240), (120, 36), 15)
    assert spot is not None
    assert spot.left + 120 <= 0


def test_no_room_at_all() -> None:
    full = room()
    full.take((0, 0, *SIZE))
    assert beside_dot(full, (400, 240), (120, 36), 15) is None
    assert around_point(full, (400, 240), (120, 36), 15, 170) is None
    assert centred(full, (400, 240), (120, 36), 100, water=False) is None


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(60, 740), st.integers(60, 420)), min_size=2, max_size=8))
def test_no_two_names_share_a_pixel_and_none_is_cut(dots: list[tuple[int, int]]) -> None:
    space = room()
    boxes = []
    for dot in dots:
        spot = beside_dot(space, dot, (110, 30), 15)
        if spot:
            box = (dot[0] + spot.left, dot[1] + spot.top, dot[0] + spot.left + 110, dot[1] + spot.top + 30)
            space.take(box)
            boxes.append(box)
    for index, one in enumerate(boxes):
        assert one[0] >= 12
        assert one[1] >= 12
        assert one[2] <= SIZE[0] - 12
        assert one[3] <= SIZE[1] - 12
        for other in boxes[index + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart


def test_a_country_s_name_lies_in_its_roomy_part() -> None:
    space = room()
    country = np.zeros_like(space.land)
    country[60:64, 10:180] = 1  # a long tail
    country[30:90, 120:190] = 1  # and a body
    found = inside(space, country, (160, 40), 0.8)
    assert found is not None
    (x, y), share = found
    assert 120 * CELL < x < 190 * CELL
    assert 30 * CELL < y < 90 * CELL
    assert share > 0.99
    assert inside(space, country, (600, 200), 0.8) is None


def test_a_name_over_a_sea_moves_off_the_land() -> None:
    land = np.zeros((SIZE[1] // CELL, SIZE[0] // CELL), dtype=np.float32)
    land[:55] = 1  # land above y = 220
    found = centred(room(land), (400, 230), (200, 40), 150, water=True)
    assert found is not None
    _, (_, y) = found
    assert y - 20 >= 220


def test_a_name_lies_on_its_dot_s_side_of_a_route() -> None:
    """A route passes 30 pixels over the dot: the upper right would be beyond it."""
    space = room()
    space.routes = [[(100.0, 200.0), (700.0, 200.0)]]
    draw_line(space.busy, space.routes[0], 16)
    spot = beside_dot(space, (400, 230), (120, 36), 15)
    assert spot is not None
    assert 230 + spot.top > 200
    through = room()
    through.routes = [[(100.0, 240.0), (700.0, 240.0)]]
    assert not through.parted((400, 240), (415, 180, 535, 216))
