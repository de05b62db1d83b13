"""Starting a board, or a copy of one to rehearse on: its records, its code, and its maker's seat."""

import asyncio
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

from app.board.asking import Ask
from app.board.board import Board
from app.board.deciding import decide
from app.board.founding import found
from app.board.keeping import Keeper, Taken
from app.board.limits import Limits
from app.board.people import PersonJoin
from app.board.records import Record, Stage
from app.board.rehearsing import rehearsal_of
from app.links import Links, new_board_id
from app.realtime.wire import Clock

TRIES = 5
SIZES = ("large", "small")


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

    def records(id_: str, now: float) -> Iterable[Record]:
        return found(
            id_,
            title=title,
            template=template,
            language=language,
            now=now,
            starts_at=starts_at,
            zone=zone,
            **limits,
        )

    return _kept(keeper, links, clock, records, maker, wanted, **limits)


def copy_board(
    keeper: Keeper, links: Links, clock: Clock, *, of: Board, title: str, maker: PersonJoin, limits: Limits
) -> Board:
    """A new board to rehearse on, kept; its files are still to be copied. Blocks and raises as `start_board`."""

    def records(_: str, now: float) -> Iterable[Record]:
        return rehearsal_of(of, title=title, now=now, limits=limits)

    return _kept(keeper, links, clock, records, maker, "", limits=limits)


async def copy_files(keeper: Keeper, of: Board, made: Board) -> None:
    """Gives a copy the files that its stages show, one page after the other: in between, others are kept.

    Raises StorageFull, OutcomeUnknown, Unavailable.
    """
    loop = asyncio.get_running_loop()
    for stage in made.all(Stage):
        for number, size in product(range(1, stage.pages + 1), SIZES):
            page = await loop.run_in_executor(keeper.reader, keeper.page, of.id, stage.file, number, size)
            if page is not None:
                await loop.run_in_executor(keeper.writer, keeper.keep_page, made.id, page)


def _kept(
    keeper: Keeper,
    links: Links,
    clock: Clock,
    records: Callable[[str, float], Iterable[Record]],
    maker: PersonJoin | None,
    wanted: str,
    **limits: Any,
) -> Board:
    for _ in range(TRIES):
        id_, now = wanted or new_board_id(), clock()
        board = Board(id_, epoch=new_board_id(), records=records(id_, now))
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
