"""What an ASS file says before its events: the script's facts and its named styles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from transcripts.formats.colours import read_colour

STYLE_FORMAT = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, "
    "ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding"
)
_DEFAULT = "Default,Arial,60,&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,0,2,60,60,50,1"
"""White on a dark outline, at about the size of WebVTT's default of 5 % of the height, in a picture of 1920 × 1080."""

HEADER = (
    "[Script Info]", "ScriptType: v4.00+", "WrapStyle: 0", "ScaledBorderAndShadow: yes", "YCbCr Matrix: TV.709", "PlayResX: 1920",
    "PlayResY: 1080", "[V4+ Styles]", f"Format: {STYLE_FORMAT}", f"Style: {_DEFAULT}",
)  # fmt: skip

_LEGACY = {1: 1, 2: 2, 3: 3, 5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6}
"""Places of the first SubStation Alpha (and of `\\a`) on the keypad of `\\an`: 4 lifts to the top, 8 to the middle."""


def legacy_zone(number: int) -> int:
    """The keypad's place for an alignment of the first SubStation Alpha; the middle of the bottom for what is none."""
    return _LEGACY.get(number, 2)


@dataclass(frozen=True)
class Style:
    """What matters of a style: kinds that are on, the colour as `#rrggbb`, the place from 1 to 9."""

    on: frozenset[str] = frozenset()
    colour: str = "#ffffff"
    zone: int = 2


@dataclass
class Head:
    """The facts of a header: styles by name, the size of the picture that positions are in, whether `\\n` breaks a line."""

    styles: dict[str, Style] = field(default_factory=dict)
    size: tuple[float, float] = (384.0, 288.0)
    breaks: bool = False

    @property
    def default(self) -> Style:
        """The style against which everything else is marked."""
        return self.styles.get("Default", Style())

    def style(self, name: str) -> Style:
        """A style by its name, as the renderers look it up: without the star of old files; the default for an unknown one."""
        return self.styles.get(name.lstrip("*"), self.default)


def read_head(lines: Iterable[str]) -> Head:
    """Facts and styles from the lines of a header. Pictures without a size are 384 × 288, as the format's renderers have it."""
    head = Head()
    section = ""
    columns: list[str] = []
    facts: dict[str, str] = {}
    for line in lines:
        name, colon, rest = line.partition(":")
        key, value = name.strip().lower(), rest.strip()
        if line.startswith("["):
            section = line.strip().lower()
        elif section == "[script info]" and colon:
            facts[key] = value
        elif section.startswith("[v4") and key == "format":
            columns = [column.strip().lower() for column in value.split(",")]
        elif section.startswith("[v4") and key == "style":
            row = dict(zip(columns, (cell.strip() for cell in value.split(",")), strict=False))
            head.styles[row.get("name", "").lstrip("*")] = _style(row, legacy="+" not in section)
    width, height = _number(facts.get("playresx")), _number(facts.get("playresy"))
    if width and height:
        head.size = (width, height)
    elif width or height:
        head.size = (width or height * 4 / 3, height or (1024 if width == 1280 else width * 3 / 4))
    head.breaks = facts.get("wrapstyle") == "2"
    return head


def _style(row: dict[str, str], *, legacy: bool) -> Style:
    on = {kind for kind in ("bold", "italic", "underline") if row.get(kind, "0") not in ("0", "")}
    if row.get("strikeout", "0") not in ("0", ""):
        on.add("strike")
    zone = int(_number(row.get("alignment")) or 2)
    zone = legacy_zone(zone) if legacy else zone if 1 <= zone <= 9 else 2
    return Style(frozenset(on), read_ass_colour(row.get("primarycolour", "")) or "#ffffff", zone)


def read_ass_colour(text: str) -> str | None:
    """`#rrggbb` from `&HBBGGRR&` or `&HAABBGGRR`, or from the decimal number of old files; None for what is none."""
    word = text.strip().strip("&").upper()
    try:
        number = int(word.removeprefix("H"), 16) if word.startswith("H") else int(word)
    except ValueError:
        return None
    number &= 0xFFFFFFFF
    return read_colour(f"#{number & 0xFF:02x}{number >> 8 & 0xFF:02x}{number >> 16 & 0xFF:02x}")


def write_ass_colour(colour: str) -> str:
    """`&HBBGGRR&` from `#rrggbb`."""
    return f"&H{colour[5:7]}{colour[3:5]}{colour[1:3]}&".upper()


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def new_styles(lines: Sequence[str]) -> list[str]:
    """A header whose styles are of the first SubStation Alpha in the columns of today."""
    out = []
    columns: list[str] = []
    old = False
    wanted = [column.strip() for column in STYLE_FORMAT.split(",")]
    defaults = dict(zip(wanted, _DEFAULT.split(","), strict=True))
    for line in lines:
        name, _, rest = line.partition(":")
        key = name.strip().lower()
        if line.startswith("["):
            old = line.strip().lower() == "[v4 styles]"
            out.append("[V4+ Styles]" if old else line)
        elif old and key == "format":
            columns = [column.strip().lower() for column in rest.split(",")]
            out.append(f"Format: {STYLE_FORMAT}")
        elif old and key == "style":
            row = dict(zip(columns, (cell.strip() for cell in rest.split(",")), strict=False))
            row["outlinecolour"] = row.get("tertiarycolour", defaults["OutlineColour"])
            row["alignment"] = str(legacy_zone(int(_number(row.get("alignment")))))
            out.append("Style: " + ",".join(row.get(column.lower(), defaults[column]) for column in wanted))
        elif key == "scripttype":
            out.append("ScriptType: v4.00+")
        else:
            out.append(line)
    return out
