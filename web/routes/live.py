"""The socket of a board: frames down; up only what a page has seen."""

import asyncio
import json
from collections import deque

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from app.board.keeping import Unavailable
from app.realtime.buckets import Buckets
from app.realtime.connection import GONE, NO_SEAT, Connection
from app.realtime.room import Room
from web.house import House, InHouse
from web.origins import ours
from web.pages import person_of, words_of

routes = APIRouter()

TOO_SLOW, TOO_BIG, NOT_UNDERSTOOD, SLOW_DOWN, OVERLOADED = 4408, 1009, 1008, 4429, 1013
# Ahead of every board: answered with a refresh.
NO_SEQ = 1 << 60
LAST_WORD = 5.0
MOST_WAITING = 512 * 1024
MOST_UP = 4 * 1024
MOST_OF_A_NAME = 20


class SocketLine:
    """A line over a WebSocket: what is told waits here until the socket takes it. The seam for faster sending."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._waiting: deque[str] = deque()
        self._bytes = 0
        self._more = asyncio.Event()
        self._code: int | None = None
        self.closing = asyncio.Event()

    def tell(self, text: str) -> None:
        """Queue one message; a reader too slow for half a megabyte is sent away with 4408."""
        if self.closing.is_set():
            return
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
        self.closing.set()
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
    """`?since=&epoch=`: what the page has; `audience=&language=` what it is; `as=participant` or `screen=1`."""
    if not ours(socket, house.settings.public_url):
        await socket.close(1008)
        return
    await socket.accept()
    try:
        room = await house.room(board)
    except Unavailable:
        await socket.close(OVERLOADED)
        return
    if room is None:
        await socket.close(GONE)
        return
    connection = _connection(socket, room, house)
    if connection is None:
        await socket.close(NO_SEAT)
        return
    await _follow(socket, room, connection, house.gates.asks_up())


def _connection(socket: WebSocket, room: Room, house: House) -> Connection | None:
    seat = house.seats.read(socket, room.board.id, screen=socket.query_params.get("screen") == "1")
    if seat is None:
        return None
    person = person_of(room, seat)
    return Connection(
        line=SocketLine(socket),
        language=words_of(house, socket, person).language if person else _of_screen(house, socket, room),
        person=seat.person,
        role=seat.role,
        generation=seat.generation,
        as_participant=socket.query_params.get("as") == "participant",
        page=socket.query_params.get("audience", "")[:MOST_OF_A_NAME],
    )


def _of_screen(house: House, socket: WebSocket, room: Room) -> str:
    return house.words(socket, room.board.about.language).language


async def _follow(socket: WebSocket, room: Room, connection: Connection, asks: Buckets) -> None:
    line = connection.line
    assert isinstance(line, SocketLine)  # noqa: S101 - made a few lines above
    pump = asyncio.create_task(line.pump())
    since = _seq(socket.query_params.get("since"))
    epoch = socket.query_params.get("epoch", "")
    came = room.telling.come(connection, since=NO_SEQ if since is None else since, epoch=epoch)
    hearing = asyncio.create_task(_hear(socket, room, connection, asks))
    closing = asyncio.create_task(line.closing.wait())
    tasks = (pump, hearing, closing)
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        if came:
            room.telling.leave(connection)
    # Whoever is sent away is told why, unless they do not even read that.
    await asyncio.wait((pump,), timeout=LAST_WORD if line.closing.is_set() else 0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _hear(socket: WebSocket, room: Room, connection: Connection, asks: Buckets) -> None:
    """What comes up: `{"seen": n}` from a page that is behind. Anything else is not understood."""
    while True:
        try:
            message = await socket.receive()
        except RuntimeError:
            return
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")
        seen = _seen(text)
        if seen is None:
            connection.line.close(TOO_BIG if text and len(text) > MOST_UP else NOT_UNDERSTOOD)
            return
        if asks.take(connection):
            connection.line.close(SLOW_DOWN)
            return
        room.telling.ask(connection, since=seen, epoch=room.board.epoch)


def _seen(text: str | None) -> int | None:
    """The seq that a page says it has seen, None for everything else."""
    if text is None or len(text) > MOST_UP:
        return None
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    seen = said.get("seen") if isinstance(said, dict) and len(said) == 1 else None
    return seen if isinstance(seen, int) and not isinstance(seen, bool) and 0 <= seen < NO_SEQ else None


def _seq(given: str | None) -> int | None:
    """A seq in the address; None for anything that is none."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 16 else None
