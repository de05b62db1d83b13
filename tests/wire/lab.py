"""A server in a process of its own that is there to be attacked: ours as it is run, ours with less patience, or stock.

`python -m tests.wire.lab KIND DIRECTORY` prints its port. All three serve the same application, and beside it what an
attack needs: `/lab/feed` has a board told something without end, `/lab/blast` more at once than any buffer holds, and
`/lab/big` is an answer of that size.
"""

import asyncio
import json
import socket
import sys
import time
from pathlib import Path
from typing import Any

import uvicorn

from app import listening, log, starting
from app.main import create_app
from app.realtime.room import Room
from app.serving import server
from app.settings import Settings

EVERY, SIZE = 0.02, 16_000
BIG = 12_000_000


class HastyHttp(listening.Http):
    """The same with less patience."""

    HEADERS_WITHIN = 0.6
    BODY_WITHIN = 0.6
    STALLED = 0.6
    LOOKS_EVERY = 0.1


class HastySocket(listening.Socket):
    """The same with less patience."""

    STALLED = 0.6
    LOOKS_EVERY = 0.1
    LAST_WORD = 1.2


class Lab:
    """The application, with the two addresses for attackers in front of it."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.feeding: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        _, _, wanted = scope.get("path", "").partition("/lab/")
        kind, _, board = wanted.partition("/")
        if kind == "feed":
            self.feeding.add(asyncio.create_task(self.feed(board)))
            await answer(send, b"")
        elif kind == "blast":
            (await self.room(board)).audiences.say(json.dumps({"blast": "x" * BIG}))
            await answer(send, b"")
        elif kind == "big":
            await answer(send, b"x" * BIG)
        else:
            await self.app(scope, receive, send)

    async def room(self, board: str) -> Room:
        """The board's room, which is there."""
        room: Room | None = await self.app.state.house.rooms.find(board)
        assert room is not None
        return room

    async def feed(self, board: str) -> None:
        """Tell everybody who follows the board a number and what the time is, again and again."""
        room = await self.room(board)
        number = 0
        while True:
            number += 1
            room.audiences.say(json.dumps({"feed": number, "at": time.time(), "padding": "x" * SIZE}))
            await asyncio.sleep(EVERY)


async def answer(send: Any, body: bytes) -> None:
    """A whole answer."""
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def stock(app: Any) -> uvicorn.Server:
    """The same application under uvicorn as it comes."""
    asked: dict[str, Any] = {"http": "httptools", "ws": "websockets-sansio"}
    return uvicorn.Server(uvicorn.Config(app, lifespan="on", log_config=None, **asked))


def serve(kind: str, directory: Path) -> None:
    """Serve until told to stop."""
    directory.mkdir(parents=True, exist_ok=True)
    log.configure("json")
    chosen = Settings(data=directory, secret_key="a key for tests that is long enough to be one")
    app: Any = Lab(create_app(chosen))
    serving = stock(app) if kind == "stock" else server(app, chosen)
    if kind == "hasty":
        serving.config.http, serving.config.ws = HastyHttp, HastySocket
    listener = plain_listener() if kind == "stock" else starting.listen("127.0.0.1", 0)
    print(listener.getsockname()[1], flush=True)  # noqa: T201 - whoever started this reads it
    serving.run(sockets=[listener])


def plain_listener() -> socket.socket:
    """What uvicorn itself would listen on."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(2048)
    return listener


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]))
