"""How an answer that has no end is ended after all: when the server stops, and for a reader who has stopped reading."""

from collections.abc import Callable

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.listening.reading import Reading
from app.realtime.wire import ENDLESS


class Streaming(Reading, HttpToolsProtocol):
    """HTTP whose answers are told that the server stops, and that can be broken off."""

    _stopping: Callable[[], None] | None = None

    def on_message_begin(self) -> None:
        """Each request is handed two things: `when_stopping(call)`, and `abort()`."""
        super().on_message_begin()
        self._stopping = None
        self.scope["extensions"] = {ENDLESS: {"when_stopping": self._when_stopping, "abort": self.drop}}

    def shutdown(self) -> None:
        """The server stops: an answer without an end would hold it up until its patience is over."""
        super().shutdown()
        if self._stopping is not None:
            self._stopping()

    def _when_stopping(self, call: Callable[[], None]) -> None:
        self._stopping = call
