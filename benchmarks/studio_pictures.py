"""Pictures and films for a made studio: a map or a type-only thumbnail a video, a handful of short, real films."""

import json
import math
import random
import subprocess
import textwrap
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from core.files import whole_file
from core.resources import resource
from render.ffmpeg import ffmpeg_path

SIZE = (640, 360)
_DRAWN = (1280, 720)
_RADIUS = 57.3
Ring = tuple[tuple[float, float], ...]
Colour = tuple[int, int, int]

PALETTES: tuple[tuple[Colour, Colour, Colour, Colour], ...] = (
    ((16, 32, 48), (34, 58, 80), (232, 163, 61), (244, 241, 233)),
    ((27, 38, 33), (49, 68, 58), (226, 113, 75), (243, 240, 230)),
    ((41, 27, 44), (69, 48, 74), (238, 180, 98), (245, 239, 235)),
    ((232, 226, 212), (206, 197, 177), (176, 58, 46), (36, 34, 30)),
    ((222, 230, 234), (188, 203, 211), (20, 92, 122), (23, 35, 43)),
    ((20, 42, 50), (38, 72, 80), (120, 200, 180), (236, 244, 240)),
)
"""Sea or ground, land, accent, ink."""


@lru_cache(maxsize=64)
def _font(size: int, weight: str = "SemiBold") -> ImageFont.FreeTypeFont:
    spec = find_spec("fontpkg_fira_sans_condensed")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    folder = Path(spec.submodule_search_locations[0], "files")
    return ImageFont.truetype(str(folder / f"FiraSansCondensed-{weight}.ttf"), size)


