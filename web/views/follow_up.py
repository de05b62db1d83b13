"""What a page knows of the roadmap and of the survey, shared with its audience and for one person alone."""

from collections.abc import Mapping
from typing import Any

from app.board.audience import Base, Only, may_see
from app.board.board import Board
from app.board.questions import answers_of, survey_of
from app.board.records import Person
from app.board.roadmap import actions, owns
from web.views.roadmap import feedback_view, roadmap_view
from web.views.surveys import given_of, survey_step, survey_view


def follow_up(board: Board, base: Base, language: str, now: float) -> Mapping[str, Any]:
    """What shared partials draw; what is one person's own stands empty, and is filled by their page."""
    return {
        "roadmap": lambda: roadmap_view(board, base, language, now),
        "feedback": lambda: feedback_view(board, base),
        "survey": lambda: survey_view(board, base, language),
        "survey_call": lambda: _call(board),
        "my_actions": frozenset(),
        "my_ticks": frozenset(),
        "my_given": {},
    }


def own_follow_up(board: Board, person: Person | None) -> Mapping[str, Any]:
    """Which actions this person wrote or owns, beside what facilitators may do, and what they have answered."""
    standing = actions(board) if person else []
    found = answers_of(board, person.id) if person else None
    answers = found if found is not None and may_see(board, found, Only(found.person)) else None
    return {
        "action_ids": [each.id for each in standing if person and each.by == person.id],
        "tick_ids": [each.id for each in standing if person and (each.by == person.id or owns(each, person))],
        "given": given_of(answers),
        "answers_kept": dict(answers.given) if answers else {},
    }


def _call(board: Board) -> str:
    """The step where an open survey is answered, unless the session is there; "" for none."""
    at = survey_step(board.steps)
    here = board.step.kind == "survey" if board.step else False
    return at if survey_of(board).state == "open" and not here and not board.now.blank else ""
