"""A recount of a ballot from the entries alone, by a count of its own, beside the tally that everybody saw."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from itertools import permutations
from math import lcm

from app.board.board import Board
from app.board.candidates import came, counts
from app.board.counting import Row, tally
from app.board.entries import Entry
from app.board.records import Ballot, Cast, Person
from app.board.writing import fold

HOW = {
    "dots": "Every dot that was cast, added up again.",
    "approval": "Every approval that was cast, added up again.",
    "ranking": "Every two choices compared again, and who is reached from whom by links from the strongest on.",
    "consent": "Every word for and against that was cast, counted again.",
}
SHORTEST = ("rank", "place_rank", "votes", "people", "places")

Votes = list[tuple[Mapping[str, int], int]]
Counts = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Every number that a row tells.

    `votes`: dots, approvals, those who can carry it, or how many others a ranking has it ahead of.
    """

    rank: int
    place_rank: int
    votes: int
    against: int
    people: int
    places: int
    against_places: int
    by_place: Mapping[str, int] = field(default_factory=dict)
    on_behalf: Mapping[str, int] = field(default_factory=dict)
    by_person: Mapping[str, int] = field(default_factory=dict)


NAMES = tuple(each.name for each in fields(Figures))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """A closed ballot as it was published and as it is counted anew, by ref."""

    ballot: Ballot
    published: Mapping[str, Figures]
    recounted: Mapping[str, Figures]

    @property
    def equal(self) -> bool:
        """Do the two say the same of every candidate?"""
        return self.published == self.recounted


def recounts(board: Board, entries: Iterable[Entry]) -> list[Recount]:
    """Every closed ballot of the board, oldest first; `entries` are all that the board ever had, ascending."""
    casts: dict[str, Cast] = {}
    for entry in entries:
        for (kind, id_), record in entry.after.items():
            if kind == Cast.KIND:
                casts.pop(id_, None)
                if isinstance(record, Cast):
                    casts[id_] = record
    closed = sorted(
        (each for each in board.all(Ballot) if each.state == "closed"), key=lambda each: (each.seq, each.id)
    )
    return [_recount(board, ballot, [each for each in casts.values() if each.ballot == ballot.id]) for ballot in closed]


def recount(board: Board, ballot: Ballot) -> Recount:
    """The same of one ballot, over what is kept as cast on it; this asks for no entries."""
    return _recount(board, ballot, board.casts(ballot.id))


def read_out(counted: Iterable[Recount]) -> list[str]:
    """What an operator reads: a line for each ballot, how it was counted, then one for each candidate."""
    lines = []
    for each in counted:
        title = each.ballot.title or "(no title)"
        verdict = "equal" if each.equal else "DIFFERENT"
        lines.append(f"{each.ballot.id}  {each.ballot.method}, round {each.ballot.round}  {title}: {verdict}")
        lines.append(f"  {HOW[each.ballot.method]}")
        lines += [f"  {ref}  {_beside(each, ref)}" for ref in {**each.published, **each.recounted}]
    return lines or ["No ballot of this board has been closed."]


def _beside(counted: Recount, ref: str) -> str:
    published, anew = counted.published.get(ref), counted.recounted.get(ref)
    if published is None or anew is None:
        return f"published {_said(published)}, recounted {_said(anew)}"
    differ = [name for name in NAMES if getattr(published, name) != getattr(anew, name)]
    told = [f"{name}: published {getattr(published, name)}, recounted {getattr(anew, name)}" for name in differ]
    return "; ".join(told) or f"equal: {_said(anew)}"


def _said(figures: Figures | None) -> str:
    if figures is None:
        return "nothing"
    return ", ".join(f"{name} {getattr(figures, name)}" for name in NAMES if getattr(figures, name) or name in SHORTEST)


