"""Surveying: facilitators edit the questions, open and close the survey, and share its charts with everybody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from app.board.asking import NOTHING, Ask, Changes, Refused, put
from app.board.board import Board
from app.board.checking import checked_words
from app.board.limits import Limits
from app.board.questions import questions_of, survey_of, survey_steps
from app.board.records import Answers, Key, Question, Record, Survey, key
from app.board.rule import Rule, Who

ENDS_OF_A_SCALE = 2
OPEN = "survey.open"
EDIT = "survey.edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question as it is edited: `id` names the one that it rewords, "" is a new one."""

    kind: Literal["choice", "scale", "text"]
    text: Mapping[str, str]
    id: str = ""
    options: tuple[Mapping[str, str], ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyEdit:
    """All questions at once, in their order. `base` is the seq that their writer had seen."""

    questions: tuple[Asked, ...]
    base: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyOpen:
    """Opens it, or closes it. `named`: names stand beside the answers, for facilitators."""

    on: bool = True
    named: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyShare:
    on: bool = True


def edit(board: Board, command: SurveyEdit, ask: Ask) -> Changes:
    """Refused: not-now {step} while it is open, changed-since, empty, too-many {max}, too-long {max}, invalid {field}.

    A question that changes its kind, or how many options it has, is another question from then on.
    """
    survey, old = survey_of(board), {question.id: question for question in questions_of(board)}
    if survey.state == "open":
        raise Refused("not-now", step="")
    if command.base is not None and survey.text_seq > command.base:
        raise Refused("changed-since", text="")
    if not command.questions:
        raise Refused("empty", field="questions")
    if len(command.questions) > ask.limits.questions:
        raise Refused("too-many", max=ask.limits.questions)
    kept: dict[str, Question] = {}
    for number, asked in enumerate(command.questions, start=1):
        question = _question(asked, number, ask)
        known = old.get(asked.id)
        if known is not None and known.id not in kept and _shape(known) == _shape(question):
            question = replace(question, id=known.id)
        kept[question.id] = question
    if list(kept.values()) == list(old.values()):
        return NOTHING
    return _left(board, replace(survey, text_seq=ask.seq), kept)


def _left(board: Board, survey: Survey, kept: Mapping[str, Question]) -> Changes:
    gone: dict[Key, Record | None] = {key(each): None for each in board.all(Question) if each.id not in kept}
    return Changes({**put(survey, *kept.values()).records, **gone})


def _question(asked: Asked, number: int, ask: Ask) -> Question:
    return Question(
        id=ask.make_id(f"question{number}"),
        order=f"{number:02d}",
        kind=asked.kind,
        text=checked_words(asked.text, most=ask.limits.prompt, field="questions"),
        options=_options(asked, ask.limits),
        several=asked.several and asked.kind == "choice",
    )


def _options(asked: Asked, limits: Limits) -> tuple[Mapping[str, str], ...]:
    if asked.kind == "text":
        return ()
    scale = asked.kind == "scale"
    if len(asked.options) > limits.options:
        raise Refused("too-many", max=limits.options)
    enough = len(asked.options) in (0, ENDS_OF_A_SCALE) if scale else len(asked.options) > 1
    if not enough:
        raise Refused("invalid", field="options")
    return tuple(checked_words(each, most=limits.title, field="options", empty=scale) for each in asked.options)


def _shape(question: Question) -> tuple[object, ...]:
    """What an answer to it rests on."""
    options = len(question.options) if question.kind == "choice" else 0
    return question.kind, options, question.several


def switch(board: Board, command: SurveyOpen, ask: Ask) -> Changes:
    """Refused: not-now {step} where the agenda has no survey; or to name people once it is open, or was answered."""
    survey = survey_of(board)
    if not command.on:
        return put(replace(survey, state="closed")) if survey.state == "open" else NOTHING
    if not survey_steps(board):
        raise Refused("not-now", step="")
    named = survey.named if command.named is None else command.named
    if named != survey.named and (survey.state == "open" or board.count(Answers)):
        raise Refused("not-now", step="")
    opened = replace(survey, state="open", named=named)
    return _left(board, opened, {question.id: question for question in questions_of(board)})


def share(board: Board, command: SurveyShare, ask: Ask) -> Changes:
    """Charts for everybody, or for facilitators again. Refused: not-now {step} for a survey that never opened."""
    survey = survey_of(board)
    if survey.state == "draft":
        raise Refused("not-now", step="")
    return put(replace(survey, shared=command.on))


def check_not_asked_now(board: Board, reverted: Mapping[Key, Record | None]) -> None:
    """People are answering these questions: no undo changes them under their hands. Refused `not-undoable`."""
    if survey_of(board).state == "open" and any(kind == Question.KIND for kind, _ in reverted):
        raise Refused("not-undoable")


RULES = (
    Rule(EDIT, SurveyEdit, edit, Who.FACILITATORS),
    Rule(OPEN, SurveyOpen, switch, Who.FACILITATORS),
    Rule("survey.share", SurveyShare, share, Who.FACILITATORS),
)
