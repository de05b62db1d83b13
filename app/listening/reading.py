"""Knows when the other side has stopped reading, and drops it: nothing waits for a buffer that never empties."""

import asyncio
import socket
import struct
from typing import Any, ClassVar

# Closing resets the connection and frees what the kernel still holds for it (SO_LINGER: on, 0 seconds).
AT_ONCE = struct.pack("ii", 1, 0)


class Reading:
    """Mixed into a protocol of the server, in front of it.

    Whatever the kernel does not take is being watched, also while the connection is closing: within `STALLED` seconds
    all of it must have gone, or at least `PACE` bytes.
    """

    STALLED: ClassVar[float] = 8.0
    LOOKS_EVERY: ClassVar[float] = 1.0
    PACE: ClassVar[int] = 8 * 1024

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    _looking: asyncio.TimerHandle | None = None
    _least: int = 0
    _since: float = 0.0
    _lost: bool = False

    def connection_made(self, transport: Any) -> None:
        """From the first byte on that the kernel does not take, the server is told to pause."""
        super().connection_made(transport)  # type: ignore[misc]
        transport.set_write_buffer_limits(high=0)

    def pause_writing(self) -> None:
        """The kernel is full: somebody reads slowly, or not at all."""
        super().pause_writing()  # type: ignore[misc]
        self._least, self._since = self.transport.get_write_buffer_size(), self.loop.time()
        self._look_again()

    def resume_writing(self) -> None:
        """Everything has gone."""
        self._look_away()
        super().resume_writing()  # type: ignore[misc]

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody to look at."""
        self._lost = True
        self._look_away()
        super().connection_lost(exc)  # type: ignore[misc]

    def drop(self) -> None:
        """End the connection now, by a reset: neither we nor the kernel keep what was still to be read."""
        self._look_away()
        if self._lost:
            return
        line: socket.socket = self.transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.transport.abort()

    def give_up(self) -> None:
        """The other side does not read."""
        self.drop()

    def _look_again(self) -> None:
        self._look_away()
        self._looking = self.loop.call_later(self.LOOKS_EVERY, self._look)

    def _look_away(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def _look(self) -> None:
        waiting, now = self.transport.get_write_buffer_size(), self.loop.time()
        if waiting <= self._least - self.PACE:
            self._least, self._since = waiting, now
        if now - self._since >= self.STALLED:
            self.give_up()
        else:
            self._look_again()
