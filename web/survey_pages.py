"""The page on which facilitators edit the questions of the survey, also with what was refused still in it."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from app.board.audience import FACILITATORS, base_of
from app.board.questions import survey_of
from app.board.records import Answers
from app.realtime.room import Room
from web.context import NOT_REFUSED, Context
from web.house import House
from web.pages import context_of, person_of, words_of
from web.replies import page
from web.seats import Seat
from web.surveying import drafts_of
from web.views.surveys import draft_views


def editing(room: Room, refused: Mapping[str, Any] = NOT_REFUSED) -> Context:
    """What the page is drawn from: the questions as they stand, or as they stood in a refused form."""
    survey = survey_of(room.board)
    return {
        "drafts": drafts_of(refused["fields"]) or draft_views(room.board),
        "state": survey.state,
        "base": survey.text_seq,
        "people": room.board.count(Answers),
        "refused": refused,
    }


def editor_page(
    house: House, asked: HTTPConnection, room: Room, seat: Seat, *, refused: Mapping[str, Any], status: int
) -> HTMLResponse | None:
    """The page again, beside what was refused on it; None when something else was."""
    person = person_of(room, seat)
    if person is None or base_of(person) is not FACILITATORS or drafts_of(refused["fields"]) is None:
        return None
    words = words_of(house, asked, person)
    context = {**context_of(house, room, FACILITATORS, words, house.address(asked)), "person": person}
    return page(house, asked, words, "survey/editor.html", {**context, **editing(room, refused)}, status)
