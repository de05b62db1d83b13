"""A line that holds back what is told until its connection takes it, for servers that offer none of their own."""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from app.realtime.connection import TOO_SLOW
from app.realtime.wire import with_own

MOST_WAITING = 128 * 1024
# Seconds that whoever is sent away has to read why.
LAST_WORD = 5.0


async def turn_away(socket: WebSocket, code: int) -> None:
    """Say why, to a socket whose other side may have gone without waiting for it."""
    with suppress(WebSocketDisconnect, RuntimeError):
        await socket.close(code)


class WaitingLine(ABC):
    """Both kinds of line (`app.realtime.wire.Line`) that one task empties: `pump`."""

    def __init__(self) -> None:
        self._waiting: deque[str] = deque()
        self._size = 0
        self._more = asyncio.Event()
        self._code: int | None = None
        self.closing = asyncio.Event()

    @property
    def code(self) -> int | None:
        """With which code the server ended it, None while it did not."""
        return self._code

    @abstractmethod
    async def send(self, text: str) -> None:
        """Give one message to the connection, and wait until it has taken it."""

    @abstractmethod
    async def end(self, code: int) -> None:
        """Say why, and end the connection."""

    def tell(self, text: str, own: str = "") -> None:
        """Queue one message; a reader who lets more than one and too much wait is sent away with 4408."""
        if self.closing.is_set():
            return
        text = with_own(text, own)
        self._waiting.append(text)
        self._size += len(text)
        if self._size > MOST_WAITING and len(self._waiting) > 1:
            self.close(TOO_SLOW)
        self._more.set()

    def close(self, code: int) -> None:
        """End after what is waiting; for too slow a reader at once."""
        if code == TOO_SLOW:
            self._waiting.clear()
        self._code = self._code or code
        self.closing.set()
        self._more.set()

    async def pump(self) -> None:
        """Send until closed."""
        while True:
            while self._waiting:
                text = self._waiting.popleft()
                self._size -= len(text)
                await self.send(text)
            if self._code is not None:
                await self.end(self._code)
                return
            self._more.clear()
            await self._more.wait()
