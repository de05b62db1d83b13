"""A WebSocket that carries ready-made frames, and ends with whoever does not read them or says too much."""

from typing import Any, ClassVar, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

from app.listening.deflating import Deflating, deflated, deflated_with
from app.listening.framing import framed, framed_with
from app.listening.reading import Reading
from app.realtime.connection import SLOW_DOWN, TOO_SLOW
from app.realtime.wire import READY_MADE

NOT_UTF8 = 1007
DEFLATING = Deflating()
TOO_MUCH = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Socket(Reading, WebSocketsSansIOProtocol):
    """The line to one page (`app.realtime.wire.Line`), offered to the application as the extension `READY_MADE`.

    A text that is told to a thousand of them is encoded once and written to each, without a task, a queue or a wait:
    only what the kernel does not take now is held back, and no more of that than `MOST_HELD` bytes.
    """

    MOST_HELD: ClassVar[int] = 128 * 1024
    LAST_WORD: ClassVar[float] = 5.0
    # Frames that one page may send: so many at once, and then so many a second. Pongs and pings count.
    FRAMES_AT_ONCE: ClassVar[float] = 100.0
    FRAMES_A_SECOND: ClassVar[float] = 5.0
    # What comes in one read is taken in pieces: after each it is seen whether to go on.
    PIECE: ClassVar[int] = 2048

    _held: list[bytes] | None = None
    _held_bytes: int = 0
    _deaf: bool = False
    _extensions: dict[str, Any] | None = None
    _left: float = 0.0
    _counted_at: float = -1.0

    # What the application sees: a line

    def tell(self, text: str, own: str = "") -> None:
        """Write one message now, or hold it back while the kernel takes none; too slow a reader is closed (4408)."""
        if self.close_sent or self.transport.is_closing():
            return
        if self.conn.extensions:
            frame = deflated_with(text, own) if own else deflated(text)
        else:
            frame = framed_with(text, own) if own else framed(text)
        if self._held is None:
            self.transport.write(frame)
        else:
            self._hold(frame)

    def close(self, code: int) -> None:
        """Say this code after what was written, not after what was held back; then the other side has `LAST_WORD`."""
        self._held, self._held_bytes = None, 0
        if self.close_sent or self.transport.is_closing():
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(self.LAST_WORD, self.drop)

    @property
    def waiting(self) -> int:
        """Bytes that were told and that the kernel has not taken."""
        return self._held_bytes + self.transport.get_write_buffer_size()

    def _hold(self, frame: bytes) -> None:
        assert self._held is not None  # noqa: S101 - asked by the caller
        self._held.append(frame)
        self._held_bytes += len(frame)
        if self._held_bytes > self.MOST_HELD:
            self.close(TOO_SLOW)

    # What the transport says

    def pause_writing(self) -> None:
        """From now on messages are held back."""
        super().pause_writing()
        if not self.close_sent:
            self._held = []

    def give_up(self) -> None:
        """The application is told why; the other side cannot be, it reads nothing."""
        if not self.close_sent:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": TOO_SLOW, "reason": ""})
        super().give_up()

    def resume_writing(self) -> None:
        """What was held back goes now, as far as the kernel takes it."""
        super().resume_writing()
        held, self._held, self._held_bytes = self._held, None, 0
        if held and not self.close_sent and not self.transport.is_closing():
            self.transport.writelines(held)

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave nothing behind that holds on to this."""
        super().connection_lost(exc)
        self._held = None
        if self._extensions is not None:
            self._extensions.pop(READY_MADE, None)

    def data_received(self, data: bytes) -> None:
        """Piece by piece, and no further than to what ends it."""
        for start in range(0, len(data), self.PIECE):
            if self._deaf or self.transport.is_closing():
                return
            super().data_received(data[start : start + self.PIECE])
        self._refuse_a_handshake_without_end()

    def _refuse_a_handshake_without_end(self) -> None:
        """One with more headers than are read would wait for ever."""
        failed: Any = self.conn.handshake_exc
        if failed is not None and not self.handshake_initiated and not self.transport.is_closing():
            self.transport.write(TOO_MUCH)
            self.transport.close()

    # What the server does

    def handle_connect(self, event: Request) -> None:
        """A handshake is here; the application is told what is on offer before it begins."""
        self.conn.available_extensions = (DEFLATING,)
        super().handle_connect(event)
        if not self.close_sent:
            self._extensions = cast(dict[str, Any], self.scope["extensions"])
            self._extensions[READY_MADE] = self

    def handle_events(self) -> None:
        """Count what came before any of it is answered."""
        if self._too_often(len(self.conn.events)):
            self.conn.data_to_send()
            self._shut_out()
        else:
            super().handle_events()

    def send_receive_event_to_app(self) -> None:
        """A text that is none is the other side's mistake: it is told so, and the log is not."""
        if self.curr_msg_data_type == "text" and not self.close_sent:
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.frames = []
                self.conn.send_close(NOT_UTF8)
                self.handle_parser_exception()
                return
        super().send_receive_event_to_app()

    def handle_ping(self) -> None:
        """Answered as long as answers are being read."""
        if self._held is None and not self.transport.get_write_buffer_size():
            super().handle_ping()
        else:
            self.conn.data_to_send()

    def handle_close(self, event: Frame) -> None:
        """Nothing is said after a close."""
        self._held = None
        super().handle_close(event)

    def keepalive_timeout(self) -> None:
        """Nobody answers: there is no use in waiting until they have read the close."""
        super().keepalive_timeout()
        self.drop()

    def shutdown(self) -> None:
        """The server ends: everybody is told, and nobody is waited for."""
        self._held = None
        if self.transport.is_closing():
            self.drop()
            return
        super().shutdown()
        self.loop.call_later(self.LAST_WORD, self.drop)

    def _too_often(self, frames: int) -> bool:
        now = self.loop.time()
        if self._counted_at < 0:
            self._left, self._counted_at = self.FRAMES_AT_ONCE, now
        self._left = min(self.FRAMES_AT_ONCE, self._left + (now - self._counted_at) * self.FRAMES_A_SECOND) - frames
        self._counted_at = now
        return self._left < 0

    def _shut_out(self) -> None:
        """Whoever floods is told so, and not heard any more."""
        self._deaf = True
        self.close(SLOW_DOWN)
        self.transport.pause_reading()
