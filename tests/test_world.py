"""The picture of the world: its projection agrees with published figures, its outlines with where cities lie."""

import re

import pytest

from app.outcomes.world import HEIGHT, WIDTH, outlines, spot

PAIR = re.compile(r"([\d.e-]+) ([\d.e-]+)")
# Half the width of the whole Equal Earth map is 2.7066 radii, half its height 1.3173: the ratio of the published map.
RADIUS = WIDTH / 2 / 2.7066299836


def _rings(code):
    return [[(float(x), float(y)) for x, y in PAIR.findall(ring)] for ring in outlines()[code].split("Z") if ring]


def _inside(point, ring):
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossed = not crossed
    return crossed


@pytest.mark.parametrize(
    ("latitude", "longitude", "across", "up"),
    [(0, 0, 0.0, 0.0), (0, 180, 2.7066299836, 0.0), (90, 0, 0.0, 1.3173627592)],
)
def test_a_place_lies_where_the_equal_earth_projection_says(latitude, longitude, across, up):
    x, y = spot(latitude, longitude)
    equator = spot(0, 0)[1]
    assert x == pytest.approx(WIDTH / 2 + across * RADIUS, abs=0.1)
    assert equator - y == pytest.approx(up * RADIUS, abs=0.1)


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"),
    [("FR", 45.75, 4.85), ("SN", 14.74, -17.1), ("EC", -0.23, -78.5), ("AU", -35.3, 149.1), ("CA", 53.5, -113.5)],
)
def test_a_city_lies_in_the_outline_of_its_country_alone(country, latitude, longitude):
    point = spot(latitude, longitude)
    assert [code for code in outlines() if any(_inside(point, ring) for ring in _rings(code))] == [country]


def test_every_outline_lies_in_the_picture():
    points = [point for code in outlines() for ring in _rings(code) for point in ring]
    assert len(points) > 5_000
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
