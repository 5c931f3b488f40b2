"""Hover previews of a real film: every tile shows its own moment, by what the gate saw or drawn again."""

from __future__ import annotations

import io
import itertools
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from render.composition import Composition, Layer, Plate
from render.segment_cache import SegmentCache
from render.sights import SightBook, see
from render.sprites import count_sheets, plan_tiles, write_sprites
from tests.integration.picture.scenery import NTSC, decode, fades_in, mark, plan, render, svg

pytestmark = pytest.mark.slow

COLOURS = ("#b03030", "#30b030", "#3030b0")
TILE = re.compile(r"(\S+) --> (\S+)\n(\d+)\.jpg#xywh=(\d+),(\d+),(\d+),(\d+)")


def seconds(text: str) -> float:
    hours, minutes, rest = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


@pytest.mark.parametrize(("minutes", "count", "sheets"), [(2, 60, 1), (10, 120, 2), (60, 360, 4)])
def test_longer_films_have_tiles_further_apart(minutes: int, count: int, sheets: int) -> None:
    tiles = plan_tiles(minutes * 60 * 30, Fraction(30))
    assert (len(tiles), count_sheets(tiles)) == (count, sheets)
    assert tiles[0].start == 0
    assert tiles[-1].end == minutes * 60
    assert all(a.end == b.start and a.frame / Fraction(30) < a.end for a, b in itertools.pairwise(tiles))


@pytest.mark.parametrize("looked", [True, False])
def test_every_tile_shows_its_moment_of_the_film(tmp_path: Path, looked: bool) -> None:
    def plain(colour: str, frames: int) -> Composition:
        ground = Layer("ground", Plate(svg(f'<rect width="320" height="180" fill="{colour}"/>')))
        return Composition((320, 180), frames, (ground, mark(motion=fades_in(0, 40))))

    segments = plan([plain(colour, 175) for colour in COLOURS], ["cut", "wipe", "cut"])
    picture = render(segments, tmp_path)
    store = SegmentCache(tmp_path / "cache")
    if looked:
        for segment in segments:
            SightBook(tmp_path / "cache").keep(segment.key, see(store.file(segment.key), (320, 180), {}))
    tiles = plan_tiles(picture.frames, NTSC)
    (tmp_path / "sprites").mkdir()
    write_sprites(tmp_path / "sprites", tiles, segments, tmp_path / "cache")
    film = decode(picture.path)
    found = TILE.findall((tmp_path / "sprites/tiles.vtt").read_text())
    assert len(found) == len(tiles) == 9
    assert float(found[-1][1].split(":")[-1]) == pytest.approx(525 / float(NTSC), abs=1e-3)
    with Image.open(io.BytesIO((tmp_path / "sprites/1.jpg").read_bytes())) as sheet:
        pixels = np.asarray(sheet)
    for start, end, _, *box in found:
        x, y, wide, high = map(int, box)
        assert (wide, high) == (240, 135)
        tile = pixels[y : y + high, x : x + wide].astype(int)
        moment = (seconds(start) + seconds(end)) / 2
        shown = film[int(moment * NTSC)].rgb()[4:40, 200:300].reshape(-1, 3).mean(axis=0)
        assert np.abs(tile[3:30, 150:225].reshape(-1, 3).mean(axis=0) - shown).max() < 8, start
