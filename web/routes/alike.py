"""Notes about the same subject: a list for whoever may group, fetched when it is wanted and never part of a frame."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.alike.clustering import MEANINGS
from app.alike.likeness import CannotCompare
from app.alike.suggesting import Suggestions, question, suggestions
from app.board.audience import EVERYONE, FACILITATORS, WAITING, Base, base_of
from app.board.board import Board
from app.board.records import Person, Step
from app.realtime.room import Room
from web.gates import in_seconds
from web.house import House, InHouse
from web.pages import context_of, person_of, words_of
from web.replies import page, refused
from web.views.alike import alike_view
from web.views.steps import step_view

routes = APIRouter()


@routes.get("/b/{board}/alike", summary="Notes about the same subject, for whoever may group")
async def alike(board: str, asked: Request, house: InHouse) -> Response:
    """Among the notes that are grouped in `step` and that the asker may see."""
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
    as_participant = asked.query_params.get("as") == "participant"
    base = EVERYONE if as_participant else base_of(person)
    step = grouping_step(room.board, asked.query_params.get("step", ""))
    if step is None:
        return refused(house, asked, words, "unknown", what="step")
    if not may_group(room.board, step, base, person):
        return refused(house, asked, words, "only-facilitators")
    found = await _found(house, room, step.id, base)
    context = {
        **context_of(house, room, base, words, house.address(asked)),
        "person": person,
        "grouping_step": step_view(room.board, step.id, base, words.language),
        "alike": alike_view(room.board, found, meanings=found.way is MEANINGS) if found else None,
        "next": "" if asked.headers.get("hx-request") else f"/b/{board}/alike?step={step.id}",
    }
    template = "alike/_list.html" if asked.headers.get("hx-request") else "alike.html"
    return page(house, asked, words, template, context)


def grouping_step(board: Board, named: str) -> Step | None:
    """That grouping step; without a name the one that is on or comes next, else the last; None where there is none."""
    groups = [step for step in board.steps if step.kind == "group"]
    if named:
        return next((step for step in groups if step.id == named), None)
    now = board.step
    to_come = (step for step in groups if now is None or (step.order, step.id) >= (now.order, now.id))
    return next(to_come, groups[-1] if groups else None)


def may_group(board: Board, step: Step, base: Base, person: Person) -> bool:
    """Suggestions are for whoever can follow them, as the rules will have it."""
    if base is FACILITATORS:
        return True
    now = board.step
    has_come = now is not None and (step.order, step.id) <= (now.order, now.id)
    return step.group and has_come and person.role != "observer"


async def _found(house: House, room: Room, step: str, base: Base) -> Suggestions | None:
    """None when no comparison came about."""
    wanted = question(room.board, step, base)
    try:
        compared = await house.likeness.compare(wanted.texts, wanted.apart)
    except CannotCompare:
        return None
    return suggestions(room.board, wanted, compared.way, compared.pairs, compared.clusters, base)
