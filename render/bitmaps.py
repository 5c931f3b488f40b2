"""Picture files as pixels: any mode, depth and profile, upright, in sRGB, with memory that has a limit whatever their size."""

from __future__ import annotations

import io
import math
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cache import touch
from core.digest import digest
from core.errors import BadInput, Place
from core.files import whole_file
from render.large_png import can_stream, reduce_png

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Bytes = NDArray[np.uint8]

MOST_PIXELS = 120_000_000
"""Above this a picture is not decoded whole: 120 megapixels are 360 MB."""
MOST_STREAMED = 1_200_000_000
"""Above this a PNG or JPEG, which are decoded in parts or reduced, is refused too: it would take minutes."""
KEPT = 32_000_000
"""Pixels to which a picture is reduced that is decoded in parts."""
_MEANS = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")
"""Modes of which means can be taken; a palette's numbers have none."""
_ROTATION = 0x0112
_DARK = 90
"""Mean level under which what is drawn on a transparent ground is taken to be meant for a light one."""
_SRGB_INTENT = 1
"""Relative colorimetric: colours that both spaces have stay as they are."""


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Whatever a decoder says is one error for the person whose picture it is."""
    from PIL import Image, UnidentifiedImageError

    # Sizes are judged here, by what is decoded of them.
    Image.MAX_IMAGE_PIXELS = None
    if not path.stat().st_size:
        raise BadInput(f"{path.name} is empty", hint="copy or export it again", place=Place(str(path)))
    try:
        yield
    except UnidentifiedImageError as error:
        hint = "save it again as JPEG or PNG"
        raise BadInput(f"{path.name} is not a picture that can be read", hint=hint, place=Place(str(path))) from error
    except (OSError, SyntaxError, ValueError, EOFError, zlib.error, struct.error) as error:
        hint = "is it whole? open it in an image editor and save it again"
        raise BadInput(f"{path.name} is not a picture that can be read", hint=hint, place=Place(str(path))) from error


def bitmap_size(path: Path) -> tuple[int, int]:
    """(width, height) as the picture is seen, upright. Raises BadInput."""
    from PIL import Image

    with _readable(path), Image.open(path) as picture:
        wide, high = picture.size
        return (high, wide) if _lies_down(picture) else (wide, high)


def is_animated(path: Path) -> bool:
    """True for a GIF, PNG or WebP of several pictures, of which the first is shown."""
    from PIL import Image

    with _readable(path), Image.open(path) as picture:
        return picture.format in ("GIF", "PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1


def _rotation(picture: Image) -> int:
    """How it is turned, as EXIF numbers it, 1 for upright. Pillow would decode a whole PNG to look behind its pixels too."""
    from PIL import Image

    known = picture.getexif() if picture.format != "PNG" else Image.Exif()
    if picture.format == "PNG":
        known.load(picture.info.get("exif", b""))
    return int(known.get(_ROTATION, 1))


def _lies_down(picture: Image) -> bool:
    return _rotation(picture) in {5, 6, 7, 8}


def read_bitmap(path: Path, grounds: tuple[str, str], reduction: int = 1, keep: Path | None = None) -> Bytes:
    """The picture as uint8 (height, width, 3), sRGB, upright, at most `reduction` times smaller; one of a hundred megapixels and
    more may be smaller than that. `grounds` (#rrggbb): what lies behind what is transparent, and what behind dark drawings.

    `keep` is a folder where what took long is kept.

    Raises BadInput for what cannot be read, or would take too much.
    """
    import numpy as np
    from PIL import Image

    with _readable(path), Image.open(path) as opened:
        wide, high = opened.size
        png = opened.format == "PNG" and can_stream(path)
        if wide * high > (MOST_STREAMED if png or opened.format == "JPEG" else MOST_PIXELS):
            raise BadInput(
                f"{path.name} has {wide}×{high} pixels",
                hint="scale it to 8000 pixels or less across",
                place=Place(str(path)),
            )
        large = wide * high > MOST_PIXELS
        base = math.ceil(math.sqrt(wide * high / KEPT)) if large else 1
        least = max(reduction, base)
        if png and large:
            small = _kept_png(path, base, keep)
            small = small.reduce(least // base) if least >= 2 * base else small
        else:
            # A JPEG can be decoded at a half, a quarter or an eighth; what is left is done by means.
            opened.draft(opened.mode, (wide // least, high // least))
            left = max(1, least * opened.width // wide)
            small = opened.reduce(left) if left > 1 and opened.mode in _MEANS else opened
        if small is not opened and "icc_profile" in opened.info:
            small.info["icc_profile"] = opened.info["icc_profile"]
        upright = _turned(small, opened)
        return np.asarray(_to_rgb(upright, grounds), np.uint8)


def _kept_png(path: Path, reduction: int, keep: Path | None) -> Image:
    """A very large PNG reduced, or as it was kept when it was read before; what was kept and is damaged is made again."""
    if keep is None:
        return reduce_png(path, reduction)
    stat = path.stat()
    kept = keep / f"{digest(path.resolve(), stat.st_mtime_ns, stat.st_size, reduction)}.png"
    if kept.is_file():
        touch(kept)
        with suppress(OSError, SyntaxError, ValueError):
            return _loaded(kept)
    made = reduce_png(path, reduction)
    with whole_file(kept) as temporary:
        made.save(temporary, "PNG", compress_level=1)
    return _loaded(kept)


def _loaded(path: Path) -> Image:
    """A picture with all its pixels, its file closed."""
    from PIL import Image

    with Image.open(path) as picture:
        loaded: Image.Image = picture.copy()
    return loaded


def _turned(small: Image, original: Image) -> Image:
    """A reduced copy, upright as its original says."""
    from PIL.Image import Transpose

    ways = {
        2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
    }  # fmt: skip
    way = ways.get(_rotation(original))
    return small if way is None else small.transpose(way)


def _to_rgb(picture: Image, grounds: tuple[str, str]) -> Image:
    """In sRGB, 8 bits, opaque."""
    import numpy as np
    from PIL import Image

    if picture.mode.startswith("I") or picture.mode == "F":
        # Deep greys: Pillow's own conversion would clip instead of scaling. Shares of one are what floats are by custom.
        grey = np.asarray(picture, np.float32)
        scale = 255.0 if picture.mode == "F" and float(grey.max(initial=0)) <= 1.0 else 1 / 257.0
        return Image.fromarray(np.clip(np.rint(grey * scale), 0, 255).astype(np.uint8)).convert("RGB")
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    straight = _profiled(picture.convert("RGBA") if clear else picture)
    return _on_ground(straight, grounds) if clear else straight.convert("RGB")


def _profiled(picture: Image) -> Image:
    """In sRGB, by the profile that the file carries; one that cannot be used is left aside."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(own).casefold():
            return picture
        wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
        flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
        made = ImageCms.profileToProfile(
            picture, own, _srgb(), renderingIntent=ImageCms.Intent(_SRGB_INTENT), outputMode=wanted, flags=flags
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return made or picture


@lru_cache(maxsize=1)
def _srgb() -> Any:
    from PIL import ImageCms

    return ImageCms.createProfile("sRGB")


def _on_ground(picture: Image, grounds: tuple[str, str]) -> Image:
    """What is transparent laid on the first ground, or on the second where what is drawn is dark."""
    import numpy as np
    from PIL import Image

    small = np.asarray(picture.resize((64, 64)), np.float32)
    weight = small[..., 3]
    light = float((small[..., :3].mean(axis=2) * weight).sum() / max(float(weight.sum()), 1.0))
    ground = Image.new("RGBA", picture.size, grounds[1] if light < _DARK else grounds[0])
    return Image.alpha_composite(ground, picture).convert("RGB")
