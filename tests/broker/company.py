"""Two processes and the broker between them: what each hears, waited for and never slept for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from app.broker.joined import Joined
from app.realtime.neighbours import BACK, LOST

KEY = b"the key of this deployment, long enough"
PATIENCE = 10.0


class Process:
    """One process, as far as the broker knows it."""

    def __init__(self, url: str, key: bytes = KEY) -> None:
        self.joined = Joined.by(url, key)
        self.heard: list[tuple[str, str, dict]] = []
        self.turns: list[str] = []
        assert self.joined.broker is not None and self.joined.counting is not None
        self.broker, self.counting = self.joined.broker, self.joined.counting
        self.broker.listen(self._hear)

    def _hear(self, board: str, kind: str, process: str, said: dict) -> None:
        if kind in (LOST, BACK):
            self.turns.append(kind)
        else:
            self.heard.append((board, kind, dict(said)))

    def start(self) -> "Process":
        self.joined.start()
        return self

    async def hears(self, count: int) -> list[tuple[str, str, dict]]:
        """What it has heard, once that is so many."""
        await until(lambda: len(self.heard) >= count)
        return self.heard


async def until(holds: Callable[[], object]) -> None:
    """Wait until it holds."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 (what it waits for is inside a connection)
            await asyncio.sleep(0)


@asynccontextmanager
async def processes(url: str, count: int = 2) -> AsyncIterator[list[Process]]:
    """So many processes that have reached the broker."""
    them = [Process(url).start() for _ in range(count)]
    try:
        await until(lambda: all(each.broker.up and each.counting.up for each in them))
        yield them
    finally:
        await asyncio.gather(*(each.joined.close() for each in them))
