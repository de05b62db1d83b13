"""Boards are erased so many days after their last change, as the door says."""

import asyncio
from contextlib import suppress
from functools import partial

import structlog

from app.board.keeping import Keeper, OutcomeUnknown, StorageFull, Unavailable
from app.board.undoing import FILE_KEPT
from app.realtime.rooms import Rooms
from app.realtime.wire import Clock

DAY = 86_400.0
AN_HOUR = 3_600.0
SOON = 10.0
log = structlog.get_logger()


async def erase_outdated(keeper: Keeper, rooms: Rooms, *, now: float, days: int) -> list[str]:
    """Erase every board whose last change is more than `days` days before `now` (seconds); their ids."""
    loop = asyncio.get_running_loop()
    kept = await loop.run_in_executor(keeper.reader, keeper.boards)
    outdated = [board for board in kept if now - board.active_at > days * DAY]
    erased = []
    for board in outdated:
        # Somebody may have come back to it while others were erased: then its days begin anew.
        erase = partial(keeper.delete, board.id, unless_after=board.active_at)
        if await loop.run_in_executor(keeper.writer, erase):
            await rooms.erased(board.id)
            log.info("board erased", board=board.id)
            erased.append(board.id)
    return erased


async def forget_files(keeper: Keeper, *, now: float) -> None:
    """Erase the files that no stage has shown for a day; until then an undo brings them back."""
    loop = asyncio.get_running_loop()
    gone = await loop.run_in_executor(keeper.writer, lambda: keeper.forget_files(now=now, after=FILE_KEPT))
    if gone:
        log.info("files erased", pages=gone)


async def keep_retention(keeper: Keeper, rooms: Rooms, clock: Clock, *, days: int) -> None:
    """Once an hour until cancelled. A database that does not answer is asked again an hour later.

    What was erased, and could not be taken out of where it lay while somebody read it, is every ten seconds.
    """
    while True:
        try:
            await erase_outdated(keeper, rooms, now=clock(), days=days)
            await forget_files(keeper, now=clock())
        except (Unavailable, StorageFull, OutcomeUnknown) as no:
            log.warning("retention waits", fault=type(no).__name__)
        for _ in range(int(AN_HOUR / SOON)):
            await asyncio.sleep(SOON)
            await _clean(keeper)


async def _clean(keeper: Keeper) -> None:
    if keeper.unclean:
        with suppress(Unavailable):
            await asyncio.get_running_loop().run_in_executor(keeper.writer, keeper.leave_nothing)
