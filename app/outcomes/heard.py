"""Which places and regions of the world were heard: who wrote, who voted, and who did neither."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.board.audience import Audience, may_see
from app.board.board import Board
from app.board.merged import credits
from app.board.records import Ballot, Headline, Note
from app.board.regions import REGIONS, region_of
from app.outcomes.quoting import publishable

Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A place and its country code (or ""): how many ideas and headlines carry it, and whether it is known to vote."""

    place: str
    country: str
    wrote: int
    voted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The places that wrote or voted, those that wrote most first; regions by their M49 codes.

    `secret`: there were votes of which nobody is told who took part in them.
    """

    voices: tuple[Voice, ...]
    regions: tuple[str, ...]
    silent: tuple[str, ...]
    secret: bool


def heard(board: Board, audience: Audience) -> Heard:
    """Who was heard, as far as this audience may read what they wrote and how they voted."""
    wrote: dict[Place, int] = {}
    for each in _signatures(board, audience):
        wrote[each] = wrote.get(each, 0) + 1
    closed = [each for each in board.all(Ballot) if each.state == "closed" and may_see(board, each, audience)]
    voted = {place for ballot in closed if ballot.secrecy != "secret" for place in _voters(board, ballot)}
    places = sorted({*wrote, *voted}, key=lambda place: (-wrote.get(place, 0), place))
    regions = {region_of(country) for _, country in places}
    return Heard(
        voices=tuple(
            Voice(place=place, country=country, wrote=wrote.get((place, country), 0), voted=(place, country) in voted)
            for place, country in places
        ),
        regions=tuple(region for region in REGIONS if region in regions),
        silent=tuple(region for region in REGIONS if region not in regions),
        secret=any(ballot.secrecy == "secret" for ballot in closed),
    )


def _signatures(board: Board, audience: Audience) -> Iterable[Place]:
    """Each place once for each note and headline that carries it."""
    for note in board.all(Note):
        if publishable(board, note, audience):
            yield from credits(board, note)
    for headline in board.all(Headline):
        if headline.state == "shown" and headline.place and may_see(board, headline, audience):
            yield headline.place, headline.country


def _voters(board: Board, ballot: Ballot) -> Iterable[Place]:
    return ((cast.place, cast.country) for cast in board.casts(ballot.id) if cast.choices and cast.place)
