"""What comes after the hour: the roadmap's days for a calendar, and the survey's questions, answers and file."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.records import Person
from app.outcomes.roadmap import roadmap_of, today_of
from app.outcomes.survey import survey_results
from app.outcomes.survey_csv import survey_csv
from web.house import InHouse
from web.replies import refused
from web.roadmap_calendar import roadmap_calendar
from web.routes.before import ICALENDAR
from web.seating import Facilitating, InSeat, seated_page
from web.survey_pages import editing

routes = APIRouter()
MOST_OWNERS = 200


@routes.get("/b/{board}/roadmap.ics", summary="The days of the roadmap for a calendar")
async def calendar(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """For everybody with a seat; 404 nothing-due as long as no action has a day."""
    board, words, now = seat.room.board, seat.words, house.clock()
    roadmap = roadmap_of(board, seat.base, today_of(board, now))
    if not roadmap.has_days:
        return refused(house, asked, words, "nothing-due")
    name = f'attachment; filename="flipchart-{board.id}-roadmap.ics"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    text = roadmap_calendar(board, roadmap, words, address=house.address(asked), now=now)
    return Response(text, media_type=ICALENDAR, headers=headers)


@routes.get("/b/{board}/owners", summary="The places of the board, to choose an owner from")
async def owners(seat: InSeat) -> Response:
    """A list of names, for everybody with a seat; of places, never of people."""
    places = {each.place for each in seat.room.board.all(Person) if each.place and each.state == "here"}
    return JSONResponse(sorted(places, key=str.casefold)[:MOST_OWNERS], headers={"Cache-Control": "no-store"})


@routes.get("/b/{board}/survey", summary="The questions of the survey, to be edited, for facilitators")
async def editor(asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """Every question in every language."""
    return seated_page(house, asked, seat, "survey/editor.html", editing(seat.room))


@routes.get("/b/{board}/survey/results", summary="How the survey was answered, for facilitators")
async def answers(asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """Charts, question by question; of an anonymous survey once three people have answered."""
    return seated_page(house, asked, seat, "survey/results.html", editing(seat.room))


@routes.get("/b/{board}/survey.csv", summary="How the survey was answered, as CSV")
async def table(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """For facilitators, and for everybody with a seat once it is shared."""
    board, words = seat.room.board, seat.words
    results = survey_results(board, seat.base)
    if results is None:
        return refused(house, asked, words, "only-facilitators")
    name = f'attachment; filename="flipchart-{board.id}-survey.csv"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    text = survey_csv(board, results, words.language)
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
