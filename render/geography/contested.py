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


AS_OF = "2025"
"""When the table was last read through: notes say who administers an area, who claims it, and what most states hold."""

CONTESTED: tuple[Contested, ...] = (
    Contested("crimea", "Crimea", ("RUS", "UKR"),
              "Ukraine's for most states and the UN's assembly; taken and administered by Russia since 2014",
              (32.0, 44.2, 36.8, 46.3), parts=("RUS", "UKR")),
    Contested("golan", "Golan Heights", ("ISR", "SYR"),
              "Syria's for nearly all states; held by Israel since 1967, which annexed it in 1981",
              (35.4, 32.6, 36.1, 33.5), whole=("",), parts=("ISR",)),
    Contested("palestine", "West Bank and Gaza", ("ISR", "PSE"),
              "occupied by Israel since 1967; a State of Palestine for most states",
              (34.0, 31.1, 35.7, 32.7), whole=("PSE",), asked=True),
    Contested("western-sahara", "Western Sahara", ("MAR", "ESH"),
              "on the UN's list of territories without self-government; administered by Morocco west of the berm, by Polisario east of it",
              (-17.5, 20.5, -8.4, 28.0), whole=("ESH",), parts=("MAR",)),
    Contested("abyei", "Abyei", ("SDN", "SSD"),
              "claimed by both; its status left open when South Sudan became independent in 2011",
              (27.4, 9.0, 29.6, 10.4), whole=("",), parts=("SDN", "SSD")),
    Contested("halaib", "Halaib", ("EGY", "SDN"),
              "administered by Egypt; claimed by Sudan: the lines of 1899 and 1902 differ",
              (33.1, 21.5, 37.3, 23.5), line=("EGY", "SDN")),
    Contested("ilemi", "Ilemi", ("KEN", "SSD"),
              "administered by Kenya; claimed by South Sudan; never surveyed to the end",
              (34.7, 4.3, 36.1, 5.6), line=("KEN", "SSD")),
    Contested("somaliland", "Somaliland", ("SOM",),
              "governs itself since 1991; part of Somalia for nearly all states",
              (42.5, 7.9, 49.6, 11.6), whole=("SOL",), parts=("SOM",), asked=True),
    Contested("northern-cyprus", "Northern Cyprus", ("TUR", "CYP"),
              "Cyprus's for all states but Türkiye, whose troops are there since 1974; governed by Turkish Cypriots",
              (32.2, 34.8, 34.8, 35.8), whole=("CYN", "Cyprus U.N. Buffer Zone"), parts=("CYP",), asked=True),
    Contested("kosovo", "Kosovo", ("XKX", "SRB"),
              "independent since 2008 for about half of all states; part of Serbia for the others",
              (19.9, 41.8, 21.9, 43.3), whole=("XKX",), asked=True),
    Contested("kashmir", "Kashmir", ("IND", "PAK", "CHN"),
              "administered in parts by India, Pakistan and China along lines of 1949 and 1962; each claims some or all of the others'",
              (73.0, 32.2, 80.4, 37.2), line=("IND", "PAK", "CHN", "Siachen Glacier")),
    Contested("arunachal", "Arunachal Pradesh", ("IND", "CHN"),
              "administered by India; most of it claimed by China",
              (91.5, 26.5, 97.5, 29.6), line=("IND", "CHN")),
    Contested("taiwan", "Taiwan", ("TWN", "CHN"),
              "governs itself since 1949; claimed by China",
              (118.0, 21.5, 122.5, 26.5), whole=("TWN",), asked=True),
    Contested("kurils", "South Kuril Islands", ("RUS", "JPN"),
              "administered by Russia since 1945; claimed by Japan",
              (145.3, 43.2, 149.1, 45.7), islands=("RUS",)),
    Contested("falklands", "Falkland Islands", ("GBR", "ARG"),
              "administered by the United Kingdom; claimed by Argentina as the Malvinas",
              (-62.0, -53.2, -57.0, -50.5), whole=("FLK",)),
    Contested("essequibo", "Essequibo", ("GUY", "VEN"),
              "administered by Guyana; claimed by Venezuela; before the International Court of Justice since 2018",
              (-61.6, 3.5, -59.5, 8.7), line=("GUY", "VEN")),
    Contested("southern-ice-field", "Southern Patagonian Ice Field", ("ARG", "CHL"),
              "claimed by both; a stretch of the border that is still to be marked out",
              (-73.9, -50.2, -72.6, -48.8), whole=("",), parts=("ARG", "CHL")),
)  # fmt: skip


