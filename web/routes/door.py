"""The door: a person comes in by the join link or the code, with a name and a place, and gets a seat."""

from hashlib import blake2b
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.board.asking import Refused
from app.board.audience import EVERYONE, FACILITATORS, base_of
from app.board.keeping import OutcomeUnknown, StorageFull
from app.board.people import PersonJoin
from app.board.records import Person
from app.links import read
from app.realtime.room import Room
from web.gates import address_of
from web.homepage import home_context
from web.house import LANGUAGE_COOKIE, House, InHouse
from web.pages import person_of
from web.parsing import COMMAND_ID, Unreadable, fields_of
from web.places import lookup
from web.replies import STATUS, page, refused, see_other, sentence, wants_json
from web.seats import Seat
from web.views.people import here_view
from web.views.steps import step_view
from web.words import Words, available

routes = APIRouter()
JOIN = "join"


def door_page(
    house: House,
    asked: Request,
    room: Room,
    *,
    token: str | None,
    wrong: dict[str, Any] | None = None,
    typed: dict[str, Any] | None = None,
    status: int = 200,
) -> HTMLResponse:
    """Name, place, language, privacy notice. Without a token it only says that a link or a code is needed."""
    words = house.words(asked)
    board = room.board
    seat = house.seats.read(asked, board.id)
    person = person_of(room, seat) if seat else None
    context = {
        "about": board.about,
        "board": board.id,
        "door": board.door,
        "token": token,
        "here": here_view(board, room.telling.sight.here),
        "step": step_view(board, board.now.step, base_of(person) if person else EVERYONE, words.language),
        "ends_at": board.now.planned_end,
        "closed": board.now.closed,
        "wrong": wrong or {"code": "", "sentence": "", "field": ""},
        "typed": typed or {},
        "command_id": str(uuid4()),
        "limits": house.settings.limits,
        "person": person,
    }
    return page(house, asked, words, "door/door.html", context, status)


async def _behind(house: House, token: str, role: Any) -> Room | None:
    board = read(token)
    room = await house.rooms.find(board) if board else None
    if room is None or not house.links.matches(token, room.board.id, role, room.board.door.generations.get(role, 0)):
        return None
    return room


@routes.get("/join", summary="The door, by the 6-character code")
async def by_code(asked: Request, house: InHouse, code: str = "") -> Response:
    """Unknown and closed look the same; guessing is slowed down."""
    words = house.words(asked)
    address = address_of(asked)
    wait = house.gates.guesses.wait(address) or house.gates.guesses_in_all.wait("all")
    if wait:
        return refused(house, asked, words, "slow-down", seconds=max(1, round(wait)))
    board = house.keeper.find_by_code(house.links.code_hash(code)) if code.strip() else None
    room = await house.rooms.find(board) if board else None
    if room is None or room.board.door.open == "closed" or room.board.now.closed:
        house.gates.guesses.take(address)
        house.gates.guesses_in_all.take("all")
        wrong = {"code": "unknown-code", "field": "code"}
        return page(house, asked, words, "home.html", home_context(house, words, code=code, wrong=wrong), 404)
    return see_other(house.links.path(room.board.id, "join", room.board.door.generations[JOIN]))


@routes.get("/j/{token}", summary="The door, by the join link")
async def show_door(token: str, asked: Request, house: InHouse) -> Response:
    """Who has a seat on this device goes straight in; a facilitator is offered to see as participant."""
    room = await _behind(house, token, JOIN)
    if room is None:
        return refused(house, asked, house.words(asked), "stale-link")
    seat = house.seats.read(asked, room.board.id)
    person = person_of(room, seat) if seat else None
    if person is None:
        return door_page(house, asked, room, token=token)
    if base_of(person) is FACILITATORS:
        context = {"about": room.board.about, "board": room.board.id, "person": person}
        return page(house, asked, house.words(asked, person.language), "door/seated.html", context)
    return see_other(f"/b/{room.board.id}")


@routes.post("/j/{token}", summary="Come in: name, place, language")
async def come_in(token: str, asked: Request, house: InHouse) -> Response:
    """303 to the board, or JSON 201 (202 when there is a waiting room), with the seat's cookie."""
    words = house.words(asked)
    room = await _behind(house, token, JOIN)
    if room is None:
        return refused(house, asked, words, "stale-link")
    try:
        typed = fields_of(await asked.body(), asked.headers.get("content-type", ""))
    except Unreadable:
        return refused(house, asked, words, "invalid", field="body")
    wait = house.gates.joins.take((address_of(asked), room.board.id))
    if wait:
        return refused(house, asked, words, "slow-down", seconds=max(1, round(wait)))
    try:
        person = await seat_person(house, asked, room, typed, words, role="participant")
    except Refused as no:
        return _not_in(house, asked, room, token, typed, words, no)
    except StorageFull:
        return refused(house, asked, words, "storage-full")
    except OutcomeUnknown:
        return refused(house, asked, words, "unknown-outcome")
    return _seated(house, asked, room, person)


def _not_in(
    house: House, asked: Request, room: Room, token: str, typed: dict[str, Any], words: Words, no: Refused
) -> Response:
    said = sentence(words, no.code, no.facts)
    if wants_json(asked):
        return JSONResponse({"refused": no.code, "message": said, "facts": dict(no.facts)}, 422)
    wrong = {"code": no.code, "sentence": said, "field": str(no.facts.get("field", ""))}
    return door_page(house, asked, room, token=token, wrong=wrong, typed=typed, status=STATUS.get(no.code, 422))


def _seated(house: House, asked: Request, room: Room, person: Person) -> Response:
    waits = person.state == "waiting"
    response: Response
    if wants_json(asked):
        answer: dict[str, Any] = {"board": room.board.id, "person": person.id}
        response = JSONResponse(answer | ({"waiting": True} if waits else {}), 202 if waits else 201)
    else:
        response = see_other(f"/b/{room.board.id}")
    house.seats.give(asked, response, Seat(board=room.board.id, person=person.id))
    response.set_cookie(LANGUAGE_COOKIE, person.language, max_age=365 * 86400, samesite="lax", httponly=True)
    return response


async def seat_person(
    house: House, asked: Request, room: Room, typed: dict[str, Any], words: Words, *, role: str
) -> Person:
    """The person that the form describes, or the one whose seat this device has already. Raises Refused."""
    seat = house.seats.read(asked, room.board.id)
    known = person_of(room, seat) if seat else None
    id_ = str(typed.get("id", ""))
    if not COMMAND_ID.fullmatch(id_):
        id_ = str(uuid4())
    found = lookup(str(typed.get("place_id", "")))
    language = str(typed.get("language", ""))
    join = PersonJoin(
        name=str(typed.get("name") or (known.name if known else "")),
        place=str(typed.get("place") or (known.place if known else "")),
        place_id=found.id if found else "",
        country=found.code if found else "",
        language=language if language in available() else words.language,
        role=role,
    )
    actor = known.id if known else person_id(room, id_)
    await room.submit(actor, join, id_ if not known else f"{id_}-{room.board.seq}"[:64])
    person = room.board.get(Person, actor)
    if person is None:
        raise Refused("unknown", what="person")
    return person


def person_id(room: Room, command_id: str) -> str:
    """The same form sent twice is the same person once."""
    return "p" + blake2b(f"{room.board.id}|{command_id}".encode(), digest_size=8).hexdigest()
