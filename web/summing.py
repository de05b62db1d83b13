"""Knows how what a whole session came to is summed up beside the live room: from a copy, one at a time, and kept."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

from app.board.audience import Base, sees_words_of
from app.board.board import Board

T = TypeVar("T")
What = tuple[str, Base, str]
# Up to so many records it is summed up sooner than a copy is made.
FEW: Final = 1_000
KEPT: Final = 16
HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True)
class _Sum:
    """What came of it, at which moment of the board, and whether this audience could read the board then."""

    at: tuple[str, int, int]
    readable: bool
    told: Any


class Sums:
    """For the whole server. Whoever asks for the same at the same number of the board gets the same sum."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, *What], _Sum] = OrderedDict()
        self._waiting: dict[tuple[str, *What], asyncio.Task[_Sum]] = {}
        self._turn = asyncio.Lock()
        self._forgotten = 0

    async def of(self, board: Board, what: What, make: Callable[[Board], T], now: float) -> T:
        """What `make` says of the board, which `what` names: its name, its audience, and who or what it is for.

        Of a large board it is as it was when its turn came, but never from before the board was blanked. `now` in
        seconds: what depends on the day is made anew each hour.
        """
        audience = what[1]
        if sum(1 for _ in board.records()) <= FEW:
            return make(board)
        while True:
            made = await self._sum(board, what, make, now)
            if made.readable == sees_words_of(board, audience):
                told: T = made.told
                return told

    def forget(self) -> None:
        """Keep nothing of what was summed up, nor of what is being summed up."""
        self._kept.clear()
        self._forgotten += 1

    async def _sum(self, board: Board, what: What, make: Callable[[Board], T], now: float) -> _Sum:
        """Whoever comes while it waits for its turn waits with it; whoever leaves disturbs nobody."""
        name = (board.id, *what)
        kept = self._kept.get(name)
        if kept is not None and kept.at == _moment(board, now):
            self._kept.move_to_end(name)
            return kept
        waiting = self._waiting.get(name)
        if waiting is None:
            waiting = self._waiting[name] = asyncio.create_task(self._made(board, name, make, now), name="sum")
            # Read even when nobody is left to hear of it.
            waiting.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(waiting)

    async def _made(self, board: Board, name: tuple[str, *What], make: Callable[[Board], T], now: float) -> _Sum:
        try:
            async with self._turn:
                # Whoever comes from here on may have seen more.
                del self._waiting[name]
                at, readable = _moment(board, now), sees_words_of(board, name[2])
                copied = partial(Board, board.id, epoch=board.epoch, seq=board.seq, records=tuple(board.records()))
                forgotten = self._forgotten
                made = _Sum(at, readable, await asyncio.to_thread(lambda: make(copied())))
                if forgotten == self._forgotten:
                    self._keep(name, made)
        finally:
            if self._waiting.get(name) is asyncio.current_task():
                del self._waiting[name]
        return made

    def _keep(self, name: tuple[str, *What], made: _Sum) -> None:
        self._kept[name] = made
        self._kept.move_to_end(name)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


def _moment(board: Board, now: float) -> tuple[str, int, int]:
    return board.epoch, board.seq, int(now // HOUR)
