"""Notes about the same subject: a list for whoever may group, fetched when it is wanted and never part of a frame."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.alike.clustering import MEANINGS
from app.alike.likeness import CannotCompare
from app.alike.suggesting import Suggestions, question, suggestions
from app.board.audience import EVERYONE, FACILITATORS, Base
from app.board.board import Board
from app.board.records import Person, Step
from app.realtime.room import Room
from web.house import House, InHouse
from web.replies import refused
from web.seating import InSeat, seated_page
from web.views.alike import alike_view
from web.views.steps import step_view

routes = APIRouter()


@routes.get("/b/{board}/alike", summary="Notes about the same subject, for whoever may group")
async def alike(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """Among the notes that are grouped in `step` and that the asker may see."""
    room, person, words = seat.room, seat.person, seat.words
    as_participant = asked.query_params.get("as") == "participant"
    base = EVERYONE if as_participant else seat.base
    step = grouping_step(room.board, asked.query_params.get("step", ""))
    if step is None:
        return refused(house, asked, words, "unknown", what="step")
    if not may_group(room.board, step, base, person):
        return refused(house, asked, words, "only-facilitators")
    found = await _found(house, room, step.id, base)
    context = {
        "grouping_step": step_view(room.board, step.id, base, words.language),
        "alike": alike_view(room.board, found, meanings=found.way is MEANINGS) if found else None,
        "next": "" if asked.headers.get("hx-request") else f"/b/{room.board.id}/alike?step={step.id}",
    }
    template = "alike/_list.html" if asked.headers.get("hx-request") else "alike.html"
    return seated_page(house, asked, replace(seat, base=base), template, context)


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
