"""Where somebody's ideas went: the notes they were merged into, their themes, the headlines they are in, the votes."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.board.audience import Base, Only, may_see
from app.board.board import Board
from app.board.candidates import sources
from app.board.chosen import chosen
from app.board.counting import Row, seen_tally
from app.board.grouped import theme_of
from app.board.headlined import headline_stands
from app.board.merged import credits, lives_in
from app.board.records import Ballot, Headline, Note, Theme
from app.outcomes.quoting import quoted
from app.outcomes.report import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A headline that the idea is in, in words that its reader reads; `chosen`: it is the one."""

    words: Words
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fared:
    """How it came out of a closed ballot, as one of so many candidates."""

    ballot: Ballot
    row: Row
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One idea's way. `into` is the note that it lives on in, None where it stands by itself.

    `with_` are the other places in it; `reactions` counts the people who reacted to what it is now.
    """

    note: Note
    into: Note | None
    with_: tuple[str, ...]
    theme: Theme | None
    reactions: int
    headlines: tuple[Reached, ...]
    votes: tuple[Fared, ...]

    @property
    def arrived(self) -> bool:
        """Is it in the message that was chosen?"""
        return any(each.chosen for each in self.headlines)


def journeys(board: Board, person: str, audience: Base, language: str) -> tuple[Journey, ...]:
    """Of all that the person wrote, what came furthest first; what others did with it as `audience` may see it."""
    mine = [note for note in board.by(Note, person) if not note.made_of and may_see(board, note, Only(person))]
    told = [_journey(board, note, audience, language) for note in mine]
    return tuple(sorted(told, key=_how_far))


def _how_far(journey: Journey) -> tuple[int, ...]:
    return not journey.arrived, -len(journey.headlines), -journey.reactions, journey.note.seq


def _journey(board: Board, note: Note, audience: Base, language: str) -> Journey:
    now = lives_in(board, note)
    seen = may_see(board, now, audience)
    theme = theme_of(board, now) if seen else None
    return Journey(
        note=note,
        into=now if now.id != note.id and seen else None,
        with_=tuple(place for place, _ in credits(board, now) if place != note.place) if seen else (),
        theme=theme if theme is not None and may_see(board, theme, audience) else None,
        reactions=len({each.person for each in board.reactions(now.id)}) if seen else 0,
        headlines=tuple(_reached(board, note, audience, language)),
        votes=tuple(_fared(board, {note.id, now.id}, audience)),
    )


def _reached(board: Board, note: Note, audience: Base, language: str) -> Iterator[Reached]:
    the_one = chosen(board)
    for headline in board.all(Headline):
        ref = f"headline:{headline.id}"
        is_in = headline_stands(board, headline.id) and any(each.id == note.id for each in sources(board, ref))
        words = quoted(board, ref, audience, language) if is_in else None
        if words is not None:
            yield Reached(words=words, chosen=the_one is not None and the_one.id == headline.id)


def _fared(board: Board, ids: set[str], audience: Base) -> Iterator[Fared]:
    for ballot in sorted(board.all(Ballot), key=lambda each: each.seq):
        tally = seen_tally(board, ballot, audience) if ballot.state == "closed" else None
        for row in tally.rows if tally else ():
            if row.ref.removeprefix("note:") in ids:
                yield Fared(ballot=ballot, row=row, of=len(tally.rows) if tally else 0)
