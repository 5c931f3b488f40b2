"""Which words and which sound of a long recording are a scene's, also where the narrator kept to no order."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.timecode import SAMPLE_RATE
from render.narration import Recording, Take
from render.recording import cut_recording
from render.spoken import by_scene
from tests.unit.render.test_recording import record
from transcripts.words import Alignment, Word

SCENES = [(0, "one", 3), (1, "two", 3), (2, "three", 3)]


def alignment(*tokens: int | str) -> Alignment:
    """Words in the voice's order, a second each: script words by number, ad-libs by text; what is missing was not said."""
    words = [
        Word(f"w{token}", at, at + 0.8, 1.0, "matched", token)
        if isinstance(token, int)
        else Word(token, at, at + 0.8, 0.9, "ad-libbed")
        for at, token in enumerate(tokens)
    ]
    unsaid = [Word(f"w{token}", None, None, 0.0, "unspoken", token) for token in range(9) if token not in tokens]
    return Alignment((*words, *unsaid))


def told(groups: list[list[Word]]) -> list[str]:
    return [" ".join(f"{word.text}{'' if word.start is not None else '?'}" for word in group) for group in groups]


def test_scenes_read_in_another_order_keep_their_words() -> None:
    groups = by_scene(SCENES, alignment(6, 7, 8, "well", 0, 1, 2, 3, 4, 5))
    assert told(groups) == ["w0 w1 w2", "w3 w4 w5", "w6 w7 w8 well"]
    assert [word.token for word in groups[2]] == [0, 1, 2, None]


def test_paragraphs_of_one_scene_may_change_places() -> None:
    assert told(by_scene(SCENES, alignment(1, 2, 0, 3, 4, 5, 6, 7, 8)))[0] == "w1 w2 w0"


def test_what_is_said_in_place_of_a_scenes_first_word_is_that_scenes() -> None:
    whole = alignment(0, 1, 2, "forty", 4, 5, 6, 7, 8).words
    assert told(by_scene(SCENES, Alignment((*whole[:3], whole[-1], *whole[3:-1])))) == [
        "w0 w1 w2",
        "w3? forty w4 w5",
        "w6 w7 w8",
    ]
    whole = alignment(0, 1, "forty", 3, 4, 5, 6, 7, 8).words
    assert told(by_scene(SCENES, Alignment((*whole[:2], whole[-1], *whole[2:-1])))) == [
        "w0 w1 w2? forty",
        "w3 w4 w5",
        "w6 w7 w8",
    ]


def test_a_piece_read_inside_another_scene_is_an_ad_lib_there() -> None:
    groups = by_scene(SCENES, alignment(0, 1, 2, 3, 8, 4, 5, 6, 7))
    assert told(groups) == ["w0 w1 w2", "w3 w8 w4 w5", "w8? w6 w7"]
    assert [word.origin for word in groups[1]] == ["matched", "ad-libbed", "matched", "matched"]


def test_the_sound_is_cut_where_each_scene_was_read(tmp_path: Path) -> None:
    """Three scenes of three words, a second each, the last read first: its take is the recording's first stretch."""
    voice = [(0.8, 9000.0), (0.2, 30.0)]
    path = record(tmp_path / "take.wav", voice * 9)
    take = Take(("one", "two", "three"), path, "digest", 9 * SAMPLE_RATE)
    recording = Recording(take, (), {"one": "one", "two": "two", "three": "three"}, frozenset(), None)
    takes = cut_recording(recording, [3, 3, 3], alignment(6, 7, 8, 0, 1, 2, 3, 4, 5), tmp_path)
    assert set(takes) == {"one", "two", "three"}
    assert [takes[scene].seconds for scene in ("one", "two", "three")] == pytest.approx([3, 3, 3], abs=0.2)
    whole = path.read_bytes()[44:]
    starts = [whole.find(takes[scene].path.read_bytes()[44 + 4800 : 44 + 9600]) for scene in ("three", "one", "two")]
    assert starts == sorted(starts)
    assert min(starts) >= 0
