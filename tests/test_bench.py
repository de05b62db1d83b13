"""The load client is compiled where a compiler is, and reads frames as a server sends them."""

import asyncio
import base64
import contextlib
import hashlib
import json
import shutil

import pytest

from bench import clients, report
from tests.machine import needs_a_compiler

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    needs_a_compiler()
    return clients.program("session", tmp_path_factory.mktemp("built"))


def frame(text: str, opcode: int = 1) -> bytes:
    """One frame as a server sends it."""
    body = text.encode()
    if len(body) < 126:
        return bytes((0x80 | opcode, len(body))) + body
    if len(body) < 65_536:
        return bytes((0x80 | opcode, 126)) + len(body).to_bytes(2, "big") + body
    return bytes((0x80 | opcode, 127)) + len(body).to_bytes(8, "big") + body


async def accepts(reader, writer):
    """The server's side of a handshake."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    assert "Cookie: seat=one" in head
    key = head.partition("Sec-WebSocket-Key: ")[2].partition("\r\n")[0]
    accept = base64.b64encode(hashlib.sha1((key + GUID).encode(), usedforsecurity=False).digest()).decode()
    answer = f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
    writer.write(answer.encode())


class Server:
    """Notes that are posted come back to the one follower: long, short, twice, and in pieces of a few bytes."""

    def __init__(self) -> None:
        self.follower = None
        self.writers = []
        self.ponged = asyncio.Event()
        self.pongs = b""

    async def __call__(self, reader, writer):
        self.writers.append(writer)
        if self.follower is None:
            self.follower = writer
            await accepts(reader, writer)
            while more := await reader.read(100):
                self.pongs += more
                self.ponged.set()
            return
        with contextlib.suppress(asyncio.IncompleteReadError):
            await self.takes(reader, writer)

    async def takes(self, reader, writer):
        while head := (await reader.readuntil(b"\r\n\r\n")).decode():
            length = int(head.partition("Content-Length: ")[2].partition("\r\n")[0])
            fields = dict(pair.split("=", 1) for pair in (await reader.readexactly(length)).decode().split("&"))
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            await self.tells(fields["text"])

    async def tells(self, text: str):
        number = int(text.split("~")[1])
        long = "x" * (0, 200, 70_000)[number % 3]
        told = frame("ping", 9) + frame(f'{{"content": "~ {long} {text} ~{text}"}}') + frame('{"head": 1}')
        for start in range(0, len(told), 7 if number == 0 else len(told)):
            self.follower.write(told[start : start + (7 if number == 0 else len(told))])
            await self.follower.drain()


async def test_every_frame_is_read_and_every_note_counted_once(session, tmp_path):
    served = Server()
    listening = await asyncio.start_server(served, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    seats = tmp_path / "seats"
    seats.write_text("seat=one\n")
    facts = ["open=1", "path=/live", "commands=/c", "rate=100", "seconds=0.3", "warm=0", "posters=2", f"seats={seats}"]
    process = await asyncio.create_subprocess_exec(
        session, f"port={port}", *facts, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await asyncio.wait_for(process.communicate(b"\n\n"), 30)
    opened, result = said.decode().splitlines()
    found = json.loads(result.removeprefix("result "))
    assert opened == "opened 1"
    assert {name: found[name] for name in ("notes", "accepted", "refused", "lost")} == {
        "notes": 30,
        "accepted": 30,
        "refused": 0,
        "lost": 0,
    }
    assert (found["seen_by_all"], found["deliveries"], found["frames"]) == (30, 30, 60)
    assert found["seen_p99"] < 1_000
    await asyncio.wait_for(served.ponged.wait(), 30)
    assert served.pongs.startswith(b"\x8a\x84\0\0\0\0ping")
    for writer in served.writers:
        writer.close()
    listening.close()
    await listening.wait_closed()


def test_a_missing_compiler_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(clients.NoCompiler, match="install gcc"):
        clients.program("session", tmp_path)


def test_a_figure_says_whether_its_goal_was_met():
    assert report.Row("a", "ms", [1, 9, 2], 2.5).cells() == "| a | 2.00 ms | 1.00 to 9.00 | ≤ 2.50: met |"
    assert report.Row("a", "ms", [1, 9, 3], 2.5).verdict == "≤ 2.50: missed"
    assert report.Row("a", "ms", [1, 9, 3]).verdict == ""


def test_a_table_takes_its_own_place_and_no_other(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("<!-- bench: a -->\nold\n<!-- /bench: a -->\nwords\n<!-- bench: b -->\nkept\n<!-- /bench: b -->\n")
    report.keep("a", "| new |", page)
    assert page.read_text().startswith("<!-- bench: a -->\n| new |\n<!-- /bench: a -->\nwords\n")
    assert "kept" in page.read_text()
    with pytest.raises(ValueError, match="no place for c"):
        report.keep("c", "", page)


@pytest.mark.parametrize("name", ["session", "capacity", "several", "fan_out", "join_storm", "growth", "alike", "page"])
def test_every_benchmark_has_its_place_in_the_page(name):
    assert report.PERFORMANCE.read_text(encoding="utf-8").count(f"<!-- bench: {name} -->") == 1
