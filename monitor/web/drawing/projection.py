"""Where a point of the Earth stands on our map: the Equal Earth projection, in SVG units.

Areas keep their proportions, so that a shaded country weighs on the eye what it weighs on the ground. The polynomial is
that of Šavrič, Patterson and Jenny, "The Equal Earth map projection" (2018).
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
WIDTH = 2000  # the whole way round
NORTHMOST, SOUTHMOST = 83.7, -56.0  # of what is drawn: all land but Antarctica


def _raw(lon: float, lat: float) -> tuple[float, float]:
    theta = asin(sqrt(3) / 2 * sin(radians(lat)))
    squared = theta * theta
    sixth = squared * squared * squared
    slope = A1 + 3 * A2 * squared + sixth * (7 * A3 + 9 * A4 * squared)
    return 2 * radians(lon) * cos(theta) / (sqrt(3) * slope), theta * (A1 + A2 * squared + sixth * (A3 + A4 * squared))


_REACH = _raw(180, 0)[0]
_TOP = _raw(0, NORTHMOST)[1]
_SCALE = WIDTH / (2 * _REACH)
HEIGHT = round((_TOP - _raw(0, SOUTHMOST)[1]) * _SCALE)


def place_on_map(lon: float, lat: float) -> tuple[float, float]:
    """Return x and y in SVG units, x in 0..WIDTH, y from the top; points south of what is drawn lie beyond HEIGHT.

    `lon` and `lat` are degrees; what lies outside -180..180 and -90..90 is brought back to the edge.
    """
    x, y = _raw(min(max(lon, -180.0), 180.0), min(max(lat, -90.0), 90.0))
    return (x + _REACH) * _SCALE, (_TOP - y) * _SCALE
