"""What came of it: the results page, and the board as programs read it; each as its asker may see it."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.audience import EVERYONE, FACILITATORS, WAITING, Base, base_of
from app.board.records import Person
from app.outcomes.journeys import journeys
from app.outcomes.replay import replay, steps_of
from app.realtime.room import Room
from web.api import board_json
from web.gates import in_seconds
from web.house import House, InHouse
from web.pages import context_of, person_of, words_of
from web.replies import page, refused, refused_as_json
from web.views.billboards import billboards_view
from web.views.outcomes import outcomes_of, publishing_view
from web.views.steps import step_view, step_views
from web.words import Words

routes = APIRouter()


async def seated(board: str, asked: Request, house: House) -> tuple[Room, Person, Base, Words] | Response:
    """The room, and who asks; or what is answered to whom may not ask, or not so often."""
    room = await house.room(board)
    if room is None:
        return refused(house, asked, house.words(asked), "not-found")
    seat = house.seats.read(asked, board)
    person = person_of(room, seat) if seat else None
    if person is None:
        return refused(house, asked, house.words(asked), "no-seat")
    words = words_of(house, asked, person)
    if base_of(person) is WAITING:
        return refused(house, asked, words, person.state)
    if wait := house.gates.pages.take(person.id):
        return refused(house, asked, words, "slow-down", seconds=in_seconds(wait))
    return room, person, base_of(person), words


@routes.get("/b/{board}/results", summary="Ranked notes and who spoke")
async def results(board: str, asked: Request, house: InHouse) -> Response:
    """For everybody with a seat."""
    found = await seated(board, asked, house)
    if isinstance(found, Response):
        return found
    room, person, base, words = found
    context = {
        **context_of(house, room, base, words, house.address(asked)),
        **outcomes_of(room.board, EVERYONE, words, house.clock()),
        "person": person,
        "shown": billboards_view(room.board, EVERYONE, words, {}, place=person.place),
        "files": f"/b/{board}",
        "publishing": publishing_view(house.links, room.board, house.address(asked)) if base is FACILITATORS else None,
        "step_list": step_views(room.board, base, words.language),
    }
    return page(house, asked, words, "results.html", context)


@routes.get("/b/{board}/ideas", summary="Where the asker's own ideas went")
async def ideas(board: str, asked: Request, house: InHouse) -> Response:
    """For whoever has a seat, their own."""
    found = await seated(board, asked, house)
    if isinstance(found, Response):
        return found
    room, person, base, words = found
    context = {
        **context_of(house, room, base, words, house.address(asked)),
        "journeys": journeys(room.board, person.id, EVERYONE, words.language),
        "person": person,
    }
    return page(house, asked, words, "my_ideas.html", context)


@routes.get("/b/{board}/replay", summary="The session once more")
async def again(board: str, asked: Request, house: InHouse) -> Response:
    """For everybody with a seat; nothing that was hidden since."""
    found = await seated(board, asked, house)
    if isinstance(found, Response):
        return found
    room, person, base, words = found
    moments = replay(room.board, EVERYONE, words.language)
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
