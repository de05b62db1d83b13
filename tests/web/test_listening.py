"""Connections that say nothing, or never finish: they are not waited for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from uvicorn.server import ServerState

from app.listening import Http, Socket
from tests.wire.raw import handshake


class Hasty(Http):
    """The same with less patience, so that a test need not wait."""

    HEADERS_WITHIN = 0.05
    BODY_WITHIN = 0.05


async def answering(scope, receive, send):
    """Reads the body, then says how long it was."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
    await send({"type": "http.response.body", "body": str(size).encode()[:1]})


@asynccontextmanager
async def connection() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a server with no patience."""
    loop = asyncio.get_running_loop()
    config = uvicorn.Config(answering, lifespan="off", log_config=None)
    config.load()
    server = await loop.create_server(lambda: Hasty(config, ServerState(), {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
    yield reader, writer
    writer.close()
    server.close()


REQUEST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"
UNFINISHED = {
    "nothing": b"",
    "half a line": b"POS",
    "half a header": b"POST / HTTP/1.1\r\nHost: x\r\nX-Hal",
    "headers without an end": b"POST / HTTP/1.1\r\nHost: x\r\n",
    "half a body": REQUEST + b"12",
    "no body": REQUEST,
}


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=UNFINISHED.keys())
async def test_a_request_that_never_ends_is_not_waited_for(sent):
    async with connection() as (reader, writer):
        writer.write(sent)
        assert await asyncio.wait_for(reader.read(), 5) == b""


async def test_a_request_that_ends_is_answered_and_so_is_the_next_on_the_same_connection():
    async with connection() as (reader, writer):
        for _ in range(2):
            writer.write(REQUEST + b"12345")
            answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            assert answer.startswith(b"HTTP/1.1 200")
            assert await reader.readexactly(1) == b"5"


async def test_half_of_a_second_request_is_not_waited_for_either():
    async with connection() as (reader, writer):
        writer.write(REQUEST + b"12345")
        await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(1)
        writer.write(REQUEST[:20])
        assert await asyncio.wait_for(reader.read(), 5) == b""


async def following(scope, receive, send):
    """Accepts a socket and waits until it is gone."""
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        continue


async def test_whoever_answers_no_ping_is_dropped_by_a_reset():
    loop = asyncio.get_running_loop()
    pings = {"ws_ping_interval": 0.05, "ws_ping_timeout": 0.05}
    config = uvicorn.Config(following, ws=Socket, lifespan="off", log_config=None, **pings)
    config.load()
    state = ServerState()
    server = await loop.create_server(lambda: Http(config, state, {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
    writer.write(handshake(1, "/", {}))
    with pytest.raises(ConnectionResetError):
        while await asyncio.wait_for(reader.read(1_000), 5):
            continue
    assert state.connections == set()
    writer.close()
    server.close()
