"""Knows what an operator does with links: make the first board, read a board's links out, rotate them."""

from collections.abc import Iterable
from uuid import uuid4

from app.board.asking import put
from app.board.board import Board
from app.board.entries import Entry
from app.board.hall import rotated
from app.board.keeping import Behind, Keeper, News
from app.links import Links, Role
from app.realtime.wire import Clock
from web.founding import start_board

TITLES: dict[Role, str] = {
    "facilitator": "Facilitator",
    "cohost": "Co-facilitator",
    "join": "Participants",
    "observer": "Observers",
    "screen": "Screen",
}


def ready_made(keeper: Keeper, links: Links, clock: Clock) -> Board:
    """The board that was active last; a new "Flip the Script" where there is none at all."""
    newest = next(iter(keeper.boards()), None)
    found = keeper.load(newest.id, entries=0) if newest else None
    if found:
        return found.board
    return start_board(keeper, links, clock, title="Flip the Script", template="flip-the-script", language="en")


def read_out(board: Board, links: Links, address: str) -> str:
    """A board's links and its code, one a line, for a terminal and nothing else."""
    generations = board.door.generations
    lines = [f"{board.about.title} ({board.id})"]
    for role, title in TITLES.items():
        lines.append(f"  {title:<16}{address}{links.path(board.id, role, generations[role])}")
    lines.append(f"  {'Code':<16}{links.code(board.id, generations['join'])}")
    return "\n".join(lines)


def rotate(keeper: Keeper, links: Links, board: Board, roles: Iterable[Role], *, now: float) -> None:
    """Give the board new links for these roles, by an entry of the operator's; the old ones die with it.

    It is brought up to what others wrote since it was loaded. Raises Behind where that does not lead to what is kept,
    StorageFull, OutcomeUnknown.
    """
    turn = keeper.take_turn(board.id, board.seq)
    if not _follows(board, turn.news):
        turn.give_back()
        raise Behind(board.id)
    door = board.door
    for role in roles:
        door = rotated(door, role)
    changes = put(door)
    entry = Entry(
        seq=board.seq + 1,
        id=str(uuid4()),
        actor="",
        what="door.rotate",
        digest="",
        at=now,
        before={at: board.find(at) for at in changes.records},
        after=changes.records,
    )
    code = links.code(board.id, door.generations["join"])
    turn.save(before=board.seq, entries=[entry], code_hash=links.code_hash(code))
    board.apply(changes.records)
    board.advance(entry.seq)


def _follows(board: Board, news: News | None) -> bool:
    """Whether the board is where it is kept, once these news are taken in."""
    if news is None or news.epoch != board.epoch:
        return False
    for entry in news.entries:
        board.apply(entry.after)
        board.advance(entry.seq)
    return board.seq == news.seq
