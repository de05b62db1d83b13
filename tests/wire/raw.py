"""A plain TCP socket to the server, and what one can see from the other end of it."""

import base64
import os
import select
import socket
import struct
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.web.served import piece

CONTINUATION, TEXT, CLOSE, PING, PONG = 0, 1, 8, 9, 10
PATIENCE = 30.0

__all__ = ["CLOSE", "CONTINUATION", "PING", "PONG", "TEXT", "Raw", "piece"]


@dataclass
class Raw:
    """A connection of which every byte is ours. It blocks, unless a method says otherwise."""

    line: socket.socket
    read: bytearray = field(default_factory=bytearray)
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def silent(cls, port: int, *, receives: int = 0) -> "Raw":
        """A connection on which nothing was said; its own receive buffer as small as `receives`."""
        line = socket.socket()
        if receives:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
        line.settimeout(PATIENCE)
        line.connect(("127.0.0.1", port))
        return cls(line)

    def opens(self, port: int, path: str, headers: Mapping[str, str]) -> None:
        """Make a WebSocket of it; see `status` for what the server made of the attempt."""
        self.sends(handshake(port, path, headers))
        self.reads_head()

    def sends(self, said: bytes) -> None:
        """All of it, however long that takes."""
        self.line.sendall(said)

    def floods(self, said: bytes, seconds: float) -> int:
        """Send that again and again for so long, or until the other side ends it. Bytes sent; never reads."""
        self.line.settimeout(0.05)
        sent, until = 0, time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                sent += self.line.send(said)
            except TimeoutError:
                if self.ended():
                    break
            except OSError:
                break
        return sent

    def reads_head(self) -> None:
        """The answer's status and headers."""
        while b"\r\n\r\n" not in self.read:
            more = self.line.recv(4096)
            if not more:
                return
            self.read += more
        head, _, self.read = self.read.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split(" ")[1])
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}

    def frames(self, pause: float = 0.0) -> Iterator[tuple[int, bytes]]:
        """Each frame's opcode and body, until the line ends; `pause` seconds between them."""
        while (head := self._exactly(2)) is not None:
            time.sleep(pause)
            size = head[1] & 0x7F
            if size >= 126:
                longer = self._exactly(2 if size == 126 else 8)
                size = int.from_bytes(longer or b"", "big")
            body = self._exactly(size)
            if body is None:
                return
            yield head[0] & 0x0F, body

    def code(self, pause: float = 0.0) -> int:
        """The code in the close frame; 1006 when the line ends without one."""
        for opcode, body in self.frames(pause):
            if opcode == CLOSE:
                return int(struct.unpack(">H", body[:2])[0]) if len(body) >= 2 else 1005
        return 1006

    def ended(self) -> str:
        """Seen without reading: "reset", "closed" (by a FIN), or "" while the line stands."""
        poll = select.poll()
        poll.register(self.line, select.POLLRDHUP)
        for _, events in poll.poll(0):
            if events & (select.POLLERR | select.POLLHUP):
                return "reset"
            if events & select.POLLRDHUP:
                return "closed"
        return ""

    def _exactly(self, size: int) -> bytes | None:
        while len(self.read) < size:
            try:
                more = self.line.recv(65_536)
            except OSError:
                return None
            if not more:
                return None
            self.read += more
        taken = bytes(self.read[:size])
        del self.read[:size]
        return taken


def handshake(port: int, path: str, headers: Mapping[str, str]) -> bytes:
    """The request for a WebSocket, as a browser on our own page sends it."""
    named = {
        "Host": f"127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        **headers,
    }
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items() if value)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
