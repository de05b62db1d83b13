"""The board's own addresses: the page, the screen, its people and its log."""

from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.board.forgetting import FORGOTTEN
from app.board.templates import slid_in
from web.gates import address_of, in_seconds
from web.house import House, InHouse
from web.logbook import log_lines
from web.pages import board_page, person_of, screen_page, words_of
from web.replies import page, refused, see_other
from web.routes.door import door_page
from web.seating import Facilitating, Seated, seated_page

routes = APIRouter()


@routes.get("/b/{board}", summary="The board as its asker may see it; without a seat, the door")
async def show(board: str, asked: Request, house: InHouse) -> Response:
    """Never kept by caches."""
    room = await house.room(board)
    if room is None:
        return refused(house, asked, house.words(asked), "not-found")
    seat = house.seats.read(asked, board)
    if seat is None or person_of(room, seat) is None:
        return door_page(house, asked, room, token=None)
    if wait := house.gates.pages.take(seat.person):
        return refused(house, asked, house.words(asked), "slow-down", seconds=in_seconds(wait))
    return board_page(house, asked, room, seat)


@routes.get("/b/{board}/screen", summary="The projector's view")
async def screen(board: str, asked: Request, house: InHouse) -> Response:
    """Seated by the screen link, in a cookie of its own; a facilitator may look at it too."""
    room = await house.room(board)
    if room is None:
        return refused(house, asked, house.words(asked), "not-found")
    seat = house.seats.read(asked, board, screen=True)
    if seat is not None and room.board.door.generations.get("screen") == seat.generation:
        # A screen is nobody: what counts is where it stands.
        if wait := house.gates.pages.take(address_of(asked)):
            return refused(house, asked, house.words(asked), "slow-down", seconds=in_seconds(wait))
        return screen_page(house, asked, room)
    return refused(house, asked, house.words(asked), "no-seat")


def _sheet(template: str, asked: Request, house: House, seat: Seated) -> Response:
    return seated_page(house, asked, seat, template, {"lines": lambda: log_lines(seat.room, seat.words)})


@routes.get("/b/{board}/people", summary="Everybody with a seat, for facilitators")
async def people(asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """Names, places, roles and states."""
    return _sheet("people.html", asked, house, seat)


@routes.get("/b/{board}/agenda", summary="The steps, to be prepared or changed, for facilitators")
async def agenda(asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """Every step in every language."""
    return seated_page(house, asked, seat, "agenda.html", {"ready_made": slid_in()})


@routes.get("/b/{board}/log", summary="Who did what and when, for facilitators")
async def log(asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """The newest acts of facilitators, and who came; each with its undo. What people wrote is never in it."""
    return _sheet("log.html", asked, house, seat)


@routes.get("/b/{board}/erase", summary="What erasing one's own words means, and the button for it")
async def erase(board: str, asked: Request, house: InHouse) -> Response:
    """For whoever has or had a seat on this device, also when they were removed; the button asks `person.forget`."""
    room, seat = await house.room(board), house.seats.read(asked, board)
    person = person_of(room, seat) if room and seat else None
    if room is None or person is None:
        return refused(house, asked, house.words(asked), "no-seat" if room else "not-found")
    if person.is_gone and person.name == FORGOTTEN:
        return see_other(f"/b/{board}")
    context = {"about": room.board.about, "board": board, "person": person, "command_id": str(uuid4())}
    return page(house, asked, words_of(house, asked, person), "door/erase.html", context)


@routes.post("/b/{board}/leave", summary="Give up the seat on this device")
async def leave(board: str, asked: Request, house: InHouse) -> Response:
    """The person stays on the board; only this device forgets them. Whoever was removed stays known to it."""
    room, seat = await house.room(board), house.seats.read(asked, board)
    person = person_of(room, seat) if room and seat else None
    response = see_other("/")
    if seat and (person is None or person.state != "removed"):
        house.seats.forget(asked, response, board)
    return response
