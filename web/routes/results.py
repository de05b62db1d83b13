"""What came of it: the results page, and the board as programs read it; each as its asker may see it."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.audience import EVERYONE, FACILITATORS, Base, base_of
from app.outcomes.journeys import journeys
from app.outcomes.replay import replay, steps_of
from app.realtime.room import Room
from web.api import board_json
from web.gates import in_seconds
from web.house import House, InHouse
from web.pages import person_of, words_of
from web.replies import refused_as_json
from web.seating import InSeat, seated_page
from web.views.billboards import billboards_view
from web.views.outcomes import outcomes_of, publishing_view
from web.views.steps import step_view, step_views
from web.words import Words

routes = APIRouter()


async def outcomes(house: House, room: Room, audience: Base, words: Words) -> Mapping[str, Any]:
    """What the page of results shows to that audience in its reader's language."""
    now, what = house.clock(), ("results", audience, words.language)
    return await house.sums.of(room.board, what, lambda board: outcomes_of(board, audience, words, now), now)


@routes.get("/b/{board}/results", summary="Ranked notes and who spoke")
async def results(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """For everybody with a seat."""
    board, words, address = seat.room.board, seat.words, house.address(asked)
    context = {
        **await outcomes(house, seat.room, EVERYONE, words),
        "shown": billboards_view(board, EVERYONE, words, {}, place=seat.person.place),
        "files": f"/b/{board.id}",
        "is_public": False,
        "publishing": publishing_view(house.links, board, address) if seat.base is FACILITATORS else None,
        "step_list": step_views(board, seat.base, words.language),
    }
    return seated_page(house, asked, seat, "results.html", context)


@routes.get("/b/{board}/ideas", summary="Where the asker's own ideas went")
async def ideas(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """For whoever has a seat, their own."""
    person, language = seat.person.id, seat.words.language
    what = (f"ideas of {person}", EVERYONE, language)
    traced = await house.sums.of(
        seat.room.board, what, lambda board: journeys(board, person, EVERYONE, language), house.clock()
    )
    return seated_page(house, asked, seat, "my_ideas.html", {"journeys": traced})


@routes.get("/b/{board}/replay", summary="The session once more")
async def again(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """For everybody with a seat; nothing that was hidden since."""
    board, language = seat.room.board, seat.words.language
    what = ("replay", EVERYONE, language)
    moments = await house.sums.of(board, what, lambda it: replay(it, EVERYONE, language), house.clock())
    steps = [step_view(board, each.id, seat.base, language) for each in steps_of(board, moments)]
    return seated_page(house, asked, seat, "replay.html", {"moments": moments, "replayed": steps})


@routes.get("/api/boards/{board}", summary="The board as its asker may see it")
async def api(board: str, asked: Request, house: InHouse) -> Response:
    """With the seat's cookie. Each list as that audience may see it."""
    room = await house.room(board)
    if room is None:
        return refused_as_json(house.words(asked), "not-found")
    seat = house.seats.read(asked, board)
    person = person_of(room, seat) if seat else None
    if person is None or person.is_gone:
        return refused_as_json(words_of(house, asked, person), "removed" if person else "no-seat")
    if wait := house.gates.pages.take(person.id):
        return refused_as_json(words_of(house, asked, person), "slow-down", seconds=in_seconds(wait))
    return JSONResponse(board_json(room.telling.sight, base_of(person), person), headers={"Cache-Control": "no-store"})
