"""Harmful flashes by WCAG 2.3.1: counted in pairs, by area, by contrast, by red."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from render.flashes import FlashWatch

SIZE = (96, 54)
Rgb = NDArray[np.uint8]


def flat(*colour: int) -> Rgb:
    return np.full((SIZE[1], SIZE[0], 3), colour, np.uint8)


def found(paint: Callable[[int], Rgb], frames: int = 90) -> int | None:
    watch = FlashWatch(Fraction(30))
    for frame in range(frames):
        watch.see(paint(frame))
    return watch.found


def blink(period: int, dark: Rgb, light: Rgb, flashes: int = 99) -> Callable[[int], Rgb]:
    return lambda frame: light if frame % period >= period // 2 and frame // period < flashes else dark


def test_five_flashes_a_second_are_too_many() -> None:
    assert found(blink(6, flat(0, 0, 0), flat(255, 255, 255))) is not None


def test_three_flashes_and_no_more_are_allowed() -> None:
    assert found(blink(6, flat(0, 0, 0), flat(255, 255, 255), flashes=3)) is None
    assert found(blink(6, flat(0, 0, 0), flat(255, 255, 255), flashes=4)) is not None


def test_two_a_second_for_ever_are_allowed() -> None:
    assert found(blink(15, flat(0, 0, 0), flat(255, 255, 255)), 300) is None


def test_faint_flashes_and_bright_ones_do_not_count() -> None:
    assert found(blink(6, flat(90, 90, 90), flat(110, 110, 110))) is None
    assert found(blink(6, flat(233, 233, 233), flat(255, 255, 255))) is None


def test_small_flashes_do_not_count() -> None:
    light = flat(0, 0, 0)
    light[:8, :14] = 255
    assert found(blink(6, flat(0, 0, 0), light)) is None
    light[:10, :20] = 255
    assert found(blink(6, flat(0, 0, 0), light)) is not None


def test_red_flashes_count_without_a_change_of_luminance() -> None:
    assert found(blink(6, flat(200, 0, 0), flat(0, 80, 150))) is not None
    assert found(blink(6, flat(0, 90, 90), flat(0, 80, 150))) is None


def test_a_flash_that_swells_over_frames_counts_once() -> None:
    def swell(frame: int) -> Rgb:
        return flat(*[int(127 - 127 * np.cos(2 * np.pi * frame / period))] * 3)

    period = 30
    assert found(swell, 150) is None
    period = 6
    assert found(swell, 150) is not None


@pytest.mark.parametrize("speed", [1, 4, 12])
def test_a_moving_edge_is_no_flash(speed: int) -> None:
    def pan(frame: int) -> Rgb:
        picture = flat(0, 0, 0)
        picture[:, : frame * speed % 200] = 255
        return picture

    assert found(pan, 60) is None


@pytest.mark.parametrize("speed", [1, 2, 5])
def test_a_moving_pattern_is_no_flash(speed: int) -> None:
    stripes = np.zeros((SIZE[1], SIZE[0] * 8, 3), np.uint8)
    stripes[:, np.arange(SIZE[0] * 8) % 8 < 4] = 230
    assert found(lambda frame: stripes[:, frame * speed : frame * speed + SIZE[0]], 90) is None


def test_a_flicker_every_frame_is_seen() -> None:
    assert found(blink(2, flat(0, 0, 0), flat(255, 255, 255))) is not None
