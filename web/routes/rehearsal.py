"""Rehearsing: a copy of a board to practise on, and simulated participants who come to it."""

import asyncio
from functools import partial
from secrets import randbelow
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.asking import Refused
from app.board.keeping import OutcomeUnknown, StorageFull
from app.board.records import Person
from app.realtime.room import Room
from app.rehearsal.company import PACES, Plan
from app.rehearsal.hosting import MOST_MINUTES, MOST_PEOPLE, Busy
from web.founding import copy_board, copy_files
from web.gates import address_of, in_seconds
from web.house import House, InHouse
from web.parsing import Unreadable, fields_of, text_of
from web.replies import refused, see_other, wants_json
from web.routes.door import joining, seat_person
from web.routes.home import started
from web.seating import Facilitating
from web.words import Words

routes = APIRouter()
DEFAULTS = {"people": "30", "pace": "lively", "minutes": "10"}
MOST_DIGITS = 4


@routes.post("/b/{board}/copy", summary="Make a copy to rehearse on, for facilitators")
async def copy(board: str, asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """303 to the copy, or JSON 201 with its links; whoever asks holds its first facilitator seat."""
    words = seat.words
    if wait := await house.gates.take(boards=address_of(asked), copies=board):
        return refused(house, asked, words, "slow-down", seconds=in_seconds(wait))
    try:
        return await _copied(house, asked, seat.room, seat.person, words)
    except Refused as no:
        return refused(house, asked, words, no.code, **no.facts)
    except StorageFull:
        return refused(house, asked, words, "storage-full")
    except OutcomeUnknown:
        return refused(house, asked, words, "unknown-outcome")


async def _copied(house: House, asked: Request, room: Room, person: Person, words: Words) -> Response:
    typed = {
        "id": str(uuid4()),
        "name": person.name,
        "place": person.place,
        "place_id": person.place_id,
        "language": person.language,
    }
    make = partial(
        copy_board,
        house.keeper,
        house.links,
        house.clock,
        of=room.board,
        title=words.gettext("Rehearsal: %(title)s") % {"title": room.board.about.title},
        maker=joining(typed, None, words, "facilitator"),
        limits=house.settings.limits,
    )
    made = await asyncio.get_running_loop().run_in_executor(house.keeper.writer, make)
    await copy_files(house.keeper, room.board, made)
    copied = await house.room(made.id)
    if copied is None:
        raise OutcomeUnknown
    seated = await seat_person(house, asked, copied, typed, words, role="facilitator")
    return started(house, asked, copied, seated.id)


@routes.post("/b/{board}/rehearsal", summary="Send simulated participants to a copy, for facilitators")
async def begin(board: str, asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """`{people?, pace?, minutes?}`. 303 to the board, or JSON 202. They come by the join link, as anybody does."""
    room, words = seat.room, seat.words
    if not room.board.about.rehearsal:
        return refused(house, asked, words, "not-a-rehearsal")
    try:
        typed = fields_of(await asked.body(), asked.headers.get("content-type", ""))
        plan = _plan(typed)
        door = house.links.path(room.board.id, "join", room.board.door.generations["join"])
        house.rehearsals.start(room.board.id, door, plan)
    except Unreadable:
        return refused(house, asked, words, "invalid", field="body")
    except Refused as no:
        return refused(house, asked, words, no.code, **no.facts)
    except Busy:
        return refused(house, asked, words, "busy")
    if wants_json(asked):
        going = {"people": plan.people, "notes_per_minute": plan.notes_per_minute, "seconds": plan.seconds}
        return JSONResponse(going, 202, headers={"Cache-Control": "no-store"})
    return see_other(f"/b/{board}")


def _plan(typed: dict[str, Any]) -> Plan:
    """What was chosen. Refused: invalid {field}."""
    pace = text_of(typed, "pace") or DEFAULTS["pace"]
    if pace not in PACES:
        raise Refused("invalid", field="pace")
    return Plan(
        people=_whole(typed, "people", MOST_PEOPLE),
        notes_per_minute=PACES[pace],
        seconds=60.0 * _whole(typed, "minutes", MOST_MINUTES),
        seed=1 + randbelow(1_000_000),
    )


def _whole(typed: dict[str, Any], name: str, most: int) -> int:
    given = DEFAULTS[name] if typed.get(name, "") == "" else str(typed[name])
    if not given.isdecimal() or len(given) > MOST_DIGITS or not 1 <= int(given) <= most:
        raise Refused("invalid", field=name)
    return int(given)


@routes.post("/b/{board}/rehearsal/stop", summary="Send the simulated participants home, for facilitators")
async def stop(board: str, house: InHouse, _: Facilitating) -> Response:
    """303 to the board; harmless where none are."""
    await house.rehearsals.stop_everywhere(board)
    return see_other(f"/b/{board}")