def _recount(board: Board, ballot: Ballot, casts: list[Cast]) -> Recount:
    refs = [ref for ref in ballot.candidates if counts(board, ref)]
    return Recount(
        ballot=ballot,
        published={row.ref: _published(row) for row in tally(board, ballot).rows},
        recounted=_anew(board, ballot, refs, casts),
    )


def _published(row: Row) -> Figures:
    return Figures(votes=row.dots, **{name: getattr(row, name) for name in NAMES if name != "votes"})


def _anew(board: Board, ballot: Ballot, refs: list[str], casts: list[Cast]) -> dict[str, Figures]:
    """Counted cast by cast, with nothing of `counting` and `scoring`."""
    said = [(cast.choices, _voices(ballot, cast)) for cast in casts]
    count = ranked_anew if ballot.method == "ranking" else _consent if ballot.method == "consent" else _sum
    votes = count(refs, said)
    order = _behind(refs, said) if ballot.method == "ranking" else _order(votes)
    by_places = _order_of_places(ballot, refs, casts)
    return {
        ref: Figures(
            rank=_rank(board, ballot, ref, order),
            place_rank=1 + sum(other < by_places[ref] for other in by_places.values()),
            votes=votes[ref][0],
            against=votes[ref][1],
            people=_people(ballot, ref, casts),
            places=len(_places(cast for cast in casts if _chose(ballot, ref, cast))),
            against_places=len(_places(cast for cast in casts if _refused(ballot, ref, cast))),
            **_told(board, ballot, ref, casts),
        )
        for ref in refs
    }


Order = Mapping[str, tuple[int, int]]


def _order(votes: Counts) -> Order:
    """The smaller, the better: by those against first where there are any, then by those for."""
    return {ref: (against, -for_) for ref, (for_, against) in votes.items()}


def _rank(board: Board, ballot: Ballot, ref: str, order: Order) -> int:
    better = sum(each < order[ref] for each in order.values())
    if ballot.tie_rule != "earliest":
        return 1 + better
    equal = [other for other, each in order.items() if each == order[ref]]
    return 1 + better + sum((came(board, other), other) < (came(board, ref), ref) for other in equal)


def _order_of_places(ballot: Ballot, refs: list[str], casts: list[Cast]) -> Order:
    """How places rank: by how many chose it, or by a ranking in which each has one voice."""
    placed = [cast for cast in casts if cast.place]
    if ballot.method == "ranking":
        return _behind(refs, _one_voice_each(ballot, refs, placed))
    chose = {ref: len(_places(cast for cast in placed if _chose(ballot, ref, cast))) for ref in refs}
    refused = {ref: len(_places(cast for cast in placed if _refused(ballot, ref, cast))) for ref in refs}
    return _order({ref: (chose[ref], refused[ref]) for ref in refs})


