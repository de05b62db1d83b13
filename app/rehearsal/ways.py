"""The two ways to a server, HTTP and WebSocket each: over the network, or within the process that serves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

PATIENCE = 15.0
Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


class LineClosed(Exception):
    """The line is closed, with one of the codes of the protocol; 1006 when it broke."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Way(Protocol):
    """How one device after the other comes to the server."""

    def device(self) -> httpx.AsyncClient:
        """A browser of its own: it keeps its own cookies."""

    def live(self, path: str, cookies: str) -> AbstractAsyncContextManager[AsyncIterator[str]]:
        """The line at that path. Iterating ends with LineClosed; so does opening, when it is refused."""

    async def close(self) -> None:
        """Let go of connections."""


class Network:
    """To a server at an address such as "https://board.example"."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._transport = httpx.AsyncHTTPTransport(retries=1)

    def device(self) -> httpx.AsyncClient:
        """One pool of connections serves them all."""
        return httpx.AsyncClient(transport=self._transport, base_url=self._origin, timeout=PATIENCE)

    @asynccontextmanager
    async def live(self, path: str, cookies: str) -> AsyncIterator[AsyncIterator[str]]:
        """Frames are not deflated, whatever is offered."""
        address = "ws" + self._origin.removeprefix("http") + path
        headers = {"Cookie": cookies}
        try:
            async with connect(address, additional_headers=headers, compression=None, max_size=None) as socket:
                yield _told(socket)
        except (WebSocketException, OSError) as broken:
            raise LineClosed(1006) from broken

    async def close(self) -> None:
        """Close the pool."""
        await self._transport.aclose()


async def _told(socket: ClientConnection) -> AsyncIterator[str]:
    try:
        while True:
            yield str(await socket.recv())
    except ConnectionClosed as closed:
        raise LineClosed(closed.rcvd.code if closed.rcvd else 1006) from None


class Within:
    """To an application of this process, by the interface that servers use (ASGI): no port, no proxy in between."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)

    def device(self) -> httpx.AsyncClient:
        """As over the network."""
        return httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1", timeout=PATIENCE)

    @asynccontextmanager
    async def live(self, path: str, cookies: str) -> AsyncIterator[AsyncIterator[str]]:
        """The application is run for this line until it is left."""
        line = _Line(path, cookies)
        running = asyncio.ensure_future(self._app(line.scope, line.receive, line.send))
        running.add_done_callback(lambda _: line.told.put_nowait(1006))
        try:
            yield line.texts()
        finally:
            line.left.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(running, return_exceptions=True), PATIENCE)

    async def close(self) -> None:
        """Nothing is held."""


class _Line:
    """One WebSocket as an application sees it; `told` holds texts, and a close code last."""

    def __init__(self, path: str, cookies: str) -> None:
        target = urlsplit(path)
        self.told: asyncio.Queue[str | int] = asyncio.Queue()
        self.left = asyncio.Event()
        self._first = True
        self.scope: Message = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "ws",
            "path": target.path,
            "raw_path": target.path.encode(),
            "query_string": target.query.encode(),
            "root_path": "",
            "headers": [(b"host", b"127.0.0.1"), (b"cookie", cookies.encode())],
            "client": ("127.0.0.1", 0),
            "server": ("127.0.0.1", 80),
            "subprotocols": [],
            "extensions": {},
        }

    async def receive(self) -> Message:
        """To the application: somebody connects, and in the end leaves."""
        if self._first:
            self._first = False
            return {"type": "websocket.connect"}
        await self.left.wait()
        return {"type": "websocket.disconnect", "code": 1000}

    async def send(self, message: Message) -> None:
        """From the application."""
        if message["type"] == "websocket.send":
            self.told.put_nowait(str(message.get("text")))
        elif message["type"] == "websocket.close":
            self.told.put_nowait(int(message.get("code", 1000)))

    async def texts(self) -> AsyncIterator[str]:
        """What is told, until LineClosed."""
        while True:
            told = await self.told.get()
            if isinstance(told, int):
                raise LineClosed(told)
            yield told
