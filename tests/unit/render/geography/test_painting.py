"""What is drawn: every pixel where it belongs, lines of one width, nothing moving that is said to rest."""

import pickle
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from core.digest import digest
from render.composition import Painting
from render.geography.atlas import load_atlas
from render.geography.camera import Camera, Move, Rest, View
from render.geography.drawn import Fill, Label, Mark, Palette, RouteLine
from render.geography.extents import country_outline, fit_view, rectangle
from render.geography.natural_earth import source_digest
from render.geography.painting import MapPainting
from render.geography.projection import Projection, choose_projection
from render.shaping import TextStyle

SIZE = (320, 180)
COLOURS = Palette("#0e1a24", "#27333d", "#52626d", "#0c1015", "#52626d", "#f4efe6", "#a9c4d6", "#0c1015")


def painting(
    places: ArrayLike, fills: Iterable[Fill] = (), camera: Camera | None = None, frames: int = 60, **more: Any
) -> MapPainting:
    projection = choose_projection(places)
    view = fit_view(projection, np.asarray(places, np.float64), SIZE[0] / SIZE[1], (0.05, 0.05, 0.05, 0.05))
    return MapPainting(
        size=SIZE, frames=frames, rate=30.0, unit=1 / 6, worldview="german", source=source_digest("german"), projection=projection,
        camera=camera or Camera((Rest(view, view, 0, frames - 1),)), palette=COLOURS, fills=tuple(fills), **more,
    )  # fmt: skip


