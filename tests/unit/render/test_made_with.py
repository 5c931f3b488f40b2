"""What draws and encodes is part of every key by what it is, not by where it lies: fonts, and another ffmpeg than the package's."""

import importlib.resources
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from core.digest import digest
from core.errors import SluglineError
from render import fonts
from render.composition import Footage, Layer
from render.encode import Encoding
from render.ffmpeg import ffmpeg_identity, ffmpeg_path
from render.fonts import faces_digest, font_digest
from render.segments import content_address, made_with, make_segment
from render.stage import Stage
from tests.unit.render.conftest import Make, Shoot

Program = Callable[..., Path]


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """What is known for the life of a process is asked again."""
    caches = (ffmpeg_path, ffmpeg_identity, made_with, font_digest)
    for known in caches:
        known.cache_clear()
    yield
    for known in caches:
        known.cache_clear()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Name a program of the environment's: the package's own behind a script, in a folder, with a line in the script before it."""
    real = ffmpeg_path()

    def name(folder: str, line: str = "") -> Path:
        for known in (ffmpeg_path, ffmpeg_identity, made_with):
            known.cache_clear()
        file = tmp_path / folder / "ffmpeg"
        file.parent.mkdir()
        file.write_text(f'#!/bin/sh\n{line}\nexec "{real}" "$@"\n')
        file.chmod(0o755)
        monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(file))
        return file

    return name


def key(make: Make, shoot: Shoot, stage: Stage) -> str:
    scene = make("number")
    made = scene.compose(shoot(scene, 3, {(): 2}), stage)
    return make_segment("number", made, Fraction(30), Encoding(), 0, 40).key


def test_the_same_program_elsewhere_changes_no_key(program: Program, stage: Stage, make: Make, shoot: Shoot) -> None:
    keys = []
    for folder in ("here", "there"):
        file = program(folder)
        assert ffmpeg_path() == str(file)
        keys.append(key(make, shoot, stage))
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    "line",
    [
        'case "$*" in *-version*) echo another version; exit;; esac',
        # The same version, with another x264 behind it.
        'case "$*" in *libx264*) echo other bytes; exit;; esac',
    ],
    ids=["version", "encoder"],
)
def test_another_program_in_the_same_place_changes_every_key(
    line: str, program: Program, stage: Stage, make: Make, shoot: Shoot
) -> None:
    program("one")
    before = key(make, shoot, stage)
    program("other", line)
    assert key(make, shoot, stage) != before


def test_all_that_a_clip_s_pictures_depend_on_is_in_its_key() -> None:
    plain = Footage(Path("a.mov"), "0" * 64, Fraction(0), Fraction(2), Fraction(1), (0, 0, 64, 36), (0, 0, 64, 36))
    others = [
        replace(plain, sha256="1" * 64), replace(plain, start=Fraction(1)), replace(plain, speed=Fraction(2)),
        replace(plain, window=(0, 0, 32, 18)), replace(plain, box=(0, 0, 32, 18)), replace(plain, ground="blur"),
        replace(plain, alpha="straight"), replace(plain, alpha="premultiplied"),
    ]  # fmt: skip
    addresses = [digest(content_address(Layer("clip", one))) for one in (plain, *others)]
    assert len(set(addresses)) == len(addresses)
    assert digest(content_address(Layer("clip", replace(plain, path=Path("b.mov"))))) == addresses[0]


def test_the_package_s_own_is_known_by_its_version_alone() -> None:
    assert ffmpeg_identity() == ""


def test_a_program_that_encodes_nothing_is_one_error(program: Program) -> None:
    program("broken", 'case "$*" in *libx264*) echo no such encoder >&2; exit 1;; esac')
    with pytest.raises(SluglineError, match="could not encode a picture"):
        made_with()


def test_every_font_that_a_glyph_may_come_from_is_in_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: Stage, make: Make, shoot: Shoot
) -> None:
    """A font that comes last, under the same path with other letters; and with the same ones under another."""
    folder = Path(str(importlib.resources.files("fontpkg_fira_sans_condensed"))) / "files"
    keys, digests = [], []
    for place, weight in (("a.ttf", "Black"), ("a.ttf", "Regular"), ("b.ttf", "Regular")):
        shutil.copyfile(folder / f"FiraSansCondensed-{weight}.ttf", tmp_path / place)
        monkeypatch.setattr(fonts, "FAMILIES", (*fonts._VARIABLE, str(tmp_path / place)))
        font_digest.cache_clear()
        keys.append(key(make, shoot, stage))
        digests.append(faces_digest("Inter"))
    for found in (keys, digests):
        assert found[0] != found[1]
        assert found[1] == found[2]
