"""The door: a person comes in by the join link or the code, with a name and a place, and gets a seat."""

import asyncio
from hashlib import blake2b
from typing import Any, Final
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.board.asking import Refused
from app.board.audience import EVERYONE, FACILITATORS, base_of
from app.board.keeping import OutcomeUnknown, StorageFull
from app.board.people import PersonJoin
from app.board.records import Person
from app.board.timing import has_begun
from app.links import read
from app.realtime.room import Room
from web.gates import address_of, in_seconds
from web.homepage import home_context
from web.house import House, InHouse
from web.pages import comes_back, lost_by
from web.parsing import COMMAND_ID, Unreadable, fields_of, text_of
from web.places import chosen
from web.refusals import refusal
from web.replies import STATUS, page, refused, see_other, wants_json
from web.seats import Seat
from web.views.people import here_view
from web.views.start import start_view
from web.views.steps import moment, step_view
from web.words import Words, available

routes = APIRouter()
JOIN: Final = "join"
MOST_OF_A_CODE = 40


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
    """Name, place, language, privacy notice. Without a token it only says that a link or a code is needed.

    Whom the board lost by being put back is told so, and has the form where they came in by such a one.
    """
    words = house.words(asked)
    board = room.board
    seat = house.seats.read(asked, board.id)
    person = comes_back(room, seat) if seat else None
    was = lost_by(room, seat) if seat else ""
    if token is None and was and seat and seat.role == JOIN:
        token = house.links.token(board.id, JOIN, board.door.generations[JOIN])
    command_id = str(uuid4())
    context = {
        "about": board.about,
        "board": board.id,
        "was": was,
        "newcomer": person_id(room, command_id),
        "door": board.door,
        "token": token,
        "here": here_view(board, room.telling.sight.here),
        "step": step_view(board, board.now.step, base_of(person) if person else EVERYONE, words.language),
        "ends_at": moment(board.now.planned_end),
        "begun": has_begun(board),
        "start": lambda: start_view(board, EVERYONE, words.language),
        "moment": moment,
        "clock": house.clock(),
        "calendar": f"/j/{token}/session.ics" if token else "",
        "on_screen": False,
        "closed": board.now.closed,
        "wrong": wrong or {"code": "", "sentence": "", "field": ""},
        "typed": typed or {},
        "command_id": command_id,
        "limits": house.settings.limits,
        "person": person,
    }
    return page(house, asked, words, "door/door.html", context, status)


async def _behind(house: House, token: str, role: Any) -> Room | None:
    board = read(token)
    room = await house.room(board) if board else None
    if room is None or not house.links.matches(token, room.board.id, role, room.board.door.generations.get(role, 0)):
        return None
    return room


async def behind_join_link(house: House, token: str) -> Room | None:
    """The room that this join link leads to, None for a link that is none any more."""
    return await _behind(house, token, JOIN)


@routes.get("/join", summary="The door, by the 6-character code")
async def by_code(asked: Request, house: InHouse, code: str = "") -> Response:
    """Unknown and closed look the same; guessing is slowed down."""
    words = house.words(asked)
    async with house.gates.guessing:
        address = address_of(asked)
        wait = await house.gates.wait(guesses=address, guesses_in_all="all")
        if wait:
            return refused(house, asked, words, "slow-down", seconds=in_seconds(wait))
        room = await _of_code(house, code)
        if room is None:
            await house.gates.take(guesses=address, guesses_in_all="all")
            return _no_such_code(house, asked, words, code)
    return see_other(house.links.path(room.board.id, "join", room.board.door.generations[JOIN]))


async def _of_code(house: House, code: str) -> Room | None:
    """The room with this code, if its door is not closed."""
    if not code.strip() or len(code) > MOST_OF_A_CODE:
        return None
    hashed, loop = house.links.code_hash(code), asyncio.get_running_loop()
    board = await loop.run_in_executor(house.keeper.reader, house.keeper.find_by_code, hashed)
    room = await house.room(board) if board else None
    return room if room and room.board.door.open != "closed" and not room.board.now.closed else None


