"""When a room writes at once, and when it takes its turn first: while other processes write to the same board."""

import asyncio
from collections.abc import Sequence
from typing import Final

from app.board.entries import Entry
from app.board.keeping import Behind, Keeper, Turn
from app.realtime.catching_up import CatchingUp
from app.realtime.known import Known
from app.realtime.metering import Meter, Silent

# Seconds for which turns are taken after somebody else was first.
CROWDED: Final = 3.0


class Turns:
    """For one room, within its own task: `begin`, decide, `save` what there is to save, `end`."""

    def __init__(self, known: Known, keeper: Keeper, catching_up: CatchingUp, meter: Meter | None = None) -> None:
        self._known, self._keeper, self._catching_up = known, keeper, catching_up
        self._meter = meter or Silent()
        self._turn: Turn | None = None
        self._crowded_until = 0.0

    async def begin(self) -> None:
        """Where others write, wait until nobody does, and take in what they wrote. Raises Unavailable."""
        if asyncio.get_running_loop().time() < self._crowded_until:
            self._turn = await self._take()
            if await self._catching_up.take_in(self._turn.news):
                self._is_crowded()

    async def save(self, entries: Sequence[Entry], code_hash: str | None) -> None:
        """Keep what was decided. Raises what `Keeper.save` does."""
        board, turn, self._turn = self._known.board, self._turn, None
        loop, before = asyncio.get_running_loop(), board.seq
        began = loop.time()
        try:
            if turn is not None:
                ending = loop.run_in_executor(
                    self._keeper.finisher, lambda: turn.save(before=before, entries=entries, code_hash=code_hash)
                )
                # Whoever stops waiting must not keep the board from everybody else.
                await asyncio.shield(ending)
            else:
                await loop.run_in_executor(
                    self._keeper.writer,
                    lambda: self._keeper.save(
                        board.id, before=before, entries=entries, code_hash=code_hash, epoch=board.epoch
                    ),
                )
        except Behind:
            self._is_crowded()
            raise
        self._meter.committed(len(entries), loop.time() - began)

    async def stands(self) -> bool:
        """Whether nothing but refusals was decided on the board as it is kept. Raises Unavailable."""
        if self._turn is not None or not self._keeper.shared:
            return True
        if await self._catching_up.look():
            self._is_crowded()
            return False
        return True

    async def end(self) -> None:
        """Give the turn back if it was taken and nothing was saved."""
        turn, self._turn = self._turn, None
        if turn is not None:
            await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._keeper.finisher, turn.give_back))

    def _is_crowded(self) -> None:
        self._crowded_until = asyncio.get_running_loop().time() + CROWDED

    async def _take(self) -> Turn:
        board, loop = self._known.board, asyncio.get_running_loop()
        seq = board.seq
        taking = loop.run_in_executor(self._keeper.writer, lambda: self._keeper.take_turn(board.id, seq))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            taking.add_done_callback(self._give_back)
            raise

    def _give_back(self, taken: "asyncio.Future[Turn]") -> None:
        """Nobody waited for it any more."""
        if not taken.cancelled() and taken.exception() is None:
            self._keeper.finisher.submit(taken.result().give_back)
