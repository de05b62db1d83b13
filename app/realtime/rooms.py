"""All rooms of this process: opened when somebody comes, closed when nobody has been there for a while."""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from app.board.keeping import Keeper, Unavailable
from app.board.limits import Limits
from app.realtime.connection import GONE, RESTART
from app.realtime.heads import Head, Heads
from app.realtime.metering import PEN, Meter
from app.realtime.neighbours import BACK, LOST, Alone, Neighbours
from app.realtime.room import Room
from app.realtime.wire import Clock, Drawing

BEAT = 10.0
# Lines that hear a heartbeat before others have their turn.
TOGETHER = 300
IDLE = 600.0
PATIENCE = 5.0
POLL = 1.0
log = structlog.get_logger()


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
        neighbours: Neighbours | None = None,
        renewed: Callable[[], None] | None = None,
        closed: Callable[[str], object] = lambda board: None,
        meter: Meter | None = None,
    ) -> None:
        self._renewed, self._closed, self._meter = renewed, closed, meter
        self._keeper, self._drawing, self._clock = keeper, drawing, clock
        self._limits, self._code_hash = limits, code_hash
        self._neighbours, self._heads = neighbours or Alone(), Heads(keeper)
        self._evicting: set[asyncio.Task[None]] = set()
        self._neighbours.listen(self._hear)
        self._open: dict[str, Room] = {}
        self._pumps: dict[str, asyncio.Task[None]] = {}
        self._opening: dict[str, asyncio.Task[Room | None]] = {}

    @property
    def number(self) -> int:
        """How many are open."""
        return len(self._open)

    def lines(self) -> Counter[tuple[str, str]]:
        """How many lines are open, by audience and way."""
        found = Counter((each.base.value, each.way) for room in self._open.values() for each in room.audiences.all())
        if writers := sum(room.pens.writers for room in self._open.values()):
            found["writers", PEN] = writers
        return found

    async def find(self, board: str, *, fresh: bool = True) -> Room | None:
        """The room of a board, opened if need be; None when there is no such board. Raises Unavailable.

        It is as far as the board was kept when this was asked, whoever wrote; not so without `fresh`, for who only
        asks for a command: that is decided on the board as it is kept.
        """
        room = self._open.get(board) or await self._opened(board)
        if room is None:
            return None
        room.used_at = time.monotonic()
        if fresh and self._keeper.shared:
            await self._bring_up(room)
            return self._open.get(board)
        return room

    async def _opened(self, board: str) -> Room | None:
        opening = self._opening.get(board)
        if opening is None:
            opening = self._opening[board] = asyncio.create_task(self._load(board), name=f"opening {board}")
            opening.add_done_callback(lambda _: self._opening.pop(board))
        return await asyncio.shield(opening)

    async def _is_open(self, board: str) -> None:
        """What is being opened just now was read before: it must not be served as if it were read after."""
        if opening := self._opening.get(board):
            await asyncio.wait((opening,))

    async def _bring_up(self, room: Room) -> None:
        was = room.board.seq
        head = await self._heads.of(room.board.id)
        if head is None:
            await self.evict(room.board.id)
        elif not _is_at(room, head, was) and not await room.caught_up():
            raise Unavailable("What others wrote to the board cannot be read now.")

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
            neighbours=self._neighbours,
            gone=lambda: self._evict_soon(board),
            renewed=self._renewed,
            meter=self._meter,
        )
        self._open[board] = room
        self._pumps[board] = asyncio.create_task(room.run(), name=f"room {board}")
        return room

    async def beat(self) -> None:
        """Every ten seconds, until cancelled: tell each board's heartbeat, and close the rooms nobody is in."""
        while True:
            await asyncio.sleep(BEAT)
            told = 0
            for board, room in list(self._open.items()):
                if told >= TOGETHER:
                    # Who writes just now does not wait until thousands of lines are told.
                    told = 0
                    await asyncio.sleep(0)
                if self._open.get(board) is room:
                    told += len(room.audiences)
                    await self._beat(board, room)

    async def _beat(self, board: str, room: Room) -> None:
        room.pens.beat()
        room.telling.look_round()
        if len(room.audiences) or room.pens.in_hand:
            room.telling.beat(self._clock())
        elif time.monotonic() - room.used_at > IDLE:
            await self._close(board)

    async def follow(self) -> None:
        """Every second, until cancelled: look for what other processes wrote, whatever they said or did not say."""
        while self._keeper.shared:
            await asyncio.sleep(POLL)
            was = {board: room.board.seq for board, room in self._open.items()}
            if not was:
                continue
            try:
                heads = await self._heads.among(was)
            except Unavailable as no:
                log.warning("heads are not to be had", fault=type(no).__name__)
                continue
            for board, room in list(self._open.items()):
                if board in was and not (board in heads and _is_at(room, heads[board], was[board])):
                    room.look()

    def _hear(self, board: str, kind: str, process: str, said: Mapping[str, Any]) -> None:
        """What another process says is a reason to look, no more; what makes no sense is not heard."""
        for room in self._open.values() if kind in (LOST, BACK) else filter(None, (self._open.get(board),)):
            if kind not in ("head", "gone"):
                with contextlib.suppress(KeyError, TypeError, ValueError):
                    room.telling.overhear(kind, process, said)
                    room.pens.overhear(kind, process, said)
            elif (said.get("seq"), said.get("epoch")) != (room.board.seq, room.board.epoch):
                room.look()

    async def _close(self, board: str) -> None:
        room, pump = self._open.pop(board, None), self._pumps.pop(board, None)
        if room is None or pump is None:
            return
        self._closed(board)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(_finish(room), PATIENCE)
        pump.cancel()
        await asyncio.gather(pump, return_exceptions=True)

    async def evict(self, board: str) -> None:
        """The board is gone: its pages are told so (4404) and its queue is stopped. Harmless when it is not open."""
        await self._is_open(board)
        room = self._open.get(board)
        if room is not None:
            room.telling.stop(GONE)
            await room.pens.stop(GONE)
            await self._close(board)

    def _evict_soon(self, board: str) -> None:
        task = asyncio.create_task(self.evict(board), name=f"gone {board}")
        self._evicting.add(task)
        task.add_done_callback(self._evicting.discard)

    async def erased(self, board: str) -> None:
        """The board was erased: nobody here or in another process goes on with it."""
        await self.evict(board)
        self._neighbours.say(board, "gone", {})

    async def rewritten(self, board: str) -> None:
        """The board was restored or replaced where it is kept: who serves it reads it afresh."""
        self._neighbours.say(board, "head", {})
        await self._is_open(board)
        room = self._open.get(board)
        if room is not None:
            await room.look()

    async def stop(self) -> None:
        """Send every page away with 1012 (it comes back by itself), answer who asked, and stop the queues."""
        for room in self._open.values():
            room.telling.stop(RESTART)
        for board in list(self._open):
            await self._close(board)


def _is_at(room: Room, head: Head, was: int) -> bool:
    """Whether the room is where the board is kept; `was` is where the room was when that was asked."""
    seq, epoch = head
    return epoch == room.board.epoch and was <= seq <= room.board.seq


async def _finish(room: Room) -> None:
    """What is being written is asked to be kept before nothing more is asked."""
    await room.pens.stop(RESTART)
    await room.finish()
