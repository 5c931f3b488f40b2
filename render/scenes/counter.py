"""A figure that counts up: drawn per frame while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from render.text import TextStyle, layout_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SEPARATORS = {
    "en": (",", "."),
    "ar": (",", "."),
    "he": (",", "."),
    "fr": ("\u202f", ","),
    "ru": ("\u202f", ","),
    "uk": ("\u202f", ","),
}


def write_number(value: float, decimals: int, language: str = "en", *, group: bool = True) -> str:
    """A figure as it is written in the language: thousands grouped from 10,000 up (1,000 in English), a real minus."""
    thousands, point = _SEPARATORS.get(language, (".", ","))
    grouped = f"{abs(value):,.{decimals}f}" if group else f"{abs(value):.{decimals}f}"
    if language not in {"en", "ar", "he"} and abs(value) < 10_000:
        grouped = f"{abs(value):.{decimals}f}"
    written = grouped.translate({ord(","): thousands, ord("."): point})
    return f"−{written}" if value < 0 and float(f"{value:.{decimals}f}") else written


def decimals_of(value: float) -> int:
    """How many decimals a figure was given with."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True)
class Counter:
    """Counts from `start` to `value` on frames [first, last), slowing towards the end; right edge and top in pixels.

    Tabular figures set from the right, so that the digits stand still while they change. `faces` is a digest of the fonts' files: unlike
    a plate, which holds its outlines, a counter would else have the same address with other letters.
    """

    start: float
    value: float
    decimals: int
    prefix: str
    style: TextStyle
    faces: str
    right: float
    top: float
    fill: str
    first: int
    last: int

    @property
    def busy(self) -> tuple[tuple[int, int], ...]:
        """The whole count."""
        return ((self.first, self.last),)

    @property
    def happens(self) -> tuple[tuple[int, int], ...]:
        """The same."""
        return self.busy

    def shown(self, frame: int) -> str:
        """What the counter says on a frame."""
        share = min(1.0, max(0.0, (frame - self.first) / max(1, self.last - self.first)))
        eased = 1 - (1 - share) ** 3
        return self.prefix + write_number(
            self.start + (self.value - self.start) * eased, self.decimals, self.style.language
        )

    def painter(self, size: tuple[int, int]) -> Callable[[int], NDArray[np.uint8]]:
        """Draw any frame; a figure that has not changed is not drawn again."""
        from render.plates import draw_svg

        drawn: dict[str, NDArray[np.uint8]] = {}

        def paint(frame: int) -> NDArray[np.uint8]:
            said = self.shown(frame)
            if said not in drawn:
                drawn.clear()
                figures = layout_text(said, self.style).svg(self.right, self.top, "end", self.fill)
                head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}">'
                drawn[said] = draw_svg(f"{head}{figures}</svg>", size)
            return drawn[said]

        return paint
