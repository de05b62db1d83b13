"""How a survey was answered, counted question by question, and never by whom unless it was said before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.board.audience import FACILITATORS, Audience
from app.board.board import Board
from app.board.questions import SCALE, questions_of, sees_charts, survey_of
from app.board.records import Answers, Person, Question
from app.board.writing import fold

# Fewer people than this are not told apart from the others.
FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many people gave that answer: an option's texts {language: text}, or a number of the scale with its end's."""

    number: int
    texts: Mapping[str, str]
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer in words; whose it is, only in a named survey and for facilitators."""

    text: str
    name: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPlace:
    """How the people of one place answered a question: as many counts as it has options."""

    place: str
    people: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One question with its answers; `mean` of a scale, None where nobody answered."""

    question: Question
    people: int
    counts: tuple[Count, ...] = ()
    mean: float | None = None
    said: tuple[Said, ...] = ()
    places: tuple[OfPlace, ...] = ()

    @property
    def most(self) -> int:
        """The largest of its counts."""
        return max((count.people for count in self.counts), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResults:
    """`people` answered at all. While `withheld` too few of them have, and no question is counted."""

    state: str
    named: bool
    shared: bool
    people: int
    withheld: bool
    questions: tuple[Counted, ...]


def survey_results(board: Board, audience: Audience) -> SurveyResults | None:
    """What that audience may be told of the answers; None for an audience that may be told nothing.

    Words stand in the order of the alphabet, question by question: it tells nothing of who wrote them, or when.
    People wrote them to whoever asked, with an address maybe: facilitators alone read them, the others their number.
    """
    survey = survey_of(board)
    if survey.state == "draft" or not sees_charts(board, audience):
        return None
    given = board.all(Answers)
    names = survey.named and audience is FACILITATORS
    withheld = not names and len(given) < FEWEST
    words = audience is FACILITATORS
    questions = () if withheld else questions_of(board)
    return SurveyResults(
        state=survey.state,
        named=survey.named,
        shared=survey.shared,
        people=len(given),
        withheld=withheld,
        questions=tuple(_counted(board, each, given, names=names, words=words) for each in questions),
    )


def numbers_of(question: Question, said: str) -> list[int]:
    """The numbers in an answer that the question has."""
    low, high = (1, SCALE) if question.kind == "scale" else (0, len(question.options) - 1)
    return [int(each) for each in said.split() if each.isascii() and each.isdigit() and low <= int(each) <= high]


def _counted(board: Board, question: Question, given: Iterable[Answers], *, names: bool, words: bool) -> Counted:
    answered = [each for each in given if question.id in each.given]
    if question.kind == "text":
        said = _said(board, question, answered, names=names) if words else ()
        return Counted(question=question, people=len(answered), said=said)
    chosen = [(each.place, numbers_of(question, each.given[question.id])) for each in answered]
    counts = tuple(
        Count(number=number, texts=texts, people=sum(number in numbers for _, numbers in chosen))
        for number, texts in _answers_to(question)
    )
    scaled = [number for _, numbers in chosen for number in numbers] if question.kind == "scale" else []
    return Counted(
        question=question,
        people=len(answered),
        counts=counts,
        mean=sum(scaled) / len(scaled) if scaled else None,
        places=_by_place(question, chosen, every=names),
    )


def _answers_to(question: Question) -> list[tuple[int, Mapping[str, str]]]:
    if question.kind == "choice":
        return list(enumerate(question.options))
    ends = dict(zip((1, SCALE), question.options, strict=False))
    return [(number, ends.get(number, {})) for number in range(1, SCALE + 1)]


def _said(board: Board, question: Question, answered: list[Answers], *, names: bool) -> tuple[Said, ...]:
    people = {each.person: board.get(Person, each.person) if names else None for each in answered}
    said = (
        Said(
            text=each.given[question.id],
            name=person.name if (person := people[each.person]) else "",
            place=each.place if names else "",
        )
        for each in answered
    )
    return tuple(sorted(said, key=lambda each: (fold(each.text), each.text, each.name)))


def _by_place(question: Question, chosen: list[tuple[str, list[int]]], *, every: bool) -> tuple[OfPlace, ...]:
    """Places of which enough people answered; and enough are left over that the rest tells of nobody either."""
    found: dict[str, tuple[str, list[list[int]]]] = {}
    for place, numbers in chosen:
        found.setdefault(fold(place), (place, []))[1].append(numbers)
    fewest = 1 if every else FEWEST
    kept = sorted(
        ((p, each) for p, each in found.values() if p and len(each) >= fewest), key=lambda o: (-len(o[1]), o[0])
    )
    left = len(chosen) - sum(len(each) for _, each in kept)
    if not every and 0 < left < FEWEST:
        kept = kept[:-1]
    options = [number for number, _ in _answers_to(question)]
    return tuple(
        OfPlace(
            place=place,
            people=len(each),
            counts=tuple(sum(option in numbers for numbers in each) for option in options),
        )
        for place, each in kept
    )
