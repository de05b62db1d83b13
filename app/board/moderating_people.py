"""Moderating people: admit, mute, remove, readmit, and who facilitates with whom; each of them undoable."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.board import Board
from app.board.forgetting import FORGOTTEN
from app.board.hall import rotated
from app.board.headlines import hidden
from app.board.records import Action, Comment, Headline, Note, Person, Record, Translation, Version
from app.board.rule import Rule, Who, facilitates


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdmit:
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMute:
    person: str
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRemove:
    person: str
    hide_notes: bool = False
    rotate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReadmit:
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPromote:
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDemote:
    person: str


def admit(board: Board, command: PersonAdmit, ask: Ask) -> Changes:
    """Lets in who waits. Refused: unknown; not-now for somebody removed, who is readmitted instead."""
    person = board.need(Person, command.person)
    if person.is_gone:
        raise Refused("not-now", step="")
    return put(replace(person, state="here"))


def mute(board: Board, command: PersonMute, ask: Ask) -> Changes:
    """A muted person reads and votes but does not write. Refused: unknown; not-now for a facilitator.

    Giving the word back gives it back whole, also when it was taken by way of an unsigned note. To somebody
    who is not muted by name it is not given back: what came of that would tell whose the note is.
    """
    person = board.need(Person, command.person)
    if command.on and facilitates(person):
        raise Refused("not-now", step="")
    if person.muted == command.on:
        return NOTHING
    return put(replace(person, muted=command.on, hushed=person.hushed and command.on))


def remove(board: Board, command: PersonRemove, ask: Ask) -> Changes:
    """Takes the seat, and at once, where asked, hides all they wrote and rotates the join link.

    Refused: unknown; not-now for oneself and for the last facilitator. Who asked to be forgotten has gone already.
    """
    person = board.need(Person, command.person)
    if person.id == ask.actor or _is_last_facilitator(board, person):
        raise Refused("not-now", step="")
    if person.state == "forgotten":
        return NOTHING
    records: list[Record] = [replace(person, state="removed", hand_at=None)]
    if command.hide_notes:
        records += _hidden(board, person)
    if command.rotate:
        records.append(rotated(board.door, "join"))
    gone = board.by(Translation, person.id) if command.hide_notes else []
    return Changes({**put(*records).records, **drop(*gone).records})


def _hidden(board: Board, author: Person) -> Iterator[Note | Comment | Action | Headline | Version]:
    """What they wrote, not what they merged of others'; what they translated has no state, and goes."""
    for note in board.by(Note, author.id):
        if note.state in ("shown", "waiting") and not note.made_of:
            yield replace(note, state="hidden", pinned=False)
    for action in board.by(Action, author.id):
        yield replace(action, state="removed")
    for comment in board.by(Comment, author.id):
        if comment.state == "shown":
            yield replace(comment, state="hidden")
    for headline in board.by(Headline, author.id):
        if headline.state != "hidden":
            yield from hidden(board, headline)


def _is_last_facilitator(board: Board, person: Person) -> bool:
    holders = [each.id for each in board.people() if each.role == "facilitator" and each.state == "here"]
    return holders == [person.id]


def readmit(board: Board, command: PersonReadmit, ask: Ask) -> Changes:
    """Gives the seat back; what was hidden with it stays hidden until it is shown.

    Refused: unknown; not-now for somebody who was forgotten, who comes in anew.
    """
    person = board.need(Person, command.person)
    if person.name == FORGOTTEN:
        raise Refused("not-now", step="")
    return put(replace(person, state="here")) if person.state == "removed" else NOTHING


def promote(board: Board, command: PersonPromote, ask: Ask) -> Changes:
    """Makes a co-facilitator. Refused: unknown; not-now for somebody who is not here."""
    person = board.need(Person, command.person)
    if person.state != "here":
        raise Refused("not-now", step="")
    return NOTHING if facilitates(person) else put(replace(person, role="cohost", muted=False, hushed=False))


def demote(board: Board, command: PersonDemote, ask: Ask) -> Changes:
    """Makes a participant of a facilitator. Refused: unknown; not-now for the last facilitator."""
    person = board.need(Person, command.person)
    if _is_last_facilitator(board, person):
        raise Refused("not-now", step="")
    facilitated = person.role in ("facilitator", "cohost")
    return put(replace(person, role="participant")) if facilitated else NOTHING


RULES = (
    Rule("person.admit", PersonAdmit, admit, Who.FACILITATORS),
    Rule("person.mute", PersonMute, mute, Who.FACILITATORS),
    Rule("person.remove", PersonRemove, remove, Who.FACILITATORS),
    Rule("person.readmit", PersonReadmit, readmit, Who.FACILITATORS),
    Rule("person.promote", PersonPromote, promote, Who.FACILITATORS),
    Rule("person.demote", PersonDemote, demote, Who.FACILITATORS),
)
