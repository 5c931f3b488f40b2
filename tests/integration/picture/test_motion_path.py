"""Marks move where they should, to a tenth of a pixel, in the film as it is decoded."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from render.composition import Composition, Key, Layer, Motion, Photograph, Plate, Region
from render.encode import Encoding
from render.photograph import camera_share
from render.planes import Frame
from tests.integration.picture.scenery import NTSC, SIZE, decode, plan, render, svg

pytestmark = pytest.mark.slow

FINE = Encoding(crf=8)
"""Little of what is measured should be the encoder's noise: it is the drawing that is judged."""


def centre(frame: Frame, ground: float) -> tuple[float, float]:
    """Centre of gravity of what is brighter than the ground, in pixels from the frame's corner."""
    weight = np.clip(frame.y.astype(float) - ground - 6, 0, None)
    rows, columns = np.indices(weight.shape)
    return float(((columns + 0.5) * weight).sum() / weight.sum()), float(((rows + 0.5) * weight).sum() / weight.sum())


def ground_of(frame: Frame) -> float:
    return float(np.median(frame.y))


def test_a_plate_keeps_to_its_path(tmp_path: Path) -> None:
    frames = 40
    dot = Layer(
        "dot",
        Plate(svg('<circle cx="60.5" cy="50.25" r="11" fill="#fff"/>')),
        motion=Motion(x=(Key(0, 0.0), Key(frames - 1, 23.7)), y=(Key(0, 0.0), Key(frames - 1, 11.3))),
    )
    drawn = decode(render(plan([Composition(SIZE, frames, (dot,))], encoding=FINE), tmp_path).path)
    for number, frame in enumerate(drawn):
        x, y = centre(frame, ground_of(frame))
        share = number / (frames - 1)
        assert x == pytest.approx(60.5 + 23.7 * share, abs=0.1), number
        assert y == pytest.approx(50.25 + 11.3 * share, abs=0.1), number


def test_a_plate_grows_about_its_anchor(tmp_path: Path) -> None:
    dot = Layer(
        "dot",
        Plate(svg('<circle cx="160" cy="90" r="12" fill="#fff"/>')),
        motion=Motion(scale=(Key(0, 0.9), Key(29, 1.0))),
        anchor=(100.0, 50.0),
    )
    drawn = decode(render(plan([Composition(SIZE, 30, (dot,))], encoding=FINE), tmp_path).path)
    for number, frame in enumerate(drawn):
        scale = 0.9 + 0.1 * number / 29
        x, y = centre(frame, ground_of(frame))
        assert x == pytest.approx(100 + 60 * scale, abs=0.1)
        assert y == pytest.approx(50 + 40 * scale, abs=0.1)


def photograph(folder: Path, frames: int) -> Photograph:
    picture = Image.new("RGB", (1280, 720), (30, 40, 60))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((640 - 45, 320 - 45, 640 + 45, 320 + 45), fill=(255, 255, 255))
    file = folder / "dot.png"
    picture.save(file)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Photograph(file, sha256, Region(0.5, 0.5, 0.9), Region(0.55, 0.48, 0.8), 0, frames - 1)


def test_a_slow_camera_keeps_to_its_path(tmp_path: Path) -> None:
    frames = 60
    photo = photograph(tmp_path, frames)
    shares = camera_share(photo, np.arange(float(frames)), float(NTSC))
    drawn = decode(render(plan([Composition(SIZE, frames, (Layer("photo", photo),))], encoding=FINE), tmp_path).path)
    seen = []
    for number, frame in enumerate(drawn):
        share = float(shares[number])
        width = 1280 * (0.9 - 0.1 * share)
        left = 1280 * (0.5 + 0.05 * share) - width / 2
        top = 720 * (0.5 - 0.02 * share) - width * 9 / 32
        zoom = SIZE[0] / width
        # The ellipse's pixels run from 595 to 685 inclusive: its centre is at 640.5.
        ideal = ((640.5 - left) * zoom, (320.5 - top) * zoom)
        x, y = centre(frame, ground_of(frame))
        assert x == pytest.approx(ideal[0], abs=0.1), number
        assert y == pytest.approx(ideal[1], abs=0.1), number
        seen.append(x)
    steps = np.diff(seen)
    assert abs(steps[0]) < abs(steps[30]) / 3, "eased at the start"
    assert abs(steps[-1]) < abs(steps[30]) / 3, "and at the end"
    assert (np.sign(steps[3:-3]) == np.sign(steps[30])).all(), "never back"


def test_a_route_is_uncovered_along_its_line(tmp_path: Path) -> None:
    path = ((40.0, 40.0), (280.0, 40.0), (280.0, 150.0))
    line = '<path d="M40 40 H280 V150" fill="none" stroke="#fff" stroke-width="6"/>'
    route = Layer("route", Plate(svg(line), "path", path), motion=Motion(reveal=(Key(0, 0.0), Key(35, 1.0))))
    drawn = decode(render(plan([Composition(SIZE, 36, (route,))], encoding=FINE), tmp_path).path)
    for number, frame in enumerate(drawn[2:], 2):
        lit = frame.y > 120
        front = number / 35 * 350
        along = lit[40, 46:270].sum()
        assert along == pytest.approx(min(max(front - 6, 0), 224), abs=2), number
        down = lit[50:145, 280].sum()
        assert down == pytest.approx(min(max(front - 250, 0), 95), abs=2), number


def test_a_bar_grows_by_fractions_of_a_pixel(tmp_path: Path) -> None:
    bar = Layer(
        "bar",
        Plate(svg('<rect x="100" y="30" width="40" height="120" fill="#fff"/>'), "bottom"),
        motion=Motion(reveal=(Key(0, 0.5), Key(100, 0.6))),
    )
    drawn = decode(render(plan([Composition(SIZE, 60, (bar,))], encoding=FINE), tmp_path).path)
    ground = ground_of(drawn[0])
    for number, frame in enumerate(drawn):
        column = np.clip((frame.y[:, 110:130].mean(axis=1) - ground) / (235 - ground), 0, 1)
        assert column.sum() == pytest.approx(120 * (0.5 + number / 1000), abs=0.15), number
