"""The socket of a board: frames down; up only what a page has seen."""

import asyncio
import json
from collections import deque
from typing import Any

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from app.realtime.connection import NO_SEAT, Connection
from app.realtime.room import Room
from web.house import House, InHouse
from web.origins import ours

routes = APIRouter()

NOT_FOUND, TOO_SLOW, TOO_BIG, NOT_UNDERSTOOD, SLOW_DOWN = 4404, 4408, 1009, 1008, 4429
MOST_WAITING = 512 * 1024
MOST_UP = 4 * 1024


class SocketLine:
    """A line over a WebSocket: what is told waits here until the socket takes it. The seam for faster sending."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._waiting: deque[str] = deque()
        self._bytes = 0
        self._more = asyncio.Event()
        self._code: int | None = None

    def tell(self, text: str) -> None:
        """Queue one message; a reader too slow for half a megabyte is sent away with 4408."""
        self._waiting.append(text)
        self._bytes += len(text)
        if self._bytes > MOST_WAITING:
            self.close(TOO_SLOW)
        self._more.set()

    def close(self, code: int) -> None:
        """Close after what is waiting; too slow a reader at once."""
        if code == TOO_SLOW:
            self._waiting.clear()
        self._code = self._code or code
        self._more.set()

    async def pump(self) -> None:
        """Send until closed. Ends without a word when the other side is gone."""
        try:
            while True:
                while self._waiting:
                    text = self._waiting.popleft()
                    self._bytes -= len(text)
                    await self._socket.send_text(text)
                if self._code is not None:
                    await self._socket.close(self._code)
                    return
                self._more.clear()
                await self._more.wait()
        except (WebSocketDisconnect, RuntimeError):
            return


@routes.websocket("/b/{board}/live")
async def live(socket: WebSocket, board: str, house: InHouse) -> None:
    """`?since=&epoch=`: what the page has; `language=`, and `as=participant` or `screen=1` for those pages."""
    if not ours(socket, house.settings.public_url):
        await socket.close(1008)
        return
    await socket.accept()
    room = await house.rooms.find(board)
    if room is None:
        await socket.close(NOT_FOUND)
        return
    connection = _connection(socket, board, house)
    if connection is None:
        await socket.close(NO_SEAT)
        return
    await _follow(socket, room, connection)


def _connection(socket: WebSocket, board: str, house: House) -> Connection | None:
    seat = house.seats.read(socket, board, screen=socket.query_params.get("screen") == "1")
    if seat is None:
        return None
    return Connection(
        line=SocketLine(socket),
        language=house.words(socket).language,
        person=seat.person,
        role=seat.role,
        generation=seat.generation,
        as_participant=socket.query_params.get("as") == "participant",
    )


async def _follow(socket: WebSocket, room: Room, connection: Connection) -> None:
    line = connection.line
    assert isinstance(line, SocketLine)  # noqa: S101 - made a few lines above
    pump = asyncio.create_task(line.pump())
    since = _whole(socket.query_params.get("since"))
    epoch = socket.query_params.get("epoch", "")
    came = room.telling.come(connection, since=since, epoch=epoch)
    hearing = asyncio.create_task(_hear(socket, room, connection))
    try:
        await asyncio.wait((pump, hearing), return_when=asyncio.FIRST_COMPLETED)
    finally:
        if came:
            room.telling.leave(connection)
        for task in (pump, hearing):
            task.cancel()
        await asyncio.gather(pump, hearing, return_exceptions=True)


async def _hear(socket: WebSocket, room: Room, connection: Connection) -> None:
    """What comes up: `{"seen": n}` from a page that is behind. Anything else is not understood."""
    while True:
        try:
            text = await socket.receive_text()
        except (WebSocketDisconnect, RuntimeError, KeyError):
            return
        said = _read(text)
        if said is None:
            connection.line.close(TOO_BIG if len(text) > MOST_UP else NOT_UNDERSTOOD)
            return
        if "seen" in said:
            room.telling.ask(connection, since=_whole(said["seen"]), epoch=room.board.epoch)


def _read(text: str) -> dict[str, Any] | None:
    if len(text) > MOST_UP:
        return None
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _whole(given: object) -> int:
    """A seq as it was sent; anything that is none counts as far in the future, and is answered with a refresh."""
    if isinstance(given, bool) or not isinstance(given, int | str):
        return 1 << 60
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 1 << 60
