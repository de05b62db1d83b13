"""The roadmap as it is drawn: each action with its day in the reader's language, and what it was made out of."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from app.board.audience import Base, may_see
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.records import Action
from app.board.roadmap import actions, mail_of
from app.board.staging import host_of
from app.outcomes.roadmap import Row, roadmap_of, row_of, today_of
from web.words import words_for


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """One row. `day` is its date as told, `days` how far it is; `before` and `after` name where a press moves it."""

    id: str
    key: str
    text: str
    owner: str
    due: str
    day: str
    days: int | None
    done: bool
    overdue: bool
    place: str
    note: str
    note_place: str
    text_seq: int
    first: bool
    last: bool
    up: str
    down: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapView:
    """All of it, and how many are open, done and late."""

    rows: tuple[ActionView, ...]
    done: int
    overdue: int
    has_days: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackView:
    """How people are reached afterwards: `mail` is the contact where it is an address of mail."""

    contact: str
    mail: str
    link: str
    host: str

    @property
    def is_empty(self) -> bool:
        """Is there no way yet?"""
        return not self.contact and not self.link


def day_said(day: str, language: str) -> str:
    """31 December 2026, in that language; "" for no day."""
    return format_date(date.fromisoformat(day), "long", locale=words_for(language).locale) if day else ""


def roadmap_view(board: Board, base: Base, language: str, now: float) -> RoadmapView:
    """What is open first, in its order, then what is done."""
    roadmap = roadmap_of(board, base, today_of(board, now))
    views = [_view(row, [each.action for each in roadmap.rows], language) for row in roadmap.rows]
    return RoadmapView(
        rows=tuple(sorted(views, key=lambda view: view.key)),
        done=roadmap.done,
        overdue=roadmap.overdue,
        has_days=roadmap.has_days,
    )


def action_view(board: Board, action: Action, base: Base, language: str, now: float) -> ActionView | None:
    """One action as this audience may see it now."""
    if not may_see(board, action, base):
        return None
    return _view(row_of(board, action, base, today_of(board, now)), actions(board), language)


def _view(row: Row, standing: list[Action], language: str) -> ActionView:
    action = row.action
    alike = [each for each in standing if each.state == action.state]
    ids = [each.id for each in alike]
    at = ids.index(action.id)
    return ActionView(
        id=action.id,
        key=f"{int(row.done)}{action.order} {action.id}",
        text=action.text,
        owner=action.owner,
        due=action.due,
        day=day_said(action.due, language),
        days=row.days,
        done=row.done,
        overdue=row.overdue,
        place=action.place,
        note=row.note.id if row.note else "",
        note_place=row.note.place if row.note else "",
        text_seq=action.text_seq,
        first=at == 0,
        last=at == len(alike) - 1,
        up=_before(standing, ids[at - 1]) if at else "",
        down=ids[at + 1] if at + 1 < len(ids) else "",
    )


def _before(standing: list[Action], id_: str) -> str:
    """Whoever stands right before that action, whatever its state; "" for the first."""
    ids = [each.id for each in standing]
    at = ids.index(id_)
    return ids[at - 1] if at else ""


def feedback_view(board: Board, base: Base) -> FeedbackView:
    """How people are reached afterwards."""
    campaign = campaign_of(board)
    told = may_see(board, campaign, base)
    contact, link = (campaign.contact, campaign.link) if told else ("", "")
    return FeedbackView(contact=contact, mail=mail_of(contact), link=link, host=host_of(link))
