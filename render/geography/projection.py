"""Projections of the sphere (radius 1), chosen by extent. Pure; forward and back, on arrays.

Formulae: Snyder, Map Projections: A Working Manual (USGS 1395), equations 24-2 to 24-14 for Lambert's azimuthal equal-area;
Patterson, Šavrič and Jenny (2011) for the Natural Earth projection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Points = NDArray[np.float64]

WIDE = 52.0
"""Degrees from the centre to the edge beyond which a view is drawn as the world."""

FARTHEST = 125.0
"""Degrees from its centre to which an azimuthal map is drawn at most: beyond, all is a smear."""
_ROUND, _HIGH, _FARTHEST = 240.0, 56.0, 92.0
"""Degrees of longitude that places must span, their mean latitude, and how far from the pole they may lie, for a map about the pole."""

_NE_X = (0.870700, -0.131979, -0.013791, 0.0, 0.0, 0.003971, -0.001529)
_NE_Y = (1.007226, 0.015085, 0.0, -0.044475, 0.028874, -0.005916, 0.0)
"""Coefficients of even powers of latitude: of longitude for x, of latitude for y."""


@dataclass(frozen=True)
class Projection:
    """`azimuthal`: Lambert's equal-area about the centre, out to `reach` degrees. `world`: Natural Earth about a meridian.

    Planes have x to the right and y **down**, as pictures have, in radii of the sphere.
    """

    kind: Literal["azimuthal", "world"]
    longitude: float
    latitude: float = 0.0
    reach: float = 180.0

    @property
    def rim(self) -> float:
        """The radius of the circle in the plane on which an azimuthal map ends."""
        return float(2 * np.sin(np.radians(self.reach) / 2))

    def forward(self, places: ArrayLike) -> Points:
        """Longitude and latitude in degrees, (n, 2), to the plane. What lies beyond `reach` is drawn onto its circle."""
        degrees = np.asarray(places, dtype=np.float64).reshape(-1, 2)
        if self.kind == "world":
            return _world_forward(turned(degrees[:, 0], self.longitude), degrees[:, 1])
        return self._azimuthal(degrees)

    def meridian_forward(self, relative: Points) -> Points:
        """Like `forward` for longitudes that are already relative to the centre and may not be wrapped. World only."""
        return _world_forward(relative[:, 0], relative[:, 1])

    def back(self, points: ArrayLike) -> Points:
        """The plane to longitude and latitude in degrees; NaN outside the world."""
        plane = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        if self.kind == "world":
            return _world_back(plane, self.longitude)
        return self._azimuthal_back(plane)

    def distance(self, places: ArrayLike) -> NDArray[np.float64]:
        """Degrees of arc from the centre."""
        degrees = np.radians(np.asarray(places, dtype=np.float64).reshape(-1, 2))
        centre = np.radians(self.latitude)
        cosine = np.sin(centre) * np.sin(degrees[:, 1]) + np.cos(centre) * np.cos(degrees[:, 1]) * np.cos(
            degrees[:, 0] - np.radians(self.longitude)
        )
        return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))))

    def _azimuthal(self, degrees: Points) -> Points:
        lam = np.radians(degrees[:, 0] - self.longitude)
        phi, centre = np.radians(degrees[:, 1]), np.radians(self.latitude)
        east = np.cos(phi) * np.sin(lam)
        north = np.cos(centre) * np.sin(phi) - np.sin(centre) * np.cos(phi) * np.cos(lam)
        cosine = np.sin(centre) * np.sin(phi) + np.cos(centre) * np.cos(phi) * np.cos(lam)
        angle = np.arccos(np.clip(cosine, -1, 1))
        radius = 2 * np.sin(np.minimum(angle, np.radians(self.reach)) / 2)
        # The antipode has no direction: anywhere on the rim, but never in the middle.
        opposite = (np.hypot(east, north) < 1e-9) & (cosine < 0)
        east = np.where(opposite, 1.0, east)
        length = np.maximum(np.hypot(east, north), 1e-12)
        return np.column_stack([east / length * radius, -north / length * radius])

    def _azimuthal_back(self, plane: Points) -> Points:
        x, y = plane[:, 0], -plane[:, 1]
        rho = np.hypot(x, y)
        with np.errstate(invalid="ignore"):
            c = 2 * np.arcsin(rho / 2)
        centre = np.radians(self.latitude)
        scale = np.divide(np.sin(c), rho, out=np.ones_like(rho), where=rho > 1e-12)
        with np.errstate(invalid="ignore"):
            phi = np.arcsin(np.clip(np.cos(c) * np.sin(centre) + y * scale * np.cos(centre), -1, 1))
        lam = np.arctan2(x * scale, np.cos(centre) * np.cos(c) - y * scale * np.sin(centre))
        return np.column_stack([turned(np.degrees(lam) + self.longitude, 0.0), np.degrees(phi)])


def turned(longitude: NDArray[np.float64], centre: float) -> NDArray[np.float64]:
    """Longitudes relative to a meridian, from -180 to 180."""
    return (longitude - centre + 180.0) % 360.0 - 180.0


def _polynomial(coefficients: Sequence[float], phi: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.polynomial.polynomial.polyval(phi * phi, coefficients))


def _world_forward(relative: NDArray[np.float64], latitude: NDArray[np.float64]) -> Points:
    phi = np.radians(latitude)
    x = np.radians(relative) * _polynomial(_NE_X, phi)
    return np.column_stack([x, -phi * _polynomial(_NE_Y, phi)])


def _world_back(plane: Points, centre: float) -> Points:
    y = -plane[:, 1]
    phi = y.copy()
    slope = np.array([(2 * power + 1) * value for power, value in enumerate(_NE_Y)])
    for _ in range(12):
        step = (phi * _polynomial(_NE_Y, phi) - y) / np.maximum(_polynomial(slope.tolist(), phi), 0.05)
        phi = np.clip(phi - step, -2.0, 2.0)  # outside the world it would run away
    lam = np.degrees(plane[:, 0] / _polynomial(_NE_X, phi))
    outside = (np.abs(lam) > 180) | (np.abs(phi) > np.pi / 2)
    found = np.column_stack([turned(lam + centre, 0.0), np.degrees(phi)])
    found[outside] = np.nan
    return found


def choose_projection(places: ArrayLike, target: ArrayLike | None = None, wide: float = WIDE) -> Projection:
    """The projection for everything a scene shows, `places` (n, 2) degrees; one a scene, so that its camera moves in one plane.

    `target` is what it comes to rest on: the scene is centred on its meridian, so that north is up there.
    What reaches further than `wide` degrees from the centre is drawn as the world.
    """
    degrees = np.asarray(places, dtype=np.float64).reshape(-1, 2)
    longitude, latitude = centre_of(degrees)
    if target is not None:
        longitude = centre_of(np.asarray(target, dtype=np.float64).reshape(-1, 2))[0]
    pole = _pole_among(degrees)
    if pole:
        goal = degrees if target is None else np.asarray(target, dtype=np.float64).reshape(-1, 2)
        # Of what lies all round the pole no side is up: Greenwich is below, as on most maps of the Arctic.
        return Projection("azimuthal", 0.0 if _span(goal)[1] > _ROUND else longitude, pole, FARTHEST)
    local = Projection("azimuthal", longitude, latitude)
    reach = float(local.distance(degrees).max())
    if reach <= wide:
        return Projection("azimuthal", longitude, latitude, min(FARTHEST, 1.6 * reach + 25.0))
    return Projection("world", longitude)


def _pole_among(degrees: Points) -> float:
    """The latitude of the pole that places lie around; 0 where they do not."""
    mean = float(degrees[:, 1].mean())
    farthest = 90 - float((degrees[:, 1] * np.sign(mean)).min())
    around = abs(mean) >= _HIGH and farthest <= _FARTHEST and _span(degrees)[1] > _ROUND
    return float(np.copysign(90.0, mean)) if around else 0.0


def centre_of(degrees: Points) -> tuple[float, float]:
    """The middle of places: of the shortest span of longitudes that holds them, and of their latitudes."""
    west, span = _span(degrees)
    middle = (west + span / 2 + 180.0) % 360.0 - 180.0
    return middle, float((degrees[:, 1].min() + degrees[:, 1].max()) / 2)


def _span(degrees: Points) -> tuple[float, float]:
    """(western end, width) of the shortest span of longitudes that holds places."""
    longitudes = np.sort(degrees[:, 0] % 360.0)
    gaps = np.diff(np.append(longitudes, longitudes[0] + 360.0))
    widest = int(np.argmax(gaps))
    span = 360.0 - float(gaps[widest])
    return float(longitudes[(widest + 1) % len(longitudes)]), span
