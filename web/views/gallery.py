"""The headline in the spotlight on billboards: one for each place, in a language that is read there."""

from dataclasses import dataclass
from urllib.parse import urlencode

from app.board.audience import Base
from app.board.board import Board
from app.board.records import Headline, Person
from app.outcomes.billboards import DESIGNS, places_of, version_for

MOST = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Hung:
    """One billboard: its place, its words and their language, and the address of its sheet."""

    place: str
    text: str
    language: str
    address: str


def gallery_view(board: Board, base: Base) -> tuple[Hung, ...]:
    """Nothing while no headline is in the spotlight, or this audience may not see it."""
    kind, _, id_ = board.now.spotlight.partition(":")
    if kind != Headline.KIND:
        return ()
    read: dict[str, str] = {}
    for person in board.all(Person):
        read.setdefault(person.place, person.language)
    places = places_of(board, base)[:MOST] or [""]
    found = (_hung(board, base, id_, place, read.get(place, ""), at) for at, place in enumerate(places))
    return tuple(each for each in found if each is not None)


def _hung(board: Board, base: Base, headline: str, place: str, language: str, at: int) -> Hung | None:
    version = version_for(board, headline, language, base)
    if version is None:
        return None
    asked = {"place": place, "language": version.language, "design": DESIGNS[at % len(DESIGNS)]}
    address = (
        f"/b/{board.id}/billboards/{headline}.svg?{urlencode({name: said for name, said in asked.items() if said})}"
    )
    return Hung(place=place, text=version.text, language=version.language, address=address)
