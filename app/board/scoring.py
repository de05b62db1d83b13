"""What each candidate of a ballot has, by the ballot's method, and by what it is ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.board.board import Board
from app.board.records import Ballot, Cast, Person
from app.board.schulze import Pairs, ahead_of, compared
from app.board.writing import fold

Key = tuple[int, ...]
Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody could not carry a candidate; `who` is "" unless the ballot says who voted how."""

    text: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What `Row` tells of a candidate; the smaller key ranks first, among people and among places."""

    key: Key
    place_key: Key
    dots: int
    people: int
    places: int
    against: int = 0
    against_places: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The scores by ref; of a ranking also how many people put each before each other one."""

    scores: Mapping[str, Score]
    pairs: Mapping[tuple[str, str], int]


def scored(ballot: Ballot, refs: Sequence[str], casts: Sequence[Cast]) -> Scored:
    """The scores over these candidates, from all casts of the ballot."""
    match ballot.method:
        case "ranking":
            return _ranking(ballot, refs, casts)
        case "consent":
            return Scored(scores={ref: _consent(ballot, ref, casts) for ref in refs}, pairs={})
        case _:
            return Scored(scores={ref: _sum(ballot, ref, casts) for ref in refs}, pairs={})


def weight(ballot: Ballot, cast: Cast) -> int:
    """For how many votes a cast counts: a proxy for all its people, unless each place has one vote."""
    return (cast.people or 1) if ballot.one_per == "person" else 1


def _sum(ballot: Ballot, ref: str, casts: Sequence[Cast]) -> Score:
    """Dots, or approvals: the most first. Who votes for many puts dots for all of them, and approves for some."""
    put = [cast for cast in casts if cast.choices.get(ref)]
    total, places = sum(cast.choices[ref] for cast in put), len(places_of(put))
    approves = ballot.method == "approval" and ballot.one_per == "person"
    people = total if approves else sum(cast.people or 1 for cast in put)
    return Score(key=(-total,), place_key=(-places,), dots=total, people=people, places=places)


def _consent(ballot: Ballot, ref: str, casts: Sequence[Cast]) -> Score:
    """Those that the fewest cannot carry come first; among equal ones, those that the most can."""
    for_ = [cast for cast in casts if cast.choices.get(ref) == 1]
    against = [cast for cast in casts if cast.choices.get(ref) == 0]
    can, cannot = (sum(weight(ballot, cast) for cast in each) for each in (for_, against))
    places, other = len(places_of(for_)), len(places_of(against))
    return Score(
        key=(cannot, -can),
        place_key=(other, -places),
        dots=can,
        people=can,
        places=places,
        against=cannot,
        against_places=other,
    )


def _ranking(ballot: Ballot, refs: Sequence[str], casts: Sequence[Cast]) -> Scored:
    """Schulze, by people and by places: those whom the fewest others are ahead of come first."""
    ranked = [cast for cast in casts if any(ref in cast.choices for ref in refs)]
    pairs = compared(refs, ((cast.choices, weight(ballot, cast)) for cast in ranked))
    ahead, ahead_by_places = ahead_of(refs, pairs), ahead_of(refs, _pairs_of_places(ballot, refs, ranked))
    scores = {}
    for ref in refs:
        named = [cast for cast in ranked if ref in cast.choices]
        scores[ref] = Score(
            key=(len(ahead[ref]),),
            place_key=(len(ahead_by_places[ref]),),
            dots=sum(ref in others for others in ahead.values()),
            people=sum(weight(ballot, cast) for cast in named),
            places=len(places_of(named)),
        )
    return Scored(scores=scores, pairs={pair: int(votes) for pair, votes in pairs.items()})


def _pairs_of_places(ballot: Ballot, refs: Sequence[str], casts: Sequence[Cast]) -> Pairs:
    """Each place has one voice, shared by those of it who voted."""
    heads: dict[Place, int] = {}
    for cast in casts:
        heads[place_of(cast)] = heads.get(place_of(cast), 0) + weight(ballot, cast)
    with_one = (cast for cast in casts if cast.place)
    return compared(refs, ((cast.choices, Fraction(weight(ballot, cast), heads[place_of(cast)])) for cast in with_one))


def place_of(cast: Cast) -> Place:
    """For which place it counts, however that is spelt."""
    return fold(cast.place), cast.country


def places_of(casts: Sequence[Cast]) -> set[Place]:
    """The places that stand behind these casts, however each of them is spelt."""
    return {place_of(cast) for cast in casts if cast.place}


def named(board: Board, cast: Cast) -> str:
    """Who stands behind a cast: a person; the place, where it has one vote or was voted for."""
    person = board.get(Person, cast.voter)
    return person.name if person else cast.place


def by_place(ballot: Ballot, ref: str, casts: Sequence[Cast]) -> dict[str, int]:
    """What each place said of the candidate, where the ballot tells it: see `_told`."""
    told: dict[str, int] = {}
    for cast in casts if ballot.secrecy in ("by_place", "named") else ():
        if said := _told(ballot, ref, cast):
            told[cast.place] = told.get(cast.place, 0) + said
    return told


def on_behalf(ballot: Ballot, ref: str, casts: Sequence[Cast]) -> dict[str, int]:
    """What of `by_place` facilitators cast, for people who were not online."""
    return by_place(ballot, ref, [cast for cast in casts if cast.people])


def by_person(board: Board, ballot: Ballot, ref: str, casts: Sequence[Cast]) -> dict[str, int]:
    """What each person said of the candidate, where the ballot tells it; of a ranking, their rank of it."""
    told: dict[str, int] = {}
    for cast in casts if ballot.secrecy == "named" else ():
        said = cast.choices.get(ref, 0) if ballot.method == "ranking" else _told(ballot, ref, cast)
        if said:
            name = named(board, cast)
            told[name] = said if ballot.method == "ranking" else told.get(name, 0) + said
    return told


def _told(ballot: Ballot, ref: str, cast: Cast) -> int:
    """Dots and approvals as they are; of a ranking, who put it first; of consent, who could not carry it."""
    if ballot.method == "ranking":
        return weight(ballot, cast) if cast.choices.get(ref) == 1 else 0
    if ballot.method == "consent":
        return weight(ballot, cast) if cast.choices.get(ref) == 0 else 0
    return cast.choices.get(ref, 0)


def reasons(board: Board, ballot: Ballot, ref: str, casts: Sequence[Cast]) -> tuple[Reason, ...]:
    """Why some could not carry it, once the ballot is closed; by the alphabet, which tells nobody's turn."""
    if ballot.state != "closed":
        return ()
    given = [cast for cast in casts if cast.reasons.get(ref)]
    told = [Reason(text=cast.reasons[ref], who=_whose(board, ballot, cast)) for cast in given]
    return tuple(sorted(told, key=lambda each: (each.text, each.who)))


def _whose(board: Board, ballot: Ballot, cast: Cast) -> str:
    if ballot.secrecy == "named":
        return named(board, cast)
    return cast.place if ballot.secrecy == "by_place" else ""
