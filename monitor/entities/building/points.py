"""The middle of several places. Means are taken of unit vectors: the mean of two longitudes breaks at 180 degrees."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Point = tuple[float, float]  # latitude, longitude in degrees


def middle(points: Iterable[Point]) -> Point | None:
    """Return the point nearest to all `points`, to three decimals; None for none, or where they cancel out."""
    vectors = [_vector(*point) for point in points]
    x, y, z = (math.fsum(axis) for axis in zip(*vectors, strict=True)) if vectors else (0.0, 0.0, 0.0)
    if math.hypot(x, y, z) < 1e-9:
        return None
    # Adding 0.0 turns -0.0 into 0.0, which would be written differently.
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 3) + 0.0, round(math.degrees(math.atan2(y, x)), 3) + 0.0


def _vector(lat: float, lon: float) -> tuple[float, float, float]:
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)
