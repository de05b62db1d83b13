"""What came of it: the results page, the exports, and the board as programs read it; each as its asker may see it."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.audience import EVERYONE, PUBLIC, WAITING, Base, base_of
from app.board.records import Person
from app.outcomes.exports import as_csv, as_json, as_markdown
from app.outcomes.results import results_of
from app.realtime.room import Room
from web.api import board_json
from web.gates import in_seconds
from web.house import House, InHouse
from web.pages import context_of, person_of, words_of
from web.replies import page, refused, refused_as_json
from web.views.steps import step_views
from web.words import Words

routes = APIRouter()
TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8"}


async def _seated(board: str, asked: Request, house: House) -> tuple[Room, Person, Base, Words] | Response:
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
    found = await _seated(board, asked, house)
    if isinstance(found, Response):
        return found
    room, person, base, words = found
    context = {
        **context_of(house, room, base, words, house.address(asked)),
        "results": results_of(room.board, EVERYONE),
        "person": person,
        "step_list": step_views(room.board, base, words.language),
    }
    return page(house, asked, words, "results.html", context)


@routes.get("/b/{board}/export.{form}", summary="The results as JSON, CSV or Markdown")
async def export(board: str, form: str, asked: Request, house: InHouse) -> Response:
    """What may be published: notes marked "not for publication" are in none of them. Also while the session runs."""
    found = await _seated(board, asked, house)
    if isinstance(found, Response):
        return found
    room, _, _, words = found
    if form not in TYPES:
        return refused(house, asked, words, "not-found")
    write = {"json": as_json, "csv": as_csv, "md": as_markdown}[form]
    text = write(room.board, results_of(room.board, PUBLIC), words.language, words.gettext)
    name = f"flipchart-{'rehearsal-' if room.board.about.rehearsal else ''}{board}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text, media_type=TYPES[form], headers=headers)


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
