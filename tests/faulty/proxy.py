"""The proxy: carries bytes between a client and a server on this machine, as badly as its faults say."""

import asyncio
import contextlib
import random
import re
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.faulty.faults import Faults, Way
from tests.faulty.framing import frames_of

HOST = "127.0.0.1"
LOOK_AGAIN = 0.01
UPGRADE = re.compile(rb"^upgrade: *websocket\r\n", re.IGNORECASE | re.MULTILINE)
AGREED = re.compile(rb"^sec-websocket-extensions:.*\r\n", re.IGNORECASE | re.MULTILINE)
REFUSALS = {
    "403": b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "426": b"HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}
RESET = struct.pack("ii", 1, 0)


@dataclass(eq=False)
class Connection:
    """One client's line. Its own `faults` go before those of the proxy."""

    proxy: "Proxy"
    client: asyncio.StreamWriter
    asked: str = ""
    is_socket: bool = False
    server: asyncio.StreamWriter | None = None
    own: Faults | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def faults(self) -> Faults:
        """What is wrong with this line now."""
        return self.own or self.proxy.faults

    def reset(self) -> None:
        """Ends both halves by RST."""
        for writer in (self.client, self.server):
            if writer is None or writer.transport.is_closing():
                continue
            raw: socket.socket | None = writer.get_extra_info("socket")
            if raw is not None and raw.fileno() >= 0:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()
        self.over.set()


class Proxy:
    """Listens on a free port (`port`) for a server at `target`. Only the first request of a connection is looked at."""

    def __init__(self, target: int, *, seed: int = 0) -> None:
        self.target, self.port = target, 0
        self.faults = Faults()
        self.chance = random.Random(seed)
        self.connections: list[Connection] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def url(self) -> str:
        """Where browsers find the server through it."""
        return f"http://{HOST}:{self.port}"

    async def open(self) -> None:
        """Begin to listen."""
        self._loop = asyncio.get_running_loop()
        self._server = await asyncio.start_server(self._come, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening, and reset who is still connected."""
        if self._server is not None:
            self._server.close()
        for connection in list(self.connections):
            connection.reset()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def sockets(self) -> list[Connection]:
        """The lines that are WebSockets and still there."""
        return [each for each in self.connections if each.is_socket]

    def reset(self, which: Callable[[Connection], bool] = lambda _: True) -> None:
        """Cut these lines. May be called from any thread."""
        for connection in [each for each in self.connections if which(each)]:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(connection.reset)

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, writer)
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections.append(connection)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._carry(connection, reader)
        finally:
            connection.reset()
            self.connections.remove(connection)
            self._tasks.discard(task)

    async def _carry(self, connection: Connection, reader: asyncio.StreamReader) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        connection.asked = head.split(b"\r\n", 1)[0].decode("latin-1")
        connection.is_socket = bool(UPGRADE.search(head))
        if connection.is_socket:
            upgrade = connection.faults.upgrade
            if upgrade in REFUSALS:
                connection.client.write(REFUSALS[upgrade])
                await connection.client.drain()
                connection.client.close()
                return await connection.client.wait_closed()
            if upgrade == "reset":
                return None
            if upgrade == "hang":
                await reader.read()
                return None
            if upgrade == "strip":
                head = UPGRADE.sub(b"", head)
        await _until(lambda: not connection.faults.up.pulled)
        back, connection.server = await asyncio.open_connection(HOST, self.target)
        ways = (
            Half(connection, reader, connection.server, lambda: connection.faults.up, head),
            Half(connection, back, connection.client, lambda: connection.faults.down),
        )
        await self._until_over(connection, *(each.run() for each in ways))
        return None

    async def _until_over(self, connection: Connection, *halves: Coroutine[Any, Any, None]) -> None:
        """Until both have ended, one was broken, or the line was cut."""
        running = [asyncio.create_task(half) for half in halves]
        cutting = asyncio.create_task(connection.over.wait())
        limit = asyncio.create_task(_limit(connection))
        both = asyncio.gather(*running)
        try:
            await asyncio.wait((both, cutting, limit), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*running, cutting, limit):
                task.cancel()
            await asyncio.gather(*running, cutting, limit, both, return_exceptions=True)


async def _limit(connection: Connection) -> None:
    """Ends when a socket has lasted as long as sockets do here."""
    loop = asyncio.get_running_loop()
    began = loop.time()

    def is_over() -> bool:
        last = connection.faults.sockets_last if connection.is_socket else None
        return last is not None and loop.time() - began >= last

    await _until(is_over)


async def _until(true: Callable[[], bool]) -> None:
    """Faults are plain fields that a test sets from any thread: they are looked at again and again."""
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(LOOK_AGAIN)


class Half:
    """One direction of one line: what was read waits until it is due, and is sent on as the way is then."""

    def __init__(
        self,
        connection: Connection,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        way: Callable[[], Way],
        first: bytes = b"",
    ) -> None:
        self._connection, self._reader, self._writer, self._way = connection, reader, writer, way
        self._due: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
        self._last, self._first = 0.0, first
        # A handshake's head goes before the frames, in both directions.
        self._headless = bool(first)
        self._rest = b""

    async def run(self) -> None:
        """Until the reading side has ended and all was sent."""
        await asyncio.gather(self._read(), self._send())

    async def _read(self) -> None:
        if self._first:
            await self._put(self._first)
        # A reset is passed on as an end: with the cable out the other side is not told of it either.
        with contextlib.suppress(OSError):
            while said := await self._reader.read(64 * 1024):
                if kept := self._pass(said):
                    await self._put(kept)
        await self._put(self._rest)
        if self._rest:
            await self._put(b"")

    async def _put(self, said: bytes) -> None:
        way, now = self._way(), asyncio.get_running_loop().time()
        # Bytes of one line never overtake each other.
        self._last = max(self._last, now + way.delay + way.jitter * self._connection.proxy.chance.random())
        await self._due.put((self._last, said))

    def _pass(self, said: bytes) -> bytes:
        """What of this is passed on: all of it, unless it is frames and some are to be lost or doubled."""
        if not self._connection.is_socket:
            return said
        stream, head = self._rest + said, b""
        if not self._headless:
            head, end, stream = stream.partition(b"\r\n\r\n")
            if not end:
                self._rest = head
                return b""
            self._headless, head = True, head + end
            if self._connection.faults.upgrade == "mangle":
                head = AGREED.sub(b"", head)
        frames, self._rest = frames_of(stream)
        passing = self._way().frames
        return head + b"".join(each.raw * (passing(each) if passing else 1) for each in frames)

    async def _send(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due, said = await self._due.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            await _until(lambda: not self._way().frozen)
            if not said:
                await _until(lambda: not self._way().pulled)
                break
            if not self._way().pulled:
                await self._write(said)
        if self._writer.can_write_eof():
            self._writer.write_eof()

    async def _write(self, said: bytes) -> None:
        while said:
            way = self._way()
            size = min(way.piece or len(said), len(said) if way.cut_after is None else max(way.cut_after, 0))
            piece, said = said[:size], said[size:]
            self._writer.write(piece)
            await self._writer.drain()
            if way.cut_after is not None:
                way.cut_after -= len(piece)
                if way.cut_after <= 0:
                    # What was sent before is to arrive: a reset overtakes what still waits.
                    await asyncio.sleep(LOOK_AGAIN)
                    return self._connection.reset()
            if way.rate is not None:
                await asyncio.sleep(len(piece) / way.rate)
            elif way.piece is not None:
                await asyncio.sleep(0)
        return None


@contextlib.contextmanager
def proxied(target: int, *, seed: int = 0) -> Iterator[Proxy]:
    """A proxy in a thread of its own, for tests that wait themselves. Its `faults` may be set from any thread."""
    loop, proxy = asyncio.new_event_loop(), Proxy(target, seed=seed)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(proxy.open(), loop).result(10)
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(proxy.close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
