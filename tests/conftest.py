"""Options and fixtures that every test may use."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

GOLDENS = Path(__file__).parent / "goldens"
Golden = Callable[[str, NDArray[np.uint8]], None]
"""Compares a picture (height, width, 3) with the golden of a name."""

_SIZE = (480, 270)
_BLOCK = 3
TOLERANCE = 1.2
"""The greatest mean difference of any block of 3 × 3 pixels of a golden, in 8-bit levels. A layer moved by four pixels of a
1080-line frame moves by one of a golden's, and even the faintest line of a background then differs by 1.4; rounding otherwise, as
another machine may, differs by 1.0 at most. `test_scene_goldens.py` holds both to it.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the golden pictures again; then look at them")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick tests first: what they find is known in the first minutes."""
    items.sort(key=lambda item: any(item.get_closest_marker(name) for name in ("slow", "browser")))


def picture_difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """The greatest mean difference of any block of 3 × 3 pixels of two pictures of the same size."""
    import cv2

    gap = np.abs(one.astype(np.float32) - other.astype(np.float32)).mean(axis=2)
    return float(cv2.blur(gap, (_BLOCK, _BLOCK)).max())


def as_golden(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture (height, width, 3) at the size in which goldens are kept."""
    import cv2

    wide, high = _SIZE if picture.shape[1] > picture.shape[0] else _SIZE[::-1]
    return np.asarray(cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)


@pytest.fixture
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Golden:
    """Compare a picture with `tests/goldens/NAME.png`, or write it with `--update-goldens`.

    Goldens of scenes are cases, as data: `tests/golden_cases.py` says how to add one.
    """
    import cv2

    def compare(name: str, picture: NDArray[np.uint8]) -> None:
        small = as_golden(picture)
        path = GOLDENS / f"{name}.png"
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(exist_ok=True)
            cv2.imwrite(str(path), small[..., ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 9, cv2.IMWRITE_PNG_STRATEGY, 0])
            return
        kept = cv2.imread(str(path))
        assert kept is not None, f"no golden {name}: run pytest --update-goldens and look at it"
        difference = picture_difference(small, np.asarray(kept[..., ::-1], np.uint8))
        if difference > TOLERANCE:
            seen = tmp_path / f"{name}.png"
            cv2.imwrite(str(seen), small[..., ::-1])
            pytest.fail(f"{name} differs by {difference:.1f} in a block; see {seen} beside {path}")

    return compare
