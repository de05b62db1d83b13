"""The personal link: made by its person on one device, taken by one button on another."""

from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.asking import Refused
from app.board.keeping import OutcomeUnknown, StorageFull
from app.board.moving import PersonMove
from app.board.people import STRENGTH
from app.board.records import Person
from app.realtime.room import Room
from web.gates import address_of, in_seconds
from web.house import House, InHouse
from web.linking import qr_path
from web.pages import person_of, words_of
from web.parsing import COMMAND_ID, Unreadable, fields_of, text_of
from web.passes import Pass
from web.replies import page, refused, see_other, wants_json
from web.seats import Seat
from web.views.steps import moment
from web.words import Words

routes = APIRouter()


@routes.post("/b/{board}/me", summary="Make a personal link")
async def make(board: str, asked: Request, house: InHouse) -> Response:
    """The same person on another device, for 15 minutes, once. As JSON 201 `{url, until}`."""
    room, seat = await house.room(board), house.seats.read(asked, board)
    person = person_of(room, seat) if room and seat else None
    words = words_of(house, asked, person)
    if room is None:
        return refused(house, asked, words, "not-found")
    if person is None or person.is_gone:
        return refused(house, asked, words, "removed" if person else "no-seat")
    if wait := await house.gates.take(commands=person.id):
        return refused(house, asked, words, "slow-down", seconds=in_seconds(wait))
    token, until = house.passes.made(board, person, house.clock())
    url = f"{house.address(asked)}/me/{token}"
    if wants_json(asked):
        return JSONResponse({"url": url, "until": until}, 201, headers={"Cache-Control": "no-store"})
    path, size = qr_path(url)
    context = {"about": room.board.about, "board": board, "url": url, "until": until, "qr": path, "qr_size": size}
    template = "door/_pass.html" if asked.headers.get("hx-request") else "door/pass.html"
    return page(house, asked, words, template, {**context, "moment": moment})


async def _behind(house: House, token: str) -> tuple[Room, Person, Pass] | None:
    """Whose the link is, whether or not it was used."""
    found = house.passes.read(token, house.clock())
    room = await house.room(found.board) if found else None
    person = room.board.get(Person, found.person) if room and found else None
    if found is None or room is None or person is None or person.is_gone:
        return None
    return room, person, found


@routes.get("/me/{token}", summary="A personal link: one button")
async def offer(token: str, asked: Request, house: InHouse) -> Response:
    """A link preview takes no seat."""
    found, words = await _behind(house, token), house.words(asked)
    if found is None or found[1].moves != found[2].moves:
        return refused(house, asked, words, "stale-link")
    room, person, link = found
    context = {
        "about": room.board.about,
        "role": "me",
        "letter": "me",
        "token": token,
        "person": person,
        "until": moment(link.until),
        "command_id": str(uuid4()),
        "limits": house.settings.limits,
    }
    return page(house, asked, words, "door/seat.html", context)


@routes.post("/me/{token}", summary="Go on on this device")
async def take(token: str, asked: Request, house: InHouse) -> Response:
    """303 to the board. A stronger seat that this device has already stays, and the link is not used up."""
    found, words = await _behind(house, token), house.words(asked)
    if found is None:
        return refused(house, asked, words, "stale-link")
    room, person, link = found
    if wait := await house.gates.take(joins=(address_of(asked), room.board.id)):
        return refused(house, asked, words, "slow-down", seconds=in_seconds(wait))
    if _has_better(house, asked, room, person):
        return see_other(f"/b/{room.board.id}")
    try:
        await _used(asked, room, link)
    except Unreadable:
        return refused(house, asked, words, "invalid", field="body")
    except Refused as no:
        return refused(house, asked, words, no.code, **no.facts)
    except StorageFull:
        return refused(house, asked, words, "storage-full")
    except OutcomeUnknown:
        return refused(house, asked, words, "unknown-outcome")
    return _seated(house, asked, room, person, words)


def _has_better(house: House, asked: Request, room: Room, person: Person) -> bool:
    """Is this device theirs already, or that of somebody who may do more?"""
    seat = house.seats.read(asked, room.board.id)
    here = person_of(room, seat) if seat else None
    if here is None or here.is_gone:
        return False
    return here.id == person.id or STRENGTH.index(here.role) > STRENGTH.index(person.role)


async def _used(asked: Request, room: Room, link: Pass) -> None:
    """Counts the move. The form's id makes a second press of the same button the same move."""
    body = await asked.body()
    typed = fields_of(body, asked.headers.get("content-type", "")) if body else {}
    id_ = text_of(typed, "id")
    await room.submit(link.person, PersonMove(moves=link.moves), id_ if COMMAND_ID.fullmatch(id_) else str(uuid4()))


def _seated(house: House, asked: Request, room: Room, person: Person, words: Words) -> Response:
    response = see_other(f"/b/{room.board.id}")
    house.seats.give(asked, response, Seat(board=room.board.id, person=person.id))
    house.keep_language(asked, response, person.language)
    return response
