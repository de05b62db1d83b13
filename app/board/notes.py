"""Notes as their authors know them: write, edit, colour, delete, restore, send again."""

from dataclasses import dataclass, replace
from typing import Literal

from app.board.asking import NOTHING, Ask, Changes, Refused, put
from app.board.audience import EVERYONE, may_see
from app.board.board import Board
from app.board.checking import checked, checked_language
from app.board.grouped import grouping_of
from app.board.merged import SPLIT
from app.board.records import Ballot, Note, Person, Step
from app.board.rule import Rule, Who, actor, facilitates
from app.board.theming import check_may_group

Attribution = Literal["place", "anonymous", "unpublished"]
Color = Literal["sun", "coral", "leaf", "sky", "lilac"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBehalf:
    """For whom a facilitator writes: a place, and how many people there are in it."""

    place: str
    people: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdd:
    step: str
    text: str
    color: Color = "sun"
    attribution: Attribution = "place"
    language: str = ""
    on_behalf: OnBehalf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEdit:
    note: str
    text: str
    base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteColor:
    note: str
    color: Color


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDelete:
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRestore:
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteResubmit:
    note: str
    text: str


def add(board: Board, command: NoteAdd, ask: Ask) -> Changes:
    """Refused: unknown step, not-now {step}, too-many, empty, too-long {max}, only-facilitators."""
    author, step = actor(board, ask), board.need(Step, command.step)
    late = _lateness(board, step, author)
    check_room(board, ask)
    text = checked(command.text, most=ask.limits.note)
    attribution = "anonymous" if step.anonymous and command.attribution == "place" else command.attribution
    place, country, people = _speaks_for(author, command, ask)
    signed = attribution != "anonymous" and not step.anonymous
    note = Note(
        id=ask.make_id("note"),
        step=step.id,
        text=text,
        author=author.id,
        language=checked_language(command.language) if command.language else author.language,
        place=place if signed else "",
        country=country if signed else "",
        color=command.color,
        attribution=attribution,
        people=people,
        state="waiting" if step.approve_first and not facilitates(author) else "shown",
        late=late,
        created_at=ask.now,
        seq=ask.seq,
        text_seq=ask.seq,
    )
    return put(note, made={"note": note.id})


def check_room(board: Board, ask: Ask) -> None:
    """Refused: too-many {max} where the board holds as many notes as it may."""
    if _is_full(board, ask.limits.notes):
        raise Refused("too-many", max=ask.limits.notes)


def _is_full(board: Board, most: int) -> bool:
    """Hidden notes take no room, or whoever floods a board would have silenced it although facilitators hid it all.

    What authors delete does: they could go on for ever.
    """
    return board.count(Note) >= most and sum(note.state != "hidden" for note in board.all(Note)) >= most


def _lateness(board: Board, step: Step, author: Person) -> bool:
    """Whether the step has passed; refused `not-now` where nobody may write notes, or not yet."""
    order = [each.id for each in board.steps]
    current = order.index(board.now.step) if board.now.step in order else -1
    takes_notes = step.write and step.kind not in ("headline", "roadmap")
    if not takes_notes or (order.index(step.id) > current and not facilitates(author)):
        raise Refused("not-now", step=step.id)
    return order.index(step.id) < current


def _speaks_for(author: Person, command: NoteAdd, ask: Ask) -> tuple[str, str, int]:
    if command.on_behalf is None:
        return author.place, author.country, 0
    if not facilitates(author):
        raise Refused("only-facilitators")
    place = checked(command.on_behalf.place, most=ask.limits.place, field="place")
    if not 1 <= command.on_behalf.people <= ask.limits.people:
        raise Refused("invalid", field="people")
    return place, "", command.on_behalf.people


def own(board: Board, note_id: str, ask: Ask) -> Note:
    """The note, for its author or a facilitator to change; refused unknown, not-yours, locked, not-now once merged.

    A note that a ballot is or was over is locked for its author: people voted for its words. What was merged
    belongs to all who may group it.
    """
    note, person = board.need(Note, note_id), actor(board, ask)
    if note.state == "merged":
        raise Refused("not-now", step=note.step)
    if facilitates(person):
        return note
    if note.made_of:
        _check_shared(board, note, ask)
    elif note.author != person.id:
        raise Refused("not-yours")
    if note.locked or is_candidate(board, note):
        raise Refused("locked")
    return note


def _check_shared(board: Board, note: Note, ask: Ask) -> None:
    """Refused: unknown, not-now {step}; only-facilitators where they read new words first."""
    if not may_see(board, note, EVERYONE):
        raise Refused("unknown", what="note")
    check_may_group(board, grouping_of(board, note.step), ask)
    if board.need(Step, note.step).approve_first:
        raise Refused("only-facilitators")


def is_candidate(board: Board, note: Note) -> bool:
    """Is the note, or was it ever, on a ballot?"""
    return any(f"note:{note.id}" in ballot.candidates for ballot in board.all(Ballot))


def edit(board: Board, command: NoteEdit, ask: Ask) -> Changes:
    """Refused: unknown, not-yours, locked, changed-since {text}, empty, too-long {max}.

    An edited note waits again where a step approves first, or approval would mean nothing.
    """
    note = own(board, command.note, ask)
    if note.state == "deleted" or (note.state != "shown" and note.state != "waiting"):
        raise Refused("not-now", step=note.step)
    if note.text_seq > command.base:
        raise Refused("changed-since", text=note.text)
    text = checked(command.text, most=ask.limits.note)
    if text == note.text:
        return NOTHING
    step, free = board.need(Step, note.step), facilitates(actor(board, ask))
    state = note.state if free or not step.approve_first else "waiting"
    return put(replace(note, text=text, text_seq=ask.seq, edited=True, state=state))


def color(board: Board, command: NoteColor, ask: Ask) -> Changes:
    """Refused: unknown, not-yours, locked."""
    note = own(board, command.note, ask)
    return put(replace(note, color=command.color)) if note.color != command.color else NOTHING


def delete(board: Board, command: NoteDelete, ask: Ask) -> Changes:
    """Refused: unknown, not-yours, locked. The note is kept, seen by nobody, until it is restored.

    What was merged is others' too: only facilitators delete it, and whoever may group it splits it.
    """
    note = own(board, command.note, ask)
    if note.made_of and not facilitates(actor(board, ask)):
        raise Refused("not-yours")
    if note.state == "deleted":
        return NOTHING
    by = "author" if note.author == ask.actor and not note.made_of else "facilitator"
    return put(replace(note, state="deleted", was=note.state, deleted_by=by, pinned=False))


def restore(board: Board, command: NoteRestore, ask: Ask) -> Changes:
    """Refused: unknown, not-yours, locked; what a facilitator deleted, only a facilitator restores."""
    note = own(board, command.note, ask)
    if note.state != "deleted":
        return NOTHING
    if note.deleted_by == SPLIT:
        raise Refused("not-now", step=note.step)
    if note.deleted_by == "facilitator" and not facilitates(actor(board, ask)):
        raise Refused("only-facilitators")
    return put(replace(note, state=note.was, was="", deleted_by=""))


def resubmit(board: Board, command: NoteResubmit, ask: Ask) -> Changes:
    """A returned note comes back, reworded, to the moderators.

    Refused: not-yours, not-now, empty, too-long {max}.
    """
    note = own(board, command.note, ask)
    if note.state != "returned":
        raise Refused("not-now", step=note.step)
    text = checked(command.text, most=ask.limits.note)
    edited = note.edited or text != note.text
    return put(replace(note, text=text, text_seq=ask.seq, edited=edited, state="waiting", reason="", reason_text=""))


RULES = (
    Rule("note.add", NoteAdd, add),
    Rule("note.edit", NoteEdit, edit),
    Rule("note.color", NoteColor, color),
    Rule("note.delete", NoteDelete, delete, Who.VOTERS),
    Rule("note.restore", NoteRestore, restore),
    Rule("note.resubmit", NoteResubmit, resubmit),
)
