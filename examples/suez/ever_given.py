"""A plan view, to scale, of a ship that turns across a canal; the count of those who wait runs above it.

The way that the Ever Given was bound, north, is to the right; in an upright frame it is up. Colours are those of the standard theme.
"""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import numpy as np
import skia
from moviepy import VideoClip
from numpy.typing import NDArray

INK, MUTED, ACCENT = 0xFFF4EFE6, 0xFFA3ADB5, 0xFFF6B73C
BANK, SHORE, SHALLOW, DEEP = 0xFF1D2730, 0xFF3A4650, 0xFF15303F, 0xFF0F222F
HULL, DECK, BAYS = 0xFFE4DED2, 0xFF2B3640, (0xFF8FA0AA, 0xFFB9AE9C, 0xFF6F8793, 0xFFA58D78)

BEAM = 59  # metres, of the Ever Given
WATER = 1.5  # the surface's width to the channel's: the sides slope
ACROSS = 1010  # metres of the canal that the frame shows
WAITING = 422  # ships, when she came free
ROWS = 3
DAYS = ("23 March 2021", "24 March", "25 March", "26 March", "27 March", "28 March", "29 March")

TURNING, COUNTING = 0.2, 0.22  # how long the ship swings and the count runs, as shares of the clip
WHEN = {"length": 0.40, "turn": 0.50, "width": 0.58, "wait": 0.68}  # likewise, where the scene has no moments


def aground(
    *,
    size: tuple[int, int],
    duration: float,
    fps: float,
    length: float,
    width: float,
    name: str = "",
    moments: dict[str, float] | None = None,
) -> VideoClip:
    """The ship `name` comes, swings and grounds. `length` of the ship and `width` of the channel in metres.

    `moments`: the seconds at which the words are said that go with the ship's length, her turn, the channel's width, the wait.
    """
    when = WHEN | {what: second / duration for what, second in (moments or {}).items()}
    scene = Scene(size, length, width, name, when)
    clip = VideoClip(lambda t: scene.draw(t / duration), duration=duration)
    return clip.with_fps(fps)


