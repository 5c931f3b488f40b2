"""Flags by country: the 4:3 drawings that come with Slugline."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from core.errors import BadInput
from core.resources import resource
from render.geography.names import find_country

_UNIONS = {"EU": "eu", "UN": "un"}


def flag_file(written: str) -> Path:
    """The flag's SVG of a country's code or name, or of EU or UN. Raises BadInput with the nearest match."""
    import pycountry

    if written in _UNIONS:
        two = _UNIONS[written]
    else:
        past = _past(written)
        if past:
            raise BadInput(
                f"no flag for {written!r}",
                hint=f"{past} is no more, and only today's countries have flags here: show its flag as a photo scene",
            )
        code = find_country(written)
        country = pycountry.countries.get(alpha_3=code)
        two = country.alpha_2.lower() if country else {"XKX": "xk"}.get(code, "")
    path = resource("render", "vendor", "flags", f"{two}.svg")
    if not two or not path.is_file():
        raise BadInput(f"no flag for {written!r}", hint="show it as a photo scene")
    return path


def _past(written: str) -> str:
    """The name of the country of the past that is meant by a code or a name; empty for any other."""
    import pycountry

    said = written.casefold()
    for country in pycountry.historic_countries:
        name = str(country.name).split(",")[0]
        if said in (country.alpha_3.casefold(), name.casefold()) and not pycountry.countries.get(
            alpha_3=country.alpha_3
        ):
            return name
    return ""


@lru_cache(maxsize=64)
def flag_drawing(file: Path) -> tuple[str, str]:
    """(viewBox, the elements inside the root) of a flag's SVG, namespaces resolved."""
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - a drawing that comes with Slugline
    inner = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    return root.get("viewBox", "0 0 640 480"), inner