def _one_voice_each(ballot: Ballot, refs: list[str], casts: list[Cast]) -> Votes:
    """In whole numbers: each place has as many votes as every place's heads go into."""
    ranked = [cast for cast in casts if any(ref in cast.choices for ref in refs)]
    heads = Counter[tuple[str, str]]()
    for cast in ranked:
        heads[_place(cast)] += _voices(ballot, cast)
    voice = lcm(*heads.values())
    return [(cast.choices, _voices(ballot, cast) * voice // heads[_place(cast)]) for cast in ranked]


def _chose(ballot: Ballot, ref: str, cast: Cast) -> bool:
    return ref in cast.choices and (ballot.method != "consent" or cast.choices[ref] == 1)


def _refused(ballot: Ballot, ref: str, cast: Cast) -> bool:
    return ballot.method == "consent" and cast.choices.get(ref) == 0


def _people(ballot: Ballot, ref: str, casts: list[Cast]) -> int:
    """For how many people it was chosen; who approves for several says for how many of them."""
    chose = [cast for cast in casts if _chose(ballot, ref, cast)]
    if ballot.method == "approval" and ballot.one_per == "person":
        return sum(cast.choices[ref] for cast in chose)
    if ballot.method in ("consent", "ranking"):
        return sum(_voices(ballot, cast) for cast in chose)
    return sum(max(1, cast.people) for cast in chose)


def _place(cast: Cast) -> tuple[str, str]:
    return fold(cast.place), cast.country


def _places(casts: Iterable[Cast]) -> set[tuple[str, str]]:
    return {_place(cast) for cast in casts if cast.place}


def _told(board: Board, ballot: Ballot, ref: str, casts: list[Cast]) -> dict[str, dict[str, int]]:
    """What each place and person said, where the ballot tells it."""
    by_place, on_behalf, by_person = Counter[str](), Counter[str](), Counter[str]()
    for cast in casts if ballot.secrecy != "secret" else ():
        number, rank = _number(ballot, ref, cast), cast.choices.get(ref, 0)
        by_place[cast.place] += number
        on_behalf[cast.place] += number if cast.people else 0
        if ballot.secrecy == "named":
            person = board.get(Person, cast.voter)
            name = person.name if person else cast.place
            by_person[name] = rank or by_person[name] if ballot.method == "ranking" else by_person[name] + number
    found = {"by_place": by_place, "on_behalf": on_behalf, "by_person": by_person}
    return {name: {key: number for key, number in each.items() if number} for name, each in found.items()}


def _number(ballot: Ballot, ref: str, cast: Cast) -> int:
    if ballot.method in ("dots", "approval"):
        return cast.choices.get(ref, 0)
    marked = cast.choices.get(ref) == (1 if ballot.method == "ranking" else 0)
    return _voices(ballot, cast) if marked else 0


def _voices(ballot: Ballot, cast: Cast) -> int:
    return max(1, cast.people) if ballot.one_per == "person" else 1


def _sum(refs: list[str], votes: Votes) -> Counts:
    counts = dict.fromkeys(refs, 0)
    for choices, _ in votes:
        for ref, number in choices.items():
            if ref in counts:
                counts[ref] += number
    return {ref: (number, 0) for ref, number in counts.items()}


def _consent(refs: list[str], votes: Votes) -> Counts:
    told = {ref: [0, 0] for ref in refs}
    for choices, voices in votes:
        for ref, can in choices.items():
            if ref in told:
                told[ref][1 - can] += voices
    return {ref: (can, cannot) for ref, (can, cannot) in told.items()}


def ranked_anew(refs: list[str], votes: Votes) -> Counts:
    """How many others each is ahead of, in Schulze's order."""
    ahead = _ahead(refs, votes)
    return {ref: (sum(first == ref for first, _ in ahead), 0) for ref in refs}


def _behind(refs: list[str], votes: Votes) -> Order:
    """How many others are ahead of each."""
    ahead = _ahead(refs, votes)
    return {ref: (sum(second == ref for _, second in ahead), 0) for ref in refs}


def _ahead(refs: list[str], votes: Votes) -> list[tuple[str, str]]:
    """Schulze's order without his algorithm: who is reached by links so strong, from the strongest on."""
    over = {
        (one, other): sum(n for choices, n in votes if _before(choices, one, other))
        for one, other in permutations(refs, 2)
    }
    links = {pair: n for pair, n in over.items() if n > over[pair[::-1]]}
    strength: dict[tuple[str, str], int] = {}
    for strong in sorted(set(links.values()), reverse=True):
        kept = {pair for pair, n in links.items() if n >= strong}
        for start in refs:
            for end in _reached(start, kept):
                strength.setdefault((start, end), strong)
    return [(a, b) for a, b in permutations(refs, 2) if strength.get((a, b), 0) > strength.get((b, a), 0)]


def _before(choices: Mapping[str, int], one: str, other: str) -> bool:
    return one in choices and (other not in choices or choices[one] < choices[other])


def _reached(start: str, links: set[tuple[str, str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        new = {end for first, end in links if first == here} - found
        found |= new
        waiting += new
    return found
