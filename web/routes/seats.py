"""Facilitator, co-facilitator, observer and screen links: a page with one button; only the button takes the seat."""

from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.board.asking import Refused
from app.board.keeping import OutcomeUnknown, StorageFull
from app.links import Role, read
from app.realtime.room import Room
from web.gates import address_of, in_seconds
from web.house import House, InHouse
from web.pages import comes_back
from web.parsing import Unreadable, fields_of, text_of
from web.replies import page, refused, see_other
from web.routes.door import seat_person
from web.seats import Seat
from web.words import Words

routes = APIRouter()
BY_LETTER: dict[str, Role] = {"f": "facilitator", "c": "cohost", "o": "observer", "s": "screen"}


async def _behind(house: House, letter: str, token: str) -> tuple[Room, Role] | None:
    role, board = BY_LETTER[letter], read(token)
    room = await house.room(board) if board else None
    if room is None or not house.links.matches(token, room.board.id, role, room.board.door.generations[role]):
        return None
    return room, role


async def _offer(letter: str, token: str, asked: Request, house: House) -> Response:
    found = await _behind(house, letter, token)
    words = house.words(asked)
    if found is None:
        return refused(house, asked, words, "stale-link")
    room, role = found
    seat = house.seats.read(asked, room.board.id)
    context = {
        "about": room.board.about,
        "role": role,
        "token": token,
        "letter": letter,
        "person": comes_back(room, seat) if seat else None,
        "command_id": str(uuid4()),
        "limits": house.settings.limits,
    }
    return page(house, asked, words, "door/seat.html", context)


async def _take(letter: str, token: str, asked: Request, house: House) -> Response:
    found = await _behind(house, letter, token)
    words = house.words(asked)
    if found is None:
        return refused(house, asked, words, "stale-link")
    room, role = found
    if wait := await house.gates.take(joins=(address_of(asked), room.board.id)):
        return refused(house, asked, words, "slow-down", seconds=in_seconds(wait))
    if role == "screen":
        return _screen(house, asked, room)
    try:
        body = await asked.body()
        typed = fields_of(body, asked.headers.get("content-type", "")) if body else {}
        return await _seat(house, asked, room, role, typed, words)
    except Unreadable:
        return refused(house, asked, words, "invalid", field="body")
    except Refused as no:
        return refused(house, asked, words, no.code, **no.facts)
    except StorageFull:
        return refused(house, asked, words, "storage-full")
    except OutcomeUnknown:
        return refused(house, asked, words, "unknown-outcome")


async def _seat(house: House, asked: Request, room: Room, role: Role, typed: dict[str, Any], words: Words) -> Response:
    names = {"facilitator": words.gettext("Facilitator"), "cohost": words.gettext("Co-facilitator")}
    seat = house.seats.read(asked, room.board.id)
    known = comes_back(room, seat) if seat else None
    name = text_of(typed, "name") or (known.name if known else names.get(role, words.gettext("Observer")))
    person = await seat_person(house, asked, room, {**typed, "name": name}, words, role=role)
    response = see_other(f"/b/{room.board.id}")
    house.seats.give(asked, response, Seat(board=room.board.id, person=person.id))
    return response


def _screen(house: House, asked: Request, room: Room) -> Response:
    response = see_other(f"/b/{room.board.id}/screen")
    generation = room.board.door.generations["screen"]
    house.seats.give(asked, response, Seat(board=room.board.id, role="screen", generation=generation))
    return response


@routes.get("/f/{token}", summary="The facilitator's link: one button")
async def offer_facilitator(token: str, asked: Request, house: InHouse) -> Response:
    """A link preview takes no seat."""
    return await _offer("f", token, asked, house)


@routes.post("/f/{token}", summary="Take the facilitator's seat")
async def take_facilitator(token: str, asked: Request, house: InHouse) -> Response:
    """303 to the board."""
    return await _take("f", token, asked, house)


@routes.get("/c/{token}", summary="The co-facilitator's link: one button")
async def offer_cohost(token: str, asked: Request, house: InHouse) -> Response:
    """A link preview takes no seat."""
    return await _offer("c", token, asked, house)


@routes.post("/c/{token}", summary="Take a co-facilitator's seat")
async def take_cohost(token: str, asked: Request, house: InHouse) -> Response:
    """303 to the board."""
    return await _take("c", token, asked, house)


@routes.get("/o/{token}", summary="The observer's link: one button")
async def offer_observer(token: str, asked: Request, house: InHouse) -> Response:
    """A link preview takes no seat."""
    return await _offer("o", token, asked, house)


@routes.post("/o/{token}", summary="Take an observer's seat")
async def take_observer(token: str, asked: Request, house: InHouse) -> Response:
    """303 to the board."""
    return await _take("o", token, asked, house)


@routes.get("/s/{token}", summary="The screen's link: one button")
async def offer_screen(token: str, asked: Request, house: InHouse) -> Response:
    """A link preview takes no seat."""
    return await _offer("s", token, asked, house)


@routes.post("/s/{token}", summary="Open the screen on this device")
async def take_screen(token: str, asked: Request, house: InHouse) -> Response:
    """303 to the screen."""
    return await _take("s", token, asked, house)
