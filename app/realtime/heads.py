"""Where boards are kept just now: one question to the database for all who ask at the same time."""

import asyncio
from collections.abc import Iterable
from typing import Final

from app.board.keeping import Keeper

# (seq, epoch)
Head = tuple[int, str]
MOST: Final = 1_000


class Heads:
    """Whoever asks while a question is on its way shares the next one: an answer is never older than its question."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._wanted: set[str] = set()
        self._next: asyncio.Task[dict[str, Head]] | None = None
        self._turn = asyncio.Lock()

    async def of(self, board: str) -> Head | None:
        """Where that board is, or None when there is none. Raises Unavailable."""
        return (await self.among((board,))).get(board)

    async def among(self, boards: Iterable[str]) -> dict[str, Head]:
        """Where each of these boards is, and maybe others. Raises Unavailable."""
        self._wanted.update(boards)
        if self._next is None:
            self._next = asyncio.create_task(self._read(), name="heads")
            # Read even when nobody is left to hear of it.
            self._next.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(self._next)

    async def _read(self) -> dict[str, Head]:
        async with self._turn:
            wanted, self._wanted, self._next = list(self._wanted), set(), None
            found: dict[str, Head] = {}
            for at in range(0, len(wanted), MOST):
                found |= await asyncio.get_running_loop().run_in_executor(
                    self._keeper.reader, self._keeper.heads, wanted[at : at + MOST]
                )
            return found
