"""A recount of a ballot from the entries alone, by a count of its own, beside the tally that everybody saw."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations

from app.board.board import Board
from app.board.candidates import counts
from app.board.counting import tally
from app.board.entries import Entry
from app.board.records import Ballot, Cast

# By ref: dots, approvals, those who can carry it, or how many others a ranking has it ahead of; and who cannot.
Counts = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """A closed ballot as it was published and as it is counted anew."""

    ballot: Ballot
    published: Counts
    recounted: Counts

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
    """What an operator reads: a line for each ballot, then one for each candidate."""
    lines = []
    for each in counted:
        title = each.ballot.title or "(no title)"
        verdict = "equal" if each.equal else "DIFFERENT"
        lines.append(f"{each.ballot.id}  {each.ballot.method}, round {each.ballot.round}  {title}: {verdict}")
        lines += [f"  {ref}  {_beside(each, ref)}" for ref in {**each.published, **each.recounted}]
    return lines or ["No ballot of this board has been closed."]


def _beside(counted: Recount, ref: str) -> str:
    return f"published {_said(counted.published.get(ref))}, recounted {_said(counted.recounted.get(ref))}"


def _said(count: tuple[int, int] | None) -> str:
    if count is None:
        return "nothing"
    return f"{count[0]} (against: {count[1]})" if count[1] else str(count[0])


def _recount(board: Board, ballot: Ballot, casts: list[Cast]) -> Recount:
    refs = [ref for ref in ballot.candidates if counts(board, ref)]
    count = ranked_anew if ballot.method == "ranking" else _consent if ballot.method == "consent" else _sum
    return Recount(
        ballot=ballot,
        published={row.ref: (row.dots, row.against) for row in tally(board, ballot).rows},
        recounted=count(refs, [(cast.choices, _voices(ballot, cast)) for cast in casts]),
    )


def _voices(ballot: Ballot, cast: Cast) -> int:
    return max(1, cast.people) if ballot.one_per == "person" else 1


Votes = list[tuple[Mapping[str, int], int]]


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
    ahead = [(a, b) for a, b in permutations(refs, 2) if strength.get((a, b), 0) > strength.get((b, a), 0)]
    return {ref: (sum(first == ref for first, _ in ahead), 0) for ref in refs}


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
