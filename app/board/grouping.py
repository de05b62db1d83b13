"""Moving notes: into a theme, out of it, or to another step; one or several at once."""

from dataclasses import dataclass, replace

from app.board.asking import Ask, Changes, Refused, put
from app.board.audience import EVERYONE, may_see
from app.board.board import Board
from app.board.grouped import grouping_of
from app.board.records import Note, Step, Theme
from app.board.rule import Rule, actor, facilitates
from app.board.theming import check_may_group

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMove:
    note: str
    step: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesMove:
    notes: tuple[str, ...] = ()
    theme: str = ""


def move(board: Board, command: NoteMove, ask: Ask) -> Changes:
    """To a step, into a theme, or both; with neither, out of its theme.

    Refused: unknown note, step or theme; only-facilitators for another step; not-now {step}; invalid {field}.
    """
    note = groupable(board, command.note, ask)
    if command.step and not facilitates(actor(board, ask)):
        raise Refused("only-facilitators")
    if command.step:
        note = replace(note, step=board.need(Step, command.step).id)
    return put(into(board, note, command.theme, ask, anywhere=bool(command.step and not command.theme)))


def move_several(board: Board, command: NotesMove, ask: Ask) -> Changes:
    """All of them or none, into a theme or out of theirs.

    Refused: as for one; empty {field} when there is none; too-many {max}.
    """
    notes = several(board, command.notes, ask)
    return put(*(into(board, note, command.theme, ask) for note in notes))


def several(board: Board, ids: tuple[str, ...], ask: Ask) -> list[Note]:
    """The notes of these ids, each once. Refused: empty {field}, too-many {max}, unknown."""
    if not ids:
        raise Refused("empty", field="notes")
    if len(ids) > MOST_AT_ONCE:
        raise Refused("too-many", max=MOST_AT_ONCE)
    return [groupable(board, id_, ask) for id_ in dict.fromkeys(ids)]


def groupable(board: Board, note_id: str, ask: Ask) -> Note:
    """The note, for whoever may know of it: facilitators of any that stands, the others of what everybody sees."""
    note = board.need(Note, note_id)
    free = facilitates(actor(board, ask)) and note.state not in ("deleted", "merged")
    if not free and not may_see(board, note, EVERYONE):
        raise Refused("unknown", what="note")
    return note


def into(board: Board, note: Note, theme_id: str, ask: Ask, *, anywhere: bool = False) -> Note:
    """The note in that theme of the step where it is grouped; `anywhere`: it may be grouped nowhere."""
    step = grouping_of(board, note.step)
    if not anywhere:
        check_may_group(board, step, ask)
    if not theme_id:
        return replace(note, theme="")
    theme = board.need(Theme, theme_id)
    if theme.deleted:
        raise Refused("unknown", what="theme")
    if step is None or theme.step != step.id:
        raise Refused("invalid", field="theme")
    return replace(note, theme=theme.id)


RULES = (Rule("note.move", NoteMove, move), Rule("notes.move", NotesMove, move_several))
