from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from render.planes import Bytes
from render.sheet import CELL, GAP, HEAD, SheetEntry, contact_sheet


def shown(still: Bytes) -> Callable[[], Bytes]:
    return lambda: still


def test_a_sheet_shows_every_still_in_rows_of_three(tmp_path: Path) -> None:
    colours = [(200, 40, 40), (40, 200, 40), (40, 40, 200), (200, 200, 40)]
    entries = [
        SheetEntry(
            shown(np.full((90, 160, 3), colour, np.uint8)),
            "0:0" + str(n),
            f"scene-{n}",
            "Spoken words, many of them. " * 20,
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


def test_the_sheet_of_a_long_film_is_broad_rather_than_endless(tmp_path: Path) -> None:
    still = np.full((9, 16, 3), 200, np.uint8)
    contact_sheet([SheetEntry(shown(still), "0:00", "one", "Said. ")] * 90, tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert 2 < sheet.height / sheet.width < 4.2
        columns = (sheet.width - GAP) // (CELL + GAP)
        pixels = np.asarray(sheet)
    for column in range(columns):
        assert (pixels[GAP + 20, GAP + column * (CELL + GAP) + 20] == 200).all()


def near(pixels: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    """Rows in which there are pixels of about that colour."""
    return np.flatnonzero((np.abs(pixels.astype(int) - colour).max(axis=2) < 12).any(axis=1))


def test_what_is_said_and_what_is_wrong_both_stand_under_a_still(tmp_path: Path) -> None:
    still = np.zeros((90, 160, 3), np.uint8)
    warnings = tuple(
        f"this is warning {number} and it is long enough for more than a single line" for number in range(4)
    )
    contact_sheet([SheetEntry(shown(still), "0:00", "one", "Said words. " * 40, warnings)], tmp_path / "a.png")
    contact_sheet([SheetEntry(shown(still), "0:00", "one", "Said words. " * 40)], tmp_path / "b.png")
    both, said = (np.asarray(Image.open(tmp_path / name)) for name in ("a.png", "b.png"))
    assert both.shape[0] > said.shape[0]
    ink, warn = (242, 239, 232), (240, 180, 41)
    assert near(both, warn).min() > near(both, ink).max(), "warnings below the narration"
    assert not len(near(said, warn))
    below = GAP + CELL * 90 // 160 + 44
    rows = near(both, ink)
    text = rows[rows >= below]
    assert 50 < text.max() - text.min() < 3 * 25, "three lines of narration"


def test_a_line_over_all_says_what_concerns_all(tmp_path: Path) -> None:
    still = np.full((90, 160, 3), 200, np.uint8)
    contact_sheet([SheetEntry(shown(still), "0:00", "one")] * 2, tmp_path / "a.png", "A film", "estimated times")
    pixels = np.asarray(Image.open(tmp_path / "a.png"))
    first = int(np.flatnonzero((pixels[:, GAP + 10] == 200).all(axis=1))[0])
    assert first == GAP + HEAD
    assert (pixels[:first] > 100).any()


def test_a_word_wider_than_the_still_is_cut(tmp_path: Path) -> None:
    entries = [SheetEntry(shown(np.zeros((90, 160, 3), np.uint8)), "0:00", "one", "W" * 200)] * 2
    contact_sheet(entries, tmp_path / "a.png")
    pixels = np.asarray(Image.open(tmp_path / "a.png"))
    gutter = pixels[:, GAP + CELL + 4 : GAP + CELL + GAP - 4]
    assert (gutter == gutter[0, 0]).all()


def test_a_title_that_is_read_from_the_right_leaves_the_facts_after_it(tmp_path: Path) -> None:
    still = np.full((90, 160, 3), 200, np.uint8)
    heads = []
    for name, facts in (("one", "1:29 · times as narrated"), ("two", "")):
        contact_sheet([SheetEntry(shown(still), "0:00", "one")] * 3, tmp_path / f"{name}.png", "נתיבי הים", facts)
        heads.append(np.asarray(Image.open(tmp_path / f"{name}.png"))[: GAP + HEAD])
    both, alone = (head.max(axis=(0, 2)) > 100 for head in heads)
    end = int(np.flatnonzero(alone).max()) + 1
    assert (both[:end] == alone[:end]).all()
    assert both[end:].any()
