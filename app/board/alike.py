"""Notes about the same subject: making a theme of them, and saying that they are not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b

from app.board import theming
from app.board.asking import NOTHING, Ask, Changes, Refused, put
from app.board.board import Board
from app.board.grouped import grouping_of
from app.board.grouping import several
from app.board.records import Dismissal, Note, Step, key
from app.board.rule import Rule, actor
from app.board.theming import ThemeAdd, check_may_group

MOST_DISMISSALS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeGroup:
    notes: tuple[str, ...] = ()
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeDismiss:
    notes: tuple[str, ...] = ()


def group(board: Board, command: AlikeGroup, ask: Ask) -> Changes:
    """A new theme with these notes in it, in one act.

    Refused: empty, unknown, too-many {max}, too-long {max}, not-now {step}; invalid {field} for several grouping steps.
    """
    notes = several(board, command.notes, ask)
    made = theming.add(board, ThemeAdd(step=_grouped_in(board, notes, ask).id, title=command.title), ask)
    moved = (replace(note, theme=made.made["theme"]) for note in notes)
    return Changes({**made.records, **{key(note): note for note in moved}}, made.made)


def dismiss(board: Board, command: AlikeDismiss, ask: Ask) -> Changes:
    """These notes are not about the same subject: remembered until one of them is reworded, or it is undone.

    Refused: empty, unknown, too-many {max}, invalid {field} for a single note and for notes of several grouping steps,
    not-now {step}.
    """
    notes = several(board, command.notes, ask)
    step = _grouped_in(board, notes, ask)
    if len(notes) < 2:
        raise Refused("invalid", field="notes")
    ids = tuple(sorted(note.id for note in notes))
    name = f"d{blake2b('|'.join(ids).encode(), digest_size=8).hexdigest()}"
    known = board.get(Dismissal, name)
    if known is not None and set(holds_for(board, known)) == set(ids):
        return NOTHING
    if known is None and board.count(Dismissal) >= MOST_DISMISSALS:
        raise Refused("too-many", max=MOST_DISMISSALS)
    return put(Dismissal(id=name, step=step.id, notes=ids, by=actor(board, ask).id, seq=ask.seq))


def holds_for(board: Board, dismissal: Dismissal) -> Iterator[str]:
    """The notes that it is still about: other words are another subject."""
    for each in dismissal.notes:
        note = board.get(Note, each)
        if note is not None and note.text_seq <= dismissal.seq:
            yield each


def _grouped_in(board: Board, notes: list[Note], ask: Ask) -> Step:
    """The one step where all of them are grouped. Refused: invalid {field}, not-now {step}."""
    steps = {step.id if step else "": step for step in (grouping_of(board, note.step) for note in notes)}
    for step in steps.values():
        check_may_group(board, step, ask)
    (first, *others) = steps.values()
    if first is None or others:
        raise Refused("invalid", field="notes")
    return first


RULES = (Rule("alike.group", AlikeGroup, group), Rule("alike.dismiss", AlikeDismiss, dismiss))
