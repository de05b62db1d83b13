"""Processes that serve one board from one keeper: they begin, they die in the middle of anything, they begin again."""

import asyncio
from typing import Any

from app.board.board import Board
from app.board.keeping import Answer
from app.board.limits import Limits
from app.realtime.room import Room
from app.realtime.rooms import Rooms
from app.realtime.wire import Drawing
from tests.held import HeldKeeper
from tests.neighbourhood import Neighbourhood
from tests.realtime.browsing import BROKEN
from tests.realtime.stage import BOARD, NOW
from web.kept import Kept


class Process:
    """One process."""

    def __init__(self, keeper: HeldKeeper, neighbourhood: Neighbourhood, drawing: Drawing) -> None:
        self._keeper, self._neighbourhood, self._drawing = keeper, neighbourhood, drawing

    async def begins(self) -> None:
        """It serves from now on."""
        self._house, self.kept = self._neighbourhood.house(), Kept()
        self.rooms = Rooms(
            self._keeper,
            self._drawing,
            clock=lambda: NOW,
            limits=Limits(),
            code_hash=lambda board, generation: f"{board}-{generation}",
            neighbours=self._house,
        )
        self._tasks = [asyncio.create_task(self.rooms.follow()), asyncio.create_task(self.rooms.beat())]
        self.room = await self.found()

    async def found(self) -> Room:
        """The room, as whoever asks for a page gets it."""
        room = await self.rooms.find(BOARD)
        assert room is not None
        self.room = room
        return room

    @property
    def board(self) -> Board:
        """The board as it knows it."""
        return self.room.board

    def asks(self, who: str, command: Any, id_: str) -> "asyncio.Task[Answer]":
        """Somebody asks here, and the answer is not waited for."""
        return asyncio.create_task(self.room.submit(who, command, id_))

    async def dies(self) -> None:
        """Killed: nobody is told anything, and what was not kept is gone."""
        self._neighbourhood.houses.remove(self._house)
        pumps = [*self._tasks, *self.rooms._pumps.values()]
        for each in pumps:
            each.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
        for connection in self.room.audiences.all():
            self.room.telling.leave(connection)
        self.room.telling.stop(BROKEN)

    async def ends(self) -> None:
        """Asked to end: everybody is sent away to come back."""
        for each in self._tasks:
            each.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.rooms.stop()
        if self._house in self._neighbourhood.houses:
            self._neighbourhood.houses.remove(self._house)
