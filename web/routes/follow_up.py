"""What comes after the hour: the roadmap's days for a calendar, and the survey's questions, answers and file."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.audience import FACILITATORS
from app.board.records import Person
from app.outcomes.roadmap import roadmap_of, today_of
from app.outcomes.survey import survey_results
from app.outcomes.survey_csv import survey_csv
from web.house import House, InHouse
from web.pages import context_of, words_of
from web.replies import page, refused
from web.roadmap_calendar import roadmap_calendar
from web.routes.before import ICALENDAR
from web.routes.boards import facilitating
from web.routes.results import seated
from web.survey_pages import editing

routes = APIRouter()
MOST_OWNERS = 200


@routes.get("/b/{board}/roadmap.ics", summary="The days of the roadmap for a calendar")
async def calendar(board: str, asked: Request, house: InHouse) -> Response:
    """For everybody with a seat; 404 nothing-due as long as no action has a day."""
    found = await seated(board, asked, house)
    if isinstance(found, Response):
        return found
    room, _, base, words = found
    now = house.clock()
    roadmap = roadmap_of(room.board, base, today_of(room.board, now))
    if not roadmap.has_days:
        return refused(house, asked, words, "nothing-due")
    name = f'attachment; filename="flipchart-{board}-roadmap.ics"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    text = roadmap_calendar(room.board, roadmap, words, address=house.address(asked), now=now)
    return Response(text, media_type=ICALENDAR, headers=headers)


@routes.get("/b/{board}/owners", summary="The places of the board, to choose an owner from")
async def owners(board: str, asked: Request, house: InHouse) -> Response:
    """A list of names, for everybody with a seat; of places, never of people."""
    found = await seated(board, asked, house)
    if isinstance(found, Response):
        return found
    places = {each.place for each in found[0].board.all(Person) if each.place and each.state == "here"}
    return JSONResponse(sorted(places, key=str.casefold)[:MOST_OWNERS], headers={"Cache-Control": "no-store"})


@routes.get("/b/{board}/survey", summary="The questions of the survey, to be edited, for facilitators")
async def editor(board: str, asked: Request, house: InHouse) -> Response:
    """Every question in every language."""
    return await _sheet(house, board, asked, "survey/editor.html")


@routes.get("/b/{board}/survey/results", summary="How the survey was answered, for facilitators")
async def answers(board: str, asked: Request, house: InHouse) -> Response:
    """Charts, question by question; of an anonymous survey once three people have answered."""
    return await _sheet(house, board, asked, "survey/results.html")


@routes.get("/b/{board}/survey.csv", summary="How the survey was answered, as CSV")
async def table(board: str, asked: Request, house: InHouse) -> Response:
    """For facilitators, and for everybody with a seat once it is shared."""
    found = await seated(board, asked, house)
    if isinstance(found, Response):
        return found
    room, _, base, words = found
    results = survey_results(room.board, base)
    if results is None:
        return refused(house, asked, words, "only-facilitators")
    name = f'attachment; filename="flipchart-{board}-survey.csv"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    text = survey_csv(room.board, results, words.language)
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


async def _sheet(house: House, board: str, asked: Request, template: str) -> Response:
    found = await facilitating(board, asked, house)
    if isinstance(found, Response):
        return found
    room, person = found
    words = words_of(house, asked, person)
    context = context_of(house, room, FACILITATORS, words, house.address(asked))
    return page(house, asked, words, template, {**context, **editing(room), "person": person})
