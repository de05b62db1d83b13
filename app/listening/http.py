"""How a connection begins: whoever says nothing, half a request, or far too much of one, is not waited for."""

import asyncio
from typing import Any, ClassVar

from app.listening.streaming import Streaming

TOO_MUCH = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Http(Streaming):
    """HTTP, with an end to waiting: for the headers of a request, and then for its body."""

    HEADERS_WITHIN: ClassVar[float] = 9.0
    # All of a body, or each so many bytes of a large one.
    BODY_WITHIN: ClassVar[float] = 30.0
    STRETCH_OF_A_BODY: ClassVar[int] = 64 * 1024
    # Seen after each piece: 32 KiB are never taken.
    MOST_OF_HEADERS: ClassVar[int] = 24 * 1024 - 1
    # Requests that wait for the answer to the one before, on the same connection. No browser sends any.
    MOST_AHEAD: ClassVar[int] = 16
    # What comes in one read is taken in pieces: after each it is seen whether to go on.
    PIECE: ClassVar[int] = 8 * 1024

    _patience: asyncio.TimerHandle | None = None
    _of_headers: int | None = 0
    _of_body: int = 0

    def connection_made(self, transport: Any) -> None:
        """Somebody is there, and should say what they want."""
        super().connection_made(transport)
        self._wait(self.HEADERS_WITHIN)

    def data_received(self, data: bytes) -> None:
        """Piece by piece, and no further than to what ends it."""
        for start in range(0, len(data), self.PIECE):
            if self.transport.is_closing() or self.parser is None:
                return
            piece = data[start : start + self.PIECE]
            if self._of_headers is not None:
                self._of_headers += len(piece)
            super().data_received(piece)
            self._refuse_too_much()
            self._expect_a_request()

    def _expect_a_request(self) -> None:
        """Also a line break between two requests ends the server's own waiting for the next one."""
        cycle: Any = self.cycle
        at_rest = cycle is None or cycle.response_complete
        if at_rest and self._patience is None and self.timeout_keep_alive_task is None and self.parser is not None:
            self._wait(self.HEADERS_WITHIN)

    def _refuse_too_much(self) -> None:
        if self.transport.is_closing():
            return
        if (self._of_headers or 0) > self.MOST_OF_HEADERS or len(self.pipeline) > self.MOST_AHEAD:
            self.transport.write(TOO_MUCH)
            self.transport.close()

    def handle_websocket_upgrade(self) -> None:
        """From here on it is a socket's; nothing of this stays with it."""
        super().handle_websocket_upgrade()
        self._wait(None)
        self.parser = None  # type: ignore[assignment]

    def on_message_begin(self) -> None:
        """The first byte of a request, also of a later one on the same connection."""
        self._of_headers = 0
        if self._patience is None:
            self._wait(self.HEADERS_WITHIN)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The body comes next, if there is one."""
        self._of_headers, self._of_body = None, 0
        self._wait(self.BODY_WITHIN)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A large upload may take its time as long as it goes on."""
        self._of_body += len(body)
        if self._of_body >= self.STRETCH_OF_A_BODY:
            self._of_body = 0
            self._wait(self.BODY_WITHIN)
        super().on_body(body)

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
