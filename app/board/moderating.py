"""Moderating notes: hide and show, approve and return, pin, lock, mute an author; all undoable."""

from dataclasses import dataclass, replace
from typing import Literal

from app.board.asking import NOTHING, Ask, Changes, Refused, put
from app.board.audience import is_signed
from app.board.board import Board
from app.board.checking import checked
from app.board.records import Note, Person
from app.board.rule import Rule, Who, facilitates

Reason = Literal["rephrase", "off-topic", "personal", "duplicate", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHide:
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShow:
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteApprove:
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReturn:
    note: str
    reason: Reason
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePin:
    note: str
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLock:
    note: str
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMuteAuthor:
    note: str


def _alive(board: Board, note_id: str) -> Note:
    note = board.need(Note, note_id)
    if note.state in ("deleted", "merged"):
        raise Refused("unknown", what="note")
    return note


def _one_authors(board: Board, note_id: str) -> Note:
    """A note that one person wrote; refused not-now {step} for one that several were merged into."""
    note = _alive(board, note_id)
    if note.made_of:
        raise Refused("not-now", step=note.step)
    return note


def _becomes(note: Note, state: str) -> Changes:
    if note.state == state:
        return NOTHING
    return put(replace(note, state=state, reason="", reason_text=""))


def hide(board: Board, command: NoteHide, ask: Ask) -> Changes:
    """Refused: unknown. A hidden note is kept; only facilitators and its author still read it."""
    note = _alive(board, command.note)
    return _becomes(replace(note, pinned=False), "hidden")


def show(board: Board, command: NoteShow, ask: Ask) -> Changes:
    """Refused: unknown."""
    return _becomes(_alive(board, command.note), "shown")


def approve(board: Board, command: NoteApprove, ask: Ask) -> Changes:
    """Refused: unknown; not-now for a note that does not wait."""
    note = _alive(board, command.note)
    if note.state not in ("waiting", "returned", "shown"):
        raise Refused("not-now", step=note.step)
    return _becomes(note, "shown")


def give_back(board: Board, command: NoteReturn, ask: Ask) -> Changes:
    """The author sees the reason, in their language, and can send the note again.

    Refused: unknown, too-long {max}; not-now {step} for a merged one.
    """
    note = _one_authors(board, command.note)
    text = checked(command.text, most=ask.limits.comment, empty=True)
    return put(replace(note, state="returned", reason=command.reason, reason_text=text, pinned=False))


def pin(board: Board, command: NotePin, ask: Ask) -> Changes:
    """Refused: unknown."""
    note = _alive(board, command.note)
    return put(replace(note, pinned=command.on)) if note.pinned != command.on else NOTHING


def lock(board: Board, command: NoteLock, ask: Ask) -> Changes:
    """Refused: unknown. Its author can no longer change a locked note."""
    note = _alive(board, command.note)
    return put(replace(note, locked=command.on)) if note.locked != command.on else NOTHING


def mute_author(board: Board, command: NoteMuteAuthor, ask: Ask) -> Changes:
    """Quiets whoever wrote the note without saying who that is.

    Refused: unknown; not-now for a merged note and for a facilitator's signed one. An unsigned one is not told apart
    from others.
    """
    note = _one_authors(board, command.note)
    author = board.need(Person, note.author)
    if facilitates(author) and is_signed(note):
        raise Refused("not-now", step="")
    return put(replace(author, hushed=True)) if not facilitates(author) and not author.hushed else NOTHING


RULES = tuple(
    Rule(name, command, decide, Who.FACILITATORS)
    for name, command, decide in (
        ("note.hide", NoteHide, hide),
        ("note.show", NoteShow, show),
        ("note.approve", NoteApprove, approve),
        ("note.return", NoteReturn, give_back),
        ("note.pin", NotePin, pin),
        ("note.lock", NoteLock, lock),
        ("note.mute_author", NoteMuteAuthor, mute_author),
    )
)
