"""The survey as it is drawn: questions and charts in the reader's language, and the questions as they are edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.board.audience import FACILITATORS, Base, may_see
from app.board.board import Board
from app.board.questions import SCALE, questions_of, survey_of
from app.board.records import Answers, Question, Step
from app.outcomes.survey import Counted, OfPlace, Said, survey_results
from web.views.steps import said

FULL = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One answer that can be chosen: the number that is sent, what it says, and in which language."""

    number: int
    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question as it is asked."""

    id: str
    number: int
    kind: str
    several: bool
    text: str
    language: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """One answer with how many gave it; `share` is of those who answered, `start` where it begins among them all."""

    number: int
    text: str
    language: str
    people: int
    share: float
    start: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """One question as it was answered."""

    question: QuestionView
    people: int
    bars: tuple[BarView, ...]
    mean: float | None
    said: tuple[Said, ...]
    places: tuple[OfPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyView:
    """`people` have answered; `charts` is None for whoever sees none, and `withheld` while too few have answered."""

    state: str
    named: bool
    shared: bool
    fixed: bool
    questions: tuple[QuestionView, ...]
    people: int
    withheld: bool
    charts: tuple[ChartView, ...] | None
    text_seq: int


def survey_view(board: Board, base: Base, language: str) -> SurveyView:
    """The survey as this audience may see it; a draft has its questions for facilitators alone."""
    survey = survey_of(board)
    is_out = base is FACILITATORS or (survey.state != "draft" and may_see(board, survey, base))
    asked = [_asked(board, each, number, language) for number, each in enumerate(questions_of(board), start=1)]
    results = survey_results(board, base)
    return SurveyView(
        state=survey.state if is_out else "draft",
        named=survey.named,
        shared=survey.shared,
        fixed=survey.state == "open" or board.count(Answers) > 0,
        questions=tuple(asked) if is_out else (),
        people=board.count(Answers),
        withheld=results.withheld if results else False,
        charts=_charts(asked, results.questions, base) if results else None,
        text_seq=survey.text_seq,
    )


def _asked(board: Board, question: Question, number: int, language: str) -> QuestionView:
    text, spoken = said(question.text, language, board.about.language)
    numbers = range(len(question.options)) if question.kind == "choice" else range(1, SCALE + 1)
    ends = {1: 0, SCALE: len(question.options) - 1}
    options = []
    for each in numbers if question.kind != "text" else ():
        at = each if question.kind == "choice" else ends.get(each, -1)
        texts = question.options[at] if question.options and at >= 0 else {}
        words, tag = said(texts, language, board.about.language)
        options.append(OptionView(number=each, text=words, language=tag))
    return QuestionView(
        id=question.id,
        number=number,
        kind=question.kind,
        several=question.several,
        text=text,
        language=spoken,
        options=tuple(options),
    )


def _charts(asked: list[QuestionView], counted: tuple[Counted, ...], base: Base) -> tuple[ChartView, ...]:
    """What was written in words is no chart for whoever may not read it."""
    told = ((question, each) for question, each in zip(asked, counted, strict=False))
    return tuple(_chart(question, each) for question, each in told if base is FACILITATORS or question.kind != "text")


def _chart(question: QuestionView, counted: Counted) -> ChartView:
    bars: list[BarView] = []
    for option, count in zip(question.options, counted.counts, strict=True):
        share = FULL * count.people / counted.people if counted.people else 0.0
        start = bars[-1].start + bars[-1].share if bars else 0.0
        bars.append(
            BarView(
                number=option.number,
                text=option.text,
                language=option.language,
                people=count.people,
                share=round(share, 2),
                start=round(start, 2),
            )
        )
    return ChartView(
        question=question,
        people=counted.people,
        bars=tuple(bars),
        mean=counted.mean,
        said=counted.said,
        places=counted.places,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """One question as it is edited: `options` are lines of text by language."""

    id: str
    kind: str
    several: bool
    texts: Mapping[str, str]
    options: Mapping[str, str]


def draft_views(board: Board) -> list[DraftView]:
    """The questions as they stand."""
    return [
        DraftView(id=each.id, kind=each.kind, several=each.several, texts=each.text, options=option_lines(each.options))
        for each in questions_of(board)
    ]


def option_lines(options: tuple[Mapping[str, str], ...]) -> dict[str, str]:
    """One option a line, by language; what is missing in one language is an empty line there."""
    languages = {tag: None for option in options for tag in option}
    return {tag: "\n".join(option.get(tag, "") for option in options) for tag in languages}


def given_of(answers: Answers | None) -> dict[str, list[str]]:
    """What one person answered, by question: the numbers they chose, or their words."""
    if answers is None:
        return {}
    return {id_: [said_, *said_.split()] for id_, said_ in answers.given.items()}


def given_again(fields: Mapping[str, Any]) -> dict[str, list[str]] | None:
    """The same from an answer that was refused, as it stood in its form; None from anything else."""
    said_ = fields.get("answers")
    if fields.get("do") != "survey.answer" or not isinstance(said_, dict):
        return None
    given: dict[str, list[str]] = {}
    for name, value in said_.items():
        given.setdefault(str(name).partition(".")[0], []).append(str(value))
    return given


def survey_step(steps: list[Step]) -> str:
    """The step in which the survey is answered first, or ""."""
    return next((step.id for step in steps if step.kind == "survey"), "")
