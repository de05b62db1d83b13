"""Where somebody's ideas went: the notes they were merged into, their themes, the headlines they are in, the votes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

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
    reached = _reached(board, {note.id for note in mine}, audience, language)
    fared = _fared(board, {each for note in mine for each in (note.id, lives_in(board, note).id)}, audience)
    return tuple(sorted((_journey(board, note, audience, reached, fared) for note in mine), key=_how_far))


def _how_far(journey: Journey) -> tuple[int, ...]:
    return not journey.arrived, -len(journey.headlines), -journey.reactions, journey.note.seq


def _journey(
    board: Board,
    note: Note,
    audience: Base,
    reached: Mapping[str, Sequence[Reached]],
    fared: Mapping[str, Sequence[Fared]],
) -> Journey:
    now = lives_in(board, note)
    seen = may_see(board, now, audience)
    theme = theme_of(board, now) if seen else None
    return Journey(
        note=note,
        into=now if now.id != note.id and seen else None,
        with_=tuple(place for place, _ in credits(board, now) if place != note.place) if seen else (),
        theme=theme if theme is not None and may_see(board, theme, audience) else None,
        reactions=len({each.person for each in board.reactions(now.id)}) if seen else 0,
        headlines=tuple(reached.get(note.id, ())),
        votes=tuple(each for id_ in dict.fromkeys((note.id, now.id)) for each in fared.get(id_, ())),
    )


def _reached(board: Board, mine: set[str], audience: Base, language: str) -> Mapping[str, Sequence[Reached]]:
    """By the note's id; what each theme and note is made of is looked up once for all headlines."""
    inside = cache(lambda ref: {note.id for note in sources(board, ref)} & mine)
    found: dict[str, list[Reached]] = {}
    the_one = chosen(board)
    for headline in board.all(Headline):
        held = {id_ for origin in headline.origin for id_ in inside(origin)}
        if not held or not headline_stands(board, headline.id):
            continue
        words = quoted(board, f"headline:{headline.id}", audience, language)
        if words is not None:
            told = Reached(words=words, chosen=the_one is not None and the_one.id == headline.id)
            for id_ in held:
                found.setdefault(id_, []).append(told)
    return found


def _fared(board: Board, ids: set[str], audience: Base) -> Mapping[str, Sequence[Fared]]:
    """By the note's id, ballot by ballot as they came."""
    found: dict[str, list[Fared]] = {}
    for ballot in sorted(board.all(Ballot), key=lambda each: each.seq):
        at_stake = ballot.state == "closed" and any(ref.removeprefix("note:") in ids for ref in ballot.candidates)
        tally = seen_tally(board, ballot, audience) if at_stake else None
        for row in tally.rows if tally else ():
            if (id_ := row.ref.removeprefix("note:")) in ids:
                found.setdefault(id_, []).append(Fared(ballot=ballot, row=row, of=len(tally.rows) if tally else 0))
    return found
