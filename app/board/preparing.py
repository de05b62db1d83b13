"""How a board is prepared: when its session starts, in which zone that is told, whether the screen counts heads."""

import re
from dataclasses import dataclass, replace

from app.board.asking import Ask, Changes, Refused, put
from app.board.board import Board
from app.board.rule import Rule, Who

# Whoever types slowly, or starts at once, is not late.
MOST_LATE = 15 * 60
MOST_DAYS_AHEAD = 2 * 366
DAY = 24 * 3600

_ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSettings:
    """What is not given stays. `starts_at` in seconds since 1970, 0 for no time; `zone` an IANA name."""

    starts_at: float | None = None
    zone: str | None = None
    headcount: bool | None = None


def settings(board: Board, command: BoardSettings, ask: Ask) -> Changes:
    """Refused: in-the-past {field}, too-far {field, days}, invalid {field}. A start that stays is not judged anew."""
    about = board.about
    if command.starts_at is not None and command.starts_at != about.starts_at:
        about = replace(about, starts_at=checked_start(command.starts_at, now=ask.now) if command.starts_at else None)
    if command.zone is not None:
        about = replace(about, zone=checked_zone(command.zone))
    if command.headcount is not None:
        about = replace(about, headcount=command.headcount)
    return put(about)


def checked_start(starts_at: float, *, now: float) -> float:
    """A start that people can still come to; seconds. Refused: in-the-past {field}, too-far {field, days}."""
    if starts_at < now - MOST_LATE:
        raise Refused("in-the-past", field="starts_at")
    # A number that is none is not within anything.
    if not starts_at <= now + MOST_DAYS_AHEAD * DAY:
        raise Refused("too-far", field="starts_at", days=MOST_DAYS_AHEAD)
    return starts_at


def checked_zone(zone: str) -> str:
    """The name of a zone, as such names are formed; refused `invalid {field}`. Whoever tells times knows them all."""
    if not _ZONE.fullmatch(zone):
        raise Refused("invalid", field="zone")
    return zone


RULES = (Rule("board.settings", BoardSettings, settings, Who.FACILITATORS),)
