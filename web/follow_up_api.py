"""The roadmap and the survey as programs read them."""

from typing import Any

from app.board.audience import FACILITATORS, Base, Only, may_see
from app.board.board import Board
from app.board.questions import answers_of, questions_of, survey_of
from app.board.records import Action, Answers, Person
from app.board.roadmap import actions
from app.outcomes.survey import Counted, survey_results


def actions_json(board: Board, base: Base) -> list[dict[str, Any]]:
    """The roadmap in its order."""
    return [_action(each) for each in actions(board) if may_see(board, each, base)]


def _action(action: Action) -> dict[str, Any]:
    names = ("id", "text", "owner", "due", "state", "place", "seq", "text_seq")
    return {name: getattr(action, name) for name in names}


def survey_json(board: Board, base: Base, person: Person) -> dict[str, Any]:
    """Its questions once they are out, the asker's own answers, and counts for who may see them."""
    survey = survey_of(board)
    is_out = base is FACILITATORS or (survey.state != "draft" and may_see(board, survey, base))
    results = survey_results(board, base)
    own = answers_of(board, person.id)
    mine = own if own is not None and may_see(board, own, Only(person.id)) else None
    return {
        "state": survey.state,
        "named": survey.named,
        "shared": survey.shared,
        "questions": [
            {
                "id": each.id,
                "kind": each.kind,
                "text": dict(each.text),
                "options": [dict(option) for option in each.options],
                "several": each.several,
            }
            for each in (questions_of(board) if is_out else [])
        ],
        "answered": board.count(Answers),
        "mine": dict(mine.given) if mine else None,
        **({"counts": [_counted(each) for each in results.questions]} if results and not results.withheld else {}),
    }


def _counted(counted: Counted) -> dict[str, Any]:
    return {
        "question": counted.question.id,
        "people": counted.people,
        "counts": {str(count.number): count.people for count in counted.counts},
        "mean": counted.mean,
        "said": [{"text": each.text, "name": each.name, "place": each.place} for each in counted.said],
        "places": [
            {"place": each.place, "people": each.people, "counts": list(each.counts)} for each in counted.places
        ],
    }
