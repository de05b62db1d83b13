"""Starting a board: its records, its code, and its maker's seat."""

from typing import Any

from app.board.asking import Ask
from app.board.board import Board
from app.board.deciding import decide
from app.board.founding import found
from app.board.keeping import Keeper, Taken
from app.board.people import PersonJoin
from app.links import Links, new_board_id
from app.realtime.wire import Clock

TRIES = 5


def start_board(
    keeper: Keeper,
    links: Links,
    clock: Clock,
    *,
    title: str,
    template: str,
    language: str,
    starts_at: float | None = None,
    zone: str | None = None,
    maker: PersonJoin | None = None,
    wanted: str = "",
    **limits: Any,
) -> Board:
    """A new board, kept. Blocks: run it in the keeper's writer. Raises Refused, StorageFull, OutcomeUnknown.

    Nothing is kept when `maker`, who comes in next, would be refused. `wanted` is the id that it has to have, if
    any: Taken when there is a board of that id.
    """
    for _ in range(TRIES):
        id_, now = wanted or new_board_id(), clock()
        records = found(
            id_,
            title=title,
            template=template,
            language=language,
            now=now,
            starts_at=starts_at,
            zone=zone,
            **limits,
        )
        board = Board(id_, epoch=new_board_id(), records=records)
        if maker is not None:
            decide(board, maker, Ask(board=id_, actor="maker", id="maker", now=now, seq=1, **limits))
        try:
            keeper.create(board, title=board.about.title, code_hash=links.code_hash(links.code(id_, 1)), at=now)
        except Taken:
            if wanted:
                raise
            continue
        return board
    raise RuntimeError("five boards in a row had an id or a code that was taken")
