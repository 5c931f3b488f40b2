"""A film's address holds everything that can change it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from render.bundle import Bundle, Kind
from render.composition import Composition, Key, Layer, Motion, Plate
from render.delivery import Delivered, film_key
from render.plan import plan_segments

SIZE, FRAMES = (320, 180), 200


def plan(entrance: int) -> Any:
    """A scene in which one thing slides in from a frame on, over a ground that stands."""
    slide = Motion(x=(Key(entrance, 10), Key(entrance + 20, 0)))
    layers = (Layer("field", Plate("<svg/>")), Layer("mover", Plate("<svg id='m'/>"), motion=slide))
    shot = SimpleNamespace(scene=SimpleNamespace(id="one", kind="title", transition="cut"), frames=FRAMES)
    stage: Any = SimpleNamespace(size=SIZE, rate=Fraction(30))
    shots: Any = [shot]
    return SimpleNamespace(
        segments=plan_segments(shots, (Composition(SIZE, FRAMES, layers),), stage),
        timeline=SimpleNamespace(shots=shots),
        script=SimpleNamespace(front=SimpleNamespace(title="A film", slug="a-film", language="en")),
        scenes=[shot.scene],
        alignments=(),
    )


def test_what_enters_later_is_another_film_of_the_same_segments() -> None:
    early, late = plan(60), plan(90)
    assert [segment.key for segment in early.segments] == [segment.key for segment in late.segments]
    assert film_key(early, "sound", (), ()) == film_key(plan(60), "sound", (), ())
    assert film_key(early, "sound", (), ()) != film_key(late, "sound", (), ())


def test_sheets_of_a_longer_film_go_and_nothing_else_beside_it(tmp_path: Path) -> None:
    kinds = (
        Kind("film", "", ".mp4"),
        Kind("sprites", "", ".sprites/tiles.vtt"),
        Kind("sprites-1", "", ".sprites/1.jpg"),
    )
    bundle = Bundle("key", tmp_path / "kept", kinds)
    for part in bundle.parts:
        part.path.parent.mkdir(parents=True, exist_ok=True)
        part.path.write_text("new")
    out = tmp_path / "out"
    others = ["film.en.vtt", "film.sprites/cover.jpg", "film.sprites/02.jpg", "other.sprites/2.jpg", "2.jpg"]
    for name in (*others, "film.sprites/1.jpg", "film.sprites/2.jpg", "film.sprites/10.jpg"):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("old")
    facts: Any = dict.fromkeys(Delivered.__dataclass_fields__)
    Delivered(**facts | {"bundles": (bundle,)}).copy_to(out / "film.mp4")
    files = {file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file()}
    assert files == {*others, "film.mp4", "film.sprites/tiles.vtt", "film.sprites/1.jpg"}
    assert (out / "film.sprites/1.jpg").read_text() == "new"
