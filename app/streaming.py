"""How an answer that has no end is ended after all: when the server stops, and for a reader who has stopped reading."""

import contextlib
import socket
import struct
from collections.abc import Callable
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# What a streaming answer may ask of its connection: an ASGI extension of its request.
STREAM: Final = "flipchart.stream"
# Close at once and throw away what is unread: without it the kernel would hold it for a reader who never reads.
RESET: Final = struct.pack("ii", 1, 0)


class Streaming(HttpToolsProtocol):
    """HTTP whose answers are told that the server stops, and that can be broken off."""

    _stopping: Callable[[], None] | None = None

    def on_message_begin(self) -> None:
        """Each request is handed two things: `when_stopping(call)`, and `abort()`."""
        super().on_message_begin()
        self._stopping = None
        self.scope["extensions"] = {STREAM: {"when_stopping": self._when_stopping, "abort": self._abort}}

    def shutdown(self) -> None:
        """The server stops: an answer without an end would hold it up until its patience is over."""
        super().shutdown()
        if self._stopping is not None:
            self._stopping()

    def _when_stopping(self, call: Callable[[], None]) -> None:
        self._stopping = call

    def _abort(self) -> None:
        raw = self.transport.get_extra_info("socket")
        with contextlib.suppress(OSError, AttributeError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.transport.abort()
