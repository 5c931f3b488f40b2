"""What was seen of a segment is kept whole, and a damaged file of it is as good as none."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from render.likeness import Likeness
from render.sights import Sight, SightBook


def sight() -> Sight:
    steps = np.random.default_rng(0).integers(0, 3, (30, 27, 48, 3))
    return Sight(
        np.arange(30, dtype=np.uint32),
        np.cumsum(steps, axis=0).astype(np.uint8),
        np.zeros(30, np.bool_),
        tuple(bytes([number] * 16) for number in range(30)),
        ("a complaint",),
        {0: b"a picture"},
        {3: Likeness(1.5)},
    )


def test_it_is_kept_and_recalled(tmp_path: Path) -> None:
    book, seen = SightBook(tmp_path), sight()
    book.keep("a", seen)
    again = book.recall("a")
    assert again
    assert (again.cells == seen.cells).all()
    assert (again.packets, again.complaints, again.thumbs, again.likeness) == (
        seen.packets,
        seen.complaints,
        seen.thumbs,
        seen.likeness,
    )
    assert book.seen("a", 3)
    assert not book.seen("a", 4)
    assert book.recall("b") is None


def test_flipped_bits_and_half_a_file_are_as_good_as_none(tmp_path: Path) -> None:
    book = SightBook(tmp_path)
    book.keep("a", sight())
    file = book.file("a")
    whole = file.read_bytes()
    places = random.Random(1)
    ends = [*range(40), *range(len(whole) - 1200, len(whole), 5)]
    for place in (*ends, *(places.randrange(len(whole)) for _ in range(200))):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << places.randrange(8)
        file.write_bytes(damaged)
        book.seen("a", 3)
        kept = book.recall("a")
        assert kept is None or len(kept.packets) == 30
    for length in (0, 1, len(whole) // 2):
        file.write_bytes(whole[:length])
        assert book.recall("a") is None
        assert not book.seen("a", None)
