"""The world as one picture: where a place lies on it, and the outline of each country."""

import json
from collections.abc import Mapping
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

OUTLINES = Path(__file__).with_name("world.json")
WIDTH = 1000.0
# Antarctica is left out: nobody sits there, and it would take a tenth of the picture.
NORTH, SOUTH = 84.0, -57.0
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def _plain(latitude: float, longitude: float) -> tuple[float, float]:
    """The Equal Earth projection, in radii of the globe (Šavrič, Patterson and Jenny 2018, equations 6 to 8).

    Areas keep their proportions, so that no continent looks larger than it is.
    """
    angle = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = angle * angle
    sixth = square**3
    across = 3 * (9 * _A4 * sixth * square + 7 * _A3 * sixth + 3 * _A2 * square + _A1)
    up = angle * (_A4 * sixth * square + _A3 * sixth + _A2 * square + _A1)
    return 2 * sqrt(3) * radians(longitude) * cos(angle) / across, up


_SCALE = WIDTH / (2 * _plain(0, 180)[0])
_TOP = _plain(NORTH, 0)[1]
HEIGHT = round((_TOP - _plain(SOUTH, 0)[1]) * _SCALE, 1)


def spot(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a place lies in a picture WIDTH wide and HEIGHT high: x from the left, y from the top.

    Degrees, north and east positive.
    """
    x, y = _plain(latitude, longitude)
    return round(WIDTH / 2 + x * _SCALE, 1), round((_TOP - y) * _SCALE, 1)


@cache
def outlines() -> Mapping[str, str]:
    """The outline of each country as an SVG path in that picture, by ISO 3166 code; "" holds the lands of none."""
    countries: dict[str, str] = json.loads(OUTLINES.read_text(encoding="utf-8"))["countries"]
    return countries
