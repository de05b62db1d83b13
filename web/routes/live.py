"""The socket of a board: frames down; up only what a page has seen."""

import asyncio
import json
from contextlib import suppress

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from app.realtime.buckets import Buckets
from app.realtime.connection import NO_SEAT, SLOW_DOWN, Connection
from app.realtime.metering import SOCKET
from app.realtime.room import Room
from app.realtime.wire import READY_MADE, Line
from web.following import NO_SEQ, follower, seq_of, too_many
from web.house import InHouse
from web.sockets import taken
from web.waiting import LAST_WORD, WaitingLine, turn_away

routes = APIRouter()

TOO_BIG, NOT_UNDERSTOOD = 1009, 1008
MOST_UP = 4 * 1024
MOST_OF_A_PART = 40


class SocketLine(WaitingLine):
    """A line over a WebSocket of any server. Where one offers its own line (`READY_MADE`), that is used instead."""

    def __init__(self, socket: WebSocket) -> None:
        super().__init__()
        self._socket = socket

    async def send(self, text: str) -> None:
        """One message."""
        await self._socket.send_text(text)

    async def end(self, code: int) -> None:
        """The close frame."""
        await self._socket.close(code)

    async def pump(self) -> None:
        """Ends without a word when the other side is gone."""
        with suppress(WebSocketDisconnect, RuntimeError):
            await super().pump()


@routes.websocket("/b/{board}/live")
async def live(socket: WebSocket, board: str, house: InHouse) -> None:
    """`?since=&epoch=`: what the page has; `audience=&language=` what it is; `as=participant` or `screen=1`."""
    room = await taken(socket, board, house)
    if room is None:
        return
    offered = socket.scope.get("extensions", {}).get(READY_MADE)
    line: Line = offered or SocketLine(socket)
    connection = follower(socket, room, house, line)
    if connection is None:
        await turn_away(socket, NO_SEAT)
        return
    if await too_many(socket, room, house, connection):
        await turn_away(socket, SLOW_DOWN)
        return
    asks = house.gates.asks_up()
    if isinstance(line, SocketLine):
        await _pumped(socket, line, room, connection, asks)
        house.meter.ended(SOCKET, line.code)
    else:
        house.meter.ended(SOCKET, await _follow(socket, room, connection, asks))


async def _follow(socket: WebSocket, room: Room, connection: Connection, asks: Buckets) -> int | None:
    """Count the page in, hear what it says until it or its line ends, and count it out; with which code it ended."""
    since, epoch = seq_of(socket.query_params.get("since")), socket.query_params.get("epoch", "")
    if not room.telling.come(connection, since=since, epoch=epoch):
        return NO_SEAT
    try:
        return await _hear(socket, room, connection, asks)
    finally:
        room.telling.leave(connection)


async def _pumped(socket: WebSocket, line: SocketLine, room: Room, connection: Connection, asks: Buckets) -> None:
    """The same under a server that offers no line: one task sends while another hears."""
    pump = asyncio.create_task(line.pump())
    following = asyncio.create_task(_follow(socket, room, connection, asks))
    closing = asyncio.create_task(line.closing.wait())
    try:
        await asyncio.wait((pump, following, closing), return_when=asyncio.FIRST_COMPLETED)
    finally:
        following.cancel()
    await asyncio.wait((following,))
    # Whoever is sent away is told why, unless they do not even read that.
    await asyncio.wait((pump,), timeout=LAST_WORD if line.closing.is_set() else 0)
    for task in (pump, closing):
        task.cancel()
    await asyncio.gather(pump, closing, following, return_exceptions=True)


async def _hear(socket: WebSocket, room: Room, connection: Connection, asks: Buckets) -> int | None:
    """What comes up: `{"seen": n}` from a page that is behind, `{"typing": part}`. Anything else is not understood."""
    while True:
        try:
            message = await socket.receive()
        except RuntimeError:
            return None
        if message["type"] == "websocket.disconnect":
            return int(message.get("code") or 0)
        text = message.get("text")
        seen = _seen(text)
        typing = _typing(text) if seen is None else None
        if seen is None and typing is None:
            code = TOO_BIG if text and len(text) > MOST_UP else NOT_UNDERSTOOD
            connection.line.close(code)
            return code
        if asks.take(connection):
            connection.line.close(SLOW_DOWN)
            return SLOW_DOWN
        if seen is not None:
            # Its page may come from a process that is further.
            await room.caught_up()
            room.telling.ask(connection, since=seen, epoch=room.board.epoch)
        elif typing is not None:
            room.telling.hear(connection, typing)


def _said(text: str | None, name: str) -> object:
    """What a page says under that one name, None for everything else."""
    if text is None or len(text) > MOST_UP:
        return None
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return said.get(name) if isinstance(said, dict) and len(said) == 1 else None


def _typing(text: str | None) -> str | None:
    """Where a page says that its person is writing, "" when they have stopped."""
    part = _said(text, "typing")
    return part if isinstance(part, str) and len(part) <= MOST_OF_A_PART else None


def _seen(text: str | None) -> int | None:
    """The seq that a page says it has seen, None for everything else."""
    seen = _said(text, "seen")
    return seen if isinstance(seen, int) and not isinstance(seen, bool) and 0 <= seen < NO_SEQ else None
