"""What a house asks of its subtitles, as data."""

from dataclasses import dataclass, replace
from fractions import Fraction

from core.errors import BadInput
from transcripts.lettering import count_letters, is_unspaced


@dataclass(frozen=True)
class Profile:
    """Limits of a cue.

    `line_length` characters, `lines`; `shortest`, `longest` seconds on screen; `gap_frames` between two cues; a gap that is larger
    must be `small_gap` seconds or is closed. `reading_speed` characters a second, or `word_seconds` seconds a word, whichever the
    house counts in. `linger`: how many seconds a cue stays after its last word where nothing else wants the screen. `near_cut`: seconds
    around a cut of the picture in which a cue neither begins nor ends but on the cut; `overhang`: for how many seconds, at least, a cue
    that spans a cut stays on either side of it. `strict` are the rules for whose breach the house sends a file back.
    """

    name: str
    line_length: int
    lines: int
    shortest: Fraction
    longest: Fraction
    gap_frames: int
    small_gap: Fraction
    reading_speed: float | None = None
    word_seconds: Fraction | None = None
    linger: Fraction = Fraction(1, 2)
    near_cut: Fraction = Fraction(0)
    overhang: Fraction = Fraction(0)
    strict: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """The house's name as it writes it."""
        return _TITLES.get(self.name, self.name)

    def counts_words(self, language: str) -> bool:
        """True where the house counts words and the language parts them."""
        return self.word_seconds is not None and not is_unspaced(language)

    def reading_pace(self, language: str) -> Fraction:
        """Seconds that a word takes to read, where words are counted, else a character."""
        if self.word_seconds is None:
            return 1 / Fraction(self.reading_speed or 1)
        # Where nobody writes spaces, six characters stand for a word, as in English with its space.
        return self.word_seconds if self.counts_words(language) else self.word_seconds / 6

    def reading_seconds(self, text: str, language: str = "en") -> Fraction:
        """How long a text has to be on the screen to be read."""
        units = len(text.split()) if self.counts_words(language) else count_letters(text, language)
        return Fraction(units) * self.reading_pace(language)

    @property
    def words_a_minute(self) -> float | None:
        """The fastest reading, for a house that counts in words."""
        return float(60 / self.word_seconds) if self.word_seconds else None


_TITLES = {"netflix": "Netflix", "bbc": "BBC", "youtube": "YouTube"}

_BROKEN = frozenset({"no-cues", "cue-time", "cue-backwards", "cue-order", "cue-overlap", "cue-empty", "cue-character"})
"""What no player can be expected to show as it is meant."""

NETFLIX = Profile(
    "netflix",
    42,
    2,
    Fraction(5, 6),
    Fraction(7),
    gap_frames=2,
    small_gap=Fraction(1, 2),
    reading_speed=20.0,
    near_cut=Fraction(1, 2),
    overhang=Fraction(1, 2),
    strict=_BROKEN | {"cue-too-short", "cue-too-long", "cue-gap", "cue-too-many-lines", "cue-line-too-long"},
)
"""Netflix Timed Text Style Guide, General Requirements (5/6 s to 7 s, two lines), Subtitle Timing Guidelines (2 frames at every
rate; gaps under half a second are closed; half a second after the voice; half a second around a shot change) and English (42
characters, 20 a second)."""

BBC = Profile(
    "bbc",
    37,
    2,
    Fraction(1),
    Fraction(8),
    gap_frames=0,
    small_gap=Fraction(1),
    word_seconds=Fraction(3, 10),
    overhang=Fraction(1),
    strict=_BROKEN,
)
"""BBC Subtitle Guidelines: 37 characters a line (Teletext; 68 % of a 16:9 picture's width online), two lines; 0.3 s a word at the
least, 160 to 180 words a minute over a programme; a pause is a second or no gap at all; no more than 1.5 s after the voice; a second on
either side of a shot change that is spanned. It gives no least
and no greatest time: a second is three words, and eight are what its two lines of 37 take at 100 words a minute."""

YOUTUBE = Profile(
    "youtube",
    32,
    2,
    Fraction(1),
    Fraction(6),
    gap_frames=0,
    small_gap=Fraction(0),
    reading_speed=20.0,
    strict=_BROKEN,
)
"""YouTube publishes no limits: two lines of 32 characters are what its player shows on a phone without wrapping again; a second
to six are the Captioning Key's (DCMP, Presentation Rate)."""

PROFILES = {profile.name: profile for profile in (NETFLIX, BBC, YOUTUBE)}


@dataclass(frozen=True)
class Pace:
    """Characters a second that Netflix's guide for a language allows: in the language of the sound for adults and for children,
    then in a translation for adults and for children."""

    adults: float
    children: float
    translated_adults: float
    translated_children: float


_PACES = {
    "en": Pace(20, 17, 20, 17),
    "ar": Pace(23, 20, 20, 17),
    "hi": Pace(25, 20, 22, 18),
    "ja": Pace(7, 7, 4, 4),
    "ko": Pace(14, 11, 12, 9),
    "zh": Pace(11, 9, 9, 7),
}
_OTHER_PACE = Pace(20, 17, 17, 13)
"""Netflix Timed Text Style Guides of the languages, Reading Speed Limits; the same for most of them."""

_LINES = {"ja": 16, "ko": 16, "zh": 16, "yue": 16, "th": 35}
"""Netflix Timed Text Style Guides, Character Limitation; where a full-width character counts one and a Latin one half."""

_TRANSLATED_LINES = {"ja": 13}

FULL_WIDTH = frozenset({"ja", "ko", "zh", "yue"})
"""Languages whose lines are counted in full-width characters, in every house: elsewhere half as many as of Latin ones."""


def find_profile(name: str, language: str = "en", *, children: bool = False, translation: bool = False) -> Profile:
    """The profile of that name, with its limits for a language and an audience. Raises BadInput.

    `translation`: the subtitles are in another language than the sound.
    """
    if name not in PROFILES:
        raise BadInput(f"no subtitle profile {name!r}", hint="the profiles are " + ", ".join(PROFILES))
    profile, tongue = PROFILES[name], language.lower().split("-")[0]
    if name == "netflix":
        pace = _PACES.get("zh" if tongue == "yue" else tongue, _OTHER_PACE)
        if translation:
            speed = pace.translated_children if children else pace.translated_adults
        else:
            speed = pace.children if children else pace.adults
        length = _LINES.get(tongue, profile.line_length)
        if translation:
            length = _TRANSLATED_LINES.get(tongue, length)
        return replace(profile, reading_speed=float(speed), line_length=length)
    if tongue in FULL_WIDTH:
        profile = replace(profile, line_length=profile.line_length // 2)
        if profile.reading_speed is not None:
            profile = replace(profile, reading_speed=profile.reading_speed / 2)
    return profile
