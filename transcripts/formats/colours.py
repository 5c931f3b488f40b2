"""Colours as subtitle formats write them."""

import re

NAMED = {
    "white": "#ffffff",
    "lime": "#00ff00",
    "cyan": "#00ffff",
    "red": "#ff0000",
    "yellow": "#ffff00",
    "magenta": "#ff00ff",
    "blue": "#0000ff",
    "black": "#000000",
}
"""The colours that WebVTT has classes for (WebVTT, "Default text colors"); TTML names the same ones and more."""

NAMES = {colour: name for name, colour in NAMED.items()}

_TTML = {"transparent": "#00000000", "fuchsia": "#ff00ff", "aqua": "#00ffff"}
_FUNCTION = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*([\d.]+%?)\s*)?\)$")


def read_colour(text: str, *, css: bool = True) -> str | None:
    """`#rrggbb`, or `#rrggbbaa` where it is not opaque; None for what is no colour.

    Names, three to eight hexadecimal digits, `rgb()` and `rgba()`. The alpha of `rgba()` is 0 to 1 in CSS, 0 to 255 in TTML
    (TTML2, 8.1 color).
    """
    word = text.strip().strip("\"'").lower()
    if re.fullmatch(r"#?[0-9a-f]{6}", word):
        return "#" + word.removeprefix("#")
    if re.fullmatch(r"#[0-9a-f]{8}", word):
        return _opaque(word)
    if re.fullmatch(r"#[0-9a-f]{3,4}", word):
        return _opaque("#" + "".join(2 * digit for digit in word[1:]))
    if word in NAMED or word in _TTML:
        return NAMED.get(word) or _TTML[word]
    if match := _FUNCTION.match(word):
        parts = [min(255, int(part)) for part in match.groups()[:3]]
        return _opaque("#{:02x}{:02x}{:02x}".format(*parts) + f"{_alpha(match[4], css=css):02x}")
    return _further_name(word)


def _opaque(colour: str) -> str:
    return colour[:7] if colour.endswith("ff") and len(colour) == 9 else colour


def _alpha(text: str | None, *, css: bool) -> int:
    if text is None:
        return 255
    try:
        share = float(text.removesuffix("%")) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return 255
    return max(0, min(255, round(share * 255) if css or text.endswith("%") else round(share)))


def _further_name(word: str) -> str | None:
    """One of the hundred and forty names that CSS has."""
    from PIL import ImageColor

    named = ImageColor.colormap.get(word)
    if isinstance(named, tuple):
        return "#{:02x}{:02x}{:02x}".format(*named[:3])
    return named
