from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from render.sheet import CELL, GAP, SheetEntry, contact_sheet, thumbnail


def test_a_sheet_shows_every_still_in_rows_of_three(tmp_path: Path) -> None:
    colours = [(200, 40, 40), (40, 200, 40), (40, 40, 200), (200, 200, 40)]
    entries = [
        SheetEntry(
            np.full((90, 160, 3), colour, np.uint8), "0:0" + str(n), f"scene-{n}", "Spoken words, many of them. " * 20
        )
        for n, colour in enumerate(colours)
    ]
    contact_sheet(entries, tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.width == GAP + 3 * (CELL + GAP)
        pixels = np.asarray(sheet)
    tall = CELL * 90 // 160
    assert pixels[GAP + 10, GAP + 10].tolist() == list(colours[0])
    assert pixels[GAP + 10, GAP + 2 * (CELL + GAP) + 10].tolist() == list(colours[2])
    captions = pixels[GAP + tall : GAP + tall + 100]
    assert (captions > 150).any(), "captions are written"
    edge = pixels[GAP + tall : GAP + tall + 112, GAP + CELL + 4 : GAP + CELL + GAP - 4]
    assert (edge == edge[0, 0]).all(), "and stay under their own still"


@pytest.mark.parametrize("shape", [(1080, 1920), (720, 1280), (90, 160), (1920, 1080)])
def test_a_thumbnail_is_what_sites_take(tmp_path: Path, shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(2).integers(0, 256, (*shape, 3), dtype=np.uint8)
    thumbnail(noise, tmp_path / "t.jpg")
    assert (tmp_path / "t.jpg").stat().st_size < 2_000_000
    with Image.open(tmp_path / "t.jpg") as picture:
        assert picture.size == (1280, 720)
        assert picture.format == "JPEG"
