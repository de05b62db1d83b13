"""The frames of a board as an event stream, for networks that let no socket through."""

import asyncio
import json
import random
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from app.board.keeping import Unavailable
from app.realtime.connection import GONE, NO_SEAT, RESTART, SLOW_DOWN, Connection
from app.realtime.metering import STREAM, Meter, Silent
from app.realtime.room import Room
from app.realtime.wire import ENDLESS
from web.following import follower, seq_of, too_many
from web.house import House, InHouse
from web.origins import ours
from web.sockets import OVERLOADED
from web.thresholds import turned_away
from web.waiting import LAST_WORD, WaitingLine

routes = APIRouter()

HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    # Read by nginx and its relatives: hand on every event as it comes.
    (b"x-accel-buffering", b"no"),
)
# Milliseconds until a browser comes back: not all of a board at once.
SOONEST, LATEST = 500, 2_000
GOES_WITHIN = 1.0


# Everybody of an audience is told the same text at the same time.
@lru_cache(maxsize=16)
def event(text: str) -> bytes:
    """One frame as an event; its id is where the board is, for frames that say so."""
    told: Mapping[str, Any] = json.loads(text)
    id_ = f"id: {told['epoch']}:{told['seq']}\n" if "seq" in told and "epoch" in told else ""
    return f"{id_}data: {text}\n\n".encode()


class EventLine(WaitingLine):
    """A line over an answer without an end; `put` is how its bytes are sent, once it has begun."""

    put: Send

    async def send(self, text: str) -> None:
        """One event."""
        await self.put(_body(event(text)))

    async def end(self, code: int) -> None:
        """The last event, which says why."""
        await self.put(_body(f"event: close\ndata: {code}\n\n".encode(), more=False))


class EventStream(Response):
    """The answer that follows a board. `connection` is None for whoever is only told, by `line`, why they may not."""

    def __init__(self, line: EventLine, *, room: Room | None = None, connection: Connection | None = None) -> None:
        super().__init__()
        self._line, self._room, self._connection = line, room, connection
        self.since, self.epoch = seq_of(None), ""
        self.meter: Meter = Silent()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        stream = scope.get("extensions", {}).get(ENDLESS, {})
        if "when_stopping" in stream:
            stream["when_stopping"](lambda: self._line.close(RESTART))
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        # Said at once, so that the page and every proxy between know that it has begun.
        await send(_body(f"retry: {random.randint(SOONEST, LATEST)}\n\n".encode()))  # noqa: S311 - no secret
        gone = asyncio.create_task(_gone(receive))
        self._line.put = send
        ended = await self._follow(gone)
        if not ended and "abort" in stream:
            stream["abort"]()
            await asyncio.wait((gone,), timeout=GOES_WITHIN)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        if self._connection is not None:
            self.meter.ended(STREAM, self._line.code)

    async def _follow(self, gone: asyncio.Task[None]) -> bool:
        """Whether the answer came to its end, or its reader went away first."""
        line = self._line
        came = self._come()
        pump, closing = asyncio.create_task(line.pump()), asyncio.create_task(line.closing.wait())
        try:
            await asyncio.wait((pump, closing, gone), return_when=asyncio.FIRST_COMPLETED)
        finally:
            if came and self._room and self._connection:
                self._room.telling.leave(self._connection)
        # Whoever is sent away is told why, unless they do not even read that.
        await asyncio.wait((pump, gone), timeout=LAST_WORD, return_when=asyncio.FIRST_COMPLETED)
        ended = pump.done() or gone.done()
        for task in (pump, closing):
            task.cancel()
        await asyncio.gather(pump, closing, return_exceptions=True)
        return ended

    def _come(self) -> bool:
        if self._room is None or self._connection is None:
            return False
        return self._room.telling.come(self._connection, since=self.since, epoch=self.epoch)


@routes.get("/b/{board}/live", summary="The frames of a board as an event stream")
async def events(asked: Request, board: str, house: InHouse) -> Response:
    """`?since=&epoch=` as for the socket; `Last-Event-ID`, which a browser sends when it comes back, goes before it."""
    if not ours(asked, house.settings.public_url):
        return turned_away(asked, "wrong-origin")
    if "sec-websocket-key" in asked.headers:
        return _no_upgrade()
    line = EventLine()
    room = await _room(house, board, line)
    connection = follower(asked, room, house, line) if room else None
    if room and connection is None:
        line.close(NO_SEAT)
    if room and connection and await too_many(asked, room, house, connection):
        line.close(SLOW_DOWN)
        connection = None
    answer = EventStream(line, room=room, connection=connection)
    answer.epoch, answer.since = _where(asked)
    answer.meter = house.meter
    return answer


def _no_upgrade() -> Response:
    """For a handshake whose Upgrade was lost on the way: it would wait for ever for frames of another kind."""
    sentence = "This asks for a WebSocket, but a proxy on the way has taken the Upgrade header out."
    return PlainTextResponse(sentence, 426, headers={"Upgrade": "websocket", "Connection": "Upgrade"})


async def _room(house: House, board: str, line: EventLine) -> Room | None:
    try:
        room = await house.room(board)
    except Unavailable:
        line.close(OVERLOADED)
        return None
    if room is None:
        line.close(GONE)
    return room


def _where(asked: Request) -> tuple[str, int]:
    """The epoch and the number that the page has."""
    epoch, found, seq = asked.headers.get("last-event-id", "").rpartition(":")
    if found:
        return epoch, seq_of(seq)
    return asked.query_params.get("epoch", ""), seq_of(asked.query_params.get("since"))


async def _gone(receive: Receive) -> None:
    """Ends when the other side has gone."""
    while (await receive())["type"] != "http.disconnect":
        continue


def _body(said: bytes, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": said, "more_body": more}
