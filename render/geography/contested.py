"""Contested areas: the committed table of what is claimed by more than one, and who claims it. Facts only; no geometry."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import BadInput
from core.nearest import nearest

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Contested:
    """A contested area. `claimants` are alpha-3 codes, who holds most of it first; their flags stand in the legend.

    Where it lies is said by what the border sources draw inside `box` (west, south, east, north in degrees): all of the
    countries in `whole`, where a worldview draws them, and of those in `parts` what the other worldview gives to someone
    else; "" is land that a worldview gives to nobody. `islands` are a country's rings that lie in the box. Where no area is
    drawn apart, the border between the two in `line` is contested, and nothing is hatched.
    Where the quarrel is whether there is a state at all, it is `asked` for: it is dashed and hatched only where a script names it.
    """

    id: str
    name: str
    claimants: tuple[str, ...]
    note: str
    box: Box
    whole: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    islands: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    asked: bool = False


CONTESTED: tuple[Contested, ...] = (
    Contested("crimea", "Crimea", ("RUS", "UKR"), "Ukraine's; annexed by Russia in 2014",
              (32.0, 44.2, 36.8, 46.3), parts=("RUS", "UKR")),
    Contested("golan", "Golan Heights", ("ISR", "SYR"), "Syria's; held by Israel since 1967",
              (35.4, 32.6, 36.1, 33.5), whole=("",), parts=("ISR",)),
    Contested("palestine", "West Bank and Gaza", ("ISR", "PSE"), "occupied by Israel in 1967",
              (34.0, 31.1, 35.7, 32.7), whole=("PSE",), asked=True),
    Contested("western-sahara", "Western Sahara", ("MAR", "ESH"), "held by Morocco west of the berm",
              (-17.5, 20.5, -8.4, 28.0), whole=("ESH",), parts=("MAR",)),
    Contested("abyei", "Abyei", ("SDN", "SSD"), "its status was left open in 2011",
              (27.4, 9.0, 29.6, 10.4), whole=("",), parts=("SDN", "SSD")),
    Contested("halaib", "Halaib", ("EGY", "SDN"), "held by Egypt; the lines of 1899 and 1902 differ",
              (33.1, 21.5, 37.3, 23.5), line=("EGY", "SDN")),
    Contested("ilemi", "Ilemi", ("KEN", "SSD", "ETH"), "held by Kenya; never surveyed to the end",
              (34.7, 4.3, 36.1, 5.6), line=("KEN", "SSD")),
    Contested("somaliland", "Somaliland", ("SOM",), "governs itself since 1991",
              (42.5, 7.9, 49.6, 11.6), whole=("SOL",), parts=("SOM",), asked=True),
    Contested("northern-cyprus", "Northern Cyprus", ("TUR", "CYP"), "held by Turkey since 1974",
              (32.2, 34.8, 34.8, 35.8), whole=("CYN", "Cyprus U.N. Buffer Zone"), parts=("CYP",), asked=True),
    Contested("kosovo", "Kosovo", ("XKX", "SRB"), "independent since 2008; claimed by Serbia",
              (19.9, 41.8, 21.9, 43.3), whole=("XKX",), asked=True),
    Contested("kashmir", "Kashmir", ("IND", "PAK", "CHN"), "divided by lines of control since 1949 and 1962",
              (73.0, 32.2, 80.4, 37.2), line=("IND", "PAK", "CHN", "Siachen Glacier")),
    Contested("arunachal", "Arunachal Pradesh", ("IND", "CHN"), "held by India; claimed by China",
              (91.5, 26.5, 97.5, 29.6), line=("IND", "CHN")),
    Contested("taiwan", "Taiwan", ("TWN", "CHN"), "governs itself; claimed by China",
              (118.0, 21.5, 122.5, 26.5), whole=("TWN",), asked=True),
    Contested("kurils", "South Kuril Islands", ("RUS", "JPN"), "held by Russia since 1945",
              (145.3, 43.2, 149.1, 45.7), islands=("RUS",)),
    Contested("falklands", "Falkland Islands", ("GBR", "ARG"), "held by Britain; claimed by Argentina",
              (-62.0, -53.2, -57.0, -50.5), whole=("FLK",)),
    Contested("essequibo", "Essequibo", ("GUY", "VEN"), "held by Guyana; claimed by Venezuela",
              (-61.6, 3.5, -59.5, 8.7), line=("GUY", "VEN")),
    Contested("southern-ice-field", "Southern Patagonian Ice Field", ("ARG", "CHL"), "not yet marked out",
              (-73.9, -50.2, -72.6, -48.8), whole=("",), parts=("ARG", "CHL")),
)  # fmt: skip

_BY_ID = {area.id: area for area in CONTESTED}


def find_contested(written: str) -> Contested:
    """The contested area of that id. Raises BadInput with the nearest one."""
    found = _BY_ID.get(written)
    if found is None:
        near = nearest(written.casefold(), [*_BY_ID])
        hint = f"did you mean {near}?" if near else f"write one of {', '.join(_BY_ID)}, or draw it with `areas:`"
        raise BadInput(f"no contested area {written!r}", hint=hint)
    return found
