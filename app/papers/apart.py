"""Knows where files are written: small ones of text in a thread, the others by a process apart, one at a time."""

import asyncio
import contextlib
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from app.board.asking import Refused
from app.papers.order import Order
from app.papers.writing import written

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = (sys.executable, "-E", "-s", "-m", "app.papers.writing")
TEXTS: Final = ("json", "csv", "md", "pdf")
# Up to so many records a text is written sooner than a process starts.
FEW: Final = 1_000
# Seconds that a file may take, and for which the same file is given again.
PATIENCE: Final = 120.0
KEPT: Final = 30.0
MOST_WAITING: Final = 32


class Papers:
    """Writes for the whole server. Whoever asks for the same at the same number of the board gets the same file."""

    def __init__(self, *, patience: float = PATIENCE, kept: float = KEPT, waiting: int = MOST_WAITING) -> None:
        self._patience, self._for, self._most_waiting = patience, kept, waiting
        self._turn = asyncio.Lock()
        self._made: dict[tuple[str, ...], asyncio.Task[bytes]] = {}
        self._waiting = 0

    async def write(self, order: Order) -> bytes:
        """The file, or of a PDF what the press sets it from.

        An asker who leaves disturbs nobody. Raises Refused: slow-down {seconds} (too many wait), unprintable (it
        takes too long or needs too much).
        """
        making = self._made.get(order.same_as)
        if making is None:
            if self._waiting >= self._most_waiting:
                raise Refused("slow-down", seconds=5)
            making = asyncio.create_task(self._write(order), name="paper")
            self._made[order.same_as] = making
            making.add_done_callback(lambda done: self._forget(order.same_as, done))
        return await asyncio.shield(making)

    def forget(self) -> None:
        """Keep nothing of what was written; whoever waits for a file still gets it."""
        for what, making in list(self._made.items()):
            if making.done():
                del self._made[what]
            else:
                making.add_done_callback(partial(self._drop, what))

    def _drop(self, what: tuple[str, ...], _: "asyncio.Task[bytes]") -> None:
        self._made.pop(what, None)

    async def close(self) -> None:
        """End whatever is being written."""
        for making in list(self._made.values()):
            making.cancel()
        await asyncio.gather(*self._made.values(), return_exceptions=True)

    def _forget(self, what: tuple[str, ...], done: "asyncio.Task[bytes]") -> None:
        """Not for long is it kept, for what it says may have to be taken back; not at all when nothing came of it."""
        if done.cancelled() or done.exception() is not None:
            self._made.pop(what, None)
        else:
            asyncio.get_running_loop().call_later(self._for, self._made.pop, what, None)

    async def _write(self, order: Order) -> bytes:
        if order.form in TEXTS and len(order.records) <= FEW:
            return await asyncio.to_thread(written, order)
        self._waiting += 1
        try:
            async with self._turn:
                return await self._apart(order)
        finally:
            self._waiting -= 1

    async def _apart(self, order: Order) -> bytes:
        asked = await asyncio.to_thread(pickle.dumps, order)
        try:
            async with asyncio.timeout(self._patience), _started() as process:
                made, _ = await process.communicate(asked)
        except TimeoutError:
            raise Refused("unprintable") from None
        if process.returncode != 0 or not made:
            raise Refused("unprintable")
        return made


@asynccontextmanager
async def _started() -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=ROOT, env={}, start_new_session=True
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
