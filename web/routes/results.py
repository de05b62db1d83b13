"""What came of it: the results page, and the board as programs read it; each as its asker may see it."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.audience import EVERYONE, FACILITATORS, base_of
from app.outcomes.journeys import journeys
from app.outcomes.replay import replay, steps_of
from web.api import board_json
from web.gates import in_seconds
from web.house import InHouse
from web.pages import person_of, words_of
from web.replies import refused_as_json
from web.seating import InSeat, seated_page
from web.views.billboards import billboards_view
from web.views.outcomes import outcomes_of, publishing_view
from web.views.steps import step_view, step_views

routes = APIRouter()


@routes.get("/b/{board}/results", summary="Ranked notes and who spoke")
async def results(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """For everybody with a seat."""
    room, person, base, words = found
    summed = await outcomes(house, room, EVERYONE, words)
    context = {
        **context_of(house, room, base, words, house.address(asked)),
        **summed,
        "person": person,
        "shown": billboards_view(room.board, EVERYONE, words, {}, place=person.place),
        "files": f"/b/{board}",
        "is_public": False,
        "publishing": publishing_view(house.links, room.board, house.address(asked)) if base is FACILITATORS else None,
        "step_list": step_views(room.board, base, words.language),
    }
    return page(house, asked, words, "results.html", context)


@routes.get("/b/{board}/ideas", summary="Where the asker's own ideas went")
async def ideas(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """For whoever has a seat, their own."""
    room, person, base, words = found
    now, what = house.clock(), (f"ideas of {person.id}", EVERYONE, words.language)
    traced = await house.sums.of(room.board, what, lambda it: journeys(it, person.id, EVERYONE, words.language), now)
    context = {
        **context_of(house, room, base, words, house.address(asked)),
        "journeys": traced,
        "person": person,
    }
    return page(house, asked, words, "my_ideas.html", context)


@routes.get("/b/{board}/replay", summary="The session once more")
async def again(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """For everybody with a seat; nothing that was hidden since."""
    room, person, base, words = found
    now, what = house.clock(), ("replay", EVERYONE, words.language)
    moments = await house.sums.of(room.board, what, lambda it: replay(it, EVERYONE, words.language), now)
    context = {
        **context_of(house, room, base, words, house.address(asked)),
        "moments": moments,
        "replayed": [step_view(room.board, each.id, base, words.language) for each in steps_of(room.board, moments)],
        "person": person,
    }
    return page(house, asked, words, "replay.html", context)


@routes.get("/api/boards/{board}", summary="The board as its asker may see it")
async def api(board: str, asked: Request, house: InHouse) -> Response:
    """With the seat's cookie. Each list as that audience may see it."""
    room = await house.room(board)
    if room is None:
        return refused_as_json(house.words(asked), "not-found")
    seat = house.seats.read(asked, board)
    person = person_of(room, seat) if seat else None
    if person is None or person.state == "removed":
        return refused_as_json(words_of(house, asked, person), "removed" if person else "no-seat")
    if wait := house.gates.pages.take(person.id):
        return refused_as_json(words_of(house, asked, person), "slow-down", seconds=in_seconds(wait))
    return JSONResponse(board_json(room.telling.sight, base_of(person), person), headers={"Cache-Control": "no-store"})
