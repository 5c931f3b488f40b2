"""Scenes that several tests of maps lay out, and when their words are spoken."""

from collections.abc import Callable

from render.scenes.map import MapScene
from tests.unit.render.conftest import At

MakeMap = Callable[..., MapScene]

GATE = """
focus: [YEM, DJI, ERI]
camera: {from: [EGY, SAU, YEM], at: "southern door"}
highlight: {YEM: accent}
places:
- {name: Aden}
- {name: Djibouti}
- {name: Hodeidah, lon: 42.95, lat: 14.8, at: "Houthi"}
- {name: Bab el-Mandeb, lon: 43.33, lat: 12.58, kind: strait, at: "southern door"}
source: Natural Earth
"""
GATE_AT: At = {("camera",): 3.0, ("places", 3): 3.0, ("places", 2): 7.0}
WAY_OUT = """
focus: [TUR, BGR, ROU, UKR, RUS, GEO]
highlight: {TUR: accent}
camera: {from: [24, 36, 43, 48], to: [25.2, 39.6, 30.6, 41.9], at: "one way out"}
places:
- {name: Black Sea, lon: 34.5, lat: 43.2, kind: sea, at: "Black Sea"}
- {name: İstanbul, at: "Istanbul"}
- {name: Çanakkale, at: "Dardanelles"}
- {name: Sea of Marmara, lon: 28.2, lat: 40.7, kind: sea, at: "Sea of Marmara"}
- {name: Dardanelles, lon: 26.4, lat: 40.15, kind: strait, at: "Dardanelles"}
"""
WAY_OUT_AT: At = {
    ("camera",): 2.2, ("places", 0): 0.8, ("places", 1): 4.0, ("places", 2): 7.2, ("places", 3): 5.2, ("places", 4): 7.2
}  # fmt: skip
FLEETS = """
focus: [UKR, RUS, TUR, GEO]
highlight: {UKR: second, TUR: accent, RUS: {fill: third, at: "Russia's fleet"}}
camera: {from: [20, 30, 56, 60], to: [27, 40, 43, 48], at: "Sevastopol"}
places:
- {name: Севастополь, lon: 33.52, lat: 44.6, kind: town, at: "Sevastopol"}
- {name: Одеса, lon: 30.73, lat: 46.48, kind: town, at: "Odesa"}
- {name: Novorossiysk, at: "Novorossiysk"}
- {name: İstanbul}
"""
FLEETS_AT: At = {
    ("camera",): 3.3, ("places", 0): 3.3, ("places", 1): 9.0, ("places", 2): 4.2, ("highlight", "RUS"): 2.2
}  # fmt: skip
HORMUZ = """
focus: [IRN, OMN, ARE]
extent: [47.5, 22.5, 60.5, 31]
highlight: {IRN: accent, OMN: {fill: hatch, at: "Oman"}}
places: [{name: Bandar Abbas}, {name: Strait of Hormuz, lon: 56.46, lat: 26.5, kind: strait}, {name: Dubai}]
route: {from: [48.81, 29.68], via: [[51.5, 27.2], [54.6, 25.95], [56.3, 26.57], [56.9, 26.2], [57.2, 25.2]], to: [72.5, 18.9]}
"""
PACIFIC = """
extent: [140, -48, -120, 45]
highlight: {NZL: accent, FJI: second}
places: [{name: Auckland}, {name: Honolulu}]
routes: [{mode: air, from: Auckland, via: [Honolulu], to: [-122.4, 37.8]}]
"""
