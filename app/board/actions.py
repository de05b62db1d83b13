"""Actions: who does what by when; written, reworded, done, moved and removed, and how people are reached afterwards."""

from dataclasses import dataclass, replace

from app.board.asking import NOTHING, Ask, Changes, Refused, put
from app.board.audience import is_out
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.checking import checked
from app.board.clusters import clusters
from app.board.limits import Limits
from app.board.ordering import between
from app.board.records import Action, Note
from app.board.roadmap import (
    actions,
    checked_contact,
    checked_day,
    checked_link,
    is_open_to,
    may_change,
    may_tick,
)
from app.board.rule import Rule, Who, actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAdd:
    """Made out of a `note`, it takes over that note's words where it has none of its own."""

    text: str = ""
    owner: str = ""
    due: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEdit:
    """All of an action at once: what is left out is empty. `base` is the seq that its writer had seen."""

    action: str
    text: str
    base: int
    owner: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone:
    action: str
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRemove:
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionMove:
    """After another one; "" is before all."""

    action: str
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackEdit:
    """How people say afterwards what became of it: an address of mail or words, and a link."""

    contact: str = ""
    link: str = ""


def add(board: Board, command: ActionAdd, ask: Ask) -> Changes:
    """Refused: not-now {step}, too-many {max}, unknown note, empty, too-long {max}, invalid {field} for its day."""
    person = actor(board, ask)
    if not is_open_to(board, person):
        raise Refused("not-now", step=board.now.step)
    if board.count(Action) >= ask.limits.actions:
        raise Refused("too-many", max=ask.limits.actions)
    note = _open_note(board, command.note) if command.note else None
    standing = actions(board)
    action = Action(
        id=ask.make_id("action"),
        text=_words(command.text, note, ask.limits),
        owner=checked(command.owner, most=ask.limits.place, field="owner", empty=True),
        due=checked_day(command.due),
        by=person.id,
        place=person.place,
        order=between(standing[-1].order if standing else "", ""),
        created_at=ask.now,
        seq=ask.seq,
        text_seq=ask.seq,
        note=command.note,
    )
    return put(action, made={"action": action.id})


def _open_note(board: Board, id_: str) -> Note:
    """A note that everybody sees and that may be published, as actions are; refused `unknown` for any other."""
    note = board.need(Note, id_)
    if not is_out(board, note) or note.attribution == "unpublished":
        raise Refused("unknown", what="note")
    return note


def _words(text: str, note: Note | None, limits: Limits) -> str:
    if note is not None and not text.strip():
        return "".join(list(clusters(note.text))[: limits.action])
    return checked(text, most=limits.action)


def _standing(board: Board, id_: str, ask: Ask) -> Action:
    """Refused: unknown action (also a removed one), not-now {step} where the roadmap is closed to the asker."""
    action = board.need(Action, id_)
    if action.state == "removed":
        raise Refused("unknown", what="action")
    if not is_open_to(board, actor(board, ask)):
        raise Refused("not-now", step=board.now.step)
    return action


def _own(board: Board, id_: str, ask: Ask) -> Action:
    action = _standing(board, id_, ask)
    if not may_change(action, actor(board, ask)):
        raise Refused("not-yours")
    return action


def edit(board: Board, command: ActionEdit, ask: Ask) -> Changes:
    """Refused: unknown, not-now {step}, not-yours, changed-since {text}, empty, too-long {max}, invalid {field}."""
    action = _own(board, command.action, ask)
    if action.text_seq > command.base:
        raise Refused("changed-since", text=action.text)
    said = replace(
        action,
        text=checked(command.text, most=ask.limits.action),
        owner=checked(command.owner, most=ask.limits.place, field="owner", empty=True),
        due=checked_day(command.due),
    )
    return put(replace(said, text_seq=ask.seq)) if said != action else NOTHING


def done(board: Board, command: ActionDone, ask: Ask) -> Changes:
    """Refused: unknown, not-now {step}, not-yours for who neither wrote it nor speaks for the place that owns it."""
    action = _standing(board, command.action, ask)
    if not may_tick(action, actor(board, ask)):
        raise Refused("not-yours")
    return put(replace(action, state="done" if command.on else "open"))


def remove(board: Board, command: ActionRemove, ask: Ask) -> Changes:
    """It is kept, and comes back by undo. Refused: unknown, not-now {step}, not-yours."""
    return put(replace(_own(board, command.action, ask), state="removed"))


def move(board: Board, command: ActionMove, ask: Ask) -> Changes:
    """Refused: unknown action."""
    action = _standing(board, command.action, ask)
    others = [each for each in actions(board) if each.id != action.id]
    if command.after and command.after not in (each.id for each in others):
        raise Refused("unknown", what="action")
    at = next((at + 1 for at, each in enumerate(others) if each.id == command.after), 0)
    if actions(board).index(action) == at:
        return NOTHING
    low = others[at - 1].order if at else ""
    high = next((each.order for each in others[at:] if each.order > low), "")
    return put(replace(action, order=between(low, high)))


def reach(board: Board, command: FeedbackEdit, ask: Ask) -> Changes:
    """Refused: too-long {max}, invalid {field} for a link that is none."""
    campaign = campaign_of(board)
    contact, link = checked_contact(command.contact, ask.limits), checked_link(command.link)
    if (contact, link) == (campaign.contact, campaign.link):
        return NOTHING
    return put(replace(campaign, contact=contact, link=link))


RULES = (
    Rule("action.add", ActionAdd, add),
    Rule("action.edit", ActionEdit, edit),
    Rule("action.done", ActionDone, done),
    Rule("action.remove", ActionRemove, remove),
    Rule("action.move", ActionMove, move, Who.FACILITATORS),
    Rule("feedback.edit", FeedbackEdit, reach, Who.FACILITATORS),
)