@lru_cache(maxsize=1)
def _world() -> dict[int, tuple[Ring, ...]]:
    """Every country's outer rings, longitude and latitude, from the topology that comes with Slugline."""
    topology = json.loads(resource("render", "vendor", "countries-50m.json").read_text())
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[tuple[float, float]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(numbers: Sequence[int]) -> Ring:
        points: list[tuple[float, float]] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return tuple(points)

    out: dict[int, tuple[Ring, ...]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        code = int(shape["id"]) if shape.get("id") else -len(out) - 1
        out[code] = tuple(ring(polygon[0]) for polygon in polygons)
    return out


def draw_thumbnail(path: Path, title: str, series: str, country: int, number: int) -> None:
    """A JPEG of 640 × 360: the country on its map, or its title alone on colour; never two alike."""
    chance = random.Random(f"{title}:{number}")
    ground, land, accent, ink = chance.choice(PALETTES)
    image = Image.new("RGB", _DRAWN, ground)
    draw = ImageDraw.Draw(image)
    if country in _world() and chance.random() < 0.75:
        _draw_map(draw, country, (ground, land, accent, ink))
        _draw_shade(image, ground)
    else:
        _draw_pattern(draw, chance, land)
    draw = ImageDraw.Draw(image)
    _draw_title(draw, title, series, accent, ink)
    with whole_file(path) as temporary:
        image.resize(SIZE, Image.Resampling.LANCZOS).save(temporary, quality=82)


def _draw_map(draw: ImageDraw.ImageDraw, country: int, colours: tuple[Colour, Colour, Colour, Colour]) -> None:
    ground, land, accent, _ink = colours
    # The largest piece of the country gives the view: overseas islands would leave it a dot.
    main = max(_world()[country], key=_extent)
    west, east = min(x for x, _ in main), max(x for x, _ in main)
    south, north = min(y for _, y in main), max(y for _, y in main)
    middle = ((west + east) / 2, (south + north) / 2)
    squeeze = max(0.2, math.cos(math.radians(middle[1])))
    scale = min(560 / max((east - west) * squeeze, 2.0), 330 / max(north - south, 2.0))
    # The map's subject stands right of the middle, clear of the title.
    centre = (_DRAWN[0] * 0.7, _DRAWN[1] * 0.34)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return (
            centre[0] + (point[0] - middle[0]) * squeeze * scale,
            centre[1] - (point[1] - middle[1]) * scale,
        )

    reach = _DRAWN[0] / scale / squeeze
    for code, rings in _world().items():
        for ring in rings:
            if min(x for x, _ in ring) > middle[0] + reach or max(x for x, _ in ring) < middle[0] - reach:
                continue
            if max(x for x, _ in ring) - min(x for x, _ in ring) > 300:
                continue
            draw.polygon([place(point) for point in ring], fill=accent if code == country else land, outline=ground)


def _extent(ring: Ring) -> float:
    return (max(x for x, _ in ring) - min(x for x, _ in ring)) * (max(y for _, y in ring) - min(y for _, y in ring))


def _draw_shade(image: Image.Image, ground: Colour) -> None:
    """The ground's own colour, stronger to the left and below, so that the title reads over any map."""
    width, height = 64, 36
    mask = Image.new("L", (width, height))
    mask.putdata(
        [
            int(235 * max(0.0, min(1.0, max(0.62 - x / width * 1.1, (y / height - 0.45) * 1.7 - x / width * 0.45))))
            for y in range(height)
            for x in range(width)
        ]
    )
    image.paste(Image.new("RGB", _DRAWN, ground), mask=mask.resize(_DRAWN, Image.Resampling.BICUBIC))


def _draw_pattern(draw: ImageDraw.ImageDraw, chance: random.Random, land: Colour) -> None:
    """Contour lines, as on a chart."""
    centre = (chance.uniform(0.6, 1.0) * _DRAWN[0], chance.uniform(0.0, 0.6) * _DRAWN[1])
    phases = [chance.uniform(0, math.tau) for _ in range(3)]
    for step in range(1, 16):
        points = []
        for angle in range(0, 361, 4):
            turn = math.radians(angle)
            wave = sum(math.sin((n + 2) * turn + phase) / (n + 2) for n, phase in enumerate(phases))
            radius = step * 52 * (1 + 0.16 * wave)
            points.append((centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)))
        draw.line(points, fill=land, width=4, joint="curve")


def _draw_title(draw: ImageDraw.ImageDraw, title: str, series: str, accent: Colour, ink: Colour) -> None:
    left, bottom = 72, 648
    size = 92 if len(title) < 34 else 78
    lines = textwrap.wrap(title, 22 if size == 92 else 26)
    top = bottom - len(lines) * size * 1.08
    draw.rectangle((left, top - 74, left + 64, top - 66), fill=accent)
    draw.text((left + 84, top - 92), series.upper(), font=_font(36, "Medium"), fill=accent)
    for number, line in enumerate(lines):
        draw.text((left, top + number * size * 1.08 - size * 0.12), line, font=_font(size), fill=ink)


def make_films(folder: Path, durations: Sequence[int]) -> list[Path]:
    """Real films of the given seconds: H.264 and AAC, a colour plate every twenty seconds under a quiet chord, a clock in the corner.

    Two frames a second and still plates, so that minutes of film take a second to encode.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sound = folder / "chord.m4a"
    _ffmpeg(
        *("-f", "lavfi", "-i", "aevalsrc=0.03*sin(440*t)+0.02*sin(554*t)+0.02*sin(659*t):s=48000:d=20"),
        *("-ac", "2", "-c:a", "aac", "-b:a", "64k", str(sound)),
    )
    films: list[Path] = []
    for number, seconds in enumerate(durations):
        plates = []
        for part in range(math.ceil(seconds / 20)):
            plate = folder / f"plate-{number}-{part}.png"
            _draw_plate(plate, number, part)
            plates.append(f"file '{plate.name}'\nduration 20\n")
        listing = folder / f"plates-{number}.txt"
        listing.write_text("".join(plates))
        film = folder / f"film-{number}.mp4"
        _ffmpeg(
            *("-f", "concat", "-i", str(listing), "-stream_loop", "-1", "-i", str(sound)),
            *("-vf", "fps=2,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-c:v", "libx264"),
            *("-preset", "veryfast", "-tune", "stillimage", "-g", "20"),
            *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
            *("-c:a", "copy", "-t", str(seconds), "-movflags", "+faststart", str(film)),
        )
        films.append(film)
    return films


def _draw_plate(path: Path, number: int, part: int) -> None:
    ground, land, accent, ink = PALETTES[(number + part) % len(PALETTES)]
    image = Image.new("RGB", _DRAWN, ground)
    draw = ImageDraw.Draw(image)
    _draw_pattern(draw, random.Random(f"{number}:{part}"), land)
    draw.rectangle((72, 560, 136, 568), fill=accent)
    draw.text((72, 580), f"{part // 3}:{part * 20 % 60:02}", font=_font(92), fill=ink)
    image.resize(SIZE, Image.Resampling.LANCZOS).save(path, compress_level=1)


def _ffmpeg(*arguments: str) -> None:
    command = [str(ffmpeg_path()), "-nostdin", "-loglevel", "error", "-y", *arguments]
    subprocess.run(command, check=True)