class Scene:
    """One diagram: everything that does not move is drawn once."""

    def __init__(self, size: tuple[int, int], length: float, width: float, name: str, when: dict[str, float]) -> None:
        self.size, self.length, self.width, self.name, self.when = size, length, width, name, when
        self.unit = min(size) / 1080
        self.upright = size[1] > size[0]
        # The canal is drawn from left to right, and turned as a whole where the frame stands upright.
        self.reach, self.metre = max(size), max(size) / ACROSS
        self.centre = self.reach * (0.54 if self.upright else 0.5)
        self.middle = min(size) * (0.5 if self.upright else 0.56)
        self.angle = _grounded(length, width * WATER)
        self.regular, self.bold = _font("Regular", 36 * self.unit), _font("Medium", 44 * self.unit)
        self.ship = _ship(length)
        self.ground = self._ground()

    def draw(self, share: float) -> NDArray[np.uint8]:
        """The frame at a share of the clip, uint8 (height, width, 3)."""
        surface = skia.Surface(*self.size)
        canvas = surface.getCanvas()
        canvas.drawImage(self.ground, 0, 0)
        canvas.save()
        self._turn(canvas)
        turn = self.when["turn"]
        turned = _smooth(share, turn, turn + TURNING)
        sway = math.radians(1.6) * math.sin(share * 34) * _smooth(share, turn - 0.2, turn - 0.04) * (1 - turned)
        angle = self.angle * turned + sway
        along = (-260 + 205 * (1 - (1 - min(1.0, share / 0.62)) ** 2.2)) + 55 * _smooth(share, 0.3, 0.7)
        self._wake(canvas, along, 1 - turned, share)
        self._channel(canvas, self._shown(share, "width"))
        canvas.save()
        canvas.translate(self.centre + along * self.metre, self.middle)
        canvas.rotate(math.degrees(angle))
        self._contact(canvas, _smooth(share, turn + TURNING - 0.03, turn + TURNING + 0.04))
        canvas.save()
        canvas.scale(self.metre, self.metre)
        self._hull(canvas)
        canvas.restore()
        self._length(canvas, self._shown(share, "length"))
        canvas.restore()
        canvas.restore()
        self._width(canvas, self._shown(share, "width"))
        self._wait(canvas, share)
        return np.ascontiguousarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3])

    def _shown(self, share: float, what: str) -> float:
        """How far in a label is that comes with a word."""
        return _smooth(share, self.when[what], self.when[what] + 0.05)

    def _turn(self, canvas: skia.Canvas) -> None:
        if self.upright:
            canvas.translate(0, self.size[1])
            canvas.rotate(-90)

    def _at(self, along: float, across: float) -> tuple[float, float]:
        """Where a point of the canal lies in the frame."""
        return (across, self.size[1] - along) if self.upright else (along, across)

    def _ground(self) -> skia.Image:
        surface = skia.Surface(*self.size)
        canvas = surface.getCanvas()
        canvas.clear(BANK)
        canvas.save()
        self._turn(canvas)
        for metres, colour in ((self.width * WATER + 14, SHORE), (self.width * WATER, SHALLOW), (self.width, DEEP)):
            half = metres * self.metre / 2
            canvas.drawRect(skia.Rect(0, self.middle - half, self.reach, self.middle + half), _fill(colour))
        dashes = skia.Paint(
            AntiAlias=True, Color=0x99A3ADB5, Style=skia.Paint.kStroke_Style, StrokeWidth=3 * self.unit,
            PathEffect=skia.DashPathEffect.Make([14 * self.unit, 12 * self.unit], 0),
        )  # fmt: skip
        half = self.width * self.metre / 2
        for side in (-half, half):
            canvas.drawLine(0, self.middle + side, self.reach, self.middle + side, dashes)
        canvas.restore()
        self._north(canvas)
        return surface.makeImageSnapshot()

    def _north(self, canvas: skia.Canvas) -> None:
        """The word, and an arrow before it, or above it where the frame stands upright."""
        unit, wide = self.unit, self.regular.measureText("north")
        tip = (0.822 * self.size[0], 0.66 * self.size[1])
        left, base = tip[0] - wide / 2, tip[1] + 100 * unit
        if not self.upright:
            tip = (self.size[0] - 96 * unit, self.size[1] - 73 * unit)
            left, base = tip[0] - 76 * unit - wide, tip[1] + 11 * unit
        canvas.drawString("north", left, base, self.regular, _fill(MUTED))
        line = _stroke(MUTED, 3 * unit)
        canvas.save()
        canvas.translate(*tip)
        canvas.rotate(-90 if self.upright else 0)
        canvas.drawLine(-58 * unit, 0, 0, 0, line)
        for side in (-9, 9):
            canvas.drawLine(0, 0, -14 * unit, side * unit, line)
        canvas.restore()

    def _hull(self, canvas: skia.Canvas) -> None:
        canvas.drawPath(self.ship, _fill(HULL))
        back, front = -self.length / 2, self.length / 2
        deck = skia.Rect(back + 10, -BEAM / 2 + 3.5, front - 46, BEAM / 2 - 3.5)
        canvas.drawRoundRect(deck, 3, 3, _fill(DECK))
        bay, gap = 13.2, 2.2
        at, number = back + 14.0, 0
        bridge, funnel = self.length * 0.16, -self.length * 0.25
        while at + bay < front - 48:
            if any(at < place + 14 and at + bay > place for place in (bridge, funnel)):
                at += 4
                continue
            for row in range(4):
                colour = BAYS[(number * 7 + row * 5 + number // 3) % len(BAYS)]
                top = -BEAM / 2 + 5 + row * (BEAM - 10) / 4
                canvas.drawRect(skia.Rect(at, top + 0.5, at + bay, top + (BEAM - 10) / 4 - 0.5), _fill(colour))
            at, number = at + bay + gap, number + 1
        for place in (bridge, funnel):
            canvas.drawRect(skia.Rect(place + 1, -BEAM / 2 + 4, place + 12, BEAM / 2 - 4), _fill(INK))

    def _wake(self, canvas: skia.Canvas, along: float, strength: float, share: float) -> None:
        stern = self.centre + (along - self.length / 2) * self.metre
        speed = max(0.0, 1 - share / 0.6) * strength
        for side in (-1, 1):
            for line in range(3):
                path = skia.Path()
                y = self.middle + side * (6 + 9 * line) * self.metre
                path.moveTo(stern, y)
                path.quadTo(stern - 90 * self.metre, y, stern - 250 * self.metre, y + side * 18 * self.metre)
                canvas.drawPath(path, _stroke(_faint(INK, 0.26 * speed), (4 - line) * self.unit))

    def _contact(self, canvas: skia.Canvas, shown: float) -> None:
        if shown <= 0:
            return
        for end in (-1, 1):
            x = end * self.length / 2 * self.metre
            glow = skia.GradientShader.MakeRadial(
                (x, 0), 74 * self.unit, [_faint(ACCENT, 0.75 * shown), _faint(ACCENT, 0)]
            )
            canvas.drawCircle(x, 0, 74 * self.unit, skia.Paint(AntiAlias=True, Shader=glow, Dither=True))

    def _length(self, canvas: skia.Canvas, shown: float) -> None:
        if shown <= 0:
            return
        half, y = self.length / 2 * self.metre * shown, -(BEAM / 2 * self.metre + 34 * self.unit)
        line = _stroke(_faint(INK, shown), 3 * self.unit)
        canvas.drawLine(-half, y, half, y, line)
        for x in (-half, half):
            canvas.drawLine(x, y - 12 * self.unit, x, y + 12 * self.unit, line)
        text = f"{self.name} · {self.length:.0f} metres" if self.name else f"{self.length:.0f} metres"
        wide = self.bold.measureText(text)
        canvas.drawString(text, -wide / 2, y - 20 * self.unit, self.bold, _fill(_faint(INK, shown)))

    def _channel(self, canvas: skia.Canvas, shown: float) -> None:
        if shown <= 0:
            return
        x = self._width_at()
        half = self.width * self.metre / 2 * shown
        line = _stroke(_faint(INK, shown), 3 * self.unit)
        canvas.drawLine(x, self.middle - half, x, self.middle + half, line)
        for y in (self.middle - half, self.middle + half):
            canvas.drawLine(x - 12 * self.unit, y, x + 12 * self.unit, y, line)

    def _width_at(self) -> float:
        """Where along the canal its width is shown: ahead of the ship, or astern where that is free."""
        return self.centre + (-218 if self.upright else 330) * self.metre

    def _width(self, canvas: skia.Canvas, shown: float) -> None:
        if shown <= 0:
            return
        x, y = self._at(self._width_at(), self.middle)
        figure, of_what = f"{self.width:.0f} metres", "wide" if self.upright else "of channel"
        ink, muted = _fill(_faint(INK, shown)), _fill(_faint(MUTED, shown))
        if not self.upright:
            canvas.drawString(figure, x + 24 * self.unit, y + 4 * self.unit, self.bold, ink)
            canvas.drawString(of_what, x + 24 * self.unit, y + 48 * self.unit, self.regular, muted)
            return
        # One line under the mark: a second one would stand where the credit does.
        wide, gap, base = self.bold.measureText(figure), 14 * self.unit, y + 50 * self.unit
        left = x - (wide + gap + self.regular.measureText(of_what)) / 2
        canvas.drawString(figure, left, base, self.bold, ink)
        canvas.drawString(of_what, left + wide + gap, base, self.regular, muted)

    def _wait(self, canvas: skia.Canvas, share: float) -> None:
        wait = self.when["wait"]
        shown = _smooth(share, wait - 0.04, wait)
        if shown <= 0:
            return
        unit, top = self.unit, 106 * self.unit
        left, right = 96 * unit, self.size[0] - 96 * unit
        if self.upright:
            left, right, top = 0.06 * self.size[0], 0.86 * self.size[0], 0.15 * self.size[1] + 44 * unit
        gone = min(1.0, max(0.0, (share - wait) / COUNTING))
        day = DAYS[min(len(DAYS) - 1, int(gone * len(DAYS)))]
        canvas.drawString(day, left, top, self.bold, _fill(_faint(INK, shown)))
        count = round(WAITING * gone)
        text = f"{count} ships waiting"
        canvas.drawString(text, right - self.bold.measureText(text), top, self.bold, _fill(_faint(ACCENT, shown)))
        columns = math.ceil(WAITING / ROWS)
        pitch = (right - left) / columns
        for number in range(count):
            x, y = left + number // ROWS * pitch, top + (30 + number % ROWS * 17) * unit
            mark = skia.Rect(x, y, x + pitch * 0.72, y + 9 * unit)
            canvas.drawRoundRect(mark, 3 * unit, 3 * unit, _fill(_faint(ACCENT, 0.9)))


def _ship(length: float) -> skia.Path:
    """The hull from above, in metres, bow towards positive x."""
    back, front, half = -length / 2, length / 2, BEAM / 2
    path = skia.Path()
    path.moveTo(back, -half + 6)
    path.quadTo(back, -half, back + 8, -half)
    path.lineTo(front - 78, -half)
    path.cubicTo(front - 34, -half, front - 8, -9, front, 0)
    path.cubicTo(front - 8, 9, front - 34, half, front - 78, half)
    path.lineTo(back + 8, half)
    path.quadTo(back, half, back, half - 6)
    path.close()
    return path


def _grounded(length: float, water: float) -> float:
    """The angle at which a ship of `length` touches both sides of `water`, in radians."""
    low, high = 0.0, math.pi / 2
    for _ in range(40):
        angle = (low + high) / 2
        reach = length * math.sin(angle) + BEAM * 0.35 * math.cos(angle)
        low, high = (angle, high) if reach < water + 8 else (low, angle)
    return low


def _smooth(share: float, first: float, last: float) -> float:
    t = min(1.0, max(0.0, (share - first) / (last - first)))
    return t * t * t * (t * (6 * t - 15) + 10)


def _faint(colour: int, opacity: float) -> int:
    alpha = round((colour >> 24) * min(1.0, max(0.0, opacity)))
    return alpha << 24 | colour & 0xFFFFFF


def _fill(colour: int) -> skia.Paint:
    return skia.Paint(AntiAlias=True, Color=colour)


def _stroke(colour: int, width: float) -> skia.Paint:
    return skia.Paint(
        AntiAlias=True, Color=colour, Style=skia.Paint.kStroke_Style, StrokeWidth=width, StrokeCap=skia.Paint.kRound_Cap
    )


def _font(weight: str, size: float) -> skia.Font:
    """Fira Sans Condensed, as on the film's maps."""
    spec = importlib.util.find_spec("fontpkg_fira_sans_condensed")
    assert spec is not None
    assert spec.origin is not None
    file = Path(spec.origin).parent / "files" / f"FiraSansCondensed-{weight}.ttf"
    # A font manager of its own: the default one asks the machine's fontconfig, which may have something to say about itself.
    font = skia.Font(skia.FontMgr.New_Custom_Empty().makeFromFile(str(file)), size)
    font.setSubpixel(True)
    font.setEdging(skia.Font.Edging.kAntiAlias)
    return font
