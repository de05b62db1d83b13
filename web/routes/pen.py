"""The socket of a version that is written together: the yjs protocol, in binary messages."""

import asyncio
from collections import deque
from contextlib import suppress

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from app.realtime.connection import NO_SEAT, SLOW_DOWN, TOO_SLOW
from app.realtime.metering import PEN
from app.realtime.pen import Pen
from app.realtime.pen_company import Writer
from app.realtime.pen_messages import NOT_UNDERSTOOD
from app.realtime.room import Room
from web.gates import address_of
from web.house import House, InHouse
from web.sockets import taken
from web.waiting import LAST_WORD, turn_away

routes = APIRouter()
MOST_WAITING = 64 * 1024
MOST_OF_A_NAME = 64


class BinaryLine:
    """A line to one writer (`app.realtime.pen_company.PenLine`), emptied by one task."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._more = asyncio.Event()
        self._end: tuple[int, str] | None = None
        self.closing = asyncio.Event()

    @property
    def code(self) -> int | None:
        """With which code the server ended it, None while it did not."""
        return self._end[0] if self._end else None

    def tell(self, message: bytes) -> None:
        """Queue one message; a reader who lets too much wait is sent away with 4408."""
        if self._end is not None:
            return
        self._waiting.append(message)
        self._size += len(message)
        if self._size > MOST_WAITING and len(self._waiting) > 1:
            self.close(TOO_SLOW)
        self._more.set()

    def close(self, code: int, reason: str = "") -> None:
        """End after what is waiting; for too slow a reader at once."""
        if code == TOO_SLOW:
            self._waiting.clear()
        self._end = self._end or (code, reason)
        self.closing.set()
        self._more.set()

    async def pump(self) -> None:
        """Send until closed; ends without a word when the other side is gone."""
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                while self._waiting:
                    message = self._waiting.popleft()
                    self._size -= len(message)
                    await self._socket.send_bytes(message)
                if self._end is not None:
                    await self._socket.close(*self._end)
                    return
                self._more.clear()
                await self._more.wait()


@routes.websocket("/b/{board}/versions/{headline}/{language}")
async def write_together(socket: WebSocket, board: str, headline: str, language: str, house: InHouse) -> None:
    """`?generation=`: which document the page has, where it has one."""
    room = await taken(socket, board, house)
    if room is None:
        return
    seat = house.seats.read(socket, room.board.id)
    if seat is None or not seat.person:
        await turn_away(socket, NO_SEAT)
        return
    if await house.gates.take(lines=seat.person or address_of(socket)):
        await turn_away(socket, SLOW_DOWN)
        return
    await _pumped(socket, room, house, seat.person, headline, language)


async def _pumped(socket: WebSocket, room: Room, house: House, person: str, headline: str, language: str) -> None:
    """One task sends while another hears; whoever is sent away is told why, unless they do not even read that."""
    line = BinaryLine(socket)
    pump = asyncio.create_task(line.pump())
    writing = asyncio.create_task(_write(socket, room, house, Writer(line, person), headline, language))
    closing = asyncio.create_task(line.closing.wait())
    try:
        await asyncio.wait((pump, writing, closing), return_when=asyncio.FIRST_COMPLETED)
    finally:
        writing.cancel()
    await asyncio.wait((writing,))
    await asyncio.wait((pump,), timeout=LAST_WORD if line.closing.is_set() else 0)
    for task in (pump, closing):
        task.cancel()
    await asyncio.gather(pump, closing, writing, return_exceptions=True)
    house.meter.ended(PEN, line.code)


async def _write(socket: WebSocket, room: Room, house: House, writer: Writer, headline: str, language: str) -> None:
    """Hand over the pen, hear what is written until the line ends, and take the pen back."""
    generation = socket.query_params.get("generation", "")[:MOST_OF_A_NAME]
    pen = room.pens.come(headline, language, writer, generation=generation)
    if pen is None:
        return
    try:
        await _hear(socket, house, pen, writer)
    finally:
        pen.leave(writer)


async def _hear(socket: WebSocket, house: House, pen: Pen, writer: Writer) -> None:
    strokes = house.gates.strokes()
    while True:
        try:
            message = await socket.receive()
        except RuntimeError:
            return
        if message["type"] == "websocket.disconnect":
            return
        if strokes.take(writer):
            return pen.dismiss(writer, SLOW_DOWN)
        said = message.get("bytes")
        if not said:
            return pen.dismiss(writer, NOT_UNDERSTOOD)
        pen.hear(writer, said)
