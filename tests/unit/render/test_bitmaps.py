"""Pictures of every kind as pixels: the right colours, upright, and never more memory than there is."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core.errors import BadInput
from render import bitmaps, large_png
from render.bitmaps import bitmap_size, is_animated, read_bitmap

GROUNDS = ("#0b0f14", "#f2efe8")


def save(folder: Path, picture: Image.Image, name: str, **options: Any) -> Path:
    path = folder / name
    picture.save(path, **options)
    return path


def pixel(path: Path, x: int = 0, y: int = 0) -> list[int]:
    colour: list[int] = read_bitmap(path, GROUNDS)[y, x].tolist()
    return colour


@pytest.mark.parametrize("name", ["p.tif", "p.jpg"])
@pytest.mark.parametrize("ink", [(0, 0, 0, 0), (255, 0, 0, 0), (0, 200, 100, 30), (10, 20, 30, 128)])
def test_cmyk_is_what_its_inks_leave(tmp_path: Path, name: str, ink: tuple[int, int, int, int]) -> None:
    """Without a profile, a channel is what its ink and the black let through."""
    options = {"quality": 100, "subsampling": 0} if name == "p.jpg" else {}
    path = save(tmp_path, Image.new("CMYK", (16, 16), ink), name, **options)
    meant = [round((255 - part) * (255 - ink[3]) / 255) for part in ink[:3]]
    assert np.abs(np.array(pixel(path)) - meant).max() <= 2


def test_sixteen_bits_of_colour_and_of_grey(tmp_path: Path) -> None:
    import cv2

    deep = np.full((8, 8, 3), (10_000, 20_000, 40_000), np.uint16)
    for name in ("p.png", "p.tif"):
        cv2.imwrite(str(tmp_path / name), deep)
        assert np.abs(np.array(pixel(tmp_path / name)) - [40_000 / 257, 20_000 / 257, 10_000 / 257]).max() <= 1
        cv2.imwrite(str(tmp_path / f"grey-{name}"), deep[..., 1])
        assert np.abs(np.array(pixel(tmp_path / f"grey-{name}")) - 20_000 / 257).max() <= 1
    share = save(tmp_path, Image.fromarray(np.full((8, 8), 0.5, np.float32)), "float.tif")
    assert pixel(share) == [128, 128, 128]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright_whichever_way_the_camera_was_held(tmp_path: Path, orientation: int) -> None:
    upright = np.zeros((32, 48, 3), np.uint8)
    upright[:16, :24], upright[:16, 24:] = (255, 0, 0), (0, 255, 0)
    upright[16:, :24], upright[16:, 24:] = (0, 0, 255), (255, 255, 255)
    turned = upright.transpose(1, 0, 2)
    back = {
        1: upright, 2: upright[:, ::-1], 3: upright[::-1, ::-1], 4: upright[::-1], 5: turned, 6: turned[::-1],
        7: turned[::-1, ::-1], 8: turned[:, ::-1],
    }[orientation]  # fmt: skip
    for name in ("p.png", "p.jpg"):
        picture = Image.fromarray(np.ascontiguousarray(back))
        exif = picture.getexif()
        exif[0x0112] = orientation
        path = save(tmp_path, picture, name, exif=exif, **({"quality": 95} if name == "p.jpg" else {}))
        assert bitmap_size(path) == (48, 32)
        seen = read_bitmap(path, GROUNDS)
        assert seen.shape == (32, 48, 3)
        assert (
            np.abs(seen[[4, 4, 28, 28], [4, 44, 4, 44]].astype(int) - upright[[4, 4, 28, 28], [4, 44, 4, 44]]).max()
            < 12
        )


def test_what_is_transparent_lies_on_the_theme_s_ground_and_dark_lines_on_a_light_one(tmp_path: Path) -> None:
    light = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    light.paste((255, 255, 255, 255), (0, 0, 32, 64))
    path = save(tmp_path, light, "light.png")
    assert (pixel(path, 5, 5), pixel(path, 60, 5)) == ([255, 255, 255], [11, 15, 20])
    dark = Image.new("RGBA", (64, 64), (255, 255, 255, 0))
    dark.paste((20, 20, 20, 255), (0, 0, 32, 64))
    path = save(tmp_path, dark, "dark.png")
    assert (pixel(path, 5, 5), pixel(path, 60, 5)) == ([20, 20, 20], [242, 239, 232])
    indexed = Image.new("P", (64, 64), 1)
    indexed.putpalette([200, 10, 10, 10, 200, 10])
    path = save(tmp_path, indexed, "indexed.png", transparency=1)
    assert pixel(path) == [242, 239, 232] or pixel(path) == [11, 15, 20]


def test_the_first_picture_of_an_animation(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    for name in ("a.gif", "a.png", "a.webp"):
        options = {"lossless": True} if name == "a.webp" else {}
        path = save(tmp_path, frames[0], name, save_all=True, append_images=frames[1:], **options)
        assert is_animated(path)
        assert pixel(path) == [255, 0, 0]
    assert not is_animated(save(tmp_path, frames[0], "still.png"))


def profile(
    red: tuple[float, float, float], green: tuple[float, float, float], blue: tuple[float, float, float]
) -> bytes:
    """A matrix profile (ICC.1:2022) of gamma 2.2 with these primaries as XYZ of D50."""

    def number(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def xyz(values: tuple[float, float, float]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(map(number, values))

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Wide\0" + bytes(78) + b"\0"
    tags = {
        b"desc": text, b"wtpt": xyz((0.9642, 1.0, 0.8249)), b"rXYZ": xyz(red), b"gXYZ": xyz(green), b"bXYZ": xyz(blue),
        b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    }  # fmt: skip
    table, data, place = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, body in tags.items():
        padded = body + bytes(-len(body) % 4)
        table += name + struct.pack(">II", place + len(data), len(body))
        data += padded
    head = struct.pack(">I4sI4s4s4s", 128 + len(table) + len(data), b"lcms", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + number(0.9642) + number(1.0) + number(0.8249) + bytes(48)
    return head[:128].ljust(128, b"\0") + table + data


def test_a_wide_profile_is_brought_to_srgb(tmp_path: Path) -> None:
    """Adobe RGB's green lies outside sRGB; a grey is a grey in both."""
    wide = profile((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
    path = save(tmp_path, Image.new("RGB", (8, 8), (150, 150, 150)), "grey.png", icc_profile=wide)
    assert np.ptp(pixel(path)) <= 2
    path = save(tmp_path, Image.new("RGB", (8, 8), (200, 100, 100)), "red.png", icc_profile=wide)
    red, green, _ = pixel(path)
    assert (red - green) > 110, "more colourful as sRGB has to say it"


def test_what_is_no_picture_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "p.jpg"
    for data, said in ((b"", "is empty"), (b"no picture", "not a picture that can be read")):
        path.write_bytes(data)
        for ask in (bitmap_size, lambda path: read_bitmap(path, GROUNDS)):
            with pytest.raises(BadInput, match=said) as caught:
                ask(path)
            assert caught.value.place is not None
    noise = np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    for name in ("p.jpg", "p.png", "p.tif", "p.webp"):
        path = save(tmp_path, Image.fromarray(noise), name)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(BadInput, match="not a picture that can be read"):
            read_bitmap(path, GROUNDS)


@pytest.mark.parametrize("mode", ["RGB", "L", "LA", "RGBA", "P", "P4", "P1", "1"])
def test_a_large_png_in_parts_is_the_same_as_in_one(tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(2).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    picture = Image.fromarray(noise).resize((301, 203), Image.Resampling.BICUBIC)
    bits = {"P4": 4, "P1": 1}.get(mode)
    picture = picture.quantize(2**bits) if bits else picture.convert(mode)
    path = save(tmp_path, picture, "p.png", **({"bits": bits} if bits else {}))
    monkeypatch.setattr(large_png, "_BAND", 9000)
    own = picture.convert({"P": "RGB", "1": "L"}.get(picture.mode, picture.mode))
    assert np.array_equal(np.asarray(large_png.reduce_png(path, 3)), np.asarray(own.reduce(3)))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises((ValueError, zlib.error)):
        large_png.reduce_png(path, 3)


def test_a_large_picture_is_reduced_while_it_is_read_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bitmaps, "MOST_PIXELS", 40_000)
    monkeypatch.setattr(bitmaps, "KEPT", 10_000)
    picture = Image.new("RGB", (400, 300), (10, 120, 200))
    for name in ("p.png", "p.jpg"):
        made = read_bitmap(save(tmp_path, picture, name), GROUNDS, keep=tmp_path / "kept")
        assert made.shape[0] * made.shape[1] <= 20_000
        assert np.abs(made[10, 10].astype(int) - (10, 120, 200)).max() <= 3
    [kept] = (tmp_path / "kept").iterdir()
    assert np.array_equal(
        np.asarray(Image.open(kept)), read_bitmap(tmp_path / "p.png", GROUNDS, keep=tmp_path / "kept")
    )
    with pytest.raises(BadInput, match="has 400×300 pixels"):
        read_bitmap(save(tmp_path, picture, "p.tif"), GROUNDS)
    monkeypatch.setattr(bitmaps, "MOST_STREAMED", 100_000)
    with pytest.raises(BadInput, match="has 400×300 pixels"):
        read_bitmap(tmp_path / "p.png", GROUNDS)


@pytest.mark.parametrize("harm", ["head", "pixels", "cut"])
def test_a_kept_picture_that_is_damaged_is_made_again(
    harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The photographer's file is whole: what the cache lost is no fault of it."""
    monkeypatch.setattr(bitmaps, "MOST_PIXELS", 40_000)
    monkeypatch.setattr(bitmaps, "KEPT", 10_000)
    noise = np.random.default_rng(3).integers(0, 256, (300, 400, 3), np.uint8)
    path = save(tmp_path, Image.fromarray(noise), "p.png")
    whole = read_bitmap(path, GROUNDS, keep=tmp_path / "kept")
    (kept,) = (tmp_path / "kept").iterdir()
    data = bytearray(kept.read_bytes())
    if harm == "cut":
        del data[len(data) // 2 :]
    else:
        data[3 if harm == "head" else len(data) // 2] ^= 1
    kept.write_bytes(data)
    assert np.array_equal(whole, read_bitmap(path, GROUNDS, keep=tmp_path / "kept"))
    assert kept.read_bytes() != data


_CHILD = """
import resource, sys
from pathlib import Path
from render.bitmaps import bitmap_size, read_bitmap
import PIL.Image, PIL.ImageCms
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
path = Path(sys.argv[1])
assert bitmap_size(path) == (30_000, 6_000)
made = read_bitmap(path, ("#000000", "#ffffff"))
assert made.shape == (2_000, 10_000, 3), made.shape
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.slow
def test_thirty_thousand_pixels_cost_less_memory_than_they_have(tmp_path: Path) -> None:
    """540 MB decoded whole; read in parts it is never more than what is kept of it, three times over."""
    row = b"\1" + bytes((30, 60, 90)) + bytes(3 * 29_999)
    deflate = zlib.compressobj(1)
    data = b"".join([deflate.compress(row) for _ in range(6_000)]) + deflate.flush()
    head = struct.pack(">IIBBBBB", 30_000, 6_000, 8, 2, 0, 0, 0)
    with (tmp_path / "p.png").open("wb") as stream:
        stream.write(b"\x89PNG\r\n\x1a\n")
        for name, body in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b"")):
            stream.write(struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)))
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, tmp_path / "p.png"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 300