def _no_such_code(house: House, asked: Request, words: Words, code: str) -> Response:
    no = Refused("unknown-code", field="code")
    if wants_json(asked):
        return refused(house, asked, words, no.code, **no.facts)
    wrong = {"code": no.code, "field": "code", "sentence": refusal(words, no.code, no.facts)}
    context = home_context(house, words, code=code, wrong=wrong)
    return page(house, asked, words, "home.html", context, STATUS[no.code])


@routes.get("/j/{token}", summary="The door, by the join link")
async def show_door(token: str, asked: Request, house: InHouse) -> Response:
    """Who has a seat on this device goes straight in; a facilitator is offered to see as participant."""
    room = await _behind(house, token, JOIN)
    if room is None:
        return refused(house, asked, house.words(asked), "stale-link")
    seat = house.seats.read(asked, room.board.id)
    person = comes_back(room, seat) if seat else None
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
    wait = await house.gates.take(joins=(address_of(asked), room.board.id))
    if wait:
        return _not_in(house, asked, room, token, typed, words, Refused("slow-down", seconds=in_seconds(wait)))
    try:
        person = await seat_person(house, asked, room, typed, words, role="participant")
    except Refused as no:
        return _not_in(house, asked, room, token, typed, words, no)
    except StorageFull:
        return _not_in(house, asked, room, token, typed, words, Refused("storage-full"))
    except OutcomeUnknown:
        return _not_in(house, asked, room, token, typed, words, Refused("unknown-outcome"))
    return _seated(house, asked, room, person)


def _not_in(
    house: House, asked: Request, room: Room, token: str, typed: dict[str, Any], words: Words, no: Refused
) -> Response:
    if wants_json(asked) or no.code == "removed":
        return refused(house, asked, words, no.code, **no.facts)
    wrong = {
        "code": no.code,
        "sentence": refusal(words, no.code, no.facts),
        "field": str(no.facts.get("field", "")),
    }
    return door_page(house, asked, room, token=token, wrong=wrong, typed=typed, status=STATUS.get(no.code, 422))


def _seated(house: House, asked: Request, room: Room, person: Person) -> Response:
    waits = person.state == "waiting"
    response: Response
    if wants_json(asked):
        answer: dict[str, Any] = {"board": room.board.id, "person": person.id}
        response = JSONResponse(answer | ({"waiting": True} if waits else {}), 202 if waits else 201)
    else:
        response = see_other(f"/b/{room.board.id}")
    house.seats.give(asked, response, Seat(board=room.board.id, person=person.id, role=JOIN))
    house.keep_language(asked, response, person.language)
    return response


async def seat_person(
    house: House, asked: Request, room: Room, typed: dict[str, Any], words: Words, *, role: str
) -> Person:
    """The person that the form describes, or the one whose seat this device has already. Raises Refused."""
    seat = house.seats.read(asked, room.board.id)
    known = comes_back(room, seat) if seat else None
    id_ = text_of(typed, "id")
    if known or not COMMAND_ID.fullmatch(id_):
        id_ = str(uuid4())
    actor = known.id if known else person_id(room, id_)
    await room.submit(actor, joining(typed, known, words, role), id_)
    person = room.board.get(Person, actor)
    if person is None:
        raise Refused("unknown", what="person")
    return person


def joining(typed: dict[str, Any], known: Person | None, words: Words, role: str) -> PersonJoin:
    """What was typed; for whoever is known, what was not typed stays as it is."""
    language, place = text_of(typed, "language"), text_of(typed, "place")
    found = chosen(text_of(typed, "place_id"), place)
    if language not in available():
        language = known.language if known else words.language
    return PersonJoin(
        name=text_of(typed, "name") or (known.name if known else ""),
        place=place,
        place_id=found.id if found else "",
        country=found.code if found else "",
        language=language,
        role=role,
        simulated=typed.get("simulated") in (True, "true"),
    )


def person_id(room: Room, command_id: str) -> str:
    """The same form sent twice is the same person once. The form's id is drawn afresh for each reader of it."""
    return "p" + blake2b(f"{room.board.id}|{command_id}".encode(), digest_size=8).hexdigest()
