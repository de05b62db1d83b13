"""Answering the survey: whoever took part, also once the session is over, and as often as they wish meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.board import Board
from app.board.checking import checked
from app.board.limits import Limits
from app.board.questions import SCALE, answers_of, questions_of, survey_of
from app.board.records import Answers, Question
from app.board.rule import Rule, Who, actor, facilitates

ANSWER = "survey.answer"
LONGEST_NUMBER = 3
Answer = str | int | list[str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswer:
    """By question: the place of an option from 0 on, or a list of them; 1 to 5 on a scale; or words.

    They take the place of all that the same person answered before; with none, those are taken back.
    """

    answers: Mapping[str, Answer]


def answer(board: Board, command: SurveyAnswer, ask: Ask) -> Changes:
    """Refused: read-only, locked, not-now {step} unless it is open, unknown question, invalid {field}, empty,
    too-long {max}.
    """
    person = actor(board, ask)
    if person.role == "observer":
        raise Refused("read-only")
    if board.now.locked and not facilitates(person):
        raise Refused("locked")
    if survey_of(board).state != "open":
        raise Refused("not-now", step="")
    known = {question.id: question for question in questions_of(board)}
    given: dict[str, str] = {}
    for id_, said in command.answers.items():
        if id_ not in known:
            raise Refused("unknown", what="question")
        if kept := _kept(known[id_], said, ask.limits):
            given[id_] = kept
    before = answers_of(board, person.id)
    if not given:
        if before is None:
            raise Refused("empty", field="answers")
        return drop(before)
    fresh = Answers(id=person.id, person=person.id, place=person.place, given=given)
    return put(fresh) if fresh != before else NOTHING


def _kept(question: Question, said: Answer, limits: Limits) -> str:
    """As it is kept, "" for no answer; refused `invalid` naming the question's field."""
    field = f"answers.{question.id}"
    if question.kind == "text":
        if not isinstance(said, str):
            raise Refused("invalid", field=field)
        return checked(said, most=limits.answer, field=field, empty=True, lines=True)
    low, high = (1, SCALE) if question.kind == "scale" else (0, len(question.options) - 1)
    numbers = sorted(
        {_number(each, low, high, field) for each in (said if isinstance(said, list) else [said]) if each != ""}
    )
    if len(numbers) > 1 and not question.several:
        raise Refused("invalid", field=field)
    return " ".join(map(str, numbers))


def _number(said: str | int, low: int, high: int, field: str) -> int:
    written = str(said)
    if len(written) < LONGEST_NUMBER and written.isascii() and written.isdigit() and low <= int(written) <= high:
        return int(written)
    raise Refused("invalid", field=field)


RULES = (Rule(ANSWER, SurveyAnswer, answer, Who.SELF),)
