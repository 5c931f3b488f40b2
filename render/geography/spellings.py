"""Other spellings of towns and countries: GeoNames' alternate names, and ISO's names of countries in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from render.geography.names import code_of_name, country_name, fold
from render.geography.towns import Town, gazetteer
from transcripts.gathering import frame
from transcripts.lexicon import form_key

_LANGUAGES = (
    "ar",
    "de",
    "el",
    "es",
    "fa",
    "fr",
    "he",
    "hi",
    "hy",
    "it",
    "ja",
    "ka",
    "ko",
    "pl",
    "pt",
    "ru",
    "tr",
    "uk",
    "zh_CN",
)
"""Languages in which a country's name is looked up: those of its neighbours' press and of ours."""

_PART = 4
"""Letters that a word of a name needs more of, to be taken for a name by itself: Ecatepec of Ecatepec de Morelos."""


def spellings_of(name: str) -> tuple[str, ...]:
    """How else a town or a country is spelt, in any alphabet; of several towns of one name the largest. Nothing for any other name."""
    code = code_of_name(name) if len(name) > 3 else None
    if code:
        return _countries().get(code, ())
    known = _towns().get(fold(name))
    if known is None:
        return ()
    town, names = known
    own = _towns()
    return (town.name, *(other for other in names if own.get(fold(other), known)[0] is town))


@lru_cache(maxsize=1)
def names_of_the_world() -> frozenset[str]:
    """Every town's and country's own name, and its longer words, by `form_key`."""
    names = [*(country_name(code) for code in _countries()), *(town.name for town, _ in gazetteer())]
    parts = [part for name in names if " " in name for part in name.split() if len(part) > _PART]
    return frozenset(form_key(name) for name in (*names, *parts))


@lru_cache(maxsize=1)
def _towns() -> Mapping[str, tuple[Town, tuple[str, ...]]]:
    """By folded own name, the largest town of each; by another spelling as it is, where no town is called so."""
    own: dict[str, tuple[Town, tuple[str, ...]]] = {}
    other: dict[str, tuple[Town, tuple[str, ...]]] = {}
    for town, names in sorted(gazetteer(), key=lambda entry: -entry[0].people):
        own.setdefault(fold(town.name), (town, names))
        for name in names:
            # Folding half a million spellings takes seconds; one in Latin letters without marks is folded as it stands.
            if name.isascii() and len(name) > 3 and name[0].isupper() and frame(name) == frame(town.name):
                other.setdefault(name.casefold(), (town, names))
    return {**other, **own}


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, tuple[str, ...]]:
    """By code: ISO's names, then those in other languages."""
    import gettext

    import pycountry

    books = [gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [code], fallback=True) for code in _LANGUAGES]
    out: dict[str, tuple[str, ...]] = {}
    for country in pycountry.countries:
        common = getattr(country, "common_name", country.name)
        names = [country_name(country.alpha_3), common, country.name.split(",")[0]]
        for book in books:
            names += [said for written in (common, country.name) if (said := book.gettext(written)) != written]
        out[country.alpha_3] = tuple(dict.fromkeys(names))
    return out
