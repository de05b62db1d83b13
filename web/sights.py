"""Knows as which audience a browser asks for a picture: by the seat of a person, or else by that of a screen."""

from starlette.requests import Request

from app.board.audience import SCREEN, WAITING, Base, base_of
from app.realtime.room import Room
from web.house import House
from web.pages import person_of


def audience_of(house: House, room: Room, asked: Request) -> Base | None:
    """None for who has no seat here, waits, or was removed. Facilitators may ask as participants (`as=participant`)."""
    board = room.board
    seat = house.seats.read(asked, board.id)
    person = person_of(room, seat) if seat else None
    if person is not None and base_of(person) is not WAITING:
        as_participant = asked.query_params.get("as") == "participant"
        return Base.EVERYONE if as_participant else base_of(person)
    screen = house.seats.read(asked, board.id, screen=True)
    if screen is not None and board.door.generations.get("screen") == screen.generation:
        return SCREEN
    return None
