"""How a moment is told in a zone and a language, and the zones that people choose from, named by a city of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location

from app.board.writing import fold

if TYPE_CHECKING:
    from web.words import Words

UNIVERSAL = "UTC"

# Continents by their code in CLDR: Africa, the Americas, Asia, Europe, Oceania.
ZONES: Mapping[str, str] = MappingProxyType(
    {
        "002": "Abidjan Accra Addis_Ababa Algiers Bamako Brazzaville Cairo Casablanca Conakry Dakar"
        " Dar_es_Salaam Douala Harare Johannesburg Kampala Khartoum Kigali Kinshasa Lagos Libreville Lome Luanda Lusaka"
        " Maputo Monrovia Nairobi Ndjamena Niamey Nouakchott Ouagadougou Porto-Novo Tripoli Tunis Windhoek",
        "019": "Anchorage Argentina/Buenos_Aires Asuncion Bogota Caracas Chicago Costa_Rica Denver El_Salvador"
        " Guatemala Guayaquil Halifax Havana Jamaica La_Paz Lima Los_Angeles Managua Mexico_City Montevideo New_York"
        " Panama Phoenix Port-au-Prince Port_of_Spain Puerto_Rico Regina Santiago Santo_Domingo Sao_Paulo St_Johns"
        " Tegucigalpa Tijuana Toronto Vancouver Winnipeg",
        "142": "Almaty Amman Baghdad Baku Bangkok Beirut Colombo Dhaka Dubai Hebron Ho_Chi_Minh Hong_Kong Jakarta"
        " Jerusalem Kabul Karachi Kathmandu Kolkata Kuala_Lumpur Makassar Manila Qatar Riyadh Seoul Shanghai Singapore"
        " Taipei Tashkent Tbilisi Tehran Tokyo Ulaanbaatar Yangon Yerevan",
        "150": "Amsterdam Athens Belgrade Berlin Brussels Bucharest Budapest Copenhagen Dublin Helsinki Istanbul Kyiv"
        " Lisbon London Madrid Moscow Oslo Paris Prague Rome Sarajevo Sofia Stockholm Tallinn Vienna Vilnius Warsaw"
        " Zurich",
        "009": "Apia Auckland Brisbane Fiji Guam Honolulu Noumea Perth Port_Moresby Sydney Tahiti Tongatapu",
    }
)
_AREAS: Mapping[str, str] = MappingProxyType(
    {"002": "Africa", "019": "America", "142": "Asia", "150": "Europe", "009": "Pacific"}
)
_ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {"Brisbane": "Australia/Brisbane", "Perth": "Australia/Perth", "Sydney": "Australia/Sydney"}
)


def known(zone: str) -> bool:
    """Is there a zone of this name?"""
    try:
        return bool(ZoneInfo(zone).key)
    except (LookupError, ValueError, OSError):
        return False


def zone_of(name: str | None) -> tzinfo:
    """The zone of that name; universal time without one, and for a name that this machine has lost."""
    return ZoneInfo(name) if name and known(name) else UTC


def date_in(words: Words, at: float, zone: str | None) -> str:
    """Thursday, 26 November 2026."""
    return format_date(datetime.fromtimestamp(at, zone_of(zone)), "full", locale=_locale(words.locale))


def hour_in(words: Words, at: float, zone: str | None) -> str:
    """17:30, on the clock of that zone."""
    return format_time(datetime.fromtimestamp(at, zone_of(zone)), "HH:mm", locale=_locale(words.locale))


def seconds_ahead(at: float, zone: str | None) -> int:
    """How far the clocks of that zone are ahead of universal time at that moment."""
    ahead = datetime.fromtimestamp(at, zone_of(zone)).utcoffset()
    return int(ahead.total_seconds()) if ahead else 0


def city_of(words: Words, zone: str | None) -> str:
    """What people of that language call the zone: the city it is named for, or UTC."""
    return _city(words.locale, zone if zone and known(zone) else UNIVERSAL)


@lru_cache(maxsize=8)
def offered(words: Words) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The zones to choose from, by continent: (continent, ((zone, city), …)), cities as they are called and sorted."""
    return tuple((_continent(words, code), _cities(words, code)) for code in ZONES)


def typed_in(at: float | None, zone: str | None) -> tuple[str, str]:
    """A moment as the fields of a form hold it: (2026-11-26, 17:30), or two blanks."""
    if at is None:
        return "", ""
    moment = datetime.fromtimestamp(at, zone_of(zone))
    return moment.strftime("%Y-%m-%d"), moment.strftime("%H:%M")


def _continent(words: Words, code: str) -> str:
    return str(words.locale.territories.get(code, code))


def _cities(words: Words, code: str) -> tuple[tuple[str, str], ...]:
    zones = (_ELSEWHERE.get(name, f"{_AREAS[code]}/{name}") for name in ZONES[code].split())
    return tuple(sorted(((zone, _city(words.locale, zone)) for zone in zones), key=lambda pair: fold(pair[1])))


def _city(locale: Locale, zone: str) -> str:
    return get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True).rpartition("/")[2]


def _locale(locale: Locale) -> Locale:
    """English speaks to many countries here: the day comes before the month, and the clock counts to 24."""
    return Locale("en", "GB") if locale.language == "en" else locale
