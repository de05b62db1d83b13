"""A socket plugged straight into the application: what a page hears and says, without a network between."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.realtime.wire import READY_MADE, with_own

PATIENCE = 5.0


@dataclass
class Socket:
    """The page's end of a socket. `code` is the close code once it is closed, `accepted` whether it ever opened."""

    up: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    down: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    accepted: bool = False
    code: int | None = None
    heard: list[str] = field(default_factory=list)

    async def hears(self) -> dict[str, Any]:
        """The next message, read as JSON."""
        event = await asyncio.wait_for(self.down.get(), PATIENCE)
        assert event["type"] == "websocket.send", event
        self.heard.append(event["text"])
        return json.loads(event["text"])

    async def hears_of(self, field: str, words: str = "") -> dict[str, Any]:
        """The next message that has this field with these words in it; what comes before it is kept in `heard`."""
        while True:
            message = await self.hears()
            if field in message and words in str(message[field]):
                return message

    async def hears_until(self, seq: int) -> list[dict[str, Any]]:
        """Every message up to the frame of that seq."""
        frames = [await self.hears()]
        while frames[-1].get("seq", -1) < seq:
            frames.append(await self.hears())
        return frames

    def says(self, text: str | None = None, *, binary: bytes | None = None) -> None:
        """Send one message up."""
        message: dict[str, Any] = {"type": "websocket.receive"}
        self.up.put_nowait(message | ({"text": text} if binary is None else {"bytes": binary}))

    async def ends(self) -> int:
        """The code that it is closed with; what comes before it is kept in `heard`."""
        while self.code is None:
            event = await asyncio.wait_for(self.down.get(), PATIENCE)
            if event["type"] == "websocket.send":
                self.heard.append(event["text"])
            elif event["type"] == "websocket.close":
                self.code = int(event["code"])
        return self.code

    def silent(self) -> bool:
        """Has nothing come that was not heard?"""
        return self.down.empty()


@dataclass
class ReadyMade:
    """The line that our own server offers (`app.listening.Socket`), as an application sees it."""

    socket: Socket

    def tell(self, text: str, own: str = "") -> None:
        """It is sent at once."""
        self.socket.down.put_nowait({"type": "websocket.send", "text": with_own(text, own)})

    def close(self, code: int) -> None:
        """And whoever hears on this side hears the end."""
        self.socket.down.put_nowait({"type": "websocket.close", "code": code})
        self.socket.up.put_nowait({"type": "websocket.disconnect", "code": code})


@contextlib.asynccontextmanager
async def plug_in(
    app: Any,
    path: str,
    query: str,
    headers: Mapping[str, str],
    *,
    address: str,
    scheme: str,
    room: int = 0,
    ready_made: bool = False,
) -> AsyncIterator[Socket]:
    """Open a socket; when the server refuses before accepting it, `accepted` stays False and `code` is set.

    `room` is how many messages wait at this end before the server has to: 0 for as many as there are. With
    `ready_made` the server offers a line of its own, as ours does.
    """
    socket = Socket(down=asyncio.Queue(room))
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "scheme": scheme,
        "server": ("flipchart.test", 443 if scheme == "wss" else 80),
        "client": (address, 40_000),
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in with_host(headers).items()],
        "subprotocols": [],
        "state": {},
        "extensions": {READY_MADE: ReadyMade(socket)} if ready_made else {},
    }
    socket.up.put_nowait({"type": "websocket.connect"})
    serving = asyncio.create_task(app(scope, socket.up.get, socket.down.put))
    try:
        first = await asyncio.wait_for(socket.down.get(), PATIENCE)
        socket.accepted = first["type"] == "websocket.accept"
        if not socket.accepted:
            socket.code = int(first.get("code", 0))
        yield socket
    finally:
        socket.up.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(serving, PATIENCE)


def with_host(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that a browser on our own page sends, unless the test says otherwise."""
    own = {"host": "flipchart.test", "origin": "http://flipchart.test"}
    named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    return {name: value for name, value in {**own, **named}.items() if value}
