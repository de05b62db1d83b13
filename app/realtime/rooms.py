"""All rooms of this process: opened when somebody comes, closed when nobody has been there for a while."""

import asyncio
import contextlib
import time
from collections.abc import Callable

from app.board.keeping import Keeper
from app.board.limits import Limits
from app.realtime.connection import GONE, RESTART
from app.realtime.room import Room
from app.realtime.wire import Clock, Drawing

BEAT = 10.0
IDLE = 600.0
PATIENCE = 5.0


class Rooms:
    """Opens each board at most once in this process."""

    def __init__(
        self,
        keeper: Keeper,
        drawing: Drawing,
        *,
        clock: Clock,
        limits: Limits,
        code_hash: Callable[[str, int], str],
    ) -> None:
        self._keeper, self._drawing, self._clock = keeper, drawing, clock
        self._limits, self._code_hash = limits, code_hash
        self._open: dict[str, Room] = {}
        self._pumps: dict[str, asyncio.Task[None]] = {}
        self._opening: dict[str, asyncio.Task[Room | None]] = {}

    async def find(self, board: str) -> Room | None:
        """The room of a board, opened if need be; None when there is no such board."""
        room = self._open.get(board)
        if room is not None:
            room.used_at = time.monotonic()
            return room
        opening = self._opening.get(board)
        if opening is None:
            opening = self._opening[board] = asyncio.create_task(self._load(board), name=f"opening {board}")
            opening.add_done_callback(lambda _: self._opening.pop(board))
        return await asyncio.shield(opening)

    async def _load(self, board: str) -> Room | None:
        loop = asyncio.get_running_loop()
        loaded = await loop.run_in_executor(self._keeper.reader, lambda: self._keeper.load(board))
        if loaded is None:
            return None
        room = Room(
            loaded,
            self._keeper,
            self._drawing,
            clock=self._clock,
            limits=self._limits,
            code_hash=self._code_hash,
        )
        self._open[board] = room
        self._pumps[board] = asyncio.create_task(room.run(), name=f"room {board}")
        return room

    async def beat(self) -> None:
        """Every ten seconds, until cancelled: tell each board's heartbeat, and close the rooms nobody is in."""
        while True:
            await asyncio.sleep(BEAT)
            for board, room in list(self._open.items()):
                room.pens.beat()
                if len(room.audiences) or room.pens.in_hand:
                    room.telling.beat(self._clock())
                elif time.monotonic() - room.used_at > IDLE:
                    await self._close(board)

    async def _close(self, board: str) -> None:
        room, pump = self._open.pop(board), self._pumps.pop(board)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(_finish(room), PATIENCE)
        pump.cancel()
        await asyncio.gather(pump, return_exceptions=True)

    async def evict(self, board: str) -> None:
        """The board is gone: its pages are told so (4404) and its queue is stopped. Harmless when it is not open."""
        room = self._open.get(board)
        if room is not None:
            room.telling.stop(GONE)
            await room.pens.stop(GONE)
            await self._close(board)

    async def stop(self) -> None:
        """Send every page away with 1012 (it comes back by itself), answer who asked, and stop the queues."""
        for room in self._open.values():
            room.telling.stop(RESTART)
        for board in list(self._open):
            await self._close(board)


async def _finish(room: Room) -> None:
    """What is being written is asked to be kept before nothing more is asked."""
    await room.pens.stop(RESTART)
    await room.finish()
