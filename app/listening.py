"""How a connection begins: whoever says nothing, half a request, or far too much of one, is not waited for."""

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

TOO_MUCH = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Http(HttpToolsProtocol):
    """HTTP, with an end to waiting: for the headers of a request, and then for its body."""

    HEADERS_WITHIN: ClassVar[float] = 10.0
    BODY_WITHIN: ClassVar[float] = 30.0
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there, and should say what they want."""
        super().connection_made(transport)
        self._wait(self.HEADERS_WITHIN)

    def on_message_begin(self) -> None:
        """The first byte of a request, also of a later one on the same connection."""
        self._wait(self.HEADERS_WITHIN)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The body comes next, if there is one."""
        self._wait(self.BODY_WITHIN)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of the request is here; how long the answer takes is ours alone."""
        self._wait(None)
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody to wait for."""
        self._wait(None)
        super().connection_lost(exc)

    def _wait(self, seconds: float | None) -> None:
        if self._patience is not None:
            self._patience.cancel()
        self._patience = None if seconds is None else self.loop.call_later(seconds, self.transport.close)


class Socket(WebSocketsSansIOProtocol):
    """A WebSocket that ends: also with a handshake that is too large, and with a reader who has stopped reading."""

    READS_WITHIN: ClassVar[float] = 5.0

    async def run_asgi(self) -> None:
        """Once the application is done with it, what is still unread is not kept for long."""
        try:
            await super().run_asgi()
        finally:
            self.loop.call_later(self.READS_WITHIN, self.transport.abort)

    def data_received(self, data: bytes) -> None:
        """A handshake with more headers than are read would wait for ever."""
        super().data_received(data)
        failed: Any = self.conn.handshake_exc
        if failed is not None and not self.handshake_initiated and not self.transport.is_closing():
            self.transport.write(TOO_MUCH)
            self.transport.close()
