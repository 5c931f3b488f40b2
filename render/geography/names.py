"""Countries by ISO code or name, and the name that a map writes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from core.errors import BadInput
from core.nearest import nearest

_SHORT = {
    "ARE": "UAE", "BIH": "Bosnia", "BOL": "Bolivia", "BRN": "Brunei", "CAF": "Central African Republic", "COD": "DR Congo", "COG": "Congo",
    "CZE": "Czechia", "FLK": "Falkland Islands", "FSM": "Micronesia", "GBR": "United Kingdom", "IRN": "Iran", "KOR": "South Korea",
    "LAO": "Laos", "MDA": "Moldova", "MKD": "North Macedonia", "PRK": "North Korea", "PSE": "Palestine", "RUS": "Russia", "SYR": "Syria",
    "TWN": "Taiwan", "TZA": "Tanzania", "USA": "United States", "VAT": "Vatican City", "VEN": "Venezuela", "VNM": "Vietnam",
    "XKX": "Kosovo", "SOL": "Somaliland", "CYN": "Northern Cyprus", "ESH": "Western Sahara", "MAF": "Saint Martin", "SXM": "Sint Maarten",
}  # fmt: skip
"""Names on maps where ISO's are too long for one, and names of countries without an ISO code."""

_ALSO = {
    "turkey": "TUR", "ivory coast": "CIV", "cape verde": "CPV", "swaziland": "SWZ", "burma": "MMR", "east timor": "TLS", "uk": "GBR",
    "great britain": "GBR", "britain": "GBR", "england": "GBR", "usa": "USA", "us": "USA", "america": "USA", "uae": "ARE",
    "united arab emirates": "ARE", "drc": "COD", "democratic republic of the congo": "COD", "republic of the congo": "COG",
    "congo-brazzaville": "COG", "congo-kinshasa": "COD", "czech republic": "CZE", "holland": "NLD", "the netherlands": "NLD",
    "bosnia and herzegovina": "BIH", "macedonia": "MKD", "xk": "XKX", "kos": "XKX", "n. cyprus": "CYN", "north cyprus": "CYN",
    "palestinian territories": "PSE", "the gambia": "GMB", "the bahamas": "BHS", "w. sahara": "ESH", "psx": "PSE", "sah": "ESH",
    "sds": "SSD", "ald": "ALA", "republic of serbia": "SRB", "macau": "MAC", "vatican": "VAT", "eswatini": "SWZ", "el": "GRC",
}  # fmt: skip


def fold(name: str) -> str:
    """Lower case without diacritics, so that `Turkiye` finds Türkiye."""
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold().strip()


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Folded code or name → alpha-3."""
    import pycountry

    known: dict[str, str] = {}
    for country in pycountry.countries:
        code = country.alpha_3
        official = getattr(country, "official_name", "")
        common = getattr(country, "common_name", "")
        for name in (code, country.alpha_2, country.name, official, common, country.name.split(",")[0]):
            if name:
                known.setdefault(fold(name), code)
    known |= {fold(name): code for code, name in _SHORT.items()} | {fold(code): code for code in _SHORT}
    return known | _ALSO


@lru_cache(maxsize=1)
def _numbers() -> dict[str, str]:
    import pycountry

    return {country.numeric: country.alpha_3 for country in pycountry.countries}


def alpha3_of_number(number: str) -> str | None:
    """ISO numeric → alpha-3."""
    return _numbers().get(number)


def code_of_name(name: str) -> str | None:
    """The code of a country's code or name, None when there is none."""
    return _codes().get(fold(name))


def find_country(written: str) -> str:
    """The alpha-3 code (XKX Kosovo, SOL Somaliland, CYN Northern Cyprus besides ISO's) of a code or a name.

    Raises BadInput with the nearest match.
    """
    code = code_of_name(written)
    if code:
        return code
    names = {name: code for name, code in _codes().items() if len(name) > 3}
    similar = nearest(fold(written), names)
    hint = (
        f"did you mean {names[similar]} ({country_name(names[similar])})?"
        if similar
        else "write an ISO code, such as EGY"
    )
    raise BadInput(f"no country {written!r}", hint=hint)


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """The name that a map writes: short, in English."""
    import pycountry

    if code in _SHORT:
        return _SHORT[code]
    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return code
    return str(getattr(country, "common_name", country.name).split(",")[0])
