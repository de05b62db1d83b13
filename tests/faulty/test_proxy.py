"""The proxy is as bad as it is told to be, and no worse: everything else stands on that."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator

import pytest

from tests.faulty.faults import Faults, Upgrade, Way, losing, pulled
from tests.faulty.framing import Frame, frames_of
from tests.faulty.proxy import Proxy

HANDSHAKE = b"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
ASKED = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
ACCEPTED = b"HTTP/1.1 101 Switching Protocols\r\n\r\n"


def text(said: bytes) -> bytes:
    """A text frame as a server sends it."""
    return b"\x81" + bytes([len(said)]) + said if len(said) < 126 else b"\x81\x7e" + len(said).to_bytes(2) + said


class Far:
    """The server behind the proxy: answers a handshake, then says what it is told to; keeps what it heard."""

    def __init__(self) -> None:
        self.heard, self.ended = b"", asyncio.Event()
        self.writer: asyncio.StreamWriter | None = None
        self.came = asyncio.Event()
        self.clients: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        with contextlib.suppress(OSError):
            head = await reader.readuntil(b"\r\n\r\n")
            self.heard += head
            if b"Upgrade" in head:
                writer.write(ACCEPTED)
            self.came.set()
            while said := await reader.read(1024):
                self.heard += said
                if b"Upgrade" not in head:
                    writer.write(said)
        self.ended.set()
        writer.close()

    def says(self, said: bytes) -> None:
        assert self.writer is not None
        self.writer.write(said)


@pytest.fixture
async def far() -> Far:
    return Far()


@pytest.fixture
async def proxy(far: Far) -> AsyncIterator[Proxy]:
    server = await asyncio.start_server(far.serve, "127.0.0.1", 0)
    proxy = Proxy(server.sockets[0].getsockname()[1], seed=7)
    await proxy.open()
    yield proxy
    await proxy.close()
    server.close()
    for writer in filter(None, (*far.clients, far.writer)):
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def come(proxy: Proxy, far: Far, asked: bytes = ASKED) -> Line:
    reader, writer = await says(proxy, far, asked)
    async with asyncio.timeout(2):
        await far.came.wait()
    return reader, writer


async def says(proxy: Proxy, far: Far, asked: bytes) -> Line:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    far.clients.append(writer)
    writer.write(asked)
    return reader, writer


async def hears(reader: asyncio.StreamReader, size: int) -> bytes:
    async with asyncio.timeout(2):
        return await reader.readexactly(size)


async def hears_nothing(reader: asyncio.StreamReader, seconds: float = 0.1) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(seconds):
            await reader.read(1)


async def test_without_faults_every_byte_comes_through_both_ways_and_so_does_the_end(proxy: Proxy, far: Far) -> None:
    reader, writer = await come(proxy, far)
    said = bytes(range(256)) * 2_000
    writer.write(said)
    assert await hears(reader, len(said)) == said
    writer.close()
    async with asyncio.timeout(2):
        await far.ended.wait()


async def test_bytes_are_late_but_in_their_order(proxy: Proxy, far: Far) -> None:
    reader, writer = await come(proxy, far)
    proxy.faults.up.delay, proxy.faults.up.jitter = 0.05, 0.05
    began = time.monotonic()
    for n in range(20):
        writer.write(bytes([n]))
        await writer.drain()
    assert await hears(reader, 20) == bytes(range(20))
    assert time.monotonic() - began >= 0.05


async def test_a_narrow_line_takes_its_time(proxy: Proxy, far: Far) -> None:
    reader, writer = await come(proxy, far)
    proxy.faults.down.rate, proxy.faults.down.piece = 10_000, 250
    began = time.monotonic()
    writer.write(b"x" * 1_000)
    await hears(reader, 1_000)
    assert time.monotonic() - began >= 0.07


async def test_one_byte_at_a_time(proxy: Proxy, far: Far) -> None:
    reader, writer = await come(proxy, far)
    proxy.faults.down.piece = 1
    writer.write(b"slowly")
    assert await hears(reader, 6) == b"slowly"


async def test_a_line_is_reset_after_so_many_bytes(proxy: Proxy, far: Far) -> None:
    reader, writer = await come(proxy, far)
    proxy.faults.down.cut_after = 3
    writer.write(b"abcdef")
    assert await hears(reader, 3) == b"abc"
    with pytest.raises(ConnectionResetError):
        assert not await reader.read(1)
        writer.write(b"more")
        await writer.drain()
        raise ConnectionResetError


async def test_what_stands_still_arrives_when_it_thaws(proxy: Proxy, far: Far) -> None:
    reader, writer = await come(proxy, far)
    proxy.faults.down.frozen = True
    writer.write(b"later")
    await hears_nothing(reader)
    proxy.faults.down.frozen = False
    assert await hears(reader, 5) == b"later"


async def test_a_pulled_cable_tells_neither_side_and_only_its_own_line(proxy: Proxy, far: Far) -> None:
    reader, writer = await come(proxy, far)
    proxy.connections[0].own = pulled()
    writer.write(b"lost")
    await hears_nothing(reader)
    writer.close()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await far.ended.wait()
    assert far.heard == ASKED
    other, say = await come(proxy, far)
    say.write(b"heard")
    assert await hears(other, 5) == b"heard"


async def test_one_direction_may_be_gone_alone(proxy: Proxy, far: Far) -> None:
    reader, _ = await come(proxy, far, HANDSHAKE)
    assert await hears(reader, len(ACCEPTED)) == ACCEPTED
    proxy.faults.up.pulled = True
    far.says(text(b"still"))
    assert await hears(reader, 7) == text(b"still")


@pytest.mark.parametrize("upgrade", ["403", "426"])
async def test_a_handshake_is_refused_and_an_ordinary_request_is_not(proxy: Proxy, far: Far, upgrade: Upgrade) -> None:
    proxy.faults.upgrade = upgrade
    reader, _ = await says(proxy, far, HANDSHAKE)
    assert (await reader.readline()).split()[1] == upgrade.encode()
    reader, writer = await come(proxy, far)
    writer.write(b"fine")
    assert await hears(reader, 4) == b"fine"


async def test_a_handshake_may_lose_its_upgrade_or_never_be_answered_or_be_reset(proxy: Proxy, far: Far) -> None:
    proxy.faults.upgrade = "strip"
    await come(proxy, far, HANDSHAKE)
    assert far.heard == b"GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n\r\n"
    proxy.faults.upgrade = "hang"
    reader, _ = await says(proxy, far, HANDSHAKE)
    await hears_nothing(reader)
    proxy.faults.upgrade = "reset"
    reader, _ = await says(proxy, far, HANDSHAKE)
    with pytest.raises(ConnectionResetError):
        await reader.readexactly(1)


async def test_a_socket_that_was_let_through_lasts_only_so_long(proxy: Proxy, far: Far) -> None:
    proxy.faults.sockets_last = 0.1
    reader, _ = await come(proxy, far, HANDSHAKE)
    assert await hears(reader, len(ACCEPTED)) == ACCEPTED
    with pytest.raises(ConnectionResetError):
        async with asyncio.timeout(2):
            await reader.readexactly(1)


async def test_single_frames_are_lost_and_doubled_and_pings_are_not(proxy: Proxy, far: Far) -> None:
    passing = {b"one": 1, b"two": 0, b"three": 2}
    proxy.faults.down.frames = lambda frame: passing.get(frame.payload, 1)
    reader, _ = await come(proxy, far, HANDSHAKE)
    assert await hears(reader, len(ACCEPTED)) == ACCEPTED
    said = text(b"one") + text(b"two") + b"\x89\x00" + text(b"three") + text(b"x" * 300)
    for n in range(len(said)):
        far.says(said[n : n + 1])
    expected = text(b"one") + b"\x89\x00" + text(b"three") * 2 + text(b"x" * 300)
    assert await hears(reader, len(expected)) == expected


def test_the_same_seed_loses_the_same_frames() -> None:
    frames = [Frame(1, bytes([n]), b"") for n in range(200)] + [Frame(9, b"", b"")]
    lost: list[list[bytes]] = [[], []]
    for each in lost:
        passing = losing(0.3, random.Random(5), lost=lambda frame, kept=each: kept.append(frame.payload))
        assert [passing(frame) for frame in frames].count(0) == len(each)
    assert lost[0] == lost[1]
    assert 30 < len(lost[0]) < 90


def test_a_clients_frames_are_read_through_their_mask_and_long_ones_by_their_length() -> None:
    masked = b"\x81\x83\x01\x02\x03\x04" + bytes((97 ^ 1, 98 ^ 2, 99 ^ 3))
    long = b"\x82\x7f" + (70_000).to_bytes(8) + b"y" * 70_000
    (first, second), rest = frames_of(masked + long + b"\x81")
    assert (first.payload, first.opcode, first.raw) == (b"abc", 1, masked)
    assert (len(second.payload), second.raw, rest) == (70_000, long, b"\x81")
    assert frames_of(b"\x81\x7e\x01") == ([], b"\x81\x7e\x01")


def test_faults_of_one_line_are_no_others() -> None:
    one, other = Faults(), Faults()
    one.up.delay = 3
    assert other.up == Way()
