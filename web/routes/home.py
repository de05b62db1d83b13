"""The home page: start a board from a template, or type a code."""

import asyncio
import hmac
import re
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.asking import Refused
from app.board.board import Board
from app.board.keeping import OutcomeUnknown, StorageFull, Taken
from app.board.records import Person
from app.board.templates import TEMPLATES
from app.links import Role
from app.realtime.room import Room
from web.founding import start_board
from web.gates import address_of, in_seconds
from web.homepage import home_context
from web.house import House, InHouse
from web.parsing import Unreadable, fields_of, text_of
from web.refusals import refusal
from web.replies import STATUS, inside, page, refused, see_other, wants_json
from web.routes.door import joining, person_id, seat_person
from web.seats import Seat
from web.starting import starts_at, zone_typed
from web.words import Words, available

routes = APIRouter()

FORM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@routes.get("/", summary="Start a board, or type a code")
async def home(asked: Request, house: InHouse) -> Response:
    """Open to everybody."""
    words = house.words(asked)
    return page(house, asked, words, "home.html", home_context(house, words))


@routes.post("/boards", summary="Start a board")
async def start(asked: Request, house: InHouse) -> Response:
    """303 to the board, or JSON 201 with its links; its maker holds the first facilitator seat."""
    words = house.words(asked)
    try:
        typed = fields_of(await asked.body(), asked.headers.get("content-type", ""))
    except Unreadable:
        return refused(house, asked, words, "invalid", field="body")
    wait = await house.gates.take(boards=address_of(asked))
    if wait:
        return _refuse(house, asked, words, typed, "slow-down", {"seconds": in_seconds(wait)})
    try:
        if not _may_start(house, text_of(typed, "key")):
            raise Refused("wrong-key", field="key")
        # Only an id that nobody can guess says that a form has come again: it leads to a facilitator's seat.
        again = FORM_ID.fullmatch(text_of(typed, "id"))
        named = {**typed, "name": text_of(typed, "name") or words.gettext("Facilitator")}
        named["id"] = again.group() if again else str(uuid4())
        room = await _room_of(house, named, words)
        person = await seat_person(house, asked, room, named, words, role="facilitator")
    except Refused as no:
        return _refuse(house, asked, words, typed, no.code, dict(no.facts))
    except StorageFull:
        return _refuse(house, asked, words, typed, "storage-full", {})
    except OutcomeUnknown:
        return _refuse(house, asked, words, typed, "unknown-outcome", {})
    return started(house, asked, room, person.id)


def _may_start(house: House, key: str) -> bool:
    needed = house.settings.create_key
    return needed is None or hmac.compare_digest(key.encode(), needed.get_secret_value().encode())


async def _room_of(house: House, typed: dict[str, Any], words: Words) -> Room:
    """Of the board that this form starts, or has started: a form that is sent twice starts one board."""
    wanted = house.links.board_of(repr(sorted(typed.items())))
    room = await house.room(wanted)
    if room is None:
        with suppress(Taken):
            await _start(house, typed, words, wanted)
        room = await house.room(wanted)
    elif room.board.people() and room.board.get(Person, person_id(room, typed["id"])) is None:
        # Once in a trillion boards: somebody else's has that id.
        room = await house.room((await _start(house, typed, words)).id)
    if room is None:
        raise OutcomeUnknown
    return room


async def _start(house: House, typed: dict[str, Any], words: Words, wanted: str = "") -> Board:
    language, zone = text_of(typed, "language"), zone_typed(typed)
    start = partial(
        start_board,
        house.keeper,
        house.links,
        house.clock,
        title=text_of(typed, "title"),
        template=text_of(typed, "template") or TEMPLATES[0],
        language=language if language in available() else words.language,
        starts_at=starts_at(typed, zone),
        zone=zone,
        maker=joining(typed, None, words, "facilitator"),
        wanted=wanted,
        limits=house.settings.limits,
    )
    return await asyncio.get_running_loop().run_in_executor(house.keeper.writer, start)


def _refuse(
    house: House, asked: Request, words: Words, typed: dict[str, Any], code: str, facts: dict[str, Any]
) -> Response:
    if wants_json(asked):
        return refused(house, asked, words, code, **facts)
    wrong = {"code": code, "field": facts.get("field", "title"), "sentence": refusal(words, code, facts)}
    context = home_context(house, words, typed=typed, wrong=wrong)
    return page(house, asked, words, "home.html", context, STATUS.get(code, 422))


def started(house: House, asked: Request, room: Room, person: str) -> Response:
    """The answer to whoever has made a board: on to it, or its links as JSON; and their seat."""
    board, address = room.board, house.address(asked)

    def url(role: Role) -> str:
        return address + house.links.path(board.id, role, board.door.generations[role])

    response: Response
    if wants_json(asked):
        made = {
            "board": board.id,
            "person": person,
            "join_url": url("join"),
            "code": house.links.code(board.id, board.door.generations["join"]),
            "facilitator_url": url("facilitator"),
            "cohost_url": url("cohost"),
            "observer_url": url("observer"),
            "screen_url": url("screen"),
        }
        response = JSONResponse(made, 201, headers={"Cache-Control": "no-store"})
    else:
        response = see_other(f"/b/{board.id}")
    house.seats.give(asked, response, Seat(board=board.id, person=person))
    return response


@routes.post("/language", summary="Choose the language of pages without a seat")
async def choose(asked: Request, house: InHouse) -> Response:
    """Kept in a cookie; back to where the reader was."""
    try:
        typed = fields_of(await asked.body(), asked.headers.get("content-type", ""))
    except Unreadable:
        typed = {}
    language = typed.get("language")
    response = see_other(inside(typed.get("next")) or "/")
    if language in available():
        house.keep_language(asked, response, str(language))
    return response
