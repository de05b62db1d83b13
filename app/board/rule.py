"""A rule: the name of a command, its shape, who may ask for it, and the function that decides it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from app.board.asking import Ask, Changes, Refused
from app.board.board import Board
from app.board.records import Person, Record

FACILITATING = ("facilitator", "cohost")


class Who(Enum):
    """Who may ask: DOOR only the door, for somebody who comes in; SELF whoever has a seat, about themselves.

    OWN whoever ever had a seat, about themselves, also when they were removed or wait to come in;
    VOTERS also when muted; WRITERS; FACILITATORS.
    """

    DOOR = "door"
    SELF = "self"
    OWN = "own"
    VOTERS = "voters"
    WRITERS = "writers"
    FACILITATORS = "facilitators"


Decide = Callable[[Board, Any, Ask], Changes]


@dataclass(frozen=True, slots=True)
class Rule:
    """`decide(board, command, ask)` answers Changes or raises Refused; it only reads the board.

    `indirect`: nobody asks it in so many words; it is asked for whoever sends a file, once that is kept, or writes
    together with others.
    """

    name: str
    command: type
    decide: Decide
    who: Who = Who.WRITERS
    indirect: bool = False


def facilitates(person: Person) -> bool:
    """Does this person hold a facilitator's or co-facilitator's seat now?"""
    return person.role in FACILITATING and person.state == "here"


def hushes(before: Record | None, after: Record | None) -> bool:
    """Do the two differ in nothing but a mute by way of an unsigned note? It is shown, told and drawn nowhere."""
    if not isinstance(before, Person) or not isinstance(after, Person):
        return False
    return before != after and replace(before, hushed=after.hushed) == after


def actor(board: Board, ask: Ask) -> Person:
    """The person who asks; refused `no-seat` for somebody whom the board does not know."""
    found = board.get(Person, ask.actor)
    if found is None:
        raise Refused("no-seat")
    return found


def admit(board: Board, rule: Rule, ask: Ask) -> None:
    """Refuse whoever may not ask this, by what the board says of them now: no socket carries a role."""
    if rule.who is Who.DOOR:
        return
    person = actor(board, ask)
    if rule.who is Who.OWN:
        return
    if person.is_gone:
        raise Refused("removed")
    if person.state == "waiting":
        raise Refused("waiting")
    if facilitates(person):
        return
    if rule.who is Who.FACILITATORS:
        raise Refused("only-facilitators")
    if rule.who is Who.SELF:
        return
    if person.role == "observer":
        raise Refused("read-only")
    if board.now.closed:
        raise Refused("closed")
    if board.now.locked:
        raise Refused("locked")
    if rule.who is Who.WRITERS and (person.muted or person.hushed):
        raise Refused("muted")
