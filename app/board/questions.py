"""The survey as it stands: its questions, the ready ones until somebody changes them, and who sees the charts."""

from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, SCREEN, Audience
from app.board.board import Board
from app.board.ready_survey import READY
from app.board.records import Answers, Question, Step, Survey

# A scale goes from 1 to 5.
SCALE = 5


def survey_of(board: Board) -> Survey:
    """The survey; one that nobody has touched is a draft."""
    return board.get(Survey, "survey") or Survey()


def questions_of(board: Board) -> list[Question]:
    """In their order; the ready ones as long as nobody has edited or opened the survey."""
    if board.get(Survey, "survey") is None:
        return list(READY)
    return sorted(board.all(Question), key=lambda question: (question.order, question.id))


def survey_steps(board: Board) -> list[Step]:
    """The steps in which the one survey of the board is shown."""
    return [step for step in board.steps if step.kind == "survey"]


def answers_of(board: Board, person: str) -> Answers | None:
    """What that person has answered: for nobody's eyes but theirs."""
    return board.get(Answers, person)


def sees_charts(board: Board, audience: Audience) -> bool:
    """May this audience see how the survey was answered? Facilitators, and everybody once it is shared."""
    if audience is FACILITATORS:
        return True
    shared = survey_of(board).shared and not board.now.blank
    return shared and audience in (EVERYONE, SCREEN, PUBLIC)
