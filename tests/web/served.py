"""A server in a process of its own, as operators run it, and a bare socket to it that keeps no rule."""

import asyncio
import base64
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 10.0


@dataclass
class Served:
    """Where it listens, and (once it has stopped) every line that it logged."""

    address: str
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def stop(self) -> str:
        """End it as an operator does, and give everything that it said."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        # Not `communicate`, which passes over what came along with the first line.
        with self.process.stdout as out, self.process.stderr as told:
            return "".join(self.lines) + out.read() + told.read()


@contextmanager
def served(data: Path, **stated: str) -> Iterator[Served]:
    """A server on a free port; it has said that it serves."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FLIPCHART_")}
    asked = {"FLIPCHART_DATA": str(data), "FLIPCHART_LOG_FORMAT": "json", "PYTHONPATH": str(ROOT), **stated}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "app", "serve", "--port", "0"],
        env={**plain, **asked},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        assert "serving" in first, first
        address = (data / "address").read_text(encoding="utf-8").strip()
        yield Served(address.replace("localhost", "127.0.0.1"), process, [first])
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


@dataclass
class Bare:
    """A WebSocket of which every byte is ours."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def sends(self, raw: bytes) -> None:
        """These bytes, whatever they mean."""
        self.writer.write(raw)

    async def ends(self) -> int:
        """The code in the close frame; 1006 when the line ends without one."""
        try:
            while True:
                head = await asyncio.wait_for(self.reader.readexactly(2), PATIENCE)
                size = head[1] & 0x7F
                if size == 126:
                    size = struct.unpack(">H", await self.reader.readexactly(2))[0]
                elif size == 127:
                    size = struct.unpack(">Q", await self.reader.readexactly(8))[0]
                body = await self.reader.readexactly(size)
                if head[0] & 0x0F == 8:
                    return int(struct.unpack(">H", body[:2])[0]) if len(body) >= 2 else 1005
        except (asyncio.IncompleteReadError, ConnectionError):
            return 1006
        finally:
            self.writer.close()


async def bare(port: int, path: str, headers: dict[str, str]) -> tuple[int, Bare]:
    """The status that the handshake is answered with, and the socket."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    named = {
        "Host": f"127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        **headers,
    }
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items() if value), "", ""]
    writer.write("\r\n".join(lines).encode())
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
    return int(answer.split(b" ", 2)[1]), Bare(reader, writer)


def piece(opcode: int, body: bytes = b"", *, last: bool = True, masked: bool = True, bits: int = 0) -> bytes:
    """One frame as the protocol has it, or as it must not be."""
    first = (0x80 if last else 0) | bits | opcode
    size = len(body)
    mask = 0x80 if masked else 0
    if size < 126:
        head = struct.pack(">BB", first, mask | size)
    elif size < 65_536:
        head = struct.pack(">BBH", first, mask | 126, size)
    else:
        head = struct.pack(">BBQ", first, mask | 127, size)
    if not masked:
        return head + body
    key = b"\x01\x02\x03\x04"
    return head + key + bytes(byte ^ key[at % 4] for at, byte in enumerate(body))