def on_land(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    atlas = load_atlas("german")
    rings = [
        shapely.Polygon(ring.astype(float))
        for owner in range(len(atlas.codes))
        for ring in atlas.details[3].rings(owner)
        if len(ring) > 3
    ]
    tree = shapely.STRtree(rings)
    hits = tree.query(shapely.points(lon, lat), predicate="within")[0]
    return np.asarray(np.bincount(hits, minlength=len(lon)) % 2 == 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "extent",
    [
        (47, 22, 61, 31),  # the Gulf
        (150, -50, -110, 50),  # the Pacific, over the 180th meridian
        (-149, -55, 171, 77),  # the world
        (160, 60, -160, 72),  # Chukotka, which the data cuts in two
        (-80, -89, 80, -60),  # Antarctica
    ],
)
def test_land_is_where_the_earth_has_it(extent: tuple[float, float, float, float]) -> None:
    """Back from pixels to degrees: no smear, no gap, no country on the wrong side of the world."""
    made = painting(rectangle(*extent))
    drawn = made.painter(SIZE)(0)
    view = made.camera.at(0)
    columns, rows = np.meshgrid(np.arange(4, SIZE[0], 5), np.arange(4, SIZE[1], 5))
    pixels = np.column_stack([columns.ravel(), rows.ravel()])
    plane = (pixels + 0.5 - np.array(SIZE) / 2) * view.width / SIZE[0] + (view.x, view.y)
    degrees = made.projection.back(plane)
    known = ~np.isnan(degrees).any(axis=1) & (np.abs(degrees[:, 1]) < 89)
    expected = on_land(*degrees[known].T)
    land = np.abs(drawn[..., :3].astype(int) - (0x27, 0x33, 0x3D)).max(2) < 14
    # Within three pixels of a coast, a border or a lake either may be right.
    around = sliding_window_view(np.pad(land, 3, mode="edge"), (7, 7)).mean(axis=(2, 3))
    plain = np.isin(around, (0.0, 1.0))[rows.ravel(), columns.ravel()][known]
    assert plain.mean() > 0.5
    assert (land[rows.ravel(), columns.ravel()][known] == expected)[plain].mean() > 0.99


def test_fills_have_their_colours_and_the_rest_is_land() -> None:
    egypt = np.array(country_outline("german", "EGY"))
    drawn = painting(egypt, [Fill("EGY", "#f6b73c")]).painter(SIZE)(0)
    assert drawn.shape == (180, 320, 4)
    assert tuple(drawn[90, 160]) == (0xF6, 0xB7, 0x3C, 255)
    assert tuple(drawn[120, 10]) == (0x27, 0x33, 0x3D, 255)


def test_borders_keep_their_width_under_the_camera() -> None:
    """Dark pixels across the straight border of Egypt and Libya, near and twice as near."""
    projection = choose_projection(np.array([(20.0, 20.0), (30.0, 30.0)]))
    at = projection.forward([(25.0, 26.0)])[0]
    widths = []
    for width in (0.2, 0.1):
        view = View(float(at[0]), float(at[1]), width)
        made = painting([(20, 20), (30, 30)], camera=Camera((Rest(view, view, 0, 59),)))
        row = made.painter((1280, 720))(0)[360, 500:780, :3].astype(float).mean(1)
        widths.append(float((row.max() - row).sum() / (row.max() - 16)))
    assert widths[0] == pytest.approx(widths[1], rel=0.25)


def test_it_rests_where_it_says_that_it_rests() -> None:
    style = TextStyle("Fira Sans Condensed", 36)
    label = Label("a", (("Suez", 0, 0),), style, "#ffffff", "#000000", (0, 0), (15, -15), (20, 60))
    route = RouteLine(((-0.1, 0), (0.1, 0)), "#f6b73c", 0, 10)
    made = painting([(20, 20), (40, 35)], marks=(Mark("town", (0, 0), 20),), labels=(label,), routes=(route,))
    draw = made.painter(SIZE)
    moving = {frame for first, last in made.busy for frame in range(first, last)}
    frames = [draw(frame) for frame in range(60)]
    for frame in range(1, 60):
        if frame not in moving and frame - 1 not in moving:
            assert np.array_equal(frames[frame], frames[frame - 1])
    assert not np.array_equal(frames[0], frames[12])
    assert len(moving) < 45


def test_a_drifting_camera_is_busy_all_along() -> None:
    view = View(0, 0, 1)
    made = painting([(20, 20), (40, 35)], camera=Camera((Rest(view.zoomed(0.95), view, 0, 59),)))
    assert made.busy == ((0, 60),)


@pytest.mark.slow
def test_every_frame_of_a_short_move_over_all_levels_of_detail_is_drawn() -> None:
    """From the world to a strait in half a second: a level may be needed for one frame only."""
    camera = Camera((Move(View(0, 0, 4.5), View(0.3, 0.2, 0.02), 1, 23),))
    draw = painting([(20, 20), (40, 35)], camera=camera, frames=24).painter((1920, 1080))
    assert all(draw(frame)[..., 3].all() for frame in range(24))


def test_it_travels_to_a_worker_and_has_an_address() -> None:
    made = painting([(20, 20), (40, 35)], [Fill("EGY", "#f6b73c")])
    again = pickle.loads(pickle.dumps(made))
    assert isinstance(made, Painting)
    assert digest(again) == digest(made)
    assert np.array_equal(again.painter(SIZE)(0), made.painter(SIZE)(0))
    assert digest(made) != digest(painting([(20, 20), (40, 35)]))


def test_a_cap_ends_in_one_rim_and_the_dark() -> None:
    """No land and no coast beyond its parallel, and the same fine line all round, over land and over sea."""
    size = (540, 540)
    projection = Projection("azimuthal", 0.0, 90.0, 28.0)
    view = View(0.0, 0.0, 2 * projection.rim / 0.8)
    made = replace(
        painting([(0, 70), (20, 80)]), size=size, unit=0.5, projection=projection,
        camera=Camera((Rest(view, view, 0, 59),)),
    )  # fmt: skip
    drawn = made.painter(size)(0)[..., :3].astype(int)
    turns = np.radians(np.arange(0, 360, 3))

    def ring(radius: float) -> NDArray[np.int_]:
        across, down = (size[0] / 2 + radius * 0.4 * size[0] * np.array([np.cos(turns), np.sin(turns)])).astype(int)
        return np.asarray(drawn[down, across])

    assert np.ptp(ring(1.03), axis=0).max() == 0, "nothing beyond"
    assert np.ptp(ring(0.97), axis=0).max() > 15, "land and sea within"
    seen = np.array([ring(radius) for radius in np.arange(0.99, 1.01, 0.002)]).sum(axis=2).max(axis=0)
    assert seen.min() > ring(1.03).sum(axis=1).max() + 60, "and a line between them"
