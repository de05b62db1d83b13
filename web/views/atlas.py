"""The world as a picture of who was heard: places as spots on it, and regions by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from app.outcomes.heard import Heard, Voice
from app.outcomes.world import HEIGHT, WIDTH, outlines, spot
from web import places
from web.words import Words

SMALLEST, LARGEST = 4.0, 13.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotView:
    """A place on the map: x, y and radius in units of the picture. A ring says that it voted."""

    voice: Voice
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AtlasView:
    """Spots, the largest first, so that the small ones lie above; `elsewhere` are places of which we know no spot.

    `lands` are outlines by country code, `coloured` the codes of those countries that were heard.
    """

    width: float
    height: float
    lands: dict[str, str]
    coloured: frozenset[str]
    spots: tuple[SpotView, ...]
    elsewhere: tuple[Voice, ...]
    heard: tuple[str, ...]
    silent: tuple[str, ...]
    secret: bool
    countries: int


def atlas_view(heard: Heard, words: Words) -> AtlasView:
    """Takes about a millisecond for a hundred places, once their names have been looked up."""
    spots = list(_spots(heard.voices))
    known = {(each.voice.place, each.voice.country) for each in spots}
    return AtlasView(
        width=WIDTH,
        height=HEIGHT,
        lands=dict(outlines()),
        coloured=frozenset(each.country for each in heard.voices if each.country),
        spots=tuple(sorted(spots, key=lambda each: -each.radius)),
        elsewhere=tuple(each for each in heard.voices if (each.place, each.country) not in known),
        heard=tuple(_region(each, words) for each in heard.regions),
        silent=tuple(_region(each, words) for each in heard.silent),
        secret=heard.secret,
        countries=len({each.country for each in heard.voices if each.country}),
    )


def _spots(voices: tuple[Voice, ...]) -> Iterator[SpotView]:
    most = max((each.wrote for each in voices), default=0)
    for each in voices:
        if lies := places.lies(each.place, each.country):
            x, y = spot(*lies)
            # Areas, not radii, are what an eye compares.
            radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(each.wrote / most) if most else SMALLEST
            yield SpotView(voice=each, x=x, y=y, radius=round(radius, 1))


def _region(code: str, words: Words) -> str:
    name: str = words.locale.territories[code]
    return name
