"""The roadmap as it stands: its actions in their order, where they are written, and who may change which of them."""

import re
from datetime import date

from app.board.asking import Refused
from app.board.board import Board
from app.board.checking import checked
from app.board.limits import Limits
from app.board.records import Action, Person, Step
from app.board.rule import facilitates
from app.board.staging import LONGEST_ADDRESS, host_of
from app.board.writing import tidy

_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])")


def actions(board: Board) -> list[Action]:
    """Those that stand, in the order that facilitators gave them."""
    kept = (action for action in board.all(Action) if action.state != "removed")
    return sorted(kept, key=lambda action: (action.order, action.id))


def roadmap_steps(board: Board) -> list[Step]:
    """The steps in which the one roadmap of the board is shown."""
    return [step for step in board.steps if step.kind == "roadmap"]


def is_open_to(board: Board, person: Person) -> bool:
    """May they write on the roadmap? Facilitators once it is on the agenda; others once a step of it has come."""
    steps, current = roadmap_steps(board), board.step
    if facilitates(person):
        return bool(steps)
    here = (current.order, current.id) if current else ("", "")
    return any(step.write and (step.order, step.id) <= here for step in steps)


def may_change(action: Action, person: Person) -> bool:
    """Is it theirs to reword and to remove?"""
    return action.by == person.id or facilitates(person)


def may_tick(action: Action, person: Person) -> bool:
    """May they say that it is done? Whoever may change it, and whoever speaks for the place that owns it."""
    return may_change(action, person) or owns(action, person)


def owns(action: Action, person: Person) -> bool:
    """Do they speak for the place that is to do it?"""
    return action.owner != "" and action.owner.casefold() == person.place.casefold()


def checked_day(day: str) -> str:
    """A day of this century as ISO 8601 ("2026-12-31") or ""; refused `invalid` for any other."""
    if not day:
        return ""
    try:
        if _DAY.fullmatch(day):
            return date.fromisoformat(day).isoformat()
    except ValueError:
        pass
    raise Refused("invalid", field="due")


def checked_link(address: str) -> str:
    """A plain http or https address or ""; refused `invalid` for any other."""
    address = address.strip()
    if address and (len(address) > LONGEST_ADDRESS or tidy(address) != address or not host_of(address)):
        raise Refused("invalid", field="link")
    return address


def checked_contact(contact: str, limits: Limits) -> str:
    """An address of mail, or words; refused `too-long`."""
    return checked(contact, most=limits.prompt, field="contact", empty=True)


def mail_of(contact: str) -> str:
    """The contact when it is nothing but an address of mail, else ""."""
    return contact if _MAIL.fullmatch(contact) else ""
