"""A plan view, to scale, of a ship that turns across a canal; the count of those who wait runs above it.

North is to the right, as the Ever Given was bound; east is below. Colours are those of the standard theme.
"""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from typing import Any

import numpy as np
import skia
from moviepy import VideoClip
from numpy.typing import NDArray

INK, MUTED, ACCENT = 0xFFF4EFE6, 0xFFA3ADB5, 0xFFF6B73C
BANK, SHORE, SHALLOW, DEEP = 0xFF1D2730, 0xFF3A4650, 0xFF15303F, 0xFF0F222F
HULL, DECK, BAYS = 0xFFE4DED2, 0xFF2B3640, (0xFF8FA0AA, 0xFFB9AE9C, 0xFF6F8793, 0xFFA58D78)

BEAM = 59  # metres, of the Ever Given
WATER = 1.5  # the surface's width to the channel's: the sides slope
ACROSS = 1010  # metres that the frame shows
WAITING = 422  # ships, when she came free
ROWS = 3
DAYS = ("23 March 2021", "24 March", "25 March", "26 March", "27 March", "28 March", "29 March")

# When things happen, as shares of the clip: at the words that say them.
LENGTH_AT, TURN, WIDTH_AT, WAIT = 0.40, (0.50, 0.70), 0.58, (0.68, 0.9)


def aground(
    *, size: tuple[int, int], duration: float, fps: float, length: float, width: float, name: str = "", **_: Any
) -> VideoClip:
    """The ship `name` comes, swings and grounds. `length` of the ship and `width` of the channel in metres."""
    scene = Scene(size, length, width, name)
    clip = VideoClip(lambda t: scene.draw(t / duration), duration=duration)
    return clip.with_fps(fps)


class Scene:
    """One diagram: everything that does not move is drawn once."""

    def __init__(self, size: tuple[int, int], length: float, width: float, name: str) -> None:
        self.size, self.length, self.width, self.name = size, length, width, name
        self.unit = min(size) / 1080
        self.metre = size[0] / ACROSS
        self.middle = size[1] * 0.56
        self.angle = _grounded(length, width * WATER)
        self.regular, self.bold = _font("Regular", 36 * self.unit), _font("Medium", 44 * self.unit)
        self.ship = _ship(length)
        self.ground = self._ground()

    def draw(self, share: float) -> NDArray[np.uint8]:
        """The frame at a share of the clip, uint8 (height, width, 3)."""
        surface = skia.Surface(*self.size)
        canvas = surface.getCanvas()
        canvas.drawImage(self.ground, 0, 0)
        turned = _smooth(share, *TURN)
        sway = math.radians(1.6) * math.sin(share * 34) * _smooth(share, 0.3, 0.46) * (1 - turned)
        angle = self.angle * turned + sway
        along = (-260 + 205 * (1 - (1 - min(1.0, share / 0.62)) ** 2.2)) + 55 * _smooth(share, 0.3, 0.7)
        self._wake(canvas, along, 1 - turned, share)
        self._channel(canvas, _smooth(share, WIDTH_AT, WIDTH_AT + 0.05))
        canvas.save()
        canvas.translate(self.size[0] / 2 + along * self.metre, self.middle)
        canvas.rotate(math.degrees(angle))
        self._contact(canvas, _smooth(share, TURN[1] - 0.03, TURN[1] + 0.04))
        canvas.save()
        canvas.scale(self.metre, self.metre)
        self._hull(canvas)
        canvas.restore()
        self._length(canvas, _smooth(share, LENGTH_AT, LENGTH_AT + 0.05))
        canvas.restore()
        self._wait(canvas, share)
        return np.ascontiguousarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3])

    def _ground(self) -> skia.Image:
        wide, high = self.size
        surface = skia.Surface(wide, high)
        canvas = surface.getCanvas()
        canvas.clear(BANK)
        for metres, colour in ((self.width * WATER + 14, SHORE), (self.width * WATER, SHALLOW), (self.width, DEEP)):
            half = metres * self.metre / 2
            canvas.drawRect(skia.Rect(0, self.middle - half, wide, self.middle + half), _fill(colour))
        dashes = skia.Paint(
            AntiAlias=True, Color=0x99A3ADB5, Style=skia.Paint.kStroke_Style, StrokeWidth=3 * self.unit,
            PathEffect=skia.DashPathEffect.Make([14 * self.unit, 12 * self.unit], 0),
        )  # fmt: skip
        half = self.width * self.metre / 2
        for side in (-half, half):
            canvas.drawLine(0, self.middle + side, wide, self.middle + side, dashes)
        north = "north"
        x = wide - 96 * self.unit - self.regular.measureText(north) - 76 * self.unit
        y = high - 62 * self.unit
        canvas.drawString(north, x, y, self.regular, _fill(MUTED))
        tip = wide - 96 * self.unit
        line = _stroke(MUTED, 3 * self.unit)
        canvas.drawLine(tip - 58 * self.unit, y - 11 * self.unit, tip, y - 11 * self.unit, line)
        for side in (-9, 9):
            canvas.drawLine(tip, y - 11 * self.unit, tip - 14 * self.unit, y + (side - 11) * self.unit, line)
        return surface.makeImageSnapshot()

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
        stern = self.size[0] / 2 + (along - self.length / 2) * self.metre
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
        x = self.size[0] / 2 + 330 * self.metre
        half = self.width * self.metre / 2 * shown
        line = _stroke(_faint(INK, shown), 3 * self.unit)
        canvas.drawLine(x, self.middle - half, x, self.middle + half, line)
        for y in (self.middle - half, self.middle + half):
            canvas.drawLine(x - 12 * self.unit, y, x + 12 * self.unit, y, line)
        paint = _fill(_faint(INK, shown))
        canvas.drawString(f"{self.width:.0f} metres", x + 24 * self.unit, self.middle + 4 * self.unit, self.bold, paint)
        note = _fill(_faint(MUTED, shown))
        canvas.drawString("of channel", x + 24 * self.unit, self.middle + 48 * self.unit, self.regular, note)

    def _wait(self, canvas: skia.Canvas, share: float) -> None:
        shown = _smooth(share, WAIT[0] - 0.04, WAIT[0])
        if shown <= 0:
            return
        left, right, unit = 96 * self.unit, self.size[0] - 96 * self.unit, self.unit
        gone = min(1.0, max(0.0, (share - WAIT[0]) / (WAIT[1] - WAIT[0])))
        day = DAYS[min(len(DAYS) - 1, int(gone * len(DAYS)))]
        canvas.drawString(day, left, 106 * unit, self.bold, _fill(_faint(INK, shown)))
        count = round(WAITING * gone)
        text = f"{count} ships waiting"
        canvas.drawString(
            text, right - self.bold.measureText(text), 106 * unit, self.bold, _fill(_faint(ACCENT, shown))
        )
        columns = math.ceil(WAITING / ROWS)
        pitch = (right - left) / columns
        for number in range(count):
            x, y = left + number // ROWS * pitch, (136 + number % ROWS * 17) * unit
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