@dataclass(frozen=True)
class Undrawn:
    """A contested area of which no border source draws an outline: a studio that shows it has to draw it itself.

    `claimants` as above; it lies in `box`, on the land of `countries` as the sources have it.
    """

    id: str
    name: str
    claimants: tuple[str, ...]
    note: str
    box: Box
    countries: tuple[str, ...] = ()


UNDRAWN: tuple[Undrawn, ...] = (
    Undrawn("donbas", "Donetsk and Luhansk", ("RUS", "UKR"),
            "Ukraine's for most states; held for the most part by Russia since 2014 and 2022; the front moves",
            (36.5, 46.8, 40.3, 50.1), ("UKR",)),
    Undrawn("kherson-zaporizhzhia", "Kherson and Zaporizhzhia", ("RUS", "UKR"),
            "Ukraine's for most states; held for the most part by Russia since 2022; the front moves",
            (31.5, 46.0, 37.2, 48.1), ("UKR",)),
    Undrawn("abkhazia", "Abkhazia", ("GEO",),
            "Georgia's for nearly all states; out of its control since 1993, with Russian troops since 2008",
            (40.0, 42.3, 42.2, 43.6), ("GEO",)),
    Undrawn("south-ossetia", "South Ossetia", ("GEO",),
            "Georgia's for nearly all states; out of its control since 1992, with Russian troops since 2008",
            (43.4, 42.0, 44.7, 42.7), ("GEO",)),
    Undrawn("transnistria", "Transnistria", ("MDA",),
            "Moldova's for all states; out of its control since 1992, with Russian troops",
            (28.0, 46.3, 30.2, 48.2), ("MDA",)),
    Undrawn("paracels", "Paracel Islands", ("CHN", "TWN", "VNM"), "held by China since 1974; claimed by all three",
            (111.0, 15.6, 113.0, 17.2)),
    Undrawn("spratlys", "Spratly Islands", ("CHN", "TWN", "VNM", "PHL", "MYS", "BRN"),
            "held in parts by five states; claimed in whole or in part by six", (111.0, 6.0, 118.0, 12.0)),
    Undrawn("senkaku", "Senkaku or Diaoyu Islands", ("JPN", "CHN", "TWN"), "administered by Japan; claimed by China and Taiwan",
            (123.3, 25.6, 124.7, 26.1)),
    Undrawn("dokdo", "Dokdo or Takeshima", ("KOR", "JPN"), "administered by South Korea; claimed by Japan",
            (131.7, 37.1, 132.0, 37.4)),
)  # fmt: skip

_BY_ID = {area.id: area for area in CONTESTED}
_UNDRAWN = {area.id: area for area in UNDRAWN}


def find_contested(written: str) -> Contested:
    """The contested area of that id. Raises BadInput with the nearest one, or with what to do about one that no source draws."""
    found = _BY_ID.get(written)
    if found is None:
        known = _UNDRAWN.get(written)
        if known:
            raise BadInput(f"no border source draws an outline of {known.name}", hint=how_to_draw(known))
        near = nearest(written.casefold(), [*_BY_ID, *_UNDRAWN])
        hint = f"did you mean {near}?" if near else f"write one of {', '.join(_BY_ID)}, or draw it with `areas:`"
        raise BadInput(f"no contested area {written!r}", hint=hint)
    return found


def how_to_draw(area: Undrawn | Contested) -> str:
    """What a studio writes to show an area as it sees it."""
    fields = f"file: {area.id}.geojson, name: {area.name}, date: of the outline, source: who says so"
    return f"draw it: `areas: [{{{fields}, claimants: [{', '.join(area.claimants)}]}}]`, with a licence in assets.toml"
