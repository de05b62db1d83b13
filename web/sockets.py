"""Who a socket of a board is opened for: pages of ours alone, and a board that is there."""

from fastapi import WebSocket

from app.board.keeping import Unavailable
from app.realtime.connection import GONE
from app.realtime.room import Room
from web.house import House
from web.origins import ours
from web.waiting import turn_away

ELSEWHERE, OVERLOADED = 1008, 1013


async def taken(socket: WebSocket, board: str, house: House) -> Room | None:
    """The room of that board, the socket accepted; None where it was turned away.

    A page of another site never has its socket accepted. Closed with 1013 while the database is away, with 4404 where
    there is no such board.
    """
    if not ours(socket, house.settings.public_url):
        await turn_away(socket, ELSEWHERE)
        return None
    await socket.accept()
    try:
        room = await house.room(board)
    except Unavailable:
        await turn_away(socket, OVERLOADED)
        return None
    if room is None:
        await turn_away(socket, GONE)
    return room
