"""The session once more, in short: what came after what, from the first idea to the message."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.board.audience import Audience, may_see
from app.board.board import Board
from app.board.counting import seen_tally
from app.board.headlined import headline_stands, versions
from app.board.merged import credits
from app.board.records import Ballot, Headline, Note, Step, Theme
from app.outcomes.quoting import in_language, publishable, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that came: `kind` note, theme, headline or vote. A vote's `text` is what came first, or "".

    It carries no time: beside one's own words a time would name who wrote them.
    """

    kind: str
    step: str
    text: str
    language: str
    over: str
    color: str = ""


def replay(board: Board, audience: Audience, language: str) -> tuple[Moment, ...]:
    """All that this audience may read now, as it came; what was hidden or merged since is not told."""
    told = [*_notes(board, audience), *_themes(board, audience), *_headlines(board, audience, language)]
    told += _votes(board, audience, language)
    return tuple(moment for _, moment in sorted(told, key=lambda each: each[0]))


_At = tuple[tuple[int, int], Moment]


def _notes(board: Board, audience: Audience) -> Iterator[_At]:
    for note in board.all(Note):
        if publishable(board, note, audience):
            over = " · ".join(place for place, _ in credits(board, note))
            yield (
                _at(board, note.step, note.seq),
                Moment(
                    kind="note", step=note.step, text=note.text, language=note.language, over=over, color=note.color
                ),
            )


def _themes(board: Board, audience: Audience) -> Iterator[_At]:
    for theme in board.all(Theme):
        if not theme.deleted and may_see(board, theme, audience):
            yield (
                _at(board, theme.step, theme.seq),
                Moment(kind="theme", step=theme.step, text=theme.title, language="", over=""),
            )


def _headlines(board: Board, audience: Audience, language: str) -> Iterator[_At]:
    step = next((each.id for each in board.steps if each.kind == "headline"), _voting(board))
    for headline in board.all(Headline):
        if headline_stands(board, headline.id) and may_see(board, headline, audience):
            text, tag = in_language({each.language: each.text for each in versions(board, headline.id)}, language)
            yield (
                _at(board, step, headline.seq),
                Moment(kind="headline", step=step, text=text, language=tag, over=headline.place),
            )


def _voting(board: Board) -> str:
    return next((each.id for each in board.steps if each.kind == "vote"), board.steps[-1].id if board.steps else "")


def _votes(board: Board, audience: Audience, language: str) -> Iterator[_At]:
    for ballot in board.all(Ballot):
        tally = seen_tally(board, ballot, audience) if ballot.state == "closed" else None
        if tally is not None:
            first = [quoted(board, ref, audience, language) for ref in tally.leaders]
            said = [words for words in first if words is not None]
            yield (
                _at(board, ballot.step, ballot.seq),
                Moment(
                    kind="vote",
                    step=ballot.step,
                    text=" / ".join(words.text for words in said),
                    language=said[0].language if len(said) == 1 else "",
                    over=ballot.title,
                ),
            )


def _at(board: Board, step: str, seq: int) -> tuple[int, int]:
    """By steps, and within a step in the order in which it came: a late note is told with its step."""
    order = [each.id for each in board.steps]
    return (order.index(step) if step in order else len(order), seq)


def steps_of(board: Board, moments: tuple[Moment, ...]) -> tuple[Step, ...]:
    """The steps in which anything came, in their order."""
    named = {each.step for each in moments}
    return tuple(step for step in board.steps if step.id in named)
