"""What is switched for everybody: title, lock, panic, announcement, spotlight, the end, and the door."""

from dataclasses import dataclass, replace
from typing import Literal

from app.board.asking import NOTHING, Ask, Changes, Refused, put
from app.board.audience import is_out
from app.board.board import Board
from app.board.checking import checked
from app.board.headlined import headline_stands
from app.board.records import Ballot, Door, Headline, Note, Timer
from app.board.rule import Rule, Who


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRename:
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLock:
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardBlank:
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardAnnounce:
    """An empty text takes the announcement away."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardClose:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardReopen:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSet:
    open: Literal["open", "waiting", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRotate:
    role: Literal["join", "facilitator", "cohost", "observer", "screen", "results"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotlight:
    """`part` is "note:<id>", "headline:<id>" for its billboards, or empty for nothing."""

    part: str = ""


def rename(board: Board, command: BoardRename, ask: Ask) -> Changes:
    """Refused: empty, too-long {max}."""
    return put(replace(board.about, title=checked(command.title, most=ask.limits.title, field="title")))


def lock(board: Board, command: BoardLock, ask: Ask) -> Changes:
    """A locked board takes nothing from anybody but facilitators."""
    return put(replace(board.now, locked=command.on))


def blank(board: Board, command: BoardBlank, ask: Ask) -> Changes:
    """Panic: one press, and walls and screens show no note."""
    return put(replace(board.now, blank=command.on))


def announce(board: Board, command: BoardAnnounce, ask: Ask) -> Changes:
    """Refused: too-long {max}. The same words again are a new announcement."""
    text = checked(command.text, most=ask.limits.prompt, empty=True)
    return put(replace(board.now, announcement=text, announced_at=ask.now if text else None))


def close(board: Board, command: BoardClose, ask: Ask) -> Changes:
    """Ends the session: open ballots close, the timer stops, only facilitators still change anything."""
    if board.now.closed:
        return NOTHING
    ballots = [
        replace(ballot, state="closed", closed_at=ask.now) for ballot in board.all(Ballot) if ballot.state == "open"
    ]
    return put(replace(board.now, closed=True), Timer(), *ballots)


def reopen(board: Board, command: BoardReopen, ask: Ask) -> Changes:
    """The session goes on; ballots stay closed, for their results were seen."""
    return put(replace(board.now, closed=False))


def set_door(board: Board, command: DoorSet, ask: Ask) -> Changes:
    """Opening the door lets everybody in who waits at it."""
    waiting = [person for person in board.people() if person.state == "waiting" and command.open == "open"]
    return put(replace(board.door, open=command.open), *(replace(person, state="here") for person in waiting))


def rotate(board: Board, command: DoorRotate, ask: Ask) -> Changes:
    """The link of that role stops working, and the next one starts."""
    return put(rotated(board.door, command.role))


def rotated(door: Door, role: str) -> Door:
    """The door once the link of that role has its next generation."""
    return replace(door, generations={**door.generations, role: door.generation(role) + 1})


def spotlight(board: Board, command: Spotlight, ask: Ask) -> Changes:
    """Refused: unknown {what} for a note that not everybody may see, or a headline that does not stand; invalid."""
    kind, _, id_ = command.part.partition(":")
    if command.part and (kind not in (Note.KIND, Headline.KIND) or not id_):
        raise Refused("invalid", field="part")
    if kind == Note.KIND and not is_out(board, board.need(Note, id_)):
        raise Refused("unknown", what="note")
    if kind == Headline.KIND and not headline_stands(board, id_):
        raise Refused("unknown", what="headline")
    return put(replace(board.now, spotlight=command.part))


RULES = (
    Rule("board.rename", BoardRename, rename, Who.FACILITATORS),
    Rule("board.lock", BoardLock, lock, Who.FACILITATORS),
    Rule("board.blank", BoardBlank, blank, Who.FACILITATORS),
    Rule("board.announce", BoardAnnounce, announce, Who.FACILITATORS),
    Rule("board.close", BoardClose, close, Who.FACILITATORS),
    Rule("board.reopen", BoardReopen, reopen, Who.FACILITATORS),
    Rule("door.set", DoorSet, set_door, Who.FACILITATORS),
    Rule("door.rotate", DoorRotate, rotate, Who.FACILITATORS),
    Rule("spotlight", Spotlight, spotlight, Who.FACILITATORS),
)
