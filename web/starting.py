"""When a session starts, as it is typed: a moment, and the zone that it is told in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from babel.dates import get_timezone

from app.board.asking import Refused
from web.parsing import text_of

# From 2001 to 2200: outside of it somebody sent milliseconds, or a slip.
SOONEST, LATEST = 1e9, 7.26e9
MOST_OF_A_ZONE = 64


def zone_of(fields: Mapping[str, Any]) -> str | None:
    """The zone's IANA name, None when none was given. Refused: invalid {field}."""
    name = text_of(fields, "zone")
    if not name:
        return None
    try:
        get_timezone(name[:MOST_OF_A_ZONE])
    except (LookupError, ValueError, OSError):
        raise Refused("invalid", field="zone") from None
    return name


def starts_at(fields: Mapping[str, Any], zone: str | None) -> float | None:
    """Seconds since 1970, from a number or from ISO 8601; a time without an offset is told in `zone`, else in UTC.

    Refused: invalid {field}.
    """
    given = fields.get("starts_at")
    if given is None or given == "":
        return None
    seconds = _seconds(given, zone)
    if not SOONEST <= seconds <= LATEST:
        raise Refused("invalid", field="starts_at")
    return seconds


def _seconds(given: object, zone: str | None) -> float:
    if isinstance(given, int | float) and not isinstance(given, bool):
        return float(max(0, min(given, LATEST + 1)))
    try:
        moment = datetime.fromisoformat(given if isinstance(given, str) else "")
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=get_timezone(zone) if zone else UTC)
        return moment.timestamp()
    except (ValueError, OverflowError):
        raise Refused("invalid", field="starts_at") from None
