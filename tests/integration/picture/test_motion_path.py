"""Marks move where they should, to a tenth of a pixel, in the film as it is decoded."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from render.composition import Composition, Key, Layer, Motion, Photograph, Plate, Region
from render.encode import Encoding
from render.geography.camera import Camera, Rest, View
from render.geography.drawn import Mark, Palette, RouteLine
from render.geography.natural_earth import source_digest
from render.geography.painting import MapPainting
from render.geography.projection import Projection, choose_projection
from render.motion import eased
from render.photograph import camera_share
from render.planes import Frame
from render.reveal import FRONT
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
    """Its head by how much of the line is lit, all cover added up: to a tenth of a pixel on its way, across and down."""
    path = ((40.0, 40.0), (280.0, 40.0), (280.0, 150.0))
    line = '<path d="M40 40 H280 V150" fill="none" stroke="#fff" stroke-width="6"/>'
    route = Layer("route", Plate(svg(line), "path", path), motion=Motion(reveal=(Key(0, 0.0), Key(140, 1.0))))
    drawn = decode(render(plan([Composition(SIZE, 141, (route,))], encoding=FINE), tmp_path).path)
    ground = ground_of(drawn[0])
    for number, frame in enumerate(drawn):
        # The front fades in over FRONT pixels: its middle is half of that behind its end.
        head = number / 140 * (350 + FRONT) - FRONT / 2
        cover = np.clip((frame.y.astype(float) - ground) / (235 - ground), 0, 1)
        if 10 < head < 225:
            assert cover[38:42, 46:276].mean(axis=0).sum() == pytest.approx(head - 6, abs=0.1), number
        if 255 < head < 345:
            assert cover[46:, 278:282].mean(axis=1).sum() == pytest.approx(head - 246, abs=0.1), number


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


@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom"])
def test_an_edge_uncovers_by_fractions_of_a_pixel(edge: str, tmp_path: Path) -> None:
    plate = Plate(svg('<rect x="100" y="30" width="120" height="120" fill="#fff"/>'), edge)  # type: ignore[arg-type]
    layer = Layer("panel", plate, motion=Motion(reveal=(Key(0, 0.4), Key(100, 0.5))))
    drawn = decode(render(plan([Composition(SIZE, 40, (layer,))], encoding=FINE), tmp_path).path)
    ground = ground_of(drawn[0])
    across = edge in ("left", "right")
    for number, frame in enumerate(drawn):
        cover = np.clip((frame.y.astype(float) - ground) / (235 - ground), 0, 1)
        profile = cover[80:100].mean(axis=0) if across else cover[:, 150:170].mean(axis=1)
        assert profile.sum() == pytest.approx(120 * (0.4 + number / 1000), abs=0.1), number


def test_a_slow_background_keeps_to_its_path(tmp_path: Path) -> None:
    """The ground's drift: a plate as large as the frame, growing by a hundredth a second."""
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="9" fill="#fff"/>' for x, y in ((60, 40), (250, 140)))
    ground = Layer(
        "ground",
        Plate(svg(f'<rect width="320" height="180" fill="#16324f"/>{dots}')),
        motion=Motion(scale=(Key(0, 1.0), Key(59, 1.024))),
        anchor=(160.0, 90.0),
    )
    drawn = decode(render(plan([Composition(SIZE, 60, (ground,))], encoding=FINE), tmp_path).path)
    level = ground_of(drawn[0])
    for number, frame in enumerate(drawn):
        scale = 1 + 0.024 * number / 59
        for dot_x, dot_y in ((60, 40), (250, 140)):
            ideal = (160 + (dot_x - 160) * scale, 90 + (dot_y - 90) * scale)
            part = Frame((40, 40))
            left, top = (round(place) - 20 for place in ideal)
            part.y[:] = frame.y[top : top + 40, left : left + 40]
            x, y = centre(part, level)
            assert (left + x, top + y) == pytest.approx(ideal, abs=0.1), number


SEA = "#0e1a24"


def sea(frames: int, camera: Camera, projection: Projection, **more: Any) -> MapPainting:
    """Nothing but water, far from land, and what is put on it in white."""
    palette = Palette(SEA, SEA, SEA, SEA, SEA, "#ffffff", SEA, SEA)
    return MapPainting(
        size=SIZE, frames=frames, rate=30.0, unit=1.0, worldview="german", source=source_digest("german"), projection=projection,
        camera=camera, palette=palette, **more,
    )  # fmt: skip


def test_a_town_keeps_to_its_place_under_the_camera_of_a_map(tmp_path: Path) -> None:
    frames = 40
    projection = choose_projection(np.array([(20.0, 20.0), (30.0, 30.0)]))
    x, y = (float(part) for part in projection.forward([(-30.0, 30.0)])[0])
    camera = Camera((Rest(View(x, y, 0.10), View(x + 0.008, y + 0.003, 0.08), 0, frames - 1),))
    town = Mark("town", (x + 0.01, y + 0.005))
    layer = Layer("map", sea(frames, camera, projection, marks=(town,)))
    drawn = decode(render(plan([Composition(SIZE, frames, (layer,))], encoding=FINE), tmp_path).path)
    for number, frame in enumerate(drawn):
        view = camera.at(number)
        zoom = SIZE[0] / view.width
        ideal = (160 + (town.at[0] - view.x) * zoom, 90 + (town.at[1] - view.y) * zoom)
        assert centre(frame, ground_of(frame)) == pytest.approx(ideal, abs=0.1), number


def test_the_head_of_a_route_on_a_map_keeps_to_its_path(tmp_path: Path) -> None:
    frames = 50
    projection = choose_projection(np.array([(20.0, 20.0), (30.0, 30.0)]))
    x, y = (float(part) for part in projection.forward([(-30.0, 30.0)])[0])
    view = View(x, y, 0.1)
    ends = ((x - 0.03, y - 0.01), (x + 0.03, y + 0.012))
    route = RouteLine(ends, SEA, 0, frames - 1)
    layer = Layer("map", sea(frames, Camera((Rest(view, view, 0, frames - 1),)), projection, routes=(route,)))
    drawn = decode(render(plan([Composition(SIZE, frames, (layer,))], encoding=FINE), tmp_path).path)
    zoom = SIZE[0] / view.width
    for number, frame in enumerate(drawn[1:], 1):
        share = float(eased(np.array([number / (frames - 1)]), "both")[0])
        place = [one + (other - one) * share for one, other in zip(*ends, strict=True)]
        ideal = (160 + (place[0] - x) * zoom, 90 + (place[1] - y) * zoom)
        assert centre(frame, ground_of(frame)) == pytest.approx(ideal, abs=0.1), number
