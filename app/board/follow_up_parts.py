"""Which parts of the page a change of the roadmap or of the survey makes stale."""

from collections.abc import Iterator

from app.board.board import Board
from app.board.questions import survey_steps
from app.board.records import Action, Answers, Campaign, Question, Record, Step, Survey
from app.board.roadmap import actions, roadmap_steps


def of_action(board: Board, action: Action, old: Record | None, new: Record | None) -> Iterator[str]:
    """Its row, how many there are, and what those may press who may change it; where it moved, its neighbours too."""
    yield from (f"action/{action.id}", "actions", f"mine/{action.by}")
    before, standing = (old if isinstance(old, Action) else None), actions(board)
    owners = {each.owner.casefold() for each in (action, before) if each is not None} - {""}
    for person in board.people() if owners else ():
        if person.place.casefold() in owners:
            yield f"mine/{person.id}"
    if before is None and standing[-1:] == [action]:
        yield from (f"action/{each.id}" for each in standing[-2:])
    elif before is None or new is None or (before.order, before.state) != (action.order, action.state):
        yield from (f"action/{each.id}" for each in standing)


def of_campaign(old: Record | None, new: Record | None) -> Iterator[str]:
    """How people are reached."""
    told = [(each.contact, each.link) for each in (old, new) if isinstance(each, Campaign)]
    if len(set(told)) > 1 or None in (old, new):
        yield "feedback"


def of_survey(board: Board, record: Survey | Question, old: Record | None, new: Record | None) -> Iterator[str]:
    """The whole of it; once it opens or closes, everybody may answer, or not any more."""
    yield from (f"survey/{step.id}" for step in survey_steps(board))
    yield "answers"
    if isinstance(record, Survey) and _state(old) != _state(new):
        yield from ("run", "survey-call", *(f"mine/{person.id}" for person in board.people()))


def _state(record: Record | None) -> str:
    return record.state if isinstance(record, Survey) else "draft"


def of_answers(answers: Answers) -> Iterator[str]:
    """To others only how many have answered, and the charts."""
    yield from (f"mine/{answers.person}", "answers")


def of_step(board: Board, step: Step, before: Step | None) -> Iterator[str]:
    """Whether people write in it; and wherever roadmap and survey are shown, when a step comes, goes or turns."""
    if before is None or board.get(Step, step.id) is None or before.kind != step.kind:
        yield from everywhere(board)
        yield "survey-call"
    elif before.write != step.write and step.kind == "roadmap":
        yield f"roadmap/{step.id}"
    if (before is None or before.order != step.order) and step.kind == "survey":
        yield "survey-call"


def everywhere(board: Board) -> Iterator[str]:
    """The roadmap and the survey, in every step that shows them."""
    yield from (f"roadmap/{step.id}" for step in roadmap_steps(board))
    yield from (f"survey/{step.id}" for step in survey_steps(board))
