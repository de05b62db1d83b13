"""Two bare servers that send the same frame to everybody, again and again: ours, and the loop that everybody writes.

Run as `python -m bench.speakers ours|naive SOCKETS PASSES SIZE PAUSE`; the first line printed is the port.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from app import listening
from app.realtime.wire import READY_MADE
from app.starting import listen


class Speaker:
    """Speaks a second after the last of so many sockets has come."""

    def __init__(self, way: str, sockets: int, passes: int, size: int, pause: float) -> None:
        self._ways: dict[str, Callable[[], Awaitable[None]]] = {"ours": self._tell, "naive": self._send}
        self._way, self._sockets, self._passes, self._pause = self._ways[way], sockets, passes, pause
        self._text = "x" * size
        self._open: list[tuple[WebSocket, Any]] = []
        self._speaking: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        self._open.append((socket, scope["extensions"].get(READY_MADE)))
        if len(self._open) == self._sockets:
            self._speaking = asyncio.create_task(self._speak())
        with suppress(WebSocketDisconnect):
            await socket.receive_text()

    async def _speak(self) -> None:
        await asyncio.sleep(1)
        for _ in range(self._passes):
            await self._way()
            await asyncio.sleep(self._pause)

    async def _tell(self) -> None:
        for _, line in self._open:
            line.tell(self._text)

    async def _send(self) -> None:
        for socket, _ in self._open:
            await socket.send_text(self._text)


def main() -> None:
    """Serves until it is stopped."""
    way, sockets, passes, size, pause = sys.argv[1:]
    speaker = Speaker(way, int(sockets), int(passes), int(size), float(pause))
    ours: dict[str, Any] = {"http": listening.Http, "ws": listening.Socket, "ws_per_message_deflate": False}
    with listen("127.0.0.1", 0) as listener:
        print(listener.getsockname()[1], flush=True)
        chosen = ours if way == "ours" else {"ws": "websockets-sansio"}
        config = uvicorn.Config(speaker, lifespan="off", log_config=None, access_log=False, **chosen)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
