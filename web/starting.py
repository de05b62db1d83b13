"""When a session starts, as it is typed: a moment, and the zone that it is told in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.board.asking import Refused
from web.parsing import text_of
from web.times import known, zone_of

# From 2001 to 2200: outside of it somebody sent milliseconds, or a slip.
SOONEST, LATEST = 1e9, 7.26e9
MOST_OF_A_ZONE = 64
TYPED = ("date", "time")


def zone_typed(fields: Mapping[str, Any]) -> str | None:
    """The zone's IANA name, None when none was given. Refused: invalid {field}."""
    name = text_of(fields, "zone")
    if not name:
        return None
    if len(name) > MOST_OF_A_ZONE or not known(name):
        raise Refused("invalid", field="zone")
    return name


def starts_at(fields: Mapping[str, Any], zone: str | None) -> float | None:
    """Seconds since 1970, from a number, from ISO 8601, or from a form's `date` and `time`; None without any.

    A time without an offset is told in `zone`, else in UTC. Refused: invalid {field}, no-such-time {field} where the
    clocks of the zone leap over it.
    """
    given = fields.get("starts_at")
    if given is None or given == "":
        date, time = (text_of(fields, name) for name in TYPED)
        if not date and not time:
            return None
        given = f"{date}T{time}"
    seconds = _seconds(given, zone)
    if not SOONEST <= seconds <= LATEST:
        raise Refused("invalid", field="starts_at")
    return seconds


def scheduled(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of `board.settings` as the rules take them: a form's date and time are one moment, blank for none."""
    if fields.get("do") != "board.settings":
        return fields
    zone = zone_typed(fields)
    typed = {name: value for name, value in fields.items() if name not in (*TYPED, "zone")}
    if (fields.get("starts_at") and isinstance(fields["starts_at"], str)) or any(name in fields for name in TYPED):
        typed["starts_at"] = starts_at(fields, zone) or 0
    return typed | ({"zone": zone} if zone else {})


def _seconds(given: object, zone: str | None) -> float:
    if isinstance(given, int | float) and not isinstance(given, bool):
        return float(max(0, min(given, LATEST + 1)))
    try:
        moment = datetime.fromisoformat(given if isinstance(given, str) else "")
        return moment.timestamp() if moment.tzinfo else _told_in(zone, moment)
    except (ValueError, OverflowError):
        raise Refused("invalid", field="starts_at") from None


def _told_in(zone: str | None, typed: datetime) -> float:
    """Of an hour that comes twice it is the first; one that the clocks leap over never comes."""
    moment = typed.replace(tzinfo=zone_of(zone))
    if moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) != typed:
        raise Refused("no-such-time", field="starts_at")
    return moment.timestamp()
