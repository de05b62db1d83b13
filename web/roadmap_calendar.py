"""The days of the roadmap for a calendar: each action with a day is an event of that day (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from app.board.board import Board
from app.outcomes.roadmap import Roadmap, Row
from web.invitation import PRODUCT
from web.words import Words


def roadmap_calendar(board: Board, roadmap: Roadmap, words: Words, *, address: str, now: float) -> bytes:
    """A later file replaces an earlier one, event by event, by the same UIDs."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for row in roadmap.rows:
        if row.action.due:
            calendar.add_component(_event(board, row, words, address=address, now=now))
    return bytes(calendar.to_ical())


def _event(board: Board, row: Row, words: Words, *, address: str, now: float) -> Event:
    day, action = date.fromisoformat(row.action.due), row.action
    event = Event()
    event.add("uid", f"{action.id}.{board.id}@flipchart")
    event.add("sequence", board.seq)
    event.add("dtstamp", datetime.fromtimestamp(int(now), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    said = words.gettext("Done: %(text)s") % {"text": action.text} if row.done else action.text
    event.add("summary", said)
    owner = [words.gettext("Who: %(owner)s") % {"owner": action.owner}] if action.owner else []
    event.add("description", "\n".join([*owner, board.about.title]))
    event.add("url", f"{address}/b/{board.id}")
    event.add("transp", "TRANSPARENT")
    return event
