"""The roadmap as an audience may see it on a day: what is open, done and overdue, and how to be reached."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.board.audience import Audience, may_see
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.records import Action, Note
from app.board.roadmap import actions


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One action. `days` until it is due: 0 is that very day, less is past; None without a day.

    `note` is what it was made out of, where this audience may read that.
    """

    action: Action
    days: int | None
    note: Note | None

    @property
    def done(self) -> bool:
        """Was it done?"""
        return self.action.state == "done"

    @property
    def overdue(self) -> bool:
        """Has its day passed, and it is not done?"""
        return not self.done and self.days is not None and self.days < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """Its rows in their order; `contact` (an address of mail, or words) and `link` are how to be reached."""

    rows: tuple[Row, ...]
    contact: str
    link: str

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(row.done for row in self.rows)

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(row.overdue for row in self.rows)

    @property
    def has_days(self) -> bool:
        """Is there a day to put into a calendar?"""
        return any(row.action.due for row in self.rows)


def today_of(board: Board, now: float) -> date:
    """Which day it is at that moment (seconds) in the session's zone, in UTC without one."""
    zone = board.about.zone
    try:
        return datetime.fromtimestamp(now, ZoneInfo(zone) if zone else UTC).date()
    except (LookupError, ValueError, OSError):
        return datetime.fromtimestamp(now, UTC).date()


def row_of(board: Board, action: Action, audience: Audience, today: date) -> Row:
    """The action beside that day."""
    note = board.get(Note, action.note) if action.note else None
    days = (date.fromisoformat(action.due) - today).days if action.due else None
    return Row(action=action, days=days, note=note if note and may_see(board, note, audience) else None)


def roadmap_of(board: Board, audience: Audience, today: date) -> Roadmap:
    """The roadmap as this audience may see it; removed actions are in none."""
    seen = (action for action in actions(board) if may_see(board, action, audience))
    campaign = campaign_of(board)
    told = may_see(board, campaign, audience)
    return Roadmap(
        rows=tuple(row_of(board, action, audience, today) for action in seen),
        contact=campaign.contact if told else "",
        link=campaign.link if told else "",
    )
