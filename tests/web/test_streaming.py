"""An answer without an end, on a real connection: it is told that the server stops, and can be broken off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from uvicorn.server import ServerState

from app.listening import Http
from app.realtime.wire import ENDLESS

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
WITHIN = 5


@asynccontextmanager
async def asked(app) -> AsyncIterator[tuple[asyncio.StreamReader, Http]]:
    """A connection that has asked, and the server's end of it."""
    loop, ends = asyncio.get_running_loop(), []
    config = uvicorn.Config(app, lifespan="off", log_config=None)
    config.load()

    def end() -> Http:
        ends.append(Http(config, ServerState(), {}))
        return ends[-1]

    server = await loop.create_server(end, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
    writer.write(REQUEST)
    try:
        await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), WITHIN)
        yield reader, ends[0]
    finally:
        writer.close()
        server.close()


def endless(then) -> object:
    """An application whose answer goes on until `then(extension)` is over, and says so at its end."""

    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await then(scope["extensions"][ENDLESS])
        await send({"type": "http.response.body", "body": b"good-bye"})

    return app


async def test_it_is_told_that_the_server_stops():
    async def until_stopped(extension) -> None:
        stopping = asyncio.Event()
        extension["when_stopping"](stopping.set)
        await stopping.wait()

    async with asked(endless(until_stopped)) as (reader, end):
        end.shutdown()
        assert b"good-bye" in await asyncio.wait_for(reader.read(), WITHIN)


async def test_it_can_be_broken_off_and_nothing_is_kept_for_who_does_not_read():
    async def broken_off(extension) -> None:
        extension["abort"]()

    async with asked(endless(broken_off)) as (reader, _):
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(reader.read(), WITHIN)


async def test_a_server_that_stops_asks_nobody_who_has_been_answered():
    called = []

    async def at_once(extension) -> None:
        extension["when_stopping"](lambda: called.append("late"))

    async with asked(endless(at_once)) as (reader, end):
        await asyncio.wait_for(reader.readuntil(b"good-bye"), WITHIN)
        end.on_message_begin()
        end.shutdown()
    assert called == []
