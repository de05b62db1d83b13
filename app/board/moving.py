"""A person goes on on another device: whatever personal links they had, the first that is used is the last."""

from dataclasses import dataclass, replace

from app.board.asking import Ask, Changes, Refused, put
from app.board.board import Board
from app.board.rule import Rule, Who, actor


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMove:
    """Asked by the door alone, for whose link it is; `moves` is how often they had moved when it was made."""

    moves: int


def move(board: Board, command: PersonMove, ask: Ask) -> Changes:
    """Counts the move, so that the link and all others of this person are used up.

    Refused: removed; stale-link for one that was used, or made before another was.
    """
    person = actor(board, ask)
    if person.is_gone:
        raise Refused("removed")
    if person.moves != command.moves:
        raise Refused("stale-link")
    return put(replace(person, moves=person.moves + 1))


RULES = (Rule("person.move", PersonMove, move, Who.DOOR),)
