"""Two Flipcharts that serve the same boards, on PostgreSQL and Redis: one address leads to each in turn."""

import asyncio
import contextlib
import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.starting import listen
from tests import postgres, redis
from tests.browser.hour.house import House
from tests.browser.rig.server import PATIENCE

BYTES = 65_536


@dataclass
class Pair(House):
    """Both as if they were one: each new connection goes to the other than the one before."""

    houses: list[House] = field(default_factory=list)
    _loop: asyncio.AbstractEventLoop | None = None
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    def opens(self) -> None:
        """Starts both, and what leads to them, on the port it had before if it had one."""
        listener = listen("127.0.0.1", self.port)
        self.port = listener.getsockname()[1]
        for number in range(2):
            house = House(self.data / str(number), self.settings, ticks=self.ticks, clock=self.clock, address=self.url)
            house.opens()
            self.houses.append(house)
        ready = threading.Event()

        async def serve() -> None:
            self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
            turns = itertools.cycle(house.port for house in self.houses)
            server = await asyncio.start_server(lambda *line: _carry(*line, next(turns)), sock=listener)
            ready.set()
            await self._ended.wait()
            server.close()

        self._thread = threading.Thread(target=lambda: asyncio.run(serve()))
        self._thread.start()
        assert ready.wait(PATIENCE)

    def closes(self) -> None:
        """Stops both; every page that is open loses its line."""
        if self._loop is None or self._thread is None:
            return
        for house in self.houses:
            house.closes()
            house.transport.close()
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(PATIENCE)
        self._loop = None


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    with contextlib.suppress(OSError):
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_pour(reader, back), _pour(there, writer))


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.CancelledError):
        while some := await reader.read(BYTES):
            writer.write(some)
            await writer.drain()
    writer.close()


@contextlib.contextmanager
def pair_in(place: Path) -> Iterator[Pair]:
    """Two Flipcharts, a database and a broker of their own, which serve while the test runs."""
    with postgres.server() as database, redis.server() as broker:
        pair = Pair(place, {"database_url": database.make("pair"), "broker_url": broker.url})
        pair.opens()
        try:
            yield pair
        finally:
            pair.transport.close()
            pair.closes()
