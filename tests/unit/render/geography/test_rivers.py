"""Rivers: every one of the list is in the data, and takes the way that it should."""

from itertools import pairwise

import numpy as np
import pytest

from core.errors import BadInput
from render.geography.rivers import RIVERS, find_river, river_course


@pytest.mark.parametrize("name", RIVERS)
def test_every_river_of_the_list_has_a_course(name: str) -> None:
    way = RIVERS[name]
    course = np.array(river_course(way))
    flat = np.column_stack([course[:, 0] * np.cos(np.radians(course[:, 1])), course[:, 1]])
    steps = np.hypot(*np.diff(flat, axis=0).T)
    straight = sum(float(np.hypot((b[0] - a[0]) * np.cos(np.radians(a[1])), b[1] - a[1])) for a, b in pairwise(way))
    # A course winds, but does not go back and forth to find a way round, nor jump.
    assert 0.9 * straight < steps.sum() < 2.2 * straight
    assert steps.max() < 0.7


@pytest.mark.parametrize(
    ("name", "passes"),
    [("Nile", (31.2, 30.05)), ("Danube", (19.05, 47.5)), ("Rhine", (6.95, 50.9)), ("Tigris", (44.4, 33.3))],
)
def test_it_passes_its_cities(name: str, passes: tuple[float, float]) -> None:
    course = np.array(river_course(RIVERS[name]))
    assert np.hypot(*(course - passes).T).min() < 0.25


def test_the_name_may_be_written_without_its_accents() -> None:
    assert find_river("rhone") == "Rhône"
    with pytest.raises(BadInput, match="no river 'Danub'") as error:
        find_river("Danub")
    assert "Danube" in error.value.hint
