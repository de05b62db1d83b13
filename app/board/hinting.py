"""Who may be told to be writing just now: in the open, and where it would not name an unnamed author."""

from collections.abc import Mapping

from app.board.audience import is_out
from app.board.board import Board
from app.board.records import Note, Person, Step
from app.board.rule import facilitates


def may_be_told(board: Board, person: Person, part: str) -> bool:
    """May it be told that this person writes there? `part` is a step's id, or a note's for a comment on it."""
    return _writes(board, person) and _is_open(board, part)


def _writes(board: Board, person: Person) -> bool:
    now = board.now
    if person.state != "here" or person.role == "observer" or now.blank:
        return False
    # A mute by way of an unsigned note is told nowhere: who falls silent just then would be its author.
    return facilitates(person) or not (person.muted or now.locked or now.closed)


def _is_open(board: Board, part: str) -> bool:
    note = board.get(Note, part)
    step = board.get(Step, note.step if note is not None else part)
    if step is None or step.anonymous or (step.silent and not step.revealed):
        return False
    return is_out(board, note) if note is not None else step.write


def told(board: Board, writing: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Person, ...]]:
    """By part, who of these people (by id) may be told to be writing there, as the board is now."""
    found = {}
    for part, ids in writing.items():
        people = [person for person in (board.get(Person, id_) for id_ in ids) if person is not None]
        found[part] = tuple(each for each in people if may_be_told(board, each, part))
    return {part: people for part, people in found.items() if people}
