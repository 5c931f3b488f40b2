"""skia paints by colour and width."""

from __future__ import annotations

from typing import Any


def argb(colour: str, alpha: float = 1.0) -> int:
    """`#rrggbb` and an opacity as skia's 32-bit colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return round(alpha * 255) << 24 | red << 16 | green << 8 | blue


def filled(colour: str, alpha: float = 1.0, *, fine: bool = True) -> Any:
    """A fill, with smooth edges where it is `fine`."""
    import skia

    return skia.Paint(Color=argb(colour, alpha), AntiAlias=fine)


def stroked(
    colour: str, width: float, alpha: float = 1.0, *, dashes: tuple[float, float] | None = None, fine: bool = True
) -> Any:
    """A line, 0 wide for a hairline. `fine` has round joins and ends; without, long coasts are drawn twice as fast."""
    import skia

    paint = skia.Paint(
        Color=argb(colour, alpha),
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeJoin=skia.Paint.kRound_Join if fine else skia.Paint.kBevel_Join,
        StrokeCap=skia.Paint.kRound_Cap if fine and not dashes else skia.Paint.kButt_Cap,
    )
    if dashes:
        paint.setPathEffect(skia.DashPathEffect.Make(list(dashes), 0))
    return paint


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two, `share` of the way to the second."""
    parts = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)
